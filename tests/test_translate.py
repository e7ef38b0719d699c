"""Maps to other code systems, row by row against the tables as their publishers have them."""

from __future__ import annotations

import csv
import dataclasses
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import leukcodes as lc
from leukcodes import maps, translation
from leukcodes.codesystem import system

PUBLISHED = Path(__file__).parent / "data" / "crosswalks"
STATUS_PHRASES = {
    "without mention of having achieved remission": "not_in_remission",
    "in remission": "in_remission",
    "in relapse": "in_relapse",
}
LEUKEMIA_FAMILIES = [
    family
    for code, family in system().families.items()
    if family.scheme == "012" and lc.lookup(code).scope == "leukemia"
]


def published(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def flags(row: lc.Translation) -> tuple[str, ...]:
    bits = (row.approximate, row.no_map, row.combination, row.scenario, row.choice_list)
    return tuple(str(int(bit)) for bit in bits)


def gem_rows(name: str, source: str, target: str) -> Counter[tuple[str, ...]]:
    columns = (source, target, "approximate", "no_map", "combination", "scenario", "choice_list", "source")
    return Counter(tuple(row[column] for column in columns) for row in published(name))


def named_status(title: str) -> str | None:
    return next((status for phrase, status in STATUS_PHRASES.items() if title.endswith(phrase)), None)


# General Equivalence Mappings


@pytest.mark.parametrize(
    ("table", "count"), [("gem_2018_icd10cm_to_icd9cm", 198), ("gem_2018_icd9cm_to_icd10cm", 213)]
)
def test_every_gem_row_is_reachable_with_its_flags(table: str, count: int) -> None:
    leaving = table.startswith("gem_2018_icd10cm")
    source, target = ("icd10cm", "icd9cm") if leaving else ("icd9cm", "icd10cm")
    expected = gem_rows(table, source, target)
    assert sum(expected.values()) == count
    found: Counter[tuple[str, ...]] = Counter()
    for code in {row[0] for row in expected}:
        rows = lc.translate(code, to="icd9cm") if leaving else lc.translate(code, from_="icd9cm")
        assert {(row.source_system, row.target_system, row.version) for row in rows} == {
            (source, target, "2018")
        }
        found.update((row.source_code, row.target_code or "", *flags(row), row.source) for row in rows)
    assert found == expected


def test_icd9_titles_are_those_of_the_maps() -> None:
    for row in published("gem_2018_icd10cm_to_icd9cm"):
        titles = {
            found.target_code: found.target_title for found in lc.translate(row["icd10cm"], to="icd9cm")
        }
        assert titles[row["icd9cm"]] == row["icd9cm_title"]


def test_identical_means_equivalent_and_nothing_else_does() -> None:
    for row in published("gem_2018_icd10cm_to_icd9cm"):
        for found in lc.translate(row["icd10cm"], to="icd9cm"):
            assert (found.relationship == "equivalent") is (not found.approximate)


@pytest.mark.parametrize("spelling", ["205.01", "20501", " 205.01 ", "205\u200b.01", "\uff12\uff10\uff15.01"])
def test_icd9_codes_in_any_spelling(spelling: str) -> None:
    rows = lc.translate(spelling, from_="icd9cm")
    assert [(row.source_code, row.target_code) for row in rows] == [
        ("205.01", "C92.01"),
        ("205.01", "C92.41"),
        ("205.01", "C92.51"),
    ]
    assert [row.target_title for row in rows] == [
        lc.lookup(code).title for code in ("C92.01", "C92.41", "C92.51")
    ]


def test_targets_have_the_title_of_the_day() -> None:
    old, new = (lc.translate("238.79", from_="icd9cm", on=on)[0].target_title for on in ("FY2020", None))
    assert old == new == lc.lookup("C94.40").title
    for row in lc.translate("202.60", from_="icd9cm", on="FY2016"):
        assert row.target_title == lc.lookup(row.target_code or "").title


def test_icd9_v_codes() -> None:
    assert [row.target_code for row in lc.translate("v1060", from_="ICD9CM")] == ["Z85.6"]
    assert [row.target_code for row in lc.translate("V16.6", from_="icd9cm")] == ["Z80.6"]


# disease status there and back


def test_status_survives_wherever_the_maps_keep_it() -> None:
    """33 families, 3 statuses: what a title of the other system names is what the answer says."""
    titles = {row["icd9cm"]: row["icd9cm_title"] for row in published("gem_2018_icd10cm_to_icd9cm")}
    assert len(LEUKEMIA_FAMILIES) == 33
    lost: set[str] = set()
    for family in LEUKEMIA_FAMILIES:
        for status, code in zip(lc.DiseaseStatus, family.codes, strict=True):
            assert code is not None
            there = lc.translate(code, to="icd9cm")
            assert there
            for row in there:
                named = named_status(titles[row.target_code or ""])
                assert row.status_kept is (named == status), row
                back = lc.translate(row.target_code or "", from_="icd9cm")
                assert back
                for target in back:
                    after = lc.lookup(target.target_code or "").status
                    expected = None if named is None else named == after
                    assert target.status_kept is expected, target
                if not row.status_kept:
                    lost.add(str(family.code))
    assert lost == {"C91.4", "C94.4"}


def test_the_only_target_that_keeps_the_status_is_marked() -> None:
    for code in {row["icd9cm"] for row in published("gem_2018_icd9cm_to_icd10cm")}:
        rows = lc.translate(code, from_="icd9cm")
        kept = [row for row in rows if row.status_kept]
        assert [row for row in rows if row.only_status_match] == (kept if len(kept) == 1 else [])
    assert [row.only_status_match for row in lc.translate("205.11", from_="icd9cm")] == [True]
    assert not any(row.only_status_match for row in lc.translate("205.01", from_="icd9cm"))
    # Erythremia had a status in ICD-9-CM; polycythemia vera has none.
    assert [(row.target_code, row.status_kept) for row in lc.translate("207.11", from_="icd9cm")] == [
        ("D45", False)
    ]


# the other maps


def test_every_icdo3_row() -> None:
    rows = published("icdo3_imsweb")
    assert len(rows) == 181
    for row in rows:
        (found,) = lc.translate(row["icd10cm"], to="icdo3")
        assert found.target_code == f"{row['histology']}/{row['behavior']}"
        assert (found.relationship, found.target_title, found.via) == ("inexact", "", None)
        assert row["icdo3_site"] in found.note.replace(".", "")
        assert found.note.endswith(f"grade {row['grade']}")
        assert found.source == row["source"]


@pytest.mark.parametrize(
    ("name", "model", "labels", "prefix", "count"),
    [
        ("cms_hcc_v24", "CMS-HCC Model V24", "CMS-HCC V24", "HCC", 139),
        ("cms_hcc_v28", "CMS-HCC Model V28", "CMS-HCC V28", "HCC", 139),
        ("rxhcc", "RxHCC Model V08", "RxHCC R08", "RXHCC", 141),
    ],
)
def test_every_payment_category(name: str, model: str, labels: str, prefix: str, count: int) -> None:
    label = {row["category"]: row["label"] for row in published("hcc_labels") if row["model"] == labels}
    rows = [row for row in published("cms_hcc") if row["model"] == model]
    assert len(rows) == count
    for row in rows:
        (found,) = lc.translate(row["code"], to=name)
        category = f"{prefix}{row['category']}"
        assert (found.target_code, found.target_title) == (category, label[category])
        assert (found.version, found.source) == (row["payment_year"], row["source"])
        assert found.relationship == "source-is-narrower-than-target"
        assert row["code"] in {back.target_code for back in lc.translate(row["category"], from_=name)}
        assert row["code"] in {back.target_code for back in lc.translate(category, from_=name)}


def test_every_ccsr_row() -> None:
    rows = published("ccsr_v2023_1")
    assert len(rows) == 145
    for row in rows:
        found = {each.target_code: each for each in lc.translate(row["code"], to="ccsr")}
        categories = dict(zip(row["categories"].split(";"), row["category_descs"].split(";"), strict=True))
        assert set(found) == {*categories, row["default_ip"]}
        assert {code: found[code].target_title for code in categories} == categories
        assert found[row["default_ip"]].target_title == row["default_ip_desc"]
        defaults = {name: each.target_code for each in found.values() for name in each.qualifiers}
        assert defaults == {"default_inpatient": row["default_ip"], "default_outpatient": row["default_op"]}
        assert {each.source for each in found.values()} == {row["source"]}


def test_every_ms_drg_row_in_its_years() -> None:
    rows = published("ms_drg_v44_mdc_cc")
    assert len(rows) == 151
    for row in rows:
        # Version 44 goes with fiscal year 2027.
        first, last = (1983 + int(row[name][1:].split(".")[0]) for name in ("from_version", "to_version"))
        for year in range(first, last + 1):
            if lc.get(row["code"], on=f"FY{year}") is None:
                continue
            found = lc.translate(row["code"], to="ms_drg", on=f"FY{year}")
            assert [(each.target_code, each.qualifiers) for each in found] == [
                (f"MDC {row['mdc']}", ("mdc",)),
                (row["cc_level"], ("cc_level",)),
            ]
            assert {each.version for each in found} == {f"{row['from_version']}-{row['to_version']}"}
            assert {each.source for each in found} == {row["source"]}
    assert lc.translate("C92.00", to="ms_drg", on="FY2022") == ()


def test_every_who_row_both_ways() -> None:
    rows = published("who_icd10_only")
    assert len(rows) == 23
    for row in rows:
        found = lc.translate(row["who_icd10"].replace(".", "").lower(), from_="who_icd10")
        assert [each.target_code or "" for each in found] == [
            stem.strip("-") for stem in row["cm_stem"].split("|")
        ]
        assert all(each.no_map is (row["cm_stem"] == "-") for each in found)
        for each in found:
            if each.relationship == "equivalent":
                (back,) = lc.translate(each.target_code or "", to="who_icd10")
                assert (back.target_code, back.relationship) == (row["who_icd10"], "equivalent")


@pytest.mark.parametrize(
    ("code", "target", "relationship", "via"),
    [
        ("C92.0", "C92.0", "equivalent", None),
        ("C92.00", "C92.0", "source-is-narrower-than-target", "C92.0"),
        ("C91.A2", "C91.8", "source-is-narrower-than-target", "C91.A"),
        ("C94.81", "C94.7", "source-is-narrower-than-target", "C94.8"),
        ("C94.6", "C94.6", "source-is-narrower-than-target", None),
        ("C83.390", "C83.3", "source-is-narrower-than-target", "C83.3"),
        ("D46.A", "D46.5", "source-is-narrower-than-target", None),
        ("D47.Z9", "D47.7", "source-is-narrower-than-target", "D47.Z"),
        ("Z85.6", "Z85.6", "equivalent", None),
    ],
)
def test_who_by_structure(code: str, target: str, relationship: str, via: str | None) -> None:
    (found,) = lc.translate(code, to="who_icd10")
    assert (found.target_code, found.relationship, found.via) == (target, relationship, via)
    assert found.target_title == ""


def test_every_leukemia_code_has_a_who_number() -> None:
    for concept in lc.expand(scope="leukemia"):
        (found,) = lc.translate(concept.code, to="who_icd10")
        assert re.fullmatch(r"C9[0-5](\.[0-9])?", found.target_code or "")


def test_every_mondo_row_both_ways() -> None:
    rows = published("mondo_exact_core")
    assert len(rows) == 36
    for row in rows:
        (found,) = lc.translate(row["icd10cm"], to="mondo")
        assert (found.target_code, found.target_title) == (row["mondo_id"], row["mondo_label"])
        assert (found.relationship, found.source) == ("equivalent", row["source"])
        (back,) = lc.translate(row["mondo_id"].lower(), from_="mondo")
        assert (back.target_code, back.relationship) == (row["icd10cm"], "equivalent")
    (below,) = lc.translate("C92.02", to="mondo")
    assert (below.via, below.relationship) == ("C92.0", "source-is-narrower-than-target")


# what is not there


def test_no_row_is_no_error() -> None:
    assert lc.translate("C94", to="icd9cm") == ()
    assert lc.translate("999.99", from_="icd9cm") == ()
    assert lc.translate("D61.818", to="ccsr") == ()


@pytest.mark.parametrize("options", [{"to": "snomed"}, {"from_": "snomed"}])
def test_an_unknown_system_says_which_exist(options: dict[str, str]) -> None:
    with pytest.raises(
        lc.UnknownNameError, match="'snomed' is no code system here; use one of icd9cm, "
    ) as caught:
        lc.translate("C92.00", **options)
    assert caught.value.known == lc.code_systems()


def test_there_is_no_way_back_from_icdo3() -> None:
    with pytest.raises(lc.UnknownNameError, match="can only be translated to"):
        lc.translate("9872/3", from_="icdo3")


def test_one_system_has_to_be_another() -> None:
    for options in ({}, {"to": "icd10cm"}, {"to": "ccsr", "from_": "icd9cm"}):
        with pytest.raises(TypeError, match="give one of to= and from_="):
            lc.translate("C92.00", **options)
    assert lc.translate("C92.00", to="icd9cm", from_="icd10cm") == lc.translate("C92.00", to="icd9cm")
    assert lc.translate("205.01", to="icd10cm", from_="icd9cm") == lc.translate("205.01", from_="icd9cm")


def test_bad_codes_raise_as_lookup_does() -> None:
    with pytest.raises(lc.UnknownCodeError):
        lc.translate("C91.7", to="icd9cm")
    with pytest.raises(lc.InvalidCodeError):
        lc.translate("205.01", to="icd9cm")
    for code in ("C92.01", "20.501", "", "2" * 1000):
        with pytest.raises(lc.InvalidCodeError, match="ICD-9-CM"):
            lc.translate(code, from_="icd9cm")
    with pytest.raises(lc.ReleaseNotFoundError):
        lc.translate("C92.00", to="icd9cm", on="2015-09-30")


@given(st.text(max_size=40), st.sampled_from(lc.code_systems()))
def test_the_way_back_takes_any_text(text: str, name: str) -> None:
    try:
        rows = lc.translate(text, from_=name)
    except (lc.InvalidCodeError, lc.UnknownNameError):
        return
    assert all(row.target_system == "icd10cm" for row in rows)


def test_rows_are_records() -> None:
    (row,) = lc.translate("C94.20", to="icd9cm")
    assert lc.Translation.model_validate_json(row.model_dump_json()) == row
    assert hash(row) == hash(lc.translate("C94.20", to="icd9cm")[0])


def test_a_code_without_a_counterpart_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The General Equivalence Mappings flag such codes; none that is packaged."""
    row = {"icd10cm": "C92.00", "icd9cm": "", "approximate": "1", "no_map": "1", "combination": "0"}
    row |= {"scenario": "0", "choice_list": "0", "source": "made up"}
    monkeypatch.setattr(maps, "crosswalk", lambda _: (row,))
    monkeypatch.setattr(translation, "MAPS", {"icd9cm": dataclasses.replace(maps.MAPS["icd9cm"])})
    (found,) = lc.translate("C92.00", to="icd9cm")
    assert found.no_map
    assert (found.target_code, found.relationship) == (None, None)
    assert not found.only_status_match
