"""The command on Parquet files as a function of bytes: every row answered, and the rest as it was."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from command_run import USAGE, answered
from expected import ADDED, resolved, validated

__all__ = ["parquet"]

NULL: Final = "\x00"
UNITS: Final = {"ms": 10**3, "us": 10**6, "ns": 10**9}
DAYS: Final = ("none", "text", "date32", *UNITS)
COMPRESSIONS: Final = ("none", "snappy", "gzip", "zstd")
EPOCH: Final = date(1970, 1, 1)
ONE_BY_ONE: Final = {"validate": validated, "resolve": resolved}
NO_DAY: Final = "no day"
SIXTY_FOUR_BITS: Final = range(-(2**63) + 1, 2**63)


class _Run(NamedTuple):
    verb: str
    days: str
    packed: bool
    broken: bool


def parquet(data: bytes) -> None:
    """A table: rows are lines, the cell and the date parted by a tab; two bytes choose the rest.

    A cell of one zero byte is null. Days and moments stand there as their number since 1970.
    """
    number, second = (data[0] if data else 0), (data[1] if len(data) > 1 else 0)
    run = _Run(
        ("validate", "resolve")[number & 1], DAYS[(number >> 1) % len(DAYS)], bool(second & 4), second >= 128
    )
    rows = [line.partition("\t")[::2] for line in data[2:].decode("utf-8", "replace").split("\n")]
    cells = [None if cell == NULL else cell for cell, _ in rows]
    table, days = _table(cells, [day for _, day in rows], run)
    stored = _stored(table, COMPRESSIONS[second & 3], group=second >> 3 & 3)
    options = ["--date-column", "day"] if run.days != "none" else []
    if run.broken:  # any answer will do that is one: a byte of a text may have become another
        answered(run.verb, "parquet", _broken(stored, second, number), options)
        return
    status, written = answered(run.verb, "parquet", stored, options)
    assert status < USAGE
    _compare(_read(stored), _read(written), cells, days, run.verb)


def _table(cells: list[str | None], days: list[str], run: _Run) -> tuple[Any, list[Any]]:
    """The table, and each row's day as one value is asked with it."""
    import pyarrow as pa

    text = pa.array(cells, pa.string())
    columns = {"row": pa.array(range(len(cells)), pa.int64()), "dx": text}
    if run.packed:
        columns["dx"] = text.dictionary_encode()
    if run.days == "none":
        return pa.table(columns), ["FY2027"] * len(cells)
    kind, read = _kind(run.days)
    values, asked = zip(*map(read, days), strict=True)
    columns["day"] = pa.array(values, kind)
    return pa.table(columns).replace_schema_metadata({"kept": "as it is"}), list(asked)


def _kind(days: str) -> tuple[Any, Callable[[str], tuple[Any, Any]]]:
    """The type of the dates, and what reads one: the value stored, and the day that it means."""
    import pyarrow as pa

    if days == "text":
        return pa.string(), lambda text: (text, text)
    if days == "date32":
        return pa.date32(), _date
    a_day = 86_400 * UNITS[days]
    return pa.timestamp(days), lambda text: _moment(text, a_day)


def _date(text: str) -> tuple[Any, Any]:
    value = _number(text, range(-(2**31) + 1, 2**31))
    return value, None if value is None else _day(value)


def _moment(text: str, a_day: int) -> tuple[Any, Any]:
    value = _number(text, SIXTY_FOUR_BITS)
    return value, None if value is None else _day(value // a_day)


def _number(text: str, of: range) -> int | None:
    with suppress(ValueError):
        number = int(text[:30])
        return number if number in of else None
    return None


def _day(number: int) -> date | str:
    try:
        return EPOCH + timedelta(days=number)
    except OverflowError:
        return NO_DAY


def _stored(table: Any, compression: str, *, group: int) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression=compression, row_group_size=group or None)
    return sink.getvalue().to_pybytes()


def _broken(stored: bytes, second: int, number: int) -> bytes:
    """One byte changed, or the end cut off."""
    place = (second * 256 + number) * 7919 % len(stored)
    if second & 64:
        return stored[:place]
    return stored[:place] + bytes([stored[place] ^ (1 + number % 255)]) + stored[place + 1 :]


def _read(stored: bytes) -> Any:
    import pyarrow.parquet as pq

    return pq.read_table(io.BytesIO(stored))


def _compare(given: Any, found: Any, cells: list[str | None], days: list[Any], verb: str) -> None:
    names = [f"dx_{field}" for field in ADDED[verb]]
    assert found.column_names == [*given.column_names, *names]
    assert found.select(given.column_names).equals(given, check_metadata=True)
    rows = found.select(names).to_pylist()
    for cell, day, row in zip(cells, days, rows, strict=True):
        wanted = dict(zip(names, ONE_BY_ONE[verb](cell, math.nan if day is None else day), strict=True))
        if NO_DAY in days:  # messages quote the moments of such a column as they are
            wanted["dx_message"] = row.get("dx_message")
        assert {name: row.get(name) for name in wanted} == wanted, (cell, day, row)
