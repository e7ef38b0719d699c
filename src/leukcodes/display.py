"""How results show themselves in a notebook: by views that are registered from above.

The package names the module that holds the views; it is loaded when the first result is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["Shown", "views_from"]

_views: list[Callable[[], Any]] = []


def views_from(load: Callable[[], Any]) -> None:
    """Name what gives the views: something with `html(result)`."""
    _views[:] = [load]


class Shown:
    """What every result does where it is displayed."""

    __slots__ = ()

    def _repr_html_(self) -> str | None:
        """HTML for notebooks; None where there is no view of this result."""
        html: str | None = _views[0]().html(self) if _views else None
        return html
