from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from leukcodes.codes import IcdCode
from leukcodes.models import Severity
from leukcodes.rules import RULES, make_issue

# Typed from the rules page: ids, severities and what each is applied to, with its rulings worked in.
TABLE = Path(__file__).parent / "data" / "rules.tsv"


def _rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_registry_holds_every_rule_with_its_severity() -> None:
    expected = {row["rule"]: (row["severity"], row["applies_to"]) for row in _rows()}
    found = {rule.id: (rule.severity.value, rule.applies_to) for rule in RULES.values()}
    assert {rule: found.get(rule) for rule in expected} == expected
    # The project's own additions follow the last number of their group; no number is ever used again.
    last = {
        group: max(rule for rule in expected if rule.startswith(group)) for group in {r[:4] for r in expected}
    }
    assert all(rule > last.get(rule[:4], "") for rule in found.keys() - expected.keys())


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rule_says_what_it_finds_and_where_it_stands(rule) -> None:
    assert re.fullmatch(r"LK-[ACDEMQRSTU][0-9]{3}", rule.id)
    assert rule.summary.endswith(".")
    assert rule.source
    assert "memory" not in rule.source.lower()


def test_make_issue_takes_severity_and_source_from_the_rule() -> None:
    issue = make_issue(
        "LK-S003", "message", codes=["C94.2"], suggestions=[IcdCode("C94.20")], release="FY2027"
    )
    assert issue.severity is Severity.ERROR
    assert issue.source == RULES["LK-S003"].source
    assert (issue.codes, issue.suggestions, issue.release) == (("C94.2",), ("C94.20",), "FY2027")


def test_make_issue_takes_another_severity() -> None:
    assert make_issue("LK-S007", "message", severity=Severity.QUERY).severity is Severity.QUERY


def test_make_issue_refuses_an_unregistered_rule() -> None:
    with pytest.raises(KeyError):
        make_issue("LK-X001", "message")
