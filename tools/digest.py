"""One line that stands for every answer to the golden set: equal on every Python, platform and locale.

    python tools/digest.py            # the digest
    python tools/digest.py --sample 50

Codes, texts, dates and maps go in; what comes out is the SHA-256 of all answers as JSON.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator

from scoring import GOLDEN, read_rows

import leukcodes as lc

DAYS = ("FY2016", "2024-09-30", None)


def answers(step: int = 1) -> Iterator[str]:
    """Every answer as JSON, in a fixed order."""
    texts = [row.text for path in sorted(GOLDEN.glob("*.tsv")) for row in read_rows(path)][::step]
    codes = [str(concept.code) for concept in lc.expand()][::step]
    for text in texts:
        yield lc.resolve(text).model_dump_json()
        yield "\n".join(mention.model_dump_json() for mention in lc.scan(text))
    for text in texts[::5]:
        yield "\n".join(hit.model_dump_json() for hit in lc.search(text))
    for code in codes:
        for day in DAYS:
            yield lc.validate_code(code, on=day).model_dump_json()
        yield lc.lookup(code).model_dump_json()
        for name in lc.code_systems():
            yield "\n".join(row.model_dump_json() for row in lc.translate(code, to=name))
    for place in range(0, len(codes), 7):
        yield lc.validate_claim(codes[place : place + 7], setting="inpatient").model_dump_json()
    yield lc.compare("FY2016").model_dump_json()


def digest(step: int = 1) -> str:
    """The SHA-256 of all answers."""
    found = hashlib.sha256()
    for answer in answers(step):
        found.update(answer.encode())
        found.update(b"\n")
    return found.hexdigest()


def main() -> None:
    """Print the digest, and the version of the library it is of."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", type=int, default=1, metavar="N", help="every Nth text and code only")
    print(digest(parser.parse_args().sample))


if __name__ == "__main__":
    main()
