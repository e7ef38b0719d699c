"""What the words around a disease or a status make of it: negation, doubt, kin, history and their scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leukcodes.text.directions import (
    describes_next,
    doubts,
    goes_on,
    is_idle,
    is_of_the_word_before,
    leads,
    tells_why,
)
from leukcodes.text.endings import denies_next, ends_clause, is_settled_later
from leukcodes.text.forms import answers, denies, flagged
from leukcodes.text.items import OTHER_NAMES, REACH, Item, item_at
from leukcodes.text.kin import counts_children, is_donor, is_of_other_person, is_whose, speaks_of_kin
from leukcodes.text.lexicon import KIN, Cue, words_of
from leukcodes.text.scopes import (
    alternatives,
    bars,
    ends_scope,
    joined_before,
    joined_by_and,
    joined_later,
    leads_to,
    list_goes_on,
    listed,
    present,
)

__all__ = ["CueHit", "read_cues"]

_ENCLOSING: Final = ("(", "[", ":", " - ")
_OF_OTHERS: Final = KIN | {"history", "history_personal"}
_OPEN: Final = Cue("uncertain", "pre", "CONV")
_DENIED: Final = Cue("negated", "post", "CONV")
# Cues that may speak of a status rather than of the disease.
_OF_STATUS: Final = frozenset({"negated", "uncertain", "hypothetical", "exposure"})


@dataclass(slots=True)
class CueHit:
    """A cue and what it speaks of: items of diseases, or items of statuses."""

    cue: Cue
    item: int
    diseases: tuple[int, ...] = ()
    statuses: tuple[int, ...] = ()


def read_cues(items: list[Item], owners: dict[int, int]) -> list[CueHit]:
    """Every cue of the text with its scope. `owners` maps an item to the mention it belongs to."""
    hits: list[CueHit] = []
    flags = words_of("flag")
    for index, item in enumerate(items):
        named = flagged(items, index, owners) if item.phrase in flags else None
        if named is not None:
            hits.append(CueHit(_DENIED if denies(items, index) else _OPEN, index, (named,)))
        for cue in item.cues:
            hit = _scope(items, index, cue, owners)
            if hit is not None:
                hits += _loosened(items, hit, owners)
                if cue.kind in KIN and _is_asked(items, index):
                    hits.append(CueHit(_OPEN, index + 1, hit.diseases))
                break
    return hits


def _loosened(items: list[Item], hit: CueHit, owners: dict[int, int]) -> list[CueHit]:
    """A denial, open for what a comma joins to it and a status is said of: `no GVHD, AML in remission`.

    One that looks back is open for what `and` joins: `AML and CLL ruled out`.
    """
    if hit.cue.kind != "negated":
        return [hit]
    if hit.cue.direction != "pre":
        joined = joined_by_and(items, hit.diseases[-1], owners) if hit.diseases else None
        return [hit] if joined is None else [hit, CueHit(_OPEN, hit.item, (joined,))]
    stated = [place for place in hit.diseases[1:] if _has_status(items, place)]
    if not stated:
        return [hit]
    denied = tuple(place for place in hit.diseases if place not in stated)
    return [CueHit(hit.cue, hit.item, denied, hit.statuses), CueHit(_OPEN, hit.item, tuple(stated))]


def _has_status(items: list[Item], place: int) -> bool:
    return "," in items[place].gap and any(
        item.kind == "status" and item.gap == " " for item in items[place + 1 : place + 2]
    )


def _is_asked(items: list[Item], index: int) -> bool:
    """Whether a question mark stands right after a word: `mother? AML`."""
    after = item_at(items, index + 1)
    return after.phrase == "?" and not after.gap


def _scope(items: list[Item], index: int, cue: Cue, owners: dict[int, int]) -> CueHit | None:
    item = items[index]
    if item.phrase == "?" and not doubts(items, index, cue):
        return None
    if is_idle(items, index) or (cue.kind == "family" and is_of_other_person(items, index)):
        return None
    if (cue.kind == "other_person" and counts_children(items, index)) or (
        cue.kind in KIN and is_donor(items, index)
    ):
        return None
    if item.phrase in words_of("answer") and cue.direction == "pre" and not leads(items, index):
        return _perhaps_denied(items, index, owners)
    if item.phrase in words_of("bound"):
        return _next_only(items, index, cue, owners)
    if item.phrase == "formbox":
        return _before(items, index, cue, owners) or _after(items, index, cue, owners)
    deniable = cue.kind in ("negated", "uncertain") and cue.direction != "beside"
    if deniable and tells_why(items, index, owners):
        return _after(items, index, cue, owners)
    if cue.direction != "post":
        return None if is_of_the_word_before(items, index) else _forward(items, index, cue, owners)
    both = any(other.direction == "pre" for other in item.cues) and item.phrase != "?"
    if (both and goes_on(items, index)) or denies_next(items, index) or describes_next(items, index, cue):
        return None
    found = _after(items, index, cue, owners)
    deniable = cue.kind in ("negated", "uncertain")
    return _perhaps_denied(items, index, owners) if found is None and deniable else found


def _trailing(items: list[Item], index: int, cue: Cue, owners: dict[int, int]) -> CueHit | None:
    """A cue at the end of its clause speaks of what stands before it: `AML, r/o`, `CLL (mother)`.

    So it does in an inverted heading, whatever it says: `leukemia, family history of`.
    """
    if goes_on(items, index) or items[index].phrase == "?":
        return None
    answered = index > 0 and ":" in items[index].gap and items[index - 1].kind == "status"
    if cue.kind == "negated" and answered and item_at(items, index + 2).hard:
        return CueHit(cue if item_at(items, index + 1).hard else _OPEN, index, statuses=(index - 1,))
    enclosed = any(mark in items[index].gap for mark in _ENCLOSING)
    after = index + 1 + _is_asked(items, index)
    while item_at(items, after).kind == "number" and not items[after].hard:
        after += 1
    following = item_at(items, after)
    ends = following.is_cut_off
    joined = "," in items[index].gap or (
        cue.kind in _OF_OTHERS and index - 1 in owners and not items[index].hard
    )
    if cue.kind == "history_personal" and not following.hard:
        return None
    if cue.kind in KIN and ends and items[index].hard and index - 1 in owners:
        return CueHit(_OPEN, index, (index - 1,))
    inverted = (
        ends
        and joined
        and (cue.kind in _OF_OTHERS or items[index].phrase.split()[-1] in words_of("dangling"))
    )
    if cue.kind in ("uncertain", "screening") or inverted or (enclosed and cue.kind in _OF_OTHERS):
        return _after(items, index, cue, owners)
    return None


def _forward(items: list[Item], index: int, cue: Cue, owners: dict[int, int]) -> CueHit | None:
    """The scope of a cue that does not look back over other words."""
    if cue.direction == "beside":
        return _beside(items, index, cue, owners)
    if cue.direction == "first" and not is_settled_later(items, index, owners):
        return None
    if cue.direction == "small" and items[index].capital:
        return None
    return (
        _before(items, index, cue, owners)
        or _trailing(items, index, cue, owners)
        or _perhaps_denied(items, index, owners)
    )


def _beside(items: list[Item], index: int, cue: Cue, owners: dict[int, int]) -> CueHit | None:
    """A cue right after a name at the end of its clause: `AML disputed`, not `AML, diet disputed`."""
    after = item_at(items, index + 1)
    ends = after.hard or ends_clause(after.gap)
    beside = index - 1 in owners and not items[index].hard and items[index - 1].kind != "marker"
    return CueHit(cue, index, tuple(joined_before(items, index - 1, owners))) if ends and beside else None


def _next_only(items: list[Item], index: int, cue: Cue, owners: dict[int, int]) -> CueHit | None:
    """`non-`, `pre-` and `ex-` speak of the word they are joined to and of nothing after it."""
    first = index + 1
    after = item_at(items, first)
    if after.hard or after.kind == "marker":
        return None
    if first in owners:
        return CueHit(cue, index, (first,))
    return CueHit(cue, index, statuses=(first,))


def _perhaps_denied(items: list[Item], index: int, owners: dict[int, int]) -> CueHit | None:
    """A text that begins with `no - AML` or `(-) AML` denies it, or answers what was asked before.

    Nobody can tell whether a stop ends a short form there: `r/o. AML`.
    """
    begins = index == 0 or items[index].hard or items[index].phrase == "formminus"
    after = item_at(items, index + 1)
    leads = index + 1 in owners and after.gap.strip() in ((".",) if after.hard else ("", "-"))
    return CueHit(_OPEN, index, (index + 1,)) if begins and leads else None


def _before(items: list[Item], index: int, cue: Cue, owners: dict[int, int]) -> CueHit | None:
    """The scope of a cue that stands before what it speaks of."""
    statuses: list[int] = []
    kin = cue.kind in KIN
    if kin and not speaks_of_kin(items, index, owners):
        return None
    if kin and items[index].phrase.startswith("relation") and item_at(items, index + 1).hard:
        return _of_next_field(items, index, owners)
    listing = kin or bool(words_of("list_cue") & set(items[index].phrase.split()))
    for place in range(index + 1, min(len(items), index + REACH)):
        item = items[place]
        if ends_scope(item, place == index + 1, listing) or (listing and item.phrase in present()):
            break
        if place in owners and item.kind != "marker":
            if _goes_to_status(items, cue, statuses):
                break
            told = _OPEN if kin and _is_beside_patient(items, index) and "," in item.gap else cue
            return CueHit(told, index, tuple(listed(items, place, owners)))
        if item.kind == "status":
            statuses += [] if item.entry.meaning.startswith("none") else [place]
        elif kin and is_whose(items, index, place):
            continue
        elif bars(items, place, cue, owners, kin) and not list_goes_on(items, place, listing):
            return _barred(items, index, place, owners) if kin else _of_statuses(items, index, cue, statuses)
    return _of_statuses(items, index, cue, statuses)


def _of_next_field(items: list[Item], index: int, owners: dict[int, int]) -> CueHit | None:
    """A relative in a field of its own leaves it open whose the disease is: `Relation: Brother; Dx: ALL`."""
    for place in range(index + 1, min(len(items), index + REACH)):
        if "." in items[place].gap:
            return None
        if place in owners:
            return CueHit(_OPEN, index, (place,))
    return None


def _is_beside_patient(items: list[Item], index: int) -> bool:
    """Whether a relative is only told to be with the patient: `lives with mother`."""
    place = index - 2 if index and items[index - 1].phrase in words_of("possessive") else index - 1
    return place > 0 and items[place].phrase == "with" and items[place - 1].phrase in words_of("dwelling")


def _of_statuses(items: list[Item], index: int, cue: Cue, statuses: list[int]) -> CueHit | None:
    if not statuses or cue.kind not in _OF_STATUS:
        return None
    return CueHit(cue, index, statuses=tuple(alternatives(items, statuses)))


def _barred(items: list[Item], index: int, place: int, owners: dict[int, int]) -> CueHit | None:
    """Nobody can tell whose a disease is that is joined to a relative's by words that are no list."""
    joined = joined_later(items, place, owners)
    return None if joined is None else CueHit(_OPEN, index, (joined,))


