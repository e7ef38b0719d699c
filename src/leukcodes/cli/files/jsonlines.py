"""JSON lines: each object is written as it stands, with the answer's members behind its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from leukcodes.cli.files.answers import EVERYDAY, Answer, Known
from leukcodes.cli.files.job import Job
from leukcodes.cli.files.opening import Text

__all__ = ["json_lines", "record_of"]

_HINT: Final = 1 << 20
_SPACE: Final = " \t\r\n"


def json_lines(text: Text, write: Callable[[str], object], job: Job) -> Iterator[None]:
    """Work through the lines; yields after each batch.

    Raises:
        OSError: a line is not an object, or lacks the column.
    """

    def members(answer: Answer) -> str:
        return json.dumps(dict(zip(job.names, answer.values, strict=True)), ensure_ascii=False)[1:]

    known, number = Known(job.question, members), 0
    while lines := text.stream.readlines(_HINT):
        answers, written = [], []
        for number, line in enumerate(lines, number + 1):  # noqa: B020 - goes on from the batch before
            body = line.strip(_SPACE)
            if not body and job.keep_ragged:
                written.append(line)
                continue
            record = record_of(body, number)
            shown = known.of(*_asked(record, job, number))
            answers.append(shown)
            if job.only is None or job.only(shown.answer):
                comma = ", " if record else ""
                written.append(f"{body[:-1]}{comma}{shown.form}{line[len(line.rstrip(_SPACE)) :]}")
        job.tally.add(answers)
        write("".join(written))
        yield


def record_of(body: str, number: int) -> dict[str, Any]:
    """The object of a line.

    Raises:
        OSError: it is none.
    """
    try:
        record = json.loads(body, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise OSError(f"line {number} is not JSON ({error}); mend it") from None
    if not isinstance(record, dict):
        raise OSError(f"line {number} is not a JSON object; write one object a line")
    return record


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _asked(record: dict[str, Any], job: Job, number: int) -> tuple[object, object]:
    """The value and its date. Without the key, the first line has a wrong name, others are short."""
    job.check_names(record, f"line {number}: ")
    missing = next((name for name in (job.column, job.day) if name is not None and name not in record), None)
    if missing is not None and not job.keep_ragged:
        if number == 1:
            job.places(list(record))
        raise OSError(f"line {number} has no {missing!r}; mend it, or read it as empty with --ragged keep")
    return record.get(job.column), EVERYDAY if job.day is None else record.get(job.day)
