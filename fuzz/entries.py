"""The public entries as functions of bytes: each calls one and checks its answer.

An exception that the entry documents is an answer; any other, and any broken invariant, is a finding.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from columns_entry import columns
from files_entry import files
from invariants import (
    check_answer,
    check_claim,
    check_concept,
    check_mentions,
    check_resolution,
    check_validation,
)
from parquet_entry import parquet
from pydantic import ValidationError
from spark_columns import spark
from views_entry import views

import leukcodes as lc
from leukcodes.codesystem import When

__all__ = ["ENTRIES", "ON_DEMAND", "RECORDS", "WHOLE", "examples"]

SETTINGS = (None, lc.Setting.INPATIENT, lc.Setting.OUTPATIENT)
DAYS: tuple[When, ...] = (None, "FY2016", "2018-02-28", "2024-09-30", "FY2025", "2026-10-01")
RECORDS = (
    lc.Resolution,
    lc.ValidationResult,
    lc.ClaimResult,
    lc.Mention,
    lc.Release,
    lc.Note,
    lc.Translation,
)
CODE_TYPES = (lc.IcdCode, lc.LeukemiaCode, lc.BillableLeukemiaCode, lc.BillableCode)


def _options(data: bytes) -> tuple[int, str]:
    """A number that chooses options, and the rest as text; bytes that are no UTF-8 become lone surrogates."""
    return (data[0] if data else 0), data[1:].decode("utf-8", "surrogateescape")


def _pick(number: int, *choices: tuple[Any, ...]) -> list[Any]:
    picked = []
    for options in choices:
        number, place = divmod(number, len(options))
        picked.append(options[place])
    return picked


def resolve(data: bytes) -> None:
    """One diagnosis text."""
    number, text = _options(data)
    setting, on, unspecified, vocabulary = _pick(number, SETTINGS, DAYS, ("nos", "ask"), ("all", "official"))
    found = lc.resolve(text, on=on, setting=setting, unspecified_status=unspecified, vocabulary=vocabulary)
    check_resolution(found, text, on)
    if unspecified == "ask":
        assert found.status.basis is not lc.StatusBasis.DEFAULTED or found.status.value is None


def resolve_many(data: bytes) -> None:
    """A text a line: in order, the same as one by one."""
    number, text = _options(data)
    texts = text.split("\n")
    (on,) = _pick(number, DAYS)
    found = lc.resolve_many(texts, on=on)
    assert found == [lc.resolve(each, on=on) for each in texts]


def scan(data: bytes) -> None:
    """A note."""
    number, text = _options(data)
    setting, on = _pick(number, SETTINGS, DAYS)
    check_mentions(lc.scan(text, setting=setting, on=on), text, on)


def search(data: bytes) -> None:
    """What somebody typed."""
    number, text = _options(data)
    limit, billable, on = _pick(number, (10, 1, 0, 3), (None, True, False), DAYS)
    hits = lc.search(text, limit=limit, billable=billable, on=on)
    assert len(hits) <= limit
    assert len({hit.code for hit in hits}) == len(hits)
    for hit in hits:
        assert hit == lc.lookup(hit.code, on=on)
        assert billable is None or hit.billable is billable
        assert hit.match.marked("", "") == hit.match.text


def codes(data: bytes) -> None:
    """One code, by every function that takes one."""
    number, text = _options(data)
    (on,) = _pick(number, DAYS)
    found = lc.validate_code(text, on=on)
    check_validation(found)
    assert lc.is_valid(text, on=on) is found.valid
    concept = lc.get(text, on=on)
    assert (concept is None) == _refused(lambda: lc.lookup(text, on=on))
    if concept is not None:
        check_concept(concept, on)
        assert lc.subsumes(text, concept.code, on=on) == "equivalent"
    for kind in CODE_TYPES:
        if not _refused(lambda kind=kind: kind(text)):
            assert lc.IcdCode(text) == kind(text) == lc.validate_code(text).code


def dates(data: bytes) -> None:
    """A date as text."""
    _, text = _options(data)
    found = lc.validate_code("C92.00", on=text)
    check_validation(found)
    assert found.valid == lc.is_valid("C92.00", on=text)
    try:
        release = lc.release_on(text)
    except lc.ReleaseNotFoundError:
        assert found.on is None
        assert not found.valid
        return
    assert release.name == found.release
    assert found.on is not None
    assert found.on in release
    check_answer(lc.resolve("AML", on=text), text)


def claims(data: bytes) -> None:
    """A claim: a code a line; the first line may be its date."""
    number, text = _options(data)
    day, *lines = text.split("\n")
    setting, age = _pick(number, SETTINGS, (None, 0, 17, 67.5, float("nan")))
    check_claim(lc.validate_claim(lines, on=day or None, setting=setting, age=age), len(lines))


def translate(data: bytes) -> None:
    """A code to and from every other system."""
    number, text = _options(data)
    on, name = _pick(number, DAYS, lc.code_systems())
    for way in ({"to": name}, {"from_": name}):
        try:
            rows = lc.translate(text, on=on, **way)
        except (lc.InvalidCodeError, lc.UnknownCodeError, lc.UnknownNameError):
            continue
        for row in rows:
            assert row.source
            assert (row.target_code is None) is row.no_map


def sets(data: bytes) -> None:
    """Codes to expand, a line each."""
    number, text = _options(data)
    with suppress(lc.UnknownNameError):
        assert lc.value_set(text).name in lc.value_sets()
    on, billable, status = _pick(number, DAYS, (None, True, False), (None, *lc.DiseaseStatus))
    try:
        found = lc.expand(text.split("\n"), on=on, billable=billable, status=status)
    except (lc.InvalidCodeError, lc.UnknownCodeError):
        return
    assert len(set(found.to_list())) == len(found) == len(pickle.loads(pickle.dumps(found)))
    listed = json.loads(found.to_fhir_json()).get("compose", {}).get("include", [{"concept": []}])
    assert [row["code"] for row in listed[0]["concept"]] == found.to_list()
    for concept in found:
        check_concept(concept, on)
        assert billable is None or concept.billable is billable
        assert status is None or concept.status is status


def records(data: bytes) -> None:
    """JSON read back into a record."""
    kind = RECORDS[data[0] % len(RECORDS) if data else 0]
    try:
        record = kind.model_validate_json(data[1:])
    except ValidationError:
        return
    assert kind.model_validate_json(record.model_dump_json()) == record


def examples() -> list[Any]:
    """A record of each kind, in the order of `RECORDS`."""
    claim = lc.validate_claim(["C92.01", "Z85.6", "C91.1"], on="2026-11-21")
    (mention,) = lc.scan("AML in relapse")
    (note, *_), (row, *_) = lc.lookup("C92.0").notes(), lc.translate("C92.00", to="icd9cm")
    return [lc.resolve("PLL"), claim.codes[2], claim, mention, lc.releases()[0], note, row]


def _refused(call: Callable[[], object]) -> bool:
    try:
        call()
    except (lc.InvalidCodeError, lc.UnknownCodeError):
        return True
    return False


WHOLE: dict[str, Callable[[bytes], None]] = {
    entry.__name__: entry for entry in (columns, files, parquet, views)
}
"""Those that take a table or make a page; some of their runs take a tenth of a second."""

ENTRIES: dict[str, Callable[[bytes], None]] = {
    **{
        entry.__name__: entry
        for entry in (resolve, resolve_many, scan, search, codes, dates, claims, translate, sets, records)
    },
    **WHOLE,
}

ON_DEMAND: dict[str, Callable[[bytes], None]] = {"spark": spark}
"""Those that take seconds for an input: only run by name."""
