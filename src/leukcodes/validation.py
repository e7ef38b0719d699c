"""Whether a code is good on a date, for one code, for many, and for tight loops."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final

from leukcodes.cases import read_case
from leukcodes.checks import issues_of
from leukcodes.codes import IcdCode, parse_code, shown
from leukcodes.codesystem import Concept, Moment, When, system
from leukcodes.errors import DateTrouble, InvalidCodeError, ReleaseNotFoundError
from leukcodes.models import Issue, Severity, ValidationOutcome, ValidationResult
from leukcodes.rules import make_issue

__all__ = ["date_issue", "is_valid", "validate_code", "validate_codes"]

DATE_RULES: Final[dict[DateTrouble, str]] = {
    "before": "LK-D001",
    "after": "LK-D002",
    "missing": "LK-D003",
    "unreadable": "LK-D004",
}
_MAX_INPUT: Final = 64
_MAX_REMEMBERED: Final = 16

# First and last billable day by canonical code, and the codes billable in the newest release; empty until the
# first question. Plain collections here are what makes `is_valid` as fast as a lookup can be.
_spans: Final[dict[object, tuple[date, date]]] = {}
_current: Final[set[object]] = set()


def is_valid(code: object, *, on: When = None) -> bool:
    """Whether a code can be billed on a date; the fast form of `validate_code`, and as forgiving.

    Never raises, whatever the code and the date are: what cannot be read is not valid.

    Example:
        >>> is_valid("C86.4", on="2024-09-30"), is_valid("C86.4", on="2024-10-01")
        (True, False)
    """
    try:
        if type(on) is date:
            first, last = _spans[code]
            return first <= on <= last
        if on is None and code in _current:
            return True
    except (KeyError, TypeError):  # not a canonical spelling, or not hashable and so no string
        pass
    return _is_valid(code, on)


def validate_code(code: object, *, on: When = None) -> ValidationResult:
    """Judge one code on one date, and say which rules it breaks and what to use instead.

    Any case, dotted or not, with spaces, is read as the code it means. A well-formed code outside the
    packaged scope is "not_checked", and so is a known code on a date that cannot be used.

    Args:
        code: what a claim, chart or column gives; of any type.
        on: the date of service or, for inpatient claims, of discharge; None asks the newest release.

    Returns:
        A `ValidationResult`, truthy when valid. Nothing is raised.

    Example:
        >>> result = validate_code("C94.2", on="2026-11-21")
        >>> print(result.issues[0].message)
        'C94.2' is a header in ICD-10-CM FY2027 and cannot be billed; use C94.20, C94.21 or C94.22
    """
    try:
        moment = system().moment(on)
    except ReleaseNotFoundError as error:
        return _undated(code, error)
    if type(code) is str and len(code) <= _MAX_REMEMBERED:
        return _remembered(code, moment.day)
    return _judged(code, moment)


def validate_codes(codes: Iterable[object], *, on: When = None) -> list[ValidationResult]:
    """Judge many codes on one date: one result for each, in the same order.

    Raises:
        TypeError: `codes` is a single string.

    Example:
        >>> [result.result.value for result in validate_codes(["C94.20", "C94.2", "E11.9"])]
        ['valid', 'invalid', 'not_checked']
    """
    if isinstance(codes, str | bytes):
        raise TypeError("codes must be a list of codes, not a string; use validate_code for one")
    return [validate_code(code, on=on) for code in codes]


def date_issue(error: ReleaseNotFoundError) -> Issue:
    """The issue for a date that cannot be used."""
    return make_issue(DATE_RULES[error.reason], str(error), release=system().newest.name)


@lru_cache(maxsize=4096)
def _remembered(code: str, day: date) -> ValidationResult:
    """Claims carry the same few codes again and again, and many codes the same day."""
    moment = system().moment(day)
    concept = system().concept(code, day)
    if concept is not None and concept.billable:
        return ValidationResult(
            code, ValidationOutcome.VALID, concept.code, concept, (), moment.release.name, day
        )
    return _judged(code, moment)


def _judged(code: object, moment: Moment) -> ValidationResult:
    case = read_case(code, system(), moment.day, moment.release.name)
    return _result(code, moment, case.concept, case.code, issues_of(case))


def _is_valid(code: object, on: When) -> bool:
    if not isinstance(code, str):
        return False
    known = system()
    if not _spans:
        _current.update(
            found for found in known.tables.spans if known.billable(found, known.calendar.newest.day)
        )
        _spans.update(known.tables.spans)
    try:
        moment = known.moment(on)
        found, index_dash = parse_code(code)
    except (ReleaseNotFoundError, InvalidCodeError):
        return False
    return not index_dash and known.billable(found, moment.day)


def _result(
    value: object, moment: Moment, concept: Concept | None, code: IcdCode | None, issues: tuple[Issue, ...]
) -> ValidationResult:
    return ValidationResult(
        input=_shortened(value),
        result=_outcome(issues),
        code=code,
        concept=concept,
        issues=issues,
        release=moment.release.name,
        on=moment.day,
    )


def _undated(value: object, error: ReleaseNotFoundError) -> ValidationResult:
    """The result where the date cannot be used: only what holds on every date is said about the code."""
    release = system().newest.name
    case = read_case(value, system(), None, release)
    dated = date_issue(error)
    issues = issues_of(case)
    outcome = _outcome(issues)
    return ValidationResult(
        input=_shortened(value),
        result=outcome if outcome is ValidationOutcome.INVALID else ValidationOutcome.NOT_CHECKED,
        code=case.code,
        concept=None,
        issues=(*issues, dated) if outcome is ValidationOutcome.INVALID else (dated, *issues),
        release=release,
    )


def _outcome(issues: tuple[Issue, ...]) -> ValidationOutcome:
    if not issues:
        return ValidationOutcome.VALID
    if any(issue.severity is Severity.ERROR for issue in issues):
        return ValidationOutcome.INVALID
    return ValidationOutcome.NOT_CHECKED


def _shortened(value: object) -> str:
    """The input as text that JSON can hold."""
    text = value if isinstance(value, str) else shown(value)
    short = text if len(text) <= _MAX_INPUT else f"{text[:_MAX_INPUT]}\u2026"
    return short if short.isascii() else short.encode("utf-8", "backslashreplace").decode()
