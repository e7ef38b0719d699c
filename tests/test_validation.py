from __future__ import annotations

import csv
import pickle
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wording import odd_words

import leukcodes as lc
from leukcodes.codesystem import system
from leukcodes.models import Severity, ValidationOutcome, ValidationResult
from leukcodes.rules import RULES

DATA = Path(__file__).parent / "data"
FIRST, LAST = date(2015, 10, 1), date(2027, 9, 30)
DAYS = st.dates(date(2015, 1, 1), date(2028, 12, 31))
CODES = st.sampled_from(system().codes)
# Codes and what typing makes of them: cut, lengthened, with look-alikes.
TYPED = st.one_of(
    CODES,
    st.builds(lambda code, cut: code[:-cut], CODES, st.integers(1, 3)),
    st.builds(lambda code, tail: code + tail, CODES, st.sampled_from(["0", "3", "A", "X0", "-", " ", "O"])),
    st.builds(lambda code: code.translate(str.maketrans("012OZ", "OlZ02")), CODES),
    st.from_regex(r"[A-Z][0-9][0-9AB](\.[0-9A-Z]{0,4})?", fullmatch=True),
    st.from_regex(r"[0-9]{3}(\.[0-9]{1,2})?", fullmatch=True),
    st.from_regex(r"V[0-9]{2}\.[0-9]{2}", fullmatch=True),
)
ANYTHING = st.one_of(
    TYPED,
    st.text(),
    st.none(),
    st.floats(),
    st.integers(),
    st.binary(max_size=12),
    st.lists(st.text(max_size=3)),
    st.dates(),
    st.sampled_from(["\ud800", "C94.20\ud800", "C94.20 " * 20_000, "\x00", 10**5000, {}, object()]),
)
WHENEVER = st.one_of(
    st.none(),
    DAYS,
    st.datetimes(),
    DAYS.map(date.isoformat),
    st.sampled_from(["FY2024", "FY2030", "", "NaT", "soon", float("nan"), 20240930, b"2024", []]),
)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _rules(result: ValidationResult) -> list[str]:
    return [issue.rule for issue in result.issues]


# Codes that are good, and on which days


@pytest.mark.parametrize("text", ["C94.20", "c9420", " C94.20 ", "C 94.20", "\uff23\uff19\uff14.20"])
def test_a_good_code(text: str) -> None:
    result = lc.validate_code(text)
    assert (result.result, result.valid, bool(result), result.issues) == ("valid", True, True, ())
    assert (result.code, result.input, result.release, result.on) == (
        "C94.20",
        text,
        "FY2027",
        date(2026, 10, 1),
    )
    assert result.concept == lc.lookup("C94.20")
    assert lc.is_valid(text)


def test_every_boundary_of_the_validity_table() -> None:
    wrong = []
    for row in _rows("billable_validity.tsv"):
        start = date.fromisoformat(row["valid_from"])
        end = date.fromisoformat(row["valid_to"]) if row["valid_to"] else LAST
        days = {edge + timedelta(days=step) for edge in (start, end) for step in (-1, 0, 1)}
        for day in days | {date(2026, 11, 21)}:
            expected = start <= day <= end
            result = lc.validate_code(row["code"], on=day)
            answers = {
                lc.is_valid(row["code"], on=day),
                lc.is_valid(row["code"].replace(".", "").lower(), on=day.isoformat()),
                result.valid,
            }
            rules = set() if expected else {_rule_off_time(day)}
            if answers != {expected} or set(_rules(result)) != rules:
                wrong.append((row["code"], day, answers, _rules(result)))
    assert not wrong


def _rule_off_time(day: date) -> str:
    if day < FIRST:
        return "LK-D001"
    return "LK-D002" if day > LAST else "LK-S008"


def test_headers_are_never_valid() -> None:
    billable = {row["code"] for row in _rows("billable_validity.tsv")}
    for code in system().codes:
        if code not in billable:
            assert not lc.is_valid(code)
            assert "LK-S003" in _rules(lc.validate_code(code)) or lc.get(code) is None


# Codes that are not, one rule at a time


@pytest.mark.parametrize("row", _rows("codes_to_refuse.tsv"), ids=lambda row: row["input"])
def test_codes_to_refuse(row: dict[str, str]) -> None:
    result = lc.validate_code(row["input"])
    assert result.issues[0].rule == row["rule"]
    assert " ".join(result.issues[0].suggestions) == row["suggestions"]
    assert not result
    assert not lc.is_valid(row["input"])
    assert row["input"] in result.issues[0].message


