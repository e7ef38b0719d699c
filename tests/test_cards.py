"""Notebook cards: what they show, that it is text and never markup, and that they stay bounded."""

from __future__ import annotations

import pickle
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import leukcodes as lc
from leukcodes.notebook import Notebook
from leukcodes.render import concept_text, release_text, summarise
from leukcodes.render.markup import element, escaped

CARDS = {
    "concept": lc.lookup("C94.20"),
    "header": lc.lookup("C92"),
    "hit": lc.search("hairy cell")[0],
    "coded": lc.resolve("Pt with relapsed AMKL"),
    "review": lc.resolve("AML vs ALL"),
    "none": lc.resolve("no evidence of leukemia"),
    "valid": lc.validate_code("C94.20"),
    "invalid": lc.validate_code("C94.2", on=date(2026, 11, 21)),
    "claim": lc.validate_claim(["C91.11", "Z85.6"], on="2026-11-21", setting="outpatient", age=67),
    "value-set": lc.value_set("aml", status="in_relapse"),
    "releases": lc.releases(),
    "translation": lc.translate("C94.20", to="icd9cm"),
    "hits": lc.search("hairy cell"),
    "nothing": lc.search("qqqq"),
    "summary": summarise([("C92.00", 1200), ("C94.6", 3), ("C92.0", 2), ("junk", 1), (None, 4)], column="dx"),
    "release": lc.release_on("2026-11-21"),
    "comparison": lc.compare("FY2024", "FY2027"),
    "tree": lc.tree("C94"),
    "map": lc.code_map(),
    "heat": lc.code_map(counts={"C92.00": 1234, "C91.10": 56, "C94.6": 7, "C81.90": 3}),
}
HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "CLL \u202egnissergorp\u202c",
    "AML\x00\x1b[31m",
    "CML \ud800",
    "</style></div><!-- AML",
)


def parsed(html: str | None) -> ET.Element:
    assert html is not None
    return ET.fromstring(html)


def said(html: str | None) -> str:
    """The text of a card without its style sheet."""
    root = parsed(html)
    root.remove(root[0])
    return " ".join(" ".join(root.itertext()).split())


@pytest.mark.parametrize("name", CARDS)
def test_every_card_is_a_named_group_of_well_formed_elements(name: str) -> None:
    html = CARDS[name]._repr_html_()
    root = parsed(html)
    assert root.get("role") == "group"
    assert root.get("aria-label")
    assert {each.tag for each in root.iter()} <= {
        *("div", "style", "h3", "h4", "p", "span", "small", "b", "mark", "dl", "dt", "dd", "ul", "li"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    }
    assert html is not None
    assert "http" not in html
    assert "url(" not in html


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("concept", ["Acute megakaryoblastic leukemia not having achieved remission", "can be billed",
                     "C94.22", "Acute myeloid leukemia M7", "this code", "from 2015-10-01 on"]),
        ("header", ["header, cannot be billed", "C92.0 Acute myeloblastic leukemia"]),
        ("coded", ["C94.22", "relapsed status", "AMKL disease", "coded"]),
        ("review", ["no code given", "C92.00", "which is established?"]),
        ("invalid", ["C94.2", "LK-S003", "use C94.20, C94.21 or C94.22"]),
        ("claim", ["LK-E001", "Z85.6", "invalid", "outpatient"]),
        ("value-set", ["8 codes", "C94.22"]),
        ("releases", ["12 releases", "FY2016", "2027-09-30"]),
        ("translation", ["207.20", "C94.20 → icd9cm", "approximate"]),
        ("hits", ["C91.40", "[Hairy] [cell] leukemia"]),
        ("nothing", ["Nothing found"]),
        ("summary", ["1,210 rows", "1,200", "headers, which cannot be billed: C92.0 2", "'junk' 1"]),
        ("release", ["2026-10-01 to 2027-09-30"]),
        ("comparison", ["C86.4", "C86.40, C86.41", "split"]),
        ("tree", ["C94.22 Acute megakaryoblastic leukemia, in relapse", "header"]),
        ("map", ["C94.6, no disease status", "33 families"]),
        ("heat", ["1,234", "Not on the map: 3"]),
    ],
)  # fmt: skip
def test_a_card_says_what_matters_in_words(name: str, words: list[str]) -> None:
    text = said(CARDS[name]._repr_html_())
    assert [word for word in words if word not in text] == []


def test_a_word_that_was_read_for_two_slots_says_both() -> None:
    found = lc.resolve("relapsed AMKL")
    status = replace(found.status, evidence=found.family.evidence)
    assert "relapsed AMKL disease and status" in said(replace(found, status=status)._repr_html_())


def test_a_coded_answer_shows_its_candidate_with_its_score() -> None:
    found = lc.resolve("relapsed AMKL")
    assert f"code title score C94.22 {found.title} {found.candidates[0].score:.0f}" in said(
        found._repr_html_()
    )


def test_listings_are_tuples() -> None:
    for found in (lc.releases(), lc.search("hairy cell"), lc.translate("C94.20", to="icd9cm")):
        assert isinstance(found, tuple)
        assert found == tuple(found)
        assert repr(found) == repr(tuple(found))
        assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_never_obeyed(text: str) -> None:
    for result in (lc.resolve(text), lc.validate_code(text), lc.validate_claim([text])):
        html = result._repr_html_()
        root = parsed(html)
        assert not {"script", "img"} & {each.tag for each in root.iter()}
        assert html is not None
        html.encode("utf-8")
        assert not set("\x00\x1b\u202e\u202c") & set(html)


@given(st.text(alphabet=st.characters()))
def test_any_text_is_text(text: str) -> None:
    root = ET.fromstring(element("p", text, title=text))
    assert list(root) == []
    assert escaped(escaped(text)) == escaped(text)


def test_a_long_input_gives_a_short_card() -> None:
    long = "CLL " + "x" * 1_000_000 + " in remission"
    for result in (lc.resolve(long), lc.validate_code(long), lc.validate_claim([long])):
        html = result._repr_html_()
        assert html is not None
        assert len(html) < 40_000
    claim = lc.validate_claim(["C91.10"] * 500)._repr_html_()
    assert "and 380 more" in said(claim)


def test_what_is_not_there_is_not_spoken_of(monkeypatch: pytest.MonkeyPatch) -> None:
    concept, release = lc.lookup("C94.20"), lc.releases()[0]
    assert release_text(release).splitlines()[2] == f"  {release.verification}"
    assert len(release_text(replace(release, verification="")).splitlines()) == 2
    assert "general notes of chapter 2" in said(concept._repr_html_())
    assert "general notes of chapter 2" in concept_text(concept)
    monkeypatch.setattr(Notebook, "of", lambda *_: ())
    assert "notes" not in said(concept._repr_html_())
    assert "notes" not in concept_text(concept)


def test_what_has_no_card_says_so() -> None:
    assert lc.resolve("CLL").family._repr_html_() is None


def test_the_tree_holds_every_code_below_as_list_and_picture() -> None:
    codes = [str(concept.code) for concept in lc.expand("C94")]
    grown = lc.tree("C94")
    assert [each.text for each in parsed(grown._repr_html_()).findall(".//li/b")] == codes
    lines = [each.text for each in ET.fromstring(grown.to_svg()).iter() if each.tag.endswith("}text")]
    assert [str(line).split()[0] for line in lines] == codes
    assert len(str(grown).splitlines()) == len(codes)
