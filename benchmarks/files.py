"""The command on a file larger than it keeps in memory: rows a second and peak memory, beside a plain copy.

    python benchmarks/files.py --size 2.0 --output docs/benchmarks/files.md

A CSV of that many gigabytes is written to a temporary folder, validated by the command with a date in each
row, and copied record by record with the `csv` module, each in a process of its own. All is deleted after.
"""

from __future__ import annotations

import argparse
import platform
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import leukcodes as lc

GOAL_MEMORY = 400
HEADER = "claim_id,member_id,dx,service_date,provider,place,units,charge,note\n"
BAD = ["C94.2", "C86.4", "E11.9", "Z85.6", "C92.03", "204.00", "", "leukemia", "I10", "N18.6"]
COPY = """
import csv, sys
as_text = {"encoding": "utf-8", "newline": ""}
with open(sys.argv[1], **as_text) as source, open(sys.argv[2], "w", **as_text) as sink:
    csv.writer(sink, lineterminator="\\n").writerows(csv.reader(source))
"""
LAUNCH = """
import resource, subprocess, sys, time
start = time.perf_counter()
status = subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL).returncode
seconds = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
print(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)
sys.exit(status not in (0, 1))
"""


class Run(NamedTuple):
    """How long a process took, in seconds of the clock and of the processor, and its peak memory in MB."""

    seconds: float
    processor: float
    memory: float


def rows(count: int) -> Iterator[str]:
    """Claims, a few in a hundred with a bad code or without a date; always the same."""
    chance = random.Random(1)
    codes = [str(concept.code) for concept in lc.expand(billable=True, scope="leukemia")]
    codes += [code.replace(".", "").lower() for code in codes[:20]]
    days = [(date(2015, 9, 1) + timedelta(days=day)).isoformat() for day in range(4200)] + [""] * 40
    for number in range(count):
        code = chance.choice(codes) if chance.random() < 0.9 else chance.choice(BAD)
        yield (
            f"CLM{number:010d},M{chance.randrange(10**7):08d},{code},{chance.choice(days)},"
            f"{chance.randrange(10**9):010d},{number % 99:02d},{number % 7},{number % 5000}.50,"
            f'"seen, reviewed; visit {number % 13}"\n'
        )


def write_claims(path: Path, size: int) -> int:
    """A file of at least that many bytes; gives its rows. A block is written again and again."""
    block = "".join(rows(300_000))
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(HEADER)
        while stream.tell() < size:
            stream.write(block)
            count += 300_000
    return count


def measured(command: list[str]) -> Run:
    """Run a command below a small process: the memory of the one that starts it counts as its own."""
    done = subprocess.run(
        [sys.executable, "-c", LAUNCH, *command], capture_output=True, check=True, text=True
    )
    return Run(*map(float, done.stdout.split()))


def report(size: float) -> str:
    """The page."""
    with tempfile.TemporaryDirectory() as place:
        source, sink = Path(place, "claims.csv"), Path(place, "out.csv")
        count = write_claims(source, int(size * 1e9))
        written = source.stat().st_size / 1e9
        options = ["--column", "dx", "--date-column", "service_date", "-o", str(sink)]
        ours = measured([sys.executable, "-m", "leukcodes", "validate", str(source), *options])
        if not sink.stat().st_size > source.stat().st_size:
            raise SystemExit("the command wrote less than it read")
        sink.unlink()
        copy = measured([sys.executable, "-c", COPY, str(source), str(sink)])
    lines = [
        "# Files: a CSV larger than is kept in memory",
        "",
        "Written by `benchmarks/files.py`; every figure is of one run on one machine, so that only the",
        f"ratios and the memory mean anything. Python {platform.python_version()}, {platform.machine()}.",
        "",
        f"{written:.2f} GB, {count:,} rows of 9 columns, one code and one date each.",
        "",
        "| what | seconds | of the processor | rows a second of the processor | peak memory, MB |",
        "|---|--:|--:|--:|--:|",
    ]
    for name, run in (("leukcodes validate", ours), ("csv.reader to csv.writer, the floor", copy)):
        speed = count / run.processor
        lines.append(
            f"| {name} | {run.seconds:,.0f} | {run.processor:,.0f} | {speed:,.0f} | {run.memory:,.0f} |"
        )
    kept = "kept" if ours.memory <= GOAL_MEMORY else "missed"
    lines += [
        "",
        f"Goal: at most {GOAL_MEMORY} MB, {kept}. Time: {ours.processor / copy.processor:.1f} × the copy's.",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=float, default=2.0, help="gigabytes; default 2.0")
    parser.add_argument("--output", type=Path, help="the Markdown file to write; default standard output")
    options = parser.parse_args()
    page = report(options.size)
    if options.output is None:
        sys.stdout.write(page)
        return
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(page, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
