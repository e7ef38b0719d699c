"""The command on a file as a fuzzed entry runs it: in this process and in a folder where no litter stays."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

__all__ = ["TROUBLE", "USAGE", "answered"]

USAGE, TROUBLE = 2, 3
KNOWN: Final = (0, 1, USAGE, TROUBLE)


def answered(verb: str, form: str, stored: bytes, options: Sequence[str]) -> tuple[int, bytes]:
    """The exit status, and the file beside the input: no bytes and no file where it was not answered."""
    with tempfile.TemporaryDirectory() as folder, _quiet() as said:
        source, answer = (Path(folder, f"{name}.{form}") for name in ("in", "out"))
        source.write_bytes(stored)
        sys.argv = ["leukcodes", verb, str(source), "-c", "dx", "-o", str(answer), *options]
        status = _status()
        assert source.read_bytes() == stored
        assert status in KNOWN
        left = {path.name for path in Path(folder).iterdir()} - {source.name}
        if status < USAGE:
            assert left == {answer.name}
            return status, answer.read_bytes()
        assert left == set(), left
        assert said.getvalue().strip(), "an error says what it is"
        assert "Traceback" not in said.getvalue()
        return status, b""


def _status() -> int:
    from leukcodes.cli import main

    try:
        main()
    except SystemExit as stop:
        return int(stop.code or 0)
    raise AssertionError("the command ends the process")


@contextmanager
def _quiet() -> Iterator[io.StringIO]:
    """Standard error kept, and the arguments put back."""
    before = sys.argv, sys.stderr
    sys.stderr = said = io.StringIO()
    try:
        yield said
    finally:
        sys.argv, sys.stderr = before
