"""From items to mentions: each disease named in the text, with the words that name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leukcodes.text.doubts import misspelt
from leukcodes.text.families import Reading, decide
from leukcodes.text.items import Item
from leukcodes.text.lexicon import lexicon, words_of

__all__ = ["Mention", "find_mentions"]

_NO_PART: Final = frozenset({"unknown", "disease", "trap", "relation"})
_MUST_ASK: Final = "C"
# Unread words this short are more likely a misspelt "with" or "of" than a name.
_SHORT_WORD: Final = 4
_NEAR_GAPS: Final = frozenset({" ", "-", "", "/"})
_MARKER_REACH: Final = 60
_ADJECTIVES_REACH: Final = 40
_ONE_NAME_GAPS: Final = frozenset({"", " ", "/", "-", " / ", "/ ", " /", " - ", " (", "(", "- "})


@dataclass(slots=True)
class Mention:
    """A disease named in the text: the items that name it and what they come to."""

    items: list[int]
    features: frozenset[str]
    reading: Reading
    grade: str = ""
    doubt: tuple[int, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The family, or the families that are left open."""
        return self.reading.codes


def find_mentions(items: list[Item]) -> list[Mention]:
    """Every disease mention, in order of appearance, one each for a disease named twice."""
    heads = _heads(items)
    owners: dict[int, int] = {}
    doubts: dict[int, set[int]] = {}
    for number, (first, _) in enumerate(heads):
        _claim_left(items, number, first, heads, owners, doubts)
    for number, (_, last) in enumerate(heads):
        _claim_right(items, number, last, owners, doubts)
    owned: dict[int, list[int]] = {}
    for index, owner in owners.items():
        owned.setdefault(owner, []).append(index)
    mentions = [
        _mention(items, span, owned.get(number, []), doubts.get(number, set()))
        for number, span in enumerate(heads)
    ]
    found = [mention for mention in mentions if mention is not None]
    return found if heads else _implied(items)


def _implied(items: list[Item]) -> list[Mention]:
    """A name without its noun (`acute myelomonocytic, in relapse`), where nothing else is in the text."""
    if any(item.kind in _NO_PART or item.entry.meaning == "text" for item in items):
        return []
    own = [
        index
        for index, item in enumerate(items)
        if item.kind in ("feature", "marker") and item.entry.features
    ]
    features = frozenset().union(*(items[index].entry.features for index in own))
    reading = decide(features | {"leukemia"})
    classed = "fab" in _said(items) and any(items[index].entry.is_class for index in own)
    if (
        not (classed or features & words_of("acuity"))
        or not reading.resolved
        or reading.codes[0] in lexicon().notices
    ):
        return []
    for index in own:
        items[index].kind = "feature"
    return [Mention(own, features | {"leukemia"}, reading._replace(certainty="medium"))]


def _said(items: list[Item]) -> set[str]:
    return {word for item in items for word in item.phrase.split()}


def _heads(items: list[Item]) -> list[tuple[int, int]]:
    """First and last item of each name's core; a core of two nouns is one name (`leukemia/lymphoma`)."""
    nouns = words_of("noun")
    found: list[tuple[int, int]] = []
    for index, item in enumerate(items):
        if item.kind != "entity" and nouns.isdisjoint(item.entry.features):
            continue
        if found and found[-1][1] == index - 1 and _one_name(items[index - 1], item):
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return found


def _is_head(item: Item) -> bool:
    return item.kind == "entity" or bool(item.entry.features & words_of("noun"))


def _one_name(first: Item, second: Item) -> bool:
    """Two bare nouns side by side, not two abbreviations or full names."""
    nouns = words_of("joint_noun")
    return (
        second.gap in _ONE_NAME_GAPS
        and first.entry.features <= nouns
        and second.entry.features <= nouns
        and bool(first.entry.features)
        and bool(second.entry.features)
    )


def _claim_left(
    items: list[Item],
    number: int,
    first: int,
    heads: list[tuple[int, int]],
    owners: dict[int, int],
    doubts: dict[int, set[int]],
) -> None:
    """Take the words before the noun that belong to it, up to the first that cannot."""
    if items[first].kind == "entity":
        return
    before = heads[number - 1][1] if number else -1
    index = first - 1
    while index > before:
        after = items[index + 1]
        item = items[index]
        if after.hard or ":" in after.gap or (before >= 0 and _separates(after.gap)):
            return
        if item.kind in ("feature", "marker"):
            if index and items[index - 1].phrase == "non":
                return
            owners[index] = number
        elif item.kind == "unknown":
            if after.gap in (" ", "-", ""):
                doubts.setdefault(number, set()).add(index)
            return
        elif not _passes(items, index):
            return
        index -= 1


def _separates(gap: str) -> bool:
    return "," in gap or "(" in gap or ")" in gap


def _passes(items: list[Item], index: int) -> bool:
    """Whether a word before the noun may stand between it and its own adjectives."""
    item = items[index]
    if item.kind == "status" or item.entry.meaning == "np":
        return True
    return item.phrase in words_of("joining") and index > 0 and bool(items[index - 1].entry.features)


