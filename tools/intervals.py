"""How far a share seen in a sample may be from the share of all."""

from __future__ import annotations

import math

__all__ = ["wilson"]

_Z = 1.96


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share, by Wilson; all that is possible where nothing was tried.

    Example:
        >>> [round(end, 3) for end in wilson(90, 100)]
        [0.826, 0.945]
    """
    if not of:
        return 0.0, 1.0
    share = hits / of
    middle = share + _Z * _Z / (2 * of)
    spread = _Z * math.sqrt(share * (1 - share) / of + _Z * _Z / (4 * of * of))
    return (middle - spread) / (1 + _Z * _Z / of), (middle + spread) / (1 + _Z * _Z / of)
