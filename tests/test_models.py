from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from datetime import date

import pytest

import leukcodes as lc
from leukcodes import enums, models
from leukcodes.models import (
    Candidate,
    ConceptRecord,
    ContextKind,
    ContextSlot,
    DiseaseStatus,
    Evidence,
    FamilySlot,
    Issue,
    Kind,
    Mention,
    Note,
    NoteKind,
    Outcome,
    Record,
    Release,
    Resolution,
    ResolutionKind,
    Scope,
    Severity,
    Span,
    StatusBasis,
    StatusSlot,
    ValidationOutcome,
    ValidationResult,
)

CODE = lc.IcdCode("C94.22")
EVIDENCE = Evidence("AMKL", Span(9, 13), "acute megakaryoblastic leukemia", "abbreviations")
STATUS_EVIDENCE = Evidence("relapsed", Span(0, 8), "in relapse")
ISSUE = Issue(
    "LK-R004",
    Severity.INFO,
    "read by convention",
    ("C94.22",),
    (CODE,),
    "convention",
    "FY2027",
    (Span(0, 8),),
)
CONCEPT = ConceptRecord(
    code=CODE,
    title="Acute megakaryoblastic leukemia, in relapse",
    kind=Kind.CODE,
    scope=Scope.LEUKEMIA,
    billable=True,
    parent_code=lc.IcdCode("C94.2"),
    family_code=lc.IcdCode("C94.2"),
    status=DiseaseStatus.IN_RELAPSE,
    block="C81-C96",
    chapter="2",
    valid_from=date(2015, 10, 1),
    valid_to=None,
    release="FY2027",
    title_release="FY2026",
)
RESOLUTION = Resolution(
    text="relapsed AMKL",
    outcome=Outcome.CODED,
    code=CODE,
    title=CONCEPT.title,
    kind=ResolutionKind.DISEASE,
    is_leukemia=True,
    family=FamilySlot(lc.IcdCode("C94.2"), (lc.IcdCode("C94.2"),), (EVIDENCE,)),
    status=StatusSlot(DiseaseStatus.IN_RELAPSE, StatusBasis.STATED, (STATUS_EVIDENCE,)),
    context=ContextSlot((ContextKind.UNCERTAIN,), ()),
    candidates=(Candidate(CODE, CONCEPT.title, 100.0, (EVIDENCE,)),),
    issues=(ISSUE,),
    release="FY2027",
)
RECORDS: list[Record] = [
    CONCEPT,
    EVIDENCE,
    ISSUE,
    RESOLUTION,
    Mention(Span(0, 13), "relapsed AMKL", RESOLUTION),
    Note(NoteKind.EXCLUDES1, "plasma cell leukemia (C90.1-)", "C94", ("C90.1-",), "FY2026"),
    Release("FY2027", date(2026, 10, 1), date(2027, 9, 30), "FY2026", "FY2026"),
    ValidationResult("C94.22", ValidationOutcome.VALID, CODE, CONCEPT, (ISSUE,), "FY2027", date(2026, 10, 1)),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_records_come_back_from_json_and_pickle(record: Record) -> None:
    text = record.model_dump_json()
    assert type(record).model_validate_json(text) == record
    assert type(record).model_validate_json(text).model_dump_json() == text
    assert json.loads(text) == record.model_dump()
    assert pickle.loads(pickle.dumps(record)) == record
    assert copy.deepcopy(record) == record
    assert hash(copy.deepcopy(record)) == hash(record)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_records_are_frozen(record: Record) -> None:
    name = dataclasses.fields(record)[0].name  # type: ignore[arg-type] - a record is a dataclass
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(record, name, None)
    assert not hasattr(record, "__dict__")


def test_a_concept_equals_its_record() -> None:
    concept = lc.lookup("C94.22")
    assert type(ConceptRecord.model_validate_json(concept.model_dump_json())) is ConceptRecord
    assert ConceptRecord.model_validate_json(concept.model_dump_json()) == concept
    assert concept != lc.lookup("C94.21")
    assert concept != lc.lookup("C94.22", on="FY2026")
    assert concept != "C94.22"


def test_validity_is_truth() -> None:
    results = {
        outcome: ValidationResult("C94.22", outcome, CODE, None, (), "FY2027")
        for outcome in ValidationOutcome
    }
    assert [outcome for outcome, result in results.items() if result] == [ValidationOutcome.VALID]
    assert [outcome for outcome, result in results.items() if result.valid] == [ValidationOutcome.VALID]


def test_statuses_are_in_the_order_of_the_fifth_character() -> None:
    assert [status.value for status in DiseaseStatus] == ["not_in_remission", "in_remission", "in_relapse"]


def test_a_release_holds_its_first_and_last_day() -> None:
    release = Release("FY2025", date(2024, 10, 1), date(2025, 9, 30), "FY2025", "FY2025")
    days = [date(2024, 9, 30), date(2024, 10, 1), date(2025, 9, 30), date(2025, 10, 1)]
    assert [day in release for day in days] == [False, True, True, False]


def test_explanation_names_words_readings_and_issues() -> None:
    lines = RESOLUTION.explain().splitlines()
    assert lines[0].startswith("coded: C94.22 Acute megakaryoblastic leukemia")
    assert any("'relapsed'" in line and "in relapse" in line for line in lines)
    assert any("LK-R004" in line for line in lines)
    assert RESOLUTION.status_basis is StatusBasis.STATED


def test_explanation_of_an_open_question() -> None:
    review = dataclasses.replace(RESOLUTION, outcome=Outcome.REVIEW, code=None, title=None)
    lines = review.explain().splitlines()
    assert lines[0] == "review: no code given"
    assert "  candidate: C94.22 Acute megakaryoblastic leukemia, in relapse (100)" in lines
    assert Resolution("leukopenia", Outcome.NONE).explain() == "none: no code given"


def test_every_enum_is_reached_through_models() -> None:
    assert set(enums.__all__) <= set(models.__all__)
