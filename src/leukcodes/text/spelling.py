"""Bringing a written word to the vocabulary's spelling: variants first, then typos within a bound."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from leukcodes.text.lexicon import lexicon, words_of
from leukcodes.text.tokens import american

__all__ = ["Spelled", "resembled_noun", "resembles_critical", "resembles_status", "spell", "variant"]

# The vocabulary's word has five letters at least; a typed word may have lost one of them.
_SHORTEST_FUZZY: Final = 5
_SHORTEST_TYPED: Final = 4
_TWO_EDITS_FROM: Final = 8
_LONGEST_WORD: Final = 40
_SHORTEST_PART: Final = 4

_CUT_LETTERS: Final = 3
_SHORTEST_CUT: Final = 6
_STATUS_REACH: Final = 3
_SHORTEST_NOUN: Final = 6
_NOUN_REACH: Final = 2
# The disease nouns have near neighbours of another meaning: never more than one edit to them.
_SHORTEST_REACH: Final = 1

_PLURALS: Final = (("ies", "y"), ("es", ""), ("s", ""))
_OCR: Final = (("rn", "m"), ("1", "l"), ("1", "i"), ("0", "o"), ("vv", "w"), ("5", "s"))


class Spelled(NamedTuple):
    """A word as the vocabulary writes it; `typo` when letters were changed, `known` when found at all."""

    word: str
    known: bool
    typo: bool = False


@lru_cache(maxsize=8192)
def spell(word: str) -> Spelled:
    """The vocabulary's spelling of a lower-case word; the word itself, not known, where none is near.

    A typo is repaired only where exactly one reading of the whole vocabulary is nearest, neighbours included.
    """
    plain = variant(word)
    if plain is not None:
        return Spelled(plain, known=True)
    if word in lexicon().other_words or not _SHORTEST_TYPED <= len(word) <= _LONGEST_WORD:
        return Spelled(word, known=False)
    for spelled in _scanned(word):
        plain = variant(spelled)
        if plain is not None and spelled in _targets():
            return Spelled(plain, known=True, typo=True)
    if not word.isalpha():
        return Spelled(word, known=False)
    repaired = _nearest(word) or _nearest(american(word)) or _parted(word)
    return Spelled(repaired, known=True, typo=True) if repaired else Spelled(word, known=False)


@lru_cache(maxsize=8192)
def variant(word: str) -> str | None:
    """The word, its British, plural or listed form, as the vocabulary has it; None where it has none."""
    words = lexicon()
    listed = words.spelling.get(word)
    if listed is not None:
        return listed
    if word in words.vocabulary:
        return word
    for form in _forms(word):
        listed = words.spelling.get(form)
        if listed is not None:
            return listed
        if form in words.vocabulary:
            return form
    return None


def _forms(word: str) -> Iterator[str]:
    plain = american(word)
    if plain != word:
        yield plain
    for form in {word, plain}:
        for ending, replacement in _PLURALS:
            if form.endswith(ending) and len(form) - len(ending) >= _SHORTEST_PART:
                yield form[: len(form) - len(ending)] + replacement


def _scanned(word: str) -> Iterator[str]:
    for seen, meant in _OCR:
        if seen in word:
            yield word.replace(seen, meant)


@cache
def _targets() -> frozenset[str]:
    """Words a typo may stand for: long ones that carry meaning."""
    words = lexicon()
    names = {word for phrase in words.phrases for word in phrase.split() if len(word) > _SHORTEST_FUZZY}
    read = [phrase for phrase, entry in words.phrases.items() if entry.kind != "entity"]
    carrying = names | {word for phrase in (*read, *words.cues) for word in phrase.split()}
    foreign = {
        form for form, meant in words.spelling.items() if len(form) > _SHORTEST_FUZZY and meant != "leukemia"
    }
    every = carrying | words.disease_words | set(words.fillers) | foreign | words_of("repair_form")
    abbreviations = {name.lower() for name in words.abbreviations}
    return frozenset(
        word for word in every - abbreviations if len(word) >= _SHORTEST_FUZZY and word.isalpha()
    )


@cache
def _by_length() -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for word in sorted(_targets()):
        found.setdefault(len(word), []).append(word)
    return {length: tuple(words) for length, words in found.items()}


def _nearest(word: str) -> str | None:
    """The single reading at the smallest distance, or None where there is none, or more than one."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    radius = 2 if len(word) >= _TWO_EDITS_FROM - 1 else 1
    spread = range(len(word) - radius, len(word) + radius + 1)
    choices = [choice for length in spread for choice in _by_length().get(length, ())]
    found = extract(word, choices, scorer=OSA.distance, score_cutoff=radius, limit=None)
    found = [each for each in found if each[1] == 1 or max(len(word), len(each[0])) >= _TWO_EDITS_FROM]
    if not found:
        return None
    least = min(distance for _, distance, _ in found)
    choices = [choice for choice, distance, _ in found if distance == least]
    if least > _SHORTEST_REACH and not _guarded().isdisjoint(choices):
        return None
    # A short form, such as `lymphoc`, is less often misspelt than the whole word.
    short = {choice for choice in choices if choice in lexicon().spelling and len(choice) <= len(word)}
    choices = [choice for choice in choices if choice not in short] or choices
    nearest = [variant(choice) or choice for choice in choices]
    if _is_cut(word, nearest):
        return None
    entries = lexicon().phrases
    own = [each for each in nearest if each in entries] or nearest
    if len({_meaning(each) for each in own}) > 1:
        return None
    # A status must be the only reading: a word that stands nowhere alone may be a part of another status.
    is_status = own[0] in entries and entries[own[0]].kind == "status"
    if is_status and len({_meaning(each) for each in nearest}) > 1:
        return None
    return max(own, key=len)  # a letter is lost more often than added


