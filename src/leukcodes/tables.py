"""The compiled tables in memory: codes with their versions, the tree, families and validity.

What stands here is plain data, read once; `leukcodes.codesystem` turns it into concepts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, Final, Literal, NamedTuple

from leukcodes.codes import IcdCode
from leukcodes.models import DiseaseStatus, Kind, Record, Release, Scope
from leukcodes.resources import front_decoded, read_json, rows_of

__all__ = ["Block", "Family", "Row", "Scheme", "Tables", "Version", "header_above", "raw_rows"]

Scheme = Literal["012", "01", "site", "none"]
"""How a family carries its disease status: all three characters, no relapse, only a remission code beside
codes by site, or not at all."""

_STATUSES: Final = tuple(DiseaseStatus)

_RawRow = tuple[str, str, str | None, str, list[tuple[Any, ...]]]


class Block(NamedTuple):
    """A range of categories, the range around it, and its chapter."""

    chapter: str
    title: str
    parent: str | None


class Version(NamedTuple):
    """A code between two changes of its title or of its being billable; `valid_to` None is open."""

    valid_from: date
    valid_to: date | None
    title: str
    billable: bool
    title_release: str

    def covers(self, day: date) -> bool:
        """Whether the version stood on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Row(NamedTuple):
    """A code through all its versions, in time order."""

    code: IcdCode
    scope: Scope
    parent: str | None
    block: str
    versions: tuple[Version, ...]

    def version_on(self, day: date) -> int | None:
        """The index of the version that stood on that day."""
        return next((index for index, version in enumerate(self.versions) if version.covers(day)), None)

    def kind_of(self, version: Version) -> Kind:
        """What the code is in the tabular list."""
        if version.billable:
            return Kind.CODE
        return Kind.CATEGORY if len(self.code) == 3 else Kind.SUBCATEGORY

    def role(self, index: int) -> tuple[date, date | None]:
        """From when to when the code was what it is in that version, billable or header, under any title."""
        versions, billable = self.versions, self.versions[index].billable
        first = last = index
        while first and versions[first - 1].billable is billable:
            first -= 1
        while last + 1 < len(versions) and versions[last + 1].billable is billable:
            last += 1
        return versions[first].valid_from, versions[last].valid_to


@dataclass(frozen=True, slots=True)
class Family(Record):
    """A disease, and the codes that carry its status.

    `codes` stand for not in remission, in remission and in relapse, None where there is no such code. For the
    scheme "site" the first is the code of the unspecified site.
    """

    code: IcdCode
    scheme: Scheme
    codes: tuple[IcdCode | None, IcdCode | None, IcdCode | None]
    lineage: str
    acuity: str
    cell_type: str

    def code_for(self, status: DiseaseStatus) -> IcdCode | None:
        """The code of that status, whether or not it is valid on any given day."""
        return self.codes[_STATUSES.index(status)]

    def status_of(self, code: str) -> DiseaseStatus | None:
        """What the code says about the status; a code by site says nothing."""
        if code not in self.codes:
            return None
        status = _STATUSES[self.codes.index(IcdCode(code))]
        if self.scheme == "site" and status is DiseaseStatus.NOT_IN_REMISSION:
            return None
        return status


