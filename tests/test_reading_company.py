"""Whose disease it is, and what a status or an acuity is weighed against: the same law for many diseases."""

from __future__ import annotations

import pytest

import leukcodes as lc
from leukcodes import ContextKind, DiseaseStatus, Outcome

DISEASES = {"AML": "C92.0", "ALL": "C91.0", "CLL": "C91.1", "hairy cell leukemia": "C91.4", "AMKL": "C94.2"}
# Names that have no other meaning, and so need no company.
PLAIN = [name for name in DISEASES if name != "ALL"]
RELATIVES = ["son", "daughter", "sibling", "spouse", "aunt", "nephew", "mother", "coworker", "fiance"]


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("relative", RELATIVES)
@pytest.mark.parametrize("whose", ["patient with {}", "a pt with {}", "{} patient", "a 5 yo patient with {}"])
def test_the_disease_of_the_one_whose_relative_it_is_is_not_coded(
    relative: str, whose: str, disease: str
) -> None:
    found = lc.resolve(f"{relative} of {whose.format(disease)}")
    assert found.outcome is Outcome.NONE
    assert found.code is None
    assert found.context.kinds == (ContextKind.OTHER_PERSON,)


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize(
    "told",
    [
        "54 yo mother of two with newly diagnosed {}",
        "68M father of 3 with {}",
        "54F, mother of 4, {}",
        "mother of three children, {}",
        "mother of three. {}",
    ],
)
def test_who_is_told_by_the_number_of_children_is_the_patient(told: str, disease: str) -> None:
    found = lc.resolve(told.format(disease))
    assert found.outcome is Outcome.CODED
    assert found.family.code == DISEASES[disease]


@pytest.mark.parametrize(
    "told",
    [
        "mother of 3 with {}",
        "mother of 3 yo with {}",
        "mother of 3 children with {}",
        "mother of a 3-year-old with {}",
    ],
)
def test_what_may_be_an_age_is_no_number_of_children(told: str) -> None:
    assert lc.resolve(told.format("ALL")).outcome is Outcome.NONE


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("status", ["relapse", "in relapse", "remission", "in remission"])
@pytest.mark.parametrize(
    "other", ["vs infection", "versus reactive changes", "or nonadherence", "vs. regenerating marrow", "vs"]
)
def test_a_status_weighed_against_what_is_none_is_asked_about(disease: str, status: str, other: str) -> None:
    found = lc.resolve(f"{disease} {status} {other}")
    assert found.outcome is Outcome.REVIEW
    assert found.code is None


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("other", ["GVHD", "infection", "reactive changes", "pneumonia"])
def test_so_it_is_where_the_other_stands_first(disease: str, other: str) -> None:
    assert lc.resolve(f"{disease}, {other} vs relapse").outcome is Outcome.REVIEW


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("AML in first or second remission", DiseaseStatus.IN_REMISSION),
        ("AML relapsed or refractory", DiseaseStatus.IN_RELAPSE),
        ("AML in CR or CRi", DiseaseStatus.IN_REMISSION),
        ("AML in remission without fever or infection", DiseaseStatus.IN_REMISSION),
    ],
)
def test_two_names_of_one_status_are_no_choice(text: str, status: DiseaseStatus) -> None:
    assert lc.resolve(text).status.value is status


@pytest.mark.parametrize(
    "kind", ["leukemia", "myeloid leukemia", "lymphocytic leukemia", "myelomonocytic leukemia"]
)
@pytest.mark.parametrize("joint", ["acute on chronic", "acute-on-chronic", "acute upon chronic"])
def test_acute_on_chronic_leukemia_is_asked_about(joint: str, kind: str) -> None:
    found = lc.resolve(f"{joint} {kind}")
    assert found.outcome is Outcome.REVIEW
    one_of = {lc.resolve(f"{acuity} {kind}").code for acuity in ("acute", "chronic")}
    assert one_of <= {candidate.code for candidate in found.candidates}


@pytest.mark.parametrize(
    "text", ["CLL with acute on chronic kidney disease", "acute on chronic renal failure, CLL"]
)
def test_acute_on_chronic_of_another_disease_is_not_of_the_leukemia(text: str) -> None:
    assert lc.resolve(text).code == "C91.10"


