"""Compile what claims are judged by: official notes that bind one code to another, and the sets rules name.

Every Excludes1, Excludes2, code first and code also note of data/notes.tsv is carried with its codes; nothing
is added to it but how it is to be read, as data/oddities.tsv and its own opening words say.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from note_refs import touches
from tsv import Row, read_table

__all__ = ["compile_edges"]

_EXCLUDES = ("excludes1", "excludes2")
_SEQUENCE = ("code_first", "code_also")
_CORE = frozenset({"leukemia", "related"})
_CONDITION = re.compile(r"\bif (?:applicable|known)\b|^any |^, for adverse effects\b")

# How a note is to be read, besides word for word.
NARROWER = "narrower"  # it names less than the code it points at
WIDER = "wider"  # it names one code of the family it means
SUCH_AS = "such_as"  # the codes it names are examples
IF_ANY = "if_any"  # it binds only where the condition is there
CHAPTER = "chapter"  # it stands at a whole chapter
CORE = "core"  # it is about a leukemia or a neighbour of one
PARTIAL = "partial"  # its owner is not packaged, so that only some of its codes are known


def compile_edges(data: Path) -> dict[str, Any]:
    """The content of edges.json.

    Notes are given as their owner, the first and the last place among the owner's notes in notes.json, how
    they are read, and the codes one is read as where those are not the ones it prints.
    """
    chapters = {row["id"]: row["title"] for row in read_table(data / "chapters.tsv")}
    notes = _placed(read_table(data / "notes.tsv"))
    codes = read_table(data / "codes.tsv")
    edges = [*_excludes(notes, codes, data), *_sequences(notes, codes, _prose(data))]
    printed = {(row["owner"], row["place"]): row["refs"] for row in notes}
    return {
        "notes": _joined(_note(row, how, printed) for row, how in edges),
        "chapters": {f"chapter:{number}": _range(title) for number, title in chapters.items()},
        "sets": {row["set"]: row["refs"].split() for row in read_table(data / "claims" / "sets.tsv")},
        "ages": [
            [row["refs"].split(), _age(row["from_age"]), _age(row["to_age"]), row["remark"], row["source"]]
            for row in read_table(data / "claims" / "ages.tsv")
        ],
    }


def _placed(notes: Iterable[Row]) -> list[Row]:
    """The notes, each with its place among those of its owner."""
    seen: Counter[str] = Counter()
    placed = []
    for row in notes:
        placed.append(row | {"place": str(seen[row["owner"]])})
        seen[row["owner"]] += 1
    return placed


def _note(row: Row, how: list[str], printed: Mapping[tuple[str, str], str]) -> list[Any]:
    own = row["refs"] == printed[row["owner"], row["place"]]
    place = int(row["place"])
    return [row["owner"], place, place, " ".join(how), *([] if own else [row["refs"].split()])]


def _joined(notes: Iterable[list[Any]]) -> list[list[Any]]:
    """The notes, with those made one row that follow each other at one owner and are read in one way."""
    rows: list[list[Any]] = []
    for note in notes:
        owner, first, last, how, *refs = note
        if rows and not refs and rows[-1][0] == owner and rows[-1][2:] == [first - 1, how]:
            rows[-1][2] = last
        else:
            rows.append(note)
    return rows


def _excludes(notes: Iterable[Row], codes: Sequence[Row], data: Path) -> Iterator[tuple[Row, list[str]]]:
    oddities = {
        (row["owner"], row["text"]): row["kind"]
        for row in read_table(data / "oddities.tsv")
        if row["file"] == "note"
    }
    for row in notes:
        if row["kind"] not in _EXCLUDES or not row["refs"]:
            continue
        oddity = oddities.get((row["owner"], row["text"]))
        flags: set[str] = {NARROWER} if oddity == NARROWER else set()
        yield row, sorted(flags | {CHAPTER} if row["owner"].startswith("chapter:") else flags)
        if oddity == "single_code":
            yield row | {"refs": " ".join(_siblings(row["refs"], codes))}, [WIDER]


def _siblings(code: str, codes: Iterable[Row]) -> list[str]:
    parent = next(row["parent"] for row in codes if row["code"] == code)
    return [row["code"] for row in codes if row["parent"] == parent and row["code"] != code]


def _sequences(
    notes: Iterable[Row], codes: Iterable[Row], prose: dict[tuple[str, str, str], str]
) -> Iterator[tuple[Row, list[str]]]:
    """The notes of one owner and kind belong together: the first line may say how the others are meant."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in notes:
        if row["kind"] in _SEQUENCE:
            groups[row["owner"], row["kind"]].append(row)
    packaged = {row["code"]: row["scope"] for row in codes}
    core = [code for code, scope in packaged.items() if scope in _CORE]
    for (owner, _), group in groups.items():
        known = owner in packaged or "-" in owner or ":" in owner
        for row, how in _group(group, prose, set() if known else {PARTIAL}):
            about = packaged.get(owner) in _CORE or any(touches(ref, core) for ref in row["refs"].split())
            yield row, sorted(how | {CORE} if about else how)


def _group(
    group: list[Row], prose: dict[tuple[str, str, str], str], opening: set[str]
) -> Iterator[tuple[Row, set[str]]]:
    named = [row for row in group if row["refs"]]
    for row in group:
        how = _how(row["text"])
        if not row["refs"] and row["text"].endswith(":"):
            opening = opening | how
        refs = row["refs"] or prose.get((row["owner"], row["kind"], row["text"]), "")
        # A group that names no code at all still says that something stands before its owner.
        if refs or not named:
            yield row | {"refs": refs}, opening | how


def _how(text: str) -> set[str]:
    found: set[str] = {SUCH_AS} if "such as" in text else set()
    return found | {IF_ANY} if _CONDITION.search(text) else found


def _prose(data: Path) -> dict[tuple[str, str, str], str]:
    rows = read_table(data / "claims" / "prose.tsv")
    return {(row["owner"], row["kind"], row["text"]): row["refs"] for row in rows}


def _range(title: str) -> str:
    """The range of codes that a chapter's title ends with."""
    return title.rsplit("(", 1)[1].rstrip(")")


def _age(text: str) -> int | None:
    return int(text) if text else None
