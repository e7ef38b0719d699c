"""Write the parts of the site that follow from data and benchmarks: tables and charts to include."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import vl_convert

import leukcodes as lc

ROOT = Path(__file__).parents[1]
BENCHMARKS = ROOT / "docs" / "benchmarks"

# What a matcher answers, by column of the benchmark's table, in the order of the bars. Colour-blind people
# can tell the colours.
ANSWERS = {
    "right": ("right", "#2a78b5"),
    "asked": ("asked instead", "#e0a93b"),
    "no answer": ("no answer", "#a3a9b0"),
    "wrong": ("wrong code", "#c4462b"),
}


def write(folder: Path) -> None:
    """Write every part into `folder`; one that is as it was is left alone."""
    folder.mkdir(exist_ok=True)
    parts = {
        "sources.md": sources(),
        "releases.md": releases(),
        "splits.md": splits(),
        "changes.md": changes(),
        "accuracy.md": figure("Answers to strings that have one code", accuracy_chart()),
        "speed.md": figure("Strings read in a second", speed_chart()),
    }
    for name, text in parts.items():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8", newline="\n")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def _codes(codes: Iterable[lc.IcdCode]) -> str:
    return " ".join(f"`{code}`" for code in codes) or "–"


def _day(day: date) -> str:
    return f"<time>{day}</time>"


def figure(label: str, svg: str) -> str:
    """A picture inside the page, so that it takes the page's colour of text."""
    opening = f'<figure class="chart" role="img" aria-label="{html.escape(label)}">'
    return f"```{{raw}} html\n{opening}{svg}</figure>\n```\n"


def sources() -> str:
    """The sources of the data by publisher and licence."""
    listed = tomllib.loads((ROOT / "data" / "sources.toml").read_text("utf-8"))["source"]
    titles: dict[tuple[str, str], list[str]] = {}
    for each in listed:
        titles.setdefault((each["publisher"], each["licence"]), []).append(each["title"])
    rows = (("<br>".join(f"· {title}" for title in group), *terms) for terms, group in titles.items())
    return table(("source", "publisher", "licence"), rows)


def releases() -> str:
    """The packaged releases, and whose text speaks for each."""
    return table(
        ("release", "from", "to", "titles of", "notes of", "checked"),
        (
            (
                each.name,
                _day(each.effective_from),
                _day(each.effective_to),
                each.titles_from,
                each.notes_from,
                each.verification,
            )
            for each in reversed(lc.releases())
        ),
    )


def _steps() -> list[lc.Comparison]:
    names = [each.name for each in lc.releases()]
    return [lc.compare(old, new) for old, new in pairwise(names)]


def splits() -> str:
    """Codes that could be billed and no longer can, newest first, with what holds them now."""
    rows = (
        (
            f"`{change.code}`",
            change.new_title,
            _day(change.effective),
            _codes(change.into),
        )
        for step in reversed(_steps())
        for change in step.split
    )
    return table(("code", "title", "refused from", "now"), rows)


def changes() -> str:
    """How many codes each release added, and which got another title."""
    rows = (
        (
            step.new,
            len(step.added),
            _codes(change.code for change in step.added if change.scope is not lc.Scope.CONTEXT),
            _codes(change.code for change in step.retitled),
        )
        for step in reversed(_steps())
    )
    return table(("release", "codes added", "of these neoplasms and their history", "titles changed"), rows)


def _benchmark(name: str) -> list[dict[str, str]]:
    """The rows of the first table of a benchmark's page, by the beginning of their column's head."""
    lines = re.findall(r"^\|(.+)\|$", (BENCHMARKS / name).read_text("utf-8"), re.MULTILINE)
    head, _, *rows = [[cell.strip() for cell in line.split(" | ")] for line in lines]
    return [dict(zip((cell.split(" (")[0] for cell in head), row, strict=True)) for row in rows]


def _short(matcher: str) -> str:
    """Without the version behind it."""
    return re.sub(r" \([^)]*\)$| [\d.]+$", "", matcher)


def accuracy_chart() -> str:
    """Bars of one for each matcher: right, asked, no answer, wrong."""
    values = [
        {
            "matcher": _short(row["matcher"]),
            "answer": answer,
            "order": order,
            "share": float(row[column].rstrip("%")) / 100,
        }
        for row in _benchmark("accuracy.md")
        for order, (column, (answer, _)) in enumerate(ANSWERS.items())
    ]
    answers, colours = zip(*ANSWERS.values(), strict=True)
    colour = {
        "field": "answer",
        "type": "nominal",
        "scale": {"domain": answers, "range": colours},
        "legend": {"orient": "top", "title": None, "symbolType": "square"},
    }
    share = {"field": "share", "type": "quantitative", "axis": {"format": "%", "title": None, "tickCount": 5}}
    return _chart("bar", values, share, {"color": colour, "order": {"field": "order"}})


def speed_chart() -> str:
    """A dot for each matcher: strings read a second, on a logarithmic scale."""
    values = [
        {"matcher": _short(row["matcher"]), "speed": float(row["strings/s"].replace(",", ""))}
        for row in _benchmark("accuracy.md")
    ]
    speed = {
        "field": "speed",
        "type": "quantitative",
        "scale": {"type": "log", "domain": [1, 10_000]},
        "axis": {"title": None, "format": "~s", "values": [1, 10, 100, 1000, 10_000]},
    }
    return _chart("circle", values, speed, {"color": {"value": ANSWERS["right"][1]}, "size": {"value": 120}})


def _chart(mark: str, values: list[dict[str, Any]], x: dict[str, Any], more: dict[str, Any]) -> str:
    quiet = {"labelColor": "currentColor", "labelFontSize": 13, "ticks": False}
    # A name stands above its bar, so that the picture stays readable on a narrow page.
    names = {"labelAlign": "left", "labelPadding": 0, "labelOffset": -11, "labelLimit": 460, "grid": False}
    svg: str = vl_convert.vegalite_to_svg(
        {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "width": 480,
            "height": {"step": 40},
            "background": None,
            "data": {"values": values},
            "mark": {"type": mark, "aria": False, "opacity": 1, "yOffset": 8}
            | ({"height": {"band": 0.35}} if mark == "bar" else {}),
            "encoding": {
                "y": {
                    "field": "matcher",
                    "type": "nominal",
                    "sort": None,
                    "axis": {"title": None, "domain": False, **names},
                },
                "x": x,
                **more,
            },
            "config": {
                "font": "system-ui, sans-serif",
                "view": {"stroke": None},
                "axis": {**quiet, "gridColor": "#8883", "domainColor": "#8883"},
                "legend": {"labelColor": "currentColor", "labelFontSize": 13, "columnPadding": 22},
            },
        }
    )
    return svg
