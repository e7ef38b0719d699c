"""Every verdict that `validate_code` can give, as tables to join with.

No verdict is written down here a second time: an input of each kind is put to `validate_code` for each
release, and the message is kept in pieces around what differs between inputs of the kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache
from typing import Final, NamedTuple

from leukcodes.codes import CODE_PATTERN, IcdCode, shown
from leukcodes.codesystem import system
from leukcodes.crosswalks import crosswalk
from leukcodes.frames.readers import NO_DATE
from leukcodes.mistakes import misspellings, repairs
from leukcodes.models import Release, ValidationOutcome
from leukcodes.validation import validate_code

__all__ = ["ALWAYS", "ICD9", "NOTHING", "RELEASE", "UNDATED", "Verdict", "Verdicts", "who_stems"]

UNDATED: Final = "undated"
"""Stands for a release where the date cannot be used."""

NOTHING: Final = "!"
"""The key of an input without any character that counts."""

ICD9: Final = "^([0-9]{3}|V[0-9]{2})[.]?([0-9]{1,2})?$"
"""The form of a code of ICD-9-CM, in capitals."""

ALWAYS: Final = "*"
"""Stands for every release."""

RELEASE: Final = "{release}"
"""Stands for the release's name in `head` and `tail`."""

_CHARACTERS: Final = "3456789ABCDEFGHIJKLMNOPQRSTUVWYZ"
_FORM: Final = re.compile(CODE_PATTERN)
_ICD9: Final = re.compile(ICD9)

# No code changes so long after a release begins; so that no other date in a message is this one.
_LATER: Final = timedelta(days=100)

# Makes any text too long for a code, and leaves it as it is otherwise.
_PADDING: Final = " " * 70


class Verdict(NamedTuple):
    """Valid ("1" or "0"), the rule, and the message after the input: `head`, what `fill` names, `tail`."""

    valid: str | None = None
    rule: str | None = None
    head: str | None = None
    fill: str | None = None
    tail: str | None = None


