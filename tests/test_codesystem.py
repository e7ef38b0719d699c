from __future__ import annotations

import csv
import pickle
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest

from leukcodes.codes import IcdCode
from leukcodes.codesystem import Concept, system
from leukcodes.dates import Calendar
from leukcodes.errors import ReleaseNotFoundError, UnknownCodeError
from leukcodes.models import DiseaseStatus, Kind, NoteKind, Release, Scope

DATA = Path(__file__).parent / "data"
NEWEST = date(2026, 10, 1)
NOT, REMISSION, RELAPSE = DiseaseStatus


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _concept(code: str, day: date = NEWEST) -> Concept:
    found = system().concept(code, day)
    assert found is not None
    return found


def _codes(concepts) -> list[str]:
    return [str(concept.code) for concept in concepts]


# Dates and releases


def test_releases_follow_each_other_without_gaps() -> None:
    releases = system().releases
    assert [release.name for release in releases] == [f"FY{year}" for year in range(2016, 2028)]
    assert (releases[0].effective_from, releases[-1].effective_to) == (date(2015, 10, 1), date(2027, 9, 30))
    for earlier, later in pairwise(releases):
        assert later.effective_from - earlier.effective_to == timedelta(days=1)


@pytest.mark.parametrize(
    ("on", "day", "release"),
    [
        (None, date(2026, 10, 1), "FY2027"),
        (date(2024, 9, 30), date(2024, 9, 30), "FY2024"),
        (date(2024, 10, 1), date(2024, 10, 1), "FY2025"),
        (datetime(2024, 9, 30, 23, 59, tzinfo=timezone(timedelta(hours=-12))), date(2024, 9, 30), "FY2024"),
        ("2024-09-30", date(2024, 9, 30), "FY2024"),
        (" 2024-09-30 ", date(2024, 9, 30), "FY2024"),
        ("20240930", date(2024, 9, 30), "FY2024"),
        ("2024-09-30T10:00:00", date(2024, 9, 30), "FY2024"),
        ("2024-09-30 00:00:00", date(2024, 9, 30), "FY2024"),
        ("FY2025", date(2024, 10, 1), "FY2025"),
        ("fy2016", date(2015, 10, 1), "FY2016"),
        ("2015-10-01", date(2015, 10, 1), "FY2016"),
        ("2027-09-30", date(2027, 9, 30), "FY2027"),
    ],
)
def test_moments(on, day: date, release: str) -> None:
    moment = system().moment(on)
    assert (moment.day, type(moment.day), moment.release.name) == (day, date, release)


class _Timestamp(datetime):
    """Stands in for a pandas timestamp: a subclass of datetime with more in it."""


class _FakeDate(date):
    """Stands in for the dates of libraries that freeze time: a subclass of date."""


class NaTType(datetime):
    """Stands in for pandas.NaT, which is a datetime without a date."""

    def date(self) -> date:
        raise ValueError("NaTType does not support date")


