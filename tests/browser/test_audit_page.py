"""The audit's page in a real browser: silent, offline, within the window, legible, and orderly."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import pytest
from planted_claims import plant

from leukcodes.audit import Auditor, report_html

pytestmark = pytest.mark.browser

# Every text that is shown, with the contrast between its colour and what it stands on (WCAG 2.2).
CONTRASTS = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const linear = value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) =>
    0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const [text, element] = [walk.currentNode.textContent.trim(), walk.currentNode.parentElement];
    if (!text || !element.checkVisibility() || element.closest('svg')) continue;
    const [a, b] = [light(rgba(getComputedStyle(element).color)), light(ground(element))];
    found.push([(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), text.slice(0, 40)]);
  }
  return found.sort((one, other) => one[0] - other[0]);
}"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    auditor = Auditor(dated=True)
    for claim, code, text, day in plant(20_000, seed=3).rows:
        auditor.add(code, text, day, claim)
    hostile = '<script>document.title="run"</script><img src="https://example.org/x" onerror="alert(1)">'
    auditor.add(hostile, hostile, "2026-01-01", hostile)
    path: Path = tmp_path_factory.mktemp("audit") / "report.html"
    columns = {"code": "dx", "text": "diagnosis", "date": "service_date", "claim": "claim_id"}
    path.write_text(report_html(auditor.report(source="claims.csv", columns=columns)), "utf-8")
    return path


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_quiet_legible_and_in_order(look: Any, report: Path, width: int, scheme: str) -> None:
    seen = look(report, width=width, scheme=scheme, shot="audit")
    assert seen.page.title() == "Audit of claims.csv"
    seen.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    seen.assert_quiet()

    weakest = seen.page.evaluate(CONTRASTS)[:3]
    assert weakest[0][0] >= 4.5, weakest

    levels = seen.page.eval_on_selector_all("h1,h2,h3", "all => all.map(each => Number(each.tagName[1]))")
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert seen.page.locator("table:not(:has(caption))").count() == 0
    assert seen.page.locator("th:not([scope])").count() == 0
    targets = seen.page.eval_on_selector_all("a", "all => all.map(each => each.getAttribute('href'))")
    assert all(seen.page.locator(f"[id='{target[1:]}']").count() == 1 for target in targets)


def test_the_page_prints_on_a_few_sheets(look: Any, report: Path) -> None:
    printed = look(report).page.pdf(format="A4", prefer_css_page_size=True)
    assert 8 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 20
