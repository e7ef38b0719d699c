"""Columns in memory: each distinct value is asked once for each release, and the answers are handed out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
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
        answers = [reader.no_answer(), *reader.answers([(value, on.day) for value in values[1:]])]
        answer_of = value_of
    else:
        answers, answer_of = _dated(values, value_of, *engine.days(dates), reader)
    columns = dict(zip(reader.fields, zip(*answers, strict=True), strict=True))

    def column(field: str) -> nw.Series[Any]:
        if field in columns:
            return engine.column(columns[field], answer_of, flags=field in FLAGS)
        return engine.column([None, *map(reader.by_value[field], values[1:])], value_of, flags=False)

    return {field: column(field) for field in fields}


def _dated(
    values: Sequence[Any], value_of: Ints, days: Sequence[Any], day_of: Ints, reader: Reader
) -> tuple[list[Answer], Ints]:
    """The answers to each pair of value and date that makes a difference, and each row's place among them."""
    moments = [_moment(day) for day in (NO_DATE, *days[1:])]
    eras = list(dict.fromkeys(era for era, _ in moments))  # the first is None
    era_of = np.array([eras.index(era) for era, _ in moments])
    wide = np.int32 if len(values) * len(eras) < 1 << 31 else np.int64
    pairs, answer_of = compact(value_of.astype(wide, copy=False) * len(eras) + era_of.astype(wide)[day_of])
    asked = [(values[who], eras[era]) for who, era in (divmod(pair, len(eras)) for pair in pairs.tolist())]
    found = _by_era(asked, reader)

    # The rest depends on the day itself: where it cannot be used, and where the answer names it.
    nobody = len(asked)
    by_day = [answer is None or reader.by_day(answer) for answer in found]
    rows = np.flatnonzero(np.array(by_day)[answer_of])
    source = np.array([nobody if answer is None else place for place, answer in enumerate(found)])
    cases, case_of = compact(source[answer_of[rows]] * len(days) + day_of[rows])
    answers = [answer or reader.no_answer() for answer in found]
    for place, day in (divmod(case, len(days)) for case in cases[1:].tolist()):
        if place == nobody:
            answers.append(reader.no_answer(days[day] if day else NO_DATE))
        else:
            answers.append(reader.moved(answers[place], asked[place][1], moments[day][1]))
    answer_of[rows] = nobody - 1 + case_of
    return answers, answer_of


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
