from __future__ import annotations

import io
import os
import socket
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

from leukcodes import cli

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


class Done(NamedTuple):
    """What a run of the command in this process left: exit status, standard output and error."""

    status: int
    out: str
    err: str


Command = Callable[..., Done]


@pytest.fixture
def leukcodes(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Command:
    def run(*arguments: object, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        monkeypatch.setattr(sys, "argv", ["leukcodes", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        assert isinstance(stop.value.code, int)
        out, err = capfdbinary.readouterr()
        return Done(stop.value.code, out.decode(), err.decode())

    return run


# No test reaches a network. Connections to processes on this machine are open to those tests alone that ask
# for the fixture `loopback` (engines that talk to a process of their own).
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_open = {"loopback": False}


def _closed(real: Callable[..., Any]) -> Callable[..., Any]:
    def connect(self: socket.socket, address: Any) -> Any:
        here = isinstance(address, tuple) and address[0] in _LOOPBACK and _open["loopback"]
        if getattr(socket, "AF_UNIX", None) == self.family or here:
            return real(self, address)
        raise RuntimeError(f"a test opened a socket to {address!r}; tests run offline")

    return connect


def _no_names(*arguments: Any, **_: Any) -> Any:
    if arguments[0] in _LOOPBACK and _open["loopback"]:
        return _getaddrinfo(*arguments, **_)
    raise RuntimeError(
        f"a test asked for the address of {arguments[0]!r} (socket.getaddrinfo); tests run offline"
    )


_getaddrinfo = socket.getaddrinfo
socket.socket.connect = _closed(socket.socket.connect)
socket.socket.connect_ex = _closed(socket.socket.connect_ex)
socket.getaddrinfo = _no_names


def pytest_runtest_setup(item: pytest.Item) -> None:
    _open["loopback"] = "loopback" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def loopback() -> None:
    """Lets a test, and the fixtures that ask for this one, connect to processes on this machine."""
