"""The `leukcodes` command. It needs the extra `cli` (typer and rich)."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

from leukcodes.errors import MissingExtraError

__all__ = ["main"]


def main() -> None:
    """Run the command and end the process with its exit status.

    Without the extra it prints one line that says how to install it, and exits with 2.
    """
    _open_streams()
    try:
        _require_extra()
    except MissingExtraError as error:
        sys.stderr.write(f"leukcodes: {error}\n")
        raise SystemExit(2) from None
    from leukcodes.cli.app import run

    run()


def _open_streams() -> None:
    """Where the caller has closed a standard stream: nothing is read or complained, but no answer is lost."""
    for name, mode in (("stdin", "r"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end
    if getattr(sys, "stdout") is None:  # noqa: B009 - type checkers hold it to be there
        sys.stderr.write("leukcodes: standard output is closed; send it to a file or a pipe\n")
        raise SystemExit(3)


def _require_extra() -> None:
    missing = [name for name in ("typer", "rich") if find_spec(name) is None]
    if missing:
        raise MissingExtraError(
            f"the command needs {' and '.join(missing)}; "
            "install the extra with: python -m pip install 'leukcodes[cli]'",
            extra="cli",
        )
