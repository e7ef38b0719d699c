"""What a card is made of, whatever it is shown in. All text is plain; who shows it makes it safe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from leukcodes.models import Issue, Severity

__all__ = [
    "LONGEST",
    "MOST",
    "TONES",
    "Block",
    "Card",
    "Facts",
    "Marked",
    "Notes",
    "Table",
    "Tag",
    "cut",
    "issues",
    "words",
]

LONGEST: Final = 600
"""How many characters of a text are shown."""

MOST: Final = 120
"""How many rows of a table are shown."""

TONES: Final = {
    Severity.ERROR: "bad",
    Severity.WARNING: "warn",
    Severity.QUERY: "ask",
    Severity.INFO: "info",
    "valid": "good",
    "invalid": "bad",
    "not_checked": "plain",
    "coded": "good",
    "review": "ask",
    "none": "plain",
}


@dataclass(frozen=True, slots=True)
class Tag:
    """A word or two on a coloured ground: good, bad, warn, ask, info or plain."""

    text: object
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what they are; what is None or empty is left out."""

    given: Sequence[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each a text or a tag; the first column holds codes. Without rows it is left out."""

    caption: str
    head: tuple[str, ...]
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Notes:
    """Lines of one kind, each with what stands small beside it."""

    kind: str
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in pieces, each with the names of what it was read as, and the tone of the first."""

    pieces: Sequence[tuple[str, str, str]]


# A block of any other type is shown as it shows itself: a code map, a tree; a text is a remark.
Block = Facts | Table | Notes | Marked | str | object


@dataclass(frozen=True, slots=True)
class Card:
    """A result: its name for those who do not see it, what stands in bold, the rest of the heading."""

    name: str
    bold: str
    title: str = ""
    tags: Sequence[Tag] = ()
    blocks: Sequence[Block] = ()


def words(name: object) -> str:
    """A name of a member or field in words."""
    return str(name).replace("_", " ")


def cut(text: str) -> str:
    """A text that may be of any length, shortened."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text):,} characters)"


def issues(found: Iterable[Issue]) -> Table:
    """What to know about a result."""
    rows = [(Tag(each.severity, TONES[each.severity]), each.rule, cut(each.message)) for each in found]
    return Table("What to know", ("severity", "rule", "message"), rows)
