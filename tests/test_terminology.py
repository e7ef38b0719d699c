from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import leukcodes as lc
from leukcodes import terminology
from leukcodes.codesystem import system
from leukcodes.models import DiseaseStatus, Kind, Scope

SPELLINGS = ["C94.20", "c9420", " c94.20 ", "C 9420", "\uff23\uff19\uff14.20", "C94.20-"]
DAYS = st.dates(date(2015, 10, 1), date(2027, 9, 30))


def _codes(concepts) -> list[str]:
    return [str(concept.code) for concept in concepts]


# lookup and get


@pytest.mark.parametrize("text", SPELLINGS)
def test_lookup_takes_every_spelling(text: str) -> None:
    concept = lc.lookup(text)
    assert (concept.code, concept.code.undotted) == ("C94.20", "C9420")
    assert concept.title == "Acute megakaryoblastic leukemia not having achieved remission"
    assert (concept.billable, concept.kind, concept.scope) == (True, "code", "leukemia")
    assert (concept.family, concept.status) == ("C94.2", "not_in_remission")
    assert (concept.valid_from, concept.valid_to) == (date(2015, 10, 1), None)
    assert concept == lc.get(text)


def test_lookup_finds_headers() -> None:
    assert lc.lookup("C94.2").kind is Kind.SUBCATEGORY
    assert lc.lookup("C91.0-").code == "C91.0"
    assert not lc.lookup("C94").billable


def test_lookup_on_both_sides_of_a_split() -> None:
    assert lc.lookup("C86.4", on="2024-09-30").billable
    assert not lc.lookup("C86.4", on="2024-10-01").billable
    assert lc.lookup("C86.40", on="FY2025").release == "FY2025"
    with pytest.raises(lc.UnknownCodeError, match=r"valid from 2024-10-01 on, not on 2024-09-30.*use C86\.4"):
        lc.lookup("C86.40", on="2024-09-30")


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("C91.7", "'C91.7' is a code of WHO's ICD-10, not of ICD-10-CM FY2027; use C91.Z0, C91.Z1 or C91.Z2"),
        ("c9203", "'c9203' ends with '3', which C92.0 does not take in ICD-10-CM FY2027; "),
        ("E11.9", "'E11.9' has the form of a code, but lies outside the packaged scope; "),
    ],
)
def test_lookup_of_an_unknown_code(code: str, message: str) -> None:
    with pytest.raises(lc.UnknownCodeError) as caught:
        lc.lookup(code)
    assert str(caught.value).startswith(message)
    assert (caught.value.value, caught.value.release) == (code, "FY2027")
    assert lc.get(code) is None


@pytest.mark.parametrize(
    "value", ["", "leukemia", "204.00", None, float("nan"), 9420, b"C94.20", ["C94.20"], "C94.20 " * 150_000]
)
def test_lookup_of_what_is_no_code(value) -> None:
    with pytest.raises(lc.InvalidCodeError) as caught:
        lc.lookup(value)
    assert caught.value.value is value
    assert len(str(caught.value)) < 400
    assert lc.get(value) is None


def test_lookup_on_a_day_without_a_release() -> None:
    for on in ("2015-09-30", "2027-10-01", "someday", float("nan")):
        with pytest.raises(lc.ReleaseNotFoundError):
            lc.lookup("C94.20", on=on)  # type: ignore[arg-type] - wrong on purpose
        assert lc.get("C94.20", on=on) is None  # type: ignore[arg-type] - wrong on purpose


# expand


def test_expand_is_the_code_and_all_below_in_tabular_order() -> None:
    assert _codes(lc.expand("C95")) == [
        "C95", "C95.0", "C95.00", "C95.01", "C95.02", "C95.1", "C95.10", "C95.11", "C95.12", "C95.9",
        "C95.90", "C95.91", "C95.92",
    ]  # fmt: skip
    assert _codes(lc.expand("C94.20")) == ["C94.20"]


