"""From what was read to the answer for a whole text: one disease, several, a relative's, or none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from leukcodes.answers import Answer
from leukcodes.codes import IcdCode
from leukcodes.codesystem import system
from leukcodes.models import (
    Candidate,
    DiseaseStatus,
    FamilySlot,
    Issue,
    Outcome,
    Resolution,
    ResolutionKind,
    Scope,
    Severity,
    Span,
)
from leukcodes.rules import make_issue
from leukcodes.slots import Asker, candidates, code_for, evidence, icd, kin_code
from leukcodes.text.diagnosis import Diagnosis, TextReading
from leukcodes.text.lexicon import lexicon, words_of
from leukcodes.written import code_only, old_codes, written_codes

__all__ = ["describe", "describe_each"]

_DIGIT = re.compile("[0-9]")
_LONE_MARKER_SCORE = 30.0
_OPEN_SCORE = 60.0
_AFTER_ANOTHER = "C92.A"  # a leukemia that follows another disease, whose code may well stand beside it


def describe(asker: Asker, reading: TextReading) -> Resolution:
    """The answer for a text that has been read."""
    standing = [one for one in reading.diagnoses if not one.removed_by]
    own = _foremost([one for one in standing if not one.has("family")])
    if len(own) == 1:
        return _with_codes(asker, Answer(asker, reading, own[0]).give())
    if own:
        return _several(asker, reading, own)
    if standing:
        return _family_history(asker, reading, standing)
    return _nothing(asker, reading)


def _with_codes(asker: Asker, found: Resolution) -> Resolution:
    """The answer held against a code written beside the words; where they differ, both are for review."""
    own = found.code
    others = {} if own is None else _other_codes(asker.text, own)
    if own is None or not others:
        return found
    message = f"the text gives the code {', '.join(others)}, the words say {own}; which is right?"
    issue = make_issue("LK-M004", message, codes=others, release=asker.release)
    return replace(
        found,
        outcome=Outcome.REVIEW,
        code=None,
        title=None,
        kind=None,
        is_leukemia=False,
        candidates=candidates(
            tuple(dict.fromkeys((own, *_billable(chain(*others.values()), found.status.value, asker)))),
            _OPEN_SCORE,
            found.family.evidence,
            asker.day,
        ),
        issues=(issue, *found.issues),
    )


def _other_codes(text: str, own: IcdCode) -> dict[str, tuple[IcdCode, ...]]:
    """The codes of a text that do not agree with its words, with what those of ICD-9-CM are now.

    A code of a history, or of a neighbouring disease, speaks against words that no code agrees with.
    """
    if not _DIGIT.search(text):
        return {}
    written = [code for code, _ in written_codes(text)]
    found = {str(code): (code,) for code in written if not own.startswith(code)}
    if len(found) == len(written) and not own.startswith(_AFTER_ANOTHER):
        beside = (code for code, _ in written_codes(text, Scope.RELATED))
        found |= {str(code): (code,) for code in beside if not own.startswith(code)}
    return found | {old: meant for old, meant in old_codes(text) if own not in meant}


def _billable(codes: Iterable[IcdCode], status: DiseaseStatus | None, asker: Asker) -> Iterator[IcdCode]:
    """The codes, a family in the status that was read; without what cannot be billed on the day."""
    for code in codes:
        found = code_for(code, status or DiseaseStatus.NOT_IN_REMISSION, asker.day)
        if found is not None:
            yield found


def describe_each(asker: Asker, reading: TextReading) -> Iterator[tuple[Diagnosis, Resolution]]:
    """The answer for each disease of the text by itself."""
    for diagnosis in reading.diagnoses:
        yield diagnosis, describe(asker, TextReading(reading.items, [diagnosis], ()))


def _foremost(own: list[Diagnosis]) -> list[Diagnosis]:
    """The diseases themselves, without what only goes with them, where both are named."""
    diseases = [one for one in own if any(not _goes_along(code) for code in one.mention.codes)]
    return diseases or own


def _goes_along(code: str) -> bool:
    row = system().tables.row(code)
    return row is not None and row.scope is Scope.CONTEXT


def _several(asker: Asker, reading: TextReading, own: list[Diagnosis]) -> Resolution:
    """Several diseases in scope: all of them for review."""
    answers = [Answer(asker, reading, one).give() for one in own]
    rule, message = "LK-M004", "the text names several diagnoses; code each by itself"
    if any(item.phrase in words_of("versus") for item in reading.items):
        rule, message = "LK-C006", "two diagnoses are weighed against each other; which is established?"
    issue = make_issue(rule, message, release=asker.release)
    listed: dict[IcdCode, Candidate] = {}
    for answer in answers:
        for candidate in answer.candidates:
            listed.setdefault(candidate.code, candidate)
    return Resolution(
        text=asker.text,
        outcome=Outcome.REVIEW,
        family=FamilySlot(
            None,
            tuple(dict.fromkeys(code for answer in answers for code in answer.family.codes)),
            tuple(dict.fromkeys(each for answer in answers for each in answer.family.evidence)),
        ),
        candidates=tuple(sorted(listed.values(), key=lambda each: -each.score)),
        issues=tuple(dict.fromkeys((issue, *(each for answer in answers for each in answer.issues)))),
        release=asker.release,
    )


def _family_history(asker: Asker, reading: TextReading, kin: list[Diagnosis]) -> Resolution:
    found = dict.fromkeys(kin_code(code) for one in kin for code in one.mention.codes)
    codes = tuple(code for code in found if code is not None)
    answer = Answer(asker, reading, kin[0])
    if not codes:
        answer.add("LK-C004", "a relative's disease; no family history code is settled for it")
        return answer.result(Outcome.NONE)
    if len(codes) == 1 and not kin[0].has("uncertain"):
        answer.add("LK-C004", "a relative's disease: a family history, not the patient's")
        return answer.result(Outcome.CODED, code=codes[0], kind=ResolutionKind.FAMILY_HISTORY)
    message = f"a relative's disease: a family history; is it {' or '.join(codes)}?"
    answer.add("LK-C004", message, codes=codes, severity=Severity.QUERY)
    return answer.result(Outcome.REVIEW, codes=codes)


def _nothing(asker: Asker, reading: TextReading) -> Resolution:
    """No disease that is the patient's: say what took it away, where something did."""
    if not reading.diagnoses:
        found = code_only(asker, reading.items) or _lone_marker(asker, reading)
        return found or Resolution(
            asker.text, Outcome.NONE, issues=_passed_over(asker, reading), release=asker.release
        )
    foremost = reading.diagnoses[0]
    answer = Answer(asker, reading, foremost)
    answer.add(*lexicon().notices[foremost.removed_by[0]])
    return answer.result(Outcome.NONE)


