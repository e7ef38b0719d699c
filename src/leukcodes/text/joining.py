"""Mentions that name one disease, made one: repeated, narrowed, derived, or two names of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from leukcodes.text.families import Reading
from leukcodes.text.items import REACH, Item
from leukcodes.text.lexicon import lexicon, words_of
from leukcodes.text.mentions import Mention

__all__ = ["merge_mentions"]

# Beyond so many different diseases in one text no two of them are compared any more.
_MOST_DISEASES: Final = 12
_MOST_DOUBTS: Final = 12


def merge_mentions(
    items: list[Item], mentions: list[Mention], removed: Sequence[bool], elsewhere: Sequence[bool]
) -> list[tuple[Mention, list[int]]]:
    """Names of one disease made one: repeated, narrowed (`leukemia, AML`), derived, or two names of it.

    Gives each disease with the numbers of its mentions. What is denied, or not the patient's, goes together
    with what is stated only under the same name or a wider one: not so `leukemia (mother: AML)`.
    """
    if len(mentions) == 1:
        return [(mentions[0], [0])]
    merged: list[tuple[Mention, list[int]]] = []
    for number, mention in enumerate(mentions):
        for index, (known, numbers) in enumerate(merged[:_MOST_DISEASES]):
            if any(
                flags[number] != flags[numbers[0]]
                and not (_covers(mention, known) if flags[number] else _covers(known, mention))
                for flags in (removed, elsewhere)
            ):
                continue
            if _alternatives(items, known, mention):
                continue
            joint = _derived(items, known, mention) or _joint(known, mention)
            if joint is None:
                continue
            known.items.extend(mention.items)
            doubt = tuple(sorted({*known.doubt, *mention.doubt}))[:_MOST_DOUBTS]
            features = known.features | mention.features
            merged[index] = (Mention(known.items, features, joint, "", doubt), numbers)
            numbers.append(number)
            break
        else:
            merged.append((replace(mention, items=list(mention.items)), [number]))
    return merged


def _alternatives(items: list[Item], one: Mention, other: Mention) -> bool:
    """Whether the text offers two names to choose from: `AML or APL`, `CLL Rai 0 vs MBL`."""
    if _covers(one, other) and one.features == other.features:
        return False
    *stage, word = items[one.items[-1] + 1 : other.items[0]][:REACH] or [items[0]]
    return word.phrase in words_of("versus") and all(item.entry.meaning.startswith("none") for item in stage)


def _covers(one: Mention, other: Mention) -> bool:
    """Whether the first name says no more than the second."""
    if one.features or other.features:
        return bool(one.features) and one.features <= other.features
    return one.codes == other.codes


def _derived(items: list[Item], one: Mention, other: Mention) -> Reading | None:
    """What two diseases come to when the words between them say that one came from the other."""
    first, last = one.items[-1] + 1, other.items[0]
    between = items[first:last] if last - first <= REACH else []
    arrow = "into" if any("->" in item.gap for item in (*between, items[last])) else None
    relation = next((item.entry.meaning for item in between if item.kind == "relation"), arrow)
    if relation is None or not (one.reading.resolved and other.reading.resolved):
        return None
    later, earlier = (one, other) if relation == "from" else (other, one)
    for rule in lexicon().derived:
        if (
            rule.relation == relation
            and earlier.codes[0].startswith(rule.earlier)
            and later.codes[0] == rule.later
        ):
            return Reading(rule.codes, rule.resolved, certainty="medium")
    return None


def _joint(one: Mention, other: Mention) -> Reading | None:
    """The reading of two mentions as one disease, or None where they are two."""
    words = lexicon()
    first, second = one.reading, other.reading
    if first.codes == second.codes:
        return first if first.resolved else second
    if first.resolved and second.resolved:
        general, specific = first.codes[0], second.codes[0]
        if words.is_wider(general, specific):
            return second
        if words.is_wider(specific, general):
            return first
        pair = words.pairs.get(frozenset({general, specific}))
        if pair is None:
            return None
        return Reading(pair.codes, pair.resolved, pair.rule, pair.other_codes, "medium")
    return _settled(one, other) or _settled(other, one)


def _settled(open_one: Mention, other: Mention) -> Reading | None:
    """An open reading settled by a second name, or kept open where the second says no more than the first."""
    if open_one.reading.resolved:
        return None
    pair = lexicon().pairs.get(frozenset(open_one.codes))
    if pair is not None and not pair.resolved:  # two diseases: one of them named again settles nothing
        return open_one.reading if set(other.codes) <= set(open_one.codes) else None
    codes = open_one.codes
    covered = set(other.codes) <= set(codes) or (
        other.reading.resolved and any(lexicon().is_wider(code, other.codes[0]) for code in codes)
    )
    if covered and (open_one.grade == "C" or open_one.features < other.features):
        return other.reading
    wider = other.reading.resolved and (
        other.codes[0] in codes or any(lexicon().is_wider(other.codes[0], code) for code in codes)
    )
    return open_one.reading if wider else None
