"""Forms and tables: answers filled in, cells that deny what stands before them, questions put."""

from __future__ import annotations

from leukcodes.text.endings import ends_clause
from leukcodes.text.items import Item, item_at
from leukcodes.text.lexicon import words_of

__all__ = ["answers", "asks", "denies", "flagged"]


def flagged(items: list[Item], index: int, owners: dict[int, int]) -> int | None:
    """The name whose cell a word fills that denies it, or may: `AML=0`, `leukemia_flag=0`, `CLL N`."""
    item = items[index]
    if item.phrase not in words_of("flag") or item.gap == "-":
        return None
    place = index - 2 if index > 1 and items[index - 1].phrase in words_of("field") else index - 1
    named = place in owners and items[place].kind != "marker"
    filled = item.gap.strip() in ("=", ":") and not item.hard
    after = item_at(items, index + 1)
    ends = after.hard or ends_clause(after.gap)
    if item.phrase in words_of("open_flag"):
        return place if named and ends and filled else None
    return place if named and (ends or filled or _is_in_row(items, index)) else None


def _is_in_row(items: list[Item], index: int) -> bool:
    """Whether cells stand in a row without marks between them: `Diabetes Y Leukemia N HTN Y`."""
    cells = items[index + 2 : index + 3] + items[max(0, index - 2) : max(0, index - 1)]
    return any(item.phrase in words_of("flag") or item.phrase in ("y", "1") for item in cells)


def denies(items: list[Item], index: int) -> bool:
    """Whether such a word denies: right behind `:` or `=`, and not short for other things (`F`, `NA`)."""
    return (
        not items[index].hard and answers(items, index) and items[index].phrase not in words_of("open_flag")
    )


def answers(items: list[Item], index: int) -> bool:
    """Whether a word fills in a field, or answers a question: `in remission: N`, `in remission? no`."""
    asked = index > 0 and items[index - 1].phrase == "?"
    after = item_at(items, index + 1)
    alone = after.hard or ")" in after.gap
    return asked or any(mark in items[index].gap for mark in (":=?|(-" if alone else ":=?|"))


def asks(items: list[Item]) -> bool:
    """Whether a question is put to the library, not one that somebody had: `mom asks "is it leukemia?"`."""
    asking = (place for place, item in enumerate(items) if item.phrase in words_of("asking"))
    first = next(asking, None)
    return first is not None and all(item.kind not in ("unknown", "cue") for item in items[:first])
