"""What `validate_claim` returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from leukcodes.models import Issue, Judged, Setting, Severity, ValidationResult

__all__ = ["ClaimResult"]


@dataclass(frozen=True, slots=True)
class ClaimResult(Judged):
    """Whether the codes of one encounter are good and go together. Truthy when valid.

    `codes` has one result for each code given, in order, as `validate_code` says it; `issues` all that is to
    be said about the claim, worst first: what its codes break and what their standing together breaks, after
    the caller's overrides. A date that could not be used leaves `on` empty, and `release` is then the newest.
    """

    codes: tuple[ValidationResult, ...]
    issues: tuple[Issue, ...]
    release: str
    on: date | None = None
    setting: Setting | None = None

    @property
    def valid(self) -> bool:
        """Whether no issue is an error; codes outside the packaged scope, not checked, do not matter here."""
        return not any(issue.severity is Severity.ERROR for issue in self.issues)

    def __bool__(self) -> bool:
        return self.valid
