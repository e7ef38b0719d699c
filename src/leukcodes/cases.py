"""One input to be judged as a code: how it was read, and what could be billed in its place."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from leukcodes.codes import IcdCode, cleaned, parse_code, shown
from leukcodes.codesystem import CodeSystem, Concept
from leukcodes.errors import InvalidCodeError
from leukcodes.models import Issue, Severity
from leukcodes.rules import make_issue

__all__ = ["Case", "advice", "listed", "read_case"]

_MISSING_TYPES: Final = frozenset({"NaTType", "NAType"})
_MAX_NAMED: Final = 6

# Of a text that is no code, as much is kept as a code of another system or a misspelt one can be long.
_MAX_READ: Final = 16


@dataclass(frozen=True, slots=True)
class Case:
    """A code to be judged on a day; without a day only what holds on every day is judged.

    `shown` is the input as messages quote it, `text` the input without spaces; `code` is None where that has
    not the form of a code.
    """

    system: CodeSystem
    shown: str
    text: str | None
    code: IcdCode | None
    index_dash: bool
    missing: bool
    day: date | None
    release: str

    @property
    def concept(self) -> Concept | None:
        """The code as it stood on the day."""
        if self.code is None or self.day is None:
            return None
        return self.system.concept(self.code, self.day)

    @property
    def place(self) -> str:
        """The code set and release, for messages."""
        return f"ICD-10-CM {self.release}"

    def issue(
        self,
        rule: str,
        message: str,
        suggestions: Iterable[IcdCode] = (),
        severity: Severity | None = None,
    ) -> Issue:
        """An issue about this code."""
        about = (str(self.code),) if self.code is not None else ()
        return make_issue(
            rule, message, codes=about, suggestions=suggestions, release=self.release, severity=severity
        )

    def usable(self, codes: Iterable[str]) -> tuple[IcdCode, ...]:
        """Codes that can be billed on the day in place of these, each once; none without a day."""
        if self.day is None:
            return ()
        day = self.day
        return tuple(dict.fromkeys(found for code in codes for found in _billable_at(self.system, code, day)))


def read_case(value: object, system: CodeSystem, day: date | None, release: str) -> Case:
    """Read an input of any kind; nothing is raised."""
    if not isinstance(value, str):
        return Case(system, shown(value), None, None, False, _is_missing(value), day, release)
    try:
        code, index_dash = parse_code(value)
    except InvalidCodeError:
        text = cleaned(value.strip()[:_MAX_READ]) if value.strip() else ""
        return Case(system, shown(value), text, None, False, not text, day, release)
    return Case(system, shown(value), cleaned(value), code, index_dash, False, day, release)


def advice(codes: tuple[IcdCode, ...], otherwise: str) -> str:
    """The end of a message: the codes to use, or what else to do."""
    return f"use {listed(codes)}" if codes else otherwise


def listed(codes: Iterable[IcdCode]) -> str:
    """Codes in words, cut where they are many."""
    names = [str(code) for code in codes]
    if len(names) > _MAX_NAMED:
        return f"{', '.join(names[: _MAX_NAMED - 1])} or one of {len(names) - _MAX_NAMED + 1} more"
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _billable_at(system: CodeSystem, code: str, day: date) -> list[IcdCode]:
    """The code if it can be billed on the day, else what stood in its place: below, above or beside it."""
    if system.billable(code, day):
        return [IcdCode(code)]
    below = _billable_below(system, code, day)
    if below:
        return below
    above = [step for step in system.lineage(code) if step != code]
    before = next((step for step in above if system.billable(step, day)), None)
    if before is not None:
        return [IcdCode(before)]
    return _billable_below(system, above[0], day) if len(above) > 1 else []


def _billable_below(system: CodeSystem, code: str, day: date) -> list[IcdCode]:
    """None where only part of what lies below is packaged: the right one may be another."""
    return system.billable_below(code, day) if system.is_covered(code) else []


def _is_missing(value: object) -> bool:
    is_nan = isinstance(value, float) and math.isnan(value)
    return value is None or is_nan or type(value).__name__ in _MISSING_TYPES
