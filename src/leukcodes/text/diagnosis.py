"""A text read whole: the diseases that are left after context, each with its status words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from leukcodes.models import ContextKind
from leukcodes.text.company import in_company, stands
from leukcodes.text.context import CueHit, read_cues
from leukcodes.text.genes import is_denied
from leukcodes.text.governing import unread_about
from leukcodes.text.items import REACH, Item, read_items
from leukcodes.text.joining import merge_mentions
from leukcodes.text.lexicon import KIN, lexicon, words_of
from leukcodes.text.mentions import Mention, find_mentions
from leukcodes.text.settling import StatusReading, settle
from leukcodes.text.shortforms import settle_short_forms
from leukcodes.text.status import CONVENTION, EVERY, StatusWord, attach_statuses

__all__ = ["Diagnosis", "TextReading", "read_text"]

# Contexts that take a disease off the patient, strongest first.
REMOVING: Final = (
    ContextKind.NEGATED,
    ContextKind.OTHER_PERSON,
    ContextKind.SCREENING,
    ContextKind.EXPOSURE,
    ContextKind.HYPOTHETICAL,
)
_KINDS: Final = {
    "negated": ContextKind.NEGATED,
    "uncertain": ContextKind.UNCERTAIN,
    "family": ContextKind.FAMILY,
    "other_person": ContextKind.OTHER_PERSON,
    "history": ContextKind.HISTORY,
    "history_personal": ContextKind.HISTORY,
    "screening": ContextKind.SCREENING,
    "exposure": ContextKind.EXPOSURE,
    "hypothetical": ContextKind.HYPOTHETICAL,
}

_OTHERS: Final = frozenset({"unknown", "disease", "entity"})
# What is denied or over was thought of the patient all the same.
_OF_THE_PATIENT: Final = frozenset({"negated", "uncertain", "history", "history_personal"})


_GENE_REACH: Final = 12


@dataclass(slots=True)
class Diagnosis:
    """One disease of the text: what it was read as, what the words around it make of it, and its status."""

    mention: Mention
    contexts: dict[str, tuple[int, ...]]
    status: StatusReading | None
    denied_later: bool = False

    def has(self, kind: str) -> bool:
        """Whether a cue of that kind speaks of the disease."""
        return kind in self.contexts

    @property
    def removed_by(self) -> tuple[ContextKind, ...]:
        """The contexts that take the disease off the patient, strongest first."""
        if not self.contexts:
            return ()
        found = {_KINDS[kind] for kind in self.contexts}
        return tuple(kind for kind in REMOVING if kind in found)

    @property
    def kinds(self) -> tuple[ContextKind, ...]:
        """The contexts as public words, in the order of the text."""
        return tuple(dict.fromkeys(_KINDS[kind] for kind in self.contexts))


@dataclass(slots=True)
class TextReading:
    """Everything read from a text."""

    items: list[Item]
    diagnoses: list[Diagnosis]
    unread: tuple[int, ...]


def read_text(text: str) -> TextReading:
    """Read a diagnosis text into its diseases."""
    items = read_items(text)
    settle_short_forms(items)
    mentions = [_asked_alone(items, mention) for mention in find_mentions(items) if stands(items, mention)]
    owners = {place: number for number, mention in enumerate(mentions) for place in mention.items}
    hits = read_cues(items, owners)
    contexts = _contexts(items, mentions, owners, hits)
    words: dict[int | None, list[StatusWord]] = {}
    for word in attach_statuses(items, owners, hits):
        words.setdefault(word.mention, []).append(word)
    removed = [_removing(kinds) for kinds in contexts]
    _hand_over(
        items,
        words,
        mentions,
        [gone or not _has_statuses(one) for gone, one in zip(removed, mentions, strict=True)],
    )
    elsewhere = [not _OF_THE_PATIENT.issuperset(kinds) for kinds in contexts]
    merged = merge_mentions(items, mentions, removed, elsewhere)
    named = {number: mentions[number].codes for number, kinds in enumerate(contexts) if not kinds}
    diagnoses = [_diagnosis(items, mention, numbers, contexts, words, named) for mention, numbers in merged]
    unread = tuple(
        index for index, item in enumerate(items) if item.kind == "disease" and index not in owners
    )
    return TextReading(items, diagnoses, unread)


def _asked_alone(items: list[Item], mention: Mention) -> Mention:
    """A mention, left open where it stands among diseases without one of the blood."""
    if not in_company(items, mention):
        mention.reading = mention.reading._replace(resolved=False)
    return mention


def _has_statuses(mention: Mention) -> bool:
    """Whether a disease is of the kind that goes into remission, and not what only goes along with one."""
    return any(code[:3] in lexicon().kin for code in mention.codes)


def _hand_over(
    items: list[Item], words: dict[int | None, list[StatusWord]], mentions: list[Mention], removed: list[bool]
) -> None:
    """Statuses after a denied or accompanying part speak of the disease: `AML (excluding APL), relapsed`.

    Not those right beside a part that has a course of its own: `AML; GVHD relapsed`. In one clause with the
    disease nobody can tell: `AML with GVHD in remission`.
    """
    given_away = [number for number in words if number is not None and removed[number]]
    if not given_away:
        return
    own_course = tuple(code.upper() for code in words_of("own_course"))
    kept = [number for number, gone in enumerate(removed) if not gone]
    for number in given_away:
        earlier = [other for other in kept if other < number]
        if not earlier:
            continue
        keeps = any(code.startswith(own_course) for code in mentions[number].codes)
        for word in words.pop(number):
            if keeps and "," not in items[word.item].gap:
                if _are_apart(items, mentions[earlier[-1]], mentions[number]):
                    continue
                word.options, word.unclear = EVERY, True
            words.setdefault(earlier[-1], []).append(word)


def _are_apart(items: list[Item], first: Mention, second: Mention) -> bool:
    """Whether a comma or a boundary stands between two names, or too much to be sure."""
    begin, end = first.items[-1] + 1, second.items[0] + 1
    return end - begin > REACH or any(item.is_cut_off for item in items[begin:end])


def _contexts(
    items: list[Item], mentions: list[Mention], owners: dict[int, int], hits: list[CueHit]
) -> list[dict[str, tuple[int, ...]]]:
    """For each mention the kinds of cue that speak of it; a restatement in parentheses shares them."""
    found: list[dict[str, tuple[int, ...]]] = [{} for _ in mentions]
    for hit in hits:
        for place in hit.diseases:
            kinds = found[owners[place]]
            kinds[hit.cue.kind] = (*kinds.get(hit.cue.kind, ()), hit.item)
    known = {place for place, number in owners.items() if _has_statuses(mentions[number])}
    for number, mention in enumerate(mentions):
        weighed = _weighed(items, mention, known)
        if weighed is not None:
            found[number]["uncertain"] = (*found[number].get("uncertain", ()), weighed)
    for number in range(1, len(mentions)):
        first = mentions[number].items[0]
        previous = mentions[number - 1].items[-1]
        if first == previous + 1 and items[first].gap.strip() in ("(", "[", "-", "=", ":"):
            told = {
                kind: places
                for kind, places in found[number].items()
                if _restates(mentions[number], mentions[number - 1], denied=kind == "negated")
                or _is_closed(items, first, places[0])
            }
            found[number] = {**found[number - 1], **found[number]}
            found[number - 1] = {**told, **found[number - 1]}
    return found


def _weighed(items: list[Item], mention: Mention, known: set[int]) -> int | None:
    """The word that weighs a disease against no other leukemia: `CLL vs infection`, `mono or CLL`."""
    for step, end in ((1, max(mention.items)), (-1, min(mention.items))):
        place = end + step
        while step > 0 and place < len(items) and items[place].entry.meaning.startswith("none"):
            place += 1  # a stage
        if not 0 <= place < len(items) or items[place].phrase not in words_of("versus"):
            continue
        other = items[place + step] if 0 <= place + step < len(items) else None
        apart = items[max(place, end)].hard or (other is not None and items[max(place, place + step)].hard)
        if apart or place + step in known or (other is not None and other.kind == "status"):
            continue
        if items[place].phrase != "or" or (other is not None and other.kind in _OTHERS):
            return place
    return None


def _restates(inner: Mention, outer: Mention, *, denied: bool) -> bool:
    """Whether two names are of one disease; where one kind is denied the other is not: `AML (no APL)`."""
    (one, *_), (other, *_) = inner.codes, outer.codes
    wider = lexicon().is_wider
    return inner.codes == outer.codes or wider(one, other) or (not denied and wider(other, one))


def _is_closed(items: list[Item], first: int, place: int) -> bool:
    """Whether a parenthesis ends before a word, which so speaks of what stands before it, too."""
    return any(mark in item.gap for item in items[first + 1 : place + 1] for mark in ")]")


def _diagnosis(
    items: list[Item],
    mention: Mention,
    numbers: list[int],
    contexts: list[dict[str, tuple[int, ...]]],
    words: dict[int | None, list[StatusWord]],
    named: dict[int, tuple[str, ...]],
) -> Diagnosis:
    plain = [number for number in numbers if not _removing(contexts[number])]
    others = [number for number in numbers if _removing(contexts[number])]
    speaking = [number for number in plain if "family" not in contexts[number]] or plain or numbers
    kinds: dict[str, tuple[int, ...]] = {}
    for number in speaking:
        kinds.update(contexts[number])
    if any(named.get(number) == mention.codes for number in speaking):
        kinds = {kind: found for kind, found in kinds.items() if kind == "uncertain"}
    patients = [number for number in numbers if KIN.isdisjoint(contexts[number])] or numbers
    own = [word for number in (*patients, None) for word in words.get(number, ())]
    own = sorted([*own, *_gene_gone(items, mention)], key=_place)
    denied = bool(plain) and any(
        "negated" in contexts[number] and KIN.isdisjoint(contexts[number]) for number in others
    )
    governed = None if kinds else unread_about(items, mention)
    if governed is not None and mention.reading.resolved:
        reading = mention.reading._replace(resolved=False, rule="LK-M005")
        mention = replace(mention, reading=reading, doubt=(*mention.doubt, governed))
    return Diagnosis(mention, kinds, settle(items, own), denied)


def _gene_gone(items: list[Item], mention: Mention) -> Iterator[StatusWord]:
    """The status to ask about where the gene that makes the disease is gone: `APL, PML-RARA negative`."""
    if mention.codes[0] in lexicon().generalises:
        return
    last = max(mention.items)
    for place in range(last + 1, min(len(items), last + _GENE_REACH)):
        if items[place].kind != "marker":
            continue
        made = (lexicon().lone_markers.get(feature) for feature in items[place].entry.features)
        if mention.codes in made and is_denied(items, place):
            yield StatusWord(place, ("1", "0"), CONVENTION, None, rule="LK-R009")


def _place(word: StatusWord) -> int:
    return word.item


def _removing(kinds: dict[str, tuple[int, ...]]) -> bool:
    return any(_KINDS[kind] in REMOVING for kind in kinds)
