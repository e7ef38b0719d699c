"""Words by class: what each makes of a disease or its status, and that it leaves others alone."""

from __future__ import annotations

import pytest

import leukcodes as lc
from leukcodes import Outcome
from leukcodes.text.lexicon import each_phrase

DISEASES = {"AML": "C92.0", "CLL": "C91.1", "hairy cell leukemia": "C91.4", "CML": "C92.1"}


def _read(text: str) -> str:
    """The code, or the outcome where there is none."""
    answer = lc.resolve(text)
    return answer.outcome.value if answer.code is None else str(answer.code)


# What stands right after a name and says that it is not so, was taken back or is not yet sure.
DENIED = [
    *each_phrase("(|is|was|has been) not (evident|correct|accurate|apparent|observed|likely)"),
    *each_phrase("(is|was) (incorrect|erroneous|an error|a mistake)"),
    *each_phrase("(diagnosis|dx) (|was|has been) (removed|deleted|withdrawn)"),
    *each_phrase("(deleted|removed|taken off) (|from) problem list"),
    *each_phrase("(effectively|since|later|definitively|felt to be) (ruled out|excluded)"),
    *["not borne out", "off the table", "not her diagnosis", "pt does not have this", "- another patient"],
    *["it is not", "criteria not fulfilled", "excl.", "never", "look-alike", "negative control"],
]
DOUBTED = [
    *each_phrase("(|is|was|has been) not (noted|documented|verified|appreciated)"),
    *each_phrase("(|is|was) (rescinded|dismissed|disputed|questioned|debated|considered|entertained)"),
    *["a consideration", "hypothetical", "preliminary", "until proven otherwise", "raised as possibility"],
    *["could not be ruled out", "unable to be excluded", "diagnosis in doubt", "dx disputed"],
    *["path pending", "pending final path", "awaiting confirmatory marrow", "turned out to be reactive"],
    *[
        "pending",
        "pending flow",
        "by report",
        "(typo)",
        "of concern",
        "remains to be proven",
        "to be confirmed",
    ],
    *["marrow to confirm", "needs marrow", "cannot be confirmed", "not yet proven"],
    *["reclassified", "downgraded to MBL", "evaluation", "testing", "with lineage switch"],
]
LED_BY_DOUBT = ["improbable", "so-called", "s/o", "dubious", "preliminary path:", "flow for", "delusion of"]
FEARED = [
    *each_phrase("(anxious|convinced|believes|thinks|claims) (|that) (he|she) has"),
    *each_phrase("worried (re|regarding|over)"),
]
# The same words where they speak of something else.
ELSEWHERE = [
    *["port removed", "never smoker", "never transfused", "diet questioned", "transplant being considered"],
    *[
        "stage not documented",
        "prognosis uncertain",
        "cytogenetics pending",
        "infection remains a possibility",
    ],
    *["changed to palliative care", "code status changed", "not eligible for transplant", "plan revised"],
    *["evaluation for transplant", "here for transplant evaluation", "reported fever", "stress ulcer"],
    *["potential donor identified", "wife at bedside", "family meeting", "two siblings HLA typed"],
    *["pending transplant", "insurance pending", "needs bone marrow transplant", "husband is concerned"],
    *["she does not have CMV", "is out of hospital", "pending results of FLT3", "LP done", "seen at the VA"],
    *["no transplant", "no chemo", "no complaints", "LP negative", "labs negative"],
    *["used with venetoclax", "worried about finances", "sibling donor available", "VA patient"],
]


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("words", DENIED)
def test_denied_after(disease: str, words: str) -> None:
    assert lc.resolve(f"{disease} {words}").outcome is Outcome.NONE


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("words", DOUBTED)
def test_doubted_after(disease: str, words: str) -> None:
    assert lc.resolve(f"{disease} {words}").code is None


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("words", LED_BY_DOUBT)
def test_doubted_before(disease: str, words: str) -> None:
    assert lc.resolve(f"{words} {disease}").outcome is Outcome.REVIEW


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("words", FEARED)
def test_a_disease_that_is_feared_is_no_finding(disease: str, words: str) -> None:
    assert lc.resolve(f"{words} {disease}").code is None


@pytest.mark.parametrize(("disease", "family"), DISEASES.items())
@pytest.mark.parametrize("words", ELSEWHERE)
def test_words_that_speak_of_something_else(disease: str, family: str, words: str) -> None:
    assert _read(f"{disease}, {words}") == f"{family}0"
    assert _read(f"{disease} in remission, {words}") == f"{family}1"


WHOSE = [
    *["{kin} d. {disease}", "{kin} dec'd {disease}", "{kin} d. 60 {disease}", "two {kin}s with {disease}"],
    *["{disease} in his {kin}", "{disease} in both {kin}s", "{disease} in pt's {kin}"],
]
KIN = ["mother", "father", "brother", "sister", "aunt", "grandfather"]


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("kin", KIN)
@pytest.mark.parametrize("frame", WHOSE)
def test_relatives_and_the_dead(disease: str, kin: str, frame: str) -> None:
    assert _read(frame.format(kin=kin, disease=disease)) == "Z80.6"


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize(
    "words",
    [*each_phrase("(both parents|two uncles|x2 siblings|of father|2nd degree)"), "- dad's side", "(fam)"],
)
def test_relatives_after_the_name(disease: str, words: str) -> None:
    assert _read(f"{disease} {words}") in ("Z80.6", "review")


