"""Which code comes first: code first and code also notes, and what may not begin a claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leukcodes.claims.edges import Edge
from leukcodes.claims.encounter import Encounter, in_words
from leukcodes.codes import IcdCode
from leukcodes.models import Issue, Setting

__all__ = ["order_issues"]


def order_issues(claim: Encounter) -> Iterator[Issue]:
    """What the notes on sequence, and the lists of what may not stand first, say about a claim."""
    yield from _neoplasm_anemia(claim)
    yield from _manifestation_first(claim)
    yield from _history_first(claim)
    yield from _underlying_disease(claim)
    yield from _code_also(claim)


def _neoplasm_anemia(claim: Encounter) -> Iterator[Issue]:
    """D63.0 stands after its neoplasm."""
    for code in claim.those("neoplasm_anemia"):
        neoplasms = claim.those("current_neoplasm")
        if not neoplasms:
            message = (
                f"{code} is anemia in neoplastic disease, but no neoplasm is coded; code the neoplasm first"
            )
            yield claim.issue("LK-Q001", message, (code,))
        elif code == claim.first:
            message = (
                f"{code} stands first; code the neoplasm first ({in_words(neoplasms, 'or')}), then {code}"
            )
            yield claim.issue("LK-Q001", message, (code, *neoplasms))


def _manifestation_first(claim: Encounter) -> Iterator[Issue]:
    if claim.first is None:
        return
    notes = _binding(claim, claim.edges.owned.of(claim.first))
    if notes:
        underlying = _named_by(claim, notes, claim.distinct[1:])
        advice = f"put {in_words(underlying, 'or')} before it" if underlying else "code that first"
        note = _naming(claim, notes, underlying)
        message = (
            f"{claim.first} stands first, but the code first note at {note.owner} puts its underlying "
            f"disease or cause before it; {advice}"
        )
        yield claim.issue("LK-Q004", message, (claim.first, *underlying), note=note)


def _history_first(claim: Encounter) -> Iterator[Issue]:
    if claim.first is None:
        return
    unfit = {*claim.those("never_first")}
    if claim.setting is Setting.INPATIENT:
        unfit.update(claim.those("never_principal"))
    if claim.first in unfit:
        message = (
            f"{claim.first} says nothing of why the patient came and is no {claim.place} diagnosis; "
            "put the reason for the encounter first"
        )
        yield claim.issue("LK-Q009", message, (claim.first,))


def _underlying_disease(claim: Encounter) -> Iterator[Issue]:
    """The disease that a manifestation needs is missing, or stands after it."""
    binding = claim.mask("code_first")
    for code, _, owned, _ in claim.lines:
        if not owned & binding:
            continue
        notes = [note for note in _binding(claim, owned) if note.refs and "partial" not in note.reading]
        if not notes:
            continue
        found = _underlying(claim, code, notes)
        if not found and code in claim.those("neoplasm_anemia"):
            continue  # LK-Q001 says so
        if not found:
            message = f"{code} needs its underlying disease or cause coded first: {_texts(notes)}"
            yield claim.issue("LK-Q005", message, (code,), note=notes[0])
        elif code != claim.first and not set(found) & set(claim.before(code)):
            message = f"{code} stands before {in_words(found)}; code the underlying disease or cause first"
            yield claim.issue("LK-Q005", message, (code, *found), note=_naming(claim, notes, found))


def _code_also(claim: Encounter) -> Iterator[Issue]:
    """What is to be coded too and is not on the claim; one reminder a note's owner."""
    asked: dict[str, list[Edge]] = {}
    for note in claim.edges.of(claim.mask("code_also") & claim.union.owned):
        asked.setdefault(note.owner, []).append(note)
    for notes in asked.values():
        if not any("core" in note.reading for note in notes):
            continue
        owners = [line.code for line in claim.lines if line.owned & notes[0].bit]
        if not _underlying(claim, owners[0], notes):
            message = f"{in_words(owners)}: code also {_texts(notes)}"
            wanted = [ref for note in notes for ref in note.refs if claim.billable(ref)]
            yield claim.issue(
                "LK-Q010", message, owners, suggestions=map(IcdCode, dict.fromkeys(wanted)), note=notes[0]
            )


def _binding(claim: Encounter, owned: int) -> list[Edge]:
    """Of the notes at a code, the code first notes that hold whatever else the patient has."""
    bits = owned & claim.mask("code_first")
    return [note for note in claim.edges.of(bits) if "if_any" not in note.reading]


def _underlying(claim: Encounter, code: IcdCode, notes: list[Edge]) -> list[IcdCode]:
    """The codes that meet the notes: those they name, and any neoplasm where neoplasms are their examples."""
    others = [other for other in claim.distinct if other != code]
    found = _named_by(claim, notes, others)
    if found or not any("such_as" in note.reading for note in notes):
        return found
    about_neoplasms = any(claim.edges.refers_to(note, "current_neoplasm") for note in notes)
    neoplasms = claim.those("current_neoplasm") if about_neoplasms else ()
    return [other for other in neoplasms if other != code]


def _named_by(claim: Encounter, notes: Iterable[Edge], codes: Iterable[IcdCode]) -> list[IcdCode]:
    bits = sum(note.bit for note in notes)
    return [code for code in codes if claim.edges.named.of(code) & bits] if bits & claim.union.named else []


def _naming(claim: Encounter, notes: list[Edge], codes: Iterable[IcdCode]) -> Edge:
    """The first of the notes that names one of the codes; the first of all where none does."""
    return next((note for note in notes if _named_by(claim, [note], codes)), notes[0])


def _texts(notes: list[Edge]) -> str:
    """The notes in words; of examples, the first few."""
    texts = [note.text.removeprefix(", ") for note in notes]
    shown = texts[:4] + (["..."] if len(texts) > 4 else [])
    return ("such as " if "such_as" in notes[0].reading else "") + ", ".join(shown)