def test_expand_narrows() -> None:
    assert _codes(lc.expand("C94", billable=True, status="in_relapse")) == [
        "C94.02", "C94.22", "C94.32", "C94.42", "C94.82",
    ]  # fmt: skip
    assert _codes(lc.expand("C94", billable=False)) == [
        "C94", "C94.0", "C94.2", "C94.3", "C94.4", "C94.8",
    ]  # fmt: skip
    assert _codes(lc.expand("C90", scope="leukemia")) == ["C90.1", "C90.10", "C90.11", "C90.12"]
    assert lc.expand("C94", status=DiseaseStatus.IN_RELAPSE, scope=Scope.RELATED) == ()


def test_expand_by_date() -> None:
    assert _codes(lc.expand("C96.2", on="2017-09-30")) == ["C96.2"]
    assert _codes(lc.expand("C96.2", on="2017-10-01")) == ["C96.2", "C96.20", "C96.21", "C96.22", "C96.29"]


def test_expand_counts() -> None:
    per_category = {code: len(lc.expand(code, billable=True)) for code in ("C91", "C92", "C93", "C94", "C95")}
    assert per_category == {"C91": 27, "C92": 30, "C93": 15, "C94": 16, "C95": 9}


def test_expand_refuses_what_it_does_not_know() -> None:
    with pytest.raises(lc.UnknownCodeError):
        lc.expand("C91.7")
    with pytest.raises(lc.InvalidCodeError):
        lc.expand("")
    with pytest.raises(ValueError, match="cured"):
        lc.expand("C94", status="cured")


# subsumes


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("C94", "C94.20", "subsumes"),
        ("C94.2", "c9420", "subsumes"),
        ("C94.20", "C94", "subsumed-by"),
        ("C94.20", "c94.20", "equivalent"),
        ("C94.20", "C94.21", "not-subsumed"),
        ("C91.0", "C91.10", "not-subsumed"),
    ],
)
def test_subsumes(a: str, b: str, expected: str) -> None:
    assert lc.subsumes(a, b) == expected


def test_the_answers_are_the_words_of_fhir() -> None:
    # http://hl7.org/fhir/concept-subsumption-outcome
    assert set(get_args(terminology.Subsumption)) == {"equivalent", "subsumes", "subsumed-by", "not-subsumed"}


def test_subsumes_raises_for_either_code() -> None:
    with pytest.raises(lc.UnknownCodeError):
        lc.subsumes("C94", "C94.9")
    with pytest.raises(lc.UnknownCodeError):
        lc.subsumes("C86.40", "C86.4", on="2024-09-30")
    with pytest.raises(lc.InvalidCodeError):
        lc.subsumes("leukemia", "C94")


@given(st.sampled_from(system().codes), st.sampled_from(system().codes), DAYS)
def test_subsumption_is_the_tree(a: str, b: str, day: date) -> None:
    first, second = lc.get(a, on=day), lc.get(b, on=day)
    if first is None or second is None:
        return
    subsumes = lc.subsumes(a, b, on=day) in ("subsumes", "equivalent")
    assert subsumes == (second in lc.expand(a, on=day))
    opposite = {"subsumes": "subsumed-by", "subsumed-by": "subsumes"}
    there, back = lc.subsumes(a, b, on=day), lc.subsumes(b, a, on=day)
    assert back == opposite.get(there, there)


# releases


def test_releases() -> None:
    assert [release.name for release in lc.releases()] == [f"FY{year}" for year in range(2016, 2028)]
    assert all(
        release.titles_from and release.notes_from and release.verification for release in lc.releases()
    )


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2015-10-01", "FY2016"),
        (date(2024, 9, 30), "FY2024"),
        ("2024-10-01", "FY2025"),
        ("2027-09-30", "FY2027"),
    ],
)
def test_release_on(day, name: str) -> None:
    assert lc.release_on(day).name == name


def test_release_on_a_day_without_one() -> None:
    with pytest.raises(lc.ReleaseNotFoundError, match="before ICD-10-CM"):
        lc.release_on("2015-09-30")
    with pytest.raises(lc.ReleaseNotFoundError, match="newest packaged release"):
        lc.release_on("2027-10-01")


# the package


def test_public_names() -> None:
    assert set(lc.__all__) == {"__version__", *lc._HOME}
    assert set(lc.__all__) <= set(dir(lc))
    for name in lc.__all__:
        assert getattr(lc, name) is not None
    assert terminology.validate_code is lc.validate_code


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'lookdown'"):
        lc.lookdown  # noqa: B018 - asking for it is the test
