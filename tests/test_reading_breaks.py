"""Broken words, lines of their own, whose status and whose disease it is, codes beside words."""

from __future__ import annotations

import pytest

import leukcodes as lc
from leukcodes import Outcome
from leukcodes.text.mending import mended
from leukcodes.text.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # On a line of its own, too; nor does a line take the gene of a relative's disease.
        *(
            (f"AML{gap}{found}", code)
            for gap in ("\n", "\n\n", "\nCytogenetics: ", "\nFISH:\n")
            for found, code in (
                ("t(15;17)", "C92.40"),
                ("PML-RARA positive", "C92.40"),
                ("KMT2A rearranged", "C92.60"),
                ("t(9;11)", "C92.60"),
                ("t(15;17) not detected", "C92.00"),
                ("PML-RARA negative", "C92.00"),
                ("BCR-ABL positive", "C92.00"),
            )
        ),
        ("ALL\nt(9;22)", "C91.00"),
        ("CML\nt(9;22)", "C92.10"),
        ("AML. Mother had APL.", "C92.00"),
        ("AML; family history of APL", "C92.00"),
        ("CLL, mother with leukemia", "C91.10"),
        ("leukemia, wife has CLL", "C95.90"),
        ("leukemia, screening for CLL", "C95.90"),
        # A word may be broken, but two words are none.
        ("acute my elogenous leukemia", "C92.00"),
        ("acute lympho blastic leukemia", "C91.00"),
        ("a cute myeloid leukemia", "C92.00"),
        ("chronic lympho-\ncytic leukemia", "C91.10"),
        ("chronic myelo-\nmonocytic leukaemia", "C93.10"),
        ("lympho-plasmacytic leukemia", "C91.10"),
        ("AML no t having achieved remission", "C92.00"),
        ("AML n ot in remission", "C92.00"),
        ("CLL in re mission", "C91.11"),
        ("AML in complete remission", "C92.01"),
        ("hairy ce ll leukemia", "C91.40"),
        # A list by numbers, and cells that were counted.
        ("1. AML, relapsed 2. Febrile neutropenia 3. Colitis", "C92.02"),
        ("1) CLL 2) Relapsed pneumonia", "C91.10"),
        ("AML in CR 1. Continue", "C92.01"),
        ("CLL/SLL, Rai II, lymphocytes 45K", "C91.10"),
        ("chronic eosinophilic leukemia, eos 18K", "C94.80"),
        # A second remission follows the one relapse; a year that a drug stands before is its year.
        ("AML CR1 2019, relapsed 2021, CR2", "C92.01"),
        ("ALL: CR1 4/22, relapse 1/23, CR2 5/23", "C91.01"),
        ("AML relapsed after CR2", "C92.02"),
        ("HCL, relapse 2015, complete remission since cladribine 2016", "C91.41"),
        ("AML; remission was never achieved", "C92.00"),
        ("AML, transplant planned once remission is achieved", "C92.00"),
        # An arrow leads to what a disease became.
        ("MDS -> AML", "C92.A0"),
        ("MDS \u2192 AML, relapsed", "C92.A2"),
        # Claims put the noun first.
        ("LEUK MYELOID CHR", "C92.10"),
        ("LEUK LYMPHOID CHR IN REMISSION", "C91.11"),
        ("T-lymphoblastic leukemia, early T-precursor phenotype", "C91.00"),
        # What another disease has of its own.
        ("AML with depression in remission", "C92.00"),
        ("CLL, alcohol dependence in remission", "C91.10"),
        ("CML - type 2 diabetes in remission", "C92.10"),
        ("AML, pneumonia recurrent", "C92.00"),
        ("AML with recurrent pneumonia", "C92.00"),
        ("AML, remission expected", "C92.00"),
        ("C91.11 in remission", "C91.11"),
    ],
)
def test_what_is_settled_is_coded(text: str, code: str) -> None:
    assert lc.resolve(text).code == code


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        # Whose status it is.
        *(
            (f"{name} {joint} {other} {status}", "LK-R005")
            for name in ("AML", "hairy cell leukemia")
            for joint in ("with", "and")
            for other in ("DVT", "sepsis", "neutropenia")
            for status in ("in remission", "relapsed")
        ),
        ("CLL, DVT in remission", "LK-R005"),
        # What is expected of it.
        *(
            (f"AML in {status} {hope}", "LK-R005")
            for status in ("remission", "relapse")
            for hope in ("expected to stay", "anticipated to last", "as expected")
        ),
        # Whose disease it is.
        *((text, "LK-C004") for text in ("mother? AML", "AML - mother?", "AML, mother?", "FHx? CLL")),
        # A gene in doubt, or cut off, or in a line where a test under treatment may stand.
        ("CHRONIC MYELOID LEUKEMIA, BCR/ABL-", "LK-M003"),
        ("CML BCR-ABL1-", "LK-M003"),
        ("AML, PML/RARA-", "LK-M005"),
        ("CML\nBCR-ABL negative", "LK-M003"),
        ("AML ?M3", "LK-M005"),
        ("AML, possible t(15;17)", "LK-M005"),
        # What a line of its own says of the kind.
        ("leukemia\nType: acute myeloid", "LK-M005"),
        ("leukemia. Acute.", "LK-M005"),
        ("acute my myeloid leukemia", "LK-M005"),
        ("leukemia, history of AML", "LK-R005"),
        # A response or a transplant without a status.
        ("B-ALL, EOI MRD 0.2%", "LK-R009"),
        ("AML, MRD 0.01%", "LK-R009"),
        ("AML, 5 years post transplant", "LK-R010"),
        ("AML day 60 post MUD", "LK-R010"),
        ("c91.10 CLL in remission", "LK-M004"),
    ],
)
def test_what_may_be_another_thing_is_asked(text: str, rule: str) -> None:
    found = lc.resolve(text)
    assert found.outcome is Outcome.REVIEW
    assert rule in [issue.rule for issue in found.issues]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("c94.20 relapse", ["C94.20", "C94.22"]),
        ("C94.2 relapse", ["C94.22"]),
        ("C91.10 in remission", ["C91.10", "C91.11"]),
        ("C91.1 pneumonia", ["C91.10", "C91.11", "C91.12"]),
        ("mother C91.11 remission", ["C91.11"]),
        ("c92.01 c92.02", ["C92.01", "C92.02"]),
    ],
)
def test_a_code_beside_words_is_asked_about(text: str, codes: list[str]) -> None:
    found = lc.resolve(text)
    assert found.outcome is Outcome.REVIEW
    assert [candidate.code for candidate in found.candidates] == codes
    assert [issue.rule for issue in found.issues] == ["LK-M005"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("with out", ["without"]),
        ("with-\nout", ["without"]),
        ("with\nout", ["with", "out"]),
        ("in complete", ["in", "complete"]),
        ("CAR-T", ["car", "t"]),
        ("no t", ["not"]),
        ("a cute", ["acute"]),
        ("my elo genous", ["myelogenous"]),
    ],
)
def test_two_pieces_are_one_word_where_they_are_no_words_of_their_own(text: str, words: list[str]) -> None:
    assert [token.word for token in mended(tokenise(text))[0]] == words
