"""The packaged data files. The only module that touches importlib_resources."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from importlib_resources import files

__all__ = ["damaged_files", "read_bytes", "read_json"]


def read_bytes(name: str) -> bytes:
    """The bytes of a packaged data file."""
    return files("leukcodes").joinpath("_data", name).read_bytes()


def read_json(name: str) -> Any:
    """A packaged data file, parsed."""
    return json.loads(read_bytes(name))


def damaged_files() -> tuple[str, ...]:
    """Names of data files that are missing or differ from the manifest's sha256; empty when all is well."""
    entries: dict[str, dict[str, Any]] = read_json("manifest.json")["files"]
    return tuple(name for name, entry in entries.items() if _digest(name) != entry["sha256"])


def _digest(name: str) -> str | None:
    try:
        return hashlib.sha256(read_bytes(name)).hexdigest()
    except OSError:
        return None
