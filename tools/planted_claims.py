"""Write a claims file with planted errors, and beside it the plan: which row breaks which rule.

    python tools/planted_claims.py claims.csv --rows 200000 --seed 1

writes claims.csv (claim_id, dx, diagnosis, service_date) and claims.plan.json: rule ids with the numbers of
their rows, the first below the header being 1. Same rows and seed, same bytes.

What is right and what is wrong comes from the official titles, families and dates in data/, not from the
library: a text is an official title, an error is that title beside another code, or a code spoilt by hand.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from tsv import read_table

__all__ = ["Planted", "plant", "write"]

DATA = Path(__file__).resolve().parents[1] / "data"
FIRST_DAY, DAYS = date(2023, 10, 1), 1096
SHARE = 0.06  # of the claims have an error planted
BAD_MONTHS = {(2025, 10), (2025, 11), (2026, 2)}  # in which it is three times as many
COLUMNS = ("claim_id", "dx", "diagnosis", "service_date")

# Families whose title says all that their code says; left out are unspecified and "other" ones.
FAMILIES = ("C91.0", "C91.1", "C91.4", "C92.0", "C92.1", "C92.4", "C93.1", "C94.2")
VAGUE = {"C95.9": "LK-U001", "C95.0": "LK-U002", "C92.9": "LK-U003", "C91.9": "LK-U003"}
OTHER_DISEASES = (("E11.9", "Type 2 diabetes mellitus"), ("I10", "Essential hypertension"))


class Line(NamedTuple):
    """A row of the file without its claim number, and the rules it breaks."""

    code: str
    text: str
    day: str
    rules: tuple[str, ...] = ()


class Planted(NamedTuple):
    """The rows as the file has them, and the plan."""

    rows: list[tuple[str, str, str, str]]
    plan: dict[str, list[int]]


def plant(rows: int, seed: int) -> Planted:
    """That many rows, a few more where the last claim has several, in a random but repeatable order."""
    maker = _Maker(random.Random(seed))
    found = Planted([], defaultdict(list))
    number = 0
    while len(found.rows) < rows:
        number += 1
        for line in maker.claim():
            found.rows.append((f"A{number:06}", line.code, line.text, line.day))
            for rule in line.rules:
                found.plan[rule].append(len(found.rows))
    return found


def write(path: Path, planted: Planted) -> None:
    """Write the table, and the plan beside it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(planted.rows)
    plan = dict(sorted(planted.plan.items()))
    path.with_suffix(".plan.json").write_text(json.dumps(plan) + "\n", "utf-8")


