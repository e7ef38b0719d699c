"""`validate_claim`: the codes of one encounter, each by itself and all together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from numbers import Real
from typing import Final

from leukcodes.claims.care import care_issues
from leukcodes.claims.disease import disease_issues
from leukcodes.claims.edges import edges
from leukcodes.claims.encounter import Encounter
from leukcodes.claims.order import order_issues
from leukcodes.claims.pairs import pair_issues
from leukcodes.claims.result import ClaimResult
from leukcodes.codes import IcdCode, parse_code, shown
from leukcodes.codesystem import CodeSystem, When, system
from leukcodes.models import Issue, Setting, Severity, ValidationResult, severity_rank
from leukcodes.rules import RULES, make_issue
from leukcodes.validation import validate_codes

__all__ = ["validate_claim"]

_CHECKS: Final[tuple[Callable[[Encounter], Iterator[Issue]], ...]] = (
    disease_issues,
    pair_issues,
    order_issues,
    care_issues,
)


def validate_claim(
    codes: Iterable[object],
    *,
    on: When = None,
    setting: Setting | str | None = None,
    age: float | None = None,
    unrelated: Iterable[Iterable[str]] = (),
    severity: Mapping[str, Severity | str] | None = None,
    ignore: Iterable[str] = (),
) -> ClaimResult:
    """Judge the codes of one encounter, each by itself and all together.

    Nothing is raised because of bad codes or dates: they become issues. Notes are those in force on the date;
    a date that cannot be used is an issue, and the newest release's notes are asked instead.

    Args:
        codes: the diagnosis codes in claim order, of any type and spelling; the first is the principal or
            first-listed diagnosis.
        on: the date of service or, for inpatient claims, of discharge; None asks the newest release.
        setting: "inpatient" for a facility claim at discharge, "outpatient" for any other.
        age: the patient's age in years; NaN is no age.
        unrelated: pairs of codes whose conditions have nothing to do with each other, so that Excludes1 notes
            do not keep them apart; a header in a pair speaks for all codes below it.
        severity: rule ids and the severity to report them with.
        ignore: rule ids not to report.

    Returns:
        A `ClaimResult`, truthy when no issue is an error.

    Raises:
        TypeError: `codes` is a single string, or `age` is no number.
        ValueError: an unknown setting, severity or rule id, a negative age, or a pair that is none.

    Example:
        >>> result = validate_claim(["C91.11", "Z85.6"], on="2026-11-21")
        >>> result.valid, [issue.rule for issue in result.issues if issue.severity == "error"]
        (False, ['LK-R003', 'LK-E001'])
        >>> validate_claim(["C92.00", "D64.81"], on="2026-11-21").valid
        True
    """
    report = _Report(severity or {}, ignore)
    results = tuple(validate_codes(codes, on=on))
    known = system()
    day = results[0].on if results else None
    release = known.moment(day).release
    claim = Encounter(
        system=known,
        edges=edges(),
        release=release,
        day=day,
        codes=tuple(code for result in results if (code := _judged(known, result)) is not None),
        first=_judged(known, results[0]) if results else None,
        setting=None if setting is None else Setting(setting),
        age=_age(age),
        unrelated=tuple(_pair(pair) for pair in unrelated),
    )
    found = [issue for result in results for issue in result.issues]
    if not results:
        message = "the claim has no codes; give its diagnosis codes in order"
        found.append(make_issue("LK-S012", message, release=release.name))
    for check in _CHECKS:
        found += check(claim)
    return ClaimResult(
        codes=results,
        issues=report.of(found),
        release=release.name,
        on=day,
        setting=claim.setting,
    )


class _Report:
    """What a caller wants to hear of: rules silenced, and severities changed."""

    def __init__(self, severity: Mapping[str, Severity | str], ignore: Iterable[str]) -> None:
        if isinstance(ignore, str):
            raise TypeError("ignore must be a list of rule ids, not a string")
        self._severity = {_rule(rule): Severity(level) for rule, level in severity.items()}
        self._ignore = frozenset(map(_rule, ignore))

    def of(self, issues: Iterable[Issue]) -> tuple[Issue, ...]:
        """The issues as wanted, each once, worst first."""
        # A code given twice is judged twice, and so is the date: what is said of them is said once.
        once = {(issue.rule, issue.codes or issue.message): issue for issue in issues}
        wanted = (issue for issue in once.values() if issue.rule not in self._ignore)
        if self._severity:
            wanted = (
                replace(issue, severity=self._severity.get(issue.rule, issue.severity)) for issue in wanted
            )
        return tuple(sorted(wanted, key=severity_rank))


def _judged(known: CodeSystem, result: ValidationResult) -> IcdCode | None:
    """The code of a result, where rules can be applied to it: packaged, or outside the packaged scope."""
    code = result.code
    if code is None or code in known.tables or not known.is_covered(code):
        return code
    return None


def _rule(rule: str) -> str:
    if rule not in RULES:
        raise ValueError(f"{shown(rule)} is no rule id; give one such as 'LK-E001', see leukcodes.RULES")
    return rule


def _age(age: float | None) -> float | None:
    if age is None:
        return None
    if not isinstance(age, Real):
        raise TypeError(f"{shown(age)} is no age; give the patient's age in years")
    if age < 0:
        raise ValueError(f"{shown(age)} is no age; give the patient's age in years")
    return age if age >= 0 else None  # NaN is neither


def _pair(pair: Iterable[str]) -> tuple[IcdCode, IcdCode]:
    both = () if isinstance(pair, str) else tuple(pair)
    if len(both) != 2:
        raise ValueError(f"{shown(pair)} is no pair of codes; give two, such as ('C91.10', 'D72.829')")
    return parse_code(both[0]).code, parse_code(both[1]).code
