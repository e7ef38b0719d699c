"""Parquet: rows keep their types, order and metadata; the answer's columns stand behind the others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from typing import Any, BinaryIO, Final

from leukcodes.cli.files.answers import EVERYDAY, Known
from leukcodes.cli.files.job import Job
from leukcodes.cli.files.opening import need

__all__ = ["batches", "days_of", "parquet", "reading_parquet"]

_ROWS: Final = 1 << 16
_BYTES: Final = 1 << 25


def parquet(source: BinaryIO, sink: BinaryIO, job: Job) -> Iterator[None]:
    """Work through the batches, each a row group of the output; yields after each.

    Raises:
        OSError: the file is no Parquet file, or damaged.
    """
    arrow, files = need("pyarrow"), need("pyarrow.parquet")
    with reading_parquet():
        yield from _worked(files.ParquetFile(source), sink, job, arrow, files)


@contextmanager
def reading_parquet() -> Iterator[None]:
    """Turn what a damaged file raises, wherever it is read, into one kind of error."""
    try:
        yield
    except UnicodeError as error:
        raise OSError(f"the Parquet file has text that is not UTF-8 ({error}); write it again") from None
    except need("pyarrow").ArrowException as error:
        raise OSError(f"the Parquet file cannot be read ({error})") from None


def _worked(table: Any, sink: BinaryIO, job: Job, arrow: Any, files: Any) -> Iterator[None]:
    schema = table.schema_arrow
    places = job.places(schema.names)
    types = [arrow.bool_() if name == "valid" else arrow.string() for name in job.question.columns]
    wider = schema
    for name, kind in zip(job.names, types, strict=True):
        wider = wider.append(arrow.field(name, kind))
    known = Known(job.question, lambda answer: answer.values)
    with files.ParquetWriter(sink, wider, compression=_compression(table.metadata)) as out:
        for batch in batches(table):
            values = _values(batch.column(places.value))
            days = repeat(EVERYDAY) if places.day is None else days_of(batch.column(places.day), arrow)
            answers = [known.of(value, day) for value, day in zip(values, days, strict=False)]
            job.tally.add(answers)
            columns = zip(*(shown.form for shown in answers), strict=True) if answers else repeat(())
            added = [arrow.array(column, kind) for column, kind in zip(columns, types, strict=False)]
            written = arrow.RecordBatch.from_arrays([*batch.columns, *added], schema=wider)
            if job.only is not None:
                written = written.filter(
                    arrow.array([job.only(shown.answer) for shown in answers], arrow.bool_())
                )
            out.write_batch(written)
            yield


def batches(table: Any, columns: list[str] | None = None) -> Iterator[Any]:
    """A file's rows, some of its columns or all, in parts that do not fill the memory."""
    if table.metadata.num_row_groups == 0:  # which pyarrow 19 cannot read
        return iter(())
    found: Iterator[Any] = table.iter_batches(_batch_rows(table.metadata), columns=columns)
    return found


def _batch_rows(metadata: Any) -> int:
    """As many rows as are read at once without filling the memory, by their mean size."""
    groups = [metadata.row_group(place) for place in range(metadata.num_row_groups)]
    widest = max(group.total_byte_size / max(group.num_rows, 1) for group in groups)
    return max(1, min(_ROWS, int(_BYTES / max(widest, 1))))


def _compression(metadata: Any) -> str:
    if not (metadata.num_row_groups and metadata.num_columns):
        return "snappy"
    name: str = metadata.row_group(0).column(0).compression
    return "none" if name == "UNCOMPRESSED" else name


def days_of(column: Any, arrow: Any) -> list[Any]:
    """The cells of a column.

    Moments become the day that they are where they were written down; nanoseconds have no Python type.
    """
    if arrow.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return _values(_days(column, arrow) if arrow.types.is_timestamp(column.type) else column)


def _days(moments: Any, arrow: Any) -> Any:
    """Moments as days; as they are where one is so far off that its day would come out as another."""
    if moments.type.unit in ("s", "ms"):
        try:
            moments = moments.cast(arrow.timestamp("us", moments.type.tz))
        except arrow.ArrowInvalid:
            return moments
    return moments.cast(arrow.date32())


def _values(column: Any) -> list[Any]:
    try:
        found: list[Any] = column.to_pylist()
    except UnicodeError:
        raise
    except (ValueError, OverflowError):  # a day or moment that Python cannot hold
        return [_value(scalar) for scalar in column]
    return found


def _value(scalar: Any) -> object:
    try:
        return scalar.as_py()
    except (ValueError, OverflowError):
        return f"{scalar.type} {getattr(scalar, 'value', '')}"  # of nested ones only the type
