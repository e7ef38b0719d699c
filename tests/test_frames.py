from __future__ import annotations

import csv
import importlib
import random
import sys
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frame_engines import EAGER, ENGINES, Columns, FrameEngine
from hypothesis import given, settings
from hypothesis import strategies as st
from spark_session import spark

import leukcodes as lc
from leukcodes import frames
from leukcodes.codesystem import system
from leukcodes.frames.readers import date_issue

GOLDEN = Path(__file__).parent / "golden"
ROWS = 20_000
NULL_DATE = float("nan")

each_engine = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
each_eager = pytest.mark.parametrize("engine", EAGER, ids=lambda engine: engine.name)


def golden_texts() -> list[str]:
    texts = []
    for name in ("real_terms", "written", "other_diseases"):
        with (GOLDEN / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
            texts += [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return texts


def dirty(code: str, chance: random.Random) -> str:
    """A code as it comes: other case, no dot, spaces, look-alikes, dashes, other alphabets, too long, cut."""
    plain = code.replace(".", "")
    place = chance.randrange(len(code))
    return chance.choice(
        [
            *[code] * 6,
            plain,
            code.lower(),
            f" {code}\t",
            f"{code}-",
            f"{code}.-",
            f"{code}\u2013",
            f"\ufeff{code}\u200b",
            "\u00a0".join(code),
            code.replace("0", "O"),
            code.replace("1", "l"),
            code.translate(str.maketrans("CEX", "СЕХ")),
            code.translate({ord(c): ord(c) + 0xFEE0 for c in "C0123456789."}),
            code[:place],
            code[:place] + chance.choice("0123X9AZ'\"\\\n\x07é") + code[place:],
            plain + chance.choice(["0", "3", "X", "X1", "9Q"]),
            code + " " * 70,
            code * 30,
            f"'{code}\"",
        ]
    )


def code_column(rows: int = ROWS, seed: int = 5) -> list[str | None]:
    chance = random.Random(seed)
    known = list(system().codes)
    leukemia = [code for code in known if code[:3] in {"C91", "C92", "C93", "C94", "C95"}]
    odd = [
        "E11.9",
        "204.00",
        "V10.60",
        "V20",
        "C92.7",
        "C92.70",
        "091.00",
        "",
        " ",
        "nan",
        "NA",
        "null",
        "junk",
        "V10",
        "999.99",
        "C91.0\u0378",
        "x" * 100_000,
        "C9\u0131.00",
        "ß",
        "\u200b",
        "V20.",
        "C91.X",
        "C9100X",
        "C81.4X",
        "999.99",
    ]
    pick = [*[None] * 20, *leukemia * 3, *known, *odd * 10]
    return [
        value and dirty(value, chance) if value in leukemia or value in known else value
        for value in chance.choices(pick, k=rows)
    ]


def day_column(rows: int = ROWS, seed: int = 6) -> list[date | None]:
    chance = random.Random(seed)
    starts = [release.effective_from for release in lc.releases()]
    edges = [start + timedelta(days=offset) for start in starts for offset in (-1, 0, 1)]
    edges += [date(2014, 5, 1), date(2027, 9, 30), date(2027, 10, 1), date(2031, 1, 1), date(1900, 1, 1)]
    return [
        None
        if chance.random() < 0.02
        else chance.choice(edges)
        if chance.random() < 0.3
        else date(2015, 6, 1) + timedelta(days=chance.randrange(4500))
        for _ in range(rows)
    ]


TEXT_DATES = [
    "2024-09-30",
    "20240930",
    "2024-10-01T08:30:00Z",
    "2024-10-01 00:00",
    " 2021-02-03 ",
    "FY2020",
    "fy2026",
    "FY2011",
    "FY2040",
    "2024-02-30",
    "2023-02-29",
    "2024-02-29",
    "10/01/2024",
    "",
    "NaT",
    "nan",
    "null",
    "1899-01-01",
    "2031-05-05",
    "20241301",
    "2024-0930",
    "today",
    'it\'s "new"',
    "2024-10-01T25:00",
    "0000-01-01",
    "2024-10-01T08:30:00.123456+05:30",
    "2024-10-01T0830",
    "2024-W10-1",
    "2024W101",
]


@cache
def verdict(code: str | None, day: Any) -> tuple[Any, ...]:
    """What the library says to one code, on one date."""
    if code is None:
        return (None,) * 4
    result = lc.validate_code(code, on=NULL_DATE if day is None else day)  # type: ignore[arg-type] - cells of any kind
    first = result.issues[0] if result.issues else None
    valid = None if result.result is lc.ValidationOutcome.NOT_CHECKED else result.valid
    return result.code, valid, first and first.rule, first and first.message


def expected(codes: list[Any], days: list[Any]) -> Columns:
    found: Columns = {"dx_code": [], "dx_valid": [], "dx_rule": [], "dx_message": []}
    for code, day in zip(codes, days, strict=True):
        for column, value in zip(found.values(), verdict(code, day), strict=True):
            column.append(value)
    return found


def assert_columns(found: Columns, wanted: Columns, asked: Columns) -> None:
    for name, values in wanted.items():
        if found[name] == values:
            continue
        rows = [place for place, value in enumerate(values) if found[name][place] != value]
        place = rows[0]
        given = {column: value[place] for column, value in asked.items()}
        raise AssertionError(
            f"{len(rows)} rows; {given!r}: {name} {found[name][place]!r} != {values[place]!r}"
        )


def checked(engine: FrameEngine, columns: Columns, **options: Any) -> Columns:
    """Validated on the engine, put back in the order of the rows."""
    found = engine.read(frames.validate(engine.make(columns), "dx", **options))
    order = sorted(range(len(found["row"])), key=found["row"].__getitem__)
    if engine.ordered:
        assert order == list(range(len(order)))
    return {name: [values[place] for place in order] for name, values in found.items()}


@each_engine
def test_same_answers_by_date(engine: FrameEngine) -> None:
    asked = {"row": list(range(ROWS)), "dx": code_column(), "day": day_column()}
    found = checked(engine, asked, on="day")
    assert_columns(found, asked | expected(asked["dx"], asked["day"]), asked)


@each_engine
def test_same_answers_by_text_dates(engine: FrameEngine) -> None:
    days = random.Random(1).choices([*TEXT_DATES, None], k=3000)
    asked = {"row": list(range(3000)), "dx": code_column(3000, seed=8), "day": days}
    found = checked(engine, asked, on="day")
    assert_columns(found, asked | expected(asked["dx"], days), asked)


@each_eager
@pytest.mark.parametrize(
    "names", [{"rule": None, "message": None}, {"code": None, "rule": None, "message": None}]
)
def test_fewer_columns_say_the_same(engine: FrameEngine, names: dict[str, None]) -> None:
    known, ends = list(system().codes), system().release("FY2018").effective_to
    dated = [*day_column(), *day_column(len(known), seed=10), *[None] * len(known)]
    asked = {"dx": [*code_column(), *known, *known], "day": dated}
    for on, days in (("day", dated), (ends, [ends] * len(dated))):
        found = engine.read(frames.validate(engine.make(asked), "dx", on=on, names=names))
        wanted = expected(asked["dx"], days)
        assert_columns(found, asked | {name: wanted[name] for name in found if name in wanted}, asked)


@each_engine
@pytest.mark.parametrize("on", [None, date(2020, 3, 1), "FY2018", "2024-10-01"])
def test_same_answers_on_one_date(engine: FrameEngine, on: Any) -> None:
    asked = {"row": list(range(3000)), "dx": code_column(3000, seed=9)}
    day = system().moment(on).day
    assert_columns(checked(engine, asked, on=on), asked | expected(asked["dx"], [day] * 3000), asked)


@each_engine
def test_empty_and_all_null(engine: FrameEngine) -> None:
    for rows in (0, 3):
        found = checked(
            engine, {"row": list(range(rows)), "dx": [None] * rows, "day": [None] * rows}, on="day"
        )
        assert {name: found[name] for name in ("dx_code", "dx_valid", "dx_rule", "dx_message")} == {
            name: [None] * rows for name in ("dx_code", "dx_valid", "dx_rule", "dx_message")
        }


@each_engine
def test_diagnoses_same_answers(engine: FrameEngine) -> None:
    chance = random.Random(3)
    distinct = chance.sample(golden_texts(), 400)
    texts = chance.choices([*distinct, None, "", "x" * 5000], k=2000)
    asked = {"row": list(range(2000)), "diagnosis": texts}
    found = engine.read(frames.resolve(engine.make(asked), "diagnosis", setting="outpatient"))
    read = {text: lc.resolve(text, setting="outpatient") for text in set(texts)}
    for place, text in enumerate(found["diagnosis"]):
        given = {name: values[place] for name, values in found.items() if name.startswith("diagnosis_")}
        if text is None:
            assert set(given.values()) == {None}
            continue
        for name in ("outcome", "code", "title", "kind", "status_basis"):
            assert given[f"diagnosis_{name}"] == getattr(read[text], name)
        assert given["diagnosis_status"] == read[text].status.value
        rules, candidates = ((given[f"diagnosis_{name}"] or "").split() for name in ("rules", "candidates"))
        assert rules == list(dict.fromkeys(issue.rule for issue in read[text].issues))
        assert candidates == [candidate.code for candidate in read[text].candidates]
    assert dict(zip(found["row"], found["diagnosis"], strict=True)) == dict(enumerate(texts))


FRAME: Columns = {"row": [0, 1], "dx": ["C94.20", "C94.2"], "day": [date(2024, 1, 1), None]}


@each_engine
def test_names_can_be_chosen(engine: FrameEngine) -> None:
    frame = engine.make(FRAME)
    found = engine.read(frames.validate(frame, "dx", prefix="p ", names={"valid": 'o"k`', "message": None}))
    assert list(found) == ["row", "dx", "day", "p code", 'o"k`', "p rule"]
    assert sorted(zip(found["row"], found['o"k`'], strict=True)) == [(0, True), (1, False)]


@each_engine
def test_errors_say_what_to_do(engine: FrameEngine) -> None:
    frame = engine.make(FRAME)
    with pytest.raises(lc.UnknownNameError, match=r"'dxx' is no column of the frame; did you mean 'dx'"):
        frames.validate(frame, "dxx")
    with pytest.raises(lc.UnknownNameError, match=r"neither a column of the frame nor a date.*mean 'day'"):
        frames.validate(frame, "dx", on="dayy")
    with pytest.raises(ValueError, match="'day' would stand twice in the frame; choose other names"):
        frames.validate(frame, "dx", names={"valid": "day"})
    with pytest.raises(lc.UnknownNameError, match="names= has 'valld', which is no added column"):
        frames.validate(frame, "dx", names={"valld": "x"})
    with pytest.raises(lc.ReleaseNotFoundError, match="before ICD-10-CM"):
        frames.validate(frame, "dx", on=date(2001, 1, 1))
    with pytest.raises(TypeError, match="'row' holds Int64, not text; cast it to text first"):
        frames.validate(frame, "row")
    with pytest.raises(ValueError, match="home"):
        frames.resolve(frame, "dx", setting="home")
    twice = engine.make({"dx": ["C94.20"], "FY2024": ["2024-01-01"]})
    with pytest.raises(ValueError, match="column of the frame and also a date or release"):
        frames.validate(twice, "dx", on="FY2024")


def test_a_list_is_no_frame() -> None:
    for value in (["C94.20"], None, pd.Series(["C94.20"])):
        with pytest.raises(TypeError, match="is no frame here; give one of pandas"):
            frames.validate(value, "dx")


@each_engine
def test_annotate_says_what_lookup_and_translate_say(engine: FrameEngine) -> None:
    codes = [*lc.value_set("leukemia").to_list(), "C91.1", "c9110", "E11.9", "junk", "C86.4", "C91.1-", None]
    days = [date(2024, 9, 30), date(2024, 10, 1), None, date(2001, 1, 1)]
    asked = {"row": list(range(len(codes) * 4)), "dx": codes * 4, "day": [day for day in days for _ in codes]}
    found = engine.read(frames.annotate(engine.make(asked), "dx", on="day", to=["icd9cm", "ms_drg"]))
    for place, code in enumerate(found["dx"]):
        day = found["day"][place]
        usable = code is not None and day in days[:2]
        concept = lc.get(code, on=day) if usable else None
        wanted = (None,) * 7
        if concept is not None:
            rows = lc.translate(code, to="icd9cm", on=day)
            targets = " ".join(dict.fromkeys(row.target_code for row in rows if row.target_code)) or None
            family, status = concept.family, concept.status
            wanted = (concept.code, concept.title, family, status, concept.billable, concept.scope, targets)
        fields = ("code", "title", "family", "status", "billable", "scope", "icd9cm")
        assert tuple(found[f"dx_{field}"][place] for field in fields) == wanted, (code, day)


@pytest.mark.parametrize("unit", ["s", "ms"])
@pytest.mark.parametrize("library", ["pandas", "pyarrow", "polars"])
def test_moments_millions_of_years_off_are_no_usable_dates(library: str, unit: str) -> None:
    # So many days after 2024-06-26 that 32 bits of days would come back to it.
    moments = np.array([(19_900 + (1 << 32)) * 86_400, (19_900 - (1 << 32)) * 86_400], "datetime64[s]")
    made = {"dx": ["C92.01", "C92.01"], "day": moments.astype(f"datetime64[{unit}]")}
    if library == "polars":
        days = pl.Series(moments.astype("datetime64[ms]").astype(np.int64)).cast(pl.Datetime("ms"))
        frame: Any = pl.DataFrame({"dx": made["dx"], "day": days})
    else:
        frame = {"pandas": pd.DataFrame, "pyarrow": pa.table}[library](made)
    found = frames.validate(frame, "dx", on="day", names={"message": None})
    valid, rules = (
        (found[name].to_list() for name in ("dx_valid", "dx_rule"))
        if library != "pyarrow"
        else (found[name].to_pylist() for name in ("dx_valid", "dx_rule"))
    )
    assert [None if value is pd.NA else value for value in valid] == [None, None]
    assert all(rule.startswith("LK-D") for rule in rules)


def test_time_zones_count_by_their_own_clock() -> None:
    late = datetime(2024, 9, 30, 23, 30)  # noqa: DTZ001 - the zone is put on below
    frame = pd.DataFrame({"dx": ["C86.4"], "at": pd.Series([late]).dt.tz_localize("America/New_York")})
    assert frames.validate(frame, "dx", on="at")["dx_valid"].tolist() == [True]
    assert frames.validate(pl.from_pandas(frame), "dx", on="at")["dx_valid"].to_list() == [True]
    table = pa.Table.from_pandas(frame, preserve_index=False)
    assert frames.validate(table, "dx", on="at")["dx_valid"].to_pylist() == [True]
    utc = frame.assign(at=frame["at"].dt.tz_convert("UTC"))
    assert frames.validate(utc, "dx", on="at")["dx_valid"].tolist() == [False]


CELL = (
    st.none() | st.text(max_size=12) | st.sampled_from([*system().codes[::40], "c9420", "C94.2-", " C91.1"])
)


@each_eager
@given(codes=st.lists(CELL, max_size=20), data=st.data())
@settings(max_examples=25)
def test_rows_index_and_other_columns_are_untouched(
    engine: FrameEngine, codes: list[str | None], data: st.DataObject
) -> None:
    days = data.draw(st.lists(st.none() | st.dates(), min_size=len(codes), max_size=len(codes)))
    asked = {"row": list(range(len(codes))), "dx": codes, "day": [str(day) if day else None for day in days]}
    frame = engine.make(asked)
    found = frames.validate(frame, "dx", on="day")
    assert_columns(engine.read(found), asked | expected(codes, asked["day"]), asked)
    if isinstance(frame, pd.DataFrame):
        pd.testing.assert_frame_equal(found[list(frame)], frame)
    elif isinstance(frame, pl.DataFrame):
        assert found.select(frame.columns).equals(frame)
    else:
        assert found.select(frame.column_names).equals(frame)


def test_objects_that_are_no_text() -> None:
    frame = pd.DataFrame({"dx": ["C94.20", 20420, float("nan"), None, pd.NA, 3.5]}, dtype=object)
    found = frames.validate(frame, "dx", on="2024-01-01")
    assert [None if pd.isna(rule) else rule for rule in found["dx_rule"]] == [
        *(None, "LK-S001", None, None, None, "LK-S001")
    ]
    empty = pd.DataFrame({"dx": [float("nan")] * 2})
    assert frames.validate(empty, "dx")["dx_valid"].isna().all()


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_lookup_table_agrees_with_the_code_system(backend: str) -> None:
    table = frames.lookup_table(backend)
    read = next(engine.read for engine in EAGER if engine.name.startswith(backend))
    found = read(table)
    assert len(found["code"]) >= len(system().codes)
    for place in range(0, len(found["code"]), 37):
        start, end = found["valid_from"][place], found["valid_to"][place]
        for day in {max(start, date(2015, 10, 1)), end}:
            concept = lc.lookup(found["code"][place], on=day)
            assert (concept.title, concept.billable) == (found["title"][place], found["billable"][place])
    with pytest.raises(lc.UnknownNameError, match="is no backend here"):
        frames.lookup_table("excel")


def test_accessors_come_when_asked_for() -> None:
    frames.register_accessors()
    frames.register_accessors()
    codes = pd.Series(["C94.2", None], index=[7, 9], name="dx")
    found = codes.icd10cm.validate(on="FY2020")
    assert list(found.columns) == ["code", "valid", "rule", "message"]
    assert found.index.tolist() == [7, 9]
    assert pl.Series(["C94.20"]).icd10cm.annotate()["family"].to_list() == ["C94.2"]
    assert pl.Series(["CLL"]).icd10cm.resolve()["code"].to_list() == ["C91.10"]


def test_accessors_are_for_what_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, name, None)
    frames.register_accessors()


@pytest.mark.parametrize("missing", ["narwhals", "numpy"])
def test_without_the_extra_it_is_named(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.delitem(sys.modules, "leukcodes.frames")
    with pytest.raises(lc.MissingExtraError, match=r"pip install 'leukcodes\[frames\]'"):
        importlib.import_module("leukcodes.frames")


def test_what_is_not_there_is_said_with_what_is() -> None:
    frame = pl.DataFrame({"dx": ["C94.20"], "n": [1]})
    with pytest.raises(lc.UnknownNameError, match="'zzzzz' is no column of the frame; it has 'dx', 'n'"):
        frames.validate(frame, "zzzzz")
    with pytest.raises(lc.UnknownNameError, match="'dx' is no column of the frame; it has none"):
        frames.validate(pl.DataFrame(), "dx")
    with pytest.raises(lc.UnknownNameError, match="'snomed' is no code system here; use icd9cm"):
        frames.annotate(frame, "dx", to=["icd9cm", "snomed"])
    with pytest.raises(lc.ReleaseNotFoundError, match="2014-01-01"):
        frames.validate(frame, "dx", on="2014-01-01")


def test_only_a_day_that_cannot_be_used_has_an_issue() -> None:
    assert date_issue("soon")[0] == "LK-D004"
    with pytest.raises(ValueError, match="'2026-11-21' can be used"):
        date_issue("2026-11-21")


def test_lazy_polars_stays_lazy() -> None:
    lazy = pl.LazyFrame({"dx": ["C94.20", "C94.2"], "n": [1, 2]})
    found = frames.validate(lazy, "dx")
    assert isinstance(found, pl.LazyFrame)
    assert found.filter(pl.col("dx_valid")).collect()["n"].to_list() == [1]
    assert found.collect(engine="streaming")["dx_rule"].to_list() == [None, "LK-S003"]


def test_spark_validates_by_broadcast_joins_without_python() -> None:
    rows = 1_000_000
    frame = (
        spark()
        .range(rows)
        .selectExpr(
            "id",
            "concat('C9', id % 6, '.', id % 10, id % 4) AS dx",
            "date_add(DATE '2014-01-01', CAST(id % 5000 AS INT)) AS day",
        )
    )
    found = frames.validate(frame, "dx", on="day")
    plan = found._jdf.queryExecution().executedPlan().toString()
    assert "BroadcastHashJoin" in plan
    assert "SortMergeJoin" not in plan
    assert "Python" not in plan
    assert "InArrow" not in plan
    counted = found.groupBy("dx_valid").count().collect()
    assert sum(row["count"] for row in counted) == rows
    sample = found.where("id % 9973 = 0").collect()
    for row in sample:
        assert (row["dx_code"], row["dx_valid"], row["dx_rule"], row["dx_message"]) == verdict(
            row.dx, row.day
        )
