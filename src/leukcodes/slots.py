"""The slots of an answer, built from what was read: evidence, status, context, codes and scores."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from leukcodes.codes import IcdCode
from leukcodes.codesystem import system
from leukcodes.models import (
    Candidate,
    ContextSlot,
    DiseaseStatus,
    Evidence,
    FamilySlot,
    Outcome,
    Setting,
    Span,
    StatusBasis,
    StatusSlot,
)
from leukcodes.text.diagnosis import Diagnosis
from leukcodes.text.items import Item
from leukcodes.text.lexicon import lexicon
from leukcodes.text.settling import StatusReading

__all__ = [
    "STATUSES",
    "Asker",
    "candidates",
    "code_for",
    "context_slot",
    "evidence",
    "family_slot",
    "history_code",
    "icd",
    "is_official",
    "kin_code",
    "score",
    "status_slot",
    "statuses_of",
]

STATUSES: Final = {
    "0": DiseaseStatus.NOT_IN_REMISSION,
    "1": DiseaseStatus.IN_REMISSION,
    "2": DiseaseStatus.IN_RELAPSE,
}
_NO_CONTEXT: Final = ContextSlot()
_STATUS_WORDS: Final = {"0": "not in remission", "1": "in remission", "2": "in relapse"}
_CERTAINTY: Final = {"high": 100.0, "medium": 92.0, "low": 80.0}
_TYPO_COST: Final = 4.0
_CONVENTION_COST: Final = 2.0
_OPEN_SHARE: Final = 0.6
_STEP: Final = 8.0
_LEAST: Final = 1.0


@dataclass(frozen=True, slots=True)
class Asker:
    """The question put: the text, the day and release, and the caller's choices."""

    text: str
    day: date
    release: str
    setting: Setting | None = None
    ask_status: bool = False
    official_only: bool = False


@cache
def icd(name: str) -> IcdCode:
    """The code of a family as the vocabulary writes it."""
    return IcdCode(name)


def code_for(family: str, status: DiseaseStatus | None, day: date) -> IcdCode | None:
    """The billable code of a family in a status on a day; the family itself where it is a code."""
    codes = system()
    composed = codes.compose(family, status, day)
    if composed is not None:
        return composed
    return icd(family) if codes.billable(family, day) else None


def history_code(family: str) -> IcdCode | None:
    """The personal history code that stands for a family once it is past, where one is settled."""
    return _kin(family, 0)


def kin_code(family: str) -> IcdCode | None:
    """The family history code that stands for a relative's disease, where one is settled."""
    return _kin(family, 1)


def _kin(family: str, column: int) -> IcdCode | None:
    name = lexicon().kin.get(family[:3], ("", ""))[column]
    return icd(name) if name else None


def evidence(text: str, item: Item) -> Evidence:
    """The words of an item and how they were read."""
    entry, source = item.entry, item.entry.source
    reading = _read_status(entry.meaning) if item.kind == "status" else item.phrase
    if item.kind == "cue":
        reading, source = item.cues[0].kind.replace("_", " "), item.cues[0].source
    return Evidence(text[item.start : item.end], Span(item.start, item.end), reading, source, entry.certainty)


def statuses_of(item: Item) -> list[DiseaseStatus]:
    """The statuses that a status phrase may mean; none for anything else."""
    if item.kind != "status":
        return []
    options = item.entry.meaning.split(maxsplit=1)[0].removeprefix("ask:").split("|")
    return [STATUSES[option] for option in options if option in STATUSES]


@cache
def _read_status(meaning: str) -> str:
    """A status, or the several that a phrase leaves open, in words."""
    options = meaning.split(maxsplit=1)[0].removeprefix("ask:").split("|")
    return " or ".join(_STATUS_WORDS.get(option, option) for option in options)


def family_slot(text: str, items: list[Item], diagnosis: Diagnosis) -> FamilySlot:
    """The family or families, with the words that name them."""
    mention = diagnosis.mention
    families = tuple([icd(name) for name in mention.codes])
    words = tuple([evidence(text, items[place]) for place in mention.items])
    return FamilySlot(families[0] if mention.reading.resolved else None, families, words)


def status_slot(
    text: str,
    items: list[Item],
    status: StatusReading | None,
    value: DiseaseStatus | None,
    basis: StatusBasis = StatusBasis.UNDETERMINED,
) -> StatusSlot:
    """The status, with the words that give it."""
    places = status.items if status is not None else ()
    return StatusSlot(value, basis, tuple([evidence(text, items[place]) for place in places]))


def context_slot(text: str, items: list[Item], diagnosis: Diagnosis) -> ContextSlot:
    """What the words around the disease make of it."""
    if not diagnosis.contexts:
        return _NO_CONTEXT
    places = sorted({place for found in diagnosis.contexts.values() for place in found})
    return ContextSlot(diagnosis.kinds, tuple([evidence(text, items[place]) for place in places]))


def is_official(items: list[Item], diagnosis: Diagnosis) -> bool:
    """Whether every word of the disease is official wording."""
    entries = [items[place].entry for place in diagnosis.mention.items]
    return all(entry.official for entry in entries if entry.features or entry.codes)


def score(items: list[Item], diagnosis: Diagnosis, outcome: Outcome) -> float:
    """Certainty of a reading, 0 to 100.

    It starts from the vocabulary's own certainty and loses 4 a misspelt word and 2 for a status by
    convention; an open question leaves 60 % of it.
    """
    found = _CERTAINTY[diagnosis.mention.reading.certainty]
    found -= _TYPO_COST * sum(items[place].typo for place in diagnosis.mention.items)
    if diagnosis.status is not None and diagnosis.status.rank > 0:
        found -= _CONVENTION_COST
    if outcome is Outcome.REVIEW:
        found *= _OPEN_SHARE
    return round(max(found, _LEAST), 1)


def candidates(
    codes: tuple[IcdCode, ...], best: float, words: tuple[Evidence, ...], day: date
) -> tuple[Candidate, ...]:
    """The codes as candidates, each a step less likely than the one before."""
    return tuple(
        [
            Candidate(code, _title(code, day), max(best - _STEP * place, _LEAST), words)
            for place, code in enumerate(codes)
        ]
    )


def _title(code: IcdCode, day: date) -> str:
    found = system().concept(code, day)
    return found.title if found else ""
