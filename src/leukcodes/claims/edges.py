"""The official notes that bind one code to another, and the sets of codes that claim rules name.

A note is a bit. For each code two numbers are kept: the notes that stand at it, its headers, block or
chapter, and the notes that name it. Whether some note keeps two codes apart is then one `&`, which is what
makes all pairs of a long claim cheap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import count
from typing import Final, NamedTuple

from leukcodes.resources import read_json, read_notes

__all__ = ["Ages", "Coverage", "Edge", "Edges", "edges", "tabular_key"]

_REMEMBERED: Final = 1 << 16


class Edge(NamedTuple):
    """A note: its bit and kind, where it stands, its official text, the codes it names, how to read it."""

    bit: int
    kind: str
    owner: str
    text: str
    refs: tuple[str, ...]
    releases: tuple[str, ...]
    reading: frozenset[str]


class Ages(NamedTuple):
    """The ages at which a disease is usual, both included; None is open."""

    refs: tuple[str, ...]
    first: int | None
    last: int | None
    remark: str
    source: str

    def fit(self, age: float) -> bool:
        """Whether the age, in years, is one of them; a child is of an age until the next birthday."""
        return (self.first is None or age >= self.first) and (self.last is None or age < self.last + 1)


class Coverage:
    """Which of many lists of references cover a code, as the bits of a number.

    `C91.1-` and `C91.1` cover the code and all below it, `C81-C96` a range whose end takes in all below it.
    """

    def __init__(self, lists: Iterable[Iterable[str]]) -> None:
        self._prefixes: dict[str, int] = {}
        self._ranges: dict[tuple[str, str], int] = {}
        for number, refs in enumerate(lists):
            for ref in refs:
                self._add(ref, 1 << number)

    def of(self, code: str) -> int:
        """The bits of the lists that cover a canonical code."""
        return _covering(self, code)

    def _add(self, ref: str, bit: int) -> None:
        first, dash, last = ref.partition("-")
        if dash and last:
            span = tabular_key(first), tabular_key(last)
            self._ranges[span] = self._ranges.get(span, 0) | bit
        else:
            prefix = first.rstrip(".")
            self._prefixes[prefix] = self._prefixes.get(prefix, 0) | bit

    def find(self, code: str) -> int:
        """The same, not remembered."""
        found = 0
        for length in range(3, len(code) + 1):
            found |= self._prefixes.get(code[:length], 0)
        key = tabular_key(code)
        for (first, last), bits in self._ranges.items():
            if first <= key and (key <= last or key.startswith(last)):
                found |= bits
        return found


@lru_cache(maxsize=_REMEMBERED)
def _covering(coverage: Coverage, code: str) -> int:
    return coverage.find(code)


class Edges:
    """Every note and set, ready to be asked. `edges()` gives the packaged ones."""

    def __init__(self, notes: Iterable[Edge], sets: dict[str, list[str]], ages: Iterable[Ages]) -> None:
        self.notes: Final = tuple(notes)
        self.owned: Final = Coverage([edge.owner] for edge in self.notes)
        self.named: Final = Coverage(edge.refs for edge in self.notes)
        self._ages: Final = tuple(ages)
        self._aged: Final = Coverage(ages.refs for ages in self._ages)
        self._names: Final = {name: 1 << number for number, name in enumerate(sets)}
        self.sets: Final = Coverage(sets.values())
        self._masks: dict[tuple[str, str], int] = {}

    def mask(self, kind: str, release: str) -> int:
        """The bits of the notes of a kind that stand in a release's official file."""
        found = self._masks.get((kind, release))
        if found is None:
            found = self._masks[kind, release] = sum(
                edge.bit for edge in self.notes if edge.kind == kind and release in edge.releases
            )
        return found

    def of(self, bits: int) -> Iterator[Edge]:
        """The notes of these bits, in the order of the tabular list."""
        while bits:
            lowest = bits & -bits
            yield self.notes[lowest.bit_length() - 1]
            bits ^= lowest

    def refers_to(self, note: Edge, name: str) -> bool:
        """Whether a note names codes of a set."""
        firsts = (ref.partition("-")[0].rstrip(".") for ref in note.refs)
        return any(self.sets.of(first) & self._names[name] for first in firsts)

    def ages_of(self, code: str) -> Iterator[Ages]:
        """The ages at which the disease of a code is usual, where any are given."""
        found = self._aged.of(code)
        return (ages for number, ages in enumerate(self._ages) if found >> number & 1)

    def bit(self, name: str) -> int:
        """The bit of a named set in `sets`."""
        return self._names[name]


@cache
def edges() -> Edges:
    """The packaged notes and sets, read on first use."""
    data, notes = read_json("edges.json"), read_notes()
    chapters: dict[str, str] = data["chapters"]

    numbers = count()
    found = (
        Edge(
            1 << next(numbers),
            kind,
            str(chapters.get(owner, owner)),
            text,
            tuple(refs[0] if refs else printed),
            tuple(releases),
            frozenset(reading.split()),
        )
        for owner, first, last, reading, *refs in data["notes"]
        for kind, text, printed, releases in notes[owner][first : last + 1]
    )
    ages = (Ages(tuple(refs), *rest) for refs, *rest in data["ages"])
    return Edges(found, data["sets"], ages)


def tabular_key(code: str) -> str:
    """A key that sorts codes as the tabular list does: as their fourth character, letters stand before 9.

    Example:
        >>> sorted(["C91.9", "C91.A", "C91.6"], key=tabular_key)
        ['C91.6', 'C91.A', 'C91.9']
    """
    return f"{code[:4]}~{code[5:]}" if code[4:5] == "9" else code
