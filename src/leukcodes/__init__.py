"""ICD-10-CM leukemia codes with their remission status, offline.

Names are loaded on first use: importing the package reads no data.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from leukcodes.display import views_from

__version__ = "0.1.0"

if TYPE_CHECKING:
    from leukcodes.caches import clear_caches
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
        UnknownNameError,
    )
    from leukcodes.models import (
        Candidate,
        ChangeKind,
        ContextKind,
        DiseaseStatus,
        Evidence,
        Issue,
        Kind,
        MatchKind,
        Mention,
        Note,
        NoteKind,
        Outcome,
        Relationship,
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
    from leukcodes.render import CodeMap, Tree, code_map, tree
    from leukcodes.resolver import resolve, resolve_many
    from leukcodes.results import Change, Comparison, Match, Translation
    from leukcodes.rules import RULES, Rule
    from leukcodes.scanner import scan
    from leukcodes.searching import SearchHit
    from leukcodes.terminology import (
        code_systems,
        compare,
        expand,
        get,
        lookup,
        release_on,
        releases,
        search,
        subsumes,
        translate,
        value_set,
        value_sets,
    )
    from leukcodes.types import BillableCode, BillableLeukemiaCode, InRelease, LeukemiaCode
    from leukcodes.validation import is_valid, validate_code, validate_codes
    from leukcodes.valuesets import ValueSet

_NAMES = {
    "caches": ("clear_caches",),
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
        "UnknownNameError",
    ),
    "models": (
        "Candidate",
        "ChangeKind",
        "ContextKind",
        "DiseaseStatus",
        "Evidence",
        "Issue",
        "Kind",
        "MatchKind",
        "Mention",
        "Note",
        "NoteKind",
        "Outcome",
        "Relationship",
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
    "render": ("CodeMap", "Tree", "code_map", "tree"),
    "resolver": ("resolve", "resolve_many"),
    "results": ("Change", "Comparison", "Match", "Translation"),
    "scanner": ("scan",),
    "rules": ("RULES", "Rule"),
    "searching": ("SearchHit",),
    "terminology": (
        "code_systems",
        "compare",
        "expand",
        "get",
        "lookup",
        "release_on",
        "releases",
        "search",
        "subsumes",
        "translate",
        "value_set",
        "value_sets",
    ),
    "types": ("BillableCode", "BillableLeukemiaCode", "InRelease", "LeukemiaCode"),
    "validation": ("is_valid", "validate_code", "validate_codes"),
    "valuesets": ("ValueSet",),
}
_HOME = {name: f"leukcodes.{module}" for module, names in _NAMES.items() for name in names}

__all__ = [
    "RULES",
    "BillableCode",
    "BillableLeukemiaCode",
    "Candidate",
    "Change",
    "ChangeKind",
    "ClaimResult",
    "CodeMap",
    "Comparison",
    "Concept",
    "ContextKind",
    "DiseaseStatus",
    "Evidence",
    "IcdCode",
    "InRelease",
    "InvalidCodeError",
    "Issue",
    "IssuesError",
    "Kind",
    "LeukcodesError",
    "LeukemiaCode",
    "Match",
    "MatchKind",
    "Mention",
    "MissingExtraError",
    "Note",
    "NoteKind",
    "Outcome",
    "Relationship",
    "Release",
    "ReleaseNotFoundError",
    "Resolution",
    "ResolutionKind",
    "Rule",
    "Scope",
    "SearchHit",
    "Setting",
    "Severity",
    "Span",
    "StatusBasis",
    "Translation",
    "Tree",
    "UnknownCodeError",
    "UnknownNameError",
    "ValidationOutcome",
    "ValidationResult",
    "ValueSet",
    "__version__",
    "clear_caches",
    "code_map",
    "code_systems",
    "compare",
    "expand",
    "get",
    "is_valid",
    "lookup",
    "release_on",
    "releases",
    "resolve",
    "resolve_many",
    "scan",
    "search",
    "subsumes",
    "translate",
    "tree",
    "validate_claim",
    "validate_code",
    "validate_codes",
    "value_set",
    "value_sets",
]


views_from(lambda kind: import_module(f"leukcodes.render.{kind}"))


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
