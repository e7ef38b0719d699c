"""What an answer says beside its code: the words it rests on, how sure it is, and the question in words."""

from __future__ import annotations

from datetime import date

import pytest
from scoring import GOLDEN, read_rows

import leukcodes as lc
from leukcodes import DiseaseStatus, Evidence, Outcome, Resolution, Severity, Span, StatusBasis

QUERY, INFO, WARNING = Severity.QUERY, Severity.INFO, Severity.WARNING
HOW = "is the disease in remission, in relapse, neither, or history without further treatment?"
PAST = "history is named; is it past without further treatment, in remission, or current?"
NOS = "no disease status is documented; coded as not having achieved remission, as NOS is"
KIN = "a relative's disease: a family history, not the patient's"
UNREAD = "a word beside the disease could not be read; what does it say?"


def issues(found: Resolution) -> list[tuple[str, Severity, str]]:
    return [(issue.rule, issue.severity, issue.message) for issue in found.issues]


def words(evidence: tuple[Evidence, ...]) -> list[tuple[str, str]]:
    return [(item.text, item.reading) for item in evidence]


def codes(found: Resolution) -> list[str]:
    return [str(candidate.code) for candidate in found.candidates]


@pytest.mark.parametrize(
    ("text", "rule", "severity", "message"),
    [
        ("AML", "LK-R001", WARNING, NOS),
        ("relapsed AML", "LK-R004", INFO, "'relapsed' is read as in relapse by convention"),
        (
            "AML in CR1, refractory",
            "LK-R005",
            QUERY,
            HOW,
        ),
        (
            "refractory AML",
            "LK-R004",
            INFO,
            "'refractory' is read as not having achieved remission (failed remission) by convention",
        ),
        ("AML in CR2", "LK-R004", INFO, "'in CR2' is read as in remission by convention"),
        ("AML, no evidence of disease", "LK-R005", QUERY, HOW),
        (
            "AML, MRD positive",
            "LK-R009",
            QUERY,
            "response or residual disease is named; has remission been achieved?",
        ),
        (
            "AML s/p allogeneic transplant",
            "LK-R010",
            QUERY,
            "a transplant is named without a disease status; is the disease in remission?",
        ),
        ("history of AML", "LK-R005", QUERY, PAST),
        (
            "BPDCN in relapse",
            "LK-R007",
            QUERY,
            "a relapse is documented, but the family has no code for it; how is it reported?",
        ),
        (
            "CNL in remission",
            "LK-R008",
            INFO,
            "the status is documented, but this code has no place for it",
        ),
        (
            "possible AML",
            "LK-C001",
            QUERY,
            "the diagnosis is uncertain; was it established, or is this an inpatient discharge?",
        ),
        ("no evidence of leukemia", "LK-C003", INFO, "the diagnosis is negated"),
        ("family history of leukemia", "LK-C004", INFO, KIN),
        (
            "family history of MDS",
            "LK-C004",
            INFO,
            "a relative's disease; no family history code is settled for it",
        ),
        (
            "father with possible leukemia",
            "LK-C004",
            QUERY,
            "a relative's disease: a family history; is it Z80.6?",
        ),
        (
            "family history of leukemia or multiple myeloma",
            "LK-C004",
            QUERY,
            "a relative's disease: a family history; is it Z80.6 or Z80.7?",
        ),
        ("screening for leukemia", "LK-C005", INFO, "screening is not a diagnosis; consider Z12.89"),
        (
            "AML vs CLL",
            "LK-C006",
            QUERY,
            "two diagnoses are weighed against each other; which is established?",
        ),
        ("AML and CLL", "LK-M004", QUERY, "the text names several diagnoses; code each by itself"),
        (
            "CML",
            "LK-U005",
            INFO,
            "cell type or BCR/ABL was not stated; the Alphabetic Index's default is taken",
        ),
        (
            "prolymphocytic leukemia",
            "LK-U006",
            QUERY,
            "the cell type is not named; is it C91.3- or C91.6-?",
        ),
        ("CLL/SLL", "LK-M003", WARNING, "the words also fit C83.0-; the leukemia named is coded"),
        (
            "secondary AML",
            "LK-M003",
            QUERY,
            "the words leave the disease open; is it C92.A- or C92.0-?",
        ),
        (
            "t(9;22)",
            "LK-M003",
            QUERY,
            "a gene or karyotype alone is a finding; which disease did the provider diagnose?",
        ),
        ("PLL", "LK-M002", QUERY, "the abbreviation has several meanings; is C91.3- or C91.6- meant?"),
        ("acute myeliod leukemia", "LK-M001", INFO, "'myeliod' was read as 'myeloid'"),
        (
            "AML with pneumonia and DVT",
            "LK-M005",
            INFO,
            "not read, outside the scope: 'pneumonia', 'dvt'",
        ),
        (
            "C92.01 AML",
            "LK-M004",
            QUERY,
            "the text gives the code C92.01, the words say C92.00; which is right?",
        ),
        ("", "LK-S012", Severity.ERROR, "no diagnosis text was given; give the words of the diagnosis"),
    ],
)
def test_an_issue_says_what_was_assumed_or_must_be_asked(
    text: str, rule: str, severity: Severity, message: str
) -> None:
    assert (rule, severity, message) in issues(lc.resolve(text))


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        (
            "possible AML",
            {"setting": "inpatient"},
            [("LK-C002", INFO, "an uncertain diagnosis at discharge is coded as if established")],
        ),
        (
            "AML, possible relapse",
            {"setting": "inpatient"},
            [("LK-C002", INFO, "an uncertain status at discharge is coded as if established")],
        ),
        (
            "possible AML",
            {"setting": "outpatient"},
            [
                (
                    "LK-C001",
                    INFO,
                    "an uncertain diagnosis is not coded for an outpatient; code the sign or symptom",
                )
            ],
        ),
        (
            "AML",
            {"unspecified_status": "ask"},
            [("LK-R001", QUERY, "the disease status is not documented; which is it?")],
        ),
        (
            "AMKL",
            {"vocabulary": "official"},
            [("LK-M006", QUERY, "this is not official wording; is it the disease meant?")],
        ),
    ],
)
def test_what_the_caller_chose_is_said(
    text: str, options: dict[str, str], expected: list[tuple[str, Severity, str]]
) -> None:
    found = lc.resolve(text, **options)  # type: ignore[arg-type] # each value is one of its option's
    assert issues(found)[: len(expected)] == expected


