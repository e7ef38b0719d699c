"""Coverage-guided fuzzing of the public entries.

    pip install atheris
    python fuzz/run.py resolve -max_total_time=600      # one entry; what follows goes to libFuzzer
    python fuzz/run.py --each -max_total_time=60        # every entry for a minute
    python fuzz/run.py --each -runs=3000 -seed=1        # the same inputs on every run, as CI does
    python fuzz/run.py spark -runs=50                   # seconds an input: not one of `--each`

Columns, files, Parquet and views take more time for an input: of `-runs` they get a share.

Inputs that break something are written to build/fuzz/found; put them into tests/corpus/ENTRY with a name that
says what they broke.
"""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus"
WORK = ROOT / "build" / "fuzz"
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]  # the reader of the golden set, and Spark's session

OPTIONS = 16  # an input's first byte chooses options; seeds have so many of them
SHARES = {"columns": 40, "files": 20, "parquet": 20, "views": 20}
RUNS = "-runs="
EXECUTIONS = re.compile(r"stat::number_of_executed_units:\s+(\d+)")


COLUMNS = [
    "d'x\nc9420\t2024-10-01\nAML in remission\tFY2025\n\0\t\0",
    'd"x\nC94.2\t2024-10-01T08:30:00Z\n205.00\t\nC91.0-\tnan',
]

# Of those that take a table: a column's name and rows; lines as they stand below a header.
WHOLE_SEEDS = {
    "columns": COLUMNS,
    "spark": COLUMNS,
    "files": [
        '1,"C92.00",2024-10-01\n2,"AML, in\nremission",FY2025\n3,C94.2\n',
        "1\tc9420\t2024-10-01\r\n2\tCLL\t\r\n",
        '"dx": "C92.00", "day": "2024-10-01"\n"dx": null, "day": 5\n"dx": "CLL \\ud83d"',
    ],
    "parquet": [
        "\0C92.00\t2024-10-01\nAML in remission\t19997\n\0\t",
        "\x0fc9420\t1727740800000\nCLL\t-1\nC92.00\t9223372036854775807\n\xff\t2932897",
        "\x80C92.00\t2024-10-01\nAML\t19997",
    ],
    "views": [
        "AML in remission\nC94.2\n<b>C92.00</b>",
        "possible CLL \u202e vs \x1b[1mALL",
        "C92.00\n2024-10-01\nC94\n&lt;",
    ],
}


def prepare(entry: str) -> list[str]:
    """Seeds and dictionary from the golden set; gives libFuzzer's arguments."""
    from scoring import GOLDEN, read_rows

    seeds, found = WORK / "seeds" / entry, WORK / "found"
    seeds.mkdir(parents=True, exist_ok=True)
    found.mkdir(parents=True, exist_ok=True)
    rows = [row for path in sorted(GOLDEN.glob("*.tsv")) for row in read_rows(path)]
    spread = entry in WHOLE_SEEDS
    for number, seed in enumerate(_seeds(entry, [row.text for row in rows[:: len(rows) // 800]])):
        (seeds / f"seed{number}").write_bytes(bytes([_option(number, spread=spread)]) + seed.encode())
    words = sorted({word for row in rows for word in re.findall(r"[A-Za-z0-9.;()/+-]{2,}", row.text)})
    (WORK / "words.dict").write_text("".join(f'"{word} "\n' for word in words), "utf-8")
    regressions = [str(folder) for folder in [CORPUS / entry] if folder.is_dir()]
    return [
        str(seeds),
        *regressions,
        f"-dict={WORK / 'words.dict'}",
        f"-artifact_prefix={found}/{entry}-",
        "-timeout=60",
        "-max_len=400",
        "-print_final_stats=1",
    ]


def _option(number: int, *, spread: bool) -> int:
    """The first byte of a seed: one of the first few, or of all."""
    return (number % OPTIONS * 83 + 5) % 256 if spread else number % OPTIONS


def _seeds(entry: str, texts: list[str]) -> list[str]:
    """Inputs of the kind that an entry takes."""
    if entry in ("resolve", "resolve_many", "scan", "search"):
        return texts
    if entry == "records":
        from entries import examples

        return [record.model_dump_json() for record in examples() for _ in range(OPTIONS)]
    if entry in WHOLE_SEEDS:
        return [seed for seed in WHOLE_SEEDS[entry] for _ in range(OPTIONS)]
    return [
        "C92.00",
        "c9201-",
        "2024-09-30",
        "FY2025",
        "205.01",
        "C83.0",
        "D70.1\nC92.00",
        "2026-10-01\nZ85.6\nC91.11",
    ]


def fuzz(entry: str, arguments: list[str]) -> None:
    """Fuzz one entry in this process; ends it."""
    import atheris

    with atheris.instrument_imports(include=["leukcodes"]):
        from entries import ENTRIES, ON_DEMAND

        run = {**ENTRIES, **ON_DEMAND}[entry]
        run(b"\0C92.00")  # what is loaded on first use is instrumented, too
    atheris.Setup([sys.argv[0], *prepare(entry), *arguments], run)
    _end_at_once()
    atheris.Fuzz()


def _end_at_once() -> None:
    """Let the process end without C++ destructors.

    Arrow's wait for its threads, which may wait for Python, which the fuzzer holds while it ends.
    """
    libc = ctypes.CDLL(None)
    libc.on_exit(libc._exit, None)  # called with the exit status, before what was registered earlier


def fuzz_each(arguments: list[str]) -> None:
    """Fuzz every entry in a process of its own; stops at the first finding."""
    from entries import ENTRIES

    environment = os.environ | {"PYTHONHASHSEED": "0"}
    for entry in ENTRIES:
        command = [sys.executable, __file__, entry, *(_share(entry, each) for each in arguments)]
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False, env=environment
        )
        if done.returncode:
            raise SystemExit(f"{entry}: broken\n{done.stdout[-4000:]}\n{done.stderr[-1000:]}")
        count = EXECUTIONS.search(done.stderr)
        print(f"{entry:13} {int(count[1]) if count else 0:>9,} inputs", flush=True)


def _share(entry: str, argument: str) -> str:
    if not argument.startswith(RUNS):
        return argument
    return f"{RUNS}{int(argument.removeprefix(RUNS)) // SHARES.get(entry, 1)}"


if __name__ == "__main__":
    if sys.argv[1] == "--each":
        fuzz_each(sys.argv[2:])
    else:
        fuzz(sys.argv[1], sys.argv[2:])
