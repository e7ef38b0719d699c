"""What was typed into a search, and the terms that fit it, best first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice, product
from typing import Any, Final

from leukcodes.codes import cleaned
from leukcodes.codesystem import system
from leukcodes.enums import MatchKind
from leukcodes.models import Span
from leukcodes.results import Match
from leukcodes.search_terms import Term, TermIndex, Word, as_term, term_index, words_of

__all__ = ["Query"]

_CODE: Final = re.compile(r"[a-z][0-9][0-9a-z]{0,5}\Z", re.IGNORECASE | re.ASCII)
_MAX_WORDS: Final = 16

# Fewer letters than these stand within too many words.
_SHORTEST_PART: Final = 3

# A word shorter than this is one edit away from too many others; a long one can bear two.
_SHORTEST_REPAIRED: Final = 4
_TWO_EDITS_FROM: Final = 8
_MAX_REPAIRS: Final = 16
_MAX_FORMS: Final = 64


class Query:
    """What was typed, and the terms that fit it, in tiers; each tier is worked out when it is reached."""

    def __init__(self, text: str) -> None:
        self.index: Final[TermIndex] = term_index()
        self.words: Final = [word.form for word in words_of(text)[:_MAX_WORDS]]
        self.form: Final = " ".join(self.words)
        plain = cleaned(text).replace(".", "").removesuffix("-")
        self.code: Final = plain.upper() if _CODE.match(plain) else ""
        self.repairs: dict[str, tuple[tuple[int, str], ...]] = {}

    def results(self) -> Iterator[tuple[str, Term | None]]:
        """Codes with the term that led to them, None where it was the code itself; best first.

        What is found only by mending errors, or by most of the words, comes where nothing else does.
        """
        for group in (self._plain, self._mended, self._loose):
            found = False
            for result in group() if self.words else ():
                found = True
                yield result
            if found:
                return

    def _plain(self) -> Iterator[tuple[str, Term | None]]:
        yield from ((code, None) for code in self._codes(exact=True))
        yield from self._terms(self.index.exact.get(self.form, ()))
        yield from ((code, None) for code in self._codes(exact=False))
        beginning = _mask(number for form in self._forms() for number in self.index.beginning_with(form))
        yield from self._terms(_bits(beginning))
        prefixes = self._masks(self.index.words.with_prefix)
        by_prefix = _all(prefixes)
        yield from self._terms(_bits(by_prefix & ~beginning))
        yield from self._with_status()
        mended = self._mend([word for word, mask in zip(self.words, prefixes, strict=True) if not mask])
        yield from self._terms(mended)
        parts = self._masks(self._part_mask)
        by_part = _all(mask | part for mask, part in zip(prefixes, parts, strict=True))
        yield from self._terms(_bits(by_part & ~by_prefix & ~_mask(mended)))

    def _mended(self) -> Iterator[tuple[str, Term | None]]:
        """With typing errors: in the words that begin nothing, and where that finds nothing, in any."""
        for suspects in ([], self.words):
            beginning = self._mend(suspects)
            yield from self._terms(beginning)
            everywhere = _all(self._masks(self._mended_mask))
            yield from self._terms(_bits(everywhere & ~_mask(beginning)))
            yield from self._with_status()
            if beginning or everywhere:
                return

    def _loose(self) -> Iterator[tuple[str, Term | None]]:
        masks = [
            mended | part
            for mended, part in zip(self._masks(self._mended_mask), self._masks(self._part_mask), strict=True)
        ]
        seen = 0
        for level in _most(masks):
            yield from self._terms(_bits(level & ~seen))
            seen |= level

    def match(self, term: Term | None, code: str) -> Match:
        """What was found, with what was typed marked."""
        if term is None:
            length = len(self.code) + (len(self.code) > 3)
            return Match(MatchKind.CODE, code, (Span(0, min(length, len(code))),))
        return Match(term.kind, term.text, tuple(self._spans(words_of(term.text))))

    def _forms(self) -> Iterator[str]:
        """What was typed, and what it is if its end is a British -aemia being typed."""
        yield self.form
        stem = self.form.removesuffix("e")
        if len(self.words[-1]) >= _SHORTEST_REPAIRED and stem.endswith("a"):
            yield f"{stem[:-1]}e"

    def _codes(self, *, exact: bool) -> Iterator[str]:
        if not self.code:
            return
        dotted = f"{self.code[:3]}.{self.code[3:]}" if len(self.code) > 3 else self.code
        if exact:
            yield from [dotted] if dotted in system().tables else []
        else:
            yield from (code for code in system().codes if code.startswith(dotted))

    def _terms(self, numbers: Iterable[int]) -> Iterator[tuple[str, Term]]:
        terms = self.index.terms
        return ((terms[number].code, terms[number]) for number in numbers)

    def _masks(self, of_word: Callable[[str], int]) -> list[int]:
        return [of_word(word) for word in self.words]

    def _part_mask(self, word: str) -> int:
        return self.index.words.with_part(word) if len(word) >= _SHORTEST_PART else 0

    def _mended_mask(self, word: str) -> int:
        mask = self.index.words.with_prefix(word)
        for _, beginning in self.repairs.get(word, ()):
            mask |= self.index.words.with_prefix(beginning)
        return mask

    def _mend(self, suspects: list[str]) -> list[int]:
        """Look for typing errors in these words; the terms that begin as typed but for them.

        Fewer errors come first, and of each way to mend them the best term before the second best of any.
        """
        for word in suspects:
            self.repairs[word] = _repairs_of(word)
        choices = [((0, word), *self.repairs.get(word, ())) for word in self.words]
        forms: dict[int, list[str]] = {}
        for choice in islice(product(*choices), 1, _MAX_FORMS):
            forms.setdefault(sum(edits for edits, _ in choice), []).append(
                " ".join(word for _, word in choice)
            )
        found: dict[int, None] = {}
        for edits in sorted(forms):
            beginning = [self.index.beginning_with(form) for form in forms[edits]]
            found |= dict.fromkeys(numbers[0] for numbers in beginning if numbers)
            found |= dict.fromkeys(sorted({number for numbers in beginning for number in numbers}))
        return list(found)

    def _with_status(self) -> Iterator[tuple[str, Term]]:
        """A whole term and words of a status beside it: `APL in relapse` stands nowhere as one term."""
        for place in range(len(self.words) - 1, 0, -1):
            first, rest = self.words[:place], self.words[place:]
            for disease, status in ((first, rest), (rest, first)):
                for number in self.index.exact.get(" ".join(disease), ()):
                    yield from self._statuses(self.index.terms[number].code, status)

    def _statuses(self, code: str, words: list[str]) -> list[tuple[str, Term]]:
        """The codes of a disease by their status; what says least beside the words first."""
        family = system().families.get(code)
        rows = (system().tables.row(member) for member in (family.codes if family else ()) if member)
        titles = [as_term(row.versions[-1].title, MatchKind.TITLE, row.code) for row in rows if row]
        fits = [title for title in titles if all(self._begins(word, title.form.split(" ")) for word in words)]
        return [(title.code, title) for title in sorted(fits, key=lambda title: len(title.form))]

    def _begins(self, word: str, forms: list[str]) -> bool:
        beginnings = (word, *(beginning for _, beginning in self.repairs.get(word, ())))
        return any(form.startswith(beginnings) for form in forms)

    def _spans(self, words: list[Word]) -> Iterator[Span]:
        """For each typed word the first word of the term that it fits; in the order of the term."""
        spans: dict[int, Span] = {}
        for typed in self.words:
            for place, word in enumerate(words):
                part = None if place in spans else self._part(typed, word)
                if part is not None:
                    spans[place] = part
                    break
        return (spans[place] for place in sorted(spans))

    def _part(self, typed: str, word: Word) -> Span | None:
        at = word.form.find(typed)
        if at == 0 or (at > 0 and len(typed) >= _SHORTEST_PART):
            end = word.start + at + len(typed) if at + len(typed) < len(word.form) else word.end
            return Span(word.start + at, end)
        if any(word.form.startswith(beginning) for _, beginning in self.repairs.get(typed, ())):
            return Span(word.start, word.end)
        return None


@cache
def _matcher() -> Any:
    """RapidFuzz, loaded when the first typing error is met."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    return process.extract, OSA.distance


