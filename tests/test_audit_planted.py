"""An audit of a file with planted errors finds every one of them, on its row, and nothing else."""

from __future__ import annotations

import pytest
from planted_claims import Planted, plant

from leukcodes.audit import Auditor, AuditReport

ROWS = 200_000


@pytest.fixture(scope="module")
def planted() -> Planted:
    return plant(ROWS, seed=7)


@pytest.fixture(scope="module")
def report(planted: Planted) -> AuditReport:
    auditor = Auditor(dated=True)
    for claim, code, text, day in planted.rows:
        auditor.add(code, text, day, claim)
    return auditor.report()


def test_every_planted_error_is_found_and_no_other(planted: Planted, report: AuditReport) -> None:
    found = {finding.rule: list(finding.rows) for finding in report.findings}
    assert set(found) == set(planted.plan)
    for rule, rows in planted.plan.items():
        assert found[rule] == rows, rule
