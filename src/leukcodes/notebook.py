"""The instructional notes: which apply to a code, and which codes they join."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from leukcodes.models import Note, NoteKind, Release
from leukcodes.resources import read_notes
from leukcodes.tables import Tables

__all__ = ["Notebook"]


class Notebook:
    """The packaged notes over the packaged tables; read when they are first asked for."""

    def __init__(self, tables: Tables) -> None:
        self._tables: Final = tables

    def owners(self, code: str) -> tuple[str, ...]:
        """Where notes that apply to a code stand: itself, its headers, blocks and chapter, nearest first."""
        return tuple(dict.fromkeys((*self._tables.lineage(code), *self._around(code))))

    def of(self, owner: str, release: Release) -> tuple[Note, ...]:
        """The notes at a code, block or chapter (`chapter:2`) in a release, and in whose file they stand."""
        return tuple(
            Note(NoteKind(kind), text, owner, tuple(refs), read_in)
            for kind, text, refs, releases in self._notes.get(owner, ())
            if (read_in := _read_in(releases, release)) is not None
        )

    def partners(self, code: str, kind: NoteKind, release: Release) -> list[str]:
        """The packaged codes that notes of a kind join with a code, in tabular order.

        Those named by a note that applies to it, and those at which a note stands that names it or a header
        above it. A range is given as its categories. Notes at blocks and chapters name it only from above.
        """
        named = (
            found
            for owner in self.owners(code)
            for note in self.of(owner, release)
            if note.kind is kind
            for ref in note.refs
            for found in self._codes(ref)
        )
        naming = (
            owner
            for owner, notes in self._notes.items()
            if owner in self._tables
            and any(
                each == kind and _read_in(releases, release) is not None and _name(refs, code)
                for each, _, refs, releases in notes
            )
        )
        joined = {*named, *naming} - set(self._tables.lineage(code))
        return [each for each in self._tables if each in joined]

    @cached_property
    def _notes(self) -> dict[str, list[tuple[str, str, list[str], list[str]]]]:
        return read_notes()

    def _codes(self, ref: str) -> list[str]:
        """The packaged codes that a reference means: one code, or the categories of a range."""
        code = ref.removesuffix("-").removesuffix(".")
        if code in self._tables:
            return [code]
        first, dash, last = ref.partition("-")
        if not dash or not last:
            return []
        return [each for each in self._tables if len(each) == len(first) and _within(each, first, last)]

    def _around(self, code: str) -> Iterator[str]:
        row = self._tables.row(code)
        name = None if row is None else row.block
        while name is not None:
            yield name
            block = self._tables.blocks[name]
            if block.parent is None:
                yield f"chapter:{block.chapter}"
            name = block.parent


def _read_in(releases: list[str], release: Release) -> str | None:
    """Whose file gives a note to a release: its own, or the nearest at hand; None where neither has it."""
    return next((name for name in (release.name, release.notes_from) if name in releases), None)


def _name(refs: list[str], code: str) -> bool:
    """Whether any of the references is the code, or a header or range that it lies in."""
    for ref in refs:
        first, dash, last = ref.partition("-")
        if dash and last:
            if _within(code, first, last):
                return True
        elif code.startswith(first.removesuffix(".")):
            return True
    return False


def _within(code: str, first: str, last: str) -> bool:
    """Whether a code lies in a printed range; the end of a range takes in everything below it."""
    return first <= code and (code <= last or code.startswith(last))
