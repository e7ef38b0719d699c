"""What processes started by tests find around them."""

from __future__ import annotations

import os

__all__ = ["unmeasured"]


def unmeasured() -> dict[str, str]:
    """The environment for a process whose imports and files are looked at, for coverage has its own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
