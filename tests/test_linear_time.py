"""Work grows with the input and no faster, whatever is repeated: lines run are counted, no clock is asked."""

from __future__ import annotations

import gc
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from frame_engines import EAGER, FrameEngine
from hostile import TEXTS, UNITS, lines_run, repeated

import leukcodes as lc
from leukcodes import frames

# From the first count on, the windows in which words are related to each other are full.
COUNTS = (130, 190, 250)
TOLERANCE = 1.05


def grows_faster(call: Callable[[str], object], texts: list[str]) -> bool:
    """Whether the last part of a text costs more than the part before it, which is as long."""
    call(texts[-1])  # what is remembered or read on first use is not counted
    one, two, three = (lines_run(lambda text=text: call(text)) for text in texts)
    return three - two > (two - one) * TOLERANCE + COUNTS[0]


@pytest.mark.parametrize(
    ("entry", "units"),
    [
        ("resolve", UNITS[::5]),
        ("resolve a name and", UNITS),
        ("search", UNITS),
        ("validate_code", UNITS),
        ("get", UNITS),
        ("the other entries of codes", UNITS[::8]),
        ("a date", UNITS[::8]),
    ],
)
def test_work_grows_no_faster_than_the_text(entry: str, units: tuple[str, ...]) -> None:
    call = TEXTS[entry]
    assert [unit for unit in units if grows_faster(call, [unit * count for count in COUNTS])] == []


@pytest.mark.parametrize("unit", ["AML ", "relapsed ", "C91.10 ", "("])
def test_a_note_is_read_in_stretches(unit: str) -> None:
    """A sentence at a time, and at most 2000 characters."""
    assert not grows_faster(lc.scan, [repeated(unit, size) for size in (2_000, 4_000, 6_000)])


@pytest.mark.parametrize("codes", [["C91.10"], ["what"], ["C91.10", "E11.9"], [None]])
def test_a_longer_claim_costs_what_its_codes_cost(codes: list[object]) -> None:
    claims = [codes * count for count in COUNTS]
    lc.validate_claim(claims[-1])
    one, two, three = (lines_run(lambda claim=claim: lc.validate_claim(claim)) for claim in claims)
    assert three - two <= (two - one) * TOLERANCE


def test_distinct_codes_of_a_claim_cost_what_they_cost() -> None:
    """Also beyond those that any rule knows."""
    codes = [f"{letter}{number:02}.{end}" for letter in "FGKM" for number in range(100) for end in "01"]
    lc.validate_claim(codes)
    one, two, three = (
        lines_run(lambda size=size: lc.validate_claim(codes[:size])) for size in (200, 400, 600)
    )
    assert three - two <= (two - one) * TOLERANCE


@pytest.mark.parametrize("unit", ["(", "C91.10 ", "in remission, ", "\u0301", '"', "\n"])
@pytest.mark.parametrize("engine", EAGER[::3], ids=lambda engine: engine.name)
def test_a_long_cell_of_a_column_costs_what_it_costs_alone(engine: FrameEngine, unit: str) -> None:
    def asked(text: str) -> None:
        frame = engine.make({"dx": ["C91.10", text], "day": ["2024-10-01", text]})
        for verb in (frames.validate, frames.annotate):
            verb(frame, "dx", on="day")
        frames.resolve(frame, "dx", on="FY2025")

    assert not grows_faster(asked, [unit * count for count in COUNTS])


@pytest.mark.parametrize("unit", ["(", "C91.10 ", "in remission, ", "\u0301", '"', "\n"])
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_long_cell_of_a_file_costs_what_it_costs_alone(
    tmp_path: Path, leukcodes: Callable, form: str, unit: str
) -> None:
    def asked(text: str) -> None:
        source = tmp_path / f"in.{form}"
        if form == "csv":
            quoted = text.replace('"', '""')
            source.write_text(f'dx\nCLL\n"{quoted}"\n', "utf-8")
        else:
            source.write_text(json.dumps({"dx": text}) + "\n", "utf-8")
        assert leukcodes("resolve", source, "-c", "dx").status < 2

    assert not grows_faster(asked, [unit * count for count in COUNTS])


@pytest.mark.parametrize("unit", ["AML ", "?", "in remission, ", "\u0301", "no "])
def test_memory_grows_no_faster_than_the_text(unit: str) -> None:
    """At most 500 bytes a character, beside those of the answer to a short text."""
    lc.resolve(unit * COUNTS[0])
    peaks = []
    for count in COUNTS:
        gc.collect()
        tracemalloc.start()
        lc.resolve(unit * count)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    one, two, three = peaks
    more = (COUNTS[2] - COUNTS[1]) * len(unit)
    assert three - two <= 500 * more
    assert three - one <= 1000 * more


def test_what_is_counted_is_run() -> None:
    assert lines_run(lambda: lc.resolve("AML in relapse")) > lines_run(lambda: lc.get("C92.02")) > 0