class Tables:
    """`codes.json` in memory. Rows keep the order of the tabular list."""

    def __init__(self, data: dict[str, Any]) -> None:
        days = _Days()
        self.releases = tuple(_release(entry, days) for entry in data["releases"])
        self.blocks = {
            name: Block(entry["chapter"], entry["title"], entry["parent"])
            for name, entry in data["blocks"].items()
        }
        self.complete: tuple[str, ...] = tuple(data["complete"])
        self._raw = raw_rows(data["codes"], data["versions"])
        self._raw_families: dict[str, dict[str, Any]] = data["families"]
        self._days = days
        self._rows: dict[str, Row] = {}
        self._below: dict[str, tuple[IcdCode, ...]] = {}  # of headers, which are few

    @classmethod
    def read(cls) -> Tables:
        """The packaged tables."""
        return cls(read_json("codes.json"))

    def __contains__(self, code: str) -> bool:
        return code in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def row(self, code: str) -> Row | None:
        """The row of a canonical code."""
        row = self._rows.get(code)
        if row is None and code in self._raw:
            row = self._rows[code] = self._build(self._raw[code])
        return row

    @cached_property
    def children(self) -> dict[str, list[str]]:
        """The codes directly below each header, at any time, in tabular order."""
        below: dict[str, list[str]] = {}
        for code, entry in self._raw.items():
            if entry[2] is not None:
                below.setdefault(entry[2], []).append(code)
        return below

    def below(self, code: str) -> tuple[IcdCode, ...]:
        """The codes below a header that were ever billable, in tabular order."""
        known = self._below.get(code)
        if known is None:
            found = [each for child in self.children.get(code, ()) for each in (child, *self.below(child))]
            known = tuple(IcdCode(each) for each in found if each in self.spans)
            if known:
                self._below[code] = known
        return known

    @cached_property
    def spans(self) -> dict[str, tuple[date, date]]:
        """First and last billable day of every code that was ever billable, within the packaged releases."""
        last, days = self.releases[-1].effective_to, self._days
        found: dict[str, tuple[date, date]] = {}
        for code, entry in self._raw.items():
            billable = [version for version in entry[4] if version[3]]
            if billable:
                until = billable[-1][1]
                found[code] = days[billable[0][0]], last if until is None else days[until]
        return found

    @cached_property
    def families(self) -> dict[str, Family]:
        """Every family by its code."""
        return {code: _family(code, entry) for code, entry in self._raw_families.items()}

    @cached_property
    def family_codes(self) -> dict[str, str]:
        """The family of every code that carries a status."""
        return {
            member: family
            for family, entry in self._raw_families.items()
            for member in entry["codes"]
            if member is not None
        }

    def lineage(self, code: str) -> Iterator[str]:
        """The code itself and every header above it, nearest first, whatever the date."""
        row = self.row(code)
        while row is not None:
            yield str(row.code)
            row = None if row.parent is None else self.row(row.parent)

    def family_of(self, code: str) -> Family | None:
        """The family that a code is, or lies in."""
        member: str | None = code
        while member is not None:
            family = member if member in self._raw_families else self.family_codes.get(member)
            if family is not None:
                return self.families[family]
            member = self._raw[member][2] if member in self._raw else None
        return None

    def _build(self, entry: _RawRow) -> Row:
        code, scope, parent, block, versions = entry
        days = self._days
        return Row(
            IcdCode(code),
            Scope(scope),
            parent,
            block,
            tuple(
                Version(days[start], None if end is None else days[end], title, bool(billable), text_from)
                for start, end, title, billable, text_from in versions
            ),
        )


def raw_rows(codes: list[Any], versions: list[Any]) -> dict[str, _RawRow]:
    """The rows by code from the two tables, which are stored by columns."""
    names = [name.upper() for name in front_decoded(codes[0])]
    known = frozenset(names)
    spans = rows_of(versions)
    return {
        code: (code, scope, header_above(code, known), block, list(islice(spans, count)))
        for code, scope, block, count in zip(names, *codes[1:], strict=True)
    }


def header_above(code: str, known: Collection[str]) -> str | None:
    """The header that a code lies in, None for a category; characters that only hold a place are left out."""
    return next((code[:end] for end in range(len(code) - 1, 2, -1) if code[:end] in known), None)


class _Days(dict[str, date]):
    """ISO dates read once each: the tables name a few dozen days thousands of times."""

    def __missing__(self, text: str) -> date:
        day = self[text] = date.fromisoformat(text)
        return day


def _release(entry: dict[str, str], days: _Days) -> Release:
    return Release(
        entry["name"],
        days[entry["effective_from"]],
        days[entry["effective_to"]],
        entry["titles_from"],
        entry["notes_from"],
        entry["verification"],
    )


def _family(code: str, entry: dict[str, Any]) -> Family:
    first, second, third = (None if member is None else IcdCode(member) for member in entry["codes"])
    return Family(
        IcdCode(code),
        entry["scheme"],
        (first, second, third),
        entry["lineage"],
        entry["acuity"],
        entry["cell_type"],
    )
