"""Columns in memory: each distinct value is asked once for each release, and the answers are handed out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any

import narwhals as nw
import numpy as np

from leukcodes.codesystem import system
from leukcodes.errors import ReleaseNotFoundError
from leukcodes.frames.columns import On
from leukcodes.frames.engines import Ints, compact, engine_of
from leukcodes.frames.readers import FLAGS, NO_DATE, Answer, Reader

__all__ = ["answer_columns"]


def answer_columns(
    asked: nw.Series[Any], dates: nw.Series[Any] | None, on: On, reader: Reader, fields: Iterable[str]
) -> dict[str, nw.Series[Any]]:
    """These fields of the answers, a column each, row for row."""
    engine = engine_of(asked)
    values, value_of = engine.distinct(asked)
    if dates is None:
        answer_of, read = value_of, reader.answers([(value, on.day) for value in values[1:]])
        answers: Iterable[Answer] = [reader.no_answer(), *read]
    else:
        answers, answer_of = _dated(values, value_of, *engine.days(dates), reader)
    columns: dict[str, list[Any]] = {field: [] for field in reader.fields}
    for answer in answers:  # not kept: Python would look through all of them for garbage
        for column, value in zip(columns.values(), answer, strict=True):
            column.append(value)

    def added(field: str) -> nw.Series[Any]:
        if field in columns:
            return engine.column(columns[field], answer_of, flags=field in FLAGS)
        return engine.column([None, *map(reader.by_value[field], values[1:])], value_of, flags=False)

    return {field: added(field) for field in fields}


def _dated(
    values: Sequence[Any], value_of: Ints, days: Sequence[Any], day_of: Ints, reader: Reader
) -> tuple[Iterable[Answer], Ints]:
    """The answers to each pair of value and date that makes a difference, and each row's place among them."""
    moments = [_moment(day) for day in (NO_DATE, *days[1:])]
    eras = list(dict.fromkeys(era for era, _ in moments))  # the first is None
    era_of = np.array([eras.index(era) for era, _ in moments])
    wide = np.int32 if len(values) * len(eras) < 1 << 31 else np.int64
    pairs, answer_of = compact(value_of.astype(wide, copy=False) * len(eras) + era_of.astype(wide)[day_of])
    asked = [(values[who], eras[era]) for who, era in (divmod(pair, len(eras)) for pair in pairs.tolist())]
    found = _by_era(asked, reader)

    # The rest depends on the day itself: where it cannot be used (place 0), and where the answer names it.
    sources = [0, *(place for place, answer in enumerate(found) if answer and reader.by_day(answer))]
    source_of = np.full(len(found), -1)
    source_of[[place for place, answer in enumerate(found) if answer is None]] = 0
    source_of[sources[1:]] = np.arange(1, len(sources))
    rows = np.flatnonzero((source_of >= 0)[answer_of])
    cases, case_of = compact(source_of[answer_of[rows]] * len(days) + day_of[rows])
    answer_of[rows] = len(found) + case_of

    def by_case(case: int) -> Answer:
        source, day = divmod(case, len(days))
        if source == 0:
            return reader.no_answer(days[day] if day else NO_DATE)
        place = sources[source]
        return reader.moved(found[place] or (), asked[place][1], moments[day][1])

    return chain((answer or reader.no_answer() for answer in found), map(by_case, cases.tolist())), answer_of


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
