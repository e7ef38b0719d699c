"""From tokens to items: the longest phrase of the vocabulary at each place."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import accumulate, pairwise
from typing import Final

from leukcodes.text.lexicon import Abbreviation, Cue, Entry, Lexicon, lexicon, words_of
from leukcodes.text.mending import mended
from leukcodes.text.spelling import Spelled, resembled_noun, resembles_critical, spell
from leukcodes.text.tokens import Token, tokenise

__all__ = [
    "DISEASE",
    "FILLER",
    "OTHER",
    "OTHER_NAMES",
    "REACH",
    "UNKNOWN",
    "Item",
    "as_year",
    "item_at",
    "read_items",
]

_HARD: Final = re.compile(r"[;!]")
_WITHIN: Final = frozenset({"", " ", "-", ", "})  # nothing ends at these, and most gaps are such
_STOP: Final = re.compile(r"\.\s")
_YEARS: Final = range(1950, 2100)
_LETTERS: Final = 2
FILLER: Final = Entry("filler", "text")
_TRANSPARENT: Final = Entry("filler", "np")
_NUMBER: Final = Entry("number")
DISEASE: Final = Entry("disease")
UNKNOWN: Final = Entry("unknown", certainty="low")
_CUE: Final = Entry("cue")
# What may be another disease, and what is one or may be one, by name.
OTHER: Final = frozenset({"unknown", "disease"})
OTHER_NAMES: Final = OTHER | {"entity", "trap"}
# No farther apart, in items, are words that speak of each other: a bound on time.
REACH: Final = 60


class Item:
    """A phrase, word or sign of the input, and what it is."""

    __slots__ = (
        "capital",
        "capitalised",
        "cues",
        "end",
        "entry",
        "first",
        "gap",
        "grade",
        "hard",
        "kind",
        "last",
        "phrase",
        "start",
        "typo",
    )

    def __init__(
        self, entry: Entry, tokens: list[Token], first: int, last: int, phrase: str, hard: bool
    ) -> None:
        self.entry = entry
        self.kind = entry.kind
        self.first = first
        self.last = last
        self.phrase = phrase
        self.start = tokens[first].start
        self.end = tokens[last].end
        self.gap = tokens[first].gap
        self.hard = hard
        self.cues: tuple[Cue, ...] = ()
        self.grade = ""
        self.typo = False
        self.capital = tokens[first].raw.isupper()
        self.capitalised = tokens[first].raw[:1].isupper()

    @property
    def is_apart(self) -> bool:
        """Whether more than spaces, hyphens and slashes stands before it, or a boundary."""
        return self.hard or bool(self.gap.strip(" -/"))

    @property
    def is_cut_off(self) -> bool:
        """Whether a comma or a boundary stands before it."""
        return self.hard or "," in self.gap

    def has_cue(self, kinds: Container[str], directions: Container[str] | None = None) -> bool:
        """Whether it is a cue of one of the kinds that looks in one of the directions, if any are given."""
        return any(
            cue.kind in kinds and (directions is None or cue.direction in directions) for cue in self.cues
        )

    def become(self, entry: Entry) -> None:
        """Be another thing than its words alone said."""
        self.entry = entry
        self.kind = entry.kind
        self.grade = ""


_END: Final = Item(Entry("end"), [Token("", "", 0, 0, ".")], 0, 0, "", hard=True)


def item_at(items: list[Item], place: int) -> Item:
    """The item at a place from 0 on; beyond the last, one that ends the text as a stop would."""
    return items[place] if place < len(items) else _END


def _is_boundary(tokens: list[Token], index: int) -> bool:
    """Whether a sentence or list ends before the token; the stop after a short form ends nothing."""
    gap = tokens[index].gap
    if _HARD.search(gap):
        return True
    if gap.startswith("-\n"):  # a word or a name goes on
        return False
    if "\n" in gap:
        return gap.count("\n") > 1 or bool(gap.strip()) or not _runs_on(tokens, index)
    if not _STOP.search(gap):
        return False
    before = tokens[index - 1].raw.lower()
    if before in words_of("answer"):  # and not the short form of a number
        return tokens[index].raw[:1].isupper() or _fills_in(tokens, index - 1)
    if len(before) <= 1 or before in lexicon().spelling or before in words_of("short_stop"):
        return False
    return not (tokens[index].raw.islower() and _is_cut_short(before))


def _fills_in(tokens: list[Token], index: int) -> bool:
    """Whether a word answers what stands before it: `leukemia: no. diabetes`."""
    asked = index > 0 and tokens[index - 1].word == "?"
    return asked or any(mark in tokens[index].gap for mark in ":=")


def _is_cut_short(word: str) -> bool:
    """Whether a word before a stop is a misspelt short form: `chron. lypmh. leukemia`."""
    return word not in lexicon().vocabulary and resembles_critical(word, beside=True)


def _runs_on(tokens: list[Token], index: int) -> bool:
    """Whether a line ends in the middle of a name, as where a page was too narrow."""
    if not tokens[index].raw[:1].islower():
        return False
    words = lexicon()
    last, first = words.phrases.get(tokens[index - 1].word), words.phrases.get(tokens[index].word)
    if tokens[index - 1].word in words.fillers or tokens[index].word in words_of("closing"):
        return True
    unfinished = last is not None and bool(last.features) and not last.features & words_of("noun")
    return unfinished or (first is not None and bool(first.features & words_of("noun")))


def read_items(text: str) -> list[Item]:
    """The items of a text, in order, covering every token."""
    words = lexicon()
    tokens, typos = _spelled(tokenise(text))
    items = _built(words, text, tokens)
    repaired = _misspelt_noun(items)
    if repaired is not None:
        place, noun = repaired
        typos.add(place)
        tokens[place].word = noun
        items = _built(words, text, tokens)
    if typos:
        for item in items:
            item.typo = any(index in typos for index in range(item.first, item.last + 1))
    return items


def _built(words: Lexicon, text: str, tokens: list[Token]) -> list[Item]:
    breaks = [token.gap not in _WITHIN and _is_boundary(tokens, place) for place, token in enumerate(tokens)]
    for place in _numbers(tokens) if ". " in text or ") " in text else ():
        breaks[place] = True
    one_case = text.islower(), text.isupper()
    items: list[Item] = []
    place = 0
    while place < len(tokens):
        item = _item_at(words, tokens, breaks, place, one_case)
        items.append(item)
        place = item.last + 1
    return items


def _numbers(tokens: list[Token]) -> list[int]:
    """The numbers that begin the items of a list, one after another: `1. AML 2. Febrile`."""
    found = {
        place: int(number.word)
        for place, (number, after) in enumerate(pairwise(tokens))
        if after.gap in (". ", ") ")
        and after.raw[:1].isupper()
        and number.word.isdigit()
        and len(number.word) <= _LETTERS
        and (place == 0 or tokens[place - 1].word not in words_of("graded"))
    }
    counted = set(found.values())
    return [place for place, number in found.items() if not counted.isdisjoint((number - 1, number + 1))]


def _spelled(tokens: list[Token]) -> tuple[list[Token], set[int]]:
    """The tokens in the vocabulary's spelling, broken words whole, and which of them were typos."""
    words = lexicon()
    out: list[Token] = []
    typos: set[int] = set()
    tokens, broken = mended(tokens)
    for token in tokens:
        if broken and token.start in broken:
            typos.add(len(out))
        listed = words.spelling.get(token.word)
        if listed is None and token.word in words.vocabulary:
            out.append(token)
            continue
        if listed is None:
            found = spell(token.word)
            if found.typo and found.word in words.cue_words and token.raw.istitle():
                token.raw, found = token.word, Spelled(token.word, known=False)  # `Denise` is no `denies`
            listed = found.word
            if found.typo:
                typos.update(range(len(out), len(out) + len(listed.split())))
        out.extend(_parts(token, listed))
    return out, typos