@pytest.mark.parametrize("value", [None, float("nan"), "", "  ", "\u00a0"])
def test_nothing_given(value: object) -> None:
    result = lc.validate_code(value)
    assert (result.result, _rules(result), result.code) == ("invalid", ["LK-S012"], None)


def test_missing_values_of_data_frames() -> None:
    class NAType:
        """Stands in for pandas.NA, which refuses to be compared."""

        def __eq__(self, other: object) -> bool:
            raise TypeError

        __hash__ = None  # type: ignore[assignment] - as pandas does

    assert _rules(lc.validate_code(NAType())) == ["LK-S012"]
    assert not lc.is_valid(NAType())


@pytest.mark.parametrize("value", [9420, 94.2, b"C94.20", ["C94.20"], True, date(2024, 1, 1)])
def test_other_types(value: object) -> None:
    result = lc.validate_code(value)
    assert (result.result, _rules(result), result.code) == ("invalid", ["LK-S001"], None)


def test_a_repr_that_raises() -> None:
    class Hostile:
        def __repr__(self) -> str:
            raise RuntimeError

    assert _rules(lc.validate_code(Hostile())) == ["LK-S001"]


@pytest.mark.parametrize("on", [None, "soon"])
def test_a_result_holds_the_input_as_json_can(on: str | None) -> None:
    given_and_kept = [
        ("x" * 64, "x" * 64),
        ("x" * 65, "x" * 64 + "\u2026"),
        ("na\u00efve", "na\u00efve"),
        ("C94.20\ud800", "C94.20\\ud800"),
        (9420, "9420"),
        (None, "None"),
        (["C94.20"], "['C94.20']"),
    ]
    for value, kept in given_and_kept:
        assert lc.validate_code(value, on=on).input == kept


def test_the_message_says_what_to_do() -> None:
    assert lc.validate_code("C94.2", on=date(2026, 11, 21)).issues[0].message == (
        "'C94.2' is a header in ICD-10-CM FY2027 and cannot be billed; use C94.20, C94.21 or C94.22"
    )


@pytest.mark.parametrize(
    "value",
    [
        *(row["input"] for row in _rows("codes_to_refuse.tsv")),
        *(None, "", 9420, "C86.4-", "C91.7-", "C91.20", "C86.40-", "Z85.70-", "leukemia", "C94.2", "G92"),
    ],
)
@pytest.mark.parametrize("on", [None, "2024-09-30", "2021-09-30", "soon"])
def test_messages_quote_the_input_in_small_words(value: object, on: str | None) -> None:
    for issue in lc.validate_code(value, on=on).issues:
        assert issue.message.startswith((repr(value), repr(on)))
        assert odd_words(issue.message, on if issue.rule.startswith("LK-D") else value) == []


@pytest.mark.parametrize(
    ("value", "on", "advice"),
    [
        ("C91.B", None, "; look below C91"),
        ("Z85.70", None, "; use Z85.71, Z85.72 or Z85.79"),
        ("C92.03", None, "; use C92.00, C92.01 or C92.02"),
        ("C91.0X0", None, "; use C91.00"),
        ("C94.61", None, "; use C94.6"),
        ("C91.7-", None, "; give the whole code"),
        ("C91.0-", None, "; use C91.00, C91.01 or C91.02"),
        ("E88", None, "; name one below it"),
        ("D57.431", "2020-09-30", "; look up what was valid then"),
        ("C86.4", None, "; it changed on 2024-10-01; use C86.40 or C86.41"),
        ("C86.40", "2024-09-30", "; use C86.4"),
        ("E11.9", None, "; check it against the full code set"),
        ("leukemia", None, ", such as C94.20"),
        (9420, None, "; give the code as text, such as 'C94.20'"),
        (None, None, "; give an ICD-10-CM code"),
    ],
)
def test_a_message_ends_with_what_to_do(value: object, on: str | None, advice: str) -> None:
    assert lc.validate_code(value, on=on).issues[-1].message.endswith(advice)


def test_the_date_of_the_change_is_named() -> None:
    (after,) = lc.validate_code("C86.4", on=date(2025, 1, 1)).issues
    assert (after.rule, after.suggestions) == ("LK-S008", ("C86.40", "C86.41"))
    assert "until 2024-09-30" in after.message
    assert "2024-10-01" in after.message
    (before,) = lc.validate_code("C86.40", on=date(2024, 9, 30)).issues
    assert (before.rule, before.suggestions) == ("LK-S008", ("C86.4",))
    assert "2024-10-01" in before.message


