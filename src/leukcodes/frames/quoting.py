"""Python's `repr` of a text in SQL: messages quote what they are about in the same way everywhere."""

from __future__ import annotations

import sys
from functools import cache
from typing import Final

from leukcodes.frames.dialects import Dialect

__all__ = ["add_quoted"]

_NAMED: Final = {"\t": "t", "\n": "n", "\r": "r", "\\": "\\"}
_WIDTHS: Final = (("x", 2), ("u", 4), ("U", 8))


def add_quoted(sql: Dialect, name: str, value: str) -> None:
    """Add `name`, the repr of a text column."""
    single, mark = sql.text("'"), f"{name}_mark"
    doubled = f"contains({value}, {single}) AND NOT contains({value}, '\"')"
    sql.add(**{mark: f"CASE WHEN {doubled} THEN '\"' ELSE {single} END"})
    odd = sql.matches(value, f"""[{_unprintable()}\\\\'"]""")
    inside = sql.characters(value, lambda character: _escaped(sql, character, mark))
    whole = f"concat({mark}, CASE WHEN {odd} THEN {inside} ELSE {value} END, {mark})"
    sql.add(**{name: f"CASE WHEN {value} IS NOT NULL THEN {whole} END"})


def _escaped(sql: Dialect, character: str, mark: str) -> str:
    slash, point = sql.text("\\"), sql.code_point(character)
    named = " ".join(
        f"WHEN {point} = {ord(sign)} THEN concat({slash}, {sql.text(letter)})"
        for sign, letter in _NAMED.items()
    )
    hidden = " ".join(
        f"WHEN {point} < {16**digits} THEN concat({slash}, '{letter}', {sql.hexadecimal(point, digits)})"
        for letter, digits in _WIDTHS
    )
    visible = f"NOT {sql.matches(character, f'[{_unprintable()}]')}"
    return (
        f"CASE {named} WHEN {character} = {mark} THEN concat({slash}, {character}) "
        f"WHEN {visible} THEN {character} {hidden} END"
    )


@cache
def _unprintable() -> str:
    """The characters that `repr` escapes, as ranges of a regular expression."""
    ranges: list[list[int]] = []
    for point in range(sys.maxunicode + 1):
        if chr(point).isprintable() or 0xD800 <= point <= 0xDFFF:
            continue
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"\\x{{{first:x}}}-\\x{{{last:x}}}" for first, last in ranges)
