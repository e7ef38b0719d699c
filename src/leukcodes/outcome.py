"""From what was read to the answer: codes for the families and statuses, the candidates, and the issues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from leukcodes.codes import IcdCode
from leukcodes.codesystem import CodeSystem, system
from leukcodes.models import (
    Candidate,
    ContextKind,
    ContextSlot,
    DiseaseStatus,
    Evidence,
    FamilySlot,
    Issue,
    Outcome,
    Resolution,
    ResolutionKind,
    Scope,
    Setting,
    Severity,
    Span,
    StatusBasis,
    StatusSlot,
)
from leukcodes.rules import make_issue
from leukcodes.text.diagnosis import Diagnosis, TextReading
from leukcodes.text.items import Item
from leukcodes.text.lexicon import lexicon
from leukcodes.text.status import StatusReading

__all__ = ["Asker", "describe", "describe_each"]

_STATUSES: Final = {
    "0": DiseaseStatus.NOT_IN_REMISSION,
    "1": DiseaseStatus.IN_REMISSION,
    "2": DiseaseStatus.IN_RELAPSE,
}
_NO_CONTEXT: Final = ContextSlot()
_CERTAINTY: Final = {"high": 100.0, "medium": 92.0, "low": 80.0}
_REMOVED: Final = {
    ContextKind.NEGATED: ("LK-C003", "the diagnosis is negated"),
    ContextKind.OTHER_PERSON: ("LK-C007", "the diagnosis is another person's"),
    ContextKind.SCREENING: ("LK-C005", "screening is not a diagnosis; consider Z12.89"),
    ContextKind.EXPOSURE: ("LK-C005", "exposure, risk or predisposition is not a diagnosis"),
    ContextKind.HYPOTHETICAL: ("LK-C005", "the diagnosis is spoken of, not stated of the patient"),
}
_QUESTIONS: Final = {
    "LK-R005": "is the disease in remission, or is it history without further treatment?",
    "LK-R009": "response or residual disease is named; has remission been achieved?",
    "LK-R010": "a transplant is named without a disease status; is the disease in remission?",
}


@dataclass(frozen=True, slots=True)
class Asker:
    """The question put: the text, the day and release, and the caller's choices."""

    text: str
    day: date
    release: str
    setting: Setting | None = None
    ask_status: bool = False
    official_only: bool = False


def describe(asker: Asker, reading: TextReading) -> Resolution:
    """The answer for a text that has been read."""
    kept = [one for one in reading.diagnoses if one.removed_by is None and not one.has("family")]
    kin = [one for one in reading.diagnoses if one.removed_by is None and one.has("family")]
    if not kept and kin:
        return _family_history(asker, reading, kin)
    if not kept:
        return _nothing(asker, reading)
    kept = _foremost(kept)
    if len(kept) > 1:
        return _several(asker, reading, kept)
    return _Answer(asker, reading, kept[0]).give()


def describe_each(asker: Asker, reading: TextReading) -> Iterator[tuple[Diagnosis, Resolution]]:
    """The answer for each disease of the text by itself."""
    for diagnosis in reading.diagnoses:
        alone = TextReading(reading.items, [diagnosis], ())
        yield diagnosis, describe(asker, alone)


def _foremost(kept: list[Diagnosis]) -> list[Diagnosis]:
    """The diseases themselves, without what only goes with them, where both are named."""
    codes = system()
    tables = codes.tables
    diseases = [
        one for one in kept if any((row := tables.row(code)) is None or row.scope is not Scope.CONTEXT for code in one.mention.codes)
    ]
    return diseases or kept


