"""Asking the code system: what a code is, whether it is good, what lies below it, which release speaks."""

from __future__ import annotations

from datetime import date
from typing import Literal

from leukcodes.cases import read_case
from leukcodes.checks import issues_of
from leukcodes.codesystem import Concept, Moment, When, system
from leukcodes.errors import InvalidCodeError, LeukcodesError, UnknownCodeError
from leukcodes.models import DiseaseStatus, Release, Scope
from leukcodes.validation import is_valid, validate_code, validate_codes

__all__ = [
    "Subsumption",
    "expand",
    "get",
    "is_valid",
    "lookup",
    "release_on",
    "releases",
    "subsumes",
    "validate_code",
    "validate_codes",
]

Subsumption = Literal["subsumes", "subsumed-by", "equivalent", "not-subsumed"]


def lookup(code: str, *, on: When = None) -> Concept:
    """The concept of a code, written in any way people write it, as a date or release has it.

    Raises:
        InvalidCodeError: the input does not have the form of a code.
        UnknownCodeError: the release has no such code, or it lies outside the packaged scope.
        ReleaseNotFoundError: no packaged release speaks on that date.

    Example:
        >>> print(lookup("c9420"))
        C94.20 Acute megakaryoblastic leukemia not having achieved remission
        >>> lookup("C94.6", on="FY2020").title
        'Myelodysplastic disease, not classified'
    """
    moment = system().moment(on)
    return _concept(code, moment)


def get(code: object, *, on: When = None) -> Concept | None:
    """The concept of a code, or None wherever `lookup` raises.

    Example:
        >>> get("C99.9") is None
        True
    """
    try:
        return _concept(code, system().moment(on))
    except LeukcodesError:
        return None


def expand(
    code: str,
    *,
    billable: bool | None = None,
    status: DiseaseStatus | str | None = None,
    scope: Scope | str | None = None,
    on: When = None,
) -> tuple[Concept, ...]:
    """A code and everything below it, in the order of the tabular list, narrowed to what is asked.

    Args:
        code: a header or code, in any spelling; raises as `lookup` does.
        billable: only codes that can be billed, or only headers.
        status: only codes of that disease status.
        scope: only codes packaged in that scope.
        on: a date or release; None is the newest release.

    Example:
        >>> [str(concept.code) for concept in expand("C94", billable=True, status="in_relapse")]
        ['C94.02', 'C94.22', 'C94.32', 'C94.42', 'C94.82']
    """
    moment = system().moment(on)
    root = _concept(code, moment)
    wanted_status = None if status is None else DiseaseStatus(status)
    wanted_scope = None if scope is None else Scope(scope)
    return tuple(
        found
        for found in (root, *system().descendants(root.code, moment.day))
        if (billable is None or found.billable is billable)
        and (wanted_status is None or found.status is wanted_status)
        and (wanted_scope is None or found.scope is wanted_scope)
    )


def subsumes(a: str, b: str, *, on: When = None) -> Subsumption:
    """How two codes stand to each other in the tree, in the words of FHIR's `$subsumes`.

    Raises as `lookup` does for either code.

    Example:
        >>> subsumes("C94", "C94.20"), subsumes("C94.20", "C94.21")
        ('subsumes', 'not-subsumed')
    """
    moment = system().moment(on)
    first, second = _concept(a, moment).code, _concept(b, moment).code
    if first == second:
        return "equivalent"
    if first in system().lineage(second):
        return "subsumes"
    return "subsumed-by" if second in system().lineage(first) else "not-subsumed"


def releases() -> tuple[Release, ...]:
    """Every packaged release, oldest first, with its days and whose official text it carries.

    Example:
        >>> [release.name for release in releases()][0], releases()[-1].effective_to.isoformat()
        ('FY2016', '2027-09-30')
    """
    return system().releases


def release_on(day: date | str) -> Release:
    """The release in force on a day.

    Raises:
        ReleaseNotFoundError: no packaged release covers it, or it is no date.

    Example:
        >>> release_on("2024-10-01").name
        'FY2025'
    """
    return system().moment(day).release


def _concept(code: object, moment: Moment) -> Concept:
    case = read_case(code, system(), moment.day, moment.release.name)
    concept = case.concept
    if concept is not None:
        return concept
    message = issues_of(case)[0].message
    if case.code is None:
        raise InvalidCodeError(message, code)
    raise UnknownCodeError(message, code, moment.release.name)
