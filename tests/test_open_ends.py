"""Laws of what stands around a name: texts cut off, statuses denied afterwards, an earlier disease."""

from __future__ import annotations

import re

import pytest

import leukcodes as lc
from leukcodes.models import Outcome, Severity

TITLES = [
    concept.title
    for family in ("C90.1", "C91", "C92", "C93", "C94", "C95")
    for concept in lc.expand(family, billable=True)
]
NAMED = ["AML", "CLL", "hairy cell leukemia", "acute monocytic leukemia", "plasma cell leukemia"]
ACHIEVED = [
    "remission not {}",
    "remission was not {}",
    "remission was never {}",
    "remission has not been {}",
    "complete remission wasn't {}",
    "CR not yet {}",
    "CR1 was never {}",
]


def coded(text: str) -> str | None:
    found = lc.resolve(text)
    return str(found.code) if found.outcome is Outcome.CODED else None


@pytest.mark.parametrize("title", [title for title in TITLES if re.search(r",? in re\w+$", title)])
def test_a_title_cut_within_its_status_is_never_coded_otherwise(title: str) -> None:
    whole = coded(title)
    assert whole is not None
    for written in (title, title.upper()):
        for end in range(written.lower().rindex(" in re") + 3, len(written)):
            assert coded(written[:end].rstrip()) in (None, whole), written[:end]


@pytest.mark.parametrize("detail", ["11q23-abnormality", "multilineage dysplasia"])
def test_a_title_cut_after_with_is_not_the_leukemia_without(detail: str) -> None:
    name = "Acute myeloid leukemia with"
    whole = f"{name} {detail} not"
    for written in (whole, whole.upper()):
        for end in range(len(name), len(whole)):
            assert coded(written[:end].rstrip()) != "C92.00", written[:end]


@pytest.mark.parametrize("text", ["leukemia T and", "leukemia T or", "AML, i"])
def test_a_text_cut_within_a_name_or_a_status_is_asked_about(text: str) -> None:
    assert lc.resolve(text).outcome is Outcome.REVIEW


@pytest.mark.parametrize("text", ["Acute myelom", "CHRONIC MYELOMO", "Juvenile myelomo", "Acute panmyelo"])
def test_the_beginning_of_a_longer_word_is_no_typing_error(text: str) -> None:
    assert coded(text) is None


@pytest.mark.parametrize("verb", ["reached", "obtained", "attained", "achieved", "confirmed", "documented"])
@pytest.mark.parametrize("frame", ACHIEVED)
def test_a_remission_denied_afterwards_is_none(frame: str, verb: str) -> None:
    for name in NAMED:
        for join in (" ", ", ", "; ", ". "):
            text = f"{name}{join}{frame.format(verb)}"
            answer = coded(text)
            assert answer is None or answer.endswith("0"), text


@pytest.mark.parametrize(
    "denial", ["never occurred", "was not found", "has not occurred", "not seen", "ruled out"]
)
def test_a_relapse_denied_afterwards_is_asked_about(denial: str) -> None:
    for name in NAMED:
        found = lc.resolve(f"{name} relapse {denial}")
        assert found.outcome is Outcome.REVIEW, name
        assert any(str(each.code).endswith("1") for each in found.candidates)


@pytest.mark.parametrize("care", ["not on treatment", "not yet on maintenance", "not transfusion dependent"])
def test_what_is_not_done_in_remission_does_not_deny_it(care: str) -> None:
    assert coded(f"AML in remission {care}") == "C92.01"


def test_a_verb_nobody_knows_may_deny_a_remission() -> None:
    assert coded("AML in remission was not appreciated") is None
    assert coded("AML in remission was not Smith") == "C92.01"


@pytest.mark.parametrize("before", ["history of MDS", "prior MDS", "h/o MDS", "previous MDS"])
def test_an_earlier_mds_counts_wherever_it_stands(before: str) -> None:
    texts = (f"AML, {before}", f"{before}, now AML", f"{before}; AML", f"{before}. AML")
    assert [coded(text) for text in texts] == ["C92.A0"] * 4
    assert coded(f"{before}. Now in CR1 of AML") == "C92.A1"


@pytest.mark.parametrize("name", ["AML", "CLL", "APL", "HCL", "TAM", "ALL", "PV"])
@pytest.mark.parametrize("dose", ["20 mg daily", "5 mg", "2 tablets"])
def test_what_has_a_dose_is_a_drug(name: str, dose: str) -> None:
    assert lc.resolve(f"{name} {dose}").outcome is Outcome.NONE


@pytest.mark.parametrize("word", ["likely", "probably", "possibly", "presumably"])
@pytest.mark.parametrize("adjective", ["acute", "chronic", "myeloid", "lymphocytic"])
def test_a_doubtful_adjective_leaves_the_name_open(word: str, adjective: str) -> None:
    assert lc.resolve(f"leukemia, {word} {adjective}").outcome is Outcome.REVIEW


