"""The registry, the pages of the rules and the table typed from the rules' specification say the same."""

from __future__ import annotations

import csv
import importlib.util
import re
import sys
import tomllib
from pathlib import Path

import pytest

import leukcodes as lc
from leukcodes.audit import check_row

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "rules"
TOLD = tomllib.loads((FOLDER / "rules.toml").read_text("utf-8"))

_spec = importlib.util.spec_from_file_location("rule_pages", ROOT / "tools" / "rule_pages.py")
assert _spec
assert _spec.loader
rule_pages = sys.modules["rule_pages"] = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(rule_pages)

CALLS = {"v": lc.validate_code, "c": lc.validate_claim, "r": lc.resolve, "x": check_row}


def test_the_pages_are_what_the_generator_writes() -> None:
    on_disk = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    assert on_disk == rule_pages.pages()


def test_there_is_one_page_a_rule_and_no_other() -> None:
    assert set(TOLD) == set(lc.RULES)
    assert {path.stem for path in FOLDER.glob("LK-*.md")} == set(lc.RULES)


def test_the_table_names_every_rule_of_the_specification_with_its_severity() -> None:
    rows = re.findall(
        r"^\| \[(LK-\w+)\]\((LK-\w+)\.md\) \| (\w+) \|",
        (FOLDER / "README.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert all(rule == page for rule, page, _ in rows)
    shown = {rule: severity for rule, _, severity in rows}
    assert set(shown) == set(lc.RULES)
    with (ROOT / "tests" / "data" / "rules.tsv").open(encoding="utf-8", newline="") as file:
        specified = {row["rule"]: row["severity"] for row in csv.DictReader(file, delimiter="\t")}
    assert {rule: shown.get(rule) for rule in specified} == specified


@pytest.mark.parametrize("rule", TOLD)
def test_the_examples_break_the_rule_and_keep_it(rule: str) -> None:
    assert rule in _reported(TOLD[rule]["fails"])
    assert rule not in _reported(TOLD[rule]["passes"])


@pytest.mark.parametrize("rule", [rule for rule in TOLD if TOLD[rule]["fails"].startswith("c(")])
def test_a_rule_of_claims_can_be_silenced_and_changed(rule: str) -> None:
    fails = TOLD[rule]["fails"].removesuffix(")")
    assert rule not in _reported(f"{fails}, ignore=[{rule!r}])")
    result = _run(f"{fails}, severity={{{rule!r}: 'query'}})")
    assert {issue.severity.value for issue in result.issues if issue.rule == rule} == {"query"}


def _reported(expression: str) -> set[str]:
    return {issue.rule for issue in _run(expression).issues}


def _run(expression: str):
    return eval(expression, dict(CALLS))
