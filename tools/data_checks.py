"""Checks of data/ with the package's own types: form, membership, dates, tree; a line of text a problem."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from tsv import Row, read_table

from leukcodes.codes import IcdCode
from leukcodes.errors import InvalidCodeError
from leukcodes.models import DiseaseStatus, Kind, MatchKind, NoteKind, Relationship, Release, Scope
from leukcodes.tables import header_above

__all__ = ["check_data"]

SCHEMES = {"012": 3, "01": 2, "site": 2, "none": 0}


def check_data(data: Path) -> Iterator[str]:
    """Problems of the tables in `data`, none when all is well."""
    codes = read_table(data / "codes.tsv")
    known = {row["code"] for row in codes}
    blocks = {row["id"]: row for row in read_table(data / "blocks.tsv")}
    chapters = {row["id"] for row in read_table(data / "chapters.tsv")}
    yield from _check_releases(read_table(data / "releases.tsv"))
    yield from _check_blocks(blocks, chapters)
    yield from _check_codes(codes, known, blocks)
    yield from _check_families(read_table(data / "families.tsv"), known)
    yield from _check_notes(read_table(data / "notes.tsv"))
    yield from _check_index(read_table(data / "index.tsv"), known)
    yield from _check_synonyms(read_table(data / "synonyms.tsv"), known)
    yield from _check_value_sets(read_table(data / "value_sets.tsv"), known)
    yield from _check_maps(data / "crosswalks", known)
    yield from _check_claims(data)


def _check_releases(rows: list[Row]) -> Iterator[str]:
    releases = [
        Release(
            row["name"],
            date.fromisoformat(row["effective_from"]),
            date.fromisoformat(row["effective_to"]),
            row["titles_from"],
            row["notes_from"],
            row["verification"],
        )
        for row in rows
    ]
    names = {release.name for release in releases}
    for release in releases:
        if not {release.titles_from, release.notes_from} <= names:
            yield f"releases.tsv: {release.name} takes text from a release that is not listed"
    for before, after in pairwise(releases):
        if before.effective_to + timedelta(days=1) != after.effective_from:
            yield f"releases.tsv: {after.name} does not begin the day after {before.name} ends"


def _check_blocks(blocks: dict[str, Row], chapters: set[str]) -> Iterator[str]:
    for row in blocks.values():
        if row["chapter"] not in chapters:
            yield f"blocks.tsv: {row['id']} is in unknown chapter {row['chapter']}"
        if row["parent"] and row["parent"] not in blocks:
            yield f"blocks.tsv: {row['id']} is in unknown block {row['parent']}"


def _check_codes(rows: list[Row], known: set[str], blocks: dict[str, Row]) -> Iterator[str]:
    ended: dict[str, str] = {}
    for row in rows:
        code = row["code"]
        yield from _check_form("codes.tsv", code)
        if row["scope"] not in set(Scope) or row["kind"] not in set(Kind):
            yield f"codes.tsv: {code} has an unknown scope or kind"
        if (row["billable"] == "1") != (row["kind"] == Kind.CODE) or row["billable"] not in {"0", "1"}:
            yield f"codes.tsv: {code}: billable {row['billable']!r} does not go with kind {row['kind']!r}"
        if row["parent"] != (header_above(code, known) or ""):
            yield f"codes.tsv: {code} does not lie in {row['parent']!r}"
        if row["block"] not in blocks or blocks[row["block"]]["chapter"] != row["chapter"]:
            yield f"codes.tsv: {code} is in unknown block {row['block']}"
        if not row["title"].strip():
            yield f"codes.tsv: {code} has no title"
        yield from _check_span(row, ended)


def _check_span(row: Row, ended: dict[str, str]) -> Iterator[str]:
    code, first = row["code"], date.fromisoformat(row["valid_from"])
    if row["valid_to"] and date.fromisoformat(row["valid_to"]) < first:
        yield f"codes.tsv: {code} ends before it begins"
    before = ended.get(code)
    if before is not None and (not before or date.fromisoformat(before) + timedelta(days=1) != first):
        yield f"codes.tsv: the versions of {code} do not follow one another"
    ended[code] = row["valid_to"]


def _check_families(rows: list[Row], known: set[str]) -> Iterator[str]:
    for row in rows:
        codes = [row[name] for name in ("not_in_remission", "in_remission", "in_relapse") if row[name]]
        if row["scheme"] not in SCHEMES or len(codes) != SCHEMES[row["scheme"]]:
            yield f"families.tsv: {row['family']}: {len(codes)} codes do not go with scheme {row['scheme']!r}"
        if not {row["family"], *codes} <= known:
            yield f"families.tsv: {row['family']} or one of its codes is unknown"


def _check_notes(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        if row["kind"] not in set(NoteKind):
            yield f"notes.tsv: {row['owner']} has a note of unknown kind {row['kind']!r}"
        if not row["text"].strip() or not row["releases"]:
            yield f"notes.tsv: {row['owner']} has a note without text or release"
        for ref in row["refs"].split():
            for code in ref.rstrip("-").split("-"):
                yield from _check_form(f"notes.tsv: {row['owner']}", code.rstrip("."))


def _check_index(rows: list[Row], known: set[str]) -> Iterator[str]:
    for row in rows:
        if row["code"] and row["code"].rstrip("-").rstrip(".") not in known:
            yield f"index.tsv: {row['path']} leads to {row['code']}, which is not packaged"


def _check_claims(data: Path) -> Iterator[str]:
    notes = {(row["owner"], row["kind"], row["text"]) for row in read_table(data / "notes.tsv")}
    for name in ("sets", "ages", "prose"):
        for row in read_table(data / "claims" / f"{name}.tsv"):
            for ref in row["refs"].split():
                for code in ref.rstrip("-").split("-"):
                    yield from _check_form(f"claims/{name}.tsv", code.rstrip("."))
    for row in read_table(data / "claims" / "prose.tsv"):
        if (row["owner"], row["kind"], row["text"]) not in notes:
            yield f"claims/prose.tsv: {row['owner']} has no note {row['text']!r}"


def _check_synonyms(rows: list[Row], known: set[str]) -> Iterator[str]:
    terms = [row["term"].casefold() for row in rows]
    for row in rows:
        if row["kind"] not in {MatchKind.SYNONYM, MatchKind.ABBREVIATION}:
            yield f"synonyms.tsv: {row['term']} is of unknown kind {row['kind']!r}"
        if not row["codes"] or not set(row["codes"].split()) <= known:
            yield f"synonyms.tsv: {row['term']} leads to {row['codes']!r}, which is not all packaged"
        if not row["source"] or terms.count(row["term"].casefold()) > 1:
            yield f"synonyms.tsv: {row['term']} stands there twice or has no source"


def _check_value_sets(rows: list[Row], known: set[str]) -> Iterator[str]:
    for row in rows:
        if not set(row["codes"].split()) <= known:
            yield f"value_sets.tsv: {row['name']} has an unknown root"
        if row["scope"] not in {"", *Scope} or row["status"] not in {"", *DiseaseStatus} or not row["source"]:
            yield f"value_sets.tsv: {row['name']} has an unknown scope or status, or no source"


def _check_maps(folder: Path, known: set[str]) -> Iterator[str]:
    columns = {
        "icd10cm_to_who": "icd10cm",
        "mondo": "icd10cm",
        "ccsr": "code",
        "ms_drg": "code",
        "cms_hcc": "code",
    }
    for name, column in columns.items():
        for row in read_table(folder / f"{name}.tsv"):
            if row[column] not in known:
                yield f"{name}.tsv: {row[column]} is not packaged"
            if row.get("relationship", Relationship.EQUIVALENT) not in set(Relationship):
                yield f"{name}.tsv: {row[column]} has an unknown relationship"


def _check_form(where: str, code: str) -> Iterator[str]:
    try:
        canonical = IcdCode(code)
    except InvalidCodeError as error:
        yield f"{where}: {error}"
        return
    if canonical != code:
        yield f"{where}: {code} is not written as {canonical}"