def _goes_to_status(items: list[Item], cue: Cue, statuses: list[int]) -> bool:
    """Whether a status goes on to its disease and takes the denial: `is not in remission from AML`."""
    if cue.kind != "negated" or not statuses:
        return False
    after = items[statuses[-1] + 1]
    return after.gap == " " and after.phrase in words_of("status_of")


def _ends_before(items: list[Item], index: int, place: int, cue: Cue) -> bool:
    """Whether what stands before a cue is not for it: another field's, a gene's, another subject's."""
    word, item = items[index], items[place]
    labelled = word.gap.strip() in (":", "=", "|")
    if labelled and place + 1 < index and items[place + 1].gap.strip() in (",", "|"):
        asked = {item.phrase for item in items[place + 1 : index]}
        return asked.isdisjoint(words_of("now") | words_of("confirming"))  # `in remission, transplant: no`
    if item.phrase.split()[-1] in ("hx", "history"):
        return True
    if (labelled or word.gap == " - ") and item.phrase in words_of("therapy"):
        return True  # `AML transplant: no`
    if cue.kind == "negated" and item.phrase in words_of("other_subject"):
        return True
    return item.kind == "marker" and not item.entry.is_class and word.phrase in words_of("result")


def _after(items: list[Item], index: int, cue: Cue, owners: dict[int, int]) -> CueHit | None:
    """The scope of a cue that stands after what it speaks of; alone in its sentence, of the one before."""
    spoken = index - 1 in owners or items[index - 1].kind == "status"
    alone = spoken and item_at(items, index + 1).hard
    if items[index].hard and not (alone and cue.kind in ("negated", "uncertain")):
        return None
    for place in range(index - 1, max(-1, index - REACH), -1):
        item = items[place]
        if _ends_before(items, index, place, cue):
            return None
        if place in owners:
            joined = joined_before(items, place, owners) if cue.kind not in KIN else (place,)
            return CueHit(cue, index, tuple(joined))
        if item.kind == "status" and not item.entry.meaning.startswith("none"):
            if cue.kind not in _OF_STATUS:
                continue
            whole = not items[place].hard and "," not in items[place].gap and not answers(items, index)
            if whole and cue.kind == "negated" and item.phrase not in words_of("status_noun"):
                continue
            adjacent = place == index - 1 or items[place + 1].kind == "filler"
            return CueHit(cue, index, statuses=(place,)) if adjacent else None
        if item.kind in OTHER_NAMES or item.kind == "marker":
            return None
        if item.hard or (item.kind == "cue" and item.phrase != "?" and not leads_to(item, cue)):
            return None
    return None