@pytest.mark.parametrize("disease", DISEASES)
@pytest.mark.parametrize("donor", ["sibling", "unrelated", "related", "matched"])
@pytest.mark.parametrize("verb", ["with", "has", "had"])
def test_the_disease_of_a_donor(disease: str, donor: str, verb: str) -> None:
    assert _read(f"{donor} donor {verb} {disease}") == "none"


@pytest.mark.parametrize("disease", ["AML", "CLL"])
@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ("Mutter mit {}", "Z80.6"),
        ("Bruder {}", "Z80.6"),
        ("hermana con {}", "Z80.6"),
        ("padre con {}", "Z80.6"),
        ("{} nicht bestätigt", "none"),
        ("inte {}", "none"),
        ("ikke {}", "none"),
        ("esclusa {}", "none"),
        ("{} a esclarecer", "review"),
        ("{} da confermare", "review"),
        ("misstanke om {}", "review"),
        ("V.a. {}", "review"),
        ("Va. {}", "review"),
        ("{}: ____", "review"),
    ],
)
def test_cues_of_other_languages(disease: str, frame: str, expected: str) -> None:
    assert _read(frame.format(disease)) == expected


@pytest.mark.parametrize("name", ["CLL/MBL", "MBL/CLL", "MBL, CLL type", "CLL clone", "CLL immunophenotype"])
def test_a_clone_is_perhaps_no_leukemia(name: str) -> None:
    assert _read(name) == "review"


EMPTY = [" = FALSE", " (lost)", " (failed)", ": pending", ": U", ": TBD", " (not)"]
# Statuses by what may be said of them: each class with its diseases, and what a reader may make of it.
STATUSES = {
    "C92.01": [
        *each_phrase("AML (reinduced|back) into (CR2|remission)"),
        *each_phrase("AML (found|confirmed|documented) to be in (remission|CR)"),
        *["AML in complete morphologic remission", "AML in remission since 2018, seen 2020"],
        *[
            "AML in remission (off treatment)",
            "AML in remission, over 5 years",
            "AML in CR1, going to transplant",
        ],
        *["AML in remission from 2018 to present", "AML in remission post transplant", "AML, Vollremission"],
    ],
    "C92.02": [
        *["AML CR1 (2018), Rel1 (2020)", "AML, bx proven relapse", "AML relapsed 2019 and 2021"],
        *[
            "AML relapse, no fever",
            "AML, relapsed, not a candidate for transplant",
            "AML relapsed (unknown date)",
        ],
    ],
    "C92.00": [
        *["AML with circulating blasts", "AML, ELN adverse risk", "AML, full code", "AML, remote monitoring"],
        *["AML, remission would be the goal", "Admitting dx: AML", "Admitting dx: AML. Discharge dx: AML"],
        *["AML CR: no", "AML in remission: no", "AML, no longer neutropenic", "AML, awaiting transplant"],
    ],
    # Past, planned, lost, doubted or left empty: nobody can tell which it is now.
    "review": [
        *each_phrase("AML (remission|CR) (2018-2020|from 2018 to 2020|up to 2020|till 2020)"),
        *each_phrase("AML (|in) (remission|CR1|relapse) at (transplant|enrollment|last visit)"),
        *each_phrase("AML (transplanted|enrolled|sample|allo BMT) (in|at) (CR1|first remission|relapse)"),
        *each_phrase("AML, (plan|to|candidate for) (allo|transplant) in (CR1|remission)"),
        *each_phrase("AML (to|for) (CR|CR2|second remission)"),
        *[f"AML {name}{end}" for name in ("CR", "in remission") for end in EMPTY],
        *each_phrase("AML (no|without|never) (CR2|second remission)"),
        *each_phrase("AML no (durable|sustained|lasting) remission"),
        *each_phrase("AML (has|) not (come back|recurred|returned)"),
        *each_phrase("AML (never|did not) (recurred|come back)"),
        *each_phrase("AML (nCR|CRu|NERD|BM neg|nPR|Teilremission|Rezidivverdacht|no blasts)"),
        *each_phrase("AML (end of|no longer on) (therapy|treatment)"),
        *each_phrase("AML, best response (CR|PR)"),
        *each_phrase("AML s/p (UCBT|allograft|RIC allo|flu/mel allo|MRD PBSCT|MUD HCT)"),
        *each_phrase("(BMT|SCT|stem cell transplant) (for|due to) AML 2010"),
        *each_phrase("AML, one (year|month) (from|after|post) (transplant|BMT)"),
        *[
            "AML in remission, now blasts 30%",
            "AML CR1 now with circulating blasts",
            "AML, MRD by NGS rising",
        ],
        *[
            "AML, off remission",
            "AML, less than CR",
            "AML, 0 relapses",
            "AML, relapse N",
            "AML relapse date:",
        ],
        *[
            "AML in so-called remission",
            "AML in remission (self-reported)",
            "AML, status pre-transplant: relapse",
        ],
        *[
            "AML (remote)",
            "AML s/p cure",
            "fought AML",
            "remote AML",
            "AML as a kid",
            "AML at relapse will need DLI",
        ],
        *["AML with antecedent hematologic disorder", "Admitting dx: AML. Discharge dx: B12 deficiency."],
    ],
}


@pytest.mark.parametrize(("text", "expected"), [(text, code) for code in STATUSES for text in STATUSES[code]])
def test_what_is_said_of_a_status(text: str, expected: str) -> None:
    assert _read(text) == expected
