"""Results as notebook cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from leukcodes.claims import ClaimResult
from leukcodes.codesystem import Concept
from leukcodes.models import Issue, Note, Outcome, Release, Resolution, Severity, ValidationResult
from leukcodes.render.code_map import CodeMap
from leukcodes.render.map_views import map_note, map_table
from leukcodes.render.markup import Markup, element, joined
from leukcodes.render.sheet import framed
from leukcodes.render.summary import PLACES, Summary, most_frequent
from leukcodes.render.tree import Tree
from leukcodes.results import Comparison
from leukcodes.valuesets import ValueSet

__all__ = ["html"]

_LONGEST: Final = 600
_MOST: Final = 120
_TONES: Final = {
    Severity.ERROR: "bad",
    Severity.WARNING: "warn",
    Severity.QUERY: "ask",
    Severity.INFO: "info",
    "valid": "good",
    "invalid": "bad",
    "not_checked": "plain",
    "coded": "good",
    "review": "ask",
    "none": "plain",
}


def html(result: object) -> str | None:
    """The card of a result as HTML; None where there is none."""
    view = next((view for kind, view in _VIEWS.items() if isinstance(result, kind)), None)
    return None if view is None else view(result)


def _words(name: object) -> str:
    return str(name).replace("_", " ")


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text):,} characters)"


def _tag(text: object, tone: str = "plain") -> Markup:
    return element("span", _words(text), class_=f"tag {tone}")


def _facts(**facts: object) -> Markup:
    given = ((name, fact) for name, fact in facts.items() if fact not in (None, ""))
    return element("dl", *(joined(element("dt", _words(name)), element("dd", fact)) for name, fact in given))


def _table(caption: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> Markup:
    listed = [element("tr", *(element("td", cell) for cell in row)) for row in rows]
    if not listed:
        return Markup()
    more = element("p", f"and {len(listed) - _MOST:,} more") if len(listed) > _MOST else Markup()
    columns = element("thead", element("tr", *(element("th", name, scope="col") for name in head)))
    body = element("tbody", *listed[:_MOST])
    return joined(element("table", element("caption", caption), columns, body), more)


def _issues(issues: Iterable[Issue]) -> Markup:
    rows = (
        (
            _tag(issue.severity, _TONES[issue.severity]),
            element("span", issue.rule, class_="code"),
            _cut(issue.message),
        )
        for issue in issues
    )
    return _table("What to know", ("severity", "rule", "message"), rows)


def _concept(concept: Concept) -> str:
    above = " › ".join(f"{each.code} {each.title}" for each in reversed(concept.ancestors))
    statuses = (
        sorted((concept, *concept.other_statuses), key=lambda each: each.code) if concept.status else []
    )
    rows = [(each.code, _words(each.status), "this code" if each == concept else "") for each in statuses]
    return framed(
        f"{concept.code} {concept.title}",
        element("h3", element("b", concept.code), "  ", concept.title),
        _tag("can be billed", "good") if concept.billable else _tag("header, cannot be billed", "warn"),
        _tag(concept.status, "info") if concept.status else "",
        _tag(f"scope {concept.scope}"),
        _tag(concept.release),
        _facts(
            under=above,
            valid=f"from {concept.valid_from} {f'to {concept.valid_to}' if concept.valid_to else 'on'}",
            family=concept.family,
        ),
        _table("By disease status", ("code", "disease status", ""), rows),
        _table("Codes below", ("code", "title"), ((each.code, each.title) for each in concept.children)),
        *_notes(concept),
    )


def _notes(concept: Concept) -> Iterator[Markup]:
    """The notes by kind; a chapter's are pages of general guidance, so that only their number stands here."""
    kinds: dict[str, list[Note]] = {}
    general = 0
    for note in concept.notes():
        if note.owner.startswith("chapter:"):
            general += 1
        else:
            kinds.setdefault(note.kind, []).append(note)
    for kind, notes in kinds.items():
        lines = (
            element(
                "li", note.text, "" if note.owner == concept.code else element("small", f" at {note.owner}")
            )
            for note in notes
        )
        yield joined(element("h4", _words(kind)), element("ul", *lines))
    if general:
        yield element("p", element("small", f"and {general} general notes of chapter {concept.chapter}"))


