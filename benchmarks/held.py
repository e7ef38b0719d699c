"""Speed held: work of the library as ratios to a fixed piece of plain Python in the same run.

    python benchmarks/held.py --check       # fails where a ratio is more than 20 % above the one kept
    python benchmarks/held.py --keep        # writes benchmarks/held/VERSION.json for a new version

The least of many interleaved rounds is taken, and what looks slow is measured again; a busy machine slows
both sides.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from scoring import GOLDEN, read_rows

import leukcodes as lc

KEPT = Path(__file__).parent / "held"
ROUNDS = 15
TRIES = 4
SLOWER = 1.2

ROWS = [row.text for path in sorted(GOLDEN.glob("*.tsv")) for row in read_rows(path)][::40]
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


def check(kept: dict[str, float], slower: float) -> None:
    """Compare with what was kept; what is slower is measured again before it fails."""
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


def main() -> None:
    """Check or keep."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--keep", action="store_true", help="write the ratios of this version")
    parser.add_argument("--check", action="store_true", help="compare with the ratios of this version")
    parser.add_argument("--slower", type=float, default=SLOWER, help="fail above this times the kept ratio")
    options = parser.parse_args()
    path = KEPT / f"{lc.__version__}.json"
    if options.keep:
        runs = [ratios(list(WORK)) for _ in range(3)]
        middle = {name: sorted(run[name] for run in runs)[1] for name in WORK}
        path.write_text(json.dumps(middle, indent=1) + "\n", "utf-8")
    if options.check:
        check(json.loads(path.read_text("utf-8")), options.slower)


if __name__ == "__main__":
    main()