def test_a_status_word_beside_unread_words_is_asked_about_in_words() -> None:
    message = "a status word stands beside words that could not be read; does it speak of this disease?"
    found = lc.resolve("AML qwertz, relapsed zzxy")
    assert all(said != message for _, _, said in issues(lc.resolve("AML, relapsed")))
    assert found.outcome is Outcome.REVIEW


def test_the_words_are_given_with_their_place_and_reading() -> None:
    found = lc.resolve("relapsed AMKL")
    assert (found.family.code, found.family.codes) == ("C94.2", ("C94.2",))
    (name,) = found.family.evidence
    assert (name.text, name.span, name.reading, name.certainty) == ("AMKL", Span(9, 13), "AMKL", "high")
    (status,) = found.status.evidence
    assert (status.text, status.span, status.reading) == ("relapsed", Span(0, 8), "in relapse")
    assert (found.status.value, found.status_basis) == (DiseaseStatus.IN_RELAPSE, StatusBasis.CONVENTION)
    assert found.candidates[0].evidence == found.family.evidence
    assert [issue.spans for issue in found.issues] == [(Span(0, 8),)]


@pytest.mark.parametrize(
    ("text", "reading", "value", "basis"),
    [
        ("AML not in remission", "not in remission", "not_in_remission", "stated"),
        ("AML in remission", "in remission", "in_remission", "stated"),
        ("AML in relapse", "in relapse", "in_relapse", "stated"),
        ("recurrent AML", "in relapse", "in_relapse", "convention"),
        ("AML, MRD positive", "in remission or not in remission or in relapse", None, "undetermined"),
        ("AML, possible relapse", "in relapse", "in_relapse", "undetermined"),
        ("CNL in remission", "in remission", None, "stated"),
    ],
)
def test_a_status_is_given_with_how_it_was_read(
    text: str, reading: str, value: str | None, basis: str
) -> None:
    status = lc.resolve(text).status
    assert [item.reading for item in status.evidence] == [reading]
    assert (status.value, status.basis) == (value, basis)


