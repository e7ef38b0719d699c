"""List the ordinary words that lie within typo reach of the vocabulary but mean something else.

    python tools/near_words.py tabular.xml words.txt [...]

Writes data/lexicon/other_words.tsv. Such a word is left as it is and never repaired into a word of disease.
Run it after the vocabulary has grown and the data are compiled, with an official tabular list (from the
packages that import_release.py fetches) and a plain list of English words (Webster's Second, `web2`,
is in the public domain). Of the latter, words that hardly anybody writes (by the package wordfreq) are left
out: near the vocabulary they are rather its misspellings.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from compile_lexicon import compile_lexicon
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract
from wordfreq import zipf_frequency

from leukcodes.text.lexicon import Lexicon
from leukcodes.text.lexicon import lexicon as packaged
from leukcodes.text.spelling import resembled_noun, resembles_critical, resembles_status, spell
from leukcodes.text.tokens import fold

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[a-z]{4,}")
_DOUBLING = re.compile(r"[^aeiou][aeiou][bdgklmnprt]\Z")
_SHORTEST = 5
_TWO_EDITS_FROM = 9
_TWO_EDITS_IF_COMMON_FROM = 7
_LONGEST_DOUBLING = 7
# On the Zipf scale: once in 30 million words, and once in a million.
_RAREST = 1.5
_COMMON = 3.0
_NO_VERB = re.compile(r"(?:ed|[^s]s|[^aeiou]{2,}or|ator|ist|ism|..ic|..al|ous|ive|oid|able|ible|ia|um)\Z")


def words_of(text: str) -> set[str]:
    """The distinct lower-case words of a text, tags left out."""
    return set(_WORD.findall(fold(_TAG.sub(" ", text))[0].lower()))


def inflected(words: Iterable[str]) -> set[str]:
    """The words of a dictionary with their regular endings, which it does not list."""
    return {form for word in words for form in (word, *_endings(word))}


def common(words: Iterable[str], endings: tuple[str, ...]) -> set[str]:
    """Those words that are in use today, and names of diseases, however rare."""
    return {word for word in words if word.endswith(endings) or zipf_frequency(word, "en") >= _RAREST}


def _endings(word: str) -> Iterator[str]:
    stem = word.removesuffix("e")
    if word.endswith("y"):
        yield from (f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}s", f"{word}ing")
    else:
        yield f"{word}s"
        if not _NO_VERB.search(word):
            yield from (f"{stem}ed", f"{stem}ing", f"{stem}er")
    if len(word) <= _LONGEST_DOUBLING and _DOUBLING.search(word):
        yield from (f"{word}{word[-1]}ed", f"{word}{word[-1]}ing")


def near(words: Iterable[str], targets: Targets, *, clinical: bool) -> list[str]:
    """Those words that lie within a typo's reach of a word of the vocabulary.

    Clinical words are kept within the wider reach at which an unread word raises a question, too.
    """
    return sorted(word for word in set(words) if targets.reach(word, wide=clinical))


class Targets:
    """The words that a typo may be taken for: those of cues at one edit, all others at one or two."""

    def __init__(self, names: Set[str], cues: Set[str]) -> None:
        self._names = _by_length(names)
        self._cues = _by_length(cues)

    def reach(self, word: str, *, wide: bool) -> bool:
        """Whether a word would be taken for one of them, or asked about for its sake."""
        return _has_neighbour(word, self._names, _reach(word) + wide) or _has_neighbour(word, self._cues, 1)


def matters(word: str) -> bool:
    """Whether a word would be repaired, or asked about, if it were not listed; not all near ones would."""
    return (
        spell(word).typo
        or resembles_critical(word, beside=True)
        or resembles_status(word, after_in=True)
        or resembled_noun(word) is not None
    )


def _by_length(words: Set[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for word in words:
        if len(word) >= _SHORTEST and word.isalpha():
            found.setdefault(len(word), []).append(word)
    return found


def _has_neighbour(word: str, by_length: dict[int, list[str]], reach: int) -> bool:
    choices = [
        each for size in range(len(word) - reach, len(word) + reach + 1) for each in by_length.get(size, ())
    ]
    return bool(extract(word, choices, scorer=OSA.distance, score_cutoff=reach, limit=1))


def _reach(word: str) -> int:
    """The edits within which a repair may come; two for shorter words only where they are in common use."""
    if len(word) >= _TWO_EDITS_FROM:
        return 2
    return 2 if len(word) >= _TWO_EDITS_IF_COMMON_FROM and zipf_frequency(word, "en") >= _COMMON else 1


def main() -> None:
    """Write the list from the files given."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="+")
    arguments = parser.parse_args()
    lexicon = Lexicon(compile_lexicon(DATA))
    cues = lexicon.cue_words
    names = {word for phrase in lexicon.phrases for word in phrase.split()} | set(lexicon.spelling)
    targets = Targets(names - cues, cues)
    known = names | cues | set(lexicon.fillers) | lexicon.disease_words
    endings = tuple(sorted(lexicon.classes["disease_ending"]))
    found: dict[str, str] = {}
    for path in arguments.files:
        clinical = path.suffix == ".xml"
        listed = words_of(path.read_text(encoding="utf-8"))
        words = listed if clinical else common(inflected(listed), endings)
        for word in near(words - known, targets, clinical=clinical):
            found.setdefault(word, path.stem)
    packaged().other_words = frozenset()
    rows = "".join(f"{word}\t{source}\n" for word, source in sorted(found.items()) if matters(word))
    (DATA / "lexicon" / "other_words.tsv").write_text(f"word\tsource\n{rows}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
