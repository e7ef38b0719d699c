"""The parts of reading by themselves: tokens, karyotypes, spelling, items, and the vocabulary's tables."""

from __future__ import annotations

import pytest

from leukcodes.text.context import CueHit
from leukcodes.text.diagnosis import Diagnosis
from leukcodes.text.families import Reading, decide
from leukcodes.text.items import Item, as_year, read_items
from leukcodes.text.karyotype import canonical_karyotype
from leukcodes.text.lexicon import Lexicon, lexicon, words_of
from leukcodes.text.mentions import Mention
from leukcodes.text.settling import StatusReading
from leukcodes.text.shortforms import settle_short_forms
from leukcodes.text.spelling import Spelled, resembled_noun, resembles_critical, resembles_status, spell
from leukcodes.text.status import StatusWord
from leukcodes.text.tokens import american, fold, tokenise


def words(text: str) -> list[str]:
    return [token.word for token in tokenise(text)]


def places(text: str) -> list[str]:
    return [text[token.start : token.end] for token in tokenise(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acute Myeloid", ["acute", "myeloid"]),
        ("the AML of an adult", ["aml", "of", "adult"]),
        # A capital A is a name, any other is an article; so is the one that begins a text.
        ("Binet A", ["binet", "a"]),
        ("a leukemia", ["leukemia"]),
        ("with a leukemia", ["with", "leukemia"]),
        ("A woman with AML", ["woman", "with", "aml"]),
        ("A AML", ["a", "aml"]),
        ("à leukemia", ["leukemia"]),
        ("stage À", ["stage"]),
        # Signs that carry meaning.
        ("Ph+ ALL", ["ph", "positive", "all"]),
        ("Ph + ALL", ["ph", "all"]),
        ("+ AML", ["aml"]),
        ("AML+", ["aml", "positive"]),
        ("Ph- ALL", ["ph", "minus", "all"]),
        *((f"{word}- ALL", [word.lower(), "minus", "all"]) for word in ("Phl", "5q", "ABL", "ABL1", "MRD")),
        ("MRD-", ["mrd", "minus"]),
        ("MRD-, CR", ["mrd", "minus", "cr"]),
        ("MRD-; CR", ["mrd", "minus", "cr"]),
        ("(MRD-)", ["mrd", "minus"]),
        ("MRD-negative", ["mrd", "negative"]),
        ("BCR-ABL1- ALL", ["bcr", "abl1", "minus", "all"]),
        # At the end of a text it may be the rest of a word.
        ("BCR-ABL1-", ["bcr", "abl1", "cut"]),
        ("PML/RARA-", ["pml", "rara", "cut"]),
        ("AML-", ["aml"]),
        ("MRD (-)", ["mrd", "minus"]),
        ("AML (-)", ["aml", "formminus"]),
        ("AML (+/-)", ["aml", "formminus"]),
        ("AML?", ["aml", "?"]),
        # Boxes of a form, however they are drawn.
        ("[x] AML", ["formbox", "aml"]),
        ("[ ] AML", ["formbox", "aml"]),
        ("[] AML", ["formbox", "aml"]),
        ("( ) AML", ["formbox", "aml"]),
        ("(x) AML", ["formbox", "aml"]),
        ("☒ AML", ["formbox", "aml"]),
        ("☐ AML", ["formbox", "aml"]),
        # One word each.
        ("w/ AML", ["w/", "aml"]),
        ("r/o AML", ["r/o", "aml"]),
        ("h/o/c", ["h/o/c"]),
        ("C.L.L.", ["cll"]),
        ("a.m.l", ["aml"]),
        ("isn't", ["not"]),
        ("can’t", ["not"]),
        ("Hodgkin's", ["hodgkin"]),
        ("Hodgkin’s", ["hodgkin"]),
        ("patient's", ["patient"]),
        ("it's5", ["it", "5"]),
        ("2.5 mg", ["2.5", "mg"]),
        ("11q23.3", ["11q23"]),
        ("11q23.3.1", ["11q23.3.1"]),
        ("17p13.1", ["17p13"]),
        ("1.5.0", ["1.5.0"]),
        # Karyotypes are one token in one spelling.
        ("t(9;22)", ["t(9;22)"]),
        ("t (9;22)", ["t(9;22)"]),
        ("t(22;9)", ["t(9;22)"]),
        ("t9;22", ["t(9;22)"]),
        ("t-9;22", ["t(9;22)"]),
        ("t 9; 22", ["t(9;22)"]),
        ("t9;221", ["t9", "221"]),
        ("at(9;22)", ["at", "9", "22"]),
        ("del(5q)", ["del(5q)"]),
        ("inv(16)(p13q22)", ["inv(16)"]),
        ("inv(16) (p13;q22)", ["inv(16)"]),
        ("inv(16);(p13;q22)", ["inv(16)"]),
        ("t(v;11q23)", ["11q23"]),
    ],
)
def test_a_text_is_split_into_words_and_signs(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the  AML\tin\nremission", ["AML", "in", "remission"]),
        ("☒ AML", ["☒", "AML"]),
        ("leucémie aiguë", ["leucémie", "aiguë"]),
        ("leuce\u0301mie", ["leuce\u0301mie"]),
        ("ﬁbrosis AML", ["ﬁbrosis", "AML"]),
        ("œdema", ["œdema"]),
        ("MRD- x", ["MRD", "-", "x"]),
        ("é MRD-", ["é", "MRD", "-"]),
        ("Hodgkin’s AML", ["Hodgkin’s", "AML"]),
        ("AML&nbsp;in&amp;CR", ["AML", "in", "CR"]),
        ("straße\u200bAML", ["straße", "AML"]),
        ("β-thal", ["β", "thal"]),
        ("AML\u0301", ["AML\u0301"]),
    ],
)
def test_every_token_stands_where_it_says(text: str, expected: list[str]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("AML, in CR", ["", ", ", " "]),
        ("AML  \t in", ["", " "]),
        ("AML\n\n in", ["", "\n\n "]),
        ("the AML", ["the "]),
        ("  AML", [" "]),
        ("AML – CR", ["", " - "]),
        ("AML—CR", ["", "-"]),
        ("AML → CR", ["", " -> "]),
        ("AML\u00a0CR", ["", " "]),
        ("AML\u2028CR", ["", "\n"]),
        ("AML\u2029CR", ["", "\n"]),
        ("AML：CR", ["", ":"]),
        ("AML&nbsp;CR", ["", " "]),
        ("AML&amp;CR", ["", "& "]),
        ("AML 漢 CR", ["", " ", " "]),
        ("AML ½ CR", ["", " \u00b7 "]),
        ("AML \u00ad CR", ["", " "]),
        ("MRD-, x", ["", "", ", "]),
    ],
)
def test_a_gap_is_what_stands_between_two_tokens(text: str, gaps: list[str]) -> None:
    assert [token.gap for token in tokenise(text)] == gaps


