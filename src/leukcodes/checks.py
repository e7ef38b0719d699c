"""The checks of one code: each rule that it breaks, as an issue with what to use instead, or as an error.

The specific rule replaces the general one: a WHO code is not also reported as unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from leukcodes.cases import Case, advice, read_case
from leukcodes.codes import IcdCode
from leukcodes.codesystem import CodeSystem, Concept, Moment, system
from leukcodes.errors import InvalidCodeError, UnknownCodeError
from leukcodes.mistakes import icd9_issue, look_alike_issue, who_issue
from leukcodes.models import Issue

__all__ = ["concept_at", "issues_of"]

_STATUS_CHARACTERS: Final = frozenset("012")
_WHO_LENGTH: Final = len("C92.7")


def issues_of(case: Case) -> tuple[Issue, ...]:
    """Every rule that the code breaks, most important first; empty for a code that can be billed."""
    if case.code is None:
        return _malformed(case)
    if case.code in case.system.tables:
        return tuple(_known(case, case.code))
    return tuple(_unknown(case, case.code))


def concept_at(code: object, moment: Moment) -> Concept:
    """The concept of a code on a day.

    Raises:
        InvalidCodeError: the input does not have the form of a code.
        UnknownCodeError: the release has no such code, or it lies outside the packaged scope.
    """
    case = read_case(code, system(), moment.day, moment.release.name)
    concept = case.concept
    if concept is not None:
        return concept
    message = issues_of(case)[0].message
    if case.code is None:
        raise InvalidCodeError(message, code)
    raise UnknownCodeError(message, code, moment.release.name)


def _malformed(case: Case) -> tuple[Issue, ...]:
    if case.missing:
        return (case.issue("LK-S012", f"{case.shown} stands where a code should; give an ICD-10-CM code"),)
    if case.text is None:
        message = f"{case.shown} is not a string; give the code as text, such as 'C94.20'"
        return (case.issue("LK-S001", message),)
    old, alike = icd9_issue(case), look_alike_issue(case)
    # With a GEM entry it is an ICD-9-CM code; by its form alone it is one only where nothing looks like it.
    meant = old if old is not None and (old.suggestions or alike is None) else alike
    if meant is not None:
        return (meant,)
    message = (
        f"{case.shown} does not have the form of an ICD-10-CM code; "
        "write a letter, a digit, a letter or digit, and up to four more after a dot, such as C94.20"
    )
    return (case.issue("LK-S001", message),)


def _known(case: Case, code: IcdCode) -> Iterator[Issue]:
    span = case.system.tables.spans.get(code)
    stands = span or _standing(case.system, code)
    if case.day is not None and not stands[0] <= case.day <= stands[1]:
        # A header of which only part is packaged may have been billable before it was split.
        untold = span is None and not case.system.is_covered(code)
        yield _beyond(case) if untold else _not_on_date(case, code, case.day, stands)
    elif span is None and not case.index_dash:
        yield _header(case, code)
    if case.index_dash:
        yield _dash(case, code)


def _standing(system: CodeSystem, code: IcdCode) -> tuple[date, date]:
    """First and last day of a header that was never billable."""
    versions = system.versions(code)
    return versions[0].valid_from, versions[-1].valid_to or system.calendar.last


def _header(case: Case, code: IcdCode) -> Issue:
    below = case.usable([code])
    message = (
        f"{case.shown} is a header in {case.place} and cannot be billed; {advice(below, 'name one below it')}"
    )
    return case.issue("LK-S003", message, below)


def _dash(case: Case, code: IcdCode) -> Issue:
    below = case.usable([code])
    message = f"{case.shown} ends with the dash of the Alphabetic Index, which is no code in {case.place}"
    return case.issue("LK-S011", f"{message}; {advice(below, 'give the whole code')}", below)


def _not_on_date(case: Case, code: IcdCode, day: date, span: tuple[date, date]) -> Issue:
    instead = case.usable([code])
    if day < span[0]:
        when = f"{case.shown} is valid from {span[0]} on, not on {day} ({case.place})"
    else:
        changed = span[1] + timedelta(days=1)
        when = f"{case.shown} was valid until {span[1]}, not on {day} ({case.place}); it changed on {changed}"
    return case.issue("LK-S008", f"{when}; {advice(instead, 'look up what was valid then')}", instead)


def _unknown(case: Case, code: IcdCode) -> Iterator[Issue]:
    yield from _mistaken(case, code) or _unlisted(case, code)
    if case.index_dash:
        yield _dash(case, code)


def _mistaken(case: Case, code: IcdCode) -> tuple[Issue, ...]:
    """What the code was probably meant as, likeliest first."""
    who, alike = who_issue(case, code), look_alike_issue(case)
    if who is not None and len(code) <= _WHO_LENGTH:
        return (who,)
    return tuple(issue for issue in (alike, who) if issue is not None)


def _unlisted(case: Case, code: IcdCode) -> tuple[Issue, ...]:
    if case.system.is_covered(code):
        return (_no_such_code(case, code),)
    either = icd9_issue(case)
    return (_beyond(case),) if either is None else (either, _beyond(case))


def _beyond(case: Case) -> Issue:
    return case.issue(
        "LK-S010",
        f"{case.shown} has the form of a code, but lies outside the packaged scope; "
        "check it against the full code set",
    )


def _no_such_code(case: Case, code: IcdCode) -> Issue:
    """The issue for a code that the tabular list would hold, were it one."""
    above = _nearest(case.system, code)
    extra = code.undotted[len(above.undotted) :]
    family = case.system.tables.families.get(above)
    if family is not None and family.scheme == "none" and extra in _STATUS_CHARACTERS:
        what = f"has a status character, but {above} has no disease status in {case.place}"
        return _instead(case, "LK-S005", what, above)
    meant = case.system.undotted(code.undotted.replace("X", "")) if "X" in extra else None
    if meant is not None:
        return _instead(case, "LK-S004", f"has an X that {above} does not take in {case.place}", meant)
    if above in case.system.tables.spans or (family is not None and len(extra) == 1):
        return _instead(
            case, "LK-S004", f"ends with {extra!r}, which {above} does not take in {case.place}", above
        )
    if len(above) > len("C91"):
        return _instead(case, "LK-S002", f"is not in the tabular list of {case.place}", above)
    return case.issue(
        "LK-S002", f"{case.shown} is not in the tabular list of {case.place}; look below {above}"
    )


def _instead(case: Case, rule: str, what: str, code: IcdCode) -> Issue:
    near = case.usable([code])
    return case.issue(rule, f"{case.shown} {what}; {advice(near, f'look below {code}')}", near)


def _nearest(system: CodeSystem, code: IcdCode) -> IcdCode:
    """The longest packaged code that this one begins with; one that is covered begins with some."""
    plain = code.undotted
    starts = (plain[:length] for length in range(len(plain) - 1, 2, -1))
    return next(known for start in starts if (known := system.undotted(start)) is not None)
