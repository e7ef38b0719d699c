"""Notes through the years: the tabular lists' notes merged, each with the releases it stands in."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from note_refs import parse_refs, touches
from official import Official
from tsv import Row, read_table

__all__ = ["build_notes", "load_outside_owners"]

Key: TypeAlias = tuple[str, str, int]


def load_outside_owners(data: Path) -> list[str]:
    """Codes outside the scope whose notes into it are carried, from scope.toml."""
    with (data / "scope.toml").open("rb") as file:
        codes: list[str] = tomllib.load(file)["outside_owners"]["codes"]
    return codes


def build_notes(data: Path, official: Official, codes: list[Row]) -> list[Row]:
    """Rows of notes.tsv: chapters, blocks and codes in tabular order, then the owners outside the scope."""
    scope = {row["code"]: None for row in codes}
    leukemia = {row["code"] for row in codes if row["scope"] == "leukemia"}
    rows = [row for owner in _owners(official, codes) for row in _merged(owner, official, scope)]
    for owner in load_outside_owners(data):
        rows += [
            row
            for row in _merged(owner, official, scope)
            if row["kind"] != "excludes2" and any(touches(ref, leukemia) for ref in row["refs"].split())
        ]
    return _number(_with_newer(rows, data, list(scope)))


def _owners(official: Official, codes: list[Row]) -> list[str]:
    chapters = dict.fromkeys(f"chapter:{row['chapter']}" for row in codes)
    blocks: dict[str, None] = {}
    newest = list(official.tabulars.values())[-1]
    for row in codes:
        step: str | None = row["block"]
        while step:
            blocks[step] = None
            step = newest.blocks[step].parent
    # A block of one category (D49) shares its id with it, and so its notes.
    packaged = dict.fromkeys(row["code"] for row in codes)
    return [
        *chapters,
        *(block for block in newest.blocks if block in blocks and block not in packaged),
        *packaged,
    ]


def _merged(owner: str, official: Official, scope: Iterable[str]) -> list[Row]:
    """One owner's notes, the newest release's order leading; an older note stays after its forerunner."""
    merged: list[Key] = []
    releases: dict[Key, list[str]] = {}
    for release in reversed(official.tabulars):
        place = 0
        for key in _keyed(official.tabulars[release].notes.get(owner, ())):
            if key not in releases:
                merged.insert(place, key)
            place = merged.index(key) + 1
            releases.setdefault(key, []).append(release)
    return [_row(owner, key, sorted(releases[key]), official, set(scope)) for key in merged]


def _keyed(notes: Iterable[tuple[str, str]]) -> list[Key]:
    """Notes with a running number, for the official files print a few twice."""
    seen: Counter[tuple[str, str]] = Counter()
    keys = []
    for kind, text in notes:
        keys.append((kind, text, seen[kind, text]))
        seen[kind, text] += 1
    return keys


def _row(owner: str, key: Key, releases: list[str], official: Official, scope: set[str]) -> Row:
    kind, text, _ = key
    known = official.tabulars[releases[-1]].titles
    refs = " ".join(parse_refs(text, known, scope))
    return {"owner": owner, "kind": kind, "text": text, "refs": refs, "releases": " ".join(releases)}


def _with_newer(rows: list[Row], data: Path, order: list[str]) -> list[Row]:
    """The notes of codes that a newer year's carried text adds, each at its owner's place."""
    newer = [
        {"owner": row["code"], "kind": row["kind"], "text": row["text"], "refs": "", "releases": "FY2027"}
        for row in read_table(data / "facts" / "fy2027_tabular.tsv")
        if row["kind"] != "title"
    ]
    place = {code: number for number, code in enumerate(order)}
    for row in newer:
        later = (n for n, known in enumerate(rows) if place.get(known["owner"], -1) > place[row["owner"]])
        rows.insert(next(later, len(rows)), row)
    return rows


def _number(rows: list[Row]) -> list[Row]:
    seen: Counter[tuple[str, str]] = Counter()
    for row in rows:
        seen[row["owner"], row["kind"]] += 1
        row["seq"] = str(seen[row["owner"], row["kind"]])
    return rows