@pytest.mark.parametrize("disease", ["AML", "ALL", "CLL", "AMKL"])
@pytest.mark.parametrize(
    "text",
    [
        "leukemia (mother: {})",
        "leukemia. Mother had {}",
        "mother: {}. leukemia",
        "leukemia, screening for {}",
    ],
)
def test_another_persons_disease_does_not_say_which_leukemia_it_is(text: str, disease: str) -> None:
    assert lc.resolve(text.format(disease)).family.code == "C95.9"


@pytest.mark.parametrize("kind", ["Hodgkin lymphoma", "follicular lymphoma"])
def test_nor_which_lymphoma(kind: str) -> None:
    assert lc.resolve(f"lymphoma; mother had {kind}").family.code == "C85.9"


@pytest.mark.parametrize("disease", ["AML", "CLL", "hairy cell leukemia"])
@pytest.mark.parametrize(
    "text",
    ["{} (ALL ruled out)", "{} - ALL excluded", "{} (no ALL)", "{} [ALL ruled out]", "{} (CML excluded)"],
)
def test_what_is_denied_in_parentheses_leaves_the_disease_before_them(text: str, disease: str) -> None:
    assert lc.resolve(text.format(disease)).family.code == DISEASES[disease]


@pytest.mark.parametrize(
    "text",
    [
        "AML (acute myeloid leukemia) ruled out",
        "acute myeloid leukemia (AML ruled out)",
        "AML (ALL) ruled out",
    ],
)
def test_what_is_denied_of_both_names_is_none(text: str) -> None:
    assert lc.resolve(text).outcome is Outcome.NONE


@pytest.mark.parametrize("disease", ["AML", "CLL", "AMKL"])
@pytest.mark.parametrize("other", ["Hodgkin", "Burkitt", "Hodgkins"])
@pytest.mark.parametrize("status", ["in remission", "relapse"])
@pytest.mark.parametrize("mark", [";", ",", "."])
def test_a_status_of_what_was_half_read_is_asked_about(
    disease: str, other: str, status: str, mark: str
) -> None:
    assert lc.resolve(f"{other} {status}{mark} {disease}").outcome is Outcome.REVIEW


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize(
    "text", ["{} - Inactive", "{} (historical)", "historical {}", "{}, inactive disease"]
)
def test_a_disease_that_is_inactive_or_historical_is_asked_about(disease: str, text: str) -> None:
    assert lc.resolve(text.format(disease)).outcome is Outcome.REVIEW


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize(
    "status",
    [
        "out of CR1",
        "lost CR2",
        "out of first remission",
        "remission failed",
        "CR1 lost",
        "in CR before relapse",
        "in CR prior to relapse",
        "TFR failed",
        "failed TFR",
    ],
)
def test_a_remission_that_was_left_is_asked_about(disease: str, status: str) -> None:
    found = lc.resolve(f"{disease} {status}")
    assert found.outcome is Outcome.REVIEW
    assert f"{DISEASES[disease]}2" in [candidate.code for candidate in found.candidates]


@pytest.mark.parametrize(
    "text",
    ["AML failed induction, now in CR", "AML failed 7+3, CR after FLAG", "AML in remission over 2 yrs"],
)
def test_what_else_failed_or_is_over_leaves_the_remission(text: str) -> None:
    assert lc.resolve(text).code == "C92.01"


def test_what_is_treated_as_a_disease_is_uncertain() -> None:
    found = lc.resolve("treat as APL")
    assert found.outcome is Outcome.REVIEW
    assert [issue.rule for issue in found.issues] == ["LK-C001"]


@pytest.mark.parametrize("disease", ["CLL", "CML", "JMML", "CMML", "plasma cell leukemia", "AML"])
@pytest.mark.parametrize(
    "text",
    [
        "{} vs infection",
        "{} versus Noonan",
        "reactive vs {}",
        "Noonan or {}",
        "{} or mono",
        "{} vs",
        "{} vs leukemoid reaction",
    ],
)
def test_a_disease_weighed_against_anything_else_is_asked_about(text: str, disease: str) -> None:
    found = lc.resolve(text.format(disease))
    assert found.outcome is Outcome.REVIEW
    assert found.code is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("AML in remission vs. infection. CLL", None),
        ("CLL; infection vs GVHD", "C91.10"),
        ("CLL. reactive vs infection", "C91.10"),
        ("AML with fever, infection vs tumor", "C92.00"),
    ],
)
def test_what_is_weighed_elsewhere_leaves_the_disease(text: str, code: str | None) -> None:
    assert lc.resolve(text).code == code


