"""Codes through the years: which stood when, as header or billable, under which title, and what changed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from coverage_roots import complete_roots
from official import Official, Tabular
from tsv import Row, read_table

__all__ = ["build_codes", "load_scopes", "newest_tabular", "scope_of"]


@dataclass(frozen=True)
class Year:
    """A fiscal year and its first and last day."""

    name: str
    first: str
    last: str


@dataclass(frozen=True)
class Title:
    """A title as a release prints it, and where that was read."""

    text: str
    release: str
    source: str


def load_scopes(data: Path) -> dict[str, str]:
    """Scope by code prefix, from scope.toml."""
    with (data / "scope.toml").open("rb") as file:
        entries = tomllib.load(file)["scope"]
    return {prefix: entry["scope"] for entry in entries for prefix in entry["prefixes"]}


def scope_of(code: str, scopes: Mapping[str, str]) -> str:
    """The scope of the longest prefix that fits; headers above a prefix are context of it.

    Raises:
        ValueError: no prefix fits.
    """
    fitting = [prefix for prefix in scopes if code.startswith(prefix)]
    if not fitting:
        raise ValueError(f"{code} fits no prefix of scope.toml")
    return scopes[max(fitting, key=len)]


def build_codes(data: Path, official: Official) -> list[Row]:
    """Rows of codes.tsv: one for each version of each code, in tabular order."""
    years = [
        Year(r["name"], r["effective_from"], r["effective_to"]) for r in read_table(data / "releases.tsv")
    ]
    billable = _billable_days(data, years)
    newest = newest_tabular(data, official)
    titles = _all_titles(data, official)
    scopes = load_scopes(data)
    packaged = _with_headers(billable, newest)
    complete = complete_roots(packaged, official, newest)
    partial = [code for code in packaged if not code.startswith(complete)]
    standing = {code: _standing(code, packaged, billable, newest, years) for code in packaged}
    headers = _headers_by_year(years, official)
    for code in partial:
        standing[code] |= {year.name: False for year in years if code in headers[year.name]}
    _compare_presence(standing, partial, official)
    return [
        row | {"scope": scope_of(code, scopes), "parent": newest.parents[code] or ""} | _place(newest, code)
        for code in packaged
        for row in _versions(code, standing[code], titles[code], years)
    ]


def _place(tabular: Tabular, code: str) -> Row:
    block = tabular.block_of[code]
    return {"block": block, "chapter": tabular.blocks[block].chapter}


def _billable_days(data: Path, years: list[Year]) -> dict[str, list[tuple[str, str]]]:
    """Billable spans by code; every end must be a release's end, for versions are kept by release."""
    firsts, lasts = {year.first for year in years}, {year.last for year in years} | {""}
    spans: dict[str, list[tuple[str, str]]] = {}
    for row in read_table(data / "facts" / "billable_validity.tsv"):
        if row["valid_from"] not in firsts or row["valid_to"] not in lasts:
            raise ValueError(
                f"{row['code']}: {row['valid_from']}..{row['valid_to']} is not a span of releases"
            )
        spans.setdefault(row["code"], []).append((row["valid_from"], row["valid_to"]))
    return spans


def newest_tabular(data: Path, official: Official) -> Tabular:
    """The newest tabular list at hand, with the codes that a newer year's carried text adds to it."""
    newest = list(official.tabulars.values())[-1]
    tabular = Tabular(
        dict(newest.titles), dict(newest.parents), dict(newest.block_of), newest.blocks, newest.chapters
    )
    for row in read_table(data / "facts" / "fy2027_tabular.tsv"):
        if row["kind"] == "title":
            _insert_after(tabular, row["code"], row["after"], row["text"])
    return tabular


def _insert_after(tabular: Tabular, code: str, after: str, title: str) -> None:
    parent = code[:-1].rstrip(".")
    ordered = list(tabular.titles.items())
    place = [known for known, _ in ordered].index(after) + 1
    ordered.insert(place, (code, title))
    tabular.titles = dict(ordered)
    tabular.parents[code] = parent
    tabular.block_of[code] = tabular.block_of[parent]


def _with_headers(billable: Iterable[str], tabular: Tabular) -> list[str]:
    """The billable codes and every header above them, in tabular order."""
    wanted: set[str] = set()
    for code in billable:
        step: str | None = code
        while step and step not in wanted:
            wanted.add(step)
            step = tabular.parents[step]
    return [code for code in tabular.titles if code in wanted]


