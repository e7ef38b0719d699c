"""No test reaches a network: every connection but those to processes on this machine is an error.

The latter are open only once an engine has said that it talks to a process of its own; Spark then goes on
doing so from threads that no single test owns.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

__all__ = ["close_sockets", "open_loopback"]

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_open = {"loopback": False}


def open_loopback() -> None:
    """From now on, let this process connect to others on this machine."""
    _open["loopback"] = True


def close_sockets() -> None:
    """Make connecting, and asking for an address, an error."""
    for name in ("connect", "connect_ex"):
        setattr(socket.socket, name, _closed(getattr(socket.socket, name)))
    real = socket.getaddrinfo

    def getaddrinfo(host: Any, *arguments: Any, **named: Any) -> Any:
        if host in _LOOPBACK and _open["loopback"]:
            return real(host, *arguments, **named)
        raise RuntimeError(
            f"a test asked for the address of {host!r} (socket.getaddrinfo); tests run offline"
        )

    socket.getaddrinfo = getaddrinfo


def _closed(real: Callable[..., Any]) -> Callable[..., Any]:
    def connect(self: socket.socket, address: Any) -> Any:
        here = isinstance(address, tuple) and address[0] in _LOOPBACK and _open["loopback"]
        if getattr(socket, "AF_UNIX", None) == self.family or here:
            return real(self, address)
        raise RuntimeError(f"a test opened a socket to {address!r}; tests run offline")

    return connect
