"""What stands beside a name or a status and is no part of it: the same law for many words of a class."""

from __future__ import annotations

import pytest
from scoring import GOLDEN, Row, read_rows

import leukcodes as lc
from leukcodes import ContextKind, DiseaseStatus, Outcome
from leukcodes.text.lexicon import lexicon

DISEASES = {"AML": "C92.0", "chronic lymphocytic leukemia": "C91.1", "hairy cell leukemia": "C91.4"}
ROWS = [row for name in ("official", "minimal_pairs", "status") for row in read_rows(GOLDEN / f"{name}.tsv")]
WHOLE = ("leuk", "leuc", "lymphoma", "syndrome", "sarcoma", "myeloma", "anemia", "anaemia", "disease")
FRAMES = [
    "Seen today. {}",
    "{}. Seen today.",
    "Hypertension. {}",
    "{}; hypertension",
    "Hypertension\n{}",
    "{}\nHypertension",
    "Pneumonia, resolved. {}. Plan: follow up",
]
OTHERS = [
    "colon polyps",
    "breast cancer",
    "type 2 diabetes mellitus",
    "warm antibody AIHA",
    "cancer of the breast",
    "carcinoma of colon",
    "colon carcinoma in situ",
    "infection of the lung",
]


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("cue", ["negative for", "no history of", "no evidence of", "neither"])
def test_what_is_denied_is_denied_of_each_in_its_list(cue: str, other: str, disease: str) -> None:
    found = lc.resolve(f"{cue} {other} {'nor' if cue == 'neither' else 'or'} {disease}")
    assert (found.outcome, found.code) == (Outcome.NONE, None)
    assert ContextKind.NEGATED in found.context.kinds


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("joint", [" and ", ", "])
def test_so_is_what_runs_in_the_family(other: str, joint: str, disease: str) -> None:
    found = lc.resolve(f"family history of {other}{joint}{disease}")
    assert found.code == "Z80.6"


@pytest.mark.parametrize("disease", ["CLL", "JMML", "AML", "mast cell leukemia"])
@pytest.mark.parametrize("other", ["pneumonia", "sepsis", "infection"])
def test_the_disease_that_another_goes_with_is_not_denied(other: str, disease: str) -> None:
    for text in (f"no {other} in {disease} or MDS", f"no {other} in patient with {disease} and cough"):
        found = lc.resolve(text)
        assert ContextKind.NEGATED not in found.context.kinds


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("weighed", ["fever or cough", "pneumonia vs pneumonitis", "9 or 10 yo"])
@pytest.mark.parametrize("weak", ["asymptomatic", "stable"])
def test_what_is_weighed_before_the_statuses_weighs_nothing_of_them(
    weighed: str, weak: str, disease: str
) -> None:
    found = lc.resolve(f"{weighed}, {disease} in remission, {weak}")
    assert found.code == f"{DISEASES[disease]}1"
    assert found.status.value is DiseaseStatus.IN_REMISSION


