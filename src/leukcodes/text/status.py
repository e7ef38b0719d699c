"""Disease status: what the status words of a text say of its leukemias, and whether one is treated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leukcodes.text.context import CueHit
from leukcodes.text.endings import denied_after, is_cut_status, perhaps_negated
from leukcodes.text.items import REACH, Item, item_at
from leukcodes.text.lexicon import NEGATED, words_of
from leukcodes.text.spelling import resembles_status
from leukcodes.text.subjects import subject_of

__all__ = ["CONVENTION", "EVERY", "StatusWord", "attach_statuses", "is_treated"]

CONVENTION: Final = 1
_RANKS: Final = {"explicit": 0, "convention": CONVENTION, "weak": 2}
EVERY: Final = ("0", "1", "2")
_FRAME_REACH: Final = 5
_SHORTEST_STATUS: Final = 3
_DRUG_REACH: Final = 3


@dataclass(slots=True)
class StatusWord:
    """A status phrase that speaks of a leukemia: its value, or the values it leaves open."""

    item: int
    options: tuple[str, ...]
    rank: int
    mention: int | None
    uncertain: bool = False
    unclear: bool = False
    rule: str = ""

    @property
    def value(self) -> str | None:
        """The one status, where the word leaves nothing open."""
        return self.options[0] if len(self.options) == 1 else None

    @property
    def is_weak(self) -> bool:
        """Whether the word only suggests a status."""
        return self.rank == _RANKS["weak"]


def attach_statuses(items: list[Item], owners: dict[int, int], hits: list[CueHit]) -> list[StatusWord]:
    """Every status phrase that speaks of one of the diseases, negation and doubt applied."""
    cues: dict[str, set[int]] = {}
    for hit in hits:
        cues.setdefault(hit.cue.kind, set()).update(hit.statuses)
    unreal = cues.get("hypothetical", set()) | cues.get("exposure", set())
    hoped = {place for hit in hits if hit.cue.direction == "post" for place in hit.statuses}
    words: list[StatusWord] = []
    if is_cut_status(items):
        words.append(StatusWord(len(items) - 1, EVERY, CONVENTION, None, unclear=True))
    for index, item in enumerate(items):
        if item.kind == "unknown" and _may_be_status(items, index):
            words.append(StatusWord(index, EVERY, CONVENTION, None, unclear=True))
        if item.kind == "status" and (index not in unreal or _is_stated(item, index in hoped)):
            denied = index in cues.get("negated", ())
            word = _status_word(items, index, owners, denied=denied)
            if word is not None:
                weighed = not denied and _is_alternative(items, index)
                word.unclear = word.unclear or index in unreal
                word.uncertain = weighed or index in cues.get("uncertain", ())
                words.append(word)
    return words


def _is_stated(item: Item, hoped: bool) -> bool:
    """Whether a status stands for itself, whatever is hoped of it: `in remission, expected to last`."""
    return hoped and item.phrase not in words_of("status_noun")


def _status_word(items: list[Item], index: int, owners: dict[int, int], *, denied: bool) -> StatusWord | None:
    """A status phrase with the disease it speaks of; None where it speaks of another, or of nothing."""
    meaning, rank, position, *rule = items[index].entry.meaning.split()
    options = _options(meaning)
    if denied:
        inactive = items[index].phrase in words_of("activity") and item_at(items, index + 1).gap != " "
        options = EVERY if inactive else _negate(options)
    if not options:
        return None
    if _is_of_karyotype(items, index):
        return None
    verb = words_of("verb_status") & set(items[index].phrase.split())
    if verb and not _has_subject(items, index, owners):
        return None
    mention, unclear = subject_of(items, index, position, owners)
    before = items[index - 1].phrase if index else ""
    shared = before == "both" or (before in words_of("versus") and _is_alternative(items, index))
    if shared:
        mention, unclear = None, False  # of every disease
    elif mention is None and not unclear:
        return None
    unclear = unclear or (not denied and perhaps_negated(items, index)) or _leads_on(items, index, bool(verb))
    unasserted = _is_unasserted(items, index, owners) or _is_awaited(items, index)
    unclear = unclear or (options[0] != "0" and unasserted)
    if (
        not denied
        and "history" not in options
        and (denied_after(items, index) or (options == ("1",) and _is_left(items, index)))
    ):
        missed = options == ("1",) and denied_after(items, index, "attained")
        options, unclear = (_negate(options), False) if missed else (EVERY, True)
    return StatusWord(index, options, _RANKS[rank], mention, unclear=unclear, rule=rule[0] if rule else "")


def _is_of_karyotype(items: list[Item], index: int) -> bool:
    """Whether `recurrent` says that a change is a known one: `AML with recurrent t(8;21)`."""
    around = items[max(0, index - 1) : index + 2]
    if len(around) < 3 or items[index].phrase not in words_of("recurring"):
        return False
    before, _, after = around
    return before.phrase in words_of("carrying") and after.kind == "marker" and after.gap == " "


def _is_left(items: list[Item], index: int) -> bool:
    """Whether a remission may be over, or only tried: `out of CR1`, `remission attempted`."""
    after = item_at(items, index + 1)
    if after.gap == " " and after.phrase.split()[0] in words_of("left"):
        return True
    place = index - 1 if index and items[index - 1].phrase in words_of("governing") else index
    return (
        place > 0
        and items[place].gap == items[index].gap == " "
        and items[place - 1].phrase in words_of("leaving")
    )


def _is_alternative(items: list[Item], index: int) -> bool:
    """Whether a status is weighed against what is none: `relapse vs infection`, not `first or second`."""
    before, after = items[max(0, index - 2) : index][::-1], items[index + 1 : index + 3]
    return any(
        bool(side) and side[0].phrase in words_of("versus") and side[-1].kind not in same
        for side, same in ((before, ("status", "filler", "number")), (after, ("status",)))
    )


def _may_be_status(items: list[Item], index: int) -> bool:
    """Whether an unread word stands where a status would, or looks like a misspelt one."""
    return _stands_for_status(items, index) or resembles_status(
        items[index].phrase, after_in=_follows_in(items, index)
    )


def _has_subject(items: list[Item], index: int, owners: dict[int, int]) -> bool:
    """Whether the disease is what returned or came back, and not a patient or a result."""
    if index - 1 in owners:
        told = items[index + 1 : index + 2]
        result = any(item.phrase in words_of("found") | words_of("result") for item in told)
        return items[index - 1].kind != "marker" or not result
    return index > 0 and items[index].gap == " " and items[index - 1].phrase in words_of("subject")


def _leads_on(items: list[Item], index: int, verb: bool) -> bool:
    """Whether what follows leaves a status open: `returned for follow-up`, `at relapse will need`."""
    after = item_at(items, index + 1)
    if after.gap != " ":
        return False
    if items[index].phrase in words_of("status_noun") and _is_of_a_thing(items, index + 1):
        return True
    return after.phrase in words_of("future") or (verb and after.phrase in words_of("dangling"))


def _is_of_a_thing(items: list[Item], place: int) -> bool:
    """Whether a status only names what follows it, or that cannot be read: `relapse sample`."""
    item, ends = items[place], item_at(items, place + 1).is_cut_off
    unread = item.kind == "unknown" and not item.capitalised
    topic = unread or item.phrase in words_of("topic_noun")
    return item.phrase in words_of("product_noun") or (ends and topic)


def _is_unasserted(items: list[Item], index: int, owners: dict[int, int]) -> bool:
    """Whether the words before a status leave it unstated: `awaiting remission`, `odds of relapse`."""
    for place in range(index - 1, max(-1, index - _FRAME_REACH), -1):
        before, after = items[place], items[place + 1]
        if after.hard or after.gap not in (" ", "-") or place in owners:
            return False
        if before.phrase in words_of("unassertive") or (before.kind == "unknown" and not before.capitalised):
            return True
        if before.phrase not in words_of("governing"):
            return False
    return False


def _is_awaited(items: list[Item], index: int) -> bool:
    """Whether the words after a status say that it is not there yet: `remission is expected`."""
    for item in items[index + 1 : index + _FRAME_REACH]:
        if item.hard or item.gap != " ":
            return False
        if item.phrase in words_of("awaited"):
            return True
        if item.phrase not in words_of("linking"):
            return False
    return False


def _stands_for_status(items: list[Item], index: int) -> bool:
    """Whether an unread word ends the clause right after `in` or a bare `w`, where a status stands."""
    item, before = items[index], items[index - 1] if index else None
    after = item_at(items, index + 1)
    ends = after.hard or bool(after.gap.strip())
    if before is None or not ends or item.gap != " " or len(item.phrase) < _SHORTEST_STATUS:
        return False
    return before.phrase in ("in", "en") or (before.phrase == "with" and before.end - before.start == 1)


def _follows_in(items: list[Item], index: int) -> bool:
    if items[index].gap.strip() in (",", "/"):
        return True
    after = item_at(items, index + 1)
    joined = after.gap == "/" and after.kind == "status"
    return joined or any(item.phrase in ("in", "with") for item in items[max(0, index - 2) : index])


def _options(meaning: str) -> tuple[str, ...]:
    if meaning == "none":
        return ()
    return tuple(meaning.removeprefix("ask:").split("|"))


def _negate(options: tuple[str, ...]) -> tuple[str, ...]:
    """Not in relapse proves nothing else; not in remission is a status; not active says nothing."""
    if options == ("2",):
        return ("1", "history", "0")
    if options == ("1",):
        return ("0",)
    if options == ("0",):
        return ()
    return options


def is_treated(items: list[Item]) -> bool:
    """Whether a text tells of treatment that goes on: `on imatinib`, `here for chemo`, `imatinib 400 mg`."""
    for place, item in enumerate(items[:REACH]):
        if place and items[place - 1].has_cue(NEGATED):
            continue
        first, *rest = item.phrase.split()
        following = items[place + 1 : place + _DRUG_REACH]
        if first in words_of("undergoing") and (rest or any(map(_is_therapy, following))):
            return True
        if _is_drug(item) and any(after.phrase in words_of("given") for after in following):
            return True
    return False


def _is_drug(item: Item) -> bool:
    return item.kind == "marker" and not item.entry.features


def _is_therapy(item: Item) -> bool:
    return _is_drug(item) or item.phrase in words_of("therapy")
