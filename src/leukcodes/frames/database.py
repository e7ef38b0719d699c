"""Frames in a database: answers as joins with small tables; only diagnoses to be read pass through Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import Any, Final

import narwhals as nw

from leukcodes.codesystem import system
from leukcodes.frames.columns import On
from leukcodes.frames.dialects import Dialect, Rows
from leukcodes.frames.forms import LENGTHS, add_code, add_day, add_keys
from leukcodes.frames.quoting import add_quoted
from leukcodes.frames.readers import FLAGS, NO_DATE, Answer, Reader, date_issue
from leukcodes.frames.verdicts import ALWAYS, RELEASE, UNDATED, Verdict, Verdicts

__all__ = ["answer_in"]

Fields = dict[str, str]
"""The SQL of each field."""

# A date with each trouble, and how its message begins.
_TROUBLES: Final = {
    "before": (date(1900, 1, 1), "1900-01-01"),
    "after": (date(9999, 1, 1), "9999-01-01"),
    "missing": (NO_DATE, "nan"),
    "unreadable": ("x", "'x'"),
}


def answer_in(
    sql: Dialect, schema: Mapping[str, Any], column: str, on: On, reader: Reader, added: Mapping[str, str]
) -> Any:
    """The native frame with the fields of the answers added, still to be computed."""
    if on.column is None:
        release = system().release_on(on.day).name
        sql.add(iso_day=f"'{on.day}'", trouble="CAST(NULL AS STRING)", release_=f"'{release}'")
        releases: tuple[str | None, ...] = (release,)
    else:
        _add_dates(sql, sql.own[on.column], schema[on.column])
        releases = (None, *(release.name for release in system().releases))
    make = {"codes": _verdict, "concepts": _concept, "texts": _reading}[reader.of]
    fields = make(sql, sql.own[column], releases, reader)
    return sql.finish({name: fields[field] for field, name in added.items()})


def _add_dates(sql: Dialect, column: str, dtype: Any) -> None:
    days = sql.distinct(column)
    if isinstance(dtype, nw.String | nw.Categorical | nw.Enum):
        add_day(days, "text")
        add_quoted(days, "date_quoted", "date_text")
        days.add(date_quoted="substr(date_quoted, 1, 80)")
    else:
        add_day(days, "day" if isinstance(dtype, nw.Date | nw.Datetime) else "other")
        days.add(date_quoted="date_text")
    sql.rejoin(days, column, ["iso_day", "trouble", "release_", "date_quoted"])
    sql.add(  # nulls meet nothing in a join
        trouble="CASE WHEN release_ IS NULL THEN 'missing' ELSE trouble END",
        release_=f"coalesce(release_, '{UNDATED}')",
        date_quoted="coalesce(date_quoted, 'nan')",
    )


def _verdict(sql: Dialect, column: str, releases: tuple[str | None, ...], _: Reader) -> Fields:
    known, whole, begun, rows = _tables(releases)
    forms = sql.distinct(column)
    add_code(forms)
    add_keys(forms)
    forms.joined(sql.table(["key", "kind"], whole), "key_0", {"kind": "kind_0"})
    beginnings = sql.table(["key", "kind"], begun)
    for length in LENGTHS:
        forms.joined(beginnings, f"key_{length}", {"kind": f"kind_{length}"})
    otherwise = (
        f"CASE WHEN icd9 IS NOT NULL THEN '{known.icd9}' WHEN plain IS NULL THEN '{known.malformed}' "
        f"WHEN clean LIKE '%-' THEN '{known.beyond_dash}' ELSE '{known.beyond}' END"
    )
    more = " ".join(f"WHEN kind_{length} IS NOT NULL THEN substr(plain, {length + 1})" for length in LENGTHS)
    forms.add(
        code=_dotted("plain"),
        kind=f"coalesce(kind_0, {', '.join(f'kind_{length}' for length in LENGTHS)}, {otherwise})",
        old=_dotted("icd9"),
        more=f"CASE {more} END",
        input_text="substr(given, 1, 64)",
    )
    add_quoted(forms, "quoted", "input_text")
    quote = sql.text("'")
    forms.add(
        more=f"concat({quote}, more, {quote})",
        shown="concat(quoted, CASE WHEN length(given) > 64 THEN '\u2026' ELSE '' END)",
    )
    sql.rejoin(forms, column, ["given", "code", "kind", "old", "more", "shown"])
    when = f"CASE WHEN release_ = '{UNDATED}' OR kind LIKE '%v' THEN release_ ELSE '{ALWAYS}' END"
    sql.add(verdict_key=f"CASE WHEN given IS NOT NULL THEN concat(kind, '|', {when}) END")
    sql.joined(
        sql.table(["key", *Verdict._fields], rows), "verdict_key", {name: name for name in Verdict._fields}
    )
    return {
        "code": "code",
        "valid": "CASE valid WHEN '1' THEN true WHEN '0' THEN false END",
        "rule": f"coalesce(rule, {_date_rule(releases)})",
        "message": _message(sql, releases),
    }


def _message(sql: Dialect, releases: tuple[str | None, ...]) -> str:
    filled = "CASE fill WHEN 'day' THEN iso_day WHEN 'icd9' THEN old WHEN 'more' THEN more ELSE '' END"
    head, tail = (f"replace({part}, '{RELEASE}', release_)" for part in ("head", "tail"))
    message = f"WHEN rule IS NOT NULL THEN concat(shown, {head}, {filled}, {tail})"
    if None not in releases:
        return f"CASE {message} END"
    dated = " ".join(
        f"WHEN trouble = '{name}' "
        f"THEN concat(date_quoted, {sql.text(date_issue(day)[1].removeprefix(start))})"
        for name, (day, start) in _TROUBLES.items()
    )
    return f"CASE {message} WHEN given IS NULL THEN NULL {dated} END"


def _date_rule(releases: tuple[str | None, ...]) -> str:
    if None not in releases:
        return "NULL"
    rules = " ".join(f"WHEN '{name}' THEN '{date_issue(day)[0]}'" for name, (day, _) in _TROUBLES.items())
    return f"CASE WHEN given IS NOT NULL THEN CASE trouble {rules} END END"


@cache
def _tables(releases: tuple[str | None, ...]) -> tuple[Verdicts, Rows, Rows, Rows]:
    """The verdicts, the kinds of whole inputs, the kinds of what begins them, and the rows of verdicts."""
    found = Verdicts(None if name is None else system().release(name) for name in releases)
    kinds = list(found.kinds.items())
    whole, begun = ([row for row in kinds if ("~" in row[0][1:]) is is_begun] for is_begun in (False, True))
    return found, whole, begun, list(found.rows)


def _concept(sql: Dialect, column: str, releases: tuple[str | None, ...], reader: Reader) -> Fields:
    forms = sql.distinct(column)
    add_code(forms)
    sql.rejoin(forms, column, ["given", "plain"])
    rows = []
    for name in filter(None, releases):
        for code in system().codes:
            answer = reader.read((code, name))
            if answer[0] is not None:
                rows.append((f"{code.replace('.', '')}|{name}", *map(_cell, answer)))
    names = [f"field_{place}" for place in range(len(reader.fields))]
    sql.add(concept_key="concat(plain, '|', release_)")
    sql.joined(sql.table(["key", *names], rows), "concept_key", {name: name for name in names})
    return _fields(reader, names)


def _reading(sql: Dialect, column: str, releases: tuple[str | None, ...], reader: Reader) -> Fields:
    sql.add(given=f"CAST({column} AS STRING)")
    sql.add(text_key="CASE WHEN trouble IS NULL AND given IS NOT NULL THEN concat(release_, '|', given) END")
    names = [f"field_{place}" for place in range(len(reader.fields))]
    sql.joined(
        sql.answers("text_key", names, partial(_read, reader)), "text_key", {n: n for n in names}, small=False
    )
    fields = _fields(reader, names)
    return fields | {
        name: f"coalesce({fields[name]}, {_date_rule(releases)})" for name in reader.issue_fields
    }


def _read(reader: Reader, keys: Sequence[str]) -> list[Answer]:
    questions = [(text, release) for release, _, text in (key.partition("|") for key in keys)]
    return [tuple(map(_cell, answer)) for answer in reader.answers(questions)]


def _fields(reader: Reader, names: Sequence[str]) -> Fields:
    return {
        field: f"CASE {name} WHEN '1' THEN true WHEN '0' THEN false END" if field in FLAGS else name
        for field, name in zip(reader.fields, names, strict=True)
    }


def _cell(value: Any) -> str | None:
    return str(int(value)) if isinstance(value, bool) else value


def _dotted(plain: str) -> str:
    dotted = f"concat(substr({plain}, 1, 3), '.', substr({plain}, 4))"
    return f"CASE WHEN length({plain}) > 3 THEN {dotted} ELSE {plain} END"
