"""The registry of rules: every issue the library can report, by its stable id.

Ids are never reused. Severities here are the defaults. What no official text says is called a coding
convention.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from leukcodes.codes import IcdCode
from leukcodes.models import Issue, Severity, Span

__all__ = ["RULES", "AppliesTo", "Rule", "make_issue"]

AppliesTo = Literal["code", "date", "claim", "text", "row"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id, default severity, what it is applied to, what it finds, and where it stands."""

    id: str
    severity: Severity
    applies_to: AppliesTo
    summary: str
    source: str


_ERROR, _WARNING, _QUERY, _INFO = Severity.ERROR, Severity.WARNING, Severity.QUERY, Severity.INFO

_TABULAR = "ICD-10-CM Tabular List"
_EXCLUDES1 = "ICD-10-CM Tabular List, Excludes1 notes"
_CODE_FIRST = "ICD-10-CM Tabular List, code first notes"
_INDEX = "ICD-10-CM Alphabetic Index"
_FORM = "form of an ICD-10-CM code"
_RELEASES = "ICD-10-CM releases by fiscal year"
_PACKAGE = "scope of the packaged data"
_CONVENTION = "coding convention"
_VOCABULARY = "packaged vocabulary"
_EDITOR = "Medicare Code Editor"
_BOTH = "the row's own text and code"


def _guideline(section: str) -> str:
    return f"ICD-10-CM Official Guidelines, section {section}"


