"""The code table: every packaged code with its dates, a row for each version, to join columns with."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date
from typing import Any, NamedTuple

from leukcodes.codes import IcdCode
from leukcodes.codesystem import Concept, When, system
from leukcodes.models import DiseaseStatus, Kind, Scope
from leukcodes.valuesets import FHIR_SYSTEM

__all__ = ["CodeRow", "code_system_resource", "code_table"]


class CodeRow(NamedTuple):
    """A code between two changes of its title or of being billable.

    Both dates are inclusive, and the rows of one code never overlap. What is open ends with the newest
    packaged release, so that a join by date finds nothing where the data say nothing.
    """

    code: IcdCode
    undotted: str
    title: str
    kind: Kind
    scope: Scope
    billable: bool
    parent: str | None
    family: IcdCode | None
    status: DiseaseStatus | None
    valid_from: date
    valid_to: date


def code_table(*, on: When = None, codes: Container[str] | None = None) -> Iterator[CodeRow]:
    """The rows in the order of the tabular list and of time.

    Args:
        on: only what stood on that day, or on a release's first; None is all that ever stood.
        codes: only these codes; None is all.

    Raises:
        ReleaseNotFoundError: no packaged release speaks on that date.

    Example:
        >>> for row in code_table(codes={"C86.4"}):
        ...     print(row.code, row.billable, row.valid_from, row.valid_to)
        C86.4 True 2015-10-01 2024-09-30
        C86.4 False 2024-10-01 2027-09-30
    """
    known = system()
    day = None if on is None else known.moment(on).day
    for code in known.codes:
        row = known.tables.row(code)
        if row is None or (codes is not None and code not in codes):
            continue
        family = known.family(code)
        for version in row.versions:
            if day is not None and not version.covers(day):
                continue
            yield CodeRow(
                code=row.code,
                undotted=row.code.undotted,
                title=version.title,
                kind=row.kind_of(version),
                scope=row.scope,
                billable=version.billable,
                parent=row.parent,
                family=None if family is None else family.code,
                status=family.status_of(code) if family is not None and version.billable else None,
                valid_from=version.valid_from,
                valid_to=version.valid_to or known.calendar.last,
            )


_PROPERTIES = {
    "notSelectable": ("boolean", "A header, which cannot be billed."),
    "scope": ("code", "leukemia, related, or what leukemia claims carry beside it."),
    "family": ("code", "The disease without its status."),
    "diseaseStatus": ("code", "The status that the code states."),
    "validFrom": ("dateTime", "The first day on which the code was what it is here."),
}


def code_system_resource(on: When = None) -> dict[str, Any]:
    """A FHIR CodeSystem (R4 and R5) of one release, nested as the tabular list is; ready for `json.dumps`.

    Its content is "fragment": ICD-10-CM has more codes than are packaged.

    Raises:
        ReleaseNotFoundError: no packaged release speaks on that date.

    Example:
        >>> resource = code_system_resource("FY2025")
        >>> resource["url"], resource["version"], resource["content"]
        ('http://hl7.org/fhir/sid/icd-10-cm', '2025', 'fragment')
    """
    moment = system().moment(on)
    stood = [found for code in system().codes if (found := system().concept(code, moment.day))]
    return {
        "resourceType": "CodeSystem",
        "url": FHIR_SYSTEM,
        "version": moment.release.name.removeprefix("FY"),
        "name": "Icd10CmLeukemia",
        "title": f"ICD-10-CM {moment.release.name}: leukemia, what is related, and what goes with it",
        "status": "active",
        "experimental": False,
        "caseSensitive": False,
        "hierarchyMeaning": "is-a",
        "content": "fragment",
        "count": len(stood),
        "property": [
            {"code": code, "description": what, "type": kind} for code, (kind, what) in _PROPERTIES.items()
        ],
        "concept": [_nested(concept) for concept in stood if concept.parent is None],
    }


def _nested(concept: Concept) -> dict[str, Any]:
    values = {
        "notSelectable": not concept.billable,
        "scope": str(concept.scope),
        "family": concept.family and str(concept.family),
        "diseaseStatus": concept.status and str(concept.status),
        "validFrom": concept.valid_from.isoformat(),
    }
    found: dict[str, Any] = {
        "code": str(concept.code),
        "display": concept.title,
        "property": [
            {"code": code, f"value{kind[0].upper()}{kind[1:]}": values[code]}
            for code, (kind, _) in _PROPERTIES.items()
            if values[code] is not None
        ],
    }
    below = [_nested(child) for child in concept.children]
    return found | ({"concept": below} if below else {})
