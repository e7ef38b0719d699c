"""The codes of one encounter, as the claim rules see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from leukcodes.claims.edges import Edge, Edges
from leukcodes.codes import IcdCode
from leukcodes.codesystem import CodeSystem
from leukcodes.models import Issue, Release, Setting, Severity
from leukcodes.rules import make_issue

__all__ = ["Encounter", "Line", "in_words", "source_of"]


class Line(NamedTuple):
    """A code of the claim, and its bits: the sets it is in, the notes that stand at it and that name it."""

    code: IcdCode
    sets: int
    owned: int
    named: int


class Union(NamedTuple):
    """The bits of all lines together: what none of them has need not be looked for."""

    sets: int
    owned: int
    named: int


@dataclass(frozen=True, slots=True, eq=False)
class Encounter:
    """What stands on one claim.

    `codes` are those that can be judged together, in claim order, repeats included: known ones, headers too,
    and well-formed ones outside the packaged scope. `first` is the principal or first-listed code, None where
    the claim's first entry cannot be read. `unrelated` are pairs of codes that the caller knows to be about
    conditions that have nothing to do with each other. `day` is None where the date cannot be used.
    """

    system: CodeSystem
    edges: Edges
    release: Release
    day: date | None
    codes: tuple[IcdCode, ...]
    first: IcdCode | None
    setting: Setting | None
    age: float | None
    unrelated: tuple[tuple[IcdCode, IcdCode], ...]
    distinct: tuple[IcdCode, ...] = field(init=False)
    lines: tuple[Line, ...] = field(init=False)
    union: Union = field(init=False)

    def __post_init__(self) -> None:
        distinct = tuple(dict.fromkeys(self.codes))
        sets, owned, named = self.edges.sets.of, self.edges.owned.of, self.edges.named.of
        lines = tuple(Line(code, sets(code), owned(code), named(code)) for code in distinct)
        of_sets = of_owned = of_named = 0
        for _, in_sets, at, by in lines:
            of_sets |= in_sets
            of_owned |= at
            of_named |= by
        object.__setattr__(self, "distinct", distinct)
        object.__setattr__(self, "lines", lines)
        object.__setattr__(self, "union", Union(of_sets, of_owned, of_named))

    @property
    def place(self) -> str:
        """What the first place on the claim is called in this setting."""
        return "first-listed" if self.setting is Setting.OUTPATIENT else "principal"

    def has(self, name: str) -> bool:
        """Whether a code of the named set stands on the claim."""
        return bool(self.union.sets & self.edges.bit(name))

    def those(self, name: str) -> tuple[IcdCode, ...]:
        """The codes of the named set, each once, in claim order."""
        bit = self.edges.bit(name)
        if not self.union.sets & bit:
            return ()
        return tuple(line.code for line in self.lines if line.sets & bit)

    def mask(self, kind: str) -> int:
        """The notes of a kind that speak on the day of the claim."""
        return self.edges.mask(kind, self.release.notes_from)

    def billable(self, code: str) -> bool:
        """Whether a canonical code can be billed on the day; no code where there is none."""
        return self.day is not None and self.system.billable(code, self.day)

    def before(self, code: IcdCode) -> tuple[IcdCode, ...]:
        """The codes that stand before this one."""
        return self.distinct[: self.distinct.index(code)]

    def are_unrelated(self, one: IcdCode, other: IcdCode) -> bool:
        """Whether the caller said so; a header in a pair speaks for the codes below it."""
        return any(
            (one.startswith(a) and other.startswith(b)) or (one.startswith(b) and other.startswith(a))
            for a, b in self.unrelated
        )

    def issue(
        self,
        rule: str,
        message: str,
        codes: Iterable[IcdCode],
        *,
        suggestions: Iterable[IcdCode] = (),
        severity: Severity | None = None,
        note: Edge | None = None,
        source: str | None = None,
    ) -> Issue:
        """An issue about these codes; its source is the rule's unless a note or another is given."""
        return make_issue(
            rule,
            message,
            codes=map(str, codes),
            suggestions=suggestions,
            release=self.release.name,
            severity=severity,
            source=source if note is None else source_of(note, self.release),
        )


_KINDS = {
    "excludes1": "Excludes1",
    "excludes2": "Excludes2",
    "code_first": "code first",
    "code_also": "code also",
}


def source_of(note: Edge, release: Release) -> str:
    """The citation of an official note, word for word."""
    text = note.text.removeprefix(", ")
    return f"ICD-10-CM Tabular List {release.notes_from}, {_KINDS[note.kind]} note at {note.owner}: {text}"


def in_words(codes: Iterable[str], joint: str = "and") -> str:
    """Codes as a sentence has them."""
    names = [str(code) for code in codes]
    return f" {joint} ".join(filter(None, (", ".join(names[:-1]), names[-1])))
