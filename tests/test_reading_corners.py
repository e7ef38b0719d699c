"""Corners of the grammar of a diagnosis, one text each; what is expected follows from what the words say."""

from __future__ import annotations

from datetime import date

import pytest

import leukcodes as lc
from leukcodes import Outcome


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # `non` denies the one word it is joined to.
        ("AML, non APL", "C92.00"),
        ("AML non BCR-ABL", "C92.00"),
        ("APL non", "C92.40"),
        # A gene that is denied leaves the disease.
        ("AML, t(15;17) negative", "C92.00"),
        ("AML with NPM1 ruled out", "C92.00"),
        # A denial ends with its sentence; a cue that opens one does not look back.
        ("no AML; CLL", "C91.10"),
        ("CLL. Ruled out: MDS", "C91.10"),
        # A status after what is denied speaks of the disease.
        ("AML (excluding APL), relapsed", "C92.02"),
        ("AML in CR1 -> relapse -> CR2", "C92.01"),
        ("AML in remission. Relapse now", "C92.02"),
        ("AML not refractory, in remission", "C92.01"),
        # In lower case an abbreviation is read where nothing else is it; `all` is a word.
        ("aml", "C92.00"),
        ("cml in remission", "C92.11"),
        # It is the patient who came back.
        ("the patient came back, AML", "C92.00"),
        ("history of AML in relapse", "C92.02"),
        ("C.L.L.", "C91.10"),
        ("+ AML", "C92.00"),
        ("AML\u2028in remission", "C92.01"),
        ("AML\u2003in\u200bremission", "C92.01"),
        ("AML\u0301 in remission", "C92.01"),
    ],
)
def test_what_is_plain_is_coded(text: str, code: str) -> None:
    assert lc.resolve(text).code == code


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        # What describes the status that is denied is denied with it.
        *(
            (f"AML not in {word} relapse", "LK-R005")
            for word in ("active", "current", "refractory", "persistent")
        ),
        ("AML never in active relapse", "LK-R005"),
        ("CLL not active remission", "LK-R005"),
        ("AML can't be ruled out", "LK-C001"),
        ("AML couldn't be excluded", "LK-C001"),
        ("AML was in remission", "LK-R005"),
        ("AML, unclear if remission or relapse achieved CR2", "LK-R005"),
        # A class is a part of the name, so that a doubt after it is of the disease.
        ("AML M2, r/o", "LK-C001"),
        ("AML-M2, possible", "LK-C001"),
        ("AML M3?", "LK-C001"),
        ("AML M2 (history)", "LK-R005"),
        # So is a gene that is doubted, which alone may tell the disease.
        ("AML with t(15;17)?", "LK-C001"),
        # The stop after a misspelt short form ends no sentence.
        ("chron. lypmh. leukemia", "LK-M005"),
        ("T-cell large gran. lypmh. leuk.", "LK-M005"),
        # An unread word joined by a slash may be another disease.
        ("leukcia/lymphoma", "LK-M005"),
        ("purpura/CLL", "LK-M005"),
        ("hairy cll leukemia", "LK-M005"),
        ("AML DVT) in relapse", "LK-M005"),
        ("HL\nCLL", "LK-M003"),
        ("AML + CLL", "LK-M004"),
        ("CML transformed to CLL", "LK-M004"),
        ("non B-cell prolymphocytic leukemia", "LK-U006"),
        ("AML, t with other dust", "LK-M003"),
    ],
)
def test_what_is_open_is_asked(text: str, rule: str) -> None:
    found = lc.resolve(text)
    assert found.outcome is Outcome.REVIEW
    assert rule in [issue.rule for issue in found.issues]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("family history of MGUS", "LK-C004"),
        ("AML in remission ruled out", "LK-C003"),
        ("AML M2, ruled out", "LK-C003"),
        ("AML M3 not found", "LK-C003"),
    ],
)
def test_what_is_not_the_patients_leukemia_is_none(text: str, rule: str) -> None:
    found = lc.resolve(text)
    assert found.outcome is Outcome.NONE
    assert [issue.rule for issue in found.issues] == [rule]


def test_all_in_lower_case_is_a_word() -> None:
    assert lc.resolve("all").outcome is Outcome.NONE
    assert lc.resolve("ALL").code == "C91.00"


def test_a_written_header_that_is_no_family_is_asked_about_and_not_offered() -> None:
    found = lc.resolve("AML (C91)")
    assert found.outcome is Outcome.REVIEW
    assert "gives the code C91, the words say C92.00" in found.issues[0].message
    assert [candidate.code for candidate in found.candidates] == ["C92.00"]


def test_a_disease_without_a_code_on_the_day_is_for_review() -> None:
    text, early = "angiofollicular lymphoid hyperplasia", date(2016, 1, 1)
    assert lc.resolve(text).code == "D47.Z2"
    found = lc.resolve(text, on=early)
    assert found.outcome is Outcome.REVIEW
    assert found.candidates == ()
    assert [issue.rule for issue in found.issues] == ["LK-S008"]


def test_codes_written_in_a_note_are_mentions_of_their_own() -> None:
    found = lc.scan("AML. Billed as C92.01, not E11.9.")
    assert [(mention.text, mention.resolution.code) for mention in found] == [
        ("AML", "C92.00"),
        ("C92.01", "C92.01"),
    ]


def test_a_name_told_again_after_another_disease_is_mentioned_where_it_first_stands() -> None:
    found = lc.scan("AML CLL AML in remission")
    assert [(mention.text, mention.span, mention.resolution.code) for mention in found] == [
        ("AML", (0, 3), "C92.01"),
        ("CLL", (4, 7), "C91.10"),
    ]


@pytest.mark.parametrize(
    "options", [{"unspecified_status": "nsos"}, {"vocabulary": "offical"}, {"setting": "inpatent"}]
)
def test_an_option_that_does_not_exist_is_an_error(options: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(options.values()))):
        lc.resolve("AML", **options)  # type: ignore[arg-type] # what a type checker would not let through


def test_wording_that_is_not_official_is_for_review_where_only_official_wording_counts() -> None:
    assert lc.resolve("relapsed AMKL").code == "C94.22"
    found = lc.resolve("relapsed AMKL", vocabulary="official")
    assert found.outcome is Outcome.REVIEW
    assert [candidate.code for candidate in found.candidates] == ["C94.22"]
    assert "LK-M006" in [issue.rule for issue in found.issues]
