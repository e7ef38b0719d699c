"""From disease features to a family, by an ordered list of what each decision needs and tolerates."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from leukcodes.text.lexicon import Decision, lexicon

__all__ = ["Reading", "decide"]

_MOST_CANDIDATES: Final = 6
_LEAST: Final = frozenset({"leukemia"})


class Reading(NamedTuple):
    """What a disease name comes to: one family when `resolved`, else the families it leaves open."""

    codes: tuple[str, ...]
    resolved: bool
    rule: str = ""
    other_codes: tuple[str, ...] = ()
    certainty: str = "high"


@lru_cache(maxsize=4096)
def decide(features: frozenset[str]) -> Reading:
    """The family that a set of disease features names.

    A decision holds only when every feature is one it needs or tolerates, so that a combination nobody
    foresaw is asked about rather than answered.
    """
    narrowed = _narrowed(features)
    found = _first(narrowed)
    if found is not None:
        return Reading(found.codes, found.resolved, found.rule, found.other_codes, found.certainty)
    return Reading(_alternatives(narrowed), resolved=False, certainty="low")


def _narrowed(features: frozenset[str]) -> frozenset[str]:
    """Without the features that a more specific one makes redundant."""
    return features.difference(*(drops for when, drops in lexicon().implies if when <= features))


def _first(features: frozenset[str]) -> Decision | None:
    for decision in lexicon().decisions:
        if decision.needs <= features and features - decision.needs <= decision.may:
            return decision
    return None


def _alternatives(features: frozenset[str]) -> tuple[str, ...]:
    """The families that are left when one or two of the features that do not go together are set aside."""
    ordered = sorted(features)
    fewer = [features - {one} for one in ordered]
    fewer += (
        [features - {one, two} for one in ordered for two in ordered if one < two] if len(ordered) < 9 else []
    )
    found: dict[str, None] = {}
    for rest in fewer:
        decision = _first(rest)
        if decision is not None:
            found.update(dict.fromkeys(decision.codes))
    widest = lexicon().generalises
    specific = [
        code for code in found if not any(code in widest and other in widest[code] for other in found)
    ]
    return tuple(specific or found or decide(_LEAST).codes)[:_MOST_CANDIDATES]
