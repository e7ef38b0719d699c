"""An audit's report as one HTML page that stands alone: no script, nothing loaded from anywhere."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from leukcodes.audit.records import AuditReport, Finding, Section
from leukcodes.audit.trend import trend_svg
from leukcodes.errors import MissingExtraError
from leukcodes.models import Severity
from leukcodes.render import code_map
from leukcodes.render.markup import visible
from leukcodes.render.palette import INK, LINE, MUTED, PANEL, PAPER, TONE
from leukcodes.resources import read_bytes

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["need_report", "report_html"]

_SHOWN_GROUPS: Final = 6
_LISTED_ROWS: Final = 40
_MANY_ROWS: Final = 1000


_COLOURS: Final = {
    "paper": PAPER,
    "panel": PANEL,
    "line": LINE,
    "ink": INK,
    "muted": MUTED,
    **{tone: TONE[tone] for tone in ("good", "bad", "warn", "ask", "info")},
}
_LEVELS: Final = {Severity.ERROR: "fix", Severity.QUERY: "ask", Severity.WARNING: "improve"}
_WORDS: Final = {"fix": "to mend", "ask": "to ask", "improve": "to specify", "clear": "with nothing to do"}


def report_html(report: AuditReport) -> str:
    """The report as an HTML page for people: readable in light and dark, on a telephone and on paper.

    Raises:
        MissingExtraError: the extra `report` is not installed.

    Example:
        >>> from leukcodes.audit import audit_columns
        >>> page = report_html(audit_columns(["C92.01"], ["AML in relapse"]))
        >>> "1 of 1 rows (100%) need work" in page, "<script" in page
        (True, False)
    """
    need_report()
    totals = report.totals
    return _template().render(
        report=report,
        totals=totals,
        name=report.source or "a table",
        lead=_lead(report),
        levels=[{"key": key, "count": getattr(totals, key), "words": words} for key, words in _WORDS.items()],
        first=_first(report),
        trend=trend_svg(report.months) if len(report.months) > 1 else "",
        map=code_map(counts={each.code: each.count for each in report.codes}).to_svg()
        if report.codes
        else "",
        colours=_COLOURS,
        shown=_SHOWN_GROUPS,
        listed=_LISTED_ROWS,
        many=_MANY_ROWS,
    )


def need_report() -> None:
    """Make sure, before long work, that a page can be made.

    Raises:
        MissingExtraError: the extra `report` is not installed.
    """
    if not all(map(find_spec, ("jinja2", "vl_convert"))):
        raise MissingExtraError(
            "the page needs jinja2 and vl-convert-python; "
            "install the extra with: python -m pip install 'leukcodes[report]'",
            extra="report",
        )


@cache
def _template() -> Template:
    from jinja2 import Environment

    environment = Environment(autoescape=True, finalize=_shown)
    environment.filters |= {"number": _number, "share": _share, "rows": _rows, "level": _level}
    return environment.from_string(read_bytes("page.html", "audit").decode())


def _shown(value: object) -> object:
    """Cells with what cannot be shown, or would turn the text around it, named; markup as it is."""
    return visible(value) if type(value) is str else value


def _lead(report: AuditReport) -> str:
    totals = report.totals
    if not totals.rows:
        return "No rows."
    work = totals.rows - totals.clear
    if not work:
        return f"Nothing to do in {_number(totals.rows)} {_rows(totals.rows)}."
    return f"{_number(work)} of {_number(totals.rows)} rows ({_share(work, totals.rows)}) need work."


def _first(report: AuditReport) -> list[Finding]:
    """The three to begin with, one of a section: errors before questions before the rest, then by rows."""
    order = list(_LEVELS)
    ranked = sorted(report.findings, key=lambda each: (order.index(each.severity), -each.count))
    best: dict[Section, Finding] = {}
    for found in ranked:
        best.setdefault(found.section, found)
    return list(best.values())[:3]


def _number(count: int) -> str:
    return f"{count:,}"


def _share(count: int, whole: int) -> str:
    percent = 100 * count / whole
    if 0 < percent < 0.1:
        return "<0.1%"
    return f"{percent:.0f}%" if percent >= 10 or percent == int(percent) else f"{percent:.1f}%"


def _rows(count: int) -> str:
    return "row" if count == 1 else "rows"


def _level(found: Finding) -> str:
    return _LEVELS[found.severity]
