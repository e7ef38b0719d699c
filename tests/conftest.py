from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable
from typing import NamedTuple

import offline
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


# What a shell runs in the background is deaf to Ctrl-C, and so would be the processes that tests send it to.
signal.signal(signal.SIGINT, signal.default_int_handler)
offline.close_sockets()
