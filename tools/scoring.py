"""Golden rows and how an answer is judged: shared by the accuracy table, the tests and the benchmark.

A golden file is a TSV with the columns `text`, `expected`, `kind`, `source` and, where needed, `setting`,
`licence` and `note`. What `expected` may say (several joined by " or ", any of them is right):

- `C92.02`: this code;
- `C91.0-`: a code of this family in any status;
- `ASK:C92.01|C92.00`: a person must be asked, the answer is among these;
- `NONE`: no diagnosis in scope;
- `NOT-LEUKEMIA`: anything but a leukemia code;
- `-`: no code, asked or not.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from leukcodes.models import Candidate, Outcome, Resolution

__all__ = ["GOLDEN", "Row", "Verdict", "expects_one_code", "grid", "judge", "read_rows", "top", "typos"]

GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "golden"

_ONE_CODE = re.compile(r"[A-Z]\d\w(\.\w+)?-?")
_LEUKEMIA = re.compile(r"C90\.1|C9[1-5]")
_FAMILY = re.compile(r"C90\.1|C9[1-5]\.\w")
# Not in abbreviations of mixed case (CMMoL): these are matched letter by letter.
_WORD = re.compile(r"\b(?:[A-Za-z][a-z]{4,}|[A-Z]{5,})\b")
_DEFAULTED = re.compile(r"(C90\.1|C9[1-5]\.(?!6$)\w)0")
_LAYOUTS = ("{term}, {phrase}", "{term} ({phrase})", "{term} - {phrase}", "{term}; {phrase}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Verdict(StrEnum):
    """How one answer fares against its row."""

    RIGHT = "right"
    SETTLED = "settled"
    """Coded although only the status was open, with a status the row allows."""
    CODED_OPEN = "coded_open"
    """Coded with an allowed code although the disease itself was open."""
    WRONG = "wrong"
    ASKED = "asked"
    """`review` where one answer was right."""
    ASKED_OTHER = "asked_other"
    """`review` as it should be, with none of the allowed codes among the candidates."""
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Row:
    """One golden string and what it must give."""

    text: str
    expected: str
    kind: str
    source: str = ""
    setting: str | None = None
    note: str = ""


def read_rows(path: Path, *, lenient: bool = False) -> list[Row]:
    """Every row of a golden file; also of a table of minimal pairs, or of other diseases' names.

    Args:
        path: A TSV with a header line.
        lenient: Of other diseases' names, take those too that are only too vague to be a leukemia.

    Raises:
        ValueError: The header is none of the three.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t")
        columns = set(table.fieldnames or ())
        if {"text_a", "code_a", "text_b", "code_b"} <= columns:
            return [row for line in table for row in _pair(line)]
        if {"text", "code", "category", "scoring"} <= columns:
            return [_other(line) for line in table if lenient or line["scoring"] == "strict"]
        if {"text", "expected"} <= columns:
            return [_golden(line) for line in table]
    raise ValueError(f"{path.name!r} has no known header; use the columns of tests/golden/README.md")


def _golden(line: dict[str, str]) -> Row:
    kind = line.get("kind") or line.get("tier") or "rows"
    return Row(
        line["text"],
        line["expected"],
        kind,
        line.get("source") or "",
        line.get("setting") or None,
        line.get("note") or line.get("reason") or "",
    )


def _pair(line: dict[str, str]) -> Iterator[Row]:
    for side in "ab":
        code = line[f"code_{side}"]
        yield Row(
            line[f"text_{side}"],
            code,
            "minimal pairs",
            line.get("source") or "",
            line.get(f"setting_{side}") or None,
        )


def _other(line: dict[str, str]) -> Row:
    source = line.get("source") or ""
    return Row(line["text"], "NOT-LEUKEMIA", "other diseases", source, None, line["category"])


def expects_one_code(row: Row) -> bool:
    """Whether exactly one code, or one family, is right."""
    return _ONE_CODE.fullmatch(row.expected) is not None


def judge(expected: str, answer: Resolution) -> Verdict:
    """How `answer` fares; of several expectations the kindest counts."""
    verdicts = [_judge_one(part, answer) for part in expected.split(" or ")]
    order = list(Verdict)
    return min(verdicts, key=order.index)