class _Maker:
    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.titles = {row["code"]: row["title"] for row in read_table(DATA / "codes.tsv")}
        statuses = {row["family"]: row for row in read_table(DATA / "families.tsv")}
        self.codes = {
            family: [statuses[family][name] for name in ("not_in_remission", "in_remission", "in_relapse")]
            for family in (*FAMILIES, *VAGUE)
        }
        self.errors: tuple[Callable[[str], Iterator[Line]], ...] = (
            self.other_status,
            self.other_status,
            self.other_status,
            self.other_family,
            self.other_family,
            self.denied,
            self.standing,
            self.header,
            self.header,
            self.spoilt,
            self.expired,
            self.expired,
            self.empty,
            self.undated,
            self.silent_status,
            self.no_status,
            self.no_status,
            self.precision,
            self.elsewhere,
            self.unread,
            self.question,
            self.question,
            self.vague,
            self.together,
        )

    def claim(self) -> Iterator[Line]:
        """The lines of the next claim: right, or with one error."""
        day = FIRST_DAY + timedelta(days=self.dice.randrange(DAYS))
        share = SHARE * 3 if (day.year, day.month) in BAD_MONTHS else SHARE
        if self.dice.random() < share:
            return self.dice.choice(self.errors)(day.isoformat())
        return self.right(day.isoformat())

    def right(self, day: str) -> Iterator[Line]:
        """A leukemia with its title, now and then with another disease beside it."""
        code = self.code()
        yield Line(code, self.titles[code], day)
        if self.dice.random() < 0.2:
            yield Line(*self.dice.choice(OTHER_DISEASES), day)

    def other_status(self, day: str) -> Iterator[Line]:
        """The title of another status of the same family."""
        told, code = self.dice.sample(self.codes[self.dice.choice(FAMILIES)], 2)
        yield Line(code, self.titles[told], day, ("LK-T001",))

    def other_family(self, day: str) -> Iterator[Line]:
        """A myeloid title with a lymphoid code, or the other way round."""
        lymphoid, myeloid = self.code("C91"), self.code("C92")
        told, code = (lymphoid, myeloid) if self.dice.random() < 0.5 else (myeloid, lymphoid)
        yield Line(code, self.titles[told], day, ("LK-T002",))

    def denied(self, day: str) -> Iterator[Line]:
        """A leukemia code, and a text that says there is none."""
        text = self.dice.choice(("No evidence of leukemia", "Leukemia ruled out", "Screening for leukemia"))
        yield Line(self.code(), text, day, ("LK-T003",))

    def standing(self, day: str) -> Iterator[Line]:
        """A history coded as the disease, the disease as a history, a relative's as the patient's."""
        code = self.code()
        pairs = (
            (code, self.titles["Z85.6"]),
            ("Z85.6", self.titles[code]),
            (code, self.titles["Z80.6"]),
        )
        given, text = self.dice.choice(pairs)
        # The history code is also the first of its claim.
        yield Line(given, text, day, ("LK-T004", "LK-Q009") if given == "Z85.6" else ("LK-T004",))

    def header(self, day: str) -> Iterator[Line]:
        """A header, with or without the Index's dash, where the title names the code below it."""
        code = self.code()
        dash = self.dice.random() < 0.3
        rules = ("LK-S011" if dash else "LK-S003", "LK-T005")
        yield Line(code[:-1] + "-" * dash, self.titles[code], day, rules)

    def spoilt(self, day: str) -> Iterator[Line]:
        """A code that does not exist, beside a title that gives the right one."""
        spoilt = (
            ("LK-S001", "see chart", "C92.01"),
            ("LK-S002", "C91.B", "C91.11"),
            ("LK-S004", "C92.03", "C92.02"),
            ("LK-S006", "C92.7", "C92.01"),
            ("LK-S007", "204.11", "C91.11"),
            ("LK-S009", "C9l.10", "C91.10"),
        )
        rule, code, meant = self.dice.choice(spoilt)
        yield Line(code, self.titles[meant], day, (rule, "LK-T005"))

    def expired(self, day: str) -> Iterator[Line]:
        """C86.4 after it was split on 2024-10-01; before that day it is right."""
        text = self.titles["C86.41"]
        if day < "2024-10-01":
            yield Line("C86.4", "", day)
        else:
            yield Line("C86.4", text, day, ("LK-S008", "LK-T005"))

    def empty(self, day: str) -> Iterator[Line]:
        """No code, and a title that gives it."""
        yield Line("", self.titles[self.code()], day, ("LK-S012", "LK-T005"))

    def undated(self, _: str) -> Iterator[Line]:
        """A day that no release covers, or none at all."""
        days = (
            ("LK-D001", "2012-05-04"),
            ("LK-D002", "2043-01-01"),
            ("LK-D003", ""),
            ("LK-D004", "05/04/2025"),
        )
        rule, day = self.dice.choice(days)
        code = self.code()
        yield Line(code, self.titles[code], day, (rule,))

    def silent_status(self, day: str) -> Iterator[Line]:
        """A code that states a remission or relapse, and a text without any status."""
        family = self.dice.choice(FAMILIES)
        yield Line(self.dice.choice(self.codes[family][1:]), self.bare(family), day, ("LK-T006",))

    def no_status(self, day: str) -> Iterator[Line]:
        """A text without any status, coded as NOS is."""
        family = self.dice.choice(FAMILIES)
        yield Line(self.codes[family][0], self.bare(family), day, ("LK-R001",))

    def precision(self, day: str) -> Iterator[Line]:
        """An unspecified code beside a specific title, or the other way round."""
        status = self.dice.randrange(3)
        vague, precise = self.codes["C95.9"][status], self.codes[self.dice.choice(FAMILIES)][status]
        if self.dice.random() < 0.5:
            yield Line(vague, self.titles[precise], day, ("LK-T007", "LK-U001"))
        else:
            yield Line(precise, self.titles[vague], day, ("LK-T008",))

    def elsewhere(self, day: str) -> Iterator[Line]:
        """A leukemia named beside the code of another disease."""
        yield Line("E11.9", self.titles[self.code()], day, ("LK-T009",))

    def unread(self, day: str) -> Iterator[Line]:
        """A leukemia code beside another disease."""
        yield Line(self.code(), self.dice.choice(OTHER_DISEASES)[1], day, ("LK-T010",))

    def question(self, day: str) -> Iterator[Line]:
        """A text that only the provider can settle."""
        questions = (
            ("LK-R005", "History of chronic lymphocytic leukemia", "C91.11"),
            ("LK-C001", "Possible acute myeloblastic leukemia", "C92.00"),
            ("LK-R009", "AML, MRD positive", "C92.00"),
            ("LK-R010", "AML after stem cell transplant", "C92.01"),
        )
        rule, text, code = self.dice.choice(questions)
        yield Line(code, text, day, (rule,))

    def vague(self, day: str) -> Iterator[Line]:
        """An unspecified code beside its own title."""
        family, rule = self.dice.choice(tuple(VAGUE.items()))
        code = self.dice.choice(self.codes[family])
        yield Line(code, self.titles[code], day, (rule,))

    def together(self, day: str) -> Iterator[Line]:
        """The disease as current and as a history on one claim: an Excludes1 note keeps them apart."""
        code = self.code()
        for each in (code, "Z85.6"):
            yield Line(each, self.titles[each], day, ("LK-E001", "LK-R003"))

    def code(self, category: str = "") -> str:
        """A code of one of the families, of a category where one is given."""
        family = self.dice.choice([family for family in FAMILIES if family.startswith(category)])
        return self.dice.choice(self.codes[family])

    def bare(self, family: str) -> str:
        """The title of a family, which names no status."""
        return self.titles[family]


def main() -> None:
    """Read the arguments and write both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    planted = plant(given.rows, given.seed)
    write(given.path, planted)
    print(f"{len(planted.rows):,} rows, {sum(map(len, planted.plan.values())):,} findings planted")


if __name__ == "__main__":
    main()
