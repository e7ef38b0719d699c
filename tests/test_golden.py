"""The golden set: strings with their right answers, each from a source (see tests/golden/README.md)."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from accuracy import Judged, measure
from scoring import GOLDEN, Row, Verdict, expects_one_code, grid, read_rows, typos

FILES = sorted(GOLDEN.glob("*.tsv"))
ONE_CODE = [path for path in FILES if path.stem in {"official", "real_terms", "terms", "written"}]
# Right, and asked though the text settles it; of rows that must be asked: asked, or settled where only the
# status was open.
RIGHT, ASKED, RIGHTLY_ASKED = 0.95, 0.03, 0.95
PAIRS, GRID = 0.97, 0.97


def share(judged: list[Judged], *verdicts: Verdict) -> float:
    return sum(item.verdict in verdicts for item in judged) / len(judged)


def check(good: bool, name: str, judged: list[Judged], *verdicts: Verdict) -> None:
    """Fail with the rows behind the figure; a traceback would bury them."""
    if good:
        return
    rows = [
        f"{item.row.text!r}: expected {item.row.expected}, got {item.answer.outcome} {item.answer.code or ''}"
        for item in judged
        if item.verdict in verdicts
    ]
    pytest.fail("\n".join([f"{name}: {len(rows)} of {len(judged)}", *rows[:60]]), pytrace=False)


@cache
def judged_in(name: str) -> list[Judged]:
    return measure(read_rows(GOLDEN / f"{name}.tsv"))


@pytest.fixture(scope="module")
def judged() -> dict[str, list[Judged]]:
    return {path.stem: judged_in(path.stem) for path in FILES}


@pytest.fixture(scope="module")
def by_kind(judged: dict[str, list[Judged]]) -> dict[str, list[Judged]]:
    kinds: dict[str, list[Judged]] = defaultdict(list)
    for items in judged.values():
        for item in items:
            kinds[item.row.kind].append(item)
    return kinds


@pytest.mark.parametrize("name", [path.stem for path in FILES])
def test_a_row_that_is_not_right_is_a_known_one(name: str) -> None:
    with (Path(__file__).parent / "data" / "golden_not_right.tsv").open(
        encoding="utf-8", newline=""
    ) as lines:
        known = {(line["text"], line["verdict"]) for line in csv.DictReader(lines, delimiter="\t")}
    new = [
        f"{item.row.text!r}: expected {item.row.expected}, got {item.answer.outcome} {item.answer.code or ''}"
        for item in judged_in(name)
        if item.verdict is not Verdict.RIGHT and (item.row.text, item.verdict.value) not in known
    ]
    if new:
        pytest.fail("\n".join(new[:60]), pytrace=False)


def test_every_row_has_its_source_and_a_known_expectation() -> None:
    for path in FILES:
        rows = read_rows(path, lenient=True)
        assert rows, path.name
        for row in rows:
            assert row.source, f"{path.name}: {row.text!r} has no source"
            for part in row.expected.split(" or "):
                known = part in {"NONE", "NOT-LEUKEMIA", "-"} or part.startswith("ASK:")
                one = expects_one_code(replace(row, expected=part))
                assert known or one, f"{path.name}: {row.text!r} expects {row.expected!r}"


@pytest.mark.parametrize("name", [path.stem for path in FILES])
def test_no_code_is_wrong(judged: dict[str, list[Judged]], name: str) -> None:
    rows = judged[name]
    check(share(rows, Verdict.WRONG) == 0, "wrong", rows, Verdict.WRONG)


def test_strings_with_one_right_code_are_coded(by_kind: dict[str, list[Judged]]) -> None:
    for kind, items in by_kind.items():
        rows = [item for item in items if expects_one_code(item.row)]
        if rows:
            check(share(rows, Verdict.RIGHT) >= RIGHT, kind, rows, Verdict.ASKED, Verdict.MISSED)
            check(share(rows, Verdict.ASKED) <= ASKED, kind, rows, Verdict.ASKED)


def test_strings_that_leave_a_question_open_are_asked(by_kind: dict[str, list[Judged]]) -> None:
    failed = (Verdict.CODED_OPEN, Verdict.ASKED_OTHER, Verdict.MISSED)
    for kind, items in by_kind.items():
        rows = [item for item in items if item.row.expected.startswith("ASK:")]
        if rows:
            check(share(rows, Verdict.RIGHT, Verdict.SETTLED) >= RIGHTLY_ASKED, kind, rows, *failed)


def test_minimal_pairs_give_each_its_own_answer(judged: dict[str, list[Judged]]) -> None:
    sides = [item.verdict in {Verdict.RIGHT, Verdict.SETTLED} for item in judged["minimal_pairs"]]
    both = [a and b for a, b in zip(sides[::2], sides[1::2], strict=True)]
    failed = set(Verdict) - {Verdict.RIGHT, Verdict.SETTLED}
    check(sum(both) / len(both) >= PAIRS, "pairs", judged["minimal_pairs"], *failed)


def test_every_official_name_of_a_leukemia_gives_its_own_code(by_kind: dict[str, list[Judged]]) -> None:
    for kind in ("official titles", "inclusion terms", "index entries"):
        rows = by_kind[kind]
        check(share(rows, Verdict.RIGHT) == 1, kind, rows, *(set(Verdict) - {Verdict.RIGHT}))


@pytest.mark.parametrize(("edits", "right", "wrong"), [(1, 0.95, 0.001), (2, 0.78, 0.005)])
def test_typing_errors_are_repaired_or_asked_about(edits: int, right: float, wrong: float) -> None:
    chance = random.Random(20_261_001)
    rows: list[Row] = []
    for path in ONE_CODE:
        for row in filter(expects_one_code, read_rows(path)):
            text = typos(row.text, edits, chance)
            if text is not None:
                rows.append(replace(row, text=text, note=row.text))
    found = measure(chance.sample(rows, min(len(rows), 2_000)))
    check(share(found, Verdict.WRONG) <= wrong, f"{edits} edits, wrong", found, Verdict.WRONG)
    check(share(found, Verdict.RIGHT) >= right, f"{edits} edits", found, Verdict.ASKED, Verdict.MISSED)


def test_every_term_takes_every_status_phrase() -> None:
    terms, phrases = read_rows(GOLDEN / "terms.tsv"), read_rows(GOLDEN / "status.tsv")
    found = measure(grid(terms, phrases, 3_000, random.Random(20_261_002)))
    failed = set(Verdict) - {Verdict.RIGHT, Verdict.SETTLED}
    check(share(found, Verdict.WRONG) == 0, "wrong", found, Verdict.WRONG)
    check(share(found, Verdict.RIGHT, Verdict.SETTLED) >= GRID, "terms x status", found, *failed)
