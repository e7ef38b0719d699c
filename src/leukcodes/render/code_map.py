"""The code map: the families of leukemia by disease status, as one picture, empty or filled with counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from operator import index
from typing import TYPE_CHECKING, Final

from leukcodes.codes import IcdCode, parse_code
from leukcodes.codesystem import Concept, Family, When, system
from leukcodes.display import Shown
from leukcodes.models import DiseaseStatus, Scope
from leukcodes.render.map_svg import map_svg
from leukcodes.render.map_views import map_text
from leukcodes.render.palette import LINEAGE

if TYPE_CHECKING:
    from datetime import date

__all__ = ["CodeMap", "MapRow", "code_map"]

_STATUSES: Final = tuple(DiseaseStatus)


@dataclass(frozen=True, slots=True)
class MapRow:
    """A family: its code, title and lineage, and its codes in the order of `DiseaseStatus`.

    The row of a disease without status holds its one code. `hue` is the lineage's place among the colours.
    """

    family: IcdCode
    title: str
    lineage: str
    hue: int
    codes: tuple[IcdCode, ...]


@dataclass(frozen=True, slots=True)
class CodeMap(Shown):
    """The leukemia codes of a release as families by disease status, with counts where they were given.

    `rows` are the families in tabular order; `single` the codes that have no disease status; `counts` how
    often each code of the two was counted, None for the bare map; `outside` the counts of all other codes,
    `unread` how many values were no code at all.
    """

    release: str
    rows: tuple[MapRow, ...]
    single: tuple[MapRow, ...]
    counts: Mapping[IcdCode, int] | None = None
    outside: Mapping[IcdCode, int] | None = None
    unread: int = 0

    @property
    def total(self) -> int:
        """How many were counted on the map."""
        return sum((self.counts or {}).values())

    def __str__(self) -> str:
        return map_text(self)

    def to_svg(self) -> str:
        """The map as an SVG picture for files and pages: one theme for light, one for dark, no script.

        Example:
            >>> code_map().to_svg()[:4]
            '<svg'
        """
        return map_svg(self)


def code_map(*, counts: Mapping[str, int] | None = None, unread: int = 0, on: When = None) -> CodeMap:
    """The leukemia codes as a grid: a row for each family, a column for each disease status.

    Args:
        counts: how often each code occurs, the codes in any spelling; the map is then a heat map. Spellings
            of one code are added up, and codes that are not on the map are in its `outside`.
        unread: how many values beside the counts were no code, to be named below the heat map.
        on: a date or release; None is the newest release.

    Raises:
        InvalidCodeError: a key of `counts` does not have the form of a code.
        ValueError: a count is negative.
        ReleaseNotFoundError: no packaged release speaks on that date.

    Example:
        >>> grid = code_map(counts={"C92.00": 12, "c9201": 3, "C81.90": 1})
        >>> len(grid.rows), [str(row.family) for row in grid.single], grid.total, dict(grid.outside)
        (33, ['C94.6'], 15, {IcdCode('C81.90'): 1})
    """
    moment = system().moment(on)
    rows, single = _rows(moment.day)
    if counts is None:
        return CodeMap(moment.release.name, rows, single)
    known = [code for row in (*rows, *single) for code in row.codes]
    tallied = _tallied(counts)
    outside = {code: tallied[code] for code in sorted(tallied.keys() - set(known))}
    on_map = {code: tallied.get(code, 0) for code in known}
    return CodeMap(moment.release.name, rows, single, on_map, outside, unread)


def _tallied(counts: Mapping[str, int]) -> dict[IcdCode, int]:
    found: dict[IcdCode, int] = {}
    for key, value in counts.items():
        if index(value) < 0:
            raise ValueError(f"{key!r} has the count {value!r}; give counts of 0 or more")
        code = parse_code(key).code
        found[code] = found.get(code, 0) + index(value)
    return found


def _rows(day: date) -> tuple[tuple[MapRow, ...], tuple[MapRow, ...]]:
    placed = ((family, system().concept(code, day)) for code, family in system().families.items())
    leukemias = [(family, head) for family, head in placed if head and head.scope is Scope.LEUKEMIA]
    rows = [_row(family, head, day) for family, head in leukemias]
    return tuple(row for row in rows if len(row.codes) > 1), tuple(row for row in rows if len(row.codes) == 1)


def _row(family: Family, head: Concept, day: date) -> MapRow:
    composed = (system().compose(family.code, status, day) for status in _STATUSES)
    codes = tuple(dict.fromkeys(code for code in composed if code is not None))
    return MapRow(family.code, head.title, family.lineage, _hues()[family.lineage], codes)


@cache
def _hues() -> dict[str, int]:
    """A colour for each lineage, in the order of the family table; the first for none and those left over."""
    lineages = dict.fromkeys(["", *(family.lineage for family in system().families.values())])
    return {lineage: place if place < len(LINEAGE) else 0 for place, lineage in enumerate(lineages)}
