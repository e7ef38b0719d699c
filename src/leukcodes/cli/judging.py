"""The commands that judge: `resolve` and `validate`, on arguments, standard input and files."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from leukcodes import resolver, terminology
from leukcodes.cli import files, views
from leukcodes.cli.files import options as file
from leukcodes.cli.files.answers import resolution, validation
from leukcodes.cli.shared import As, Codes, ExitZero, On, Texts, finish, leave
from leukcodes.cli.streams import choose_format, failing_well, items_from
from leukcodes.models import Setting

__all__ = ["resolve", "validate"]


def resolve(  # noqa: PLR0913 - each option of a command is a parameter
    texts: Texts = None,
    *,
    on: On = None,
    setting: Annotated[Setting | None, typer.Option(help="Kind of claim, for uncertain diagnoses.")] = None,
    strict_status: Annotated[
        bool, typer.Option("--strict-status", help="Ask where the text names no status, instead of NOS.")
    ] = False,
    form: As = None,
    exit_zero: ExitZero = False,
    column: file.Column = None,
    date_column: file.DateColumn = None,
    output: file.Output = None,
    force: file.Force = False,
    prefix: file.Prefix = None,
    encoding: file.Encoding = None,
    delimiter: file.Delimiter = None,
    ragged: file.Ragged = file.RaggedRows.ERROR,
    errors_only: file.ErrorsOnly = False,
    review_only: file.ReviewOnly = False,
    safe_cells: file.SafeCells = False,
) -> None:
    """Read diagnosis texts.

    Each gives one code, or the question to ask, or no leukemia, and why.

    leukcodes resolve "relapsed AMKL"

    leukcodes resolve claims.csv --column diagnosis -o coded.csv
    """
    unspecified: Literal["nos", "ask"] = "ask" if strict_status else "nos"
    chosen = file.FileOptions(
        *(column, date_column, output, force, prefix, encoding, delimiter, ragged),
        *(errors_only, review_only, safe_cells),
    )
    with failing_well():
        if files.is_asked(chosen, on):
            question = resolution(on, setting, unspecified)
            leave(files.answer_file(texts, form, question, chosen), exit_zero)
            return
        found = (
            resolver.resolve(text, on=on, setting=setting, unspecified_status=unspecified)
            for text in items_from(texts)
        )
        finish(found, views.RESOLUTION, choose_format(form, texts), exit_zero)


def validate(  # noqa: PLR0913 - each option of a command is a parameter
    codes: Codes = None,
    *,
    on: On = None,
    form: As = None,
    exit_zero: ExitZero = False,
    column: file.Column = None,
    date_column: file.DateColumn = None,
    output: file.Output = None,
    force: file.Force = False,
    prefix: file.Prefix = None,
    encoding: file.Encoding = None,
    delimiter: file.Delimiter = None,
    ragged: file.Ragged = file.RaggedRows.ERROR,
    errors_only: file.ErrorsOnly = False,
    safe_cells: file.SafeCells = False,
) -> None:
    """Check codes for a date.

    Known, complete, billable and valid on it; and if not, why, and what to use instead.

    leukcodes validate C94.2 --on 2026-11-21

    leukcodes validate claims.csv -c dx --date-column day -o checked.csv
    """
    chosen = file.FileOptions(
        *(column, date_column, output, force, prefix, encoding, delimiter, ragged),
        *(errors_only, False, safe_cells),
    )
    with failing_well():
        if files.is_asked(chosen, on):
            leave(files.answer_file(codes, form, validation(on), chosen), exit_zero)
            return
        results = (terminology.validate_code(code, on=on) for code in items_from(codes))
        finish(results, views.VALIDATION, choose_format(form, codes), exit_zero)
