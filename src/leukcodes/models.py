"""Frozen records and enums of everything the library returns. This module knows no data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self, TypeVar

from leukcodes.codes import IcdCode
from leukcodes.display import Shown
from leukcodes.enums import (
    ChangeKind,
    ContextKind,
    DiseaseStatus,
    Kind,
    MatchKind,
    NoteKind,
    Outcome,
    Relationship,
    ResolutionKind,
    Scope,
    Setting,
    Severity,
    StatusBasis,
    ValidationOutcome,
)
from leukcodes.errors import IssuesError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = [
    "Candidate",
    "ChangeKind",
    "ConceptRecord",
    "ContextKind",
    "ContextSlot",
    "DiseaseStatus",
    "Evidence",
    "FamilySlot",
    "Issue",
    "Judged",
    "Kind",
    "MatchKind",
    "Mention",
    "Note",
    "NoteKind",
    "Outcome",
    "Record",
    "Relationship",
    "Release",
    "Resolution",
    "ResolutionKind",
    "Scope",
    "Setting",
    "Severity",
    "Span",
    "StatusBasis",
    "StatusSlot",
    "ValidationOutcome",
    "ValidationResult",
    "severity_rank",
]


_R = TypeVar("_R")


class Span(NamedTuple):
    """Character offsets into the input, end exclusive: `text[span.start:span.end]`."""

    start: int
    end: int


_ADAPTERS: Final[dict[type[Any], Any]] = {}


def _adapter(record: type[_R]) -> TypeAdapter[_R]:
    """Built on first use of each record: pydantic is slow to import and to build, and few callers need it."""
    known: TypeAdapter[_R] | None = _ADAPTERS.get(record)
    if known is None:
        from pydantic import TypeAdapter

        known = _ADAPTERS[record] = TypeAdapter(record)
    return known


class Record(Shown):
    """What every result can do: dump itself to plain data and JSON, and come back from either."""

    __slots__ = ()

    def model_dump(self) -> dict[str, Any]:
        """Plain data, ready for `json.dumps`: enums as their values, dates in ISO form, tuples as lists."""
        dumped: dict[str, Any] = _adapter(type(self)).dump_python(self, mode="json")
        return dumped

    def model_dump_json(self) -> str:
        """The same as JSON text; keys in the order of the fields."""
        return _adapter(type(self)).dump_json(self).decode()

    @classmethod
    def model_validate_json(cls, data: str | bytes) -> Self:
        """Read back what `model_dump_json` wrote."""
        return _adapter(cls).validate_json(data)


@dataclass(frozen=True, slots=True)
class Release(Record):
    """A fiscal year of ICD-10-CM: its days (both inclusive), and whose official text speaks for it."""

    name: str
    effective_from: date
    effective_to: date
    titles_from: str
    notes_from: str
    verification: str = ""

    def __contains__(self, day: date) -> bool:
        return self.effective_from <= day <= self.effective_to


@dataclass(frozen=True, slots=True)
class Note(Record):
    """An instructional note, word for word.

    `owner` is the code, block or chapter it stands at; `refs` are the codes it names (`C91.1-` with all
    below it, `C91.10` alone, `C81-C96` a range); `release` is the one whose official text this is.
    """

    kind: NoteKind
    text: str
    owner: str
    refs: tuple[str, ...] = ()
    release: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class ConceptRecord(Record):
    """A code as one release has it. `leukcodes.Concept` adds the tree and the notes; it equals its record."""

    code: IcdCode
    title: str
    kind: Kind
    scope: Scope
    billable: bool
    parent_code: IcdCode | None
    family_code: IcdCode | None
    status: DiseaseStatus | None
    block: str
    chapter: str
    valid_from: date
    valid_to: date | None
    release: str
    title_release: str

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ConceptRecord):
            return NotImplemented
        return self is other or _concept_fields(self) == _concept_fields(other)

    def __hash__(self) -> int:
        return hash((self.code, self.release, self.valid_from))


_concept_fields: Final = attrgetter(*ConceptRecord.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Issue(Record):
    """Something a caller should know: a stable rule id, how bad it is, and what to do about it.

    `codes` are the codes it is about, `suggestions` what to use instead, `source` where the rule stands,
    `release` the data it was judged by, `spans` the words of the input it rests on.
    """

    rule: str
    severity: Severity
    message: str
    codes: tuple[str, ...] = ()
    suggestions: tuple[IcdCode, ...] = ()
    source: str = ""
    release: str = ""
    spans: tuple[Span, ...] = ()


class Judged(Record):
    """What results with issues share: raising on demand."""

    __slots__ = ()

    issues: tuple[Issue, ...]

    def raise_for_issues(self, at_least: Severity | str = Severity.ERROR) -> Self:
        """Raise where an issue is that bad or worse; otherwise give the result back.

        A code outside the packaged scope has no error: ask `valid` where it must have been checked.

        Raises:
            IssuesError: with the issues, worst first.

        Example:
            >>> from leukcodes import validate_code
            >>> validate_code("C94.20").raise_for_issues().valid
            True
        """
        bar = _SEVERITIES.index(Severity(at_least))
        found = sorted((i for i in self.issues if _SEVERITIES.index(i.severity) <= bar), key=severity_rank)
        if found:
            more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
            raise IssuesError(f"{found[0].rule}: {found[0].message}{more}", tuple(found))
        return self


_SEVERITIES: Final = tuple(Severity)


def severity_rank(issue: Issue) -> int:
    """A key that sorts issues worst first."""
    return _SEVERITIES.index(issue.severity)


@dataclass(frozen=True, slots=True)
class ValidationResult(Judged):
    """Whether one code is good on one date. Truthy when valid.

    `input` is what was judged, shortened where it is long; `code` is None where the input is malformed;
    `concept` is the code as it stood on the day `on`, None where it did not. A date that could not be used
    leaves `on` empty, and `release` is then the newest.
    """

    input: str
    result: ValidationOutcome
    code: IcdCode | None
    concept: ConceptRecord | None
    issues: tuple[Issue, ...]
    release: str
    on: date | None = None

    @property
    def valid(self) -> bool:
        """True only for `result == "valid"`: a code that was not checked is not valid."""
        return self.result is ValidationOutcome.VALID

    def __bool__(self) -> bool:
        return self.valid


@dataclass(frozen=True, slots=True)
class Evidence(Record):
    """Words of the input and how they were read.

    `text` is the input at `span`, as written; `reading` is the vocabulary's term or rule; `source` and
    `certainty` are the vocabulary row's.
    """

    text: str
    span: Span
    reading: str
    source: str = ""
    certainty: str = "high"


@dataclass(frozen=True, slots=True)
class FamilySlot(Record):
    """The disease read from the text: one family, or several where the text leaves it open."""

    code: IcdCode | None = None
    codes: tuple[IcdCode, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusSlot(Record):
    """The disease status read from the text, and how it came about."""

    value: DiseaseStatus | None = None
    basis: StatusBasis = StatusBasis.UNDETERMINED
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ContextSlot(Record):
    """What the words around the disease make of it, strongest first."""

    kinds: tuple[ContextKind, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate(Record):
    """A code the text may mean, with a score from 0 to 100 that is comparable across inputs."""

    code: IcdCode
    title: str
    score: float
    evidence: tuple[Evidence, ...] = ()


_NO_FAMILY: Final = FamilySlot()
_NO_STATUS: Final = StatusSlot()
_NO_CONTEXT: Final = ContextSlot()


@dataclass(frozen=True, slots=True)
class Resolution(Record):
    """What a diagnosis text was read as.

    `code` is set only when `outcome` is coded; `candidates` are ordered best first, the order is stable.
    """

    text: str
    outcome: Outcome
    code: IcdCode | None = None
    title: str | None = None
    kind: ResolutionKind | None = None
    is_leukemia: bool = False
    family: FamilySlot = _NO_FAMILY
    status: StatusSlot = _NO_STATUS
    context: ContextSlot = _NO_CONTEXT
    candidates: tuple[Candidate, ...] = ()
    issues: tuple[Issue, ...] = field(default=())
    release: str = ""

    @property
    def status_basis(self) -> StatusBasis:
        """How the disease status came about."""
        return self.status.basis

    def explain(self) -> str:
        """The reading in plain words: what was found, what was assumed, what must be asked."""
        return "\n".join(_explanation(self))


@dataclass(frozen=True, slots=True)
class Mention(Record):
    """A leukemia diagnosis found in a longer text: where it stands and what it was read as."""

    span: Span
    text: str
    resolution: Resolution


def _explanation(found: Resolution) -> list[str]:
    lines = [
        f"{found.outcome}: {found.code} {found.title}" if found.code else f"{found.outcome}: no code given"
    ]
    slots = (
        ("disease", found.family.evidence),
        ("status", found.status.evidence),
        ("context", found.context.evidence),
    )
    for name, evidence in slots:
        lines += [f"  {name}: {item.text!r} read as {item.reading} [{item.source}]" for item in evidence]
    if found.family.codes:
        lines.append(f"  status basis: {found.status.basis}")
    if found.code is None:
        lines += [f"  candidate: {item.code} {item.title} ({item.score:.0f})" for item in found.candidates]
    lines += [f"  {issue.severity} {issue.rule}: {issue.message}" for issue in found.issues]
    return lines
