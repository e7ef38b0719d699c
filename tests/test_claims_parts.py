"""The parts of the claim rules by themselves, as their descriptions have them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import leukcodes as lc
from leukcodes.caches import clear_caches
from leukcodes.claims.edges import Ages, Coverage, Edge, Edges, _covering, edges, tabular_key
from leukcodes.claims.encounter import Encounter, in_words, source_of
from leukcodes.claims.order import order_issues
from leukcodes.claims.pairs import pair_issues
from leukcodes.codes import IcdCode
from leukcodes.codesystem import system
from leukcodes.models import Issue
from leukcodes.resources import read_json

DAY = date(2026, 11, 21)
AGES = [
    Ages(("C91.1-",), 18, None, "rare in children", "here"),
    Ages(("C93.3-", "C91.1"), None, 17, "of children", "there"),
]
NOTES = [
    Edge(1, "excludes1", "C91.1-", "chronic", ("C92",), ("FY2025", "FY2026"), frozenset()),
    Edge(2, "excludes1", "C92", "other", ("C91", "C93.1-"), ("FY2026",), frozenset()),
    Edge(4, "code_first", "D72.18", ", such as: leukemia", ("C93.1",), ("FY2026",), frozenset({"such_as"})),
]
SETS = {"myeloid": ["C92.-", "C93.-"], "lymphoid": ["C91"]}


# Coverage


@pytest.mark.parametrize("ref", ["C91.1", "C91.1-"])
def test_a_reference_covers_a_code_and_all_below_it(ref: str) -> None:
    covers = Coverage([[ref]])
    assert [covers.of(code) for code in ("C91.1", "C91.10", "C91", "C91.2", "C91.A0")] == [1, 1, 0, 0, 0]


def test_a_category_is_printed_with_a_dot_and_a_dash() -> None:
    covers = Coverage([["C91.-"], ["T45.1X-"]])
    assert [covers.of(code) for code in ("C91", "C91.00", "C92")] == [1, 1, 0]
    assert [covers.of(code) for code in ("T45.1X5A", "T45.1Y5A", "T45.1")] == [2, 0, 0]


def test_a_range_takes_in_all_below_its_end() -> None:
    covers = Coverage([["C81-C96"]])
    inside = ["C81", "C81.00", "C90.10", "C96", "C96.9", "C96.Z"]
    assert [covers.of(code) for code in inside] == [1] * 6
    assert [covers.of(code) for code in ("C80.9", "C97", "D45", "C7A.00")] == [0] * 4


def test_a_range_runs_in_the_order_of_the_tabular_list() -> None:
    covers = Coverage([["C91.6-C91.A"]])
    assert [covers.of(code) for code in ("C91.60", "C91.A0", "C91.Z0", "C91.90", "C91.50")] == [1, 1, 0, 0, 0]
    assert sorted(["C91.91", "C91.Z0", "C91.90", "C91.A0", "C91.6"], key=tabular_key) == [
        *("C91.6", "C91.A0", "C91.Z0", "C91.90", "C91.91"),
    ]


def test_each_list_has_its_bit() -> None:
    covers = Coverage([["C91"], ["C92", "C91.1-"], ["C91"], ["C81-C96"], ["C81-C96", "C91-C95"]])
    assert [covers.of(code) for code in ("C91.10", "C91.00", "C92.00", "C81.00")] == [
        *(0b11111, 0b11101, 0b11010, 0b11000),
    ]
    assert covers.of("C91.10") == covers.find("C91.10") == 0b11111


def test_codes_that_were_asked_about_are_forgotten() -> None:
    lc.validate_claim(["C99.9X"])
    assert _covering.cache_info().currsize
    clear_caches()
    assert _covering.cache_info().currsize == 0


# Ages


@pytest.mark.parametrize(
    ("first", "last", "fitting", "others"),
    [
        (18, None, [18, 18.5, 120], [17.9, 0]),
        (None, 17, [0, 17, 17.99], [18, 40]),
        (15, 17, [15, 17.5], [14.9, 18]),
        (None, None, [0, 120], []),
        (0, 0, [0, 0.9], [1]),
    ],
)
def test_ages_are_included_up_to_the_next_birthday(first, last, fitting, others) -> None:
    ages = Ages((), first, last, "", "")
    assert all(ages.fit(age) for age in fitting)
    assert not any(ages.fit(age) for age in others)


def test_ages_of_a_code_are_those_that_name_it() -> None:
    known = Edges(NOTES, SETS, AGES)
    assert list(known.ages_of("C91.10")) == AGES
    assert list(known.ages_of("C93.30")) == AGES[1:]
    assert list(known.ages_of("C92.00")) == []
    assert list(Edges(NOTES, SETS, iter(AGES)).ages_of("C91.12")) == AGES


# Notes


def test_a_mask_has_the_notes_of_a_kind_and_release() -> None:
    known = Edges(iter(NOTES), SETS, [])
    for _ in range(2):
        assert known.mask("excludes1", "FY2026") == 3
        assert known.mask("excludes1", "FY2025") == 1
        assert known.mask("code_first", "FY2026") == 4
        assert known.mask("code_first", "FY2025") == 0


def test_notes_come_in_their_order() -> None:
    known = Edges(NOTES, SETS, [])
    assert list(known.of(7)) == NOTES
    assert list(known.of(5)) == [NOTES[0], NOTES[2]]
    assert list(known.of(0)) == []


def test_what_a_note_owns_and_names() -> None:
    known = Edges(NOTES, SETS, [])
    assert [known.owned.of(code) for code in ("C91.10", "C92.00", "D72.18", "C93.10")] == [1, 2, 4, 0]
    assert [known.named.of(code) for code in ("C91.10", "C92.00", "D72.18", "C93.10")] == [2, 1, 0, 6]


def test_a_note_refers_to_a_set_by_the_codes_it_names() -> None:
    known = Edges(NOTES, SETS, [])
    assert [known.refers_to(note, "myeloid") for note in NOTES] == [True, True, True]
    assert [known.refers_to(note, "lymphoid") for note in NOTES] == [False, True, False]
    assert known.refers_to(NOTES[0]._replace(refs=("C91.-",)), "lymphoid")
    assert not known.refers_to(NOTES[0]._replace(refs=()), "lymphoid")
    effect = Edges([], {"effect": ["T45.1X-"]}, [])
    assert effect.refers_to(NOTES[0]._replace(refs=("T45.1X-",)), "effect")


def test_sets_have_a_bit_each() -> None:
    known = Edges(NOTES, SETS, [])
    assert (known.bit("myeloid"), known.bit("lymphoid")) == (1, 2)
    assert [known.sets.of(code) for code in ("C92.00", "C93.1", "C91.00", "C90.10")] == [1, 1, 2, 0]
    with pytest.raises(KeyError):
        known.bit("none")


def test_the_packaged_notes_are_numbered_and_stand_where_a_code_can_be_covered() -> None:
    for number, note in enumerate(edges().notes):
        assert note.bit == 1 << number
        assert note.kind in {"excludes1", "excludes2", "code_first", "code_also"}
        # Chapters are named by their codes.
        assert ":" not in note.owner
        assert edges().owned.of(note.owner.partition("-")[0].rstrip(".")) & note.bit
    assert edges() is edges()


def test_the_source_of_a_note_is_its_words_and_place() -> None:
    release = system().release("FY2026")
    assert source_of(NOTES[2], release) == (
        "ICD-10-CM Tabular List FY2026, code first note at D72.18: such as: leukemia"
    )
    assert [
        source_of(note._replace(kind=kind), release).partition(", ")[2].partition(" note")[0]
        for note, kind in zip(
            NOTES[:1] * 4, ["excludes1", "excludes2", "code_first", "code_also"], strict=True
        )
    ] == ["Excludes1", "Excludes2", "code first", "code also"]


def test_the_source_names_the_release_whose_text_it_is() -> None:
    (borrowed, *_) = (release for release in lc.releases() if release.notes_from != release.name)
    assert f"Tabular List {borrowed.notes_from}," in source_of(NOTES[0], borrowed)


# Encounter


def encounter(*codes: str, **options) -> Encounter:
    given = tuple(map(IcdCode, codes))
    known = system()
    usual = {"release": known.release_on(DAY), "day": DAY, "first": given[0] if given else None}
    usual |= {"setting": None, "age": None, "unrelated": ()}
    return Encounter(system=known, edges=Edges(NOTES, SETS, AGES), codes=given, **{**usual, **options})


def test_each_code_stands_once_with_its_bits() -> None:
    claim = encounter("C92.00", "C91.10", "C92.00")
    assert claim.codes == ("C92.00", "C91.10", "C92.00")
    assert claim.distinct == ("C92.00", "C91.10")
    assert claim.lines == (("C92.00", 1, 2, 1), ("C91.10", 2, 1, 2))
    assert claim.union == (3, 3, 3)
    assert encounter().union == (0, 0, 0)
    assert encounter("C92.00", "C93.10").union == (1, 2, 7)


def test_codes_of_a_set_come_in_claim_order() -> None:
    claim = encounter("C93.10", "C92.00", "C93.10", "I10")
    assert claim.those("myeloid") == ("C93.10", "C92.00")
    assert claim.has("myeloid") is True
    assert claim.those("lymphoid") == ()
    assert claim.has("lymphoid") is False


def test_what_stands_before_a_code() -> None:
    claim = encounter("C93.10", "C92.00", "C91.10")
    assert [claim.before(code) for code in claim.distinct] == [(), ("C93.10",), ("C93.10", "C92.00")]


def test_the_first_place_is_named_by_the_setting() -> None:
    assert [
        encounter(setting=setting).place for setting in (None, *map(lc.Setting, ("inpatient", "outpatient")))
    ] == [
        *("principal", "principal", "first-listed"),
    ]


def test_notes_speak_by_the_text_of_the_release() -> None:
    known = system()
    claim = encounter("C91.10", release=known.release("FY2025"), day=date(2024, 10, 1))
    assert (
        claim.mask("excludes1"),
        encounter("C91.10", release=known.release("FY2026")).mask("excludes1"),
    ) == (1, 3)
    odd = replace(known.release("FY2024"), notes_from="FY2025")
    assert encounter("C91.10", release=odd).mask("excludes1") == 1


def test_nothing_is_billable_without_a_date() -> None:
    assert encounter().billable("C92.00") is True
    assert encounter().billable("C92.0") is False
    assert encounter(day=None).billable("C92.00") is False


@pytest.mark.parametrize("pair", [("C91", "D72.8"), ("D72.8", "C91"), ("C91.10", "D72.829")])
def test_unrelated_are_pairs_in_either_order(pair: tuple[str, str]) -> None:
    claim = encounter(unrelated=((IcdCode("I10"), IcdCode("I11")), (IcdCode(pair[0]), IcdCode(pair[1]))))
    one, other, third = map(IcdCode, ("C91.10", "D72.829", "C92.00"))
    assert claim.are_unrelated(one, other)
    assert claim.are_unrelated(other, one)
    assert not claim.are_unrelated(one, third)
    assert not claim.are_unrelated(third, one)
    assert not claim.are_unrelated(other, third)
    assert not claim.are_unrelated(third, other)
    assert not encounter().are_unrelated(one, other)


def test_an_issue_names_its_codes_release_and_source() -> None:
    claim = encounter("C92.00")
    plain = claim.issue("LK-Q011", "said", (IcdCode("C92.00"),))
    assert (plain.message, plain.codes, plain.release, plain.suggestions) == (
        "said",
        ("C92.00",),
        "FY2027",
        (),
    )
    assert type(plain.codes[0]) is str
    assert (plain.severity, plain.source) == (lc.RULES["LK-Q011"].severity, lc.RULES["LK-Q011"].source)
    other = claim.issue(
        "LK-Q011", "said", (), suggestions=[IcdCode("C92.01")], severity=lc.Severity.INFO, source="elsewhere"
    )
    assert (other.suggestions, other.severity, other.source) == (("C92.01",), "info", "elsewhere")
    noted = claim.issue("LK-Q011", "said", (), note=NOTES[0], source="elsewhere")
    assert noted.source == source_of(NOTES[0], claim.release)


def test_codes_in_words() -> None:
    assert in_words(["C91.10"]) == "C91.10"
    assert in_words(["C91.10", "C92.00"]) == "C91.10 and C92.00"
    assert in_words(iter(["C91.10", "C92.00", "C93.00"]), "or") == "C91.10, C92.00 or C93.00"


# Rules over notes made for the purpose


def note(kind: str, owner: str, *refs: str, reading: str = "", text: str = "told") -> Edge:
    return Edge(0, kind, owner, text, refs, ("FY2026",), frozenset(reading.split()))


def judged(check, notes: list[Edge], codes: str, *, sets=None, **options) -> list[Issue]:
    """What a check says about a claim, were these the official notes and sets."""
    numbered = [each._replace(bit=1 << number) for number, each in enumerate(notes)]
    known = Edges(numbered, {**{name: [] for name in read_json("edges.json")["sets"]}, **(sets or {})}, [])
    return list(check(replace(encounter(*codes.split(), **options), edges=known)))


def test_of_two_notes_the_plainer_speaks() -> None:
    narrow, plain = (
        note("excludes1", "C91", "D72", reading="narrower", text="one"),
        note("excludes1", "C91", "D72"),
    )
    for notes in ([narrow, plain], [plain, narrow]):
        (issue,) = judged(pair_issues, notes, "C91.10 D72.829")
        assert (issue.severity, issue.source) == ("error", source_of(plain, system().newest))
    (issue,) = judged(pair_issues, [narrow], "D72.829 C91.10")
    assert (issue.severity, issue.codes) == ("info", ("D72.829", "C91.10"))
    (issue,) = judged(pair_issues, [note("excludes1", "C91", "D72", reading="wider")], "C91.10 D72.829")
    assert issue.severity == "warning"
    ways = {
        "": "exclude each other",
        "wider": "probably exclude each other",
        "narrower": "may stand together",
    }
    for reading, way in ways.items():
        (issue,) = judged(pair_issues, [note("excludes1", "C91", "D72", reading=reading)], "C91.10 D72.829")
        assert issue.message.startswith(f"C91.10 and D72.829 {way}: the Excludes1 note at C91 (told)")


def test_notes_of_other_kinds_keep_nothing_apart() -> None:
    for kind in ("code_first", "code_also"):
        assert judged(pair_issues, [note(kind, "C91", "D72")], "C91.10 D72.829") == []


def test_a_note_keeps_apart_only_what_it_stands_at_and_what_it_names() -> None:
    apart = note("excludes1", "C91", "D72")
    assert judged(pair_issues, [apart], "C91.10 C91.00 I10") == []
    assert judged(pair_issues, [apart], "D72.829 D72.819 I10") == []
    found = judged(pair_issues, [apart, note("excludes1", "I10", "I11")], "C91.10 I10 C91.00 D72.829")
    assert [issue.codes for issue in found] == [("C91.10", "D72.829"), ("C91.00", "D72.829")]


def test_an_excludes2_note_speaks_once_and_not_for_whole_chapters() -> None:
    both = note("excludes2", "C91", "D72", "C91.1")
    (issue,) = judged(pair_issues, [both], "I10 C91.00 D72.829 C91.10")
    assert (issue.rule, issue.codes) == ("LK-E002", ("C91.00", "D72.829", "C91.10"))
    assert judged(pair_issues, [both._replace(reading=frozenset({"chapter"}))], "C91.00 D72.829") == []
    assert judged(pair_issues, [both], "C91.10 I10") == []  # not beside itself
    others = [both._replace(reading=frozenset({"chapter"})), note("excludes2", "I10", "C91")]
    assert [issue.codes for issue in judged(pair_issues, others, "C91.00 D72.829 I10")] == [("C91.00", "I10")]


def test_what_excludes1_keeps_apart_is_not_said_to_stand_together() -> None:
    notes = [note("excludes2", "C91", "D72"), note("excludes1", "C91", "D72")]
    assert [issue.rule for issue in judged(pair_issues, notes, "C91.00 D72.829")] == ["LK-E001"]
    # Where the caller says that they have nothing to do with each other, the other note is heard.
    unrelated = ((IcdCode("C91.00"), IcdCode("D72.829")),)
    assert [i.rule for i in judged(pair_issues, notes, "C91.00 D72.829", unrelated=unrelated)] == ["LK-E002"]


def test_a_history_is_told_from_each_disease_it_is_of() -> None:
    sets = {"hematologic_neoplasm": ["C91", "C92"], "hematologic_history": ["Z85.6"]}
    apart = note("excludes1", "Z85.6", "C91", "C92", "D72")
    found = judged(pair_issues, [apart], "C91.00 D72.829 Z85.6 C92.00", sets=sets)
    assert [(issue.rule, issue.codes) for issue in found] == [
        ("LK-R003", ("C91.00", "Z85.6", "C92.00")),
        ("LK-E001", ("C91.00", "Z85.6")),
        ("LK-E001", ("D72.829", "Z85.6")),
        ("LK-E001", ("Z85.6", "C92.00")),
    ]
    assert "that C91.00 and C92.00 report as current" in found[0].message
    (history, _) = judged(pair_issues, [apart], "C91.00 Z85.6", sets=sets)
    assert "that C91.00 reports as current" in history.message
    assert [i.rule for i in judged(pair_issues, [apart], "D72.829 Z85.6", sets=sets)] == ["LK-E001"]


def test_a_manifestation_first_names_what_goes_before_it() -> None:
    first = note("code_first", "D72.18", "C93.1", "C92")
    (issue,) = (i for i in judged(order_issues, [first], "D72.18 I10 C92.10 C93.10") if i.rule == "LK-Q004")
    assert (issue.codes, issue.message.endswith("; put C92.10 or C93.10 before it")) == (
        ("D72.18", "C92.10", "C93.10"),
        True,
    )
    alone = judged(order_issues, [first], "D72.18 I10")
    assert [(i.rule, i.codes) for i in alone] == [("LK-Q004", ("D72.18",)), ("LK-Q005", ("D72.18",))]
    assert alone[0].message.endswith("; code that first")
    if_any = note("code_first", "D72.18", "C93.1", reading="if_any")
    assert judged(order_issues, [if_any], "D72.18 C93.10") == []


def test_the_note_that_names_the_disease_is_cited_not_the_first_one() -> None:
    notes = [
        note("code_first", "D72.18", text="such as:"),
        note("code_first", "D72.18", "C93.1", text="one"),
        note("code_first", "D72.1", "C92", text="other"),
    ]

    def cited(codes: str) -> tuple[str, str]:
        (issue,) = judged(order_issues, notes, codes)
        assert issue.source
        return issue.rule, issue.source.partition("note at ")[2]

    assert cited("D72.18 C93.10") == ("LK-Q004", "D72.18: one")
    assert cited("D72.18 C92.10") == ("LK-Q004", "D72.1: other")
    assert cited("D72.18 C92.10 C93.10") == ("LK-Q004", "D72.18: one")
    assert cited("I10 D72.18 C92.10") == ("LK-Q005", "D72.1: other")
    (first,) = (i for i in judged(order_issues, notes, "D72.18 C92.10") if i.rule == "LK-Q004")
    assert "the code first note at D72.1 puts" in first.message


@pytest.mark.parametrize(
    ("codes", "line"),
    [
        ("D72.18 C93.10", "D72.18: chronic myelomonocytic leukemia (C93.1-)"),
        ("M36.1 C91.00", "M36.1: leukemia (C91-C95)"),
        ("M36.1 C90.00", "M36.1: multiple myeloma (C90.0)"),
        ("I10 M36.1 C91.00", "M36.1: leukemia (C91-C95)"),
    ],
)
def test_the_official_line_on_the_disease_is_cited(codes: str, line: str) -> None:
    found = [i for i in lc.validate_claim(codes.split()).issues if i.rule in ("LK-Q004", "LK-Q005")]
    assert [issue.source for issue in found] == [f"ICD-10-CM Tabular List FY2026, code first note at {line}"]


def test_no_first_code_breaks_no_rule_of_the_first_place() -> None:
    first, sets = note("code_first", "D72.18", "C93.1"), {"never_first": ["D72.18"]}
    assert [i.rule for i in judged(order_issues, [first], "D72.18 C93.10", sets=sets)] == [
        *("LK-Q004", "LK-Q009"),
    ]
    found = judged(order_issues, [first], "D72.18 C93.10", sets=sets, first=None)
    assert [i.rule for i in found] == ["LK-Q005"]


def test_a_note_that_names_part_of_the_causes_asks_for_none() -> None:
    partial = note("code_first", "D72.18", "C93.1", reading="partial")
    silent = note("code_first", "D72.18")
    assert judged(order_issues, [partial, silent], "I10 D72.18") == []
    assert [
        i.rule for i in judged(order_issues, [partial, note("code_first", "D72.18", "C92")], "I10 D72.18")
    ] == ["LK-Q005"]


def test_a_note_that_asks_for_none_does_not_hide_the_next() -> None:
    notes = [note("code_first", "D72.18", "C93.1", reading="partial"), note("code_first", "M36.1", "C92")]
    assert [i.codes for i in judged(order_issues, notes, "I10 D72.18 M36.1")] == [("M36.1",)]


def test_a_cause_before_or_at_the_first_place_is_enough() -> None:
    first = note("code_first", "D72.18", "C93.1", "C92.1")
    assert judged(order_issues, [first], "C93.10 D72.18") == []
    assert judged(order_issues, [first], "I10 C93.10 I11.9 D72.18 C92.10") == []
    (issue,) = judged(order_issues, [first], "I10 D72.18 C92.10")
    assert issue.codes == ("D72.18", "C92.10")


def test_each_manifestation_is_looked_at() -> None:
    notes = [
        note("code_first", "D63.0", "C91"),
        note("code_first", "D72.18", "C93.1"),
        note("code_first", "M36.1", "C92"),
    ]
    found = judged(order_issues, notes, "I10 D63.0 D72.18 C93.10 M36.1", sets={"neoplasm_anemia": ["D63.0"]})
    assert [(i.rule, i.codes) for i in found] == [
        ("LK-Q001", ("D63.0",)),
        ("LK-Q005", ("D72.18", "C93.10")),
        ("LK-Q005", ("M36.1",)),
    ]


def test_examples_of_neoplasms_stand_for_any_neoplasm() -> None:
    sets = {"current_neoplasm": ["C00-D49"]}
    such_as = note("code_first", "M36.1", "C91", reading="such_as")
    assert judged(order_issues, [such_as], "C50.911 M36.1", sets=sets) == []
    assert judged(order_issues, [such_as], "I10 C91.00 C50.911 M36.1", sets=sets) == []
    (issue,) = judged(order_issues, [such_as], "I10 M36.1 C50.911", sets=sets)
    assert issue.codes == ("M36.1", "C50.911")
    named = note("code_first", "M36.1", "C91")
    assert [i.codes for i in judged(order_issues, [named], "C50.911 M36.1", sets=sets)] == [("M36.1",)]
    others = note("code_first", "M36.1", "I10", reading="such_as")
    assert [i.codes for i in judged(order_issues, [others], "C50.911 M36.1", sets=sets)] == [("M36.1",)]
    own = note("code_first", "C79.51", "C91", reading="such_as")  # a neoplasm is not its own cause
    assert [(i.rule, i.codes) for i in judged(order_issues, [own], "I10 C79.51", sets=sets)] == [
        ("LK-Q005", ("C79.51",))
    ]


def test_what_is_to_be_coded_too_is_asked_once_an_owner() -> None:
    also = [
        note("code_also", "C92", "D61.818", "D61.81", reading="core", text="one"),
        note("code_also", "C92", "D72.18", "D61.818", reading="if_any", text=", two"),
        note("code_also", "C91", "D61.818"),
    ]
    (issue,) = judged(order_issues, also, "C92.00 I10 C92.10 C91.00")
    assert (issue.rule, issue.codes) == ("LK-Q010", ("C92.00", "C92.10"))
    assert issue.message == "C92.00 and C92.10: code also one, two"
    assert issue.suggestions == ("D61.818", "D72.18")  # D61.81 is a header
    assert issue.source.endswith("code also note at C92: one")
    assert judged(order_issues, also, "C92.00 D72.18") == []
    assert judged(order_issues, also, "C92.00 D61.818") == []
    (undated,) = judged(order_issues, also, "C92.00", day=None)
    assert undated.suggestions == ()
    (each,) = judged(order_issues, [also[2], *also[:1]], "C91.00 C92.00 I10")
    assert each.codes == ("C92.00",)


def test_four_notes_are_quoted_and_no_more() -> None:
    notes = [note("code_also", "C92", f"D61.{n}", reading="core such_as", text=f"t{n}") for n in range(1, 6)]
    (four,) = judged(order_issues, notes[:4], "C92.00")
    (five,) = judged(order_issues, notes, "C92.00")
    assert four.message == "C92.00: code also such as t1, t2, t3, t4"
    assert five.message == "C92.00: code also such as t1, t2, t3, t4, ..."


def test_what_may_not_stand_first_by_setting() -> None:
    sets = {"never_first": ["Z85.6"], "never_principal": ["Z92.21"]}
    inpatient, outpatient = map(lc.Setting, ("inpatient", "outpatient"))
    for setting, codes in (
        (inpatient, "Z85.6"),
        (outpatient, "Z85.6"),
        (None, "Z85.6"),
        (inpatient, "Z92.21"),
    ):
        (issue,) = judged(order_issues, [], codes, sets=sets, setting=setting)
        assert (issue.rule, issue.codes) == ("LK-Q009", (codes,))
    assert judged(order_issues, [], "Z92.21", sets=sets, setting=outpatient) == []
    assert judged(order_issues, [], "Z92.21", sets=sets) == []
    assert judged(order_issues, [], "I10 Z85.6 Z92.21", sets=sets, setting=inpatient) == []
