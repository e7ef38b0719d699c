"""What leaves a status or a name open around it: a denial nobody could place, the end of a text cut off."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import Final

from leukcodes.text.items import REACH, Item, as_year, item_at
from leukcodes.text.lexicon import BEFORE, NEGATED, lexicon, words_of

__all__ = [
    "cut_name",
    "denied_after",
    "denies_next",
    "ends_clause",
    "is_cut_status",
    "is_settled_later",
    "perhaps_negated",
]

_REACH: Final = 8
_TOLD_REACH: Final = 7
_NAMES: Final = frozenset({"status", "feature", "head", "entity", "disease"})
_SENTENCE_GAPS: Final = frozenset({" ", "-", "", " | "})
_FEWEST: Final = 2
_CLOSING: Final = (",", ":", ")", "]", "(", " - ")
_SPAN_REACH: Final = 6
_LONGEST_TAIL: Final = 4
_TAIL_GAPS: Final = frozenset({" ", "-", "/", ""})
_SPAN_GAPS: Final = _TAIL_GAPS | {" ("}
_READ: Final = frozenset({"status", "cue", "relation", "disease", "trap", "entity", "head"})


def perhaps_negated(items: list[Item], index: int) -> bool:
    """Whether a negation stands shortly before, with words between that nobody could read.

    Another status between may be all that it denies: `not active remission`.
    """
    unread = False
    if index > 1 and items[index].gap == " " and items[index - 1].kind == "status":
        return not items[index - 1].hard and items[index - 2].has_cue(NEGATED)
    for place in range(index - 1, max(-1, index - _REACH), -1):
        if items[place + 1].hard or "," in items[place + 1].gap or items[place].kind in _NAMES:
            return False
        if unread and items[place].has_cue(NEGATED, BEFORE):
            return True
        unread = unread or items[place].kind != "filler"
    return False


def denied_after(items: list[Item], index: int, verbs: str = "coming_about") -> bool:
    """Whether the words after a status say that it did not come about: `remission was never reached`.

    `verbs` is the class of the words for it. What else is denied there is not the status: `in remission not
    on maintenance`.
    """
    denied = False
    loose = verbs == "coming_about"
    if loose and (_is_counted(items, index) or _is_unfilled(items, index) or _spans_years(items, index)):
        return True
    for item in items[index + 1 : index + _TOLD_REACH]:
        if item.hard or item.gap not in _SENTENCE_GAPS:
            return False
        words = item.phrase.split()
        if not words_of("denying").isdisjoint(words):
            denied = True
            if words[-1] in words_of(verbs):
                return True
        elif item.phrase in words_of(verbs):
            return denied
        elif denied and item.kind == "unknown" and loose:
            return not item.capitalised and item.phrase.endswith("ed")
        elif item.kind != "filler":
            return False
    return False


def _is_counted(items: list[Item], index: int) -> bool:
    """Whether a number follows that says how often, perhaps never: `relapses: 0`, `relapse x0`."""
    after = item_at(items, index + 1)
    if after.phrase == "x":
        after = item_at(items, index + 2)
    if after.hard or as_year(after) is not None:
        return False
    return after.phrase in words_of("never_often") or (
        after.gap.strip() in (":", "=") and after.phrase.isdigit()
    )


def _is_unfilled(items: list[Item], index: int) -> bool:
    """Whether the clause ends with a word that takes a status back: `CR: pending`, `in remission (lost)`."""
    after, beyond = item_at(items, index + 1), item_at(items, index + 2)
    if after.phrase not in words_of("no_value") | words_of("flag"):
        return False
    if items[index].entry.meaning.startswith("ask"):
        return False
    if after.hard:
        return beyond.hard and after.phrase in words_of("flag")
    return beyond.hard or ends_clause(beyond.gap) or after.gap.strip() == "="


def ends_clause(gap: str) -> bool:
    """Whether what stands before a word ends the clause; an article or a hyphen does not."""
    return any(mark in gap for mark in _CLOSING)


def _spans_years(items: list[Item], index: int) -> bool:
    """Whether a status lasted from one year to another: `in remission from 2018 to 2020`, `CR 2018-2020`."""
    years = 0
    between = item_at(items, index + 1).phrase == "between"
    for item in items[index + 1 : index + _SPAN_REACH]:
        if item.hard or item.gap not in _SPAN_GAPS:
            break
        if as_year(item) is not None:
            years += 1
        elif item.phrase not in words_of("span") and not (between and item.phrase == "and"):
            break
    return years > 1


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
    tail = items[last + 1 : last + _LONGEST_TAIL + 2]  # one more than there may be
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


def denies_next(items: list[Item], index: int) -> bool:
    """Whether `no` speaks of the plain word after it: `AML, no transplant`, `CLL no treatment`."""
    after = item_at(items, index + 1)
    if after.hard or after.gap != " ":
        return False
    if after.phrase in words_of("therapy") | words_of("complaint"):
        return True
    if "," not in items[index].gap:
        return False
    plain = after.phrase not in words_of("cue_reason") | words_of("closing") | words_of("following")
    return plain and items[index].phrase in words_of("answer")


def is_settled_later(items: list[Item], index: int, owners: dict[int, int]) -> bool:
    """Whether a later diagnosis, of something else, takes the place of a first one."""
    near = range(index, min(len(items), index + REACH))
    last = [place for place in near if items[place].phrase in words_of("last_diagnosis")]
    return bool(last) and owners.keys().isdisjoint(range(last[-1], near.stop))
