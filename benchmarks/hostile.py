"""Processor time and memory of the entries over hostile text: pieces repeated to a size, and to its tenth.

    python benchmarks/hostile.py                     # growth up to 100 kB
    python benchmarks/hostile.py --size 1000000 --pieces megabyte --output docs/benchmarks/hostile.md

Growth is the exponent by which time rises with the length: 1 is linear. Each measurement has a process of its
own, so that its peak of memory is its own. Fails where a piece that takes noteworthy time or memory is out of
bounds; `tests/test_linear_time.py` holds the growth without a clock.
"""

from __future__ import annotations

import argparse
import gc
import math
import multiprocessing
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))

from hostile import MEGABYTE, TEXTS, UNITS, repeated

import leukcodes as lc

GROWTH_BOUND = 1.2
NOTEWORTHY_SECONDS = 0.5
MICROSECONDS_PER_CHARACTER = 60.0
NOTEWORTHY_MEGABYTES = 50.0
BYTES_PER_CHARACTER = 500.0
SHOWN = 8
COLUMN_UNITS = ("in remission, ", "C91.10 ", "(", "x")
OTHERS = ["C91.10", "CLL in remission", None]


class Measured(NamedTuple):
    """A piece, the processor time and the memory for the larger text, and the growth of the time."""

    entry: str
    unit: str
    size: int
    seconds: float
    megabytes: float
    growth: float

    @property
    def each(self) -> float:
        """Microseconds a character."""
        return self.seconds / self.size * 1e6

    @property
    def bytes(self) -> float:
        """Bytes of memory a character."""
        return self.megabytes / self.size * 1e6

    @property
    def is_bad(self) -> bool:
        """Whether it is out of bounds; what takes no time at all has no growth worth the name."""
        slow = self.seconds > NOTEWORTHY_SECONDS and (
            self.growth > GROWTH_BOUND or self.each > MICROSECONDS_PER_CHARACTER
        )
        return slow or (self.megabytes > NOTEWORTHY_MEGABYTES and self.bytes > BYTES_PER_CHARACTER)


