"""What is said of a gene: that it is absent or unchanged, still unknown, or only a part of a drug's name."""

from __future__ import annotations

from leukcodes.text.items import Item
from leukcodes.text.lexicon import words_of

__all__ = ["is_denied", "is_pending"]


def is_denied(items: list[Item], index: int) -> bool:
    """Whether a gene is said to be absent, unchanged, or a drug's: `PML-RARA negative`, `KMT2A inhibitor`."""
    item = items[index]
    if item.kind != "marker":
        return False
    if _is_whole(items, index):
        return True
    if index + 1 == len(items):
        return False
    after = items[index + 1]
    if item.entry.is_class:
        elsewhere = after.kind in ("unknown", "disease") or after.phrase in words_of("not_class")
        return after.gap == " " and elsewhere
    if after.gap == " " and after.phrase in words_of("gene_drug"):
        return True
    return _is_absent(items, _past_its_test(items, index))


def _is_absent(items: list[Item], index: int) -> bool:
    """Whether the words after a gene, or after its test, say that it was not found or is unchanged."""
    if index + 1 == len(items):
        return False
    after = items[index + 1]
    if after.phrase in words_of("gene_whole"):
        return True
    if after.phrase in words_of("denying") and index + 2 < len(items):
        return items[index + 2].phrase in words_of("gene_state")
    if after.gap != ": " and after.phrase in words_of("answer") | words_of("bare_answer"):
        return False
    if not any(cue.kind == "negated" and cue.direction == "post" for cue in after.cues):
        return False
    ends = index + 2 == len(items) or items[index + 2].hard or items[index + 2].gap != " "
    return after.gap in (" ", "-", ": ") or (ends and after.gap in (", ", " - ", " (", ":"))


def _is_whole(items: list[Item], index: int) -> bool:
    """Whether a gene is said to be unchanged before its name: `wild-type TP53`."""
    before = [item.phrase for item in items[max(0, index - 2) : index] if item.phrase != "type"]
    return bool(before) and before[-1] in words_of("gene_whole") and not items[index].gap.strip(" -")


def is_pending(items: list[Item], index: int) -> bool:
    """Whether nobody knows yet of a gene: `PML-RARA pending`, `PML-RARA to be done`, `await PML-RARA`."""
    if items[index].kind != "marker" or not items[index].entry.features or items[index].entry.is_class:
        return False
    if index and not items[index].hard and items[index - 1].phrase in words_of("sought"):
        return True
    place = _past_its_test(items, index) + 1
    after = [item.phrase for item in items[place : place + 2] if not item.hard]
    return not words_of("outstanding").isdisjoint(after[:1]) or after == ["to", "be"]


def _past_its_test(items: list[Item], index: int) -> int:
    """The last word of a gene with the test that looks for it: `KMT2A FISH`, `KMT2A by FISH`."""
    by = items[index + 1 : index + 3]
    if len(by) == 2 and by[0].phrase in words_of("gene_found") and by[1].phrase in words_of("gene_test"):
        index += 2
    while index + 1 < len(items) and items[index + 1].phrase in words_of("gene_test"):
        index += 1
    return index
