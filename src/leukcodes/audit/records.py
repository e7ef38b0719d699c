"""Frozen records of what an audit returns. Their JSON form is the report's machine-readable twin."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from leukcodes.codes import IcdCode
from leukcodes.models import Issue, Judged, Outcome, Record, Setting, Severity, ValidationResult

__all__ = [
    "AuditReport",
    "CodeCount",
    "Example",
    "Finding",
    "Group",
    "Month",
    "RowCheck",
    "Section",
    "TextCount",
    "Totals",
]

SCHEMA = "leukcodes.audit/1"


class Section(StrEnum):
    """What a finding is about, in the order of the report."""

    DISAGREE = "disagree"
    INVALID = "invalid"
    EXPIRED = "expired"
    SETTLED = "settled"
    DATE = "date"
    CLAIM = "claim"
    ASK = "ask"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True)
class RowCheck(Judged):
    """One row by itself: the verdict on its code, what its text reads as, and all that is to be said.

    `outcome` is None where there is no text; `text_code` is None unless the text was coded.
    """

    judged: ValidationResult
    outcome: Outcome | None
    text_code: IcdCode | None
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Example(Record):
    """A row as the file has it, long cells shortened."""

    row: int
    code: str
    text: str = ""
    date: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Group(Record):
    """Rows of one finding with the same code and the same suggestions; `count` counts them all.

    `code` is as the file has it where it is no known code, and the date for findings about dates. `title` and
    `instead_title` are official titles in the newest release; the latter only where one code is suggested.
    """

    code: str
    title: str
    instead: tuple[str, ...]
    instead_title: str
    message: str
    count: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Finding(Record):
    """A rule that rows break: how many (`count`), all their numbers (`rows`), and the most frequent groups.

    `more_groups` counts rows of groups that are not listed.
    """

    rule: str
    section: Section
    severity: Severity
    summary: str
    source: str
    count: int
    groups: tuple[Group, ...]
    more_groups: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CodeCount(Record):
    """A known leukemia code and how many rows carry it."""

    code: IcdCode
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Month(Record):
    """The rows of one month (`2026-04`), each counted once by the worst that is said of it."""

    month: str
    rows: int
    fix: int
    ask: int
    improve: int
    clear: int


@dataclass(frozen=True, slots=True)
class TextCount(Record):
    """A diagnosis text that gives no code, how often it stands, where first, and what to ask."""

    text: str
    count: int
    first_row: int
    rule: str
    question: str


@dataclass(frozen=True, slots=True)
class Totals(Record):
    """Counts of rows.

    `valid`, `invalid` and `not_checked` sum up to `rows`, and so do `fix`, `ask`, `improve` and `clear`, each
    row counted by the worst that is said of it. `sections` counts the rows with findings of each section.
    """

    rows: int
    valid: int
    invalid: int
    not_checked: int
    fix: int
    ask: int
    improve: int
    clear: int
    claims: int
    sections: dict[Section, int]


@dataclass(frozen=True, slots=True)
class AuditReport(Record):
    """What an audit found. `model_dump_json` is the JSON twin; `schema` names its form.

    `on` is the day that all rows were judged by, empty where each brought its own; `release` the newest
    packaged.
    `texts` are the most frequent texts with a question, `more_texts` the rows of texts not listed.
    """

    schema: str
    version: str
    source: str
    columns: dict[str, str]
    on: str
    release: str
    setting: Setting | None
    totals: Totals
    findings: tuple[Finding, ...]
    codes: tuple[CodeCount, ...]
    months: tuple[Month, ...]
    texts: tuple[TextCount, ...]
    more_texts: int

    def of(self, section: Section | str) -> tuple[Finding, ...]:
        """The findings of a section, most frequent first."""
        return tuple(found for found in self.findings if found.section == section)

    def rows_of(self, rule: str) -> tuple[int, ...]:
        """The numbers of all rows that break a rule; empty where none does."""
        return tuple(sorted({row for found in self.findings if found.rule == rule for row in found.rows}))
