"""The registry of rules: every issue the library can report, by its stable id.

Ids are never reused. Severities here are the defaults; sources that cannot be quoted are called a coding convention.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from leukcodes.codes import IcdCode
from leukcodes.models import Issue, Severity, Span

__all__ = ["RULES", "Rule", "make_issue"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id, default severity, what it is applied to (code, date, claim or text), summary and source."""

    id: str
    severity: Severity
    applies_to: str
    summary: str
    source: str


RULES: Final[dict[str, Rule]] = {}


def make_issue(
    rule: str,
    message: str,
    *,
    codes: Iterable[str] = (),
    suggestions: Iterable[IcdCode] = (),
    spans: Iterable[Span] = (),
    release: str = "",
    severity: Severity | None = None,
) -> Issue:
    """An `Issue` of a registered rule, with the rule's own severity and source unless another severity is given."""
    known = RULES[rule]
    return Issue(
        rule=rule,
        severity=severity or known.severity,
        message=message,
        codes=tuple(codes),
        suggestions=tuple(suggestions),
        source=known.source,
        release=release,
        spans=tuple(spans),
    )
