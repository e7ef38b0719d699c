"""The engines that frames are tested on: from plain columns to a frame, and back to plain columns."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
from spark_session import spark

Columns = dict[str, list[Any]]


class FrameEngine(NamedTuple):
    name: str
    make: Callable[[Columns], Any]
    read: Callable[[Any], Columns]
    ordered: bool = True


def plain(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if hasattr(value, "item"):
        return value.item()
    return value.date() if isinstance(value, datetime) else value


def from_pandas(frame: pd.DataFrame) -> Columns:
    return {name: [plain(value) for value in frame[name].tolist()] for name in frame}


def pandas_of(**types: Any) -> Callable[[Columns], pd.DataFrame]:
    def make(columns: Columns) -> pd.DataFrame:
        frame = pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()})
        for name, values in columns.items():
            if any(isinstance(value, date) for value in values):
                frame[name] = pd.to_datetime(frame[name]).astype(types.get("day", "datetime64[s]"))
            else:
                is_number = any(isinstance(value, int) for value in values)
                frame[name] = frame[name].astype("int64" if is_number else types["text"])
        frame.index = pd.Index([f"row {place}" for place in range(len(frame))], name="key")
        return frame

    return make


def polars_of(kind: Any) -> Callable[[Columns], pl.DataFrame]:
    def make(columns: Columns) -> pl.DataFrame:
        frame = pl.DataFrame(columns, strict=False, infer_schema_length=None)
        nothing = [pl.col(name).cast(pl.String) for name, dtype in frame.schema.items() if dtype == pl.Null]
        return frame.with_columns(nothing).with_columns(pl.col(pl.String).cast(kind))

    return make


# What `read_csv` gives.
DEFAULT_TEXT = "str" if int(pd.__version__[0]) > 2 else object


def from_polars(frame: pl.DataFrame) -> Columns:
    return frame.to_dict(as_series=False)


def arrow_of(kind: pa.DataType) -> Callable[[Columns], pa.Table]:
    def make(columns: Columns) -> pa.Table:
        table = pa.table(columns)
        for place, field in enumerate(table.schema):
            if field.type in (pa.string(), pa.null()):
                table = table.set_column(place, field.name, table[field.name].cast(pa.string()).cast(kind))
        return table

    return make


def from_arrow(table: pa.Table) -> Columns:
    return table.to_pydict()


EAGER = [
    FrameEngine("pandas object", pandas_of(text=object), from_pandas),
    FrameEngine("pandas default text", pandas_of(text=DEFAULT_TEXT), from_pandas),
    FrameEngine("pandas string", pandas_of(text="string"), from_pandas),
    FrameEngine("pandas category", pandas_of(text="category"), from_pandas),
    FrameEngine(
        "pandas on Arrow", pandas_of(text=pd.ArrowDtype(pa.string()), day="date32[day][pyarrow]"), from_pandas
    ),
    FrameEngine("polars", polars_of(pl.String), from_polars),
    FrameEngine("polars category", polars_of(pl.Categorical), from_polars),
    FrameEngine("pyarrow", arrow_of(pa.string()), from_arrow),
    FrameEngine("pyarrow dictionary", arrow_of(pa.dictionary(pa.int32(), pa.string())), from_arrow),
]
SQL_TYPES = {bool: "BOOLEAN", int: "BIGINT", date: "DATE", str: "VARCHAR"}


def sql_types(columns: Columns) -> dict[str, str]:
    found = {name: {type(value) for value in values if value is not None} for name, values in columns.items()}
    return {name: SQL_TYPES[next(iter(types), str)] for name, types in found.items()}


# A relation of an older DuckDB does not keep its connection open.
CONNECTIONS: list[duckdb.DuckDBPyConnection] = []


def duckdb_of(columns: Columns) -> duckdb.DuckDBPyRelation:
    connection = duckdb.connect()  # of its own, as a user's is
    CONNECTIONS.append(connection)
    types = ", ".join(f'"{name}" {kind}' for name, kind in sql_types(columns).items())
    connection.execute(f"CREATE TABLE data ({types})")
    connection.register("given", pa.table({name: pa.array(values) for name, values in columns.items()}))
    connection.execute("INSERT INTO data SELECT * FROM given")
    return connection.table("data")


def from_duckdb(relation: duckdb.DuckDBPyRelation) -> Columns:
    rows = relation.fetchall()
    return {name: [row[place] for row in rows] for place, name in enumerate(relation.columns)}


def spark_of(columns: Columns) -> Any:
    types = ", ".join(
        f"`{name}` {kind.replace('VARCHAR', 'STRING')}" for name, kind in sql_types(columns).items()
    )
    return spark().createDataFrame(list(zip(*columns.values(), strict=True)), types)


def from_spark(frame: Any) -> Columns:
    rows = frame.collect()
    return {name: [row[place] for row in rows] for place, name in enumerate(frame.columns)}


LAZY = [
    FrameEngine("polars lazy", lambda c: polars_of(pl.String)(c).lazy(), lambda f: from_polars(f.collect())),
    FrameEngine("DuckDB", duckdb_of, from_duckdb),
    FrameEngine("Spark", spark_of, from_spark, ordered=False),
]
ENGINES = [*EAGER, *LAZY]
