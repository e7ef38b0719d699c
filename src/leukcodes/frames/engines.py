"""Frames in memory: distinct values and back, where narwhals has no word for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, TypeAlias

import narwhals as nw
import numpy as np

__all__ = ["Engine", "Ints", "compact", "engine_of"]

Ints: TypeAlias = Any
"""A numpy array of whole numbers."""

Distinct: TypeAlias = tuple[list[Any], Ints]
"""The distinct values, None first, and for each row the index of its value."""

_EPOCH: Final = date(1970, 1, 1).toordinal()
_PIECE: Final = 1 << 18  # rows; bounds what Arrow holds in one array of text


def compact(numbers: Ints) -> tuple[Ints, Ints]:
    """0 and the distinct ones among whole numbers, in order, and for each the index of its own."""
    top = int(numbers.max(initial=0))
    if top > 4 * numbers.size + 10_000 or numbers.min(initial=0) < 0:
        found, index = np.unique(np.append(numbers, 0), return_inverse=True)
        return found, index[:-1]
    there: Any = np.zeros(top + 1, bool)
    there[numbers] = there[0] = True
    return np.flatnonzero(there), np.cumsum(there, dtype=np.int32)[numbers] - np.int32(1)


class Engine:
    """What the engines agree on; what they differ in is below."""

    def __init__(self, like: nw.Series[Any]) -> None:
        self.like = like.to_native()

    def distinct(self, series: nw.Series[Any]) -> Distinct:
        """The distinct values of a column; a column of categories has them already."""
        raise NotImplementedError

    def days(self, series: nw.Series[Any]) -> Distinct:
        """The distinct days, by the clock of their own time zone; of other columns the values."""
        if not isinstance(series.dtype, nw.Date | nw.Datetime):
            return self.distinct(series)
        ordinals, index = compact(self.ordinals(series))
        return [_day(ordinal) for ordinal in ordinals.tolist()], index

    def ordinals(self, series: nw.Series[Any]) -> Ints:
        """Days or timestamps as `date.toordinal` counts; 0 is null."""
        raise NotImplementedError

    def column(self, values: Sequence[Any], index: Ints, *, flags: bool) -> nw.Series[Any]:
        """Text, or true and false, with nulls: the value of each row."""
        raise NotImplementedError


class _Polars(Engine):
    def distinct(self, series: nw.Series[Any]) -> Distinct:
        import polars as pl

        native = series.to_native()
        is_coded = isinstance(native.dtype, pl.Categorical | pl.Enum)
        coded = native if is_coded else native.cast(pl.String).cast(pl.Categorical)
        found, index = compact((coded.to_physical().cast(pl.Int64) + 1).fill_null(0).to_numpy())
        rows: Any = np.zeros(len(found), np.int64)  # one that has each value
        rows[index] = np.arange(len(index))
        return [None, *native.gather(rows[1:]).to_list()], index

    def ordinals(self, series: nw.Series[Any]) -> Ints:
        local = series if series.dtype == nw.Date else series.dt.replace_time_zone(None).dt.date()
        return (local.to_native().to_physical() + _EPOCH).fill_null(0).to_numpy()

    def column(self, values: Sequence[Any], index: Ints, *, flags: bool) -> nw.Series[Any]:
        import polars as pl

        native = pl.Series(values, dtype=pl.Boolean if flags else pl.String)
        return _series(native.gather(pl.Series(index.astype(np.uint32))))


class _Arrow(Engine):
    def distinct(self, series: nw.Series[Any]) -> Distinct:
        return _encoded(series.to_native())

    def ordinals(self, series: nw.Series[Any]) -> Ints:
        return _ordinals(series)

    def column(self, values: Sequence[Any], index: Ints, *, flags: bool) -> nw.Series[Any]:
        import pyarrow as pa

        kind = pa.bool_() if flags else pa.string()
        known = pa.array(values, kind)
        pieces = (pa.array(index[start : start + _PIECE]) for start in range(0, len(index), _PIECE))
        return _series(pa.chunked_array([known.take(piece) for piece in pieces], kind))


class _Pandas(Engine):
    def distinct(self, series: nw.Series[Any]) -> Distinct:
        import pandas as pd

        native = series.to_native()
        if _is_arrow(native.dtype):
            return _encoded(_arrow(native))
        if isinstance(native.dtype, pd.CategoricalDtype):
            index, values = native.cat.codes.to_numpy(), native.cat.categories
        else:
            index, values = pd.factorize(native)
        return [None, *values.tolist()], index.astype(np.int32) + np.int32(1)

    def ordinals(self, series: nw.Series[Any]) -> Ints:
        native = series.to_native()
        if _is_arrow(native.dtype):
            return _ordinals(_series(_arrow(native)))
        days = native.dt.tz_localize(None).to_numpy().astype("datetime64[D]")
        ordinals = days.astype(np.int64) + _EPOCH
        ordinals[np.isnat(days)] = 0
        return ordinals

    def column(self, values: Sequence[Any], index: Ints, *, flags: bool) -> nw.Series[Any]:
        import pandas as pd

        like = self.like.dtype
        dtype: Any = "boolean" if flags else object if int(pd.__version__[0]) < 3 else "str"
        if isinstance(like, pd.ArrowDtype):
            import pyarrow as pa

            dtype = pd.ArrowDtype(pa.bool_() if flags else pa.string())
        elif isinstance(like, pd.StringDtype) and not flags:
            dtype = like
        return _series(pd.Series(pd.Series(values, dtype=dtype).array.take(index)))


_ENGINES: Final[dict[nw.Implementation, type[Engine]]] = {
    nw.Implementation.PANDAS: _Pandas,
    nw.Implementation.POLARS: _Polars,
    nw.Implementation.PYARROW: _Arrow,
}


def engine_of(like: nw.Series[Any]) -> Engine:
    """The engine that a column belongs to; new columns come in its kind of text."""
    return _ENGINES[like.implementation](like)


def _encoded(native: Any) -> Distinct:
    """The distinct values of Arrow's array."""
    import pyarrow as pa

    if not pa.types.is_dictionary(native.type):
        native = native.dictionary_encode()
    chunks = native.unify_dictionaries().chunks
    values = chunks[0].dictionary.to_pylist() if chunks else []
    index = [chunk.indices.cast(pa.int32()).fill_null(-1).to_numpy() for chunk in chunks]
    return [None, *values], np.concatenate([*index, np.array([], np.int32)]) + np.int32(1)


