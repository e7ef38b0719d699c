"""Code types whose values are known codes: as constructors, as pydantic fields and in JSON schema alike.

All three ask the newest packaged release. They take what `IcdCode` takes, either case, with or without the
dot, and give the canonical spelling; `leukcodes.lookup` reads more than that.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, ClassVar, LiteralString, Self

from leukcodes.cases import read_case
from leukcodes.checks import issues_of
from leukcodes.codes import IcdCode
from leukcodes.codesystem import Concept, system
from leukcodes.errors import UnknownCodeError
from leukcodes.models import Scope

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

__all__ = ["BillableCode", "BillableLeukemiaCode", "LeukemiaCode"]


class _MemberCode(IcdCode):
    """A code that is a member of a set in the newest release."""

    __slots__ = ()

    _error_type: ClassVar[LiteralString]
    _member: ClassVar[str]
    _takes_headers: ClassVar[bool] = False
    _scopes: ClassVar[frozenset[Scope]] = frozenset(Scope)

    def __new__(cls, value: str) -> Self:
        code = super().__new__(cls, value)
        if code is not value and code not in _members(cls):
            raise UnknownCodeError(cls._reason(code), value, system().newest.name)
        return code

    @classmethod
    def _admits(cls, concept: Concept) -> bool:
        return concept.scope in cls._scopes and (concept.billable or cls._takes_headers)

    @classmethod
    def _reason(cls, code: str) -> str:
        moment = system().calendar.newest
        case = read_case(str(code), system(), moment.day, moment.release.name)
        concept = case.concept
        if concept is None or not (concept.billable or cls._takes_headers):
            return issues_of(case)[0].message
        return (
            f"{case.shown} is not {cls._member} in ICD-10-CM {moment.release.name}; give one, such as C94.20"
        )

    @classmethod
    def _validated(cls, value: str) -> Self:
        from pydantic_core import PydanticCustomError

        try:
            return super()._validated(value)
        except UnknownCodeError as error:
            context = {"reason": str(error), "value": value, "release": error.release}
            raise PydanticCustomError(cls._error_type, "{reason}", context) from None

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": _pattern(cls), "examples": ["C94.20"]}


class LeukemiaCode(_MemberCode):
    """A leukemia of the newest release, header or billable.

    Raises:
        InvalidCodeError: not in the form of a code.
        UnknownCodeError: no leukemia of the newest release.

    In pydantic the error types are `icd_code_form` and `leukemia_code`.

    Example:
        >>> LeukemiaCode("c942")
        LeukemiaCode('C94.2')
    """

    __slots__ = ()
    _error_type = "leukemia_code"
    _member = "a leukemia"
    _takes_headers = True
    _scopes = frozenset({Scope.LEUKEMIA})


class BillableLeukemiaCode(_MemberCode):
    """A leukemia code of the newest release that can be billed.

    Raises:
        InvalidCodeError: not in the form of a code.
        UnknownCodeError: no billable leukemia code of the newest release.

    In pydantic the error types are `icd_code_form` and `billable_leukemia_code`.

    Example:
        >>> BillableLeukemiaCode("C9420")
        BillableLeukemiaCode('C94.20')
    """

    __slots__ = ()
    _error_type = "billable_leukemia_code"
    _member = "a leukemia"
    _scopes = frozenset({Scope.LEUKEMIA})


class BillableCode(_MemberCode):
    """A packaged code of any scope that can be billed in the newest release: what `resolve` returns.

    Raises:
        InvalidCodeError: not in the form of a code.
        UnknownCodeError: no packaged code that can be billed in the newest release.

    In pydantic the error types are `icd_code_form` and `billable_code`.

    Example:
        >>> BillableCode("z856")
        BillableCode('Z85.6')
    """

    __slots__ = ()
    _error_type = "billable_code"
    _member = "a packaged code"


@cache
def _members(kind: type[_MemberCode]) -> frozenset[str]:
    day = system().calendar.newest.day
    concepts = (system().concept(code, day) for code in system().codes)
    return frozenset(str(found.code) for found in concepts if found is not None and kind._admits(found))


@cache
def _pattern(kind: type[_MemberCode]) -> str:
    """A pattern for exactly the members, in the spellings that the constructor takes."""
    return f"^{_branches(sorted(code.replace('.', '') for code in _members(kind)), 0)}$"


def _branches(plain: Iterable[str], depth: int) -> str:
    """The pattern of what follows the first `depth` characters, which all the codes share."""
    tails: dict[str, list[str]] = {}
    for code in plain:
        tails.setdefault(code[depth : depth + 1], []).append(code)
    ends = tails.pop("", None) is not None
    if not tails:
        return ""
    # Characters that go on alike share one branch: C94.00, C94.01 and C94.02 end with [012].
    branches: dict[str, list[str]] = {}
    for character, codes in tails.items():
        branches.setdefault(_branches(codes, depth + 1), []).append(character)
    choices = [f"{_either_case(characters)}{rest}" for rest, characters in branches.items()]
    body = choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"
    if depth == len("C94"):
        body = rf"\.?{body}"
    return f"(?:{body})?" if ends else body


def _either_case(characters: list[str]) -> str:
    spelt = [form for character in characters for form in dict.fromkeys((character, character.lower()))]
    return spelt[0] if len(spelt) == 1 else f"[{''.join(spelt)}]"
