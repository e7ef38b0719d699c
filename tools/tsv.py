"""Reading and writing the project's tab-separated tables: LF, UTF-8, one header line, no quoting.

A tab or a line break within a cell is written as a backslash and a letter, a backslash as two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

__all__ = ["Row", "read_table", "write_table"]

Row: TypeAlias = dict[str, str]

_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_PLAIN = {escaped: plain for plain, escaped in _ESCAPES.items()}


def read_table(path: Path) -> list[Row]:
    """Rows of a table, as dictionaries by column name.

    Raises:
        ValueError: a line has another number of cells than the header.
    """
    header, *lines = path.read_text("utf-8").removesuffix("\n").split("\n")
    columns = header.split("\t")
    rows = []
    for number, line in enumerate(lines, start=2):
        cells = [re.sub(r"\\.", lambda found: _PLAIN[found[0]], cell) for cell in line.split("\t")]
        if len(cells) != len(columns):
            raise ValueError(f"{path.name} line {number}: {len(cells)} cells, the header has {len(columns)}")
        rows.append(dict(zip(columns, cells, strict=True)))
    return rows


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a table with exactly these columns."""
    lines = ["\t".join(columns)]
    for row in rows:
        cells = [re.sub(r"[\\\t\n\r]", lambda found: _ESCAPES[found[0]], row[column]) for column in columns]
        lines.append("\t".join(cells))
    path.write_bytes(("\n".join(lines) + "\n").encode())
