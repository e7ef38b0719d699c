"""Excludes notes on claims, held against the official notes both ways.

The expected pairs are spelt out here from the notes as printed, by the position of codes in the tabular list,
which is another way than the library's.
"""

from __future__ import annotations

import csv
from functools import cache
from itertools import product
from pathlib import Path

import pytest

import leukcodes as lc
from leukcodes.claims.edges import edges
from leukcodes.codesystem import system

ROOT = Path(__file__).parents[1]
APART = {"LK-E001"}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


EDGES = [
    row
    for row in _rows(ROOT / "tests" / "data" / "edges_fy2026.tsv")
    if row["note_type"] == "excludes1" and row["owner_code"] != "T88.7"
]
FIRM = [row for row in EDGES if not row["narrower_than_reference"]]
LEUKEMIA = frozenset(
    str(found.code)
    for root in ("C90.1", "C91", "C92", "C93", "C94", "C95")
    for found in lc.expand(root, billable=True, on="FY2026")
)

CORE = frozenset(code for code in LEUKEMIA if not code.startswith("C90"))


@cache
def billable(release: str = "FY2026") -> tuple[str, ...]:
    day = lc.releases()[[r.name for r in lc.releases()].index(release)].effective_from
    return tuple(code for code in system().codes if system().billable(code, day))


@cache
def covered(ref: str, release: str = "FY2026") -> frozenset[str]:
    """The billable codes that a printed reference means."""
    first, _, last = ref.partition("-")
    stem = first.rstrip(".")
    if not last:
        return frozenset(code for code in billable(release) if code.startswith(stem))
    listed = [str(code) for code in system().codes]
    at = [i for i, code in enumerate(listed) if code >= first and code[:1] == first[:1]] or [0]
    inside = [i for i, code in enumerate(listed) if first[:3] <= code[:3] <= last[:3]]
    if len(first) > 3 or len(last) > 3:
        starts = [i for i, code in enumerate(listed) if code.startswith(first)] or at
        ends = [i for i, code in enumerate(listed) if code.startswith(last)] or inside
        inside = [i for i in inside if starts[0] <= i <= ends[-1]]
    return frozenset(listed[i] for i in inside) & frozenset(billable(release))


def expected(rows: list[dict[str, str]]) -> set[frozenset[str]]:
    """The pairs that rows of the edges table keep apart, at every depth of both ends."""
    pairs: set[frozenset[str]] = set()
    for row in rows:
        refs = row["referenced_codes"].split("|")
        if "5th character 1" in row["note_text"]:
            named = {code for ref in refs for code in covered(ref) if len(code) == 6 and code.endswith("1")}
        else:
            named = {code for ref in refs for code in covered(ref)}
        pairs |= {
            frozenset(pair) for pair in product(covered(row["owner_code"]), named) if len(set(pair)) == 2
        }
    return pairs


@cache
def apart(on: str, *, backwards: bool) -> tuple[lc.Issue, ...]:
    """The issues on pairs of one claim with every billable code of the scope."""
    codes = billable(on)[::-1] if backwards else billable(on)
    return tuple(issue for issue in lc.validate_claim(codes, on=on).issues if issue.rule in APART)


def firing(
    severity: str = "error", *, backwards: bool = False, on: str = "FY2026"
) -> frozenset[frozenset[str]]:
    """All pairs that fire with this severity."""
    issues = apart(on, backwards=backwards)
    return frozenset(frozenset(issue.codes) for issue in issues if issue.severity == severity)


def with_leukemia(pairs) -> set[frozenset[str]]:
    return {pair for pair in pairs if pair & LEUKEMIA}


def test_pairs_with_a_leukemia_are_those_of_the_table_both_ways() -> None:
    assert len(LEUKEMIA) == 100
    wanted = with_leukemia(expected(FIRM))
    assert len(wanted) > 2_000
    assert with_leukemia(firing()) == wanted


def test_the_order_on_the_claim_does_not_matter() -> None:
    for severity in ("error", "warning", "info"):
        assert firing(severity) == firing(severity, backwards=True)


def test_no_pair_in_scope_fires_that_no_note_names() -> None:
    notes = [
        {"owner_code": row["owner"], "referenced_codes": row["refs"].replace(" ", "|"), "note_text": ""}
        for row in _rows(ROOT / "data" / "notes.tsv")
        if row["kind"] == "excludes1" and row["refs"] and "FY2026" in row["releases"]
    ]
    chapters = {row["id"]: row["title"] for row in _rows(ROOT / "data" / "chapters.tsv")}
    for note in notes:
        kind, _, number = note["owner_code"].partition(":")
        if kind == "chapter":
            note["owner_code"] = chapters[number].rsplit("(", 1)[1].rstrip(")")
    named = expected(notes)
    assert firing("error") | firing("info") == named
    # C96.2 names C94.30 for the family: the two others are a warning, as the rules have it.
    family = {frozenset(pair) for pair in product(covered("C96.2"), ("C94.31", "C94.32"))}
    assert firing("warning") == family - named


