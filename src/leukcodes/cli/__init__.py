"""The `leukcodes` command. It needs the extra `cli` (typer and rich)."""

from __future__ import annotations

import sys
from importlib.util import find_spec

from leukcodes.errors import MissingExtraError

__all__ = ["main"]


def main() -> None:
    """Run the command and end the process with its exit status.

    Without the extra it prints one line that says how to install it, and exits with 2.
    """
    try:
        _require_extra()
    except MissingExtraError as error:
        sys.stderr.write(f"leukcodes: {error}\n")
        raise SystemExit(2) from None
    from leukcodes.cli.app import run

    run()


def _require_extra() -> None:
    missing = [name for name in ("typer", "rich") if find_spec(name) is None]
    if missing:
        raise MissingExtraError(
            f"the command needs {' and '.join(missing)}; "
            "install the extra with: python -m pip install 'leukcodes[cli]'",
            extra="cli",
        )
