"""Records as text, notebook cards and pictures."""

from __future__ import annotations

from leukcodes.render.code_map import CodeMap, code_map
from leukcodes.render.summary import Summary, Tally, summarise
from leukcodes.render.text import concept_text, release_text, tree_text, validation_text
from leukcodes.render.tree import Tree, tree

__all__ = [
    "CodeMap",
    "Summary",
    "Tally",
    "Tree",
    "code_map",
    "concept_text",
    "release_text",
    "summarise",
    "tree",
    "tree_text",
    "validation_text",
]
