"""Print pip constraints that hold the package's own dependencies at the lowest versions it declares."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"
ENGINES = ("pandas", "polars", "duckdb", "pyspark")  # what frames work on, and only tests need
LOWER_BOUND = re.compile(r"(?P<name>[\w.-]+)(?:\[[\w,-]+\])?>=(?P<version>[\d.]+)$")


def lowest(requirements: list[str]) -> list[str]:
    """The requirements with `>=` turned into `==`; the lower bound must be all there is."""
    pins = []
    for requirement in requirements:
        bound = LOWER_BOUND.fullmatch(requirement)
        if bound is None:
            raise SystemExit(f"{requirement!r} in pyproject.toml has no plain lower bound (name>=version)")
        pins.append(f"{bound['name']}=={bound['version']}")
    return pins


def main() -> None:
    """Write the constraints to standard output, one a line."""
    project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    held = [*project["dependencies"], *extras["cli"], *extras["files"], *extras["frames"], *extras["report"]]
    held += [each for each in extras["test"] if each.startswith(ENGINES)]
    held += [each for each in extras["docs"] if not each.startswith("leukcodes")]
    print("\n".join(lowest(held)))


if __name__ == "__main__":
    main()
