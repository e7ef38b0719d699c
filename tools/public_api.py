"""The public API written down: signatures, fields, enum values, rule ids, exceptions.

    python tools/public_api.py > tests/api.txt

`tests/test_api.py` compares; a change of that file is a change that users see and belongs into the changelog.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from enum import Enum
from typing import Any

import leukcodes as lc

__all__ = ["described"]


def described() -> str:
    """Every public name with what it takes and gives, in order of name."""
    lines: list[str] = []
    for name in sorted(lc.__all__):
        if name != "__version__":
            lines += _of(name, getattr(lc, name))
    return "\n".join([*lines, *(f"rule {rule.id} {rule.severity}" for rule in lc.RULES.values()), ""])


def _of(name: str, value: Any) -> list[str]:
    if inspect.isclass(value):
        bases = [base.__name__ for base in value.__mro__[1:-1] if not base.__module__.startswith("leukcodes")]
        known = [base.__name__ for base in value.__mro__[1:-1] if base.__name__ in lc.__all__]
        return [f"class {name}({', '.join([*known, *bases])})", *_members(value)]
    if callable(value):
        return [f"def {name}{inspect.signature(value)}"]
    return [f"{name}: {type(value).__name__}"]


def _members(kind: type) -> Iterator[str]:
    if issubclass(kind, Enum):
        yield from (f"    {member.name} = {member.value!r}" for member in kind)
        return
    fields = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()
    yield from (f"    {field.name}: {field.type}{_default(field)}" for field in fields)
    named = {field.name for field in fields}
    for name, value in sorted(_own(kind).items()):
        if name.startswith("_") or name in named:
            continue
        if isinstance(value, property):
            yield f"    {name} -> {inspect.signature(value.fget).return_annotation}"  # type: ignore[arg-type]  # it has a getter
        elif callable(getattr(kind, name)):
            yield f"    def {name}{inspect.signature(getattr(kind, name))}"


def _own(kind: type) -> dict[str, Any]:
    """What the class and its bases within the package define."""
    bases = [base for base in reversed(kind.__mro__) if base.__module__.startswith("leukcodes")]
    return {name: value for base in bases for name, value in vars(base).items()}


def _default(field: dataclasses.Field[Any]) -> str:
    return "" if field.default is dataclasses.MISSING else " = ..."


if __name__ == "__main__":
    print(described(), end="")