def _standing(
    code: str,
    packaged: list[str],
    billable: Mapping[str, list[tuple[str, str]]],
    tabular: Tabular,
    years: list[Year],
) -> dict[str, bool]:
    """The years a code stands in, and whether it bills there; a header stands while a code below it does."""
    below = [other for other in packaged if other != code and _is_below(other, code, tabular)]
    found: dict[str, bool] = {}
    for year in years:
        if _bills(billable.get(code, ()), year):
            found[year.name] = True
        elif any(_bills(billable.get(other, ()), year) for other in below):
            found[year.name] = False
    return found


def _is_below(code: str, header: str, tabular: Tabular) -> bool:
    step = tabular.parents[code]
    while step and step != header:
        step = tabular.parents[step]
    return step == header


def _bills(spans: Iterable[tuple[str, str]], year: Year) -> bool:
    return any(start <= year.first and (not end or year.last <= end) for start, end in spans)


def _headers_by_year(years: list[Year], official: Official) -> dict[str, set[str]]:
    """The headers of each year, by the list of titles nearest to it."""
    headers = {
        release: {code[:length].rstrip(".") for code in titles for length in range(3, len(code))}
        for release, titles in official.hierarchies.items()
    }
    return {
        year.name: headers[min(headers, key=lambda release: abs(int(release[2:]) - int(year.name[2:])))]
        for year in years
    }


def _compare_presence(
    standing: Mapping[str, Mapping[str, bool]], partial: list[str], official: Official
) -> None:
    """The dates must agree with every year's list at hand: what stands, and what is a header.

    A code of which only part is packaged may have been billable before it was split (G92): not in scope.
    """
    for code, years in standing.items():
        for release, tabular in official.tabulars.items():
            listed = code in tabular.titles and not (code in partial and code not in tabular.headers)
            if listed != (release in years) or (listed and years[release] == (code in tabular.headers)):
                raise ValueError(f"{code}: the dates and the tabular list of {release} disagree")
        for release, titles in official.hierarchies.items():
            if (code in titles) != (release in years) and code not in partial:
                raise ValueError(f"{code}: the dates and the titles of {release} disagree")


def _all_titles(data: Path, official: Official) -> dict[str, dict[str, Title]]:
    """Every title at hand by code and release; the tabular list wins over the rest of its year."""
    found: dict[str, dict[str, Title]] = {}
    for release, titles in official.hierarchies.items():
        for code, text in titles.items():
            title = Title(_with_comma(text, code, titles), release, f"hierarchy_{release.lower()}")
            found.setdefault(code, {})[release] = title
    for row in read_table(data / "facts" / "core_titles.tsv"):
        for number in range(int(row["first_fy"][2:]), int(row["last_fy"][2:]) + 1):
            found.setdefault(row["code"], {})[f"FY{number}"] = Title(
                row["title"], f"FY{number}", "core_titles"
            )
    for release, tabular in official.tabulars.items():
        for code, text in tabular.titles.items():
            found.setdefault(code, {})[release] = Title(text, release, f"tabular_{release.lower()}")
    for row in read_table(data / "facts" / "fy2027_tabular.tsv"):
        if row["kind"] == "title":
            found.setdefault(row["code"], {})["FY2027"] = Title(row["text"], "FY2027", "tabular_fy2027")
    return found


def _with_comma(text: str, code: str, titles: Mapping[str, str]) -> str:
    """The hierarchies join a seventh character's meaning with a space; the order file has a comma."""
    if len(code) < 8:
        return text
    base = titles.get(code[:-1]) or titles.get(code[:-1].rstrip("X").rstrip("."), code)
    return f"{base}, {text[len(base) + 1 :]}" if text.startswith(f"{base} ") else text


def _versions(
    code: str, standing: Mapping[str, bool], titles: Mapping[str, Title], years: list[Year]
) -> list[Row]:
    """Spans of years in which title and billable flag stay the same."""
    rows: list[Row] = []
    for year in years:
        if year.name not in standing:
            continue
        title = titles.get(year.name) or _nearest(year.name, titles)
        flag = "1" if standing[year.name] else "0"
        if rows and (rows[-1]["title"], rows[-1]["billable"]) == (title.text, flag):
            rows[-1]["valid_to"] = year.last
            continue
        rows.append(_version(code, year, title, flag))
    if rows[-1]["valid_to"] == years[-1].last:
        rows[-1]["valid_to"] = ""
    return rows


def _version(code: str, year: Year, title: Title, flag: str) -> Row:
    kind = "code" if flag == "1" else "category" if len(code) == 3 else "subcategory"
    return {
        "code": code,
        "kind": kind,
        "billable": flag,
        "valid_from": year.first,
        "valid_to": year.last,
        "title": title.text,
        "title_release": title.release,
        "source": title.source,
    }


def _nearest(release: str, titles: Mapping[str, Title]) -> Title:
    number = int(release[2:])
    return min(titles.values(), key=lambda title: abs(int(title.release[2:]) - number))
