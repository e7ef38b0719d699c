"""Speed held: the work of the library, counted, and timed beside a fixed piece of plain Python.

    python benchmarks/held.py --check       # fails where a figure is more than 20 % above the one kept
    python benchmarks/held.py --keep        # writes benchmarks/held/VERSION.json for a new version

Counted are the lines of the library that run: the same on every machine, and on another Python within a
twentieth. Timed is the least of many interleaved rounds, and what looks slow is measured again; a busy
machine slows both sides, but other processors have other ratios (`--slower`).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))

from hostile import lines_run
from scoring import GOLDEN, read_rows

import leukcodes as lc

KEPT = Path(__file__).parent / "held"
ROUNDS = 15
TRIES = 4
MORE = 1.2

# Of the golden files that the kept figures are of: another file would be other work.
FILES = ("minimal_pairs", "official", "other_diseases", "real_terms", "status", "terms", "written")
ROWS = [row.text for name in FILES for row in read_rows(GOLDEN / f"{name}.tsv")][::40]
CODES = [str(concept.code) for concept in lc.expand()]
CLAIM = ["C92.01", "D61.818", "D70.1", "R50.81", "T45.1X5A", "Z94.84", "D89.810", "I10", "E11.9", "Z85.6"]


def reference() -> int:
    """Words cut, counted, sorted and joined: the kind of work that the library does."""
    total = 0
    for turn in range(60):
        words = " ".join(f"word{turn}{place % 97}" for place in range(400)).split()
        counts: dict[str, int] = {}
        for word in words:
            counts[word] = counts.get(word, 0) + len(word)
        total += len(",".join(sorted(counts)))
    return total


WORK: dict[str, Callable[[], object]] = {
    "resolve": lambda: [lc.resolve(text) for text in ROWS],
    "scan": lambda: [lc.scan(text) for text in ROWS],
    "search": lambda: [lc.search(text[:20]) for text in ROWS[::8]],
    "validate_code": lambda: [lc.validate_codes(CODES, on=day) for day in ("FY2024", "FY2025", "FY2026")],
    "is_valid": lambda: [lc.is_valid(code) for code in CODES for _ in range(20)],
    "validate_claim": lambda: [lc.validate_claim(CLAIM, setting="inpatient") for _ in range(50)],
    "translate": lambda: [lc.translate(code, to="icd9cm") for code in CODES[::4]],
}


def seconds(call: Callable[[], object]) -> float:
    """Processor time of one call."""
    begin = time.process_time()
    call()
    return time.process_time() - begin


def ratios(names: list[str]) -> dict[str, float]:
    """Time of each piece of work over that of the reference, each the least of its rounds."""
    least = dict.fromkeys(["reference", *names], float("inf"))
    for name in names:
        WORK[name]()
    for _ in range(ROUNDS):
        least["reference"] = min(least["reference"], seconds(reference))
        for name in names:
            least[name] = min(least[name], seconds(WORK[name]))
    return {name: round(least[name] / least["reference"], 3) for name in names}


def lines() -> dict[str, int]:
    """The lines that each piece of work runs, with packaged facts at hand and no word or code remembered."""
    return {name: _lines(work) for name, work in WORK.items()}


def _lines(work: Callable[[], object]) -> int:
    work()
    lc.clear_caches()
    return lines_run(work)


def check_lines(kept: dict[str, int]) -> None:
    """Compare the work with what was kept."""
    found = lines()
    for name, count in found.items():
        print(f"{name:16} {count:10,} lines   kept {kept[name]:10,}   {count / kept[name] - 1:+.0%}")
    more = [name for name, count in found.items() if count > kept[name] * MORE]
    if more:
        raise SystemExit(f"more than {MORE - 1:.0%} more work than kept: {', '.join(more)}")


def check_ratios(kept: dict[str, float], slower: float) -> None:
    """Compare the time with what was kept; what is slower is measured again before it fails."""
    slow = list(kept)
    for _ in range(TRIES):
        found = ratios(slow)
        for name in slow:
            print(
                f"{name:16} {found[name]:8.3f}   kept {kept[name]:8.3f}   {found[name] / kept[name] - 1:+.0%}"
            )
        slow = [name for name in slow if found[name] > kept[name] * slower]
        if not slow:
            return
    raise SystemExit(f"more than {slower - 1:.0%} slower than kept: {', '.join(slow)}")


def keep(path: Path) -> None:
    """Write the figures."""
    runs = [ratios(list(WORK)) for _ in range(3)]
    middle = {name: sorted(run[name] for run in runs)[1] for name in WORK}
    path.write_text(json.dumps({"ratios": middle, "lines": lines()}, indent=1) + "\n", "utf-8")


def main() -> None:
    """Check or keep."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--keep", action="store_true", help="write the figures of this version")
    parser.add_argument("--check", action="store_true", help="compare with the figures of this version")
    parser.add_argument("--slower", type=float, default=MORE, help="fail above this times the kept ratio")
    options = parser.parse_args()
    path = KEPT / f"{lc.__version__}.json"
    if options.keep:
        keep(path)
    if options.check:
        kept = json.loads(path.read_text("utf-8"))
        check_lines(kept["lines"])
        check_ratios(kept["ratios"], options.slower)


if __name__ == "__main__":
    main()
