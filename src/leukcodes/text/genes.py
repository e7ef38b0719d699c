"""What is said of a gene: that it is absent or unchanged, still unknown, or only a part of a drug's name."""

from __future__ import annotations

from typing import Final

from leukcodes.text.items import OTHER, Item, item_at
from leukcodes.text.lexicon import BEHIND, NEGATED, words_of

__all__ = ["goes_on", "is_denied", "is_negative", "is_pending"]

_LIST_REACH: Final = 12
_NEAR: Final = 8
_NEXT: Final = frozenset({"status", "head", "entity"})
_QUESTIONING: Final = frozenset(
    {"negated", "uncertain", "hypothetical", "screening", "family", "other_person"}
)


def is_denied(items: list[Item], index: int) -> bool:
    """Whether a gene is said to be absent, unchanged, or a drug's: `PML-RARA negative`, `KMT2A inhibitor`."""
    item = items[index]
    if item.kind != "marker":
        return False
    if _is_whole(items, index) or is_negative(items, index):
        return True
    if item.entry.is_class and _is_placed(items, index):
        return True
    if index + 1 == len(items):
        return False
    after = items[index + 1]
    if item.entry.is_class:
        return _is_no_class(items, index)
    if after.gap == " " and after.phrase in words_of("gene_drug"):
        return True
    if _is_absent(items, _past_its_test(items, index)):
        return True
    last, joined = _listed(items, index)
    return joined and _is_absent(items, last)


def _is_placed(items: list[Item], index: int) -> bool:
    """Whether letters like those of a FAB class are a vertebra or a month: `LP at L3`, `CR at M3`."""
    before = items[index - 1].phrase if index else ""
    reached = before == "at" and index > 1 and items[index - 2].kind == "status"
    spine = before in words_of("places") and items[index].phrase[0] == "l"
    return reached or spine or before in words_of("months")


def _is_no_class(items: list[Item], index: int) -> bool:
    """Whether what follows makes letters like those of a FAB class another thing: `L3 disc`, `L3-4`."""
    after = items[index + 1]
    if after.gap == " ":
        return after.kind in OTHER or after.phrase in words_of("not_class")
    spine = items[index].phrase.startswith("l") and after.gap in ("-", "/")
    return spine and after.phrase in words_of("vertebra")


def _listed(items: list[Item], index: int) -> tuple[int, bool]:
    """The last word of a list of genes, and whether `and` or `all` makes what follows speak of this one.

    `inv(16) and t(8;21) negative`, `PML-RARA, KMT2A: both negative`.
    """
    every = pair = False
    place = index
    for later in range(index + 1, min(len(items), index + _LIST_REACH)):
        item = items[later]
        if item.hard or item.gap.strip(" ,/:()"):
            break
        pair = pair or (later == index + 1 and item.phrase in words_of("listing"))
        every = every or item.phrase in words_of("gene_list")
        if item.kind != "marker" and item.phrase not in words_of("gene_list") | words_of("listing"):
            break
        place = later
    return _past_its_test(items, place), every or (pair and place == index + 2)


def _is_absent(items: list[Item], index: int) -> bool:
    """Whether the words after a gene, or after its test, say that it was not found or is unchanged."""
    if index + 1 == len(items):
        return False
    after = items[index + 1]
    ends = _ends_result(items, index + 2)
    if _is_naught(after):  # a bare `n` may be a word cut off
        marked = after.gap.strip() in ("=", ":", "|", "(", ")") or (after.gap == " " and after.phrase != "n")
        return marked and _ends_value(items, index + 2)
    if after.phrase in words_of("gene_whole") or after.phrase in words_of("gene_normal"):
        return _is_said_of_it(items, index + 1)
    if (after.gap != ": " or not ends) and after.phrase in words_of("answer") | words_of("bare_answer"):
        return False
    if not after.has_cue(NEGATED, BEHIND):
        denied = after.kind == "cue" and not words_of("denying").isdisjoint(after.phrase.split())
        told = items[index + 2 : index + 3] if denied else []
        return any(item.phrase in words_of("gene_state") and not item.hard for item in told)
    if after.phrase == "minus":  # a sign, or the hyphen of `KMT2A- rearranged`
        return not any(map(_is_of_gene, items[index + 2 : index + 3]))
    return after.gap in (" ", "-", ": ") or (ends and after.gap in (", ", " - ", " (", ":"))


def _ends_result(items: list[Item], place: int) -> bool:
    """Whether what stands at a place goes on with nothing before it."""
    after = item_at(items, place)
    return after.hard or after.gap != " "


def _ends_value(items: list[Item], place: int) -> bool:
    """Whether nothing is counted that stands behind a value: `KMT2A 0%`, `0/200`, not `KMT2A, 0% blasts`."""
    after = item_at(items, place)
    return after.hard or after.phrase in words_of("status_of") or any(mark in after.gap for mark in ",)/|")


def _is_of_gene(item: Item) -> bool:
    """Whether a word goes on with a gene, so that the sign before it is a hyphen: `MLL- AF9`."""
    told = words_of("gene_state") | words_of("gene_test") | words_of("found")
    return item.gap in (" ", "-", "") and (item.kind == "marker" or item.phrase in told)


def _is_naught(item: Item) -> bool:
    """Whether a cell or a count says that there is none: `PML-RARA: ND`, `KMT2A 0%`, `0/200`."""
    return item.phrase in words_of("gene_none") or (item.kind == "number" and not item.phrase.strip("0."))


