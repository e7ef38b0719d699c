import asyncio
import copy
import json
import pickle
import re
from typing import Annotated

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError
from sqlmodel import Field, Session, SQLModel, create_engine, select

from leukcodes import (
    BillableCode,
    BillableLeukemiaCode,
    IcdCode,
    InRelease,
    InvalidCodeError,
    LeukcodesError,
    LeukemiaCode,
    ReleaseNotFoundError,
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


# Types of a stated release


@pytest.mark.parametrize(
    ("code", "release", "taken"),
    [
        ("C86.4", "FY2024", True),
        ("C86.4", "FY2025", False),
        ("C86.40", "FY2024", False),
        ("C86.40", "FY2025", True),
        ("C96.2", "FY2017", True),
        ("C96.2", "FY2018", False),
        ("C79.83", "FY2026", False),
        ("C79.83", "FY2027", True),
    ],
)
def test_a_stated_release(code: str, release: str, taken: bool) -> None:
    kind = BillableCode.in_release(release)
    adapter = TypeAdapter(Annotated[BillableCode, InRelease(release)])
    pattern = adapter.json_schema()["pattern"]
    assert _takes(kind, code) is taken
    assert _takes(adapter.validate_python, code) is taken
    assert bool(re.search(pattern, code)) is taken


def test_a_stated_release_keeps_class_hash_and_pickle() -> None:
    kind = BillableCode.in_release("fy2024")
    code = kind("c864")
    assert repr(code) == "BillableCodeFY2024('C86.4')"
    assert issubclass(kind, BillableCode)
    assert kind is BillableCode.in_release("FY2024") is BillableCode.in_release("FY2025").in_release("FY2024")
    for kept in (pickle.loads(pickle.dumps(code)), copy.deepcopy(code), kind(code)):
        assert (type(kept), kept, hash(kept)) == (kind, "C86.4", hash("C86.4"))
    adapter = TypeAdapter(Annotated[BillableCode, InRelease("FY2024")])
    assert type(adapter.validate_json('"C864"')) is kind
    assert adapter.dump_json(code) == b'"C86.4"'


def test_a_stated_release_in_errors() -> None:
    with pytest.raises(UnknownCodeError, match="FY2024") as caught:
        BillableCode.in_release("FY2024")("C86.40")
    assert caught.value.release == "FY2024"
    with pytest.raises(ValidationError) as invalid:
        TypeAdapter(Annotated[BillableCode, InRelease("FY2024")]).validate_python("C86.40")
    error = invalid.value.errors()[0]
    assert (error["type"], error["ctx"]["release"]) == ("billable_code", "FY2024")
    assert "use C86.4" in error["msg"]


def test_a_release_that_does_not_exist() -> None:
    with pytest.raises(ReleaseNotFoundError):
        BillableCode.in_release("FY2014")
    with pytest.raises(ReleaseNotFoundError):
        TypeAdapter(Annotated[BillableCode, InRelease("soon")])
    with pytest.raises(TypeError, match="code type"):
        TypeAdapter(Annotated[str, InRelease("FY2024")])


# Where the types are used


class Encounter(BaseModel):
    dx: BillableLeukemiaCode
    other: list[BillableCode] = []
    before: Annotated[BillableCode, InRelease("FY2024")] | None = None
    noted: IcdCode | None = None


def test_fastapi() -> None:
    app = FastAPI()

    @app.post("/encounters/{code}")
    def post(code: LeukemiaCode, encounter: Encounter) -> Encounter:
        assert type(code) is LeukemiaCode
        assert type(encounter.dx) is BillableLeukemiaCode
        return encounter

    document = app.openapi()
    parameter = document["paths"]["/encounters/{code}"]["post"]["parameters"][0]["schema"]
    assert parameter["pattern"] == TypeAdapter(LeukemiaCode).json_schema()["pattern"]
    fields = document["components"]["schemas"]["Encounter"]["properties"]
    assert fields["dx"]["pattern"] == TypeAdapter(BillableLeukemiaCode).json_schema()["pattern"]
    assert _post(app, "/encounters/c94", b'{"dx": "c9420", "before": "C864"}') == (
        200,
        {"dx": "C94.20", "other": [], "before": "C86.4", "noted": None},
    )
    status, answer = _post(app, "/encounters/C94", b'{"dx": "C94.2", "other": ["C86.4"]}')
    assert status == 422
    assert [detail["type"] for detail in answer["detail"]] == ["billable_leukemia_code", "billable_code"]
    status, answer = _post(app, "/encounters/D45", b'{"dx": "C94.20"}')
    assert (status, answer["detail"][0]["type"]) == (422, "leukemia_code")


def test_sqlmodel() -> None:
    class Diagnosis(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        dx: BillableLeukemiaCode = Field(index=True)
        noted: IcdCode | None = None

    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with pytest.raises(ValidationError) as caught:
        Diagnosis.model_validate({"dx": "C94.2"})
    assert caught.value.errors()[0]["type"] == "billable_leukemia_code"
    with Session(engine) as session:
        session.add(Diagnosis.model_validate({"dx": "c9420", "noted": "e119"}))
        session.commit()
        row = session.exec(select(Diagnosis).where(Diagnosis.dx == BillableLeukemiaCode("C9420"))).one()
        assert (row.dx, row.noted) == ("C94.20", "E11.9")
    engine.dispose()


def _post(app: FastAPI, path: str, body: bytes) -> tuple[int, dict]:
    """The answer of an application, asked through its own interface, without a server or a network."""
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"content-type", b"application/json"), (b"host", b"test")],
        "client": None,
        "server": None,
    }
    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], json.loads(b"".join(message.get("body", b"") for message in sent[1:]))


def _takes(read, value: object) -> bool:
    try:
        read(value)
    except (LeukcodesError, ValidationError):
        return False
    return True