class _Answer:
    """One disease turned into one answer; issues gather as the slots are settled."""

    def __init__(self, asker: Asker, reading: TextReading, diagnosis: Diagnosis) -> None:
        self.asker = asker
        self.reading = reading
        self.diagnosis = diagnosis
        self.issues: list[Issue] = []
        self.codes: CodeSystem = system()
        self.family_evidence = _family_evidence(asker.text, reading.items, diagnosis)

    def give(self) -> Resolution:
        mention = self.diagnosis.mention
        self._note_family()
        if not mention.reading.resolved:
            return self._open_family()
        if self.asker.official_only and not _official(self.reading.items, self.diagnosis):
            self._add(
                "LK-M006",
                "the wording is not that of the tabular list or the Alphabetic Index; is this the disease meant?",
            )
            return self._review([mention.codes[0]], _status_options(self.diagnosis))
        if self.diagnosis.has("uncertain"):
            return self._uncertain()
        return self._settle_status(mention.codes[0])

    def _note_family(self) -> None:
        items, mention = self.reading.items, self.diagnosis.mention
        for place in mention.items:
            if items[place].typo:
                written = self.asker.text[items[place].start : items[place].end]
                self._add("LK-M001", f"{written!r} was read as {items[place].phrase!r}", [items[place]])
        reading = mention.reading
        if reading.rule == "LK-M003":
            others = ", ".join(reading.other_codes)
            self._add(
                "LK-M003",
                f"the words also fit {others}-; the leukemia named is coded",
                codes=reading.other_codes,
            )
        elif reading.rule == "LK-U005":
            self._add(
                "LK-U005",
                "cell type or BCR/ABL status was not stated; the Alphabetic Index's default is taken",
            )
        notice = (
            lexicon().notices.get(mention.codes[0])
            if reading.resolved and reading.rule != "LK-QUIET"
            else None
        )
        if notice is not None:
            self._add(notice[0], notice[1])
        if self.reading.unread:
            unread = [items[place] for place in self.reading.unread]
            words = ", ".join(repr(item.phrase) for item in unread[:5])
            self._add("LK-M005", f"not read, outside the scope: {words}", unread[:5])

    def _open_family(self) -> Resolution:
        mention = self.diagnosis.mention
        names = " or ".join(f"{code}-" for code in mention.codes)
        rule = mention.reading.rule
        if mention.grade in ("B", "C"):
            self._add("LK-M002", f"the abbreviation has several meanings; is {names} meant?")
        elif rule == "LK-M005":
            self._add(
                "LK-M005",
                "a word beside the disease could not be read; what does it say?",
                severity=Severity.QUERY,
                items=[self.reading.items[place] for place in mention.doubt],
            )
        elif rule in ("LK-U006",):
            self._add(rule, f"the cell type is not named; is it {names}?")
        else:
            self._add("LK-M003", f"the words leave the disease open; is it {names}?", severity=Severity.QUERY)
        return self._review(list(mention.codes), _status_options(self.diagnosis))

    def _uncertain(self) -> Resolution:
        if self.asker.setting is Setting.INPATIENT:
            self._add("LK-C002", "an uncertain diagnosis at discharge is coded as if established")
            return self._settle_status(self.diagnosis.mention.codes[0])
        if self.asker.setting is Setting.OUTPATIENT:
            self._add(
                "LK-C001", "an uncertain diagnosis is not coded for an outpatient; code the sign or symptom"
            )
            return self._result(
                Outcome.NONE,
                status=_status_slot(self.asker.text, self.reading.items, self.diagnosis.status, None),
            )
        self._add(
            "LK-C001",
            "the diagnosis is uncertain; was it established, or is this an inpatient discharge?",
            severity=Severity.QUERY,
        )
        return self._review([self.diagnosis.mention.codes[0]], _status_options(self.diagnosis))

    def _settle_status(self, family: str) -> Resolution:
        scheme = self._scheme(family)
        status = self.diagnosis.status
        history = self._history(family, status)
        if history is not None:
            return history
        if scheme == "none":
            if status is not None:
                self._add("LK-R008", "the status is documented, but this code has no place for it")
            return self._code(
                family, None, StatusBasis.STATED if status else StatusBasis.DEFAULTED, quiet=True
            )
        if self.diagnosis.denied_later and (status is None or status.value is not DiseaseStatus.IN_REMISSION):
            return self._ask_status(family, ("1", "history", "0"), "LK-R005")
        if status is None:
            return self._default(family)
        if status.unclear:
            self._add(
                "LK-R005",
                "a status word stands beside words that could not be read; does it speak of the leukemia?",
                severity=Severity.QUERY,
            )
            return self._review([family], status.options)
        if status.uncertain:
            return self._uncertain_status(family, status)
        if status.value is None:
            return self._ask_status(family, status.options, status.rule or "LK-R005")
        if status.value is DiseaseStatus.IN_RELAPSE and scheme != "012":
            self._add(
                "LK-R007",
                "a relapse is documented, but the family has no code for it; how is it to be reported?",
            )
            return self._review([family], ("0",))
        basis = StatusBasis.STATED if status.rank == 0 else StatusBasis.CONVENTION
        if basis is StatusBasis.CONVENTION:
            said = " / ".join(repr(self._words(place)) for place in status.items[:3])
            self._add(
                "LK-R004",
                _convention(status.value, said),
                [self.reading.items[place] for place in status.items],
            )
        return self._code(family, status.value, basis)

    def _default(self, family: str) -> Resolution:
        if self.asker.ask_status:
            self._add(
                "LK-R001", "the disease status is not documented; which is it?", severity=Severity.QUERY
            )
            return self._review([family], ("0", "1", "2"))
        self._add(
            "LK-R001", "no disease status is documented; coded as not having achieved remission, as NOS is"
        )
        return self._code(family, DiseaseStatus.NOT_IN_REMISSION, StatusBasis.DEFAULTED)

    def _ask_status(self, family: str, options: tuple[str, ...], rule: str) -> Resolution:
        self._add(rule, _QUESTIONS.get(rule, "which disease status is documented?"), severity=Severity.QUERY)
        return self._review([family], options)

    def _uncertain_status(self, family: str, status: StatusReading) -> Resolution:
        if self.asker.setting is Setting.INPATIENT and status.value is not None:
            self._add("LK-C002", "an uncertain status at discharge is coded as if established")
            return self._code(family, status.value, StatusBasis.CONVENTION)
        return self._ask_status(family, status.options, "LK-R005")

    def _history(self, family: str, status: StatusReading | None) -> Resolution | None:
        """The answer where the text speaks of the past; None where it does not, or a present status settles it."""
        personal = self.diagnosis.has("history_personal")
        if not personal and not self.diagnosis.has("history"):
            return None
        if status is not None and status.value is DiseaseStatus.IN_REMISSION and not status.uncertain:
            return None
        code = lexicon().kin.get(family[:3], ("", ""))[0]
        if personal and status is None and code:
            return self._give_history(code)
        if status is not None and status.value is not None and not self._inside_history(status):
            return None
        options = (
            ("1", "2", "history")
            if status is not None and status.value is DiseaseStatus.IN_RELAPSE
            else ("history", "1", "0")
        )
        self._add(
            "LK-R005", "history is named; is it past without further treatment, in remission, or current?"
        )
        return self._review([family], options)

    def _inside_history(self, status: StatusReading) -> bool:
        """Whether the status stands between the history cue and the disease: `history of relapsed AML`."""
        cue = min(
            place
            for kind in ("history", "history_personal")
            for place in self.diagnosis.contexts.get(kind, (10**9,))
        )
        disease = min(self.diagnosis.mention.items)
        return all(cue < place < disease for place in status.items)

    def _give_history(self, code: str) -> Resolution:
        found = IcdCode(code)
        return self._result(Outcome.CODED, code=found, kind=ResolutionKind.HISTORY)

    def _code(
        self, family: str, status: DiseaseStatus | None, basis: StatusBasis, *, quiet: bool = False
    ) -> Resolution:
        code = _code_for(self.codes, family, status, self.asker.day)
        slot = _status_slot(self.asker.text, self.reading.items, self.diagnosis.status, status, basis)
        if code is None:
            self._add(
                "LK-S008",
                f"{family} has no billable code for this on {self.asker.day}",
                codes=(family,),
                severity=Severity.QUERY,
            )
            return self._result(Outcome.REVIEW, status=slot)
        return self._result(Outcome.CODED, code=code, status=slot)

    def _review(self, families: list[str], options: tuple[str, ...]) -> Resolution:
        found: dict[IcdCode, None] = {}
        for index, family in enumerate(families):
            for option in options if index == 0 else options[:1]:
                code = self._candidate(family, option)
                if code is not None:
                    found[code] = None
        status = self.diagnosis.status
        slot = _status_slot(self.asker.text, self.reading.items, status, status.value if status else None)
        return self._result(Outcome.REVIEW, candidates=tuple(found), status=slot)

    def _candidate(self, family: str, option: str) -> IcdCode | None:
        if option == "history":
            code = lexicon().kin.get(family[:3], ("", ""))[0]
            return IcdCode(code) if code else None
        return (
            _code_for(self.codes, family, _STATUSES[option], self.asker.day)
            or _code_for(self.codes, family, None, self.asker.day)
            or _code_for(self.codes, family, DiseaseStatus.NOT_IN_REMISSION, self.asker.day)
        )

    def _scheme(self, family: str) -> str:
        known = self.codes.families.get(family)
        if known is None:
            return "none"
        bare = self.codes.billable(family, self.asker.day)
        return "none" if bare else known.scheme

    def _words(self, place: int) -> str:
        item = self.reading.items[place]
        return self.asker.text[item.start : item.end]

    def _add(
        self,
        rule: str,
        message: str,
        items: list[Item] | None = None,
        *,
        codes: tuple[str, ...] = (),
        severity: Severity | None = None,
    ) -> None:
        spans = tuple(Span(item.start, item.end) for item in items or ())
        self.issues.append(
            make_issue(rule, message, codes=codes, spans=spans, release=self.asker.release, severity=severity)
        )

    def _result(
        self,
        outcome: Outcome,
        *,
        code: IcdCode | None = None,
        kind: ResolutionKind | None = None,
        candidates: tuple[IcdCode, ...] = (),
        status: StatusSlot | None = None,
    ) -> Resolution:
        diagnosis, asker = self.diagnosis, self.asker
        families = tuple([_icd(name) for name in diagnosis.mention.codes])
        listed = candidates or ((code,) if code else ())
        score = _score(self.reading.items, diagnosis, outcome)
        found = code and self.codes.concept(code, asker.day)
        leukemia = bool(found and found.scope is Scope.LEUKEMIA)
        if code is not None and kind is None:
            kind = ResolutionKind.DISEASE if leukemia else ResolutionKind.RELATED
        return Resolution(
            text=asker.text,
            outcome=outcome,
            code=code,
            title=found.title if found else None,
            kind=kind,
            is_leukemia=leukemia,
            family=FamilySlot(
                families[0] if diagnosis.mention.reading.resolved else None, families, self.family_evidence
            ),
            status=status or StatusSlot(),
            context=_context_slot(asker.text, self.reading.items, diagnosis),
            candidates=tuple(
                Candidate(
                    each,
                    _title(self.codes, each, asker.day),
                    max(score - 8.0 * place, 1.0),
                    self.family_evidence,
                )
                for place, each in enumerate(listed)
            ),
            issues=tuple(self.issues),
            release=asker.release,
        )