def _is_said_of_it(items: list[Item], place: int) -> bool:
    """Whether `wild type` or `normal` is said of the gene before it, not of what follows: `normal CBC`."""
    word = items[place]
    last = place + 1 if place + 1 < len(items) and items[place + 1].phrase == "type" else place
    ends = _ends_result(items, last + 1)
    direct = word.gap in (" ", "-", ": ", " (")
    if word.phrase in words_of("gene_normal"):
        return direct and ends
    return direct or (ends and not word.hard)


def _is_whole(items: list[Item], index: int) -> bool:
    """Whether a gene is said to be unchanged before its name: `wild-type TP53`, not `karyotype normal`."""
    place = index - 2 if index and items[index - 1].phrase == "type" else index - 1
    if place < 0 or items[index].gap.strip(" -"):
        return False
    if items[place].phrase in words_of("gene_whole"):
        return True
    led = place == 0 or items[place].gap != " " or items[place - 1].phrase in words_of("led")
    return led and items[place].phrase in words_of("gene_normal")


def is_negative(items: list[Item], index: int) -> bool:
    """Whether a gene is said to be absent before its name: `negative FLT3`, not `FISH negative KMT2A`."""
    if not index or items[index].kind != "marker" or items[index].gap != " ":
        return False
    before = items[index - 2] if index > 1 else None
    tested = before is not None and (before.kind == "marker" or before.phrase in words_of("gene_test"))
    return not tested and items[index - 1].has_cue(NEGATED, BEHIND)


def is_pending(items: list[Item], index: int) -> bool:
    """Whether nobody knows of a gene, or cannot tell what is said of it.

    `PML-RARA pending`, `await PML-RARA`, `KMT2A could not be assessed`, `Not detected: FLT3, KMT2A`.
    """
    if items[index].kind != "marker" or not items[index].entry.features or items[index].entry.is_class:
        return False
    return _is_sought(items, index) or _is_questioned(items, index)


def _is_sought(items: list[Item], index: int) -> bool:
    """Whether words before a gene, or before others in a list with it, look for it or deny it."""
    for place in range(index - 1, max(-1, index - _NEAR), -1):
        item, after = items[place], items[place + 1]
        listed = item.kind == "marker" and after.gap.strip() in ("", ",", "/")
        leads = listed or after.gap.strip() in ("", ":", "-", "(")
        if after.hard or not leads or item.phrase in words_of("found"):
            return False
        of_another = place > 0 and items[place - 1].kind == "marker" and after.gap != ": "
        if item.phrase in words_of("sought") or (_is_questioning(item) and not of_another):
            return True
        if item.kind in _NEXT or item.kind == "feature":
            return False
    return False


def _is_questioned(items: list[Item], index: int) -> bool:
    """Whether words behind a gene leave it open, in the same clause and before another gene."""
    place = _past_its_test(items, index) + 1
    if [item.phrase for item in items[place : place + 2]] == ["to", "be"] or _is_left_open(items, place):
        return True
    found = words_of("gene_state") | words_of("found")
    told = not found.isdisjoint(items[index].phrase.split())
    unchanged: frozenset[str] = frozenset()
    for item in items[index + 1 : index + _NEAR]:
        if item.kind == "marker" and item.gap.strip() in ("/", "("):  # another name of it
            if told:
                return False
            unchanged = words_of("gene_whole") | words_of("gene_normal")
            continue
        if item.hard or item.phrase in words_of("found") or item.kind in _NEXT or item.kind == "marker":
            return False
        if ") (" in item.gap or item.gap.strip(" :()[]-/|"):
            return False
        unknown = item.phrase in unchanged | words_of("outstanding")
        if unknown or _is_naught(item) or _is_questioning(item, behind=True):
            return True
    return False


def _is_left_open(items: list[Item], place: int) -> bool:
    """Whether the last word of a clause says that a result is not there yet: `KMT2A, pending`."""
    word = item_at(items, place)
    if word.hard or word.phrase not in words_of("outstanding"):
        return False
    return _ends_result(items, place + 1)


def _is_questioning(item: Item, *, behind: bool = False) -> bool:
    """Whether a word leaves a gene open; behind it, what looks ahead speaks of what follows: `no fever`."""
    if item.phrase == "?":
        return False
    looks = ("post", "beside") if behind and "not" not in item.phrase.split() else ("pre", "post", "beside")
    return item.has_cue(_QUESTIONING, looks)


def goes_on(items: list[Item], index: int) -> bool:
    """Whether a list that denies genes goes on with another: `no t(15;17), t(8;21) or inv(16)`."""
    for item in items[index + 1 : index + 3]:
        if item.hard or item.gap.strip(" ,/"):
            return False
        if item.kind == "marker":
            return True
        if item.phrase not in words_of("listing"):
            return False
    return False


def _past_its_test(items: list[Item], index: int) -> int:
    """The last word of a gene with the test that looks for it: `KMT2A FISH`, `KMT2A by FISH`."""
    by = items[index + 1 : index + 3]
    if len(by) == 2 and by[0].phrase in words_of("gene_found") and by[1].phrase in words_of("gene_test"):
        index += 2
    for item in items[index + 1 : index + _NEAR]:
        if item.hard or item.phrase not in words_of("gene_test"):
            break
        index += 1
    return index