def test_without_a_status_word_the_status_is_the_default_and_has_no_words() -> None:
    status = lc.resolve("AML").status
    assert (status.value, status.basis, status.evidence) == ("not_in_remission", "defaulted", ())
    assert lc.resolve("CNL").status.basis is StatusBasis.DEFAULTED


@pytest.mark.parametrize(
    ("text", "kinds", "evidence"),
    [
        ("AML", [], []),
        ("no evidence of AML", ["negated"], [("no evidence of", "negated")]),
        ("possible AML", ["uncertain"], [("possible", "uncertain")]),
        ("family history of AML", ["family"], [("family history of", "family")]),
        ("personal history of AML", ["history"], [("personal history of", "history personal")]),
        ("screening for AML", ["screening"], [("screening for", "screening")]),
        # Another person's mother is none of the patient's family.
        ("his wife's mother with AML", ["other_person"], [("wife's", "other person")]),
        (
            "possible personal history of AML",
            ["uncertain", "history"],
            [("possible", "uncertain"), ("personal history of", "history personal")],
        ),
    ],
)
def test_context_is_named_with_its_words(
    text: str, kinds: list[str], evidence: list[tuple[str, str]]
) -> None:
    context = lc.resolve(text).context
    assert list(context.kinds) == kinds
    assert words(context.evidence) == evidence
    assert all(item.source for item in context.evidence)


def test_what_could_not_be_read_is_of_low_certainty() -> None:
    (word,) = lc.resolve("AML w xyz").status.evidence
    assert (word.text, word.reading, word.source, word.certainty) == ("xyz", "xyz", "", "low")


def test_every_reading_names_its_source() -> None:
    for text in ("AML", "acute myeloid leukemia in relapse", "AML with t(8;21)"):
        found = lc.resolve(text)
        assert all(item.source for item in (*found.family.evidence, *found.status.evidence))


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        # Rules: `no evidence of disease` is remission, history or neither; a history with relapse is none.
        ("AML 2019, no evidence of disease", ["C92.01", "Z85.6", "C92.00"]),
        ("history of AML", ["Z85.6", "C92.01", "C92.00"]),
        ("possible personal history of AML", ["Z85.6"]),
        ("AML, possible remission", ["C92.01", "C92.00"]),
        ("AML, possible relapse", ["C92.00", "C92.01", "C92.02"]),
        ("AML was in remission", ["C92.01", "C92.02", "C92.00"]),
        ("AML previously relapsed", ["C92.02", "C92.01", "C92.00"]),
        ("AML in CR1 2019, now refractory", ["C92.00", "C92.02"]),
        # What is not in relapse is in remission, past, or neither.
        ("AML no relapse", ["C92.01", "Z85.6", "C92.00"]),
        ("AML not in remission, remisn", ["C92.00", "C92.01"]),
        ("AML refractory, in xyzzy", ["C92.00", "C92.01", "C92.02"]),
        ("plasma cell leukemia, history of", ["Z85.79", "C90.11", "C90.10"]),
        ("PLL in relapse", ["C91.32", "C91.62"]),
        ("BPDCN in relapse", ["C86.40"]),
        ("AML and CLL", ["C92.00", "C91.10"]),
        ("CLL and AML", ["C91.10", "C92.00"]),
        # The surer reading first, whatever the order of the text.
        ("PLL and AML", ["C92.00", "C91.30", "C91.60"]),
        ("C91.1 AML in remission", ["C92.01", "C91.11"]),
        ("C91.12 AML in remission", ["C92.01", "C91.12"]),
        ("father with possible leukemia", ["Z80.6"]),
        ("family history of leukemia or multiple myeloma", ["Z80.6", "Z80.7"]),
    ],
)
def test_candidates_stand_in_the_order_of_likelihood(text: str, candidates: list[str]) -> None:
    found = lc.resolve(text)
    assert (found.outcome, codes(found)) == (Outcome.REVIEW, candidates)
    assert (found.code, found.title, found.kind, found.is_leukemia) == (None, None, None, False)
    assert all(candidate.title for candidate in found.candidates)


