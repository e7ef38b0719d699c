"""A row's text held against its code: whether both can be right, and what one says beyond the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from leukcodes.claims.edges import edges
from leukcodes.codes import IcdCode
from leukcodes.codesystem import system
from leukcodes.models import (
    Issue,
    Outcome,
    Resolution,
    ResolutionKind,
    Scope,
    Severity,
    StatusBasis,
    ValidationResult,
)
from leukcodes.rules import make_issue

__all__ = ["Reading", "disagreements", "reading_of"]

_Said = tuple[str, str] | None
"""A rule and its message, or nothing to say."""

# Sets of codes that leave something open, and how much they say nevertheless.
_VAGUE: Final = {
    "unspecified_leukemia": 0,
    "unspecified_cell_type": 1,
    "unspecified_acuity": 1,
    "acute_myeloid_unspecified": 2,
}
_PRECISE: Final = 3
_CURRENT: Final = "current"
_STANDING: Final = {
    "leukemia": _CURRENT,
    "leukemia_history": "past",
    "leukemia_family_history": "a relative's",
}


_NOT_NAMED: Final = ("LK-T010", "the text names no current leukemia; is it documented?")


class Reading(NamedTuple):
    """What of a `Resolution` an audit goes on with.

    `question` is that of a text for review; `denial` says why a text gives no disease; `also` are families
    that its words fit as well.
    """

    outcome: Outcome
    code: IcdCode | None
    kind: ResolutionKind | None
    basis: StatusBasis
    question: Issue | None
    denial: str
    defaulted: Issue | None
    also: tuple[str, ...]


def reading_of(found: Resolution) -> Reading:
    """The digest of a resolution: small, so that many can be remembered."""
    issues = found.issues
    queries = [issue for issue in issues if issue.severity is Severity.QUERY]
    return Reading(
        found.outcome,
        found.code,
        found.kind,
        found.status_basis,
        question=next(iter(queries or issues), None) if found.outcome is Outcome.REVIEW else None,
        denial=next((i.message for i in issues if found.outcome is Outcome.NONE and i.rule[3] == "C"), ""),
        defaulted=next((issue for issue in issues if issue.rule == "LK-R001"), None),
        also=tuple(code for issue in issues if issue.rule == "LK-M003" for code in issue.codes),
    )


def disagreements(judged: ValidationResult, text: Reading) -> Iterator[Issue]:
    """What is to be said of a code and the text beside it; of a text for review only its question."""
    if text.question is not None:
        yield text.question
        return
    if text.code == judged.code:
        if text.defaulted is not None:
            yield text.defaulted
        return
    said = _without_disease(judged, text) if text.code is None else _against(judged, text, text.code)
    if said is not None:
        codes = () if judged.code is None else (judged.code,)
        instead = () if text.code is None else (text.code,)
        yield make_issue(*said, codes=codes, suggestions=instead, release=judged.release)


def _without_disease(judged: ValidationResult, text: Reading) -> _Said:
    if judged.code is None or not _any_in(judged.code, "leukemia"):
        return None
    if text.denial:
        return "LK-T003", f"of the text holds: {text.denial}; drop the code, or correct the text"
    return _NOT_NAMED


def _against(judged: ValidationResult, text: Reading, told: IcdCode) -> _Said:
    code = judged.code
    if code is None or (_is_unusable(judged) and (code not in system().tables or told.startswith(code))):
        return _instead(judged, text, told)
    if any(code.startswith(family) for family in text.also):
        return None
    mine, theirs = _standing(code), _standing(told)
    if mine and theirs and mine != theirs:
        what = f"by its text the disease is {theirs}, by its code {mine}"
        return "LK-T004", f"{what}; keep what the record of this encounter gives"
    if mine == _CURRENT:
        named = theirs == _CURRENT or (text.kind is ResolutionKind.RELATED and _scope(told) is Scope.RELATED)
        return _two_diseases(code, told, text.basis) if named else _NOT_NAMED
    if theirs == _CURRENT and _scope(code) is not Scope.CONTEXT:
        return "LK-T009", f"the text reads as {told}; is it coded on another line?"
    return None


def _two_diseases(code: IcdCode, told: IcdCode, basis: StatusBasis) -> _Said:
    """Two codes of current diseases, at least one of them a leukemia: the given one, and the text's."""
    mine, theirs = system().family(code), system().family(told)
    same = mine is not None and mine is theirs
    if not same and not _compatible(code, told):
        return "LK-T002", f"the text reads as {told}, another disease; keep what the record gives"
    says, hears = (
        None if each is None else each.status_of(of) for each, of in ((mine, code), (theirs, told))
    )
    if says is not hears and says and hears and basis is not StatusBasis.DEFAULTED:
        what = f"{hears.replace('_', ' ')} by the text, {says.replace('_', ' ')} by the code"
        return "LK-T001", f"{what}; keep what the record of this encounter gives"
    if same:
        return "LK-T006", "the code states a disease status, the text none; is it documented?"
    if _precision(code) < _precision(told):
        return "LK-T007", f"the text reads as {told}, which says more; use it if the record bears it out"
    return (
        "LK-T008",
        f"the text reads as {told}, which does not say all that the code does; is it documented?",
    )


def _is_unusable(judged: ValidationResult) -> bool:
    return any(issue.severity is Severity.ERROR and issue.rule[3] == "S" for issue in judged.issues)


def _instead(judged: ValidationResult, text: Reading, told: IcdCode) -> _Said:
    meant = {code for issue in judged.issues for code in issue.suggestions}
    if meant and told not in meant:
        return "LK-T005", f"the text reads as {told}, which the code can hardly mean; check both"
    nos = " (NOS: it names no disease status)" if text.basis is StatusBasis.DEFAULTED else ""
    return "LK-T005", f"the text reads as {told}{nos}; use it if the record bears it out"


def _standing(code: str) -> str:
    """Whether a leukemia is current, past or a relative's by a code; empty where it is none."""
    return next((standing for name, standing in _STANDING.items() if _any_in(code, name)), "")


def _compatible(code: str, told: str) -> bool:
    """Whether one of two leukemias only leaves open what the other says."""
    if min(_precision(code), _precision(told)) == _PRECISE:
        return False
    if not (_any_in(code, "leukemia") and _any_in(told, "leukemia")):
        return False
    lineages = _bits("lymphoid_leukemia", "myeloid_leukemia")
    sides = (_sets(code) & lineages, _sets(told) & lineages)
    acuities = (_acuity(code), _acuity(told))
    return all(not one or not other or one == other for one, other in (sides, acuities))


def _precision(code: str) -> int:
    return next((degree for name, degree in _VAGUE.items() if _any_in(code, name)), _PRECISE)


def _acuity(code: str) -> str:
    family = system().family(code)
    return "" if family is None else family.acuity


def _scope(code: IcdCode) -> Scope | None:
    row = system().tables.row(code)
    return None if row is None else row.scope


def _any_in(code: str, *names: str) -> bool:
    return bool(_sets(code) & _bits(*names))


def _sets(code: str) -> int:
    return edges().sets.of(code)


def _bits(*names: str) -> int:
    return sum(edges().bit(name) for name in names)
