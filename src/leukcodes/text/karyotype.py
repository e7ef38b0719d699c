"""Karyotypes in one spelling: `t(9;22)(q34;q11.2)`, `t (9:22)` and `T(22;9)`, `t9;22` are the same token."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["canonical_karyotype"]

_PART: Final = re.compile(r"\(([^()]*)\)")
_BARE: Final = re.compile(r"([a-z]+)-?([0-9]+;.*)")
_SPLIT: Final = re.compile(r"[;:,/]")
_DECIMAL: Final = re.compile(r"\.[0-9]+")

# A breakpoint at 11q23 names the KMT2A locus whatever the partner, except where the partner is 17q21 (RARA).
_LOCUS_CHROMOSOME: Final = "11"
_LOCUS_BAND: Final = "q23"


def canonical_karyotype(text: str) -> str:
    """The aberration and its chromosomes, bands left out; a break at 11q23 is named so where bands are given.

    Example:
        >>> canonical_karyotype("t(9;22)(q34;q11.2)"), canonical_karyotype("t(1;11)(q21;q23.3)")
        ('t(9;22)', '11q23')
    """
    text = "".join(text.split())
    bare = _BARE.match(text)
    if bare:
        text = f"{bare[1]}({bare[2]})"
    kind = text[: text.index("(")]
    parts = [_SPLIT.split(_DECIMAL.sub("", part)) for part in _PART.findall(text)]
    chromosomes = parts[0]
    bands = parts[1] if len(parts) > 1 else []
    if kind == "t" and _breaks_at_locus(chromosomes, bands):
        return "11q23"
    if kind == "t":
        chromosomes = sorted(chromosomes, key=_order)
    return f"{kind}({';'.join(chromosomes)})"


def _breaks_at_locus(chromosomes: list[str], bands: list[str]) -> bool:
    if any(name.startswith(_LOCUS_CHROMOSOME + _LOCUS_BAND) for name in chromosomes):
        return True
    if len(chromosomes) != len(bands) or "17" in chromosomes:
        return False
    return any(
        name == _LOCUS_CHROMOSOME and band.startswith(_LOCUS_BAND)
        for name, band in zip(chromosomes, bands, strict=True)
    )


def _order(chromosome: str) -> tuple[int, str]:
    digits = re.match(r"[0-9]+", chromosome)
    return (int(digits.group()) if digits else 99, chromosome)
