"""Time of the entries over hostile text: pieces repeated to a size and to twice that.

    python benchmarks/hostile.py                     # growth by doubling, 16 and 32 kB
    python benchmarks/hostile.py --size 25000 --rounds 1 --output docs/benchmarks/hostile.md

Growth is the exponent by which time rises when the text is doubled: 1 is linear. Fails where a piece that
takes noteworthy time grows faster than its bound, or slower than the bound of a character;
`tests/test_linear_time.py` holds the same without a clock.
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

GROWTH_BOUND = 1.3
NOTEWORTHY = 0.2
MICROSECONDS_PER_CHARACTER = 60.0
SHOWN = 12


class Measured(NamedTuple):
    """A piece, the time for the larger text, that of each character, and its growth."""

    entry: str
    unit: str
    seconds: float
    each: float
    growth: float

    @property
    def is_bad(self) -> bool:
        """Whether it is out of bounds; what takes no time at all has no growth worth the name."""
        return self.seconds > NOTEWORTHY and (
            self.growth > GROWTH_BOUND or self.each > MICROSECONDS_PER_CHARACTER
        )


def seconds(entry: str, text: str, rounds: int) -> float:
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


def measure(entry: str, unit: str, size: int, rounds: int) -> Measured:
    """One piece by one entry."""
    TEXTS[entry](repeated(unit, size // 10))
    small, large = (seconds(entry, repeated(unit, length), rounds) for length in (size, 2 * size))
    growth = math.log2(large / small) if small and large else 1.0
    return Measured(entry, unit, large, large / (2 * size) * 1e6, growth)


def report(found: list[Measured], size: int, command: str) -> str:
    """The slowest pieces of each entry as a page."""
    entries = list(dict.fromkeys(each.entry for each in found))
    noteworthy = [each.growth for each in found if each.seconds > NOTEWORTHY]
    lines = [
        f"""# Hostile text

leukcodes {lc.__version__}, Python {platform.python_version()}, processor time. {len(UNITS)} pieces of text repeated without end:
brackets, signs, combining characters, digits, codes, karyotypes, abbreviations, names, statuses, cues.
The {SHOWN} slowest of each entry; growth is the exponent of time from {size:,} to {2 * size:,} characters, 1 being linear.
Made by `{command}`.

| entry | repeated | seconds for {2 * size:,} characters | microseconds a character | growth |
| --- | --- | --- | --- | --- |"""
    ]
    for entry in entries:
        own = sorted((each for each in found if each.entry == entry), key=lambda each: -each.seconds)
        lines += [
            f"| {each.entry} | `{each.unit!r}` | {each.seconds:.2f} | {each.each:.1f} | {each.growth:.2f} |"
            for each in own[:SHOWN]
        ]
    worst = max(each.each for each in found)
    lines.append(
        f"""
Of {len(found)} measurements {len(noteworthy)} took more than {NOTEWORTHY} s; their growth is at most {max(noteworthy, default=1.0):.2f} (bound {GROWTH_BOUND}).
The slowest text costs {worst:.0f} microseconds a character (bound {MICROSECONDS_PER_CHARACTER:.0f}): {worst:.0f} seconds a megabyte.
"""
    )
    return "\n".join(lines)


def main() -> None:
    """Measure, print what is slow, and fail on what is out of bounds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=16_000, help="characters, measured once and doubled")
    parser.add_argument("--rounds", type=int, default=3, help="the least time of so many counts")
    parser.add_argument("--entries", nargs="+", choices=list(TEXTS), default=list(TEXTS))
    parser.add_argument("--output", type=Path, help="write the page here")
    options = parser.parse_args()
    found = []
    for entry in options.entries:
        for unit in UNITS:
            one = measure(entry, unit, options.size, options.rounds)
            if one.is_bad:  # once more: another process may have been at work
                one = measure(entry, unit, options.size, max(2, options.rounds))
            found.append(one)
            if one.seconds > NOTEWORTHY:
                print(f"{entry:18} {unit!r:34} {one.seconds:6.2f} s  growth {one.growth:4.2f}", flush=True)
    if options.output:
        command = f"python benchmarks/hostile.py {' '.join(sys.argv[1:])}"
        options.output.write_text(report(found, options.size, command), "utf-8")
    bad = [each for each in found if each.is_bad]
    if bad:
        raise SystemExit(f"out of bounds: {[(each.entry, each.unit) for each in bad]}")


if __name__ == "__main__":
    main()
