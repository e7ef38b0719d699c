"""Asking the code system: what a code is, whether it is good, what lies below it, which release speaks."""

from __future__ import annotations

from datetime import date
from typing import Literal

from leukcodes.checks import concept_at
from leukcodes.codesystem import Concept, When, system
from leukcodes.comparison import compare
from leukcodes.display import Listing
from leukcodes.errors import LeukcodesError
from leukcodes.models import Release
from leukcodes.searching import search
from leukcodes.translation import code_systems, translate
from leukcodes.validation import is_valid, validate_code, validate_codes
from leukcodes.valuesets import expand, value_set, value_sets

__all__ = [
    "Subsumption",
    "code_systems",
    "compare",
    "expand",
    "get",
    "is_valid",
    "lookup",
    "release_on",
    "releases",
    "search",
    "subsumes",
    "translate",
    "validate_code",
    "validate_codes",
    "value_set",
    "value_sets",
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
    return concept_at(code, system().moment(on))


def get(code: object, *, on: When = None) -> Concept | None:
    """The concept of a code, or None wherever `lookup` raises.

    Example:
        >>> get("C99.9") is None
        True
    """
    try:
        return concept_at(code, system().moment(on))
    except LeukcodesError:
        return None


def subsumes(a: str, b: str, *, on: When = None) -> Subsumption:
    """How two codes stand to each other in the tree, in the words of FHIR's `$subsumes`.

    Raises as `lookup` does for either code.

    Example:
        >>> subsumes("C94", "C94.20"), subsumes("C94.20", "C94.21")
        ('subsumes', 'not-subsumed')
    """
    moment = system().moment(on)
    first, second = concept_at(a, moment).code, concept_at(b, moment).code
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
    return Listing(system().releases)


def release_on(day: date | str) -> Release:
    """The release in force on a day.

    Raises:
        ReleaseNotFoundError: no packaged release covers it, or it is no date.

    Example:
        >>> release_on("2024-10-01").name
        'FY2025'
    """
    return system().moment(day).release