def _several(asker: Asker, reading: TextReading, kept: list[Diagnosis]) -> Resolution:
    """Several diseases in scope: all of them for review."""
    answers = [_Answer(asker, reading, one).give() for one in kept]
    versus = any(item.phrase in ("vs", "versus", "or") for item in reading.items)
    rule, message = (
        ("LK-C006", "two diagnoses are weighed against each other; which is established?")
        if versus
        else ("LK-M004", "the text names several diagnoses; code each by itself")
    )
    candidates: dict[IcdCode, Candidate] = {}
    for answer in answers:
        for candidate in answer.candidates:
            candidates.setdefault(candidate.code, candidate)
    issue = make_issue(rule, message, release=asker.release, severity=Severity.QUERY)
    issues = tuple(dict.fromkeys((issue, *(each for answer in answers for each in answer.issues))))
    return Resolution(
        text=asker.text,
        outcome=Outcome.REVIEW,
        family=FamilySlot(
            None,
            tuple(dict.fromkeys(code for answer in answers for code in answer.family.codes)),
            tuple(dict.fromkeys(each for answer in answers for each in answer.family.evidence)),
        ),
        candidates=tuple(sorted(candidates.values(), key=lambda each: -each.score)),
        issues=issues,
        release=asker.release,
    )


def _family_history(asker: Asker, reading: TextReading, kin: list[Diagnosis]) -> Resolution:
    codes = {lexicon().kin.get(code[:3], ("", ""))[1] for one in kin for code in one.mention.codes}
    answer = _Answer(asker, reading, kin[0])
    if not codes - {""}:
        answer._add("LK-C004", "a relative's disease; no family history code is settled for it")
        return answer._result(Outcome.NONE)
    answer._add("LK-C004", "a relative's disease: a family history, not the patient's")
    if len(codes) == 1:
        return answer._result(Outcome.CODED, code=IcdCode(codes.pop()), kind=ResolutionKind.FAMILY_HISTORY)
    return answer._result(Outcome.REVIEW, candidates=tuple(IcdCode(code) for code in sorted(codes - {""})))


