from __future__ import annotations

import copy
import pickle
import re
import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from leukcodes.codes import CODE_PATTERN, IcdCode, cleaned, parse_code, shown, writable
from leukcodes.errors import InvalidCodeError, LeukcodesError

SPELLINGS = ["C94.20", "c94.20", "C9420", "c9420"]
FORGIVEN = [
    *SPELLINGS,
    " C94.20 ",
    "C 94.20",
    "\u00a0C94.20\u00a0",
    "\uff23\uff19\uff14\uff0e\uff12\uff10",
    "C94\u200b.20",
    "\ufeffC94.20",
    "C94.20\n",
]
MALFORMED = [
    "", " ", "C", "C9", "94.20", "C94.", "C94..20", "C9.420", "C94.20.1", "C94.12345", "CC4.20",
    "C94 and C92",
    "\u017f94.20", "C\u00b294", "\u212a94.2", "C91.0\u00e9", "-", "C91.0--",
]  # fmt: skip


@pytest.mark.parametrize("text", SPELLINGS)
def test_constructor_gives_the_canonical_spelling(text: str) -> None:
    assert IcdCode(text) == "C94.20"
    assert str(IcdCode(text)) == "C94.20"


@pytest.mark.parametrize("text", [*MALFORMED, *FORGIVEN[len(SPELLINGS) :]])
def test_constructor_takes_nothing_else(text: str) -> None:
    with pytest.raises(InvalidCodeError) as caught:
        IcdCode(text)
    assert caught.value.value == text


@pytest.mark.parametrize("text", FORGIVEN)
def test_parse_code_reads_what_people_write(text: str) -> None:
    assert parse_code(text) == (IcdCode("C94.20"), False)


@pytest.mark.parametrize("dash", "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d")
def test_parse_code_reads_the_index_dash(dash: str) -> None:
    assert parse_code(f"C91.0{dash}") == (IcdCode("C91.0"), True)
    assert parse_code(f"C91.{dash}") == (IcdCode("C91"), True)


@pytest.mark.parametrize("text", MALFORMED)
def test_parse_code_refuses_what_is_no_code(text: str) -> None:
    with pytest.raises(InvalidCodeError, match=re.escape(repr(text))):
        parse_code(text)


@pytest.mark.parametrize("value", [None, 9420, 94.2, float("nan"), b"C94.20", ["C94.20"], object()])
def test_other_types_are_refused_as_codes(value: object) -> None:
    for read in (IcdCode, parse_code):
        with pytest.raises(InvalidCodeError):
            read(value)  # type: ignore[arg-type] - wrong on purpose


def test_a_megabyte_is_refused_in_a_short_message() -> None:
    with pytest.raises(InvalidCodeError) as caught:
        parse_code("C94.20 " * 150_000)
    assert len(str(caught.value)) < 400


def test_errors_are_value_errors_of_the_library() -> None:
    assert issubclass(InvalidCodeError, LeukcodesError)
    assert issubclass(InvalidCodeError, ValueError)


def test_parts() -> None:
    code = IcdCode("t451x5a")
    assert (code, code.undotted, code.category) == ("T45.1X5A", "T451X5A", "T45")
    assert repr(code) == "IcdCode('T45.1X5A')"


def test_a_code_is_its_string() -> None:
    code = IcdCode("c9420")
    assert (hash(code), {code: 1}["C94.20"]) == (hash("C94.20"), 1)  # type: ignore[index] - a code is a str
    assert IcdCode(code) is code
    for copied in (pickle.loads(pickle.dumps(code)), copy.deepcopy(code), IcdCode(code)):
        assert copied == code
        assert type(copied) is IcdCode


@given(st.text(max_size=10) | st.from_regex(CODE_PATTERN, fullmatch=True))
def test_constructor_validator_and_schema_take_the_same(text: str) -> None:
    schema = TypeAdapter(IcdCode).json_schema()
    by_schema = re.fullmatch(schema["pattern"].removeprefix("^").removesuffix("$"), text) is not None
    assert _takes(IcdCode, text) == by_schema
    assert _takes(TypeAdapter(IcdCode).validate_python, text) == by_schema


