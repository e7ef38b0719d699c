"""Unread words about a name that may make anything of it: what governs it, what became of it."""

from __future__ import annotations

from typing import Final

from leukcodes.text.company import name_end
from leukcodes.text.items import REACH, Item, item_at
from leukcodes.text.lexicon import KIN, words_of
from leukcodes.text.mentions import Mention

__all__ = ["unread_about"]

_LABEL_GAPS: Final = frozenset({": ", " - ", ":", " : ", "=", " = "})
_VERDICT_GAPS: Final = frozenset({"", " ", " - "})
_GOVERNED_GAPS: Final = frozenset({"", " "})


def unread_about(items: list[Item], mention: Mention) -> int | None:
    """The unread word about a name that may make anything of it, if there is one."""
    found = (find(items, mention) for find in (_governor, _verdict, _foreign, _kin_of_patient))
    return next((place for place in found if place is not None), None)


def _governor(items: list[Item], mention: Mention) -> int | None:
    """The unread word that governs a name, if one does: `resembles CML`, `partner with AML`.

    What such a word makes of the disease nobody can tell; a capitalised one (a name) governs nothing.
    """
    bearer = _bearer(items, max(mention.items) + 1)
    if bearer is not None:
        return bearer
    place = min(mention.items) - 1
    below = place + 1
    if place >= 0 and ">" in items[below].gap and items[place].kind == "unknown":
        return place
    if place >= 0 and items[below].gap in _LABEL_GAPS and _is_label(items[place]):
        return place if place == 0 or items[place].hard else None
    while place >= 0 and not items[below].hard and items[below].gap in _GOVERNED_GAPS:
        item = items[place]
        if item.phrase in words_of("unassertive"):
            return place
        if item.kind == "unknown":
            return None if item.capitalised else place
        if item.phrase not in words_of("governing") and item.kind != "status":
            return None
        below, place = place, place - 1
    return None


def _is_label(item: Item) -> bool:
    """Whether a word before a colon may say whose the disease is: `landlord: AML`, `M: CLL`."""
    return item.phrase in words_of("kin_letter") or (item.kind == "unknown" and not item.capitalised)


def _bearer(items: list[Item], place: int) -> int | None:
    """The unread person or part that a disease is said to be in: `AML in his landlord`."""
    after = items[place : place + 3]
    if len(after) < 2 or after[0].phrase != "in":
        return None
    if after[1].gap == " " and after[1].has_cue(KIN):
        return place + 1
    if len(after) < 3 or after[1].phrase not in words_of("possessive"):
        return None
    other = after[2].kind == "unknown" and not after[2].capitalised
    return place + 2 if other or after[2].has_cue(KIN) else None


def _verdict(items: list[Item], mention: Mention) -> int | None:
    """The unread word that says what became of a name, if one does: `AML dismissed`, `CLL was disputed`."""
    place = name_end(items, mention) + 1
    being = words_of("being")
    while item_at(items, place).gap in _VERDICT_GAPS and items[place].phrase in being:
        place += 1
    item = item_at(items, place)
    if item.hard or item.kind != "unknown" or item.capitalised:
        return None
    return place if item.gap in _VERDICT_GAPS else None


def _foreign(items: list[Item], mention: Mention) -> int | None:
    """Letters of another script near a name: nobody can tell what they say, nor of what."""
    first, last = min(mention.items), max(mention.items)
    near = range(max(0, first - REACH), min(len(items), last + REACH))
    return next((place for place in near if not items[place].phrase.isascii()), None)


def _kin_of_patient(items: list[Item], mention: Mention) -> int | None:
    """The relative or other person whom a text is about, and not the patient: `AML patient's wife`."""
    place = name_end(items, mention) + 2
    if place >= len(items) or items[place - 1].phrase not in words_of("patient"):
        return None
    ends = item_at(items, place + 1).hard
    kin = items[place].has_cue(KIN)
    return place if kin and ends and items[place].gap == items[place - 1].gap == " " else None
