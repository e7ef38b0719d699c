"""The small official tables that follow from codes.tsv: blocks, chapters and the history of changes."""

from __future__ import annotations

from datetime import date, timedelta

from official import Official
from tsv import Row

__all__ = ["build_blocks", "build_chapters", "build_history"]


def build_blocks(official: Official, codes: list[Row]) -> list[Row]:
    """Rows of blocks.tsv: the blocks the codes lie in, and the ranges around those."""
    newest = list(official.tabulars.values())[-1]
    wanted: set[str] = set()
    for row in codes:
        step: str | None = row["block"]
        while step:
            wanted.add(step)
            step = newest.blocks[step].parent
    return [
        {"id": block.id, "chapter": block.chapter, "parent": block.parent or "", "title": block.title}
        for block in newest.blocks.values()
        if block.id in wanted
    ]


def build_chapters(official: Official, codes: list[Row]) -> list[Row]:
    """Rows of chapters.tsv."""
    wanted = {row["chapter"] for row in codes}
    newest = list(official.tabulars.values())[-1]
    return [{"id": c.id, "title": c.title} for c in newest.chapters.values() if c.id in wanted]


def build_history(codes: list[Row]) -> list[Row]:
    """Rows of history.tsv: what the versions of codes.tsv say changed, by date."""
    first_day = min(row["valid_from"] for row in codes)
    last_of: dict[str, Row] = {}
    changes: list[Row] = []
    for row in codes:
        before = last_of.get(row["code"])
        if before is None and row["valid_from"] != first_day:
            changes.append(_change("added", row, "", row["title"]))
        if before and before["title"] != row["title"]:
            changes.append(_change("revised", row, before["title"], row["title"]))
        if before and before["billable"] > row["billable"]:
            changes.append(_change("became_header", row, before["title"], row["title"]))
        last_of[row["code"]] = row
    for row in last_of.values():
        if row["valid_to"]:
            day = (date.fromisoformat(row["valid_to"]) + timedelta(days=1)).isoformat()
            changes.append(_change("deleted", row | {"valid_from": day}, row["title"], ""))
    return sorted(changes, key=lambda change: change["effective"])


def _change(change: str, row: Row, old: str, new: str) -> Row:
    effective = row["valid_from"]
    year = int(effective[:4]) + (effective[5:7] >= "10")
    note = "billable" if row["billable"] == "1" else "header"
    return {
        "fy": f"FY{year}",
        "effective": effective,
        "change": change,
        "code": row["code"],
        "old_title": old,
        "new_title": new,
        "note": note,
        "source": "billable_validity" if change in ("became_header", "deleted") else row["source"],
    }
