"""Whether a disease is said to be under treatment, so that it is none of the past."""

from __future__ import annotations

from typing import Final

from leukcodes.text.items import Item
from leukcodes.text.lexicon import words_of

__all__ = ["is_treated"]

_REACH: Final = 12
_DRUG_REACH: Final = 3


def is_treated(items: list[Item], last: int) -> bool:
    """Whether the words after a name, whose last item is given, tell of treatment: `on imatinib`."""
    for place in range(last + 1, min(len(items), last + _REACH)):
        if any(cue.kind == "negated" for cue in items[place - 1].cues):
            continue
        first, *rest = items[place].phrase.split()
        following = items[place + 1 : place + _DRUG_REACH]
        if first in words_of("undergoing") and (rest or any(map(_is_therapy, following))):
            return True
    return False


def _is_therapy(item: Item) -> bool:
    drug = item.kind == "marker" and not item.entry.features
    return drug or item.phrase in words_of("therapy")
