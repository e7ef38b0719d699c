"""Pieces of text that are hard when repeated, for the measurement and for the test of linear time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import leukcodes as lc

__all__ = ["MEGABYTE", "TEXTS", "UNITS", "lines_run", "repeated"]

UNITS = (
    # brackets, marks, signs, spaces
    *(
        "(",
        "[",
        "( ",
        "()",
        ")",
        "{<",
        "[({<",
        ",",
        ", ",
        ".",
        ". ",
        "-",
        "+",
        "?",
        "? ",
        "/",
        "' ",
        '"',
        "\n",
        "\r\n",
    ),
    *("\t", " ", "\u00a0", "\u200b", "\ufeff", "\x00", ":", ";", "; ", "&", "&nbsp;", "&amp;", "\u2028"),
    *("'", "\u202e", "\u200f", "\u202eAML\u202c ", "A\u200bM\u200bL "),
    # characters that fold
    *(
        "\u0301",
        "e\u0301",
        "\u00e9",
        "\u00df",
        "\u00b2",
        "\U0001d400",
        "\ufdfa",
        "\ufb01",
        "\u0130",
        "\ud800",
    ),
    # digits, codes
    *("1", "1 ", "1.", "9;", "C91.10 ", "C91.10, ", "C92.0", "C92.0 ", "C91.10/", "E11.9 ", "205.01 "),
    # karyotypes, genes, markers
    *(
        "t(9;22) ",
        "t(9;22",
        "t(",
        "t",
        "inv(16)",
        "5q- ",
        "del(",
        "BCR/ABL ",
        "FLT3 ",
        "MRD- ",
        "Ph+ ",
        "CD20+",
    ),
    # letters, articles, dotted and slashed forms
    *("x", "x ", "a ", "a", "a.", "a/", "the ", "an ", "w/", "'s ", "B-", "T/", "L2 ", "M4 ", "FAB ", "n't "),
    # names, abbreviations, parts of names
    *(
        "leukemia ",
        "leukemia, ",
        "leukemia",
        "AML ",
        "AML/",
        "AML, ",
        "AML",
        "aml ",
        "AML (",
        "[AML ",
        "AML) ",
    ),
    *(
        "AML\n",
        "AML. ",
        "AML; ",
        "AML-",
        "ALL ",
        "PLL ",
        "acute ",
        "chronic ",
        "myeloid ",
        "cell ",
        "B-cell ",
    ),
    *("leukemia acute ", "lymphoma ", "lymphocitic ", "leuk emia ", "myelo", "zz ", "zqxwv ", "blast "),
    *(
        "AML (CLL) ",
        "AML, CLL, CML, ",
        "AML and ",
        "acute lymphoblastic leukemia ",
        "CLL/SLL ",
        "C92.00 AML, ",
    ),
    # statuses
    *(
        "relapsed ",
        "in remission ",
        "remission ",
        "in ",
        "not ",
        "not having ",
        "refractory, ",
        "CR1 ",
        "second ",
    ),
    *(
        "relapsed AML ",
        "AML relapsed ",
        "AML in remission, ",
        "relapsed AML, remission CLL, ",
        "in remission, ",
    ),
    # cues
    *("no ", "no AML, ", "denies ", "possible ", "history of ", "family history of ", "mother with ", "vs "),
    *(
        "AML vs ",
        "r/o ",
        "without ",
        "AML without ",
        "screening for ",
        "if ",
        "and ",
        "or ",
        "with ",
        "of ",
        "to ",
    ),
    *(
        "transformed to ",
        "CLL transformed to ",
        "secondary to ",
        "evolving from ",
        "status post ",
        "s/p BMT ",
        "Admitting dx: AML. ",
        "AML ruled out by biopsy ",
        "Discharge dx AML ",
    ),
)
"""What is repeated up to the size wanted."""

MEGABYTE = (
    *("(", "[({<", "()", "[AML ", "AML (", "?", "? ", "'", '"', "\n", ", ", "-", " ", "\x00", "&nbsp;", "+"),
    *(
        "\u0301",
        "e\u0301",
        "\ufdfa",
        "\U0001d400",
        "\u200b",
        "\u202e",
        "\u202eAML\u202c ",
        "A\u200bM\u200bL ",
        "\ud800",
    ),
    *("1", "1 ", "9;", "C91.10 ", "C92.0", "E11.9 ", "t(9;22) ", "BCR/ABL ", "x", "a.", "a/", "leukemia"),
    *("AML ", "AML\n", "AML. ", "AML-", "CLL/SLL ", "acute lymphoblastic leukemia ", "lymphocitic "),
    *("AML (CLL) ", "relapsed ", "in remission, ", "relapsed AML, remission CLL, ", "no ", "no AML, "),
    *("history of ", "mother with ", "if ", "AML vs ", "CLL transformed to "),
)
"""Those measured at a megabyte: all that is named as hostile, and the slowest of the others."""


def _asked_as_code(text: str) -> None:
    """By what refuses it as a code."""
    assert not lc.is_valid(text)
    for call in (
        lc.IcdCode,
        lc.lookup,
        lc.tree,
        lc.expand,
        lambda code: lc.subsumes("C92", code),
        lambda code: lc.translate(code, to="icd9cm"),
        lambda code: lc.translate(code, from_="icd9cm"),
        lambda code: lc.expand(code.split("\n")),
        lambda code: lc.code_map(counts={code: 1}),
    ):
        with suppress(lc.InvalidCodeError, lc.UnknownCodeError):
            call(text)


def _asked_as_date(text: str) -> None:
    """By all that takes a date."""
    assert not lc.validate_code("C92.00", on=text).valid
    assert not lc.validate_claim(["C92.00"], on=text).valid
    for call in (lc.release_on, lambda day: lc.resolve("AML", on=day), lambda day: lc.get("C92.00", on=day)):
        with suppress(lc.ReleaseNotFoundError):
            call(text)


TEXTS: dict[str, Callable[[str], object]] = {
    "resolve": lc.resolve,
    "resolve a name and": lambda text: lc.resolve(f"AML {text}"),
    # A sentence is read in full only where it names something.
    "scan": lambda text: lc.scan(f"AML {text}"),
    "search": lc.search,
    "validate_code": lc.validate_code,
    "get": lc.get,
    "the other entries of codes": _asked_as_code,
    "a date": _asked_as_date,
}
"""Entries that take one text."""


def repeated(unit: str, size: int) -> str:
    """The piece repeated up to a number of characters."""
    return unit * (size // len(unit))


def lines_run(call: Callable[[], object]) -> int:
    """How many lines of the library a call runs: a measure of its work that no clock disturbs."""
    package, count = str(Path(lc.__file__).parent), 0

    def of_line(_: FrameType, event: str, __: Any) -> Any:
        nonlocal count
        count += event == "line"
        return of_line

    def of_call(frame: FrameType, _: str, __: Any) -> Any:
        return of_line if frame.f_code.co_filename.startswith(package) else None

    before = sys.gettrace()
    sys.settrace(of_call)
    try:
        call()
    finally:
        sys.settrace(before)
    return count
