"""The code map as plain text and as an HTML table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from leukcodes.models import DiseaseStatus
from leukcodes.render.markup import Markup, element, joined
from leukcodes.render.palette import heat_step

if TYPE_CHECKING:
    from leukcodes.codes import IcdCode
    from leukcodes.render.code_map import CodeMap, MapRow

__all__ = ["NO_STATUS", "STATUS_NAMES", "lineage_name", "map_heading", "map_note", "map_table", "map_text"]

STATUS_NAMES: Final = tuple(status.replace("_", " ") for status in DiseaseStatus)
NO_STATUS: Final = "no disease status"


def map_heading(grid: CodeMap) -> str:
    """What the picture shows."""
    filled = "" if grid.counts is None else f", {grid.total:,} counted"
    return f"ICD-10-CM {grid.release}: {len(grid.rows)} families of leukemia by disease status{filled}"


def map_note(grid: CodeMap) -> str:
    """What the shades mean, and how many codes were not on the map."""
    if grid.counts is None:
        return ""
    outside = sum((grid.outside or {}).values())
    beside = f" Not on the map: {outside:,}." if outside else ""
    beside += f" No code: {grid.unread:,}." if grid.unread else ""
    return f"Number of rows with the code; shaded by order of magnitude.{beside}"


def lineage_name(row: MapRow) -> str:
    """The lineage in words."""
    return row.lineage.replace("_", " ") or "not specified"


def map_text(grid: CodeMap) -> str:
    """The map as lines of text, a family each."""
    rows = (*grid.rows, *grid.single)
    width = max(len(row.title) for row in rows)
    cells = {code: str(code) if grid.counts is None else f"{grid.counts[code]:,}" for code in _codes(grid)}
    columns = [max(len(name), *map(len, cells.values())) for name in STATUS_NAMES]
    lines = [_line("", "", STATUS_NAMES, width, columns)]
    lines += [
        _line(row.family, row.title, [cells[code] for code in row.codes], width, columns) for row in rows
    ]
    return "\n".join(filter(None, [map_heading(grid), *lines, map_note(grid)]))


def _line(family: str, title: str, cells: list[str] | tuple[str, ...], width: int, columns: list[int]) -> str:
    numbers = "  ".join(f"{cell:>{size}}" for cell, size in zip(cells, columns, strict=False))
    return f"{family:5}  {title:{width}}  {numbers}"


def _codes(grid: CodeMap) -> Iterator[IcdCode]:
    return (code for row in (*grid.rows, *grid.single) for code in row.codes)


def map_table(grid: CodeMap) -> Markup:
    """The map as a table; its style is the sheet's."""
    most = max((grid.counts or {}).values(), default=0)
    head = element("tr", *(element("th", name, scope="col") for name in ("family", "lineage", *STATUS_NAMES)))
    body = joined(*(_row(grid, row, most) for row in (*grid.rows, *grid.single)))
    return element(
        "table",
        element("caption", map_heading(grid)),
        element("thead", head),
        element("tbody", body),
        class_="map",
    )


def _row(grid: CodeMap, row: MapRow, most: int) -> Markup:
    name = element("th", element("b", row.family), " ", row.title, scope="row", class_=f"l{row.hue}")
    alone = len(row.codes) == 1
    cells = (_cell(grid, row, code, most, len(STATUS_NAMES) if alone else None) for code in row.codes)
    first = alone or row.family[:3] != _above(grid, row)
    return element("tr", name, element("td", lineage_name(row)), *cells, class_="first" if first else None)


def _above(grid: CodeMap, row: MapRow) -> str | None:
    """The category of the row before, None for the first."""
    place = grid.rows.index(row)
    return grid.rows[place - 1].family[:3] if place else None


def _cell(grid: CodeMap, row: MapRow, code: IcdCode, most: int, span: int | None) -> Markup:
    alone = f", {NO_STATUS}" if span else ""
    if grid.counts is None:
        return element("td", f"{code}{alone}", class_=f"t{row.hue}", colspan=span)
    count = grid.counts[code]
    return element("td", f"{count:,}{alone}", class_=f"h{heat_step(count, most)}", colspan=span, title=code)
