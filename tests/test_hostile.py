"""Every public entry over hostile input: a documented answer or error, and no broken invariant."""

from __future__ import annotations

import decimal
import random
from contextlib import suppress
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from entries import ENTRIES, WHOLE
from hypothesis import given, settings
from hypothesis import strategies as st
from invariants import check_claim, check_resolution, check_validation
from scoring import GOLDEN, read_rows

import leukcodes as lc

CORPUS = Path(__file__).parent / "corpus"
TEXTS = sorted({row.text for path in sorted(GOLDEN.glob("*.tsv")) for row in read_rows(path)})
WORDS = sorted({word for text in TEXTS for word in text.split()})
JOINTS = [
    " ",
    "",
    ", ",
    "; ",
    "\n",
    "-",
    "/",
    " (",
    ") ",
    ". ",
    "\u00a0",
    "\u0301",
    ": ",
    " and ",
    "\t",
    "\ud800",
]


def mutated(text: str, seed: int) -> str:
    """A golden row with characters dropped, doubled, swapped or put in from elsewhere."""
    chance, letters = random.Random(seed), list(text)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(letters) or 1)
        change = chance.randrange(4)
        if change == 0:
            del letters[place : place + chance.randint(1, 5)]
        elif change == 1:
            letters[place:place] = letters[: chance.randint(1, 9)]
        elif change == 2:
            letters.insert(
                place, chance.choice("\u200b\u0301\ufb01\u0130\u212a()[],.?+-/'\u00b2\U0001d400\x00\n0 9")
            )
        else:
            letters[place : place + 2] = letters[place : place + 2][::-1]
    return "".join(letters)


glued = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(JOINTS)), max_size=10).map(
    lambda parts: "".join(word + joint for word, joint in parts)
)
golden = st.builds(mutated, st.sampled_from(TEXTS), st.integers(0, 2**32))
code_like = st.from_regex(r"\A ?[A-Za-z][0-9][0-9A-Za-z]\.?[0-9A-Za-z]{0,5}-?\n?\Z") | st.sampled_from(
    ["C92.00", "c9200", "C83.0", "205.01", "FY2025", "2024-10-01", "C91.1\nC92.01\nZ85.6"]
)
texts = st.one_of(st.text(max_size=60), glued, golden, code_like)


tables = st.lists(st.lists(texts, min_size=1, max_size=3).map("\t".join), max_size=4).map("\n".join)


@pytest.mark.parametrize("entry", sorted({*ENTRIES} - {*WHOLE}))
@given(number=st.integers(0, 255), text=texts)
def test_entries_answer_any_text(entry: str, number: int, text: str) -> None:
    ENTRIES[entry](bytes([number]) + text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("entry", WHOLE)
@settings(max_examples=15)
@given(number=st.integers(0, 255), text=tables | tables.map(lambda table: table.replace("\t", ",")))
def test_tables_and_pages_hold_any_text(entry: str, number: int, text: str) -> None:
    WHOLE[entry](bytes([number]) + text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "path", sorted(CORPUS.rglob("*.input")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_what_once_broke_an_entry_does_not_any_more(path: Path) -> None:
    ENTRIES[path.parent.name](path.read_bytes())


OBJECTS: list[object] = [
    *(None, True, 0, -1, 10**400, 9420, 94.2, float("nan"), float("inf"), 1j, Fraction(1, 3), Ellipsis),
    *(decimal.Decimal("NaN"), decimal.Decimal("sNaN"), decimal.Decimal("1e999")),
    *(b"", b"C92.00", bytearray(b"C92.00"), memoryview(b"C92.00"), ValueError("C92.00"), range(3)),
    *("", " ", "\x00", "\ud800", "C92.00\ud800", "nan", "C" * 10**6, object(), object, len, NotImplemented),
    *([], ["C92.00"], (), ("C92.00",), {}, {"C92.00": 1}, set(), frozenset({"C92.00"})),
    *(date.min, date.max, datetime(9999, 12, 31, tzinfo=UTC), datetime(2024, 10, 1, tzinfo=UTC)),
]
objects = st.sampled_from(OBJECTS)


@given(code=objects, on=objects)
def test_validation_takes_any_object(code: object, on: object) -> None:
    found = lc.validate_code(code, on=on)
    check_validation(found)
    assert lc.is_valid(code, on=on) is found.valid
    assert lc.get(code, on=on) == found.concept


@given(codes=st.lists(objects | texts, max_size=30), on=objects | st.dates())
def test_claims_take_any_objects(codes: list[object], on: object) -> None:
    found = lc.validate_claim(codes, on=on)
    check_claim(found, len(codes))
    assert found.codes == tuple(lc.validate_codes(codes, on=on))


@given(age=objects)
def test_an_age_is_a_number_or_a_documented_error(age: object) -> None:
    try:
        check_claim(lc.validate_claim(["C91.10"], age=age), 1)
    except (TypeError, ValueError):
        assert not isinstance(age, int | float) or age < 0


@given(text=objects)
def test_what_is_no_text_names_no_diagnosis(text: object) -> None:
    found = lc.resolve(text)
    check_resolution(found, text if isinstance(text, str) else "")
    assert found.outcome is lc.Outcome.NONE or isinstance(text, str)
    assert lc.resolve_many([text, text]) == [found, found]
    if not isinstance(text, str):
        assert lc.scan(text) == []


class Unprintable:
    def __repr__(self) -> str:
        raise RuntimeError("no")


def test_an_object_that_cannot_be_shown_is_an_input_like_any_other() -> None:
    hostile = Unprintable()
    check_validation(lc.validate_code(hostile))
    check_validation(lc.validate_code("C92.00", on=hostile))
    check_claim(lc.validate_claim([hostile, "C92.00"], on=hostile), 2)
    assert lc.resolve(hostile).outcome == "none"


@given(code=objects | texts, on=objects | texts)
def test_lookups_raise_what_they_document(code: object, on: object) -> None:
    documented = (lc.InvalidCodeError, lc.UnknownCodeError, lc.ReleaseNotFoundError)
    message = ""
    try:
        lc.lookup(code, on=on)
    except documented as error:
        message = str(error)
    assert len(message) < 500


@given(name=objects | texts)
def test_options_are_named_or_refused(name: object) -> None:
    for call in (
        lambda: lc.resolve("AML", setting=name),
        lambda: lc.expand("C92", status=name),
        lambda: lc.expand("C92", scope=name),
        lambda: lc.expand("C92", acuity=name),
        lambda: lc.validate_claim([], setting=name),
        lambda: lc.search("AML", scope=name),
    ):
        with suppress(ValueError):
            call()
    for way in ("to", "from_"):
        with pytest.raises((lc.UnknownNameError, TypeError)):
            lc.translate(
                "C92.00", **{way: f"no such system {name!s:.9}" if isinstance(name, str) else "icd10cm"}
            )
