"""What must hold of every answer, whatever the input: checked by the property tests and by the fuzzer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import leukcodes as lc
from leukcodes.codesystem import When
from leukcodes.models import Evidence, Span

__all__ = [
    "check_answer",
    "check_claim",
    "check_concept",
    "check_issue",
    "check_mentions",
    "check_resolution",
    "check_validation",
]


def check_resolution(found: lc.Resolution, text: str, on: When = None) -> None:
    """An answer of `resolve`: of the text given, well-formed, readable again, no code that is not sure."""
    check_answer(found, on)
    assert found.text == _writable(text)
    assert lc.Resolution.model_validate_json(found.model_dump_json()) == found


def check_answer(found: lc.Resolution, on: When = None) -> None:
    """What holds of an answer to a field and of one within a note."""
    coded = found.outcome is lc.Outcome.CODED
    assert (found.code is not None) == coded == (found.title is not None) == (found.kind is not None)
    assert coded or not found.is_leukemia
    scores = [candidate.score for candidate in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 100 for score in scores)
    assert len({candidate.code for candidate in found.candidates}) == len(found.candidates)
    for candidate in found.candidates:
        _check_code(candidate.code, candidate.title, on)
    if coded:
        _check_coded(found, on)
    if found.outcome is lc.Outcome.REVIEW:
        assert any(issue.severity is lc.Severity.QUERY or issue.rule == "LK-S003" for issue in found.issues)
    for words in _evidence(found):
        _check_words(words, found.text)
    for issue in found.issues:
        check_issue(issue)
        for span in issue.spans:
            assert 0 <= span.start < span.end <= len(found.text)
    assert found.explain()


def check_mentions(mentions: list[lc.Mention], note: str, on: When = None) -> None:
    """An answer of `scan`: in order, each where it says.

    A code written among the words of a diagnosis lies within it; two names glued to one word share it.
    """
    note, before = _writable(note), Span(0, 0)
    for mention in mentions:
        span = mention.span
        assert before <= span
        assert span.start < span.end <= len(note)
        assert note[span.start : span.end] == mention.text
        within = span.end <= before.end
        assert within or not any(map(str.isspace, note[span.start : before.end]))
        before = span
        check_answer(mention.resolution, on)
        assert lc.Mention.model_validate_json(mention.model_dump_json()) == mention


def check_validation(found: lc.ValidationResult) -> None:
    """An answer of `validate_code`: valid exactly where nothing is said against the code."""
    assert found.valid == bool(found) == (not found.issues)
    assert not found.valid or (found.concept is not None and found.concept.billable)
    errors = [issue for issue in found.issues if issue.severity is lc.Severity.ERROR]
    assert errors or found.result is not lc.ValidationOutcome.INVALID
    # A date that cannot be used is an error, and nothing is said against the code.
    assert not errors or found.on is None or found.result is lc.ValidationOutcome.INVALID
    for issue in found.issues:
        check_issue(issue)
        for code in issue.suggestions:
            assert lc.get(code, on=found.on) is not None, f"{code} is suggested and not known"
    assert lc.ValidationResult.model_validate_json(found.model_dump_json()) == found


def check_claim(found: lc.ClaimResult, count: int) -> None:
    """An answer of `validate_claim`: a result for each code, and what was said of them, worst first."""
    assert len(found.codes) == count
    assert found.valid == bool(found)
    order = list(lc.Severity)
    ranks = [order.index(issue.severity) for issue in found.issues]
    assert ranks == sorted(ranks)
    for result in found.codes:
        check_validation(result)
    for issue in found.issues:
        check_issue(issue)
    assert lc.ClaimResult.model_validate_json(found.model_dump_json()) == found


def check_concept(concept: lc.Concept, on: When = None) -> None:
    """A concept: of the release asked, in its place in the tree."""
    assert concept.release == (lc.releases()[-1] if on is None else lc.release_on(on)).name  # type: ignore[arg-type] - on is any date
    # A header of which nothing is packaged has no children here.
    assert not (concept.billable and concept.children)
    assert concept.parent is None or concept in concept.parent.children
    assert lc.lookup(concept.code, on=on) == concept


def check_issue(issue: lc.Issue) -> None:
    """An issue that a person can act on and a machine can look up."""
    assert issue.rule in lc.RULES
    assert issue.message
    assert issue.release in {release.name for release in lc.releases()}
    assert len(issue.message) < 2000, "a message repeats a long input"


def _check_coded(found: lc.Resolution, on: When) -> None:
    code = found.code
    assert code is not None
    _check_code(code, found.title or "", on)
    assert not [issue for issue in found.issues if issue.severity is lc.Severity.QUERY], "an open query"
    assert not found.candidates or found.candidates[0].code == code
    concept = lc.lookup(code, on=on)
    assert found.is_leukemia == (concept.scope is lc.Scope.LEUKEMIA)
    if found.kind in (lc.ResolutionKind.DISEASE, lc.ResolutionKind.RELATED) and concept.status is not None:
        assert found.status.value is concept.status
    if found.status.basis is lc.StatusBasis.STATED:
        assert found.status.evidence, "a status is stated by no word"
    assert found.family.evidence, "a code rests on no word"


def _check_code(code: lc.IcdCode, title: str, on: When) -> None:
    concept = lc.get(code, on=on)
    assert concept is not None, f"{code} is not valid on {on}"
    assert concept.billable, f"{code} cannot be billed on {on}"
    assert concept.title == title


def _check_words(words: Evidence, text: str) -> None:
    assert 0 <= words.span.start < words.span.end <= len(text)
    assert text[words.span.start : words.span.end] == words.text
    assert words.reading


def _evidence(found: lc.Resolution) -> Iterator[Evidence]:
    yield from found.family.evidence
    yield from found.status.evidence
    yield from found.context.evidence
    for candidate in found.candidates:
        yield from candidate.evidence


def _writable(text: str) -> str:
    """The text without lone surrogates, which no file can hold."""
    return re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)
