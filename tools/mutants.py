"""Change the source in one place at a time, and see whether the tests notice.

    python tools/mutants.py claims                        # every mutant; goes on where it stopped
    python tools/mutants.py claims --again                # those that survived, with the tests of today
    python tools/mutants.py claims --sample 300 --seed 1  # a random sample, with its interval

What belongs to a name, and the tests that are to notice, stand in `[tool.mutants]` of pyproject.toml. The
changes are mutmut's, at every place of the code: decorated functions, which mutmut leaves out, and constants
too. Each mutant has a process of its own that has imported the libraries but nothing of the package, so that
it is the mutant that reads and builds tables. Results are lines of build/mutants/NAME.jsonl; survivors that
are explained stand in docs/mutants.toml. Do not edit the checkout while it runs: files are read each time.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from intervals import wilson
from mutant_process import Run
from mutant_sources import Mutant, mutants_of

ROOT = Path(__file__).parents[1]


class Group(NamedTuple):
    """Modules looked at together: their files, and the tests that are to notice a change."""

    name: str
    files: list[Path]
    tests: list[str]

    @property
    def results(self) -> Path:
        """One line for each mutant tried; the last line about a mutant counts."""
        return ROOT / "build" / "mutants" / f"{self.name}.jsonl"


def group(name: str) -> Group:
    """The group of that name."""
    options = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutants"][name]
    files = [path for pattern in options["files"] for path in sorted((ROOT / "src/leukcodes").glob(pattern))]
    return Group(name, files, options["tests"])


def tried(of: Group) -> dict[str, dict[str, Any]]:
    """The last result of each mutant by its key."""
    if not of.results.exists():
        return {}
    lines = map(json.loads, of.results.read_text("utf-8").splitlines())
    return {line["mutant"]: line for line in lines}


def run(of: Group, mutants: list[Mutant], *, again: bool, quick: float) -> None:
    """Try those that are untried; with `again`, those that survived too."""
    known = tried(of)
    wanted = [m for m in mutants if m.key not in known or (again and known[m.key]["outcome"] == "survived")]
    if not wanted:
        return
    of.results.parent.mkdir(parents=True, exist_ok=True)
    process = Run(ROOT, of.tests, quick)
    with of.results.open("a", encoding="utf-8") as out:
        for number, mutant in enumerate(wanted, 1):
            outcome, by, seconds = process.of(mutant)
            line = {"mutant": mutant.key, "outcome": outcome, "by": by, "seconds": round(seconds, 2)}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            out.flush()
            if outcome == "survived":
                print(f"{number}/{len(wanted)} {mutant.path.name}:{mutant.line}  {mutant.key}", flush=True)


def summary(of: Group, mutants: list[Mutant], total: int) -> Iterator[str]:
    """The figures, and the survivors that nobody has explained."""
    known = tried(of)
    outcomes = [known[mutant.key]["outcome"] for mutant in mutants if mutant.key in known]
    survived = outcomes.count("survived")
    killed = len(outcomes) - survived
    share = killed / max(len(outcomes), 1)
    endless = outcomes.count("endless")
    untried = total - len(outcomes)
    yield f"{of.name}: {killed} killed ({endless} ran without end), {survived} survived, {untried} untried"
    yield f"{share:.1%} of those tried were killed"
    if untried:
        low, high = wilson(killed, len(outcomes))
        yield f"95 % interval for all: {low:.1%} to {high:.1%}"
    explained = reasons()
    for mutant in mutants:
        if known.get(mutant.key, {}).get("outcome") == "survived" and mutant.key not in explained:
            yield f"{mutant.path.relative_to(ROOT)}:{mutant.line}  {mutant.key}"


def reasons() -> dict[str, str]:
    """Why a survivor need not be killed, by its key."""
    found = tomllib.loads((ROOT / "docs" / "mutants.toml").read_text("utf-8"))["survivors"]
    return {mutant: each["reason"] for each in found for mutant in each["mutants"]}


def main() -> None:
    """Run the groups that are named."""
    parser = argparse.ArgumentParser(description="Run the mutants of the groups that are named.")
    parser.add_argument("names", nargs="+")
    parser.add_argument("--again", action="store_true", help="try survivors again")
    parser.add_argument("--sample", type=int, help="so many, chosen at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--quick", type=float, default=math.inf, help="leave out tests that take longer, in seconds"
    )
    parser.add_argument("--report", action="store_true", help="run nothing")
    options = parser.parse_args()
    for name in options.names:
        of = group(name)
        mutants = [mutant for path in of.files for mutant in mutants_of(path, ROOT / "src")]
        total = len(mutants)
        if options.sample:
            random.Random(options.seed).shuffle(mutants)  # so that a larger sample holds the smaller one
            mutants = mutants[: options.sample]
        if not options.report:
            run(of, mutants, again=options.again, quick=options.quick)
        print(*summary(of, mutants, total), sep="\n")


if __name__ == "__main__":
    main()
