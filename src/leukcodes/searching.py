"""Search for browsing and autocomplete: concepts by what people type, ranked, no decision implied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from leukcodes.codesystem import Concept, When, system
from leukcodes.display import Listing
from leukcodes.enums import Scope
from leukcodes.models import ConceptRecord
from leukcodes.results import Match
from leukcodes.search_query import Query

__all__ = ["SearchHit", "search"]

_MAX_TEXT: Final = 200


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SearchHit(Concept):
    """A concept that a search found, and the term by which it was found, with what was typed marked in it.

    It equals the same concept from `lookup`.
    """

    match: Match


def search(
    text: str,
    *,
    limit: int = 10,
    billable: bool | None = None,
    scope: Scope | str | None = None,
    on: When = None,
) -> tuple[SearchHit, ...]:
    """Concepts by what was typed so far, best first, each once.

    Codes, titles (former ones too), inclusion terms, index entries, synonyms and abbreviations are searched:
    exact code, exact term, code and term that begin so, terms whose words begin so, words that hold what was
    typed, the same with typing errors, and last what has most of the words. No order of words is asked for.
    Nothing here is a decision; `resolve` decides.

    Args:
        text: what was typed. Text that names nothing finds nothing; nothing is raised for it.
        limit: how many concepts at most.
        billable: only codes that can be billed (in place of a header those below it), or only headers.
        scope: only codes packaged in that scope.
        on: a date or release; None is the newest release.

    Raises:
        ReleaseNotFoundError: no packaged release speaks on that date.

    Example:
        >>> for hit in search("mast cell leuk", limit=2):
        ...     print(hit.code, hit.match.kind.value, hit.match.marked())
        C94.3 title [Mast] [cell] [leuk]emia
        C94.30 inclusion_term [Mast] [cell] [leuk]emia NOS
        >>> search("hairy cel leukmia")[0].title
        'Hairy cell leukemia'
    """
    moment = system().moment(on)
    wanted_scope = None if scope is None else Scope(scope)
    query = Query(text[:_MAX_TEXT] if limit > 0 else "")
    hits: dict[str, SearchHit] = {}
    for code, found in query.results():
        for concept in _concepts(code, billable, moment.day):
            if concept.code not in hits and (wanted_scope is None or concept.scope is wanted_scope):
                hits[concept.code] = _hit(concept, query.match(found, code))
                if len(hits) >= limit:
                    return Listing(hits.values())
    return Listing(hits.values())


def _concepts(code: str, billable: bool | None, day: date) -> Iterable[Concept]:
    concept = system().concept(code, day)
    if concept is None:
        return ()
    if billable is None or concept.billable is billable:
        return (concept,)
    return (below for below in system().descendants(code, day) if below.billable) if billable else ()


def _hit(concept: Concept, match: Match) -> SearchHit:
    return SearchHit(**{name: getattr(concept, name) for name in _CONCEPT_FIELDS}, match=match)


_CONCEPT_FIELDS: Final = tuple(each.name for each in fields(ConceptRecord))
