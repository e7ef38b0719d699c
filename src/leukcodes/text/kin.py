"""Relatives and other people: whether a word for one says whose disease it is."""

from __future__ import annotations

from leukcodes.text.items import Item, item_at
from leukcodes.text.lexicon import words_of

__all__ = ["counts_children", "is_donor", "is_of_other_person", "is_whose", "speaks_of_kin"]


def is_donor(items: list[Item], index: int) -> bool:
    """Whether a relative in parentheses is whose the graft was: `s/p haplo (son)`."""
    if (
        not index
        or "(" not in items[index].gap
        or words_of("graft").isdisjoint(items[index - 1].phrase.split())
    ):
        return False
    after = item_at(items, index + 1)
    return after.hard or ")" in after.gap


def is_of_other_person(items: list[Item], index: int) -> bool:
    """Whether a relative is that of another person: `wife's mother`."""
    return index > 0 and items[index].gap == " " and items[index - 1].has_cue(("other_person",))


def counts_children(items: list[Item], index: int) -> bool:
    """Whether a relative is the patient: `father of two, CLL`. Of `mother of 3 with ALL` nobody can tell."""
    after = items[index + 1 : index + 4]
    counted = after and (after[0].phrase.isdigit() or after[0].phrase in words_of("count"))
    if not counted or not items[index].phrase.endswith(" of"):
        return False
    told = len(after) > 1 and after[1].phrase in words_of("offspring")
    rest = after[1 + told :]
    if not rest or rest[0].hard or "," in rest[0].gap:
        return True
    aged = any(item.phrase[0].isdigit() for item in items[max(0, index - 2) : index])
    return aged and not told and not items[index].hard and rest[0].phrase in words_of("kin_link")


def is_whose(items: list[Item], index: int, place: int) -> bool:
    """Whether a patient is named to say whose relative it is: `son of a patient with CLL`."""
    between = items[index + 1 : place + 1]
    near = all(
        item.kind in ("filler", "number") and not item.hard and "," not in item.gap for item in between
    )
    return near and items[index].phrase.endswith(" of")


def speaks_of_kin(items: list[Item], index: int, owners: dict[int, int]) -> bool:
    """A bare relative counts only where a verb, a colon or the disease itself follows."""
    item = items[index]
    if " " in item.phrase or item.phrase.startswith(("fh", "fam", "f/h")):
        return True
    if index + 1 >= len(items):
        return False
    after = items[index + 1]
    return (
        index + 1 in owners
        or after.phrase.split()[0] in words_of("kin_link")
        or after.phrase == "?"
        or after.gap.strip() in (":", "-", ",", "(", "=")
        or after.kind in ("status", "feature", "number")
        or after.has_cue(("history", "family"))
    )