def _claim_right(
    items: list[Item], number: int, last: int, owners: dict[int, int], doubts: dict[int, set[int]]
) -> None:
    """Take the words after the noun: inversions (`leukemia, myeloid, acute`), classes, genes.

    `near` holds while nothing stands between a word and the name; once something unread or another sentence
    does, only genes and whole phrases of the disease are taken.
    """
    if items[last].kind == "entity":
        return
    markers_only = negated = False
    near = True
    for index in range(last + 1, min(len(items), last + _MARKER_REACH)):
        item = items[index]
        markers_only = markers_only or item.hard
        if near and item.gap in (" ", "-") and item.kind in ("unknown", "disease"):
            doubts.setdefault(number, set()).add(index)
        if _ends_name(item, index, owners):
            return
        if item.kind == "relation" and _half_read(items, index):
            doubts.setdefault(number, set()).add(index)
        elif item.kind == "unknown":
            markers_only = markers_only or len(item.phrase) > _SHORT_WORD
        elif item.kind == "cue":
            negated = any(cue.kind == "negated" and cue.direction == "pre" for cue in item.cues)
            markers_only = markers_only or not negated
        elif item.kind == "marker" or _belongs(items, index, markers_only=markers_only):
            if not negated and not _is_denied(items, index):
                owners[index] = number
            negated = False
        near = near and (item.entry.meaning == "np" or index in owners) and item.gap in _NEAR_GAPS


def _is_denied(items: list[Item], index: int) -> bool:
    """Whether a gene is said to be absent right after its name: `PML-RARA negative`."""
    if items[index].kind != "marker" or index + 1 >= len(items):
        return False
    after = items[index + 1]
    if items[index].entry.is_class:
        elsewhere = after.kind in ("unknown", "disease") or after.phrase in words_of("not_class")
        return after.gap == " " and elsewhere
    return after.gap in (" ", "-", ": ") and any(
        cue.kind == "negated" and cue.direction == "post" for cue in after.cues
    )


def _ends_name(item: Item, index: int, owners: dict[int, int]) -> bool:
    return (
        ("\n" in item.gap and item.hard)
        or index in owners
        or _is_head(item)
        or item.kind in ("disease", "trap")
    )


def _half_read(items: list[Item], index: int) -> bool:
    """Whether what a disease came from, or turned into, could not be read."""
    after = items[index + 1] if index + 1 < len(items) else None
    return (
        after is not None
        and not after.hard
        and " " in items[index].phrase
        and after.kind in ("feature", "unknown")
    )


def _belongs(items: list[Item], index: int, *, markers_only: bool) -> bool:
    """Whether a word after the noun belongs to it: a phrase always, an adjective where it looks back."""
    if items[index].kind != "feature":
        return False
    if items[index].last > items[index].first:
        return True
    return not markers_only and _closes(items, index)


def _closes(items: list[Item], index: int) -> bool:
    """Whether an adjective after the noun looks back at it, and not forward to a word of something else."""
    for place in range(index + 1, min(len(items), index + _ADJECTIVES_REACH)):
        after = items[place]
        if (
            after.gap.strip(" -/")
            or " - " in after.gap
            or after.kind in ("status", "cue", "number", "marker", "relation")
        ):
            return True
        if not after.entry.features:
            return _looks_back(items, place)
    return index + _ADJECTIVES_REACH >= len(items)


def _looks_back(items: list[Item], place: int) -> bool:
    """Whether a word that names nothing lets the adjectives before it look back."""
    item = items[place]
    if item.kind == "unknown" and len(item.phrase) <= _SHORT_WORD:
        return True
    if item.phrase in words_of("joining"):
        return place + 1 < len(items) and bool(items[place + 1].entry.features)
    return item.entry.meaning == "np" or item.phrase in words_of("closing")


def _mention(items: list[Item], span: tuple[int, int], owned: list[int], doubt: set[int]) -> Mention | None:
    first, last = span
    core = list(range(first, last + 1))
    if items[first].kind == "entity":
        entry = items[first].entry
        if entry.meaning == "none":
            return None
        reading = Reading(
            entry.codes, entry.meaning == "resolve", source=entry.source, certainty=entry.certainty
        )
        unread = misspelt(items, first, last, entry.codes[0])
        if unread:
            reading = reading._replace(resolved=False, rule="LK-M005")
        return Mention(core, entry.features, reading, items[first].grade, unread)
    own = sorted(core + owned)
    features = frozenset().union(*(items[index].entry.features for index in own))
    reading = decide(features)
    if items[first].grade == _MUST_ASK and len(own) == 1:
        reading = reading._replace(resolved=False)
    unread = misspelt(items, own[0], own[-1], reading.codes[0])
    if unread:
        doubt = doubt | set(unread)
        reading = reading._replace(resolved=False, rule="LK-M005")
    elif doubt and (not reading.resolved or reading.codes[0] in lexicon().generalises):
        reading = reading._replace(resolved=False, rule="LK-M005")
    return Mention(own, features, reading, items[first].grade, tuple(sorted(doubt)))
