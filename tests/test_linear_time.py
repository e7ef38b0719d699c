"""Work grows with the input and no faster, whatever is repeated: lines run are counted, no clock is asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hostile import TEXTS, UNITS, lines_run, repeated

import leukcodes as lc

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


def test_what_is_counted_is_run() -> None:
    assert lines_run(lambda: lc.resolve("AML in relapse")) > lines_run(lambda: lc.get("C92.02")) > 0
