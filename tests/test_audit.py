"""Rows and tables audited: what is said of a row, what an audit counts, and what its page shows."""

from __future__ import annotations

import csv
import dataclasses
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import leukcodes as lc
from leukcodes.audit import (
    Auditor,
    AuditReport,
    audit_columns,
    check_row,
    collector,
    records,
    report_html,
    tallies,
)

GOLDEN = Path(__file__).parent / "golden"
GUIDE = (Path(__file__).parents[1] / "docs" / "audit.md").read_text("utf-8")

ANY_CELL = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.floats(),
    st.integers(),
    st.dates(),
    st.lists(st.text(max_size=3), max_size=2),
    st.sampled_from(
        ["C92.01", "C92.0", "C91.11", "Z85.6", "AML", "AML in relapse", "history of CLL", "\ud800"]
    ),
)
MORE_CELLS = st.lists(st.tuples(ANY_CELL, ANY_CELL, ANY_CELL, ANY_CELL), max_size=30)


def rules(code: object, text: object, **how: object) -> set[str]:
    return {issue.rule for issue in check_row(code, text, **how).issues if issue.severity != "info"}


# one row


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        # The code says remission, the text relapse.
        ("C92.01", "AML in relapse", {"LK-T001"}),
        ("c9201", "Acute myeloblastic leukemia, in relapse", {"LK-T001"}),
        # A status that contradicts the code's counts before the precision of the disease.
        ("C92.00", "leukemia in remission", {"LK-T001"}),
        ("C91.10", "AML in remission", {"LK-T002"}),
        ("C94.20", "lymphoid leukemia in remission", {"LK-T002"}),
        ("D46.9", "AML in remission", {"LK-T009"}),
        # The text names the myeloma too.
        ("C90.00", "plasma cell leukemia in multiple myeloma", {"LK-T009"}),
        ("C92.00", "leukopenia", {"LK-T010"}),
        ("C92.00", "personal history of lymphoma", {"LK-T010"}),
        ("Z85.72", "AML in remission", {"LK-T009"}),
        ("C92.00", "myelodysplastic syndrome", {"LK-T002"}),
        # A header of another disease is wrong twice.
        ("C91.1", "AML in remission", {"LK-S003", "LK-T002"}),
        ("C92.00", "donor has leukemia", {"LK-T003"}),
        ("C92.00", "mother had leukemia", {"LK-T004"}),
        ("Z85.6", "AML in remission", {"LK-T004"}),
        ("Z85.6", "family history of leukemia", {"LK-T004"}),
        ("C92", "APL in relapse", {"LK-S003", "LK-T005"}),
        (None, "CLL in remission", {"LK-S012", "LK-T005"}),
        ("205.01", "AML in remission", {"LK-S007", "LK-T005"}),
        ("C92.01", "AML", {"LK-T006"}),
        ("C92.02", "AML", {"LK-T006"}),
        ("C92.00", "AML", {"LK-R001"}),
        ("C92.01", "APL in remission", {"LK-T007"}),
        ("C92.41", "AML in remission", {"LK-T008"}),
        ("C94.21", "myeloid leukemia in remission", {"LK-T008"}),
        ("C91.10", "history of CLL", {"LK-R005"}),
    ],
)
def test_text_and_code(code: object, text: str, expected: set[str]) -> None:
    assert rules(code, text) == expected


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("C92.01", "AML in remission"),
        ("C92.01", ""),
        ("C92.01", None),
        ("E11.9", "diabetes mellitus"),
        ("Z85.6", "no evidence of leukemia"),
        ("C90.00", "no evidence of leukemia"),  # myeloma is outside what an audit compares
        ("C82.01", "mantle cell lymphoma"),
        # The resolver codes the leukemia of the two that the words name.
        ("C83.00", "CLL/SLL in remission"),
        ("C91.11", "CLL/SLL in remission"),
        ("Z51.11", "chemotherapy for AML in remission"),
        ("Z85.6", "personal history of leukemia"),
    ],
)
def test_nothing_is_said_where_nothing_is_wrong(code: str, text: str | None) -> None:
    assert rules(code, text) == set()


