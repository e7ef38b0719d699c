"""Unread words around a name that may be words of it, misspelt beyond repair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from leukcodes.text.endings import cut_name
from leukcodes.text.items import REACH, Item
from leukcodes.text.lexicon import lexicon, words_of
from leukcodes.text.spelling import resembles_critical

__all__ = ["misspelt"]

_SHORT_WORD: Final = 4


def misspelt(items: list[Item], own: Sequence[int], code: str) -> tuple[int, ...]:
    """The items around a name, whose `own` are given in order, that may be misspelt words of it.

    A name that has narrower ones is doubted by more words than one that leaves nothing to add: to the latter
    only its own modifiers matter.
    """
    first, last, end = own[0], own[-1], _name_end(items, own)
    joined = _joined_unread(items, first, last)
    if joined:
        return joined
    refinable = code in lexicon().generalises
    if not refinable and code not in lexicon().leukemias:
        return ()
    after = range(end + 1, min(len(items), last + (REACH if refinable else 2)))
    found = [
        *_unread(items, range(first - 1, max(-1, first - REACH), -1), refinable=False),
        *_unread(items, after, refinable=refinable),
    ]
    found += [index for index in range(first + 1, end) if items[index].kind == "unknown"]
    if refinable and _kind_untold(items, first):
        return (first - 1,)
    cut = cut_name(items, last) if refinable else ()
    if cut:
        return cut
    goes_on = lexicon().longer.get(items[first].phrase, ())
    unspecified = code in lexicon().notices
    return tuple(
        index
        for index in found
        if items[index].phrase in goes_on
        or first < index < end
        or (unspecified and index > end and len(items[index].phrase) >= _SHORT_WORD)
        or resembles_critical(items[index].phrase, beside=_is_beside(index, first, end, refinable))
    )


def _name_end(items: list[Item], own: Sequence[int]) -> int:
    """The last word of a name without the genes and drugs that are told of it, which may stand far off."""
    named = (place for place in own if items[place].kind != "marker" or items[place].entry.is_class)
    return max(named, default=own[-1])


def _kind_untold(items: list[Item], first: int) -> bool:
    """Whether a name follows a bare `cell`, which says that some kind of cell was meant."""
    return first > 0 and items[first - 1].phrase in words_of("cell") and not items[first].hard


def _is_beside(index: int, first: int, last: int, refinable: bool) -> bool:
    return first < index < last or (refinable and first - 2 <= index <= last + 1)


def _unread(items: list[Item], places: range, *, refinable: bool) -> Iterator[int]:
    """Unread words on one side of a name, up to where another phrase begins."""
    for place in places:
        item = items[place]
        boundary = item if places.step > 0 else items[place + 1]
        unread = item.kind == "unknown" or (item.kind == "disease" and "/" in boundary.gap)
        if boundary.hard or item.kind in ("entity", "cue", "trap", "relation", "head"):
            return
        if item.kind == "disease" and not unread:
            return
        if (
            item.kind == "filler"
            and item.entry.meaning != "np"
            and not (refinable and item.phrase in words_of("closing"))
        ):
            return
        if unread:
            yield place


def _joined_unread(items: list[Item], first: int, last: int) -> tuple[int, ...]:
    """An unread word that a slash makes another name of the disease: `lymphoma/leukcia`."""
    before, after = first - 1, last + 1
    if after < len(items) and items[after].gap == "/" and _is_long_unread(items[after]):
        return (after,)
    if before >= 0 and items[first].gap == "/" and _is_long_unread(items[before]):
        return (before,)
    return ()


def _is_long_unread(item: Item) -> bool:
    return item.kind == "unknown" and len(item.phrase) > _SHORT_WORD