def test_schema_and_error_type() -> None:
    adapter = TypeAdapter(IcdCode)
    assert adapter.json_schema() == {"type": "string", "pattern": CODE_PATTERN, "examples": ["C94.20"]}
    assert repr(adapter.validate_json('"c9420"')) == "IcdCode('C94.20')"
    assert adapter.dump_json(IcdCode("C94.20")) == b'"C94.20"'
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python("94")
    error = caught.value.errors()[0]
    assert (error["type"], error["ctx"]["value"]) == ("icd_code_form", "94")


def _takes(read, value: object) -> bool:
    try:
        read(value)
    except (InvalidCodeError, ValidationError):
        return False
    return True


def test_how_a_code_shows_itself() -> None:
    assert repr(IcdCode("c9420")) == "IcdCode('C94.20')"
    assert f"{IcdCode('c9420')}" == "C94.20"


def test_a_field_says_what_the_constructor_says() -> None:
    adapter = TypeAdapter(IcdCode)
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python("what")
    with pytest.raises(InvalidCodeError) as raised:
        IcdCode("what")
    (error,) = caught.value.errors()
    assert error["msg"] == str(raised.value) == error["ctx"]["reason"]
    assert error["ctx"]["value"] == "what"
    assert adapter.dump_python(IcdCode("C94.20"), mode="json") == "C94.20"
    assert type(adapter.dump_python(IcdCode("C94.20"), mode="json")) is str


def test_a_malformed_code_is_told_how_one_is_written() -> None:
    with pytest.raises(InvalidCodeError) as caught:
        IcdCode("C9")
    assert str(caught.value).endswith(
        "; write a letter, a digit, a letter or digit, and up to four more after a dot, such as C94.20"
    )


@pytest.mark.parametrize("value", [None, 9420, ["C94.20"]])
def test_what_is_no_string_is_quoted_and_told_to_be_one(value: object) -> None:
    with pytest.raises(InvalidCodeError) as caught:
        parse_code(value)  # type: ignore[arg-type] - wrong on purpose
    assert str(caught.value) == f"{value!r} is not an ICD-10-CM code; give one code as a string"
    assert caught.value.value == value


def test_padding_is_forgiven_up_to_a_length() -> None:
    assert parse_code("C94.20".rjust(64)).code == "C94.20"
    with pytest.raises(InvalidCodeError):
        parse_code("C94.20".rjust(65))


def test_full_width_characters_are_those_of_unicode() -> None:
    for character in map(chr, range(0xFF00, 0xFF62)):
        plain = unicodedata.normalize("NFKC", character)
        full_width = plain.isascii() and unicodedata.name(character, "").startswith("FULLWIDTH")
        assert cleaned(character) == (plain if full_width else character)


def test_cleaning_leaves_visible_ascii_alone() -> None:
    visible = string.ascii_letters + string.digits + string.punctuation
    assert cleaned(visible) == visible


def test_what_no_file_can_hold_is_replaced() -> None:
    assert writable("C94.20, na\u00efve \U0001f600") == "C94.20, na\u00efve \U0001f600"
    assert writable("plain") == "plain"
    surrogates = [chr(point) for point in (0xD800, 0xDBFF, 0xDC00, 0xDFFF)]
    assert writable(f"x{'x'.join(surrogates)}x") == "x\ufffdx\ufffdx\ufffdx\ufffdx"
    assert writable("\ud7ff\ue000") == "\ud7ff\ue000"


class _Shows:
    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        if not self._text:
            raise OSError("no words")
        return self._text


def test_a_message_quotes_its_input_and_cuts_a_long_one() -> None:
    assert shown("a" * 64) == repr("a" * 64)
    assert shown("a" * 65) == repr("a" * 64) + "\u2026"
    assert shown(_Shows("r" * 128)) == "r" * 128
    assert shown(_Shows("r" * 129)) == "r" * 128 + "\u2026"
    assert shown(_Shows("")) == "<_Shows>"