def test_the_raw_word_keeps_its_capitals_and_loses_its_stops() -> None:
    assert [token.raw for token in tokenise("Acute AML C.L.L. Hodgkin's 2.5 naïve")] == [
        "Acute",
        "AML",
        "CLL",
        "Hodgkin's",
        "2.5",
        "naive",
    ]


@pytest.mark.parametrize(
    ("text", "folded", "offsets"),
    [
        ("AML", "AML", None),
        ("æ1", "ae1", [0, 0, 1, 2]),
        ("Æ", "ae", [0, 0, 1]),
        ("é", "e", [0, 1]),
        ("a\u0301", "a", [0, 2]),
        ("½", "\u00b7", [0, 1]),
        ("“µ”", '"mu"', [0, 1, 1, 2, 3]),
        ("ﬁ", "fi", [0, 0, 1]),
        ("漢", "\u00a4", [0, 1]),
        ("\u200b", " ", [0, 1]),
        ("\u2003", " ", [0, 1]),
        ("\ufeffx", "x", [1, 2]),
        ("\u2013", "-", [0, 1]),
    ],
)
def test_folding_keeps_every_place(text: str, folded: str, offsets: list[int] | None) -> None:
    assert fold(text) == (folded, offsets)


@pytest.mark.parametrize(
    ("marks", "plain"),
    [
        ("αβγδκλμµ", ["alpha", "beta", "gamma", "delta", "kappa", "lambda", "mu", "mu"]),
        ("ΑΒΓΔΚΛ", ["alpha", "beta", "gamma", "delta", "kappa", "lambda"]),
        ("ßæœøłđı", ["ss", "ae", "oe", "o", "l", "d", "i"]),
        ("’‘´", ["'"] * 3),
        ("“”«»", ['"'] * 4),
        ("☐☑☒✗✘❌", ["[ ]", *["[x]"] * 5]),
        ("□■✓✔", ["[ ]", *["[x]"] * 3]),
        ("≠¬\u2212", [" not ", " not ", "-"]),
        ("→⇒×⁄∕：", ["->", "->", "x", "/", "/", ":"]),
        ("\u00ad\ufeff\u0301\u200d", [""] * 4),
        ("‐‑‒–—―", ["-"] * 6),
        ("\u00a0\u2003\u3000\u200b\u1680", [" "] * 5),
        ("\u2028\u2029", ["\n"] * 2),
        ("ÀéîÕüñçＡ①", [*"AeiOunc", "A", "1"]),
    ],
)
def test_every_mark_is_written_plainly(marks: str, plain: list[str]) -> None:
    assert [fold(mark)[0] for mark in marks] == plain


