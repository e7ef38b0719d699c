"""The command's registry. Exit status: 0 all good, 1 issues of severity error, 2 usage, 3 input or output."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final

import typer

from leukcodes import __version__
from leukcodes.cli.asking import lookup, search, translate, tree
from leukcodes.cli.auditing import audit
from leukcodes.cli.drawing import draw
from leukcodes.cli.judging import resolve, validate
from leukcodes.cli.packaged import doctor, export, releases

__all__ = ["run"]

_EPILOG = "Exit status: 0 all good, 1 issues of severity error, 2 wrong usage, 3 input or output failed."

app = typer.Typer(
    help="ICD-10-CM leukemia codes with their remission status, offline.",
    epilog=_EPILOG,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def run() -> None:
    """Run the command on the process's arguments; SystemExit carries its exit status."""
    app(prog_name="leukcodes")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"leukcodes {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


_COMMANDS: Final[tuple[tuple[str | None, Callable[..., None]], ...]] = (
    *((None, command) for command in (resolve, validate, lookup, tree, translate, search, audit)),
    ("map", draw),
    *((None, command) for command in (export, releases, doctor)),
)
for _name, _command in _COMMANDS:
    app.command(_name, epilog=_EPILOG)(_command)
