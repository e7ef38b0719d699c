"""What a search can find: every title, inclusion term, index entry, synonym and abbreviation, as an index."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import chain
from typing import Any, Final, NamedTuple, TypeVar

from leukcodes.codesystem import system
from leukcodes.enums import MatchKind, NoteKind, Scope
from leukcodes.resources import read_notes, read_rows

__all__ = ["Postings", "Term", "TermIndex", "Word", "as_term", "term_index", "words_of"]

_Item = TypeVar("_Item")

_WORD: Final = re.compile(r"[^\W_]+")
_BRITISH: Final = re.compile(r"(?<=[a-z])aem")
_MODIFIER: Final = re.compile(r"\s*\([^()]*\)")
_TERM_NOTES: Final = {NoteKind.INCLUSION_TERM, NoteKind.INCLUDES}

# Sorts behind every word that continues a prefix.
_LAST: Final = "\uffff"

_SCOPES: Final = tuple(Scope)
_KINDS: Final = tuple(MatchKind)


class Word(NamedTuple):
    """A word of a text in the form in which words are compared, and where it stands."""

    form: str
    start: int
    end: int


class Term(NamedTuple):
    """A term, the code it leads to, and its form for comparing: its words with single spaces."""

    text: str
    kind: MatchKind
    code: str
    form: str


def as_term(text: str, kind: MatchKind, code: str) -> Term:
    """A term with its form."""
    forms = map(_folded, _WORD.findall(text))
    return Term(text, kind, code, " ".join(filter(None, forms)))


def words_of(text: str) -> list[Word]:
    """The words of a text without case and accents; everything but letters and digits parts words."""
    found = (Word(_folded(word[0]), *word.span()) for word in _WORD.finditer(text))
    return [word for word in found if word.form]


class Postings:
    """Which terms hold a word. A set of terms is an int with a bit for each."""

    def __init__(self) -> None:
        self._words: Final[dict[str, int]] = {}
        self._beginnings: Final[dict[int, list[str]]] = {}
        self._masks: Final[dict[str, int]] = {}

    def add(self, number: int, words: Iterable[str]) -> None:
        """Note the words of a term."""
        for word in words:
            self._words[word] = self._words.get(word, 0) | 1 << number

    @cached_property
    def words(self) -> list[str]:
        """Every word of every term, sorted."""
        return sorted(self._words)

    def with_prefix(self, prefix: str) -> int:
        """The terms with a word that begins so."""
        mask = self._masks.get(prefix)
        if mask is None:
            mask = 0
            for word in _range(self.words, prefix, prefix + _LAST):
                mask |= self._words[word]
            # What people type first is short and costly; the long rest is neither.
            if len(prefix) <= 3:
                self._masks[prefix] = mask
        return mask

    def with_part(self, part: str) -> int:
        """The terms with a word that holds this."""
        mask, text = 0, self._joined
        place = text.find(part)
        while place >= 0:
            end = text.index("\n", place)
            mask |= self._words[text[text.rindex("\n", 0, place) + 1 : end]]
            place = text.find(part, end)
        return mask

    def beginnings(self, length: int) -> list[str]:
        """The different beginnings of words, that long or whole words shorter by one."""
        known = self._beginnings.get(length)
        if known is None:
            known = sorted({word[:length] for word in self.words if len(word) >= length - 1})
            self._beginnings[length] = known
        return known

    @cached_property
    def _joined(self) -> str:
        return "\n".join(["", *self.words, ""])


class TermIndex:
    """The terms, best first, with the ways to find them."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms: Final = tuple(terms)
        self.words: Final = Postings()
        self.exact: Final[dict[str, list[int]]] = {}
        for number, term in enumerate(self.terms):
            self.exact.setdefault(term.form, []).append(number)
            self.words.add(number, set(term.form.split(" ")))
        self._forms: Final = sorted((form, number) for form, found in self.exact.items() for number in found)

    def beginning_with(self, form: str) -> list[int]:
        """The terms whose form begins so, best first."""
        return sorted(number for _, number in _range(self._forms, (form,), (form + _LAST,)))


def _range(items: list[_Item], first: Any, last: Any) -> list[_Item]:
    return items[bisect_left(items, first) : bisect_left(items, last)]


@cache
def term_index() -> TermIndex:
    """The index over the packaged terms, built on first use."""
    places = {code: (_rank(code), place) for place, code in enumerate(system().codes)}

    def key(term: Term) -> tuple[object, ...]:
        rank, place = places[term.code]
        return rank, len(term.form), _KINDS.index(term.kind), place

    return TermIndex(sorted(_distinct(_all_terms()), key=key))


def _rank(code: str) -> tuple[int, int]:
    """The order of codes whose terms fit what was typed equally well.

    Diseases come before their single statuses and sites, leukemias before the rest. After that short terms
    come before long ones, and titles before what is less official.
    """
    row, family = system().tables.row(code), system().family(code)
    scope = _SCOPES.index(row.scope) if row is not None else len(_SCOPES)
    return int(family is not None and family.code != code), scope


def _distinct(terms: Iterable[Term]) -> list[Term]:
    """Each term of each code once, as the most official kind it is given as."""
    found: dict[tuple[str, str], Term] = {}
    for term in terms:
        key = (term.form, term.code)
        known = found.get(key)
        if known is None or _KINDS.index(term.kind) < _KINDS.index(known.kind):
            found[key] = term
    return list(found.values())


def _all_terms() -> Iterator[Term]:
    for text, kind, code in chain(_titles(), _inclusion_terms(), _index_entries(), _synonyms()):
        term = as_term(text, kind, code)
        if term.form and code in system().tables:
            yield term


def _titles() -> Iterator[tuple[str, MatchKind, str]]:
    """Former titles too: people remember them."""
    for code in system().codes:
        row = system().tables.row(code)
        for version in () if row is None else row.versions:
            yield version.title, MatchKind.TITLE, code


def _inclusion_terms() -> Iterator[tuple[str, MatchKind, str]]:
    for owner, notes in read_notes().items():
        for kind, text, *_ in notes:
            if kind in _TERM_NOTES:
                yield text, MatchKind.INCLUSION_TERM, owner


def _index_entries() -> Iterator[tuple[str, MatchKind, str]]:
    """An entry's path as one text: the first spelling of its main term, without nonessential modifiers."""
    for path, code, *_ in read_rows("index.json"):
        main, *below = (_MODIFIER.sub("", part) for part in path.split(" > "))
        text = ", ".join([main.split(",")[0], *below])
        yield text, MatchKind.INDEX_ENTRY, code.removesuffix("-").removesuffix(".")


def _synonyms() -> Iterator[tuple[str, MatchKind, str]]:
    for text, kind, codes in read_rows("synonyms.json"):
        for code in codes:
            yield text, MatchKind(kind), code


def _folded(word: str) -> str:
    """Without case and accents, and with -emia and hem- in their American spelling."""
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    return _BRITISH.sub("em", word.lower())
