"""The commands that ask the code set: `lookup`, `tree`, `translate` and `search`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import typer

from leukcodes import terminology
from leukcodes.cli import views
from leukcodes.cli.shared import As, Codes, ExitZero, On, finish
from leukcodes.cli.streams import choose_format, failing_well, items_from
from leukcodes.errors import LeukcodesError, ReleaseNotFoundError, UnknownNameError

__all__ = ["lookup", "search", "translate", "tree"]


def _read_system(text: str | None) -> str | None:
    if text is None or text.lower() in terminology.code_systems():
        return text
    raise typer.BadParameter(
        f"{text!r} is no code system here; use one of {', '.join(terminology.code_systems())}"
    )


_SYSTEMS: Final = f"The system to translate to: {', '.join(terminology.code_systems())}."


def lookup(codes: Codes = None, on: On = None, form: As = None, exit_zero: ExitZero = False) -> None:
    """Show what codes mean.

    Title, status, dates, place in the tree, and the notes that apply.
    """
    with failing_well():
        found = (_look_up(code, on) for code in items_from(codes))
        finish(found, views.CONCEPT, choose_format(form, codes), exit_zero)


def tree(codes: Codes = None, on: On = None, form: As = None, exit_zero: ExitZero = False) -> None:
    """Show codes and all below them."""
    with failing_well():
        lines = (line for code in items_from(codes) for line in _below(_look_up(code, on)))
        finish(lines, views.TREE, choose_format(form, codes), exit_zero)


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
        finish(lines, views.TRANSLATION, choose_format(form, codes), exit_zero)


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
        finish(lines, views.SEARCH, choose_format(form, texts), exit_zero)


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
