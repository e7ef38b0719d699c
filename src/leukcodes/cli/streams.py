"""What goes in and out of the command: items from arguments or standard input, results in three formats."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from json import JSONDecodeError
from typing import Final, Generic, TypeVar

import typer
from rich.console import Console
from rich.highlighter import RegexHighlighter
from rich.theme import Theme

from leukcodes.errors import MissingExtraError, ReleaseNotFoundError

__all__ = ["Format", "View", "choose_format", "emit", "failing_well", "items_from"]

EXIT_ISSUES: Final = 1
EXIT_USAGE: Final = 2
EXIT_IO: Final = 3

T = TypeVar("T")


class Format(StrEnum):
    """How results are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@dataclass(frozen=True)
class View(Generic[T]):
    """How one kind of result is shown, and when it counts as failed.

    `text` is None where there is nothing to show; `complaint` is what a person is then told (standard error).
    """

    columns: tuple[str, ...]
    row: Callable[[T], Sequence[object]]
    text: Callable[[T], str | None]
    json: Callable[[T], str]
    failed: Callable[[T], bool] = lambda _: False
    complaint: Callable[[T], str | None] = lambda _: None


def items_from(arguments: Sequence[str] | None) -> Iterator[str]:
    """The arguments, or the lines of standard input where there are none or the only one is `-`.

    Raises:
        typer.BadParameter: nothing was given and standard input is a terminal, or `-` stands among others.
    """
    if not arguments and sys.stdin.isatty():
        raise typer.BadParameter("give at least one, or pipe them in, one a line")
    if not arguments or list(arguments) == ["-"]:
        return _lines(sys.stdin.buffer)
    if "-" in arguments:
        raise typer.BadParameter("'-' reads standard input and must stand alone")
    return map(_clean_argument, arguments)


def choose_format(requested: Format | None, arguments: Sequence[str] | None) -> Format:
    """What was asked for; else text for a person, and CSV where a stream goes from pipe to pipe."""
    if requested:
        return requested
    streaming = not arguments or list(arguments) == ["-"]
    return Format.CSV if streaming and not sys.stdout.isatty() else Format.TABLE


def emit(results: Iterable[T], view: View[T], form: Format) -> bool:
    """Write each result as it comes; true when any of them failed."""
    _prepare_stdout()
    write = _WRITERS[form](view)
    failed = False
    for result in results:
        write(result)
        failed = view.failed(result) or failed
    sys.stdout.flush()
    return failed


@contextmanager
def failing_well() -> Iterator[None]:
    """Turn trouble with the world outside into one line and the documented exit status."""
    try:
        yield
    except ReleaseNotFoundError as error:
        raise typer.BadParameter(str(error), param_hint="'--on'") from None
    except BrokenPipeError:
        # The reader left. What is still buffered must not be flushed into the closed pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(EXIT_IO) from None
    except MissingExtraError as error:
        sys.stderr.write(f"leukcodes: {error}\n")
        raise typer.Exit(EXIT_USAGE) from None
    except OSError as error:
        sys.stderr.write(f"leukcodes: {error}\n")
        raise typer.Exit(EXIT_IO) from None
    except JSONDecodeError as error:
        sys.stderr.write(f"leukcodes: the packaged data are damaged ({error}); see leukcodes doctor\n")
        raise typer.Exit(EXIT_IO) from None


def _lines(stream: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(stream, start=1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise OSError(f"line {number} of standard input is not UTF-8; convert it first") from None
        yield text.removesuffix("\n").removesuffix("\r")


def _clean_argument(text: str) -> str:
    # Bytes that are not UTF-8 arrive as lone surrogates, which no output encoding takes.
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _prepare_stdout() -> None:
    """Files and pipes get UTF-8 whatever the locale; a terminal keeps its own encoding, but never fails."""
    if not isinstance(sys.stdout, io.TextIOWrapper):
        return
    if sys.stdout.isatty():
        sys.stdout.reconfigure(errors="replace")
    else:
        sys.stdout.reconfigure(encoding="utf-8")


class _Highlighter(RegexHighlighter):
    base_style = "leukcodes."
    highlights = (
        r"(?P<code>\b[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?\b)",
        r"^(?P<coded>coded):|: (?P<valid>valid) in ",
        r"^(?P<none>none):|: (?P<unchecked>not checked) in ",
        r"^(?P<review>review):|^ +(?P<query>query) LK-|^ +(?P<warning>warning) LK-",
        r"^ +(?P<error>error) LK-|: (?P<invalid>invalid) in ",
    )


_GOOD, _OPEN, _BAD = "green", "yellow", "bold red"
_THEME: Final = Theme(
    {
        "leukcodes.code": "bold cyan",
        **{f"leukcodes.{name}": _GOOD for name in ("coded", "valid")},
        **{f"leukcodes.{name}": _OPEN for name in ("review", "query", "warning")},
        **{f"leukcodes.{name}": _BAD for name in ("error", "invalid")},
        **{f"leukcodes.{name}": "dim" for name in ("none", "unchecked")},
    }
)


def _text_writer(view: View[T]) -> Callable[[T], None]:
    console = Console(theme=_THEME, highlighter=_Highlighter())

    def write(result: T) -> None:
        text = view.text(result)
        if text is None:
            sys.stderr.write(f"leukcodes: {view.complaint(result)}\n")
            return
        for line in text.splitlines():
            # The terminal may wrap a long line; rich would wrap or crop inside a code.
            console.print(line, markup=False, emoji=False, soft_wrap=True)

    return write


def _json_writer(view: View[T]) -> Callable[[T], None]:
    return lambda result: print(view.json(result))  # noqa: T201 - standard output is where this goes


class _Records:
    """Only where lines end with a carriage return are those in cells sure to be quoted before Python 3.13."""

    def write(self, record: str) -> None:
        sys.stdout.write(record.removesuffix("\r\n") + "\n")


def _csv_writer(view: View[T]) -> Callable[[T], None]:
    table = csv.writer(_Records(), lineterminator="\r\n")
    table.writerow(view.columns)
    return lambda result: table.writerow(view.row(result))


_WRITERS: Final = {Format.TABLE: _text_writer, Format.JSON: _json_writer, Format.CSV: _csv_writer}
