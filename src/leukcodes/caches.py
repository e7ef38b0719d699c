"""Forgetting: the bounded caches that hold words and codes of the input."""

from __future__ import annotations

import sys

__all__ = ["clear_caches"]


def clear_caches() -> None:
    """Forget every word and code that was asked about.

    Reading is faster where words and codes come again, so a few thousand single words and codes, never texts,
    are remembered in memory. Call this where they must not stay; nothing else keeps input.

    Example:
        >>> clear_caches()
    """
    for name, module in list(sys.modules.items()):
        if name.startswith("leukcodes."):
            for value in list(vars(module).values()):
                # Those without a bound hold packaged facts only.
                if hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"]:
                    value.cache_clear()
