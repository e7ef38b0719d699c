"""One row by itself: the verdict on its code, the reading of its text, and what holds of both."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from leukcodes.audit.agreement import Reading, disagreements, reading_of
from leukcodes.audit.records import RowCheck, Section
from leukcodes.claims import validate_claim
from leukcodes.codes import IcdCode, shown
from leukcodes.codesystem import When, system
from leukcodes.errors import ReleaseNotFoundError
from leukcodes.models import Issue, Setting, Severity
from leukcodes.resolver import resolve
from leukcodes.validation import validate_code

__all__ = ["Day", "Days", "Examiner", "cell", "check_row", "section_of"]

_REMEMBERED: Final = 1 << 16
_EMPTY: Final = frozenset({"None", "nan", "NaT", "<NA>"})


def check_row(
    code: object, text: object = None, *, on: When = None, setting: Setting | str | None = None
) -> RowCheck:
    """Judge one row: its code on a date, and the code against the diagnosis text beside it.

    Args:
        code: what the code column gives.
        text: what the text column gives; nothing is said of it where it is empty.
        on: the date of service; None asks the newest release.
        setting: "inpatient" or "outpatient", for uncertain diagnoses, as in `resolve`.

    Returns:
        A `RowCheck`; its issues hold those of `validate_code`, what the code leaves unspecified, and the
        rules LK-T001 to LK-T010. Of a text that is for review only its question stands there.

    Example:
        >>> row = check_row("C92.01", "AML in relapse")
        >>> print(row.issues[0].rule, row.issues[0].message)
        LK-T001 in relapse by the text, in remission by the code; keep what the record of this encounter gives
    """
    return Examiner(setting).check(cell(code), cell(text), Days().read(on))


def cell(value: object) -> str:
    """A cell as text: what stands for nothing in a frame library is empty, numbers are as Python has them."""
    if isinstance(value, str):
        return value
    text = shown(value)
    return "" if text in _EMPTY else text


@dataclass(frozen=True, slots=True)
class Day:
    """What a date cell means: the day, or what was given where it is none; its month; its era."""

    on: When
    month: str
    era: date
    known: bool


class Days:
    """Reads date cells. On the days of one era, which begins on `Day.era`, no packaged code changes."""

    def __init__(self) -> None:
        changes = {release.effective_from for release in system().releases}
        for first, last in system().tables.spans.values():
            changes |= {first, last + timedelta(days=1)}
        self._changes: Final = sorted(changes)
        self.read: Final = lru_cache(maxsize=_REMEMBERED)(self._read)

    def _read(self, on: When) -> Day:
        try:
            day = system().moment(on).day
        except ReleaseNotFoundError:
            return Day(on, "", system().moment(None).day, known=False)
        return Day(day, f"{day:%Y-%m}", self._changes[bisect(self._changes, day) - 1], known=True)


class Examiner:
    """Judges rows; each distinct text is read once, as long as it is among the last 65,536."""

    def __init__(self, setting: Setting | str | None = None) -> None:
        self._setting: Final = None if setting is None else Setting(setting)
        self._reading: Final = lru_cache(maxsize=_REMEMBERED)(self._read)
        self._vague: Final = lru_cache(maxsize=_REMEMBERED)(_vague_issues)

    def check(self, code: str, text: str, day: Day) -> RowCheck:
        """The row's issues: of the text against the code, of the code, of what the code leaves open."""
        judged = validate_code(code or None, on=day.on)
        reading = self._reading(text, day.era) if text.strip() else None
        compared = () if reading is None else tuple(disagreements(judged, reading))
        vague = () if judged.code is None else self._vague(judged.code, day.era)
        return RowCheck(
            judged,
            None if reading is None else reading.outcome,
            None if reading is None else reading.code,
            (*compared, *judged.issues, *vague),
        )

    def _read(self, text: str, era: date) -> Reading:
        return reading_of(resolve(text, on=era, setting=self._setting))


def section_of(issue: Issue) -> Section | None:
    """Where an issue stands in the report; None where it needs no action."""
    if issue.severity is Severity.INFO:
        return None
    if issue.severity is Severity.QUERY:
        return Section.ASK
    return _SECTIONS.get(issue.rule) or _LETTERS.get(issue.rule[3], Section.CLAIM)


_LETTERS: Final = {
    "S": Section.INVALID,
    "D": Section.DATE,
    "T": Section.DISAGREE,
    "U": Section.UNSPECIFIED,
}
_SECTIONS: Final = {
    "LK-S008": Section.EXPIRED,
    "LK-T005": Section.SETTLED,
    "LK-T007": Section.UNSPECIFIED,
    "LK-R001": Section.UNSPECIFIED,
}


def _vague_issues(code: IcdCode, era: date) -> tuple[Issue, ...]:
    if not system().billable(code, era):
        return ()
    return tuple(issue for issue in validate_claim((code,), on=era).issues if issue.rule[3] == "U")