@pytest.mark.parametrize(
    ("code", "on", "suggestions"),
    [
        ("C96.22", "2017-09-30", "C96.2"),
        ("D72.110", "2020-09-30", "D72.1"),
        ("D72.11", "2020-09-30", "D72.1"),
        ("C83.39", "2024-10-01", "C83.390 C83.398"),
        ("C83.390", "2024-09-30", "C83.39"),
        ("C88.01", "2024-09-30", "C88.0"),
    ],
)
def test_predecessors_and_successors(code: str, on: str, suggestions: str) -> None:
    (issue,) = lc.validate_code(code, on=on).issues
    assert (issue.rule, " ".join(issue.suggestions)) == ("LK-S008", suggestions)


def test_a_new_code_beside_old_ones_offers_those() -> None:
    (issue,) = lc.validate_code("C81.0A", on="2024-09-30").issues
    assert issue.suggestions == tuple(f"C81.0{site}" for site in range(10))


def test_all_that_is_broken_is_said_most_important_first() -> None:
    assert _rules(lc.validate_code("C86.4-")) == ["LK-S008", "LK-S011"]
    assert _rules(lc.validate_code("C91.7-")) == ["LK-S006", "LK-S011"]
    assert _rules(lc.validate_code("C91.20")) == ["LK-S009", "LK-S006"]


def test_what_could_be_either_is_a_query_and_not_checked() -> None:
    result = lc.validate_code("V10.60")
    assert (result.result, _rules(result)) == ("not_checked", ["LK-S007", "LK-S010"])
    assert result.issues[0].severity is Severity.QUERY


def test_out_of_scope_is_not_invalid() -> None:
    for code in ("E11.9", "C34.90", "E88.40", "Z79.4"):
        result = lc.validate_code(code)
        assert (result.result, result.valid, result.code) == ("not_checked", False, code)


def test_a_placeholder_is_no_status() -> None:
    (issue,) = lc.validate_code("C94.6X").issues
    assert (issue.rule, issue.suggestions) == ("LK-S004", ("C94.6",))


def test_cyrillic_letters_are_look_alikes() -> None:
    (issue,) = lc.validate_code("\u0421\u0039\u0031.00").issues
    assert (issue.rule, issue.suggestions) == ("LK-S009", ("C91.00",))


# Dates


@pytest.mark.parametrize(
    ("on", "rule"),
    [
        (date(2015, 9, 30), "LK-D001"),
        ("FY2015", "LK-D001"),
        (date(2027, 10, 1), "LK-D002"),
        ("", "LK-D003"),
        ("NaT", "LK-D003"),
        (float("nan"), "LK-D003"),
        ("yesterday", "LK-D004"),
        (20240930, "LK-D004"),
    ],
)
def test_a_date_that_cannot_be_used(on, rule: str) -> None:
    known = lc.validate_code("C94.20", on=on)
    assert (known.result, _rules(known), known.code, known.on) == ("not_checked", [rule], "C94.20", None)
    assert (known.input, known.release, known.concept) == ("C94.20", "FY2027", None)
    assert known.issues[0].release == "FY2027"
    # C86.4 was billable once, so that without a date nothing can be said against it.
    assert _rules(lc.validate_code("C86.4", on=on)) == [rule]
    header = lc.validate_code("C94.2", on=on)
    assert (header.result, _rules(header)) == ("invalid", ["LK-S003", rule])
    malformed = lc.validate_code("leukemia", on=on)
    assert (malformed.result, _rules(malformed)) == ("invalid", ["LK-S001", rule])
    outside = lc.validate_code("E11.9", on=on)
    assert (outside.result, _rules(outside)) == ("not_checked", [rule, "LK-S010"])
    assert not lc.is_valid("C94.20", on=on)


def test_dates_of_every_kind_agree() -> None:
    for on in ("2024-09-30", date(2024, 9, 30), datetime(2024, 9, 30, 23, 59), "FY2024"):  # noqa: DTZ001 - a naive moment is a case
        assert lc.is_valid("C86.4", on=on)
        assert lc.validate_code("C86.4", on=on)
        assert not lc.is_valid("C86.40", on=on)


def test_no_date_is_the_newest_release() -> None:
    assert lc.validate_code("C86.4").release == "FY2027"
    assert not lc.is_valid("C86.4")
    assert lc.is_valid("C86.40")
    # A code that begins with the newest release.
    assert lc.is_valid("C79.83")
    assert not lc.is_valid("C79.83", on="2026-09-30")


# Many


