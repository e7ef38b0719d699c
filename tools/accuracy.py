"""How well diagnoses are read: the resolver over golden files, as a table by kind.

Without arguments it reads the project's golden set. `--typos 1 --per-row 3` reads the same rows with random
typing errors, `--show wrong asked` lists the rows behind the figures, `--curve` prints risk against coverage
by candidate score.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from scoring import GOLDEN, Row, Verdict, expects_one_code, grid, judge, read_rows, top, typos

import leukcodes as lc
from leukcodes.models import Outcome, Resolution

_HEAD = ("rows", "right", "settled", "wrong", "asked", "coded_open", "asked_other", "missed")


@dataclass(frozen=True, slots=True)
class Judged:
    """One row, its answer, and how the answer fared."""

    row: Row
    answer: Resolution
    verdict: Verdict


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, and return 1 where a code is wrong, else 0."""
    options = _options(arguments)
    rows = [row for path in options.files for row in read_rows(path, lenient=options.lenient)]
    rows = [row for row in rows if not options.only or row.kind in options.only]
    if options.grid:
        rows = _grid(options.grid, options.seed)
    if options.typos:
        rows = list(_with_typos(rows, options.typos, options.per_row, options.seed))
    judged = measure(rows, unspecified_status=options.unspecified_status, vocabulary=options.vocabulary)
    print(table(judged, by=options.by))
    if options.curve:
        print()
        print(curve(judged))
    for verdict in options.show:
        _show(judged, Verdict(verdict), options.limit)
    return int(any(item.verdict is Verdict.WRONG for item in judged))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(GOLDEN.glob("*.tsv")))
    parser.add_argument("--by", choices=("kind", "source", "note", "expected"), default="kind")
    parser.add_argument("--only", nargs="+", default=[], metavar="KIND", help="only rows of these kinds")
    parser.add_argument("--lenient", action="store_true", help="other diseases: the vague names too")
    parser.add_argument("--typos", type=int, default=0, metavar="N", help="N random edits a row")
    parser.add_argument("--per-row", type=int, default=1, metavar="N", help="N misspellings of each row")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--grid", type=int, default=0, metavar="N", help="N terms with status phrases instead"
    )
    parser.add_argument("--curve", action="store_true", help="risk against coverage")
    parser.add_argument("--show", nargs="+", choices=list(Verdict), default=[], help="list these rows")
    parser.add_argument("--limit", type=int, default=200, help="at most so many rows of each")
    parser.add_argument("--unspecified-status", choices=("nos", "ask"), default="nos")
    parser.add_argument("--vocabulary", choices=("all", "official"), default="all")
    return parser.parse_args(arguments)


def _grid(count: int, seed: int) -> list[Row]:
    terms, phrases = read_rows(GOLDEN / "terms.tsv"), read_rows(GOLDEN / "status.tsv")
    return grid(terms, phrases, count, random.Random(seed))


def _with_typos(rows: Iterable[Row], edits: int, per_row: int, seed: int) -> Iterable[Row]:
    """Misspellings of the rows that have one right code; the others say nothing about typing errors."""
    chance = random.Random(seed)
    for row in filter(expects_one_code, rows):
        for text in {typos(row.text, edits, chance) for _ in range(per_row)}:
            if text is not None:
                yield replace(row, text=text, note=row.text)


def measure(
    rows: Iterable[Row],
    *,
    unspecified_status: Literal["nos", "ask"] = "nos",
    vocabulary: Literal["all", "official"] = "all",
) -> list[Judged]:
    """Read every row and judge the answer."""
    judged = []
    for row in rows:
        answer = lc.resolve(
            row.text, setting=row.setting, unspecified_status=unspecified_status, vocabulary=vocabulary
        )
        judged.append(Judged(row, answer, judge(row.expected, answer)))
    return judged


def table(judged: Sequence[Judged], *, by: str = "kind") -> str:
    """Counts and shares by kind, each split into rows with one answer and rows to ask about."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for item in judged:
        asks = " (to ask)" if item.row.expected.startswith("ASK:") else ""
        groups[f"{getattr(item.row, by)}{asks}"].append(item)
    lines = [f"{by:32}" + "".join(f"{name:>13}" for name in _HEAD) + f"{'wrong/coded':>13}"]
    lines += [_line(name, groups[name]) for name in sorted(groups)]
    for name, to_ask in (("ALL, one answer", False), ("ALL, to ask", True)):
        group = [item for item in judged if item.row.expected.startswith("ASK:") is to_ask]
        lines += [_line(name, group)] if group else []
    return "\n".join(lines)


def _line(name: str, group: Sequence[Judged]) -> str:
    counts = Counter(item.verdict for item in group)
    coded = sum(item.answer.outcome is Outcome.CODED for item in group)
    cells = [f"{len(group):>13}"]
    cells += [f"{counts[Verdict(head)]:>6}{counts[Verdict(head)] / len(group):>7.1%}" for head in _HEAD[1:]]
    return f"{name[:32]:32}{''.join(cells)}{counts[Verdict.WRONG] / max(coded, 1):>13.2%}"


def curve(judged: Sequence[Judged]) -> str:
    """Rows with one right code: how many have a best candidate of some score, and how many of these err."""
    scored = []
    for item in judged:
        best = top(item.answer)
        if best is not None and expects_one_code(item.row):
            stem = item.row.expected.rstrip("-")
            scored.append((best.score, not str(best.code).startswith(stem)))
    total = sum(expects_one_code(item.row) for item in judged)
    lines = [f"{'score >=':>10}{'coverage':>10}{'risk':>10}"]
    for score in sorted({score for score, _ in scored}, reverse=True):
        kept = [wrong for value, wrong in scored if value >= score]
        lines.append(f"{score:>10.1f}{len(kept) / total:>10.1%}{sum(kept) / len(kept):>10.2%}")
    return "\n".join(lines)


def _show(judged: Sequence[Judged], verdict: Verdict, limit: int) -> None:
    chosen = [item for item in judged if item.verdict is verdict]
    print(f"\n{verdict}: {len(chosen)}")
    for item in chosen[:limit]:
        found = item.answer
        got = found.code or " ".join(str(candidate.code) for candidate in found.candidates[:5]) or "-"
        rules = ",".join(issue.rule.removeprefix("LK-") for issue in found.issues)
        setting = f" [{item.row.setting}]" if item.row.setting else ""
        print(f"  {item.row.text!r}{setting}")
        print(f"    expected {item.row.expected}, got {found.outcome} {got} ({rules})")


if __name__ == "__main__":
    sys.exit(main())