NAMES = {
    "acute myeloid leukemia": "C92.0",
    "acute lymphoblastic leukemia": "C91.0",
    "chronic lymphocytic leukemia": "C91.1",
    "acute megakaryoblastic leukemia": "C94.2",
    "juvenile myelomonocytic leukemia": "C93.3",
    "acute promyelocytic leukemia": "C92.4",
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("end", ["\n", "-\n", " \n", "- "])
def test_a_name_goes_on_in_the_next_line(name: str, end: str) -> None:
    first, second, third = name.split()
    for text in (f"{first}{end}{second} {third}", f"{first} {second}{end}{third}"):
        for whole in (text, f"58F with {text}", f"{text}, in relapse"):
            assert lc.resolve(whole).family.code == NAMES[name]


@pytest.mark.parametrize("disease", [*DISEASES, "CML"])
@pytest.mark.parametrize(
    "drug", ["ibrutinib (BTK inhibitor)", "midostaurin (FLT3 inhibitor)", "ivosidenib, an IDH1 inhibitor"]
)
def test_a_drug_named_after_a_gene_does_not_make_the_disease_a_product(drug: str, disease: str) -> None:
    found = lc.resolve(f"{disease} on {drug}")
    assert {each.code[:5] for each in found.candidates} == {{**DISEASES, "CML": "C92.1"}[disease]}


@pytest.mark.parametrize(
    "name", ["ALL", "HCL", "CEL", "APL", "PCL", "MPN", "MDS"], ids=lambda name: f"name {name}"
)
def test_a_weak_status_is_no_company_for_an_abbreviation(name: str) -> None:
    for text in (f"{name} extremities asymptomatic", f"asymptomatic {name} anencephaly"):
        assert lc.resolve(text).outcome is Outcome.NONE


# Names that leave the family open, with the families, and wider names that say no more.
OPEN = {
    "prolymphocytic leukemia": (("C91.3", "C91.6"), ("leukemia", "lymphoid leukemia")),
    "secondary AML": (("C92.A", "C92.0"), ("leukemia", "acute leukemia", "AML", "myeloid leukemia")),
    "hairy cell leukemia variant": (("C91.4", "C91.Z"), ("leukemia", "lymphoid leukemia")),
    "acute eosinophilic leukemia": (("C94.8", "C92.Z"), ("leukemia",)),
}


@pytest.mark.parametrize("name", OPEN)
def test_a_wider_name_beside_an_open_one_is_the_same_disease(name: str) -> None:
    families, wider = OPEN[name]
    for other in wider:
        for text in (f"{name}; {other}", f"{other}. {name}"):
            found = lc.resolve(text)
            assert found.outcome is Outcome.REVIEW
            assert {code.code[:5] for code in found.candidates} == set(families)


@pytest.mark.parametrize("name", OPEN)
@pytest.mark.parametrize("other", {"CLL": "C91.1", "JMML": "C93.3"}.items())
def test_another_disease_beside_an_open_one_is_offered_too(name: str, other: tuple[str, str]) -> None:
    families, _ = OPEN[name]
    for text in (f"{name}; {other[0]}", f"{other[0]}. {name}"):
        found = lc.resolve(text)
        assert found.outcome is Outcome.REVIEW
        assert {code.code[:5] for code in found.candidates} == {other[1], *families}


@pytest.mark.parametrize(
    "told", ["{}, mother of two", "father of 3; {}", "{} father of four", "mother of 3, {}"]
)
@pytest.mark.parametrize("disease", DISEASES)
def test_children_may_be_counted_at_the_end(told: str, disease: str) -> None:
    assert lc.resolve(told.format(disease)).family.code == DISEASES[disease]


@pytest.mark.parametrize("text", ["mother of two", "father of 3", "until", "in remission until", "son of"])
def test_words_about_no_disease_are_none(text: str) -> None:
    assert lc.resolve(text).outcome is Outcome.NONE


@pytest.mark.parametrize("disease", DISEASES)
def test_a_remission_until_nobody_says_when_is_not_sure(disease: str) -> None:
    assert lc.resolve(f"{disease} in remission until").code is None


def test_every_small_word_may_begin_or_end_a_text() -> None:
    words = {word for known in lexicon().classes.values() for word in known}
    for word in sorted(words | lexicon().fillers.keys()):
        for text in (word, f"{word} AML", f"AML relapse {word}"):
            assert lc.resolve(text).text == text


@pytest.mark.parametrize("mark", ["\u0301", "\u20dd", "\u200d", "\ufe0f"])
def test_a_mark_on_a_letter_changes_no_name(mark: str) -> None:
    for name, family in {"AML": "C92.0", "CLL": "C91.1", "acute promyelocytic leukemia": "C92.4"}.items():
        assert lc.resolve(f"{name[:2]}{mark}{name[2:]} in remission").code == f"{family}1"


@pytest.mark.parametrize(
    "drug", ["Tramadol HCL 50 mg", "HCL infusion pump", "EMT transport", "TAM mammogram", "LPL deficiency"]
)
@pytest.mark.parametrize("before", ["Pneumonia, resolved.", "Rash resolved.", "Symptoms stable."])
def test_what_another_sentence_says_is_no_company(before: str, drug: str) -> None:
    assert lc.resolve(f"{before} {drug}. Plan: follow up").outcome is Outcome.NONE


@pytest.mark.parametrize("name", ["ALL", "HCL"])
def test_remission_and_relapse_are_company_from_another_sentence(name: str) -> None:
    found = lc.resolve(f"{name} with pneumonia. In relapse")
    assert found.family.code in ("C91.0", "C91.4")
    assert found.status.value is not DiseaseStatus.NOT_IN_REMISSION


@pytest.mark.parametrize("frame", FRAMES)
def test_a_sentence_about_something_else_changes_nothing(frame: str) -> None:
    for row in ROWS:
        answer, found = lc.resolve(row.text), lc.resolve(frame.format(row.text))
        assert (found.outcome, found.code) == (answer.outcome, answer.code), row.text


def is_complete(row: Row) -> bool:
    """Whether a row names its disease whole, and neither asks nor rests on what another line may tell of."""
    question = "?" in row.text or any(sign in row.text for sign in ("egative", "(-)", "ABL1-"))
    whole = any(word in row.text.lower() for word in WHOLE) or row.text.split()[0].isupper()
    return (
        whole
        and not question
        and "FAB" not in row.text
        and row.expected[:1] in "CDZ"
        and " " not in row.expected
    )


def test_nor_does_one_beside_a_name_that_people_write() -> None:
    rows = [row for name in ("written", "real_terms", "terms") for row in read_rows(GOLDEN / f"{name}.tsv")]
    for number, row in enumerate(filter(is_complete, rows)):
        frame = FRAMES[number % len(FRAMES)]
        answer, found = lc.resolve(row.text), lc.resolve(frame.format(row.text))
        assert (found.outcome, found.code) == (answer.outcome, answer.code), (row.text, frame)


# Names with a grade in figures, before a stop that begins no item of a list.
GRADED = {
    "RAEB-2": "D46.22",
    "RAEB 1": "D46.21",
    "refractory anemia with excess of blasts 2": "D46.22",
    "MDS with excess blasts-1": "D46.21",
    "acute myeloblastic leukaemia 3": "C92.40",
}


@pytest.mark.parametrize("name", GRADED)
@pytest.mark.parametrize("after", ["Seen today.", "In clinic.", "Anemia."])
def test_a_figure_before_a_stop_is_a_part_of_the_name(name: str, after: str) -> None:
    assert lc.resolve(f"{name}. {after}").code == GRADED[name]


@pytest.mark.parametrize("mark", [".", ")"])
@pytest.mark.parametrize("disease", DISEASES)
def test_figures_that_count_on_begin_the_items_of_a_list(disease: str, mark: str) -> None:
    text = f"1{mark} Pneumonia 2{mark} {disease[0].upper()}{disease[1:]} 3{mark} Depression in remission"
    assert lc.resolve(text).code == f"{DISEASES[disease]}0"


@pytest.mark.parametrize("disease", DISEASES)
def test_no_relapse_counted_is_none(disease: str) -> None:
    for text in (f"{disease} relapses: 0", f"{disease} relapses: 0. Seen today."):
        assert lc.resolve(text).code is None


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("other", ["hypertension", "sepsis", "Type 2 diabetes"])
def test_a_status_that_opens_a_sentence_speaks_of_its_disease(other: str, disease: str) -> None:
    for status, value in (("Relapsed after 6 months of remission:", "2"), ("In relapse:", "2")):
        for text in (f"{status} {disease}; {other}", f"{other}. {status} {disease}"):
            assert lc.resolve(text).code == f"{DISEASES[disease]}{value}"
    asked = lc.resolve(f"{other}. S/p allo HSCT for {disease}")
    assert asked.outcome is Outcome.REVIEW
    apart = lc.resolve(f"Hodgkin lymphoma. In remission since 2019, with {disease}")
    assert apart.code != f"{DISEASES[disease]}1"


@pytest.mark.parametrize("disease", [*DISEASES, "ALL"])
@pytest.mark.parametrize("gene", ["FLT3", "TP53", "NPM1"])
@pytest.mark.parametrize("product", ["assay", "panel"])
def test_a_test_of_a_gene_is_no_disease(product: str, gene: str, disease: str) -> None:
    assert lc.resolve(f"{disease} {gene} {product}").outcome is Outcome.NONE


@pytest.mark.parametrize(
    "text",
    [
        "T-cell acute lymphocytic leukemia protein 1 (TAL1)",
        "acute myelomonocytic arising from",
        "acute myelomonocytic, study",
        "acute monocytic tumor",
        "acute monocytic from xyzzy",
    ],
)
def test_adjectives_beside_another_thing_name_no_leukemia(text: str) -> None:
    assert lc.resolve(text).outcome is Outcome.NONE


CELLS = {"plasma cell": "C90.1", "mast cell": "C94.3", "hairy cell": "C91.4", "natural killer cell": "C94.8"}


@pytest.mark.parametrize("cell", ["plasma cell", "mast cell", "hairy cell"])
@pytest.mark.parametrize("noun", ["{} type of leukemia", "{} type leukemia", "{} variety of leukemia"])
def test_a_phrase_of_the_disease_may_stand_before_small_words(noun: str, cell: str) -> None:
    assert lc.resolve(noun.format(cell)).family.code == CELLS[cell]
    assert lc.resolve(noun.format(cell.replace(" ", ""))).family.code == CELLS[cell]


@pytest.mark.parametrize("acuity", ["acute", "chronic"])
@pytest.mark.parametrize("thing", ["left knee swelling", "pain", "pain clinic", "visit with sepsis"])
def test_the_acuity_of_another_thing_is_not_the_leukemias(thing: str, acuity: str) -> None:
    assert lc.resolve(f"leukemia, {acuity} {thing}").family.code == "C95.9"


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("status", ["recurrent", "relapsed", "refractory"])
def test_the_status_of_another_disease_with_a_letter_in_its_name_is_not_ours(
    status: str, disease: str
) -> None:
    found = lc.resolve(f"{disease} in remission; {status} C. difficile")
    assert found.code == f"{DISEASES[disease]}1"
    assert lc.resolve(f"{disease}, {status} C diff").code == f"{DISEASES[disease]}0"


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("status", ["relapsed", "in relapse"])
def test_what_a_line_of_statuses_is_cut_off_from_does_not_take_them(status: str, disease: str) -> None:
    for other in ("and sepsis", "with pneumonia", "plus cellulitis", "(sepsis)", "/ sepsis"):
        assert lc.resolve(f"{disease}, {status} {other}").code == f"{DISEASES[disease]}2"
        assert lc.resolve(f"{disease}, {status} refractory {other}").code != f"{DISEASES[disease]}0"


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("place", ["{0} {1}", "{1} {0}", "{1}-{0}", "{0}-{1}"])
def test_an_unread_word_right_beside_a_name_is_asked_about(place: str, disease: str) -> None:
    asked = lc.resolve(place.format("xyzzyd", disease))
    assert asked.code is None or "xyzzyd" not in asked.text.split()


@pytest.mark.parametrize("unread", ["xyzzy", "wibble", "frobny"])
@pytest.mark.parametrize(
    "name", ["acute {} leukemia", "{} leukemia", "leukemia {}", "acute lymphoid {} leukemia"]
)
def test_an_unread_word_within_an_unfinished_name_is_asked_about(name: str, unread: str) -> None:
    found = lc.resolve(name.format(unread))
    assert found.outcome is Outcome.REVIEW
    assert "LK-M005" in {issue.rule for issue in found.issues}


@pytest.mark.parametrize("relation", ["transformed to", "evolved into", "progressed to"])
@pytest.mark.parametrize("disease", DISEASES)
def test_words_after_another_sentence_do_not_count_for_a_relation_before(disease: str, relation: str) -> None:
    for text in ("{} {}", "{} {}; followed by xyzzy", "{} {}. Seen at Xyzzy"):
        assert lc.resolve(text.format(relation, disease)).code == f"{DISEASES[disease]}0"


@pytest.mark.parametrize("disease", DISEASES)
def test_a_question_and_its_answer_leave_the_status_open(disease: str) -> None:
    for text in ("{} in remission? no", "{} in relapse? No.", "{} in remission?", "{} relapse?"):
        assert lc.resolve(text.format(disease)).outcome is Outcome.REVIEW
    assert lc.resolve(f"{disease} remission: no").code == f"{DISEASES[disease]}0"


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("cue", ["ruled out", "excluded", "not confirmed"])
def test_a_denial_after_a_class_or_a_comma_reaches_the_name(cue: str, disease: str) -> None:
    for text in (f"{disease}, {cue}", f"{disease} - {cue}", f"{disease} ({cue})", f"{disease}: {cue}"):
        assert lc.resolve(text).code is None


BROKEN = {
    "my elogenous leukemia, acute": "C92.0",
    "acute my-\neloid leukemia": "C92.0",
    "chronic lympho cytic leukemia": "C91.1",
    "chronic lympho-cytic leukemia": "C91.1",
    "hairy cell leu kemia": "C91.4",
    "acute pro-myelocytic leukemia": "C92.4",
}


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_word_is_whole_and_is_told_of(text: str) -> None:
    found = lc.resolve(text)
    assert found.family.code == BROKEN[text]


@pytest.mark.parametrize(
    "text", ["Leu-kemia", "lympho-plasmacytic leukemia", "Chronic myelo-monocytic leukemia", "leu kemia"]
)
def test_a_word_that_is_none_without_its_hyphen_is_told_of(text: str) -> None:
    assert "LK-M001" in {issue.rule for issue in lc.resolve(text).issues}


@pytest.mark.parametrize("text", ["RAEB-t", "T-cell prolymphocytic leukemia", "BCR-ABL positive CML"])
def test_a_hyphen_between_words_is_no_misspelling(text: str) -> None:
    assert "LK-M001" not in {issue.rule for issue in lc.resolve(text).issues}


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize(
    "told",
    ["54 yo mother of two sons with {}", "54F mother of 3 children with {}", "54 yo. Mother of 2 with {}"],
)
def test_a_child_of_the_patients_is_not_the_patient(told: str, disease: str) -> None:
    found = lc.resolve(told.format(disease))
    assert (found.outcome, found.context.kinds) == (Outcome.NONE, (ContextKind.OTHER_PERSON,))


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("product", ["101 brochure", "2020 conference", "5K camp"])
def test_a_product_may_have_a_number(product: str, disease: str) -> None:
    assert lc.resolve(f"{disease} {product}").outcome is Outcome.NONE


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("status", ["in relapse", "relapsed", "relapse", "recurrence"])
def test_a_status_that_is_denied_after_a_comma_is_denied_alone(status: str, disease: str) -> None:
    for text in (f"{disease}, {status} ruled out", f"{disease}, {status}, ruled out"):
        found = lc.resolve(text)
        assert found.family.code == DISEASES[disease]
        assert [str(each.code)[-1] for each in found.candidates] == ["1", "6", "0"]


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("status", ["in remission", "in relapse"])
@pytest.mark.parametrize("joint", [" with {}, ", " with {} ", " and {}, "])
def test_a_status_after_another_disease_without_remissions_is_asked_about(
    joint: str, status: str, disease: str
) -> None:
    assert lc.resolve(f"{disease}{joint.format('DVT')}{status}").code != f"{DISEASES[disease]}0"
    assert lc.resolve(f"{disease} (with DVT) {status}").status.value is not None


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("other", ["asthma", "depression", "alcohol dependence"])
@pytest.mark.parametrize("joint", [" with ", ", ", "; ", ". "])
def test_the_remission_of_what_has_its_own_is_not_the_leukemias(joint: str, other: str, disease: str) -> None:
    found = lc.resolve(f"{disease}{joint}{other} in remission")
    assert found.code == f"{DISEASES[disease]}0"


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("word", ["xyzzy", "wibble"])
@pytest.mark.parametrize(
    "text", ["relapsed {1}; {0}", "{0} {1} relapsed", "{0}, {1} relapsed", "{0} with {1} relapsed"]
)
def test_whose_a_status_is_beside_an_unread_word_is_asked(text: str, word: str, disease: str) -> None:
    assert lc.resolve(text.format(disease, word)).outcome is Outcome.REVIEW


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("other", ["colon polyps", "sinus infections", "pneumonia"])
def test_what_recurs_by_name_is_not_the_leukemia(other: str, disease: str) -> None:
    for text in (
        f"recurrence of {other}, {disease}",
        f"recurrent {other}, {disease}",
        f"{disease}; recurrent {other}",
    ):
        assert lc.resolve(text).code == f"{DISEASES[disease]}0"
    assert lc.resolve(f"recurrence of {disease}").code == f"{DISEASES[disease]}2"
    assert lc.resolve(f"in remission from {disease}").code == f"{DISEASES[disease]}1"


# Abbreviations that alone must be asked about, beside the name that they stand for here.
SPELLED = {
    ("EMT", "myeloid sarcoma"): "C92.3",
    ("MCL", "mast cell leukemia"): "C94.3",
    ("MBL", "chronic lymphocytic leukemia"): "C91.1",
    ("PEL", "acute erythroleukemia"): "C94.0",
    ("CGL", "chronic myeloid leukemia"): "C92.1",
    ("ATL", "adult T-cell leukemia"): "C91.5",
    ("PML", "acute promyelocytic leukemia"): "C92.4",
    ("MM", "multiple myeloma"): "C90.0",
    ("WM", "Waldenstrom macroglobulinemia"): "C88.0",
}


@pytest.mark.parametrize("pair", SPELLED, ids=lambda pair: pair[0])
def test_an_abbreviation_beside_its_name_is_settled_by_it(pair: tuple[str, str]) -> None:
    short, name = pair
    for text in (f"{short} ({name})", f"{name} ({short})", f"{name}, {short}"):
        assert lc.resolve(text).family.code == SPELLED[pair]


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("other", ["hypertension", "sepsis"])
def test_a_status_before_a_comma_speaks_of_the_only_leukemia(other: str, disease: str) -> None:
    for status, value in {"Relapsed": "2", "In remission": "1", "Refractory": "0"}.items():
        for text in (f"{status}, {disease}; {other}", f"{status}, {disease}. {other}"):
            assert lc.resolve(text).code == f"{DISEASES[disease]}{value}"


@pytest.mark.parametrize("between", ["on therapy", "at 6 months", "in 2020", "after 2 years"])
def test_a_status_with_its_circumstances_stays_with_its_disease(between: str) -> None:
    found = lc.resolve(f"AML relapsed {between} and CLL")
    assert {str(each.code) for each in found.candidates} == {"C92.02", "C91.10"}


@pytest.mark.parametrize("name", ["leucemia mieloide aguda", "leucemia linfocítica crónica"])
def test_an_unread_word_where_a_status_stands_is_asked_about_in_spanish_too(name: str) -> None:
    assert lc.resolve(f"{name} en xyzzy").outcome is Outcome.REVIEW


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("other", ["depression", "alcohol dependence"])
@pytest.mark.parametrize("joint", [", ", ". "])
def test_a_remission_apart_from_what_has_its_own_may_be_the_leukemias(
    joint: str, other: str, disease: str
) -> None:
    assert lc.resolve(f"{disease} with {other}{joint}in remission").outcome is Outcome.REVIEW
