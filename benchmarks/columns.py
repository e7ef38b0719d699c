"""Whole columns beside other ways to do it, in one run on the same data: time, ratios and peak memory.

    pip install '.[test]' simple-icd-10-cm icd-mappings
    python benchmarks/columns.py --rows 10000000 --output docs/benchmarks/columns.md

Each measurement has a process of its own, so that its peak memory is its own, and takes the least time of
three runs there (one where it takes long): other programs only ever add to it. What is quick is measured so
in three rounds, each with all the others, for a machine is not equally fast from minute to minute. Reading
the data is not part of the time. Peers that are not installed are left out.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import math
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RUNS, ROUNDS = 3, 3
LONG = 15  # seconds
PART = 2_000  # distinct diagnoses for the peer that compares with every title


def make_data(place: Path, rows: int, distinct: int) -> None:
    """Claim codes with service dates, and diagnoses, as two Parquet files."""
    import polars as pl

    from leukcodes.codesystem import system

    chance = random.Random(11)
    spans = system().tables.spans
    billable = [code for code, (first, last) in spans.items() if (last - first).days > 4000]
    split = [code for code in spans if code not in billable]
    headers = [code for code in system().codes if code not in spans]
    other = ["E11.9", "I10", "204.00", "C92.7", "C9l.00", "junk", "", "C91.0-", "Z99.89"]
    codes: list[Any] = [
        *billable * 8,
        *[code.replace(".", "") for code in billable],
        *split,
        *headers,
        *other * 20,
    ]
    codes += [None] * (len(codes) // 50)
    first = date(2015, 9, 1)
    days = pl.Series([first + timedelta(days=n) for n in range(4400)] + [None])
    picked = pl.Series(codes).sample(rows, with_replacement=True, seed=1)
    dates = days.sample(rows, with_replacement=True, seed=2)
    pl.DataFrame({"dx": picked, "day": dates}).write_parquet(place / "codes.parquet")

    texts: list[str] = []
    for name in ("real_terms", "written", "other_diseases"):
        with (ROOT / "tests" / "golden" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
            texts += [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    found = dict.fromkeys(texts)
    while len(found) < distinct:
        text = chance.choice(texts)
        found[
            f"{chance.choice(['', 'pt with ', 'Dx: ', 'known '])}{text}, {chance.randrange(1, 999)} days"
        ] = None
    strings = pl.Series(list(found)[:distinct])
    column = pl.concat([strings, strings.sample(max(rows - distinct, 0), with_replacement=True, seed=3)])
    pl.DataFrame({"diagnosis": column.head(rows)}).write_parquet(place / "texts.parquet")


def _codes(place: Path, library: str) -> Any:
    if library == "pandas":
        import pandas as pd

        frame = pd.read_parquet(place / "codes.parquet")
        return frame.assign(day=pd.to_datetime(frame["day"]))  # Python's dates else, an object each
    import polars as pl

    frame = pl.read_parquet(place / "codes.parquet")
    return frame.to_arrow() if library == "pyarrow" else frame


def hand_written(place: Path) -> Callable[[], object]:
    """The floor: a join with the code table and a comparison of dates; nothing is said of what is wrong."""
    import polars as pl

    from leukcodes.codesystem import system

    frame = _codes(place, "polars")
    spans = [(code, first, last) for code, (first, last) in system().tables.spans.items()]
    table = pl.DataFrame(spans, schema=["dx", "first", "last"], orient="row")
    valid = pl.col("day").is_between("first", "last")
    return lambda: frame.join(table, on="dx", how="left", maintain_order="left").with_columns(dx_valid=valid)


def hand_written_fully(place: Path) -> Callable[[], object]:
    """The floor for all columns: the code, a rule and one message for each code, from the joined table."""
    import polars as pl

    from leukcodes.codesystem import system

    frame = _codes(place, "polars")
    spans = [
        (code, first, last, code, f"{code!r} can be billed from {first} to {last}; look up what was then")
        for code, (first, last) in system().tables.spans.items()
    ]
    table = pl.DataFrame(spans, schema=["dx", "first", "last", "dx_code", "told"], orient="row")
    valid, is_date = pl.col("day").is_between("first", "last"), pl.col("first").is_not_null()
    rule = pl.when(is_date & ~valid).then(pl.lit("not on the date")).when(~is_date).then(pl.lit("no code"))
    message = pl.when(is_date & ~valid).then("told").when(~is_date).then(pl.col("dx") + " is no code")
    return lambda: (
        frame.join(table, on="dx", how="left", maintain_order="left")
        .with_columns(dx_valid=valid, dx_rule=rule, dx_message=message)
        .drop("first", "last", "told")
    )


VALID_ALONE = {"code": None, "rule": None, "message": None}


def validated(library: str, names: dict[str, None] | None = None) -> Callable[[Path], Callable[[], object]]:
    """`frames.validate` on a frame in memory; with `VALID_ALONE` it adds what the join adds."""

    def prepare(place: Path) -> Callable[[], object]:
        from leukcodes import frames

        frame = _codes(place, library)
        return lambda: frames.validate(frame, "dx", on="day", names=names)

    return prepare


def validated_in_duckdb(place: Path) -> Callable[[], object]:
    """`frames.validate` on a relation over the file, written to a table."""
    import duckdb

    from leukcodes import frames

    runs = itertools.count()
    relation = duckdb.connect().read_parquet(str(place / "codes.parquet"))
    return lambda: frames.validate(relation, "dx", on="day").create(f"checked_{next(runs)}")


def validated_in_spark(place: Path) -> Callable[[], object]:
    """`frames.validate` on two local cores, from file to file."""
    sys.path.insert(0, str(ROOT / "tests"))
    from spark_session import spark

    from leukcodes import frames

    frame = spark().read.parquet(str(place / "codes.parquet"))
    return lambda: frames.validate(frame, "dx", on="day").write.parquet(
        str(place / "spark.parquet"), mode="overwrite"
    )


def simple_icd(place: Path) -> Callable[[], object]:
    """`simple-icd-10-cm`, mapped over a pandas column; it knows no dates."""
    import simple_icd_10_cm as simple

    column = _codes(place, "pandas")["dx"]

    def is_billable(code: str) -> bool:
        return bool(simple.is_valid_item(code) and simple.is_leaf(code))

    return lambda: column.map(is_billable, na_action="ignore")


def icd_mappings(place: Path) -> Callable[[], object]:
    """`icd-mappings`, over the list of codes; it knows no dates and no dots."""
    from icdmappings import Validator

    codes = [code for code in _codes(place, "polars")["dx"].to_list() if code]
    validator = Validator()
    return lambda: validator.validate(codes, "icd10_diagnostic")


def _texts(place: Path) -> Any:
    import polars as pl

    return pl.read_parquet(place / "texts.parquet")


def distinct_and_join(place: Path) -> Callable[[], object]:
    """The floor: `resolve_many` of the distinct strings, and a hand-written join of the codes."""
    import polars as pl

    import leukcodes as lc

    frame = _texts(place)

    def run() -> object:
        distinct = frame["diagnosis"].unique()
        found = lc.resolve_many(distinct)
        outcome, code = (
            [each.outcome.value for each in found],
            [each.code and str(each.code) for each in found],
        )
        answers = pl.DataFrame({"diagnosis": distinct, "outcome": outcome, "code": code})
        return frame.join(answers, on="diagnosis", how="left", maintain_order="left")

    return run


def resolved(workers: int | None) -> Callable[[Path], Callable[[], object]]:
    """`frames.resolve`."""

    def prepare(place: Path) -> Callable[[], object]:
        from leukcodes import frames

        frame = _texts(place)
        return lambda: frames.resolve(frame, "diagnosis", workers=workers)

    return prepare


def compared(place: Path) -> Callable[[], object]:
    """`rapidfuzz.process.cdist` with the titles of all leukemia codes; the nearest title is no answer."""
    from rapidfuzz import fuzz, process

    import leukcodes as lc

    texts = _texts(place)["diagnosis"].head(PART).to_list()
    titles = [concept.title for concept in lc.value_set("leukemia")]
    return lambda: process.cdist(texts, titles, scorer=fuzz.WRatio, workers=1)


TASKS: dict[str, tuple[str, Callable[[Path], Callable[[], object]]]] = {
    "hand-written polars join": ("codes", hand_written),
    "hand-written polars join, all columns": ("codes", hand_written_fully),
    "frames.validate, polars, `valid` alone": ("codes", validated("polars", VALID_ALONE)),
    "frames.validate, pyarrow, `valid` alone": ("codes", validated("pyarrow", VALID_ALONE)),
    "frames.validate, pandas, `valid` alone": ("codes", validated("pandas", VALID_ALONE)),
    "frames.validate, polars": ("codes", validated("polars")),
    "frames.validate, pyarrow": ("codes", validated("pyarrow")),
    "frames.validate, pandas": ("codes", validated("pandas")),
    "frames.validate, DuckDB": ("codes", validated_in_duckdb),
    "frames.validate, Spark": ("codes", validated_in_spark),
    "simple-icd-10-cm, pandas map": ("codes", simple_icd),
    "icd-mappings, list": ("codes", icd_mappings),
    "distinct strings and a join": ("texts", distinct_and_join),
    "frames.resolve, polars": ("texts", resolved(None)),
    "frames.resolve, polars, 2 processes": ("texts", resolved(2)),
    f"rapidfuzz cdist, {PART:,} strings only": ("texts", compared),
}
OURS, PEER = "frames.validate, pandas", "simple-icd-10-cm, pandas map"
FULL_FLOOR = "hand-written polars join, all columns"
FLOORS = {"codes": "hand-written polars join", "texts": "distinct strings and a join"}


def measure(name: str, place: Path) -> dict[str, float]:
    """Seconds by the clock and of the processor, and how far memory's peak lay above what the data took."""
    run, before, least = TASKS[name][1](place), _peak(), (math.inf, math.inf)
    for _ in range(RUNS):
        start, worked = time.perf_counter(), time.process_time()
        run()
        seconds, worked = time.perf_counter() - start, time.process_time() - worked
        least = min(least[0], seconds), min(least[1], worked)
        if seconds > LONG:
            break
    return {"seconds": least[0], "worked": least[1], "before": before, "peak": _peak()}


