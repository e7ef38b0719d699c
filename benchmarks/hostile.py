"""Time of the entries over hostile text: pieces repeated to a size and to twice that, and to a megabyte.

    python benchmarks/hostile.py                                   # growth by doubling, 16 and 32 kB
    python benchmarks/hostile.py --megabyte --output docs/benchmarks/hostile.md

Growth is the exponent by which time rises when the text is doubled: 1 is linear. Fails where a piece that
takes noteworthy time grows faster than its bound; `tests/test_linear_time.py` holds the same without a clock.
"""

from __future__ import annotations

import argparse
import gc
import math
import platform
import sys
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))

from hostile import TEXTS, UNITS, repeated

import leukcodes as lc

SIZE = 16_000
MEGABYTE = 1_000_000
GROWTH_BOUND = 1.3
NOTEWORTHY = 0.2
SECONDS_PER_MEGABYTE = 60.0
ROUNDS = 3


class Measured(NamedTuple):
    """A piece, the time for the larger text, its growth, and the time for a megabyte where it was asked."""

    entry: str
    unit: str
    seconds: float
    growth: float
    megabyte: float | None


def seconds(entry: str, text: str, rounds: int = ROUNDS) -> float:
    """The least processor time of several calls, without the garbage collector, whose cost is not ours."""
    times = []
    for _ in range(rounds):
        gc.collect()
        gc.disable()
        begin = time.process_time()
        TEXTS[entry](text)
        times.append(time.process_time() - begin)
        gc.enable()
    return min(times)


def measure(entry: str, unit: str, megabyte: bool) -> Measured:
    """One piece by one entry."""
    TEXTS[entry](repeated(unit, SIZE))
    small, large = (seconds(entry, repeated(unit, size)) for size in (SIZE, 2 * SIZE))
    growth = math.log2(large / small) if small and large else 1.0
    whole = seconds(entry, repeated(unit, MEGABYTE), rounds=1) if megabyte else None
    return Measured(entry, unit, large, growth, whole)


def report(found: list[Measured], shown: int = 12) -> str:
    """The slowest pieces of each entry as a page."""
    lines = [
        "# Hostile text",
        "",
        f"leukcodes {lc.__version__}, Python {platform.python_version()}.",
        f"{len(UNITS)} pieces of text repeated without end: brackets, signs, combining characters, digits,",
        "codes, karyotypes, abbreviations, names, statuses, cues. The slowest of each entry;",
        f"growth is the exponent of time from {SIZE:,} to {2 * SIZE:,} characters, 1 being linear.",
        "Made by `python benchmarks/hostile.py --megabyte`.",
        "",
        "| entry | repeated | seconds for a megabyte | growth |",
        "|---|---|---|---|",
    ]
    for entry in TEXTS:
        own = sorted((each for each in found if each.entry == entry), key=lambda each: -(each.megabyte or 0))
        lines += [
            f"| {each.entry} | `{each.unit!r}` | {each.megabyte:.2f} | {each.growth:.2f} |".replace(
                "`'|'`", ""
            )
            for each in own[: shown if entry.startswith(("resolve", "scan")) else 1]
            if each.megabyte is not None
        ]
    worst = max((each.megabyte or 0 for each in found), default=0)
    return "\n".join(
        [
            *lines,
            "",
            f"The slowest megabyte takes {worst:.1f} s; the bound is {SECONDS_PER_MEGABYTE:.0f} s.",
            "",
        ]
    )


def main() -> None:
    """Measure, print what is slow, and fail on what is out of bounds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabyte", action="store_true", help="also time a megabyte of each piece")
    parser.add_argument("--output", type=Path, help="write the page here")
    options = parser.parse_args()
    found = []
    for entry in TEXTS:
        for unit in UNITS:
            one = measure(entry, unit, options.megabyte)
            if one.seconds > NOTEWORTHY and one.growth > GROWTH_BOUND:
                one = measure(
                    entry, unit, options.megabyte
                )  # once more: another process may have been at work
            found.append(one)
            if one.seconds > NOTEWORTHY:
                print(f"{entry:18} {unit!r:34} {one.seconds:6.2f} s  growth {one.growth:4.2f}", flush=True)
    if options.output:
        options.output.write_text(report(found), "utf-8")
    bad = [
        each
        for each in found
        if (each.seconds > NOTEWORTHY and each.growth > GROWTH_BOUND)
        or (each.megabyte or 0) > SECONDS_PER_MEGABYTE
    ]
    if bad:
        raise SystemExit(f"out of bounds: {[(each.entry, each.unit) for each in bad]}")


if __name__ == "__main__":
    main()
