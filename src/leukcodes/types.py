"""Code types whose values are known codes: as constructors, as pydantic fields and in JSON schema alike.

All three ask the newest packaged release, or a stated one. They take what `IcdCode` takes, either case, with
or without the dot, and give the canonical spelling; `leukcodes.lookup` reads more than that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, LiteralString, Self, TypeVar

from leukcodes.cases import read_case
from leukcodes.checks import issues_of
from leukcodes.codes import IcdCode
from leukcodes.codesystem import Concept, Moment, system
from leukcodes.errors import UnknownCodeError
from leukcodes.models import Scope

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

__all__ = ["BillableCode", "BillableLeukemiaCode", "InRelease", "LeukemiaCode"]


class _MemberCode(IcdCode):
    """A code that is a member of a set in the newest release, or in the one that a subclass states."""

    __slots__ = ()

    _error_type: ClassVar[LiteralString]
    _member: ClassVar[str]
    _takes_headers: ClassVar[bool] = False
    _scopes: ClassVar[frozenset[Scope]] = frozenset(Scope)
    _release: ClassVar[str | None] = None

    def __new__(cls, value: str) -> Self:
        code = super().__new__(cls, value)
        if code is not value and code not in _members(cls):
            raise UnknownCodeError(cls._reason(code), value, cls._moment().release.name)
        return code

    def __reduce__(self) -> tuple[Any, ...]:
        # Classes of a stated release are made on demand, so that pickle cannot find them by name.
        if self._release is None:
            return type(self), (str(self),)
        return _restored, (type(self).__mro__[1], self._release, str(self))

    @classmethod
    def in_release(cls, release: str) -> type[Self]:
        """The same type for a stated release, such as "FY2024": for constructors and pydantic fields.

        For a field that type checkers understand, write `Annotated[BillableCode, InRelease("FY2024")]`.

        Raises:
            ReleaseNotFoundError: no packaged release goes by that name.
        """
        base = cls if cls._release is None else cls.__mro__[1]
        return _pinned(base, system().release(release).name)

    @classmethod
    def _moment(cls) -> Moment:
        return system().calendar.newest if cls._release is None else system().moment(cls._release)

    @classmethod
    def _admits(cls, concept: Concept) -> bool:
        return concept.scope in cls._scopes and (concept.billable or cls._takes_headers)

    @classmethod
    def _reason(cls, code: str) -> str:
        moment = cls._moment()
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


@dataclass(frozen=True, slots=True)
class InRelease:
    """States the release that a code type asks, in an annotation.

    Example:
        >>> from typing import Annotated
        >>> from pydantic import TypeAdapter
        >>> adapter = TypeAdapter(Annotated[BillableCode, InRelease("FY2024")])
        >>> adapter.validate_python("C86.4")     # a header since 2024-10-01
        BillableCodeFY2024('C86.4')
    """

    name: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        if not (isinstance(source, type) and issubclass(source, _MemberCode)):
            raise TypeError(f"InRelease goes with a code type such as BillableCode, not with {source!r}")
        return handler(source.in_release(self.name))


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


_C = TypeVar("_C", bound=_MemberCode)


@cache
def _pinned(kind: type[_C], release: str) -> type[_C]:
    """The subclass of a type for a release; one for each, so that equal types are the same."""
    names = {
        "__slots__": (),
        "_release": release,
        "__doc__": f"{kind.__name__} in {release}.",
        "__module__": __name__,
    }
    made: type[Any] = type(f"{kind.__name__}{release}", (kind,), names)
    return made


def _restored(kind: type[_MemberCode], release: str, code: str) -> _MemberCode:
    return kind.in_release(release)(code)


@cache
def _members(kind: type[_MemberCode]) -> frozenset[str]:
    day = kind._moment().day
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
