"""Words that are what they seem only in some company: letters, short statuses, lower-case abbreviations."""

from __future__ import annotations

from typing import Final

from leukcodes.text.items import DISEASE, FILLER, OTHER, UNKNOWN, Item, as_year, item_at
from leukcodes.text.lexicon import lexicon, words_of

__all__ = ["settle_short_forms"]

_BESIDE: Final = frozenset({"", " ", "-", "/", " /", "/ ", " -"})
_GENERIC: Final = "disease"
_EITHER: Final = "cr or not"
_SHORT_FORM: Final = 3
_OTHER_THINGS: Final = OTHER | {"number", "entity", "marker"}
_SPELT: Final = OTHER | {"filler"}


def settle_short_forms(items: list[Item]) -> None:
    """Make each such item what its neighbours show it to be."""
    _settle_letters(items)
    _settle_lower_case(items)
    _settle_short_statuses(items)
    _settle_named_diseases(items)


def _settle_letters(items: list[Item]) -> None:
    """Letters and short forms that name a part of the disease only right beside a word of it."""
    words = lexicon()
    for index, item in enumerate(items):
        if item.phrase in words_of("time_unit") and index and items[index - 1].phrase.lstrip("x").isdigit():
            item.become(FILLER)
        rule = words.beside.get(item.phrase)
        if rule is not None and item.kind == "feature" and not _stands_beside(items, index, rule[0]):
            item.become(words.phrases.get(rule[1], FILLER))


def _stands_beside(items: list[Item], index: int, after_name: str) -> bool:
    """Whether a word of the disease stands right after, or before where `after_name` allows it."""
    item = items[index]
    after = items[index + 1] if index + 1 < len(items) and not items[index + 1].hard else None
    before = items[index - 1] if index else None
    if after_name == "alone":
        named = before is not None and bool(before.entry.features)
        return named or after is None or after.kind not in _OTHER_THINGS
    if after is not None and after.phrase in words_of("joining") and index + 2 < len(items):
        return bool(items[index + 2].entry.features & lexicon().beside.keys())
    if after is not None and after.entry.features and after.gap in _BESIDE:
        return True
    if before is None or not before.entry.features or item.gap not in _BESIDE or after_name == "no":
        return False
    if after_name == "inverted":
        nouns = words_of("noun")
        return nouns.isdisjoint(before.entry.features) and not nouns.isdisjoint(
            items[index - 2].entry.features if index > 1 else ()
        )
    ends = after is None or bool(after.gap.strip()) or after.kind in ("filler", "status")
    return after_name == "yes" or ends


def _settle_short_statuses(items: list[Item]) -> None:
    """Short status words with other meanings (creatinine, a release form, a vaccine) stand by themselves."""
    for index, item in enumerate(items):
        if item.kind != "status":
            continue
        if item.phrase in words_of("mixed_case"):
            _settle_mixed_case(item)
        elif item.phrase.split()[0] in words_of("bare_status"):
            _settle_bare(items, index)
        elif _is_rate(items, index) or _is_cut_short(items, index):
            item.become(FILLER)


def _settle_mixed_case(item: Item) -> None:
    """CRi and CRp are remissions; CRP in capitals is a protein, and CRI may be renal insufficiency."""
    if item.capital or not item.capitalised:
        item.become(FILLER if item.phrase in words_of("laboratory") else lexicon().phrases[_EITHER])


def _settle_bare(items: list[Item], index: int) -> None:
    item = items[index]
    after = item_at(items, index + 1)
    before = items[index - 1] if index and item.gap in (" ", "/") else None
    before = None if before is None or before.phrase in words_of("versus") else before
    if " " in item.phrase and item.phrase[-1].isdigit() and not item.capital:
        item.become(lexicon().phrases[_EITHER])  # `cr 1` may be creatinine
    if _ends_laboratory_values(items, index) or _is_spelt_out(items, index):
        item.become(FILLER)
    if " " in item.phrase or item.kind != "status":
        return
    if item.phrase in words_of("response") and after.kind == "number":
        return
    goes_on = _is_measured(after) and not _is_time(items, index + 1)
    other = before is not None and (before.kind in OTHER or before.phrase in words_of("level"))
    if not item.capital or goes_on or other:
        unsure = item.capital and not other and item.entry.meaning.startswith("1")
        item.become(lexicon().phrases[_EITHER] if unsure and _leads_nowhere(after) else FILLER)


def _leads_nowhere(after: Item) -> bool:
    """Whether an unread word follows that is none of a measurement: `CR normal marrow`."""
    return after.gap == " " and after.phrase not in words_of("level") and after.kind in OTHER


def _is_cut_short(items: list[Item], index: int) -> bool:
    """Whether a short form may be that of another word: `rel hypotension` is relative."""
    item, after = items[index], item_at(items, index + 1)
    short = item.end - item.start <= _SHORT_FORM and item.phrase in words_of("status_word")
    return short and after.gap in (" ", ". ") and after.kind in OTHER


def _is_rate(items: list[Item], index: int) -> bool:
    """Whether a short form has a value: `R/R 80` is rhythm and rate."""
    after = item_at(items, index + 1)
    return after.kind == "number" and items[index].phrase in words_of("rate") and as_year(after) is None


def _is_measured(after: Item) -> bool:
    """Whether what follows a short form shows it to be a measurement, or no status: `RR: 14`, `CR <2 s`."""
    if as_year(after) is not None or after.phrase in words_of("versus") | words_of("attained"):
        return False
    if after.gap == " " and after.phrase in words_of("level"):
        return True
    number = after.phrase[:1].isdigit()
    gap = after.gap.strip(" ):=<>") if number else after.gap.replace(" ", "")
    return gap in ("", "-", "/") and (number or after.kind in _OTHER_THINGS)


def _is_time(items: list[Item], place: int) -> bool:
    """Whether a number tells how long: `CR 5 years`, `CR>5y`."""
    number = items[place].phrase
    unit = number.lstrip("0123456789.") or item_at(items, place + 1).phrase
    return number[0].isdigit() and unit in words_of("duration")


def _ends_laboratory_values(items: list[Item], index: int) -> bool:
    """Whether a short word follows another measurement and its value: `K 4 CR 1`."""
    if index < 2 or items[index].gap.strip(" ,"):
        return False
    return items[index - 1].kind == "number" and items[index - 2].kind == "unknown"


def _is_spelt_out(items: list[Item], index: int) -> bool:
    """Whether the words before tell what a short form in parentheses is here: `cardiac rehab (CR)`."""
    letters = items[index].phrase
    words = items[max(0, index - len(letters)) : index]
    spelt = "".join(item.phrase[0] for item in words) == letters
    named = all(item.kind in _SPELT and item.gap == " " for item in words[1:])
    return "(" in items[index].gap and spelt and named and words[-1].kind in OTHER


def _settle_named_diseases(items: list[Item]) -> None:
    """`Meniere disease` is another disease, whatever its name."""
    for index, item in enumerate(items[1:], start=1):
        if item.phrase == _GENERIC and items[index - 1].kind == "unknown" and item.gap == " ":
            item.become(DISEASE)


def _settle_lower_case(items: list[Item]) -> None:
    """A lower-case abbreviation inside a name is a misspelt word of it: `hairy cll leukemia`."""
    for index, item in enumerate(items):
        if not item.grade or not item.phrase.islower():
            continue
        beside = [items[index - 1]] if index and item.gap in (" ", "-") else []
        after = item_at(items, index + 1)
        beside += [after] if after.gap in (" ", "-") else []
        if any(each.kind == "unknown" or each.entry.features for each in beside):
            item.become(UNKNOWN)