@pytest.mark.parametrize(
    ("british", "plain"),
    [
        ("leukaemia", "leukemia"),
        ("leucemia", "leukemia"),
        ("anaemia", "anemia"),
        ("haemoglobin", "hemoglobin"),
        ("oedema", "edema"),
        ("tumour", "tumor"),
        ("paediatric", "pediatric"),
        ("oesophagus", "esophagus"),
        ("leukemia", "leukemia"),
    ],
)
def test_british_spelling_becomes_american(british: str, plain: str) -> None:
    assert american(british) == plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("t(9;22)(q34;q11.2)", "t(9;22)"),
        ("t(22;9)(q11;q34)", "t(9;22)"),
        ("t(x;11)(q13;q22)", "t(11;x)"),
        ("t(3;21)", "t(3;21)"),
        ("t(12;9)", "t(9;12)"),
        ("t(9:22)", "t(9;22)"),
        ("t(9,22)", "t(9;22)"),
        ("t(9/22)", "t(9;22)"),
        ("t( 9 ; 22 )", "t(9;22)"),
        ("t (9;22)", "t(9;22)"),
        ("t9;22", "t(9;22)"),
        ("t 9;22", "t(9;22)"),
        ("t-9;22", "t(9;22)"),
        ("inv(16)(p13.1q22)", "inv(16)"),
        ("inv(3)(q21;q26.2)", "inv(3)"),
        ("del(17p)", "del(17p)"),
        ("del(17p13.1)", "del(17p13)"),
        ("ins(21;8)", "ins(21;8)"),
        # A break at 11q23 names the locus, whatever the partner, but for RARA's at 17q21.
        ("t(9;11)(p22;q23)", "11q23"),
        ("t(9;11)(p21.3;q23.3)", "11q23"),
        ("t(11;19)(q23;p13)", "11q23"),
        ("t(4;11q23)", "11q23"),
        ("t(11q23.3;19)", "11q23"),
        ("t(11;17)(q23;q21)", "t(11;17)"),
        ("t(11;14)(q13;q32)", "t(11;14)"),
        ("t(9;11)", "t(9;11)"),
        ("t(9;11)(p22)", "t(9;11)"),
        ("t(9;21)(q23;q22)", "t(9;21)"),
        ("inv(11)(q23)", "inv(11)"),
        ("del(11q23)", "del(11q23)"),
    ],
)
def test_a_karyotype_has_one_spelling(text: str, expected: str) -> None:
    assert canonical_karyotype(text) == expected


@pytest.mark.parametrize(
    ("word", "meant", "typo"),
    [
        ("leukemia", "leukemia", False),
        ("leukaemia", "leukemia", False),
        ("leukemias", "leukemia", False),
        ("leukaemias", "leukemia", False),
        ("lymphomas", "lymphoma", False),
        ("biopsies", "biopsy", False),
        ("lukemia", "leukemia", False),
        ("myeliod", "myeloid", True),
        ("mye1oid", "myeloid", True),
        ("lympboblastic", "lymphoblastic", True),
        ("rernission", "remission", True),
        ("relap5e", "relapse", True),
        ("chr0nic", "chronic", True),
        ("marrovv", "marrow", True),
        ("blst", "blast", True),
        ("monocitik", "monocytic", True),
        ("chroniclymphocyticleukemia", "chronic lymphocytic leukemia", True),
        ("chromosom", "chromosome", True),
        # A letter is lost more often than added.
        ("erythroleukemi", "erythroleukemia", True),
        ("acutemyeloid", "acute myeloid", True),
        ("hairycell", "hairy cell", False),
        ("acutemyeloidleukemia", "acute myeloid leukemia", True),
    ],
)
def test_a_word_is_brought_to_the_vocabularys_spelling(word: str, meant: str, typo: bool) -> None:
    assert spell(word) == Spelled(meant, known=True, typo=typo)


