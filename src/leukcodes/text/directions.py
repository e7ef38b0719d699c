"""Which way a cue looks: to what follows it, to what stands before it, or nowhere."""

from __future__ import annotations

from typing import Final

from leukcodes.text.forms import answers, asks
from leukcodes.text.genes import is_negative
from leukcodes.text.items import OTHER, REACH, Item, item_at
from leukcodes.text.lexicon import Cue, words_of

__all__ = [
    "describes_next",
    "doubts",
    "goes_on",
    "is_idle",
    "is_of_the_word_before",
    "leads",
    "tells_why",
]

_ASKING_REACH: Final = 30


def doubts(items: list[Item], index: int, cue: Cue) -> bool:
    """Whether a question mark is doubt in this direction; a question put to the library is none."""
    if index == len(items) - 1 and asks(items[:_ASKING_REACH]):
        return False
    gap = items[index].gap
    forward = index == 0 or ("(" not in gap and gap != "" and goes_on(items, index))
    return forward == (cue.direction == "pre")


def is_idle(items: list[Item], index: int) -> bool:
    """Whether a cue word is none here: an answer without a question, a time that has passed."""
    item = items[index]
    return (item.phrase in words_of("bare_answer") and not answers(items, index)) or _dates_the_end(
        items, index
    )


def _dates_the_end(items: list[Item], index: int) -> bool:
    """Whether `until` names a time that has passed: `in remission until 2020 when relapsed`."""
    return items[index].phrase == "until" and item_at(items, index + 1).kind == "number"


def leads(items: list[Item], index: int) -> bool:
    """Whether an answer word goes on to what it speaks of: `no leukemia`, but `Smoker: no. CLL`."""
    after = item_at(items, index + 1)
    return items[index].gap.strip() != "=" and not after.hard and after.gap in (" ", "-")


def goes_on(items: list[Item], index: int) -> bool:
    """Whether something follows in the same clause that the cue may speak of."""
    if items[index].gap.strip() == "=":  # the cell of a table
        return False
    if items[index].gap.strip() in ("(", "[") and item_at(items, index + 1).gap.strip() in (")", "]"):
        return False
    for item in items[index + 1 : index + REACH]:
        if item.hard or "," in item.gap or "|" in item.gap:
            return False
        if item.kind not in ("filler", "number") and item.phrase != "?":
            return True
    return False


def tells_why(items: list[Item], index: int, owners: dict[int, int]) -> bool:
    """Whether a cue right behind what it speaks of goes on to how or why: `AML ruled out by biopsy`."""
    after = item_at(items, index + 1)
    if after.hard or after.gap != " " or after.phrase not in words_of("cue_reason"):
        return False
    if items[index].phrase in words_of("denying"):  # `in remission, not on treatment`
        return False
    return index > 0 and not items[index].hard and (index - 1 in owners or items[index - 1].kind == "status")


def is_of_the_word_before(items: list[Item], index: int) -> bool:
    """Whether a cue that looks either way ends what is said of another disease: `PE ruled out, AML`."""
    either = any(cue.direction == "post" for cue in items[index].cues)
    if not either or not index or items[index].hard or items[index].gap != " ":
        return False
    return "," in item_at(items, index + 1).gap and items[index - 1].kind in OTHER


def describes_next(items: list[Item], index: int, cue: Cue) -> bool:
    """Whether a cue is the adjective of what follows: `negative cultures`, `expected remission`."""
    after = item_at(items, index + 1)
    if after.hard or items[index].phrase in ("?", "formminus"):
        return False
    hoped = cue.kind == "hypothetical" and after.kind == "status"
    examined = after.phrase in words_of("examined") and index > 0 and items[index - 1].kind == "filler"
    described = hoped or after.kind in OTHER or examined
    return (after.gap == " " and described) or is_negative(items, index + 1)
