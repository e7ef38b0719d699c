"""From text to tokens: folding that keeps every token's place in the input."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from leukcodes.text.karyotype import canonical_karyotype

__all__ = ["Token", "american", "fold", "tokenise"]

_SPECIAL: Final = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i",
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "λ": "lambda", "µ": "mu", "μ": "mu",
    "’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"',
    "☐": "[ ]", "☑": "[x]", "☒": "[x]", "✗": "[x]", "✘": "[x]", "❌": "[x]",
    "□": "[ ]", "■": "[x]", "✓": "[x]", "✔": "[x]", "≠": " not ", "¬": " not ", "\u2212": "-",
    "→": "->", "⇒": "->", "×": "x", "⁄": "/", "∕": "/", "：": ":", "\u00ad": "",
}  # fmt: skip

# What stands for a letter of another script, which is a word not read, and for any other character.
_OTHER_LETTER: Final = "\u00a4"
_OTHER_SIGN: Final = "\u00b7"

_CHROMOSOMES: Final = r"\(\s?[0-9xyv][^()]{0,30}\)"
_BANDS: Final = r"\(\s?(?:[pq]\s?[0-9]|v)[^()]{0,30}\)"
_KARYOTYPE: Final = (
    rf"(?<![a-z0-9])(?:t|inv|del|der|dup|ins|idic|i|add)\s?{_CHROMOSOMES}(?:\s?;?\s?{_BANDS})?"
    r"|(?<![a-z0-9])t[\s-]?[0-9]{1,2};\s?[0-9]{1,2}(?![a-z0-9])"
)
# Answers on a form: what they say of the words beside them is for a person to read.
_BOX: Final = r"\[[ x]?\]|\([ x]\)"
_MINUS: Final = (
    r"\((?:-|\+/-)\)|(?<![a-z0-9])-ve(?![a-z0-9])|(?:(?<=:)|(?<=: ))(?:-{1,3}(?=\s*(?:\n|\Z))|__+)"
    r"|(?<=[a-z] )-(?=\s*(?:,|\Z))|\u2213"
)
# Signs beside findings, `+DM, -CLL` or `DM+ CLL-`; a text without a plus has hyphens and bullets.
_PLUS: Final = re.compile(r"(?<![^\s,;(])\+[a-z]|[a-z]\s?\+(?![^\s,;)])")
_SIGNED_OFF: Final = "\u2213"  # folding leaves none
_SIGN: Final = re.compile(r"(?<![^\s,;(])-(?=[a-z])|(?<=[a-z])-(?![^\s,;)])")
_TOKEN: Final = re.compile(
    rf"(?P<karyotype>{_KARYOTYPE})"
    rf"|(?P<box>{_BOX})|(?P<minus>{_MINUS})"
    r"|(?<![a-z0-9])[a-z](?:/[a-z])+(?![a-z0-9])"
    r"|(?<![a-z0-9])w/"
    r"|(?P<dotted>(?<![a-z0-9.])(?:[a-z]\.){2,}[a-z]?(?![a-z0-9]))"
    r"|(?P<negated>[a-z]+n't(?![a-z]))"
    r"|[a-z0-9]+(?:\.[0-9]+)*(?:'s(?![a-z]))?"
    rf"|{_OTHER_LETTER}+"
    r"|[?]"
    r"|[+](?![a-z0-9])",
)
_BRITISH: Final = (
    ("aem", "em"),
    ("haem", "hem"),
    ("oed", "ed"),
    ("leuc", "leuk"),
    ("umour", "umor"),
    ("paed", "ped"),
    ("oes", "es"),
)
_BAND: Final = re.compile(r"[0-9]{1,2}[pq][0-9]+\.[0-9]+\Z")
_SPACES: Final = re.compile(r"[ \t\r\f\v]+")
_ARTICLES: Final = frozenset({"the", "an"})
_FUSED: Final = frozenset({"/", "-", "::"})
_AFTER_SIGN: Final = frozenset({"", *" ,;).:!|"})
_SHORT_SIGNED: Final = frozenset({"mrd", "ph", "5q", "phl"})
_SIGNED: Final = _SHORT_SIGNED | {
    "abl", "abl1", "rara", "kmt2a", "mll", "npm1", "flt3", "itd",
    "runx1t1", "eto", "myh11", "cebpa", "tp53", "jak2",
}  # fmt: skip


class Token:
    """A word of the input: its canonical-to-be form, its place, and what stood before it."""

    __slots__ = ("end", "gap", "raw", "start", "word")

    def __init__(self, word: str, raw: str, start: int, end: int, gap: str) -> None:
        self.word = word
        self.raw = raw
        self.start = start
        self.end = end
        self.gap = gap


@lru_cache(maxsize=2048)
def _fold_character(character: str) -> str:
    special = _SPECIAL.get(character.lower())
    if special is not None:
        return special
    category = unicodedata.category(character)
    if category == "Pd":
        return "-"
    if category in {"Zs", "Zl", "Zp"}:
        return "\n" if character in "\u2028\u2029" else " "
    if character == "\u200b":
        return " "
    if category in {"Mn", "Me", "Cf"}:
        return ""
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    if plain.isascii():
        return plain
    return _OTHER_LETTER if character.isalpha() else _OTHER_SIGN


def fold(text: str) -> tuple[str, list[int] | None]:
    """The text in plain ASCII letters, with the offset of each character in the input (None where equal)."""
    if text.isascii():
        return _plain_marks(text), None
    pieces: list[str] = []
    offsets: list[int] = []
    for index, character in enumerate(text):
        piece = character if character.isascii() else _fold_character(character)
        pieces.append(piece)
        offsets.extend([index] * len(piece))
    offsets.append(len(text))
    return _plain_marks("".join(pieces)), offsets


def _plain_marks(text: str) -> str:
    """Character references that stand for a space or an ampersand, blanked without moving anything."""
    if "&" not in text:
        return text
    return text.replace("&nbsp;", "      ").replace("&amp;", "&    ")


def american(word: str) -> str:
    """A lower-case word in American spelling: `leukaemia`, `oedema`, `tumour` without their extra letter."""
    for british, plain in _BRITISH:
        word = word.replace(british, plain)
    return word


def tokenise(text: str) -> list[Token]:
    """Words, karyotypes and the signs that carry meaning, in order.

    Articles are left out; `gap` holds what stands between a token and the one before it.
    """
    plain, offsets = fold(text)
    lower = plain.lower()
    if "+" in lower and _PLUS.search(lower):
        lower = _SIGN.sub(_SIGNED_OFF, lower)
    tokens: list[Token] = []
    before = 0
    for match in _TOKEN.finditer(lower):
        start, end = match.span()
        word = match.group()
        if word in _ARTICLES or (word == "a" and _is_article(text, plain, offsets, start)):
            continue
        if word == "+" and (start > before or not tokens):
            continue
        gap = lower[before:start]
        if gap != " " and gap:
            gap = _SPACES.sub(" ", gap)
        before = end
        if offsets is None and word.isalpha():
            tokens.append(Token(word, plain[start:end], start, end, gap))
        else:
            sign = match.lastgroup == "minus" and tokens and tokens[-1].word in _SIGNED
            canonical = "minus" if sign else _canonical(word, match.lastgroup)
            tokens.append(_token(canonical, text, plain, offsets, start, end, gap))
        if lower[end : end + 1] == "-":
            # At the end of the text a gene's sign may be the rest of a word: `BCR/ABL-POSITIVE`.
            fused = word in _SIGNED or gap in _FUSED
            cut = fused and word not in _SHORT_SIGNED and end + 2 > len(lower.rstrip())
            if cut or (word in _SIGNED and lower[end + 1 : end + 2] in _AFTER_SIGN):
                tokens.append(_token("cut" if cut else "minus", text, plain, offsets, end, end + 1, ""))
                before = end + 1
    return tokens


def _is_article(text: str, plain: str, offsets: list[int] | None, start: int) -> bool:
    """A capital A is a name (`Binet A`), any other `a`, also one with an accent, is a small word.

    So is the capital that begins a text in small letters: `A woman with AML`.
    """
    if start == 0 and plain[1:2] == " " and plain[2:4].islower():
        return True
    return plain[start] == "a" or (offsets is not None and text[offsets[start]] != "A")


def _canonical(word: str, kind: str | None) -> str:
    if kind == "karyotype":
        return canonical_karyotype(word)
    if kind in ("box", "minus"):
        return f"form{kind}"
    if kind == "dotted":
        return word.replace(".", "")
    if kind == "negated":
        return "not"
    if word == "+":
        return "positive"
    if word.endswith("'s"):
        return word[:-2]
    return word[: word.index(".")] if "." in word and _BAND.match(word) else word


def _token(
    word: str, text: str, plain: str, offsets: list[int] | None, start: int, end: int, gap: str
) -> Token:
    raw = plain[start:end].replace(".", "") if word.isalpha() else plain[start:end]
    if offsets is None:
        return Token(word, raw, start, end, gap)
    first, last = offsets[start], offsets[end - 1] + 1
    while last < len(text) and unicodedata.combining(text[last]):
        last += 1
    return Token(word, raw, first, last, gap)
