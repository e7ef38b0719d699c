"""The public API is what is written down, and nothing is taken away in silence."""

from __future__ import annotations

import inspect
from pathlib import Path

from public_api import described

import leukcodes as lc

WRITTEN = (Path(__file__).parent / "api.txt").read_text("utf-8")


def test_the_public_api_is_the_one_written_down() -> None:
    """Where this fails on purpose: `python tools/public_api.py > tests/api.txt`, a line in the changelog."""
    assert described() == WRITTEN


def test_all_is_complete_and_sorted() -> None:
    assert len(set(lc.__all__)) == len(lc.__all__)
    assert set(lc.__all__) <= set(dir(lc))


def test_the_thing_is_positional_and_everything_else_keyword_only() -> None:
    """Two names of a release or of a code may both be positional; no option is."""
    two = {"compare", "subsumes"}
    for name in lc.__all__:
        value = getattr(lc, name)
        if not inspect.isfunction(value):
            continue
        kinds = [parameter.kind for parameter in inspect.signature(value).parameters.values()]
        positional = [kind for kind in kinds if kind is not inspect.Parameter.KEYWORD_ONLY]
        assert len(positional) <= 1 + (name in two), name


def test_rule_ids_have_their_form_and_their_severity() -> None:
    for name, rule in lc.RULES.items():
        assert name == rule.id
        assert name[:3] == "LK-"
        assert rule.severity in set(lc.Severity)
