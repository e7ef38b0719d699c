from __future__ import annotations

import json
import subprocess
import sys

import pytest
from surroundings import unmeasured

HEAVY = ("pandas", "polars", "pyarrow", "duckdb", "narwhals", "rapidfuzz", "typer", "rich", "numpy")
NETWORK = ("socket", "ssl", "http.client", "urllib.request")

# What a fresh interpreter loads and which data files it opens, with what `%s` does.
PROBE = """
import json, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
%s
json.dump({"modules": sorted(sys.modules), "data": [name for name in opened if "_data" in name]}, sys.stdout)
"""


def _probe(statements: str) -> tuple[set[str], list[str]]:
    run = subprocess.run(
        [sys.executable, "-c", PROBE % statements],
        env=unmeasured(),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(run.stdout)
    return set(found["modules"]), found["data"]


def test_import_reads_no_data_and_loads_nothing_heavy() -> None:
    modules, data = _probe("import leukcodes")
    assert data == []
    assert not modules & {*HEAVY, *NETWORK, "pydantic", "pydantic_core", "importlib_resources"}
    assert {name for name in modules if name.startswith("leukcodes")} == {"leukcodes", "leukcodes.display"}


def test_names_are_there_without_being_loaded() -> None:
    modules, data = _probe("import leukcodes; dir(leukcodes); leukcodes.__version__")
    assert data == []
    assert "leukcodes.codes" not in modules


@pytest.mark.parametrize(
    ("statements", "files"),
    [
        ("import leukcodes; leukcodes.lookup('C94.20').parent", ["codes.json"]),
        ("import leukcodes; leukcodes.is_valid('c9420', on='2024-01-01')", ["codes.json"]),
        ("import leukcodes; leukcodes.validate_code('C94.2')", ["codes.json"]),
        ("import leukcodes; leukcodes.lookup('C94.20').notes()", ["codes.json", "notes.json"]),
        ("import leukcodes; leukcodes.validate_code('204.00')", ["codes.json", "crosswalks.json"]),
    ],
)
def test_each_question_reads_only_what_it_needs(statements: str, files: list[str]) -> None:
    modules, data = _probe(statements)
    assert [name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1] for name in data] == files
    assert not modules & {*HEAVY, *NETWORK, "pydantic", "pydantic_core"}


def test_every_module_imports_without_a_frame_library() -> None:
    modules, _ = _probe("import leukcodes.resolver, leukcodes.terminology, leukcodes.types")
    assert not modules & {"pandas", "polars", "pyarrow", "duckdb", "narwhals", "typer", "rich"}