def _nothing(asker: Asker, reading: TextReading) -> Resolution:
    """No disease that is the patient's: say what took it away, where something did."""
    if not reading.diagnoses:
        lone = _lone_marker(asker, reading)
        return lone or Resolution(text=asker.text, outcome=Outcome.NONE, release=asker.release)
    answer = _Answer(asker, reading, reading.diagnoses[0])
    reason = reading.diagnoses[0].removed_by
    if reason is not None:
        rule, message = _REMOVED[reason]
        answer._add(rule, message)
    return answer._result(Outcome.NONE)


def _lone_marker(asker: Asker, reading: TextReading) -> Resolution | None:
    """A gene or karyotype by itself is a finding, not a diagnosis: what it may go with, and the question."""
    if any(item.kind in ("unknown", "disease", "trap", "cue") for item in reading.items):
        return None
    markers = [item for item in reading.items if item.kind == "marker"]
    known = lexicon().lone_markers
    families = [code for item in markers for name in (item.phrase, *sorted(item.entry.features)) for code in known.get(name, ())]
    if not families:
        return None
    codes = system()
    found = dict.fromkeys(_code_for(codes, family, DiseaseStatus.NOT_IN_REMISSION, asker.day) for family in families)
    evidence = tuple(_evidence(asker.text, item) for item in markers)
    issue = make_issue("LK-M003", "a gene or karyotype alone is a finding; which disease did the provider diagnose?", release=asker.release, severity=Severity.QUERY)
    return Resolution(
        text=asker.text,
        outcome=Outcome.REVIEW,
        family=FamilySlot(None, tuple(IcdCode(family) for family in dict.fromkeys(families)), evidence),
        candidates=tuple(
            Candidate(code, _title(codes, code, asker.day), 30.0 - place, evidence) for place, code in enumerate(found) if code
        ),
        issues=(issue,),
        release=asker.release,
    )


