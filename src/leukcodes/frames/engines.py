"""Frames in memory: distinct values and back, where narwhals has no word for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import narwhals as nw

__all__ = ["Engine", "engine_of"]

Distinct = tuple[list[Any], nw.Series[Any]]
"""The distinct values, None first, and for each row the index of its value."""


class Engine:
    """What the engines agree on; what they differ in is below."""

    def __init__(self, like: nw.Series[Any]) -> None:
        self.like = like

    def distinct(self, series: nw.Series[Any]) -> Distinct:
        """The distinct values of a column; a column of categories has them already."""
        raise NotImplementedError

    def days(self, series: nw.Series[Any]) -> nw.Series[Any]:
        """Timestamps as days, by the clock of their own time zone."""
        if isinstance(series.dtype, nw.Datetime):
            return series.dt.replace_time_zone(None).dt.date()
        return series

    def column(self, values: Sequence[Any], *, flags: bool) -> nw.Series[Any]:
        """Text, or true and false, with nulls."""
        return nw.new_series("", values, nw.Boolean if flags else nw.String, backend=self.like.implementation)

    def indices(self, values: Sequence[int]) -> nw.Series[Any]:
        """Whole numbers."""
        return nw.new_series("", values, nw.Int64, backend=self.like.implementation)


class _Polars(Engine):
    def distinct(self, series: nw.Series[Any]) -> Distinct:
        import polars as pl

        native = series.to_native().alias("value")
        values = native.unique().drop_nulls()
        known = pl.DataFrame({"value": values}).with_row_index("index", 1)
        index = native.to_frame().join(known, on="value", how="left", maintain_order="left")["index"]
        return [None, *values.to_list()], _series(index.fill_null(0).cast(pl.Int64))


class _Arrow(Engine):
    def distinct(self, series: nw.Series[Any]) -> Distinct:
        import pyarrow as pa

        native = series.to_native()
        if not pa.types.is_dictionary(native.type):
            native = native.dictionary_encode()
        chunks = native.unify_dictionaries().chunks
        values = chunks[0].dictionary.to_pylist() if chunks else []
        index = pa.chunked_array([chunk.indices.cast(pa.int64()) for chunk in chunks], pa.int64())
        return [None, *values], _series(index).fill_null(-1) + 1


class _Pandas(Engine):
    def distinct(self, series: nw.Series[Any]) -> Distinct:
        import pandas as pd

        native = series.to_native()
        if isinstance(native.dtype, pd.CategoricalDtype):
            index, values = native.cat.codes.to_numpy(), native.cat.categories
        else:
            index, values = pd.factorize(native)
        return [None, *values.tolist()], _series(pd.Series(index.astype("int64") + 1))

    def days(self, series: nw.Series[Any]) -> nw.Series[Any]:
        import pandas as pd

        if not isinstance(series.dtype, nw.Datetime):
            return series
        local = series.to_native().dt.tz_localize(None)
        index, values = pd.factorize(local.dt.normalize())
        return _series(pd.Series(pd.Categorical.from_codes(index, [value.date() for value in values])))

    def column(self, values: Sequence[Any], *, flags: bool) -> nw.Series[Any]:
        import pandas as pd

        like = self.like.to_native().dtype
        dtype: Any = "boolean" if flags else object if int(pd.__version__[0]) < 3 else "str"
        if isinstance(like, pd.ArrowDtype):
            import pyarrow as pa

            dtype = pd.ArrowDtype(pa.bool_() if flags else pa.string())
        elif isinstance(like, pd.StringDtype) and not flags:
            dtype = like
        return _series(pd.Series(values, dtype=dtype))


_ENGINES: Final[dict[nw.Implementation, type[Engine]]] = {
    nw.Implementation.PANDAS: _Pandas,
    nw.Implementation.POLARS: _Polars,
    nw.Implementation.PYARROW: _Arrow,
}


def engine_of(like: nw.Series[Any]) -> Engine:
    """The engine that a column belongs to; new columns come in its kind of text."""
    return _ENGINES[like.implementation](like)


def _series(native: Any) -> nw.Series[Any]:
    return nw.from_native(native, series_only=True)