class Verdicts:
    """The tables for some releases; None stands for a date that cannot be used.

    `kinds` has the kind of an input by its key: a code without its dot, with the Index's dash if it has one;
    a code, "~" and the kind of what follows it; "9" and a code of ICD-9-CM; "?" and another text.
    """

    def __init__(self, releases: Iterable[Release | None]) -> None:
        self._releases = tuple(releases)
        self._system = system()
        self._known = {code.replace(".", ""): IcdCode(code) for code in self._system.codes}
        self._changes = {(code[:3], day) for code in self._known.values() for day in self._starts(code)}
        self._numbers: dict[tuple[Verdict, ...], str] = {}
        self.beyond, self.beyond_dash = self._kind("A00"), self._kind("A00-")
        self.icd9, self.malformed = self._kind("999.97", fill=("icd9", "999.97")), self._kind("junk")
        self.kinds: dict[str, str] = {NOTHING: self._kind("")}
        self._list_exact()
        self._list_misspelt()
        self._list_with_x()
        self._list_below()

    @property
    def rows(self) -> Iterator[tuple[str | None, ...]]:
        """The verdict on each kind: "kind|release", and the fields of `Verdict`.

        The release is `ALWAYS` for kinds that do not end with "v": theirs is the same under each.
        """
        names = [UNDATED if release is None else release.name for release in self._releases]
        for verdicts, number in self._numbers.items():
            found = dict(zip(names, verdicts, strict=True))
            if not number.endswith("v"):
                found = {name if name == UNDATED else ALWAYS: verdict for name, verdict in found.items()}
            for name, verdict in found.items():
                yield f"{number}|{name}", *verdict

    def _list_exact(self) -> None:
        """Known codes, and those of other systems that look like one."""
        icd9 = [row["icd9cm"].replace(".", "") for row in crosswalk("icd9cm_to_icd10cm")]
        stems = [row["who_icd10"].replace(".", "") for row in crosswalk("who_icd10")]
        for plain in [*self._known, *stems, *filter(_FORM.match, icd9)]:
            near = [plain] if plain in self._known else None
            self.kinds[plain] = self._kind(plain, near)
            self.kinds[f"{plain}-"] = self._kind(f"{plain}-", near)
        self.kinds |= {f"9{plain}": self._kind(plain + _PADDING) for plain in dict.fromkeys(icd9)}

    def _list_misspelt(self) -> None:
        """What looks like a known code; all that look like the same ones are told the same."""
        kinds: dict[tuple[str, ...], str] = {}
        for plain in {typed for code in self._known for typed in misspellings(code)}:
            if _ICD9.match(plain):
                self.kinds.setdefault(f"9{plain}", self._kind(plain + _PADDING))
                continue
            meant = repairs(self._system, plain)
            if meant not in kinds:
                kinds[meant] = self._kind(plain + _PADDING, meant)
            self.kinds[f"?{plain}"] = kinds[meant]
            if _FORM.match(plain):
                self.kinds.setdefault(plain, kinds[meant])
                self.kinds.setdefault(f"{plain}-", kinds[meant])

    def _list_with_x(self) -> None:
        """Known codes with an X where they take none."""
        kinds: dict[tuple[str, str], str] = {}
        for code in self._known:
            for key in _with_x(code) if "X" not in code else ():
                above = self._nearest(key)
                if key in self.kinds or "X" not in key[len(above) :] or not self._covers(above):
                    continue
                if (above, code) not in kinds:
                    kinds[above, code] = self._kind(key, [above, code])
                self.kinds[key] = self.kinds[f"{key}-"] = kinds[above, code]

    def _list_below(self) -> None:
        """What begins with a known code, or one of WHO's, and is none."""
        for code in filter(self._covers, self._known):
            for name, extensions in (("0", "012"), ("1", _CHARACTERS), ("n", [f"{c}J" for c in _CHARACTERS])):
                free = (more for more in extensions if self._is_free(code, more))
                more = next(free, None)
                if more is not None:
                    self.kinds[f"{code}~{name}"] = self._kind(code + more, [code], ("more", repr(more)))
        for stem in who_stems():
            for last in f"012X{_CHARACTERS}":
                middle = next(c for c in _CHARACTERS if f"{stem}{c}{last}" not in self.kinds)
                self.kinds[f"{stem}~{last}"] = self._kind(f"{stem}{middle}{last}")

    def _is_free(self, code: str, more: str) -> bool:
        whole = code + more
        is_known = whole in self.kinds or whole[:4] in who_stems()
        return len(whole) <= 7 and not is_known and self._nearest(whole) == code

    def _nearest(self, key: str) -> str:
        return next((key[:n] for n in range(len(key) - 1, 2, -1) if key[:n] in self._known), "")

    def _covers(self, plain: str) -> bool:
        return plain in self._known and self._system.is_covered(self._known[plain])

    def _starts(self, code: IcdCode) -> list[object]:
        row = self._system.tables.row(code)
        return [] if row is None else [day for v in row.versions for day in (v.valid_from, v.valid_to)]

    def _kind(
        self, probe: str, near: Iterable[str] | None = None, fill: tuple[str, str] | None = None
    ) -> str:
        """The number of the probe's kind; `near`, the codes that its verdict depends on, saves asking."""
        categories = None if near is None else {code[:3] for code in near}
        verdicts: list[Verdict] = []
        before: Release | None = None
        for release in self._releases:
            if before is None or release is None or categories is None or self._differ(categories, release):
                verdicts.append(_verdict(probe, release, fill))
            else:
                verdicts.append(verdicts[-1])
            before = release
        dated = {verdict for verdict, release in zip(verdicts, self._releases, strict=True) if release}
        number = f"{len(self._numbers)}{'v' if len(dated) > 1 else ''}"
        return self._numbers.setdefault(tuple(verdicts), number)

    def _differ(self, categories: set[str], release: Release) -> bool:
        days = release.effective_from, release.effective_from - timedelta(days=1)
        return any((category, day) in self._changes for category in categories for day in days)


@cache
def who_stems() -> list[str]:
    """The codes of WHO's ICD-10, undotted, below which it has none and ICD-10-CM neither."""
    return [row["who_icd10"].replace(".", "") for row in crosswalk("who_icd10") if "." in row["who_icd10"]]


def _with_x(code: str) -> Iterator[str]:
    """The code with X put in anywhere after its category, up to the length of a code."""
    grown = {code}
    while grown:
        grown = {f"{each[:n]}X{each[n:]}" for each in grown if len(each) < 7 for n in range(3, len(each) + 1)}
        yield from grown


def _verdict(probe: str, release: Release | None, fill: tuple[str, str] | None) -> Verdict:
    day = NO_DATE if release is None else release.effective_from + _LATER
    found = validate_code(probe, on=day)  # type: ignore[arg-type]  # a float is a date that is missing
    if release is None and found.result is not ValidationOutcome.INVALID:
        return Verdict()
    if not found.issues:
        return Verdict("1")
    first = found.issues[0]
    message = first.message.removeprefix(shown(probe))
    if release is not None:
        message = message.replace(release.name, RELEASE)
    name, named = ("day", str(day)) if first.rule == "LK-S008" else fill or ("", "")
    head, filled, tail = message.partition(named) if named else (message, "", "")
    valid = None if found.result is ValidationOutcome.NOT_CHECKED else "0"
    return Verdict(valid, first.rule, head, name if filled else "", tail)
