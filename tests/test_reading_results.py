"""Results of tests: of a gene, of the marrow, of another thing; none denies the disease that is named."""

from __future__ import annotations

import pytest

import leukcodes as lc
from leukcodes import DiseaseStatus, Outcome

NOT = DiseaseStatus.NOT_IN_REMISSION
IN = DiseaseStatus.IN_REMISSION


@pytest.mark.parametrize("name", ["AML", "CLL", "acute myeloid leukemia", "AMKL", "hairy cell leukemia"])
@pytest.mark.parametrize(
    "test", ["FISH", "NGS", "karyotype", "cytogenetics", "Coombs", "cultures", "CT head"]
)
@pytest.mark.parametrize(
    "frame", ["{name}, {test} negative", "{name} ({test} negative)", "{name}: {test} neg"]
)
def test_a_negative_test_of_another_thing_leaves_the_disease(name: str, test: str, frame: str) -> None:
    found = lc.resolve(frame.format(name=name, test=test))
    assert found.outcome is Outcome.CODED
    assert found.family.code == lc.resolve(name).family.code


@pytest.mark.parametrize("name", ["AML", "CML", "ALL", "hairy cell leukemia"])
@pytest.mark.parametrize(
    "result", ["marrow negative", "bone marrow biopsy negative", "PCR negative", "smear negative"]
)
def test_a_negative_search_for_the_disease_leaves_its_status_open(name: str, result: str) -> None:
    found = lc.resolve(f"{name}, {result}")
    assert found.outcome is Outcome.REVIEW
    assert {candidate.code[-1] for candidate in found.candidates} == {"0", "1"}
    assert "LK-R009" in {issue.rule for issue in found.issues}


@pytest.mark.parametrize("gene", ["KMT2A", "TP53", "PML-RARA", "RUNX1-RUNX1T1"])
@pytest.mark.parametrize(
    "frame",
    [
        "AML, {} FISH negative",
        "AML {} FISH negative",
        "AML, {} by FISH negative",
        "AML, {} on FISH: negative",
        "AML, {} wild type",
        "AML, {} wild-type",
        "AML with wild-type {}",
        "AML with unmutated {}",
        "AML ({} wt)",
        "{} wildtype AML",
    ],
)
def test_a_gene_that_is_unchanged_says_nothing(gene: str, frame: str) -> None:
    assert lc.resolve(frame.format(gene)).code == "C92.00"


@pytest.mark.parametrize(
    "name", ["B-PLL", "T-PLL", "hairy cell leukemia", "CML", "CMML", "AMKL", "MPAL", "B-ALL", "ATLL"]
)
@pytest.mark.parametrize(
    "gene", ["TP53", "TP53 mut", "TP53 mutated", "del(17p)", "trisomy 12", "IGHV mutated"]
)
def test_a_gene_that_decides_nothing_leaves_the_disease(name: str, gene: str) -> None:
    assert lc.resolve(f"{name}, {gene}").code == lc.resolve(name).code


def test_the_same_gene_decides_where_the_name_is_open() -> None:
    assert {c.code for c in lc.resolve("AML, TP53 mutated").candidates} == {"C92.00", "C92.A0"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("ALL CR>5y", IN),
        ("ALL CR 5 years", IN),
        ("ALL in CR x12 mo", IN),
        ("AML CR 18 months", IN),
        ("AML, CR 1.2", NOT),
        ("AML CR 1", IN),
    ],
)
def test_cr_with_a_time_is_a_remission_and_with_a_value_creatinine(text: str, status: DiseaseStatus) -> None:
    assert lc.resolve(text).status.value is status


@pytest.mark.parametrize("time", ["3 mo", "12 mo", "x12 mo", "x 6 mo"])
def test_mo_after_a_number_is_a_month_and_not_m0(time: str) -> None:
    assert lc.resolve(f"CLL {time}").code == "C91.10"