def test_notes_that_name_less_than_they_point_at_are_info() -> None:
    narrower = [row for row in EDGES if row["narrower_than_reference"]]
    assert {row["owner_code"] for row in narrower} == {"C84.Z", "D61.81", "D64"}
    wanted = expected(narrower) - expected(FIRM)
    assert wanted <= firing("info")
    assert not wanted & firing("error")
    assert with_leukemia(firing("info")) == with_leukemia(wanted)


@pytest.mark.parametrize("row", FIRM, ids=lambda row: f"{row['owner_code']}-{row['referenced_codes']}")
def test_each_row_fires_on_a_claim_of_two_in_both_orders(row: dict[str, str]) -> None:
    pairs = sorted(map(sorted, expected([row])))
    for one, other in (pairs[0], pairs[len(pairs) // 2], pairs[-1]):
        for codes in ([one, other], [other, one]):
            result = lc.validate_claim(codes, on="2026-04-01")
            (issue,) = (issue for issue in result.issues if issue.rule == "LK-E001")
            assert not result
            assert issue.severity == "error"
            assert list(issue.codes) == codes
            assert "Excludes1 note at" in issue.source
            assert row["note_text"] in issue.source or len(expected(FIRM)) > len(pairs)


def test_headers_are_judged_too() -> None:
    assert {"LK-S003", "LK-E001"} <= {i.rule for i in lc.validate_claim(["C91.1", "D72.829"]).issues}


def test_codes_outside_the_scope_are_judged_by_their_form() -> None:
    assert "LK-E001" in {i.rule for i in lc.validate_claim(["C79.9", "C80.0"]).issues}
    assert "LK-E001" not in {i.rule for i in lc.validate_claim(["C79.9", "C80.2"]).issues}
    assert "LK-E001" in {i.rule for i in lc.validate_claim(["O9A.112", "Z34.00"]).issues}
    # A specified adverse effect is excluded from T88.7, not every disease.
    (issue,) = (i for i in lc.validate_claim(["C92.00", "T88.7XXA"]).issues if i.rule == "LK-E001")
    assert issue.severity == "info"


def test_the_notes_are_those_of_the_date() -> None:
    # Leukopenia and neutropenia: Excludes1 until FY2025, Excludes2 from FY2026 on.
    before = lc.validate_claim(["D70.9", "D72.819"], on="2025-09-30")
    after = lc.validate_claim(["D70.9", "D72.819"], on="2025-10-01")
    assert "LK-E001" in {issue.rule for issue in before.issues}
    assert {issue.rule for issue in after.issues} == {"LK-E002"}


def test_unrelated_conditions_by_pair() -> None:
    codes = ["C91.10", "D72.829", "D72.819"]
    assert len([i for i in lc.validate_claim(codes).issues if i.rule == "LK-E001"]) == 2
    result = lc.validate_claim(codes, unrelated=[("d72829", "C9110")])
    assert [i.codes for i in result.issues if i.rule == "LK-E001"] == [("C91.10", "D72.819")]
    assert lc.validate_claim(codes, unrelated=[("C91", "D72.8-")])


def test_excludes2_is_information() -> None:
    for other in ("C46.3", "C77.0", "C79.52", "C78.89"):
        (issue,) = (i for i in lc.validate_claim(["C91.10", other]).issues if i.rule.startswith("LK-E"))
        assert (issue.rule, issue.severity, issue.codes) == ("LK-E002", "info", ("C91.10", other))
        assert "Excludes2 note at C81-C96" in issue.source


def test_sequence_notes_about_a_leukemia_are_those_of_the_table_both_ways() -> None:
    kinds = {"codeFirst": "code_first", "codeAlso": "code_also"}
    wanted = {
        (row["owner_code"], kinds[row["note_type"]], row["note_text"])
        for row in _rows(ROOT / "tests" / "data" / "edges_fy2026.tsv")
        if row["note_type"] in kinds
    }
    found = {
        (note.owner, note.kind, note.text)
        for note in edges().notes
        if note.kind in kinds.values()
        and "FY2026" in note.releases
        and (
            note.owner[:3] in {"C91", "C92", "C93", "C94", "C95"}
            or any(covered(ref) & CORE for ref in note.refs)
        )
    }
    # The one note in prose that is read as naming all neoplasms: the table has none without a code.
    assert found - wanted == {("D70.1", "code_also", "underlying neoplasm")}
    assert wanted <= found


@pytest.mark.parametrize(
    "row",
    [
        row
        for row in _rows(ROOT / "tests" / "data" / "edges_fy2026.tsv")
        if row["note_type"] == "codeFirst" and not row["note_text"].startswith(", if applicable")
    ],
    ids=lambda row: row["owner_code"],
)
def test_each_code_first_row_is_kept_and_broken(row: dict[str, str]) -> None:
    owner = min(covered(row["owner_code"]), default=row["owner_code"])
    leukemia = min(covered(row["referenced_codes"]) & CORE)
    first = {issue.rule: issue for issue in lc.validate_claim([owner, leukemia], on="2026-04-01").issues}
    assert first["LK-Q004"].severity == "error"
    after = {issue.rule for issue in lc.validate_claim([leukemia, owner], on="2026-04-01").issues}
    assert not after & {"LK-Q001", "LK-Q004", "LK-Q005"}
