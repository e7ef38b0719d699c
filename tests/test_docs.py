"""What the documents show is run: README's Python and console blocks, and every docstring's examples."""

from __future__ import annotations

import doctest
import importlib
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import leukcodes

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    return [found["body"] for found in BLOCK.finditer(README) if found["language"] == language]


def examples_in_docstrings() -> list[doctest.DocTest]:
    finder = doctest.DocTestFinder(exclude_empty=True)
    names = [module.name for module in pkgutil.walk_packages(leukcodes.__path__, "leukcodes.")]
    modules = [importlib.import_module(name) for name in names if not name.endswith("__main__")]
    found = [test for module in [leukcodes, *modules] for test in finder.find(module)]
    return [test for test in found if test.examples]


def run_examples(test: doctest.DocTest) -> None:
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False)
    outcome = runner.run(test, out=report.append, clear_globs=False)
    assert not outcome.failed, "".join(report)


def run_in_shell(command: str) -> str:
    # `leukcodes` is the one that belongs to the interpreter running the tests.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PATH": path},
        check=False,
    )
    return done.stdout + done.stderr


def test_readme_python() -> None:
    source = "\n\n".join(blocks("python"))
    run_examples(doctest.DocTestParser().get_doctest(source, {}, "README.md", "README.md", 0))


@pytest.mark.parametrize("block", blocks("console"))
def test_readme_console(block: str) -> None:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        assert run_in_shell(command) == expected


@pytest.mark.parametrize("test", examples_in_docstrings(), ids=lambda test: test.name)
def test_docstring(test: doctest.DocTest) -> None:
    run_examples(test)


def test_readme_counts() -> None:
    concepts = leukcodes.expand("C90.1") + tuple(
        concept for category in ("C91", "C92", "C93", "C94", "C95") for concept in leukcodes.expand(category)
    )
    assert {concept.scope.value for concept in concepts} == {"leukemia"}
    billable = [concept for concept in concepts if concept.billable]
    families = {concept.family for concept in billable if concept.status}
    assert f"{len(concepts)} leukemia concepts, {len(billable)} of them billable" in README
    assert f"in {len(families)} families with three statuses each" in README
    assert [concept.code for concept in billable if not concept.status] == ["C94.6"]


def test_readme_names_both_commands() -> None:
    first, second = blocks("sh")
    assert first == (
        "python -m pip install '.[cli]' && leukcodes resolve \"relapsed acute megakaryoblastic leukemia\"\n"
    )
    assert second == "python -m pip install '.[test]' && python -m pytest\n"


def test_version_is_the_same_everywhere() -> None:
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    newest = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    assert newest
    assert newest[1] == leukcodes.__version__
    assert f"\nversion: {leukcodes.__version__}\n" in citation
    assert "\n### Data\n" in changelog


def test_every_public_name_is_documented() -> None:
    public = [getattr(leukcodes, name) for name in leukcodes.__all__ if name != "__version__"]
    assert [item for item in public if callable(item) and not item.__doc__] == []