def _judge_one(expected: str, answer: Resolution) -> Verdict:
    if expected == "-":
        return Verdict.WRONG if answer.outcome is Outcome.CODED else Verdict.RIGHT
    if expected == "NOT-LEUKEMIA":
        return _judge_neighbour(answer)
    if expected.startswith("ASK:"):
        return _judge_ask(expected.removeprefix("ASK:").split("|"), answer)
    if answer.outcome is Outcome.REVIEW:
        return Verdict.ASKED
    if answer.outcome is Outcome.NONE:
        return Verdict.RIGHT if expected == "NONE" else Verdict.MISSED
    return Verdict.RIGHT if _matches(expected, str(answer.code)) else Verdict.WRONG


def _judge_neighbour(answer: Resolution) -> Verdict:
    if answer.outcome is Outcome.CODED:
        return Verdict.WRONG if _LEUKEMIA.match(str(answer.code)) else Verdict.RIGHT
    suspects = any(_LEUKEMIA.match(str(item.code)) for item in answer.candidates)
    return Verdict.ASKED if suspects else Verdict.RIGHT


def _judge_ask(allowed: Sequence[str], answer: Resolution) -> Verdict:
    if answer.outcome is Outcome.NONE:
        return Verdict.MISSED
    if answer.outcome is Outcome.REVIEW:
        found = any(_matches(code, str(item.code)) for code in allowed for item in answer.candidates)
        return Verdict.RIGHT if found else Verdict.ASKED_OTHER
    if not any(_matches(code, str(answer.code)) for code in allowed):
        return Verdict.WRONG
    return Verdict.SETTLED if _only_status_open(allowed) else Verdict.CODED_OPEN


def _only_status_open(allowed: Sequence[str]) -> bool:
    """Several statuses of one family, or one code without status.

    A single leukemia code to ask about is something else: the diagnosis itself is uncertain.
    """
    current = [code for code in allowed if not code.startswith("Z85")]
    stems = {match.group() if (match := _FAMILY.match(code)) else code for code in current}
    if len(stems) != 1:
        return False
    return len(current) > 1 or current[0].endswith("-") or not _FAMILY.match(current[0])


def _matches(expected: str, code: str) -> bool:
    """`C91.0-` takes every code below it, `C91.00` itself only."""
    return code.startswith(expected[:-1]) if expected.endswith("-") else code == expected


def top(answer: Resolution) -> Candidate | None:
    """The best candidate, of a coded answer too; None where nothing was found."""
    return answer.candidates[0] if answer.candidates else None


def typos(text: str, edits: int, chance: random.Random) -> str | None:
    """`text` with `edits` random edits in words of five letters or more; None where there is no such word."""
    for _ in range(edits):
        words = list(_WORD.finditer(text))
        if not words:
            return None
        word = chance.choice(words)
        text = text[: word.start()] + _edit(word.group(), chance) + text[word.end() :]
    return text


def _edit(word: str, chance: random.Random) -> str:
    """One substitution, deletion, insertion or transposition that changes the word."""
    while True:
        at = chance.randrange(len(word))
        letter = chance.choice(_LETTERS)
        changed = chance.choice(
            (
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            )
        )
        if changed.lower() != word.lower():
            return changed


def grid(terms: Iterable[Row], phrases: Iterable[Row], count: int, chance: random.Random) -> list[Row]:
    """`count` random pairings of a disease's name with a status phrase, in one of several layouts.

    Args:
        terms: Rows whose text names a disease and no status; others are left out.
        phrases: Rows of the form "AML, phrase", from which the phrase and its status are taken.
        count: How many pairings to draw.
        chance: The source of randomness.
    """
    stems = [(row.text, match.group(1)) for row in terms if (match := _DEFAULTED.fullmatch(row.expected))]
    endings = [
        (row.text.removeprefix("AML, "), row.expected) for row in phrases if " or " not in row.expected
    ]
    rows = []
    for _ in range(count):
        (term, stem), (phrase, expected) = chance.choice(stems), chance.choice(endings)
        text = chance.choice(_LAYOUTS).format(term=term, phrase=phrase)
        expected = expected.replace("C92.0", stem)
        if stem == "C90.1":
            expected = expected.replace("Z85.6", "Z85.79")
        rows.append(Row(text, expected, "terms x status", "composed", None, phrase))
    return rows
