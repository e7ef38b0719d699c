"""The code map: what stands on it, what its counts do, and that it can be read."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import leukcodes as lc
from leukcodes.render import palette
from leukcodes.render.map_views import map_table

ON_THE_MAP = [str(concept.code) for concept in lc.value_set("leukemia")]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_every_text_has_a_contrast_of_four_and_a_half_in_both_themes() -> None:
    grounds = [palette.PAPER, palette.PANEL]
    pairs = [(text, ground) for text in (palette.INK, palette.MUTED) for ground in grounds]
    pairs += zip(palette.HEAT_TEXT, palette.HEAT, strict=True)
    pairs += [(palette.INK, tint) for tint in (*palette.LINEAGE_TINT, *palette.TONE_TINT.values())]
    pairs += [(shade, palette.PAPER) for shade in palette.LINEAGE]
    pairs += [(shade, palette.TONE_TINT[name]) for name, shade in palette.TONE.items()]
    for text, ground in pairs:
        assert contrast(text.light, ground.light) >= 4.5, (text, ground)
        assert contrast(text.dark, ground.dark) >= 4.5, (text, ground)


@pytest.mark.parametrize("release", [release.name for release in lc.releases()])
def test_the_map_holds_the_leukemia_codes_and_nothing_else(release: str) -> None:
    grid = lc.code_map(on=release)
    assert len(grid.rows) == 33
    assert [str(row.family) for row in grid.single] == ["C94.6"]
    codes = [code for row in (*grid.rows, *grid.single) for code in row.codes]
    assert sorted(codes) == sorted(lc.value_set("leukemia", on=release).to_list())
    for row in grid.rows:
        concepts = [lc.lookup(code, on=release) for code in row.codes]
        assert [concept.status for concept in concepts] == list(lc.DiseaseStatus)
        assert {concept.family for concept in concepts} == {row.family}


@given(st.dictionaries(st.sampled_from([*ON_THE_MAP, "C81.90", "D46.9"]), st.integers(0, 10**12)))
def test_no_count_is_lost(counts: dict[str, int]) -> None:
    grid = lc.code_map(counts=counts)
    assert grid.outside is not None
    assert grid.total + sum(grid.outside.values()) == sum(counts.values())
    ET.fromstring(grid.to_svg())
    assert all(f"{value:,}" in str(grid) for code, value in counts.items() if code in ON_THE_MAP)


def test_spellings_of_one_code_are_added_up() -> None:
    grid = lc.code_map(counts=Counter(["C92.00", "c9200", "C92.0"]))
    assert grid.counts is not None
    assert grid.counts[lc.IcdCode("C92.00")] == 2
    assert grid.outside == {"C92.0": 1}
    assert "Not on the map: 1" in grid.to_svg()


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(lc.InvalidCodeError, match="<script>"):
        lc.code_map(counts={"<script>": 1})
    with pytest.raises(ValueError, match="has the count -1; give counts of 0 or more"):
        lc.code_map(counts={"C92.00": -1})


@given(st.lists(st.integers(0, 10**9), min_size=2), st.integers(1, 10**9))
def test_the_shade_never_falls_as_the_count_rises(counts: list[int], most: int) -> None:
    steps = [palette.heat_step(min(count, most), most) for count in sorted(counts)]
    assert all(one <= other for one, other in pairwise(steps))
    assert palette.heat_step(0, most) == 0
    assert palette.heat_step(most, most) == len(palette.HEAT) - 1


@pytest.mark.parametrize("counts", [None, {"C92.00": 1234, "C94.6": 5}])
def test_the_picture_has_words_for_those_who_do_not_see_it(counts: dict[str, int] | None) -> None:
    svg = lc.code_map(counts=counts).to_svg()
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    title, description = root[0], root[1]
    assert (title.tag[-5:], description.tag[-4:]) == ("title", "desc")
    assert "33 families" in str(title.text)
    assert "C94.6" in str(description.text)
    if counts:
        assert "C92.00 1,234, C94.6 5" in str(description.text)
    assert "<script" not in svg
    assert svg.count("http") == svg.count("http://www.w3.org/2000/svg") == 1


def test_the_table_has_a_heading_for_every_row_and_column() -> None:
    root = ET.fromstring(map_table(lc.code_map(counts={"C92.00": 1})))
    assert len(root.findall(".//th[@scope='row']")) == 34
    assert len(root.findall(".//th[@scope='col']")) == 5
    assert len(root.findall("./tbody/tr/td")) == 34 + 99 + 1
