"""The pictures in a real browser: quiet, within their frame, no text over another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from leukcodes.render import code_map

pytestmark = pytest.mark.browser

COUNTS = {code: 7**place % 98_765 for place, row in enumerate(code_map().rows) for code in row.codes}
PICTURES = {"map": code_map(), "heat": code_map(counts=COUNTS)}

# Every text's box, in the picture's own pixels.
BOXES = """Array.from(document.querySelectorAll('text')).filter(one => one.textContent).map(one => {
  const box = one.getBBox();
  return [one.textContent, box.x, box.y, box.x + box.width, box.y + box.height]})"""


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_code_map_is_quiet_and_no_text_meets_another(
    look: Any, tmp_path: Path, name: str, scheme: str
) -> None:
    file = tmp_path / f"{name}.html"
    picture = PICTURES[name].to_svg()
    file.write_text(f"<!doctype html><meta charset=utf-8><title>{name}</title>{picture}", "utf-8")
    seen = look(file, scheme=scheme, shot=f"code-{name}")
    seen.assert_quiet()
    width = float(seen.page.evaluate("document.querySelector('svg').viewBox.baseVal.width"))
    boxes = seen.page.evaluate(BOXES)
    assert len(boxes) > 100
    for place, (text, left, top, right, bottom) in enumerate(boxes):
        assert left >= 0, text
        assert right <= width, text
        for other, x, y, to_x, to_y in boxes[:place]:
            apart = right <= x or to_x <= left or bottom - 3 <= y or to_y <= top + 3
            assert apart, (text, other)
