"""Results in the terminal, where rich shows them: the same cards, within the width that there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich import box
from rich.console import Group, RenderableType
from rich.pretty import Pretty
from rich.table import Table as Grid
from rich.text import Text
from rich.tree import Tree as Branches

from leukcodes.codesystem import Concept
from leukcodes.render.blocks import MOST, Block, Card, Facts, Marked, Notes, Table, Tag, words
from leukcodes.render.code_map import CodeMap, MapRow
from leukcodes.render.contents import card_of
from leukcodes.render.map_views import NO_STATUS, STATUS_NAMES, map_heading
from leukcodes.render.markup import visible
from leukcodes.render.palette import HEAT, HEAT_TEXT, INK, LINEAGE_TINT, heat_step
from leukcodes.render.tree import Tree

__all__ = ["show"]

# The terminal's own colours, which its owner can read on its ground.
_TONES: Final = {
    "good": "green",
    "bad": "bold red",
    "warn": "yellow",
    "ask": "magenta",
    "info": "cyan",
    "plain": "dim",
}


def show(result: object) -> RenderableType:
    """The card of a result; its fields where it has none."""
    card = card_of(result)
    return Pretty(result) if card is None else Group(*_parts(card))


def _parts(card: Card) -> Iterator[RenderableType]:
    yield _text(card.bold, "bold") + _text(f"  {card.title}" if card.title else "")
    if card.tags:
        yield Text("  ").join(map(_tag, card.tags))
    for block in card.blocks:
        yield from _block(block)


def _text(text: object, style: str = "") -> Text:
    """Never markup, no control characters: what is shown may come from anywhere."""
    return Text(visible(str(text)), style)


def _tag(tag: Tag) -> Text:
    return _text(words(tag.text), _TONES[tag.tone])


def _block(block: Block) -> Iterator[RenderableType]:
    match block:
        case Facts():
            yield _facts(block)
        case Table():
            yield from _table(block)
        case Notes():
            yield from _notes(block)
        case Marked():
            yield Text.assemble(*(piece for each in block.pieces for piece in _piece(*each)))
        case CodeMap():
            yield _text(map_heading(block), "dim")
            yield _map(block)
        case Tree():
            yield _branch(block.root, None)
        case str() if block:
            yield _text(block, "dim")


def _facts(facts: Facts) -> Grid:
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    for name, fact in facts.given:
        if fact not in (None, ""):
            grid.add_row(_text(name), _text(fact))
    return grid


def _notes(notes: Notes) -> Iterator[RenderableType]:
    yield _text(notes.kind, "dim")
    grid = Grid.grid(padding=(0, 1, 0, 0))
    for text, beside in notes.lines:
        grid.add_row("  •", _text(text) + _text(f" {beside}" if beside else "", "dim"))
    yield grid


def _piece(text: str, names: str, tone: str) -> Iterator[Text]:
    yield _text(text, f"{_TONES[tone]} underline" if names else "")
    if names:
        yield _text(f" [{names}]", "dim")


def _table(table: Table) -> Iterator[RenderableType]:
    if not table.rows:
        return
    grid = Grid(box=box.SIMPLE, title=_text(table.caption, "dim") if table.caption else None)
    grid.title_justify = "left"
    for place, name in enumerate(table.head):
        narrow = all(" " not in _said(row[place]) for row in table.rows[:MOST])
        grid.add_column(_text(name), no_wrap=place == 0 or narrow, overflow="fold")
    for row in table.rows[:MOST]:
        grid.add_row(*(_tag(cell) if isinstance(cell, Tag) else _text(_said(cell)) for cell in row))
    yield grid
    if len(table.rows) > MOST:
        yield _text(f"and {len(table.rows) - MOST:,} more", "dim")


def _said(cell: object) -> str:
    return words(cell.text) if isinstance(cell, Tag) else "" if cell is None else str(cell)


def _map(grid: CodeMap) -> Grid:
    drawn = Grid(box=None, padding=(0, 1, 0, 0))
    drawn.add_column("", style="bold", no_wrap=True)
    drawn.add_column("family", overflow="fold")
    for name in STATUS_NAMES:
        drawn.add_column(name, justify="center", width=9)
    most = max((grid.counts or {}).values(), default=0)
    for row in (*grid.rows, *grid.single):
        drawn.add_row(str(row.family), row.title, *_cells(grid, row, most))
    return drawn


def _cells(grid: CodeMap, row: MapRow, most: int) -> Iterator[Text]:
    for code in row.codes:
        if grid.counts is None:
            yield Text(str(code), f"{INK.light} on {LINEAGE_TINT[row.hue].light}")
        else:
            step = heat_step(grid.counts[code], most)
            yield Text(
                f"{grid.counts[code]:,}", f"{HEAT_TEXT[step].light} on {HEAT[step].light}" if step else "dim"
            )
    if len(row.codes) == 1:
        yield Text(NO_STATUS, "dim")


def _branch(concept: Concept, above: Branches | None) -> Branches:
    header = Text("" if concept.billable else "  header", "dim")
    label = Text(str(concept.code), "bold") + Text(f" {concept.title}") + header
    here = Branches(label) if above is None else above.add(label)
    for child in concept.children:
        _branch(child, here)
    return here
