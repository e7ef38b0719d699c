"""`leukcodes audit`: the same report from every form of the table, and what it says when it cannot."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from planted_claims import COLUMNS, plant, write
from typer.testing import CliRunner, Result

from leukcodes.audit import AuditReport, page
from leukcodes.cli.app import app

OPTIONS = ("--code-column", "dx", "--text-column", "diagnosis", "--date-column", "service_date")
CLAIM = ("--claim-column", "claim_id")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["audit", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("table") / "claims.csv"
    write(path, plant(4000, seed=5))
    return path


def in_form(table: Path, form: str) -> Path:
    path = table.with_suffix(form)
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if form == ".csv.gz":
        path.write_bytes(gzip.compress(table.read_bytes()))
    elif form == ".tsv":
        path.write_text(
            "\n".join("\t".join(row) for row in [COLUMNS, *(row.values() for row in rows)]) + "\n"
        )
    elif form == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    elif form == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    return path


@pytest.mark.parametrize("form", [".csv", ".csv.gz", ".tsv", ".jsonl", ".parquet"])
def test_the_twin_has_every_planted_error_whatever_the_form(table: Path, form: str, tmp_path: Path) -> None:
    twin = tmp_path / "report.json"
    result = run(in_form(table, form), *OPTIONS, *CLAIM, "--json", twin)
    assert result.exit_code == 1, result.output
    report = AuditReport.model_validate_json(twin.read_bytes())
    plan = json.loads(table.with_suffix(".plan.json").read_text())
    assert {found.rule: list(found.rows) for found in report.findings} == plan
    assert report.columns == {
        "code": "dx",
        "text": "diagnosis",
        "date": "service_date",
        "claim": "claim_id",
    }


def test_page_and_twin_are_written_together_and_summed_up(table: Path, tmp_path: Path) -> None:
    result = run(table, *OPTIONS, "-o", tmp_path / "r.html", "--json", tmp_path / "r.json", "--exit-zero")
    assert result.exit_code == 0
    assert "Audit of claims.csv" in (tmp_path / "r.html").read_text("utf-8")
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["source"] == "claims.csv"
    assert result.stderr.startswith("leukcodes: 4,")
    assert "  LK-T001 " in result.stderr
    assert result.stdout == ""


def test_codes_alone_and_one_date_for_all(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text("dx\nC86.4\n")
    assert (
        run(path, "--code-column", "dx", "--on", "2024-09-30", "--json", tmp_path / "r.json").exit_code == 0
    )
    assert run(path, "--code-column", "dx", "--on", "FY2025", "--json", tmp_path / "s.json").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("--code-column", "dxx", "--json", "-"), 2, "did you mean 'dx'?"),
        (("--code-column", "dx", "--text-column", "diagnoses", "--json", "-"), 2, "'--text-column'"),
        (("--code-column", "dx"), 2, "say where the report goes"),
        (
            ("--code-column", "dx", "--date-column", "service_date", "--on", "FY2025", "--json", "-"),
            2,
            "both",
        ),
        (("--code-column", "dx", "--on", "FY2055", "--json", "-"), 2, "'--on'"),
        (("--json", "-"), 2, "--code-column"),
    ],
)
def test_wrong_usage_says_what_to_do(
    table: Path, arguments: tuple[str, ...], status: int, words: str
) -> None:
    result = run(table, *arguments)
    assert result.exit_code == status
    assert words in result.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", "dx,diagnosis\nC92.01\nC92.01,AML in relapse,more\n"),
        ("t.jsonl", '{"dx": "C92.01"}\n{"dx": "C92.01", "diagnosis": "AML in relapse", "more": 1}\n'),
    ],
)
def test_ragged_rows_stop_it_or_are_kept(name: str, content: str, tmp_path: Path) -> None:
    path, twin = tmp_path / name, tmp_path / "r.json"
    path.write_text(content)
    asked = (path, "--code-column", "dx", "--text-column", "diagnosis", "--json", twin)
    stopped = run(*asked)
    if name == "t.csv":
        assert (stopped.exit_code, "line 2" in stopped.stderr) == (3, True)
    else:  # the first line says which columns there are
        assert (stopped.exit_code, "'diagnosis'" in stopped.stderr) == (2, True)
    assert not twin.exists()
    assert run(*asked, "--ragged", "keep").exit_code == (1 if name == "t.csv" else 2)


def test_an_object_without_the_column_stops_it_or_is_empty(tmp_path: Path) -> None:
    path, twin = tmp_path / "t.jsonl", tmp_path / "r.json"
    path.write_text('{"dx": "C92.01", "diagnosis": "AML in relapse"}\n{"dx": "C92.0"}\n\n{"dx": null}\n')
    asked = (path, "--code-column", "dx", "--text-column", "diagnosis", "--json", twin)
    assert run(*asked).exit_code == 3
    assert run(*asked, "--ragged", "keep").exit_code == 1
    report = AuditReport.model_validate_json(twin.read_bytes())
    assert {found.rule: found.rows for found in report.findings} == {
        "LK-T001": (1,),
        "LK-S003": (2,),
        "LK-S012": (3,),
    }


def test_a_file_that_is_there_is_not_replaced_and_trouble_leaves_none(table: Path, tmp_path: Path) -> None:
    there, cut = tmp_path / "there.html", tmp_path / "cut.csv"
    there.write_text("mine")
    assert run(table, *OPTIONS, "-o", there).exit_code == 3
    assert there.read_text() == "mine"
    cut.write_bytes(b'dx\nC92.00\n"C91')
    assert run(cut, "--code-column", "dx", "-o", tmp_path / "new.html").exit_code == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cut.csv", "there.html"]


def test_the_report_replaces_neither_its_table_nor_its_twin(tmp_path: Path) -> None:
    table, link, report = (tmp_path / name for name in ("claims.csv", "link.html", "report.html"))
    table.write_text("dx\nC92.00\n")
    link.symlink_to(table)
    for outputs in (("-o", table), ("--json", table), ("-o", link), ("-o", report, "--json", report)):
        result = run(table, "--code-column", "dx", *outputs, "--force")
        assert result.exit_code == 2
        assert "need a file each; name them apart" in " ".join(result.output.split())
    assert table.read_text() == "dx\nC92.00\n"
    assert not report.exists()


def test_without_the_extra_it_says_how_to_install_it(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "find_spec", lambda _: None)
    result = run(table, *OPTIONS, "-o", tmp_path / "r.html")
    assert result.exit_code == 2
    assert result.stderr == (
        "leukcodes: the page needs jinja2 and vl-convert-python; "
        "install the extra with: python -m pip install 'leukcodes[report]'\n"
    )
    assert run(table, *OPTIONS, "--json", tmp_path / "r.json").exit_code == 1
