"""The audit of a table: rows go in one by one; counts, row numbers and a few examples stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from leukcodes import __version__
from leukcodes.audit.records import SCHEMA, AuditReport, CodeCount, Month, RowCheck, Section, Totals
from leukcodes.audit.rows import Day, Days, Examiner, cell, section_of
from leukcodes.audit.tallies import Bucket, Line, Tallies, title_of
from leukcodes.claims import validate_claim
from leukcodes.codes import IcdCode
from leukcodes.codesystem import When, system
from leukcodes.models import Issue, Outcome, Scope, Setting, Severity, ValidationOutcome

__all__ = ["Auditor", "audit_columns"]

_REMEMBERED: Final = 1 << 16
_CLAIM_ROWS: Final = 500
_FIX, _ASK, _IMPROVE, _CLEAR = range(4)
_LEVEL_NAMES: Final = ("fix", "ask", "improve", "clear")
_LEVELS: Final = {Severity.ERROR: _FIX, Severity.QUERY: _ASK, Severity.WARNING: _IMPROVE}


def audit_columns(
    codes: Iterable[object],
    texts: Iterable[object] | None = None,
    dates: Iterable[object] | None = None,
    claims: Iterable[object] | None = None,
    *,
    on: When = None,
    setting: Setting | str | None = None,
    source: str = "",
) -> AuditReport:
    """Audit columns of equal length: lists, Series, anything that gives its cells in order.

    Rows are numbered from 1. What `on`, `setting` and the columns mean is said at `Auditor`.

    Raises:
        ValueError: columns of unequal length, or an unknown setting.

    Example:
        >>> report = audit_columns(["C92.01", "C92.0"], ["AML in relapse", "AML in remission"])
        >>> [(found.rule, found.rows) for found in report.findings]
        [('LK-T001', (1,)), ('LK-S003', (2,)), ('LK-T005', (2,))]
    """
    auditor = Auditor(on=on, setting=setting, dated=dates is not None)
    given = [column for column in (codes, texts, dates, claims) if column is not None]
    cells = zip(*given, strict=True)
    places = [column is not None for column in (texts, dates, claims)]
    for row in cells:
        rest = iter(row[1:])
        auditor.add(row[0], *(next(rest) if place else None for place in places))
    return auditor.report(source=source)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What rows with the same code and text on like days have in common."""

    result: ValidationOutcome
    subject: str
    counted: IcdCode | None
    level: int
    buckets: tuple[Bucket, ...]
    sections: frozenset[Section]
    question: Issue | None


class _Entry(NamedTuple):
    line: Line
    day: Day
    verdict: _Verdict


