"""The packaged maps to other code systems, each row as a `Translation` from ICD-10-CM."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Final

from leukcodes.crosswalks import common_source, crosswalk
from leukcodes.enums import DiseaseStatus, Relationship
from leukcodes.results import Translation

__all__ = ["ICD10CM", "MAPS", "CodeMap", "icd9_status", "inverted"]

ICD10CM: Final = "icd10cm"

# MS-DRG version 44 goes with fiscal year 2027, and so on back, one version a year.
_DRG_EPOCH: Final = 1983

_CCSR_DEFAULTS: Final = {"default_inpatient": "default_ip", "default_outpatient": "default_op"}

_INVERSE: Final = {
    Relationship.SOURCE_IS_NARROWER: Relationship.SOURCE_IS_BROADER,
    Relationship.SOURCE_IS_BROADER: Relationship.SOURCE_IS_NARROWER,
}

Row = Mapping[str, str]
Years = tuple[int, int]


@dataclass(frozen=True)
class CodeMap:
    """A map between ICD-10-CM and one other system.

    `rows` read it from ICD-10-CM, `back_rows` from the other system; without them the way back is the same
    rows turned round, where `way_back` allows it. `inherited`: what holds for a header holds, as a narrower
    code, for what lies below. `years` are the fiscal years in which a row stands, None for all.
    """

    name: str
    title: str
    rows: Callable[[], Iterator[Translation]]
    back_rows: Callable[[], Iterator[Translation]] | None = None
    way_back: bool = True
    inherited: bool = False
    years: Callable[[Translation], Years | None] = field(default=lambda _: None)

    @cached_property
    def forward(self) -> dict[str, list[Translation]]:
        """The rows by their ICD-10-CM code."""
        return _by_source(self.rows())

    @cached_property
    def backward(self) -> dict[str, list[Translation]]:
        """The rows by the other system's code."""
        if self.back_rows is not None:
            return _by_source(self.back_rows())
        return _by_source(inverted(row) for row in self.rows() if row.target_code is not None)


def inverted(row: Translation) -> Translation:
    """The same row read from its target; the title of the new target is the caller's to add."""
    return replace(
        row,
        source_system=row.target_system,
        source_code=row.target_code or "",
        target_system=row.source_system,
        target_code=row.source_code,
        target_title="",
        relationship=_INVERSE.get(row.relationship, row.relationship) if row.relationship else None,
    )


@cache
def icd9_status() -> Mapping[str, DiseaseStatus]:
    """The disease status that ICD-9-CM codes name, by code."""
    return {row["icd9cm"]: DiseaseStatus(row["status"]) for row in crosswalk("icd9cm_status")}


def _by_source(rows: Iterator[Translation]) -> dict[str, list[Translation]]:
    found: dict[str, list[Translation]] = {}
    for row in rows:
        found.setdefault(row.source_code, []).append(row)
    return found


def _source(table: str, row: Row) -> str:
    return row.get("source") or common_source(table)


def _gem(table: str, source: str, target: str) -> Iterator[Translation]:
    """A direction of the General Equivalence Mappings.

    They say identical or approximate, and not which code is wider. That follows from the rows where it does:
    several codes that share their only target are narrower than it, one code's several targets that are no
    other's are narrower than the code.
    """
    rows = crosswalk(table)
    targets, sources = _counts(rows, source), _counts(rows, target)
    for row in rows:
        yield Translation(
            source_system=source,
            source_code=row[source],
            target_system=target,
            target_code=row[target] or None,
            target_title=row.get(f"{target}_title", ""),
            relationship=_gem_relationship(row, targets[row[source]], sources[row[target]]),
            source=_source(table, row),
            version="2018",
            approximate=row["approximate"] == "1",
            no_map=row["no_map"] == "1",
            combination=row["combination"] == "1",
            scenario=int(row["scenario"]),
            choice_list=int(row["choice_list"]),
        )


