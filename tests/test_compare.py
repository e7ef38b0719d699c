"""Differences between releases, against the changes that were published."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

import leukcodes as lc
from leukcodes import comparison
from leukcodes.codesystem import CodeSystem, system
from leukcodes.tables import Tables

DATA = Path(__file__).parent / "data"


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _in_core(code: str) -> bool:
    return code[:3] in {"C90", "C91", "C92", "C93", "C94", "C95", "C96", "D45", "D46", "D47"} or code in (
        "Z80.6",
        "Z85.6",
    )


def test_the_published_changes_of_the_core_and_no_others() -> None:
    rows = table("change_history_core.tsv")
    published = {
        *(
            (row["effective"], "added", row["code"], None, row["old_title_or_title"])
            for row in rows
            if row["change"] == "add"
        ),
        *(
            (row["effective"], "retitled", row["code"], row["old_title_or_title"], row["new_title"])
            for row in rows
            if row["change"] == "revise"
        ),
    }
    found = {
        (
            change.effective.isoformat(),
            change.kind.value,
            str(change.code),
            change.old_title,
            change.new_title,
        )
        for change in lc.compare("FY2016", "FY2027").changes
        if _in_core(change.code) and change.kind != "split"
    }
    assert found == published
    headers = {row["code"] for row in rows if "became header" in row["note"]}
    split = {str(change.code) for change in lc.compare("FY2016", "FY2027").split if _in_core(change.code)}
    assert split == headers


@pytest.mark.parametrize("year", range(2017, 2028))
def test_one_year_is_what_the_published_dates_say(year: int) -> None:
    """Billable codes that come and go on 1 October are the added, deleted and split ones."""
    rows = table("billable_validity.tsv")
    day = date(year - 1, 10, 1)
    comes = {row["code"] for row in rows if row["valid_from"] == day.isoformat()}
    goes = {row["code"] for row in rows if row["valid_to"] == f"{year - 1}-09-30"}
    changes = lc.compare(f"FY{year - 1}", f"FY{year}")
    assert {str(change.code) for change in changes.added if lc.lookup(change.code, on=day).billable} == comes
    assert {str(change.code) for change in (*changes.deleted, *changes.split)} == goes
    assert {change.effective for change in changes.changes} <= {day}


def test_a_split_says_into_what() -> None:
    (split,) = (change for change in lc.compare("FY2024", "FY2027").split if change.code == "C86.4")
    assert split.into == ("C86.40", "C86.41")
    assert split.effective == date(2024, 10, 1)


def test_years_add_up() -> None:
    whole = {(change.kind, change.code) for change in lc.compare("FY2020", "FY2027").changes}
    steps = {
        (change.kind, change.code)
        for year in range(2020, 2027)
        for change in lc.compare(f"FY{year}", f"FY{year + 1}").changes
    }
    # A code that is added and split or retitled later is only added over the whole span.
    added = {code for kind, code in whole if kind == "added"}
    gone = {code for kind, code in whole if kind == "deleted"}
    assert whole <= steps
    assert {code for _, code in steps - whole} <= added | gone


def test_the_leukemias_stay_the_same() -> None:
    changes = [change for change in lc.compare("FY2016").changes if change.scope == "leukemia"]
    assert [(change.kind, change.code) for change in changes] == [("retitled", "C94.6")]


def test_releases_by_date_and_by_default() -> None:
    assert lc.compare("2023-10-01").new == "FY2027"
    assert lc.compare(date(2024, 9, 30), "2024-10-01") == lc.compare("FY2024", "FY2025")
    assert lc.compare("FY2025", "FY2025").changes == ()


def test_the_older_comes_first() -> None:
    with pytest.raises(ValueError, match="FY2027 is newer than FY2024"):
        lc.compare("FY2027", "FY2024")
    with pytest.raises(lc.ReleaseNotFoundError):
        lc.compare("FY2015", "FY2024")


def test_as_text_and_json() -> None:
    changes = lc.compare("FY2022", "FY2023")
    assert (
        "  2022-10-01 retitled C94.6 Myelodysplastic disease, not classified"
        " -> Myelodysplastic disease, not elsewhere classified"
    ) in str(changes).splitlines()
    assert lc.Comparison.model_validate_json(changes.model_dump_json()) == changes


def test_every_change_is_in_tabular_order() -> None:
    places = {code: place for place, code in enumerate(system().codes)}
    order = [places[change.code] for change in lc.compare("FY2016").changes]
    assert order == sorted(order)


def test_a_code_that_ends_is_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    """No packaged code was ever deleted, so one is ended here."""
    altered = CodeSystem(Tables.read())
    row = altered.tables.row("C92.A2")
    assert row is not None
    (only,) = row.versions
    altered.tables._rows["C92.A2"] = row._replace(versions=(only._replace(valid_to=date(2020, 9, 30)),))
    monkeypatch.setattr(comparison, "system", lambda: altered)
    assert lc.compare("FY2019", "FY2020").deleted == ()
    (gone,) = lc.compare("FY2019", "FY2022").deleted
    assert (gone.code, gone.effective, gone.old_title) == ("C92.A2", date(2020, 10, 1), only.title)
    assert (gone.new_title, gone.into) == (None, ())
    assert "C92.A2" not in {change.code for change in lc.compare("FY2021", "FY2022").changes}
