"""Records as plain text for people: cards, trees, verdicts. No colour, no width, nothing cut off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leukcodes.codesystem import Concept
    from leukcodes.models import Issue, Note, Release, ValidationResult

__all__ = ["concept_text", "release_text", "tree_text", "validation_text"]


def concept_text(concept: Concept) -> str:
    """A card: code and title, what kind of code it is, where it stands, and the notes that apply to it.

    Example:
        >>> import leukcodes as lc
        >>> print(concept_text(lc.lookup("C94.20")).splitlines()[0])
        C94.20  Acute megakaryoblastic leukemia not having achieved remission
    """
    return "\n".join(_card(concept))


def tree_text(concept: Concept) -> str:
    """A concept and all below it, one a line, in tabular order.

    Example:
        >>> import leukcodes as lc
        >>> print(tree_text(lc.lookup("C94.2")))
        C94.2  Acute megakaryoblastic leukemia
        ├── C94.20  Acute megakaryoblastic leukemia not having achieved remission
        ├── C94.21  Acute megakaryoblastic leukemia, in remission
        └── C94.22  Acute megakaryoblastic leukemia, in relapse
    """
    return "\n".join([_heading(concept), *_branches(concept, "")])


def validation_text(result: ValidationResult) -> str:
    """The verdict on one code, then its issues, one a line.

    Example:
        >>> import leukcodes as lc
        >>> print(validation_text(lc.validate_code("C94.20")))
        C94.20: valid in FY2027 on 2026-10-01: Acute megakaryoblastic leukemia not having achieved remission
    """
    subject = result.code or repr(result.input)
    verdict = result.result.value.replace("_", " ")
    title = f": {result.concept.title}" if result.concept else ""
    head = f"{subject}: {verdict} in {_moment(result)}{title}"
    return "\n".join([head, *(f"  {issue_text(issue)}" for issue in result.issues)])


def issue_text(issue: Issue) -> str:
    """Severity, rule id and message."""
    return f"{issue.severity} {issue.rule}: {issue.message}"


def release_text(release: Release) -> str:
    """A release, its days, and whose official text speaks for it.

    Example:
        >>> import leukcodes as lc
        >>> print(release_text(lc.release_on("2026-11-21")).splitlines()[0])
        FY2027  2026-10-01 to 2027-09-30
    """
    lines = [
        f"{release.name}  {release.effective_from} to {release.effective_to}",
        f"  titles from {release.titles_from}, notes from {release.notes_from}",
    ]
    if release.verification:
        lines.append(f"  {release.verification}")
    return "\n".join(lines)


def _moment(result: ValidationResult) -> str:
    return f"{result.release} on {result.on}" if result.on else result.release


def _heading(concept: Concept) -> str:
    return f"{concept.code}  {concept.title}"


def _card(concept: Concept) -> Iterator[str]:
    yield _heading(concept)
    billing = "can be billed" if concept.billable else "a header, cannot be billed"
    yield f"  {concept.kind}, {billing}; scope {concept.scope}; {concept.release}, {_span(concept)}"
    if concept.status:
        yield f"  family {concept.family}, status {concept.status}"
    if concept.ancestors:
        yield "  under " + " > ".join(_heading(above) for above in reversed(concept.ancestors))
    for below in concept.children:
        yield f"  holds {_heading(below)}"
    # A chapter's notes are pages of general guidance; the card says that they are there.
    notes = concept.notes()
    general = [note for note in notes if note.owner.startswith("chapter:")]
    yield from (f"  {_note(note, concept)}" for note in notes if note not in general)
    if general:
        yield f"  and {len(general)} general notes of chapter {concept.chapter}"


def _span(concept: Concept) -> str:
    until = f"to {concept.valid_to}" if concept.valid_to else "on"
    return f"valid from {concept.valid_from} {until}"


def _note(note: Note, concept: Concept) -> str:
    kind = note.kind.replace("_", " ")
    where = "" if note.owner == concept.code else f" (at {note.owner})"
    return f"{kind}{where}: {note.text}"


def _branches(concept: Concept, indent: str) -> Iterator[str]:
    last = len(concept.children) - 1
    for place, child in enumerate(concept.children):
        fork, below = ("└── ", "    ") if place == last else ("├── ", "│   ")
        yield f"{indent}{fork}{_heading(child)}"
        yield from _branches(child, indent + below)
