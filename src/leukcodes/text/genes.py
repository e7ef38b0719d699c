"""What is said of a gene: that it is absent or unchanged, still unknown, or only a part of a drug's name."""

from __future__ import annotations

from leukcodes.text.items import Item
from leukcodes.text.lexicon import words_of

__all__ = ["is_denied", "is_negative", "is_pending"]


def is_denied(items: list[Item], index: int) -> bool:
    """Whether a gene is said to be absent, unchanged, or a drug's: `PML-RARA negative`, `KMT2A inhibitor`."""
    item = items[index]
    if item.kind != "marker":
        return False
    if _is_whole(items, index) or is_negative(items, index):
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
    if after.phrase in words_of("gene_whole") or after.phrase in words_of("gene_normal"):
        return _is_said_of_it(items, index + 1)
    if after.phrase in words_of("denying") and index + 2 < len(items):
        return items[index + 2].phrase in words_of("gene_state")
    if after.gap != ": " and after.phrase in words_of("answer") | words_of("bare_answer"):
        return False
    if not any(cue.kind == "negated" and cue.direction == "post" for cue in after.cues):
        return False
    ends = index + 2 == len(items) or items[index + 2].hard or items[index + 2].gap != " "
    return after.gap in (" ", "-", ": ") or (ends and after.gap in (", ", " - ", " (", ":"))


def _is_said_of_it(items: list[Item], place: int) -> bool:
    """Whether `wild type` or `normal` is said of the gene before it, not of what follows: `normal CBC`."""
    word = items[place]
    last = place + 1 if place + 1 < len(items) and items[place + 1].phrase == "type" else place
    ends = last + 1 == len(items) or items[last + 1].hard or items[last + 1].gap != " "
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
    return not tested and any(
        cue.kind == "negated" and cue.direction == "post" for cue in items[index - 1].cues
    )


def is_pending(items: list[Item], index: int) -> bool:
    """Whether nobody knows yet of a gene: `PML-RARA pending`, `PML-RARA to be done`, `await PML-RARA`."""
    if items[index].kind != "marker" or not items[index].entry.features or items[index].entry.is_class:
        return False
    if index and items[index].gap == " " and items[index - 1].phrase in words_of("sought"):
        return True
    place = _past_its_test(items, index) + 1
    after = items[place : place + 2]
    if not after or after[0].hard:
        return False
    return after[0].phrase in words_of("outstanding") or [item.phrase for item in after] == ["to", "be"]


def _past_its_test(items: list[Item], index: int) -> int:
    """The last word of a gene with the test that looks for it: `KMT2A FISH`, `KMT2A by FISH`."""
    by = items[index + 1 : index + 3]
    if len(by) == 2 and by[0].phrase in words_of("gene_found") and by[1].phrase in words_of("gene_test"):
        index += 2
    while index + 1 < len(items) and items[index + 1].phrase in words_of("gene_test"):
        index += 1
    return index
