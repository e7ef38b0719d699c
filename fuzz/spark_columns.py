"""Columns of PySpark frames as a function of bytes. Seconds for an input: not run with the others."""

from __future__ import annotations

from typing import Any

from columns_entry import DAYS, Columns, Engine, check, pick, schema, table
from expected import ADDED

__all__ = ["spark"]


def spark(data: bytes) -> None:
    """A frame as for the other libraries; the first byte chooses the verb and the kind of dates."""
    number, verb = pick(data[0] if data else 0, list(ADDED))
    _, days = pick(number, DAYS)
    check(_engine(), verb, *table(data[1:].decode("utf-8", "replace"), days))


def _engine() -> Engine:
    """Rows have no order; they are told by their numbers."""
    from spark_session import spark as session

    def make(given: Columns) -> Any:
        kinds = schema(given, "string", "bigint", "date")
        types = ", ".join(f"`{name.replace('`', '``')}` {kind}" for name, kind in kinds.items())
        return session().createDataFrame(list(zip(*given.values(), strict=True)), types)

    def read(frame: Any) -> Columns:
        rows = sorted(frame.collect(), key=lambda row: row[0])
        return {name: [row[place] for row in rows] for place, name in enumerate(frame.columns)}

    return make, read
