"""The code system: concepts with their tree, notes, families and releases, over the packaged tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from types import MappingProxyType
from typing import Final

from leukcodes.codes import IcdCode
from leukcodes.dates import Calendar, Moment, When
from leukcodes.errors import UnknownCodeError
from leukcodes.models import ConceptRecord, DiseaseStatus, Note, NoteKind, Release
from leukcodes.notebook import Notebook
from leukcodes.tables import Family, Row, Tables

__all__ = ["CodeSystem", "Concept", "Family", "Moment", "When", "system"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Concept(ConceptRecord):
    """A code as one release has it, with its place in the tree, its notes and its family.

    `valid_from` and `valid_to` are the days between which the code is what it is here, billable or header;
    `valid_to` None is open. `release` is the release asked, `title_release` the one whose official text the
    title is. Everything reached from a concept is of the same release.

    Example:
        >>> from leukcodes import lookup
        >>> concept = lookup("C94.20")
        >>> concept.family, concept.status, [str(sibling.code) for sibling in concept.siblings]
        (IcdCode('C94.2'), <DiseaseStatus.NOT_IN_REMISSION: 'not_in_remission'>, ['C94.21', 'C94.22'])
    """

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def __repr__(self) -> str:
        return f"<Concept {self.code} {self.title!r} {self.release}>"

    @property
    def family(self) -> IcdCode | None:
        """The disease without its status, such as C94.2 for C94.20; None for codes that have no family."""
        return self.family_code

    @property
    def parent(self) -> Concept | None:
        """The header directly above."""
        return None if self.parent_code is None else system().concept(self.parent_code, self._day)

    @property
    def ancestors(self) -> tuple[Concept, ...]:
        """The headers above, nearest first."""
        return tuple(_above(self))

    @property
    def children(self) -> tuple[Concept, ...]:
        """The codes directly below, in the order of the tabular list."""
        return system().children(self.code, self._day)

    @property
    def siblings(self) -> tuple[Concept, ...]:
        """The other children of the parent."""
        parent = self.parent
        return () if parent is None else tuple(child for child in parent.children if child != self)

    def with_status(self, status: DiseaseStatus | str) -> Concept:
        """The billable code of the same family in another disease status.

        Raises:
            UnknownCodeError: the code has no family, or the family no code for that status.

        Example:
            >>> from leukcodes import lookup
            >>> print(lookup("C94.20").with_status("in_relapse"))
            C94.22 Acute megakaryoblastic leukemia, in relapse
        """
        wanted, family = DiseaseStatus(status), system().family(self.code)
        if family is None:
            raise self._no_status("has no disease status", "name a code below it")
        if self.billable and self._has(wanted, family):
            return self
        code = system().compose(family.code, wanted, self._day)
        found = None if code is None else system().concept(code, self._day)
        if found is None:
            there = ", ".join(str(code) for code in family.codes if code) or str(family.code)
            raise self._no_status(f"has no code for {wanted.value.replace('_', ' ')}", f"use {there}")
        return found

    @property
    def other_statuses(self) -> tuple[Concept, ...]:
        """The billable codes of the same disease in other statuses; all of them for the family itself.

        Example:
            >>> from leukcodes import lookup
            >>> [str(other.code) for other in lookup("C92.01").other_statuses]
            ['C92.00', 'C92.02']
        """
        family = system().family(self.code)
        members = () if family is None else (code for code in family.codes if code not in (None, self.code))
        return tuple(each for each in self._concepts(members) if each.billable)

    @property
    def excludes1_partners(self) -> tuple[Concept, ...]:
        """What an Excludes1 note forbids beside this code, at whichever of the two it stands.

        Headers mean all below them. Codes that are not packaged are named in `notes("excludes1")` alone.

        Example:
            >>> from leukcodes import lookup
            >>> [str(other.code) for other in lookup("C83.0").excludes1_partners if other.scope == "leukemia"]
            ['C91.1']
        """
        return self._partners(NoteKind.EXCLUDES1)

    @property
    def code_first_partners(self) -> tuple[Concept, ...]:
        """What a code first note joins with this code: what goes before it, and what goes after it.

        Example:
            >>> from leukcodes import lookup
            >>> print(*lookup("D72.18").code_first_partners)
            C93.1 Chronic myelomonocytic leukemia
        """
        return self._partners(NoteKind.CODE_FIRST)

    def notes(self, kind: NoteKind | str | None = None, *, inherited: bool = True) -> tuple[Note, ...]:
        """The instructional notes that apply: its own first, then those of its headers, block and chapter.

        `Note.owner` says where a note stands, `Note.release` whose official text it is.

        Example:
            >>> from leukcodes import lookup
            >>> [note.text for note in lookup("C94.2").notes("inclusion_term", inherited=False)]
            ['Acute myeloid leukemia M7', 'Acute megakaryocytic leukemia']
        """
        wanted = None if kind is None else NoteKind(kind)
        notebook = system().notebook
        owners = notebook.owners(self.code) if inherited else (str(self.code),)
        release = system().release(self.release)
        return tuple(
            note
            for owner in owners
            for note in notebook.of(owner, release)
            if wanted is None or note.kind is wanted
        )

    @property
    def _day(self) -> date:
        """A day that speaks for this concept's release."""
        return system().release(self.release).effective_from

    def _partners(self, kind: NoteKind) -> tuple[Concept, ...]:
        release = system().release(self.release)
        return self._concepts(system().notebook.partners(self.code, kind, release))

    def _concepts(self, codes: Iterable[str | None]) -> tuple[Concept, ...]:
        found = (system().concept(code, self._day) for code in codes if code is not None)
        return tuple(concept for concept in found if concept is not None)

    def _has(self, status: DiseaseStatus, family: Family) -> bool:
        """Whether the code already says so; a code by site is not in remission unless it says otherwise."""
        if self.status is None and family.scheme == "site":
            return status is DiseaseStatus.NOT_IN_REMISSION
        return self.status is status

    def _no_status(self, what: str, advice: str) -> UnknownCodeError:
        message = f"'{self.code}' {what} in ICD-10-CM {self.release}; {advice}"
        return UnknownCodeError(message, self.code, self.release)


