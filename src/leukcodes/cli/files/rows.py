"""Rows of a table to be read and not written: the cells of chosen columns, in every form that tables have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any, BinaryIO, Final

from leukcodes.cli.files.delimited import Records, long_cells
from leukcodes.cli.files.job import place
from leukcodes.cli.files.jsonlines import record_of
from leukcodes.cli.files.opening import Text, decompressed, need, reading
from leukcodes.cli.files.options import FileOptions, Form, RaggedRows
from leukcodes.cli.files.parquet import batches, days_of, reading_parquet

__all__ = ["Cells", "rows_of"]

Cells = tuple[object, ...]
_HINT: Final = 1 << 20


def rows_of(
    stream: BinaryIO, source: str, form: Form, options: FileOptions, columns: Mapping[str, str]
) -> Iterator[list[Cells]]:
    """The cells of the columns row for row, in batches; `columns` are names of columns by their option.

    Raises:
        OSError: the file cannot be read.
        typer.BadParameter: a column is not there.
    """
    if form.kind == "parquet":
        yield from _parquet(stream, columns)
        return
    keep = options.ragged is RaggedRows.KEEP
    with ExitStack() as stack:
        stack.enter_context(reading())
        text = Text(decompressed(stream, source), options.encoding)
        stack.enter_context(reading(text))
        if form.kind == "json":
            yield from _json_lines(text, columns, keep=keep)
            return
        stack.enter_context(long_cells())
        records = Records(text, form.delimiter, keep_ragged=keep)
        places = _places(columns, records.header)
        for batch in records.batches():
            yield [tuple([record[at] for at in places]) for record in batch.records]


def _places(columns: Mapping[str, str], header: Sequence[str]) -> list[int]:
    return [place(name, header, f"'{option}'") for option, name in columns.items()]


def _json_lines(text: Text, columns: Mapping[str, str], *, keep: bool) -> Iterator[list[Cells]]:
    number = 0
    while lines := text.stream.readlines(_HINT):
        batch: list[Cells] = []
        for number, line in enumerate(lines, number + 1):  # noqa: B020 - goes on from the batch before
            if keep and not line.strip():
                continue
            record = record_of(line.strip(" \t\r\n"), number)
            missing = next((name for name in columns.values() if name not in record), None)
            if missing is not None and number == 1:
                _places(columns, list(record))
            if missing is not None and not keep:
                raise OSError(
                    f"line {number} has no {missing!r}; mend it, or read it as empty with --ragged keep"
                )
            batch.append(tuple([record.get(name) for name in columns.values()]))
        yield batch


def _parquet(stream: BinaryIO, columns: Mapping[str, str]) -> Iterator[list[Cells]]:
    arrow, files = need("pyarrow"), need("pyarrow.parquet")
    with reading_parquet():
        table: Any = files.ParquetFile(stream)
        _places(columns, table.schema_arrow.names)
        for batch in batches(table, [*dict.fromkeys(columns.values())]):
            read = {name: days_of(batch.column(name), arrow) for name in batch.schema.names}
            yield list(zip(*(read[name] for name in columns.values()), strict=True))
