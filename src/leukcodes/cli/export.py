"""The code table and the FHIR resources as files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from typing import Final

from leukcodes import __version__
from leukcodes.cli.codetable import CodeRow, code_system_resource, code_table
from leukcodes.cli.files.opening import need, writing
from leukcodes.valuesets import value_set

__all__ = ["ExportFormat", "export_to"]

TABLE: Final = "icd10cm"
_ROWS_A_STATEMENT: Final = 200
_TYPES: Final = {
    "code": "VARCHAR(8) NOT NULL",
    "undotted": "VARCHAR(7) NOT NULL",
    "title": "VARCHAR(255) NOT NULL",
    "kind": "VARCHAR(11) NOT NULL",
    "scope": "VARCHAR(8) NOT NULL",
    "billable": "BOOLEAN NOT NULL",
    "parent": "VARCHAR(8)",
    "family": "VARCHAR(8)",
    "status": "VARCHAR(16)",
    "valid_from": "DATE NOT NULL",
    "valid_to": "DATE NOT NULL",
}


class ExportFormat(StrEnum):
    """How the codes are written."""

    CSV = "csv"
    PARQUET = "parquet"
    SQL = "sql"
    JSON = "json"
    FHIR = "fhir"


def export_to(
    output: str | None, form: ExportFormat, on: str | None, named: str | None, *, force: bool
) -> None:
    """Write the code table, or the codes of a named value set; as FHIR a CodeSystem, or a ValueSet.

    Raises:
        OSError: it cannot be written.
        MissingExtraError: Parquet, and pyarrow is not there.
        UnknownNameError: there is no value set of that name.
        ReleaseNotFoundError: no packaged release speaks on the date.
    """
    chosen = None if named is None else value_set(named, on=on)
    if form is ExportFormat.FHIR:
        resource = code_system_resource(on) if chosen is None else chosen.to_fhir()
        data = json.dumps(resource, ensure_ascii=False, indent=1).encode() + b"\n"
    else:
        codes = None if chosen is None else {concept.code for concept in chosen}
        data = _WRITERS[form](list(code_table(on=on, codes=codes)))
    with writing(output, force=force) as stream:
        stream.write(data)


def _csv(rows: Iterable[CodeRow]) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(CodeRow._fields)
    table.writerows([_plain(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _plain(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def _json(rows: Iterable[CodeRow]) -> bytes:
    return "".join(f"{json.dumps(row._asdict(), default=str, ensure_ascii=False)}\n" for row in rows).encode()


def _sql(rows: list[CodeRow]) -> bytes:
    columns = ",\n".join(f"  {name} {kind}" for name, kind in _TYPES.items())
    lines = [
        f"-- ICD-10-CM codes by date, from leukcodes {__version__}",
        f"CREATE TABLE {TABLE} (\n{columns}\n);",
    ]
    for start in range(0, len(rows), _ROWS_A_STATEMENT):
        values = ",\n".join(
            f"({', '.join(map(_literal, row))})" for row in rows[start : start + _ROWS_A_STATEMENT]
        )
        lines.append(f"INSERT INTO {TABLE} VALUES\n{values};")
    return ("\n".join(lines) + "\n").encode()


def _literal(value: object) -> str:
    """`date('…')` is a date, or SQLite's text of one, in all four dialects; DATE '…' is none in SQLite."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    text = "'{}'".format(str(value).replace("'", "''"))
    return f"date({text})" if isinstance(value, date) else text


def _parquet(rows: list[CodeRow]) -> bytes:
    arrow, files = need("pyarrow"), need("pyarrow.parquet")
    kinds = {"billable": arrow.bool_(), "valid_from": arrow.date32(), "valid_to": arrow.date32()}
    schema = arrow.schema([(name, kinds.get(name, arrow.string())) for name in CodeRow._fields])
    records = [{name: _text(value) for name, value in row._asdict().items()} for row in rows]
    buffer = io.BytesIO()
    files.write_table(arrow.Table.from_pylist(records, schema=schema), buffer)
    return buffer.getvalue()


def _text(value: object) -> object:
    return str(value) if isinstance(value, str) else value


_WRITERS: Final[dict[ExportFormat, Callable[[list[CodeRow]], bytes]]] = {
    ExportFormat.CSV: _csv,
    ExportFormat.JSON: _json,
    ExportFormat.SQL: _sql,
    ExportFormat.PARQUET: _parquet,
}
