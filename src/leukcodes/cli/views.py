"""Each command's results as text, as a CSV row and as a line of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from leukcodes.cli.streams import View
from leukcodes.models import Issue, Release, Resolution, Severity, ValidationResult
from leukcodes.render import Tree, concept_text, release_text, validation_text

if TYPE_CHECKING:
    from leukcodes.codesystem import Concept
    from leukcodes.results import Translation
    from leukcodes.searching import SearchHit

__all__ = [
    "CONCEPT",
    "HEALTH",
    "RELEASE",
    "RESOLUTION",
    "SEARCH",
    "TRANSLATION",
    "TREE",
    "VALIDATION",
    "Found",
    "Health",
    "Sought",
    "Translated",
]


@dataclass(frozen=True, slots=True)
class Found:
    """A code that was looked up: the concept, or why there is none. One of a tree's lines has a depth."""

    input: str
    concept: Concept | None
    error: str | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Health:
    """What `doctor` saw. The releases are read only from data that are whole."""

    version: str
    damaged: tuple[str, ...]
    oldest: str | None = None
    newest: str | None = None


@dataclass(frozen=True, slots=True)
class Translated:
    """A code and one of its counterparts, or why there is none."""

    input: str
    row: Translation | None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """What was typed and one of the concepts found for it; without one nothing was found."""

    text: str
    hit: SearchHit | None
    rank: int | None = None


def _join(values: Iterable[object]) -> str:
    return " ".join(map(str, values))


def _messages(issues: Iterable[Issue]) -> str:
    return " | ".join(issue.message for issue in issues)


def _has_error(result: Resolution | ValidationResult) -> bool:
    return any(issue.severity is Severity.ERROR for issue in result.issues)


def _resolution_row(found: Resolution) -> Sequence[object]:
    return (
        found.text,
        found.outcome,
        found.code,
        found.title,
        found.kind,
        found.status.value,
        found.status_basis,
        _join(issue.rule for issue in found.issues),
        _messages(found.issues),
        _join(candidate.code for candidate in found.candidates),
        found.release,
    )


def _resolution_text(found: Resolution) -> str:
    kind = f"\n  kind: {found.kind}, not a leukemia" if found.code and not found.is_leukemia else ""
    return f"{_quoted(found.text)}\n{found.explain()}{kind}"


def _quoted(text: str, limit: int = 200) -> str:
    return repr(text) if len(text) <= limit else f"{text[:limit]!r}…"


def _validation_row(result: ValidationResult) -> Sequence[object]:
    return (
        result.input,
        result.code,
        result.result,
        result.concept.title if result.concept else None,
        _join(issue.rule for issue in result.issues),
        _messages(result.issues),
        _join(dict.fromkeys(code for issue in result.issues for code in issue.suggestions)),
        result.on,
        result.release,
    )


def _found_row(found: Found) -> Sequence[object]:
    concept = found.concept
    if concept is None:
        return (found.input, *[None] * (len(CONCEPT.columns) - 2), found.error)
    return (
        found.input,
        concept.code,
        concept.title,
        concept.kind,
        concept.scope,
        str(concept.billable).lower(),
        concept.family,
        concept.status,
        concept.parent_code,
        concept.valid_from,
        concept.valid_to,
        concept.release,
        None,
    )


def _tree_text(found: Found) -> str | None:
    """A person sees the tree once, drawn from its root; a machine gets every code of it, a row each."""
    if found.concept is None:
        return None
    return "" if found.depth else str(Tree(found.concept))


def _found_json(found: Found) -> str:
    if found.concept is None:
        return json.dumps({"input": found.input, "error": found.error}, ensure_ascii=False)
    return found.concept.model_dump_json()


def _translated_row(found: Translated) -> Sequence[object]:
    row = found.row
    if row is None:
        return (found.input, *[None] * (len(TRANSLATION.columns) - 2), found.error)
    return (
        found.input,
        row.source_system,
        row.source_code,
        row.target_system,
        row.target_code,
        row.target_title,
        row.relationship,
        *(str(flag).lower() for flag in (row.approximate, row.no_map, row.combination)),
        None if row.status_kept is None else str(row.status_kept).lower(),
        str(row.only_status_match).lower(),
        _join(row.qualifiers),
        row.via,
        row.note,
        row.version,
        row.source,
        None,
    )


