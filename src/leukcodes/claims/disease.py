"""One disease on one claim: its status, how much its code says, the age, and codes given twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from leukcodes.claims.encounter import Encounter, in_words
from leukcodes.codes import IcdCode
from leukcodes.models import DiseaseStatus, Issue, Severity

__all__ = ["disease_issues"]

_VAGUE: Final = (
    ("LK-U001", "unspecified_leukemia", "names neither cell type nor acuity; ask for them"),
    (
        "LK-U002",
        "unspecified_cell_type",
        "names no cell type; ask for it, unless the disease is undifferentiated or of mixed lineage",
    ),
    ("LK-U003", "unspecified_acuity", "names the lineage, but no type and acuity; ask for them"),
    (
        "LK-U004",
        "other_specified",
        "is for a specific type that has no code of its own; see that one is documented",
    ),
)


def disease_issues(claim: Encounter) -> Iterator[Issue]:
    """What is to be said about the diseases of a claim, each by itself."""
    yield from _duplicates(claim)
    yield from _two_statuses(claim)
    yield from _vague(claim)
    yield from _age(claim)


def _duplicates(claim: Encounter) -> Iterator[Issue]:
    if len(claim.codes) == len(claim.distinct):
        return
    for code, times in Counter(claim.codes).items():
        if times > 1:
            message = f"{code} is given {times} times; give it once"
            yield claim.issue("LK-Q011", message, (code,))


def _two_statuses(claim: Encounter) -> Iterator[Issue]:
    by_family: dict[IcdCode, dict[IcdCode, DiseaseStatus]] = {}
    for code in claim.distinct:
        family = claim.system.family(code)
        if family is None or code not in claim.system.tables.spans:
            continue
        status = family.status_of(code) or DiseaseStatus.NOT_IN_REMISSION
        by_family.setdefault(family.code, {})[code] = status
    for family_code, found in by_family.items():
        if len(set(found.values())) > 1:
            message = (
                f"{in_words(found)} report {family_code} with {len(set(found.values()))} disease statuses; "
                "keep the one that the record of this encounter gives"
            )
            # Codes by site do not say that the disease is not in remission, they only imply it.
            by_site = claim.system.tables.families[family_code].scheme == "site"
            severity = Severity.WARNING if by_site else None
            yield claim.issue("LK-R002", message, found, severity=severity)


def _vague(claim: Encounter) -> Iterator[Issue]:
    for rule, name, what in _VAGUE:
        for code in claim.those(name):
            yield claim.issue(rule, f"{code} {what}", (code,))


def _age(claim: Encounter) -> Iterator[Issue]:
    if claim.age is None:
        return
    for code in claim.distinct:
        for ages in claim.edges.ages_of(code):
            if not ages.fit(claim.age):
                message = f"{code} is {ages.remark}, and the patient is {claim.age:g}; check code and age"
                yield claim.issue("LK-A001", message, (code,), source=ages.source)
