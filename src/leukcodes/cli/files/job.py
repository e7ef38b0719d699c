"""What is to be done with a table: which columns are read, which are added, which rows are written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Final, NamedTuple

import typer

from leukcodes.cli.files.answers import Answer, Question, Tally

__all__ = ["Job", "Places", "place"]

_MANY: Final = 12


class Places(NamedTuple):
    """Where in a record the value and its date stand; no date where all rows share one."""

    value: int
    day: int | None


@dataclass(frozen=True)
class Job:
    """One question asked of a column; `only` picks the rows to write, all where it is None."""

    question: Question
    column: str
    day: str | None = None
    prefix: str | None = None
    only: Callable[[Answer], bool] | None = None
    keep_ragged: bool = False
    safe_cells: bool = False
    tally: Tally = field(default_factory=Tally)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the new columns."""
        prefix = f"{self.column}_" if self.prefix is None else self.prefix
        return tuple(prefix + end for end in self.question.columns)

    def places(self, header: Sequence[str]) -> Places:
        """Where the columns stand.

        Raises:
            typer.BadParameter: one is not there, or twice, or a new name is taken.
        """
        self.check_names(header)
        value = place(self.column, header, "'--column'")
        return Places(value, None if self.day is None else place(self.day, header, "'--date-column'"))

    def check_names(self, taken: Collection[str], where: str = "") -> None:
        """Refuse to write a column that is there already."""
        clash = next((name for name in self.names if name in taken), None)
        if clash is not None:
            raise typer.BadParameter(
                f"{where}{clash!r} is there already and would be added; choose other names with --prefix",
                param_hint="'--prefix'",
            )


def place(name: str, header: Sequence[str], option: str) -> int:
    """Where in the header the column of an option stands.

    Raises:
        typer.BadParameter: it is not there, or twice.
    """
    found = header.count(name)
    if found == 1:
        return header.index(name)
    if found:
        raise typer.BadParameter(f"{name!r} is the name of {found} columns; rename one", param_hint=option)
    plain = {each.strip().casefold(): each for each in reversed(header)}
    near = get_close_matches(name.strip().casefold(), plain, n=1)
    meant = f"did you mean {plain[near[0]]!r}? " if near else ""
    more = f" and {len(header) - _MANY} more" if len(header) > _MANY else ""
    columns = ", ".join(repr(each[:60]) for each in header[:_MANY]) or "none"
    if len(header) == 1:
        more = "; where another character parts the cells, name it with --delimiter"
    if "\0" in "".join(header):
        more = "; the file looks like UTF-16, which --encoding utf-16-le or utf-16-be reads"
    raise typer.BadParameter(f"no column {name!r}; {meant}there are {columns}{more}", param_hint=option)