def test_scores_fall_with_each_doubt() -> None:
    # As `score` says: 4 a misspelt word, 2 for a convention, six tenths where a question is open.
    def best(text: str) -> float:
        return lc.resolve(text).candidates[0].score

    assert best("acute myeloid leukemia in relapse") == 100
    assert best("acute myeliod leukemia in relapse") == 96
    assert best("acute myeliod leukeemia in relapse") == 92
    assert best("acute myeloid leukemia, refractory") == 98
    assert best("possible acute myeloid leukemia") == 60
    assert best("possible acute myeliod leukemia") == pytest.approx(57.6)
    scores = [candidate.score for candidate in lc.resolve("AML", unspecified_status="ask").candidates]
    assert scores == [60, 52, 44]


def test_no_candidate_falls_below_the_least_score() -> None:
    scores = [candidate.score for candidate in lc.resolve("t(9;22)").candidates]
    assert scores == [30, 22, 14, 6]
    genes = lc.resolve("t(9;22) NPM1 t(8;21) inv(16) t(15;17) KMT2A t(1;22) TP53")
    assert [candidate.score for candidate in genes.candidates][:5] == [30, 22, 14, 6, 1]


def test_a_gene_alone_gives_its_words_and_the_diseases_it_goes_with() -> None:
    found = lc.resolve("t(15;17)")
    assert words(found.family.evidence) == [("t(15;17)", "t(15;17)")]
    assert found.family.code is None
    assert (found.outcome, found.text, found.release) == ("review", "t(15;17)", "FY2027")
    assert codes(found) == [f"{family}0" for family in found.family.codes] == ["C92.40"]
    assert found.issues[0].release == "FY2027"


@pytest.mark.parametrize("text", ["t(15;17) pneumonia", "t(15;17) xyzzy", "no t(15;17)"])
def test_a_gene_beside_other_words_is_no_diagnosis(text: str) -> None:
    assert lc.resolve(text).outcome is Outcome.NONE


def test_several_diseases_are_given_with_all_their_words_and_questions() -> None:
    found = lc.resolve("CML and possible AML")
    assert found.family.code is None
    assert found.family.codes == ("C92.1", "C92.0")
    assert words(found.family.evidence) == [("CML", "CML"), ("AML", "AML")]
    assert [issue.rule for issue in found.issues] == ["LK-M004", "LK-U005", "LK-R001", "LK-C001"]
    assert (found.text, found.release) == ("CML and possible AML", "FY2027")
    # What both must ask is asked once.
    rules = [issue.rule for issue in lc.resolve("AML and ALL").issues]
    assert len(rules) == len(set(rules))


def test_a_code_beside_the_words_that_agrees_is_no_question() -> None:
    for text in ("AML C92.00", "AML C92.0", "C92 AML", "AML in remission C92.01"):
        assert lc.resolve(text).outcome is Outcome.CODED, text


def test_codes_that_differ_are_all_named() -> None:
    found = lc.resolve("AML C91.10 C92.02")
    issue = found.issues[0]
    assert issue.rule == "LK-M004"
    assert issue.message == "the text gives the code C91.10, C92.02, the words say C92.00; which is right?"
    assert (issue.codes, issue.release) == (("C91.10", "C92.02"), "FY2027")
    assert codes(found) == ["C92.00", "C91.10", "C92.02"]
    assert [candidate.score for candidate in found.candidates] == [60, 52, 44]
    assert found.candidates[0].evidence == found.family.evidence
    assert [issue.rule for issue in found.issues] == ["LK-M004", "LK-R001"]


def test_a_relatives_disease_without_a_code_of_its_own_is_none() -> None:
    found = lc.resolve("family history of MDS")
    assert (found.outcome, found.code, found.candidates) == (Outcome.NONE, None, ())
    assert found.context.kinds == ("family",)


