"""Front coding, which packs lists of like words small; `leukcodes.resources.front_decoded` reads it."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_uppercase

from rapidfuzz.distance import Prefix

__all__ = ["front_coded"]

_MOST_SHARED = len(ascii_uppercase) - 1


def front_coded(words: Iterable[str]) -> str:
    """Words in lower case, each as how many letters it shares with the one before (A for 0) and the rest."""
    coded, before = [], ""
    for word in words:
        shared = min(Prefix.similarity(before, word), _MOST_SHARED)
        coded.append(f"{ascii_uppercase[shared]}{word[shared:]}")
        before = word
    return "".join(coded)
