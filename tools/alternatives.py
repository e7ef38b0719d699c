"""Phrases that differ in their first words or in their last are stored as one, with alternatives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

__all__ = ["folded"]

_LEAST_SAVED = 12


def folded(phrases: Iterable[str]) -> list[str]:
    """The same phrases; `b has`, `b had`, `a has` and `a had` become `(a|b) (had|has)`."""
    rest = set(phrases)
    made: list[str] = []
    while True:
        saved, starts, ends = max(_blocks(rest), key=lambda block: (block[0], *block[1]), default=(0, (), ()))
        if saved < _LEAST_SAVED:
            return sorted([*rest, *made])
        rest -= {f"{start} {end}".strip() for start in starts for end in ends}
        made.append(f"({'|'.join(starts)}) ({'|'.join(ends)})")


def _blocks(phrases: set[str]) -> list[tuple[int, tuple[str, ...], tuple[str, ...]]]:
    """Beginnings that go on with the same ends, and how many letters it saves to store them together."""
    ends: dict[str, set[str]] = defaultdict(set)
    for phrase in phrases:
        words = phrase.split() if "|" not in phrase else []
        for size in range(1, len(words) + 1):
            ends[" ".join(words[:size])].add(" ".join(words[size:]))
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for start, found in sorted(ends.items()):
        if len(found) > 1:
            alike[tuple(sorted(found))].append(start)
    return [
        (sum(len(end) + 1 for end in found) * (len(starts) - 1), tuple(starts), found)
        for found, starts in alike.items()
        if len(starts) > 1
    ]