class datetime64:  # noqa: N801 - the name is how NumPy's scalar is told
    """Stands in for a NumPy date."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text


@pytest.mark.parametrize(
    "on",
    [
        _Timestamp(2024, 9, 30, 1),
        _FakeDate(2024, 9, 30),
        datetime64("2024-09-30"),
        datetime64("2024-09-30T00:00:00.000000000"),
    ],
)
def test_moments_of_other_libraries(on) -> None:
    assert system().moment(on).day == date(2024, 9, 30)


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        (date(2015, 9, 30), "before"),
        ("1999-12-31", "before"),
        ("FY2015", "before"),
        (date(2027, 10, 1), "after"),
        ("9999-12-31", "after"),
        ("FY2028", "after"),
        ("", "missing"),
        ("  ", "missing"),
        ("NaT", "missing"),
        ("nan", "missing"),
        (float("nan"), "missing"),
        (NaTType(2024, 1, 1), "missing"),
        (datetime64("NaT"), "missing"),
        ("yesterday", "unreadable"),
        ("2024-02-30", "unreadable"),
        ("30.09.2024", "unreadable"),
        ("FY25", "unreadable"),
        (20240930, "unreadable"),
        (True, "unreadable"),
        ([], "unreadable"),
        ("2" * 1_000_000, "unreadable"),
    ],
)
def test_moments_that_cannot_be_used(on, reason: str) -> None:
    with pytest.raises(ReleaseNotFoundError) as caught:
        system().moment(on)
    assert caught.value.reason == reason
    assert len(str(caught.value)) < 300


def test_releases_by_name_and_day() -> None:
    assert system().release("fy2025").effective_from == date(2024, 10, 1)
    assert system().release_on(date(2025, 9, 30)).name == "FY2025"
    assert system().newest.name == "FY2027"
    for name in ("FY2015", "FY2028", "2025", ""):
        with pytest.raises(ReleaseNotFoundError):
            system().release(name)


def test_a_calendar_may_change_in_april() -> None:
    calendar = Calendar(
        [
            Release("FY2022", date(2021, 10, 1), date(2022, 3, 31), "FY2022", "FY2022"),
            Release("FY2022 April", date(2022, 4, 1), date(2022, 9, 30), "FY2022", "FY2022"),
        ]
    )
    days = [date(2022, 3, 31), date(2022, 4, 1)]
    assert [calendar.release_on(day).name for day in days] == ["FY2022", "FY2022 April"]


# Codes, versions, tree


def test_counts_of_the_leukemias() -> None:
    concepts = [found for code in system().codes if (found := system().concept(code, NEWEST)) is not None]
    leukemias = [concept for concept in concepts if concept.scope is Scope.LEUKEMIA]
    assert len(leukemias) == 138
    assert Counter(concept.billable for concept in leukemias) == {True: 100, False: 38}
    # Headers and billable codes by category, from the rules page's count of the tabular list.
    by_category = Counter((concept.code[:3], concept.billable) for concept in leukemias)
    assert by_category == {
        ("C90", False): 1, ("C90", True): 3, ("C91", False): 10, ("C91", True): 27, ("C92", False): 11,
        ("C92", True): 30, ("C93", False): 6, ("C93", True): 15, ("C94", False): 6, ("C94", True): 16,
        ("C95", False): 4, ("C95", True): 9,
    }  # fmt: skip


def test_billable_days_are_those_of_the_validity_table() -> None:
    last = system().calendar.last
    expected = {
        row["code"]: (
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else last,
        )
        for row in _rows("billable_validity.tsv")
    }
    assert system().tables.spans == expected


def test_codes_change_with_a_release_only() -> None:
    starts = {release.effective_from for release in system().releases}
    for code in system().codes:
        row = system().tables.row(code)
        assert row is not None
        assert {version.valid_from for version in row.versions} <= starts


@pytest.mark.parametrize(
    ("code", "last", "old_title", "new_title", "old_kind", "new_kind"),
    [
        (
            "C96.2", date(2017, 9, 30), "Malignant mast cell tumor", "Malignant mast cell neoplasm",
            Kind.CODE, Kind.SUBCATEGORY,
        ),
        (
            "D47.0", date(2017, 9, 30), "Histiocytic and mast cell tumors of uncertain behavior",
            "Mast cell neoplasms of uncertain behavior", Kind.CODE, Kind.SUBCATEGORY,
        ),
        (
            "C94.6", date(2022, 9, 30), "Myelodysplastic disease, not classified",
            "Myelodysplastic disease, not elsewhere classified", Kind.CODE, Kind.CODE,
        ),
        (
            "D46.2", date(2016, 9, 30), "Refractory anemia with excess of blasts",
            "Refractory anemia with excess of blasts [RAEB]", Kind.SUBCATEGORY, Kind.SUBCATEGORY,
        ),
    ],
)  # fmt: skip
def test_both_sides_of_a_change(code, last, old_title, new_title, old_kind, new_kind) -> None:
    before, after = _concept(code, last), _concept(code, last + timedelta(days=1))
    assert (before.title, before.kind) == (old_title, old_kind)
    assert (after.title, after.kind) == (new_title, new_kind)
    assert after.title_release == after.release  # the release that brought the title
    assert before.title_release != after.title_release
    assert [version.title for version in system().versions(code)] == [old_title, new_title]


def test_validity_spans_the_role_and_not_the_title() -> None:
    assert (_concept("C94.6").valid_from, _concept("C94.6").valid_to) == (date(2015, 10, 1), None)
    bare = _concept("C86.4", date(2024, 9, 30))
    assert (bare.valid_from, bare.valid_to, bare.billable) == (date(2015, 10, 1), date(2024, 9, 30), True)
    header = _concept("C86.4")
    assert (header.valid_from, header.valid_to, header.billable) == (date(2024, 10, 1), None, False)


def test_a_code_that_is_not_there() -> None:
    assert system().concept("C91.7", NEWEST) is None
    assert system().concept("C86.40", date(2024, 9, 30)) is None
    assert system().versions("C91.7") == ()
    assert not system().billable("C91.7", NEWEST)


def test_tree() -> None:
    concept = _concept("C94.20")
    assert str(concept.parent) == "C94.2 Acute megakaryoblastic leukemia"
    assert _codes(concept.ancestors) == ["C94.2", "C94"]
    assert _codes(concept.siblings) == ["C94.21", "C94.22"]
    assert (concept.children, _concept("C94").parent, _concept("C94").siblings) == ((), None, ())
    assert (concept.block, concept.chapter) == ("C81-C96", "2")
    assert (concept.kind, _concept("C94.2").kind, _concept("C94").kind) == (
        Kind.CODE,
        Kind.SUBCATEGORY,
        Kind.CATEGORY,
    )


def test_letters_come_before_nine() -> None:
    assert _codes(_concept("C91").children) == [
        "C91.0", "C91.1", "C91.3", "C91.4", "C91.5", "C91.6", "C91.A", "C91.Z", "C91.9",
    ]  # fmt: skip


def test_the_tree_is_that_of_the_release() -> None:
    assert _concept("C86.4", date(2024, 9, 30)).children == ()
    assert _codes(_concept("C86.4").children) == ["C86.40", "C86.41"]


@pytest.mark.parametrize("release", ["FY2016", "FY2021", "FY2027"])
def test_parents_and_children_agree(release: str) -> None:
    day = system().release(release).effective_from
    for code in system().codes:
        concept = system().concept(code, day)
        if concept is None:
            continue
        assert all(child.parent == concept for child in concept.children)
        assert concept.parent is None or concept in concept.parent.children
        # Of a category that is packaged in part only, a year may have nothing below the header.
        assert concept.billable is not bool(concept.children) or not system().is_covered(code)
        assert all(concept.code.startswith(above.code) for above in concept.ancestors)


# Families and status


def test_the_grid() -> None:
    families = [
        family for code, family in system().families.items() if _concept(code).scope is Scope.LEUKEMIA
    ]
    assert Counter(family.scheme for family in families) == {"012": 33, "none": 1}
    for family in families:
        if family.scheme == "012":
            assert family.codes == tuple(IcdCode(f"{family.code}{status}") for status in "012")


@pytest.mark.parametrize(
    ("code", "family", "status"),
    [
        ("C94.20", "C94.2", NOT),
        ("C94.21", "C94.2", REMISSION),
        ("C94.22", "C94.2", RELAPSE),
        ("C94.2", "C94.2", None),
        ("C94", None, None),
        ("C94.6", "C94.6", None),
        ("C90.01", "C90.0", REMISSION),
        ("C86.40", "C86.4", NOT),
        ("C86.41", "C86.4", REMISSION),
        ("C88.01", "C88.0", REMISSION),
        ("C83.0A", "C83.0", REMISSION),
        ("C83.01", "C83.0", None),
        ("C83.00", "C83.0", None),
        ("C84.7A", "C84.7", None),
        ("C84.7B", "C84.7", REMISSION),
        ("D45", "D45", None),
        ("Z85.6", None, None),
        ("D72.823", None, None),
    ],
)
def test_family_and_status(code: str, family: str | None, status: DiseaseStatus | None) -> None:
    concept = _concept(code)
    assert (concept.family, concept.family_code, concept.status) == (family, family, status)
    assert family is None or isinstance(concept.family, IcdCode)


@pytest.mark.parametrize(
    ("family", "status", "day", "code"),
    [
        ("C92.0", NOT, NEWEST, "C92.00"),
        ("C92.0", REMISSION, NEWEST, "C92.01"),
        ("C92.0", RELAPSE, date(2015, 10, 1), "C92.02"),
        ("C92.0", None, NEWEST, None),
        ("C94.6", None, NEWEST, "C94.6"),
        ("C94.6", NOT, NEWEST, "C94.6"),
        ("C94.6", REMISSION, NEWEST, None),
        ("C86.4", NOT, NEWEST, "C86.40"),
        ("C86.4", RELAPSE, NEWEST, None),
        ("C86.4", None, NEWEST, None),
        ("C86.4", NOT, date(2024, 9, 30), "C86.4"),
        ("C86.4", None, date(2024, 9, 30), "C86.4"),
        ("C86.4", REMISSION, date(2024, 9, 30), None),
        ("C83.0", NOT, NEWEST, "C83.00"),
        ("C83.0", REMISSION, NEWEST, "C83.0A"),
        ("C83.0", REMISSION, date(2024, 9, 30), None),
        ("C84.7", REMISSION, NEWEST, "C84.7B"),
        ("C99.9", NOT, NEWEST, None),
    ],
)
def test_compose(family: str, status: DiseaseStatus | None, day: date, code: str | None) -> None:
    assert system().compose(family, status, day) == code


@pytest.mark.parametrize(
    ("code", "status", "other"),
    [
        ("C94.20", "in_relapse", "C94.22"),
        ("C94.22", NOT, "C94.20"),
        ("C94.2", REMISSION, "C94.21"),
        ("C94.20", NOT, "C94.20"),
        ("C86.40", REMISSION, "C86.41"),
        ("C83.05", REMISSION, "C83.0A"),
        ("C83.05", NOT, "C83.05"),
        ("C83.0A", NOT, "C83.00"),
        ("C84.7A", REMISSION, "C84.7B"),
    ],
)
def test_with_status(code: str, status: DiseaseStatus | str, other: str) -> None:
    assert _concept(code).with_status(status) == _concept(other)


@pytest.mark.parametrize(
    ("code", "status", "what", "advice"),
    [
        ("C86.40", "in_relapse", "has no code for in relapse", "use C86.40, C86.41"),
        ("C94.6", "in_remission", "has no code for in remission", "use C94.6"),
        ("Z85.6", "in_remission", "has no disease status", "name a code below it"),
        ("C94", "in_remission", "has no disease status", "name a code below it"),
    ],
)
def test_with_status_where_there_is_none(code: str, status: str, what: str, advice: str) -> None:
    with pytest.raises(UnknownCodeError) as caught:
        _concept(code).with_status(status)
    assert str(caught.value) == f"'{code}' {what} in ICD-10-CM FY2027; {advice}"
    assert (caught.value.value, caught.value.release) == (code, "FY2027")


def test_with_status_of_another_release() -> None:
    old = _concept("C92.00", date(2018, 1, 1)).with_status("in_relapse")
    assert (old.code, old.release) == ("C92.02", "FY2018")


def test_an_unknown_status_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="cured"):
        _concept("C94.20").with_status("cured")


# Notes


def test_notes_of_its_own() -> None:
    notes = _concept("C94.2").notes(inherited=False)
    assert [(note.kind, note.text, note.owner) for note in notes] == [
        (NoteKind.INCLUSION_TERM, "Acute myeloid leukemia M7", "C94.2"),
        (NoteKind.INCLUSION_TERM, "Acute megakaryocytic leukemia", "C94.2"),
    ]


def test_notes_are_inherited_nearest_first() -> None:
    owners = [note.owner for note in _concept("C94.20").notes()]
    assert list(dict.fromkeys(owners)) == ["C94.20", "C94.2", "C94", "C81-C96", "chapter:2"]
    excluded = _concept("C94.20").notes("excludes1")
    assert {reference for note in excluded for reference in note.refs} == {
        "C91.4-",
        "D46.-",
        "Z85.6",
        "C90.1-",
    }
    assert {note.kind for note in excluded} == {NoteKind.EXCLUDES1}


def test_notes_are_those_of_the_release_that_speaks() -> None:
    old, new = _concept("C92", date(2019, 1, 1)), _concept("C92")
    assert {note.release for note in old.notes()} == {"FY2021"}
    assert {note.release for note in new.notes()} == {system().newest.notes_from}
    # "Code also pancytopenia (D61.818)" came between FY2021 and FY2025.
    assert not old.notes("code_also", inherited=False)
    assert new.notes("code_also", inherited=False)


@pytest.mark.parametrize("code", ["C92.00", "D49.9", "D78.01"])
def test_each_note_that_applies_is_given_once(code: str) -> None:
    """D49 and D78 are categories and blocks at once."""
    notes = _concept(code).notes()
    assert len(notes) == len(set(notes))


def test_a_code_new_in_a_release_without_its_own_file_has_its_notes() -> None:
    notes = _concept("D69.11").notes("inclusion_term", inherited=False)
    assert [(note.text, note.release) for note in notes] == [
        ("Glanzmann's disease", "FY2027"),
        ("Thromboasthenia (hemorrhagic) (hereditary)", "FY2027"),
    ]


def test_an_unknown_kind_of_note_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="rumour"):
        _concept("C92").notes("rumour")


# The concept as a value


def test_concepts_are_values() -> None:
    concept = _concept("C94.20")
    copied = pickle.loads(pickle.dumps(concept))
    assert (copied, hash(copied), type(copied)) == (concept, hash(concept), Concept)
    assert copied.parent == concept.parent
    assert str(concept) == "C94.20 Acute megakaryoblastic leukemia not having achieved remission"
    assert repr(concept).startswith("<Concept C94.20 ")
    assert repr(concept).endswith("FY2027>")


def test_threads_share_one_system() -> None:
    # In a fresh process, so that the race is for the first reading.
    code = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from leukcodes.codesystem import system\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    found = list(pool.map(lambda _: id(system()), range(32)))\n"
        "print(len(set(found)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "1"


def test_threads_get_equal_concepts() -> None:
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: _concept("C93.Z1", date(2020, 1, 1)), range(64)))
    assert len(found) == 1


def test_other_statuses_are_those_of_the_family_on_that_day() -> None:
    assert _codes(_concept("C94.21").other_statuses) == ["C94.20", "C94.22"]
    assert _codes(_concept("C86.4").other_statuses) == ["C86.40", "C86.41"]
    assert _concept("C86.4", date(2024, 9, 30)).other_statuses == ()
    assert _concept("Z85.6").other_statuses == ()
