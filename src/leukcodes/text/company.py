"""Whether the words around a name let it be that disease: other meanings, tests, genes, look-alikes."""

from __future__ import annotations

from itertools import zip_longest
from typing import Final

from leukcodes.text.items import OTHER, OTHER_NAMES, REACH, Item, item_at
from leukcodes.text.lexicon import KIN, lexicon, words_of
from leukcodes.text.mentions import Mention

__all__ = ["in_company", "name_end", "stands"]

_MUST_HAVE_COMPANY: Final = frozenset({"B", "C"})
_PRODUCT_REACH: Final = 3
_ENTRY_BEGINS: Final = frozenset({",", ":", "("})
_ENTRY_ENDS: Final = frozenset({",", "("})
_OPENINGS: Final = frozenset({"(", "[", "-", "=", ":"})


def stands(items: list[Item], mention: Mention) -> bool:
    """Whether a mention may be taken for the disease it names."""
    last = name_end(items, mention)
    named = items[last].kind == "entity" or not items[last].entry.features.isdisjoint(words_of("noun"))
    if _belongs_to_product(items, last) or (named and _is_likeness(items, last)):
        return False
    if not mention.grade:
        return True
    if _heads_allergies(items, mention.items[0]):
        return False
    if _disagrees(items, mention) or _is_confused(items, mention) or _is_determiner(items, mention):
        return False
    if _is_dosed(items, mention.items[0]):
        return False
    if _is_salt(items, mention) and _has_company(items, mention):
        return not any(_of_blood(item) and item.kind != "status" for item in _around(items, mention))
    return in_company(items, mention) or _is_listed(items, mention) or _is_shouted(items, mention)


def _heads_allergies(items: list[Item], place: int) -> bool:
    """Whether a determiner in capitals is a label for allergies: `ALL: NKDA`."""
    after = item_at(items, place + 1)
    if ":" not in after.gap or items[place].phrase.lower() not in lexicon().fillers:
        return False
    if place and not items[place].hard:
        return False
    return after.phrase in words_of("allergen")


def name_end(items: list[Item], mention: Mention) -> int:
    """The last item of a name without the genes behind it."""
    return max(place for place in mention.items if items[place].kind != "marker")


def in_company(items: list[Item], mention: Mention) -> bool:
    """Whether an abbreviation with other meanings has the company that it needs."""
    if mention.grade not in _MUST_HAVE_COMPANY or len(mention.items) > 1:
        return True
    if _is_shouted(items, mention) or _is_salt(items, mention):
        return False
    return _has_company(items, mention)


def _is_salt(items: list[Item], mention: Mention) -> bool:
    """Whether letters may be the salt of an unread drug, not named otherwise: `Bupropion HCL`."""
    place = mention.items[0]
    if items[place].phrase.lower() not in words_of("salt") or not place or items[place].gap != " ":
        return False
    drug = items[place - 1].kind == "unknown" and not items[place].hard
    return drug and all(
        item.entry.features != items[place].entry.features for item in _around(items, mention)
    )


def _is_shouted(items: list[Item], mention: Mention) -> bool:
    """Whether capitals hide a determiner: in `ASTHMA, GOUT, ALL IN REMISSION` it may be all of them."""
    place = mention.items[0]
    if not place or items[place].phrase.lower() not in lexicon().fillers:
        return False
    first = max(0, place - REACH)
    capitals = all(item.capital or not item.phrase.isalpha() for item in items[first : place + REACH])
    after = item_at(items, place + 1)
    shared = after.gap == " " and after.kind == "status"
    return capitals and shared and any(item.kind == "disease" for item in items[first:place])


def _is_listed(items: list[Item], mention: Mention) -> bool:
    """Whether an abbreviation fills an entry in a list of diseases, or of what relatives had.

    `asthma, ALL, hypertension`, `PMH: ALL age 6`, `sister (ALL, age 9)`.
    """
    place = mention.items[0]
    after = item_at(items, place + 1)
    begins = place == 0 or items[place].hard or items[place].gap.strip() in _ENTRY_BEGINS
    pair = items[place + 1 : place + 3]
    dated = len(pair) > 1 and pair[0].phrase in words_of("dating") and pair[1].kind == "number"
    ends = after.hard or after.gap.strip() in _ENTRY_ENDS or dated
    return begins and ends and any(item.kind == "disease" or _lists(item) for item in _clause(items, mention))


def _lists(item: Item) -> bool:
    return item.has_cue(KIN | {"history"})


def _around(items: list[Item], mention: Mention) -> list[Item]:
    own = set(mention.items)
    first, last = min(own), max(own)
    near = range(max(0, first - REACH), min(len(items), last + REACH))
    return [items[index] for index in near if index not in own]


def _has_company(items: list[Item], mention: Mention) -> bool:
    """Alone in its field, called a diagnosis, or beside a word of blood disease; unread words are no company.

    In another sentence only remission and relapse are: not so `pneumonia, resolved. Tramadol HCL`.
    """
    name, clause = items[mention.items[0]].phrase, _clause(items, mention)
    place = mention.items[0]
    if place and not items[place].hard and items[place - 1].phrase in words_of("dx_word"):
        return True
    if any(
        _of_blood(item)
        and item.phrase != name
        and (item.kind != "status" or " explicit " in item.entry.meaning or item in clause)
        for item in _around(items, mention)
    ):
        return True
    return not any(item.kind in OTHER_NAMES for item in clause)


