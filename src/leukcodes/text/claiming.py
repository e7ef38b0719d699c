"""Which words around a disease's noun belong to its name, and which leave it open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from leukcodes.text.genes import goes_on, is_denied, is_pending
from leukcodes.text.items import OTHER, OTHER_NAMES, REACH, Item, as_year, item_at
from leukcodes.text.lexicon import BEFORE, NEGATED, words_of

__all__ = ["Claims", "claim_words"]

# Unread words this short are more likely a misspelt "with" or "of" than a name.
_SHORT_WORD: Final = 4
_NEAR_GAPS: Final = frozenset({" ", "-", "", "/"})
_NOUN_REACH: Final = 5


@dataclass(slots=True)
class Claims:
    """The name that each word belongs to, by number, the words that leave a name open, and its traits."""

    owners: dict[int, int] = field(default_factory=dict)
    doubts: dict[int, set[int]] = field(default_factory=dict)
    traits: dict[int, set[int]] = field(default_factory=dict)

    def doubt(self, number: int, index: int) -> None:
        """Note a word that leaves a name open."""
        self.doubts.setdefault(number, set()).add(index)


def claim_words(items: list[Item], heads: list[tuple[int, int]]) -> Claims:
    """The words that belong to each name; `heads` are the first and last item of each name's core."""
    claims = Claims()
    for number, (first, _) in enumerate(heads):
        if items[first].kind != "entity":
            _claim_left(items, number, first, heads[number - 1][1] if number else -1, claims)
    for number, (_, last) in enumerate(heads):
        if items[last].kind != "entity":
            _claim_right(items, number, last, claims)
    return claims


def _claim_left(items: list[Item], number: int, first: int, before: int, claims: Claims) -> None:
    """Take the words before the noun that belong to it, up to the first that cannot.

    `before` is the last item of the name before this one, or -1.
    """
    index = first - 1
    while index > before and not _is_apart(items[index + 1], before):
        item = items[index]
        if item.kind in ("feature", "marker"):
            if index and items[index - 1].phrase == "non":
                if item.phrase in words_of("denied_kind") and len(items[first].entry.features) == 1:
                    claims.doubt(number, index)  # nobody can tell what a `non-myeloid` leukemia is
                index -= 2
                continue
            claims.owners[index] = number
        elif not _passes(items, index):
            if _leaves_open(items, index):
                claims.doubt(number, index)
            break
        index -= 1
    _claim_phrases(items, number, index, before, claims)


def _claim_phrases(items: list[Item], number: int, index: int, before: int, claims: Claims) -> None:
    """Take whole phrases of the disease that stand farther off, an earlier disease from anywhere."""
    near = True
    earlier = words_of("earlier_disease")
    for place in range(index, before, -1):
        item = items[place]
        apart = _is_apart(items[place + 1], before)
        if apart and before >= 0:
            return
        phrase = item.kind == "feature" and item.last > item.first
        near = near and not apart and (phrase or (item.kind == "filler" and "," not in items[place + 1].gap))
        if (near and phrase) or not earlier.isdisjoint(item.entry.features):
            claims.owners[place] = number


def _is_apart(after: Item, before: int) -> bool:
    """Whether a boundary stands before a word; where another name precedes, a comma is one."""
    return after.hard or ":" in after.gap or (before >= 0 and _separates(after.gap))


def _leaves_open(items: list[Item], index: int) -> bool:
    """Whether a word before the name may have been part of it, or tells what it came from unread."""
    item, after = items[index], items[index + 1]
    if item.kind == "relation":
        return index > 0 and item.entry.meaning != "from" and items[index - 1].kind == "unknown"
    if item.kind == "filler" and index and item.gap == " ":
        return items[index - 1].kind == "feature" and bool(items[index - 1].entry.features)
    return item.kind == "unknown" and after.gap in (" ", "-")


def _separates(gap: str) -> bool:
    return "," in gap or "(" in gap or ")" in gap


def _passes(items: list[Item], index: int) -> bool:
    """Whether a word before the noun may stand between it and its own adjectives."""
    item = items[index]
    if item.kind == "status" or item.entry.meaning == "np":
        return True
    joins = words_of("joining") | words_of("superimposed")
    return item.phrase in joins and index > 0 and bool(items[index - 1].entry.features)


def _claim_right(items: list[Item], number: int, last: int, claims: Claims) -> None:
    """Take the words after the noun: inversions (`leukemia, myeloid, acute`), classes, genes.

    `near` holds while nothing stands between a word and the name; once something unread or another sentence
    does, only genes and whole phrases of the disease are taken.
    """
    markers_only = negated = False
    near = True
    for index in range(last + 1, min(len(items), last + REACH)):
        item = items[index]
        markers_only = markers_only or item.hard
        if _ends_name(item, index, claims.owners):
            if near and item.gap in (" ", "-") and item.kind == "disease":
                claims.doubt(number, index)
            return
        if item.kind == "cue" and _doubts_marker(items, index):
            claims.doubt(number, index)
            return
        if item.kind == "cue":
            negated = _denies(item)
            markers_only = markers_only or not negated
        elif item.kind == "marker" or _belongs(items, index, markers_only=markers_only):
            if not negated:
                _take(items, number, index, claims)
            negated = negated and goes_on(items, index)
        elif item.kind == "feature" and not (markers_only or negated) and _is_trait(items, index):
            claims.traits.setdefault(number, set()).add(index)
        if _is_open(items, index, last, near=near) and index not in claims.owners:
            claims.doubt(number, index)
        markers_only = markers_only or (item.kind == "unknown" and len(item.phrase) > _SHORT_WORD)
        near = near and (item.entry.meaning == "np" or index in claims.owners) and item.gap in _NEAR_GAPS


