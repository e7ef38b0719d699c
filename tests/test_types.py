from __future__ import annotations

import copy
import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from leukcodes import (
    BillableCode,
    BillableLeukemiaCode,
    IcdCode,
    InvalidCodeError,
    LeukcodesError,
    LeukemiaCode,
    UnknownCodeError,
)
from leukcodes.codesystem import system

TYPES = [LeukemiaCode, BillableLeukemiaCode, BillableCode]
ERROR_TYPES = {
    LeukemiaCode: "leukemia_code",
    BillableLeukemiaCode: "billable_leukemia_code",
    BillableCode: "billable_code",
}
# Per code: does each of the three types take it? From the tabular list of FY2026 and the validity table.
MEMBERSHIP = {
    "C94.20": (True, True, True),
    "C94.6": (True, True, True),
    "C90.10": (True, True, True),
    "C94.2": (True, False, False),
    "C95": (True, False, False),
    "D45": (False, False, True),
    "Z85.6": (False, False, True),
    "C86.40": (False, False, True),
    "C86.4": (False, False, False),
    "C90": (False, False, False),
    "C91.7": (False, False, False),
    "E11.9": (False, False, False),
}
CODES = st.sampled_from(sorted(system().codes))
ENDINGS = st.sampled_from(["", "0", "3", "A", "X"])


@pytest.mark.parametrize(("code", "taken"), MEMBERSHIP.items())
def test_membership(code: str, taken: tuple[bool, ...]) -> None:
    assert tuple(_takes(kind, code) for kind in TYPES) == taken


def test_all_the_leukemias() -> None:
    assert sum(_takes(LeukemiaCode, code) for code in system().codes) == 138
    assert sum(_takes(BillableLeukemiaCode, code) for code in system().codes) == 100


@pytest.mark.parametrize("kind", TYPES)
@given(code=CODES, ending=ENDINGS, lower=st.booleans(), dotted=st.booleans())
def test_constructor_validator_and_schema_take_the_same(kind, code, ending, lower, dotted) -> None:
    text = code + ending
    text = text if dotted else text.replace(".", "")
    text = text.lower() if lower else text
    pattern = TypeAdapter(kind).json_schema()["pattern"]
    by_schema = re.fullmatch(pattern.removeprefix("^").removesuffix("$"), text) is not None
    assert _takes(kind, text) == by_schema
    assert _takes(TypeAdapter(kind).validate_python, text) == by_schema
    if by_schema:
        assert kind(text) == IcdCode(text)


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("value", ["", " C94.20", "C94.20 ", "C94.2-", "C94.20\n", b"C94.20", 9420, None])
def test_nothing_is_forgiven(kind, value: object) -> None:
    assert not _takes(kind, value)
    assert not _takes(TypeAdapter(kind).validate_python, value)


@pytest.mark.parametrize("kind", TYPES)
def test_the_class_is_kept(kind) -> None:
    code = kind("c9420")
    assert repr(code) == f"{kind.__name__}('C94.20')"
    for kept in (pickle.loads(pickle.dumps(code)), copy.deepcopy(code), kind(code)):
        assert (type(kept), kept, hash(kept)) == (kind, "C94.20", hash("C94.20"))
    assert type(TypeAdapter(kind).validate_python(IcdCode("C94.20"))) is kind


@pytest.mark.parametrize("kind", TYPES)
def test_errors_have_stable_types_with_context(kind) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python("C92.03")
    error = caught.value.errors()[0]
    assert error["type"] == ERROR_TYPES[kind]
    assert (error["ctx"]["value"], error["ctx"]["release"]) == ("C92.03", "FY2027")
    assert "C92.00, C92.01 or C92.02" in error["msg"]
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python("leukemia")
    assert caught.value.errors()[0]["type"] == "icd_code_form"


@pytest.mark.parametrize("kind", TYPES)
def test_constructor_errors(kind) -> None:
    with pytest.raises(UnknownCodeError, match="FY2027") as caught:
        kind("C92.03")
    assert (caught.value.value, caught.value.release) == ("C92.03", "FY2027")
    with pytest.raises(InvalidCodeError):
        kind("leukemia")


def test_a_neighbour_is_told_from_an_unknown_code() -> None:
    with pytest.raises(UnknownCodeError, match="'D45' is not a leukemia"):
        LeukemiaCode("D45")
    with pytest.raises(UnknownCodeError, match=r"use C94\.20, C94\.21 or C94\.22"):
        BillableLeukemiaCode("C94.2")


def test_as_fields() -> None:
    class Claim(BaseModel):
        dx: BillableLeukemiaCode
        other: tuple[BillableCode, ...] = ()

    claim = Claim.model_validate_json('{"dx": "c9201", "other": ["Z856"]}')
    assert (type(claim.dx), claim.dx, claim.other) == (BillableLeukemiaCode, "C92.01", ("Z85.6",))
    assert claim.model_dump_json() == '{"dx":"C92.01","other":["Z85.6"]}'
    assert Claim.model_validate(claim.model_dump()) == claim
    assert Claim.model_json_schema()["properties"]["dx"]["type"] == "string"


def _takes(read, value: object) -> bool:
    try:
        read(value)
    except (LeukcodesError, ValidationError):
        return False
    return True
