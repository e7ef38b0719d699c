"""Make docs/trust.md: what was tried against the library, what held, and what was found and mended.

    python tools/trust_page.py

Figures of long runs are those of docs/trust.toml; the rest is counted in the checkout.
"""

from __future__ import annotations

import ast
import json
import tomllib
from pathlib import Path
from typing import Any

from intervals import wilson

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests"


def page() -> str:
    """The page as Markdown."""
    runs = tomllib.loads((ROOT / "docs" / "trust.toml").read_text("utf-8"))
    parts = [
        "# Trust",
        "Made by `python tools/trust_page.py` from the checkout and from `docs/trust.toml`, which holds the figures of long runs. What is",
        "promised to users stands in [compatibility](compatibility.md), the threats and what holds against them in [SECURITY.md](../SECURITY.md).",
        "## Invariants",
        "Checked of every answer in property tests and by the fuzzer (`fuzz/invariants.py`): a `coded` answer has a code that can be billed on",
        "the date, its official title, no open question, and words of the text that gave it, each where it says; candidates can be billed;",
        "a review has a question; a valid code has no issue; JSON reads back as the same answer.",
        "## Fuzzing",
        _table(
            ("entry", "inputs", "seconds", "day"),
            [(f["entry"], f"{f['inputs']:,}", f["seconds"], f["date"]) for f in runs["fuzz"]],
        ),
        f"The last run of each entry listed ended without a finding. `python fuzz/run.py --each -runs=3000 -seed=1` gives all {_entries()} entries 3,000",
        f"inputs each in CI (columns, files, Parquet and views, which take longer, fewer), the same on every run, from the {len(list((TESTS / 'corpus').rglob('*.input')))} inputs that once broke something and from the golden set.",
        "## Hostile length",
        "`tests/test_linear_time.py` repeats pieces of text (brackets, combining characters, digits, codes, abbreviations, names, statuses, cues)",
        "and counts the lines that run and the memory, without a clock, of reading, search, codes, dates, claims, columns and files;",
        "`benchmarks/hostile.py` measures processor time, its growth and memory at a megabyte:",
        "[hostile text](benchmarks/hostile.md).",
        "## The same answer everywhere",
        "The SHA-256 of the answers to every fourth row of the golden set and every fourth code (`tools/digest.py --sample 4`). CI compares the",
        "digests of every Python that is there, at the lowest and the newest versions of the dependencies.",
        _table(("Python", "digest"), [(a["python"], f"`{a['digest'][:16]}`") for a in runs["answers"]]),
        "Hash seeds, locales, time zones, `-OO`, 32 threads at first use and the order of the data are tested (`tests/test_determinism.py`).",
        "## Lines and branches",
        _coverage(runs["coverage"]),
        "## Mutants",
        "`python tools/mutants.py NAME` changes one place of a module at a time (an operator, a constant, an argument, a word; what",
        "mutmut changes, and decorated functions and constants too) and runs tests against it in a process that has read nothing before.",
        "A mutant that runs without end counts as killed. Where not all were tried, those tried are a random sample, with the 95 % interval.",
        _table(
            ("module", "killed", "survived", "not tried", "killed of those tried", "note"),
            [
                (m["module"], m["killed"], m["survived"], m["untried"], _share(m), m["note"])
                for m in runs["mutation"]
            ],
        ),
        "Why survivors need not be killed; each is listed in `docs/mutants.toml`.",
        _table(("module", "survivors", "why"), _reasons()),
        "## Speed held",
        f"Kept for each version (`benchmarks/held.py`): the lines of the library that run, of which more than 20 % more fail, and the time as a ratio to plain Python in the same run: {_held()}.",
        "## Tests",
        f"{_tests()} test functions in {len(list(TESTS.glob('test_*.py')))} files.",
        "## Found and mended",
        _table(("what", "found by"), [(d["what"], d["found"]) for d in runs["defect"]]),
    ]
    return "\n\n".join(_joined(parts)) + "\n"


def _joined(parts: list[str]) -> list[str]:
    """Lines of one paragraph put under each other."""
    out: list[str] = []
    for part in parts:
        plain = not part.startswith(("#", "|"))
        if out and plain and not out[-1].startswith(("#", "|")):
            out[-1] += f"\n{part}"
        else:
            out.append(part)
    return out


def _table(heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def _share(run: dict[str, Any]) -> str:
    tried = run["killed"] + run["survived"]
    low, high = wilson(run["killed"], tried)
    within = f" ({low:.1%} to {high:.1%})" if run["untried"] else ""
    return f"{run['killed'] / tried:.1%}{within}"


def _reasons() -> list[tuple[str, int, str]]:
    survivors = tomllib.loads((ROOT / "docs" / "mutants.toml").read_text("utf-8"))["survivors"]
    return [(each["module"], len(each["mutants"]), each["reason"]) for each in survivors]


def _entries() -> int:
    trees = (ast.parse(path.read_text("utf-8")) for path in (ROOT / "fuzz").glob("*entr*.py"))
    return sum(
        isinstance(node, ast.FunctionDef) and _takes_bytes(node) for tree in trees for node in tree.body
    )


def _takes_bytes(node: ast.FunctionDef) -> bool:
    return not node.name.startswith("_") and [argument.arg for argument in node.args.args] == ["data"]


def _coverage(seen: dict[str, Any]) -> str:
    floor = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["coverage"]["report"][
        "fail_under"
    ]
    return (
        f"The package has {seen['lines']:,} lines and {seen['branches']:,} branches; {seen['lines_missed']} lines and"
        f" {seen['branches_missed']} branches were run by no test on {seen['date']} (Python {seen['python']}).\n"
        "Counted are the command's processes, worker processes and Spark's Python workers, too; left out are imports for type checkers and\n"
        f"nothing else. `coverage report` lists what is missed and fails below {floor} %; CI does not count, for that doubles the time of its tests."
    )


def _held() -> str:
    newest = max((ROOT / "benchmarks" / "held").glob("*.json"))
    ratios = json.loads(newest.read_text("utf-8"))["ratios"]
    return ", ".join(f"{name} {ratio}" for name, ratio in ratios.items())


def _tests() -> int:
    trees = (ast.parse(path.read_text("utf-8")) for path in TESTS.glob("test_*.py"))
    return sum(
        isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        for tree in trees
        for node in tree.body
    )


if __name__ == "__main__":
    (ROOT / "docs" / "trust.md").write_text(page(), "utf-8")
