"""A code and all below it, as text, as a nested list and as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leukcodes.codesystem import Concept, When
from leukcodes.display import Shown
from leukcodes.render.map_svg import picture, svg_text
from leukcodes.render.text import tree_text
from leukcodes.terminology import lookup

__all__ = ["Tree", "tree"]

_ROW, _STEP, _MARGIN, _LETTER = 23, 26, 18, 7.4


@dataclass(frozen=True, slots=True)
class Tree(Shown):
    """A concept with everything below it. `print` gives it as text, a notebook as a nested list."""

    root: Concept

    def __str__(self) -> str:
        return tree_text(self.root)

    def to_svg(self) -> str:
        """The tree as an SVG picture for light and dark pages; headers are in grey, codes in ink."""
        lines = list(_lines(self.root, 0))
        width = max(depth * _STEP + len(str(each)) * _LETTER for each, depth in lines) + 60
        drawn = (
            svg_text(
                _MARGIN + depth * _STEP,
                34 + place * _ROW,
                str(each),
                "ink" if each.billable else "muted",
                font_weight=400 if each.billable else 700,
            )
            for place, (each, depth) in enumerate(lines)
        )
        height = 34 + len(lines) * _ROW
        return picture(round(width), height, f"{self.root} and all below it", str(self), *drawn)


def tree(code: str, *, on: When = None) -> Tree:
    """A code and all below it; raises as `lookup` does.

    Example:
        >>> print(tree("C94.2"))
        C94.2  Acute megakaryoblastic leukemia
        ├── C94.20  Acute megakaryoblastic leukemia not having achieved remission
        ├── C94.21  Acute megakaryoblastic leukemia, in remission
        └── C94.22  Acute megakaryoblastic leukemia, in relapse
    """
    return Tree(lookup(code, on=on))


def _lines(concept: Concept, depth: int) -> Iterator[tuple[Concept, int]]:
    yield concept, depth
    for child in concept.children:
        yield from _lines(child, depth + 1)
