"""Frozen records of what translation, search and comparison return. This module knows no data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from leukcodes.codes import IcdCode
from leukcodes.enums import ChangeKind, MatchKind, Relationship, Scope
from leukcodes.models import Record, Span

__all__ = ["Change", "Comparison", "Match", "Translation"]


@dataclass(frozen=True, slots=True)
class Translation(Record):
    """One row of a map between code systems.

    `target_code` is None where the map says that there is no counterpart (`no_map`). `version` is the map's;
    `via` the header of the source at which the row stands, where that is not the source itself.
    `approximate`, `no_map`, `combination`, `scenario` and `choice_list` are the flags of the General
    Equivalence Mappings. `status_kept` says whether source and target name the same disease status, None
    where the source names none; `only_status_match` marks the one target of the answer that keeps it.
    `qualifiers` say what the target is to the source, such as `default_inpatient` or `cc_level`.
    """

    source_system: str
    source_code: str
    target_system: str
    target_code: str | None
    target_title: str
    relationship: Relationship | None
    source: str
    version: str = ""
    via: str | None = None
    approximate: bool = False
    no_map: bool = False
    combination: bool = False
    scenario: int = 0
    choice_list: int = 0
    status_kept: bool | None = None
    only_status_match: bool = False
    qualifiers: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Match(Record):
    """What of a concept was found: the term as its source has it, and the typed parts as spans of it."""

    kind: MatchKind
    text: str
    spans: tuple[Span, ...] = ()

    def marked(self, before: str = "[", after: str = "]") -> str:
        """The term with its matched parts between two marks.

        Example:
            >>> from leukcodes.models import Span
            >>> Match(MatchKind.TITLE, "Hairy cell leukemia", (Span(0, 4),)).marked()
            '[Hair]y cell leukemia'
        """
        pieces, end = [], 0
        for span in self.spans:
            pieces += [self.text[end : span.start], before, self.text[span.start : span.end], after]
            end = span.end
        return "".join([*pieces, self.text[end:]])


@dataclass(frozen=True, slots=True)
class Change(Record):
    """What happened to one code between two releases, and from which day on.

    `into` are the codes that a split code now holds.
    """

    kind: ChangeKind
    code: IcdCode
    scope: Scope
    effective: date
    old_title: str | None = None
    new_title: str | None = None
    into: tuple[IcdCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison(Record):
    """The differences between two releases in and around the scope, in tabular order.

    A code may stand there twice: split and given another title in the same step.
    """

    old: str
    new: str
    changes: tuple[Change, ...]

    @property
    def added(self) -> tuple[Change, ...]:
        """Codes that the older release does not have."""
        return self._of(ChangeKind.ADDED)

    @property
    def deleted(self) -> tuple[Change, ...]:
        """Codes that the newer release does not have."""
        return self._of(ChangeKind.DELETED)

    @property
    def retitled(self) -> tuple[Change, ...]:
        """Codes whose official title changed."""
        return self._of(ChangeKind.RETITLED)

    @property
    def split(self) -> tuple[Change, ...]:
        """Codes that could be billed and have become headers."""
        return self._of(ChangeKind.SPLIT)

    def __str__(self) -> str:
        return "\n".join(
            [f"{self.old} to {self.new}: {len(self.changes)} changes", *map(_line, self.changes)]
        )

    def _of(self, kind: ChangeKind) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind is kind)


def _line(change: Change) -> str:
    titles = " -> ".join(dict.fromkeys(filter(None, (change.old_title, change.new_title))))
    into = f" into {', '.join(change.into)}" if change.into else ""
    return f"  {change.effective} {change.kind} {change.code} {titles}{into}"
