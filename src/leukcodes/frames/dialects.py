"""Frames in a database: the few operations that are needed, in DuckDB's words and in Spark's."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import narwhals as nw

__all__ = ["Dialect", "dialect_of"]

Rows = Sequence[tuple[Any, ...]]

# Cells in one literal: parted by tabs, rows by line feeds; what would part them too is escaped as in a URL.
_NULL = "%-"
_ESCAPED = {ord(character): f"%{ord(character):02X}" for character in "%\t\n\0"}


class Dialect(ABC):
    """A native frame, and SQL over its columns. All texts of SQL come from this package but for names."""

    def __init__(self, frame: Any) -> None:
        self.frame = frame
        self._columns = list(frame.columns)
        # Their names are set aside, so that every other name is free.
        self.own = {column: f"own_{place}" for place, column in enumerate(self._columns)}
        self._select({own: self._name(column) for column, own in self.own.items()})

    def add(self, **columns: str) -> None:
        """More columns, by SQL over those there are; one that is there is replaced."""
        self._select({name: name for name in self._columns} | columns)

    def finish(self, added: Mapping[str, str]) -> Any:
        """The native frame with its own columns, and those added by SQL."""
        self._select(self.own | dict(added))
        return self.frame

    def joined(self, table: Any, key: str, names: Mapping[str, str], *, small: bool = True) -> None:
        """Left join: columns of the table under other names, where its `key` equals the expression."""
        self._join(table, key, names, small)
        self._columns += names.values()

    def distinct(self, column: str) -> Dialect:
        """The distinct values of a column as `value`, to add to and to `rejoin`, where that is less work."""
        self.add(value=column)
        return self

    def rejoin(self, other: Dialect, column: str, names: Sequence[str]) -> None:  # noqa: B027 - see below
        """Columns that were added to the distinct values, for each row."""
        # Nothing to do where they were added to the rows themselves.

    @abstractmethod
    def _name(self, column: str) -> str:
        """A user's name, quoted."""

    @abstractmethod
    def _select(self, columns: Mapping[str, str]) -> None:
        """These columns, by SQL."""

    @abstractmethod
    def _join(self, table: Any, key: str, names: Mapping[str, str], small: bool) -> None:
        """See `joined`."""

    @abstractmethod
    def text(self, value: str) -> str:
        """A literal."""

    @abstractmethod
    def matches(self, value: str, pattern: str) -> str:
        """Whether a regular expression is found in the value."""

    @abstractmethod
    def characters(self, value: str, each: Callable[[str], str]) -> str:
        """The text with each of its characters replaced; it has at least one."""

    @abstractmethod
    def code_point(self, character: str) -> str:
        """The number of a character."""

    @abstractmethod
    def hexadecimal(self, number: str, digits: int) -> str:
        """A number in so many digits at least."""

    @abstractmethod
    def table(self, names: Sequence[str], rows: Rows) -> Any:
        """A small frame of text beside this one, known whole."""

    @abstractmethod
    def counts(self, column: str) -> Rows:
        """Each distinct value of a column, as text, and how many rows have it."""

    @abstractmethod
    def answers(self, column: str, names: Sequence[str], read: Callable[[Sequence[str]], Rows]) -> Any:
        """A frame of `key`, each distinct text of the column, and what `read` says to it."""


