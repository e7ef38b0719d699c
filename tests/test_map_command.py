"""`leukcodes map`: the code map, bare and with the counts of a column, as text and as a picture."""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import Command

import leukcodes as lc
from leukcodes.render import summarise

CELLS = ["C92.00", "c9200", "C94.6", "C81.90", "E11.9", "C92.0", "junk", "C92.00"]
ENDS = ["csv", "tsv", "jsonl", "parquet"]


@pytest.fixture
def table(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / f"claims.{request.param}"
    if request.param == "parquet":
        pq.write_table(pa.table({"dx": CELLS}), path)
    elif request.param == "jsonl":
        path.write_text("".join(json.dumps({"id": 1, "dx": cell}) + "\n" for cell in CELLS), "utf-8")
    else:
        parted = "," if request.param == "csv" else "\t"
        path.write_text(
            "".join(f"{parted.join(row)}\n" for row in [("id", "dx"), *(("1", c) for c in CELLS)])
        )
    return path


def test_the_bare_map_is_text_and_picture(leukcodes: Command, tmp_path: Path) -> None:
    assert leukcodes("map").out == f"{lc.code_map()}\n"
    assert leukcodes("map", "--on", "FY2020").out == f"{lc.code_map(on='FY2020')}\n"
    assert leukcodes("map", "-o", tmp_path / "map.svg").status == 0
    assert (tmp_path / "map.svg").read_text("utf-8") == lc.code_map().to_svg()
    assert leukcodes("map", "-o", "-").out == lc.code_map().to_svg()


@pytest.mark.parametrize("table", ENDS, indirect=True)
def test_a_column_is_counted(leukcodes: Command, table: Path, tmp_path: Path) -> None:
    expected = summarise([(cell, 1) for cell in CELLS], column="dx")
    assert expected.places == {"map": 4, "header": 1, "other": 1, "not_packaged": 1, "malformed": 1}
    assert leukcodes("map", table, "--column", "dx").out == f"{expected}\n"
    assert leukcodes("map", table, "-c", "dx", "-o", tmp_path / "map.svg").status == 0
    picture = (tmp_path / "map.svg").read_text("utf-8")
    assert picture == expected.to_svg()
    ET.fromstring(picture)


def test_nulls_and_numbers_in_json(leukcodes: Command) -> None:
    lines = b'{"dx": null}\n{"dx": 9200}\n{"dx": ["C92.00"]}\n{"dx": "C92.01"}\n'
    out = leukcodes("map", "-", "--column", "dx", "--format", "json", stdin=lines).out
    assert "1  leukemia codes on the code map" in out
    assert "2  not in the form of a code" in out
    assert "1  null" in out


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("map", "claims.csv"), 2, "go together"),
        (("map", "--column", "dx"), 2, "go together"),
        (("map", "-o", "map.png"), 2, "must end in .svg"),
        (("map", "--on", "1999-01-01"), 2, "1999-01-01"),
        (("map", "nowhere.csv", "--column", "dx"), 3, "nowhere.csv"),
    ],
)
def test_what_is_wrong_is_said(
    leukcodes: Command, arguments: tuple[str, ...], status: int, words: str
) -> None:
    done = leukcodes(*arguments)
    assert done.status == status
    assert words in done.err
    assert done.out == ""


@pytest.mark.parametrize("table", ["csv"], indirect=True)
def test_a_missing_column_and_an_older_picture(leukcodes: Command, table: Path, tmp_path: Path) -> None:
    older = tmp_path / "map.svg"
    older.write_text("older")
    assert leukcodes("map", table, "-c", "dxx", "-o", older, "--force").status == 2
    assert leukcodes("map", table, "-c", "dx", "-o", older).status == 3
    assert older.read_text() == "older"
    assert leukcodes("map", table, "-c", "dx", "-o", older, "--force").status == 0
    assert older.read_text("utf-8").startswith("<svg")


@pytest.mark.parametrize("table", ["csv"], indirect=True)
def test_a_terminal_gets_the_map_in_colour(
    leukcodes: Command, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    out = leukcodes("map", table, "--column", "dx").out
    assert "\x1b[" in out
    assert "leukemia codes on the code map" in out


def test_damaged_parquet_is_said(leukcodes: Command, tmp_path: Path) -> None:
    (tmp_path / "claims.parquet").write_bytes(b"PAR1 and nothing of it PAR1")
    done = leukcodes("map", tmp_path / "claims.parquet", "--column", "dx", "-o", tmp_path / "map.svg")
    assert done.status == 3
    assert "the Parquet file cannot be read" in done.err
    assert not (tmp_path / "map.svg").exists()