def _counts(rows: tuple[Row, ...], column: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[row[column]] = found.get(row[column], 0) + 1
    return found


def _gem_relationship(row: Row, targets: int, sources: int) -> Relationship | None:
    if row["no_map"] == "1":
        return None
    if row["approximate"] == "0":
        return Relationship.EQUIVALENT
    if targets == 1 and sources > 1:
        return Relationship.SOURCE_IS_NARROWER
    if targets > 1 and sources == 1:
        return Relationship.SOURCE_IS_BROADER
    return Relationship.RELATED


def _icdo3() -> Iterator[Translation]:
    """Histology and behavior; the table at hand gives one of the several that a code can mean."""
    for row in crosswalk("icdo3"):
        site = f"{row['icdo3_site'][:3]}.{row['icdo3_site'][3:]}"
        yield Translation(
            source_system=ICD10CM,
            source_code=row["icd10cm"],
            target_system="icdo3",
            target_code=f"{row['histology']}/{row['behavior']}",
            target_title="",
            relationship=Relationship.INEXACT,
            source=_source("icdo3", row),
            note=f"site {site}, grade {row['grade']}",
        )


def _hcc(model: str, system: str, labels: str, prefix: str) -> Callable[[], Iterator[Translation]]:
    def rows() -> Iterator[Translation]:
        named = {row["category"]: row["label"] for row in crosswalk("hcc_labels") if row["model"] == labels}
        for row in crosswalk("cms_hcc"):
            if row["model"] == model:
                category = f"{prefix}{row['category']}"
                yield _category("cms_hcc", row, system, category, named[category], row["payment_year"])

    return rows


def _ccsr() -> Iterator[Translation]:
    for row in crosswalk("ccsr"):
        categories = row["categories"].split(";")
        titles = dict(zip(categories, row["category_descs"].split(";"), strict=True))
        titles.setdefault(row["default_ip"], row["default_ip_desc"])
        for category, title in titles.items():
            qualifiers = tuple(name for name, column in _CCSR_DEFAULTS.items() if row[column] == category)
            yield _category("ccsr", row, "ccsr", category, title, "v2023.1", qualifiers)


def _ms_drg() -> Iterator[Translation]:
    for row in crosswalk("ms_drg"):
        version = f"{row['from_version']}-{row['to_version']}"
        yield _category("ms_drg", row, "ms_drg", f"MDC {row['mdc']}", "", version, ("mdc",))
        yield _category("ms_drg", row, "ms_drg", row["cc_level"], "", version, ("cc_level",))


def _ms_drg_years(row: Translation) -> Years:
    first, last = (int(version[1:].split(".")[0]) for version in row.version.split("-"))
    return _DRG_EPOCH + first, _DRG_EPOCH + last


def _category(
    table: str, row: Row, system: str, code: str, title: str, version: str, qualifiers: tuple[str, ...] = ()
) -> Translation:
    return Translation(
        source_system=ICD10CM,
        source_code=row["code"],
        target_system=system,
        target_code=code,
        target_title=title,
        relationship=Relationship.SOURCE_IS_NARROWER,
        source=_source(table, row),
        version=version,
        qualifiers=qualifiers,
    )


def _who() -> Iterator[Translation]:
    """Code numbers only: WHO's titles are not packaged."""
    for row in crosswalk("icd10cm_to_who"):
        yield _who_row("icd10cm_to_who", row, (ICD10CM, row["icd10cm"]), ("who_icd10", row["who_icd10"]))


def _who_back() -> Iterator[Translation]:
    listed = {row["who_icd10"] for row in crosswalk("who_icd10")}
    for row in crosswalk("who_icd10"):
        for stem in row["cm_stem"].split("|"):
            yield _who_row("who_icd10", row, ("who_icd10", row["who_icd10"]), (ICD10CM, stem))
    yield from (inverted(row) for row in _who() if row.target_code not in listed)


def _who_row(table: str, row: Row, source: tuple[str, str], target: tuple[str, str]) -> Translation:
    return Translation(
        source_system=source[0],
        source_code=source[1],
        target_system=target[0],
        target_code=target[1] or None,
        target_title="",
        relationship=Relationship(row["relationship"]) if row["relationship"] else None,
        source=_source(table, row),
        version="2019",
        no_map=not target[1],
        note=row["note"],
    )


def _mondo() -> Iterator[Translation]:
    for row in crosswalk("mondo"):
        yield Translation(
            source_system=ICD10CM,
            source_code=row["icd10cm"],
            target_system="mondo",
            target_code=row["mondo_id"],
            target_title=row["mondo_label"],
            relationship=Relationship.EQUIVALENT,
            source=_source("mondo", row),
        )


MAPS: Final[Mapping[str, CodeMap]] = {
    entry.name: entry
    for entry in (
        CodeMap(
            "icd9cm",
            "ICD-9-CM (General Equivalence Mappings 2018)",
            lambda: _gem("icd10cm_to_icd9cm", "icd10cm", "icd9cm"),
            lambda: _gem("icd9cm_to_icd10cm", "icd9cm", "icd10cm"),
        ),
        CodeMap("icdo3", "ICD-O-3 histology and behavior", _icdo3, way_back=False, inherited=True),
        CodeMap(
            "cms_hcc_v24",
            "CMS-HCC V24",
            _hcc("CMS-HCC Model V24", "cms_hcc_v24", "CMS-HCC V24", "HCC"),
        ),
        CodeMap(
            "cms_hcc_v28",
            "CMS-HCC V28",
            _hcc("CMS-HCC Model V28", "cms_hcc_v28", "CMS-HCC V28", "HCC"),
        ),
        CodeMap("rxhcc", "RxHCC V08", _hcc("RxHCC Model V08", "rxhcc", "RxHCC R08", "RXHCC")),
        CodeMap("ccsr", "Clinical Classifications Software Refined v2023.1", _ccsr),
        CodeMap("ms_drg", "MS-DRG major diagnostic category and CC level", _ms_drg, years=_ms_drg_years),
        CodeMap("who_icd10", "WHO ICD-10 2019", _who, _who_back, inherited=True),
        CodeMap("mondo", "Mondo Disease Ontology, exact matches", _mondo, inherited=True),
    )
}