def _passed_over(asker: Asker, reading: TextReading) -> tuple[Issue, ...]:
    """What to say of letters that stand for a disease elsewhere, and were not read as one here."""
    words = lexicon()
    spans = [
        Span(item.start, item.end)
        for item in reading.items
        if (item.grade and item.phrase.lower() not in words.fillers)
        or (item.kind == "unknown" and item.phrase in words.lower_abbreviations)
    ]
    if not spans:
        return ()
    message = (
        "letters that may stand for a blood disease were not read as one; if they do, write the name out"
    )
    rule, severity = "LK-M002", Severity.INFO
    return (make_issue(rule, message, spans=spans, release=asker.release, severity=severity),)


def _lone_marker(asker: Asker, reading: TextReading) -> Resolution | None:
    """A gene or karyotype by itself is a finding, not a diagnosis: what it may go with, and the question."""
    if any(item.kind in ("unknown", "disease", "trap", "cue") for item in reading.items):
        return None
    markers = [item for item in reading.items if item.kind == "marker"]
    names = [name for item in markers for name in (item.phrase, *sorted(item.entry.features))]
    families = tuple(dict.fromkeys(code for name in names for code in lexicon().lone_markers.get(name, ())))
    if not families:
        return None
    found = dict.fromkeys(code_for(code, DiseaseStatus.NOT_IN_REMISSION, asker.day) for code in families)
    words = tuple(evidence(asker.text, item) for item in markers)
    message = "a gene or karyotype alone is a finding; which disease did the provider diagnose?"
    return Resolution(
        text=asker.text,
        outcome=Outcome.REVIEW,
        family=FamilySlot(None, tuple(map(icd, families)), words),
        candidates=candidates(tuple(code for code in found if code), _LONE_MARKER_SCORE, words, asker.day),
        issues=(make_issue("LK-M003", message, release=asker.release, severity=Severity.QUERY),),
        release=asker.release,
    )
