"""From a diagnosis text to a code, or to the question a person must answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Literal

from leukcodes.codes import writable
from leukcodes.codesystem import When, system
from leukcodes.models import Outcome, Resolution, Setting
from leukcodes.outcome import describe
from leukcodes.rules import make_issue
from leukcodes.slots import Asker
from leukcodes.text.diagnosis import read_text
from leukcodes.workers import each

__all__ = ["resolve", "resolve_many"]

UnspecifiedStatus = Literal["nos", "ask"]
Vocabulary = Literal["all", "official"]


def resolve(
    text: str | None,
    *,
    on: When = None,
    setting: Setting | str | None = None,
    unspecified_status: UnspecifiedStatus = "nos",
    vocabulary: Vocabulary = "all",
) -> Resolution:
    """Read a diagnosis as written and give its code, or say why not.

    The answer is `coded` (one code, nothing left to ask), `review` (candidates, best first, and the question
    in `issues`) or `none` (no diagnosis in scope is stated of the patient).

    Args:
        text: a diagnosis as a chart, claim or registry has it. Anything that is not text gives `none`.
        on: the day or release whose codes are wanted; the newest packaged release when None.
        setting: "inpatient" (a facility claim at discharge) codes an uncertain diagnosis as established,
            "outpatient" does not code it; without a setting it is a question.
        unspecified_status: "nos" codes a disease without a stated status as not having achieved remission,
            as the tabular list does, and says so (LK-R001); "ask" returns all statuses for review.
        vocabulary: "official" codes only wording of the tabular list and the Alphabetic Index.

    Raises:
        ReleaseNotFoundError: no packaged release covers `on`.
        ValueError: `setting`, `unspecified_status` or `vocabulary` is not one of its values.

    Example:
        >>> from leukcodes import resolve
        >>> found = resolve("relapsed AMKL")
        >>> found.outcome, found.code, found.title
        (<Outcome.CODED: 'coded'>, IcdCode('C94.22'), 'Acute megakaryoblastic leukemia, in relapse')
        >>> resolve("PLL").outcome
        <Outcome.REVIEW: 'review'>
    """
    _check(unspecified_status, ("nos", "ask"), "unspecified_status")
    _check(vocabulary, ("all", "official"), "vocabulary")
    where = None if setting is None else Setting(setting)
    moment = system().moment(on)
    if not isinstance(text, str) or not text.strip():
        release = moment.release.name
        advice = "no diagnosis text was given; give the words of the diagnosis"
        empty = make_issue("LK-S012", advice, release=release)
        return Resolution(
            text if isinstance(text, str) else "", Outcome.NONE, issues=(empty,), release=release
        )
    text = writable(text)
    asker = Asker(
        text, moment.day, moment.release.name, where, unspecified_status == "ask", vocabulary == "official"
    )
    return describe(asker, read_text(text))


def resolve_many(
    texts: Iterable[str | None],
    *,
    on: When = None,
    setting: Setting | str | None = None,
    unspecified_status: UnspecifiedStatus = "nos",
    vocabulary: Vocabulary = "all",
    workers: int | None = None,
    progress: bool = False,
) -> list[Resolution]:
    """`resolve` for each text, in order and in the same number; equal texts are read once.

    Args:
        texts: diagnoses; what is not text gives `none`.
        on: as for `resolve`, like the three after it.
        setting: see `resolve`.
        unspecified_status: see `resolve`.
        vocabulary: see `resolve`.
        workers: how many processes read, for many thousand texts; this one alone where None. A script that
            asks for them needs its `if __name__ == "__main__":`.
        progress: show a bar on standard error.

    Raises:
        MissingExtraError: a bar is asked for, and rich is not installed.
        ReleaseNotFoundError: no packaged release covers `on`.
        ValueError: an option is none of its values.

    Example:
        >>> from leukcodes import resolve_many
        >>> [str(found.code) for found in resolve_many(["CLL", "CML", "CLL"])]
        ['C91.10', 'C92.10', 'C91.10']
    """
    keys = [text if isinstance(text, str) else "" for text in texts]
    distinct = list(dict.fromkeys(keys))
    read = partial(
        resolve, on=on, setting=setting, unspecified_status=unspecified_status, vocabulary=vocabulary
    )
    known = dict(zip(distinct, each(read, distinct, workers=workers, progress=progress), strict=True))
    return [known[key] for key in keys]


def _check(value: str, allowed: Sequence[str], name: str) -> None:
    if value not in allowed:
        raise ValueError(f"{value!r} is not a value of {name}; use {' or '.join(map(repr, allowed))}")
