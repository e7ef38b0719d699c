"""The code table as a frame, for joins of one's own."""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw

from leukcodes.codesystem import system
from leukcodes.errors import UnknownNameError

__all__ = ["lookup_table"]

_BACKENDS: Final = ("pandas", "polars", "pyarrow")
_TEXT: Final = (
    "code",
    "undotted",
    "title",
    "kind",
    "scope",
    "family",
    "status",
    "parent",
    "block",
    "chapter",
)
_SCHEMA: Final = dict.fromkeys(_TEXT, nw.String) | {
    "billable": nw.Boolean,
    "valid_from": nw.Date,
    "valid_to": nw.Date,
}


def lookup_table(backend: str) -> Any:
    """Every packaged code through time, a row for each change of its title or of its being billable.

    A code stood as the row has it from `valid_from` to `valid_to`, both inclusive; `valid_to` is the last day
    of the newest packaged release where nothing ends it. Join on `code`, or on `undotted` where dots are
    missing, and on the date. For DuckDB and Spark give the frame of one of these to them.

    Args:
        backend: "pandas", "polars" or "pyarrow".

    Returns:
        A frame with the columns `code`, `undotted`, `title`, `kind`, `scope`, `family`, `status`, `parent`,
        `block`, `chapter`, `billable`, `valid_from`, `valid_to`; dates are dates (in pandas, timestamps).

    Raises:
        UnknownNameError: the backend is none of these.

    Example:
        >>> from leukcodes import frames
        >>> table = frames.lookup_table("pyarrow")
        >>> [row["code"] for row in table.to_pylist() if row["family"] == "C94.2" and row["billable"]]
        ['C94.20', 'C94.21', 'C94.22']
    """
    if backend not in _BACKENDS:
        message = f"{backend!r} is no backend here; use {', '.join(_BACKENDS)}"
        raise UnknownNameError(message, backend, _BACKENDS)
    rows = [_row(code, place) for code in system().codes for place in range(len(_versions(code)))]
    schema = dict(_SCHEMA)
    if backend == "pandas":  # which has no dates
        schema |= {"valid_from": nw.Datetime("ms"), "valid_to": nw.Datetime("ms")}
    columns = {name: [row[name] for row in rows] for name in schema}
    return nw.from_dict(columns, schema=schema, backend=backend).to_native()


def _versions(code: str) -> tuple[Any, ...]:
    row = system().tables.row(code)
    return () if row is None else row.versions


def _row(code: str, place: int) -> dict[str, Any]:
    version = _versions(code)[place]
    concept = system().concept(code, max(version.valid_from, system().calendar.first))
    assert concept is not None
    return {
        "code": str(concept.code),
        "undotted": concept.code.undotted,
        "title": concept.title,
        "kind": concept.kind.value,
        "scope": concept.scope.value,
        "family": concept.family and str(concept.family),
        "status": concept.status and concept.status.value,
        "parent": concept.parent_code and str(concept.parent_code),
        "block": concept.block,
        "chapter": concept.chapter,
        "billable": concept.billable,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to or system().calendar.last,
    }