def _take(items: list[Item], number: int, index: int, claims: Claims) -> None:
    """Give a word to a name, or leave the name open where nobody knows of a gene."""
    if is_denied(items, index):
        return
    if is_pending(items, index):
        claims.doubt(number, index)
    else:
        claims.owners[index] = number


def _is_open(items: list[Item], index: int, last: int, *, near: bool) -> bool:
    """Whether a word after the noun that is not taken may have been part of the name."""
    item = items[index]
    if item.kind == "relation":
        return _half_read(items, index)
    if item.kind == "unknown":
        return near and item.gap in (" ", "-")
    if item.kind == "cue":
        return _supposes(item) and _leads_to_adjective(items, index)
    if item.kind != "feature":
        return False
    if _stands_alone(items, index) and not item.entry.features <= items[last].entry.features:
        return True
    return near and not item.hard and _leans_on_filler(items, index)


def _doubts_marker(items: list[Item], cue: int) -> bool:
    """Whether a gene or class is only supposed: `AML ?M3`, `AML, possible t(15;17)`."""
    after = item_at(items, cue + 1)
    if after.kind != "marker" or after.hard or after.gap not in ("", " "):
        return False
    return _supposes(items[cue]) and bool(after.entry.features)


def _stands_alone(items: list[Item], index: int) -> bool:
    """Whether adjectives are all that a line or sentence says: `leukemia`, and below it `Type: acute`."""
    end = index
    while end + 1 < len(items) and items[end + 1].kind == "feature" and not items[end + 1].hard:
        end += 1
    ends = item_at(items, end + 1).hard
    return ends and (items[index].hard or ":" in items[index].gap)


def _supposes(item: Item) -> bool:
    return item.has_cue(("uncertain", "hypothetical"), BEFORE)


def _denies(item: Item) -> bool:
    return item.has_cue(NEGATED, BEFORE)


def _leads_to_adjective(items: list[Item], cue: int) -> bool:
    """Whether a cue leaves open an adjective of the name before it: `leukemia, likely acute`."""
    after = item_at(items, cue + 1)
    return after.kind == "feature" and after.gap == " " and _closes(items, cue + 1)


def _leans_on_filler(items: list[Item], index: int) -> bool:
    """Whether nobody can tell what an adjective right after the name describes: `leukemia, acute visit`."""
    after = items[index + 1 : index + _NOUN_REACH]
    for place, item in enumerate(after):
        if not item.hard and (item.kind in OTHER_NAMES or item.phrase in words_of("other_noun")):
            return False
        if item.gap != " " or item.kind != "filler":
            return place > 0
    return bool(after)


def _ends_name(item: Item, index: int, owners: dict[int, int]) -> bool:
    return index in owners or _is_head(item) or item.kind in ("disease", "trap")


def _is_head(item: Item) -> bool:
    return item.kind == "entity" or bool(item.entry.features & words_of("noun"))


def _half_read(items: list[Item], index: int) -> bool:
    """Whether what a disease came from, or turned into, could not be read."""
    after = item_at(items, index + 1)
    return not after.hard and " " in items[index].phrase and after.kind in ("feature", "unknown")


def _belongs(items: list[Item], index: int, *, markers_only: bool) -> bool:
    """Whether a word after the noun belongs to it: a phrase always, an adjective where it looks back."""
    if items[index].kind != "feature" or _is_counted(items, index) or _is_trait(items, index):
        return False
    if items[index].last > items[index].first:
        return not _qualifies_unread(items, index)
    return not markers_only and _closes(items, index)


def _is_trait(items: list[Item], index: int) -> bool:
    """Whether an adjective tells what a disease is like, not what it is: `AML with monocytic features`."""
    for item in items[index + 1 : index + _NOUN_REACH]:
        if item.is_apart or item.phrase in words_of("trait"):
            return not item.is_apart
        if item.kind != "feature" and item.phrase not in words_of("joining"):
            return False
    return False


def _is_counted(items: list[Item], index: int) -> bool:
    """Whether a cell is one that was counted: `leukemia, lymphocytes 45K`."""
    after = item_at(items, index + 1)
    counted = items[index].phrase in words_of("counted") and after.kind == "number"
    return counted and as_year(after) is None


def _qualifies_unread(items: list[Item], index: int) -> bool:
    """Whether a phrase is the adjective of another thing: `leukemia with plasma cell infiltrate`."""
    after = item_at(items, index + 1)
    return after.gap == " " and after.kind in OTHER


def _closes(items: list[Item], index: int) -> bool:
    """Whether an adjective after the noun looks back at it, and not forward to a word of something else."""
    for place in range(index + 1, min(len(items), index + REACH)):
        after = items[place]
        if (
            after.gap.strip(" -/")
            or " - " in after.gap
            or after.kind in ("status", "cue", "number", "marker", "relation")
        ):
            return True
        joins = after.phrase in words_of("joining") and place + 1 < len(items)
        if not after.entry.features and not (joins and items[place + 1].entry.features):
            return _looks_back(items, place)
    return index + REACH >= len(items)


def _looks_back(items: list[Item], place: int) -> bool:
    """Whether a word that names nothing lets the adjectives before it look back."""
    item = items[place]
    if item.kind == "unknown" and len(item.phrase) <= _SHORT_WORD and not item.capital:
        return True
    if item.phrase in words_of("joining"):
        return place + 1 < len(items) and _ends(items, place + 1)
    return item.entry.meaning == "np" or item.phrase in words_of("closing")


def _ends(items: list[Item], place: int) -> bool:
    """Whether an adjective or a status is the last word of its clause."""
    if items[place].entry.meaning != "np" and items[place].kind != "status":
        return False
    return item_at(items, place + 1).is_cut_off
