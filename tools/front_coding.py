"""Front coding, which packs lists of like words small; `leukcodes.resources` reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import ascii_uppercase

from rapidfuzz.distance import Prefix

__all__ = ["front_coded", "front_coded_lines"]

_FIRST = "A"
_MOST_IN_WORDS = len(ascii_uppercase) - 1
_MOST_IN_LINES = 60


def front_coded(words: Iterable[str]) -> str:
    """Words in lower case, each as how many letters it shares with the one before (A for 0) and the rest."""
    return "".join(_parts(words, _MOST_IN_WORDS))


def front_coded_lines(texts: Iterable[str]) -> str:
    """Texts of any letters but line ends, packed in the same way, a line for each."""
    return "\n".join(_parts(texts, _MOST_IN_LINES))


def _parts(texts: Iterable[str], most: int) -> Iterator[str]:
    before = ""
    for text in texts:
        shared = min(Prefix.similarity(before, text), most)
        yield f"{chr(ord(_FIRST) + shared)}{text[shared:]}"
        before = text