@pytest.mark.parametrize(
    "word",
    [
        "xyzzy",
        "lkm",
        "leukopemia1",
        "x" * 41,
        "myeloid" * 6,
        "chloro",
        # Near two words of other meaning, or two edits from a guarded noun.
        "lekoemie",
        "stting",
        # Two edits in a word of seven letters; a part of less than four.
        "cronik",
        "lymfoyd",
        "inremission",
    ],
)
def test_a_word_with_no_one_reading_stays_as_it_is(word: str) -> None:
    assert spell(word) == Spelled(word, known=False)


@pytest.mark.parametrize("word", ["lymphoma", "leukoplakia", "pneumonia", "chordoma"])
def test_a_neighbour_is_no_misspelt_leukemia(word: str) -> None:
    assert "leukemia" not in spell(word).word


def test_an_unread_word_near_a_critical_one_is_doubtful() -> None:
    assert resembles_critical("lympmoblstic")
    assert resembles_critical("chrnoic")
    assert resembles_critical("hary")
    assert resembles_critical("wihtout")
    assert not resembles_critical("chronic")
    assert not resembles_critical("acre")
    # A word of its own only right beside the name.
    assert not resembles_critical("cute")
    assert resembles_critical("cute", beside=True)
    assert not resembles_critical("acoustic", beside=True)
    assert not resembles_critical("zzzzzzzz")
    assert not resembles_critical("of", beside=True)
    assert not resembles_critical("x" * 41)
    assert not resembles_critical("lym")


def test_an_unread_word_near_the_noun_is_that_noun() -> None:
    assert resembled_noun("lekumia") == "leukemia"
    assert resembled_noun("lymfhoma") == "lymphoma"
    assert resembled_noun("lymphona") == "lymphoma"
    assert resembled_noun("lipoma") is None
    assert resembled_noun("leukemia") is None
    assert resembled_noun("lekum") is None
    assert resembled_noun("leukopnia") is None
    assert resembled_noun("xxxxxxxx") is None


def test_an_unread_word_near_a_status_may_be_one() -> None:
    assert resembles_status("remisn")
    assert resembles_status("relpsd")
    assert resembles_status("remsion")
    assert not resembles_status("recur")
    assert not resembles_status("permission")
    # A word of its own only where a status stands, and one letter from it.
    assert not resembles_status("emission")
    assert resembles_status("emission", after_in=True)
    assert not resembles_status("omission", after_in=True)
    assert not resembles_status("rel")
    assert not resembles_status("pancreas")
    assert not resembles_status("x" * 41)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("AML 2019", 2019),
        ("AML 1950", 1950),
        ("AML 1949", None),
        ("AML 2099", 2099),
        ("AML 2100", None),
        ("AML '19", 2019),
        ("AML 19", None),
        ("AML '5", None),
        ("AML 20190101", None),
        ("AML 2.5", None),
        ("AML x", None),
    ],
)
def test_a_number_is_a_year_where_it_looks_like_one(text: str, year: int | None) -> None:
    assert as_year(read_items(text)[-1]) == year


def kinds(text: str) -> list[tuple[str, str]]:
    return [(item.phrase, item.kind) for item in read_items(text)]


def test_items_cover_the_text_with_the_longest_phrases() -> None:
    assert kinds("relapsed AML with DVT 2019 qwrtz") == [
        ("relapsed", "status"),
        ("AML", "head"),
        ("with", "filler"),
        ("dvt", "disease"),
        ("2019", "number"),
        ("qwrtz", "unknown"),
    ]
    assert [phrase for phrase, _ in kinds("hairy cell leukemia in remission")][-1] == "in remission"


def test_a_disease_of_any_name_is_one() -> None:
    for text, kind in (
        ("Meniere disease", "disease"),
        ("of disease", "filler"),
        ("Meniere, disease", "filler"),
    ):
        items = read_items(text)
        settle_short_forms(items)
        assert items[1].kind == kind


