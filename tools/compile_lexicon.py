"""Compile data/lexicon into the one file the reader loads.

Every phrase is put through the package's own tokeniser and spelling, so that what is compared at run time is
written the same way here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from alternatives import folded
from front_coding import front_coded

from leukcodes.text.lexicon import each_phrase
from leukcodes.text.tokens import american, tokenise

Row = dict[str, str]

_BRACKETED = re.compile(r"[(\[][^)\]]*[)\]]")
_LONGEST_NAME = 14

# Shorter words that end in s are rarely plurals ("this", "less").
_SHORT = 4


def read_rows(path: Path) -> list[Row]:
    """The rows of a tab-separated file, each as column name to value."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


class _Spelling:
    def __init__(self, rows: list[Row], plurals: dict[str, str]) -> None:
        listed = {_plain(row["variant"]): row["canonical"] for row in rows}
        forms = plurals | listed
        self.variants = {word: forms.get(form, form) for word, form in forms.items() if word != form}

    def pattern(self, text: str) -> str:
        """A phrase in which parentheses may hold alternatives, each spelled like a phrase."""
        if "|" not in text:
            return self.phrase(text)
        parts = [dict.fromkeys(map(self.phrase, part.split("|"))) for part in re.split("[()]", text)]
        sides = [f"({'|'.join(part)})" if place % 2 else "".join(part) for place, part in enumerate(parts)]
        return " ".join(side for side in sides if side)

    def phrase(self, text: str) -> str:
        words = [self.variants.get(token.word, token.word) for token in tokenise(text)]
        return " ".join(word for word in words if word)


def _one_form(folder: Path) -> dict[str, str]:
    """Plural to singular and British to American, for words that the vocabulary has in both forms."""
    columns: tuple[tuple[str, str], ...] = (
        ("entities", "phrase"),
        ("words", "phrase"),
        ("markers", "phrase"),
        ("status", "phrase"),
    )
    columns += (("context", "phrase"), ("fillers", "word"), ("disease_words", "word"))
    rows = [_plain(row[column]) for name, column in columns for row in read_rows(folder / f"{name}.tsv")]
    words = {word for phrase in rows for word in phrase.split()}
    forms = {word: american(word) for word in sorted(words) if american(word) != word}
    forms |= {
        word: word[:-1]
        for word in sorted(words)
        if len(word) > _SHORT and word[-1:] == "s" and word[:-1] in words
    }
    return {word: american(form) for word, form in forms.items()}


def _plain(text: str) -> str:
    return " ".join(token.word for token in tokenise(text))


def compile_lexicon(data_dir: Path) -> dict[str, Any]:
    """Everything the reader needs, from the tables below `data_dir`/lexicon.

    Phrases are grouped below their entry: `[kind, meaning, source, certainty]`. Earlier kinds win where two
    tables hold the same phrase: a disease before a gene, a gene before a status, a status before a cue.
    """
    folder = data_dir / "lexicon"
    spelling = _Spelling(read_rows(folder / "spelling.tsv"), _one_form(folder))
    phrases: dict[str, list[Any]] = {}
    for phrase, entry in _entries(folder):
        phrases.setdefault(spelling.pattern(phrase), entry)
    for phrase, entry in _official_names(data_dir, spelling, phrases):
        phrases.setdefault(phrase, entry)
    phrases.pop("", None)
    _check_told_once(phrases)
    disease_words = {spelling.phrase(row["word"]) for row in read_rows(folder / "disease_words.tsv")}
    return {
        "phrases": _grouped(phrases),
        "cues": _cues(folder, spelling),
        "classes": _classes(folder),
        "spelling": _by_value(spelling.variants),
        "fillers": _fillers(folder, spelling),
        "disease_words": _sorted_coded(disease_words),
        "other_words": _sorted_coded(
            {_plain(row["word"]) for row in read_rows(folder / "other_words.tsv")} - disease_words
        ),
        "abbreviations": {
            row["abbreviation"]: [
                row["class"],
                row["features"],
                row["codes"],
                row["source"],
                row["certainty"],
            ]
            for row in read_rows(folder / "abbreviations.tsv")
        },
        "decisions": [
            [row[name] for name in ("when", "may", "action", "codes", "issue", "source", "certainty")]
            for row in read_rows(folder / "decisions.tsv")
        ],
        "implies": _lists(folder, "implies", "when", "drops"),
        "generalises": _lists(folder, "generalises", "general", "specific"),
        "derived": [
            [row[name] for name in ("relation", "earlier", "later", "action", "codes")]
            for row in read_rows(folder / "derived.tsv")
        ],
        "lone_markers": {
            _marker(spelling, row["marker"]): row["codes"].split("|")
            for row in read_rows(folder / "lone_markers.tsv")
        },
        "confusables": _confusables(folder),
        "determined": _sorted_coded({row["word"] for row in read_rows(folder / "determined.tsv")}),
        "beside": {
            row["word"]: [row["after"], spelling.phrase(row["otherwise"])]
            for row in read_rows(folder / "beside.tsv")
        },
        "leukemias": _leukemias(data_dir),
        "kin": {
            row["prefix"]: [row["history"], row["family"]] for row in read_rows(folder / "kin_codes.tsv")
        },
        "notices": {row["about"]: [row["rule"], row["message"]] for row in read_rows(folder / "notices.tsv")},
        "pairs": [list(row.values()) for row in read_rows(folder / "pairs.tsv")],
    }


def _cues(folder: Path, spelling: _Spelling) -> list[list[Any]]:
    """Each cue with its phrases; of those that one phrase has, what looks back comes first."""
    groups: dict[tuple[str, str, str], set[str]] = {}
    for row in read_rows(folder / "context.tsv"):
        cue = row["cue"], row["direction"], row["source"]
        groups.setdefault(cue, set()).add(spelling.pattern(row["phrase"]))
    ordered = sorted(groups, key=lambda cue: (cue[1] == "pre", cue))
    return [[list(cue), _sorted_coded(folded(groups[cue]))] for cue in ordered]


