"""One disease turned into one answer: its slots settled in turn, and the issues that arise."""

from __future__ import annotations

from typing import Final

from leukcodes.codes import IcdCode
from leukcodes.codesystem import system
from leukcodes.models import (
    DiseaseStatus,
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
from leukcodes.slots import (
    STATUSES,
    Asker,
    candidates,
    code_for,
    context_slot,
    family_slot,
    history_code,
    is_official,
    score,
    status_slot,
)
from leukcodes.text.diagnosis import Diagnosis, TextReading
from leukcodes.text.items import Item
from leukcodes.text.lexicon import lexicon
from leukcodes.text.settling import StatusReading
from leukcodes.text.status import is_treated

__all__ = ["Answer"]

_MEANT: Final = {
    DiseaseStatus.NOT_IN_REMISSION: "not having achieved remission (failed remission)",
    DiseaseStatus.IN_REMISSION: "in remission",
    DiseaseStatus.IN_RELAPSE: "in relapse",
}
_QUESTIONS: Final = {
    "LK-R005": "is the disease in remission, in relapse, neither, or history without further treatment?",
    "LK-R009": "response or residual disease is named; has remission been achieved?",
    "LK-R010": "a transplant is named without a disease status; is the disease in remission?",
}
_FULL_SCHEME: Final = "012"
_NO_SCHEME: Final = "none"
_MOST_NAMED: Final = 5


class Answer:
    """The answer for one disease of a text; `give` settles family, context and status in that order."""

    def __init__(self, asker: Asker, reading: TextReading, diagnosis: Diagnosis) -> None:
        self.asker = asker
        self.reading = reading
        self.diagnosis = diagnosis
        self.issues: list[Issue] = []
        self.family = family_slot(asker.text, reading.items, diagnosis)

    def give(self) -> Resolution:
        """The resolution of the whole."""
        mention = self.diagnosis.mention
        self._note_words()
        if not mention.reading.resolved:
            return self._open_family()
        self._note_family()
        family = mention.codes[0]
        if self.asker.official_only and not is_official(self.reading.items, self.diagnosis):
            self.add("LK-M006", "this is not official wording; is it the disease meant?")
            return self._review([family], self._options())
        if self.diagnosis.has("uncertain"):
            return self._uncertain(family)
        return self._historic(family) or self._settle(family)

    def add(
        self,
        rule: str,
        message: str,
        items: list[Item] | None = None,
        *,
        codes: tuple[str, ...] = (),
        severity: Severity | None = None,
    ) -> None:
        """Note an issue, with the words it rests on."""
        spans = tuple([Span(item.start, item.end) for item in items or ()])
        issue = make_issue(
            rule, message, codes=codes, spans=spans, release=self.asker.release, severity=severity
        )
        self.issues.append(issue)

    def result(
        self,
        outcome: Outcome,
        *,
        code: IcdCode | None = None,
        kind: ResolutionKind | None = None,
        codes: tuple[IcdCode, ...] = (),
        status: StatusSlot | None = None,
    ) -> Resolution:
        """The resolution with the slots as they are and the issues so far."""
        asker, items = self.asker, self.reading.items
        listed = codes or ((code,) if code else ())
        best = score(items, self.diagnosis, outcome)
        found = None if code is None else system().concept(code, asker.day)
        leukemia = found is not None and found.scope is Scope.LEUKEMIA
        if code is not None and kind is None:
            kind = ResolutionKind.DISEASE if leukemia else ResolutionKind.RELATED
        return Resolution(
            text=asker.text,
            outcome=outcome,
            code=code,
            title=found.title if found else None,
            kind=kind,
            is_leukemia=leukemia,
            family=self.family,
            status=status or StatusSlot(),
            context=context_slot(asker.text, items, self.diagnosis),
            candidates=candidates(listed, best, self.family.evidence, asker.day),
            issues=tuple(self.issues),
            release=asker.release,
        )

    def _note_words(self) -> None:
        """Say which words were repaired, and which were left unread."""
        items = self.reading.items
        for place in self.diagnosis.mention.items:
            if items[place].typo:
                self.add(
                    "LK-M001", f"{self._words(place)!r} was read as {items[place].phrase!r}", [items[place]]
                )
        if self.reading.unread:
            unread = [items[place] for place in self.reading.unread[:_MOST_NAMED]]
            words = ", ".join(repr(item.phrase) for item in unread)
            self.add("LK-M005", f"not read, outside the scope: {words}", unread)

    def _note_family(self) -> None:
        """Say what was assumed of the family."""
        reading = self.diagnosis.mention.reading
        if reading.rule == "LK-M003":
            others = ", ".join(f"{code}-" for code in reading.other_codes)
            message = f"the words also fit {others}; the leukemia named is coded"
            self.add("LK-M003", message, codes=reading.other_codes)
        elif reading.rule == "LK-U005":
            self.add(
                "LK-U005", "cell type or BCR/ABL was not stated; the Alphabetic Index's default is taken"
            )
        notice = lexicon().notices.get(reading.codes[0])
        if notice is not None and reading.rule != "LK-QUIET":
            self.add(*notice)

    def _open_family(self) -> Resolution:
        mention = self.diagnosis.mention
        names = " or ".join(f"{code}-" for code in mention.codes)
        rule = mention.reading.rule
        if mention.grade in ("B", "C"):
            self.add("LK-M002", f"the abbreviation has several meanings; is {names} meant?")
        elif rule == "LK-M005":
            words = [self.reading.items[place] for place in mention.doubt]
            message = "a word beside the disease could not be read; what does it say?"
            self.add("LK-M005", message, words, severity=Severity.QUERY)
        elif rule == "LK-U006":
            self.add("LK-U006", f"the cell type is not named; is it {names}?")
        else:
            message = f"the words leave the disease open; is it {names}?"
            self.add("LK-M003", message, severity=Severity.QUERY)
        return self._review(list(mention.codes), self._options())

    def _uncertain(self, family: str) -> Resolution:
        """An uncertain diagnosis: established at an inpatient's discharge, not coded for an outpatient."""
        if self.asker.setting is Setting.INPATIENT:
            self.add("LK-C002", "an uncertain diagnosis at discharge is coded as if established")
            return self._settle(family)
        if self.asker.setting is Setting.OUTPATIENT:
            self.add(
                "LK-C001", "an uncertain diagnosis is not coded for an outpatient; code the sign or symptom"
            )
            return self.result(Outcome.NONE, status=self._status(None))
        message = "the diagnosis is uncertain; was it established, or is this an inpatient discharge?"
        self.add("LK-C001", message, severity=Severity.QUERY)
        past = history_code(family) if self.diagnosis.has("history_personal") else None
        if past is not None:
            return self.result(Outcome.REVIEW, codes=(past,))
        return self._review([family], self._options())

    def _historic(self, family: str) -> Resolution | None:
        """The answer where the text speaks of the past; None where a present status settles it."""
        personal = self.diagnosis.has("history_personal")
        if not personal and not self.diagnosis.has("history"):
            return None
        status = self.diagnosis.status
        code = history_code(family)
        if personal and code is not None and self._is_past(status):
            return self.result(Outcome.CODED, code=code, kind=ResolutionKind.HISTORY)
        value = status.value if status is not None and not status.uncertain else None
        if value is DiseaseStatus.IN_REMISSION or (value is not None and not self._told_of_past()):
            return None
        relapsed = value is DiseaseStatus.IN_RELAPSE
        self.add(
            "LK-R005", "history is named; is it past without further treatment, in remission, or current?"
        )
        return self._review([family], ("1", "2", "history") if relapsed else ("history", "1", "0"))

    def _is_past(self, status: StatusReading | None) -> bool:
        """Whether nothing speaks against a personal history: no status, and no treatment that goes on."""
        return status is None and not is_treated(self.reading.items)

    def _told_of_past(self) -> bool:
        """Whether the status stands between the history cue and the disease: `history of relapsed AML`."""
        contexts, status = self.diagnosis.contexts, self.diagnosis.status
        cues = [*contexts.get("history", ()), *contexts.get("history_personal", ())]
        disease = min(self.diagnosis.mention.items)
        return status is not None and all(min(cues) < place < disease for place in status.items)

    def _settle(self, family: str) -> Resolution:
        """The status, and with it the code."""
        status = self.diagnosis.status
        if self._scheme(family) == _NO_SCHEME:
            return self._without_status(family, status)
        if self.diagnosis.denied_later and (status is None or status.value is not DiseaseStatus.IN_REMISSION):
            return self._ask(family, ("1", "history", "0"), "LK-R005")
        if status is None:
            return self._default(family)
        if status.uncertain:
            return self._uncertain_status(family, status)
        if status.unclear:
            message = (
                "a status word stands beside words that could not be read; does it speak of this disease?"
            )
            self.add("LK-R005", message, severity=Severity.QUERY)
            return self._review([family], status.options)
        if status.value is None:
            return self._ask(family, status.options, status.rule)
        return self._stated(family, status, status.value)

    def _stated(self, family: str, status: StatusReading, value: DiseaseStatus) -> Resolution:
        if value is DiseaseStatus.IN_RELAPSE and self._scheme(family) != _FULL_SCHEME:
            self.add(
                "LK-R007", "a relapse is documented, but the family has no code for it; how is it reported?"
            )
            return self._review([family], ("0",))
        if status.rank == 0:
            return self._code(family, value, StatusBasis.STATED)
        words = [self.reading.items[place] for place in status.items]
        said = " / ".join(repr(self._words(place)) for place in status.items[:_MOST_NAMED])
        self.add("LK-R004", f"{said} is read as {_MEANT[value]} by convention", words)
        return self._code(family, value, StatusBasis.CONVENTION)

    def _without_status(self, family: str, status: StatusReading | None) -> Resolution:
        if status is not None:
            self.add("LK-R008", "the status is documented, but this code has no place for it")
        return self._code(family, None, StatusBasis.DEFAULTED if status is None else StatusBasis.STATED)

    def _default(self, family: str) -> Resolution:
        if self.asker.ask_status:
            self.add("LK-R001", "the disease status is not documented; which is it?", severity=Severity.QUERY)
            return self._review([family], tuple(STATUSES))
        self.add(
            "LK-R001", "no disease status is documented; coded as not having achieved remission, as NOS is"
        )
        return self._code(family, DiseaseStatus.NOT_IN_REMISSION, StatusBasis.DEFAULTED)

    def _uncertain_status(self, family: str, status: StatusReading) -> Resolution:
        if self.asker.setting is Setting.INPATIENT and status.value is not None:
            self.add("LK-C002", "an uncertain status at discharge is coded as if established")
            return self._code(family, status.value, StatusBasis.CONVENTION)
        return self._ask(family, status.options, "LK-R005")

    def _ask(self, family: str, options: tuple[str, ...], rule: str) -> Resolution:
        self.add(rule, _QUESTIONS[rule])
        return self._review([family], options)

    def _code(self, family: str, status: DiseaseStatus | None, basis: StatusBasis) -> Resolution:
        code = code_for(family, status, self.asker.day)
        slot = self._status(status, basis)
        if code is None:
            message = f"{family} has no billable code for this on {self.asker.day}"
            self.add("LK-S008", message, codes=(family,), severity=Severity.QUERY)
            return self.result(Outcome.REVIEW, status=slot)
        return self.result(Outcome.CODED, code=code, status=slot)

    def _review(self, families: list[str], options: tuple[str, ...]) -> Resolution:
        """All options of the first family, and the first option of the others."""
        wanted = [(families[0], option) for option in options]
        wanted += [(family, options[0]) for family in families[1:]]
        found = (self._candidate(family, option) for family, option in wanted)
        status = self.diagnosis.status
        slot = self._status(status.value if status else None)
        return self.result(
            Outcome.REVIEW, codes=tuple(dict.fromkeys(code for code in found if code)), status=slot
        )

    def _candidate(self, family: str, option: str) -> IcdCode | None:
        """The code for an option; for a status the family has no code for, the code it falls back on."""
        day = self.asker.day
        if option not in STATUSES:
            return history_code(family)
        return code_for(family, STATUSES[option], day) or code_for(
            family, DiseaseStatus.NOT_IN_REMISSION, day
        )

    def _options(self) -> tuple[str, ...]:
        status = self.diagnosis.status
        return ("0",) if status is None else status.options

    def _status(
        self, value: DiseaseStatus | None, basis: StatusBasis = StatusBasis.UNDETERMINED
    ) -> StatusSlot:
        return status_slot(self.asker.text, self.reading.items, self.diagnosis.status, value, basis)

    def _scheme(self, family: str) -> str:
        known = system().families.get(family)
        if known is None or system().billable(family, self.asker.day):
            return _NO_SCHEME
        return known.scheme

    def _words(self, place: int) -> str:
        item = self.reading.items[place]
        return self.asker.text[item.start : item.end]
