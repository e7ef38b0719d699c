"""The options for files, and what they and the file's name say about its form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Annotated, Final

import typer

from leukcodes.cli.files.opening import STREAM
from leukcodes.cli.streams import Format

__all__ = [
    "Column",
    "DateColumn",
    "Delimiter",
    "Encoding",
    "ErrorsOnly",
    "FileOptions",
    "Force",
    "Form",
    "Output",
    "Prefix",
    "Ragged",
    "RaggedRows",
    "ReviewOnly",
    "SafeCells",
    "form_of",
    "kind_of",
]

_KINDS: Final = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "json",
    ".ndjson": "json",
    ".parquet": "parquet",
    ".pq": "parquet",
}
_PACKED: Final = frozenset({".gz", ".zst"})
_FORBIDDEN: Final = frozenset('"\r\n')


class RaggedRows(StrEnum):
    """What is done about rows with more or fewer cells than the header, or objects without the column."""

    ERROR = "error"
    KEEP = "keep"


def _read_delimiter(text: str | None) -> str | None:
    if text is None or (len(text) == 1 and text not in _FORBIDDEN):
        return text
    if text in ("tab", r"\t"):
        return "\t"
    raise typer.BadParameter(f"{text!r} is not one character; give one, such as ';', or the word tab")


def _read_encoding(text: str | None) -> str | None:
    try:
        if text is not None:
            TextIOWrapper(BytesIO(), encoding=text)
    except (LookupError, ValueError):
        raise typer.BadParameter(f"{text!r} is no text encoding; give one such as latin-1") from None
    return text


def _read_prefix(text: str | None) -> str | None:
    try:
        (text or "").encode()
    except UnicodeEncodeError:  # bytes that are not UTF-8 come as lone surrogates
        raise typer.BadParameter(f"{text!r} cannot be written; give it in UTF-8") from None
    return text


Column = Annotated[
    str | None,
    typer.Option("--column", "-c", metavar="NAME", help="Read this column of the file that is named."),
]
DateColumn = Annotated[
    str | None,
    typer.Option("--date-column", metavar="NAME", help="Each row's service or discharge date."),
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="[default: standard output]"),
]
Force = Annotated[bool, typer.Option("--force", help="Replace the output file if it exists.")]
Prefix = Annotated[
    str | None,
    typer.Option(
        "--prefix",
        callback=_read_prefix,
        metavar="TEXT",
        help="Beginning of the new columns' names.  [default: the column's name and _]",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        callback=_read_encoding,
        metavar="NAME",
        help="Such as latin-1.  [default: UTF-8, or what a byte-order mark says]",
    ),
]
Delimiter = Annotated[
    str | None,
    typer.Option(
        "--delimiter", callback=_read_delimiter, metavar="CHAR", help="[default: a comma; a tab in .tsv]"
    ),
]
Ragged = Annotated[
    RaggedRows,
    typer.Option(help="Rows of another length than the header: stop, or keep them with all their cells."),
]
ErrorsOnly = Annotated[
    bool, typer.Option("--errors-only", help="Write only rows with an issue of severity error.")
]
ReviewOnly = Annotated[
    bool, typer.Option("--review-only", help="Write only rows that a person must look at.")
]
SafeCells = Annotated[
    bool,
    typer.Option("--safe-cells", help="Put an apostrophe before cells that a spreadsheet would run."),
]


@dataclass(frozen=True)
class FileOptions:
    """The options that mean something for files alone."""

    column: str | None = None
    day: str | None = None
    output: str | None = None
    force: bool = False
    prefix: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    ragged: RaggedRows = RaggedRows.ERROR
    errors_only: bool = False
    review_only: bool = False
    safe_cells: bool = False


@dataclass(frozen=True)
class Form:
    """How a table is written down: csv, json (lines) or parquet; a delimiter for csv alone."""

    kind: str
    delimiter: str = ","


def form_of(source: str, asked: Format | None, options: FileOptions) -> Form:
    """What the options say, else the name, and for standard input CSV. Nothing is guessed from the content.

    Raises:
        typer.BadParameter: neither says it, or they contradict each other.
    """
    form = _form(source, asked, options.delimiter)
    if form.kind == "csv":
        names = {"tsv", "csv" if options.delimiter else "tsv"} if form.delimiter == "\t" else {"csv"}
    elif options.delimiter or options.safe_cells:
        raise typer.BadParameter("--delimiter and --safe-cells are for CSV and TSV")
    elif form.kind == "parquet" and (source == STREAM or options.encoding):
        raise typer.BadParameter("Parquet has no --encoding and cannot be read from standard input")
    else:
        names = {form.kind}
    written = None if options.output in (None, STREAM) else kind_of(options.output)
    if written is not None and written not in names:
        raise typer.BadParameter(
            f"{options.output!r} is the name of another form, and files are written as they are read; "
            f"name it .{'jsonl' if form.kind == 'json' else min(names)}",
            param_hint="'--output'",
        )
    return form


def kind_of(name: str) -> str | None:
    """What the end of a name says: csv, tsv, json or parquet; None where it says nothing.

    Raises:
        typer.BadParameter: compressed Parquet, which nothing reads.
    """
    path = Path(name)
    packed = path.suffix.lower() in _PACKED
    kind = _KINDS.get(Path(path.stem if packed else path.name).suffix.lower())
    if packed and kind == "parquet":
        raise typer.BadParameter(f"{name!r}: Parquet is compressed inside; name it .parquet")
    return kind


def _form(source: str, asked: Format | None, delimiter: str | None) -> Form:
    kind = None if source == STREAM else kind_of(source)
    if asked is Format.TABLE:
        raise typer.BadParameter("a file is read and written as csv or json", param_hint="'--format'")
    if asked is not None or delimiter is not None:
        return Form(asked or "csv", delimiter or ",")
    if kind is None and source != STREAM:
        raise typer.BadParameter(
            f"{source!r} does not end in .csv, .tsv, .jsonl or .parquet; "
            "say what it is with --format or --delimiter"
        )
    return Form("csv", "\t") if kind == "tsv" else Form(kind or "csv")
