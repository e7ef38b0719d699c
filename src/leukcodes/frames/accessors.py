"""`.icd10cm` on the columns of pandas and polars, once it is asked for."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, Final

from leukcodes.frames.verbs import annotate, resolve, validate

__all__ = ["register_accessors"]

_NAME: Final = "icd10cm"


class _Accessor:
    """The verbs on one column; the answer is a frame of the added columns, named by their fields."""

    def __init__(self, series: Any) -> None:
        self._series = series

    def validate(self, **options: Any) -> Any:
        """See `leukcodes.frames.validate`; `on` is one date for all."""
        return self._added(validate, options)

    def resolve(self, **options: Any) -> Any:
        """See `leukcodes.frames.resolve`; `on` is one date for all."""
        return self._added(resolve, options)

    def annotate(self, **options: Any) -> Any:
        """See `leukcodes.frames.annotate`; `on` is one date for all."""
        return self._added(annotate, options)

    def _added(self, verb: Any, options: dict[str, Any]) -> Any:
        frame = verb(self._series.rename("").to_frame(), "", prefix="", **options)
        return frame.drop(columns="") if hasattr(frame, "iloc") else frame.drop("")


def register_accessors() -> None:
    """Give the columns of pandas and polars, as far as they are installed, the namespace `icd10cm`.

    Example:
        >>> import pandas as pd
        >>> from leukcodes import frames
        >>> frames.register_accessors()
        >>> pd.Series(["C94.20", "C94.2"]).icd10cm.validate(on="FY2026")["valid"].tolist()
        [True, False]
    """
    if find_spec("pandas") is not None:
        import pandas as pd

        if not hasattr(pd.Series, _NAME):
            pd.api.extensions.register_series_accessor(_NAME)(_Accessor)
    if find_spec("polars") is not None:
        import polars as pl

        if not hasattr(pl.Series, _NAME):
            pl.api.register_series_namespace(_NAME)(_Accessor)