def _parts(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


def _frame(engine: str, cell: str) -> Any:
    """A small frame with one huge cell; its dates are huge text, too."""
    columns = {"dx": [cell, *OTHERS], "day": ["2024-10-01", cell, None, "2024-10-01"]}
    if engine == "pandas":
        import pandas as pd

        return pd.DataFrame(columns)
    if engine == "polars":
        import polars as pl

        return pl.DataFrame(columns)
    import pyarrow as pa

    table = pa.table(columns)
    if engine == "pyarrow":
        return table
    import duckdb

    return duckdb.connect().from_arrow(table)


def _column(engine: str, verb: str, text: str) -> None:
    from leukcodes import frames

    # Lone surrogates are in no frame but those of pandas' objects.
    found = getattr(frames, verb)(_frame(engine, text.replace("\ud800", "?")), "dx", on="day")
    if engine == "DuckDB":
        found.fetchall()


def _file(verb: str, form: str, text: str) -> None:
    import csv
    import json

    from leukcodes.cli import main as command

    with tempfile.TemporaryDirectory() as folder:
        source, answer = (Path(folder, f"{name}.{form}") for name in ("in", "out"))
        with source.open("w", encoding="utf-8", errors="replace", newline="") as file:
            if form == "csv":
                csv.writer(file).writerows([["dx"], [text], *([cell] for cell in OTHERS[:2])])
            else:
                file.writelines(json.dumps({"dx": cell}) + "\n" for cell in (text, *OTHERS))
        sys.argv = ["leukcodes", verb, str(source), "--column", "dx", "-o", str(answer)]
        sys.stderr = open("/dev/null", "w")  # noqa: SIM115, PTH123 - the process ends with the measurement
        try:
            command()
        except SystemExit as stop:
            assert stop.code in (0, 1)  # noqa: PT017 - no test


def _entries() -> dict[str, Callable[[str], object]]:
    engines = ("pandas", "polars", "pyarrow", "DuckDB")
    return {
        **TEXTS,
        "texts of 100 characters": lambda text: lc.resolve_many(_parts(text, 100)),
        "a claim's codes of 7 characters": lambda text: lc.validate_claim(_parts(text, 7)),
        **{
            f"{engine}, {verb}": lambda text, engine=engine, verb=verb: _column(engine, verb, text)
            for engine in engines
            for verb in ("validate", "annotate", "resolve")
        },
        **{
            f"command, {verb} .{form}": lambda text, verb=verb, form=form: _file(verb, form, text)
            for verb in ("validate", "resolve")
            for form in ("csv", "jsonl")
        },
    }


ENTRIES = _entries()


def _units(entry: str, pieces: str) -> tuple[str, ...]:
    """Columns and files read their cells by the same entries: of them, some pieces show the rest."""
    if "," in entry or (entry == "resolve a name and" and pieces == "megabyte"):
        return COLUMN_UNITS
    return MEGABYTE if pieces == "megabyte" else UNITS


def _run(entry: str, unit: str, size: int, rounds: int, pipe: Connection) -> None:
    """Processor time of the tenth and of the whole, the least of some calls, and the memory on top."""
    call, large, small = ENTRIES[entry], repeated(unit, size), repeated(unit, size // 10)
    call(repeated(unit, size // 100))  # what is read on first use is not counted
    gc.collect()
    gc.disable()  # its cost is not ours
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = [_timed(call, text, rounds) for text in (small, large)]
    megabytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000
    pipe.send((*times, megabytes))


def _timed(call: Callable[[str], object], text: str, rounds: int) -> float:
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        call(text)
        times.append(time.process_time() - begin)
    return min(times)


def measure(entry: str, unit: str, size: int, rounds: int) -> Measured:
    """One piece by one entry, in a process of its own."""
    receive, send = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_run, args=(entry, unit, size, rounds, send))
    process.start()
    send.close()
    small, large, megabytes = receive.recv()
    process.join()
    growth = math.log10(large / small) if small and large else 1.0
    return Measured(entry, unit, size, large, megabytes, growth)


def report(found: list[Measured], size: int, command: str) -> str:
    """The slowest pieces of each entry as a page."""
    noteworthy = [each.growth for each in found if each.seconds > NOTEWORTHY_SECONDS]
    slowest, largest = max(found, key=lambda one: one.each), max(found, key=lambda one: one.megabytes)
    lines = [
        f"""# Hostile text

leukcodes {lc.__version__}, Python {platform.python_version()}: processor time and memory of every entry that takes text, at {size:,} characters.
{len(found)} measurements, each in a process of its own: a piece repeated without end, among them brackets, signs, combining, invisible and
turning characters, digits, codes, karyotypes, names, statuses, negations and one word, through reading, search, codes, dates, claims, the columns of
four frame libraries (one huge cell, and a huge date) and the command on files. Growth is the exponent of time from {size // 10:,} to {size:,}
characters, 1 being linear. The {SHOWN} slowest pieces of each entry; made by `{command}`.

| bound | held by all |
| --- | --- |
| at most {MICROSECONDS_PER_CHARACTER:.0f} microseconds a character | at most {slowest.each:.1f} ({slowest.entry}, `{slowest.unit!r}`) |
| growth at most {GROWTH_BOUND}, where more than {NOTEWORTHY_SECONDS} s are taken | at most {max(noteworthy, default=1.0):.2f} ({len(noteworthy)} measurements) |
| at most {BYTES_PER_CHARACTER:.0f} bytes of memory a character | at most {largest.bytes:.0f} ({largest.entry}, `{largest.unit!r}`) |

| entry | repeated | seconds | microseconds a character | growth | MB of memory |
| --- | --- | --: | --: | --: | --: |"""
    ]
    for entry in dict.fromkeys(each.entry for each in found):
        own = sorted((each for each in found if each.entry == entry), key=lambda each: -each.seconds)
        lines += [
            f"| {each.entry} | `{each.unit!r}` | {each.seconds:.2f} | {each.each:.1f} | {_growth(each)} | {each.megabytes:.0f} |"
            for each in own[:SHOWN]
        ]
    return "\n".join(lines) + "\n"


def _growth(each: Measured) -> str:
    return f"{each.growth:.2f}" if each.seconds > NOTEWORTHY_SECONDS else ""


def main() -> None:
    """Measure, print what is slow, and fail on what is out of bounds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=100_000, help="characters; a tenth of them, too")
    parser.add_argument("--rounds", type=int, default=1, help="the least time of so many counts")
    parser.add_argument("--pieces", choices=["all", "megabyte"], default="all")
    parser.add_argument("--entries", nargs="+", choices=list(ENTRIES), default=list(ENTRIES))
    parser.add_argument("--output", type=Path, help="write the page here")
    options = parser.parse_args()
    found = []
    for entry in options.entries:
        for unit in _units(entry, options.pieces):
            one = measure(entry, unit, options.size, options.rounds)
            if one.is_bad:  # once more: another process may have been at work
                one = measure(entry, unit, options.size, max(2, options.rounds))
            found.append(one)
            print(
                f"{entry:32} {unit!r:30} {one.seconds:6.2f} s {one.megabytes:5.0f} MB  growth {one.growth:4.2f}",
                flush=True,
            )
    if options.output:
        command = f"python benchmarks/hostile.py {' '.join(sys.argv[1:])}"
        options.output.write_text(report(found, options.size, command), "utf-8")
    bad = [each for each in found if each.is_bad]
    if bad:
        raise SystemExit(f"out of bounds: {[(each.entry, each.unit) for each in bad]}")


if __name__ == "__main__":
    main()
