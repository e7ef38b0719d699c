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

_MAX_KNOWN: Final = 50_000
_MAX_LENGTH: Final = 500

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


class Known(dict[tuple[Any, Any], Shown[T]]):
    """Answers by (value, date), each asked and put into its form once while it is remembered."""

    def __init__(self, question: Question, form: Callable[[Answer], T]) -> None:
        super().__init__()
        self._question, self._form = question, form
        self._nothing = Answer((None,) * len(question.columns), "null", (), failed=False)
        self._shown: dict[Answer, Shown[T]] = {}

    def __missing__(self, key: tuple[Any, Any]) -> Shown[T]:
        shown = self._asked(*key)
        if len(self) >= _MAX_KNOWN:
            self.clear()
        if all(len(part) <= _MAX_LENGTH for part in key if isinstance(part, str)):
            self[key] = shown
        return shown

    def of(self, value: object, day: object) -> Shown[T]:
        """The answer to a value of any type; `[]` is for strings and dates alone."""
        return self[value, day] if {type(value), type(day)} <= _SAFE else self._asked(value, day)

    def _asked(self, value: object, day: object) -> Shown[T]:
        answer = self._nothing if value is None else self._question.ask(value, day)
        shown = self._shown.get(answer)
        if shown is None:
            if len(self._shown) >= _MAX_KNOWN:
                self._shown.clear()
            shown = self._shown[answer] = Shown(answer, self._form(answer))
        return shown


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