def test_validate_codes_keeps_order_and_length() -> None:
    values = ["C94.20", None, "C94.2", "E11.9", "C94.20"]
    results = lc.validate_codes(iter(values), on="2026-11-21")
    assert [result.result for result in results] == ["valid", "invalid", "invalid", "not_checked", "valid"]
    assert results == [lc.validate_code(value, on="2026-11-21") for value in values]
    assert lc.validate_codes([]) == []


@pytest.mark.parametrize("text", ["C94.20", b"C94.20"])
def test_validate_codes_wants_a_list(text) -> None:
    with pytest.raises(
        TypeError, match=r"^codes must be a list of codes, not a string; use validate_code for one$"
    ):
        lc.validate_codes(text)


@pytest.mark.parametrize("shown", ["C86.4", " C86.4 ", "C86.4" + " " * 40])
def test_the_last_day_of_a_code_is_one_of_its_days(shown: str) -> None:
    """C86.4 was billable until 2024-09-30 (FY2024 addenda), however it is written."""
    assert lc.validate_code(shown, on="2024-09-30").result is ValidationOutcome.VALID
    assert lc.validate_code(shown, on="2024-10-01").result is ValidationOutcome.INVALID


@pytest.mark.parametrize("tail", ["5", "55", "ZZ", "555"])
def test_what_is_no_code_is_led_back_to_the_longest_header(tail: str) -> None:
    issue = lc.validate_code(f"C91.0{tail}").issues[0]
    assert issue.suggestions == ("C91.00", "C91.01", "C91.02")


# Laws


@given(ANYTHING, WHENEVER)
@example("C94.20", date(2015, 9, 30))
@example("V10.60", None)
def test_never_raises_and_says_the_same_twice(value: object, on) -> None:
    result = lc.validate_code(value, on=on)
    assert lc.is_valid(value, on=on) is result.valid
    assert result.valid == (result.result is ValidationOutcome.VALID) == (not result.issues)
    errors = [issue for issue in result.issues if issue.severity is Severity.ERROR]
    assert (result.result is ValidationOutcome.INVALID) <= bool(errors)
    assert len(result.input) < 800
    for issue in result.issues:
        assert issue.source == RULES[issue.rule].source
        assert len(issue.message) < 600


@given(TYPED, WHENEVER)
def test_results_come_back_from_json_and_pickle(value: object, on) -> None:
    result = lc.validate_code(value, on=on)
    assert pickle.loads(pickle.dumps(result)) == result
    assert ValidationResult.model_validate_json(result.model_dump_json()) == result


@given(TYPED | st.text(max_size=8), WHENEVER)
def test_suggestions_are_valid_on_the_date(value: object, on) -> None:
    for issue in lc.validate_code(value, on=on).issues:
        assert len(set(issue.suggestions)) == len(issue.suggestions)
        assert all(lc.is_valid(code, on=on) for code in issue.suggestions)


@given(
    TYPED.filter(lambda text: "O" not in text and "l" not in text and "Z" not in text),
    DAYS,
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", " ", "\u00a0", "\n"]),
)
def test_all_spellings_of_a_code_have_one_answer(text, on, lower, dotted, space) -> None:
    spelt = text if dotted or text[:1].isdigit() else text.replace(".", "", 1)
    spelt = f"{space}{spelt.lower() if lower else spelt}{space}"
    one, other = lc.validate_code(text, on=on), lc.validate_code(spelt, on=on)
    if one.code is None or other.code is None:
        return
    assert (one.code, one.result, one.concept) == (other.code, other.result, other.concept)
    assert _rules(one) == _rules(other)
    assert [issue.suggestions for issue in one.issues] == [issue.suggestions for issue in other.issues]


@given(TYPED, DAYS)
def test_an_answer_agrees_with_lookup(text: str, on: date) -> None:
    result, concept = lc.validate_code(text, on=on), lc.get(text, on=on)
    assert result.concept == concept
    if result.valid:
        assert concept is not None
        assert concept.billable


@pytest.mark.parametrize("code", ["E88", "G92", "R50", "T45", "Z80", "Z85"])
def test_a_header_of_which_only_part_is_packaged_offers_no_code(code: str) -> None:
    issue = lc.validate_code(code).issues[0]
    assert (issue.rule, issue.suggestions) == ("LK-S003", ())


def test_before_its_split_a_partly_packaged_header_is_not_judged() -> None:
    """G92 was billable until 2021-09-30, and only what came of it for leukemia claims is packaged."""
    before, after = (lc.validate_code("G92", on=day) for day in ("2021-09-30", "2021-10-01"))
    assert before.result is ValidationOutcome.NOT_CHECKED
    assert [issue.rule for issue in after.issues] == ["LK-S003"]