_ALL: Final = (
    # One code, by itself.
    Rule("LK-S001", _ERROR, "code", "Not in the form of an ICD-10-CM code.", _FORM),
    Rule("LK-S002", _ERROR, "code", "Well-formed, but the tabular list has no such code.", _TABULAR),
    Rule(
        "LK-S003", _ERROR, "code", "A header: more characters are needed before it can be billed.", _TABULAR
    ),
    Rule(
        "LK-S004", _ERROR, "code", "The last character is not one that the tabular list has there.", _TABULAR
    ),
    Rule("LK-S005", _ERROR, "code", "A status character on a code that has no disease status.", _TABULAR),
    Rule("LK-S006", _ERROR, "code", "A code of WHO's ICD-10 that ICD-10-CM does not have.", _TABULAR),
    Rule(
        "LK-S007",
        _ERROR,
        "code",
        "A code of ICD-9-CM, which ICD-10-CM replaced on 2015-10-01; a query where it could be either.",
        "CMS General Equivalence Mappings 2018",
    ),
    Rule("LK-S008", _ERROR, "code", "Billable at another time, but not on the date asked.", _RELEASES),
    Rule("LK-S009", _ERROR, "code", "A letter and a digit that look alike were taken for each other.", _FORM),
    Rule("LK-S010", _INFO, "code", "Well-formed, but outside the packaged scope: not checked.", _PACKAGE),
    Rule(
        "LK-S011", _ERROR, "code", "The Alphabetic Index's dash was kept: the code is not finished.", _INDEX
    ),
    Rule("LK-S012", _ERROR, "code", "Nothing was given where a code should stand.", _FORM),
    Rule(
        "LK-A001",
        _INFO,
        "code",
        "The disease is unusual at this age; no official edit forbids it.",
        _CONVENTION,
    ),
    # The date a code is judged on.
    Rule("LK-D001", _ERROR, "date", "The date lies before ICD-10-CM came into use on 2015-10-01.", _RELEASES),
    Rule("LK-D002", _ERROR, "date", "The date lies after the newest packaged release.", _RELEASES),
    Rule("LK-D003", _ERROR, "date", "A date was to be given, and is missing.", _RELEASES),
    Rule("LK-D004", _ERROR, "date", "The date cannot be read.", _RELEASES),
    # Remission, relapse and history.
    Rule(
        "LK-R001",
        _WARNING,
        "text",
        "No disease status is documented; coded as not having achieved remission, as NOS is.",
        f"{_TABULAR}; {_guideline('I.C.2.n')}",
    ),
    Rule("LK-R002", _ERROR, "claim", "One disease stands on the claim with two statuses.", _TABULAR),
    Rule(
        "LK-R003",
        _ERROR,
        "claim",
        "A personal history code beside the disease itself as current.",
        _EXCLUDES1,
    ),
    Rule(
        "LK-R004", _INFO, "text", "The disease status was read from a word used by convention.", _CONVENTION
    ),
    Rule(
        "LK-R005",
        _QUERY,
        "text",
        "Remission or personal history: the words fit both, and only the provider can say.",
        _guideline("I.C.2.n"),
    ),
    Rule(
        "LK-R006",
        _QUERY,
        "claim",
        "A personal history of leukemia while treatment of a malignancy is given.",
        _guideline("I.C.21.c.4"),
    ),
    Rule("LK-R007", _QUERY, "text", "A relapse is documented, but the family has no relapse code.", _TABULAR),
    Rule("LK-R008", _INFO, "text", "A status is documented that the code has no place for.", _TABULAR),
    Rule(
        "LK-R009", _QUERY, "text", "A response or residual disease is named, but no remission.", _CONVENTION
    ),
    Rule("LK-R010", _QUERY, "text", "A transplant is named, but no disease status.", _guideline("I.C.2.n")),
    # What the words around a diagnosis make of it.
    Rule(
        "LK-C001",
        _INFO,
        "text",
        "An uncertain diagnosis is not coded in the outpatient setting.",
        _guideline("IV.H"),
    ),
    Rule(
        "LK-C002",
        _INFO,
        "text",
        "A diagnosis still uncertain at discharge is coded as if established, inpatient facilities only.",
        _guideline("II.H"),
    ),
    Rule("LK-C003", _INFO, "text", "The diagnosis is negated.", _CONVENTION),
    Rule("LK-C004", _INFO, "text", "A relative's disease: a family history, not the patient's.", _TABULAR),
    Rule(
        "LK-C005",
        _INFO,
        "text",
        "Screening, exposure, risk or a laboratory finding, no diagnosis.",
        _CONVENTION,
    ),
    Rule("LK-C006", _QUERY, "text", "Two diagnoses are weighed against each other.", _guideline("IV.H")),
    Rule("LK-C007", _INFO, "text", "The disease of another person, not of the patient.", _CONVENTION),
    # Codes and words that say less than they could.
    Rule("LK-U001", _WARNING, "claim", "Neither cell type nor acuity is specified.", _TABULAR),
    Rule("LK-U002", _WARNING, "claim", "The cell type is not specified.", _TABULAR),
    Rule("LK-U003", _WARNING, "claim", "The lineage is specified, the type and acuity are not.", _TABULAR),
    Rule("LK-U004", _INFO, "claim", "An 'other' code: a specific type must be documented.", _TABULAR),
    Rule("LK-U005", _INFO, "text", "Cell type or BCR/ABL was assumed as the Index does.", _INDEX),
    Rule("LK-U006", _QUERY, "text", "The Index gives no default cell type for this leukemia.", _INDEX),
    # Codes that stand together.
    Rule("LK-E001", _ERROR, "claim", "Two codes that an Excludes1 note keeps apart.", _EXCLUDES1),
    Rule(
        "LK-E002",
        _INFO,
        "claim",
        "An Excludes2 note: one code is no part of the other, and both may be reported.",
        f"{_TABULAR}, Excludes2 notes",
    ),
    Rule(
        "LK-Q001",
        _ERROR,
        "claim",
        "Anemia in neoplastic disease stands first, or without the neoplasm.",
        f"{_CODE_FIRST}; {_guideline('I.C.2.c.1')}",
    ),
    Rule(
        "LK-Q002",
        _WARNING,
        "claim",
        "An encounter for chemotherapy, immunotherapy or radiation whose own code does not stand first.",
        _guideline("I.C.2.e.2"),
    ),
    Rule(
        "LK-Q003",
        _ERROR,
        "claim",
        "An encounter for antineoplastic treatment without a current neoplasm.",
        f"{_TABULAR}, code also note",
    ),
    Rule("LK-Q004", _ERROR, "claim", "A manifestation stands first.", f"{_CODE_FIRST}; {_EDITOR}"),
    Rule("LK-Q005", _INFO, "claim", "The underlying disease of a manifestation is missing.", _CODE_FIRST),
    Rule(
        "LK-Q006",
        _ERROR,
        "claim",
        "A transplant status beside a complication of that transplant.",
        _EXCLUDES1,
    ),
    Rule(
        "LK-Q007",
        _ERROR,
        "claim",
        "Follow-up after completed treatment beside the disease as current, or beside treatment.",
        _EXCLUDES1,
    ),
    Rule(
        "LK-Q008",
        _WARNING,
        "claim",
        "In pregnancy, childbirth and the puerperium the obstetric code stands before the leukemia.",
        f"{_TABULAR}, use additional code note",
    ),
    Rule("LK-Q009", _WARNING, "claim", "A history or status code stands first.", _EDITOR),
    Rule(
        "LK-Q010",
        _INFO,
        "claim",
        "A code also note names something to be coded too.",
        f"{_TABULAR}, code also note",
    ),
    Rule("LK-Q011", _ERROR, "claim", "A code is given twice.", _EDITOR),
    Rule(
        "LK-Q012",
        _INFO,
        "claim",
        "A complication whose cause is to be coded too, or before it.",
        f"{_TABULAR} notes",
    ),
    # A row's text against its code.
    Rule("LK-T001", _ERROR, "row", "The text names another disease status than the code.", _BOTH),
    Rule("LK-T002", _ERROR, "row", "The text names another disease than the code.", _BOTH),
    Rule("LK-T003", _ERROR, "row", "A leukemia code, and the text denies that the patient has one.", _BOTH),
    Rule(
        "LK-T004",
        _ERROR,
        "row",
        "Text and code differ in whether the disease is current, past or a relative's.",
        _BOTH,
    ),
    Rule(
        "LK-T005", _WARNING, "row", "The code cannot be billed, and the text says which one is meant.", _BOTH
    ),
    Rule("LK-T006", _QUERY, "row", "The code states a disease status that the text does not name.", _BOTH),
    Rule("LK-T007", _WARNING, "row", "The text is more specific than the code.", _BOTH),
    Rule("LK-T008", _QUERY, "row", "The code is more specific than the text.", _BOTH),
    Rule("LK-T009", _QUERY, "row", "The text names a leukemia, and the code is of something else.", _BOTH),
    Rule("LK-T010", _QUERY, "row", "A leukemia code, and no leukemia could be read in the text.", _BOTH),
    # How words were matched.
    Rule("LK-M001", _INFO, "text", "A misspelt word was read as the one word within reach.", _VOCABULARY),
    Rule("LK-M002", _QUERY, "text", "An abbreviation with several meanings.", _VOCABULARY),
    Rule("LK-M003", _WARNING, "text", "The words fit more than one family.", _VOCABULARY),
    Rule("LK-M004", _QUERY, "text", "Several diagnoses in one text.", _VOCABULARY),
    Rule("LK-M005", _INFO, "text", "Words were left unread.", _VOCABULARY),
    Rule("LK-M006", _QUERY, "text", "Not official wording, where only that was to be coded.", _VOCABULARY),
)

RULES: Final[dict[str, Rule]] = {rule.id: rule for rule in _ALL}


def make_issue(
    rule: str,
    message: str,
    *,
    codes: Iterable[str] = (),
    suggestions: Iterable[IcdCode] = (),
    spans: Iterable[Span] = (),
    release: str = "",
    severity: Severity | None = None,
    source: str | None = None,
) -> Issue:
    """An `Issue` of a registered rule, with the rule's own severity and source unless others are given."""
    known = RULES[rule]
    return Issue(
        rule=rule,
        severity=severity or known.severity,
        message=message,
        codes=tuple(codes),
        suggestions=tuple(suggestions),
        source=source or known.source,
        release=release,
        spans=tuple(spans),
    )
