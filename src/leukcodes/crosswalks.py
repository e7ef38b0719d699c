"""The packaged crosswalks to other code systems, by the code of their first column."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from leukcodes.resources import read_json, rows_of

__all__ = ["common_source", "crosswalk", "mapped"]


@cache
def crosswalk(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a crosswalk, as mappings by column."""
    table = _tables()[name]
    columns: dict[str, str] = table["columns"]
    rows = rows_of(columns.values())
    return tuple(MappingProxyType(dict(zip(columns, row, strict=True))) for row in rows)


def common_source(name: str) -> str:
    """The source that all rows of a crosswalk share; empty where they name their own."""
    return _tables()[name]["source"] or ""


def mapped(name: str, code: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a crosswalk that start from a code; empty where it has none."""
    return _by_first_column(name).get(code, ())


@cache
def _tables() -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = read_json("crosswalks.json")
    return tables


@cache
def _by_first_column(name: str) -> dict[str, tuple[Mapping[str, str], ...]]:
    found: dict[str, tuple[Mapping[str, str], ...]] = {}
    for row in crosswalk(name):
        code = next(iter(row.values()))
        found[code] = (*found.get(code, ()), row)
    return found
