"""A text read whole: the diseases that are left after context, each with its status words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leukcodes.models import ContextKind
from leukcodes.text.context import CueHit, read_cues
from leukcodes.text.items import Item, read_items
from leukcodes.text.mentions import Mention, find_mentions, merge_mentions
from leukcodes.text.status import StatusReading, StatusWord, attach_statuses, settle

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
_BLOCKING: Final = frozenset({"unknown", "disease", "trap", "entity"})


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
    def removed_by(self) -> ContextKind | None:
        """The context that takes the disease off the patient, if any."""
        if not self.contexts:
            return None
        found = {_KINDS[kind] for kind in self.contexts}
        return next((kind for kind in REMOVING if kind in found), None)

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
    mentions = [mention for mention in find_mentions(items) if _stands(items, mention)]
    places = {place: number for number, mention in enumerate(mentions) for place in mention.items}
    hits = read_cues(items, places)
    statuses = attach_statuses(items, places, hits)
    contexts = _contexts(items, mentions, places, hits)
    diagnoses = [_diagnosis(items, group, contexts, statuses) for group in _groups(items, mentions)]
    unread = tuple(
        index for index, item in enumerate(items) if item.kind == "disease" and index not in places
    )
    return TextReading(items, diagnoses, unread)


def _stands(items: list[Item], mention: Mention) -> bool:
    """Whether an abbreviation with other meanings is in company that makes it this disease.

    Alone in its field, or beside a word of blood disease, it counts; in the company of words that nobody
    could read, it does not.
    """
    if mention.grade and _disagrees(items, mention):
        return False
    if mention.grade not in ("B", "C") or len(mention.items) > 1:
        return True
    own = set(mention.items)
    others = [item for index, item in enumerate(items) if index not in own]
    if any(_of_blood(item) for item in others):
        return True
    return not any(item.kind in _BLOCKING for item in others)


def _disagrees(items: list[Item], mention: Mention) -> bool:
    """Whether the words beside an abbreviation spell out another thing: `CLL (contralateral lower limb)`."""
    place = mention.items[0]
    if place and items[place].gap.strip() in ("(", "[") and items[place - 1].entry.meaning == "none":
        return True
    letters = items[place].phrase.lower()
    if any(item.entry.meaning == "none" and _abbreviates(letters, [item]) for item in items):
        return True
    after = _expansion(items, range(place + 1, min(len(items), place + 1 + len(letters))), opening=place + 1)
    start = max(0, place - len(letters))
    before = _expansion(items, range(start, place), opening=place)
    return _abbreviates(letters, after) or any(
        _abbreviates(letters, before[cut:]) for cut in range(len(before))
    )


def _expansion(items: list[Item], places: range, opening: int) -> list[Item]:
    if opening >= len(items) or items[opening].gap.strip() not in ("(", "[", "-", "=", ":"):
        return []
    return [items[place] for place in places]


def _abbreviates(letters: str, words: list[Item]) -> bool:
    """Whether unread words, together, begin and go on with the letters."""
    if not words or any(_of_blood(word) or word.entry.features for word in words):
        return False
    if not any(word.kind in _BLOCKING for word in words):
        return False
    if "".join(word.phrase[0] for word in words) == letters:
        return True
    text = iter("".join(word.phrase for word in words))
    return words[0].phrase[0] == letters[0] and all(letter in text for letter in letters)


def _of_blood(item: Item) -> bool:
    if item.kind == "status":
        return not item.entry.meaning.startswith("none") and " weak " not in f"{item.entry.meaning} "
    if item.kind == "entity":
        return bool(item.entry.codes)
    return (
        item.kind in ("marker", "head")
        or "leukemia" in item.entry.features
        or "lymphoma" in item.entry.features
    )


def _contexts(
    items: list[Item], mentions: list[Mention], places: dict[int, int], hits: list[CueHit]
) -> list[dict[str, tuple[int, ...]]]:
    """For each mention the kinds of cue that speak of it; a restatement in parentheses shares them."""
    found: list[dict[str, tuple[int, ...]]] = [{} for _ in mentions]
    for hit in hits:
        for place in hit.diseases:
            kinds = found[places[place]]
            kinds[hit.cue.kind] = (*kinds.get(hit.cue.kind, ()), hit.item)
    for number in range(1, len(mentions)):
        first = mentions[number].items[0]
        previous = mentions[number - 1].items[-1]
        if first == previous + 1 and items[first].gap.strip() in ("(", "[", "-", "=", ":", ""):
            found[number] = {**found[number - 1], **found[number]}
            found[number - 1] = {**found[number], **found[number - 1]}
    return found


def _groups(items: list[Item], mentions: list[Mention]) -> list[tuple[Mention, list[int]]]:
    """Mentions of one disease put together, with the numbers of those that went in."""
    if len(mentions) == 1:
        return [(mentions[0], [0])]
    merged = merge_mentions(items, mentions)
    groups: list[tuple[Mention, list[int]]] = []
    for joint in merged:
        own = set(joint.items)
        groups.append((joint, [number for number, one in enumerate(mentions) if own.issuperset(one.items)]))
    return groups


def _diagnosis(
    items: list[Item],
    group: tuple[Mention, list[int]],
    contexts: list[dict[str, tuple[int, ...]]],
    statuses: list[StatusWord],
) -> Diagnosis:
    mention, numbers = group
    plain = [number for number in numbers if not _removing(contexts[number])]
    speaking = plain or numbers
    kinds: dict[str, tuple[int, ...]] = {}
    for number in speaking:
        kinds.update(contexts[number])
    if len(speaking) > 1 and any("family" not in contexts[number] for number in speaking):
        kinds.pop("family", None)
    if len(speaking) > 1 and any(not contexts[number] for number in speaking):
        kinds = {kind: found for kind, found in kinds.items() if kind == "uncertain"}
    own = [word for word in statuses if word.unclear or word.mention in numbers]
    denied = bool(plain) and any("negated" in contexts[number] for number in numbers if number not in plain)
    return Diagnosis(mention, kinds, settle(items, own), denied)


def _removing(kinds: dict[str, tuple[int, ...]]) -> bool:
    return any(_KINDS[kind] in REMOVING for kind in kinds)