def _ordinals(series: nw.Series[Any]) -> Ints:
    """See `Engine.ordinals`; of Arrow's array."""
    import pyarrow as pa

    local = series if series.dtype == nw.Date else series.dt.replace_time_zone(None)
    days = local.to_native().cast(pa.date32(), safe=False).cast(pa.int32())
    return days.fill_null(-_EPOCH).to_numpy() + np.int32(_EPOCH)


def _arrow(native: Any) -> Any:
    """What a pandas column is to Arrow."""
    import pyarrow as pa

    found = pa.array(native.array)
    return found if isinstance(found, pa.ChunkedArray) else pa.chunked_array([found])


def _is_arrow(dtype: Any) -> bool:
    """Whether pandas keeps such a column as Arrow's."""
    return type(dtype).__name__ == "ArrowDtype" or getattr(dtype, "storage", "") == "pyarrow"


def _day(ordinal: int) -> date | str | None:
    """The day; one beyond Python's calendar cannot be used, and is quoted as text."""
    if 0 < ordinal <= date.max.toordinal():
        return date.fromordinal(ordinal)
    return str(np.datetime64(ordinal - _EPOCH, "D")) if ordinal else None


def _series(native: Any) -> nw.Series[Any]:
    return nw.from_native(native, series_only=True)
