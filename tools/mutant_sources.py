"""The mutants of a source file: mutmut's operators, each applied at one place of the whole file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import libcst as cst
from libcst.metadata import MetadataWrapper
from mutmut.mutation.mutators import mutation_operators


class Mutant(NamedTuple):
    """A file with one change. `key` names the change and stays the same while other lines are edited."""

    path: Path
    module: str
    line: int
    key: str
    source: str


def mutants_of(path: Path, root: Path) -> Iterator[Mutant]:
    """Every mutant of a file below `root` that compiles."""
    source = path.read_text("utf-8")
    name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
    seen: Counter[str] = Counter()
    for code in _changed(source):
        if code == source or not _compiles(code):
            continue
        line, change = _change(source, code)
        key = f"{path.name}: {change}"
        seen[key] += 1
        yield Mutant(path, name, line, key if seen[key] == 1 else f"{key} #{seen[key]}", code)


def _changed(source: str) -> Iterator[str]:
    module = MetadataWrapper(cst.parse_module(source)).module  # a copy in which no node stands twice
    texts = [module.code_for_node(statement) for statement in module.body]
    before, after = source.partition("".join(texts))[::2]
    for number, statement in enumerate(module.body):
        places = _Places()
        statement.visit(places)
        for old, new in places.found:
            changed = statement.deep_replace(old, new)
            text = module.code_for_node(changed)
            yield "".join((before, *texts[:number], text, *texts[number + 1 :], after))


class _Places(cst.CSTVisitor):
    """The nodes that can be changed, each with what it becomes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[cst.CSTNode, cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if _not_run(node):
            return False
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                self.found += ((node, new) for new in operator(node))
        return True


def _not_run(node: cst.CSTNode) -> bool:
    """Types, imports, decorators and `__all__`: no behaviour that a test of the module could see."""
    match node:
        case cst.Annotation() | cst.Import() | cst.ImportFrom() | cst.Decorator():
            return True
        case cst.If(test=cst.Name(value="TYPE_CHECKING")):
            return True
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value="__all__"))]):
            return True
    return False


def _compiles(code: str) -> bool:
    try:
        compile(code, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _change(old: str, new: str) -> tuple[int, str]:
    """The first line that differs, and what became of which words."""
    before, after = old.splitlines(), new.splitlines()
    parts = [
        part
        for part in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if part[0] != "equal"
    ]
    _, i1, *_ = parts[0]
    *_, i2, _, j2 = parts[-1]
    j1 = parts[0][3]
    was, now = (" ".join(map(str.strip, lines)) for lines in (before[i1:i2], after[j1:j2]))
    return i1 + 1, f"{was} => {now}"
