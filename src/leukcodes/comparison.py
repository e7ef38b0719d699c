"""What changed between two releases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from leukcodes.codesystem import When, system
from leukcodes.enums import ChangeKind
from leukcodes.results import Change, Comparison
from leukcodes.tables import Row, Version

__all__ = ["compare"]


def compare(old: When, new: When = None) -> Comparison:
    """What was added, deleted, given another title or split between two releases, in and around the scope.

    A release's text is that of the file its `titles_from` names, so that years without a file of their own
    show no change of title before that file's year.

    Args:
        old: the older release, by name or by a date in it.
        new: the newer one; None is the newest packaged release.

    Raises:
        ReleaseNotFoundError: there is no such release.
        ValueError: `old` is not older than `new`.

    Example:
        >>> changes = compare("FY2017", "FY2018")
        >>> [(str(change.code), len(change.into)) for change in changes.split if change.scope == "related"]
        [('C96.2', 4), ('D47.0', 3)]
    """
    first, second = system().moment(old).release, system().moment(new).release
    if first.effective_from > second.effective_from:
        raise ValueError(f"{first.name} is newer than {second.name}; give the older release first")
    days = first.effective_from, second.effective_from
    rows = (system().tables.row(code) for code in system().codes)
    changes = tuple(change for row in rows if row is not None for change in _changes(row, *days))
    return Comparison(first.name, second.name, changes)


def _changes(row: Row, old: date, new: date) -> Iterator[Change]:
    before, after = _version(row, old), _version(row, new)
    if before is None and after is not None:
        since = min(version.valid_from for version in row.versions if version.valid_from > old)
        yield Change(ChangeKind.ADDED, row.code, row.scope, since, new_title=after.title)
    elif before is not None and after is None:
        last = max(
            version.valid_to for version in row.versions if version.valid_to and version.valid_to < new
        )
        gone = last + timedelta(days=1)
        yield Change(ChangeKind.DELETED, row.code, row.scope, gone, old_title=before.title)
    elif before is not None and after is not None:
        yield from _changed(row, before, after, new)


def _changed(row: Row, before: Version, after: Version, new: date) -> Iterator[Change]:
    later = [version for version in row.versions if before.valid_from < version.valid_from <= new]
    titles = before.title, after.title
    if before.title != after.title:
        since = next(version.valid_from for version in later if version.title != before.title)
        yield Change(ChangeKind.RETITLED, row.code, row.scope, since, *titles)
    if before.billable and not after.billable:
        since = next(version.valid_from for version in later if not version.billable)
        into = tuple(child.code for child in system().children(row.code, new))
        yield Change(ChangeKind.SPLIT, row.code, row.scope, since, *titles, into)


def _version(row: Row, day: date) -> Version | None:
    index = row.version_on(day)
    return None if index is None else row.versions[index]
