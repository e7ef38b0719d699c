"""Value sets by filters and by name, their counts, and the published lists they agree with."""

from __future__ import annotations

import csv
import json
import pickle
import sqlite3
from pathlib import Path

import pytest
from tsv import read_table

import leukcodes as lc
from leukcodes.codesystem import system

HERE = Path(__file__).parent

DEFINITIONS = read_table(HERE.parent / "data" / "value_sets.tsv")


def published(path: str) -> list[dict[str, str]]:
    with (HERE / "data" / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def ahrq(name: str) -> set[str]:
    return {row["code"] for row in published("published_value_sets.tsv") if row["set"] == name}


def ccsr(category: str) -> set[str]:
    return {
        row["code"]
        for row in published("crosswalks/ccsr_v2023_1.tsv")
        if category in row["categories"].split(";")
    }


def hcc(model: str, category: str) -> set[str]:
    rows = published("crosswalks/cms_hcc.tsv")
    return {row["code"] for row in rows if (row["model"], row["category"]) == (model, category)}


def codes(name: str) -> set[str]:
    return set(lc.value_set(name).to_list())


# named sets


@pytest.mark.parametrize("row", DEFINITIONS, ids=lambda row: row["name"])
def test_every_named_set_has_its_count(row: dict[str, str]) -> None:
    found = lc.value_set(row["name"])
    assert len(found) == int(row["count"])
    assert all(concept.billable for concept in found)
    assert (found.name, found.title, found.source) == (row["name"], row["title"], row["source"])
    assert row["source"]


def test_the_names() -> None:
    assert list(lc.value_sets()) == [row["name"] for row in DEFINITIONS]


def test_leukemia_is_the_elixhauser_measure() -> None:
    assert len(ahrq("CANCER_LEUK")) == 100
    assert codes("leukemia") == ahrq("CANCER_LEUK")
    # The older CCS counted the history of leukemia too.
    assert codes("leukemia") | codes("history") == ahrq("CCS 39")


def test_ccsr_agrees() -> None:
    assert codes("all") == ccsr("NEO059")
    assert codes("aml") == ccsr("NEO060")
    assert codes("cll") == ccsr("NEO061")
    assert codes("hairy_cell_leukemia") == ccsr("NEO063")
    assert codes("cml") < ccsr("NEO062")
    leukemia = set().union(*(ccsr(f"NEO0{number}") for number in range(59, 65)))
    elsewhere = {concept.code for concept in lc.expand(["C90.1", "C92.3"], billable=True)}
    assert codes("leukemia") == leukemia | elsewhere
    assert not leukemia & elsewhere
    assert elsewhere <= ccsr("NEO065") | ccsr("NEO024")


def test_payment_models_agree() -> None:
    assert codes("acute_leukemia") == hcc("CMS-HCC Model V24", "8")
    assert codes("cml") == hcc("RxHCC Model V08", "15")


def test_statuses_share_out_the_leukemias() -> None:
    parts = [codes(name) for name in ("not_in_remission", "in_remission", "in_relapse")]
    assert set().union(*parts) == codes("leukemia") - {"C94.6"}
    assert sum(map(len, parts)) == 99


def test_acute_and_chronic_are_what_the_titles_say() -> None:
    titles = {concept.code: concept.title for concept in lc.value_set("leukemia")}
    acute = {code for code, title in titles.items() if title.startswith("Acute ")}
    chronic = {
        code
        for code, title in titles.items()
        if title.startswith(("Chronic ", "Atypical chronic ")) and "juvenile" not in title.lower()
    }
    assert codes("acute_leukemia") == acute
    assert codes("chronic_leukemia") == chronic


@pytest.mark.parametrize("release", [release.name for release in lc.releases()])
def test_named_sets_are_stable_by_release(release: str) -> None:
    """No leukemia code was added or deleted since ICD-10-CM began."""
    for name in lc.value_sets():
        found = lc.value_set(name, on=release)
        assert found.release == release
        assert found.to_list() == lc.value_set(name).to_list()


def test_a_named_set_in_one_status() -> None:
    relapses = lc.value_set("aml", status="in_relapse")
    assert len(relapses) == 8
    assert relapses.title == "Acute myeloid leukemia: in relapse"
    with pytest.raises(ValueError, match="cured"):
        lc.value_set("aml", status="cured")


def test_an_unknown_name_says_which_exist() -> None:
    with pytest.raises(lc.UnknownNameError, match="'amml' is no value set; use one of leukemia, ") as caught:
        lc.value_set("amml")
    assert caught.value.known == lc.value_sets()


# filters


def test_everything_packaged() -> None:
    newest = [code for code in system().codes if lc.get(code) is not None]
    assert lc.expand().to_list() == newest
    assert len(lc.expand(scope="leukemia", billable=True)) == 100


def test_filters_narrow_by_family() -> None:
    assert lc.expand("C91", cell_type="t_cell", status="in_remission").to_list() == ["C91.51", "C91.61"]
    assert lc.expand(lineage="megakaryocytic", scope="leukemia", billable=False).to_list() == ["C94.2"]
    acute = lc.expand(scope="leukemia", acuity="acute", billable=True)
    assert acute.to_list() == lc.value_set("acute_leukemia").to_list()


def test_several_roots_keep_the_order_and_count_each_once() -> None:
    found = lc.expand(["C95.1", "C91.0", "c9100"])
    assert found.to_list() == ["C91.0", "C91.00", "C91.01", "C91.02", "C95.1", "C95.10", "C95.11", "C95.12"]
    assert lc.expand([]) == ()
    with pytest.raises(lc.UnknownCodeError):
        lc.expand(["C91.0", "C91.7"])


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"acuity": "subacute"}, "'subacute' is no acuity; use one of acute, chronic, juvenile"),
        ({"lineage": "lymphocytic"}, "'lymphocytic' is no lineage; use one of "),
        ({"cell_type": "T"}, "'T' is no cell type; use one of b_cell, "),
    ],
)
def test_an_unknown_filter_value_is_refused(filters: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        lc.expand(**filters)


# going out


def test_sql_finds_exactly_these_codes() -> None:
    claims = sqlite3.connect(":memory:")
    claims.execute("create table claims (dx text)")
    every = [str(concept.code) for concept in lc.expand(billable=True)]
    claims.executemany("insert into claims values (?)", [(code,) for code in every])
    wanted = lc.value_set("in_relapse")
    assert [row[0] for row in claims.execute(f"select dx from claims where {wanted.to_sql('dx')}")] == (
        wanted.to_list()
    )
    nothing = lc.expand("C94.6", status="in_relapse").to_sql("dx")
    assert claims.execute(f"select dx from claims where {nothing}").fetchall() == []
    assert lc.expand("C94.6").to_sql('"dx"', dotted=False) == "\"dx\" IN ('C946')"
    claims.close()


def test_fhir() -> None:
    found = lc.value_set("cll", on="FY2025")
    resource = json.loads(found.to_fhir_json(url="https://example.org/ValueSet/cll"))
    assert resource == {
        "resourceType": "ValueSet",
        "url": "https://example.org/ValueSet/cll",
        "name": "Cll",
        "title": "Chronic lymphocytic leukemia",
        "purpose": "AHRQ CCSR v2023.1, NEO061",
        "version": "2025",
        "status": "active",
        "experimental": False,
        "compose": {
            "include": [
                {
                    "system": "http://hl7.org/fhir/sid/icd-10-cm",
                    "version": "2025",
                    "concept": [{"code": str(each.code), "display": each.title} for each in found],
                }
            ]
        },
    }
    assert "compose" not in lc.expand("C94.6", status="in_relapse").to_fhir()


def test_print_repr_and_pickle() -> None:
    found = lc.value_set("cll")
    assert str(found).splitlines()[:2] == [
        "Chronic lymphocytic leukemia (FY2027, 3 codes)",
        "  C91.10 Chronic lymphocytic leukemia of B-cell type not having achieved remission",
    ]
    assert repr(found) == "<ValueSet 'cll' FY2027: 3 codes>"
    again = pickle.loads(pickle.dumps(found))
    assert (again, again.name, again.title, again.release) == (found, "cll", found.title, "FY2027")
    assert found.to_list(dotted=False) == ["C9110", "C9111", "C9112"]
    assert isinstance(found, tuple)


# relations of a concept


def _partners(code: str, name: str) -> set[str]:
    return {str(concept.code) for concept in getattr(lc.lookup(code), name)}


def test_excludes1_partners_hold_the_published_edges() -> None:
    """Every Excludes1 note between packaged codes joins both of them."""
    for row in published("edges_fy2026.tsv"):
        if row["note_type"] != "excludes1":
            continue
        owner = lc.get(row["owner_code"])
        for ref in row["referenced_codes"].split():
            target = lc.get(ref)
            if owner is None or target is None:
                continue
            assert str(target.code) in {str(each.code) for each in owner.excludes1_partners}, row
            assert str(owner.code) in {str(each.code) for each in target.excludes1_partners}, row


@pytest.mark.parametrize(
    ("code", "partners"),
    [
        ("C91.10", {"Z85.6", "C83.0", "C84.Z", "D72.8", "D72.825", "T66", "C76"}),
        ("C92.01", {"Z85.6", "C92.10", "D46.2", "D64", "D72.8", "D72.825", "T66", "C76"}),
        ("C94.20", {"Z85.6", "C91.4", "D46", "C90.1", "D72.8", "D72.825", "T66", "C76"}),
    ],
)
def test_excludes1_partners(code: str, partners: set[str]) -> None:
    assert _partners(code, "excludes1_partners") == partners


def test_a_range_joins_its_categories() -> None:
    """D72.8- excludes leukemia (C91-C95); R50.81 and N16 stand after it."""
    leukemia = {"C91", "C92", "C93", "C94", "C95"}
    assert leukemia <= _partners("D72.89", "excludes1_partners")
    assert _partners("R50.81", "code_first_partners") & {f"C{number}" for number in range(81, 97)} == leukemia


def test_code_first_partners_are_mutual() -> None:
    assert _partners("D72.18", "code_first_partners") == {"C93.1"}
    assert "D72.18" in _partners("C93.10", "code_first_partners")
    assert "N16" in _partners("C92.00", "code_first_partners")


def test_other_statuses() -> None:
    assert _partners("C92.01", "other_statuses") == {"C92.00", "C92.02"}
    assert _partners("C92.0", "other_statuses") == {"C92.00", "C92.01", "C92.02"}
    assert _partners("C94.6", "other_statuses") == set()
    assert [str(each.code) for each in lc.lookup("C86.4", on="FY2024").other_statuses] == []
    assert lc.lookup("C92.00").with_status("in_remission").code == "C92.01"
