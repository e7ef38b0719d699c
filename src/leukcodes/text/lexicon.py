"""The compiled vocabulary, loaded once on first use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import product
from typing import Any, Final, NamedTuple, TypeVar

from leukcodes.resources import front_decoded, read_json

__all__ = [
    "BEFORE",
    "BEHIND",
    "KIN",
    "NEGATED",
    "Abbreviation",
    "Cue",
    "Decision",
    "Derived",
    "Entry",
    "Lexicon",
    "Pair",
    "each_phrase",
    "lexicon",
    "words_of",
]

# Sources whose wording is official: the tabular list and the Alphabetic Index.
_OFFICIAL: Final = ("TAB", "IDX")
# Cues that give a disease to someone else than the patient.
KIN: Final = frozenset({"family", "other_person"})
NEGATED: Final = frozenset({"negated"})
# Where a cue stands that speaks of what follows it, and of what precedes it.
BEFORE: Final = frozenset({"pre"})
BEHIND: Final = frozenset({"post"})
_NAMING: Final = frozenset({"entity", "feature", "head", "marker"})
_CLASS: Final = "fab_"
_PARENTHESIS: Final = re.compile("[()]")

_Value = TypeVar("_Value")


class Entry(NamedTuple):
    """A phrase of the vocabulary: what kind of thing it is, what it means, and where it comes from."""

    kind: str
    meaning: str = ""
    features: frozenset[str] = frozenset()
    codes: tuple[str, ...] = ()
    source: str = ""
    certainty: str = "high"

    @property
    def official(self) -> bool:
        """Whether the wording is that of the tabular list or the Alphabetic Index."""
        return self.source.startswith(_OFFICIAL)

    @property
    def is_class(self) -> bool:
        """Whether it is a class of the FAB scheme (`M2`, `L3`), which is a part of the disease's name."""
        return any(feature.startswith(_CLASS) for feature in self.features)


class Cue(NamedTuple):
    """What a phrase makes of the diagnosis before or after it."""

    kind: str
    direction: str
    source: str


class Abbreviation(NamedTuple):
    """An abbreviation, matched by case: A stands alone, B beside words of blood disease, C must be asked."""

    grade: str
    entry: Entry


class Decision(NamedTuple):
    """One row of the family decisions: needed features, tolerated ones, and the families they name."""

    needs: frozenset[str]
    may: frozenset[str]
    resolved: bool
    codes: tuple[str, ...]
    rule: str
    other_codes: tuple[str, ...]
    certainty: str


class Pair(NamedTuple):
    """Two families that one text may name for one disease, and what that comes to."""

    resolved: bool
    codes: tuple[str, ...]
    rule: str
    other_codes: tuple[str, ...]


class Derived(NamedTuple):
    """A disease that came from another: how the words put it, both families, and what it comes to."""

    relation: str
    earlier: str
    later: str
    resolved: bool
    codes: tuple[str, ...]