def _translated_text(found: Translated) -> str | None:
    row = found.row
    if row is None:
        return None
    facts = [
        *row.qualifiers,
        "approximate" if row.approximate else "",
        f"by {row.via}" if row.via else "",
        "" if row.status_kept in (None, True) else "disease status is lost",
        row.note,
    ]
    code = row.target_code or "no counterpart"
    title = f"  {row.target_title}" if row.target_title else ""
    relationship = f" ({row.relationship})" if row.relationship else ""
    said = f"\n  {'; '.join(filter(None, facts))}" if any(facts) else ""
    return f"{row.source_code} -> {row.target_system} {code}{title}{relationship}{said}"


def _sought_row(sought: Sought) -> Sequence[object]:
    hit = sought.hit
    if hit is None:
        return (sought.text, *[None] * (len(SEARCH.columns) - 1))
    return (
        sought.text,
        sought.rank,
        hit.code,
        hit.title,
        str(hit.billable).lower(),
        hit.match.kind,
        hit.match.marked(),
        hit.release,
    )


def _sought_text(sought: Sought) -> str | None:
    hit = sought.hit
    if hit is None:
        return None
    by = "" if hit.match.text in (hit.title, hit.code) else f"\n  {hit.match.kind}: {hit.match.text}"
    return f"{hit.code}  {hit.title}{by}"


def _health_text(health: Health) -> str:
    if health.damaged:
        damage = [f"damaged or missing: {name}" for name in health.damaged]
        return "\n".join([f"leukcodes {health.version}", *damage, "reinstall the package"])
    return (
        f"leukcodes {health.version}, releases {health.oldest} to {health.newest}\n"
        "the packaged data equal their manifest"
    )


RESOLUTION: Final = View[Resolution](
    columns=(
        *("text", "outcome", "code", "title", "kind", "status", "status_basis"),
        *("rules", "messages", "candidates", "release"),
    ),
    row=_resolution_row,
    text=_resolution_text,
    json=Resolution.model_dump_json,
    failed=_has_error,
)

VALIDATION: Final = View[ValidationResult](
    columns=("input", "code", "result", "title", "rules", "messages", "suggestions", "on", "release"),
    row=_validation_row,
    text=validation_text,
    json=ValidationResult.model_dump_json,
    failed=_has_error,
)

CONCEPT: Final = View[Found](
    columns=(
        *("input", "code", "title", "kind", "scope", "billable", "family", "status", "parent"),
        *("valid_from", "valid_to", "release", "error"),
    ),
    row=_found_row,
    text=lambda found: concept_text(found.concept) if found.concept else None,
    json=_found_json,
    failed=lambda found: found.concept is None,
    complaint=lambda found: found.error,
)

TREE: Final = View[Found](
    columns=CONCEPT.columns,
    row=_found_row,
    text=_tree_text,
    json=_found_json,
    failed=CONCEPT.failed,
    complaint=CONCEPT.complaint,
)

TRANSLATION: Final = View[Translated](
    columns=(
        *("input", "source_system", "source_code", "target_system", "target_code", "target_title"),
        *("relationship", "approximate", "no_map", "combination", "status_kept", "only_status_match"),
        *("qualifiers", "via", "note", "version", "source", "error"),
    ),
    row=_translated_row,
    text=_translated_text,
    json=lambda found: (
        found.row.model_dump_json()
        if found.row
        else json.dumps({"input": found.input, "error": found.error}, ensure_ascii=False)
    ),
    failed=lambda found: found.row is None,
    complaint=lambda found: found.error,
)

SEARCH: Final = View[Sought](
    columns=("text", "rank", "code", "title", "billable", "match_kind", "match", "release"),
    row=_sought_row,
    text=_sought_text,
    json=lambda sought: (
        sought.hit.model_dump_json()
        if sought.hit
        else json.dumps({"text": sought.text, "code": None}, ensure_ascii=False)
    ),
    complaint=lambda sought: None if sought.hit else f"nothing found for {_quoted(sought.text)}",
)

RELEASE: Final = View[Release](
    columns=("name", "effective_from", "effective_to", "titles_from", "notes_from", "verification"),
    row=lambda release: (
        *(release.name, release.effective_from, release.effective_to),
        *(release.titles_from, release.notes_from, release.verification),
    ),
    text=release_text,
    json=Release.model_dump_json,
)

HEALTH: Final = View[Health](
    columns=("version", "oldest", "newest", "damaged"),
    row=lambda health: (health.version, health.oldest, health.newest, _join(health.damaged)),
    text=_health_text,
    json=lambda health: json.dumps(asdict(health)),
    failed=lambda health: bool(health.damaged),
)