class _DuckDB(Dialect):
    def text(self, value: str) -> str:
        return "'" + value.replace("'", "''") + "'"

    def matches(self, value: str, pattern: str) -> str:
        return f"regexp_matches({value}, {self.text(pattern)})"

    def characters(self, value: str, each: Callable[[str], str]) -> str:
        replaced = each(f"substr({value}, place, 1)")
        return f"array_to_string(list_transform(range(1, length({value}) + 1), lambda place: {replaced}), '')"

    def code_point(self, character: str) -> str:
        return f"unicode({character})"

    def hexadecimal(self, number: str, digits: int) -> str:
        return f"printf('%0{digits}x', {number})"

    def table(self, names: Sequence[str], rows: Rows) -> Any:
        # One row on any relation, and so a table in its connection, which nothing else leads to.
        one = self.frame.limit(0).aggregate("count(*) AS nothing")
        lines = "\n".join(
            "\t".join(_NULL if cell is None else cell.translate(_ESCAPED) for cell in row) for row in rows
        )
        split = one.project(f"unnest(string_split({self.text(lines)}, chr(10))) AS line").project(
            "string_split(line, chr(9)) AS cells"
        )
        found = split.project(
            ", ".join(
                f"url_decode(nullif(cells[{place}], '{_NULL}')) AS {name}"
                for place, name in enumerate(names, 1)
            )
        )
        return found if rows else found.limit(0)

    def counts(self, column: str) -> Rows:
        found: Rows = self.frame.aggregate(f"CAST({column} AS STRING), count(*)", column).fetchall()
        return found

    def answers(self, column: str, names: Sequence[str], read: Callable[[Sequence[str]], Rows]) -> Any:
        found = self.frame.filter(f"{column} IS NOT NULL").project(column).distinct().order(column).fetchall()
        texts = [text for (text,) in found]
        return self.table(["key", *names], [(key, *row) for key, row in zip(texts, read(texts), strict=True)])

    def _name(self, column: str) -> str:
        return '"' + column.replace('"', '""') + '"'

    def _select(self, columns: Mapping[str, str]) -> None:
        asked = [f"{sql} AS {self._name(name)}" for name, sql in columns.items()]
        if "row_" not in self._columns:
            self.frame = self.frame.project(", ".join([*asked, "row_number() OVER () AS row_"]))
            columns = {**columns, "row_": ""}
        else:
            self.frame = self.frame.project(", ".join(asked))
        self._columns = list(columns)

    def finish(self, added: Mapping[str, str]) -> Any:
        # A join keeps no order; what is sorted is kept small.
        found = {f"added_{place}": sql for place, sql in enumerate(added.values())}
        self._select({name: name for name in (*self.own.values(), "row_")} | found)
        self.frame = self.frame.order("row_")
        return super().finish(dict(zip(added, found, strict=True)))

    def distinct(self, column: str) -> Dialect:
        other = _DuckDB(self.frame.project(column).distinct())
        other.add(value=other.own[column])
        return other

    def rejoin(self, other: Dialect, column: str, names: Sequence[str]) -> None:
        other.add(key="value")
        self.joined(other.frame, column, {name: name for name in names})

    def _join(self, table: Any, key: str, names: Mapping[str, str], small: bool) -> None:  # noqa: ARG002 - DuckDB sees
        there = [f"b.{name} AS {new}" for name, new in names.items()]
        both = self.frame.set_alias("a").join(table.set_alias("b"), f"a.{key} = b.key", how="left")
        self.frame = both.project(", ".join([f"a.{name}" for name in self._columns] + there))


class _Spark(Dialect):
    def text(self, value: str) -> str:
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def matches(self, value: str, pattern: str) -> str:
        return f"({value} RLIKE {self.text(pattern)})"

    def characters(self, value: str, each: Callable[[str], str]) -> str:
        replaced = each(f"substr({value}, place, 1)")
        return f"array_join(transform(sequence(1, length({value})), place -> {replaced}), '')"

    def code_point(self, character: str) -> str:
        return f"ascii({character})"

    def hexadecimal(self, number: str, digits: int) -> str:
        return f"format_string('%0{digits}x', {number})"

    def table(self, names: Sequence[str], rows: Rows) -> Any:
        types = ", ".join(f"{name} string" for name in names)
        return self.frame.sparkSession.createDataFrame(list(rows), types)

    def counts(self, column: str) -> Rows:
        return [tuple(row) for row in self.frame.groupBy(column).count().collect()]

    def answers(self, column: str, names: Sequence[str], read: Callable[[Sequence[str]], Rows]) -> Any:
        def batches(given: Iterator[Any]) -> Iterator[Any]:
            import pyarrow as pa

            for batch in given:
                texts = batch.column(0).to_pylist()
                cells = [texts, *zip(*read(texts), strict=True)] if texts else [[]] * (len(names) + 1)
                yield pa.RecordBatch.from_arrays(
                    [pa.array(each, pa.string()) for each in cells], ["key", *names]
                )

        types = ", ".join(f"{name} string" for name in ["key", *names])
        return self.frame.select(column).dropna().distinct().mapInArrow(batches, types)

    def _name(self, column: str) -> str:
        return "`" + column.replace("`", "``") + "`"

    def _select(self, columns: Mapping[str, str]) -> None:
        self.frame = self.frame.selectExpr(*(f"{sql} AS {self._name(name)}" for name, sql in columns.items()))
        self._columns = list(columns)

    def _join(self, table: Any, key: str, names: Mapping[str, str], small: bool) -> None:
        from pyspark.sql import functions

        here = f"{key}_there"
        other = table.selectExpr(f"key AS {here}", *(f"{name} AS {new}" for name, new in names.items()))
        other = functions.broadcast(other) if small else other
        self.frame = self.frame.join(other, functions.col(key) == functions.col(here), "left").drop(here)


_DIALECTS: Final[dict[nw.Implementation, type[Dialect]]] = {
    nw.Implementation.DUCKDB: _DuckDB,
    nw.Implementation.PYSPARK: _Spark,
    nw.Implementation.PYSPARK_CONNECT: _Spark,
}


def dialect_of(frame: nw.LazyFrame[Any]) -> Dialect | None:
    """The dialect of a frame in a database; None for others."""
    found = _DIALECTS.get(frame.implementation)
    return None if found is None else found(frame.to_native())