class Auditor:
    """Eats the rows of a table in order, in bounded memory, and gives an `AuditReport` at any time.

    Of each finding all row numbers are kept (eight bytes each), and a few examples; each distinct text is
    read once, as long as it is among the last 65,536.

    Args:
        on: the day or release to judge all rows by; None asks the newest release.
        setting: "inpatient" or "outpatient", for uncertain diagnoses and for claims.
        dated: each row brings its own date; one that is missing or cannot be read is a finding.

    Example:
        >>> auditor = Auditor(dated=True)
        >>> auditor.add("C86.4", "BPDCN", "2025-01-31")
        >>> auditor.report().rows_of("LK-S008")
        (1,)
    """

    def __init__(self, *, on: When = None, setting: Setting | str | None = None, dated: bool = False) -> None:
        self._days: Final = Days()
        self._fixed: Final = None if dated else self._days.read(system().moment(on).day)
        self._setting: Final = None if setting is None else Setting(setting)
        self._examiner: Final = Examiner(setting)
        self._tallies: Final = Tallies()
        self._verdicts: Final[dict[object, _Verdict]] = {}
        self._claim_issues: Final = lru_cache(maxsize=_REMEMBERED)(self._judge_claim)
        self._results: Final[Counter[ValidationOutcome]] = Counter()
        self._sections: Final[Counter[Section]] = Counter()
        self._codes: Final[Counter[IcdCode]] = Counter()
        self._months: Final[dict[str, list[int]]] = {}
        self._claims = 0
        self._open: list[_Entry] = []
        self.rows = 0

    def add(
        self,
        code: object,
        text: object = None,
        date: object = None,
        claim: object = None,
        *,
        row: int | None = None,
    ) -> None:
        """Audit one row; rows that follow each other with the same `claim` are also judged together.

        Args:
            code: the code cell; anything that is not text is read as Python writes it.
            text: the diagnosis text cell; empty where there is none.
            date: the date cell, where the auditor is `dated`.
            claim: what names the claim; empty where the row stands for itself.
            row: the row's number; one more than the rows before when None.
        """
        self.rows += 1
        day, shown = self._day(date)
        line = Line(self.rows if row is None else row, cell(code), cell(text), shown, cell(claim))
        verdict = self._verdict(line, day)
        if self._open and (line.claim != self._open[0].line.claim or len(self._open) >= _CLAIM_ROWS):
            self._close()
        if line.claim:
            self._open.append(_Entry(line, day, verdict))
        else:
            self._count(_Entry(line, day, verdict))

    def report(self, *, source: str = "", columns: Mapping[str, str] | None = None) -> AuditReport:
        """What was found up to now; a claim ends here.

        Args:
            source: the table's name, for the page.
            columns: the name of the column that gave each role, for the page.
        """
        self._close()
        listed, more = self._tallies.texts()
        months = sorted(self._months.items())
        levels = [sum(counts) for counts in zip(*self._months.values(), strict=True)] or [0, 0, 0, 0]
        return AuditReport(
            schema=SCHEMA,
            version=__version__,
            source=source,
            columns=dict(columns or {}),
            on="" if self._fixed is None else str(self._fixed.on),
            release=system().newest.name,
            setting=self._setting,
            totals=Totals(
                rows=self.rows,
                **{outcome.value: self._results[outcome] for outcome in ValidationOutcome},
                **dict(zip(_LEVEL_NAMES, levels, strict=True)),
                claims=self._claims,
                sections={section: self._sections[section] for section in Section},
            ),
            findings=self._tallies.findings(),
            codes=tuple(CodeCount(code, title_of(code), self._codes[code]) for code in sorted(self._codes)),
            months=tuple(Month(month, sum(counts), *counts) for month, counts in months if month),
            texts=listed,
            more_texts=more,
        )

    def _day(self, given: object) -> tuple[Day, str]:
        if self._fixed is not None:
            return self._fixed, ""
        try:
            day = self._days.read("" if given is None else given)
        except TypeError:  # not hashable
            day = self._days.read(cell(given))
        return day, str(day.on) if day.known else cell(given)

    def _verdict(self, line: Line, day: Day) -> _Verdict:
        key = line.code, line.text, day.era if day.known else day.on
        found = self._verdicts.get(key)
        if found is None:
            if len(self._verdicts) >= _REMEMBERED:
                self._verdicts.clear()
            found = self._verdicts[key] = self._judge(line, day)
        return found

    def _judge(self, line: Line, day: Day) -> _Verdict:
        check = self._examiner.check(line.code, line.text, day)
        known = check.judged.code
        # The spellings of one code are counted together; what is no code stays as it was written.
        subject = str(known) if known is not None and _exists(known) else line.code
        found = {
            (issue.rule, section): (issue, section)
            for issue in check.issues
            if (section := section_of(issue)) is not None
        }
        return _Verdict(
            check.judged.result,
            subject,
            known if known is not None and _is_leukemia(known) else None,
            _worst(issue for issue, _ in found.values()),
            tuple(
                self._tallies.bucket(issue, section, line.date if section is Section.DATE else subject)
                for issue, section in found.values()
            ),
            frozenset(section for _, section in found.values()),
            next((issue for issue, _ in found.values() if _is_question(check, issue)), None),
        )

    def _count(self, entry: _Entry, more: Sequence[tuple[Issue, Bucket]] = ()) -> None:
        """Count a row with its own findings and those of its claim."""
        line, day, verdict = entry
        for bucket in verdict.buckets:
            bucket.add(line)
        for _, bucket in more:
            bucket.add(line)
        level = min(verdict.level, _worst(issue for issue, _ in more)) if more else verdict.level
        self._months.setdefault(day.month if self._fixed is None else "", [0, 0, 0, 0])[level] += 1
        self._results[verdict.result] += 1
        self._sections.update({*verdict.sections, *((Section.CLAIM,) if more else ())})
        if verdict.counted is not None:
            self._codes[verdict.counted] += 1
        if verdict.question is not None:
            self._tallies.ask(line, verdict.question)

    def _close(self) -> None:
        """Judge the rows of one claim together, then count them."""
        entries, self._open = self._open, []
        if not entries:
            return
        self._claims += 1
        # A claim's lines may repeat a diagnosis; that is no code given twice.
        codes = tuple(dict.fromkeys(entry.line.code for entry in entries))
        # A row breaks a rule once, however many codes of the claim it breaks it with.
        about: dict[int, dict[str, tuple[Issue, Bucket]]] = {}
        for issue in self._claim_issues(codes, entries[0].day.era):
            places = [n for n, entry in enumerate(entries) if str(entry.verdict.subject) in issue.codes]
            bucket = self._tallies.bucket(issue, Section.CLAIM, " ".join(issue.codes))
            for place in places or [0]:
                about.setdefault(place, {}).setdefault(issue.rule, (issue, bucket))
        for place, entry in enumerate(entries):
            self._count(entry, tuple(about.get(place, {}).values()))

    def _judge_claim(self, codes: tuple[str, ...], era: date) -> tuple[Issue, ...]:
        judged = validate_claim(codes, on=era, setting=self._setting)
        return tuple(
            issue for issue in judged.issues if issue.severity is not Severity.INFO and issue.rule[3] in "REQ"
        )


def _worst(issues: Iterable[Issue]) -> int:
    return min((_LEVELS[issue.severity] for issue in issues), default=_CLEAR)


def _is_question(check: RowCheck, issue: Issue) -> bool:
    """Whether an issue asks about the text itself; where the text is for review, its question comes first."""
    return check.outcome is Outcome.REVIEW or issue.rule == "LK-T010"


def _exists(code: IcdCode) -> bool:
    return code in system().tables or not system().is_covered(code)


def _is_leukemia(code: IcdCode) -> bool:
    row = system().tables.row(code)
    return row is not None and row.scope is Scope.LEUKEMIA