def test_of_a_text_for_review_only_the_question_is_said() -> None:
    row = check_row("C92.00", "history of CLL")
    assert row.outcome == "review"
    assert [issue.rule for issue in row.issues] == ["LK-R005"]


def test_the_setting_decides_on_uncertain_texts() -> None:
    assert rules("C92.00", "possible AML") == {"LK-C001"}
    assert rules("C92.00", "possible AML", setting="outpatient") == {"LK-T003"}
    assert "LK-T003" not in rules("C92.00", "possible AML", setting="inpatient")


def test_a_code_agrees_with_its_own_title() -> None:
    for concept in lc.value_set("leukemia"):
        found = rules(concept.code, concept.title)
        assert not {rule for rule in found if rule.startswith(("LK-T", "LK-S"))}, concept


def test_another_status_never_agrees() -> None:
    for concept in lc.value_set("leukemia"):
        for other in concept.other_statuses:
            assert "LK-T001" in rules(other.code, concept.title), (other, concept)


@pytest.mark.parametrize("name", ["official", "real_terms", "status", "terms"])
def test_no_text_disagrees_with_the_code_that_its_source_gives(name: str) -> None:
    with (GOLDEN / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    pairs = [(row["expected"], row["text"]) for row in rows if lc.get(row["expected"] or "") is not None]
    assert len(pairs) > 100
    wrong = [(code, text) for code, text in pairs if {rule for rule in rules(code, text) if rule[3] == "T"}]
    assert wrong == []


# tables


def test_rows_are_judged_on_their_own_dates() -> None:
    report = audit_columns(["C86.4"] * 3, dates=["2024-09-30", date(2024, 10, 1), None])
    assert report.rows_of("LK-S008") == (2,)
    assert report.rows_of("LK-D003") == (3,)
    assert [month.month for month in report.months] == ["2024-09", "2024-10"]


def test_rows_of_a_claim_are_judged_together() -> None:
    report = audit_columns(["C91.11", "Z85.6", "C91.11", "Z85.6"], claims=["1", "1", "2", "3"])
    assert report.rows_of("LK-R003") == (1, 2)
    assert report.totals.claims == 3
    # Lines that repeat a diagnosis are no code given twice.
    assert audit_columns(["C91.11", "C91.11"], claims=[7, 7]).findings == ()


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        audit_columns(["C91.11", "C91.10"], ["CLL in remission"])


def test_numbers_of_rows_can_be_given() -> None:
    auditor = Auditor()
    auditor.add("C92.01", "AML in relapse", row=17)
    assert auditor.report().rows_of("LK-T001") == (17,)


@given(MORE_CELLS)
def test_no_cell_stops_it_and_every_row_is_counted(cells: list[tuple[object, ...]]) -> None:
    auditor = Auditor(dated=True)
    for row in cells:
        auditor.add(*row)
    totals = auditor.report().totals
    assert totals.rows == len(cells)
    assert totals.valid + totals.invalid + totals.not_checked == len(cells)
    assert totals.fix + totals.ask + totals.improve + totals.clear == len(cells)


@given(MORE_CELLS)
def test_the_report_survives_json(cells: list[tuple[object, ...]]) -> None:
    columns = list(zip(*cells, strict=True)) or [(), (), (), ()]
    report = audit_columns(*columns)
    assert AuditReport.model_validate_json(report.model_dump_json()) == report


@given(MORE_CELLS)
def test_counts_rows_and_groups_add_up(cells: list[tuple[object, ...]]) -> None:
    columns = list(zip(*cells, strict=True)) or [(), (), (), ()]
    for found in audit_columns(*columns).findings:
        assert found.count == len(found.rows) == len(set(found.rows))
        assert found.count == sum(group.count for group in found.groups) + found.more_groups
        assert list(found.rows) == sorted(found.rows)
        assert {example.row for group in found.groups for example in group.examples} <= set(found.rows)


@given(
    st.lists(st.sampled_from(["C91.11", "C92.01", "C92.02", "Z85.6", "D63.0", "Z51.11", "E11.9"]), max_size=9)
)
def test_a_row_breaks_a_rule_once_however_many_codes_of_its_claim(codes: list[str]) -> None:
    report = audit_columns(codes, claims=["A"] * len(codes))
    for found in report.findings:
        assert found.count == len(found.rows) == len(set(found.rows))
        assert found.count == sum(group.count for group in found.groups)
    errors = {
        issue.rule for issue in lc.validate_claim(dict.fromkeys(codes)).issues if issue.severity == "error"
    }
    found_rules = {found.rule for found in report.findings if found.severity == "error"}
    assert found_rules == (errors if codes else set())


def test_a_rule_with_two_severities_is_two_findings() -> None:
    report = audit_columns(["204.00", "V10.60"])
    assert [(found.rule, found.severity.value, found.rows) for found in report.findings] == [
        ("LK-S007", "error", (1,)),
        ("LK-S007", "query", (2,)),
    ]
    assert report.rows_of("LK-S007") == (1, 2)


def test_memory_is_bounded_by_kinds_and_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "_GROUPS", 5)
    monkeypatch.setattr(tallies, "_TEXTS", 30)
    monkeypatch.setattr(tallies, "_TEXTS_LISTED", 20)
    monkeypatch.setattr(collector, "_REMEMBERED", 8)
    auditor = Auditor()
    for number in range(100):
        auditor.add("C91.10", f"history of CLL seen {number % 50}")
        auditor.add(f"junk {number}")
    report = auditor.report()
    (found,) = (each for each in report.findings if each.rule == "LK-S001")
    assert (found.count, len(found.groups), found.more_groups) == (100, 5, 95)
    assert len(report.texts) == 20
    assert {text.count for text in report.texts} == {2}
    assert sum(text.count for text in report.texts) + report.more_texts == 100


