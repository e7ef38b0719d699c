"""Leukemia codes written out in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from leukcodes.codes import IcdCode
from leukcodes.codesystem import system
from leukcodes.models import Scope, Span

__all__ = ["is_leukemia", "written_codes"]

_CODE: Final = re.compile(
    r"(?<![A-Za-z0-9.])[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4}|[0-9A-Z]{1,4})?(?![A-Za-z0-9])", re.ASCII
)


def is_leukemia(code: str) -> bool:
    """Whether a code, billable or header, is one of the packaged leukemia codes."""
    row = system().tables.row(code)
    return row is not None and row.scope is Scope.LEUKEMIA


def written_codes(text: str) -> Iterator[tuple[IcdCode, Span]]:
    """The leukemia codes that stand in a text as codes, with their places."""
    for match in _CODE.finditer(text):
        code = IcdCode(match.group())
        if is_leukemia(code):
            yield code, Span(*match.span())
