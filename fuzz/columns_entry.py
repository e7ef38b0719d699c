"""Columns of frames as a function of bytes: the answers of one value at a time, and nothing else touched."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from expected import ADDED, annotated, resolved, validated

__all__ = ["DAYS", "Columns", "Engine", "check", "columns", "pick", "schema", "table"]

NULL: Final = "\x00"
DAYS: Final = ("text", "date", "FY2024")
SELDOM: Final = 27
KEPT: Final[list[Any]] = []  # a relation of an older DuckDB does not keep its connection open
ONE_BY_ONE: Final = {"validate": validated, "resolve": resolved, "annotate": annotated}

Columns = dict[str, list[Any]]
Engine = tuple[Callable[[Columns], Any], Callable[[Any], Columns]]


def columns(data: bytes) -> None:
    """A frame: its column's name, and then a row a line, the cell and the date parted by a tab.

    The first byte chooses the library, the verb and the kind of dates; a cell of one zero byte is null.
    """
    number = data[0] if data else 0
    number, verb = pick(number, list(ADDED))
    number, days = pick(number, DAYS)
    *in_memory, database = _engines().values()
    # A database takes a second for what others do in a millisecond.
    engine = database if number == SELDOM else in_memory[number % len(in_memory)]
    check(engine, verb, *table(data[1:].decode("utf-8", "replace"), days))


def check(engine: Engine, verb: str, given: Columns, name: str) -> None:
    """Ask an engine about a column, and hold its answers against those of one value at a time."""
    from leukcodes import frames

    make, read = engine
    on = given.get("day", [])
    options: dict[str, Any] = {"to": ["icd9cm"]} if verb == "annotate" else {}
    frame = make(given)
    found = read(getattr(frames, verb)(frame, name, on="day" if on else "FY2024", prefix="new ", **options))
    wanted = dict(given)
    days_of_rows = on or ["FY2024"] * len(given[name])
    rows = [ONE_BY_ONE[verb](*pair) for pair in zip(given[name], days_of_rows, strict=True)]
    for place, field in enumerate(ADDED[verb]):
        wanted[f"new {field}"] = [row[place] for row in rows]
    assert list(found) == list(wanted)
    for column, values in wanted.items():
        assert found[column] == values, (column, found[column], values)
    assert read(frame) == given


def table(text: str, days: str) -> tuple[Columns, str]:
    """The columns that a text writes down, and the name of the one to ask about."""
    name, *lines = text.split("\n")
    name = name.replace("\0", "")  # where DuckDB would end it
    if not name or name.casefold() in ("row", "day") or name.startswith("new "):
        name = "dx"
    pairs = [line.partition("\t") for line in lines]
    cells: Columns = {"row": list(range(len(pairs))), name: [_cell(cell) for cell, _, _ in pairs]}
    if days == "text":
        cells["day"] = [_cell(day) for _, _, day in pairs]
    elif days == "date":
        cells["day"] = [_day(day) for _, _, day in pairs]
    return cells, name


def _cell(text: str) -> str | None:
    return None if text == NULL else text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def pick(number: int, choices: Any) -> tuple[int, Any]:
    """One of the choices, and what is left of the number for the next."""
    number, place = divmod(number, len(choices))
    return number, choices[place]


def _plain(value: Any) -> Any:
    if type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float) and math.isnan(value)):
        return None
    if hasattr(value, "item"):
        return value.item()
    return value.date() if isinstance(value, datetime) else value


def schema(columns: Columns, text: Any, number: Any, day: Any) -> dict[str, Any]:
    """The types of the columns, which one that is empty or all null does not show."""
    kinds = {"row": number}
    if any(isinstance(value, date) for value in columns.get("day", [])):
        kinds["day"] = day
    return {name: kinds.get(name, text) for name in columns}


def _engines() -> dict[str, Engine]:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    def pandas_of(text: Any) -> Callable[[Columns], Any]:
        def make(given: Columns) -> Any:
            types = schema(given, text, "int64", "datetime64[s]")
            return pd.DataFrame({name: pd.Series(given[name], dtype=kind) for name, kind in types.items()})

        return make

    def from_pandas(frame: Any) -> Columns:
        return {name: [_plain(value) for value in frame[name].tolist()] for name in frame}

    def polars_of(text: Any) -> Callable[[Columns], Any]:
        return lambda given: pl.DataFrame(given, schema=schema(given, text, pl.Int64, pl.Date))

    def arrow_of(given: Columns) -> Any:
        return pa.table(given, pa.schema(schema(given, pa.string(), pa.int64(), pa.date32())))

    def duckdb_of(given: Columns) -> Any:
        connection = duckdb.connect()
        KEPT[:] = [connection]
        connection.register("given", arrow_of(given))
        return connection.table("given")

    def from_duckdb(relation: Any) -> Columns:
        rows = relation.fetchall()
        return {name: [row[place] for row in rows] for place, name in enumerate(relation.columns)}

    return {
        "pandas": (pandas_of(object), from_pandas),
        "polars": (polars_of(pl.String), lambda frame: frame.to_dict(as_series=False)),
        "pyarrow": (arrow_of, lambda table: table.to_pydict()),
        "pandas string": (pandas_of("string"), from_pandas),
        "polars category": (polars_of(pl.Categorical), lambda frame: frame.to_dict(as_series=False)),
        "pandas category": (pandas_of("category"), from_pandas),
        "polars lazy": (
            lambda given: polars_of(pl.String)(given).lazy(),
            lambda frame: frame.collect().to_dict(as_series=False),
        ),
        "DuckDB": (duckdb_of, from_duckdb),
    }
