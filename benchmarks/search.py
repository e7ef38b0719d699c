"""Search beside other packages, in one run: half-typed and mistyped names, and how long each takes.

    pip install icd10-coder simple-icd-10-cm
    python benchmarks/search.py --output docs/benchmarks/search.md

Peers that are not installed are left out. The names are official titles of leukemia codes, and the published
synonyms and abbreviations with the leukemia they name; a hit is the code itself or one of the same disease.
Only what is measured in one run can be compared.
"""

from __future__ import annotations

import argparse
import platform
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

from tsv import read_table

import leukcodes as lc

Search = Callable[[str], list[str]]
SYNONYMS = Path(__file__).resolve().parent.parent / "data" / "synonyms.tsv"
LIMIT = 5


@dataclass(frozen=True, slots=True)
class Name:
    """A name and the code that it stands for, a header where it names no disease status."""

    text: str
    code: str

    def found_by(self, codes: Sequence[str]) -> bool:
        """Whether one of the codes is this one or lies in the same disease."""
        return any(code == self.code or _family(code) == _family(self.code) for code in codes)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every peer that is installed and write the table."""
    parser = argparse.ArgumentParser(
        description="Search of leukcodes and of other packages, on the same text."
    )
    parser.add_argument("--output", type=Path, help="write the table there too")
    options = parser.parse_args(arguments)
    text = "\n".join(_report()) + "\n"
    sys.stdout.write(text)
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    return 0


def _report() -> Iterator[str]:
    names = {
        "titles": _titles(),
        "synonyms": _synonyms("synonym"),
        "abbreviations": _synonyms("abbreviation"),
    }
    yield "# Search"
    yield ""
    counts = ", ".join(f"{len(found)} {kind}" for kind, found in names.items())
    yield f"Python {platform.python_version()}; {counts} of leukemias; one run of `benchmarks/search.py`."
    yield "In the first three for half a name, in the first five for a whole one with a typing error."
    yield "A half that many names begin with cannot find each of them. The synonyms and abbreviations are"
    yield "those that leukcodes carries; the others carry none."
    yield ""
    heads = [
        "search",
        *(f"half of {kind}" for kind in names),
        *(f"mistyped {kind}" for kind in list(names)[:2]),
    ]
    yield _row([*heads, "median ms", "p95 ms"])
    yield _row(["---"] + ["--:"] * (len(heads) + 1))
    for label, search in _searches():
        yield _row([label, *_measured(search, names)])


def _measured(search: Search, names: dict[str, list[Name]]) -> Iterator[str]:
    times: list[float] = []
    search("acute leukemia")
    search("acute lukemia")
    for found in names.values():
        yield _share(search, [(name, _half(name.text)) for name in found], 3, times)
    for kind in ("titles", "synonyms"):
        chance = random.Random(kind)
        typed = [(name, _mistyped(name.text, chance)) for name in names[kind]]
        yield _share(search, [(name, text) for name, text in typed if text], LIMIT, times)
    times.sort()
    yield f"{statistics.median(times) * 1000:.2f}"
    yield f"{times[int(len(times) * 0.95)] * 1000:.2f}"


def _share(search: Search, typed: list[tuple[Name, str]], first: int, times: list[float]) -> str:
    hits = 0
    for name, text in typed:
        start = time.perf_counter()
        codes = search(text)
        times.append(time.perf_counter() - start)
        hits += name.found_by(codes[:first])
    return f"{hits / len(typed):.1%}"


def _searches() -> Iterator[tuple[str, Search]]:
    yield f"leukcodes {lc.__version__}", lambda text: [str(hit.code) for hit in lc.search(text, limit=LIMIT)]
    for package, make in {"icd10-coder": _icd10_coder, "simple-icd-10-cm": _simple_icd_10_cm}.items():
        try:
            label = f"{package} {version(package)}"
        except PackageNotFoundError:
            sys.stderr.write(f"{package} is not installed: left out\n")
            continue
        yield label, make()


def _icd10_coder() -> Search:
    from icd10_coder import coder

    connection = coder.get_conn(coder.CM_DB)
    return lambda text: [code for code, *_ in coder.cm_search(connection, text, limit=LIMIT)]


def _simple_icd_10_cm() -> Search:
    """It has no search; people go through the descriptions, and so does this, held in memory."""
    import simple_icd_10_cm as cm

    described = [(code, cm.get_description(code).lower()) for code in cm.get_all_codes() if "-" not in code]

    def search(text: str) -> list[str]:
        wanted = text.lower()
        found = [code for code, description in described if wanted in description]
        return sorted(found, key=len)[:LIMIT]

    return search


@cache
def _family(code: str) -> str:
    concept = lc.get(code)
    return str((concept and concept.family) or code)


def _titles() -> list[Name]:
    return [Name(concept.title, str(concept.code)) for concept in lc.expand(scope="leukemia")]


def _synonyms(kind: str) -> list[Name]:
    rows = [row for row in read_table(SYNONYMS) if row["kind"] == kind]
    # An ambiguous one has no right answer.
    return [Name(row["term"], row["codes"]) for row in rows if re.fullmatch(r"C9[1-5]\.\w+", row["codes"])]


def _half(text: str) -> str:
    return text[: (len(text) + 1) // 2]


def _mistyped(text: str, chance: random.Random) -> str | None:
    """One letter left out, put in, replaced or swapped, in a word of five letters or more."""
    words = list(re.finditer(r"[A-Za-z]{5,}", text))
    if not words:
        return None
    word = chance.choice(words)
    at = chance.randrange(word.start(), word.end() - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    before, here, after, rest = text[:at], text[at], text[at + 1], text[at + 2 :]
    left_out, put_in = f"{before}{after}{rest}", f"{before}{letter}{here}{after}{rest}"
    return chance.choice([left_out, put_in, f"{before}{letter}{after}{rest}", f"{before}{after}{here}{rest}"])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
