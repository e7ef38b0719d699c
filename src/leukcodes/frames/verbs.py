"""The verbs on columns, each with its engine found for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import narwhals as nw

from leukcodes.codesystem import When
from leukcodes.frames.columns import Names, On, added_names, check_column, read_on
from leukcodes.frames.database import answer_in
from leukcodes.frames.dialects import dialect_of
from leukcodes.frames.eager import answer_columns
from leukcodes.frames.given import check_text, frame_of
from leukcodes.frames.readers import FLAGS, Reader, annotator, resolver, validator
from leukcodes.resolver import UnspecifiedStatus, Vocabulary

__all__ = ["annotate", "resolve", "validate"]

_Frame = TypeVar("_Frame")


def validate(
    frame: _Frame, column: str, *, on: When = None, prefix: str | None = None, names: Names | None = None
) -> _Frame:
    """Judge a column of codes, each on its row's date, as `leukcodes.validate_code` does.

    Added are `code` (canonical), `valid` (null where it was not checked: out of scope, or no usable date),
    and `rule` and `message` of the first issue. Where the date is missing, unreadable or outside the packaged
    releases, no code is valid; what no date could make valid is invalid. A null gets nulls.

    Args:
        frame: a pandas, polars, pyarrow, DuckDB or PySpark frame.
        column: the column of codes: text or categories.
        on: the column of service dates (dates, timestamps by their own clock, or text in ISO form), or one
            date or release for all rows; None is the newest release.
        prefix: the beginning of the added names, `column` and an underscore where None.
        names: other names by field (`{"valid": "ok", "message": None}`); None leaves a column out.

    Returns:
        The frame with the columns added, of the kind it came as.

    Raises:
        UnknownNameError: there is no such column.
        ReleaseNotFoundError: the one date for all rows is outside the packaged releases.
        TypeError: what came is no frame, or the column holds no text.
        ValueError: an added column's name is taken, or `on` can be read in two ways.

    Example:
        >>> import pyarrow as pa
        >>> from leukcodes import frames
        >>> claims = pa.table({"dx": ["c9420", "C94.2", None], "day": ["2026-11-21"] * 3})
        >>> frames.validate(claims, "dx", on="day", names={"message": None}).to_pydict()["dx_valid"]
        [True, False, None]
    """
    found: _Frame = _answered(frame, column, on, validator(), prefix, names)
    return found


def resolve(  # noqa: PLR0913 - the options of `leukcodes.resolve` and those of a frame
    frame: _Frame,
    column: str,
    *,
    on: When = None,
    setting: str | None = None,
    unspecified_status: UnspecifiedStatus = "nos",
    vocabulary: Vocabulary = "all",
    workers: int | None = None,
    progress: bool = False,
    prefix: str | None = None,
    names: Names | None = None,
) -> _Frame:
    """Read a column of diagnoses as `leukcodes.resolve` does, each distinct one once.

    Added are `outcome`, `code`, `title`, `kind`, `status`, `status_basis`, and `rules` and `candidates`,
    which have several values in one cell, parted by spaces. Where a row's date cannot be used, all are null
    but the rule that says so. A null gets nulls.

    Args:
        frame: a pandas, polars, pyarrow, DuckDB or PySpark frame.
        column: the column of diagnoses: text or categories.
        on: a column of dates, or one date or release for all rows; None is the newest release.
        setting: as for `leukcodes.resolve`.
        unspecified_status: as for `leukcodes.resolve`.
        vocabulary: as for `leukcodes.resolve`.
        workers: how many processes read, this one alone where None; Spark has its own.
        progress: show a bar on standard error, but for lazy frames and Spark.
        prefix: the beginning of the added names, `column` and an underscore where None.
        names: other names by field; None leaves a column out.

    Raises:
        MissingExtraError: a bar is asked for, and rich is not installed.
        ValueError: an option is none of its values; and all that `validate` raises.

    Example:
        >>> import pyarrow as pa
        >>> from leukcodes import frames
        >>> notes = pa.table({"diagnosis": ["relapsed AMKL", "no evidence of leukemia"]})
        >>> frames.resolve(notes, "diagnosis")["diagnosis_code"].to_pylist()
        ['C94.22', None]
    """
    reader = resolver(setting, unspecified_status, vocabulary, workers, progress)
    found: _Frame = _answered(frame, column, on, reader, prefix, names)
    return found


def annotate(
    frame: _Frame,
    column: str,
    *,
    to: Iterable[str] = (),
    on: When = None,
    prefix: str | None = None,
    names: Names | None = None,
) -> _Frame:
    """Say what the codes of a column mean, as `leukcodes.lookup` and `leukcodes.translate` do.

    Added are `code`, `title`, `family`, `status`, `billable`, `scope`, and a column for each system in `to`
    with all its codes, parted by spaces. What is no code of the release has nulls.

    Args:
        frame: a pandas, polars, pyarrow, DuckDB or PySpark frame.
        column: the column of codes: text or categories.
        to: systems to translate to, as `leukcodes.code_systems()` has them.
        on: a column of dates, or one date or release for all rows; None is the newest release.
        prefix: the beginning of the added names, `column` and an underscore where None.
        names: other names by field; None leaves a column out.

    Raises:
        UnknownNameError: there is no such system; and all that `validate` raises.

    Example:
        >>> import pyarrow as pa
        >>> from leukcodes import frames
        >>> frames.annotate(pa.table({"dx": ["C94.20"]}), "dx", to=["icd9cm"])["dx_icd9cm"].to_pylist()
        ['207.20']
    """
    reader = annotator([to] if isinstance(to, str) else to)
    found: _Frame = _answered(frame, column, on, reader, prefix, names)
    return found


def _answered(
    native: Any, column: str, on: When, reader: Reader, prefix: str | None, names: Names | None
) -> Any:
    frame = frame_of(native)
    schema = frame.collect_schema()
    check_column(column, schema)
    when = read_on(on, schema)
    added = added_names(reader.columns, column, schema, prefix, names)
    check_text(frame, column, schema)
    if isinstance(frame, nw.LazyFrame):
        dialect = dialect_of(frame)
        if dialect is not None:
            return answer_in(dialect, schema, column, when, reader, added)
        return _lazy(frame.to_native(), column, when, reader, added)
    return _added(frame, column, when, reader, added).to_native()


def _added(
    frame: nw.DataFrame[Any], column: str, on: On, reader: Reader, added: dict[str, str]
) -> nw.DataFrame[Any]:
    dates = None if on.column is None else frame[on.column]
    columns = answer_columns(frame[column], dates, on, reader, added)
    return frame.with_columns(**{name: columns[field] for field, name in added.items()})


def _lazy(native: Any, column: str, on: On, reader: Reader, added: dict[str, str]) -> Any:
    """Polars asks for the columns when it comes to them, in batches where that reads nothing twice."""
    import polars as pl

    def answers(batch: pl.Series) -> pl.Series:
        frame = nw.from_native(batch.struct.unnest(), eager_only=True)
        return _added(frame, column, on, reader, added).select(*added.values()).to_native().to_struct()

    types = {name: pl.Boolean if field in FLAGS else pl.String for field, name in added.items()}
    asked = pl.struct(*dict.fromkeys([column, on.column or column]))
    mapped = asked.map_batches(answers, return_dtype=pl.Struct(types), is_elementwise=reader.of != "texts")
    return native.with_columns(mapped.struct.field(*types))
