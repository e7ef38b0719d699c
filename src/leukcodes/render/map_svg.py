"""The code map as an SVG picture that stands alone.

Colours are attributes, for the light page and for programs without style sheets; one rule a class turns
them for a dark page.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from leukcodes.render.map_views import NO_STATUS, STATUS_NAMES, lineage_name, map_heading, map_note
from leukcodes.render.markup import Markup, element, joined
from leukcodes.render.palette import (
    HEAT,
    HEAT_TEXT,
    INK,
    LINE,
    LINEAGE,
    LINEAGE_TINT,
    MUTED,
    PAPER,
    Shade,
    heat_step,
)

if TYPE_CHECKING:
    from leukcodes.render.code_map import CodeMap, MapRow

__all__ = ["map_svg", "picture", "svg_text"]

_FONT: Final = "'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
_FILLS: Final[dict[str, Shade]] = {
    "paper": PAPER,
    "ink": INK,
    "muted": MUTED,
    "line": LINE,
    **{f"l{place}": shade for place, shade in enumerate(LINEAGE)},
    **{f"t{place}": shade for place, shade in enumerate(LINEAGE_TINT)},
    **{f"h{place}": shade for place, shade in enumerate(HEAT)},
    **{f"n{place}": shade for place, shade in enumerate(HEAT_TEXT)},
}

# In pixels: where the columns begin, and how far apart the rows are.
_CODE, _TITLE, _LINEAGE, _CELLS = 30, 78, 392, 496
_CELL, _ROW, _GAP, _TOP, _MARGIN = 92, 23, 9, 88, 18
_WIDTH: Final = _CELLS + len(STATUS_NAMES) * _CELL + _MARGIN - 4


def picture(width: int, height: int, title: str, description: str, *content: object) -> str:
    """An SVG document on its own ground, with its text alternative."""
    used = joined(*content)
    dark = "".join(
        f".{name}{{fill:{shade.dark}}}"
        for name, shade in _FILLS.items()
        if f'class="{name}"' in used or name == "paper"
    )
    return element(
        "svg",
        element("title", title),
        element("desc", description),
        Markup(f"<style>@media (prefers-color-scheme:dark){{{dark}}}</style>"),
        _box(0, 0, width, height, "paper", 10),
        used,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
        font_family=_FONT,
        font_size=12.5,
    )


def svg_text(x: float, y: float, text: str, fill: str = "ink", **attributes: object) -> Markup:
    """A line of text that begins, or is anchored, at a point of its baseline."""
    return element("text", text, x=x, y=y, class_=fill, fill=_FILLS[fill].light, **attributes)


def map_svg(grid: CodeMap) -> str:
    """The map as an SVG document."""
    places = dict(_places(grid))
    height = max(places.values()) + _ROW + (54 if grid.counts is not None else 30)
    heading, _, rest = map_heading(grid).partition(": ")
    parts = [
        svg_text(_MARGIN, 32, heading, font_size=17, font_weight=700),
        svg_text(_MARGIN, 52, rest, "muted"),
        *(
            svg_text(_middle(place), _TOP - 12, name, "muted", text_anchor="middle", font_size=12)
            for place, name in enumerate(STATUS_NAMES)
        ),
        *(part for row, y in places.items() for part in _drawn(grid, row, y)),
        *_lineages(places),
        svg_text(_MARGIN, height - 20, map_note(grid), "muted", font_size=12),
    ]
    return picture(_WIDTH, height, map_heading(grid), _description(grid), *parts)


def _places(grid: CodeMap) -> Iterator[tuple[MapRow, int]]:
    """Each row with its upper edge: a gap between categories, and one before what stands alone."""
    y = _TOP
    yield grid.rows[0], y
    for above, row in pairwise((*grid.rows, *grid.single)):
        y += _ROW + (_GAP if above.family[:3] != row.family[:3] else 0)
        yield row, y


def _lineages(places: dict[MapRow, int]) -> Iterator[Markup]:
    """The lineage in words, once for each run of rows that share it."""
    before = None
    for row, y in places.items():
        here = (row.lineage, row.family[:3])
        if here != before:
            yield svg_text(_LINEAGE, y + 15, lineage_name(row), f"l{row.hue}", font_size=11.5)
        before = here


def _drawn(grid: CodeMap, row: MapRow, y: int) -> Iterator[Markup]:
    yield _box(_MARGIN, y, 4, _ROW - 3, f"l{row.hue}", 2)
    yield svg_text(_CODE, y + 15, row.family, font_weight=700)
    yield svg_text(_TITLE, y + 15, row.title)
    most = max((grid.counts or {}).values(), default=0)
    alone = len(row.codes) == 1
    width = (len(STATUS_NAMES) if alone else 1) * _CELL - 4
    beside = f", {NO_STATUS}" if alone else ""
    for place, code in enumerate(row.codes):
        text, fill, ink = str(code), f"t{row.hue}", "ink"
        if grid.counts is not None:
            step = heat_step(grid.counts[code], most)
            text, fill, ink = f"{grid.counts[code]:,}", f"h{step}", f"n{step}"
        x = _CELLS + place * _CELL
        yield _box(x, y, width, _ROW - 3, fill, 4)
        yield svg_text(x + width / 2, y + 14.5, text + beside, ink, text_anchor="middle", font_size=12)


def _middle(place: int) -> float:
    return _CELLS + place * _CELL + (_CELL - 4) / 2


def _box(x: float, y: float, width: float, height: float, fill: str, radius: int) -> Markup:
    return element(
        "rect", x=x, y=y, width=width, height=height, rx=radius, class_=fill, fill=_FILLS[fill].light
    )


def _description(grid: CodeMap) -> str:
    """The picture in words: how it is laid out, and the highest counts."""
    alone = ", ".join(f"{row.family} {row.title}" for row in grid.single)
    layout = f"A row for each family, a column each for {', '.join(STATUS_NAMES)}; on its own: {alone}."
    highest = sorted((grid.counts or {}).items(), key=lambda item: (-item[1], item[0]))[:5]
    counted = ", ".join(f"{code} {count:,}" for code, count in highest if count)
    return f"{layout} Most frequent: {counted}. {map_note(grid)}" if counted else layout
