"""How issues are worded: in small words, codes as they are written, official notes as they are printed."""

from __future__ import annotations

import csv
import re
from pathlib import Path

__all__ = ["odd_words"]

WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.]*")
CODE = re.compile(r"[A-Za-z]\d[0-9A-Za-z](\.[0-9A-Za-z]*)?")
NAMES = {*("Excludes1", "Excludes2", "ICD", "CM", "WHO", "Alphabetic", "Index", "X", "O", "Z")}
NAMES |= {f"FY{year}" for year in range(2015, 2031)}
DATA = Path(__file__).parents[1] / "data"
PRINTED = {
    word
    for name, column in (("notes.tsv", "text"), ("crosswalks/who_icd10.tsv", "note"))
    for row in csv.DictReader(
        (DATA / name).read_text("utf-8").split("\n"), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    for word in WORD.findall(row[column])
}


def odd_words(message: str, quoted: object = "") -> list[str]:
    """What stands in a message as it should not, apart from the input that it quotes."""
    words = WORD.findall(message.replace(repr(quoted), "", 1))
    return [*filter(_odd, words), *re.findall(r"  | ,|[;:]$", message)]


def _odd(word: str) -> bool:
    if CODE.fullmatch(word):
        return word != word.upper()
    return not (word.islower() or word[0].isdigit() or word in NAMES or word in PRINTED)