def _validation(result: ValidationResult) -> str:
    subject = result.code or _cut(result.input)
    title = result.concept.title if result.concept else ""
    return framed(
        f"{subject}: {_words(result.result)}",
        element("h3", element("b", subject), "  ", title),
        _tag(result.result, _TONES[result.result]),
        _tag(f"{result.release} on {result.on}" if result.on else result.release),
        _issues(result.issues),
    )


def _claim(result: ClaimResult) -> str:
    rows = (
        (
            each.code or _cut(each.input),
            each.concept.title if each.concept else "",
            _tag(each.result, _TONES[each.result]),
        )
        for each in result.codes
    )
    verdict = "valid" if result.valid else "invalid"
    return framed(
        f"Claim: {verdict}",
        element("h3", f"Claim of {len(result.codes)} codes"),
        _tag(verdict, _TONES[verdict]),
        _tag(f"{result.release} on {result.on}" if result.on else result.release),
        _tag(result.setting) if result.setting else "",
        _table("Codes, the first one principal or first-listed", ("code", "title", "verdict"), rows),
        _issues(result.issues),
    )


def _resolution(found: Resolution) -> str:
    answer = f"{found.code} {found.title}" if found.code else "no code given"
    candidates = () if found.outcome is Outcome.CODED else found.candidates
    return framed(
        f"{found.outcome}: {answer}",
        element("h3", answer),
        _tag(found.outcome, _TONES[found.outcome]),
        _tag(f"{found.kind}", "info") if found.kind else "",
        _tag(f"status {found.status_basis}") if found.family.codes else "",
        _tag(found.release),
        element("p", *_marked(found)),
        _table(
            "Candidates, best first",
            ("code", "title", "score"),
            ((each.code, each.title, f"{each.score:.0f}") for each in candidates),
        ),
        _issues(found.issues),
    )


def _marked(found: Resolution) -> Iterator[Markup]:
    """The input with the words that were read, each with its slot; a long one is cut between them."""
    slots = (
        ("disease", "info", found.family),
        ("status", "good", found.status),
        ("context", "warn", found.context),
    )
    marks = sorted((item.span, name, tone) for name, tone, slot in slots for item in slot.evidence)
    end = 0
    for (start, stop), name, tone in marks[:_MOST]:
        if start < end:
            continue
        yield joined(_between(found.text[end:start]))
        yield element("mark", _cut(found.text[start:stop]), element("small", name), class_=tone)
        end = stop
    yield joined(_between(found.text[end:]))


def _between(text: str) -> str:
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]} … {len(text):,} characters … {text[-half:]}"


def _value_set(found: ValueSet) -> str:
    name = found.title or "Codes"
    return framed(
        name,
        element("h3", name),
        _tag(f"{len(found):,} codes"),
        _tag(found.release),
        _table(found.source, ("code", "title"), ((each.code, each.title) for each in found)),
    )


def _release(release: Release) -> str:
    return framed(
        release.name,
        element("h3", f"ICD-10-CM {release.name}"),
        _facts(
            days=f"{release.effective_from} to {release.effective_to}",
            titles_from=release.titles_from,
            notes_from=release.notes_from,
            checked=release.verification,
        ),
    )


def _comparison(found: Comparison) -> str:
    rows = (
        (each.code, _words(each.kind), each.effective, each.new_title or each.old_title, ", ".join(each.into))
        for each in found.changes
    )
    name = f"{found.old} to {found.new}"
    head = ("code", "change", "from", "title", "into")
    return framed(name, element("h3", name), _table(f"{len(found.changes)} changes", head, rows))


def _tree(found: Tree) -> str:
    return framed(f"{found.root} and all below it", element("ul", _branch(found.root)))


def _branch(concept: Concept) -> Markup:
    below = [_branch(child) for child in concept.children]
    header = _tag("header") if not concept.billable else ""
    return element(
        "li", element("b", concept.code), f" {concept.title} ", header, element("ul", *below) if below else ""
    )


def _map(grid: CodeMap) -> str:
    return framed("Code map", map_table(grid), element("p", element("small", map_note(grid))))


def _summary(found: Summary) -> str:
    rows = (
        (f"{count:,}", f"{PLACES[place]}{most_frequent(found, place)}")
        for place, count in found.places.items()
    )
    return framed(
        f"{found.column} by family and disease status",
        element("h3", found.column),
        _tag(f"{found.total:,} rows"),
        _tag(found.release),
        map_table(found.map),
        element("p", element("small", map_note(found.map))),
        _table("All rows", ("rows", "are"), rows),
    )


_VIEWS: Final[dict[type, Callable[[Any], str]]] = {
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
}
