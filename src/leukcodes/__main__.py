"""`python -m leukcodes` is the `leukcodes` command."""

from __future__ import annotations

from leukcodes.cli import main

if __name__ == "__main__":
    main()
