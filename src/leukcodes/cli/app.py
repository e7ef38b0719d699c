"""The commands. Exit status: 0 all good, 1 issues of severity error, 2 usage, 3 input or output."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Final, Literal, TypeVar

import typer

from leukcodes import __version__, resolver, terminology
from leukcodes.cli import files, views
from leukcodes.cli.auditing import audit
from leukcodes.cli.export import ExportFormat, export_to
from leukcodes.cli.files import options as file
from leukcodes.cli.files.answers import resolution, validation
from leukcodes.cli.streams import (
    EXIT_ISSUES,
    Format,
    View,
    choose_format,
    emit,
    failing_well,
    items_from,
)
from leukcodes.errors import LeukcodesError, ReleaseNotFoundError, UnknownNameError
from leukcodes.models import Setting
from leukcodes.resources import damaged_files

__all__ = ["run"]

T = TypeVar("T")

_FISCAL_YEAR: Final = re.compile(r"FY\d{4}", re.IGNORECASE | re.ASCII)

_EPILOG = "Exit status: 0 all good, 1 issues of severity error, 2 wrong usage, 3 input or output failed."

app = typer.Typer(
    help="ICD-10-CM leukemia codes with their remission status, offline.",
    epilog=_EPILOG,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def run() -> int:
    """Run the command on the process's arguments and give its exit status."""
    try:
        app(prog_name="leukcodes")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    return 0


def _read_moment(text: str | None) -> str | None:
    if text is None:
        return None
    if _FISCAL_YEAR.fullmatch(text):
        return text.upper()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        hint = f"{text!r} is neither a date such as 2026-11-21 nor a fiscal year such as FY2027"
        raise typer.BadParameter(hint) from None


def _read_system(text: str | None) -> str | None:
    if text is None or text.lower() in terminology.code_systems():
        return text
    raise typer.BadParameter(
        f"{text!r} is no code system here; use one of {', '.join(terminology.code_systems())}"
    )


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"leukcodes {__version__}")
        raise typer.Exit


_SYSTEMS: Final = f"The system to translate to: {', '.join(terminology.code_systems())}."

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
        callback=_read_moment,
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


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command(epilog=_EPILOG)
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
            _exit(files.answer_file(texts, form, question, chosen), exit_zero)
            return
        found = (
            resolver.resolve(text, on=on, setting=setting, unspecified_status=unspecified)
            for text in items_from(texts)
        )
        _finish(found, views.RESOLUTION, choose_format(form, texts), exit_zero)


@app.command(epilog=_EPILOG)
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
            _exit(files.answer_file(codes, form, validation(on), chosen), exit_zero)
            return
        results = (terminology.validate_code(code, on=on) for code in items_from(codes))
        _finish(results, views.VALIDATION, choose_format(form, codes), exit_zero)


@app.command(epilog=_EPILOG)
def lookup(codes: Codes = None, on: On = None, form: As = None, exit_zero: ExitZero = False) -> None:
    """Show what codes mean.

    Title, status, dates, place in the tree, and the notes that apply.
    """
    with failing_well():
        found = (_look_up(code, on) for code in items_from(codes))
        _finish(found, views.CONCEPT, choose_format(form, codes), exit_zero)


@app.command(epilog=_EPILOG)
def tree(codes: Codes = None, on: On = None, form: As = None, exit_zero: ExitZero = False) -> None:
    """Show codes and all below them."""
    with failing_well():
        lines = (line for code in items_from(codes) for line in _below(_look_up(code, on)))
        _finish(lines, views.TREE, choose_format(form, codes), exit_zero)


@app.command(epilog=_EPILOG)
def translate(
    codes: Codes = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="SYSTEM", callback=_read_system, help=_SYSTEMS)
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="SYSTEM",
            callback=_read_system,
            help="The way back: the system the codes are of.",
        ),
    ] = None,
    on: On = None,
    form: As = None,
    exit_zero: ExitZero = False,
) -> None:
    """Translate codes to another code system, or back.

    Every counterpart that the map has, with its relationship, flags and source.
    """
    if (to is None) == (from_ is None):
        raise typer.BadParameter("give one of --to and --from")
    with failing_well():
        lines = (line for code in items_from(codes) for line in _translate(code, to, from_, on))
        _finish(lines, views.TRANSLATION, choose_format(form, codes), exit_zero)


