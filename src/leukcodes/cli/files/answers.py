"""What is asked of every row, its answer as cells, and the answers remembered and counted."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar

from leukcodes.codesystem import When
from leukcodes.errors import ReleaseNotFoundError
from leukcodes.models import Issue, Outcome, Setting, Severity, ValidationOutcome
from leukcodes.resolver import resolve
from leukcodes.validation import date_issue, validate_code

__all__ = ["EVERYDAY", "Answer", "Known", "Question", "Shown", "Tally", "resolution", "validation"]

_MAX_LENGTH: Final = 500

# Roughly the bytes that a remembered date, value and answer take, and that all of them may take.
_PAIR, _VALUE, _ANSWER = 100, 1000, 1500
_MAX_SIZE: Final = 150_000_000

T = TypeVar("T")


class Answer(NamedTuple):
    """What one row gets: a value for each new column, and what the summary counts."""

    values: tuple[object, ...]
    outcome: str
    rules: tuple[str, ...]
    failed: bool


@dataclass(frozen=True)
class Question:
    """What is asked of each value: the ends of the new columns' names, the outcomes in order, the asking.

    A null, which only JSON and Parquet have, is not asked about, and stays null.
    """

    columns: tuple[str, ...]
    outcomes: tuple[str, ...]
    ask: Callable[[object, object], Answer]


def validation(on: When) -> Question:
    """Is it a code that can be billed on the row's date, or on this one where rows have none?"""

    def ask(value: object, day: object) -> Answer:
        result = validate_code(value, on=_moment(day, on))
        valid = None if result.result is ValidationOutcome.NOT_CHECKED else result.valid
        first = (result.issues[0].rule, result.issues[0].message) if result.issues else (None, None)
        return _answer((_text(result.code), valid, *first), result.result, result.issues)

    return Question(("code", "valid", "rule", "message"), tuple(ValidationOutcome), ask)


def resolution(on: When, setting: Setting | None, unspecified: Literal["nos", "ask"]) -> Question:
    """Which code does the diagnosis mean on the row's date, or on this one where rows have none?"""

    def ask(value: object, day: object) -> Answer:
        text = value if isinstance(value, str) else None
        try:
            found = resolve(text, on=_moment(day, on), setting=setting, unspecified_status=unspecified)
        except ReleaseNotFoundError as error:
            issue = date_issue(error)
            return _answer((*[None] * 6, issue.rule, None), "without a usable date", (issue,))
        values = (
            *(found.outcome.value, _text(found.code), found.title, _text(found.kind)),
            *(_text(found.status.value), found.status_basis.value),
            *(_joined(i.rule for i in found.issues), _joined(c.code for c in found.candidates)),
        )
        return _answer(values, found.outcome, found.issues)

    columns = ("outcome", "code", "title", "kind", "status", "status_basis", "rules", "candidates")
    return Question(columns, tuple(Outcome), ask)


# Stands for a row's date where rows have none of their own: the date asked for all of them.
EVERYDAY: Final = object()

# Equal values of these types are the same input; not so 1, 1.0 and True, or moments in two time zones.
_SAFE: Final = frozenset({str, date, type(None), object})


def _moment(day: object, on: When) -> Any:
    """None in a column is a missing date; None as an argument would be the newest release."""
    if day is EVERYDAY:
        return on
    return math.nan if day is None else day


def _text(value: str | None) -> str | None:
    return None if value is None else str(value)


def _joined(values: Iterable[str]) -> str | None:
    """In one cell; no rule or code holds a space."""
    return " ".join(dict.fromkeys(values)) or None


def _answer(values: tuple[object, ...], outcome: str, issues: Iterable[Issue]) -> Answer:
    return Answer(
        values,
        str(outcome),
        tuple(dict.fromkeys(issue.rule for issue in issues)),
        any(issue.severity is Severity.ERROR for issue in issues),
    )


class Shown(Generic[T]):
    """An answer and its form in the output. Equal only to itself, so that a batch is counted fast."""

    __slots__ = ("answer", "form")

    def __init__(self, answer: Answer, form: T) -> None:
        self.answer, self.form = answer, form


class Known(Generic[T]):
    """Answers by value and then by date, each asked and put into its form once while it is remembered."""

    def __init__(self, question: Question, form: Callable[[Answer], T]) -> None:
        self._question, self._form = question, form
        self._nothing = Answer((None,) * len(question.columns), "null", (), failed=False)
        self._shown: dict[Answer, Shown[T]] = {}
        self._days: dict[Any, Any] = {}
        self._values = _Values(self)
        self._size = 0

    def of_all(self, values: Iterable[str], days: Iterable[Any]) -> list[Shown[T]]:
        """The answers to strings, each with its date."""
        known = self._values
        return [known[value][day] for value, day in zip(values, days, strict=False)]

    def of(self, value: object, day: object) -> Shown[T]:
        """The answer to a value of any type."""
        safe = {type(value), type(day)} <= _SAFE
        return self._values[value][day] if safe else self._asked(value, day)

    def answer(self, value: Any, days: _Days, day: Any) -> Shown[T]:
        """The answer to what is not remembered yet."""
        shown = self._asked(value, day)
        if max(len(part) for part in (value, day, "") if isinstance(part, str)) <= _MAX_LENGTH:
            self._grow(_PAIR if days else _VALUE)
            days[self._days.setdefault(day, day)] = shown
            self._values.setdefault(value, days)
        return shown

    def _asked(self, value: object, day: object) -> Shown[T]:
        answer = self._nothing if value is None else self._question.ask(value, day)
        shown = self._shown.get(answer)
        if shown is None:
            self._grow(_ANSWER)
            shown = self._shown[answer] = Shown(answer, self._form(answer))
        return shown

    def _grow(self, size: int) -> None:
        """Forget all where it becomes too much: nobody knows what will not be asked again."""
        self._size += size
        if self._size > _MAX_SIZE:
            self._size = size
            for known in (self._values, self._shown, self._days):
                known.clear()


class _Values(dict[Any, "_Days"]):
    def __init__(self, known: Known[Any]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, value: Any) -> _Days:
        return _Days(self._known, value)


class _Days(dict[Any, Shown[Any]]):
    __slots__ = ("_known", "_value")

    def __init__(self, known: Known[Any], value: Any) -> None:
        super().__init__()
        self._known, self._value = known, value

    def __missing__(self, day: Any) -> Shown[Any]:
        return self._known.answer(self._value, self, day)


@dataclass
class Tally:
    """Counts of rows: by outcome, by rule, and how many have an issue of severity error."""

    rows: int = 0
    failed: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)

    def add(self, batch: Iterable[Shown[Any]]) -> None:
        """Count a batch of rows."""
        for shown, rows in Counter(batch).items():
            answer = shown.answer
            self.rows += rows
            self.failed += rows * answer.failed
            self.outcomes[answer.outcome] += rows
            for rule in answer.rules:
                self.rules[rule] += rows
