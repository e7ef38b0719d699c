"""What people look at as a function of bytes: text is shown, never obeyed."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from contextlib import redirect_stdout, suppress
from html.parser import HTMLParser
from typing import Any, Final

import leukcodes as lc

__all__ = ["views"]

TAGS: Final = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "section", "article", "footer"),
    *("div", "p", "span", "small", "b", "br", "code", "q", "mark", "a", "h1", "h2", "h3", "h4"),
    *("dl", "dt", "dd", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("details", "summary", "svg", "g", "desc", "rect", "text", "tspan", "path", "line"),
}
STYLE: Final = re.compile(r"flex-grow:\d+|margin:8px 0 0;max-width:none")
# What no page and no terminal may be given: controls, and what turns the text around it.
UNSHOWN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def views(data: bytes) -> None:
    """The answers to a text, or to its lines, shown; the first byte chooses how."""
    text = data[1:].decode("utf-8", "surrogateescape")
    lines = text.split("\n")[:8]
    checks = (_check_cards, _check_summary, _check_codes, _check_audit, _check_command)
    checks[(data[0] if data else 0) % len(checks)](text, lines)


def _check_cards(text: str, lines: list[str]) -> None:
    found = lc.resolve(text)
    for result in (found, lc.validate_code(text), lc.validate_claim(lines), lc.search(text)):
        _check_shown(result)
    _check_plain(found.explain())
    _check_marked(found)


def _check_shown(result: Any) -> None:
    """As a card, in a terminal, and as text."""
    _check_markup(result._repr_html_())
    _check_plain(_printed(result))
    _check_plain(str(result))


def _check_summary(text: str, lines: list[str]) -> None:
    from leukcodes.render import summarise

    found = summarise([(line, number) for number, line in enumerate(lines, 1)], column=text)
    _check_shown(found)
    _check_markup(found.to_svg())


class _Reader(HTMLParser):
    """Reads a page as a browser does: known elements, nothing that runs, nothing that leads elsewhere."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name not in ("src", "srcset", "action", "formaction", "data"), name
            assert name not in ("href", "xlink:href") or (value or "").startswith("#"), value
            assert name != "style" or STYLE.fullmatch(value or ""), value

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data!r}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data!r}")


def _check_page(html: str) -> None:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    _check_plain(html)


def _check_markup(html: str | None) -> None:
    """A card or picture is well-formed, too."""
    assert html is not None
    ET.fromstring(html)
    _check_page(html)


def _check_plain(text: str) -> None:
    found = UNSHOWN.search(text)
    assert found is None, (found, text[max(0, found.start() - 40) : found.end()])
    text.encode()


def _check_marked(found: lc.Resolution) -> None:
    """The text stands in its card character for character, but for the names of what was read, and cuts."""
    if len(found.text) > 200 or not found.text.strip():
        return
    from leukcodes.render.markup import visible

    root = ET.fromstring(found._repr_html_() or "")
    (shown, *_) = root.findall("p")
    for mark in shown.iter("mark"):
        mark.remove(mark.find("small"))  # type: ignore[arg-type] - each has one
    assert "".join(shown.itertext()) == visible(found.text)


def _printed(result: object) -> str:
    from rich.console import Console

    console = Console(file=io.StringIO(), width=200, color_system=None, force_terminal=False)
    console.print(result)
    return console.file.getvalue()  # type: ignore[attr-defined] - it is the one above


def _check_codes(_: str, lines: list[str]) -> None:
    for line in lines:
        with suppress(lc.InvalidCodeError, lc.UnknownCodeError):
            grown = lc.tree(line)
            _check_shown(grown)
            _check_markup(grown.to_svg())
            _check_shown(lc.lookup(line))
        with suppress(lc.InvalidCodeError, lc.UnknownCodeError):
            grid = lc.code_map(counts={line: 3})
            assert grid.total + sum((grid.outside or {}).values()) == 3
            _check_shown(grid)
            _check_markup(grid.to_svg())


def _check_audit(text: str, lines: list[str]) -> None:
    from leukcodes.audit import audit_columns
    from leukcodes.audit.page import report_html

    report = audit_columns(lines, [text] * len(lines), lines[::-1], [text] * len(lines), source=text)
    _check_page(report_html(report))


def _check_command(text: str, _: list[str]) -> None:
    """What the command prints for a person, and as CSV: a record a result, whatever its cells hold."""
    from leukcodes.cli import views as command
    from leukcodes.cli.streams import Format, emit

    found, checked = lc.resolve(text), lc.validate_code(text)
    _check_plain(command.RESOLUTION.text(found))
    _check_plain(command.VALIDATION.text(checked))
    for view, result in ((command.RESOLUTION, found), (command.VALIDATION, checked)):
        with redirect_stdout(io.StringIO()) as out:
            emit([result], view, Format.CSV)
        header, record = csv.reader(io.StringIO(out.getvalue(), newline=""))
        assert tuple(header) == view.columns
        assert record == ["" if cell is None else str(cell) for cell in view.row(result)]