def _above(concept: Concept) -> Iterator[Concept]:
    parent = concept.parent
    while parent is not None:
        yield parent
        parent = parent.parent


class CodeSystem:
    """ICD-10-CM in and around the leukemias, by date. `system()` gives the packaged one."""

    def __init__(self, tables: Tables) -> None:
        self.tables: Final = tables
        self.calendar: Final = Calendar(tables.releases)
        self.notebook: Final = Notebook(tables)
        self._concepts: dict[tuple[str, str], Concept] = {}

    @property
    def releases(self) -> tuple[Release, ...]:
        """All packaged releases, oldest first."""
        return self.calendar.releases

    @property
    def newest(self) -> Release:
        """The newest packaged release."""
        return self.calendar.newest.release

    def moment(self, on: object) -> Moment:
        """The day and release that a `When` means; see `Calendar.moment`."""
        return self.calendar.moment(on)

    def release_on(self, day: date) -> Release:
        """The release in force on a day."""
        return self.calendar.release_on(day)

    def release(self, name: str) -> Release:
        """The release of that name."""
        return self.calendar.release(name)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every packaged code, valid at any time, in the order of the tabular list."""
        return tuple(self.tables)

    def concept(self, code: str, day: date) -> Concept | None:
        """The concept of a canonical code on a day, or None where it was not in the code set."""
        return self._concept(code, self.release_on(day))

    def versions(self, code: str) -> tuple[Concept, ...]:
        """A code through time: one concept per change of title or of being billable, oldest first."""
        row = self.tables.row(code)
        ends = () if row is None else (version.valid_to or self.calendar.last for version in row.versions)
        found = (self.concept(code, end) for end in ends)
        return tuple(concept for concept in found if concept is not None)

    def billable(self, code: str, day: date) -> bool:
        """Whether a canonical code can be billed on a day."""
        span = self.tables.spans.get(code)
        return span is not None and span[0] <= day <= span[1]

    def children(self, code: str, day: date) -> tuple[Concept, ...]:
        """The concepts directly below, in tabular order."""
        below = self.tables.children.get(code, ())
        return tuple(found for child in below if (found := self.concept(child, day)) is not None)

    def descendants(self, code: str, day: date) -> tuple[Concept, ...]:
        """All concepts below, in tabular order."""
        return tuple(self._below(code, day))

    def billable_below(self, code: str, day: date) -> list[IcdCode]:
        """The codes below that can be billed on a day, in tabular order."""
        spans = self.tables.spans
        return [below for below in self.tables.below(code) if spans[below][0] <= day <= spans[below][1]]

    def lineage(self, code: str) -> Iterator[str]:
        """The code itself and every header above it, nearest first, whatever the date."""
        return self.tables.lineage(code)

    @property
    def families(self) -> Mapping[str, Family]:
        """Every family by its code."""
        return MappingProxyType(self.tables.families)

    def family(self, code: str) -> Family | None:
        """The family that a code is, or lies in."""
        return self.tables.family_of(code)

    def compose(self, family: str, status: DiseaseStatus | None, day: date) -> IcdCode | None:
        """The billable code of a family in a status on a day; None where there is none.

        A family without status, or whose own code was billable before it was split, gives that code for no
        status and for not in remission.
        """
        known = self.tables.families.get(family)
        if known is None:
            return None
        code = None if status is None else known.code_for(status)
        if code is not None and self.billable(code, day):
            return code
        if status in (None, DiseaseStatus.NOT_IN_REMISSION) and self.billable(family, day):
            return known.code
        return None

    def is_covered(self, code: str) -> bool:
        """Whether all official codes that begin like this one are packaged: an unknown one does not exist."""
        return code.startswith(self.tables.complete)

    def undotted(self, plain: str) -> IcdCode | None:
        """The packaged code that is spelt so without its dot."""
        row = self.tables.row(f"{plain[:3]}.{plain[3:]}".removesuffix("."))
        return None if row is None else row.code

    def _below(self, code: str, day: date) -> Iterator[Concept]:
        for child in self.children(code, day):
            yield child
            yield from self._below(child.code, day)

    def _concept(self, code: str, release: Release) -> Concept | None:
        """Codes change with a release only, so that its first day speaks for all of it."""
        found = self._concepts.get((code, release.name))
        if found is not None:
            return found
        row = self.tables.row(code)
        index = None if row is None else row.version_on(release.effective_from)
        if row is None or index is None:
            return None
        return self._concepts.setdefault((code, release.name), self._build(row, index, release))

    def _build(self, row: Row, index: int, release: Release) -> Concept:
        version, (start, end) = row.versions[index], row.role(index)
        family = self.family(row.code)
        return Concept(
            code=row.code,
            title=version.title,
            kind=row.kind_of(version),
            scope=row.scope,
            billable=version.billable,
            parent_code=None if row.parent is None else IcdCode(row.parent),
            family_code=None if family is None else family.code,
            status=family.status_of(row.code) if family is not None and version.billable else None,
            block=row.block,
            chapter=self.tables.blocks[row.block].chapter,
            valid_from=start,
            valid_to=end,
            release=release.name,
            title_release=version.title_release,
        )


class _Packaged:
    """Holds the packaged code system once it is read, so that threads share one."""

    _lock: Final = Lock()
    _system: CodeSystem | None = None

    @classmethod
    def get(cls) -> CodeSystem:
        found = cls._system
        if found is None:
            with cls._lock:  # another thread may have been first
                found = cls._system = cls._system or CodeSystem(Tables.read())
        return found


def system() -> CodeSystem:
    """The packaged code system, read on first use."""
    return _Packaged.get()
