"""From ICD-10-CM to other code systems and back, over the packaged maps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from leukcodes.checks import concept_at
from leukcodes.codes import cleaned, shown
from leukcodes.codesystem import Concept, Moment, When, system
from leukcodes.display import Listing
from leukcodes.enums import DiseaseStatus, Relationship
from leukcodes.errors import InvalidCodeError, UnknownNameError
from leukcodes.maps import ICD10CM, MAPS, CodeMap, icd9_status
from leukcodes.results import Translation

__all__ = ["code_systems", "translate"]

_ICD9: Final = re.compile(r"([0-9]{3}|V[0-9]{2})\.?([0-9]{0,2})\Z", re.ASCII)
_MAX_LENGTH: Final = 32


def code_systems() -> tuple[str, ...]:
    """The systems that `translate` knows beside ICD-10-CM.

    Example:
        >>> code_systems()
        ('icd9cm', 'icdo3', 'cms_hcc_v24', 'cms_hcc_v28', 'rxhcc', 'ccsr', 'ms_drg', 'who_icd10', 'mondo')
    """
    return tuple(MAPS)


def translate(
    code: str, *, to: str | None = None, from_: str | None = None, on: When = None
) -> tuple[Translation, ...]:
    """The counterparts of a code in another system, a row each, with relationship and source.

    Give `to` to leave ICD-10-CM, `from_` to come to it. No row means that the map does not hold the code; a
    row without target that the map says there is none. Maps of billable codes hold no headers. Where a map
    holds headers (Mondo, WHO ICD-10), a code below one gets that row, `via` the header.

    Args:
        code: in the spelling of its system, dotted or not, in any case.
        to: the target system; `code_systems()` lists them.
        from_: the system that `code` is of; the target is then ICD-10-CM.
        on: a date or release for the ICD-10-CM side and for maps with versions (MS-DRG). None is the newest.

    Raises:
        InvalidCodeError, UnknownCodeError: as `lookup` does, for a code of ICD-10-CM; the former also where
            a code has not the form of its system.
        UnknownNameError: there is no such system, or no way back from it.
        ReleaseNotFoundError: no packaged release speaks on that date.
        TypeError: neither or both systems are other than ICD-10-CM.

    Example:
        >>> [(row.target_code, row.approximate) for row in translate("C94.20", to="icd9cm")]
        [('207.20', True)]
        >>> [row.target_code for row in translate("20501", from_="icd9cm")]
        ['C92.01', 'C92.41', 'C92.51']
        >>> translate("C91.A0", to="who_icd10")[0].relationship.value
        'source-is-narrower-than-target'
    """
    other, leaving = _direction(to, from_)
    moment = system().moment(on)
    if leaving:
        concept = concept_at(code, moment)
        rows = _forward(other, concept)
    else:
        rows = _backward(other, code)
    rows = [_titled(row, moment) for row in rows if _stands(other, row, moment)]
    return Listing(_with_status(rows) if other.name == "icd9cm" else rows)


def _direction(to: str | None, from_: str | None) -> tuple[CodeMap, bool]:
    others = [name for name in (to, from_) if name is not None and name.lower() != ICD10CM]
    if len(others) != 1 or (to is None and from_ is None):
        raise TypeError(f"give one of to= and from_= as a system other than {ICD10CM}: {', '.join(MAPS)}")
    asked = others[0]
    found = MAPS.get(asked.lower())
    if found is None:
        listed = ", ".join(MAPS)
        raise UnknownNameError(
            f"{shown(asked)} is no code system here; use one of {listed}", asked, tuple(MAPS)
        )
    leaving = from_ is None or from_.lower() == ICD10CM
    if not leaving and not found.way_back:
        ways = tuple(name for name, entry in MAPS.items() if entry.way_back)
        message = f"{shown(asked)} can only be translated to; the ways back are from {', '.join(ways)}"
        raise UnknownNameError(message, asked, ways)
    return found, leaving


def _forward(other: CodeMap, concept: Concept) -> Sequence[Translation]:
    for step in system().lineage(concept.code):
        rows = other.forward.get(step)
        if rows and step == concept.code:
            return rows
        if rows:
            return [_below(row, concept) for row in rows]
        if not other.inherited:
            return ()
    return ()


def _below(row: Translation, concept: Concept) -> Translation:
    """A header's row, as it holds for a code below it."""
    narrower = {Relationship.EQUIVALENT: Relationship.SOURCE_IS_NARROWER}
    kept = {Relationship.SOURCE_IS_NARROWER, Relationship.INEXACT}
    word = row.relationship
    if word is not None and word not in kept:
        word = narrower.get(word, Relationship.RELATED)
    return replace(row, source_code=str(concept.code), via=row.source_code, relationship=word)


def _backward(other: CodeMap, code: object) -> Sequence[Translation]:
    if not isinstance(code, str) or len(code) > _MAX_LENGTH:
        raise InvalidCodeError(
            f"{shown(code)} is not a code of {other.title}; give one code as a string", code
        )
    return other.backward.get(_READERS.get(other.name, _plain)(code, other), ())


def _plain(code: str, _: CodeMap) -> str:
    return " ".join(code.upper().split())


def _icd9(code: str, other: CodeMap) -> str:
    form = _ICD9.match(cleaned(code).upper())
    if form is None:
        message = f"{shown(code)} does not have the form of a code of {other.title}; write it as 205.01"
        raise InvalidCodeError(message, code)
    return f"{form[1]}.{form[2]}" if form[2] else form[1]


def _who(code: str, _: CodeMap) -> str:
    plain = cleaned(code).upper().removesuffix("-").replace(".", "")
    return f"{plain[:3]}.{plain[3:]}".removesuffix(".")


def _hcc(code: str, other: CodeMap) -> str:
    """A bare number is read as a category."""
    plain = cleaned(code).upper()
    prefix = "RXHCC" if other.name == "rxhcc" else "HCC"
    return f"{prefix}{plain}" if plain.isdecimal() else plain


_READERS: Final[dict[str, Callable[[str, CodeMap], str]]] = {
    "icd9cm": _icd9,
    "who_icd10": _who,
    "cms_hcc_v24": _hcc,
    "cms_hcc_v28": _hcc,
    "rxhcc": _hcc,
}


def _stands(other: CodeMap, row: Translation, moment: Moment) -> bool:
    years = other.years(row)
    return years is None or years[0] <= moment.release.effective_to.year <= years[1]


def _titled(row: Translation, moment: Moment) -> Translation:
    """The row with the title that its ICD-10-CM target has on the day, or has at last if not on that."""
    if row.target_system != ICD10CM or row.target_code is None:
        return row
    concept = system().concept(row.target_code, moment.day) or system().versions(row.target_code)[-1]
    return replace(row, target_title=concept.title)


def _with_status(rows: Iterable[Translation]) -> list[Translation]:
    """The rows, each saying whether source and target name the same disease status."""
    judged = [replace(row, status_kept=_keeps_status(row)) for row in rows]
    kept = [row for row in judged if row.status_kept]
    return [replace(row, only_status_match=len(kept) == 1 and row is kept[0]) for row in judged]


def _keeps_status(row: Translation) -> bool | None:
    before = _status(row.source_system, row.source_code)
    return None if before is None else before is _status(row.target_system, row.target_code)


def _status(name: str, code: str | None) -> DiseaseStatus | None:
    if code is None:
        return None
    if name != ICD10CM:
        return icd9_status().get(code)
    family = system().family(code)
    return None if family is None else family.status_of(code)