def test_a_history_is_a_fact_of_its_own_kind() -> None:
    for text, code, kind in (
        ("personal history of AML", "Z85.6", "history"),
        ("personal history of plasma cell leukemia", "Z85.79", "history"),
        ("family history of AML", "Z80.6", "family_history"),
        ("family history of plasma cell leukemia", "Z80.7", "family_history"),
    ):
        found = lc.resolve(text)
        assert (found.outcome, found.code, found.kind) == ("coded", code, kind)
        assert not found.is_leukemia
        assert found.status.evidence == ()


def test_a_leukemia_is_a_disease_and_a_neighbour_is_related() -> None:
    assert [(lc.resolve(text).kind, lc.resolve(text).is_leukemia) for text in ("AML", "MDS", "CNL")] == [
        ("disease", True),
        ("related", False),
        ("related", False),
    ]


def test_an_answer_names_the_release_it_was_judged_by() -> None:
    for on, release in ((None, "FY2027"), ("FY2024", "FY2024"), (date(2020, 1, 1), "FY2020")):
        for text in ("AML", "", "AML and CLL", "no AML", "pneumonia", "t(9;22)", "C92.01 AML", "PLL"):
            found = lc.resolve(text, on=on)
            assert found.release == release, text
            assert {issue.release for issue in found.issues} <= {release}, text


def test_what_was_not_text_is_told_as_empty() -> None:
    for nothing in (None, "", " \n", 3.0, float("nan")):
        found = lc.resolve(nothing)  # type: ignore[arg-type] # what a column may hold
        assert (found.outcome, [issue.rule for issue in found.issues]) == ("none", ["LK-S012"])
        assert found.text == (nothing if isinstance(nothing, str) else "")


@pytest.mark.parametrize(
    ("option", "value", "allowed"),
    [("unspecified_status", "nsos", "'nos' or 'ask'"), ("vocabulary", "offical", "'all' or 'official'")],
)
def test_an_option_that_does_not_exist_is_named_with_those_that_do(
    option: str, value: str, allowed: str
) -> None:
    with pytest.raises(ValueError, match=rf"^'{value}' is not a value of {option}; use {allowed}$"):
        lc.resolve("AML", **{option: value})  # type: ignore[arg-type] # what a type checker would not let through


def test_many_texts_take_the_same_options_as_one() -> None:
    text = "possible AML"
    for options in (
        {"setting": "inpatient"},
        {"on": "FY2020"},
        {"unspecified_status": "ask"},
        {"vocabulary": "official"},
    ):
        for each in (text, "AMKL", "AML"):
            assert lc.resolve_many([each], **options) == [lc.resolve(each, **options)]  # type: ignore[arg-type] # each value is one of its option's
    texts = ["CLL", None, "AML", 3, "CLL"]
    assert [found.text for found in lc.resolve_many(texts)] == ["CLL", "", "AML", "", "CLL"]  # type: ignore[arg-type] # what a column may hold
    assert lc.resolve_many([]) == []


def test_at_most_five_words_are_named_and_listed() -> None:
    text = "AML with pneumonia, sepsis, asthma, gout, psoriasis, anxiety, depression"
    issue = next(issue for issue in lc.resolve(text).issues if issue.rule == "LK-M005")
    assert issue.message.count("'") == 10
    assert len(issue.spans) == 5


def test_an_unread_word_is_shown_where_it_stands() -> None:
    found = lc.resolve("purpura/CLL")
    issue = next(issue for issue in found.issues if issue.rule == "LK-M005")
    assert (issue.severity, issue.message) == (QUERY, UNREAD)
    assert [found.text[span.start : span.end] for span in issue.spans] == ["purpura"]


def test_a_repaired_word_is_shown_where_it_stands() -> None:
    found = lc.resolve("acute myeliod leukemia")
    issue = next(issue for issue in found.issues if issue.rule == "LK-M001")
    assert issue.spans == (Span(6, 13),)


