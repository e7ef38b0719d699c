"""From items to mentions: each disease named in the text, with the words that name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leukcodes.text.claiming import claim_words
from leukcodes.text.doubts import misspelt
from leukcodes.text.families import Reading, decide
from leukcodes.text.items import Item, as_year
from leukcodes.text.lexicon import lexicon, words_of

__all__ = ["Mention", "find_mentions"]

_NO_PART: Final = frozenset({"unknown", "disease", "trap", "relation"})
_MUST_ASK: Final = "C"
_DRUG_REACH: Final = 20
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
    claims = claim_words(items, heads)
    owned: dict[int, list[int]] = {}
    for index, owner in claims.owners.items():
        owned.setdefault(owner, []).append(index)
    mentions = [
        _mention(
            items, span, owned.get(number, []), claims.doubts.get(number, set()), claims.traits.get(number)
        )
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


def _mention(
    items: list[Item], span: tuple[int, int], owned: list[int], doubt: set[int], traits: set[int] | None
) -> Mention | None:
    first, last = span
    core = list(range(first, last + 1))
    if items[first].kind == "entity":
        entry = items[first].entry
        if entry.meaning == "none":
            return None
        reading = Reading(entry.codes, entry.meaning == "resolve", certainty=entry.certainty)
        unread = misspelt(items, core, entry.codes[0])
        if unread:
            reading = reading._replace(resolved=False, rule="LK-M005")
        return Mention(core, entry.features, reading, items[first].grade, unread)
    own = sorted(core + owned)
    features = frozenset().union(*(items[index].entry.features for index in own))
    reading = _under_treatment(items, last, features) or decide(features)
    if traits:
        other = decide(features.union(*(items[index].entry.features for index in traits)))
        if (other.codes, other.resolved) != (reading.codes, reading.resolved):
            doubt = doubt | traits
            reading = reading._replace(resolved=False, rule="LK-M005")
    if items[first].grade == _MUST_ASK and len(own) == 1:
        reading = reading._replace(resolved=False)
    unread = misspelt(items, own, reading.codes[0])
    if unread:
        doubt = doubt | set(unread)
        reading = reading._replace(resolved=False, rule="LK-M005")
    elif doubt and (not reading.resolved or reading.codes[0] in lexicon().generalises):
        reading = reading._replace(resolved=False, rule="LK-M005")
    return Mention(own, features, reading, items[first].grade, tuple(sorted(doubt)))


def _tells_of_treatment(item: Item) -> bool:
    """A drug, a response, or when a gene was gone: `since 2015`, `now`, `in remission`."""
    told = item.kind == "number" and as_year(item) is not None
    remission = item.kind == "status" and item.entry.meaning.startswith(("1", "ask:1"))
    return told or remission or bool(words_of("open_sign") & set(item.phrase.split()))


def _under_treatment(items: list[Item], last: int, features: frozenset[str]) -> Reading | None:
    """The question to ask where a marker may be gone only by treatment: `BCR-ABL negative on imatinib`.

    A line of its own may tell of a later test, and a text cut off after the sign of another word.
    """
    gone = features & words_of("response_marker")
    if not gone:
        return None
    near = items[max(0, last - _DRUG_REACH) : last + _DRUG_REACH]
    treated = any(_tells_of_treatment(item) for item in near)
    if not treated and not any("\n" in item.gap for item in items[last + 1 : last + _DRUG_REACH]):
        return None
    found, without = decide(features), decide(features - gone)
    if found.codes == without.codes:
        return None
    codes = tuple(dict.fromkeys((*without.codes, *found.codes)))
    return Reading(codes, resolved=False, rule="LK-M003", certainty="low")
