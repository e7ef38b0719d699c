"""Exceptions of the library. Each carries the input it is about as an attribute, for machines."""

from __future__ import annotations

from typing import Any, Literal

__all__ = [
    "DateTrouble",
    "InvalidCodeError",
    "IssuesError",
    "LeukcodesError",
    "MissingExtraError",
    "ReleaseNotFoundError",
    "UnknownCodeError",
    "UnknownNameError",
]

DateTrouble = Literal["before", "after", "missing", "unreadable"]


class LeukcodesError(Exception):
    """Base of every error that the library raises on purpose."""


class InvalidCodeError(LeukcodesError, ValueError):
    """The input does not have the form of an ICD-10-CM code."""

    def __init__(self, message: str, value: object = None) -> None:
        super().__init__(message)
        self.value = value


class UnknownCodeError(LeukcodesError, LookupError):
    """The code is well-formed, but the packaged data does not hold it for the release asked."""

    def __init__(self, message: str, value: object = None, release: str | None = None) -> None:
        super().__init__(message)
        self.value = value
        self.release = release


class UnknownNameError(LeukcodesError, LookupError):
    """No code system or value set goes by the name asked; `known` are those that exist."""

    def __init__(self, message: str, value: object = None, known: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.value = value
        self.known = known


class IssuesError(LeukcodesError, ValueError):
    """What `raise_for_issues` raises: `issues` are those that were bad enough, worst first."""

    def __init__(self, message: str, issues: tuple[Any, ...] = ()) -> None:
        super().__init__(message)
        self.issues = issues

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.issues)


class ReleaseNotFoundError(LeukcodesError, LookupError):
    """No bundled release covers the date or name asked; `reason` says why, for machines."""

    def __init__(self, message: str, value: object = None, reason: DateTrouble = "unreadable") -> None:
        super().__init__(message)
        self.value = value
        self.reason: DateTrouble = reason


class MissingExtraError(LeukcodesError, ImportError):
    """An optional dependency is not installed; the message names the extra that brings it."""

    def __init__(self, message: str, extra: str) -> None:
        super().__init__(message)
        self.extra = extra
