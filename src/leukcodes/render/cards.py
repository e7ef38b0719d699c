"""Results as notebook cards."""

from __future__ import annotations

from typing import Final

from leukcodes.codesystem import Concept
from leukcodes.render.blocks import MOST, Block, Card, Facts, Marked, Notes, Table, Tag, words
from leukcodes.render.code_map import CodeMap
from leukcodes.render.contents import card_of
from leukcodes.render.map_views import map_table
from leukcodes.render.markup import Markup, element, joined
from leukcodes.render.sheet import framed
from leukcodes.render.tree import Tree

__all__ = ["show"]

# Codes, rules, dates and numbers stay on one line; no word of a title is as long.
_WHOLE: Final = 10


def show(result: object) -> str | None:
    """The card of a result as HTML; None where there is none."""
    card = card_of(result)
    return None if card is None else _html(card)


def _html(card: Card) -> str:
    title = f"  {card.title}" if card.title else ""
    heading = element("h3", element("b", card.bold), title)
    return framed(card.name, heading, *map(_tag, card.tags), *map(_block, card.blocks))


def _tag(tag: Tag) -> Markup:
    return element("span", words(tag.text), class_=f"tag {tag.tone}")


def _block(block: Block) -> Markup:
    match block:
        case Facts():
            given = [(name, fact) for name, fact in block.given if fact not in (None, "")]
            return element("dl", *(joined(element("dt", name), element("dd", fact)) for name, fact in given))
        case Table():
            return _table(block) if block.rows else Markup()
        case Notes():
            lines = (
                element("li", text, element("small", f" {beside}") if beside else "")
                for text, beside in block.lines
            )
            return joined(element("h4", block.kind), element("ul", *lines))
        case Marked():
            return element("p", *(_piece(*piece) for piece in block.pieces))
        case CodeMap():
            return map_table(block)
        case Tree():
            return element("ul", _branch(block.root))
        case _:
            return element("p", element("small", block)) if block else Markup()


def _table(table: Table) -> Markup:
    rows = (element("tr", *map(_cell, table.rows[place])) for place in range(min(len(table.rows), MOST)))
    caption = element("caption", table.caption) if table.caption else ""
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in table.head)))
    left = len(table.rows) - MOST
    more = element("p", f"and {left:,} more") if left > 0 else ""
    return joined(element("table", caption, head, element("tbody", *rows)), more)


def _cell(cell: object) -> Markup:
    if isinstance(cell, Tag):
        return element("td", _tag(cell))
    text = "" if cell is None else str(cell)
    whole = " " not in text and len(text) <= _WHOLE
    return element("td", text, class_="code" if text and whole else None)


def _piece(text: str, names: str, tone: str) -> Markup:
    return element("mark", text, element("small", names), class_=tone) if names else joined(text)


def _branch(concept: Concept) -> Markup:
    below = [_branch(child) for child in concept.children]
    header = _tag(Tag("header")) if not concept.billable else ""
    return element(
        "li", element("b", concept.code), f" {concept.title} ", header, element("ul", *below) if below else ""
    )
