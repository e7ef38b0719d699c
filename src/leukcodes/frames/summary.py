"""A column of codes counted by family and disease status, in the frame library it comes in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import narwhals as nw
import numpy as np

from leukcodes.codesystem import When
from leukcodes.frames.columns import check_column
from leukcodes.frames.dialects import dialect_of
from leukcodes.frames.engines import engine_of
from leukcodes.frames.given import Frame, check_text, frame_of
from leukcodes.render import Summary, summarise

__all__ = ["summary"]


def summary(frame: Any, column: str, *, on: When = None) -> Summary:
    """How often each code occurs in a column: the code map with counts, and what is not on it.

    The frame's own engine groups and counts; lazy frames are computed. Spellings of one code are added up.

    Args:
        frame: a pandas, polars, pyarrow, DuckDB or PySpark frame.
        column: the column of codes: text or categories.
        on: the date or release whose codes count as known; None is the newest release.

    Raises:
        UnknownNameError: there is no such column.
        ReleaseNotFoundError: no packaged release speaks on that date.
        TypeError: what came is no frame, or the column holds no text.

    Example:
        >>> import pyarrow as pa
        >>> from leukcodes import frames
        >>> found = frames.summary(pa.table({"dx": ["C92.00", "c9200", "C92.0", "E11.9", None]}), "dx")
        >>> found.total, found.places
        (5, {'map': 2, 'header': 1, 'not_packaged': 1, 'null': 1})
        >>> [each["count"] for each in found.records() if each["code"] == "C92.00"]
        [2]
    """
    asked = frame_of(frame)
    schema = asked.collect_schema()
    check_column(column, schema)
    check_text(asked, column, schema)
    return summarise(_counts(asked, column), column=column, on=on)


def _counts(frame: Frame, column: str) -> Iterable[tuple[Any, ...]]:
    if isinstance(frame, nw.DataFrame):
        values, index = engine_of(frame[column]).distinct(frame[column])
        return zip(values, np.bincount(index, minlength=len(values)).tolist(), strict=True)
    dialect = dialect_of(frame)
    if dialect is not None:
        return dialect.counts(dialect.own[column])
    return _polars(frame.to_native(), column)


def _polars(native: Any, column: str) -> Iterable[tuple[Any, ...]]:
    import polars as pl

    rows: list[tuple[Any, ...]] = (
        native.group_by(pl.col(column).alias("value")).agg(pl.len().alias("rows")).collect().rows()
    )
    return rows
