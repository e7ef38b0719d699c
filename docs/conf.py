"""The site: `python -m sphinx -W --keep-going docs build/docs` writes it to build/docs."""

from __future__ import annotations

import sys
from pathlib import Path

from sphinx.application import Sphinx

import leukcodes

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tools"))

import site_pages  # noqa: E402 # pyright: ignore[reportMissingImports] - found through the line above

project = "leukcodes"
author = "The leukcodes authors"
project_copyright = "The leukcodes authors, MIT licence"
version = release = leukcodes.__version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
# What has no heading is a part that other pages include.
bare = [path for path in (HERE / "benchmarks").glob("*.md") if not path.read_text("utf-8").startswith("# ")]
exclude_patterns = ["_*", "**.ipynb_checkpoints", *(f"benchmarks/{path.name}" for path in bare)]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# Notebooks are run, each in its own kernel; one that fails stops the build.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_execution_show_tb = True
nb_ipywidgets_js: dict[str, dict[str, str]] = {}  # the pages load nothing from the network

# Docstrings write code in single backticks.
default_role = "code"
napoleon_numpy_docstring = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_class_signature = "separated"
autodoc_default_options = {"exclude-members": "__init__, __new__"}  # most classes are made by the library
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
add_module_names = False

html_theme = "furo"
html_title = f"leukcodes {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_theme_options = {
    "light_css_variables": {"color-code-background": "#f3f5f8"},
    "dark_css_variables": {"color-code-background": "#1f2328"},
    "navigation_with_keys": True,
}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"


# Pages outside docs/ that a page here includes: links to them, right in the repository, lead to that page.
INCLUDED = {f"../{name}.md": f"{name.lower()}.md" for name in ("CHANGELOG", "CONTRIBUTING", "SECURITY")}


def link_within(_app: Sphinx, _document: str, source: list[str]) -> None:
    """Turn links to included pages of the repository's root into links within the site."""
    for outside, inside in INCLUDED.items():
        source[0] = source[0].replace(f"]({outside})", f"]({inside})")


def setup(app: Sphinx) -> None:
    """Pages that follow from the data and the benchmarks are written before the sources are read."""
    app.connect("builder-inited", lambda _: site_pages.write(HERE / "_generated"))
    app.connect("source-read", link_within)
