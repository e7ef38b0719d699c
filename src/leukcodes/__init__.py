"""ICD-10-CM leukemia codes with their remission status, offline.

Names are loaded on first use: importing the package reads no data.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from leukcodes.claims import ClaimResult, validate_claim
    from leukcodes.codes import IcdCode
    from leukcodes.codesystem import Concept
    from leukcodes.errors import (
        InvalidCodeError,
        IssuesError,
        LeukcodesError,
        MissingExtraError,
        ReleaseNotFoundError,
        UnknownCodeError,
    )
    from leukcodes.models import (
        Candidate,
        ContextKind,
        DiseaseStatus,
        Evidence,
        Issue,
        Kind,
        Mention,
        Note,
        NoteKind,
        Outcome,
        Release,
        Resolution,
        ResolutionKind,
        Scope,
        Setting,
        Severity,
        Span,
        StatusBasis,
        ValidationOutcome,
        ValidationResult,
    )
    from leukcodes.resolver import resolve, resolve_many
    from leukcodes.rules import RULES, Rule
    from leukcodes.scanner import scan
    from leukcodes.terminology import expand, get, lookup, release_on, releases, subsumes
    from leukcodes.types import BillableCode, BillableLeukemiaCode, LeukemiaCode
    from leukcodes.validation import is_valid, validate_code, validate_codes

_NAMES = {
    "claims": ("ClaimResult", "validate_claim"),
    "codes": ("IcdCode",),
    "codesystem": ("Concept",),
    "errors": (
        "InvalidCodeError",
        "IssuesError",
        "LeukcodesError",
        "MissingExtraError",
        "ReleaseNotFoundError",
        "UnknownCodeError",
    ),
    "models": (
        "Candidate",
        "ContextKind",
        "DiseaseStatus",
        "Evidence",
        "Issue",
        "Kind",
        "Mention",
        "Note",
        "NoteKind",
        "Outcome",
        "Release",
        "Resolution",
        "ResolutionKind",
        "Scope",
        "Setting",
        "Severity",
        "Span",
        "StatusBasis",
        "ValidationOutcome",
        "ValidationResult",
    ),
    "resolver": ("resolve", "resolve_many"),
    "scanner": ("scan",),
    "rules": ("RULES", "Rule"),
    "terminology": ("expand", "get", "lookup", "release_on", "releases", "subsumes"),
    "types": ("BillableCode", "BillableLeukemiaCode", "LeukemiaCode"),
    "validation": ("is_valid", "validate_code", "validate_codes"),
}
_HOME = {name: f"leukcodes.{module}" for module, names in _NAMES.items() for name in names}

__all__ = [
    "RULES",
    "BillableCode",
    "BillableLeukemiaCode",
    "Candidate",
    "ClaimResult",
    "Concept",
    "ContextKind",
    "DiseaseStatus",
    "Evidence",
    "IcdCode",
    "InvalidCodeError",
    "Issue",
    "IssuesError",
    "Kind",
    "LeukcodesError",
    "LeukemiaCode",
    "Mention",
    "MissingExtraError",
    "Note",
    "NoteKind",
    "Outcome",
    "Release",
    "ReleaseNotFoundError",
    "Resolution",
    "ResolutionKind",
    "Rule",
    "Scope",
    "Setting",
    "Severity",
    "Span",
    "StatusBasis",
    "UnknownCodeError",
    "ValidationOutcome",
    "ValidationResult",
    "__version__",
    "expand",
    "get",
    "is_valid",
    "lookup",
    "release_on",
    "releases",
    "resolve",
    "resolve_many",
    "scan",
    "subsumes",
    "validate_claim",
    "validate_code",
    "validate_codes",
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
