"""Each law of the small functions of reading at its edges; `^` stands before the word that is asked about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import leukcodes as lc
from leukcodes import ContextKind, Outcome
from leukcodes.text.context import read_cues
from leukcodes.text.diagnosis import read_text
from leukcodes.text.endings import (
    cut_name,
    denied_after,
    denies_next,
    ends_clause,
    is_cut_status,
    is_settled_later,
    perhaps_negated,
)
from leukcodes.text.forms import answers, asks, flagged
from leukcodes.text.genes import is_denied, is_negative, is_pending
from leukcodes.text.governing import unread_about
from leukcodes.text.items import Item, read_items
from leukcodes.text.kin import counts_children, is_of_other_person, is_whose, speaks_of_kin
from leukcodes.text.lexicon import lexicon
from leukcodes.text.mending import mended
from leukcodes.text.mentions import find_mentions
from leukcodes.text.scopes import ends_scope, joined_later, list_goes_on
from leukcodes.text.shortforms import settle_short_forms
from leukcodes.text.spelling import Spelled, resembled_noun, spell, variant
from leukcodes.text.status import attach_statuses, is_treated
from leukcodes.text.subjects import subject_of
from leukcodes.text.tokens import tokenise

Law = Callable[[list[Item], int], bool]


def marked(text: str) -> tuple[list[Item], int]:
    """The items of a text, and the place of the one that `^` stands before."""
    start = text.index("^")
    items = read_items(text.replace("^", ""))
    return items, next(place for place, item in enumerate(items) if item.start == start)


def owners_of(items: list[Item]) -> dict[int, int]:
    """The number of the name that each item belongs to."""
    return {place: number for number, each in enumerate(find_mentions(items)) for place in each.items}


YES_NO: list[tuple[Law, list[str], list[str]]] = [
    (
        is_denied,
        [
            "AML with ^KMT2A negative",
            "AML ^KMT2A-negative",
            "^KMT2A: negative",
            "^KMT2A, negative",
            "^KMT2A - negative",
            "^KMT2A (negative)",
            "^KMT2A:negative",
            "^KMT2A:negative, AML",
            "^KMT2A, negative; AML",
            "^KMT2A, negative, AML",
            "^KMT2A - negative. AML",
            "^KMT2A negative AML",
            "^KMT2A: negative AML",
            "^KMT2A-negative AML",
            "^KMT2A not detected",
            "^KMT2A-not detected",
            "^KMT2A never mutated",
            "^KMT2A: no",
            "^KMT2A FISH negative",
            "^KMT2A FISH test negative",
            "^KMT2A by FISH negative",
            "^KMT2A by FISH: not detected",
            "^KMT2A inhibitor",
            "^KMT2A antibody given",
            "^KMT2A wild type",
            "^KMT2A wild-type",
            "^KMT2A wild type allele",
            "^KMT2A: wild type",
            "^KMT2A (wild type)",
            "^KMT2A, wild type",
            "^KMT2A, wild type, AML",
            "^KMT2A, wild type; AML",
            "^KMT2A, unmutated",
            "^KMT2A, unmutated; AML",
            "^KMT2A unmutated AML",
            "^KMT2A normal",
            "^KMT2A wt",
            "^KMT2A-wt",
            "^KMT2A: wt",
            "^KMT2A (wt)",
            "^KMT2A wt, AML",
            "^KMT2A wt; AML",
            "^KMT2A wt. AML",
            "wild type ^KMT2A",
            "wild-type ^KMT2A",
            "AML, wild type ^KMT2A",
            "AML wild type ^KMT2A",
            "unmutated ^KMT2A",
            "unmutated-^KMT2A",
            "unmutated - ^KMT2A",
            "AML unmutated ^KMT2A",
            "normal ^KMT2A",
            "AML, normal ^KMT2A",
            "AML with normal ^KMT2A",
            "AML has normal ^KMT2A",
            "FLT3 and normal ^KMT2A",
            "negative ^KMT2A",
            "AML negative ^KMT2A",
            "AML ^M3 vertebra",
            "AML ^M3 xyzzy",
            "AML ^M3 pneumonia",
            "ALL ^L3 fracture",
            "ALL ^L3 marrow",
        ],
        [
            "^KMT2A",
            "AML ^KMT2A",
            "^AML negative",
            "^KMT2A mutated",
            "^KMT2A; negative AML",
            "^KMT2A, negative AML",
            "^KMT2A - negative AML",
            "^KMT2A (negative AML",
            "^KMT2A:negative AML",
            "^KMT2A / negative",
            "^KMT2A, no",
            "^KMT2A no transplant",
            "^KMT2A, inhibitor",
            "^KMT2A, normal",
            "^KMT2A, normal marrow",
            "^KMT2A normal marrow",
            "^KMT2A normal AML",
            "^KMT2A, wild type FLT3",
            "^KMT2A, unmutated FLT3",
            "^KMT2A; wild type",
            "^KMT2A; wild type, FLT3",
            "unmutated, ^KMT2A",
            "unmutated; ^KMT2A",
            "wild type, ^KMT2A",
            "karyotype normal ^KMT2A",
            "normal, ^KMT2A",
            "AML ^M3, vertebra",
            "AML ^M3",
            "AML ^M3 in remission",
            "AML ^M3 inhibitor",
        ],
    ),
    (
        is_negative,
        [
            "negative ^FLT3",
            "AML negative ^FLT3",
            "AML, negative ^FLT3",
            "negative ^FLT3 and NPM1",
            "no ^FLT3",
        ],
        [
            "^FLT3",
            "positive ^FLT3",
            "negative, ^FLT3",
            "negative-^FLT3",
            "negative ^AML",
            "KMT2A negative ^FLT3",
            "FISH negative ^FLT3",
            "possible ^FLT3",
            "ruled-in ^FLT3",
        ],
    ),
    (
        is_pending,
        [
            "^KMT2A pending",
            "^KMT2A, pending",
            "^KMT2A: pending",
            "^KMT2A to be done",
            "^KMT2A FISH pending",
            "^KMT2A by FISH pending",
            "^KMT2A FISH to be sent",
            "await ^KMT2A",
            "AML awaiting ^KMT2A",
            "^KMT2A sent",
            "^KMT2A unknown",
        ],
        [
            "^KMT2A",
            "^KMT2A FISH",
            "^KMT2A; pending",
            "^KMT2A to AML",
            "^KMT2A be done",
            "await, ^KMT2A",
            "await; ^KMT2A",
            "AML ^M3 pending",
            "awaiting ^M3",
            "^AML pending",
            "awaiting ^AML",
            "on ^FLT3 treatment",
        ],
    ),
    (
        perhaps_negated,
        [
            "no clear signs of ^relapse",
            "not yet xyzzy ^remission",
            "no xyzzy ^relapse",
            "not active ^remission",
            "not persistent ^relapse",
        ],
        [
            "^relapse",
            "signs of ^relapse",
            "no xyzzy; ^relapse",
            "no xyzzy, ^relapse",
            "no; xyzzy ^relapse",
            "no, xyzzy ^relapse",
            "no AML xyzzy ^relapse",
            "no leukemia xyzzy ^relapse",
            "no acute xyzzy ^relapse",
            "no pneumonia xyzzy ^relapse",
            "no remission xyzzy, ^relapse",
            "no xyzzy remission-^relapse",
            "no CR1 xyzzy, ^relapse",
            "no CR1 xyzzy but ^relapse",
            "active ^remission",
            "possible xyzzy ^relapse",
            "not; active ^remission",
        ],
    ),
    (
        denied_after,
        [
            "^CR1 was never reached",
            "^CR1 not achieved",
            "^CR1 never achieved",
            "^CR1 has not been achieved",
            "^CR1 not-achieved",
            "^remission was not xyzzyed",
            "^relapse: 0",
            "^relapse = 0",
            "^relapses: 3",
            "^relapse x0",
            "^relapse 0",
            "^remission: pending",
            "^CR1 (over)",
            "^CR1 over",
            "^CR1 over, AML",
            "^CR1 over; AML",
            "^CR1 (over), AML",
            "^remission pending (AML)",
            "^remission pending - AML",
            "^remission pending: AML",
            "^CR2: pending) AML",
            "^remission pending] AML",
            "^remission from 2018 to 2020",
            "^remission 2018-2020",
            "^remission 2018/2020",
            "^remission 2018-2020 xyzzy",
            "^remission 2018-2020 AML",
            "^remission 2018-2020; AML",
            "^remission 2018-2020, AML",
            "^remission 2018 until 2020",
        ],
        [
            "^remission",
            "^remission was reached",
            "^remission achieved",
            "^CR1; not achieved",
            "^CR1, not achieved",
            "^remission not on maintenance",
            "^remission not AML achieved",
            "^remission AML not achieved",
            "^remission not Xyzzyed",
            "^remission not xyzzy",
            "^remission was not",
            "^relapse: 2019",
            "^relapse 3",
            "^relapse, 3",
            "^remission; pending",
            "^remission lost weight",
            "^remission pending AML",
            "^remission 2018",
            "^remission 2018, 2020",
            "^remission 2018; 2020",
            "^remission 2018 AML 2020",
            "^remission 3 to 5",
        ],
    ),
    (
        denies_next,
        ["AML, ^no transplant", "AML , ^no transplant", "AML, ^none tested", "AML, ^no CBC"],
        [
            "AML, ^no",
            "AML, ^no; transplant",
            "AML, ^no, transplant",
            "AML, ^no-transplant",
            "AML, ^no since 2019",
            "AML, ^no by biopsy",
            "AML, ^no currently",
            "AML, ^no in 2019",
        ],
    ),
    (
        answers,
        [
            "in remission: ^no",
            "in remission:^no",
            "in remission = ^no",
            "in remission=^no",
            "in remission? ^no",
            "in remission?^no",
            "in remission | ^no",
            "in remission: ^no AML",
            "in remission=^no AML",
            "in remission | ^no AML",
            "in remission? ^no AML",
            "AML? ^no AML",
            "in remission (^no)",
            "in remission (^no) AML",
            "in remission (^no",
            "in remission - ^no",
            "in remission - ^no; AML",
            "in remission-^no. AML",
        ],
        [
            "^no",
            "^no AML?",
            "in remission ^no",
            "in remission, ^no",
            "in remission; ^no",
            "in remission - ^no AML",
            "in remission (^no AML)",
            "in remission - ^no, AML",
        ],
    ),
    (
        lambda items, _: is_treated(items),
        [
            "^CML on imatinib",
            "^CML, on chemotherapy",
            "^CML on oral chemotherapy",
            "^CML undergoing chemotherapy",
            "^CML stable on hydroxyurea",
            "^CML getting imatinib",
        ],
        [
            "^CML",
            "^CML imatinib",
            "^CML not on imatinib",
            "^CML on xyzzy",
            "^CML undergoing evaluation",
            "^CML on KMT2A",
            "^CML on xyzzy pain imatinib",
        ],
    ),
    (
        lambda items, place: speaks_of_kin(items, place, owners_of(items)),
        [
            "^mother AML",
            "^mother: AML",
            "^mother - AML",
            "^mother, AML",
            "^mother (AML)",
            "^mother = AML",
            "^mother 65 AML",
            "^mother in remission",
            "^mother acute leukemia",
            "^mother? AML",
            "^mother has AML",
            "^mother history of AML",
            "^family history of AML",
            "^fh AML",
            "^fhx AML",
        ],
        ["^mother", "^mother brought patient", "^mother xyzzy AML"],
    ),
    (
        lambda items, place: flagged(items, place, owners_of(items)) == 0,
        [
            "AML=^0",
            "AML = ^0",
            "AML: ^0",
            "AML ^0",
            "AML flag=^0",
            "AML ever=^0",
            "AML flag: ^0; seen",
            "AML ^N",
            "AML ^N, seen",
            "AML ^N (seen)",
            "AML ^N; seen",
        ],
        ["AML-^0", "AML ^N seen", "AML KMT2A ^N", "pneumonia ^N", "AML ^1", "^N AML"],
    ),
    (
        lambda items, place: is_settled_later(items, place, owners_of(items)),
        [
            "^working diagnosis AML, final diagnosis pneumonia",
            "^working diagnosis AML, discharge dx pneumonia",
            "^working diagnosis AML, final diagnosis AML, discharge dx: pneumonia",
        ],
        [
            "^working diagnosis AML",
            "^working diagnosis AML, final diagnosis CLL",
            "^working diagnosis AML, final diagnosis pneumonia, discharge dx: AML",
            "^working diagnosis pneumonia, final diagnosis pneumonia and AML",
        ],
    ),
    (
        lambda items, place: joined_later(items, place, owners_of(items)) is not None,
        [
            "mother had diabetes ^with ulcers and CLL",
            "mother had diabetes ^with ulcers or CLL",
            "mother had diabetes ^with ulcers - and CLL",
            "mother had diabetes ^with ulcers/and CLL",
        ],
        [
            "mother had diabetes ^with ulcers, and CLL",
            "mother had diabetes ^with ulcers; and CLL",
            "mother had diabetes ^with ulcers CLL",
            "mother had diabetes ^with ulcers and pain",
        ],
    ),
    (
        lambda items, place: list_goes_on(items, place, False),
        [
            "family history of ^cancer of breast and leukemia",
            "family history of ^cancer or leukemia",
            "family history of ^cancer nor leukemia",
            "family history of ^cancer vs leukemia",
            "family history of ^cancer xyzzy and leukemia",
            "family history of ^cancer acute and leukemia",
            "family history of ^cancer KMT2A and leukemia",
            "family history of ^cancer leukoplakia and leukemia",
            "family history of ^cancer pneumonia and leukemia",
            "family history of ^cancer mild and leukemia",
            "family history of ^cancer cells and leukemia",
        ],
        [
            "family history of ^cancer leukemia",
            "family history of ^cancer seen and leukemia",
            "family history of ^cancer in leukemia and pain",
            "family history of ^cancer of AML and pain",
            "family history of ^cancer of acute and pain",
            "family history of ^cancer 45 and leukemia",
            "family history of ^cancer",
            "family history of ^cancer; and leukemia",
            "family history of ^cancer of breast, leukemia",
        ],
    ),
    (
        lambda items, place: list_goes_on(items, place, True),
        [
            "family history of ^cancer of breast and leukemia",
            "family history of ^cancer or leukemia",
            "family history of ^cancer nor leukemia",
            "family history of ^cancer vs leukemia",
            "family history of ^cancer xyzzy and leukemia",
            "family history of ^cancer acute and leukemia",
            "family history of ^cancer KMT2A and leukemia",
            "family history of ^cancer leukoplakia and leukemia",
            "family history of ^cancer pneumonia and leukemia",
            "family history of ^cancer mild and leukemia",
            "family history of ^cancer cells and leukemia",
            "family history of ^cancer of breast, leukemia",
        ],
        [
            "family history of ^cancer leukemia",
            "family history of ^cancer seen and leukemia",
            "family history of ^cancer in leukemia and pain",
            "family history of ^cancer of AML and pain",
            "family history of ^cancer of acute and pain",
            "family history of ^cancer 45 and leukemia",
            "family history of ^cancer",
            "family history of ^cancer; and leukemia",
        ],
    ),
    (
        lambda items, place: is_whose(items, place, len(items) - 2),
        ["^mother of patient with", "^mother of patient CLL", "^mother of 3 year patient with"],
        [
            "^mother patient with",
            "^mother of xyzzy patient with",
            "^mother of; patient with",
            "^mother of, patient with",
        ],
    ),
    (
        lambda items, _: asks(items),
        ["^what is the code for AML?", "^AML code", "^is AML coded"],
        ["^xyzzy what is the code for AML", "^no code", "^AML"],
    ),
    (
        lambda items, _: is_cut_status(items),
        ["^AML, in", "^AML in", "^AML, i", "^AML in re", "^AML in rec"],
        [
            "^in",
            "^i",
            "^AML i",
            "^AML; i",
            "^AML, re",
            "^AML in, re",
            "^AML in-re",
            "^AML with re",
            "^AML in xy",
            "^AML in remission",
            "^AML re",
        ],
    ),
    (
        lambda items, place: cut_name(items, place) == (len(items) - 1,),
        [
            "^AML with multilin",
            "^AML w/multilin",
            "^AML-with-multilin",
            "^AML/with multilin",
            "acute ^leukemia of",
            "^AML of the",
            "^AML with myel",
            "^leukemia of ambiguous",
            "^AML with mult",
        ],
        [
            "^AML",
            "^AML xyzzy",
            "^AML since",
            "^AML with seen",
            "^AML, with multilin",
            "^AML; with multilin",
            "^AML with relapse",
            "^AML pneumonia",
            "^AML with xyz",
            "^AML m",
        ],
    ),
    (
        is_of_other_person,
        ["wife's ^mother", "husband's ^brother", "friend's ^father"],
        [
            "^mother",
            "^mother of wife",
            "wife, ^mother",
            " ^mother of his wife",
            " ^mother, wife",
            "wife; ^mother",
            "his ^mother",
            "AML ^mother",
        ],
    ),
    (
        counts_children,
        [
            "^father of two",
            "^mother of 3",
            "^mother of two, AML",
            "^mother of two; AML",
            "^mother of two children",
            "^mother of two children, AML",
            "^mother of 3 kids; AML",
            "45 ^mother of two with AML",
            "45 yo ^mother of two has AML",
        ],
        [
            "^father",
            "^mother two",
            "^mother of",
            "^mother of patient",
            "^mother of 3 with ALL",
            "^mother of two children with ALL",
            "45 yo ^mother of two children with ALL",
            "45 yo; ^mother of two with ALL",
            "45 yo ^mother of two ALL",
            "45 yo seen here ^mother of two with ALL",
            "^mother of two AML",
        ],
    ),
    (
        lambda items, place: ends_scope(items[place], False, False),
        ["no pneumonia, ^AML", "no pneumonia; ^AML", "no pneumonia. ^AML", "no pneumonia ,^AML"],
        ["no pneumonia ^AML", "no pneumonia (^AML", "no pneumonia - ^AML"],
    ),
    (
        lambda items, place: ends_scope(items[place], True, False),
        ["no; ^AML", "no. ^AML"],
        ["no, ^AML", "no ^AML"],
    ),
    (
        lambda items, place: ends_scope(items[place], False, True),
        ["no pneumonia; ^AML"],
        ["no pneumonia, ^AML"],
    ),
]


@pytest.mark.parametrize(
    ("law", "text", "holds"),
    [
        (law, text, holds)
        for law, *both in YES_NO
        for holds, texts in zip((True, False), both, strict=True)
        for text in texts
    ],
)
def test_a_law_holds_or_not(law: Law, text: str, holds: bool) -> None:
    assert law(*marked(text)) is holds


# Whose a status is: the number of the name, or None; and whether what stands there leaves it open.
SUBJECTS = [
    *(
        (text, (0, False))
        for text in (
            "AML ^relapsed",
            "AML xyzzy ^in remission",
            "AML (xyzzy) ^in remission",
            "AML [xyzzy] ^in remission",
            "AML (pneumonia) ^in remission",
            "AML [pneumonia] ^in remission",
            "AML [pneumonia, sepsis] ^in remission",
            "AML (pneumonia, sepsis) ^relapsed",
            "AML (pneumonia). ^in remission",
            "AML (M3) ^in remission",
            "^relapsed AML",
            "^relapsed, AML",
            "^relapsed; AML",
            "^relapsed (AML)",
            "^relapsed mild AML",
            "^active possible AML",
            "^active of AML",
            "xyzzy ^relapsed AML",
            "xyzzy ^in remission AML",
            "xyzzy ^CR1 AML",
            "acute ^in remission, AML",
            "^in remission: AML",
            "^in remission for AML",
            "^in remission, AML",
            "diabetes. ^In remission: AML",
            "pneumonia. ^in remission from AML",
            "pneumonia. ^in remission (AML)",
            "pneumonia: ^in remission AML",
            "Board: ^in remission AML",
            "^recurrence of AML",
            "AML ^relapsed and sepsis",
            "AML ^relapsed with sepsis",
            "AML ^relapsed/sepsis",
            "AML ^relapsed (sepsis)",
            "AML in remission ^relapsed with sepsis",
            "AML and xyzzy, ^CR1",
            "AML with xyzzy, ^CR1",
            "CLL (2011, ^untreated) and AML",
            "AML, ^in remission CLL",
        )
    ),
    *(
        (text, (1, False))
        for text in (
            "AML ^relapsed CLL",
            "AML; ^relapsed CLL",
            "AML; ^in remission CLL",
            "AML. Diabetes: ^in remission of CLL",
        )
    ),
    *(
        (text, (None, False))
        for text in (
            "AML, pneumonia ^recurrent",
            "AML with pneumonia, sepsis ^recurrent",
            "AML with depression ^in remission",
            "AML with gout ^relapsed",
            "AML; depression ^in remission",
            "AML; depression, ^in remission",
            "AML. DVT ^in remission",
            "AML. DVT, ^in remission",
            "AML. Pain and DVT, ^in remission",
            "AML; with DVT, ^recurrent",
            "AML ^relapsed sepsis",
            "^relapsed pneumonia AML",
            "^active lymphoid pneumonia AML",
            "pneumonia ^in remission, AML",
            "leukoplakia ^in remission, AML",
            "AML; leukoplakia ^in remission",
            "pneumonia ^in remission AML",
            "^in remission pneumonia AML",
            "diabetes. ^In remission pneumonia AML",
            "pneumonia. ^in remission possible AML",
            "pneumonia. ^in remission xyzzy AML",
            "pneumonia. ^in remission on AML",
            "pneumonia. ^in remission) AML",
            "pneumonia. ^in remission, AML",
            "pneumonia. ^in remission; AML",
            "pneumonia ^remission",
            "seen ^in remission",
            "^recurrence of colon polyps, AML",
            "^recurrence of pneumonia, AML",
            "^recurrence of xyzzy-pneumonia, AML",
            "^recurrence of xyzzy pneumonia, AML",
            "^recurrence of xyzzy leukoplakia, AML",
            "^recurrence of breast cancer, AML",
        )
    ),
    *(
        (text, (None, True))
        for text in (
            "AML with DVT ^in remission",
            "AML with DVT, ^in remission",
            "AML, DVT, ^in remission",
            "AML, pneumonia, ^recurrent",
            "AML with depression, ^in remission",
            "AML, CLL with DVT ^in remission",
            "AML with pneumonia. ^in remission",
            "AML with DVT ^recurrent",
            "AML with xyzzy ^in remission",
            "AML with xyzzy, ^in remission",
            "AML with xyzzy; ^in remission",
            "AML and xyzzy ^in remission",
            "AML and xyzzy ^CR1",
            "AML, xyzzy ^CR1",
            "AML with xyzzy and pain ^in remission",
            "AML with HCC ^in remission",
            "xyzzy ^CR1, AML",
            "AML with leukoplakia ^in remission",
            "AML, leukoplakia, ^in remission",
            "HCC ^in remission, AML",
            "xyzzy ^in remission, AML",
            "xyzzy ^in remission; AML",
            "^relapsed xyzzy AML",
            "^active brain AML",
            "^recurrence of xyzzy, AML",
            "^recurrence of xyzzy, pneumonia, AML",
            "^recurrence of xyzzy; pneumonia, AML",
            "AML, ^recurrence of xyzzy",
        )
    ),
]


@pytest.mark.parametrize(("text", "expected"), SUBJECTS)
def test_a_status_has_one_subject_or_may_be_of_another(text: str, expected: tuple[int | None, bool]) -> None:
    items, index = marked(text)
    position = items[index].entry.meaning.split()[2]
    assert subject_of(items, index, position, owners_of(items)) == expected


# The words of each name of a text, and those that leave a name open.
NAMES: list[tuple[str, list[str], list[str]]] = [
    ("leukemia acute imatinib", ["leukemia acute imatinib"], []),
    ("leukemia acute relapsed", ["leukemia acute"], []),
    ("leukemia acute possible", ["leukemia acute"], []),
    ("leukemia acute 2019", ["leukemia acute"], []),
    ("leukemia acute KMT2A", ["leukemia acute kmt2a"], []),
    ("leukemia acute - seen", ["leukemia acute"], []),
    ("leukemia acute, seen", ["leukemia acute"], []),
    ("leukemia acute (seen)", ["leukemia acute"], []),
    ("xyzzy and acute leukemia", ["acute leukemia"], []),
    ("xyzzy acute seen leukemia", ["leukemia"], ["seen"]),
    ("nos seen leukemia", ["leukemia"], []),
    ("seen and acute leukemia", ["acute leukemia"], []),
    ("leukemia, acute\nmyeloid", ["leukemia acute myeloid"], []),
    ("with myelodysplasia related changes seen in AML", ["myelodysplasia related changes AML"], ["seen"]),
    ("plasma cell seen leukemia", ["plasma cell leukemia"], ["seen"]),
    ("with myelodysplasia related changes xyzzy AML", ["AML"], ["xyzzy"]),
    ("acute seen leukemia", ["leukemia"], ["seen"]),
    ("AML, possible CLL", ["AML", "CLL"], []),
    ("AML ?M3", ["AML"], ["?"]),
    ("AML, possible M3", ["AML"], ["possible"]),
    ("AML (possible M3)", ["AML"], ["possible"]),
    ("AML possible; M3", ["AML m3"], []),
    ("myeloid acute leukemia", ["myeloid acute leukemia"], []),
    ("myeloid, acute leukemia", ["myeloid acute leukemia"], []),
    ("myeloid; acute leukemia", ["acute leukemia"], []),
    ("myeloid: acute leukemia", ["acute leukemia"], []),
    ("CLL. myeloid acute leukemia", ["CLL", "myeloid acute leukemia"], []),
    ("xyzzy leukemia", ["leukemia"], ["xyzzy"]),
    ("xyzzy, leukemia", ["leukemia"], []),
    ("xyzzy-leukemia", ["leukemia"], ["xyzzy"]),
    ("acute xyzzy leukemia", ["leukemia"], ["xyzzy"]),
    ("acute and leukemia", ["acute leukemia"], []),
    ("pneumonia leukemia", ["leukemia"], []),
    ("xyzzy from leukemia", ["leukemia"], []),
    ("xyzzy transformed to leukemia", ["leukemia"], ["transformed to"]),
    ("acute relapsed leukemia", ["acute leukemia"], []),
    ("acute and chronic leukemia", ["acute chronic leukemia"], []),
    ("acute on chronic leukemia", ["acute chronic leukemia"], []),
    ("non-myeloid leukemia", ["leukemia"], ["myeloid"]),
    ("acute non-myeloid leukemia", ["acute leukemia"], ["myeloid"]),
    ("non lymphocytic acute leukemia", ["non lymphocytic acute leukemia"], []),
    ("non KMT2A acute leukemia", ["acute leukemia"], []),
    ("leukemia, acute", ["leukemia acute"], []),
    ("leukemia, acute, myeloid", ["leukemia acute myeloid"], []),
    ("leukemia acute visit", ["leukemia"], ["acute"]),
    ("leukemia acute anemia", ["leukemia"], []),
    ("leukemia acute seen for anemia", ["leukemia"], []),
    ("leukemia acute seen for", ["leukemia"], ["acute"]),
    ("leukemia, acute; visit", ["leukemia acute"], []),
    ("leukemia, acute pneumonia", ["leukemia"], []),
    ("leukemia acute xyzzy", ["leukemia"], ["xyzzy"]),
    ("leukemia acute with", ["leukemia acute"], ["with"]),
    ("leukemia acute Xyz", ["leukemia acute"], ["xyz"]),
    ("leukemia acute xyz", ["leukemia acute"], ["xyz"]),
    ("leukemia acute X", ["leukemia acute"], []),
    ("leukemia acute and chronic", ["leukemia acute chronic"], []),
    ("leukemia acute and relapsed", ["leukemia acute"], []),
    ("leukemia acute and seen", ["leukemia"], ["acute"]),
    ("leukemia acute or myeloid pain", ["leukemia"], ["acute"]),
    ("leukemia. acute", ["leukemia"], ["acute"]),
    ("leukemia. Type: acute", ["leukemia"], ["acute"]),
    ("leukemia\nacute", ["leukemia"], ["acute"]),
    ("leukemia\nType: acute myeloid", ["leukemia"], ["acute"]),
    ("leukemia: acute", ["leukemia acute"], []),
    ("leukemia, likely acute", ["leukemia"], ["likely"]),
    ("leukemia, not acute", ["leukemia"], []),
    ("AML transformed from xyzzy", ["AML"], ["transformed from"]),
    ("AML transformed from acute", ["AML acute"], ["transformed from"]),
    ("AML transformed from; xyzzy", ["AML"], []),
    ("AML from xyzzy", ["AML"], []),
    ("AML xyzzy", ["AML"], ["xyzzy"]),
    ("AML, xyzzy", ["AML"], []),
    ("AML-xyzzy", ["AML"], ["xyzzy"]),
    ("AML mild xyzzy", ["AML"], ["xyzzy"]),
    ("leukemia xyzzy", ["leukemia"], ["xyzzy"]),
    ("leukemia, xyzzy, acute", ["leukemia"], ["xyzzy"]),
    ("leukemia xyzzy acute", ["leukemia"], ["xyzzy"]),
    ("leukemia xyz acute", ["leukemia acute"], ["xyz"]),
    ("leukemia pneumonia", ["leukemia"], ["pneumonia"]),
    ("leukemia lymphocytes 45", ["leukemia"], []),
    ("leukemia lymphocytes 2019", ["leukemia lymphocyte"], []),
    ("leukemia with plasma cell", ["leukemia plasma cell"], []),
    ("leukemia with plasma cell xyzzy", ["leukemia"], ["xyzzy"]),
    ("leukemia with plasma cell, xyzzy", ["leukemia plasma cell"], []),
    ("leukemia trap M3", ["leukemia m3"], ["trap"]),
    ("AML KMT2A pending", ["AML"], ["kmt2a"]),
    ("AML KMT2A negative", ["AML"], []),
    ("AML no KMT2A", ["AML"], []),
    ("AML, KMT2A", ["AML kmt2a"], []),
    ("AML; KMT2A", ["AML kmt2a"], []),
    ("AML. pneumonia. KMT2A", ["AML"], []),
    ("leukemia/lymphoma", ["leukemia lymphoma"], []),
    ("leukemia / lymphoma", ["leukemia lymphoma"], []),
    ("leukemia/ lymphoma", ["leukemia lymphoma"], []),
    ("leukemia /lymphoma", ["leukemia lymphoma"], []),
    ("leukemia-lymphoma", ["leukemia lymphoma"], []),
    ("leukemia - lymphoma", ["leukemia lymphoma"], []),
    ("leukemia- lymphoma", ["leukemia lymphoma"], []),
    ("leukemia (lymphoma)", ["leukemia lymphoma"], []),
    ("leukemia(lymphoma)", ["leukemia lymphoma"], []),
    ("leukemia lymphoma", ["leukemia lymphoma"], []),
    ("leukemia, lymphoma", ["leukemia", "lymphoma"], []),
    ("leukemia; lymphoma", ["leukemia", "lymphoma"], []),
    ("leukemia: lymphoma", ["leukemia", "lymphoma"], []),
    ("leukemia [lymphoma", ["leukemia", "lymphoma"], []),
    ("leukemia/AML", ["leukemia", "AML"], []),
    ("AML/CLL", ["AML", "CLL"], []),
    ("acute myelomonocytic", ["acute myelomonocytic"], []),
    ("acute myelomonocytic, M4", ["acute myelomonocytic m4"], []),
    ("acute myelomonocytic pneumonia", [], []),
    ("acute myelomonocytic xyzzy", [], []),
    ("acute myelomonocytic visit", [], []),
    ("myelomonocytic", [], []),
    ("acute", [], []),
    ("FAB M4", ["fab m4"], []),
    ("M4", [], []),
    ("FAB M3 in relapse", ["fab m3"], []),
]


@pytest.mark.parametrize(("text", "names", "doubts"), NAMES)
def test_each_word_belongs_to_a_name_or_leaves_it_open_or_neither(
    text: str, names: list[str], doubts: list[str]
) -> None:
    items = read_items(text)
    settle_short_forms(items)
    found = find_mentions(items)
    assert [" ".join(items[place].phrase for place in each.items) for each in found] == names
    assert [items[place].phrase for each in found for place in each.doubt] == doubts
    assert {type(each.reading.resolved) for each in found} <= {bool}


# The code, `?` and the codes to choose from, or `-` where nothing is coded.
ANSWERS = {
    "? C95.90 C92.00": ["leukemia vs AML", "leukemia versus AML", "leukemia or AML"],
    "? C92.30": ["EMT brought, ET tube"],
    "? C92.02 C91.10": ["relapsed AML and CLL both"],
    "? C91.40 C83.00": ["HCL xyzzy SLL"],
    "C92.60": ["FISH negative KMT2A AML"],
    "C92.00": [
        "AML, dismissed",
        "AML; dismissed",
        "AML [not APL]",
        "AML (not APL)",
        "AML = not APL",
        "AML: not APL",
        "AML - not APL",
        "AML in her chart",
        "Plumber: AML",
        "seen by plumber: AML",
        "has AML",
    ],
    "C95.90": [
        "leukemia (AML ruled out)",
        "leukemia [AML ruled out]",
        "leukemia [not AML]",
        "leukemia (not AML)",
        "leukemia = not AML",
        "leukemia: not AML",
    ],
    "C91.10": [
        "CLL [no AML]",
        "CLL, contralateral lower limb",
        "Clinical data: CLL",
        "Caller listed: CLL",
        "CLL or seen",
        "CLL or",
        "CLL, FISH panel",
        "CLL trial visit",
        "CLL 18 months",
        "CLL; or infection",
        "CLL; infection vs pain",
    ],
    "C91.00": ["ALL; asthma", "asthma; ALL", "dx ALL pneumonia", "diagnosis ALL, xyzzy", "ALL, labs"],
    "C91.40": ["HCL trial leukemia", "Bupropion; HCL"],
    "Z80.6": [
        "chronic myeloid leukemia [CML], mother",
        "AML [leukemia], mother",
        "leukemia [AML], mother",
        "AML [father]",
        "AML (father)",
        "AML: father",
        "AML - father",
        "AML relapse [father]",
        "sister (ALL, age 9)",
    ],
    "? C92.00": [
        "AML ?M3",
        "AML, possible t(15;17)",
        "no - AML",
        "(-) AML",
        "? AML",
        "AML?",
        "AML dismissed",
        "AML was dismissed",
        "AML - dismissed",
        "AML is now dismissed",
        "plumber: AML",
        "plumber - AML",
        "plumber:AML",
        "plumber : AML",
        "pain; plumber: AML",
        "AML in his plumber",
        "mumbles AML",
        "mumbles w/AML",
        "pneumonia; (?AML)",
        "pneumonia. (?AML)",
        "leukemia (AML, possible)",
        "AML [leukemia?]",
        "leukemia [AML?]",
        "mumbles has AML",
        "AML 漢",
        "漢 AML",
        "leukemia (possible AML)",
        "leukemia [possible AML]",
        "leukemia - possible AML",
        "leukemia: possible AML",
        "leukemia = possible AML",
        "AML (possible leukemia)",
    ],
    "? C91.10": [
        "M: CLL",
        "CLL vs",
        "CLL vs seen",
        "CLL vs Smith",
        "CLL vs infection",
        "infection vs CLL",
        "infection; vs CLL",
        "CLL vs; infection",
        "mono or CLL",
        "CLL or xyzzy",
        "CLL Rai 0 vs infection",
        "mumbles CLL",
    ],
    "? C91.00": ["asthma, ALL, gout", "asthma: ALL, gout", "asthma (ALL, gout)", "GOUT, ALL"],
    "? C92.00 C91.10": [
        "CLL or AML",
        "AML (possible CLL)",
        "AML ?CLL",
        "AML [] CLL",
        "CLL (possible AML)",
        "CLL vs AML",
    ],
    "-": [
        "chronic lymphocytic leukemia (CLL) ruled out",
        "chronic lymphocytic leukemia [CLL] ruled out",
        "chronic lymphocytic leukemia - CLL ruled out",
        "chronic lymphocytic leukemia = CLL ruled out",
        "chronic lymphocytic leukemia : CLL ruled out",
        "leukemia (AML) ruled out",
        "AML (leukemia) ruled out",
        "AML (leukemia ruled out)",
        "PV leukemia floor",
        "leukemia unit, MDS",
        "PV (pemphigus vulgaris)",
        "PV [pemphigus vulgaris]",
        "PV - pemphigus vulgaris",
        "PV = pemphigus vulgaris",
        "PV: pemphigus vulgaris",
        "pemphigus vulgaris (PV)",
        "CLL (contralateral lower limb)",
        "CLL [contralateral lower limb]",
        "CLL - contralateral lower limb",
        "CLL = contralateral lower limb",
        "CLL: contralateral lower limb",
        "contralateral lower limb (CLL)",
        "contralateral lower limb [CLL]",
        "contralateral lower limb - CLL",
        "contralateral lower limb = CLL",
        "AML of kidney",
        "angiomyolipoma (AML)",
        "CLL FISH panel",
        "CLL-FISH panel",
        "CLL/FISH panel",
        "CLL FISH",
        "CLL trial",
        "CLL clinic visit",
        "CLL month",
        "CLL relapse clinic",
        "CLL KMT2A FISH panel",
        "leukemia-like",
        "leukemia like",
        "leukemia free",
        "asthma, ALL gout",
        "asthma ALL gout",
        "dx; ALL xyzzy",
        "TAM 20 mg",
        "APL 20 mg",
        "HCL 20 mg",
        "HCL xyzzy",
        "Bupropion HCL",
        "Bupropion, HCL",
        "HCL pneumonia",
        "HCL leukoplakia",
        "HCL xyzzy. Active",
        "HCL xyzzy asymptomatic",
        "HCL xyzzy HCL",
        "ALL labs",
        "ALL systems",
        "ALL four limbs",
    ],
}

# The same for what the status words come to, and for words cut, broken, joined or misspelt.
STATUSES = {
    "-": [
        "AML ruled out by PET",
        "AML. Ruled out",
        "AML; ruled out",
    ],
    "? C92.00": ["AML in xyzzy today", "AML in xy", "Denise AML"],
    "? C92.01 C92.00": [
        "AML CR achieved, refractory",
        "AML in remission; not in remission",
        "AML possible remission",
        "AML in remission?",
        "AML ?in remission",
        "AML CR pneumonia",
        "AML CR normal marrow",
        "AML CR/PR",
        "AML CR vs PR",
        "AML CRI",
        "AML cri",
        "AML cr 1",
    ],
    "? C92.02 C92.00": [
        "AML refractory vs relapsed",
        "AML > newly diagnosed relapsed",
        "AML not in remission, relapsed",
    ],
    "? C92.02 C92.01": [
        "AML remision/relapse",
        "AML relapse vs remission",
        "AML relapsed, achieved CR",
        "AML CR2, relapsed",
        "AML relapsed, relapsed 2021, CR2",
        "AML relapsed, CR1",
        "AML relapsed, in remission > relapsed",
    ],
    "? C92.02 C92.01 C92.00": [
        "AML, in",
        "AML, i",
        "AML, in re",
        "AML in r",
        "AML. in",
        "out of CR1 AML",
        "AML out of CR1",
        "AML lost CR1",
        "lost CR1 AML",
        "AML remission attempted",
        "AML CR1 failed",
        "AML relapse biopsy",
        "AML in xyzzy",
        "AML w xyzzy",
        "AML remisssoin",
        "AML, remussoin",
        "AML xyzzy of remission",
        "AML remission not yet expected",
        "AML returned for follow-up",
        "AML relapse may",
        "AML relapse will",
        "AML relapse vs infection",
        "AML relapse or infection",
        "AML infection vs relapse",
        "AML in remission or relapse",
        "AML was in remission",
        "AML previously in remission",
        "AML previously relapsed",
        "AML relapsed previously",
        "AML relapsed; formerly",
        "AML possible relapse",
        "AML in remission, possible relapse",
        "AML relapsed? no",
        "AML relapse unlikely",
        "AML vs CR",
    ],
    "? Z85.6 C92.01 C92.00": [
        "AML not relapsed",
        "AML not in active relapse",
        "AML relapsed: no",
        "AML relapsed (no)",
        "AML relapsed - no",
        "AML relapse, unlikely",
        "AML relapse ruled out",
        "AML relapse ruled out by PET",
        "AML relapse. Ruled out",
    ],
    "C92.00": [
        "AML i",
        "AML relapse risk",
        "AML with xyzzy",
        "AML, in; xyzzy",
        "AML awaiting remission",
        "AML; awaiting remission",
        "AML awaiting-remission",
        "AML remission is expected",
        "AML remission expected",
        "AML patient returned",
        "AML not refractory",
        "AML in remission: no",
        "K 4, CR 1, AML",
        "AML CR level",
        "AML CR: 1.2",
        "AML CR <2 s",
        "AML CR 5 mg",
        "AML CR 5",
        "AML CRP",
        "AML R/R 80",
        "AML rel hypotension",
        "AML rel. hypotension",
        "cardiac rehab (CR), AML",
        "1. AML 2. Febrile",
        "AML stage 1. Febrile",
        "AML, MR brain",
        "AML MR brain",
        "AML, cr, brain",
        "Meniere disease, AML",
    ],
    "C92.01": [
        "AML in rem",
        "AML awaiting; remission",
        "AML remission; expected",
        "AML remission since 2018, relapse 2015",
        "AML refractory, achieved CR",
        "AML refractory, CR achieved",
        "AML relapsed 2021, CR2",
        "AML prior to relapse in remission",
        "AML relapsed > in remission",
        "AML untreated, in remission",
        "AML not in relapse, in remission",
        "AML, CR",
        "AML CR-1",
        "AML CR>5y",
        "AML CR 5 years",
        "AML CR 2019",
        "AML CRi",
        "AML CRp",
        "AML CR 1",
        "AML, complete rem (CR)",
        "AML in remisssion",
        "AML in, remission",
    ],
    "C92.02": [
        "AML relapse Smith",
        "AML relapse; risk",
        "AML returned",
        "AML has returned",
        "disease has returned, AML",
        "AML first or second relapse",
        "AML refractory or relapsed",
        "AML remission 2018 relapse 2020",
        "AML relapse 2020 remission 2018",
        "2018: remission AML; 2020: relapse",
        "AML newly diagnosed > relapsed",
        "AML R/R",
        "AML R/R 2019",
        "AML rel",
        "AML relapsey",
        "relap5ed AML",
    ],
}

WORDS = {
    "-": ["hairy cll", "xyzzy cll", "cll xyzzy", "myeloid pain lekumia", "lekumia"],
    "? C91.Z0 C91.60 C91.10": ["CLL T; xyzzy", "CLL T, xyzzy", "CLL T"],
    "? C91.Z0 C91.61 C91.60 C91.10": ["CLL T, stable"],
    "? C91.Z0 C91.90 C91.60 C91.50 C91.00": ["leukemia T", "T leukemia"],
    "? C92.00": ["acute lekumia AML"],
    "? C92.00 C91.10": ["1) AML 2) CLL", "AML; CLL", "AML! CLL", "AML. CLL", "AML\nCLL"],
    "? Z85.6 C92.21 C92.11 C92.10": ["CML BCR-ABL negative, no relapse", "CML BCR-ABL negative, NED"],
    "? C92.20 C92.10": [
        "CML BCR-ABL negative on imatinib",
        "CML BCR-ABL negative since 2015",
        "CML BCR-ABL negative now",
        "Ph negative CML 2015",
        "Ph-negative CML\nseen",
    ],
    "? C92.21 C92.11": ["CML BCR-ABL negative in remission", "Ph negative CML in remission"],
    "? Z85.6 C91.01 C91.00": ["h/o ALL s a child"],
    "C91.10": [
        "CLL T pneumonia",
        "of cll",
        "xyzzy, cll",
        "chronic lympho\ncytic leukemia",
        "chronic lympho-\ncytic leukemia",
        "chronic lymphocytic leu\nkemia",
        "Chroni lymphocytic leukemia",
        "chroniclymphocytic leukemia",
        "f/u CLL, no tx",
        "CLL, no treatment response",
        "CLL, r/",
        "80M CLL R",
    ],
    "C92.00": [
        "acute rnyeloid leukemia",
        "acute mye1oid leukemia",
        "acute myel0id leukemia",
        "acute myeloid lekumia",
        "acute myeloid, lekumia",
        "Acute Myeloi leukemia",
        "acutemyeloidleukemia",
        "acute\nmyeloid leukemia",
    ],
    "C92.10": ["Leukemia, Myelogenous, Chroni", "chron. myeloid leukemia"],
    "C92.20": ["CML BCR-ABL negative", "Ph negative CML"],
    "C92.40": ["acute promyelocyt1c leukemia", "ACUTE PROMYELOCYT1C LEUKEMIA"],
    "C92.42": ["Relapseo acute promyelocytic leukemia"],
    "C92.90": ["my elogenous leukemia", "myelo genous leukemia", "myelo-genous leukemia"],
    "C95.00": ["By acute leukemia since"],
    "C95.90": ["leukemia, T"],
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (text, expected)
        for table in (ANSWERS, STATUSES, WORDS)
        for expected, texts in table.items()
        for text in texts
    ],
)
def test_what_stands_around_a_name_makes_of_it_what_it_says(text: str, expected: str) -> None:
    found = lc.resolve(text)
    codes = " ".join(sorted((str(each.code) for each in found.candidates), reverse=True))
    answer = {Outcome.CODED: codes, Outcome.REVIEW: f"? {codes}", Outcome.NONE: "-"}[found.outcome]
    assert answer == expected


# What each cue speaks of: its kind, and the words of names and of statuses.
CUES: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("no leukoplakia AML", []),
    ("no feline leukemia AML", []),
    ("possible pneumonia AML", []),
    ("AML 2019 until relapse", [("hypothetical", "", "relapse")]),
    ("possible: multipli myeloma", [("uncertain", "myeloma", "")]),
    ("no xyzzy seen AML", []),
    ("no xyzzy seen with AML", []),
    ("leukemia (AML ruled out)", [("negated", "AML", "")]),
    ("AML, r/o", [("uncertain", "AML", "")]),
    ("CLL (mother)", [("family", "CLL", "")]),
    ("CLL [mother]", [("family", "CLL", "")]),
    ("CLL: mother", [("family", "CLL", "")]),
    ("CLL - mother", [("family", "CLL", "")]),
    ("CLL, mother", [("family", "CLL", "")]),
    ("CLL mother", [("family", "CLL", "")]),
    ("CLL mother seen", []),
    ("CLL; mother", [("uncertain", "CLL", "")]),
    ("CLL. Mother", [("uncertain", "CLL", "")]),
    ("leukemia, family history of", [("family", "leukemia", "")]),
    ("leukemia, history of", [("history", "leukemia", "")]),
    ("leukemia, mother 65", [("family", "leukemia", "")]),
    ("leukemia, mother?", [("family", "leukemia", ""), ("uncertain", "leukemia", "")]),
    ("AML, possible", [("uncertain", "AML", "")]),
    ("AML possible", [("uncertain", "AML", "")]),
    ("AML; possible", [("uncertain", "AML", "")]),
    ("AML; ruled out", [("negated", "AML", "")]),
    ("AML ruled out by PET", [("negated", "AML", "")]),
    ("AML xyzzy ruled out", []),
    ("AML pneumonia ruled out", []),
    ("AML marrow negative", []),
    ("AML negative", [("negated", "AML", "")]),
    ("AML negative cultures", []),
    ("AML negative for FLT3", []),
    ("no AML", [("negated", "AML", "")]),
    ("no pneumonia, AML", []),
    ("no pneumonia or AML", [("negated", "AML", "")]),
    ("no pneumonia AML", []),
    ("no multipli myeloma", [("negated", "myeloma", "")]),
    ("not in remission from AML", []),
    ("possible AML relapse", [("uncertain", "AML", "")]),
    ("possible relapse of AML", [("uncertain", "AML", "")]),
    ("AML not in active relapse", [("negated", "", "active relapse")]),
    ("AML not in remission or relapse", []),
    ("AML not in remission/relapse", []),
    ("AML not in remission, relapse", []),
    ("AML non-refractory", [("negated", "", "refractory")]),
    ("non AML", [("negated", "AML", "")]),
    ("non-AML", [("negated", "AML", "")]),
    ("ex AML", [("history", "AML", "")]),
    ("non; AML", []),
    ("AML in remission until 2020", []),
    ("mother? AML", [("family", "AML", ""), ("uncertain", "AML", "")]),
    ("mother had diabetes with ulcers and CLL", [("uncertain", "CLL", "")]),
    ("family history of cancer, now AML", []),
    ("family history of AML, CLL and CML", [("family", "AML CLL CML", "")]),
    ("wife with AML", [("other_person", "AML", "")]),
    ("wife's mother with AML", [("other_person", "AML", "")]),
    ("mother of two, AML", []),
    ("AML or CLL vs CML", []),
    ("no AML, CLL", [("negated", "AML CLL", "")]),
    ("no AML/CLL", [("negated", "AML CLL", "")]),
    ("no AML; CLL", [("negated", "AML", "")]),
    ("no AML seen CLL", [("negated", "AML", "")]),
    ("no AML, KMT2A, CLL", [("negated", "AML CLL", "")]),
    ("no AML transformed to CLL", [("negated", "AML CLL", "")]),
    ("no AML, CLL, CML", [("negated", "AML CLL CML", "")]),
    ("AML=0", [("negated", "AML", "")]),
    ("AML = 0", [("negated", "AML", "")]),
    ("AML ever: N", [("negated", "AML", "")]),
    ("AML-0", []),
    ("(-) AML", [("uncertain", "AML", "")]),
    ("no - AML", [("uncertain", "AML", "")]),
    ("[x] AML", [("uncertain", "AML", "")]),
    ("AML [x]", [("uncertain", "AML", "")]),
    ("AML?", [("uncertain", "AML", "")]),
    ("AML (?)", [("uncertain", "AML", "")]),
    ("? AML", [("uncertain", "AML", "")]),
    ("AML ?CLL", [("uncertain", "CLL", "")]),
    ("AML ? CLL", [("uncertain", "CLL", "")]),
    ("(? AML)", [("uncertain", "AML", "")]),
    ("CLL (? AML)", [("uncertain", "CLL", "")]),
    ("what is the code for AML?", []),
    ("in remission? no; AML", [("uncertain", "", "in remission")]),
    ("AML in remission: no", [("negated", "", "in remission")]),
    ("AML, relapsed? no", [("uncertain", "", "relapsed")]),
    ("AML in remission: n", [("negated", "", "in remission")]),
    ("AML N", [("uncertain", "AML", "")]),
]


@pytest.mark.parametrize(("text", "expected"), CUES)
def test_a_cue_speaks_of_what_it_stands_beside(text: str, expected: list[tuple[str, str, str]]) -> None:
    items = read_items(text)
    found = [
        (
            hit.cue.kind,
            *(" ".join(items[at].phrase for at in places) for places in (hit.diseases, hit.statuses)),
        )
        for hit in read_cues(items, owners_of(items))
        if hit.diseases or hit.statuses
    ]
    assert found == expected


@pytest.mark.parametrize("gap", [",", ", ", ":", ": ", ")", ") ", "]", " (", " - ", " ,"])
def test_a_mark_ends_a_clause(gap: str) -> None:
    assert ends_clause(gap)


@pytest.mark.parametrize("gap", ["", " ", "-", "the ", "/", " / ", "- ", " -"])
def test_a_space_or_hyphen_ends_none(gap: str) -> None:
    assert not ends_clause(gap)


@pytest.mark.parametrize(
    ("text", "words", "broken"),
    [
        ("my elogenous", ["myelogenous"], True),
        ("myelo-genous", ["myelogenous"], True),
        ("lympho cytic", ["lymphocytic"], True),
        ("lympho-\ncytic", ["lymphocytic"], True),
        ("lympho\ncytic", ["lymphocytic"], True),
        ("leuk emia", ["leukemia"], True),
        ("leuke mia in remis sion", ["leukemia", "in", "remission"], True),
        ("my, elogenous", ["my", "elogenous"], False),
        ("my; elogenous", ["my", "elogenous"], False),
        ("my/elogenous", ["my", "elogenous"], False),
        ("in complete remission", ["in", "complete", "remission"], False),
        ("CAR-T", ["car", "t"], False),
    ],
)
def test_a_broken_word_is_made_whole(text: str, words: list[str], broken: bool) -> None:
    tokens, found = mended(tokenise(text))
    assert [token.word for token in tokens] == words
    assert bool(found) is broken


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("leukaemias", "leukemia"),
        ("biopsies", "biopsy"),
        ("cells", "cell"),
        ("lymphomas", "lymphoma"),
        ("blasts", "blast"),
        ("anaemias", "anemia"),
        ("remissions", "remission"),
        ("vss", None),
        ("xyzzys", None),
        ("xyzzy", None),
    ],
)
def test_a_plural_is_the_word(word: str, form: str | None) -> None:
    assert variant(word) == form


@pytest.mark.parametrize(
    "word", ["lekumia", "leukma", "lukmia", "lukema", "luekema", "leukmai", "leukimai", "leukemai"]
)
def test_a_noun_within_two_edits_is_meant(word: str) -> None:
    assert resembled_noun(word) == "leukemia"


@pytest.mark.parametrize("word", ["leuka", "xyzzyx", "leukocyte", "leukopenia", "lupus", "anemia", "leukoma"])
def test_no_noun_is_meant_by_a_short_word_or_another(word: str) -> None:
    assert resembled_noun(word) is None


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("rnyeloid", "myeloid"),
        ("mye1oid", "myeloid"),
        ("promyelocyt1c", "promyelocytic"),
        ("myel0id", "myeloid"),
        ("marrovv", "marrow"),
        ("relap5e", "relapse"),
    ],
)
def test_signs_that_look_alike_are_read_as_letters(seen: str, meant: str) -> None:
    assert spell(seen).word == meant


# Each word of status, the statuses it leaves open, and whether it is unclear or uncertain.
STATUS_WORDS: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("AML in remission", [("in remission", "1", "")]),
    ("AML CR1 pending", [("cr1", "0|1|2", "unclear")]),
    ("AML CR1 was never reached", [("cr1", "0", "")]),
    ("AML remission attempted", [("remission", "0|1|2", "unclear")]),
    ("AML out of CR1", [("cr1", "0|1|2", "unclear")]),
    ("AML relapse xyzzy, stable", [("relapse", "2", "unclear"), ("stable", "0|1", "")]),
    ("AML relapse Xyzzy, stable", [("relapse", "2", ""), ("stable", "0|1", "")]),
    ("AML relapse xyzzy seen", [("relapse", "2", "")]),
    ("AML relapse xyzzy", [("relapse", "2", "unclear")]),
    ("AML relapse xyzzy; stable", [("relapse", "2", "unclear"), ("stable", "0|1", "")]),
    ("AML relapse clinic seen", [("relapse", "2", "unclear")]),
    ("AML relapse month, stable", [("relapse", "2", "unclear"), ("stable", "0|1", "")]),
    ("AML in xyzzy", [("xyzzy", "0|1|2", "unclear")]),
    ("AML, in", [("in", "0|1|2", "unclear")]),
    ("AML emission/relapse", [("emission", "0|1|2", "unclear"), ("relapse", "2", "")]),
    ("AML emission/pneumonia", []),
    ("AML, emission", [("emission", "0|1|2", "unclear")]),
    ("AML emission", []),
    ("AML in emission", [("emission", "0|1|2", "unclear")]),
    ("AML not relapsed", [("not relapsed", "1|history|0", "")]),
    ("AML not in remission", [("not in remission", "0", "")]),
    ("AML possible relapse", [("relapse", "2", "uncertain")]),
    ("AML expected relapse", [("relapse", "2", "unclear")]),
    ("AML in remission, expected to last", [("in remission", "1", "unclear")]),
    ("AML relapse vs infection", [("relapse", "2", "uncertain")]),
    ("AML not active", [("active", "0|1|2", "")]),
    ("AML stable", [("stable", "0|1", "")]),
    ("AML returned", [("returned", "2", "")]),
    ("AML patient returned", []),
    ("AML returned for follow-up", [("returned", "2", "unclear")]),
    ("AML relapse will", [("relapse", "2", "unclear")]),
    ("remission of pneumonia, AML", []),
    ("AML and CLL both in remission", [("in remission", "1", "")]),
    ("AML awaiting remission", []),
    ("AML awaiting relapse", []),
    ("AML remission is expected", []),
    ("no clear signs of xyzzy relapse AML", [("relapse", "2", "unclear")]),
]


@pytest.mark.parametrize(("text", "expected"), STATUS_WORDS)
def test_a_status_is_stated_or_left_open(text: str, expected: list[tuple[str, str, str]]) -> None:
    items = read_items(text)
    owners = owners_of(items)
    found = [
        (
            items[word.item].phrase,
            "|".join(word.options),
            "unclear" * word.unclear + "uncertain" * word.uncertain,
        )
        for word in attach_statuses(items, owners, read_cues(items, owners))
    ]
    assert found == expected


def test_a_line_goes_on_only_with_a_noun_or_after_an_adjective() -> None:
    ends = {
        "xyzzy\nleukemia": False,
        "pneumonia\nlymphoma": False,
        "acute\nxyzzy": False,
        "with\nxyzzy": False,
        "xyzzy\nin remission": False,
        "xyzzy\nacute leukemia": True,
        "xyzzy\nplugh": True,
        "leukemia\nxyzzy": True,
        "acute\nMyeloid": True,
    }
    assert {text: read_items(text)[1].hard for text in ends} == ends


def test_a_capital_beside_an_accent_stays_a_name() -> None:
    assert [token.word for token in tokenise("é Binet A")] == ["e", "binet", "a"]


def test_only_words_of_four_letters_have_a_plural_or_stand_unparted() -> None:
    words = lexicon()
    plain = [
        word
        for word in sorted(words.vocabulary)
        if word.isalpha() and not {f"{word}s", f"{word[:-1]}"} & (words.vocabulary | words.spelling.keys())
    ]
    longer = [word for word in plain if len(word) == 4 and not word.endswith(("e", "s"))]
    shorter = [word for word in plain if len(word) == 3 and not word.endswith(("e", "s"))]
    assert longer
    assert shorter
    assert {variant(f"{word}s") for word in longer} == {words.spelling.get(word, word) for word in longer}
    assert {variant(f"{word}s") for word in shorter} == {None}
    assert spell("acutecll") == Spelled("acutecll", known=False)
    assert spell("acutecell").word == "acute cell"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("AML in his plumber", "plumber"),
        ("AML in his plumber today", "plumber"),
        ("mumbles AML", "mumbles"),
        ("mumbles has AML", "mumbles"),
        ("mumbles w/AML", "mumbles"),
        ("plumber: AML", "plumber"),
        ("pain; plumber: AML", "plumber"),
        ("M: AML", "m"),
        ("AML dismissed", "dismissed"),
        ("AML was now dismissed", "dismissed"),
        ("AML - dismissed", "dismissed"),
        ("AML 漢", "\u00a4"),
        ("AML", None),
        ("mumbles, AML", None),
        ("mumbles; AML", None),
        ("Mumbles AML", None),
        ("Plumber: AML", None),
        ("seen plumber: AML", None),
        ("pain AML", None),
        ("AML in his Plumber", None),
        ("AML in plumber", None),
        ("AML, dismissed", None),
        ("AML; dismissed", None),
        ("AML was; dismissed", None),
    ],
)
def test_an_unread_word_governs_a_name_or_says_what_became_of_it(text: str, word: str | None) -> None:
    items = read_items(text)
    place = unread_about(items, find_mentions(items)[0])
    assert (None if place is None else items[place].phrase) == word


@pytest.mark.parametrize(
    ("text", "weighed"),
    [
        ("CLL vs infection", True),
        ("infection vs CLL", True),
        ("CLL Rai 0 vs infection", True),
        ("mono or CLL", True),
        ("CLL or xyzzy", True),
        ("infection; vs CLL", False),
        ("CLL vs; infection", False),
        ("CLL; or infection", False),
        ("CLL or seen", False),
        ("CLL or relapsed", False),
        ("CLL vs relapsed", False),
    ],
)
def test_a_disease_is_weighed_against_what_the_same_sentence_names(text: str, weighed: bool) -> None:
    assert (ContextKind.UNCERTAIN in lc.resolve(text).context.kinds) is weighed


@pytest.mark.parametrize(
    ("text", "codes", "others", "certainty"),
    [
        ("CLL; SLL", ("C91.1",), ("C83.0",), "medium"),
        ("SLL and CLL", ("C91.1",), ("C83.0",), "medium"),
        ("ALL; lymphoblastic lymphoma", ("C91.0",), ("C83.5",), "medium"),
        ("MDS transformed to AML", ("C92.A",), (), "medium"),
        ("AML; leukemia", ("C92.0",), (), "high"),
        ("leukemia; AML", ("C92.0",), (), "high"),
        ("AML; AML", ("C92.0",), (), "high"),
    ],
)
def test_two_names_of_one_disease_are_one_and_less_certain_where_one_must_choose(
    text: str, codes: tuple[str, ...], others: tuple[str, ...], certainty: str
) -> None:
    (found,) = read_text(text).diagnoses
    reading = found.mention.reading
    assert (reading.codes, reading.resolved) == (codes, True)
    assert (reading.other_codes, reading.certainty) == (others, certainty)