def _is_cut(word: str, nearest: list[str]) -> bool:
    """Whether a word may be the beginning of a longer one that none of its readings is: `myelomo`."""
    longer = range(len(word) + _CUT_LETTERS, _LONGEST_WORD)
    return len(word) >= _SHORTEST_CUT and any(
        target.startswith(word)
        and not target.startswith(tuple(nearest))
        and (variant(target) or target) not in nearest
        for length in longer
        for target in _by_length().get(length, ())
    )


@cache
def _guarded() -> frozenset[str]:
    """Words that take one edit at most: nouns and statuses with near neighbours, cues and fillers."""
    nouns = words_of("guarded_noun") | words_of("repair_form") | words_of("status_word")
    return nouns | lexicon().cue_words | lexicon().fillers.keys()


def _meaning(word: str) -> object:
    """What makes two words one reading: the same entry, or being the same word."""
    words = lexicon()
    entry = words.phrases.get(word)
    if entry is None:
        return words.cues.get(word, word)
    return (entry.kind, entry.meaning.split()[0] if entry.kind == "status" else entry.meaning)


def _parted(word: str) -> str | None:
    """Vocabulary words written without the spaces between them: `acutemyeloid`, `hairycellleukemia`."""
    words = lexicon()
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        first, rest = american(word[:cut]), american(word[cut:])
        if first not in words.lengths:
            continue
        if rest in words.vocabulary:
            return f"{first} {rest}"
        parted = _parted(rest)
        if parted is not None:
            return f"{first} {parted}"
    return None


@cache
def _critical() -> frozenset[str]:
    """Words on which a code depends: of diseases, their adjectives, and the signs."""
    words = lexicon()
    carrying = {
        word
        for phrase, entry in words.phrases.items()
        if entry.features or entry.kind == "entity"
        for word in phrase.split()
    }
    foreign = {form for form in words.spelling if len(form) >= _SHORTEST_FUZZY}
    chosen = (carrying - set(words.fillers) - words.disease_words) | foreign | words_of("sign")
    return frozenset(word for word in chosen if len(word) >= _SHORTEST_TYPED and word.isalpha())


@lru_cache(maxsize=4096)
def resembles_critical(word: str, *, beside: bool = False) -> bool:
    """Whether an unread word may be a misspelt word of the disease, too near to one to pass over."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    if word in lexicon().vocabulary and (not beside or word in _critical()):
        return False
    ordinary = word in lexicon().other_words
    if not _SHORTEST_TYPED - 1 <= len(word) <= _LONGEST_WORD or (ordinary and not beside):
        return False
    reach = 1 if len(word) < _SHORTEST_FUZZY or ordinary else 2 if len(word) <= _TWO_EDITS_FROM else 3
    return extractOne(word, _critical(), scorer=OSA.distance, score_cutoff=reach) is not None


@lru_cache(maxsize=4096)
def resembled_noun(word: str) -> str | None:
    """The noun that an unread word is nearest to, within two edits, if there is one."""
    from rapidfuzz.distance import OSA

    if len(word) < _SHORTEST_NOUN or word in lexicon().other_words or word in lexicon().vocabulary:
        return None
    forms = words_of("leukemia_form") | words_of("misspelt_noun")
    least, nearest = min((OSA.distance(word, form), form) for form in sorted(forms))
    others = (words_of("guarded_noun") | words_of("other_noun")) - forms
    if least > _NOUN_REACH or least >= min(OSA.distance(word, other) for other in others):
        return None
    return variant(nearest)


@lru_cache(maxsize=4096)
def resembles_status(word: str, *, after_in: bool = False) -> bool:
    """Whether an unread word may be a badly misspelt status: too far to read, too near to pass over."""
    from rapidfuzz.distance import OSA

    ordinary = word in lexicon().other_words or word in lexicon().vocabulary
    if not _SHORTEST_FUZZY <= len(word) <= _LONGEST_WORD or (ordinary and not after_in):
        return False
    reach = 1 if ordinary else _STATUS_REACH
    return any(OSA.distance(word, status, score_cutoff=reach) <= reach for status in words_of("status_word"))
