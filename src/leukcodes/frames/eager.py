"""Columns in memory: each distinct value is asked once for each release, and the answers are handed out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import starmap
from typing import Any

import narwhals as nw
import numpy as np

from leukcodes.codesystem import system
from leukcodes.errors import ReleaseNotFoundError
from leukcodes.frames.columns import On
from leukcodes.frames.engines import Ints, compact, engine_of, pieces
from leukcodes.frames.readers import FLAGS, NO_DATE, Answer, Columns, Reader

__all__ = ["answer_columns"]


def answer_columns(
    asked: nw.Series[Any], dates: nw.Series[Any] | None, on: On, reader: Reader, fields: Iterable[str]
) -> dict[str, nw.Series[Any]]:
    """These fields of the answers, a column each, row for row."""
    wanted = frozenset(fields)
    if reader.brief is not None and wanted.issubset(reader.brief.columns):
        reader = reader.brief
    if reader.by_day is not None and reader.by_day.field not in wanted:
        reader = replace(reader, by_day=None)
    engine = engine_of(asked)
    values, value_of = engine.distinct(asked)
    if dates is None:
        day = system().moment(on.day).day
        columns, answer_of = _columns(_answers([(value, day) for value in values], reader), reader), value_of
    else:
        columns, answer_of = _dated(values, value_of, *engine.days(dates), reader)
    by_value = {field: read for field, read in reader.by_value.items() if field in wanted}
    of_values = {field: [None, *map(read, values[1:])] for field, read in by_value.items()}
    of_answers = {name: found for name, found in zip(reader.fields, columns, strict=True) if name in wanted}

    def rows(found: Mapping[str, Sequence[Any]], index: Ints) -> dict[str, nw.Series[Any]]:
        return engine.columns(found, index, FLAGS) if found else {}

    return rows(of_values, value_of) | rows(of_answers, answer_of)


def _dated(
    values: Sequence[Any], value_of: Ints, days: Sequence[Any], day_of: Ints, reader: Reader
) -> tuple[Columns, Ints]:
    """The answers to each pair of value and date that makes a difference, and each row's place among them."""
    moments = [_moment(day) for day in (NO_DATE, *days[1:])]
    eras = list(dict.fromkeys(era for era, _ in moments))  # the first is None
    era_of = np.array([eras.index(era) for era, _ in moments])
    pairs, answer_of = compact(_paired(value_of, day_of, era_of, len(values)))
    asked = [(values[who], eras[era]) for who, era in (divmod(pair, len(eras)) for pair in pairs.tolist())]
    found, by_day = _answers(asked, reader), reader.by_day
    columns = _columns(found, reader)

    # The rest depends on the day itself: where it cannot be used (source 0), and where the answer names it.
    named = [place for place, answer in enumerate(found) if answer and by_day and by_day.names_day(answer)]
    source_of: Ints = np.full(len(found), -1)
    source_of[[place for place, answer in enumerate(found) if answer is None]] = 0
    source_of[named] = np.arange(1, len(named) + 1)
    rows = np.flatnonzero((source_of >= 0)[answer_of])
    cases, case_of = compact(source_of[answer_of[rows]] * len(days) + day_of[rows])
    answer_of[rows] = len(found) + case_of

    def on_days(source: int, there: Sequence[int]) -> Columns:
        if source == 0 or by_day is None:
            return _columns([reader.no_answer(days[day] if day else NO_DATE) for day in there], reader)
        place = named[source - 1]
        return by_day.moved(found[place] or (), asked[place][1], [str(moments[day][1]) for day in there])

    ends: Ints = np.searchsorted(cases // len(days), np.arange(len(named)), side="right")
    for source, there in enumerate(np.split(cases % len(days), ends)):
        for column, more in zip(columns, on_days(source, there.tolist()), strict=True):
            column.extend(more)
    return columns, answer_of


def _columns(answers: Iterable[Answer | None], reader: Reader) -> Columns:
    return list(map(list, zip(*(answer or reader.no_answer() for answer in answers), strict=True)))


def _paired(value_of: Ints, day_of: Ints, era_of: Ints, values: int) -> Ints:
    """One number for each row's value and era."""
    count = int(era_of.max()) + 1
    kind: Any = np.int32 if values * count < 1 << 31 else np.int64
    pairs, era_of = np.empty(len(value_of), kind), era_of.astype(kind)
    for piece in pieces(len(value_of)):
        np.multiply(value_of[piece], count, out=pairs[piece], dtype=kind)
        pairs[piece] += era_of[day_of[piece]]
    return pairs


def _answers(asked: Sequence[tuple[Any, date | None]], reader: Reader) -> list[Answer | None]:
    """The answers on these days; None where there is none without a usable date."""
    days_of = {value: reader.days(value) for value in dict.fromkeys(value for value, _ in asked)}

    def known(value: Any, day: date | None) -> Answer | None:
        if value is None:
            return reader.no_answer()
        if day is None:
            return reader.undated(value)
        days = days_of[value]
        if days is None:
            return None
        return reader.on_days if days[0] <= day <= days[1] else reader.off_days

    found = list(starmap(known, asked))
    left = [place for place, answer in enumerate(found) if answer is None and asked[place][1] is not None]
    for place, answer in zip(left, reader.answers([asked[place] for place in left]), strict=True):
        found[place] = answer
    return found


def _moment(day: Any) -> tuple[date | None, date | None]:
    """The first day of its release, and the day; None where it cannot be used."""
    try:
        moment = system().moment(day)
    except ReleaseNotFoundError:
        return None, None
    return moment.release.effective_from, moment.day
