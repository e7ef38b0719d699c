"""Names of columns: which one is meant, which ones are added, and errors that say what to do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from leukcodes.codesystem import When, system
from leukcodes.errors import ReleaseNotFoundError, UnknownNameError

__all__ = ["Names", "On", "added_names", "check_column", "read_on"]

Names = Mapping[str, str | None]
"""Other names for added columns, by field; None leaves a column out."""


@dataclass(frozen=True, slots=True)
class On:
    """The date to judge on: of each row in `column`, or the one `day` for all."""

    column: str | None
    day: date


def check_column(name: str, columns: Collection[str]) -> str:
    """The name, if the frame has such a column.

    Raises:
        UnknownNameError: it has not.
    """
    if name in columns:
        return name
    raise UnknownNameError(f"{name!r} is no column of the frame{_near(name, columns)}", name, tuple(columns))


def read_on(on: When, columns: Collection[str]) -> On:
    """What `on` means: a string that names a column is that column, any other must be a date or release.

    Raises:
        UnknownNameError: a string that is neither.
        ReleaseNotFoundError: a date that no packaged release covers.
        ValueError: a string that is both.
    """
    if not isinstance(on, str):
        return On(None, system().moment(on).day)
    try:
        day = system().moment(on).day
    except ReleaseNotFoundError as error:
        if on in columns:
            return On(on, system().newest.effective_from)
        if error.reason in {"before", "after"}:
            raise
        what = f"on={on!r} is neither a column of the frame nor a date or release"
        raise UnknownNameError(f"{what}{_near(on, columns)}", on, tuple(columns)) from None
    if on in columns:
        raise ValueError(
            f"on={on!r} is a column of the frame and also a date or release; rename the column, "
            f"or give the date as datetime.{day!r}".replace("datetime.datetime", "datetime")
        )
    return On(None, day)


def added_names(
    fields: Iterable[str], column: str, columns: Collection[str], prefix: str | None, names: Names | None
) -> dict[str, str]:
    """The name of the added column of each field, without those that are left out.

    Raises:
        UnknownNameError: `names` is for a field that there is not.
        ValueError: a name is taken, by the frame or by another added column.
    """
    known, chosen = tuple(fields), dict(names or {})
    for field in chosen:
        if field not in known:
            message = f"names= has {field!r}, which is no added column; use {', '.join(known)}"
            raise UnknownNameError(message, field, known)
    start = f"{column}_" if prefix is None else prefix
    added = {field: chosen.get(field, f"{start}{field}") for field in known}
    kept = {field: name for field, name in added.items() if name is not None}
    taken = [name for name in kept.values() if name in columns or list(kept.values()).count(name) > 1]
    if taken:
        raise ValueError(
            f"{taken[0]!r} would stand twice in the frame; choose other names with prefix= or names="
        )
    return kept


def _near(name: str, columns: Collection[str]) -> str:
    near = get_close_matches(str(name), [str(column) for column in columns], 1)  # pandas has others, too
    if near:
        return f"; did you mean {near[0]!r}?"
    listed = ", ".join(map(repr, list(columns)[:20]))
    return f"; it has {listed}" if listed else "; it has none"
