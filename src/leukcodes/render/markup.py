"""HTML and SVG elements. Every text on its way to a page passes `escaped`, here and nowhere else."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["Markup", "element", "escaped", "joined", "visible"]

# What no page may hold (controls, lone surrogates, non-characters) or what would turn the text around it.
_UNSHOWN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_SPECIAL: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;"}
)


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def visible(text: str) -> str:
    r"""The text with characters that cannot be shown, or that reorder what stands beside them, named.

    Example:
        >>> visible("CLL\u202egpj")
        'CLL‹U+202E›gpj'
    """
    return _UNSHOWN.sub(lambda found: f"‹U+{ord(found[0]):04X}›", text)


def escaped(text: object) -> Markup:
    """Any text as markup that shows it; markup stays as it is.

    Example:
        >>> escaped("<b>")
        '&lt;b&gt;'
    """
    return text if isinstance(text, Markup) else Markup(visible(str(text)).translate(_SPECIAL))


def joined(*content: object) -> Markup:
    """Pieces one after the other, each escaped unless it is markup."""
    return Markup("".join(map(escaped, content)))


def element(name: str, *content: object, **attributes: object) -> Markup:
    """An element. In attribute names an underscore is a hyphen, or nothing at the end; None leaves one out.

    Example:
        >>> element("p", "a < b", class_="note", aria_label=None)
        '<p class="note">a &lt; b</p>'
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{given}>{joined(*content)}</{name}>")