def _parts(token: Token, word: str) -> list[Token]:
    """A token as the vocabulary writes it: one word, or the several that it stands for.

    Each has its own part of the span where the text has them letter for letter, the last in any spelling.
    """
    if " " not in word:
        return [Token(word, token.raw, token.start, token.end, token.gap)]
    parts = word.split()
    bounds = [*accumulate(map(len, parts[:-1]), initial=token.start), token.end]
    literal = token.raw.lower().startswith("".join(parts[:-1])) and len(token.raw) == token.end - token.start
    spans = pairwise(bounds) if literal else [(token.start, token.end)] * len(parts)
    return [
        Token(part, token.raw, start, end, "" if index else token.gap)
        for index, (part, (start, end)) in enumerate(zip(parts, spans, strict=True))
    ]


def _item_at(
    words: Lexicon, tokens: list[Token], breaks: list[bool], place: int, one_case: tuple[bool, bool]
) -> Item:
    lower_only, upper_only = one_case
    token = tokens[place]
    word, hard = token.word, place > 0 and breaks[place]
    abbreviation = _abbreviation(words, token, lower_only)
    cell = token.gap == "=" and word in words_of("answer")
    for size in _sizes(words, tokens, place):
        if size == 1 and abbreviation is not None:
            break
        if size > 1 and cell:  # `remission=no relapse=yes`
            continue
        last = place + size - 1
        if last >= len(tokens) or True in breaks[place + 1 : last + 1]:
            continue
        phrase = word if size == 1 else " ".join([each.word for each in tokens[place : last + 1]])
        entry = words.phrases.get(phrase)
        cues = words.cues.get(phrase, ())
        if entry is not None and entry.kind == "trap" and entry.meaning == "caps" and not upper_only:
            entry = None
        if entry is not None and _is_parted(words, tokens[place : last + 2], size - 1, entry):
            entry = None
        if entry is None and not cues:
            continue
        item = Item(entry or _CUE, tokens, place, last, phrase, hard)
        item.cues = cues
        return item
    if abbreviation is not None:
        item = Item(abbreviation.entry, tokens, place, place, token.raw, hard)
        item.grade = abbreviation.grade
        return item
    return Item(_plain_entry(words, word), tokens, place, place, word, hard)