@pytest.mark.parametrize(
    "word", ["sinusitis", "sclerosis", "anemia", "lipoma", "myopathy", "neuralgia", "purpurauria"]
)
def test_a_word_that_ends_as_a_disease_is_one(word: str) -> None:
    assert read_items(word)[0].kind in ("disease", "entity")


def hard(text: str) -> list[str]:
    return [item.phrase for item in read_items(text) if item.hard]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AML; CLL", ["CLL"]),
        ("AML! CLL", ["CLL"]),
        ("AML, CLL", []),
        ("AML. CLL", ["CLL"]),
        ("AML.CLL", []),
        # The stop of a short form ends nothing, nor does that of a single letter.
        ("Dr. AML", []),
        ("T. AML", []),
        ("PV. AML", ["AML"]),
        ("pneumonia. AML", ["AML"]),
        ("None. AML", ["AML"]),
        ("no. of", []),
        # A line that ends within a name goes on.
        ("acute\nleukemia", []),
        ("chronic lymphocytic\nleukemia", []),
        ("leukemia\nin remission", []),
        ("AML\nPneumonia", ["pneumonia"]),
        ("AML\npneumonia", ["pneumonia"]),
        ("AML\n\nin remission", ["in remission"]),
        ("acute\n\nleukemia", ["leukemia"]),
        ("acute\n- leukemia", ["leukemia"]),
        ("acute\nLeukemia", ["leukemia"]),
    ],
)
def test_a_sentence_or_list_ends_where_it_does(text: str, expected: list[str]) -> None:
    assert hard(text) == expected


def repaired(text: str) -> list[str]:
    return [item.phrase for item in read_items(text) if item.typo]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("acute myeliod leukemia", ["myeloid"]),
        ("acute myeloid lekumia", ["leukemia"]),
        ("acute prolym phocytic leukemia", ["prolymphocytic"]),
        ("acute prolym-phocytic leukemia", ["prolymphocytic"]),
        ("acute myeloid leukemia", []),
        ("acutemyeloid leukemia", ["acute", "myeloid"]),
        ("lekumia of lung", []),
        ("AML lekumia", []),
        ("NPM1 lekumia", []),
    ],
)
def test_a_repaired_word_is_marked(text: str, expected: list[str]) -> None:
    assert repaired(text) == expected


def test_an_item_knows_its_capitals() -> None:
    first, second, third = read_items("Acute AML acute")
    assert (first.capital, first.capitalised) == (False, True)
    assert (second.capital, second.capitalised) == (True, True)
    assert (third.capital, third.capitalised) == (False, False)


def test_an_abbreviation_is_matched_by_case() -> None:
    def grade(text: str) -> list[str]:
        return [item.grade for item in read_items(text)]

    assert grade("AML") == ["A"]
    assert grade("aml") == ["A"]
    assert grade("Aml found") == ["A", ""]
    assert grade("AmL found") == ["", ""]
    assert grade("All found") == ["", ""]
    assert grade("ALL") == ["B"]
    assert grade("all") == [""]
    assert grade("EMT") == ["C"]


def test_what_becomes_another_thing_is_no_abbreviation_any_more() -> None:
    item: Item = read_items("ALL")[0]
    item.become(lexicon().phrases["leukemia"])
    assert (item.kind, item.grade, item.entry.features) == ("feature", "", frozenset({"leukemia"}))


def test_features_that_leave_a_family_open_give_those_that_are_left() -> None:
    assert decide(frozenset({"leukemia", "acute", "myeloid"})).codes == ("C92.0",)
    assert decide(frozenset({"leukemia"})).codes == ("C95.9",)
    both = decide(frozenset({"leukemia", "acute", "myeloid", "lymphoid"}))
    assert not both.resolved
    assert {"C92.0", "C91.0"} <= set(both.codes)
    assert (both.certainty, both.rule, both.other_codes) == ("low", "", ())
    strange = decide(frozenset({"acute", "chronic", "juvenile", "b", "t", "nk"}))
    assert not strange.resolved
    assert strange.codes == ("C95.9",)
    # Two that do not go with two others: each of the four that are left.
    several = decide(frozenset({"leukemia", "acute", "chronic", "myeloid", "lymphoid"}))
    assert set(several.codes) == {"C92.0", "C91.0", "C92.1", "C91.1"}