def _clause(items: list[Item], mention: Mention) -> list[Item]:
    """The other words between the boundaries of list or sentence that enclose a mention."""
    first = last = mention.items[0]
    while first > 0 and not items[first].hard and mention.items[0] - first < REACH:
        first -= 1
    while last + 1 < len(items) and not items[last + 1].hard and last - mention.items[0] < REACH:
        last += 1
    return [items[index] for index in range(first, last + 1) if index not in mention.items]


def _is_confused(items: list[Item], mention: Mention) -> bool:
    """Whether words beside an abbreviation belong to its other meaning, and none to blood disease."""
    confusing = lexicon().confusables.get(items[mention.items[0]].phrase.upper())
    if confusing is None:
        return False
    others = _around(items, mention)
    if not any(
        item.phrase in confusing and (after is None or after.phrase not in words_of("own_disorder"))
        for item, after in zip_longest(others, others[1:])
        if item is not None
    ):
        return False
    name = items[mention.items[0]].phrase
    if _is_in_remission(items, max(mention.items) + 1):
        return False
    blood = [item for item in others if _of_blood(item) and item.kind != "status" and item.grade != "C"]
    return all(item.phrase == name for item in blood)


def _is_in_remission(items: list[Item], place: int) -> bool:
    after = item_at(items, place)
    return after.gap == " " and after.entry.meaning.startswith("1 explicit")


def _is_determiner(items: list[Item], mention: Mention) -> bool:
    """Whether an abbreviation that is a determiner, too, stands before the noun it determines: `ALL labs`."""
    place = mention.items[0]
    if items[place].phrase.lower() not in lexicon().fillers:
        return False
    after = item_at(items, place + 1)
    return after.gap == " " and (after.phrase in lexicon().determined or _is_plural_thing(after))


def _is_plural_thing(item: Item) -> bool:
    plural = item.end - item.start > len(item.phrase)
    if plural and f"{item.phrase}s" in lexicon().determined:
        return True
    if item.capitalised or item.kind not in OTHER:
        return False
    return plural or item.phrase.endswith("s")


def _is_dosed(items: list[Item], place: int) -> bool:
    """Whether an abbreviation has a dose, as a drug does: `TAM 20 mg`."""
    after = items[place + 1 : place + 3]
    return len(after) == 2 and after[0].phrase[0].isdigit() and after[1].phrase in words_of("dose")


def _belongs_to_product(items: list[Item], last: int) -> bool:
    """Whether a name only tells what a test, gene or team is for: `CLL FISH panel`, `AML trial`."""
    for place, item in enumerate(items[last + 1 : last + 1 + _PRODUCT_REACH], start=last + 1):
        if item.hard or item.gap not in (" ", "-", "/"):
            return False
        ends = item_at(items, place + 1).hard
        if item.phrase in words_of("gene_test") and items[place - 1].kind == "marker" and not ends:
            return items[place + 1].phrase in words_of("product_noun")
        counted = items[place - 1].kind == "number"  # `18 months` is no month for a cause
        topic = ends and not counted and item.phrase in words_of("topic_noun")
        if topic or item.phrase in words_of("product_noun"):
            return True
        part = item.phrase in words_of("product_part")
        if item.kind not in ("unknown", "marker", "number", "status") and not part:
            return False
    return False


def _is_likeness(items: list[Item], last: int) -> bool:
    after = item_at(items, last + 1)
    return after.gap in (" ", "-") and after.phrase in words_of("likeness")


def _disagrees(items: list[Item], mention: Mention) -> bool:
    """Whether the words beside an abbreviation spell out another thing: `CLL (contralateral lower limb)`."""
    place = mention.items[0]
    letters = items[place].phrase.lower()
    if place and items[place].gap.strip() in _OPENINGS and items[place - 1].entry.meaning == "none":
        return True
    near = items[max(0, place - REACH) : place + REACH]
    if any(item.entry.meaning == "none" and _abbreviates(letters, [item]) for item in near):
        return True
    after = _expansion(items, range(place + 1, min(len(items), place + 1 + len(letters))), opening=place + 1)
    before = _expansion(items, range(max(0, place - len(letters)), place), opening=place)
    if ":" in items[place].gap:  # `cell mediated lysis: CML`, not `Clinical data: CLL`
        return "".join(item.phrase[0] for item in before) == letters
    return _abbreviates(letters, after) or any(
        _abbreviates(letters, before[cut:]) for cut in range(len(before))
    )


def _expansion(items: list[Item], places: range, opening: int) -> list[Item]:
    if opening >= len(items) or items[opening].gap.strip() not in _OPENINGS:
        return []
    return [items[place] for place in places]


def _abbreviates(letters: str, words: list[Item]) -> bool:
    """Whether unread words, together, begin and go on with the letters."""
    if not words or _of_blood(words[-1]):
        return False
    if any(_of_blood(word) or word.entry.features for word in words):
        return words[-1].kind in OTHER_NAMES and "".join(word.phrase[0] for word in words) == letters
    if not any(word.kind in OTHER_NAMES for word in words):
        return False
    text = iter("".join(word.phrase for word in words))
    return words[0].phrase[0] == letters[0] and all(letter in text for letter in letters)


def _of_blood(item: Item) -> bool:
    """Whether an item is a word of blood disease."""
    if item.kind == "status":
        return not item.entry.meaning.startswith("none") and " weak " not in f"{item.entry.meaning} "
    if item.kind == "entity":
        return bool(item.entry.codes)
    nouns = words_of("joint_noun")
    return item.kind in ("marker", "head") or bool(item.entry.features & nouns)
