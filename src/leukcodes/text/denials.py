"""Whether a status may be denied by words that no cue could place: before it, or told of it afterwards."""

from __future__ import annotations

from typing import Final

from leukcodes.text.items import Item, as_year
from leukcodes.text.lexicon import words_of

__all__ = ["denied_after", "perhaps_negated"]

_REACH: Final = 8
_TOLD_REACH: Final = 7
_NAMES: Final = frozenset({"status", "feature", "head", "entity", "disease"})
_SENTENCE_GAPS: Final = frozenset({" ", "-", ""})


def perhaps_negated(items: list[Item], index: int) -> bool:
    """Whether a negation stands shortly before, with words between that nobody could read.

    Another status between may be all that it denies: `not active remission`.
    """
    unread = False
    if index > 1 and items[index].gap == " " and items[index - 1].kind == "status":
        return not items[index - 1].hard and any(cue.kind == "negated" for cue in items[index - 2].cues)
    for place in range(index - 1, max(-1, index - _REACH), -1):
        if items[place + 1].hard or "," in items[place + 1].gap or items[place].kind in _NAMES:
            return False
        if unread and any(cue.kind == "negated" and cue.direction == "pre" for cue in items[place].cues):
            return True
        unread = unread or items[place].kind != "filler"
    return False


def denied_after(items: list[Item], index: int) -> bool:
    """Whether the words after a status say that it did not come about: `remission was never reached`.

    What else is denied there is not the status: `in remission not on maintenance`.
    """
    denied = False
    if _is_counted(items, index):
        return True
    for item in items[index + 1 : index + _TOLD_REACH]:
        if item.hard or item.gap not in _SENTENCE_GAPS:
            return False
        words = item.phrase.split()
        if not words_of("denying").isdisjoint(words):
            denied = True
            if words[-1] in words_of("coming_about"):
                return True
        elif item.phrase in words_of("coming_about"):
            return denied
        elif denied and item.kind == "unknown":
            return not item.capitalised and item.phrase.endswith("ed")
        elif item.kind != "filler":
            return False
    return False


def _is_counted(items: list[Item], index: int) -> bool:
    """Whether a number follows that says how often, perhaps never: `relapses: 0`, `relapse x0`."""
    after = items[index + 1] if index + 1 < len(items) else None
    if after is None or after.hard or as_year(after) is not None:
        return False
    return after.phrase in words_of("never_often") or (
        after.gap.strip() in (":", "=") and after.phrase.isdigit()
    )