class Lexicon:
    """Lookup tables over the packaged vocabulary. Read-only after construction."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.phrases = _ungrouped((_entry(*row), group) for row, group in data["phrases"])
        self.cues: dict[str, tuple[Cue, ...]] = {}
        for row, group in data["cues"]:
            for phrase in _ungrouped([(None, group)]):
                self.cues[phrase] = (*self.cues.get(phrase, ()), Cue(*row))
        self.spelling: dict[str, str] = _ungrouped(data["spelling"].items())
        self.fillers: dict[str, str] = _ungrouped(data["fillers"].items())
        self.disease_words = frozenset(front_decoded(data["disease_words"]))
        self.other_words = frozenset(front_decoded(data["other_words"]))
        self.abbreviations = {name: _abbreviation(*row) for name, row in data["abbreviations"].items()}
        self.lower_abbreviations = {
            name.lower(): known
            for name, known in self.abbreviations.items()
            if known.grade == "A" and name.isupper() and name.lower() not in self.fillers
        }
        self.decisions = tuple(_decision(*row) for row in data["decisions"])
        self.implies = tuple((frozenset(when.split()), drops) for when, drops in data["implies"].items())
        self.generalises = {general: frozenset(rows) for general, rows in data["generalises"].items()}
        self.pairs = {frozenset(row[:2]): _pair(*row[2:]) for row in data["pairs"]}
        self.derived = tuple(_derived(*row) for row in data["derived"])
        self.lone_markers = {feature: tuple(codes) for feature, codes in data["lone_markers"].items()}
        self.kin: dict[str, tuple[str, str]] = {prefix: tuple(row) for prefix, row in data["kin"].items()}
        self.notices: dict[str, tuple[str, str]] = {
            about: tuple(row) for about, row in data["notices"].items()
        }
        self.classes = {name: frozenset(front_decoded(row)) for name, row in data["classes"].items()}
        self.confusables = {name: frozenset(front_decoded(row)) for name, row in data["confusables"].items()}
        self.determined = frozenset(front_decoded(data["determined"]))
        self.beside: dict[str, tuple[str, str]] = {word: tuple(row) for word, row in data["beside"].items()}
        self.leukemias = frozenset(data["leukemias"])
        self.longer = _longer(self.phrases)
        self.lengths = _lengths(self.phrases, self.cues)
        self.vocabulary = self._vocabulary()

    @cached_property
    def cue_words(self) -> frozenset[str]:
        """The words of cues that are no words of a disease besides."""
        names = [phrase for phrase, entry in self.phrases.items() if entry.kind in _NAMING]
        named = {word for phrase in names for word in phrase.split()}
        return frozenset(word for phrase in self.cues for word in phrase.split()) - named

    def _vocabulary(self) -> frozenset[str]:
        words = {word for phrase in (*self.phrases, *self.cues, *self.fillers) for word in phrase.split()}
        words |= {name.lower() for name in self.abbreviations}
        return frozenset(words | self.disease_words)

    def is_wider(self, general: str, specific: str) -> bool:
        """Whether one family's name covers another's: leukemia covers acute leukemia covers AML."""
        return specific in self.generalises.get(general, ())


def words_of(name: str) -> frozenset[str]:
    """A class of function words, such as the words that say `now`."""
    return lexicon().classes[name]


@cache
def lexicon() -> Lexicon:
    """The packaged vocabulary."""
    return Lexicon(read_json("lexicon.json"))


def _entry(kind: str, meaning: str, source: str, certainty: str) -> Entry:
    codes: tuple[str, ...] = ()
    features: frozenset[str] = frozenset()
    if kind == "entity":
        action, _, listed = meaning.partition(" ")
        codes = tuple(listed.split("|")) if action != "none" else ()
        meaning = action
    elif kind in ("head", "feature", "marker"):
        features = frozenset(meaning.split()) - {"neutral"}
    return Entry(kind, meaning, features, codes, source, certainty)


def _abbreviation(grade: str, features: str, codes: str, source: str, certainty: str) -> Abbreviation:
    if features:
        return Abbreviation(grade, _entry("head", features, source, certainty))
    action = "ask" if codes.startswith("ask ") else "resolve"
    return Abbreviation(grade, _entry("entity", f"{action} {codes.removeprefix('ask ')}", source, certainty))


def _decision(
    when: str, may: str, action: str, codes: str, issue: str, _source: str, certainty: str
) -> Decision:
    rule, _, others = issue.partition(" ")
    return Decision(
        frozenset(when.split()),
        frozenset(may.split()),
        action == "resolve",
        tuple(codes.split("|")),
        rule,
        tuple(others.split()),
        certainty,
    )


def _pair(action: str, codes: str, issue: str, _source: str) -> Pair:
    rule, _, others = issue.partition(" ")
    return Pair(action == "resolve", tuple(codes.split("|")), rule, tuple(others.split()))


def _derived(relation: str, earlier: str, later: str, action: str, codes: str) -> Derived:
    return Derived(relation, earlier, later, action == "resolve", tuple(codes.split("|")))


def _ungrouped(groups: Iterable[tuple[_Value, str]]) -> dict[str, _Value]:
    return {
        phrase: value
        for value, group in groups
        for written in front_decoded(group)
        for phrase in each_phrase(written)
    }


def each_phrase(written: str) -> Iterator[str]:
    """Every phrase that one with alternatives in parentheses stands for: `in (his|her|) mother`."""
    if "|" not in written:
        yield written
        return
    for parts in product(*(part.split("|") for part in _PARENTHESIS.split(written))):
        yield " ".join(" ".join(parts).split())


def _longer(phrases: dict[str, Entry]) -> dict[str, frozenset[str]]:
    """For each name that begins longer names, the words that those go on with."""
    found: dict[str, set[str]] = {}
    for phrase, entry in phrases.items():
        if entry.kind != "entity":
            continue
        words = phrase.split()
        for size in range(1, len(words)):
            start = " ".join(words[:size])
            if start in phrases:
                found.setdefault(start, set()).update(words[size:])
    return {start: frozenset(rest) for start, rest in found.items()}


def _lengths(*tables: dict[str, Any]) -> dict[str, tuple[int, ...]]:
    """The lengths of the phrases that begin with two words, longest first; with one word, 1 or none."""
    found: dict[str, set[int]] = {}
    for table in tables:
        for phrase in table:
            first, _, rest = phrase.partition(" ")
            sizes = found.setdefault(first, set())
            if rest:
                start = f"{first} {rest.partition(' ')[0]}"
                found.setdefault(start, set()).add(phrase.count(" ") + 1)
            else:
                sizes.add(1)
    return {start: tuple(sorted(sizes, reverse=True)) for start, sizes in found.items()}
