"""Search: whatever names a code finds it while it is being typed, with a typing error too."""

from __future__ import annotations

import pickle
import random
import re
import statistics
import subprocess
import sys
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hostile import lines_run
from hypothesis import given
from hypothesis import strategies as st
from tsv import read_table

import leukcodes as lc
from leukcodes.codesystem import system
from leukcodes.resources import read_rows

ROOT = Path(__file__).parents[1]


class Named(NamedTuple):
    term: str
    code: str


@cache
def titles() -> list[Named]:
    return [Named(concept.title, str(concept.code)) for concept in lc.expand()]


@cache
def inclusion_terms() -> list[Named]:
    return [
        Named(note.text, str(concept.code))
        for concept in lc.expand()
        for kind in ("inclusion_term", "includes")
        for note in concept.notes(kind, inherited=False)
    ]


@cache
def synonyms(kind: str) -> list[Named]:
    rows = read_table(ROOT / "data" / "synonyms.tsv")
    return [Named(row["term"], code) for row in rows if row["kind"] == kind for code in row["codes"].split()]


@cache
def index_entries() -> list[Named]:
    """The path of an entry as it is read aloud, without nonessential modifiers."""
    found = []
    for path, code, *_ in read_rows("index.json"):
        main, *below = (re.sub(r"\s*\([^()]*\)", "", part) for part in path.split(" > "))
        if code:
            found.append(Named(", ".join([main.split(",")[0], *below]), code.rstrip("-").rstrip(".")))
    return found


SOURCES: dict[str, Callable[[], list[Named]]] = {
    "titles": titles,
    "inclusion terms": inclusion_terms,
    "index entries": index_entries,
    "synonyms": lambda: synonyms("synonym"),
    "abbreviations": lambda: synonyms("abbreviation"),
}


def plain(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii_only)
    return " ".join(re.sub(r"(?<=[a-z])aem", "em", word) for word in words)


@cache
def everything() -> list[tuple[str, str]]:
    former = {
        Named(version.title, code)
        for code in system().codes
        for version in (system().tables.row(code) or pytest.fail(code)).versions
    }
    return sorted(
        {(plain(each.term), each.code) for source in SOURCES.values() for each in source()}
        | {(plain(each.term), each.code) for each in former}
    )


def begins_with(typed: str) -> set[str]:
    """Every code with a term that begins with what was typed."""
    terms, form = everything(), plain(typed)
    return {code for _, code in terms[bisect_left(terms, (form,)) : bisect_left(terms, (form + "\uffff",))]}