@cache
def _icd(name: str) -> IcdCode:
    return IcdCode(name)


def _code_for(codes: CodeSystem, family: str, status: DiseaseStatus | None, day: date) -> IcdCode | None:
    composed = codes.compose(family, status, day)
    if composed is not None:
        return composed
    return IcdCode(family) if codes.billable(family, day) else None


def _title(codes: CodeSystem, code: IcdCode, day: date) -> str:
    found = codes.concept(code, day)
    return found.title if found else ""


def _status_options(diagnosis: Diagnosis) -> tuple[str, ...]:
    status = diagnosis.status
    if status is None:
        return ("0",)
    return status.options


def _evidence(text: str, item: Item) -> Evidence:
    entry = item.entry
    return Evidence(
        text[item.start : item.end], Span(item.start, item.end), item.phrase, entry.source, entry.certainty
    )


def _family_evidence(text: str, items: list[Item], diagnosis: Diagnosis) -> tuple[Evidence, ...]:
    return tuple(_evidence(text, items[place]) for place in diagnosis.mention.items)


def _status_slot(
    text: str,
    items: list[Item],
    status: StatusReading | None,
    value: DiseaseStatus | None,
    basis: StatusBasis = StatusBasis.UNDETERMINED,
) -> StatusSlot:
    places = status.items if status is not None else ()
    return StatusSlot(value, basis, tuple(_evidence(text, items[place]) for place in places))


def _context_slot(text: str, items: list[Item], diagnosis: Diagnosis) -> ContextSlot:
    if not diagnosis.contexts:
        return _NO_CONTEXT
    places = sorted({place for found in diagnosis.contexts.values() for place in found})
    return ContextSlot(diagnosis.kinds, tuple(_evidence(text, items[place]) for place in places))


def _official(items: list[Item], diagnosis: Diagnosis) -> bool:
    return all(items[place].entry.official for place in diagnosis.mention.items)


def _score(items: list[Item], diagnosis: Diagnosis, outcome: Outcome) -> float:
    """Certainty of the reading, 0 to 100: the vocabulary's own, less for typos, conventions and open questions."""
    score = _CERTAINTY[diagnosis.mention.reading.certainty]
    score -= 4.0 * sum(items[place].typo for place in diagnosis.mention.items)
    if diagnosis.status is not None and diagnosis.status.rank > 0:
        score -= 2.0
    if outcome is Outcome.REVIEW:
        score *= 0.6
    return round(max(score, 1.0), 1)


def _convention(status: DiseaseStatus, said: str) -> str:
    meant = {
        DiseaseStatus.NOT_IN_REMISSION: "not having achieved remission (failed remission)",
        DiseaseStatus.IN_REMISSION: "in remission",
        DiseaseStatus.IN_RELAPSE: "in relapse",
    }[status]
    return f"{said} is read as {meant} by convention"
