"""What each result has to say on its card."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any, Final

from leukcodes.claims import ClaimResult
from leukcodes.codesystem import Concept
from leukcodes.display import Listing
from leukcodes.models import Note, Release, Resolution, ValidationResult
from leukcodes.render.blocks import (
    LONGEST,
    MOST,
    TONES,
    Card,
    Facts,
    Marked,
    Notes,
    Table,
    Tag,
    cut,
    issues,
    words,
)
from leukcodes.render.code_map import CodeMap
from leukcodes.render.map_views import map_note
from leukcodes.render.summary import PLACES, Summary, most_frequent
from leukcodes.render.tree import Tree
from leukcodes.results import Comparison, Translation
from leukcodes.searching import SearchHit
from leukcodes.valuesets import ValueSet

__all__ = ["card_of"]


def card_of(result: object) -> Card | None:
    """The card of a result; None where there is none."""
    view = next((view for kind, view in _VIEWS.items() if isinstance(result, kind)), None)
    return None if view is None else view(result)


def _concept(concept: Concept) -> Card:
    above = " › ".join(f"{each.code} {each.title}" for each in reversed(concept.ancestors))
    statuses = (
        sorted((concept, *concept.other_statuses), key=lambda each: each.code) if concept.status else []
    )
    billing = Tag("can be billed", "good") if concept.billable else Tag("header, cannot be billed", "warn")
    status = [Tag(concept.status, "info")] if concept.status else []
    valid = f"from {concept.valid_from} {f'to {concept.valid_to}' if concept.valid_to else 'on'}"
    return Card(
        f"{concept.code} {concept.title}",
        concept.code,
        concept.title,
        [billing, *status, Tag(f"scope {concept.scope}"), Tag(concept.release)],
        [
            Facts([("under", above), ("valid", valid), ("family", concept.family)]),
            Table(
                "By disease status",
                ("code", "disease status", ""),
                [
                    (each.code, words(each.status), "this code" if each == concept else "")
                    for each in statuses
                ],
            ),
            _codes("Codes below", concept.children),
            *_notes(concept),
        ],
    )


def _codes(caption: str, concepts: Iterable[Concept]) -> Table:
    return Table(caption, ("code", "title"), [(each.code, each.title) for each in concepts])


def _notes(concept: Concept) -> Iterator[Notes | str]:
    """The notes by kind; a chapter's are pages of general guidance, so that only their number stands here."""
    kinds: dict[str, list[Note]] = {}
    general = 0
    for note in concept.notes():
        if note.owner.startswith("chapter:"):
            general += 1
        else:
            kinds.setdefault(note.kind, []).append(note)
    for kind, notes in kinds.items():
        lines = [(note.text, "" if note.owner == concept.code else f"at {note.owner}") for note in notes]
        yield Notes(words(kind), lines)
    if general:
        yield f"and {general} general notes of chapter {concept.chapter}"


def _moment(result: ValidationResult | ClaimResult) -> Tag:
    return Tag(f"{result.release} on {result.on}" if result.on else result.release)


def _validation(result: ValidationResult) -> Card:
    subject = result.code or cut(result.input)
    return Card(
        f"{subject}: {words(result.result)}",
        subject,
        result.concept.title if result.concept else "",
        [Tag(result.result, TONES[result.result]), _moment(result)],
        [issues(result.issues)],
    )


def _claim(result: ClaimResult) -> Card:
    rows = [
        (
            each.code or cut(each.input),
            each.concept.title if each.concept else "",
            Tag(each.result, TONES[each.result]),
        )
        for each in result.codes
    ]
    verdict = "valid" if result.valid else "invalid"
    setting = [Tag(result.setting)] if result.setting else []
    return Card(
        f"Claim: {verdict}",
        f"Claim of {len(result.codes)} codes",
        tags=[Tag(verdict, TONES[verdict]), _moment(result), *setting],
        blocks=[
            Table("Codes, the first one principal or first-listed", ("code", "title", "verdict"), rows),
            issues(result.issues),
        ],
    )


def _resolution(found: Resolution) -> Card:
    answer = (found.code, found.title or "") if found.code else ("no code given", "")
    kind = [Tag(found.kind, "info")] if found.kind else []
    basis = [Tag(f"status {found.status_basis}")] if found.family.codes else []
    rows = [(each.code, each.title, f"{each.score:.0f}") for each in found.candidates]
    caption = "Candidates, best first" if len(rows) > 1 else "Candidate"
    return Card(
        " ".join(filter(None, (f"{found.outcome}:", *answer))),
        *answer,
        [Tag(found.outcome, TONES[found.outcome]), *kind, *basis, Tag(found.release)],
        [
            Marked(list(_marked(found))),
            Table(caption, ("code", "title", "score"), rows),
            issues(found.issues),
        ],
    )