def test_a_relapse_outside_the_marrow_beside_a_remission_in_it_is_asked_about() -> None:
    for text in ("AML isolated CNS relapse, marrow in remission", "AML marrow remission, CNS relapse"):
        assert lc.resolve(text).outcome is Outcome.REVIEW
    assert lc.resolve("AML, bone marrow in remission").code == "C92.01"


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize(
    "text", ["{}: -", "{}:-", "{} - error", "healthy sibling, donor for {} patient", "{}: -\nother: none"]
)
def test_an_empty_field_an_error_and_who_is_donated_to_are_asked_about(text: str, disease: str) -> None:
    assert lc.resolve(text.format(disease)).outcome is Outcome.REVIEW


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("text", ["{} mother", "{} father", "{}, sibling", "mother known {}", "{} (aunt)"])
def test_a_relative_right_after_the_disease_has_it(text: str, disease: str) -> None:
    found = lc.resolve(text.format(disease))
    assert found.context.kinds == (ContextKind.FAMILY,)
    assert found.code == "Z80.6"


@pytest.mark.parametrize("text", ["AML discussed with mother", "AML here with son", "AML brother donor"])
def test_a_relative_of_whom_something_else_is_told_has_it_not(text: str) -> None:
    assert lc.resolve(text).family.code == "C92.0"


@pytest.mark.parametrize(
    "drug", ["blina", "vidaza", "ATO", "mylotarg", "ara-C", "nilo", "hyper-CVAD", "CLAG-M"]
)
def test_a_drug_beside_a_status_leaves_it(drug: str) -> None:
    assert lc.resolve(f"ALL on {drug}, relapsed").code == "C91.02"
    assert lc.resolve(f"ALL post-{drug} CR").code == "C91.01"
    assert lc.resolve(f"ALL post-{drug} MRD neg").outcome is Outcome.REVIEW


@pytest.mark.parametrize("response", ["CHR", "CCyR", "MMR", "DMR", "cytogenetic response"])
@pytest.mark.parametrize("lost", ["lost {}", "loss of {}"])
def test_a_response_that_was_lost_is_asked_about(lost: str, response: str) -> None:
    found = lc.resolve(f"CML, {lost.format(response)}")
    assert [candidate.code for candidate in found.candidates] == ["C92.12", "C92.10"]
    assert found.outcome is Outcome.REVIEW


@pytest.mark.parametrize("text", ["AML h/o 2019", "AML, h/o 2019", "AML h/o"])
def test_history_behind_the_disease_is_asked_about_with_its_year_too(text: str) -> None:
    assert lc.resolve(text).outcome is Outcome.REVIEW


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("kin", ["brother", "sister", "mother", "father", "son", "daughter"])
def test_a_relative_in_law_is_no_family_history(kin: str, disease: str) -> None:
    for text in (
        f"my {kin}-in-law's {disease}",
        f"{kin} in law with {disease}",
        f"FHx: {kin}-in-law {disease}",
    ):
        assert lc.resolve(text).context.kinds[:1] == (ContextKind.OTHER_PERSON,), text
        assert lc.resolve(text).outcome is Outcome.NONE, text


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("text", ["{}; mother", "{}. Mother", "no - {}", "{} in remission; possible"])
def test_a_word_alone_in_its_clause_leaves_a_question(text: str, disease: str) -> None:
    assert lc.resolve(text.format(disease)).outcome is Outcome.REVIEW


@pytest.mark.parametrize("other", ["asthma", "hypertension", "diabetes"])
@pytest.mark.parametrize("name", ["ALL", "APL", "HCL"])
@pytest.mark.parametrize(
    "frame", ["{other}, {name}", "PMHx: {name} (2001), {other}", "{other}, {name}, gout"]
)
def test_an_abbreviation_in_a_list_of_diseases_is_asked_about(frame: str, name: str, other: str) -> None:
    found = lc.resolve(frame.format(name=name, other=other))
    assert found.outcome is Outcome.REVIEW
    assert "LK-M002" in {issue.rule for issue in found.issues}
    assert found.family.code is None


