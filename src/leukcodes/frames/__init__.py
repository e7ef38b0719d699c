"""Whole columns: codes judged and described, diagnoses read, in the frame library they come in.

Takes and gives back pandas, polars (eager and lazy), pyarrow tables, DuckDB relations and PySpark frames.
Rows, their order, the index and all other columns stay as they are; a null stays null. Needs the extra
`frames`.
"""

from __future__ import annotations

from importlib.util import find_spec

from leukcodes.errors import MissingExtraError

if find_spec("narwhals") is None or find_spec("numpy") is None:
    raise MissingExtraError(
        "frames need narwhals and numpy; install the extra with: python -m pip install 'leukcodes[frames]'",
        "frames",
    )

from leukcodes.frames.accessors import register_accessors
from leukcodes.frames.lookup import lookup_table
from leukcodes.frames.summary import summary
from leukcodes.frames.verbs import annotate, resolve, validate

__all__ = ["annotate", "lookup_table", "register_accessors", "resolve", "summary", "validate"]