def test_official_wording_is_told_from_other_wording() -> None:
    for text, official in (
        ("acute myeloblastic leukemia", True),
        ("hairy cell leukemia", True),
        ("AMKL", False),
    ):
        found = lc.resolve(text, vocabulary="official")
        assert (found.outcome is Outcome.CODED) is official, text


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("AML leuka", ["leuka"]),
        ("leukemia, AML leuka", ["leuka"]),
        ("Richter transformation, Hodgkin", ["Hodgkin"]),
        ("leukemia acute visit", ["acute"]),
        ("AML, PML-RARA unknown", ["PML-RARA"]),
    ],
)
def test_the_word_that_leaves_a_name_open_is_pointed_at(text: str, unread: list[str]) -> None:
    (issue,) = [issue for issue in lc.resolve(text).issues if issue.rule == "LK-M005"]
    assert [text[span.start : span.end] for span in issue.spans] == unread


def test_every_question_is_a_query() -> None:
    """What a person must decide is a query, whatever its rule says by default."""
    for name in ("status", "written", "terms", "minimal_pairs"):
        for row in read_rows(GOLDEN / f"{name}.tsv"):
            found = lc.resolve(row.text)
            if found.outcome is Outcome.REVIEW:
                assert Severity.QUERY in {issue.severity for issue in found.issues}, row.text


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("AML and CLL", "LK-M004"),
        ("AML vs CLL", "LK-C006"),
        ("CLL in relapse C91.10", "LK-M004"),
        ("t(15;17)", "LK-M003"),
        ("AML, NED", "LK-R005"),
        ("AML in remission?", "LK-R005"),
    ],
)
def test_the_rule_of_a_question_is_a_query(text: str, rule: str) -> None:
    found = {issue.rule: issue for issue in lc.resolve(text).issues}
    assert found[rule].severity is Severity.QUERY


@pytest.mark.parametrize("text", ["AML 2019, no evidence of AML", "AML. No AML seen", "AML; AML excluded"])
def test_what_is_denied_later_may_be_remission_history_or_current(text: str) -> None:
    assert [str(each.code) for each in lc.resolve(text).candidates] == ["C92.01", "Z85.6", "C92.00"]


@pytest.mark.parametrize(
    "text",
    ["mixed phenotype acute leukemia", "biphenotypic acute leukemia", "acute undifferentiated leukemia"],
)
def test_a_name_of_unclear_lineage_is_not_vague(text: str) -> None:
    """C95.0- is their code: nobody is asked for the cell type (LK-U002)."""
    assert "LK-U002" not in {issue.rule for issue in lc.resolve(text).issues}
    assert "LK-U002" in {issue.rule for issue in lc.resolve("acute leukemia").issues}


def test_two_names_of_one_disease_are_told_of_with_the_other_code() -> None:
    issue = next(issue for issue in lc.resolve("CLL/SLL").issues if issue.rule == "LK-M003")
    assert issue.codes == ("C83.0",)
    assert issue.message == "the words also fit C83.0-; the leukemia named is coded"


def test_letters_that_were_passed_over_are_told_of() -> None:
    (issue,) = lc.resolve("HCL pump").issues
    assert (issue.rule, issue.severity) == ("LK-M002", Severity.INFO)
    assert "write the name out" in issue.message


def test_an_outpatients_doubt_still_shows_the_status_that_was_read() -> None:
    found = lc.resolve("possible AML in remission", setting="outpatient")
    assert [each.text for each in found.status.evidence] == ["in remission"]


@pytest.mark.parametrize("text", ["PTCL", "peripheral T-cell lymphoma", "myelodysplastic disease"])
@pytest.mark.parametrize("on", ["2016-01-01", "2020-01-01", None])
def test_titles_are_those_of_the_day(text: str, on: str | None) -> None:
    for each in lc.resolve(text, on=on).candidates:
        assert each.title == lc.lookup(each.code, on=on).title


def test_a_personal_history_with_a_status_of_today_is_settled_by_it() -> None:
    assert lc.resolve("personal history of AML, in relapse").code == "C92.02"


@pytest.mark.parametrize("marker", ["t(15;17)", "BCR-ABL1", "inv(16)"])
def test_what_a_lone_gene_may_go_with_rests_on_its_words(marker: str) -> None:
    found = lc.resolve(marker)
    assert found.candidates
    assert {each.text for one in found.candidates for each in one.evidence} == {marker}
