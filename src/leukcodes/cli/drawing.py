"""The command `map`: the code map, bare or with the counts of a file's column, as text or as a picture."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from leukcodes.cli.files import options as file
from leukcodes.cli.files.opening import STREAM, opened, writing
from leukcodes.cli.files.rows import rows_of
from leukcodes.cli.shared import On
from leukcodes.cli.streams import Format, failing_well
from leukcodes.render import CodeMap, Summary, code_map, summarise

__all__ = ["draw"]


def draw(  # noqa: PLR0913 - each option of a command is a parameter
    source: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="A table with a column of codes; '-': standard input, CSV."),
    ] = None,
    *,
    column: file.Column = None,
    on: On = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="The picture, such as map.svg.  [default: text]"),
    ] = None,
    force: file.Force = False,
    kind: Annotated[
        Format | None, typer.Option("--format", help="What FILE is, where its name does not say.")
    ] = None,
    encoding: file.Encoding = None,
    delimiter: file.Delimiter = None,
    ragged: file.Ragged = file.RaggedRows.ERROR,
) -> None:
    """Draw the families of leukemia by disease status.

    With a file, how often each code stands in its column, and what is not on the map.

    leukcodes map -o map.svg

    leukcodes map claims.csv --column dx -o map.svg
    """
    if (source is None) != (column is None):
        raise typer.BadParameter("a file and --column, the column of codes in it, go together")
    if output not in (None, STREAM) and Path(output).suffix.lower() != ".svg":
        raise typer.BadParameter(f"{output!r} must end in .svg", param_hint="'--output'")
    options = file.FileOptions(encoding=encoding, delimiter=delimiter, ragged=ragged)
    with failing_well():
        drawn: CodeMap | Summary = code_map(on=on)
        if source is not None and column is not None:
            drawn = _counted(source, column, file.form_of(source, kind, options), options, on)
        if output is None and sys.stdout.isatty():
            from rich.console import Console

            Console().print(drawn)
            return
        text = f"{drawn}\n" if output is None else drawn.to_svg()
        with writing(output, force=force) as sink:
            sink.write(text.encode())


def _counted(source: str, column: str, form: file.Form, options: file.FileOptions, on: str | None) -> Summary:
    counts: Counter[str | None] = Counter()
    with opened(source) as stream:
        for batch in rows_of(stream, source, form, options, {"--column": column}):
            counts.update(None if cell is None else str(cell) for (cell,) in batch)
    return summarise(counts.items(), column=column, on=on)