def _repairs_of(word: str) -> tuple[tuple[int, str], ...]:
    """Beginnings of words that differ from a word by typing errors, with how many; nearest first."""
    if len(word) < _SHORTEST_REPAIRED or word.isdecimal():
        return ()
    extract, distance = _matcher()
    edits = 2 if len(word) >= _TWO_EDITS_FROM else 1
    best: dict[str, int] = {}
    for length in (len(word), len(word) + 1, len(word) - 1):
        beginnings = term_index().words.beginnings(length)
        for beginning, edit, _ in extract(word, beginnings, scorer=distance, score_cutoff=edits, limit=None):
            if edit:
                best.setdefault(beginning, edit)
    nearest = sorted(best, key=best.__getitem__)[:_MAX_REPAIRS]
    return tuple((best[beginning], beginning) for beginning in nearest)


def _mask(numbers: Iterable[int]) -> int:
    mask = 0
    for number in numbers:
        mask |= 1 << number
    return mask


def _all(masks: Iterable[int]) -> int:
    common = -1
    for mask in masks:
        common &= mask
    return common


def _most(masks: list[int]) -> Iterator[int]:
    """Terms that have all words but one, then but two, and so on while that is more than half of them."""
    counts: list[int] = [0] * (len(masks) + 1)
    for mask in masks:
        for level in range(len(masks), 0, -1):
            counts[level] |= mask & (counts[level - 1] if level > 1 else -1)
    half = len(masks) // 2
    yield from (counts[level] for level in range(len(masks) - 1, half, -1))


def _bits(mask: int) -> Iterator[int]:
    """The places of the bits that are set, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
