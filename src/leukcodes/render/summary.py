"""The codes of a column counted: on the code map, and what is not on it, so that every row is somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from leukcodes.codes import shown
from leukcodes.codesystem import When, system
from leukcodes.display import Shown
from leukcodes.models import ValidationOutcome
from leukcodes.render.code_map import CodeMap, code_map
from leukcodes.render.markup import visible
from leukcodes.validation import validate_code

if TYPE_CHECKING:
    from datetime import date

__all__ = ["PLACES", "Summary", "Tally", "most_frequent", "summarise"]

_NAMED: Final = 5

PLACES: Final = {
    "map": "leukemia codes on the code map",
    "header": "headers, which cannot be billed",
    "other": "other codes of the release",
    "unknown": "no codes of the release",
    "not_packaged": "outside the packaged scope, not checked",
    "malformed": "not in the form of a code",
    "null": "null",
}
"""Where a value can be counted, in words."""
_ORDER: Final = {place: number for number, place in enumerate(PLACES)}


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a code stands in the column.

    `place` is one of `map`, `header`, `other`, `unknown`, `not_packaged`, `malformed` and `null`; `code` is
    the canonical code, or the value itself where that has not the form of one; None for nulls.
    """

    place: str
    code: str | None
    title: str | None
    family: str | None
    status: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Summary(Shown):
    """A column of codes counted: as text, as records, in a notebook as a table, as a heat map.

    `tallies` are in the order of the map, with the zeros, then by place, the most frequent first. `map` is
    the code map with the counts.
    """

    column: str
    release: str
    tallies: tuple[Tally, ...]
    map: CodeMap

    @property
    def total(self) -> int:
        """How many rows the column has."""
        return sum(each.count for each in self.tallies)

    @property
    def places(self) -> dict[str, int]:
        """How many rows are where, the code map first; places without a row are left out."""
        counted: Counter[str] = Counter()
        for each in self.tallies:
            counted[each.place] += each.count
        return {place: counted[place] for place in PLACES if counted[place]}

    def records(self) -> list[dict[str, Any]]:
        """The tallies as dictionaries, ready for a frame: `pandas.DataFrame(summary.records())`."""
        return [asdict(each) for each in self.tallies]

    def outside(self, place: str) -> list[Tally]:
        """What was counted at one place, the most frequent first."""
        return [each for each in self.tallies if each.place == place]

    def to_svg(self) -> str:
        """The heat map as an SVG picture."""
        return self.map.to_svg()

    def __str__(self) -> str:
        return "\n".join([str(self.map), "", *_lines(self)])


def summarise(counts: Iterable[tuple[object, int]], *, column: str, on: When = None) -> Summary:
    """The summary of a column by how often each of its values occurs, None standing for null.

    Raises:
        ReleaseNotFoundError: no packaged release speaks on that date.

    Example:
        >>> found = summarise([("C92.00", 12), ("c9201", 3), ("C92.0", 1), (None, 4)], column="dx")
        >>> found.places
        {'map': 15, 'header': 1, 'null': 4}
    """
    moment = system().moment(on)
    empty = code_map(counts={}, on=moment.day)
    order = {str(code): place for place, code in enumerate(empty.counts or {})}
    counted = Counter({("map", code): 0 for code in order})
    nulls = 0
    for value, count in counts:
        if value is None:
            nulls += count
        else:
            counted[_placed(value, moment.day, order)] += count
    ranked = sorted(
        counted.items(), key=lambda item: (_ORDER[item[0][0]], order.get(item[0][1], -item[1]), item[0][1])
    )
    tallies = [_tally(place, code, count, moment.day) for (place, code), count in ranked]
    if nulls:
        tallies.append(Tally("null", None, None, None, None, nulls))
    read = {each.code: each.count for each in tallies if each.code and each.place != "malformed"}
    unread = sum(each.count for each in tallies if each.place in ("malformed", "null"))
    grid = code_map(counts=read, on=moment.day, unread=unread)
    return Summary(column, moment.release.name, tuple(tallies), grid)


def _placed(value: object, day: date, on_map: Collection[str]) -> tuple[str, str]:
    found = validate_code(value, on=day)
    if found.code is None:
        return "malformed", found.input
    if found.code in on_map:
        return "map", str(found.code)
    if found.concept is not None:
        return "other" if found.concept.billable else "header", str(found.code)
    unchecked = found.result is ValidationOutcome.NOT_CHECKED
    return "not_packaged" if unchecked else "unknown", str(found.code)


def _tally(place: str, code: str, count: int, day: date) -> Tally:
    concept = None if place == "malformed" else system().concept(code, day)
    if concept is None:
        return Tally(place, code, None, None, None, count)
    family = None if concept.family is None else str(concept.family)
    return Tally(place, code, concept.title, family, concept.status, count)


def _lines(found: Summary) -> Iterator[str]:
    yield f"{visible(found.column)}: {found.total:,} rows"
    for place, count in found.places.items():
        yield f"  {count:>{len(f'{found.total:,}')},}  {PLACES[place]}{most_frequent(found, place)}"


def most_frequent(found: Summary, place: str) -> str:
    """The most frequent values at a place that is not the map, in words."""
    if place in ("map", "null"):
        return ""
    rest = found.outside(place)
    named = [f"{each.code if place != 'malformed' else shown(each.code)} {each.count:,}" for each in rest]
    more = f", and {len(named) - _NAMED:,} more" if len(named) > _NAMED else ""
    return f": {', '.join(named[:_NAMED])}{more}"
