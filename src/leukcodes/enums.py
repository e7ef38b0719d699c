"""The closed vocabularies of the results. Each value is its own name in lower case, fit for JSON."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "ChangeKind",
    "ContextKind",
    "DiseaseStatus",
    "Kind",
    "MatchKind",
    "NoteKind",
    "Outcome",
    "Relationship",
    "ResolutionKind",
    "Scope",
    "Setting",
    "Severity",
    "StatusBasis",
    "ValidationOutcome",
]


class DiseaseStatus(StrEnum):
    """Remission status as ICD-10-CM's fifth character names it."""

    NOT_IN_REMISSION = "not_in_remission"
    IN_REMISSION = "in_remission"
    IN_RELAPSE = "in_relapse"


class Kind(StrEnum):
    """What a concept is in the tabular list. Only a `code` can be billed."""

    CATEGORY = "category"
    SUBCATEGORY = "subcategory"
    CODE = "code"


class Scope(StrEnum):
    """Why a code is packaged: a leukemia, a neighbour of one, or what leukemia claims carry beside it."""

    LEUKEMIA = "leukemia"
    RELATED = "related"
    CONTEXT = "context"


class NoteKind(StrEnum):
    """The instructional notes of the tabular list."""

    INCLUSION_TERM = "inclusion_term"
    INCLUDES = "includes"
    EXCLUDES1 = "excludes1"
    EXCLUDES2 = "excludes2"
    CODE_FIRST = "code_first"
    USE_ADDITIONAL = "use_additional"
    CODE_ALSO = "code_also"
    NOTE = "note"


class Severity(StrEnum):
    """How bad an issue is: wrong, probably wrong, to be asked, or worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    QUERY = "query"
    INFO = "info"


class Setting(StrEnum):
    """A facility claim at discharge, or any outpatient or professional claim."""

    INPATIENT = "inpatient"
    OUTPATIENT = "outpatient"


class Outcome(StrEnum):
    """One code and no open question; candidates and a question; or no diagnosis in scope."""

    CODED = "coded"
    REVIEW = "review"
    NONE = "none"


class ResolutionKind(StrEnum):
    """What kind of fact a coded answer states: coded is not the same as "has leukemia"."""

    DISEASE = "disease"
    HISTORY = "history"
    FAMILY_HISTORY = "family_history"
    RELATED = "related"


class StatusBasis(StrEnum):
    """How the disease status came about."""

    STATED = "stated"
    CONVENTION = "convention"
    DEFAULTED = "defaulted"
    UNDETERMINED = "undetermined"


class ContextKind(StrEnum):
    """What the words around a diagnosis make of it."""

    NEGATED = "negated"
    UNCERTAIN = "uncertain"
    FAMILY = "family"
    HISTORY = "history"
    SCREENING = "screening"
    EXPOSURE = "exposure"
    HYPOTHETICAL = "hypothetical"
    OTHER_PERSON = "other_person"
    ALTERNATIVE = "alternative"


class ValidationOutcome(StrEnum):
    """Good, not good, or outside what the packaged data can judge."""

    VALID = "valid"
    INVALID = "invalid"
    NOT_CHECKED = "not_checked"


class Relationship(StrEnum):
    """How a code stands to its counterpart in another system: FHIR's words, and `inexact` for coarse maps."""

    EQUIVALENT = "equivalent"
    SOURCE_IS_NARROWER = "source-is-narrower-than-target"
    SOURCE_IS_BROADER = "source-is-broader-than-target"
    RELATED = "related-to"
    INEXACT = "inexact"


class MatchKind(StrEnum):
    """Where a search found what was typed."""

    CODE = "code"
    TITLE = "title"
    INCLUSION_TERM = "inclusion_term"
    INDEX_ENTRY = "index_entry"
    SYNONYM = "synonym"
    ABBREVIATION = "abbreviation"


class ChangeKind(StrEnum):
    """What happened to a code between two releases. A split code became a header."""

    ADDED = "added"
    DELETED = "deleted"
    RETITLED = "retitled"
    SPLIT = "split"
