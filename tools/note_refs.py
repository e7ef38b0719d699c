"""The code references in an official note's text, as the data writes them.

`C91.1-` is a header with everything below it, `C91.10` or `D65` the code as printed, `C81-C96` a range. A
range that a phrase narrows ("with 5th character 1") becomes the codes it means.
"""

from __future__ import annotations

import re
from collections.abc import Collection

__all__ = ["parse_refs", "touches"]

_CODE = r"[A-TV-Z][0-9][0-9AB](?:\.[0-9A-Z]{1,4})?"
_REF = re.compile(
    rf"(?<![A-Za-z0-9.-])(?<!vitamin )(?P<first>{_CODE})"
    rf"(?:-(?P<last>{_CODE})(?P<narrowed> with [^)]*)?|(?P<all>\.?-))?(?![A-Za-z0-9])"
)
_FINAL_CHARACTERS = re.compile(
    r" with (?:(?:fifth|5th)(?: or six(?:th)?)? character )?(?P<wanted>[0-9](?:-[0-9])?(?: or [0-9])*)"
)
_SUFFIX = re.compile(r" with (?P<suffix>\.[0-9]+)")


def parse_refs(text: str, official: Collection[str], scope: Collection[str]) -> list[str]:
    """References in `text`, in order, each once.

    Args:
        text: the note, word for word.
        official: every code, headers included, of the release the note stands in.
        scope: the packaged codes; a narrowed range keeps those, or all of its codes where none is packaged.
    """
    found: list[str] = []
    for match in _REF.finditer(text):
        found += _expand(match, official, scope)
    return list(dict.fromkeys(found))


def _expand(match: re.Match[str], official: Collection[str], scope: Collection[str]) -> list[str]:
    first, last = match["first"], match["last"]
    if match["all"]:
        return [f"{first}.-" if len(first) == 3 else f"{first}-"]
    if not last:
        return [first]
    if not match["narrowed"]:
        return [f"{first}-{last}"]
    inside = [code for code in official if _within(code, first, last) and _fits(code, match["narrowed"])]
    wanted = [code for code in inside if code in scope] or inside
    parents = {code[:-1].rstrip(".") for code in official}
    return [f"{code}-" if code in parents else code for code in wanted]


def _within(code: str, first: str, last: str) -> bool:
    """Whether a code lies in a printed range; the range's end takes in everything below it."""
    return first <= code and (code <= last or code.startswith(last))


def _fits(code: str, phrase: str) -> bool:
    """Whether a code has the final character that the phrase after a range asks for."""
    if suffix := _SUFFIX.match(phrase):
        return code.endswith(suffix["suffix"])
    wanted = _FINAL_CHARACTERS.match(phrase)
    if not wanted:
        raise ValueError(f"unknown phrase after a range: {phrase!r}")
    plain = code.replace(".", "")
    lengths = (5, 6) if " six" in phrase else (5,)
    return len(plain) in lengths and plain[-1] in _digits(wanted["wanted"])


def _digits(words: str) -> set[str]:
    digits: set[str] = set()
    for part in words.split(" or "):
        low, _, high = part.partition("-")
        digits |= {str(digit) for digit in range(int(low), int(high or low) + 1)}
    return digits


def touches(ref: str, codes: Collection[str]) -> bool:
    """Whether a reference covers any of the codes.

    Example:
        >>> touches("C91-C95", ["C92.00"]), touches("C91.1-", ["C91.0"])
        (True, False)
    """
    if ref.endswith("-"):
        stem = ref.rstrip("-").rstrip(".")
        return any(code.startswith(stem) for code in codes)
    first, dash, last = ref.partition("-")
    if dash:
        return any(_within(code, first, last) for code in codes)
    return any(code.startswith(first) for code in codes)
