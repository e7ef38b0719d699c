"""How results show themselves in a notebook and in a terminal: by views that are registered from above.

The package names the modules that hold the views; each is loaded when the first result is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["Listing", "Shown", "views_from"]

_T = TypeVar("_T")

_views: list[Callable[[str], Any]] = []


def views_from(load: Callable[[str], Any]) -> None:
    """Name what gives the views, `cards` as HTML and `terminal` for rich: something with `show(result)`."""
    _views[:] = [load]


class Shown:
    """What every result does where it is displayed."""

    __slots__ = ()

    def _repr_html_(self) -> str | None:
        """HTML for notebooks; None where there is no view of this result."""
        html: str | None = _views[0]("cards").show(self)
        return html

    def __rich__(self) -> Any:
        """What rich prints; it is rich that asks, so that it is there."""
        return _views[0]("terminal").show(self)


class Listing(Shown, tuple[_T, ...]):
    """A tuple of results that shows itself as a table."""

    __slots__ = ()
