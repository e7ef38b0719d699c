"""The form of an ICD-10-CM code, and nothing else: a value that exists is well-formed.

Whether a code is known, billable or valid on a date is the business of `leukcodes.terminology`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from leukcodes.errors import InvalidCodeError

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

__all__ = ["CLEAN", "CODE_PATTERN", "IcdCode", "ParsedCode", "cleaned", "parse_code", "shown", "writable"]

CODE_PATTERN: Final = r"^[A-Za-z][0-9][0-9A-Za-z](?:\.?[0-9A-Za-z]{1,4})?$"
_FORM: Final = re.compile(CODE_PATTERN)

# Longer input cannot be a code with some padding; it is refused before any work is done on it.
_MAX_LENGTH: Final = 64

_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DASHES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\u00ad"), "-")
_INVISIBLE: Final[dict[int, None]] = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
CLEAN: Final[dict[int, Any]] = {**_FULL_WIDTH, **_DASHES, **_INVISIBLE}
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class IcdCode(str):
    """A well-formed ICD-10-CM code in canonical form: upper case, with its dot.

    The constructor takes either case, with or without the dot, and nothing else; it accepts exactly what
    the JSON schema's pattern accepts. `parse_code` is the forgiving reader.

    Raises:
        InvalidCodeError: the value is not a string of that form.

    Example:
        >>> IcdCode("c9420")
        IcdCode('C94.20')
        >>> IcdCode("C94.20").undotted, IcdCode("C94.20").category
        ('C9420', IcdCode('C94'))
    """

    __slots__ = ()

    def __new__(cls, value: str) -> Self:  # noqa: D102 - the class says it
        if type(value) is cls:
            return value
        if not _readable(value) or not _FORM.fullmatch(value):
            raise _malformed(value)
        return str.__new__(cls, _canonical(value))

    @property
    def undotted(self) -> str:
        """The code as claims carry it, without the dot."""
        return self.replace(".", "")

    @property
    def category(self) -> IcdCode:
        """The three-character category."""
        return IcdCode(self[:3])

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str.__repr__(self)})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        # Strict, for the constructor does not take bytes either.
        return core_schema.no_info_after_validator_function(
            cls._validated,
            core_schema.str_schema(strict=True),
            serialization=core_schema.to_string_ser_schema(),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": CODE_PATTERN, "examples": ["C94.20"]}

    @classmethod
    def _validated(cls, value: str) -> Self:
        from pydantic_core import PydanticCustomError

        try:
            return cls(value)
        except InvalidCodeError as error:
            context = {"reason": str(error), "value": value}
            raise PydanticCustomError("icd_code_form", "{reason}", context) from None


class ParsedCode(NamedTuple):
    """What `parse_code` read: the code, and whether it stood with the Alphabetic Index's trailing dash."""

    code: IcdCode
    index_dash: bool


def parse_code(text: str) -> ParsedCode:
    """Read a code as people write it.

    Any case, dotted or not, with spaces around or inside, full-width characters, Unicode dashes, invisible
    joiners, and the dash that the Alphabetic Index prints after an unfinished code.

    Raises:
        InvalidCodeError: what is left is not a code, or `text` is not a string.

    Example:
        >>> parse_code(" c91.0\u2013 ")
        ParsedCode(code=IcdCode('C91.0'), index_dash=True)
    """
    if not _readable(text):
        raise InvalidCodeError(f"{shown(text)} is not an ICD-10-CM code; give one code as a string", text)
    if _FORM.fullmatch(text):
        return ParsedCode(str.__new__(IcdCode, _canonical(text)), index_dash=False)
    compact = cleaned(text)
    bare = compact.removesuffix("-")
    index_dash = bare != compact
    try:
        return ParsedCode(IcdCode(bare.removesuffix(".") if index_dash else bare), index_dash)
    except InvalidCodeError:
        raise _malformed(text) from None


def cleaned(text: str) -> str:
    """The text without spaces and invisible joiners, full-width characters and dashes in their ASCII form."""
    return "".join(text.translate(CLEAN).split())


def writable(text: str) -> str:
    """The text with lone surrogates, which no file and no JSON can hold, as U+FFFD; its length stays."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def shown(value: object) -> str:
    """The input's repr for a message, cut where it would flood it."""
    if isinstance(value, str) and len(value) > _MAX_LENGTH:
        return f"{value[:_MAX_LENGTH]!r}\u2026"
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001 - what a stranger's __repr__ raises is not this library's error
        return f"<{type(value).__name__}>"
    return text if len(text) <= 2 * _MAX_LENGTH else f"{text[: 2 * _MAX_LENGTH]}\u2026"


def _canonical(well_formed: str) -> str:
    plain = well_formed.upper().replace(".", "")
    return f"{plain[:3]}.{plain[3:]}" if len(plain) > 3 else plain


def _readable(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _MAX_LENGTH


def _malformed(value: object) -> InvalidCodeError:
    return InvalidCodeError(
        f"{shown(value)} does not have the form of an ICD-10-CM code; "
        "write a letter, a digit, a letter or digit, and up to four more after a dot, such as C94.20",
        value,
    )
