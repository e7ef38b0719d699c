"""What came as a frame: of which library, and whether a column of it is text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import narwhals as nw

__all__ = ["Frame", "check_text", "frame_of"]

Frame: TypeAlias = nw.DataFrame[Any] | nw.LazyFrame[Any]

_KNOWN: Final = (
    nw.Implementation.PANDAS,
    nw.Implementation.POLARS,
    nw.Implementation.PYARROW,
    nw.Implementation.DUCKDB,
    nw.Implementation.PYSPARK,
    nw.Implementation.PYSPARK_CONNECT,
)
_TEXT: Final = (nw.String, nw.Categorical, nw.Enum, nw.Object, nw.Unknown)


def frame_of(native: Any) -> Frame:
    """The frame, whichever library's it is.

    Raises:
        TypeError: it is none, or of a library that is not known here.
    """
    frame = nw.from_native(native, pass_through=True)
    if not isinstance(frame, nw.DataFrame | nw.LazyFrame) or frame.implementation not in _KNOWN:
        kind = type(native).__name__
        raise TypeError(f"{kind} is no frame here; give one of pandas, polars, pyarrow, DuckDB or PySpark")
    return frame


def check_text(frame: Frame, column: str, schema: Mapping[str, Any]) -> None:
    """See that a column holds text; one without any value has any type, such as pandas' float.

    Raises:
        TypeError: it holds something else.
    """
    if isinstance(schema[column], _TEXT):
        return
    if isinstance(frame, nw.DataFrame) and bool(frame[column].is_null().all()):
        return
    raise TypeError(f"{column!r} holds {schema[column]}, not text; cast it to text first")