def _marked(found: Resolution) -> Iterator[tuple[str, str, str]]:
    """The input in pieces, each with every slot that it was read for; a long one is cut between them."""
    slots = (
        ("disease", "info", found.family),
        ("status", "good", found.status),
        ("context", "warn", found.context),
    )
    marks = sorted((item.span, name, tone) for name, tone, slot in slots for item in slot.evidence)[:MOST]
    ends = sorted({0, len(found.text), *(place for span, _, _ in marks for place in span)})
    for start, end in pairwise(ends):
        over = {name: tone for span, name, tone in marks if span.start <= start and end <= span.end}
        names = [name for name, _, _ in slots if name in over]
        text = found.text[start:end]
        yield (cut(text), " and ".join(names), over[names[0]]) if names else (_between(text), "", "")


def _between(text: str) -> str:
    half = LONGEST // 2
    return text if len(text) <= LONGEST else f"{text[:half]} … {len(text):,} characters … {text[-half:]}"


def _value_set(found: ValueSet) -> Card:
    name = found.title or "Codes"
    tags = [Tag(f"{len(found):,} codes"), Tag(found.release)]
    return Card(name, name, tags=tags, blocks=[_codes(found.source, found)])


def _release(release: Release) -> Card:
    facts = (
        ("days", f"{release.effective_from} to {release.effective_to}"),
        ("titles from", release.titles_from),
        ("notes from", release.notes_from),
        ("checked", release.verification),
    )
    return Card(release.name, f"ICD-10-CM {release.name}", blocks=[Facts(facts)])


def _comparison(found: Comparison) -> Card:
    rows = [
        (each.code, words(each.kind), each.effective, each.new_title or each.old_title, ", ".join(each.into))
        for each in found.changes
    ]
    head = ("code", "change", "from", "title", "into")
    name = f"{found.old} to {found.new}"
    return Card(name, name, blocks=[Table(f"{len(found.changes)} changes", head, rows)])


def _tree(found: Tree) -> Card:
    return Card(f"{found.root} and all below it", found.root.code, found.root.title, blocks=[found])


def _map(grid: CodeMap) -> Card:
    return Card("Code map", "Code map", blocks=[grid, map_note(grid)])


def _summary(found: Summary) -> Card:
    rows = [
        (f"{count:,}", f"{PLACES[place]}{most_frequent(found, place)}")
        for place, count in found.places.items()
    ]
    return Card(
        f"{found.column} by family and disease status",
        found.column,
        tags=[Tag(f"{found.total:,} rows"), Tag(found.release)],
        blocks=[found.map, map_note(found.map), Table("All rows", ("rows", "are"), rows)],
    )


def _listing(found: Listing[Any]) -> Card:
    if not found:
        return Card("Nothing found", "Nothing found")
    name, head, row = _LISTED[type(found[0])]
    title = f"{len(found):,} {name}{'s' if len(found) > 1 else ''}"
    return Card(title, title, blocks=[Table("", head, [row(each) for each in found])])


def _translation_row(row: Translation) -> tuple[object, ...]:
    remarks = [
        *map(words, row.qualifiers),
        "approximate" if row.approximate else "",
        f"by {row.via}" if row.via else "",
        "disease status is lost" if row.status_kept is False else "",
        row.note,
    ]
    return (
        row.target_code or "no counterpart",
        row.target_title,
        f"{row.source_code} → {words(row.target_system)}",
        words(row.relationship or ""),
        "; ".join(filter(None, remarks)),
    )


_LISTED: Final[dict[type, tuple[str, tuple[str, ...], Callable[[Any], tuple[object, ...]]]]] = {
    Release: (
        "release",
        ("release", "from", "to", "titles from", "checked"),
        lambda each: (
            *(each.name, each.effective_from, each.effective_to),
            *(each.titles_from, each.verification),
        ),
    ),
    SearchHit: (
        "code",
        ("code", "title", "found by"),
        lambda each: (each.code, each.title, f"{words(each.match.kind)}: {each.match.marked()}"),
    ),
    Translation: ("counterpart", ("code", "title", "map", "relationship", "remarks"), _translation_row),
}

_VIEWS: Final[dict[type, Callable[[Any], Card]]] = {
    Concept: _concept,
    Resolution: _resolution,
    ValidationResult: _validation,
    ClaimResult: _claim,
    ValueSet: _value_set,
    Release: _release,
    Comparison: _comparison,
    CodeMap: _map,
    Summary: _summary,
    Tree: _tree,
    Listing: _listing,
}