@pytest.mark.parametrize("text", ["{name} reviewed, {other}", "{other}; {name} labs normal"])
def test_among_other_words_it_is_none(text: str) -> None:
    assert lc.resolve(text.format(name="ALL", other="asthma")).outcome is Outcome.NONE


@pytest.mark.parametrize(
    "text",
    ["Chronic leg lymphedema (CLL), bilat", "anterior leg laceration (ALL)", "adult language lesson (ALL)"],
)
def test_an_expansion_with_a_word_of_the_disease_is_another_thing_all_the_same(text: str) -> None:
    assert lc.resolve(text).outcome is Outcome.NONE


def test_a_name_that_settles_another_is_no_second_disease() -> None:
    assert lc.resolve("AMKL (ML-DS)").code == lc.resolve("ML-DS, AMKL").code == "C94.20"


@pytest.mark.parametrize("code", ["206.00", "205.02"])
@pytest.mark.parametrize("status", ["in relapse", "relapsed", "in remission"])
def test_a_code_of_icd9_beside_a_status_is_a_question(code: str, status: str) -> None:
    found = lc.resolve(f"{code} {status}")
    assert found.outcome is Outcome.REVIEW
    assert [issue.rule for issue in found.issues] == ["LK-S007"]


@pytest.mark.parametrize("disease", PLAIN)
@pytest.mark.parametrize(
    "word", ["dismissed", "disputed", "rescinded", "hypothesized", "was retracted", "has been voided"]
)
def test_an_unread_word_that_says_what_became_of_a_disease_is_asked_about(word: str, disease: str) -> None:
    for text in (f"{disease} {word}", f"{disease} - {word}"):
        found = lc.resolve(text)
        assert found.outcome is Outcome.REVIEW, text
        assert "LK-M005" in {issue.rule for issue in found.issues}, text


@pytest.mark.parametrize("disease", PLAIN)
@pytest.mark.parametrize(
    "text",
    ["疑似{}", "{}疑い", "{} の疑い", "нет {}", "{} исключен", "{}, 完全缓解", "{} 의심", "подозрение на {}"],
)
def test_letters_of_another_script_are_unread_words(text: str, disease: str) -> None:
    assert lc.resolve(text.format(disease)).outcome is Outcome.REVIEW


@pytest.mark.parametrize("text", ["{} 🎗", "★ {}", "{} ½ dose", "{} • day 3", "{}, 5 µg", "β-thal, {}"])
def test_other_signs_are_none(text: str) -> None:
    assert lc.resolve(text.format("AML")).code == "C92.00"


REASONS = [
    "by biopsy",
    "on bone marrow biopsy",
    "due to low counts",
    "after review",
    "based on CBC",
    "as cause of anemia",
]


@pytest.mark.parametrize("disease", PLAIN)
@pytest.mark.parametrize("reason", REASONS)
def test_a_cue_that_goes_on_to_its_reason_keeps_its_disease(reason: str, disease: str) -> None:
    for denied in ("ruled out", "excluded", "unlikely"):
        assert lc.resolve(f"{disease} {denied} {reason}").outcome is Outcome.NONE, denied
    for doubted in ("suspected", "likely", "possible"):
        assert lc.resolve(f"{disease} {doubted} {reason}").outcome is Outcome.REVIEW, doubted
        assert lc.resolve(f"{disease} in relapse {doubted} {reason}").outcome is Outcome.REVIEW, doubted
        assert lc.resolve(f"{disease} remission {doubted} {reason}").outcome is Outcome.REVIEW, doubted


@pytest.mark.parametrize("care", ["on treatment", "by choice", "with fever"])
def test_what_is_not_done_denies_nothing(care: str) -> None:
    assert lc.resolve(f"AML in remission, not {care}").code == "C92.01"


@pytest.mark.parametrize(
    ("sign", "outcome"), [("≠", Outcome.NONE), ("¬", Outcome.NONE), ("□", Outcome.REVIEW)]
)
def test_signs_that_deny_are_read(sign: str, outcome: Outcome) -> None:
    assert lc.resolve(f"{sign} AML").outcome is outcome