def _sizes(words: Lexicon, tokens: list[Token], place: int) -> tuple[int, ...]:
    """How many tokens the phrases may have that can begin here, longest first."""
    word = tokens[place].word
    alone = words.lengths.get(word)
    if alone is None:
        return ()
    if place + 1 == len(tokens):
        return alone
    longer = words.lengths.get(f"{word} {tokens[place + 1].word}")
    return alone if longer is None else longer + alone


def _is_parted(words: Lexicon, tokens: list[Token], size: int, entry: Entry) -> bool:
    """Whether a comma among the `size` words after a phrase's first makes it none.

    What is said of a status, or makes a name another thing (`AML, renal failure`), then belongs to what
    follows; two letters stand for themselves: `AML, MR brain`.
    So they do right before a part of the body. Nor is a comparison a status: `CR <2 s`.
    """
    first, *following = tokens
    inside = following[:size]
    letters = size == 1 and len(inside[0].word) == _LETTERS
    if letters and following[size:] and following[size].word in words_of("imaged"):
        return True
    if entry.kind == "status" and any(mark in token.gap for token in inside for mark in "<>"):
        return True
    described = size > 0 and first.word in words.fillers and "," in inside[0].gap  # `older adult, T-cell`
    parts = letters or described or entry.kind in ("status", "trap") or entry.meaning == "none"
    return parts and any("," in token.gap for token in inside)


def _abbreviation(words: Lexicon, token: Token, lower_only: bool) -> Abbreviation | None:
    found = words.abbreviations.get(token.raw)
    if found is None and (lower_only or token.raw.istitle()):
        found = words.lower_abbreviations.get(token.word)
    return found


def _plain_entry(words: Lexicon, word: str) -> Entry:
    if word in words.disease_words:
        return DISEASE
    role = words.fillers.get(word)
    if role is not None:
        return _TRANSPARENT if role == "np" else FILLER
    if word[0].isdigit():
        return _NUMBER
    if word.endswith(tuple(words_of("disease_ending"))):
        return DISEASE
    return UNKNOWN if word.isalpha() or not word.isascii() else FILLER


def _misspelt_noun(items: list[Item]) -> tuple[int, str] | None:
    """The token of a misspelt noun that its own adjectives make plain: `acute myeloid lekumia`; and the noun.

    Alone it would be too far from the word; beside a lineage, where the text has no other noun, no other can
    stand there.
    """
    unread = [index for index, item in enumerate(items) if item.kind in OTHER]
    nouns = words_of("noun")
    if not unread or any(item.kind == "entity" or item.entry.features & nouns for item in items):
        return None
    for index in unread:
        noun = resembled_noun(items[index].phrase)
        beside = [items[place] for place in (index - 1, index + 1) if 0 <= place < len(items)]
        if noun is not None and any(each.entry.features and each.kind == "feature" for each in beside):
            return items[index].first, noun
    return None


def as_year(item: Item) -> int | None:
    """The year that a number is, if it is one."""
    if not item.phrase.isdigit():
        return None
    number = int(item.phrase[:5])
    if number in _YEARS:
        return number
    return 2000 + number if item.gap.endswith("'") and len(item.phrase) == 2 else None
