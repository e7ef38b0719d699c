"""A real browser, for what is meant to be looked at. `pytest -m browser` runs these tests.

Needs the `dev` extra and a Chromium: the system's one, or the program that the variable CHROMIUM names.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")


@dataclass(frozen=True)
class Seen:
    """A page that was opened: what it complained about, what it asked of the network, and the page."""

    page: Page
    complaints: list[str]
    requests: list[str]

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(
            self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        )

    def assert_quiet(self) -> None:
        assert self.complaints == []
        assert self.requests == []
        assert self.overflow() <= 0


Look = Callable[..., Seen]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    assert program, "these tests need a Chromium: install one, or name it with CHROMIUM=..."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()


@pytest.fixture
def look(chromium: Browser) -> Iterator[Look]:
    """Open a file, at a width, in light or dark; keep a screenshot of the whole page under a name."""
    contexts = []

    def look(path: Path, *, width: int = 1280, scheme: str = "light", shot: str = "") -> Seen:
        context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type] # one of two words
        contexts.append(context)
        page = context.new_page()
        seen = Seen(page, [], [])
        page.on("console", lambda said: seen.complaints.append(said.text))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        address = path.resolve().as_uri()
        page.on("request", lambda sent: seen.requests.append(sent.url) if sent.url != address else None)
        page.goto(address)
        if shot:
            SHOTS.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=SHOTS / f"{shot}-{scheme}-{width}.png", full_page=True)
        return seen

    yield look
    for context in contexts:
        context.close()
