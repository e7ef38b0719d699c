"""The command on files: a column is validated or read, and the answers written beside it, row for row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import BinaryIO

import typer

from leukcodes.cli.files.answers import Answer, Question
from leukcodes.cli.files.delimited import delimited
from leukcodes.cli.files.job import Job
from leukcodes.cli.files.jsonlines import json_lines
from leukcodes.cli.files.opening import STREAM, Text, decompressed, opened, reading, writing
from leukcodes.cli.files.options import FileOptions, Form, RaggedRows, form_of
from leukcodes.cli.files.parquet import parquet
from leukcodes.cli.files.report import work
from leukcodes.cli.streams import Format
from leukcodes.models import Outcome

__all__ = ["answer_file", "is_asked"]


def is_asked(options: FileOptions, on: str | None) -> bool:
    """Whether a file is meant, which `--column` alone says.

    Raises:
        typer.BadParameter: an option for files stands without it, or the date is given twice.
    """
    if options.day is not None and on is not None:
        raise typer.BadParameter("the date comes from --on or from --date-column, not from both")
    if options.column is None and options != FileOptions():
        raise typer.BadParameter("options for files need --column, the column to read")
    return options.column is not None


def answer_file(
    names: Sequence[str] | None, asked: Format | None, question: Question, options: FileOptions
) -> bool:
    """Answer every row of the one file that is named; true when any row has an issue of severity error.

    Raises:
        OSError: it cannot be read or written; no output is left then, and an older one is as it was.
        typer.BadParameter: the options do not fit it.
    """
    source = STREAM if not names else names[0]
    if names and len(names) > 1:
        raise typer.BadParameter("with --column, give one file")
    form = form_of(source, asked, options)
    job = Job(
        question,
        column=options.column or "",
        day=options.day,
        prefix=options.prefix,
        only=_choice(options),
        keep_ragged=options.ragged is RaggedRows.KEEP,
        safe_cells=options.safe_cells,
    )
    with writing(options.output, force=options.force) as sink, opened(source) as stream:
        _answer(stream, sink, source, form, job, options.encoding)
    return job.tally.failed > 0


def _answer(
    stream: BinaryIO, sink: BinaryIO, source: str, form: Form, job: Job, encoding: str | None
) -> None:
    if form.kind == "parquet":
        work(parquet(stream, sink, job), stream, source, job)
        return
    with ExitStack() as stack:
        stack.enter_context(reading())
        text = Text(decompressed(stream, source), encoding)
        stack.enter_context(reading(text))

        def write(piece: str) -> None:
            sink.write(piece.encode())

        if text.marked:
            write("\ufeff")
        batches = (
            json_lines(text, write, job)
            if form.kind == "json"
            else delimited(text, write, job, form.delimiter)
        )
        work(batches, stream, source, job)


def _choice(options: FileOptions) -> Callable[[Answer], bool] | None:
    if options.errors_only and options.review_only:
        return lambda answer: answer.failed or answer.outcome == Outcome.REVIEW
    if options.errors_only:
        return lambda answer: answer.failed
    if options.review_only:
        return lambda answer: answer.outcome == Outcome.REVIEW
    return None
