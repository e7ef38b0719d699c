"""Frames in memory: distinct values and back, where narwhals has no word for it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeAlias

import narwhals as nw
import numpy as np

__all__ = ["Engine", "Ints", "compact", "engine_of", "pieces"]

Ints: TypeAlias = Any
"""A numpy array of whole numbers."""

Values: TypeAlias = Mapping[str, Sequence[Any]]
"""Distinct values by field."""

Distinct: TypeAlias = tuple[list[Any], Ints]
"""The distinct values, None first, and for each row the index of its value."""

_EPOCH: Final = date(1970, 1, 1).toordinal()
_PIECE: Final = 1 << 18  # rows; bounds what Arrow holds in one array of text, and spreads what a call costs
_NULL: Final = (1 << 32) - 1  # as a category's number; in 32 bits with a sign it is -1


def pieces(rows: int, each: int = 1 << 16) -> list[slice]:
    """The rows in parts, at least one, that fit into a processor's cache with what is made of them."""
    return [slice(start, start + each) for start in range(0, max(rows, 1), each)]


def compact(numbers: Ints) -> tuple[Ints, Ints]:
    """0 and the distinct ones among whole numbers, in order, and for each the index of its own.

    The numbers are replaced by it, for a second array of so many would take as long to get as to fill.
    """
    top = int(numbers.max(initial=0))
    if top > 4 * numbers.size + 10_000 or numbers.min(initial=0) < 0:
        found, index = np.unique(np.append(numbers, 0), return_inverse=True)
        return found, index[:-1]
    there: Any = np.zeros(top + 1, bool)
    there[0] = True
    for piece in pieces(numbers.size):
        there[numbers[piece]] = True
    if there.all():
        return np.arange(top + 1), numbers
    places = np.cumsum(there, dtype=numbers.dtype) - numbers.dtype.type(1)
    for piece in pieces(numbers.size):
        numbers[piece] = places[numbers[piece]]
    return np.flatnonzero(there), numbers


class Engine(ABC):
    """What the engines agree on; what they differ in is below."""

    def __init__(self, like: nw.Series[Any]) -> None:
        self.like = like.to_native()

    @abstractmethod
    def distinct(self, series: nw.Series[Any]) -> Distinct:
        """The distinct values of a column; a column of categories has them already."""

    def days(self, series: nw.Series[Any]) -> Distinct:
        """The distinct days, by the clock of their own time zone; of other columns the values."""
        if not isinstance(series.dtype, nw.Date | nw.Datetime):
            return self.distinct(series)
        ordinals, index = compact(self.ordinals(series))
        return [_day(ordinal) for ordinal in ordinals.tolist()], index

    @abstractmethod
    def ordinals(self, series: nw.Series[Any]) -> Ints:
        """Days or timestamps as `date.toordinal` counts; 0 is null."""

    @abstractmethod
    def columns(self, values: Values, index: Ints, flags: Collection[str]) -> dict[str, nw.Series[Any]]:
        """The values of each row, by field: true and false for flags, text otherwise, with nulls."""


class _Polars(Engine):
    def distinct(self, series: nw.Series[Any]) -> Distinct:
        import polars as pl

        native = series.to_native()
        is_coded = isinstance(native.dtype, pl.Categorical | pl.Enum)
        numbers: Any = np.empty(len(native), np.int32)
        kept: list[Any] = []  # the first piece: categories last as long as a column has them
        for piece in pieces(len(native), _PIECE):
            coded = native[piece] if is_coded else native[piece].cast(pl.String).cast(pl.Categorical)
            kept = kept or [coded]
            physical = coded.to_physical().cast(pl.UInt32)
            numbers[piece] = physical.fill_null(_NULL).to_numpy().view(np.int32)
            numbers[piece] += np.int32(1)
        found, index = compact(numbers)
        rows: Any = np.zeros(len(found), np.int64)  # one that has each value
        for piece in pieces(len(native)):
            rows[index[piece]] = np.arange(piece.start, min(piece.stop, len(native)))
        return [None, *native.gather(rows[1:]).to_list()], index

    def ordinals(self, series: nw.Series[Any]) -> Ints:
        local = series if series.dtype == nw.Date else series.dt.replace_time_zone(None).dt.date()
        physical = local.to_native().to_physical()
        ordinals: Any = np.empty(len(physical), np.int32)
        for piece in pieces(len(physical), _PIECE):
            ordinals[piece] = physical[piece].fill_null(-_EPOCH).to_numpy()
            ordinals[piece] += np.int32(_EPOCH)
        return ordinals

    def columns(self, values: Values, index: Ints, flags: Collection[str]) -> dict[str, nw.Series[Any]]:
        import polars as pl

        types = {field: pl.Boolean if field in flags else pl.String for field in values}
        found = pl.DataFrame(values, schema=types)[pl.Series(index)]
        return {field: _series(found[field]) for field in values}


class _Arrow(Engine):
    def distinct(self, series: nw.Series[Any]) -> Distinct:
        return _encoded(series.to_native())

    def ordinals(self, series: nw.Series[Any]) -> Ints:
        return _ordinals(series)

    def columns(self, values: Values, index: Ints, flags: Collection[str]) -> dict[str, nw.Series[Any]]:
        import pyarrow as pa

        types = [(field, pa.bool_() if field in flags else pa.string()) for field in values]
        known = pa.table(dict(values), pa.schema(types))
        found = pa.concat_tables(known.take(index[piece]) for piece in pieces(len(index), _PIECE))
        return {field: _series(found[field]) for field in values}


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
        return _ordinals_of(native.dt.tz_localize(None).to_numpy())

    def columns(self, values: Values, index: Ints, flags: Collection[str]) -> dict[str, nw.Series[Any]]:
        import pandas as pd

        def taken(field: str) -> Any:
            known = pd.Series(values[field], dtype=self._dtype(is_flag=field in flags)).array
            parts = [pd.Series(known.take(index[piece])) for piece in pieces(len(index), _PIECE)]
            return _series(pd.concat(parts, ignore_index=True))

        return {field: taken(field) for field in values}

    def _dtype(self, *, is_flag: bool) -> Any:
        import pandas as pd

        like = self.like.dtype
        if isinstance(like, pd.ArrowDtype):
            import pyarrow as pa

            return pd.ArrowDtype(pa.bool_() if is_flag else pa.string())
        if is_flag:
            return "boolean"
        if isinstance(like, pd.StringDtype):
            return like
        return object if int(pd.__version__[0]) < 3 else "str"


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

    if series.dtype != nw.Date:
        return _ordinals_of(series.dt.replace_time_zone(None).to_native().to_numpy())
    days = series.to_native().cast(pa.int32())
    return days.fill_null(-_EPOCH).to_numpy() + np.int32(_EPOCH)


def _ordinals_of(times: Ints) -> Ints:
    """See `Engine.ordinals`; of numpy's timestamps, which reach further than 32 bits of days."""
    ordinals: Any = np.empty(len(times), np.int64)
    unit: Any = np.datetime_data(times.dtype)
    moments, a_day = times.view(np.int64), np.timedelta64(1, "D") // np.timedelta64(1, unit)
    for piece in pieces(len(times)):
        days = moments[piece] // a_day + _EPOCH
        ordinals[piece] = np.where(np.isnat(times[piece]), 0, days)
    return ordinals


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
