"""From a code as people write it to its concept on a day, or the error that says what is wrong with it."""

from __future__ import annotations

from leukcodes.cases import read_case
from leukcodes.checks import issues_of
from leukcodes.codesystem import Concept, Moment, system
from leukcodes.errors import InvalidCodeError, UnknownCodeError

__all__ = ["concept_at"]


def concept_at(code: object, moment: Moment) -> Concept:
    """The concept of a code on a day.

    Raises:
        InvalidCodeError: the input does not have the form of a code.
        UnknownCodeError: the release has no such code, or it lies outside the packaged scope.
    """
    case = read_case(code, system(), moment.day, moment.release.name)
    concept = case.concept
    if concept is not None:
        return concept
    message = issues_of(case)[0].message
    if case.code is None:
        raise InvalidCodeError(message, code)
    raise UnknownCodeError(message, code, moment.release.name)
