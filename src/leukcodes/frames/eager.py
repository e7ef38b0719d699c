"""Columns in memory: each distinct value is asked once for each release, and the answers are handed out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
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
    if reader.by_day is not None and reader.by_day.field not in wanted:
        reader = replace(reader, by_day=None)
    engine = engine_of(asked)
    values, value_of = engine.distinct(asked)
    if dates is None:
        answers = [reader.no_answer(), *reader.answers([(value, on.day) for value in values[1:]])]
        columns, answer_of = _turned(answers), value_of
    else:
        columns, answer_of = _dated(values, value_of, *engine.days(dates), reader)
    by_value = {field: [None, *map(read, values[1:])] for field, read in reader.by_value.items()}

    def rows(found: Mapping[str, Sequence[Any]], index: Ints) -> dict[str, nw.Series[Any]]:
        chosen = {field: values for field, values in found.items() if field in wanted}
        return engine.columns(chosen, index, FLAGS) if chosen else {}

    return rows(by_value, value_of) | rows(dict(zip(reader.fields, columns, strict=True)), answer_of)


def _dated(
    values: Sequence[Any], value_of: Ints, days: Sequence[Any], day_of: Ints, reader: Reader
) -> tuple[Columns, Ints]:
    """The answers to each pair of value and date that makes a difference, and each row's place among them."""
    moments = [_moment(day) for day in (NO_DATE, *days[1:])]
    eras = list(dict.fromkeys(era for era, _ in moments))  # the first is None
    era_of = np.array([eras.index(era) for era, _ in moments])
    pairs, answer_of = compact(_paired(value_of, day_of, era_of, len(values)))
    asked = [(values[who], eras[era]) for who, era in (divmod(pair, len(eras)) for pair in pairs.tolist())]
    found, by_day = _by_era(asked, reader), reader.by_day
    columns = _turned([answer or reader.no_answer() for answer in found])

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
            return _turned([reader.no_answer(days[day] if day else NO_DATE) for day in there])
        place = named[source - 1]
        return by_day.moved(found[place] or (), asked[place][1], [str(moments[day][1]) for day in there])

    ends: Ints = np.searchsorted(cases // len(days), np.arange(len(named)), side="right")
    for source, there in enumerate(np.split(cases % len(days), ends)):
        for column, more in zip(columns, on_days(source, there.tolist()), strict=True):
            column.extend(more)
    return columns, answer_of


def _turned(answers: Sequence[Answer]) -> Columns:
    return list(map(list, zip(*answers, strict=True)))


def _paired(value_of: Ints, day_of: Ints, era_of: Ints, values: int) -> Ints:
    """One number for each row's value and era."""
    count = int(era_of.max()) + 1
    kind: Any = np.int32 if values * count < 1 << 31 else np.int64
    pairs, era_of = np.empty(len(value_of), kind), era_of.astype(kind)
    for piece in pieces(len(value_of)):
        np.multiply(value_of[piece], count, out=pairs[piece], dtype=kind)
        pairs[piece] += era_of[day_of[piece]]
    return pairs


def _by_era(asked: Sequence[tuple[Any, date | None]], reader: Reader) -> list[Answer | None]:
    """The answers on the first days of releases; None where there is none without a usable date."""
    questions = [(value, era) for value, era in asked if value is not None and era is not None]
    answers = iter(reader.answers(questions))

    def answer(value: Any, era: date | None) -> Answer | None:
        if value is None:
            return reader.no_answer()
        return reader.undated(value) if era is None else next(answers)

    return [answer(*question) for question in asked]


def _moment(day: Any) -> tuple[date | None, date | None]:
    """The first day of its release, and the day; None where it cannot be used."""
    try:
        moment = system().moment(day)
    except ReleaseNotFoundError:
        return None, None
    return moment.release.effective_from, moment.day
