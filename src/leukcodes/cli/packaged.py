"""The commands about what is packaged: `export`, `releases` and `doctor`."""

from __future__ import annotations

from typing import Annotated

import typer

from leukcodes import __version__, terminology
from leukcodes.cli import views
from leukcodes.cli.export import ExportFormat, export_to
from leukcodes.cli.files import options as file
from leukcodes.cli.shared import As, finish, read_moment
from leukcodes.cli.streams import Format, failing_well
from leukcodes.errors import UnknownNameError
from leukcodes.resources import damaged_files

__all__ = ["doctor", "export", "releases"]


def export(
    form: Annotated[ExportFormat, typer.Option("--format", help="As a table, or as a FHIR CodeSystem.")],
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar="DATE|FY", callback=read_moment, help="[default: every date; fhir: newest]"
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


def releases(form: As = None) -> None:
    """List the packaged fiscal years.

    With their days, and whose official text speaks for each.
    """
    with failing_well():
        finish(terminology.releases(), views.RELEASE, form or Format.TABLE, exit_zero=False)


def doctor(form: As = None) -> None:
    """Check the packaged data.

    Every file is held against its checksum; exit status 1 where one differs.
    """
    with failing_well():
        finish([_examine()], views.HEALTH, form or Format.TABLE, exit_zero=False)


def _examine() -> views.Health:
    try:
        damaged = damaged_files()
    except (OSError, ValueError, LookupError):
        damaged = ("manifest.json",)
    if damaged:
        return views.Health(__version__, damaged)
    packaged = terminology.releases()
    return views.Health(__version__, damaged, packaged[0].name, packaged[-1].name)