@pytest.mark.parametrize("mark", ["-ve", "–ve", "\u2212ve", "(-)"])
def test_a_minus_behind_a_disease_is_asked_about(mark: str) -> None:
    assert lc.resolve(f"AML {mark}").outcome is Outcome.REVIEW
    assert lc.resolve(f"AML, HIV{mark}").code == "C92.00"


@pytest.mark.parametrize("disease", ["CLL", "AML", "hairy cell leukemia"])
@pytest.mark.parametrize(
    "other",
    [
        "breast cancer",
        "kidney stones",
        "lung nodules",
        "bladder cancer",
        "liver abscess",
        "head and neck cancer",
    ],
)
@pytest.mark.parametrize(
    "frame",
    ["{disease} with recurrent {other}", "{disease}, relapsed {other}", "{disease}; recurrent {other}"],
)
def test_a_relapse_of_an_organs_disease_is_not_the_leukemias(frame: str, other: str, disease: str) -> None:
    found = lc.resolve(frame.format(disease=disease, other=other))
    assert found.status.value is not DiseaseStatus.IN_RELAPSE
    assert lc.resolve(f"{disease}, recurrence of {other}").status.value is not DiseaseStatus.IN_RELAPSE


@pytest.mark.parametrize("disease", ["CLL", "AML", "hairy cell leukemia"])
@pytest.mark.parametrize("other", ["HCC", "MF", "PCNSL", "Hodgkin's", "HD", "malignancy"])
def test_a_status_right_behind_what_may_be_another_disease_is_asked_about(other: str, disease: str) -> None:
    for text in (
        f"{disease}, {other} in remission",
        f"{other} in remission, {disease}",
        f"{disease}, {other} in CR",
    ):
        assert lc.resolve(text).outcome is Outcome.REVIEW, text


@pytest.mark.parametrize("disease", PLAIN)
@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("Z85.6", "Z85.6"),
        ("Z80.6", "Z80.6"),
        ("C83.10", "C83.10"),
        ("D45", "D45"),
        ("V10.61", "Z85.6"),
        ("V16.6", "Z80.6"),
    ],
)
def test_a_code_of_a_history_or_another_disease_speaks_against_the_words(
    code: str, meant: str, disease: str
) -> None:
    for text in (f"{disease} {code}", f"{code} - {disease}", f"{disease} ({code})"):
        found = lc.resolve(text)
        assert found.outcome is Outcome.REVIEW, text
        assert found.issues[0].rule == "LK-M004", text
        assert meant in {candidate.code for candidate in found.candidates}, text
        assert lc.resolve(f"{text} {lc.resolve(disease).code}").outcome is (
            Outcome.REVIEW if code[0] == "V" else Outcome.CODED
        )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("personal history of leukemia Z85.6", "Z85.6"),
        ("personal history of leukemia V10.60", "Z85.6"),
        ("family history of leukemia (Z80.6)", "Z80.6"),
        ("AML arising from MDS D46.9", "C92.A0"),
        ("MDS D46.9", "D46.9"),
        ("AML, neutropenia D70.1", "C92.00"),
    ],
)
def test_a_code_of_what_the_words_say_is_no_question(text: str, code: str) -> None:
    assert lc.resolve(text).code == code


@pytest.mark.parametrize("kind", ["myeloid", "promyelocytic", "monocytic", "megakaryoblastic"])
def test_a_kind_that_is_denied_leaves_a_question(kind: str) -> None:
    found = lc.resolve(f"acute non-{kind} leukemia")
    assert found.outcome is Outcome.REVIEW
    assert {candidate.code for candidate in found.candidates} == {"C95.00"}


@pytest.mark.parametrize("list_", ["ASTHMA, GOUT", "BREAST CANCER AND PNEUMONIA", "DEPRESSION"])
def test_all_in_capitals_may_be_all_of_a_list(list_: str) -> None:
    found = lc.resolve(f"{list_}, ALL IN REMISSION")
    assert found.outcome is Outcome.REVIEW
    assert {candidate.code for candidate in found.candidates} == {"C91.01"}


@pytest.mark.parametrize("text", ["ALL IN REMISSION", "asthma, ALL in remission", "B-ALL IN REMISSION, GOUT"])
def test_elsewhere_it_is_the_leukemia(text: str) -> None:
    assert lc.resolve(text).code == "C91.01"


