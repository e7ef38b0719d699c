"""The months of an audit as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from leukcodes.audit.records import Month

__all__ = ["trend_svg"]

_LEVELS: Final = (
    ("fix", "to mend", "--bad"),
    ("ask", "to ask", "--ask"),
    ("improve", "to specify", "--warn"),
)


def trend_svg(months: Sequence[Month]) -> str:
    """Stacked bars by month as SVG; its colours are CSS variables of the page it is put into."""
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(_chart(months))
    return svg


def _chart(months: Sequence[Month]) -> dict[str, Any]:
    values = [
        {"month": each.month, "kind": words, "order": order, "share": getattr(each, level) / each.rows}
        for each in months
        for order, (level, words, _) in enumerate(_LEVELS)
    ]
    names = [words for _, words, _ in _LEVELS]
    colours = [f"var({colour})" for _, _, colour in _LEVELS]
    quiet = {"labelColor": "var(--muted)", "titleColor": "var(--muted)", "labelFontSize": 12}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 1000,
        "height": 190,
        "background": None,
        "padding": 2,
        "data": {"values": values},
        "mark": {"type": "bar", "aria": False, "cornerRadius": 1},
        "encoding": {
            "x": {
                "field": "month",
                "type": "ordinal",
                "axis": {"title": None, "labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 14},
            },
            "y": {
                "field": "share",
                "type": "quantitative",
                "axis": {"title": None, "format": "~%", "tickCount": 4},
            },
            "order": {"field": "order"},
            "color": {
                "field": "kind",
                "type": "nominal",
                "scale": {"domain": names, "range": colours},
                "legend": {"orient": "top", "title": None, "symbolType": "square", "labelFontSize": 13},
            },
        },
        "config": {
            "font": "system-ui, sans-serif",
            "view": {"stroke": None},
            "axis": {**quiet, "gridColor": "var(--line)", "domainColor": "var(--line)", "ticks": False},
            "legend": {"labelColor": "var(--ink)"},
        },
    }
