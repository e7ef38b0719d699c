"""What rich prints of a result: the card's words, no code broken, nothing obeyed; and all without rich."""

from __future__ import annotations

import io
import re
import subprocess
import sys

import pytest
from rich.console import Console
from test_cards import CARDS, HOSTILE, said

import leukcodes as lc

CODE = re.compile(r"\b[A-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}\b")


def printed(result: object, width: int = 80, *, colour: bool = False) -> str:
    system = "truecolor" if colour else None
    console = Console(file=io.StringIO(), width=width, force_terminal=colour, color_system=system)
    console.print(result)
    out = console.file
    assert isinstance(out, io.StringIO)
    return out.getvalue()


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("name", CARDS)
def test_no_line_is_too_long_and_no_code_is_broken(name: str, width: int) -> None:
    text = printed(CARDS[name], width)
    assert max(map(len, text.splitlines())) <= width
    expected = set(CODE.findall(said(CARDS[name]._repr_html_())))
    assert expected - set(CODE.findall(text)) == set()


@pytest.mark.parametrize("name", sorted({*CARDS} - {"map", "heat", "summary"}))
def test_the_words_are_those_of_the_notebook(name: str) -> None:
    in_notebook = said(CARDS[name]._repr_html_()).lower().split()
    in_terminal = " ".join(printed(CARDS[name], 10_000).split()).lower()
    assert [word for word in in_notebook if word not in in_terminal] == []


@pytest.mark.parametrize("text", [*HOSTILE, "[bold]AML[/bold]", "[link=file:x]CLL[/link]"])
def test_text_is_shown_and_never_obeyed(text: str) -> None:
    for result in (lc.resolve(text), lc.validate_code(text), lc.validate_claim([text])):
        out = printed(result, 200)
        assert not set("\x00\x1b\u202e\u202c") & set(out)
        if text.startswith("["):
            assert text in out.replace(" [disease]", "")
        assert "\x1b]8" not in printed(result, 200, colour=True)


def test_what_has_no_card_shows_its_fields() -> None:
    assert "reading='CLL'" in printed(lc.resolve("CLL").family)


def test_of_many_rows_the_rest_is_counted() -> None:
    everything = lc.expand()
    assert f"and {len(everything) - 120:,} more" in printed(everything, 200)


def test_colour_is_only_beside_words() -> None:
    plain, coloured = (printed(CARDS["heat"], colour=colour) for colour in (False, True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert "\x1b[" in coloured


def test_without_rich_it_is_plain_text() -> None:
    program = (
        "import sys; sys.modules['rich'] = None; import leukcodes as lc;"
        "found = lc.search('hairy cell'); print(lc.lookup('C94.20')); print(lc.tree('C94.2'));"
        "print(lc.code_map()); print(len(found._repr_html_()) > 100)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "C94.20 Acute megakaryoblastic leukemia" in run.stdout
    assert run.stdout.endswith("True\n")
