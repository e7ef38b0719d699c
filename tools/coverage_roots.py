"""Where the packaged codes are all there is: under these, a code that is not packaged does not exist."""

from __future__ import annotations

from collections.abc import Iterable

from official import Official, Tabular
from tsv import Row

__all__ = ["build_complete", "complete_roots"]


def complete_roots(packaged: Iterable[str], official: Official, newest: Tabular) -> tuple[str, ...]:
    """The topmost codes below which every code of every tabular list is packaged, in tabular order."""
    known = list(packaged)
    children: dict[str, set[str]] = {}
    for tabular in (*official.tabulars.values(), newest):
        for code, parent in tabular.parents.items():
            children.setdefault(parent or "", set()).add(code)
    complete: set[str] = set()
    for code in sorted(known, key=len, reverse=True):
        if children.get(code, set()) <= complete:
            complete.add(code)
    return tuple(code for code in known if code in complete and newest.parents[code] not in complete)


def build_complete(packaged: Iterable[str], official: Official, newest: Tabular) -> list[Row]:
    """Rows of complete.tsv."""
    return [{"prefix": code} for code in complete_roots(packaged, official, newest)]
