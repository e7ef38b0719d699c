"""The packaged data files. The only module that touches importlib_resources."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from importlib_resources import files

__all__ = ["damaged_files", "read_bytes", "read_json", "read_notes", "read_rows"]


def read_bytes(name: str, folder: str = "_data") -> bytes:
    """The bytes of a packaged file, of the data unless another folder of the package is named."""
    return files("leukcodes").joinpath(folder, name).read_bytes()


def read_json(name: str) -> Any:
    """A packaged data file, parsed."""
    return json.loads(read_bytes(name))


def read_rows(name: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a packaged table, which is stored by columns."""
    return zip(*read_json(name), strict=True)


def read_notes() -> dict[str, list[tuple[str, str, list[str], list[str]]]]:
    """Kind, text, references and releases of the notes at each code, block and chapter, in printed order."""
    notes: dict[str, list[tuple[str, str, list[str], list[str]]]] = {}
    for owner, *note in read_rows("notes.json"):
        kind, text, refs, releases = note
        notes.setdefault(owner, []).append((kind, text, refs, releases))
    return notes


def damaged_files() -> tuple[str, ...]:
    """Names of data files that are missing or differ from the manifest's sha256; empty when all is well."""
    entries: dict[str, dict[str, Any]] = read_json("manifest.json")["files"]
    return tuple(name for name, entry in entries.items() if _digest(name) != entry["sha256"])


def _digest(name: str) -> str | None:
    try:
        return hashlib.sha256(read_bytes(name)).hexdigest()
    except OSError:
        return None
