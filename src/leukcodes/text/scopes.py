"""How far a cue reaches: what ends its scope, what takes it to itself, and what is listed with the first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from leukcodes.text.items import OTHER, REACH, Item, item_at
from leukcodes.text.lexicon import KIN, Cue, lexicon, words_of

__all__ = [
    "alternatives",
    "bars",
    "ends_scope",
    "joined_before",
    "joined_by_and",
    "joined_later",
    "leads_to",
    "list_goes_on",
    "listed",
    "present",
]

_NAME_REACH: Final = 4
_LIST_REACH: Final = 5
_PASSING: Final = frozenset({"history", "uncertain"})
_DENIABLE: Final = _PASSING | {"family", "history_personal"}
_LISTED: Final = OTHER | {"entity", "feature", "marker"}
_LINKS: Final = frozenset({"feature", "marker", "relation"})


def alternatives(items: list[Item], statuses: list[int]) -> Iterator[int]:
    """The first status, and those it is weighed against or describes.

    `unclear whether in remission or relapse`, `not in active relapse`.
    """
    yield statuses[0]
    for before, place in pairwise(statuses):
        between = items[before + 1 : place + 1]
        weighed = any(item.phrase in words_of("versus") or "/" in item.gap for item in between)
        if not weighed and not (len(between) == 1 and _describes(items[before], items[place])):
            return
        yield place


def _describes(status: Item, after: Item) -> bool:
    """Whether a status belongs to the relapse after it: no remission is `active`, none is `in remission`."""
    _, _, position, *_ = status.entry.meaning.split()
    return position != "p" and after.gap == " " and not after.entry.meaning.startswith("1")


def present() -> frozenset[str]:
    """The words that tell of the present, after which a list of what was is over."""
    return words_of("now") & words_of("following")


def bars(items: list[Item], place: int, cue: Cue, owners: dict[int, int], kin: bool) -> bool:
    """Whether a word takes the cue to itself, so that it does not reach what follows."""
    item = items[place]
    if cue.kind == "negated" and _is_denied_itself(items, place):
        return True
    if item.kind == "marker":
        return place not in owners
    if item.kind == "unknown":
        return not kin and not _leads_to_name(items, place, owners)
    if item.kind == "cue":
        return not _harmless(cue, item)
    return item.kind in ("disease", "entity", "trap") or (kin and item.phrase in words_of("patient"))


def _is_denied_itself(items: list[Item], place: int) -> bool:
    """Whether a denial ends with what it denies: `no complaints CLL`, `not on treatment for CLL`."""
    after = item_at(items, place + 1)
    if items[place].phrase in words_of("therapy"):
        return True
    complaint = items[place].phrase in words_of("complaint") and place + 1 < len(items)
    return complaint and after.phrase not in words_of("status_of") | words_of("pointing")


def list_goes_on(items: list[Item], place: int, listing: bool) -> bool:
    """Whether what a cue speaks of is one of several: `family history of cancer of breast and leukemia`."""
    for index in range(place + 1, min(len(items), place + _LIST_REACH)):
        item = items[index]
        if item.hard:
            return False
        if item.phrase in words_of("listing") or (listing and "," in item.gap):
            return True
        if items[index - 1].phrase in words_of("located"):
            if item.entry.codes or item.entry.features:
                return False
        elif (
            item.kind not in _LISTED and item.phrase not in words_of("listed") and item.entry.meaning != "np"
        ):
            return False
    return False


def joined_before(items: list[Item], place: int, owners: dict[int, int]) -> Iterator[int]:
    """The disease at `place`, and those that `or` joins to it: `AML or ALL not present`."""
    while True:
        yield place
        before = place - 1
        while owners.get(before) == owners[place]:
            before -= 1
        if before <= 0 or items[before].phrase not in ("or", "nor") or before - 1 not in owners:
            return
        place = before - 1


def joined_by_and(items: list[Item], place: int, owners: dict[int, int]) -> int | None:
    """The disease that `and` joins to the leukemia at `place`: `AML and CLL ruled out`."""
    entry = items[place].entry
    if entry.codes and lexicon().leukemias.isdisjoint(entry.codes):
        return None
    before = place
    while owners.get(before) == owners[place]:
        before -= 1
    joined = before > 0 and before - 1 in owners and items[before].phrase == "and"
    return before - 1 if joined and items[before - 1].kind != "marker" else None


def joined_later(items: list[Item], place: int, owners: dict[int, int]) -> int | None:
    """A disease that `and` joins, words later, to another's: `mother had diabetes with ulcers and CLL`."""
    for index in range(place + 1, min(len(items), place + REACH)):
        item = items[index]
        if item.is_apart:
            return None
        if index in owners:
            return index if items[index - 1].phrase in words_of("listing") else None
    return None


def _leads_to_name(items: list[Item], place: int, owners: dict[int, int]) -> bool:
    """Whether an unread word is the first of a name: `history of multipli myeloma`."""
    for index in range(place + 1, min(len(items), place + _NAME_REACH)):
        item = items[index]
        if item.is_apart or (item.kind == "filler" and item.entry.meaning != "np"):
            return False
        if index in owners:
            return True
    return False


def ends_scope(item: Item, first: bool, listing: bool) -> bool:
    """Whether a boundary stands before a word; a comma is none in a list, nor right after the cue."""
    return item.hard or ("," in item.gap and not first and not listing)


def _harmless(cue: Cue, item: Item) -> bool:
    """A second cue inside the scope that does not turn the first around: `possible new diagnosis of`.

    Nor does one that is itself denied: `no family history of`, `neither personal nor family history of`.
    """
    passing = _DENIABLE if cue.kind in ("negated", "uncertain") else _PASSING
    passing = passing | {"family", "history_personal"} if cue.kind in KIN else passing
    return all(other.kind == cue.kind or other.kind in passing for other in item.cues)


def listed(items: list[Item], place: int, owners: dict[int, int]) -> Iterator[int]:
    """The disease at `place` and those joined to it by commas, `and`, `or` or a slash."""
    yield place
    current = owners[place]
    for index in range(place + 1, min(len(items), place + REACH)):
        item = items[index]
        if item.hard:
            return
        if index in owners and owners[index] != current:
            current = owners[index]
            yield index
        joined = index in owners or item.phrase in words_of("listing") or item.kind in _LINKS
        if not joined and item.entry.meaning != "np":
            return


def leads_to(item: Item, cue: Cue) -> bool:
    """Whether a doubt only comes before the denial after it: `considered but excluded`, not `(Y/N): N`."""
    return cue.kind == "negated" and any(
        other.kind == "uncertain" and other.direction != "post" for other in item.cues
    )
