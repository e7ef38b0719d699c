"""What the commands share: arguments and options, and how a command ends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Final, TypeVar

import typer

from leukcodes.cli.streams import EXIT_ISSUES, Format, View, emit

__all__ = ["As", "Codes", "ExitZero", "On", "Texts", "finish", "leave", "read_moment"]

T = TypeVar("T")

_FISCAL_YEAR: Final = re.compile(r"FY\d{4}", re.IGNORECASE | re.ASCII)


def read_moment(text: str | None) -> str | None:
    """A date or fiscal year as it was typed, in its usual form.

    Raises:
        typer.BadParameter: it is neither.
    """
    if text is None:
        return None
    if _FISCAL_YEAR.fullmatch(text):
        return text.upper()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        hint = f"{text!r} is neither a date such as 2026-11-21 nor a fiscal year such as FY2027"
        raise typer.BadParameter(hint) from None


Texts = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="TEXT",
        help="Diagnosis texts; '-' or none: standard input, one a line.",
        show_default=False,
    ),
]
Codes = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="CODE",
        help="Codes, in any spelling; '-' or none: standard input, one a line.",
        show_default=False,
    ),
]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DATE|FY",
        callback=read_moment,
        help="Service date (2026-11-21) or fiscal year (FY2027).  [default: the newest release]",
    ),
]
As = Annotated[
    Format | None,
    typer.Option(
        "--format",
        help="[default: table; csv from standard input into a pipe or file]",
        show_default=False,
    ),
]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 even where there are errors.")]


def finish(results: Iterable[T], view: View[T], form: Format, exit_zero: bool) -> None:
    """Write the results and end with the exit status that they give."""
    leave(emit(results, view, form), exit_zero)


def leave(failed: bool, exit_zero: bool) -> None:
    """End with the exit status for issues of severity error, unless it is to be 0."""
    if failed and not exit_zero:
        raise typer.Exit(EXIT_ISSUES)