@pytest.mark.parametrize("text", ["Patient has aml", "acute cll", "HCL and melanoma in situ", "kidney: AML"])
def test_letters_passed_over_are_pointed_at(text: str) -> None:
    found = lc.resolve(text)
    assert found.outcome is Outcome.NONE
    (issue,) = found.issues
    assert (issue.rule, issue.severity) == ("LK-M002", Severity.INFO)
    assert [text[span.start : span.end].upper() in {"AML", "CLL", "HCL"} for span in issue.spans] == [True]


@pytest.mark.parametrize("text", ["ALL labs normal", "essential hypertension", "leukemia panel"])
def test_other_words_are_passed_over_in_silence(text: str) -> None:
    assert lc.resolve(text).issues == ()


@pytest.mark.parametrize("other", ["chronic kidney disease stage 3", "renal failure", "acute kidney injury"])
def test_a_failing_kidney_is_not_a_tumor_of_it(other: str) -> None:
    assert coded(f"AML, {other}") == coded(f"{other}; AML") == "C92.00"
    assert coded("kidney stone; AML in remission") == "C92.01"
    assert coded("kidney lesion; AML") is None


@pytest.mark.parametrize("word", ["prior", "previous", "prev", "prev.", "former"])
@pytest.mark.parametrize("status", ["relapse", "remission", "CR"])
def test_a_status_that_was_is_asked_about(word: str, status: str) -> None:
    for name in NAMED:
        assert lc.resolve(f"{name}, {word} {status}").outcome is Outcome.REVIEW
        assert lc.resolve(f"{name} with {word} {status}").outcome is Outcome.REVIEW
    assert coded(f"AML, {word} relapse, now in remission") == "C92.01"


@pytest.mark.parametrize("kin", ["grandson", "granddaughter", "grandpa", "niece", "nephew", "mum", "twin"])
@pytest.mark.parametrize("frame", ["{} has AML", "{} diagnosed with AML", "AML in {}", "AML in his {}"])
def test_a_relative_by_any_name_has_the_disease_and_the_patient_not(kin: str, frame: str) -> None:
    for text in (frame.format(kin), frame.format(kin).capitalize().replace("aml", "AML")):
        assert coded(text.replace("Aml", "AML")) == "Z80.6", text


@pytest.mark.parametrize("person", ["landlord", "gardener", "fiancee", "roommate", "lodger"])
def test_a_disease_in_somebody_else_is_not_coded(person: str) -> None:
    for name in NAMED:
        assert coded(f"{name} in her {person}") is None
        assert coded(f"{person} diagnosed with {name}") is None


@pytest.mark.parametrize("gene", ["KMT2A", "PML-RARA", "inv(16)", "t(8;21)", "CBFB"])
@pytest.mark.parametrize(
    "state", ["not rearranged", "not detected", "FISH pending", "pending", "PCR awaited"]
)
def test_a_gene_not_found_or_not_known_yet_gives_no_class(gene: str, state: str) -> None:
    assert coded(f"AML, {gene} {state}") in (None, "C92.00")


@pytest.mark.parametrize("drug", ["imatinib", "dasatinib", "nilotinib", "ponatinib"])
def test_a_marker_gone_under_treatment_does_not_name_another_leukemia(drug: str) -> None:
    found = lc.resolve(f"CML on {drug}, BCR-ABL negative")
    assert found.outcome is Outcome.REVIEW
    assert {str(each.code)[:5] for each in found.candidates} == {"C92.1", "C92.2"}
    assert coded(f"atypical CML, BCR-ABL negative, {drug} stopped") == "C92.20"


@pytest.mark.parametrize("count", ["relapses: 0", "relapse x0", "relapses = 0", "relapse: 3"])
def test_relapses_counted_are_no_relapse_now(count: str) -> None:
    assert coded(f"AML, {count}") is None
    assert coded("AML, relapse: 2021") == "C92.02"


@pytest.mark.parametrize("thing", ["clinic", "sample", "protocol", "trial", "xyzzy"])
def test_a_relapse_that_only_names_a_thing_is_not_told(thing: str) -> None:
    assert coded(f"AML, relapse {thing}") in (None, "C92.00")


def test_an_adjective_of_what_cannot_be_read_is_not_of_the_leukemia() -> None:
    for cells in ("plasma cell", "mast cell", "hairy cell"):
        assert coded(f"leukemia with {cells} infiltrate") in (None, "C95.90")


def test_a_code_alone_is_its_own_candidate() -> None:
    found = lc.resolve("C9010")
    assert [each.code for each in found.candidates] == [found.code]