@pytest.mark.parametrize("sample", ["marrow", "biopsy", "evaluation", "workup", "labs"])
def test_what_is_done_for_a_relapse_or_a_remission_leaves_it_open(sample: str) -> None:
    relapse, remission = (lc.resolve(f"AML {status} {sample}") for status in ("relapse", "remission"))
    assert {candidate.code for candidate in relapse.candidates} == {"C92.00", "C92.01", "C92.02"}
    assert {candidate.code for candidate in remission.candidates} == {"C92.00", "C92.01"}
    assert relapse.outcome is remission.outcome is Outcome.REVIEW


@pytest.mark.parametrize(
    "told", ["achieved CR", "attained remission with FLAG-IDA", "CR achieved with FLAG", "CR reached"]
)
@pytest.mark.parametrize("before", ["refractory", "refractory to induction", "untreated"])
def test_a_remission_told_to_have_come_after_none_is_the_status(before: str, told: str) -> None:
    assert lc.resolve(f"AML {before}, {told}").code == "C92.01"


@pytest.mark.parametrize("told", ["CR", "in CR", "CR after FLAG"])
def test_a_remission_of_which_no_order_is_told_is_asked_about(told: str) -> None:
    assert {c.code for c in lc.resolve(f"AML refractory, {told}").candidates} == {"C92.00", "C92.01"}


@pytest.mark.parametrize("told", ["never achieved CR", "CR not achieved", "failed to achieve CR"])
def test_nor_is_one_that_never_came(told: str) -> None:
    assert lc.resolve(f"AML refractory, {told}").code == "C92.00"


def test_a_title_outranks_a_convention_told_later() -> None:
    assert lc.resolve("AML not in remission, achieved CR").code == "C92.00"


@pytest.mark.parametrize("name", ["AML", "CLL", "hairy cell leukemia"])
@pytest.mark.parametrize(
    "value",
    [
        "CRP 200",
        "elevated CRP",
        "ESR, CRP",
        "CCr 60",
        "CCR 55",
        "CR elevated",
        "CR clearance",
        "increased CR",
        "R/R 80",
    ],
)
def test_laboratory_values_are_no_status(name: str, value: str) -> None:
    assert lc.resolve(f"{name}, {value}").code == lc.resolve(name).code


@pytest.mark.parametrize("value", ["CRI", "CRI stage 3", "Cr 1", "cr 2", "CRH"])
def test_what_may_be_a_laboratory_value_is_asked_about(value: str) -> None:
    assert {c.code for c in lc.resolve(f"AML, {value}").candidates} == {"C92.00", "C92.01"}


@pytest.mark.parametrize("status", ["CR", "CR1", "CR 2", "CRi", "CRp", "CRh", "cr1", "in CRI", "in cr"])
def test_the_remissions_of_the_same_letters_are_read(status: str) -> None:
    assert lc.resolve(f"AML {status}").code == "C92.01"


@pytest.mark.parametrize("thing", ["hypotension", "contraindication", "neutropenia"])
def test_rel_before_another_word_is_relative(thing: str) -> None:
    assert lc.resolve(f"AML, rel {thing}").code == lc.resolve(f"AML, rel. {thing}").code == "C92.00"
    assert (
        lc.resolve("AML, rel 2020").code
        == lc.resolve("AML rel").code
        == lc.resolve("R/R AML").code
        == "C92.02"
    )


@pytest.mark.parametrize("gene", ["KMT2A", "PML-RARA"])
@pytest.mark.parametrize(
    "frame",
    [
        "{} normal",
        "{} non-rearranged",
        "{} unrearranged",
        "{} FISH normal",
        "{} inhibitor trial",
        "{} inhibitor",
    ],
)
def test_a_gene_that_is_normal_or_a_drugs_says_nothing(gene: str, frame: str) -> None:
    assert lc.resolve(f"AML, {frame.format(gene)}").code == "C92.00"


@pytest.mark.parametrize("gene", ["KMT2A", "PML-RARA"])
@pytest.mark.parametrize(
    "frame", ["await {}", "awaiting {}", "{} pending", "{} to be done", "{} FISH to be sent"]
)
def test_a_gene_that_is_not_known_yet_is_asked_about(gene: str, frame: str) -> None:
    assert lc.resolve(f"AML, {frame.format(gene)}").outcome is Outcome.REVIEW