def measure_all(names: list[str], place: str) -> dict[str, dict[str, float]]:
    """The least of all rounds by name, without what fails."""
    found: dict[str, dict[str, float]] = {}
    for turn in range(ROUNDS):
        for name in [name for name in names if not turn or found.get(name, {}).get("seconds", LONG) < LONG]:
            command = [sys.executable, __file__, "--one", name, place]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"{name}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
                continue
            figures = json.loads(done.stdout.splitlines()[-1])
            before = found.get(name, figures)
            found[name] = {each: min(figures[each], before[each]) for each in figures}
            print(f"{name}: {found[name]}", file=sys.stderr)
    return found


def _peak() -> float:
    """The most memory this process ever held, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def report(rows: int, distinct: int, found: dict[str, dict[str, float]]) -> str:
    """The page."""
    places = {library: version(library) for library in ("pandas", "polars", "pyarrow", "duckdb", "pyspark")}
    lines = [
        "# Columns: time and memory\n",
        "Written by `benchmarks/columns.py`; every figure is of one run on one machine, so that only the",
        f"ratios mean anything. Python {platform.python_version()}, {platform.machine()};",
        f"{', '.join(map(' '.join, places.items()))}.\n",
        "Processor time is of all threads of the process, without processes that it starts (Spark is",
        "one); where other programs run beside, it says more than the clock, and the ratios are of it.",
        "Memory is the highest of the process, and in brackets what it was with the data read. The floors",
        "say less: the join says `valid` and nothing of what is wrong, as do the other packages; with",
        "`valid` alone `frames.validate` adds no more than they do, and otherwise the code, the rule and",
        "the message, too. The join with all columns adds as many, with one message for each code.",
    ]
    for kind, title in (
        ("codes", f"{rows:,} claim codes with service dates"),
        ("texts", f"{rows:,} diagnoses, {distinct:,} of them distinct"),
    ):
        floor = found[FLOORS[kind]]["worked"]
        head = (
            "| what | seconds | of the processor | of the floor's | peak MB (before) |\n|---|--:|--:|--:|--:|"
        )
        lines.append(f"\n## {title}\n\n{head}")
        for name, figures in found.items():
            if TASKS[name][0] == kind:
                own = "Spark" not in name and "processes" not in name
                worked = f"{figures['worked']:.2f} | {figures['worked'] / floor:.2f} ×" if own else " | "
                memory = f"{figures['peak']:,.0f} ({figures['before']:,.0f})"
                lines.append(f"| {name} | {figures['seconds']:.2f} | {worked} | {memory} |")
    if FULL_FLOOR in found:
        least = found[FULL_FLOOR]["worked"]
        ratios = [
            f"{library} {found[f'frames.validate, {library}']['worked'] / least:.2f} ×"
            for library in ("polars", "pyarrow", "pandas")
        ]
        lines.append(f"\nWith all columns, of the join that adds as many: {', '.join(ratios)}.")
    if PEER in found:
        ours = found[OURS], found[f"{OURS}, `valid` alone"]
        alone, whole = (found[PEER]["worked"] / each["worked"] for each in reversed(ours))
        lines.append(
            f"\nIn pandas validation is {alone:.1f} × as fast as `simple-icd-10-cm` by the processor where "
            f"it adds `valid` alone, and {whole:.1f} × with all that it says; it reads the dates, too."
        )
    return "\n".join([*lines, ""])


def main() -> None:
    """Measure everything, or, in a process of its own, one thing."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--distinct", type=int, default=50_000)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--without", default=[], nargs="*", help="leave out what has this word in its name")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.one[0], Path(asked.one[1]))))
        return
    distinct = min(asked.distinct, asked.rows)
    names = [name for name in TASKS if not any(word in name for word in asked.without)]
    with tempfile.TemporaryDirectory() as place:
        make_data(Path(place), asked.rows, distinct)
        found = measure_all(names, place)
    page = report(asked.rows, distinct, found)
    if asked.output:
        asked.output.write_text(page, encoding="utf-8")
    else:
        print(page)


if __name__ == "__main__":
    main()
