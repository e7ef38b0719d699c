"""The parts of the claim rules by themselves, as their descriptions have them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import leukcodes as lc
from leukcodes.claims import edges as edges_module
from leukcodes.claims.edges import Ages, Coverage, Edge, Edges, edges, tabular_key
from leukcodes.claims.encounter import Encounter, in_words, source_of
from leukcodes.codes import IcdCode
from leukcodes.codesystem import system

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
    assert covers.of("C91.10") == 0b11111


def test_few_codes_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edges_module, "_CACHE_SIZE", 2)
    covers = Coverage([["C91"]])
    for code in ("C91.00", "C92.00", "C91.10", "C92.10"):
        assert covers.of(code) == covers.of(code) == int(code < "C92")
    assert covers._found == {"C91.00": 1, "C92.00": 0}


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
        for note, kind in zip(NOTES[:1] * 4, ["excludes1", "excludes2", "code_first", "code_also"], strict=True)
    ] == ["Excludes1", "Excludes2", "code first", "code also"]


def test_the_source_names_the_release_whose_text_it_is() -> None:
    (borrowed, *_) = (release for release in lc.releases() if release.notes_from != release.name)
    assert f"Tabular List {borrowed.notes_from}," in source_of(NOTES[0], borrowed)


# Encounter


def encounter(*codes: str, **options) -> Encounter:
    given = tuple(map(IcdCode, codes))
    known = system()
    options = {"release": known.release_on(DAY), "day": DAY, "first": given[0] if given else None, **options}
    return Encounter(system=known, edges=Edges(NOTES, SETS, AGES), codes=given, **options)


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
    assert [encounter(setting=setting).place for setting in (None, *map(lc.Setting, ("inpatient", "outpatient")))] == [
        *("principal", "principal", "first-listed"),
    ]


def test_notes_speak_by_the_text_of_the_release() -> None:
    known = system()
    claim = encounter("C91.10", release=known.release("FY2025"), day=date(2024, 10, 1))
    assert (claim.mask("excludes1"), encounter("C91.10", release=known.release("FY2026")).mask("excludes1")) == (1, 3)
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
    assert (plain.message, plain.codes, plain.release, plain.suggestions) == ("said", ("C92.00",), "FY2027", ())
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
