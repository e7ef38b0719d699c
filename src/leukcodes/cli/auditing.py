"""The command `audit`: a table is read once, and its report written as a page, as JSON, or both."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter
from typing import Annotated, Final

import typer

from leukcodes.audit import Auditor, AuditReport, need_report, report_html
from leukcodes.cli.files import options as file
from leukcodes.cli.files.opening import STREAM, opened, writing
from leukcodes.cli.files.report import watched
from leukcodes.cli.files.rows import rows_of
from leukcodes.cli.streams import EXIT_ISSUES, Format, failing_well
from leukcodes.models import Setting

__all__ = ["audit"]

_NAME: Final = "NAME"
_ROLES: Final = ("code", "text", "date", "claim")


def audit(  # noqa: PLR0913 - each option of a command is a parameter
    source: Annotated[str, typer.Argument(metavar="FILE", help="The table; '-': standard input, CSV.")],
    *,
    code_column: Annotated[str, typer.Option(metavar=_NAME, help="The diagnosis code of each row.")],
    text_column: Annotated[
        str | None, typer.Option(metavar=_NAME, help="The diagnosis in words, held against the code.")
    ] = None,
    date_column: file.DateColumn = None,
    claim_column: Annotated[
        str | None,
        typer.Option(
            metavar=_NAME, help="What names the claim: neighbouring rows of one are judged together."
        ),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE|FY", help="Judge all rows by this day or release.")
    ] = None,
    setting: Annotated[Setting | None, typer.Option(help="Kind of claim, for uncertain diagnoses.")] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="The page, such as report.html.")
    ] = None,
    twin: Annotated[
        str | None,
        typer.Option("--json", metavar="FILE", help="The same for machines, with the numbers of all rows."),
    ] = None,
    force: file.Force = False,
    kind: Annotated[
        Format | None, typer.Option("--format", help="What FILE is, where its name does not say.")
    ] = None,
    encoding: file.Encoding = None,
    delimiter: file.Delimiter = None,
    ragged: file.Ragged = file.RaggedRows.ERROR,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit with 0 even where there are errors.")
    ] = False,
) -> None:
    """Audit a table of codes, texts and dates.

    Codes on their dates, and text and code against each other, as a page for people.

    leukcodes audit claims.csv --code-column dx --text-column diagnosis --date-column day -o report.html
    """
    if date_column is not None and on is not None:
        raise typer.BadParameter("the date comes from --on or from --date-column, not from both")
    if output is None and twin is None:
        raise typer.BadParameter("say where the report goes: -o report.html, --json report.json, or both")
    _check_apart(source, output, twin)
    given = zip(_ROLES, (code_column, text_column, date_column, claim_column), strict=True)
    columns = {role: name for role, name in given if name is not None}
    options = file.FileOptions(encoding=encoding, delimiter=delimiter, ragged=ragged)
    started = perf_counter()
    with failing_well(), ExitStack() as outputs:
        if output is not None:
            need_report()
        asked = ((output, report_html), (twin, AuditReport.model_dump_json))
        sinks = [
            (outputs.enter_context(writing(name, force=force)), form)
            for name, form in asked
            if name is not None
        ]
        auditor = Auditor(on=on, setting=setting, dated=date_column is not None)
        report = _read(source, columns, file.form_of(source, kind, options), options, auditor)
        for sink, form in sinks:
            sink.write(form(report).encode())
    sys.stderr.write(_summary(report, perf_counter() - started))
    if report.totals.fix and not exit_zero:
        raise typer.Exit(EXIT_ISSUES)


def _check_apart(source: str, *outputs: str | None) -> None:
    """The report does not replace its table, which no `--force` can mean, nor its twin."""
    named = [Path(name).resolve() for name in outputs if name is not None]
    if len(set(named)) < len(named) or (source != STREAM and Path(source).resolve() in named):
        raise typer.BadParameter("the table, the report and its JSON twin need a file each; name them apart")


def _read(
    source: str, columns: Mapping[str, str], form: file.Form, options: file.FileOptions, auditor: Auditor
) -> AuditReport:
    places = [[*columns].index(role) if role in columns else None for role in _ROLES]
    named = {f"--{role}-column": name for role, name in columns.items()}
    with opened(source) as stream, watched(stream, source, lambda: auditor.rows) as advance:
        for batch in rows_of(stream, source, form, options, named):
            for cells in batch:
                auditor.add(*(None if at is None else cells[at] for at in places))
            advance()
    return auditor.report(source="standard input" if source == STREAM else Path(source).name, columns=columns)


def _summary(report: AuditReport, seconds: float) -> str:
    totals = report.totals
    counted = ((totals.fix, "to mend"), (totals.ask, "to ask"), (totals.improve, "to specify"))
    work = ", ".join(f"{count:,} {words}" for count, words in counted)
    speed = totals.rows / seconds
    lines = [f"leukcodes: {totals.rows:,} rows: {work}, {totals.clear:,} clear ({speed:,.0f} rows a second)"]
    lines += [f"  {found.rule} {found.count:>11,}  {found.summary}" for found in report.findings]
    return "\n".join(lines) + "\n"
