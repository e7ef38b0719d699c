"""Treatment, follow-up, transplant and pregnancy: what the reason of an encounter asks of its other codes."""

from __future__ import annotations

from collections.abc import Iterator

from leukcodes.claims.encounter import Encounter, in_words
from leukcodes.models import Issue

__all__ = ["care_issues"]


def care_issues(claim: Encounter) -> Iterator[Issue]:
    """What the codes for encounters, status and complications say about a claim."""
    yield from _treatment(claim)
    yield from _follow_up(claim)
    yield from _transplant(claim)
    yield from _graft_versus_host(claim)
    yield from _chemotherapy_complication(claim)
    yield from _pregnancy(claim)


def _treatment(claim: Encounter) -> Iterator[Issue]:
    """Z51.0, Z51.11 and Z51.12 stand first, in any order, and treat a neoplasm that is there."""
    treatment = claim.those("antineoplastic_encounter")
    if not treatment:
        return
    named = in_words(treatment)
    if claim.first not in treatment and claim.first not in claim.those("obstetric"):
        message = (
            f"{named} does not stand first; put it first where the encounter is chiefly for that treatment"
        )
        yield claim.issue("LK-Q002", message, treatment)
    if claim.has("current_neoplasm"):
        return
    message = f"{named} treats a malignancy, but no current neoplasm is coded; code the neoplasm treated"
    yield claim.issue("LK-Q003", message, treatment)
    history = claim.those("leukemia_history")
    if history:
        message = (
            f"{in_words(history)} says that the leukemia is gone and no longer treated, {named} that "
            "treatment is given; ask whether the leukemia is in remission under treatment"
        )
        yield claim.issue("LK-R006", message, (*treatment, *history))


def _follow_up(claim: Encounter) -> Iterator[Issue]:
    """Z08 is for a disease that is gone; beside another history, it is for that."""
    for code in claim.those("follow_up"):
        leukemia = claim.those("leukemia")
        others = set(claim.those("neoplasm_history")) - set(claim.those("leukemia_history"))
        if leukemia and not others:
            message = (
                f"{code} is for follow-up after completed treatment with the disease gone, but "
                f"{in_words(leukemia)} reports it as current; drop {code}, or report the history instead"
            )
            yield claim.issue("LK-Q007", message, (code, *leukemia))
        aftercare = claim.those("aftercare")
        if aftercare:
            message = (
                f"{code} is for follow-up after completed treatment, {in_words(aftercare)} for care that is "
                "going on; report the one that the encounter is for"
            )
            yield claim.issue("LK-Q007", message, (code, *aftercare))


def _transplant(claim: Encounter) -> Iterator[Issue]:
    complications = claim.those("transplant_complication")
    if not complications:
        return
    for status in claim.those("transplant_status"):
        message = f"{in_words(complications)} already says that there is a transplant; drop {status}"
        yield claim.issue("LK-Q006", message, (status, *complications))


def _graft_versus_host(claim: Encounter) -> Iterator[Issue]:
    causes = claim.those("graft_cause")
    for disease in claim.those("graft_versus_host"):
        if not set(causes) & set(claim.before(disease)):
            message = (
                f"{disease} is coded after what brought it about: a complication of the transplant, T86.-, "
                "or of a transfusion, T80.89-"
            )
            yield claim.issue("LK-Q012", message, (disease, *causes))


def _chemotherapy_complication(claim: Encounter) -> Iterator[Issue]:
    complications = claim.those("chemotherapy_complication")
    if complications and not claim.has("antineoplastic_adverse_effect"):
        message = (
            f"{in_words(complications)}: where an antineoplastic drug brought it about, code its adverse "
            "effect, T45.1X5-, too"
        )
        yield claim.issue("LK-Q012", message, complications)


def _pregnancy(claim: Encounter) -> Iterator[Issue]:
    """O9A.1- stands before the neoplasm that it is about."""
    obstetric = claim.those("obstetric_malignancy")
    if not obstetric:
        leukemia = claim.those("leukemia")
        if leukemia and claim.has("obstetric"):
            message = (
                f"{in_words(claim.those('obstetric'))} beside {in_words(leukemia)}: in pregnancy, childbirth "
                "and the puerperium O9A.1- stands first and the leukemia after it"
            )
            yield claim.issue("LK-Q008", message, (*claim.those("obstetric"), *leukemia))
        return
    early = [code for code in claim.before(obstetric[0]) if code in claim.those("malignant_neoplasm")]
    if early:
        message = f"{in_words(early)} stands before {obstetric[0]}; put {obstetric[0]} first"
        yield claim.issue("LK-Q008", message, (obstetric[0], *early))