def test_records_begin_empty() -> None:
    assert Reading(("C92.0",), resolved=True) == (("C92.0",), True, "", (), "high")
    assert not Spelled("aml", known=True).typo
    mention = Mention([0], frozenset(), Reading(("C92.0",), resolved=True))
    assert (mention.grade, mention.doubt, mention.codes) == ("", (), ("C92.0",))
    word = StatusWord(0, ("1",), 0, None)
    assert (word.uncertain, word.unclear, word.rule) == (False, False, "")
    assert (word.value, word.is_weak) == ("1", False)
    assert StatusWord(0, ("1", "0"), 2, None).value is None
    assert StatusWord(0, ("1", "0"), 2, None).is_weak
    status = StatusReading(None, (), 0, ())
    assert (status.uncertain, status.unclear, status.rule) == (False, False, "")
    hit = CueHit(lexicon().cues["no"][0], 3)
    assert (hit.diseases, hit.statuses) == ((), ())
    diagnosis = Diagnosis(mention, {}, None)
    assert not diagnosis.denied_later
    assert (diagnosis.removed_by, diagnosis.kinds, diagnosis.has("family")) == ((), (), False)


@pytest.mark.parametrize(
    ("contexts", "removed"),
    [
        (["uncertain"], ()),
        (["family", "history"], ()),
        (["exposure", "screening"], ("screening", "exposure")),
        (["hypothetical", "other_person", "negated"], ("negated", "other_person", "hypothetical")),
        (["hypothetical", "exposure"], ("exposure", "hypothetical")),
        (["screening", "other_person"], ("other_person", "screening")),
        (["hypothetical", "uncertain"], ("hypothetical",)),
    ],
)
def test_contexts_that_take_a_disease_away_stand_strongest_first(
    contexts: list[str], removed: tuple[str, ...]
) -> None:
    mention = Mention([0], frozenset(), Reading(("C92.0",), resolved=True))
    assert Diagnosis(mention, dict.fromkeys(contexts, ()), None).removed_by == removed


SMALL = {
    "phrases": [
        [["head", "leukemia", "TAB26", "high"], "Aleukemia"],
        [["head", "neutral", "IDX25", "high"], "Athing"],
        [["entity", "resolve C91.4", "CONV", "low"], "AhairyF cell leukemia"],
        [["entity", "ask C92.0|C92.A", "WHO5", "medium"], "Aleukemia of doubt"],
        [["entity", "none none", "CONV", "high"], "Aleukoplakia"],
        [["status", "1 explicit p", "TAB26", "high"], "Ain remission"],
        [["marker", "fab_m2", "TAB26", "high"], "Am2"],
    ],
    "cues": [[["negated", "post", "CONV"], "A(no|not any)"], [["negated", "pre", "CONV"], "AnoCt any"]],
    "spelling": {"leukemia": "Aleucemia"},
    "fillers": {"text": "AallAwith", "np": "Anew"},
    "disease_words": "Aasthma",
    "other_words": "AtableDletsBap",
    "abbreviations": {
        "AML": ["A", "acute myeloid leukemia", "", "CONV", "high"],
        "ALL": ["B", "acute lymphoid leukemia", "", "CONV", "high"],
        "HCL": ["B", "", "C91.4", "CONV", "medium"],
        "EMT": ["C", "", "ask C92.3|C92.0", "CONV", "low"],
        "CMMoL": ["A", "", "C93.1", "CONV", "high"],
    },
    "decisions": [["leukemia acute", "adult", "resolve", "C95.0", "LK-M003 C92.0 C91.0", "TAB26", "high"],
                  ["leukemia", "", "ask", "C95.9|C95.1", "", "CONV", "low"]],
    "implies": {"acute myeloid": ["leukemic"]},
    "generalises": {"C95.9": ["C95.0"]},
    "pairs": [["C91.1", "C83.0", "resolve", "C91.1", "LK-M003 C83.0", "CONV"],
              ["C92.0", "D46.9", "ask", "C92.A|C92.0", "", "CONV"]],
    "derived": [["from", "D46", "C92.0", "resolve", "C92.A"], ["into", "D45", "C92.0", "ask", "C92.0|C92.A"]],
    "lone_markers": {"npm1": ["C92.0"]},
    "kin": {"C91": ["Z85.6", "Z80.6"]},
    "notices": {"C95.9": ["LK-U001", "ask"]},
    "classes": {"now": "AnowAtoday"},
    "confusables": {"AML": "Akidney"},
    "determined": "Alabs",
    "beside": {"b": ["letter", ""]},
    "leukemias": ["C95.9"],
}  # fmt: skip


