"""What the documents show is run: blocks of README and docs/, notebooks, every docstring's examples.

A block's language says how: `python` is a session with its answers, `console` commands with their output,
`sh` commands that must succeed. Blocks of one page share their names, its commands a folder. `sql` is run by
test_export.
"""

from __future__ import annotations

import doctest
import importlib
import json
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import leukcodes
from leukcodes import frames

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
# The pages of the rules are run by test_rule_pages; tables of the benchmarks have nothing to run.
PAGES = {
    str(path.relative_to(ROOT)): path.read_text("utf-8")
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    if not {"_generated", "benchmarks", "rules"} & set(path.parts)
}
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


def all_blocks(page: str) -> list[tuple[str, str]]:
    """Language and body of each; directives of the site, such as `{include}`, are none."""
    fences = [token for token in MarkdownIt().parse(page) if token.type == "fence"]
    return [(fence.info, fence.content) for fence in fences if not fence.info.startswith("{")]


def blocks(language: str, page: str = README) -> list[str]:
    return [body for found, body in all_blocks(page) if found == language]


def pages_with(*languages: str) -> list[str]:
    return [name for name, page in PAGES.items() if any(blocks(language, page) for language in languages)]


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


def run_in_shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    # `leukcodes` is the one that belongs to the interpreter running the tests.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "PATH": path},
        check=False,
    )


@pytest.mark.parametrize("name", pages_with("python"))
def test_python(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = "\n\n".join(blocks("python", PAGES[name]))
    run_examples(doctest.DocTestParser().get_doctest(source, {}, name, name, 0))


@pytest.mark.parametrize("name", pages_with("console", "sh"))
def test_commands(name: str, tmp_path: Path) -> None:
    for language, body in all_blocks(PAGES[name]):
        if language == "console":
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, _, expected = part.partition("\n")
                done = run_in_shell(command, tmp_path)
                assert done.stdout + done.stderr == expected
        # What installs is run by `.ci/run`.
        if language == "sh" and "pip install" not in body:
            assert run_in_shell(f"set -e\n{body}", tmp_path).returncode == 0


def test_no_block_is_left_out() -> None:
    for name, page in PAGES.items():
        languages = {language for language, _ in all_blocks(page) if not language.startswith("sql")}
        assert languages <= {"python", "console", "sh"}, name
        assert all(block.startswith(">>> ") for block in blocks("python", page)), name


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cells one after another. The site runs it in a kernel too, and shows what comes out."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)
            exec(compile("".join(cell["source"]), path.name, "exec"), names)


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


def test_readme_compares_with_the_measured_figures() -> None:
    measured = (ROOT / "docs" / "benchmarks" / "accuracy.md").read_text("utf-8").splitlines()
    section = README.partition("\n## Beside other matchers\n")[2].partition("\n## ")[0]
    shown = [line for line in section.splitlines() if line.startswith("|")]
    assert len(shown) > 4
    assert shown[2] == measured[2]
    assert [line for line in shown if line not in measured] == []


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
    reference = "".join(page for name, page in PAGES.items() if name.startswith("docs/api/"))
    described = set(re.findall(r":: leukcodes\.(\w+)$", reference, re.MULTILINE))
    assert set(leukcodes.__all__) - {"__version__"} <= described
    columns = set(re.findall(r":: leukcodes\.frames\.(\w+)$", reference, re.MULTILINE))
    assert set(frames.__all__) == columns
