"""Disease status: which status words speak of the leukemia, and what they come to together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leukcodes.models import DiseaseStatus
from leukcodes.text.context import CueHit
from leukcodes.text.items import Item
from leukcodes.text.lexicon import words_of
from leukcodes.text.spelling import resembles_status

__all__ = ["StatusReading", "StatusWord", "attach_statuses", "settle"]

_RANKS: Final = {"explicit": 0, "convention": 1, "weak": 2}
_VALUES: Final = {
    "0": DiseaseStatus.NOT_IN_REMISSION,
    "1": DiseaseStatus.IN_REMISSION,
    "2": DiseaseStatus.IN_RELAPSE,
}
# An open choice between two statuses says too little to ask whose it is.
_ASKED: Final = ("0", "1")
_SHORTEST_STATUS: Final = 3
_YEARS: Final = range(1950, 2100)


@dataclass(slots=True)
class StatusWord:
    """A status phrase that speaks of a leukemia: its value, or the values it leaves open."""

    item: int
    options: tuple[str, ...]
    rank: int
    mention: int | None
    uncertain: bool = False
    unclear: bool = False
    rule: str = ""

    @property
    def value(self) -> str | None:
        """The one status, where the word leaves nothing open."""
        return self.options[0] if len(self.options) == 1 else None


@dataclass(slots=True)
class StatusReading:
    """What the status words come to: one status, or the options a person must choose from."""

    value: DiseaseStatus | None
    options: tuple[str, ...]
    rank: int
    items: tuple[int, ...]
    uncertain: bool = False
    unclear: bool = False
    rule: str = ""


def attach_statuses(items: list[Item], diseases: dict[int, int], hits: list[CueHit]) -> list[StatusWord]:
    """Every status phrase that speaks of one of the diseases, negation and doubt applied."""
    if not any(item.kind in ("status", "unknown") for item in items):
        return []
    negated = {place for hit in hits if hit.cue.kind == "negated" for place in hit.statuses}
    doubted = {place for hit in hits if hit.cue.kind == "uncertain" for place in hit.statuses}
    words: list[StatusWord] = []
    for index, item in enumerate(items):
        if item.kind == "unknown" and (
            _stands_for_status(items, index)
            or resembles_status(item.phrase, after_in=_follows_in(items, index))
        ):
            words.append(StatusWord(index, ("0", "1", "2"), _RANKS["convention"], None, unclear=True))
        if item.kind != "status":
            continue
        meaning, rank, position, *rule = item.entry.meaning.split()
        options = _options(meaning)
        if not options:
            continue
        mention, unclear = _owner(items, index, position, diseases)
        if mention is None and not unclear:
            continue
        unclear = unclear or (index not in negated and _perhaps_negated(items, index))
        if index in negated:
            options = _negate(options)
        if not options:
            continue
        words.append(
            StatusWord(
                index, options, _RANKS[rank], mention, index in doubted, unclear, rule[0] if rule else ""
            )
        )
    return words


def _stands_for_status(items: list[Item], index: int) -> bool:
    """Whether an unread word ends the clause right after `in` or a bare `w`, where a status stands."""
    item, before = items[index], items[index - 1] if index else None
    ends = index + 1 == len(items) or items[index + 1].hard or bool(items[index + 1].gap.strip())
    if before is None or not ends or item.gap != " " or len(item.phrase) < _SHORTEST_STATUS:
        return False
    return before.phrase in ("in", "en") or (before.phrase == "with" and before.end - before.start == 1)


def _follows_in(items: list[Item], index: int) -> bool:
    return any(item.phrase in ("in", "with") for item in items[max(0, index - 2) : index])


def _perhaps_negated(items: list[Item], index: int) -> bool:
    """Whether a negation stands shortly before, with words between that nobody could read."""
    unread = False
    for place in range(index - 1, max(-1, index - 5), -1):
        if items[place + 1].hard or "," in items[place + 1].gap or items[place].kind == "status":
            return False
        if unread and any(cue.kind == "negated" and cue.direction == "pre" for cue in items[place].cues):
            return True
        unread = unread or items[place].kind != "filler"
    return False


def _options(meaning: str) -> tuple[str, ...]:
    if meaning == "none":
        return ()
    return tuple(meaning.removeprefix("ask:").split("|"))


def _negate(options: tuple[str, ...]) -> tuple[str, ...]:
    """Not in relapse proves nothing else; not in remission is a status; not active says nothing."""
    if options == ("2",):
        return ("1", "history", "0")
    if options == ("1",):
        return ("0",)
    if options == ("0",):
        return ()
    return options


def _owner(items: list[Item], index: int, position: str, diseases: dict[int, int]) -> tuple[int | None, bool]:
    """The mention a status word speaks of; None and True where it may speak of something unread."""
    if position == "a":
        found, other = _rightward(items, index, diseases, through_commas=False)
        if found is not None or other == "disease":
            return found, False
        if other == "unknown":
            return None, True
        left, left_other = _leftward(items, index, diseases)
        if left is not None or left_other == "disease":
            return left, False
        if left_other == "unknown":
            return None, True
        return _rightward(items, index, diseases, through_commas=True)[0], False
    found, other = _leftward(items, index, diseases)
    if found is not None or other == "disease":
        return found, False
    if other == "unknown":
        return None, True
    return _rightward(items, index, diseases, through_commas=True)[0], False


def _rightward(
    items: list[Item], index: int, diseases: dict[int, int], *, through_commas: bool
) -> tuple[int | None, str]:
    for place in range(index + 1, len(items)):
        item = items[place]
        if (item.hard or ")" in item.gap) and not through_commas:
            return None, ""
        if not through_commas and "," in item.gap:
            return None, ""
        if place in diseases:
            return diseases[place], ""
        if item.kind in ("disease", "entity"):
            return None, "disease"
        if item.kind == "unknown":
            if through_commas:
                continue
            return None, _noun_after(items, place)
        if item.kind in ("trap", "cue"):
            return None, ""
        if (
            item.kind == "filler"
            and item.entry.meaning != "np"
            and item.phrase not in words_of("joining")
            and not through_commas
        ):
            return None, ""
    return None, ""


def _noun_after(items: list[Item], place: int) -> str:
    """Whether unread words lead to the word of another disease: `recurrent sinus infections`."""
    for item in items[place + 1 : place + 4]:
        if item.hard or item.gap.strip(" -/"):
            break
        if item.kind in ("disease", "entity"):
            return "disease"
    return "unknown"


def _leftward(items: list[Item], index: int, diseases: dict[int, int]) -> tuple[int | None, str]:
    unread = False
    place = index - 1
    while place >= 0:
        item, after = items[place], items[place + 1]
        if ")" in after.gap and place not in diseases:
            place = _opening(items, place) - 1
            continue
        if unread and _boundary(after, item):
            return None, "unknown"
        if place in diseases:
            return diseases[place], ""
        if item.kind in ("disease", "entity", "trap"):
            return None, "disease"
        unread = unread or item.kind == "unknown"
        place -= 1
    return None, "unknown" if unread else ""


def _opening(items: list[Item], place: int) -> int:
    """The first item of the parenthesis that ends with `place`; `place` itself where none is open."""
    for index in range(place, -1, -1):
        if "(" in items[index].gap or "[" in items[index].gap:
            return index
    return place


def _boundary(after: Item, item: Item) -> bool:
    return after.hard or "," in after.gap or item.phrase in ("and", "with")


def settle(items: list[Item], words: list[StatusWord]) -> StatusReading | None:
    """One status from all that speak of one leukemia: rank before time, the latest within a rank."""
    if not words:
        return None
    clear = [word for word in words if not word.unclear]
    if not clear:
        weighty = [word for word in words if word.value in ("1", "2") or len(word.options) > len(_ASKED)]
        if not weighty:
            return None
        return StatusReading(None, ("0", "1", "2"), 1, tuple(word.item for word in weighty), unclear=True)
    places = tuple(word.item for word in clear)
    if len(clear) < len(words) and all(word.value == "0" for word in clear):
        misspelt = [word for word in words if word.unclear and len(word.options) > len(_ASKED)]
        if misspelt:
            return StatusReading(None, ("0", "1", "2"), 1, places, unclear=True)
    latest = _dated(items, [word for word in clear if word.rank < _RANKS["weak"]])
    best = min(word.rank for word in clear)
    chosen = [latest] if latest is not None else [word for word in clear if word.rank == best]
    doubted = [word for word in clear if word.uncertain]
    if doubted:
        return _doubtful(doubted, places)
    values = {word.value for word in chosen}
    if len(values) == 1 and None not in values:
        value = chosen[0].value
        options: tuple[str, ...] = (value,) if value else ()
        if value == "history":
            return StatusReading(None, options, chosen[0].rank, places)
        return StatusReading(_VALUES[value or "0"], options, chosen[0].rank, places)
    stated = [word for word in chosen if word.value is not None]
    if len({word.value for word in stated}) == 1 and _outweighs(stated[0].value, chosen):
        return StatusReading(
            _VALUES[stated[0].value or "0"], (stated[0].value or "0",), stated[0].rank, places
        )
    every = tuple(dict.fromkeys(option for word in chosen for option in word.options))
    rule = next((word.rule for word in chosen if word.rule), "LK-R005")
    return StatusReading(None, every, best, places, rule=rule)


def _outweighs(value: str | None, chosen: list[StatusWord]) -> bool:
    """A stated remission or relapse stands beside what would only have to be asked; refractory does not."""
    if value == "0":
        return all(value in word.options and "1" not in word.options[:1] for word in chosen)
    return True


def _doubtful(doubted: list[StatusWord], places: tuple[int, ...]) -> StatusReading:
    first = doubted[0].value
    value = _VALUES.get(first) if first is not None else None
    options = ("1", "0") if first == "1" else ("0", "1", "2")
    return StatusReading(value, options, doubted[0].rank, places, uncertain=True)


def _dated(items: list[Item], words: list[StatusWord]) -> StatusWord | None:
    """The latest status where the text gives the order: `now`, `was`, or years."""
    if len(words) < 2 or len({word.options for word in words}) == 1:
        return None
    years = [_year(items, word.item) for word in words]
    if all(year is not None for year in years) and len(set(years)) == len(years):
        return max(zip(years, words, strict=True), key=lambda pair: pair[0] or 0)[1]
    now = [word for word in words if _told(items, word.item, words_of("now"))]
    if len(now) == 1:
        return now[0]
    past = [word for word in words if _told(items, word.item, words_of("then"))]
    rest = [word for word in words if word not in past]
    if past and len(rest) == 1:
        return rest[0]
    return None


def _told(items: list[Item], index: int, cues: frozenset[str]) -> bool:
    if set(items[index].phrase.split()) & cues:
        return True
    for place in range(index - 1, max(-1, index - 4), -1):
        after = items[place + 1]
        if after.hard or "," in after.gap or items[place].kind == "status":
            return False
        if set(items[place].phrase.split()) & cues:
            return True
    return False


def _year(items: list[Item], index: int) -> int | None:
    for place in (index + 1, index + 2, index - 1):
        if 0 <= place < len(items) and items[place].kind == "number":
            year = _as_year(items[place])
            if year is not None:
                return year
    return None


def _as_year(item: Item) -> int | None:
    if not item.phrase.isdigit():
        return None
    number = int(item.phrase[:5])
    if number in _YEARS:
        return number
    return 2000 + number if item.gap.endswith("'") and len(item.phrase) == 2 else None