# the page


def test_cells_are_shown_and_never_run() -> None:
    hostile = '<script>alert(1)</script><img src=x onerror="alert(1)">{{ 7*7 }}'
    report = audit_columns(
        [hostile, "C91.10"], [hostile, f"history of CLL {hostile}"], claims=[hostile, hostile]
    )
    page = report_html(report)
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert ">49<" not in page
    # What would turn the text around it is named.
    turned = report_html(audit_columns(["C91.10\u202e"]))
    assert "\u202e" not in turned
    assert "‹U+202E›" in turned


def test_a_share_too_small_to_round_is_not_nothing() -> None:
    codes = ["C92.01"] * 2001
    codes[7] = "C92.0"
    assert "1 of 2,001 rows (&lt;0.1%) need work." in report_html(audit_columns(codes))


def test_a_table_without_rows_or_without_findings_has_a_page() -> None:
    assert "No rows." in report_html(audit_columns([]))
    assert "Nothing to do in 1 row." in report_html(audit_columns(["C92.01"], ["AML in remission"]))


def test_the_json_twin_names_its_schema() -> None:
    twin = json.loads(audit_columns(["C92.0"]).model_dump_json())
    assert twin["schema"] == "leukcodes.audit/1"
    assert twin["findings"][0]["rows"] == [1]


# the guide


@pytest.mark.parametrize(
    "record",
    [AuditReport, *(getattr(records, name) for name in ("Totals", "Finding", "Group", "Example"))]
    + [getattr(records, name) for name in ("CodeCount", "Month", "TextCount")],
)
def test_the_guide_names_every_key_of_the_twin(record: type) -> None:
    keys = {field.name for field in dataclasses.fields(record)}
    assert {key for key in keys if f"`{key}`" not in GUIDE} == set()
