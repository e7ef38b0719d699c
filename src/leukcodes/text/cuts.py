"""Texts that a field's width has cut off: what their last words may have gone on to say."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import Final

from leukcodes.text.items import Item
from leukcodes.text.lexicon import lexicon, words_of

__all__ = ["cut_name", "is_cut_status"]

_FEWEST: Final = 2
_LONGEST_TAIL: Final = 4
_TAIL_GAPS: Final = frozenset({" ", "-", "/", ""})
_READ: Final = frozenset({"status", "cue", "relation", "disease", "trap", "entity", "head"})


def is_cut_status(items: list[Item]) -> bool:
    """Whether a text breaks off where a status stands: `leukemia, in`, `leukemia, in re`."""
    if len(items) < _FEWEST:
        return False
    before, item = items[-2:]
    if item.phrase == "in" or (item.phrase == "i" and "," in item.gap):
        return True
    begun = before.phrase == "in" and item.gap == " " and item.kind != "status"
    return begun and any(word.startswith(item.phrase) for word in words_of("status_word"))


def cut_name(items: list[Item], last: int) -> tuple[int, ...]:
    """The end of a text that breaks off in a longer name: `acute myeloid leukemia with multilin`."""
    tail = items[last + 1 :]
    if not 0 < len(tail) <= _LONGEST_TAIL or any(item.kind in _READ for item in tail):
        return ()
    if any(item.hard or item.gap not in _TAIL_GAPS for item in tail):
        return ()
    words = [item.phrase for item in tail]
    linked = words[0] in words_of("closing")
    if words[-1] in words_of("closing"):
        return (len(items) - 1,) if _begins_a_name(f"{words[-1]} ") else ()
    phrase = " ".join(words[1:] if linked else words)
    if len(words[-1]) > 1 and tail[-1].kind == "filler" and words[-1] not in words_of("stub"):
        return ()
    begun = linked or len(phrase) > 1
    return (len(items) - 1,) if begun and _begins_a_name(phrase) else ()


@cache
def _names() -> list[str]:
    return sorted(phrase for phrase, entry in lexicon().phrases.items() if entry.features or entry.codes)


def _begins_a_name(start: str) -> bool:
    names = _names()
    place = bisect_left(names, start)
    return place < len(names) and names[place].startswith(start)
