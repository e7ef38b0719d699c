"""What is asked of each distinct value of a column, and the fields of the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Final, Literal, NamedTuple

from leukcodes.codes import IcdCode, parse_code
from leukcodes.codesystem import When, system
from leukcodes.errors import InvalidCodeError, ReleaseNotFoundError, UnknownNameError
from leukcodes.models import ValidationOutcome
from leukcodes.resolver import UnspecifiedStatus, Vocabulary, resolve
from leukcodes.terminology import code_systems, get, translate
from leukcodes.validation import DATE_RULES, validate_code
from leukcodes.workers import each

__all__ = [
    "FLAGS",
    "NO_DATE",
    "Answer",
    "Columns",
    "Reader",
    "annotator",
    "date_issue",
    "resolver",
    "validator",
]

Answer = tuple[Any, ...]

Columns = list[list[Any]]
"""Answers by field."""

FLAGS: Final = frozenset({"valid", "billable"})
"""Fields that are true, false or null; all others are text."""

NO_DATE: Final = float("nan")
"""What a null in a column of dates is to `Calendar.moment`, where None is the newest release."""

_NEVER: Final = date.max, date.min


def _nothing(_: object) -> None:
    return None


class ByDay(NamedTuple):
    """What in an answer is not the same on all days of a release.

    It is `field`, where `names_day` says so; `moved` makes the answer on one day those on others.
    """

    field: str
    names_day: Callable[[Answer], bool]
    moved: Callable[[Answer, Any, Sequence[str]], Columns]


@dataclass(frozen=True)
class Reader:
    """How the distinct values of a column become the fields of an answer.

    `by_value` gives what does not depend on the date, `read` the rest for one (value, day). On all days of
    a release that is the same but for `by_day`. `undated` is the answer where the date cannot be used; where
    there is none, `issue_fields` take the rule that the date breaks and the message. From the first to the
    last of a value's `days` the answer is `on_days`, without reading; on all others `off_days`, where that is
    one answer. `brief` is the reader for fewer fields, where they are had for less.
    `of` says what is read: in databases the verdicts on codes and the concepts are tables to join with.
    """

    fields: tuple[str, ...]
    read: Callable[[tuple[Any, When]], Answer]
    by_day: ByDay | None = None
    undated: Callable[[Any], Answer | None] = _nothing
    days: Callable[[Any], tuple[date, date] | None] = _nothing
    on_days: Answer = ()
    off_days: Answer | None = None
    brief: Reader | None = None
    issue_fields: tuple[str, ...] = ()
    by_value: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    of: Literal["codes", "concepts", "texts"] = "texts"
    workers: int | None = None
    progress: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """All fields, in the order in which their columns are added."""
        return (*self.by_value, *self.fields)

    def answers(self, questions: Sequence[tuple[Any, When]]) -> list[Answer]:
        """The answers, in order."""
        return each(self.read, questions, workers=self.workers, progress=self.progress)

    def no_answer(self, day: object = None) -> Answer:
        """The answer to a null; with a day that cannot be used, what is wrong with it."""
        issue = {} if day is None else dict(zip(self.issue_fields, date_issue(day), strict=False))
        return tuple(issue.get(name) for name in self.fields)


def validator() -> Reader:
    """The verdict on a code, with the first of its issues."""
    by_value = {"code": _canonical}
    brief = Reader(
        ("valid",),
        _validity,
        undated=_undated_validity,
        days=_valid_days,
        on_days=(True,),
        off_days=(False,),
        by_value=by_value,
        of="codes",
    )
    return Reader(
        ("valid", "rule", "message"),
        _verdict,
        ByDay("message", _names_day, _moved),
        _undated,
        days=_billable_days,
        on_days=(True, None, None),
        brief=brief,
        issue_fields=("rule", "message"),
        by_value=by_value,
        of="codes",
    )


def resolver(
    setting: str | None,
    unspecified_status: UnspecifiedStatus,
    vocabulary: Vocabulary,
    workers: int | None = None,
    progress: bool = False,
) -> Reader:
    """What a diagnosis text is read as. Wrong options are an error here, before any column is read."""
    options = {"setting": setting, "unspecified_status": unspecified_status, "vocabulary": vocabulary}
    resolve("", **options)  # type: ignore[arg-type]  # checked by the call
    return Reader(
        ("outcome", "code", "title", "kind", "status", "status_basis", "rules", "candidates"),
        partial(_reading, options),
        issue_fields=("rules",),
        workers=workers,
        progress=progress,
    )


def annotator(crosswalks: Iterable[str]) -> Reader:
    """What the code set says of a code, and its counterparts in other systems."""
    systems = tuple(crosswalks)
    for name in systems:
        if name not in code_systems():
            message = f"{name!r} is no code system here; use {', '.join(code_systems())}"
            raise UnknownNameError(message, name, code_systems())
    fields = ("code", "title", "family", "status", "billable", "scope", *systems)
    return Reader(fields, partial(_description, systems), of="concepts")


def date_issue(day: object) -> tuple[str, str]:
    """The rule that a day breaks which cannot be used, and its message."""
    try:
        system().moment(day)
    except ReleaseNotFoundError as error:
        return DATE_RULES[error.reason], str(error)
    raise ValueError(f"{day!r} can be used")


def _verdict(question: tuple[object, When]) -> Answer:
    found = validate_code(question[0], on=question[1])
    valid = None if found.result is ValidationOutcome.NOT_CHECKED else found.valid
    first = found.issues[0] if found.issues else None
    return valid, first and first.rule, first and first.message


def _validity(question: tuple[object, When]) -> Answer:
    return _verdict(question)[:1]


def _undated_validity(code: object) -> Answer | None:
    found = _undated(code)
    return found and found[:1]


def _billable_days(code: Any) -> tuple[date, date] | None:
    known = _known_code(code)
    return None if known is None else system().tables.spans.get(known)


def _valid_days(code: Any) -> tuple[date, date] | None:
    """None where it takes more to say whether a code is valid, too."""
    known = _known_code(code)
    if known is None:
        return None
    is_header = known in system().tables and system().is_covered(known)
    return system().tables.spans.get(known) or (_NEVER if is_header else None)


def _known_code(code: Any) -> IcdCode | None:
    try:
        found, index_dash = parse_code(code)
    except InvalidCodeError:
        return None
    return None if index_dash else found


def _canonical(code: Any) -> str | None:
    try:
        return str(parse_code(code).code)
    except InvalidCodeError:
        return None


def _names_day(answer: Answer) -> bool:
    return bool(answer[1] == "LK-S008")


def _moved(answer: Answer, before: date | None, days: Sequence[str]) -> Columns:
    valid, rule, message = answer
    head, _, tail = message.partition(f"not on {before} (")
    messages = [f"{head}not on {day} ({tail}" for day in days]
    return [[valid] * len(days), [rule] * len(days), messages]


def _undated(code: object) -> Answer | None:
    """The verdict on what is invalid on every date."""
    if _billable_days(code) is not None:
        return None
    found = _verdict((code, NO_DATE))  # type: ignore[arg-type]  # a null
    return found if found[0] is False else None


def _reading(options: dict[str, Any], question: tuple[str, When]) -> Answer:
    found = resolve(question[0], on=question[1], **options)
    return (
        found.outcome.value,
        found.code and str(found.code),
        found.title,
        found.kind and found.kind.value,
        found.status.value and found.status.value.value,
        found.status_basis.value,
        _joined(issue.rule for issue in found.issues),
        _joined(candidate.code for candidate in found.candidates),
    )


def _description(systems: tuple[str, ...], question: tuple[Any, When]) -> Answer:
    code, day = question
    concept = get(code, on=day)
    if concept is None:
        return (None,) * (6 + len(systems))
    return (
        str(concept.code),
        concept.title,
        concept.family and str(concept.family),
        concept.status and concept.status.value,
        concept.billable,
        concept.scope.value,
        *(
            _joined(row.target_code for row in translate(code, to=name, on=day) if row.target_code)
            for name in systems
        ),
    )


def _joined(values: Iterable[str]) -> str | None:
    """In one cell, each once; no code or rule holds a space."""
    return " ".join(dict.fromkeys(map(str, values))) or None