@pytest.mark.parametrize("gone", ["BCR-ABL negative", "Ph negative", "BCR-ABL1 negative"])
@pytest.mark.parametrize(
    "frame", ["{} since 2015", "now {}", "{} 2020", "in remission, {}", "{} on treatment"]
)
def test_a_marker_that_may_be_gone_by_treatment_does_not_make_cml_atypical(frame: str, gone: str) -> None:
    found = lc.resolve(f"CML, {frame.format(gone)}")
    assert found.outcome is Outcome.REVIEW
    assert {c.code[:-1] for c in found.candidates} == {"C92.1", "C92.2"}


@pytest.mark.parametrize("gone", ["BCR-ABL negative", "Ph negative"])
def test_without_a_sign_of_treatment_it_does(gone: str) -> None:
    assert lc.resolve(f"CML, {gone}").code == lc.resolve(f"{gone} CML").code == "C92.20"


@pytest.mark.parametrize("gene", ["KMT2A", "PML-RARA"])
def test_a_gene_with_its_test_alone_is_there(gene: str) -> None:
    assert lc.resolve(f"AML, {gene} by FISH").code == lc.resolve(f"AML with {gene}").code != "C92.00"


@pytest.mark.parametrize(
    "text", ["AML remission attempted", "CML TFR eligible", "AML remission terminated", "AML CR1 candidate"]
)
def test_a_remission_that_was_only_tried_is_asked_about(text: str) -> None:
    assert lc.resolve(text).outcome is Outcome.REVIEW


def test_a_status_far_from_any_boundary_still_speaks_of_the_only_disease() -> None:
    assert lc.resolve("today " * 70 + "in remission AML").code == "C92.01"


GENES = {"PML-RARA": "C92.4", "KMT2A rearrangement": "C92.6"}


@pytest.mark.parametrize("gene", GENES)
@pytest.mark.parametrize(
    "beside",
    [
        ", normal CBC",
        ". Normal CBC.",
        ", wt 70 kg",
        " WT 70 kg",
        ", intact organs",
        " and normal CSF",
        "; normal",
    ],
)
def test_what_else_is_normal_leaves_the_gene(beside: str, gene: str) -> None:
    assert lc.resolve(f"AML with {gene}{beside}").family.code == GENES[gene]
    assert lc.resolve(f"AML with {gene}. Results pending").family.code == GENES[gene]
    assert lc.resolve(f"labs pending, AML with {gene}").family.code == GENES[gene]


def test_a_normal_karyotype_before_a_gene_is_not_the_genes() -> None:
    assert lc.resolve("AML, karyotype normal KMT2A rearranged").code != "C92.00"


@pytest.mark.parametrize("after", ["normal marrow", "rash", "fever", "platelets low"])
def test_cr_before_words_that_are_no_value_is_asked_about(after: str) -> None:
    assert {c.code for c in lc.resolve(f"AML CR {after}").candidates} == {"C92.00", "C92.01"}


def test_what_is_reached_in_another_sentence_is_not_the_remission() -> None:
    assert lc.resolve("AML refractory, CR. Reached for follow up").outcome is Outcome.REVIEW


@pytest.mark.parametrize(
    "text", ["AML in remission 漢字 疑い", "AML; 完全缓解", "AML in relapse (疑)", "疑い, AML in remission"]
)
def test_other_letters_anywhere_near_a_name_are_asked_about(text: str) -> None:
    assert lc.resolve(text).outcome is Outcome.REVIEW


@pytest.mark.parametrize("name", ["leukemia", "AML", "hairy cell leukemia"])
@pytest.mark.parametrize("sign", ["(-)", "neg", "negative"])
def test_a_denial_at_the_head_of_a_text_is_asked_about(sign: str, name: str) -> None:
    assert lc.resolve(f"{sign} {name}").outcome is Outcome.REVIEW
