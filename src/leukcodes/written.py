"""Leukemia codes written out in a text: where they stand, and the answer where no words are to be read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import chain
from typing import Final

from leukcodes.codes import IcdCode, parse_code, shown
from leukcodes.codesystem import system
from leukcodes.crosswalks import mapped
from leukcodes.errors import InvalidCodeError
from leukcodes.models import (
    DiseaseStatus,
    Evidence,
    FamilySlot,
    Outcome,
    Resolution,
    ResolutionKind,
    Scope,
    Severity,
    Span,
    StatusBasis,
    StatusSlot,
)
from leukcodes.rules import make_issue
from leukcodes.slots import Asker, candidates, code_for, statuses_of
from leukcodes.text.items import Item

__all__ = ["code_only", "describe_code", "is_leukemia", "old_codes", "written_codes"]

_OPEN_SCORE: Final = 60.0
_CODE_SCORE: Final = 100.0
_PLAIN: Final = frozenset({"status", "filler", "number"})
_CODE: Final = re.compile(
    r"(?<![A-Za-z0-9.])(?:[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4}|[0-9A-Z]{1,4})?"
    r"|[a-z][0-9][0-9a-z]\.?[0-9a-z]{1,2})(?![A-Za-z0-9])",
    re.ASCII,
)
# Two decimals are what tells a code of ICD-9-CM from most of the numbers that stand in a text.
_OLD_CODE: Final = re.compile(
    r"(?<![0-9A-Za-z.,/-])(?:20[2-8]\.[0-9]{2}|V10\.6[0-9]|V16\.6)(?![0-9A-Za-z]|[.,/-][0-9])", re.ASCII
)
# Without them it is one by its name.
_OLD_PACKED: Final = re.compile(
    r"ICD-?9(?:-?CM)?:? ?(20[2-8])([0-9]{2})(?![0-9A-Za-z]|[.,/-][0-9])",
    re.ASCII | re.IGNORECASE,
)
_OLD_WHOLE: Final = re.compile(
    r"(?:ICD-?9(?:-?CM)?:? ?)?(20[2-8])(?:\.?([0-9]{2})|\.([0-9]))", re.ASCII | re.IGNORECASE
)


def is_leukemia(code: str) -> bool:
    """Whether a code, billable or header, is one of the packaged leukemia codes."""
    return _is_of(Scope.LEUKEMIA, code)


def _is_of(scope: Scope, code: str) -> bool:
    row = system().tables.row(code)
    return row is not None and row.scope is scope


def written_codes(text: str, scope: Scope = Scope.LEUKEMIA) -> Iterator[tuple[IcdCode, Span]]:
    """The leukemia codes, or those of another scope, that stand in a text as codes, with their places."""
    for match in _CODE.finditer(text):
        code = IcdCode(match.group())
        if _is_of(scope, code):
            yield code, Span(*match.span())


def old_codes(text: str) -> Iterator[tuple[str, tuple[IcdCode, ...]]]:
    """The codes of ICD-9-CM for leukemia and its history in a text, with what they are in ICD-10-CM."""
    packed = (f"{match[1]}.{match[2]}" for match in _OLD_PACKED.finditer(text))
    for old in chain((match.group() for match in _OLD_CODE.finditer(text)), packed):
        meant = _counterparts(old)
        if meant:
            yield old, meant


def _counterparts(old: str) -> tuple[IcdCode, ...]:
    rows = mapped("icd9cm_to_icd10cm", old)
    history = old.startswith("V")
    return tuple(IcdCode(row["icd10cm"]) for row in rows if history or is_leukemia(row["icd10cm"]))


def describe_code(asker: Asker, code: IcdCode, span: Span) -> Resolution:
    """The answer for a code that stands in the text by itself."""
    family, concept = system().family(code), system().concept(code, asker.day)
    words = (_evidence(asker, code, span),)
    slot = FamilySlot(family.code if family else None, (family.code,) if family else (), words)
    if concept is None or not concept.billable:
        return _unbillable(asker, code, slot)
    status = StatusSlot() if concept.status is None else StatusSlot(concept.status, StatusBasis.STATED, words)
    return Resolution(
        text=asker.text,
        outcome=Outcome.CODED,
        code=code,
        title=concept.title,
        kind=ResolutionKind.DISEASE,
        is_leukemia=True,
        family=slot,
        status=status,
        candidates=candidates((code,), _CODE_SCORE, words, asker.day),
        release=asker.release,
    )


def _unbillable(asker: Asker, code: IcdCode, slot: FamilySlot) -> Resolution:
    below = tuple(system().billable_below(code, asker.day))
    issue = make_issue(
        "LK-S003",
        f"'{code}' cannot be billed as it stands; which of its codes is meant?",
        codes=(code,),
        suggestions=below,
        spans=tuple(word.span for word in slot.evidence),
        release=asker.release,
    )
    return Resolution(
        text=asker.text,
        outcome=Outcome.REVIEW,
        family=slot,
        candidates=candidates(below, _OPEN_SCORE, slot.evidence, asker.day) if slot.code else (),
        issues=(issue,),
        release=asker.release,
    )


def code_only(asker: Asker, items: list[Item]) -> Resolution | None:
    """A code where no disease is named: the answer when it is the whole text, else the question.

    It is the answer, too, where only its own status stands beside it: `C91.11, in remission`.
    """
    whole = _whole_code(asker.text)
    if whole is not None:
        return describe_code(asker, whole, Span(0, len(asker.text)))
    replaced = _old_whole(asker.text.strip())
    if replaced:
        return _old_code(asker, replaced)
    spans = list(written_codes(asker.text))
    families = {code: family.code for code, _ in spans if (family := system().family(code))}
    if not families:
        return _old_beside_status(asker, items)
    written = [(code, span) for code, span in spans if code in families]
    codes = tuple(families)
    statuses = [status for item in items for status in statuses_of(item)]
    plain = all(item.kind in _PLAIN for item in items)
    meant = tuple(dict.fromkeys(each for pair in families.items() for each in _meant(asker, *pair, statuses)))
    concept = system().concept(codes[0], asker.day)
    if plain and meant == codes and concept is not None and concept.status in statuses:
        return describe_code(asker, *written[0])
    found = tuple(_evidence(asker, code, span) for code, span in written)
    message = f"the text gives {', '.join(codes)} and names no disease that could be read; is that right?"
    return Resolution(
        text=asker.text,
        outcome=Outcome.REVIEW,
        candidates=candidates(meant, _OPEN_SCORE, found, asker.day),
        issues=(make_issue("LK-M005", message, codes=codes, release=asker.release, severity=Severity.QUERY),),
        release=asker.release,
    )


def _old_beside_status(asker: Asker, items: list[Item]) -> Resolution | None:
    """The question for codes of ICD-9-CM beside a status: `206.00 in relapse`, as a number is none."""
    kinds = {item.kind for item in items}
    if "status" not in kinds or not kinds <= _PLAIN:
        return None
    old = tuple(dict.fromkeys(code for _, codes in old_codes(asker.text) for code in codes))
    return _old_code(asker, old) if old else None


def _old_code(asker: Asker, replaced: tuple[IcdCode, ...]) -> Resolution:
    message = f"{shown(asker.text)} has a code of ICD-9-CM; is {' or '.join(replaced)} meant?"
    issue = make_issue(
        "LK-S007", message, suggestions=replaced, release=asker.release, severity=Severity.QUERY
    )
    return Resolution(
        text=asker.text,
        outcome=Outcome.REVIEW,
        candidates=candidates(replaced, _OPEN_SCORE, (), asker.day),
        issues=(issue,),
        release=asker.release,
    )


def _meant(
    asker: Asker, code: IcdCode, family: str, statuses: Collection[DiseaseStatus]
) -> Iterator[IcdCode]:
    """The code, where it can be billed, and those of its family in the statuses; a header's codes."""
    if system().billable(code, asker.day):
        yield code
    elif not statuses:
        yield from system().billable_below(code, asker.day)
    yield from filter(None, (code_for(family, status, asker.day) for status in statuses))


def _old_whole(text: str) -> tuple[IcdCode, ...]:
    """What a text means that is a code of ICD-9-CM."""
    if _OLD_CODE.fullmatch(text):
        return _counterparts(text)
    old = _OLD_WHOLE.fullmatch(text)
    return _counterparts(f"{old[1]}.{old[2]}") if old else ()


def _whole_code(text: str) -> IcdCode | None:
    """The leukemia code that a text consists of, in any spelling."""
    try:
        code, _ = parse_code(text)
    except InvalidCodeError:
        return None
    return code if is_leukemia(code) else None


def _evidence(asker: Asker, code: IcdCode, span: Span) -> Evidence:
    return Evidence(asker.text[span.start : span.end], span, str(code), "TAB26", "high")