@app.command(epilog=_EPILOG)
def search(
    texts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TEXT",
            help="What was typed; '-' or none: standard input, one a line.",
            show_default=False,
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many codes at most for each text.")] = 10,
    billable: Annotated[bool, typer.Option("--billable", help="Only codes that can be billed.")] = False,
    on: On = None,
    form: As = None,
    exit_zero: ExitZero = False,
) -> None:
    """Find codes by parts of titles, synonyms, abbreviations and codes.

    For browsing: the order is no decision; resolve decides.
    """
    with failing_well():
        lines = (line for text in items_from(texts) for line in _search(text, limit, billable, on))
        _finish(lines, views.SEARCH, choose_format(form, texts), exit_zero)


app.command(epilog=_EPILOG)(audit)


@app.command(epilog=_EPILOG)
def export(
    form: Annotated[ExportFormat, typer.Option("--format", help="As a table, or as a FHIR CodeSystem.")],
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar="DATE|FY", callback=_read_moment, help="[default: every date; fhir: newest]"
        ),
    ] = None,
    named: Annotated[
        str | None, typer.Option("--value-set", metavar="NAME", help="Only its codes; as FHIR, a ValueSet.")
    ] = None,
    output: file.Output = None,
    force: file.Force = False,
) -> None:
    """Write the code table, with the days on which each code was valid.

    leukcodes export --format parquet -o icd10cm.parquet

    leukcodes export --format fhir --value-set aml --on FY2027
    """
    with failing_well():
        try:
            export_to(output, form, on, named, force=force)
        except UnknownNameError as error:
            raise typer.BadParameter(str(error), param_hint="'--value-set'") from None


@app.command(epilog=_EPILOG)
def releases(form: As = None) -> None:
    """List the packaged fiscal years.

    With their days, and whose official text speaks for each.
    """
    with failing_well():
        _finish(terminology.releases(), views.RELEASE, form or Format.TABLE, exit_zero=False)


@app.command(epilog=_EPILOG)
def doctor(form: As = None) -> None:
    """Check the packaged data.

    Every file is held against its checksum; exit status 1 where one differs.
    """
    with failing_well():
        _finish([_examine()], views.HEALTH, form or Format.TABLE, exit_zero=False)


def _examine() -> views.Health:
    try:
        damaged = damaged_files()
    except (OSError, ValueError, LookupError):
        damaged = ("manifest.json",)
    if damaged:
        return views.Health(__version__, damaged)
    packaged = terminology.releases()
    return views.Health(__version__, damaged, packaged[0].name, packaged[-1].name)


def _look_up(code: str, on: str | None) -> views.Found:
    try:
        return views.Found(code, terminology.lookup(code, on=on))
    except ReleaseNotFoundError:
        raise
    except LeukcodesError as error:
        return views.Found(code, None, error=str(error))


def _below(found: views.Found) -> Iterator[views.Found]:
    yield found
    if found.concept is None:
        return
    for child in found.concept.children:
        yield from _below(views.Found(found.input, child, depth=found.depth + 1))


def _translate(code: str, to: str | None, from_: str | None, on: str | None) -> list[views.Translated]:
    """The counterparts of a code; one line that says so where there is none."""
    try:
        rows = terminology.translate(code, to=to, from_=from_, on=on)
    except ReleaseNotFoundError:
        raise
    except UnknownNameError as error:
        raise typer.BadParameter(str(error), param_hint="'--from'") from None
    except LeukcodesError as error:
        return [views.Translated(code, None, error=str(error))]
    if not rows:
        return [views.Translated(code, None, error=f"{code!r} is not in the map of {to or from_}")]
    return [views.Translated(code, row) for row in rows]


def _search(text: str, limit: int, billable: bool, on: str | None) -> list[views.Sought]:
    hits = terminology.search(text, limit=limit, billable=billable or None, on=on)
    return [views.Sought(text, hit, rank) for rank, hit in enumerate(hits, 1)] or [views.Sought(text, None)]


def _finish(results: Iterable[T], view: View[T], form: Format, exit_zero: bool) -> None:
    _exit(emit(results, view, form), exit_zero)


def _exit(failed: bool, exit_zero: bool) -> None:
    if failed and not exit_zero:
        raise typer.Exit(EXIT_ISSUES)