def test_the_vocabularys_tables_are_those_of_its_file() -> None:
    small = Lexicon(SMALL)
    assert small.phrases["hairy"] is small.phrases["hairy cell leukemia"]
    assert small.phrases["hairy"] == ("entity", "resolve", frozenset(), ("C91.4",), "CONV", "low")
    assert small.phrases["leukemia of doubt"][1:4] == ("ask", frozenset(), ("C92.0", "C92.A"))
    assert small.phrases["leukoplakia"][1:4] == ("none", frozenset(), ())
    assert small.phrases["leukemia"].features == {"leukemia"}
    assert small.phrases["thing"].features == frozenset()
    assert small.phrases["in remission"][1:4] == ("1 explicit p", frozenset(), ())
    assert [small.phrases[name].official for name in ("leukemia", "thing", "hairy")] == [True, True, False]
    assert [small.phrases[name].is_class for name in ("m2", "leukemia")] == [True, False]
    assert [cue.direction for cue in small.cues["not any"]] == ["post", "pre"]
    assert [cue.direction for cue in small.cues["no"]] == ["post", "pre"]
    assert small.other_words == {"table", "tablets", "tap"}
    assert small.is_wider("C95.9", "C95.0")
    assert not small.is_wider("C95.0", "C95.9")


def test_abbreviations_come_as_features_or_as_codes() -> None:
    small = Lexicon(SMALL).abbreviations
    assert small["AML"].entry[:4] == ("head", "acute myeloid leukemia", {"acute", "myeloid", "leukemia"}, ())
    assert small["HCL"].entry[:4] == ("entity", "resolve", frozenset(), ("C91.4",))
    assert small["EMT"].entry[:4] == ("entity", "ask", frozenset(), ("C92.3", "C92.0"))
    assert small["EMT"].entry[4:] == ("CONV", "low")
    assert [small[name].grade for name in ("AML", "HCL", "EMT")] == ["A", "B", "C"]
    # In small letters only what is in capitals, stands alone and is no English word.
    assert set(Lexicon(SMALL).lower_abbreviations) == {"aml"}


def test_decisions_and_pairs_come_with_what_else_they_may_be() -> None:
    small = Lexicon(SMALL)
    first, second = small.decisions
    assert first.needs == {"leukemia", "acute"}
    assert first[1:] == ({"adult"}, True, ("C95.0",), "LK-M003", ("C92.0", "C91.0"), "high")
    assert (second.resolved, second.codes, second.rule, second.other_codes) == (
        False,
        ("C95.9", "C95.1"),
        "",
        (),
    )
    assert small.pairs[frozenset({"C83.0", "C91.1"})] == (True, ("C91.1",), "LK-M003", ("C83.0",))
    assert small.pairs[frozenset({"C92.0", "D46.9"})] == (False, ("C92.A", "C92.0"), "", ())
    assert small.derived[0] == ("from", "D46", "C92.0", True, ("C92.A",))
    assert small.derived[1] == ("into", "D45", "C92.0", False, ("C92.0", "C92.A"))
    assert small.lone_markers == {"npm1": ("C92.0",)}
    assert small.kin == {"C91": ("Z85.6", "Z80.6")}
    assert small.notices == {"C95.9": ("LK-U001", "ask")}


def test_phrases_are_found_by_their_first_words() -> None:
    small = Lexicon(SMALL)
    assert small.lengths["hairy"] == (1,)
    assert small.lengths["hairy cell"] == (3,)
    assert small.lengths["leukemia"] == (1,)
    assert small.lengths["leukemia of"] == (3,)
    assert small.lengths["in"] == ()
    assert small.lengths["in remission"] == (2,)
    assert small.lengths["not any"] == (2,)
    assert "cell" not in small.lengths
    # Of names only: what longer ones go on with.
    assert small.longer == {"hairy": {"cell", "leukemia"}, "leukemia": {"of", "doubt"}}


def test_the_vocabulary_holds_every_word_it_reads() -> None:
    small = Lexicon(SMALL)
    assert {"hairy", "cell", "any", "with", "aml", "cmmol", "asthma"} <= small.vocabulary
    assert {"AML", "table", "leucemia"}.isdisjoint(small.vocabulary)
    assert {"now", "today"} <= words_of("now")