@pytest.mark.parametrize(
    "text", ["AML 4.2 cm", "AML 12 mm", "AML upper pole", "APL with recurrent miscarriages", "CLL ligament"]
)
def test_a_size_or_a_part_of_the_body_shows_the_other_meaning(text: str) -> None:
    assert lc.resolve(text).outcome is Outcome.NONE


@pytest.mark.parametrize(
    "text", ["AML, left leg DVT", "APL with DIC and DVT", "AML on 7+3, right chest port", "AML, bleeding"]
)
def test_what_goes_with_a_leukemia_does_not(text: str) -> None:
    assert lc.resolve(text).outcome is Outcome.CODED


@pytest.mark.parametrize("disease", PLAIN)
@pytest.mark.parametrize("doubt", ["was considered but", "suspected but", "thought possible, then"])
@pytest.mark.parametrize("denial", ["excluded", "ruled out"])
def test_a_denial_after_a_doubt_denies(denial: str, doubt: str, disease: str) -> None:
    assert lc.resolve(f"{disease} {doubt} {denial}").outcome is not Outcome.CODED


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("end", ["(lost)", "(failed)", "(not)", "- not!", "- lost"])
def test_a_remission_taken_back_is_asked_about(end: str, disease: str) -> None:
    assert lc.resolve(f"{disease} in remission {end}").outcome is Outcome.REVIEW


@pytest.mark.parametrize(
    "end", ["- no evidence of relapse", "(no relapse)", "- not on treatment", "(over 2 years)"]
)
def test_what_confirms_a_remission_leaves_it(end: str) -> None:
    assert lc.resolve(f"AML in remission {end}").code == "C92.01"


@pytest.mark.parametrize("relapse", ["Rel1 (2020)", "rel 1 2020"])
def test_a_counted_relapse_after_a_remission_is_the_status(relapse: str) -> None:
    assert lc.resolve(f"AML CR1 (2018), {relapse}").code == "C92.02"


def test_a_return_to_the_chronic_phase_is_no_relapse() -> None:
    assert (
        lc.resolve("CML returned to chronic phase").code
        == lc.resolve("CML back in chronic phase").code
        == "C92.10"
    )


@pytest.mark.parametrize("disease", PLAIN)
@pytest.mark.parametrize("frame", ["Tumor board: {} CLL", "Board: {} CLL", "Plan: {} CLL on trial"])
def test_a_status_right_behind_a_colon_speaks_of_what_follows(frame: str, disease: str) -> None:
    for status in ("R/R", "relapsed"):
        assert (
            lc.resolve(frame.replace("CLL", disease).format(status)).status.value is DiseaseStatus.IN_RELAPSE
        )


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("status", ["in remission", "in relapse", "relapsed"])
def test_a_relatives_status_is_not_the_patients(status: str, disease: str) -> None:
    for text in (f"{disease}. FH: father {disease} {status}", f"{disease}; mother with {disease} {status}"):
        found = lc.resolve(text)
        assert (found.outcome, found.status.value) == (Outcome.CODED, DiseaseStatus.NOT_IN_REMISSION), text


@pytest.mark.parametrize("name", ["APL", "ALL", "PCL"])
@pytest.mark.parametrize(
    "frame", ["Rx: tretinoin 10 mg cap #240, dx {}", "zoledronate infusion, diagnosis {}"]
)
def test_an_abbreviation_that_is_called_a_diagnosis_is_one(frame: str, name: str) -> None:
    assert lc.resolve(frame.format(name)).code == lc.resolve(f"{name} leukemia").code


@pytest.mark.parametrize("care", ["care", "treatment", "follow-up", "chemotherapy"])
def test_ongoing_care_is_no_status(care: str) -> None:
    assert lc.resolve(f"Seen for ongoing {care} of CML. In molecular remission.").code == "C92.11"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("lymphoma, Hodgkin", "C81.90"),
        ("lymphoma, follicular", "C82.90"),
        ("Lymphoma, mantle cell", "C83.10"),
    ],
)
def test_an_inverted_lymphoma_keeps_its_kind(text: str, code: str) -> None:
    assert lc.resolve(text).code == code
