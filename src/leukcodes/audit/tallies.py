"""What stays of the rows of an audit: counts, row numbers, and a few examples of each kind."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from leukcodes.audit.records import Example, Finding, Group, Section, TextCount
from leukcodes.codesystem import system
from leukcodes.models import Issue, Severity
from leukcodes.rules import RULES

__all__ = ["Bucket", "Line", "Tallies", "title_of"]

_EXAMPLES: Final = 5
_GROUPS: Final = 500
_TEXTS: Final = 20_000
_TEXTS_LISTED: Final = 200
_CELL: Final = 160
_ORDER: Final = tuple(Section)
_BAD: Final = tuple(Severity)


class Line(NamedTuple):
    """A row as it came in."""

    row: int
    code: str
    text: str
    date: str
    claim: str

    def example(self) -> Example:
        """The row for the report, long cells shortened."""
        return Example(self.row, *map(_shortened, self[1:]))


@dataclass(slots=True)
class Bucket:
    """Rows of one rule with the same code and the same code by the text."""

    rows: array[int]
    code: str = ""
    instead: tuple[str, ...] = ()
    message: str = ""
    count: int = 0
    examples: list[Example] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """Count one row."""
        self.rows.append(line.row)
        self.count += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(line.example())

    def group(self) -> Group:
        """The bucket as the report has it."""
        return Group(
            code=_shortened(self.code),
            title=title_of(self.code),
            instead=self.instead,
            instead_title=title_of(self.instead[0]) if len(self.instead) == 1 else "",
            message=self.message,
            count=self.count,
            examples=tuple(self.examples),
        )


@dataclass(slots=True)
class _Asked:
    row: int
    rule: str
    question: str
    count: int = 0


_Key = tuple[str, Section, Severity]


class Tallies:
    """Buckets by rule, and the texts that leave a question; bounded but for eight bytes a finding and row."""

    def __init__(self) -> None:
        self._buckets: Final[dict[_Key, dict[object, Bucket]]] = {}
        self._rows: Final[dict[_Key, array[int]]] = {}
        self._texts: Final[dict[str, _Asked]] = {}
        self._unlisted = 0

    def bucket(self, issue: Issue, section: Section, code: str) -> Bucket:
        """Where rows with this issue are counted; beyond 500 kinds of a rule, all in one without a name."""
        found = issue.rule, section, issue.severity
        rows = self._rows.setdefault(found, array("q"))
        buckets = self._buckets.setdefault(found, {})
        instead = tuple(map(str, issue.suggestions))
        key = code, instead
        if key in buckets:
            return buckets[key]
        if len(buckets) >= _GROUPS:
            return buckets.setdefault(None, Bucket(rows))
        return buckets.setdefault(key, Bucket(rows, code, instead, issue.message))

    def ask(self, line: Line, issue: Issue) -> None:
        """Count a text that leaves a question; beyond 20,000 different ones, only their rows."""
        text = _shortened(line.text)
        asked = self._texts.get(text)
        if asked is None:
            if len(self._texts) >= _TEXTS:
                self._unlisted += 1
                return
            asked = self._texts[text] = _Asked(line.row, issue.rule, issue.message)
        asked.count += 1

    def findings(self) -> tuple[Finding, ...]:
        """What was found: by section, then worst and most frequent first."""
        found = (_finding(key, self._rows[key], buckets) for key, buckets in self._buckets.items())
        return tuple(
            sorted(
                found, key=lambda each: (_ORDER.index(each.section), _BAD.index(each.severity), -each.count)
            )
        )

    def texts(self) -> tuple[tuple[TextCount, ...], int]:
        """The most frequent texts with a question, and the number of rows whose text is not listed."""
        ranked = sorted(self._texts.items(), key=lambda item: (-item[1].count, item[1].row))
        listed = tuple(
            TextCount(text, asked.count, asked.row, asked.rule, asked.question)
            for text, asked in ranked[:_TEXTS_LISTED]
        )
        return listed, self._unlisted + sum(asked.count for _, asked in ranked[_TEXTS_LISTED:])


def title_of(code: str) -> str:
    """The official title in the newest release; empty where there is none."""
    concept = system().concept(code, system().calendar.newest.day)
    return "" if concept is None else concept.title


def _finding(key: _Key, rows: array[int], buckets: dict[object, Bucket]) -> Finding:
    rule, section, severity = key
    named = [bucket for name, bucket in buckets.items() if name is not None]
    return Finding(
        rule=rule,
        section=section,
        severity=severity,
        summary=RULES[rule].summary,
        source=RULES[rule].source,
        count=len(rows),
        groups=tuple(bucket.group() for bucket in sorted(named, key=lambda each: -each.count)),
        more_groups=buckets[None].count if None in buckets else 0,
        rows=tuple(sorted(rows)),
    )


def _shortened(text: str) -> str:
    short = text if len(text) <= _CELL else f"{text[:_CELL]}\u2026"
    # Lone surrogates, which no encoding takes, come from broken exports.
    return short if short.isascii() else short.encode("utf-8", "backslashreplace").decode()
