"""Words with a space, a hyphen or the end of a line inside, made whole: `my elogenous`, `lympho cytic`."""

from __future__ import annotations

from typing import Final

from leukcodes.text.lexicon import lexicon, words_of
from leukcodes.text.spelling import variant
from leukcodes.text.tokens import Token

__all__ = ["mended"]

_SHORTEST: Final = 4
_LONGEST: Final = 24
_ARTICLE: Final = "a"


def mended(tokens: list[Token]) -> tuple[list[Token], set[int]]:
    """The tokens with broken words made whole, and the offsets at which those begin.

    Two pieces are one word only where the vocabulary has it letter for letter, and not where both are words
    of their own: `in complete remission`.
    """
    known = lexicon().vocabulary
    prefixes, suffixes = words_of("prefix"), words_of("suffix")
    out: list[Token] = []
    broken: set[int] = set()
    before = ""
    for token in tokens:
        word = token.word
        odd = word not in known and variant(word) is None
        if out and (
            odd or before not in known or before in prefixes or word in suffixes or "\n" in token.gap
        ):
            whole = _whole(out[-1], token)
            if whole is not None:
                out[-1] = whole
                if odd or before not in known or token.gap != "-":
                    broken.add(whole.start)
                before = whole.word
                continue
        if odd and token.gap.rstrip("- \n").endswith(_ARTICLE) and variant(_ARTICLE + word):
            word = _ARTICLE + word
            broken.add(token.start)
            out.append(Token(word, token.raw, token.start, token.end, " "))
        else:
            out.append(token)
        before = word
    return out, broken


def _whole(first: Token, second: Token) -> Token | None:
    """Two tokens as one word of the vocabulary, where they are one."""
    gap, word = second.gap, first.word + second.word
    if gap.strip(" \n") not in ("", "-") or len(word) > _LONGEST or variant(word) is None:
        return None
    if len(word) < _SHORTEST and word not in words_of("tiny"):
        return None
    if len(second.word) == 1 and second.raw.isupper() and first.word in lexicon().vocabulary:
        return None  # a letter of its own: `CAR-T`
    words = {first.word, second.word}
    if "\n" in gap and "-" not in gap and words <= lexicon().vocabulary:
        return None
    return Token(word, first.raw + second.raw, first.start, second.end, first.gap)
