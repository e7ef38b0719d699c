"""What the status words of one leukemia come to together: one status, or an open choice."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from leukcodes.models import DiseaseStatus
from leukcodes.text.items import REACH, Item, as_year, item_at
from leukcodes.text.lexicon import words_of
from leukcodes.text.status import StatusWord

__all__ = ["StatusReading", "settle"]

_VALUES: Final = {
    "0": DiseaseStatus.NOT_IN_REMISSION,
    "1": DiseaseStatus.IN_REMISSION,
    "2": DiseaseStatus.IN_RELAPSE,
}
# An open choice between two statuses says too little to ask whose it is.
_ASKED: Final = 2
_FRAME: Final = 6
# Of two statuses joined by a slash, the likeliest of each.
_CONTRARY: Final = frozenset({"01", "10", "12", "21"})
# In per cent of the marrow: a remission has fewer. No share has more digits than these.
_TOO_MANY_BLASTS: Final = 5
_SHARE_DIGITS: Final = 3


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


def settle(items: list[Item], words: list[StatusWord]) -> StatusReading | None:
    """One status from all that speak of one leukemia: rank before time, the latest within a rank."""
    weighed = _weighed(items, words)
    clear = words if weighed else [word for word in words if not word.unclear]
    unclear = _unclear(words, clear)
    if unclear is not None or not clear:
        return unclear
    places = tuple(word.item for word in clear)
    doubted = [word for word in clear if word.uncertain]
    if doubted:
        return _doubtful(doubted, places)
    if len(clear) == 1 and _is_past(items, clear[0]):
        options = ("1", "2", "0") if clear[0].value == "1" else ("2", "1", "0")
        return StatusReading(None, options, clear[0].rank, places, rule="LK-R005")
    chosen = clear if weighed else _chosen(items, clear)
    stated = {word.value for word in chosen if word.value is not None}
    value = stated.pop() if len(stated) == 1 else None
    if weighed and value != "0" and len({word.options for word in chosen}) > 1:
        value = None
    if value == "0" and any(word.value == "2" for word in clear):
        return StatusReading(None, ("2", "0"), chosen[0].rank, places, rule="LK-R005")
    if value == "0" and _lost_remission(chosen, clear):
        return StatusReading(None, ("0", "2"), chosen[0].rank, places, rule="LK-R005")
    if value == "1" and _perhaps_relapsed(items, clear, chosen):
        return StatusReading(None, ("1", "2"), chosen[0].rank, places, rule="LK-R009")
    if value is not None and _outweighs(value, chosen):
        rank = next(word.rank for word in chosen if word.value == value)
        return StatusReading(_VALUES.get(value), (value,), rank, places)
    every = tuple(dict.fromkeys(option for word in chosen for option in word.options))
    rule = next((word.rule for word in chosen if word.rule), "LK-R005")
    return StatusReading(None, every, min(word.rank for word in chosen), places, rule=rule)


def _chosen(items: list[Item], clear: list[StatusWord]) -> list[StatusWord]:
    """The words that decide: the latest where the text dates them, else those of the highest rank."""
    latest = _dated(items, [word for word in clear if not word.is_weak])
    if latest is not None:
        return [latest]
    if _relapse_follows(clear):
        return [word for word in clear if word.value in ("1", "2")]
    best = min(word.rank for word in clear)
    return [word for word in clear if word.rank == best]


def _unclear(words: list[StatusWord], clear: list[StatusWord]) -> StatusReading | None:
    """The question to ask where status words could not be read, or placed, and none outweighs them."""
    if any(word.value != "0" for word in clear):
        return None
    weak = all(word.is_weak for word in clear)
    weighty = [
        word
        for word in words
        if word.unclear and (len(word.options) > _ASKED or (weak and word.value in ("1", "2")))
    ]
    if not weighty:
        return None
    return StatusReading(None, ("0", "1", "2"), 1, tuple(word.item for word in weighty), unclear=True)


def _weighed(items: list[Item], words: list[StatusWord]) -> bool:
    """Whether two statuses are weighed against each other: `in remission vs early relapse`.

    With `or` only where remission is one of them: `relapsed or refractory` is one thing.
    """
    return any(
        _between(items, first, second, ("vs", "versus"))
        or ("1" in first.options + second.options and _between(items, first, second, ("or",)))
        or (first.options[0] + second.options[0] in _CONTRARY and items[second.item].gap == "/")
        for first, second in pairwise(words)
    )


def _between(items: list[Item], first: StatusWord, second: StatusWord, phrases: tuple[str, ...]) -> bool:
    last = min(second.item, first.item + REACH)
    return any(items[place].phrase in phrases for place in range(first.item + 1, last))


def _relapse_follows(words: list[StatusWord]) -> bool:
    """Whether a relapse is told after a remission, with nothing to say which is the present one."""
    values = [word.value for word in words if word.value in ("1", "2")]
    return "1" in values and "2" in values[values.index("1") :]


def _lost_remission(chosen: list[StatusWord], clear: list[StatusWord]) -> bool:
    """Whether only a convention tells of no remission now, where there was one: perhaps a relapse."""
    return chosen[0].rank > 0 and any(word.value == "1" for word in clear if word not in chosen)


def _perhaps_relapsed(items: list[Item], clear: list[StatusWord], chosen: list[StatusWord]) -> bool:
    """Whether what may be a relapse is told after the remission: `in remission with molecular relapse`."""
    over = words_of("earlier") | words_of("afterwards")
    last = chosen[-1].item
    return _has_blasts(items[last + 1 : last + REACH]) or any(
        word.options[0] == "2" and word.value is None and items[word.item - 1].phrase not in over
        for word in clear
        if word.item > last
    )


def _has_blasts(items: list[Item]) -> bool:
    """Whether a share of blasts is told that no remission has: `blasts 25%`, `blast count: 25%`, `9% blasts`.

    Not a share that was (`at diagnosis`), nor one that is a bound (`<5% blasts`).
    """
    for place, item in enumerate(items):
        if item.phrase != "blast":
            continue
        share = place + 1
        while item_at(items, share).phrase in words_of("share_of"):
            share += 1
        if place and not item_at(items, share).phrase.isdigit() and item.gap.strip() == "%":
            share = place - 1
        number, after = item_at(items, share), item_at(items, max(share, place) + 1)
        percent = share < place or after.gap[:1] in ("%", ".") or after.phrase == "percent"
        spoken = {word for each in (*items[max(0, share - 2) : share], after) for word in each.phrase.split()}
        past = not words_of("discounting").isdisjoint(spoken) or ">" in after.gap or "<" in number.gap
        told = number.phrase.isdigit() and len(number.phrase) <= _SHARE_DIGITS
        if told and percent and not past and int(number.phrase) >= _TOO_MANY_BLASTS:
            return True
    return False


def _outweighs(value: str | None, chosen: list[StatusWord]) -> bool:
    """Whether a stated status stands beside what would only have to be asked.

    Relapse does; remission not beside a relapse of another kind (`molecular relapse`), refractory not beside
    a response.
    """
    likeliest = {word.options[0] for word in chosen}
    if value == "0":
        return all(value in word.options for word in chosen) and "1" not in likeliest
    return value == "2" or "2" not in likeliest


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
    if _in_sequence(items, words) or _is_second_remission(items, words) or _is_attained(items, words):
        return words[-1]
    now = [word for word in words if _told(items, word.item, words_of("now"))]
    if len(now) == 1:
        return now[0]
    past = [word for word in words if _told(items, word.item, words_of("then"))]
    rest = [word for word in words if word not in past]
    if past and len(rest) == 1:
        return rest[0]
    return None


def _is_second_remission(items: list[Item], words: list[StatusWord]) -> bool:
    """Whether the last status told is a second remission after the only relapse: `relapsed 2021, CR2`."""
    last = words[-1].item
    second = not words_of("second_remission").isdisjoint(items[last].phrase.split())
    return (
        second
        and words[-1].value == "1"
        and [word.value for word in words].count("2") == 1
        and not _told(items, last, words_of("then"))
    )


def _is_attained(items: list[Item], words: list[StatusWord]) -> bool:
    """Whether a remission is told to have come after none: `refractory to induction, achieved CR`."""
    last = words[-1]
    after = items[min(len(items) - 1, last.item + 1)]
    told = (not after.hard and after.phrase in words_of("attained")) or _told(
        items, last.item, words_of("attained")
    )
    return (
        last.value == "1"
        and told
        and all(word.value == "0" and word.rank >= last.rank for word in words[:-1])
    )


def _in_sequence(items: list[Item], words: list[StatusWord]) -> bool:
    """Whether arrows lead from each status to the next."""
    places = [word.item for word in words]
    return all(
        any(">" in items[place].gap for place in range(first + 1, second + 1))
        for first, second in pairwise(places)
    )


def _is_past(items: list[Item], word: StatusWord) -> bool:
    """Whether the only status told is one that was: `was in remission`, `previously relapsed`."""
    if word.value not in ("1", "2"):
        return False
    if word.value == "1" and _told(items, word.item, words_of("past")):
        return True
    before, after = items[max(0, word.item - 1)], items[min(len(items) - 1, word.item + 1)]
    earlier = before.phrase.split()[-1] in words_of("earlier")
    return (earlier and "," not in items[word.item].gap) or after.phrase in words_of("formerly")


def _told(items: list[Item], index: int, cues: frozenset[str]) -> bool:
    phrase = items[index].phrase
    if set(phrase.split()) & cues and not phrase.startswith("prior to "):
        return True
    after = item_at(items, index + 1)
    if after.gap == " " and after.phrase in cues & words_of("following"):
        return True
    for place in range(index - 1, max(-1, index - _FRAME), -1):
        after = items[place + 1]
        if after.hard or "," in after.gap or items[place].kind == "status":
            return False
        if set(items[place].phrase.split()) & cues:
            return True
    return False


def _year(items: list[Item], index: int) -> int | None:
    before_first = ":" in items[index].gap
    if item_at(items, index + 1).phrase in words_of("since"):
        index += 1
    for place in (index - 1, index + 1, index + 2) if before_first else (index + 1, index + 2, index - 1):
        if 0 <= place < len(items) and items[place].kind == "number":
            year = as_year(items[place])
            if year is not None:
                return year
    return None
