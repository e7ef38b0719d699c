"""The packaged data files. The only module that touches importlib_resources."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any, Final

from importlib_resources import files

__all__ = [
    "damaged_files",
    "front_decoded",
    "read_bytes",
    "read_json",
    "read_notes",
    "read_rows",
    "rows_of",
]

_CODED: Final = re.compile("[A-Z][^A-Z]*")
_NOTHING: Final = ord("A")


def read_bytes(name: str, folder: str = "_data") -> bytes:
    """The bytes of a packaged file, of the data unless another folder of the package is named."""
    return files("leukcodes").joinpath(folder, name).read_bytes()


def read_json(name: str) -> Any:
    """A packaged data file, parsed."""
    return json.loads(read_bytes(name))


def read_rows(name: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a packaged table, which is stored by columns."""
    return rows_of(read_json(name))


def rows_of(columns: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a table given by columns, of which those of texts may be front-coded."""
    return zip(*(_front_lines(each) if isinstance(each, str) else each for each in columns), strict=True)


def front_decoded(packed: str) -> list[str]:
    """Words in lower case, each stored as how many letters it shares with the one before and the rest."""
    return _unshared(_CODED.findall(packed))


def _front_lines(packed: str) -> list[str]:
    """Texts stored in the same way, a line for each."""
    return _unshared(packed.split("\n"))


def _unshared(parts: list[str]) -> list[str]:
    words = accumulate(parts, lambda word, part: word[: ord(part[0]) - _NOTHING] + part[1:], initial="")
    return list(words)[1:]


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
