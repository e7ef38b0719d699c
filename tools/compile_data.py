"""Compile data/ into the files the package ships, src/leukcodes/_data/, the same bytes on every run.

    python tools/compile_data.py            write the files
    python tools/compile_data.py --check    write nothing; exit 1 and name each file with a byte of drift

Every row is validated with the package's own types first; a bad row stops the run.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from compile_claims import compile_edges  # noqa: E402 - found on the path set above
from data_checks import check_data  # noqa: E402 - found on the path set above
from front_coding import front_coded, front_coded_lines  # noqa: E402 - found on the path set above
from tsv import Row, read_table  # noqa: E402 - found on the path set above

SCHEMA = 1
OFFICIAL_TITLES = {"title", "icd10cm_title", "icd10cm_label"}
PACKAGED = ROOT / "src" / "leukcodes" / "_data"


def compile_codes(data: Path) -> dict[str, Any]:
    """The content of codes.json."""
    rows = read_table(data / "codes.tsv")
    releases = read_table(data / "releases.tsv")
    versions: dict[str, list[Row]] = {}
    for row in rows:
        versions.setdefault(row["code"], []).append(row)
    return {
        "schema": SCHEMA,
        "newest": releases[-1]["name"],
        "releases": releases,
        "chapters": {row["id"]: row["title"] for row in read_table(data / "chapters.tsv")},
        "blocks": {
            row["id"]: {"chapter": row["chapter"], "title": row["title"], "parent": row["parent"] or None}
            for row in read_table(data / "blocks.tsv")
        },
        "complete": [row["prefix"] for row in read_table(data / "complete.tsv")],
        "codes": _codes(versions),
        "versions": _with_lines([_version(span) for spans in versions.values() for span in spans], 2),
        "families": {row["family"]: _family(row) for row in read_table(data / "families.tsv")},
    }


def _columns(rows: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """A table by columns, which packs smaller than by rows."""
    return list(zip(*rows, strict=True))


def _with_lines(rows: Iterable[Sequence[Any]], *places: int) -> list[Any]:
    """A table by columns, those at the places front-coded."""
    columns: list[Any] = list(_columns(rows))
    for place in places:
        columns[place] = front_coded_lines(columns[place])
    return columns


def _codes(versions: dict[str, list[Row]]) -> list[Any]:
    """Codes, scopes, blocks and numbers of versions by columns; the parent is seen from the code."""
    rows = [(spans[0]["scope"], spans[0]["block"], len(spans)) for spans in versions.values()]
    return [front_coded(map(str.lower, versions)), *_columns(rows)]


def _version(row: Row) -> list[Any]:
    return [
        row["valid_from"],
        row["valid_to"] or None,
        row["title"],
        int(row["billable"]),
        row["title_release"],
    ]


def _family(row: Row) -> dict[str, Any]:
    codes = [row[name] or None for name in ("not_in_remission", "in_remission", "in_relapse")]
    slots = {name: row[name] for name in ("lineage", "acuity", "cell_type")}
    return {"scheme": row["scheme"], "codes": codes} | slots


def compile_notes(data: Path) -> list[Any]:
    """The content of notes.json."""
    rows = read_table(data / "notes.tsv")
    table = [
        [row["owner"], row["kind"], row["text"], row["refs"].split(), row["releases"].split()] for row in rows
    ]
    return _with_lines(table, 0, 2)


def compile_index(data: Path) -> list[Any]:
    """The content of index.json."""
    rows = read_table(data / "index.tsv")
    table = [[row["path"], row["code"], row["see"], row["see_also"], row["releases"].split()] for row in rows]
    return _with_lines(table, 0)


def compile_crosswalks(data: Path) -> dict[str, Any]:
    """The content of crosswalks.json; a source that all rows share is given once.

    Titles of ICD-10-CM codes are left out: codes.json has the official ones.
    """
    return {path.stem: _crosswalk(read_table(path)) for path in sorted((data / "crosswalks").glob("*.tsv"))}


def _crosswalk(rows: Sequence[Row]) -> dict[str, Any]:
    sources = {row["source"] for row in rows}
    left_out = OFFICIAL_TITLES if len(sources) > 1 else OFFICIAL_TITLES | {"source"}
    columns = [name for name in rows[0] if name not in left_out]
    return {
        "columns": {name: front_coded_lines(row[name] for row in rows) for name in columns},
        "source": sources.pop() if len(sources) == 1 else None,
    }


def compile_synonyms(data: Path) -> list[Any]:
    """The content of synonyms.json."""
    rows = read_table(data / "synonyms.tsv")
    return _with_lines([[row["term"], row["kind"], row["codes"].split()] for row in rows], 0)


def compile_value_sets(data: Path) -> dict[str, Any]:
    """The content of value_sets.json; the counts are for the tests alone."""
    return {row["name"]: _value_set(row) for row in read_table(data / "value_sets.tsv")}


def _value_set(row: Row) -> dict[str, Any]:
    filters = {name: row[name] for name in ("scope", "status", "acuity", "lineage", "cell_type") if row[name]}
    return {"title": row["title"], "codes": row["codes"].split(), "filters": filters, "source": row["source"]}


def compile_all(data: Path) -> dict[str, bytes]:
    """Every compiled file by name, the manifest last."""
    content: dict[str, Any] = {
        "codes.json": compile_codes(data),
        "crosswalks.json": compile_crosswalks(data),
        "edges.json": compile_edges(data),
        "index.json": compile_index(data),
        "notes.json": compile_notes(data),
        "synonyms.json": compile_synonyms(data),
        "value_sets.json": compile_value_sets(data),
    }
    if (data / "lexicon").is_dir():
        content["lexicon.json"] = importlib.import_module("compile_lexicon").compile_lexicon(data)
    files = {name: _dump(value) for name, value in sorted(content.items())}
    entries = {name: {"sha256": _sha256(raw), "bytes": len(raw)} for name, raw in files.items()}
    manifest = {"data_version": _data_version(data, entries), "files": entries}
    return files | {"manifest.json": _dump(manifest)}


def _data_version(data: Path, entries: dict[str, dict[str, Any]]) -> str:
    """The newest release and a digest of the content: the same version means the same data."""
    digests = "".join(entry["sha256"] for entry in entries.values())
    return f"{read_table(data / 'releases.tsv')[-1]['name']}+{_sha256(digests.encode())[:12]}"


def _dump(value: Any) -> bytes:
    """Compact JSON; the order of objects is that of the data, which is sorted in tabular order."""
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def drift(files: dict[str, bytes], target: Path) -> list[str]:
    """Names of files in `target` that are missing, differ or should not be there."""
    present = {path.name for path in target.glob("*.json")}
    changed = {
        name for name, raw in files.items() if name not in present or (target / name).read_bytes() != raw
    }
    return sorted(changed | (present - files.keys()))


def _write(files: dict[str, bytes], target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for name, raw in files.items():
        (target / name).write_bytes(raw)


def _report(lines: Iterable[str]) -> int:
    found = list(lines)
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="the data folder")
    parser.add_argument("--target", type=Path, default=PACKAGED, help="where to write")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    options = parser.parse_args(arguments)
    if status := _report(check_data(options.data)):
        return status
    files = compile_all(options.data)
    if options.check:
        return _report(f"{name} is not what data/ compiles to" for name in drift(files, options.target))
    _write(files, options.target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
