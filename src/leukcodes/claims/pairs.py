"""Codes that official notes keep apart: Excludes1, Excludes2, and a history beside the disease."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final, NamedTuple

from leukcodes.claims.edges import Edge
from leukcodes.claims.encounter import Encounter, in_words
from leukcodes.codes import IcdCode
from leukcodes.models import Issue, Severity

__all__ = ["pair_issues"]


class _Apart(NamedTuple):
    """Two codes in claim order and the note that keeps them apart."""

    one: IcdCode
    other: IcdCode
    note: Edge


_SEVERITIES: Final = {"narrower": Severity.INFO, "wider": Severity.WARNING}


def pair_issues(claim: Encounter) -> Iterator[Issue]:
    """What Excludes notes say about the codes of a claim, two by two."""
    apart = [found for found in _excluded(claim) if not claim.are_unrelated(found.one, found.other)]
    yield from _history_beside_disease(claim, apart)
    for found in apart:
        yield _excludes1(claim, found)
    yield from _excludes2(claim, {frozenset(found[:2]) for found in apart})


def _excluded(claim: Encounter) -> Iterator[_Apart]:
    """Every pair that an Excludes1 note names, with the note that speaks most plainly."""
    # Only notes that stand at some code of the claim and name some code of it need to be looked at.
    mask = claim.mask("excludes1") & claim.union.owned & claim.union.named
    lines = [line for line in claim.lines if (line.owned | line.named) & mask]
    for one, other in combinations(lines, 2):
        between = (one.owned & other.named | other.owned & one.named) & mask
        if between:
            note = min(claim.edges.of(between), key=lambda note: len(note.reading))
            yield _Apart(one.code, other.code, note)


def _excludes1(claim: Encounter, found: _Apart) -> Issue:
    one, other, note = found
    pair = f"{one} and {other}"
    what = f"the Excludes1 note at {note.owner} ({note.text})"
    severity = next((_SEVERITIES[how] for how in note.reading if how in _SEVERITIES), None)
    if severity is Severity.INFO:
        message = (
            f"{pair} may stand together: {what} names one condition only; drop one of them if it is that"
        )
    elif severity is Severity.WARNING:
        message = (
            f"{pair} probably exclude each other: {what} names one code of the family; report one of them"
        )
    else:
        message = f"{pair} exclude each other: {what}; report one of them, unless the two are unrelated"
    return claim.issue("LK-E001", message, (one, other), severity=severity, note=note)


def _history_beside_disease(claim: Encounter, apart: list[_Apart]) -> Iterator[Issue]:
    diseases = set(claim.those("hematologic_neoplasm"))
    for history in claim.those("hematologic_history"):
        notes = {
            (pair.other if pair.one == history else pair.one): pair.note
            for pair in apart
            if history in pair[:2]
        }
        current = [code for code in notes if code in diseases]
        if current:
            message = (
                f"{history} is the personal history of a disease that {in_words(current)} "
                f"{'reports' if len(current) == 1 else 'report'} as current; drop {history}, "
                "or report the history alone where the disease is gone and no longer treated"
            )
            codes = [code for code in claim.distinct if code == history or code in current]
            yield claim.issue("LK-R003", message, codes, note=notes[current[0]])


def _excludes2(claim: Encounter, apart: set[frozenset[IcdCode]]) -> Iterator[Issue]:
    """One issue a note, for both codes may be reported and nobody need act.

    What stands at whole chapters is left out: that diseases of the blood are no neoplasms is no news.
    """
    for note in claim.edges.of(claim.mask("excludes2") & claim.union.owned & claim.union.named):
        if "chapter" in note.reading:
            continue
        at = [line.code for line in claim.lines if line.owned & note.bit]
        beside = [line.code for line in claim.lines if line.named & note.bit]
        pairs = {frozenset((one, other)) for one in at for other in beside if one != other}
        if pairs and apart.isdisjoint(pairs):
            about = frozenset().union(*pairs)
            codes = [code for code in claim.distinct if code in about]
            message = (
                f"{in_words(codes)} may stand together: the Excludes2 note at {note.owner} ({note.text}) "
                "says that neither includes the other"
            )
            yield claim.issue("LK-E002", message, codes, note=note)