def half(term: str) -> str:
    return term[: (len(term) + 1) // 2]


def mistyped(text: str, chance: random.Random) -> str | None:
    """The text with one letter left out, put in, replaced or swapped, in a word of five letters or more."""
    words = list(re.finditer(r"[A-Za-z]{5,}", text))
    if not words:
        return None
    word = chance.choice(words)
    place = chance.randrange(word.start(), word.end() - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice(
        [
            text[:place] + text[place + 1 :],
            text[:place] + letter + text[place:],
            text[:place] + letter + text[place + 1 :],
            text[:place] + text[place + 1] + text[place] + text[place + 2 :],
        ]
    )


def missed(
    named: list[Named], limit: int, typed_for: Callable[[str], str | None], meant: Callable[[str], str]
) -> Iterator[str]:
    """Terms whose code is not among the first hits, though those are not all as good.

    As good means: a term of theirs begins with just what was meant too. Then nothing that was typed says
    which of them it is.
    """
    for each in named:
        typed = typed_for(each.term)
        if typed is None or lc.get(each.code) is None:
            continue
        hits = [str(hit.code) for hit in lc.search(typed, limit=limit)]
        if each.code in hits:
            continue
        if len(hits) < limit or not set(hits) <= begins_with(meant(each.term)):
            yield f"{each.code} {each.term!r} typed {typed!r}: {hits}"


@pytest.mark.parametrize("source", SOURCES)
def test_half_a_term_finds_its_code_among_three(source: str) -> None:
    assert list(missed(SOURCES[source](), 3, half, half)) == []


@pytest.mark.parametrize("source", SOURCES)
def test_a_whole_term_finds_its_code_among_three(source: str) -> None:
    assert list(missed(SOURCES[source](), 3, str, str)) == []


@pytest.mark.parametrize("source", SOURCES)
def test_one_typing_error_in_a_whole_term_finds_its_code_among_five(source: str) -> None:
    chance = random.Random(source)
    assert list(missed(SOURCES[source](), 5, lambda term: mistyped(term, chance), str)) == []


@pytest.mark.parametrize("source", SOURCES)
def test_one_typing_error_in_half_a_term_finds_its_code_among_five(source: str) -> None:
    """In less than one in a hundred the error makes the beginning of other words."""
    chance = random.Random(source)
    misses = list(missed(SOURCES[source](), 5, lambda term: mistyped(half(term), chance), half))
    assert len(misses) <= len(SOURCES[source]()) // 100, misses


def test_published_terms_find_their_family() -> None:
    """All but the misspellings, whose source is the normaliser."""
    rows = [
        row
        for row in read_table(ROOT / "tests" / "golden" / "terms.tsv")
        if re.fullmatch(r"C9[0-5]\.\S+", row["expected"]) and "normaliser" not in row["source"]
    ]
    named = [
        Named(row["text"], str(lc.lookup(row["expected"].rstrip("-")).family or row["expected"]))
        for row in rows
    ]
    assert len(named) > 450
    assert list(missed(named, 3, half, half)) == []


# ranking


@pytest.mark.parametrize(
    ("typed", "first", "kind"),
    [
        ("C92.01", "C92.01", "code"),
        ("c9201", "C92.01", "code"),
        ("C92", "C92", "code"),
        ("hairy cell leukemia", "C91.4", "title"),
        ("Leukemia, unspecified", "C95.9", "title"),
        ("AML", "C92.0", "abbreviation"),
        ("cml", "C92.1", "abbreviation"),
        ("chloroma", "C92.3", "inclusion_term"),
        ("leukaemia", "C95.9", "index_entry"),
        ("leuka", "C95.9", "index_entry"),
        ("myelodysplastic disease, not classified", "C94.6", "title"),
        ("lymphatic leukemia chronic", "C91.1", "synonym"),
        ("APL in relapse", "C92.42", "title"),
        ("remission CLL", "C91.11", "title"),
        ("sezary", "C84.1", "title"),
    ],
)
def test_the_first_hit(typed: str, first: str, kind: str) -> None:
    hit = lc.search(typed)[0]
    assert (hit.code, hit.match.kind) == (first, kind)


def test_exact_before_beginning_before_the_rest() -> None:
    found = lc.search("leukemia", limit=500)
    exact = [hit for hit in found if plain(hit.match.text) == "leukemia"]
    beginning = [hit for hit in found if plain(hit.match.text).startswith("leukemia ")]
    assert list(found[: len(exact) + len(beginning)]) == exact + beginning
    codes = [str(hit.code) for hit in lc.search("C94.2", limit=10)]
    assert codes[:4] == ["C94.2", "C94.20", "C94.21", "C94.22"]


def test_parts_of_words_come_last() -> None:
    hit = lc.search("karyoblastic")[0]
    assert (hit.code, hit.match.marked()) == ("C94.2", "mega[karyoblastic] leukemia")


def test_each_concept_once_and_no_more_than_asked() -> None:
    for typed in ("l", "leukemia", "c9", "acute"):
        for limit in (1, 3, 50):
            hits = lc.search(typed, limit=limit)
            assert len(hits) == limit
            assert len({hit.code for hit in hits}) == limit
    assert lc.search("leukemia", limit=0) == ()


# what comes back


def test_hits_are_concepts() -> None:
    hit = lc.search("mast cell leuk")[0]
    assert isinstance(hit, lc.Concept)
    assert hit == lc.lookup("C94.3")
    assert [str(child.code) for child in hit.children] == ["C94.30", "C94.31", "C94.32"]
    assert pickle.loads(pickle.dumps(hit)).match == hit.match
    assert lc.SearchHit.model_validate_json(hit.model_dump_json()).match == hit.match


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("mast cell leuk", "[Mast] [cell] [leuk]emia"),
        ("hary cell", "[Hairy] [cell] leukemia"),
        ("C942", "[C94.2]"),
        ("c94", "[C94]"),
        ("sezary", "[Sézary] disease"),
    ],
)
def test_what_was_typed_is_marked(typed: str, marked: str) -> None:
    assert lc.search(typed)[0].match.marked() == marked


def test_only_billable_codes_stand_in_for_their_header() -> None:
    codes = [str(hit.code) for hit in lc.search("CLL", billable=True, limit=3)]
    assert codes == ["C91.10", "C91.11", "C91.12"]
    assert all(not hit.billable for hit in lc.search("leukemia", billable=False, limit=30))
    assert {hit.scope for hit in lc.search("lymphoma", scope="related", limit=30)} == {lc.Scope.RELATED}


def test_on_a_date() -> None:
    assert lc.search("C86.4", on="FY2024")[0].billable
    assert "C86.40" not in {hit.code for hit in lc.search("blastic NK-cell", on="FY2024", limit=50)}
    assert "C86.40" in {hit.code for hit in lc.search("blastic NK-cell", on="FY2025", limit=50)}
    with pytest.raises(lc.ReleaseNotFoundError):
        lc.search("AML", on="2015-09-30")


def test_nothing_finds_nothing() -> None:
    for typed in ("", "   ", "()", "xyzzyx", "\x00", "日本語"):
        assert lc.search(typed) == ()


@given(st.text(max_size=300))
def test_any_text_is_taken(typed: str) -> None:
    hits = lc.search(typed)
    for hit in hits:
        assert all(0 <= span.start < span.end <= len(hit.match.text) for span in hit.match.spans)


@given(st.sampled_from(["leukemia", "acute", "AML", "lymphoma", "cell"]), st.text(" leukmiacyt", max_size=20))
def test_the_same_text_gives_the_same_hits(first: str, rest: str) -> None:
    assert lc.search(first + rest) == lc.search(first + rest)


def test_long_text_is_cut() -> None:
    lc.search("leukemia")
    assert lines_run(lambda: lc.search("leukemia " * 200_000)) < 10_000


# light and quick


def test_rapidfuzz_is_loaded_for_the_first_typing_error() -> None:
    script = """
import sys
import leukcodes as lc
lc.search("acute myeloblastic")
assert "rapidfuzz" not in sys.modules
assert lc.search("acute myelblastic")[0].code == "C92.0"
assert "rapidfuzz" in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_warm_search_takes_few_steps() -> None:
    sample = random.Random(0).sample(
        [half(each.term) for source in SOURCES.values() for each in source()], 200
    )
    for typed in sample:
        lc.search(typed)
    # A third of a millisecond where it was measured.
    assert statistics.median(lines_run(lambda typed=typed: lc.search(typed)) for typed in sample) < 3_000
