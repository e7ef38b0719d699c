"""The style of notebook cards: one sheet for light and dark, whichever the page or the notebook says."""

from __future__ import annotations

from typing import Final

from leukcodes.render import palette
from leukcodes.render.markup import Markup, element

__all__ = ["framed"]


def _pair(shade: palette.Shade) -> str:
    return f"light-dark({shade.light},{shade.dark})"


_CLASSES: Final = "".join(
    [
        *(f".l{n}{{border-left:4px solid {_pair(s)}!important}}" for n, s in enumerate(palette.LINEAGE)),
        *(f".t{n}{{background:{_pair(s)}!important}}" for n, s in enumerate(palette.LINEAGE_TINT)),
        *(
            f".h{n}{{background:{_pair(s)}!important;color:{_pair(text)}}}"
            for n, (s, text) in enumerate(zip(palette.HEAT, palette.HEAT_TEXT, strict=True))
        ),
        *(
            f".{name}{{color:{_pair(shade)};background:{_pair(palette.TONE_TINT[name])}}}"
            for name, shade in palette.TONE.items()
        ),
    ]
)

# The doubled class outweighs what notebooks say about tables. Where light-dark() is unknown, HTML is plain.
_SHEET: Final = Markup(
    f""".leukcodes.leukcodes{{color-scheme:light dark;
color:{_pair(palette.INK)};background:{_pair(palette.PAPER)};
border:1px solid {_pair(palette.LINE)};border-radius:10px;padding:14px 18px;margin:6px 0;max-width:860px;
font:14px/1.5 var(--jp-ui-font-family,system-ui,"Helvetica Neue",Arial,sans-serif);
overflow-wrap:anywhere;overflow-x:auto;
h3{{font-size:17px;line-height:1.35;margin:0 0 6px;font-weight:600;color:inherit}}
h4{{font-size:12px;margin:14px 0 4px;font-weight:600;color:{_pair(palette.MUTED)}}}
p{{margin:8px 0}}table{{margin-top:12px!important}}
small,dt,caption,thead th{{color:{_pair(palette.MUTED)};font-size:12px;font-weight:400}}
.tag,.code,thead th{{white-space:nowrap}}.map th{{white-space:normal}}
.tag{{display:inline-block;font-size:12px;border-radius:9px;padding:0 8px;margin:0 6px 2px 0}}
dl{{display:grid;grid-template-columns:max-content 1fr;gap:2px 14px;margin:8px 0}}
dt,dd{{float:none!important;width:auto!important;margin:0!important}}dt{{white-space:nowrap}}
ul{{margin:2px 0;padding-left:20px}}
mark{{padding:1px 4px;border-radius:4px;small{{color:inherit;margin-left:5px}}}}
table{{border-collapse:separate;border-spacing:0 2px;width:100%;margin:0;font-size:13px;
table-layout:auto!important;overflow-wrap:break-word}}
th,td{{text-align:left;padding:2px 8px;vertical-align:top;background:none;border:0}}
caption{{text-align:left;padding:0 0 4px}}
tbody tr{{background:none}}tbody th{{font-weight:400}}b,td:first-child{{font-weight:600}}
td:first-child{{width:1%;white-space:nowrap}}
.map{{th[scope=row]{{width:45%}}
td{{border-radius:4px;text-align:center;font-weight:400}}
tr.first>*{{border-top:6px solid transparent;background-clip:padding-box}}}}
{_CLASSES}}}
body[data-jp-theme-light=true] .leukcodes,
body.vscode-light .leukcodes,
[data-theme=light] .leukcodes{{color-scheme:light!important}}
body[data-jp-theme-light=false] .leukcodes,
body.vscode-dark .leukcodes,
[data-theme=dark] .leukcodes{{color-scheme:dark!important}}
@media(max-width:600px){{.leukcodes.leukcodes{{padding:10px;
th,td{{padding:2px 4px}}
.map tr{{display:grid;grid-template-columns:repeat(3,1fr)}}
.map tr>:first-child{{grid-column:1/3;width:auto}}.map tr>:nth-child(2){{text-align:right;font-size:11px}}
.map td[colspan]{{grid-column:1/-1}}
table:not(.map):has(th:nth-child(5)) tr{{display:flex;flex-wrap:wrap;
td{{width:auto}}td:last-child{{flex:1 0 100%;padding-bottom:8px}}}}}}}}"""
)


def framed(name: str, *content: object) -> str:
    """A card: the sheet and what it styles, as a group with a name."""
    return element(
        "div", element("style", _SHEET), *content, class_="leukcodes", role="group", aria_label=name
    )
