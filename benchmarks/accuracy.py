"""Other matchers beside leukcodes, on the same rows in the same run; prints a Markdown table.

    pip install scikit-learn icd10-coder mondonorm
    python benchmarks/accuracy.py --output docs/benchmarks/accuracy.md

Peers that are not installed are left out. Those that rank names get our vocabulary: the official titles,
inclusion terms and index entries, and the terms of the golden set that name one code.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

from scoring import GOLDEN, Row, Verdict, expects_one_code, judge, read_rows

import leukcodes as lc
from leukcodes.codes import IcdCode
from leukcodes.models import Outcome, Resolution

Search = Callable[[str], tuple[str | None, float]]
Vocabulary = dict[str, str]


@dataclass(frozen=True, slots=True)
class Peer:
    """A way of matching, and from which score on its first hit is taken as its answer."""

    name: str
    package: str
    search: Search
    cutoff: float = 0.0

    def read(self, row: Row) -> Resolution:
        """The peer's answer in our words: it never asks."""
        code, score = self.search(row.text)
        if code is None or score < self.cutoff:
            return Resolution(text=row.text, outcome=Outcome.NONE)
        return Resolution(text=row.text, outcome=Outcome.CODED, code=IcdCode(code))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every peer that is installed and write the table."""
    parser = argparse.ArgumentParser(
        description="Accuracy of leukcodes and of other matchers on the same rows."
    )
    parser.add_argument(
        "files", nargs="*", type=Path, default=[GOLDEN / "real_terms.tsv", GOLDEN / "written.tsv"]
    )
    parser.add_argument("--others", type=int, default=300, help="how many other diseases' names")
    parser.add_argument("--output", type=Path, help="write the table there too")
    options = parser.parse_args(arguments)
    rows = [row for path in options.files for row in read_rows(path)]
    others = random.Random(0).sample(read_rows(GOLDEN / "other_diseases.tsv"), options.others)
    lines = []
    for line in _table(rows, others):
        lines.append(f"{line}\n")
        sys.stdout.write(lines[-1])
        sys.stdout.flush()
    if options.output:
        options.output.write_text("".join(lines), encoding="utf-8")
    return 0


def _table(rows: Sequence[Row], others: Sequence[Row]) -> Iterator[str]:
    one = [row for row in rows if expects_one_code(row)]
    asks = [row for row in rows if row.expected.startswith("ASK:")]
    heads = (
        "matcher",
        f"right ({len(one):,} strings with one code)",
        "wrong",
        "asked",
        "no answer",
        f"rightly asked ({len(asks):,} open strings)",
        f"others' names as leukemia ({len(others):,})",
        "strings/s",
    )
    yield _row(heads)
    yield _row(["---"] + ["--:"] * (len(heads) - 1))
    lc.resolve("AML")
    yield _row(_cells(f"leukcodes {lc.__version__}", _ours, one, asks, others))
    for peer in _peers():
        peer.search("acute leukemia")
        name = f"{peer.name} ({peer.package} {version(peer.package)})"
        yield _row(_cells(name, peer.read, one, asks, others))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _ours(row: Row) -> Resolution:
    return lc.resolve(row.text, setting=row.setting)


def _cells(
    name: str,
    read: Callable[[Row], Resolution],
    one: Sequence[Row],
    asks: Sequence[Row],
    others: Sequence[Row],
) -> list[str]:
    start = time.perf_counter()
    verdicts = Counter(judge(row.expected, read(row)) for row in one)
    speed = len(one) / (time.perf_counter() - start)
    asked = [judge(row.expected, read(row)) in {Verdict.RIGHT, Verdict.SETTLED} for row in asks]
    leukemias = sum(judge(row.expected, read(row)) is Verdict.WRONG for row in others)
    shares = [
        verdicts[kind] / len(one) for kind in (Verdict.RIGHT, Verdict.WRONG, Verdict.ASKED, Verdict.MISSED)
    ]
    return [
        name,
        *(f"{share:.1%}" for share in shares),
        f"{sum(asked) / max(len(asked), 1):.1%}",
        str(leukemias),
        f"{speed:,.0f}",
    ]


def _vocabulary() -> Vocabulary:
    rows = [row for name in ("official", "terms") for row in read_rows(GOLDEN / f"{name}.tsv")]
    return {
        row.text: row.expected for row in rows if expects_one_code(row) and not row.expected.endswith("-")
    }


def _peers() -> Iterator[Peer]:
    vocabulary = _vocabulary()
    makers: dict[str, Callable[[Vocabulary], Iterator[Peer]]] = {
        "rapidfuzz": _rapidfuzz,
        "scikit-learn": _tfidf,
        "icd10-coder": _icd10_coder,
        "mondonorm": _mondonorm,
    }
    for package, make in makers.items():
        try:
            version(package)
        except PackageNotFoundError:
            sys.stderr.write(f"{package} is not installed: left out\n")
            continue
        yield from make(vocabulary)


def _rapidfuzz(vocabulary: Vocabulary) -> Iterator[Peer]:
    from rapidfuzz import fuzz, process, utils

    names = list(vocabulary)
    prepared = [utils.default_process(name) for name in names]

    def search(text: str, scorer: Callable[..., float]) -> tuple[str | None, float]:
        hit = process.extractOne(utils.default_process(text), prepared, scorer=scorer)
        return (vocabulary[names[hit[2]]], hit[1]) if hit else (None, 0.0)

    for scorer in (fuzz.WRatio, fuzz.token_sort_ratio, fuzz.token_set_ratio):
        for cutoff in (0.0, 90.0):
            label = f"{scorer.__name__}{f', at least {cutoff:.0f}' if cutoff else ''}"
            yield Peer(label, "rapidfuzz", partial(search, scorer=scorer), cutoff)


def _tfidf(vocabulary: Vocabulary) -> Iterator[Peer]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    names = list(vocabulary)
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), lowercase=True)
    matrix = vectorizer.fit_transform(names)

    def search(text: str) -> tuple[str | None, float]:
        scores = (matrix @ vectorizer.transform([text]).T).toarray().ravel()
        best = int(scores.argmax())
        return vocabulary[names[best]], float(scores[best])

    yield Peer("TF-IDF of character n-grams", "scikit-learn", search)
    yield Peer("TF-IDF of character n-grams, at least 0.8", "scikit-learn", search, 0.8)


def _icd10_coder(_: Vocabulary) -> Iterator[Peer]:
    from icd10_coder import coder

    connection = coder.get_conn(coder.CM_DB)

    def search(text: str) -> tuple[str | None, float]:
        hits = coder.cm_search(connection, text, limit=20)
        billable = [code for code, _, is_billable in hits if is_billable]
        return (billable[0], 100.0) if billable else (None, 0.0)

    yield Peer("icd10-coder, first billable hit", "icd10-coder", search)


def _mondonorm(vocabulary: Vocabulary) -> Iterator[Peer]:
    """Its matcher over our vocabulary: its own ontology has no ICD-10-CM status."""
    from mondonorm.mondo import MondoIndex, MondoTerm

    names: dict[str, list[str]] = {}
    for name, code in vocabulary.items():
        names.setdefault(code, []).append(name)
    terms = {code: MondoTerm(code, label, synonyms) for code, (label, *synonyms) in names.items()}
    index = MondoIndex(terms, "leukcodes vocabulary")

    def search(text: str) -> tuple[str | None, float]:
        hits = index.search(text, limit=1)
        return (hits[0].id, hits[0].score) if hits else (None, 0.0)

    yield Peer("mondonorm's matcher", "mondonorm", search)


if __name__ == "__main__":
    sys.exit(main())
