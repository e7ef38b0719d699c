"""What one value at a time is answered, as the columns of frames and of files have it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final

import leukcodes as lc

__all__ = ["ADDED", "annotated", "resolved", "validated"]

ADDED: Final = {
    "validate": ("code", "valid", "rule", "message"),
    "resolve": ("outcome", "code", "title", "kind", "status", "status_basis", "rules", "candidates"),
    "annotate": ("code", "title", "family", "status", "billable", "scope", "icd9cm"),
}

Row = tuple[Any, ...]


def validated(code: object, day: Any) -> Row:
    """A null is not asked about; a missing date is no date, not the newest release."""
    if code is None:
        return (None,) * 4
    found = lc.validate_code(code, on=math.nan if day is None else day)
    first = found.issues[0] if found.issues else None
    valid = None if found.result is lc.ValidationOutcome.NOT_CHECKED else found.valid
    return found.code, valid, first and first.rule, first and first.message


def resolved(text: object, day: Any) -> Row:
    """Where the date cannot be used, only the rule that says so."""
    if text is None:
        return (None,) * 8
    day = math.nan if day is None else day
    try:
        found = lc.resolve(text if isinstance(text, str) else None, on=day)
    except lc.ReleaseNotFoundError:
        (issue, *_) = lc.validate_code("C92.00", on=day).issues
        return *(None,) * 6, issue.rule, None
    return (
        *(found.outcome.value, found.code, found.title, found.kind),
        *(found.status.value, found.status_basis),
        _joined(issue.rule for issue in found.issues),
        _joined(candidate.code for candidate in found.candidates),
    )


def annotated(code: object, day: Any) -> Row:
    """What is no code of the release has nulls."""
    try:
        concept = None if code is None else lc.get(code, on=math.nan if day is None else day)
    except lc.ReleaseNotFoundError:
        concept = None
    if concept is None:
        return (None,) * 7
    rows = lc.translate(concept.code, to="icd9cm", on=day)
    targets = _joined(row.target_code for row in rows if row.target_code)
    family, status = concept.family, concept.status
    return concept.code, concept.title, family, status, concept.billable, concept.scope, targets


def _joined(values: Iterable[str]) -> str | None:
    return " ".join(dict.fromkeys(map(str, values))) or None
