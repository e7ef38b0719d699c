"""Every card in a real browser: at two widths, light and dark, quiet and within the window."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

_spec = importlib.util.spec_from_file_location("cards", Path(__file__).parents[1] / "test_cards.py")
assert _spec
assert _spec.loader
_cards = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_cards)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_cards_are_quiet_and_fit(look: Any, tmp_path: Path, width: int, scheme: str) -> None:
    for name, result in _cards.CARDS.items():
        file = tmp_path / f"{name}.html"
        head = '<!doctype html><html lang="en"><meta charset="utf-8">'
        theme = '<meta name="color-scheme" content="light dark">'
        size = '<meta name="viewport" content="width=device-width">'
        file.write_text(f"{head}{theme}{size}<title>{name}</title>{result._repr_html_()}", "utf-8")
        look(file, width=width, scheme=scheme, shot=f"card-{name}").assert_quiet()


NOTEBOOK = """<style>.out table{table-layout:fixed;font-size:12px;border:none}.out dt{float:left;width:20%}
.out td,.out th{text-align:right;vertical-align:middle;padding:.5em}.out dd{margin-left:40px}</style>"""


@pytest.mark.parametrize("width", [1280, 390])
def test_what_notebooks_say_about_lists_and_tables_does_not_reach_the_cards(
    look: Any, tmp_path: Path, width: int
) -> None:
    """A name or a code that is squeezed takes more than one line."""
    file = tmp_path / "notebook.html"
    cards = "".join(f'<div class="out">{each._repr_html_()}</div>' for each in _cards.CARDS.values())
    file.write_text(f'<!doctype html><meta charset="utf-8">{NOTEBOOK}{cards}', "utf-8")
    seen = look(file, width=width, scheme="light")
    wrapped = """() => [...document.querySelectorAll("dt,td.code")].filter(each => {
        const range = document.createRange(); range.selectNodeContents(each)
        return range.getClientRects().length > 1
    }).map(each => each.textContent)"""
    assert seen.page.evaluate(wrapped) == []
