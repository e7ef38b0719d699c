"""Columns in memory: each distinct value is asked once for each release, and the answers are handed out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from leukcodes.codesystem import system
from leukcodes.errors import ReleaseNotFoundError
from leukcodes.frames.columns import On
from leukcodes.frames.engines import Engine, engine_of
from leukcodes.frames.readers import FLAGS, NO_DATE, Answer, Reader

__all__ = ["answer_columns"]


def answer_columns(
    asked: nw.Series[Any], dates: nw.Series[Any] | None, on: On, reader: Reader
) -> dict[str, nw.Series[Any]]:
    """The fields of the answers, a column each, row for row."""
    engine = engine_of(asked)
    values, index = engine.distinct(asked)
    found = {
        name: engine.column([None, *map(of, values[1:])], flags=False)[index]
        for name, of in reader.by_value.items()
    }
    if dates is None:
        answers = [reader.no_answer(), *reader.answers([(value, on.day) for value in values[1:]])]
    else:
        answers, index = _dated(engine, values, index, dates, reader)
    columns = zip(*answers, strict=True)
    return found | {
        field: engine.column(column, flags=field in FLAGS)[index]
        for field, column in zip(reader.fields, columns, strict=True)
    }


def _dated(
    engine: Engine, values: Sequence[Any], index: nw.Series[Any], dates: nw.Series[Any], reader: Reader
) -> tuple[list[Answer], nw.Series[Any]]:
    """The answers to each pair of value and date that makes a difference, and each row's place among them."""
    days, day_index = engine.distinct(engine.days(dates))
    days[0] = NO_DATE
    unusable, first = _by_release(days)
    # 0 is the null; values that are not read for want of a date share one place, after the last value.
    nobody = len(values)
    undated = [int(value is None or reader.undated(value)) for value in values] if any(unusable) else [1]
    lost = engine.indices(unusable)[day_index]
    if any(unusable):
        lost = lost * (1 - engine.indices(undated)[index])
    by_day = [int(value is not None and reader.by_day(value)) for value in values]
    exact = engine.indices(by_day)[index] * (1 - engine.indices(unusable)[day_index]) + lost
    who = index + lost * (nobody - index)
    base = engine.indices(first)[day_index]
    pairs, pair_index = engine.distinct(who * len(days) + base + exact * (day_index - base))

    asked = [divmod(pair, len(days)) for pair in pairs[1:]]
    questions = list(dict.fromkeys((who, first[day]) for who, day in asked if 0 < who < nobody))
    given = reader.answers([(values[who], days[day]) for who, day in questions])
    known = dict(zip(questions, given, strict=True))
    named = [None if lost else system().moment(day).day for day, lost in zip(days, unusable, strict=True)]

    def answer(who: int, day: int) -> Answer:
        if who == 0:
            return reader.no_answer()
        if who == nobody:
            return reader.no_answer(days[day])
        found = known[who, first[day]]
        return reader.moved(found, named[first[day]], named[day]) if by_day[who] else found

    return [reader.no_answer(), *(answer(*pair) for pair in asked)], pair_index


def _by_release(days: Sequence[Any]) -> tuple[list[int], list[int]]:
    """Of each distinct day: whether it cannot be used, and the place of the first in the same release."""
    releases = [_release(day) for day in days]
    seen: dict[str | None, int] = {}
    first = [seen.setdefault(release, place) for place, release in enumerate(releases)]
    return [int(release is None) for release in releases], first


def _release(day: Any) -> str | None:
    try:
        return system().moment(day).release.name
    except ReleaseNotFoundError:
        return None
