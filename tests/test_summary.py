"""`frames.summary`: every row is counted once, in its place, on every engine."""

from __future__ import annotations

import pickle
import random
import xml.etree.ElementTree as ET
from collections import Counter
from functools import cache

import pandas as pd
import polars as pl
import pytest
from frame_engines import ENGINES, FrameEngine
from hypothesis import given, settings
from hypothesis import strategies as st

import leukcodes as lc
from leukcodes import frames
from leukcodes.codes import parse_code
from leukcodes.render import summarise

each_engine = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)

KNOWN = [str(concept.code) for concept in lc.expand()]
GRID = {str(concept.code) for concept in lc.expand(scope="leukemia", billable=True)}
ODD = [
    *("E11.9", "Z99.89", "C92.7", "C92.003", "junk", "", " ", "nan", "None", "204.00", "x" * 300, "'--"),
    *("C92\n00", "\u0421\u042592", "C\uff19\uff12.00", "c9200", " C92.00 ", "C92.00-", "C92.0-", "C92\u2013"),
]  # fmt: skip
VALUES = [*KNOWN, *(code.replace(".", "").lower() for code in sorted(GRID)), *ODD]


@cache
def column(rows: int = 4000) -> tuple[str | None, ...]:
    chance = random.Random(11)
    return tuple(
        chance.choice([None, chance.choice(VALUES), chance.choice(sorted(GRID))]) for _ in range(rows)
    )


def place(value: str | None) -> tuple[str, str | None]:
    """Where a value belongs, by the functions for one code."""
    if value is None:
        return "null", None
    verdict = lc.validate_code(value)
    if verdict.code is None:
        return "malformed", verdict.input
    code = str(parse_code(value).code)
    if code in GRID:
        return "map", code
    concept = lc.get(code)
    if concept is not None:
        return ("other" if concept.billable else "header"), code
    return ("not_packaged" if verdict.result == "not_checked" else "unknown"), code


@cache
def expected() -> Counter[tuple[str, str | None]]:
    return Counter(map(place, column()))


@each_engine
def test_every_row_is_counted_in_its_place(engine: FrameEngine) -> None:
    frame = engine.make({"rows": list(range(len(column()))), "value": list(column())})
    found = frames.summary(frame, "value")
    counted = {(each.place, each.code): each.count for each in found.tallies}
    assert len(counted) == len(found.tallies)
    assert {key: count for key, count in counted.items() if count} == dict(expected())
    assert {code for where, code in counted if where == "map"} == GRID
    assert found.total == len(column())
    assert found.map.total == found.places["map"]


@each_engine
def test_nulls_are_counted_and_no_rows_are_none(engine: FrameEngine) -> None:
    assert frames.summary(engine.make({"dx": [None, "C94.6"]}), "dx").places == {"map": 1, "null": 1}
    assert frames.summary(engine.make({"dx": [None, None]}), "dx").places == {"null": 2}


def test_no_rows_give_the_empty_map() -> None:
    for empty in (pl.DataFrame({"dx": []}, {"dx": pl.String}), pd.DataFrame({"dx": []}, dtype=object)):
        found = frames.summary(empty, "dx")
        assert found.places == {}
        assert found.map.total == found.total == 0


@settings(max_examples=40)
@given(st.lists(st.one_of(st.none(), st.sampled_from(VALUES), st.text(max_size=8))), st.randoms())
def test_order_does_not_matter_and_parts_add_up(values: list[str | None], chance: random.Random) -> None:
    whole = summarise(Counter(values).items(), column="dx")
    mixed = chance.sample(values, len(values))
    assert summarise([(value, 1) for value in mixed], column="dx") == whole
    assert whole.total == len(values)
    beside = sum((whole.map.outside or {}).values())
    assert whole.map.total + beside + whole.map.unread == len(values)


def test_it_is_text_records_a_picture_and_a_card() -> None:
    found = frames.summary(pl.DataFrame({"dx": column()}), "dx")
    assert pickle.loads(pickle.dumps(found)) == found
    table = pd.DataFrame(found.records())
    assert table["count"].sum() == len(column())
    assert list(table) == ["place", "code", "title", "family", "status", "count"]
    assert table[table.place == "map"].groupby("family")["count"].sum()["C92.0"] == sum(
        expected()["map", code] for code in ("C92.00", "C92.01", "C92.02")
    )
    ET.fromstring(found.to_svg())
    html = found._repr_html_()
    assert html is not None
    ET.fromstring(html)
    for shown in (str(found), html):
        for where, count in found.places.items():
            assert f"{count:,}" in shown, where


def test_what_is_no_code_is_named_below_the_heat_map() -> None:
    found = frames.summary(pl.DataFrame({"dx": ["C92.00", "junk", None, "E11.9"]}), "dx")
    assert "Not on the map: 1. No code: 2." in found.to_svg()
    assert "not in the form of a code: 'junk' 1" in str(found)


def test_the_release_decides_what_is_a_code() -> None:
    split = pl.DataFrame({"dx": ["C86.4", "C86.40"]})
    assert frames.summary(split, "dx", on="2024-09-30").places == {"other": 1, "unknown": 1}
    assert frames.summary(split, "dx", on="FY2025").places == {"header": 1, "other": 1}


def test_wrong_columns_are_refused() -> None:
    frame = pl.DataFrame({"dx": ["C92.00"], "age": [67]})
    with pytest.raises(lc.UnknownNameError, match="did you mean 'dx'"):
        frames.summary(frame, "dxx")
    with pytest.raises(TypeError, match="cast it to text"):
        frames.summary(frame, "age")
