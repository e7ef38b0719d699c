"""The form of codes and dates in SQL: what `parse_code` and `Calendar.moment` read, as expressions."""

from __future__ import annotations

from typing import Final

from leukcodes.codes import CLEAN, CODE_PATTERN
from leukcodes.codesystem import system
from leukcodes.dates import EMPTY_WORDS
from leukcodes.frames.dialects import Dialect
from leukcodes.frames.verdicts import ICD9, NOTHING, UNDATED, who_stems
from leukcodes.mistakes import HOMOGLYPHS

__all__ = ["LENGTHS", "add_code", "add_day", "add_keys"]

LENGTHS: Final = (6, 5, 4, 3)
"""How much of an unknown code a known one can be, longest first."""

_SPACES: Final = "".join(chr(point) for point in range(0x3001) if chr(point).isspace())
_CHANGED: Final = {
    chr(point): chr(other) if isinstance(other, int) else other for point, other in CLEAN.items()
}
_KEPT: Final = {typed: other for typed, other in _CHANGED.items() if other is not None}
_DROPPED: Final = _SPACES + "".join(typed for typed in _CHANGED if typed not in _KEPT)
_FORM: Final = CODE_PATTERN.replace("\\.", "[.]")
_HOUR: Final = "([01][0-9]|2[0-3])(:?[0-5][0-9](:?[0-5][0-9]([.,][0-9]+)?)?)?"
_CLOCK: Final = f"(.{_HOUR}(Z|[+-]{_HOUR})?)?$"
_YEAR: Final = "^[Ff][Yy][0-9]{4}$"


def add_code(sql: Dialect) -> None:
    """Add to a column `value`: `given`, as text; `clean`; and `plain`, the code without dot, if it is one."""
    sql.add(given="CAST(value AS STRING)")
    sql.add(clean=f"CASE WHEN length(given) <= 64 THEN {_cleaned(sql, 'given')} END")
    sql.add(bare="CASE WHEN clean LIKE '%-' THEN regexp_replace(clean, '[.]?-$', '') ELSE clean END")
    sql.add(plain=f"CASE WHEN {sql.matches('bare', _FORM)} THEN upper(replace(bare, '.', '')) END")


def add_keys(sql: Dialect) -> None:
    """Add the keys of `Verdicts.kinds`: `key_0`, and `key_6` to `key_3` for what begins it; and `icd9`."""
    start = f"regexp_replace(given, {sql.text(f'^[{_SPACES}]+')}, '')"
    sql.add(short=f"CASE WHEN plain IS NULL THEN upper({_cleaned(sql, f'substr({start}, 1, 16)')}) END")
    typed, latin = ("".join(map(chr, points)) for points in (HOMOGLYPHS, HOMOGLYPHS.values()))
    sql.add(
        icd9=f"CASE WHEN {sql.matches('short', ICD9)} THEN replace(short, '.', '') END",
        same=f"regexp_replace(translate(short, {sql.text(typed)}, {sql.text(latin)}), '-$', '')",
    )
    undotted = (
        "CASE WHEN substr(same, 4, 1) = '.' THEN concat(substr(same, 1, 3), substr(same, 5)) ELSE same END"
    )
    key = (
        "CASE WHEN plain IS NOT NULL THEN concat(plain, CASE WHEN clean LIKE '%-' THEN '-' ELSE '' END) "
        f"WHEN short = '' THEN '{NOTHING}' WHEN icd9 IS NOT NULL THEN concat('9', icd9) "
        f"ELSE concat('?', {undotted}) END"
    )
    sql.add(key_0=key, **{f"key_{length}": _beginning(length) for length in LENGTHS})


def _beginning(length: int) -> str:
    start, rest = f"substr(plain, 1, {length})", f"substr(plain, {length + 1})"
    kind = f"CASE WHEN {rest} IN ('0', '1', '2') THEN '0' WHEN length({rest}) = 1 THEN '1' ELSE 'n' END"
    if length == 4:
        stems = ", ".join(f"'{stem}'" for stem in who_stems())
        kind = f"CASE WHEN {start} IN ({stems}) THEN substr(plain, length(plain)) ELSE {kind} END"
    return f"CASE WHEN length(plain) > {length} THEN concat({start}, '~', {kind}) END"


def add_day(sql: Dialect, kind: str) -> None:
    """Add to a column `value`: `date_text`, `iso_day`, `trouble` (what is wrong with it) and `release_`.

    Args:
        sql: the frame.
        kind: what it holds: "day", "text", or "other" for what is no date.
    """
    if kind == "text":
        _add_text_day(sql)
    else:
        sql.add(date_text=f"CAST({'CAST(value AS DATE)' if kind == 'day' else 'value'} AS STRING)")
        day = "date_text" if kind == "day" else "CAST(NULL AS STRING)"
        sql.add(no_date="date_text IS NULL", iso_day=day, fiscal="CAST(NULL AS INT)")
    calendar = system().calendar
    early = f"iso_day < '{calendar.first}' OR fiscal <= {calendar.first.year}"
    late = f"iso_day > '{calendar.last}' OR fiscal > {calendar.last.year}"
    sql.add(
        trouble=f"CASE WHEN no_date THEN 'missing' WHEN {early} THEN 'before' WHEN {late} THEN 'after' "
        "WHEN iso_day IS NULL THEN 'unreadable' END"
    )
    known = " ".join(
        f"WHEN iso_day <= '{each.effective_to}' THEN '{each.name}'" for each in calendar.releases
    )
    sql.add(release_=f"CASE WHEN trouble IS NOT NULL THEN '{UNDATED}' {known} END")


def _add_text_day(sql: Dialect) -> None:
    """ISO days with or without a time, and fiscal years."""
    ends = [sql.text(pattern) for pattern in (f"^[{_SPACES}]+", f"[{_SPACES}]+$")]
    sql.add(date_text="CAST(value AS STRING)")
    sql.add(iso=f"regexp_replace(regexp_replace(date_text, {ends[0]}, ''), {ends[1]}, '')")
    words = ", ".join(f"'{word}'" for word in sorted(EMPTY_WORDS))
    compact = sql.matches("iso", f"^[0-9]{{8}}{_CLOCK}")
    dashed = "concat(substr(iso, 1, 4), '-', substr(iso, 5, 2), '-', substr(iso, 7))"
    sql.add(
        no_date=f"iso IS NULL OR lower(iso) IN ({words})",
        fiscal=f"CASE WHEN {sql.matches('iso', _YEAR)} THEN CAST(substr(iso, 3) AS INT) END",
        iso_dashed=f"CASE WHEN {compact} THEN {dashed} ELSE iso END",
    )
    readable = sql.matches("iso_dashed", f"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_CLOCK}")
    day = "CAST(TRY_CAST(substr(iso_dashed, 1, 10) AS DATE) AS STRING)"
    releases = system().releases
    starts = " ".join(f"WHEN fiscal = {each.name[2:]} THEN '{each.effective_from}'" for each in releases)
    sql.add(iso_day=f"CASE WHEN {readable} AND NOT iso_dashed LIKE '0000%' THEN {day} {starts} END")


def _cleaned(sql: Dialect, value: str) -> str:
    typed, meant = sql.text("".join(_KEPT) + _DROPPED), sql.text("".join(_KEPT.values()))
    return f"translate({value}, {typed}, {meant})"
