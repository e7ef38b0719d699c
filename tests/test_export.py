"""The code table as files, in databases, and as FHIR."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
import sqlglot
from spark_session import spark

import leukcodes as lc
from leukcodes.cli.codetable import code_table

PAGE = (Path(__file__).parents[1] / "docs" / "sql.md").read_text("utf-8")
CLAIMS = [
    (1, "C94.20", "2024-01-01"),
    (2, "c9420", "2024-01-01"),
    (3, "C94.2", "2024-01-01"),
    (4, "C86.4", "2024-09-30"),
    (5, "C86.4", "2024-10-01"),
    (6, "E11.9", "2024-01-01"),
    (7, "C94.20", None),
    (8, None, "2024-01-01"),
    (9, "C94.20", "2015-09-30"),
    (10, "C94.20", "2031-01-01"),
    (11, "C9202", "2026-11-21"),
    (12, "C92.02", "2026-11-21"),
]


def queries(language: str) -> list[str]:
    """The page's examples in one dialect."""
    return re.findall(rf"^```sql {language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


# The table


def test_versions_of_a_code_never_overlap_and_agree_with_lookup() -> None:
    by_code: dict[str, list[Any]] = {}
    for row in code_table():
        by_code.setdefault(row.code, []).append(row)
    for code, rows in by_code.items():
        for before, after in pairwise(rows):
            assert before.valid_to < after.valid_from
        for row in rows:
            for day in (row.valid_from, row.valid_to):
                concept = lc.lookup(code, on=day)
                assert (row.title, row.billable, row.kind) == (concept.title, concept.billable, concept.kind)
                assert (row.scope, row.family, row.status) == (concept.scope, concept.family, concept.status)
                assert (row.parent, row.undotted) == (concept.parent_code, concept.code.undotted)
        assert rows[-1].valid_to <= lc.releases()[-1].effective_to


def test_a_release_has_each_of_its_codes_once() -> None:
    rows = list(code_table(on="FY2025"))
    assert [row.code for row in rows] == [concept.code for concept in lc.expand(on="FY2025")]


# The forms


def test_forms_hold_the_same(leukcodes, tmp_path) -> None:
    wanted = [row._asdict() for row in code_table()]
    plain = [{name: "" if value is None else str(value) for name, value in row.items()} for row in wanted]
    rows = list(csv.DictReader(io.StringIO(leukcodes("export", "--format", "csv").out)))
    assert [row | {"billable": row["billable"].capitalize()} for row in rows] == plain
    rows = [json.loads(line) for line in leukcodes("export", "--format", "json").out.splitlines()]
    assert [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in rows
    ] == plain
    assert leukcodes("export", "--format", "parquet", "-o", tmp_path / "codes.parquet").status == 0
    assert pq.read_table(tmp_path / "codes.parquet").to_pylist() == wanted


def test_one_release_and_one_value_set(leukcodes) -> None:
    def codes(*options: str) -> list[str]:
        lines = leukcodes("export", "--format", "csv", *options).out.splitlines()[1:]
        return [line.partition(",")[0] for line in lines]

    assert codes("--on", "FY2024", "--value-set", "aml") == lc.value_set("aml", on="FY2024").to_list()
    assert codes("--on", "FY2016") == [str(concept.code) for concept in lc.expand(on="FY2016")]
    assert leukcodes("export", "--format", "csv", "--value-set", "nonsense").status == 2
    assert leukcodes("export", "--format", "csv", "--on", "FY2031").status == 2
    assert leukcodes("export").status == 2


def test_an_existing_file_is_kept(leukcodes, tmp_path) -> None:
    (tmp_path / "codes.sql").write_text("precious")
    assert leukcodes("export", "--format", "sql", "-o", tmp_path / "codes.sql").status == 3
    assert (tmp_path / "codes.sql").read_text() == "precious"
    assert leukcodes("export", "--format", "sql", "-o", tmp_path / "codes.sql", "--force").status == 0


def test_parquet_without_the_extra(leukcodes, monkeypatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    done = leukcodes("export", "--format", "parquet")
    assert done.status == 2
    assert "leukcodes[cli,files]" in done.err


# FHIR


def flattened(
    concepts: list[dict[str, Any]], above: str | None = None
) -> Iterator[tuple[dict[str, Any], str | None]]:
    for concept in concepts:
        yield concept, above
        yield from flattened(concept.get("concept", []), concept["code"])


@pytest.mark.parametrize("release", ["FY2016", "FY2025", "FY2027"])
def test_code_system_holds_the_release_and_its_tree(leukcodes, release) -> None:
    resource = json.loads(leukcodes("export", "--format", "fhir", "--on", release).out)
    assert resource["resourceType"] == "CodeSystem"
    assert resource["url"] == "http://hl7.org/fhir/sid/icd-10-cm"
    assert resource["version"] == release.removeprefix("FY")
    assert resource["content"] == "fragment"
    found = list(flattened(resource["concept"]))
    assert resource["count"] == len(found)
    declared = {each["code"]: each["type"] for each in resource["property"]}
    assert [concept["code"] for concept, _ in found] == [
        str(concept.code) for concept in lc.expand(on=release)
    ]
    for item, above in found:
        concept = lc.lookup(item["code"], on=release)
        assert (item["display"], above) == (concept.title, concept.parent_code)
        values = {}
        for each in item["property"]:
            kind = declared[each["code"]]
            values[each["code"]] = each[f"value{kind[0].upper()}{kind[1:]}"]
        assert values.pop("notSelectable") is not concept.billable
        assert values.pop("scope") == concept.scope
        assert values.pop("family", None) == concept.family
        assert values.pop("diseaseStatus", None) == concept.status
        assert values.pop("validFrom") == concept.valid_from.isoformat()
        assert values == {}


def test_value_set_resource(leukcodes) -> None:
    resource = json.loads(leukcodes("export", "--format", "fhir", "--value-set", "aml", "--on", "FY2025").out)
    assert resource == lc.value_set("aml", on="FY2025").to_fhir()


# SQL


def expected() -> list[tuple[int, str, bool | None]]:
    """What validate_code says; None where it was not checked, and what is no string is nothing."""
    found = []
    for number, code, day in CLAIMS:
        result = lc.validate_code(code, on=day or "")
        valid = {"valid": True, "invalid": False}.get(result.result.value)
        found.append((number, valid))
    return found


def test_sqlite(leukcodes, tmp_path) -> None:
    base = sqlite3.connect(":memory:")
    base.executescript(leukcodes("export", "--format", "sql").out)
    assert [tuple(row) for row in base.execute("SELECT * FROM icd10cm")] == [
        tuple(value.isoformat() if isinstance(value, date) else value for value in row)
        for row in code_table()
    ]
    base.execute("CREATE TABLE claims (id INTEGER, dx TEXT, service_date TEXT)")
    base.executemany("INSERT INTO claims VALUES (?, ?, ?)", CLAIMS)
    check(lambda query: [tuple(row) for row in base.execute(query)], queries("sqlite"))
    base.close()


def test_duckdb(leukcodes) -> None:
    base = duckdb.connect()
    base.execute(leukcodes("export", "--format", "sql").out)
    assert base.execute("SELECT * FROM icd10cm").fetchall() == [tuple(row) for row in code_table()]
    base.execute("CREATE TABLE claims (id INTEGER, dx TEXT, service_date DATE)")
    base.executemany("INSERT INTO claims VALUES (?, ?, ?)", CLAIMS)
    check(lambda query: base.execute(query).fetchall(), queries("duckdb"))
    base.close()


def test_spark(leukcodes, tmp_path) -> None:
    codes = tmp_path / "icd10cm.parquet"
    assert leukcodes("export", "--format", "parquet", "-o", codes).status == 0
    session = spark()
    view = re.search(r"^CREATE TEMPORARY VIEW [^;]*", PAGE, re.MULTILINE)
    assert view
    session.sql(view[0].replace("icd10cm.parquet", codes.as_posix()))
    days = [(number, code, day and date.fromisoformat(day)) for number, code, day in CLAIMS]
    session.createDataFrame(days, "id int, dx string, service_date date").createOrReplaceTempView("claims")
    try:
        check(
            lambda query: [tuple(row) for row in session.sql(query.rstrip().rstrip(";")).collect()],
            queries("spark"),
        )
        plan = session.sql(queries("spark")[0].rstrip().rstrip(";"))._jdf.queryExecution().toString()
        assert "BroadcastHashJoin" in plan
    finally:
        session.catalog.dropTempView("claims")
        session.catalog.dropTempView("icd10cm")


def check(run: Any, examples: list[str]) -> None:
    """The page's three queries: each claim's verdict, leukemias by status, and splits."""
    verdicts, statuses = (run(query) for query in examples)
    assert [number for number, *_ in verdicts] == [number for number, *_ in CLAIMS]
    for (number, verdict, title), (_, valid) in zip(verdicts, expected(), strict=True):
        assert (verdict == "valid") is (valid is True), number
        assert (title is not None) is (verdict in ("valid", "header"))
    assert {verdict for _, verdict, _ in verdicts} == {
        "valid",
        "header",
        "not found",
        "no usable date",
        "no code",
    }
    counted = [lc.lookup(CLAIMS[place][1], on=CLAIMS[place][2]).status for place in (0, 1, 10, 11)]
    assert dict(statuses) == {str(status): counted.count(status) for status in counted}


@pytest.mark.parametrize("dialect", ["postgres", "spark", "duckdb", "sqlite"])
def test_examples_are_sql_of_their_dialect(leukcodes, dialect) -> None:
    examples = queries("postgresql" if dialect == "postgres" else dialect)
    assert len(examples) == 2
    assert f"'{lc.releases()[0].effective_from}'" in examples[0]
    assert f"'{lc.releases()[-1].effective_to}'" in examples[0]
    for query in examples:
        assert sqlglot.parse(query, dialect=dialect)


@pytest.mark.parametrize("dialect", ["postgres", "spark", "duckdb", "sqlite"])
def test_the_script_is_sql_of_every_dialect(leukcodes, dialect) -> None:
    statements = sqlglot.parse(
        leukcodes("export", "--format", "sql", "--value-set", "aml").out, dialect=dialect
    )
    assert [type(each).__name__ for each in statements if each] == ["Create", "Insert"]


def test_a_table_of_days_has_one_row_for_each_code(leukcodes) -> None:
    base = duckdb.connect()
    base.execute(leukcodes("export", "--format", "sql").out)
    first, last = lc.releases()[0].effective_from, lc.releases()[-1].effective_to
    for days in range(0, (last - first).days, 97):
        day = first + timedelta(days=days)
        stands = "SELECT code FROM icd10cm WHERE ? BETWEEN valid_from AND valid_to"
        twice = f"{stands} GROUP BY code HAVING count(*) > 1"
        assert base.execute(twice, [day]).fetchall() == []
        billable = f"{stands} AND billable"
        assert {code for (code,) in base.execute(billable, [day]).fetchall()} == {
            str(concept.code) for concept in lc.expand(billable=True, on=day)
        }
    base.close()
