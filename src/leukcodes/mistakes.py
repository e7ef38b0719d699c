"""Codes of other systems and misspelt ones: what an input that is no code was probably meant as."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Final

from leukcodes.cases import Case, advice, listed
from leukcodes.codes import IcdCode
from leukcodes.codesystem import CodeSystem
from leukcodes.crosswalks import mapped
from leukcodes.models import Issue, Severity

__all__ = ["HOMOGLYPHS", "icd9_issue", "look_alike_issue", "misspellings", "repairs", "who_issue"]

_ICD9: Final = re.compile(r"([0-9]{3}|V[0-9]{2})\.?([0-9]{1,2})?\Z", re.ASCII)
_WHO_LENGTH: Final = len("C92.7")

# What a character may have been meant as: where a letter must stand, where a digit must, and anywhere else.
_AS_LETTER: Final = {"0": "O", "1": "I", "2": "Z"}
_AS_DIGIT: Final = {"O": "0", "Q": "0", "I": "1", "L": "1", "|": "1", "Z": "2"}
_AS_EITHER: Final = {**_AS_LETTER, **_AS_DIGIT}

# Cyrillic and Greek capitals that print like the Latin letters of codes.
HOMOGLYPHS: Final = str.maketrans("АВЕКМНОРСТХΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEKMHOPCTXABEZHIKMNOPTX")


def who_issue(case: Case, code: IcdCode) -> Issue | None:
    """The issue for a code of WHO's ICD-10 that ICD-10-CM has under another number, or not at all."""
    rows = mapped("who_icd10", code[:_WHO_LENGTH])
    if not rows:
        return None
    instead = case.usable(target for target in rows[0]["cm_stem"].split("|") if target)
    if len(code) > _WHO_LENGTH:
        instead = tuple(found for found in instead if found[-1] == code[-1]) or instead
    message = f"{case.shown} is a code of WHO's ICD-10, not of {case.place}"
    return case.issue("LK-S006", f"{message}; {advice(instead, rows[0]['note'] or 'look it up')}", instead)


def icd9_issue(case: Case) -> Issue | None:
    """The issue for a code that the ICD-9-CM crosswalk knows; a query where it could also be ICD-10-CM."""
    form = _ICD9.match((case.text or "").upper())
    if form is None:
        return None
    icd9 = f"{form[1]}.{form[2]}" if form[2] else form[1]
    rows = mapped("icd9cm_to_icd10cm", icd9)
    instead = case.usable(row["icd10cm"] for row in rows if row["icd10cm"])
    use = advice(instead, "give the ICD-10-CM code")
    if case.code is not None:
        message = f"{case.shown} may be the ICD-9-CM code {icd9}; if so, {use}"
        return case.issue("LK-S007", message, instead, Severity.QUERY) if rows else None
    verb = "is" if rows else "has the form of"
    return case.issue("LK-S007", f"{case.shown} {verb} the ICD-9-CM code {icd9}; {use}", instead)


def look_alike_issue(case: Case) -> Issue | None:
    """The issue for a text that is a known code but for characters that look alike."""
    plain = (case.text or "").upper().translate(HOMOGLYPHS).removesuffix("-")
    meant = repairs(case.system, plain.replace(".", "", 1) if plain[3:4] == "." else plain)
    if not meant:
        return None
    instead = case.usable(meant)
    message = f"{case.shown} is no code, but looks like {listed(meant)} (O and 0, l and 1, Z and 2)"
    return case.issue("LK-S009", f"{message}; {advice(instead, 'check each character')}", instead)


def misspellings(plain: str) -> Iterator[str]:
    """Each text that could be a misread form of the code, the code itself among them."""
    readings = [_AS_LETTER, _AS_DIGIT, *[_AS_EITHER] * (len(plain) - 2)]
    choices = (
        [meant, *(typed for typed, read in as_.items() if read == meant)]
        for meant, as_ in zip(plain, readings, strict=True)
    )
    return map("".join, product(*choices))


def repairs(system: CodeSystem, plain: str) -> tuple[IcdCode, ...]:
    """Known codes that differ from the text in look-alike characters only, and in as few as possible."""
    return _repairs(system, plain) if 3 <= len(plain) <= 7 else ()


@lru_cache(maxsize=4096)
def _repairs(system: CodeSystem, plain: str) -> tuple[IcdCode, ...]:
    choices = [(plain[0], _AS_LETTER.get(plain[0], "")), (plain[1], _AS_DIGIT.get(plain[1], ""))]
    choices += [(character, _AS_EITHER.get(character, "")) for character in plain[2:]]
    found: dict[IcdCode, int] = {}
    for characters in product(*(filter(None, choice) for choice in choices)):
        code = system.undotted("".join(characters))
        if code is not None:
            found[code] = sum(map(str.__ne__, characters, plain))
    fewest = min(found.values(), default=0)
    return tuple(code for code, changes in found.items() if changes == fewest)