def _check_told_once(table: dict[str, list[Any]]) -> None:
    """No phrase may mean two things, whatever alternatives it is written with."""
    meanings: dict[str, list[Any]] = {}
    for written, meaning in table.items():
        for phrase in each_phrase(written):
            if meanings.setdefault(phrase, meaning) != meaning:
                raise SystemExit(f"{phrase!r} means {meaning} and {meanings[phrase]}: leave one out")


def _grouped(table: dict[str, list[Any]]) -> list[list[Any]]:
    """A table turned around: each distinct value with the phrases that have it."""
    groups: dict[str, tuple[Any, list[str]]] = {}
    for phrase, value in sorted(table.items(), key=lambda row: (row[1], row[0])):
        groups.setdefault(repr(value), (value, []))[1].append(phrase)
    return [[value, _sorted_coded(folded(phrases))] for value, phrases in groups.values()]


def _by_value(table: dict[str, str]) -> dict[str, str]:
    """A table turned around, front-coded."""
    groups: dict[str, list[str]] = {}
    for key, value in table.items():
        groups.setdefault(value, []).append(key)
    return {value: _sorted_coded(group) for value, group in groups.items()}


def _sorted_coded(words: Iterable[str]) -> str:
    """Words of which the order says nothing, front-coded."""
    return front_coded(sorted(words))


def _entries(folder: Path) -> Iterator[tuple[str, list[Any]]]:
    for row in read_rows(folder / "entities.tsv"):
        yield row["phrase"], ["entity", f"{row['action']} {row['codes']}", row["source"], row["certainty"]]
    for name, kind in (("heads", "head"), ("words", "feature"), ("markers", "marker"), ("fab", "marker")):
        for row in read_rows(folder / f"{name}.tsv"):
            yield row["phrase"], [kind, row["features"], row["source"], row["certainty"]]
    for row in read_rows(folder / "relations.tsv"):
        yield row["phrase"], ["relation", row["relation"], row["source"], "high"]
    for row in read_rows(folder / "traps.tsv"):
        yield row["phrase"], ["trap", row["only"], row["source"], "high"]
    for row in read_rows(folder / "status.tsv"):
        meaning = f"{row['status']} {row['rank']} {row['position']} {row['rule']}".rstrip()
        yield row["phrase"], ["status", meaning, row["source"], row["certainty"]]


def _official_names(
    data_dir: Path, spelling: _Spelling, phrases: dict[str, list[Any]]
) -> Iterator[tuple[str, list[Any]]]:
    """Titles and inclusion terms of the leukemias' neighbours, each a name of its family.

    A name that is made of words the reader already puts together by itself is left to it.
    """
    families = {row["family"] for row in read_rows(data_dir / "families.tsv")}
    scopes = {row["code"]: row["scope"] for row in read_rows(data_dir / "codes.tsv")}
    titles = [(row["code"], row["title"]) for row in read_rows(data_dir / "codes.tsv") if not row["valid_to"]]
    notes = [
        (row["owner"], row["text"])
        for row in read_rows(data_dir / "notes.tsv")
        if row["kind"] == "inclusion_term"
    ]
    for code, text in (*titles, *notes):
        if code not in families or scopes.get(code) != "related" or code.startswith("Z"):
            continue
        for written in (text, _BRACKETED.sub(" ", text)):
            phrase = spelling.phrase(written)
            if not _composed(phrase, phrases) and len(phrase.split()) <= _LONGEST_NAME:
                yield phrase, ["entity", f"resolve {code}", "TAB26", "high"]


def _composed(phrase: str, phrases: dict[str, list[Any]]) -> bool:
    known = [phrases.get(word) for word in phrase.split()]
    return all(entry is not None and entry[0] in ("feature", "head", "marker") for entry in known)


def _classes(folder: Path) -> dict[str, str]:
    rows = read_rows(folder / "word_classes.tsv")
    return _by_class((row["class"], row["word"]) for row in rows)


def _confusables(folder: Path) -> dict[str, str]:
    rows = read_rows(folder / "confusables.tsv")
    return _by_class((row["abbreviation"], row["word"]) for row in rows)


def _by_class(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for name, word in pairs:
        found.setdefault(name, set()).add(word)
    return {name: _sorted_coded(words) for name, words in found.items()}


def _leukemias(data_dir: Path) -> list[str]:
    scopes = {row["code"]: row["scope"] for row in read_rows(data_dir / "codes.tsv")}
    return [
        row["family"] for row in read_rows(data_dir / "families.tsv") if scopes[row["family"]] == "leukemia"
    ]


def _marker(spelling: _Spelling, name: str) -> str:
    """A marker's phrase as the reader writes it, or the feature that it is."""
    return name if "_" in name else spelling.phrase(name)


def _fillers(folder: Path, spelling: _Spelling) -> dict[str, str]:
    """The words of each role; of both roles, it is the one of a form which may stand inside a name."""
    roles: dict[str, str] = {}
    for row in sorted(read_rows(folder / "fillers.tsv"), key=lambda row: row["role"] == "np"):
        roles[spelling.phrase(row["word"])] = row["role"]
    return _by_class((role, word) for word, role in sorted(roles.items()))


def _lists(folder: Path, table: str, key: str, value: str) -> dict[str, list[str]]:
    """A table of two columns, with all values of each key."""
    found: dict[str, list[str]] = {}
    for row in read_rows(folder / f"{table}.tsv"):
        found.setdefault(row[key], []).append(row[value])
    return found
