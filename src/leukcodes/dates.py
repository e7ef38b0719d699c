"""Days and fiscal years: which release of ICD-10-CM speaks on a day. Nothing here reads today's date."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from leukcodes.codes import shown
from leukcodes.errors import DateTrouble, ReleaseNotFoundError
from leukcodes.models import Release

__all__ = ["EMPTY_WORDS", "Calendar", "Moment", "When"]

When = date | str | None
"""A day (`date`, `datetime`, a pandas timestamp, an ISO string), a release name such as "FY2025" (its first
day), or None for the newest release."""

_FISCAL_YEAR: Final = re.compile(r"FY([0-9]{4})\Z", re.IGNORECASE | re.ASCII)
_WEEK: Final = re.compile(r"[0-9]{4}-?W")

# What an empty cell of a column turns into on its way through other libraries.
EMPTY_WORDS: Final = frozenset({"", "nat", "nan", "none", "null", "na", "<na>"})
_EMPTY_TYPES: Final = frozenset({"NaTType", "NAType"})


class Moment(NamedTuple):
    """A day, and the release that speaks on it."""

    day: date
    release: Release


class Calendar:
    """The packaged releases in time, without gaps."""

    __slots__ = ("_moments", "first", "last", "newest", "releases")

    def __init__(self, releases: Sequence[Release]) -> None:
        self.releases = tuple(releases)
        self.newest = Moment(self.releases[-1].effective_from, self.releases[-1])
        self.first = self.releases[0].effective_from
        self.last = self.releases[-1].effective_to
        # Holds one entry per day between the first and the last at most.
        self._moments: dict[date, Moment] = {}

    def moment(self, on: object) -> Moment:
        """The day and release that `on` means.

        Raises:
            ReleaseNotFoundError: before the first release, after the newest, missing, or not a date.
        """
        if on is None:
            return self.newest
        if type(on) is date:
            return self._moments.get(on) or self._remember(on, on)
        return self._remember(self._read(on), on)

    def release_on(self, day: date) -> Release:
        """The release in force on a day."""
        return self.moment(day).release

    def release(self, name: str) -> Release:
        """The release of that name, in any case."""
        year = _FISCAL_YEAR.match(name.strip())
        if year is None:
            raise _not_found(name, "unreadable", "is not a release; give a fiscal year such as FY2025")
        return self._of_year(int(year[1]), name)

    def _remember(self, day: date, asked: object) -> Moment:
        known = self._moments.get(day)
        if known is None:
            known = self._moments[day] = Moment(day, self._covering(day, asked))
        return known

    def _covering(self, day: date, asked: object) -> Release:
        if day < self.first:
            raise self._before(asked)
        if day > self.last:
            raise self._after(asked)
        return next(release for release in reversed(self.releases) if release.effective_from <= day)

    def _of_year(self, year: int, asked: object) -> Release:
        name = f"FY{year}"
        for release in self.releases:
            if release.name == name:
                return release
        raise self._before(asked) if year <= self.first.year else self._after(asked)

    def _read(self, on: object) -> date:
        if isinstance(on, str):
            return self._read_text(on)
        if type(on).__name__ == "datetime64":
            return self._read_text(str(on)[:10])
        if _is_missing(on):
            raise _missing(on)
        if isinstance(on, datetime):
            return on.date()
        if isinstance(on, date):
            return date(on.year, on.month, on.day)
        raise _unreadable(on)

    def _read_text(self, text: str) -> date:
        stripped = text.strip()
        if stripped.lower() in EMPTY_WORDS:
            raise _missing(text)
        year = _FISCAL_YEAR.match(stripped)
        if year is not None:
            return self._of_year(int(year[1]), text).effective_from
        if _WEEK.match(stripped):  # no service date; no database reads it
            raise _unreadable(text)
        try:
            return datetime.fromisoformat(stripped).date()
        except ValueError:
            raise _unreadable(text) from None

    def _before(self, asked: object) -> ReleaseNotFoundError:
        what = f"is before ICD-10-CM; give a date from {self.first} on, or use ICD-9-CM"
        return _not_found(asked, "before", what)

    def _after(self, asked: object) -> ReleaseNotFoundError:
        what = (
            f"is after ICD-10-CM {self.releases[-1].name}, the newest packaged release; "
            f"give a date up to {self.last}, or install a newer leukcodes"
        )
        return _not_found(asked, "after", what)


def _is_missing(on: object) -> bool:
    return type(on).__name__ in _EMPTY_TYPES or (isinstance(on, float) and math.isnan(on))


def _missing(asked: object) -> ReleaseNotFoundError:
    return _not_found(asked, "missing", "stands where a date should; give the service or discharge date")


def _unreadable(asked: object) -> ReleaseNotFoundError:
    return _not_found(
        asked, "unreadable", "cannot be read as a date; write it as 2024-09-30, or name a release"
    )


def _not_found(asked: object, reason: DateTrouble, what: str) -> ReleaseNotFoundError:
    said = str(asked) if type(asked) is date else shown(asked)
    return ReleaseNotFoundError(f"{said} {what}", asked, reason)
