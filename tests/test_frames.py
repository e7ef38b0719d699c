from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from frame_engines import EAGER, ENGINES, Columns, FrameEngine

import leukcodes as lc
from leukcodes import frames
from leukcodes.codesystem import system

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
]


@cache
def verdict(code: str | None, day: Any) -> tuple[Any, ...]:
    """What the library says to one code, on one date."""
    if code is None:
        return (None,) * 4
    result = lc.validate_code(code, on=NULL_DATE if day is None else day)  # type: ignore[arg-type]
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
