"""Colours, each for light and for dark. Tests compute the contrast of every text on what it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, log1p
from typing import Final, NamedTuple

__all__ = [
    "HEAT",
    "HEAT_TEXT",
    "INK",
    "LINE",
    "LINEAGE",
    "LINEAGE_TINT",
    "MUTED",
    "PANEL",
    "PAPER",
    "TONE",
    "TONE_TINT",
    "Shade",
    "heat_step",
]


class Shade(NamedTuple):
    """A colour as `#rrggbb`, on a light page and on a dark one."""

    light: str
    dark: str


PAPER: Final = Shade("#ffffff", "#12161c")
PANEL: Final = Shade("#f4f6f9", "#1b212a")
LINE: Final = Shade("#d5dbe4", "#37414f")
INK: Final = Shade("#18202c", "#e8ebf0")
MUTED: Final = Shade("#566173", "#a4aebd")

TONE: Final[Mapping[str, Shade]] = {
    "good": Shade("#0b6b3c", "#6fd6a0"),
    "bad": Shade("#b3261e", "#ff9b92"),
    "warn": Shade("#855300", "#f0bd62"),
    "ask": Shade("#6b3fa8", "#c9a9f5"),
    "info": Shade("#1d5fa6", "#86bdf5"),
    "plain": MUTED,
}

# The first for families that name no lineage, then one for each lineage in the order of the family table.
LINEAGE: Final = (
    Shade("#5a6575", "#a7b1bf"),
    Shade("#1f68b3", "#70b0f2"),
    Shade("#5a4fc0", "#a6a0f7"),
    Shade("#bd4a1c", "#f59a70"),
    Shade("#8a3f9c", "#d596e4"),
    Shade("#0d766c", "#55c7b9"),
    Shade("#b5284f", "#f7879f"),
    Shade("#8a6000", "#dcae4c"),
    Shade("#4f7a12", "#a0cc5c"),
)


def _mixed(colour: str, ground: str, share: float) -> str:
    pairs = ((int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(over * share + under * (1 - share)):02x}" for over, under in pairs)


def _tint(shade: Shade, light: float, dark: float) -> Shade:
    return Shade(_mixed(shade.light, PAPER.light, light), _mixed(shade.dark, PAPER.dark, dark))


TONE_TINT: Final = {name: _tint(shade, 0.09, 0.14) for name, shade in TONE.items()}
LINEAGE_TINT: Final = tuple(_tint(shade, 0.13, 0.22) for shade in LINEAGE)

# From nothing to most. The text turns over where the fill has left the page's side.
_HOT: Final = Shade("#0c4a86", "#8ccbff")
HEAT: Final = (PANEL, *(_tint(_HOT, share, share) for share in (0.1, 0.2, 0.32, 0.78, 0.88, 1.0)))
HEAT_TEXT: Final = (MUTED, *[INK] * 3, *[Shade(PAPER.light, PAPER.dark)] * 3)


def heat_step(count: int, most: int) -> int:
    """The step of `HEAT` for a count beside the highest one: by order of magnitude, 0 for none."""
    top = len(HEAT) - 1
    return min(top, ceil(top * log1p(count) / log1p(most))) if count else 0
