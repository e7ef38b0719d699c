"""The command on files: the same answers as one at a time, and every row as it was."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import pty
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import leukcodes as lc
from leukcodes.cli.files import answers
from leukcodes.errors import ReleaseNotFoundError

CODES = [
    "C94.20",
    "c9420",
    "C94.2",
    "C86.4",
    "C86.40",
    "E11.9",
    "C92.03",
    "204.00",
    "C91.O0",
    "leukemia",
    " ",
    "",
]
TEXTS = ["relapsed AMKL", "CLL in remission", "leukopenia", "PLL", "AML", "possible AML", "no leukemia", ""]
DAYS = ["2024-09-30", "2024-10-01", "FY2020", "20240930", "2015-09-30", "2031-01-01", "9/30/2024", "", "soon"]
VALIDATION = ["code", "valid", "rule", "message"]
RESOLUTION = ["outcome", "code", "title", "kind", "status", "status_basis", "rules", "candidates"]
SUFFIXES = ["", ".gz", ".zst"]


def expected_validation(code: object, day: Any) -> list[object]:
    found = lc.validate_code(code, on=day)
    valid = {"valid": True, "invalid": False}.get(found.result.value)
    first = found.issues[0] if found.issues else None
    return [found.code, valid, first and first.rule, first and first.message]


def expected_resolution(text: str, day: Any) -> list[object]:
    try:
        found = lc.resolve(text, on=day)
    except ReleaseNotFoundError:
        undated = [issue.rule for issue in lc.validate_code("C94.20", on=day).issues]
        return [*[None] * 6, undated[0], None]
    return [
        *(found.outcome.value, found.code, found.title, found.kind, found.status.value),
        *(found.status_basis.value, " ".join(dict.fromkeys(issue.rule for issue in found.issues)) or None),
        " ".join(candidate.code for candidate in found.candidates) or None,
    ]


def cells(values: list[object]) -> list[str]:
    return [{None: "", True: "true", False: "false"}.get(value, value) for value in values]  # type: ignore[arg-type,misc] - mixed keys


def packed(data: bytes, suffix: str) -> bytes:
    if suffix == ".gz":
        return gzip.compress(data)
    if suffix == ".zst":
        buffer = pa.BufferOutputStream()
        with pa.CompressedOutputStream(buffer, "zstd") as stream:
            stream.write(data)
        return buffer.getvalue().to_pybytes()
    return data


def unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(data)
    if path.suffix == ".zst":
        return pa.CompressedInputStream(io.BytesIO(data), "zstd").read()
    return data


def as_csv(rows: list[list[str]], delimiter: str = ",", end: str = "\r\n") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue().encode()


def read_csv(data: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(
        csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter, strict=True)
    )


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write(name: str, data: bytes) -> Path:
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return write


# Same answers


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(("end", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_validate_says_what_validate_code_says(leukcodes, folder, tmp_path, suffix, end, delimiter) -> None:
    rows = [[code, day, "x"] for code in CODES for day in DAYS]
    source = folder(f"in.{end}{suffix}", packed(as_csv([["dx", "day", "more"], *rows], delimiter), suffix))
    out = tmp_path / f"out.{end}{suffix}"
    done = leukcodes("validate", source, "--column", "dx", "--date-column", "day", "-o", out)
    assert done.status == 1
    header, *written = read_csv(unpacked(out), delimiter)
    assert header == ["dx", "day", "more", *(f"dx_{name}" for name in VALIDATION)]
    assert written == [[*row, *cells(expected_validation(row[0], row[1]))] for row in rows]


def test_resolve_says_what_resolve_says(leukcodes, folder, tmp_path) -> None:
    rows = [[text, day] for text in TEXTS for day in DAYS]
    source = folder("in.csv", as_csv([["diagnosis", "day"], *rows]))
    leukcodes("resolve", source, "-c", "diagnosis", "--date-column", "day", "-o", tmp_path / "out.csv")
    header, *written = read_csv((tmp_path / "out.csv").read_bytes())
    assert header == ["diagnosis", "day", *(f"diagnosis_{name}" for name in RESOLUTION)]
    assert written == [[*row, *cells(expected_resolution(*row))] for row in rows]


def test_one_date_for_all_rows(leukcodes, folder) -> None:
    source = folder("in.csv", b"dx\nC86.4\n")
    for on, valid in (("2024-09-30", "true"), ("2024-10-01", "false"), ("FY2024", "true")):
        done = leukcodes("validate", source, "-c", "dx", "--on", on)
        assert read_csv(done.out.encode())[1][2] == valid
    assert read_csv(leukcodes("validate", source, "-c", "dx").out.encode())[1][2] == "false"


def test_setting_and_strict_status_reach_the_rows(leukcodes, folder) -> None:
    source = folder("in.csv", b"d\npossible AML\nAML\n")
    done = leukcodes("resolve", source, "-c", "d", "--setting", "outpatient", "--strict-status")
    assert [row[1] for row in read_csv(done.out.encode())[1:]] == ["none", "review"]


def test_json_lines_keep_every_character(leukcodes, folder, tmp_path) -> None:
    lines = [
        '{"dx": "C94.20", "day": "2024-01-01", "n": 1.10, "deep": {"a": [1, {"b": null}]}}',
        ' {"dx":"C94.2","day":"2024-01-01","big":123456789012345678901234567890}  ',
        '{"day": null, "dx": "C94.20", "text": "\\u00e9\\ud83d\\ude00 é"}',
        '{"dx": null, "day": "2024-01-01"}',
        '{"dx": 204.0, "day": "2024-01-01"}',
        '{"dx": true, "day": 20240101}',
        '{"dx": 1, "day": "2024-01-01"}',
        '{"dx": ["C94.20"], "day": "2024-01-01"}',
    ]
    source = folder("in.jsonl", "\n".join(lines).encode())
    leukcodes("validate", source, "-c", "dx", "--date-column", "day", "-o", tmp_path / "out.jsonl")
    written = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert len(written) == len(lines)
    for before, after in zip(lines, written, strict=True):
        assert after.startswith(before.strip()[:-1])
        record, answered = json.loads(before), json.loads(after)
        day = record["day"] if record["day"] is not None else float("nan")
        answer = [None] * 4 if record["dx"] is None else expected_validation(record["dx"], day)
        assert answered == record | dict(zip((f"dx_{name}" for name in VALIDATION), answer, strict=True))


def test_parquet_keeps_types_order_and_metadata(leukcodes, tmp_path) -> None:
    many = 3000
    table = pa.table(
        {
            "id": pa.array(range(many), pa.uint32()),
            "dx": pa.array(
                [None if i % 7 == 0 else CODES[i % len(CODES)] for i in range(many)]
            ).dictionary_encode(),
            "day": pa.array(
                [None if i % 5 == 0 else date(2015, 9, 1) + timedelta(days=i) for i in range(many)]
            ),
            "nested": pa.array([{"a": [i, None], "b": {"c": str(i)}} for i in range(many)]),
            "when": pa.array(
                [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=i) for i in range(many)],
                pa.timestamp("ns", "Asia/Tokyo"),
            ),
            "money": pa.array(list(range(many))).cast(pa.decimal128(24, 2)),
            "cat": pa.array([f"k{i % 3}" for i in range(many)]).dictionary_encode(),
            "raw": pa.array([bytes([i % 256]) for i in range(many)]),
        }
    ).replace_schema_metadata({"owner": "a test", "pandas": "{}"})
    pq.write_table(table, tmp_path / "in.parquet", row_group_size=700, compression="zstd")
    before = pq.read_table(tmp_path / "in.parquet")
    done = leukcodes(
        *("validate", tmp_path / "in.parquet", "-c", "dx", "--date-column", "day"),
        *("-o", tmp_path / "out.parquet"),
    )
    assert f"{many:,} rows" in done.err
    after = pq.read_table(tmp_path / "out.parquet")
    assert after.schema.names == [*before.schema.names, *(f"dx_{name}" for name in VALIDATION)]
    assert after.schema.metadata == before.schema.metadata
    assert after.select(before.schema.names).schema.equals(before.schema, check_metadata=True)
    assert after.select(before.schema.names).equals(before)
    answers = after.select([f"dx_{name}" for name in VALIDATION]).to_pylist()
    for row, answer in zip(before.select(["dx", "day"]).to_pylist(), answers, strict=True):
        day = float("nan") if row["day"] is None else row["day"]
        wanted = [None] * 4 if row["dx"] is None else expected_validation(row["dx"], day)
        assert list(answer.values()) == wanted
    assert pq.ParquetFile(tmp_path / "out.parquet").metadata.row_group(0).column(0).compression == "ZSTD"


@pytest.mark.parametrize("kind", ["us", "ns"])
def test_a_moment_is_the_day_of_its_own_clock(leukcodes, tmp_path, kind) -> None:
    # 02:00 in Greenwich on the day of the split is the evening before in New York.
    moments = pa.array([1727748000], pa.int64()).cast(pa.timestamp("s")).cast(pa.timestamp(kind, "UTC"))
    for zone, valid in (("UTC", False), ("America/New_York", True)):
        table = pa.table({"dx": ["C86.4"], "at": moments.cast(pa.timestamp(kind, zone))})
        pq.write_table(table, tmp_path / "in.parquet")
        leukcodes(
            "validate",
            tmp_path / "in.parquet",
            "-c",
            "dx",
            "--date-column",
            "at",
            "-o",
            tmp_path / "o.parquet",
            "--force",
        )
        assert pq.read_table(tmp_path / "o.parquet")["dx_valid"].to_pylist() == [valid]


def test_days_that_python_cannot_hold_are_unreadable(leukcodes, tmp_path) -> None:
    days = pa.array([10_000_000, 19_000], pa.int32()).cast(pa.date32())
    pq.write_table(pa.table({"dx": ["C94.20"] * 2, "day": days}), tmp_path / "in.parquet")
    leukcodes(
        "validate", tmp_path / "in.parquet", "-c", "dx", "--date-column", "day", "-o", tmp_path / "o.parquet"
    )
    assert pq.read_table(tmp_path / "o.parquet")["dx_rule"].to_pylist() == ["LK-D004", None]


def test_a_day_inside_a_cell_that_python_cannot_hold(leukcodes, tmp_path) -> None:
    days = pa.array([10_000_000], pa.int32()).cast(pa.date32())
    pq.write_table(pa.table({"dx": pa.StructArray.from_arrays([days], ["day"])}), tmp_path / "in.parquet")
    leukcodes("validate", tmp_path / "in.parquet", "-c", "dx", "-o", tmp_path / "o.parquet")
    assert pq.read_table(tmp_path / "o.parquet")["dx_rule"].to_pylist() == ["LK-S001"]


def test_days_in_a_dictionary(leukcodes, tmp_path) -> None:
    days = pa.array(["2024-09-30", "2024-10-01"]).dictionary_encode()
    pq.write_table(pa.table({"dx": ["C86.4"] * 2, "day": days}), tmp_path / "in.parquet")
    leukcodes(
        "validate", tmp_path / "in.parquet", "-c", "dx", "--date-column", "day", "-o", tmp_path / "o.parquet"
    )
    written = pq.read_table(tmp_path / "o.parquet")
    assert written["dx_valid"].to_pylist() == [True, False]
    assert written["day"].to_pylist() == ["2024-09-30", "2024-10-01"]


@pytest.mark.parametrize("unit", ["s", "ms"])
def test_parquet_moments_millions_of_years_off_are_no_usable_dates(leukcodes, tmp_path, unit) -> None:
    # So many days after 2024-06-26 that 32 bits of days would come back to it.
    seconds = (19_900 + (1 << 32)) * 86_400
    days = pa.array([seconds * {"s": 1, "ms": 1000}[unit], 0], pa.timestamp(unit))
    pq.write_table(pa.table({"dx": ["C92.01", "C92.01"], "day": days}), tmp_path / "in.parquet")
    asked = ("validate", tmp_path / "in.parquet", "-c", "dx", "--date-column", "day")
    leukcodes(*asked, "-o", tmp_path / "o.parquet")
    found = pq.read_table(tmp_path / "o.parquet")
    assert found["dx_valid"].to_pylist() == [None, None]
    assert found["dx_rule"].to_pylist()[1] == "LK-D001"
    assert found["dx_rule"].to_pylist()[0] in {"LK-D002", "LK-D004"}


def test_parquet_without_a_row_group_gets_its_columns(leukcodes, tmp_path) -> None:
    schema = pa.schema([("dx", pa.string())])
    pq.ParquetWriter(tmp_path / "in.parquet", schema).close()
    assert pq.ParquetFile(tmp_path / "in.parquet").num_row_groups == 0
    done = leukcodes("validate", tmp_path / "in.parquet", "-c", "dx", "-o", tmp_path / "o.parquet")
    assert done.status == 0
    assert pq.read_table(tmp_path / "o.parquet").column_names == [
        "dx",
        *(f"dx_{name}" for name in VALIDATION),
    ]


# Every row as it was

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=8) | st.sampled_from(
    ["a\rb", "a\r\nb", "\n", '"', '""', "a,b", "\t", "'", "=1+1", "\ufeff", "\x00", " ", "\u2028", *CODES]
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(1, 4))
    names = draw(
        st.lists(
            TEXT.filter(lambda text: text.lstrip("\ufeff") == text != ""),
            min_size=width,
            max_size=width,
            unique=True,
        )
    )
    row = st.lists(TEXT, min_size=width, max_size=width)
    return [names, *draw(st.lists(row, max_size=12))]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(("end", "delimiter"), [(".csv", ","), (".tsv", "\t")])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables(), line_end=st.sampled_from(["\n", "\r\n"]), mark=st.booleans())
def test_csv_other_cells_are_identical(leukcodes, suffix, end, delimiter, table, line_end, mark) -> None:
    data = as_csv(table, delimiter, line_end)
    data = b"\xef\xbb\xbf" + data if mark else data
    with tempfile.TemporaryDirectory() as place:
        source, out = Path(place, f"in{end}{suffix}"), Path(place, f"out{end}{suffix}")
        source.write_bytes(packed(data, suffix))
        name = table[0][-1]
        done = leukcodes("validate", source, f"--column={name}", "--prefix=new column: ", "-o", out)
        assert done.status in (0, 1), done.err
        written = unpacked(out)
        assert written.startswith(b"\xef\xbb\xbf") == mark
        header, *rows = read_csv(written, delimiter)
    assert [row[: len(table[0])] for row in [header, *rows]] == table
    assert {len(row) for row in [header, *rows]} == {len(table[0]) + len(VALIDATION)}
    assert [row[-4:] for row in rows] == [cells(expected_validation(row[-1], None)) for row in table[1:]]


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.dictionaries(
            TEXT, st.recursive(st.none() | st.booleans() | st.integers() | TEXT, st.lists), max_size=3
        )
    )
)
def test_json_other_members_are_identical(leukcodes, suffix, rows) -> None:
    rows = [{**row, "dx here": "C94.2"} for row in rows]
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    with tempfile.TemporaryDirectory() as place:
        source, out = Path(place, f"in.jsonl{suffix}"), Path(place, f"out.jsonl{suffix}")
        source.write_bytes(packed(data, suffix))
        leukcodes("validate", source, "-c", "dx here", "-o", out)
        written = [json.loads(line) for line in unpacked(out).decode().split("\n")[:-1]]
    answer = dict(
        zip((f"dx here_{name}" for name in VALIDATION), expected_validation("C94.2", None), strict=True)
    )
    assert written == [row | answer for row in rows]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables(), groups=st.integers(1, 5))
def test_parquet_other_columns_are_identical(leukcodes, table, groups) -> None:
    names, *rows = table
    before = pa.table([pa.array([row[i] for row in rows], pa.string()) for i in range(len(names))], names)
    with tempfile.TemporaryDirectory() as place:
        pq.write_table(before, Path(place, "in.parquet"), row_group_size=groups)
        leukcodes(
            "resolve",
            Path(place, "in.parquet"),
            f"--column={names[-1]}",
            "--prefix=new: ",
            "-o",
            Path(place, "out.parquet"),
        )
        after = pq.read_table(Path(place, "out.parquet"))
    assert after.select(range(len(names))).equals(before)
    assert [list(row.values())[-8:] for row in after.to_pylist()] == [
        expected_resolution(row[-1], None) for row in rows
    ]


# Options


def test_standard_streams(leukcodes) -> None:
    done = leukcodes("validate", "-", "-c", "dx", stdin=b"dx\nC94.20\n")
    assert done.out == "dx,dx_code,dx_valid,dx_rule,dx_message\nC94.20,C94.20,true,,\n"
    assert leukcodes("validate", "-c", "dx", stdin=gzip.compress(b"dx\nC94.20\n")).out == done.out
    done = leukcodes("validate", "-c", "dx", "--format", "json", stdin=b'{"dx": "C94.20"}\n')
    assert json.loads(done.out)["dx_valid"] is True


@pytest.mark.parametrize("name", ["in.csv", "in.jsonl", "in.parquet"])
def test_only_rows_with_errors_or_questions(leukcodes, tmp_path, name) -> None:
    rows = [
        ("AML", ""),
        ("PLL", "2026-11-21"),
        ("no leukemia", "2026-11-21"),
        ("CLL in remission", "2026-11-21"),
    ]
    if name == "in.parquet":
        pq.write_table(
            pa.table({"d": [row[0] for row in rows], "day": [row[1] for row in rows]}), tmp_path / name
        )
    elif name == "in.jsonl":
        (tmp_path / name).write_text("".join(json.dumps({"d": d, "day": day}) + "\n" for d, day in rows))
    else:
        (tmp_path / name).write_bytes(as_csv([["d", "day"], *map(list, rows)]))

    def kept(*options: str) -> list[str]:
        out = tmp_path / f"out-{name}"
        done = leukcodes(
            "resolve", tmp_path / name, "-c", "d", "--date-column", "day", "-o", out, "--force", *options
        )
        assert done.status == 1
        assert done.err.startswith("leukcodes: 4 rows: 1 coded, 1 review, 1 none, 1 without a usable date (")
        if name == "in.parquet":
            return pq.read_table(out)["d"].to_pylist()
        if name == "in.jsonl":
            return [json.loads(line)["d"] for line in out.read_text().splitlines()]
        return [row[0] for row in read_csv(out.read_bytes())[1:]]

    assert kept() == [row[0] for row in rows]
    assert kept("--errors-only") == ["AML"]
    assert kept("--review-only") == ["PLL"]
    assert kept("--errors-only", "--review-only") == ["AML", "PLL"]


def test_exit_zero_and_summary(leukcodes, folder) -> None:
    source = folder("in.csv", b"dx\nC94.2\nC94.2\nC94.20\nE11.9\n")
    assert leukcodes("validate", source, "-c", "dx").status == 1
    done = leukcodes("validate", source, "-c", "dx", "--exit-zero")
    assert done.status == 0
    first, *rules = done.err.splitlines()
    assert first.startswith("leukcodes: 4 rows: 1 valid, 2 invalid, 1 not checked (")
    assert [rule.split()[:2] for rule in rules] == [["LK-S003", "2"], ["LK-S010", "1"]]


def test_encodings(leukcodes, folder) -> None:
    text = "diagnosis,name\nCLL,Zoë\n"
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        done = leukcodes("resolve", folder("in.csv", text.encode(encoding)), "-c", "diagnosis")
        assert done.out.startswith("\ufeffdiagnosis,name,")
        assert "\nCLL,Zoë,coded,C91.10," in done.out
    source = folder("in.csv", text.encode("latin-1"))
    assert leukcodes("resolve", source, "-c", "diagnosis").status == 3
    assert "\nCLL,Zoë,coded," in leukcodes("resolve", source, "-c", "diagnosis", "--encoding", "latin-1").out
    source = folder("in.csv", text.encode("utf-8-sig"))
    done = leukcodes("resolve", source, "-c", "diagnosis", "--encoding", "latin-1")
    assert done.status == 3
    assert "leave --encoding away" in done.err


def test_ragged_rows_keep_every_cell_in_its_place(leukcodes, folder) -> None:
    source = folder("in.csv", b"n,dx\n1,C94.20,more,still\n2\n\n4,C94.20\n")
    done = leukcodes("validate", source, "-c", "dx", "--ragged", "keep")
    rows = read_csv(done.out.encode())
    assert [row[:2] for row in rows] == [["n", "dx"], ["1", "C94.20"], ["2", ""], ["", ""], ["4", "C94.20"]]
    assert [row[2:4] for row in rows[1:]] == [
        ["C94.20", "true"],
        ["", "false"],
        ["", "false"],
        ["C94.20", "true"],
    ]
    assert [row[6:] for row in rows] == [[], ["more", "still"], [], [], []]


def test_ragged_json_lines(leukcodes, folder) -> None:
    source = folder("in.jsonl", b'{"dx": "C94.20"}\n\n{"n": 1}\n{}\n')
    done = leukcodes("validate", source, "-c", "dx", "--ragged", "keep")
    lines = done.out.split("\n")
    assert lines[1] == ""
    assert [json.loads(lines[place])["dx_valid"] for place in (0, 2, 3)] == [True, None, None]


def test_the_tab_can_be_named(leukcodes, folder) -> None:
    source = folder("in.txt", b"dx\tn\nC94.20\t1\n")
    for named in ("tab", r"\t"):
        done = leukcodes("validate", source, "-c", "dx", "--delimiter", named)
        assert done.out.splitlines()[1] == "C94.20\t1\tC94.20\ttrue\t\t"


def test_what_is_forgotten_is_asked_again(leukcodes, folder, monkeypatch) -> None:
    rows = b"".join(b"C92.0%d,2024-0%d-01\n" % (n % 5, 1 + n % 7) for n in range(400))
    source = folder("in.csv", b"dx,day\n" + rows)
    options = ("-c", "dx", "--date-column", "day")
    usual = leukcodes("validate", source, *options).out
    monkeypatch.setattr(answers, "_MAX_SIZE", 5000)  # three answers or so
    assert leukcodes("validate", source, *options).out == usual


def test_safe_cells(leukcodes, folder) -> None:
    runs = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1+1", "+1 555 0100"]
    stays = ["-5", "+3.5", "-1,000.50", "-1e5", "-12%", "-", "", "a=b", "1-2", "'=1", "C94.20"]
    source = folder("in.csv", as_csv([["=dx", "dx"], *([cell, "C94.20"] for cell in runs + stays)]))
    plain = read_csv(leukcodes("validate", source, "-c", "dx").out.encode())
    assert [row[0] for row in plain] == ["=dx", *runs, *stays]
    safe = read_csv(leukcodes("validate", source, "-c", "dx", "--safe-cells").out.encode())
    assert [row[0] for row in safe] == ["'=dx", *(f"'{cell}" for cell in runs), *stays]
    assert [row[1:] for row in safe] == [row[1:] for row in plain]


def test_long_cells_and_many_batches(leukcodes, folder) -> None:
    long = "x" * 10_000_000
    rows = [["C94.20", str(number)] for number in range(10_000)]
    rows[9000][1] = long
    rows[5000][0] = long
    source = folder("in.csv", as_csv([["dx", "n"], *rows]))
    usual = csv.field_size_limit()
    done = leukcodes("validate", source, "-c", "dx")
    assert csv.field_size_limit(2 * len(long)) == usual
    written = read_csv(done.out.encode())
    csv.field_size_limit(usual)
    assert [row[:2] for row in written[1:]] == rows


def test_the_bar_is_for_terminals(folder, tmp_path) -> None:
    master, slave = pty.openpty()
    source = folder("in.csv", b"dx\n" + b"C94.20\n" * 50_000)
    command = [sys.executable, "-m", "leukcodes", "validate", source, "-c", "dx", "-o", tmp_path / "out.csv"]
    with subprocess.Popen(command, stdout=slave, stderr=slave, stdin=slave):
        os.close(slave)
        shown = b""
        try:
            while piece := os.read(master, 65536):
                shown += piece
        except OSError:  # the other end is closed
            pass
    os.close(master)
    assert b"a second" in shown
    assert b"\x1b[" in shown
    assert b"50,000 rows: 50,000 valid" in shown


@pytest.mark.parametrize("name", ["in.parquet", "in.csv.zst"])
def test_without_the_extra(leukcodes, folder, monkeypatch, name) -> None:
    source = folder(name, packed(b"dx\nC94.20\n", ".zst"))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = leukcodes("validate", source, "-c", "dx", "-o", source.with_name(f"out-{name}"))
    assert done.status == 2
    assert done.err.count("\n") == 1
    assert "pip install 'leukcodes[cli,files]'" in done.err
    assert not source.with_name(f"out-{name}").exists()
