"""Whether a disease is said to be under treatment, so that it is none of the past."""

from __future__ import annotations

from typing import Final

from leukcodes.text.items import Item
from leukcodes.text.lexicon import words_of

__all__ = ["is_treated"]

_REACH: Final = 60
_DRUG_REACH: Final = 3


def is_treated(items: list[Item]) -> bool:
    """Whether a text tells of treatment that goes on: `on imatinib`, `here for chemo`, `imatinib 400 mg`."""
    for place, item in enumerate(items[:_REACH]):
        if place and any(cue.kind == "negated" for cue in items[place - 1].cues):
            continue
        first, *rest = item.phrase.split()
        following = items[place + 1 : place + _DRUG_REACH]
        if first in words_of("undergoing") and (rest or any(map(_is_therapy, following))):
            return True
        if _is_drug(item) and any(after.phrase in words_of("given") for after in following):
            return True
    return False


def _is_drug(item: Item) -> bool:
    return item.kind == "marker" and not item.entry.features


def _is_therapy(item: Item) -> bool:
    return _is_drug(item) or item.phrase in words_of("therapy")
