"""Sets of codes for analysts: by filters, by name, and out again as a list, SQL or FHIR."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, SupportsIndex

from leukcodes.checks import concept_at
from leukcodes.codes import shown
from leukcodes.codesystem import Concept, Moment, When, system
from leukcodes.display import Shown
from leukcodes.errors import UnknownNameError
from leukcodes.models import DiseaseStatus, Scope
from leukcodes.resources import read_json

__all__ = ["FHIR_SYSTEM", "ValueSet", "expand", "value_set", "value_sets"]

FHIR_SYSTEM: Final = "http://hl7.org/fhir/sid/icd-10-cm"


class ValueSet(Shown, tuple[Concept, ...]):
    """Concepts in tabular order, as one release has them: a tuple that can also print and export itself.

    `name`, `title` and `source` are those of a named value set, empty for one made by `expand`.

    Example:
        >>> relapses = expand("C95", status="in_relapse")
        >>> relapses.to_list(), relapses.to_sql("dx")
        (['C95.02', 'C95.12', 'C95.92'], "dx IN ('C95.02', 'C95.12', 'C95.92')")
    """

    name: str
    title: str
    source: str
    release: str

    def __new__(
        cls,
        concepts: Iterable[Concept] = (),
        *,
        release: str,
        name: str = "",
        title: str = "",
        source: str = "",
    ) -> ValueSet:
        """Concepts of one release, given in tabular order."""
        self = super().__new__(cls, concepts)
        self.name, self.title, self.source, self.release = name, title, source, release
        return self

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        return _rebuilt, (tuple(self), self.release, self.name, self.title, self.source)

    def __repr__(self) -> str:
        name = f"{self.name!r} " if self.name else ""
        return f"<ValueSet {name}{self.release}: {len(self)} codes>"

    def __str__(self) -> str:
        heading = f"{self.title or 'Codes'} ({self.release}, {len(self)} codes)"
        return "\n".join([heading, *(f"  {concept}" for concept in self)])

    def to_list(self, *, dotted: bool = True) -> list[str]:
        """The codes, with their dot or as claims carry them."""
        return [str(concept.code) if dotted else concept.code.undotted for concept in self]

    def to_sql(self, column: str, *, dotted: bool = True) -> str:
        """A condition for SQL's WHERE. The column's name is taken as it stands; quote it where it needs that.

        Example:
            >>> expand("C94.6").to_sql("dx", dotted=False)
            "dx IN ('C946')"
        """
        codes = ", ".join(f"'{code}'" for code in self.to_list(dotted=dotted))
        return f"{column} IN ({codes})" if codes else "1 = 0"

    def to_fhir(self, *, url: str | None = None) -> dict[str, Any]:
        """A FHIR ValueSet (R4 and R5) that lists the codes with their titles; ready for `json.dumps`."""
        version = self.release.removeprefix("FY")
        resource: dict[str, Any] = {"resourceType": "ValueSet"}
        # A set without codes is left out of the compose: FHIR reads an include without concepts as all codes.
        include: dict[str, Any] = {"system": FHIR_SYSTEM, "version": version}
        include["concept"] = [{"code": str(found.code), "display": found.title} for found in self]
        optional = {"url": url, "name": _camel(self.name), "title": self.title, "purpose": self.source}
        resource |= {key: value for key, value in optional.items() if value}
        resource |= {"version": version, "status": "active", "experimental": False}
        return resource | ({"compose": {"include": [include]}} if self else {})

    def to_fhir_json(self, *, url: str | None = None, indent: int | None = None) -> str:
        """The same as JSON text."""
        return json.dumps(self.to_fhir(url=url), ensure_ascii=False, indent=indent)


def _rebuilt(concepts: tuple[Concept, ...], release: str, name: str, title: str, source: str) -> ValueSet:
    return ValueSet(concepts, release=release, name=name, title=title, source=source)


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def expand(
    code: str | Iterable[str] | None = None,
    *,
    billable: bool | None = None,
    status: DiseaseStatus | str | None = None,
    scope: Scope | str | None = None,
    acuity: str | None = None,
    lineage: str | None = None,
    cell_type: str | None = None,
    on: When = None,
) -> ValueSet:
    """Codes and everything below them, in the order of the tabular list, narrowed to what is asked.

    Acuity, lineage and cell type are those of the family, where its title or inclusion terms fix them. The
    lineage is the narrowest: myeloid does not hold monocytic or erythroid. `value_set("aml")` holds them all.

    Args:
        code: a header or code, or several, in any spelling; raises as `lookup` does. None is the whole
            packaged code set.
        billable: only codes that can be billed, or only headers.
        status: only codes of that disease status.
        scope: only codes packaged in that scope.
        acuity: only codes of families of that acuity: acute, chronic, juvenile.
        lineage: only codes of families of that lineage, such as lymphoid or myeloid.
        cell_type: only codes of families of that cell type, such as b_cell or t_cell.
        on: a date or release; None is the newest release.

    Raises:
        ValueError: a filter has a value that the data do not know.

    Example:
        >>> [str(concept.code) for concept in expand("C94", billable=True, status="in_relapse")]
        ['C94.02', 'C94.22', 'C94.32', 'C94.42', 'C94.82']
        >>> [str(concept.code) for concept in expand(acuity="juvenile", billable=True)]
        ['C93.30', 'C93.31', 'C93.32']
    """
    moment = system().moment(on)
    wanted_status = None if status is None else DiseaseStatus(status)
    wanted_scope = None if scope is None else Scope(scope)
    in_family = _family_filter(acuity=acuity, lineage=lineage, cell_type=cell_type)
    concepts = (
        found
        for found in _candidates(code, moment)
        if (billable is None or found.billable is billable)
        and (wanted_status is None or found.status is wanted_status)
        and (wanted_scope is None or found.scope is wanted_scope)
        and in_family(found)
    )
    return ValueSet(concepts, release=moment.release.name)


def value_sets() -> tuple[str, ...]:
    """The names of the ready-made value sets.

    Example:
        >>> value_sets()[:4]
        ('leukemia', 'acute_leukemia', 'chronic_leukemia', 'aml')
    """
    return tuple(_definitions())


def value_set(name: str, *, status: DiseaseStatus | str | None = None, on: When = None) -> ValueSet:
    """A ready-made value set of billable codes, as a date or release has it.

    Args:
        name: one of `value_sets()`.
        status: only its codes of that disease status.
        on: a date or release; None is the newest release.

    Raises:
        UnknownNameError: there is none of that name.
        ReleaseNotFoundError: no packaged release speaks on that date.

    Example:
        >>> value_set("leukemia")
        <ValueSet 'leukemia' FY2027: 100 codes>
        >>> value_set("aml", status="in_relapse").to_list()
        ['C92.02', 'C92.42', 'C92.52', 'C92.62', 'C92.A2', 'C93.02', 'C94.02', 'C94.22']
    """
    definition = _definitions().get(name)
    if definition is None:
        known = value_sets()
        raise UnknownNameError(f"{shown(name)} is no value set; use one of {', '.join(known)}", name, known)
    found = expand(definition.codes or None, billable=True, on=on, **definition.filters)
    wanted = None if status is None else DiseaseStatus(status)
    concepts = (concept for concept in found if wanted is None or concept.status is wanted)
    title = definition.title if wanted is None else f"{definition.title}: {wanted.replace('_', ' ')}"
    return ValueSet(concepts, release=found.release, name=name, title=title, source=definition.source)


@dataclass(frozen=True, slots=True)
class _Definition:
    title: str
    codes: tuple[str, ...]
    filters: dict[str, Any]
    source: str


@cache
def _definitions() -> Mapping[str, _Definition]:
    return {
        name: _Definition(entry["title"], tuple(entry["codes"]), entry["filters"], entry["source"])
        for name, entry in read_json("value_sets.json").items()
    }


def _candidates(code: str | Iterable[str] | None, moment: Moment) -> Iterator[Concept]:
    """What is asked and all below it, each once."""
    code_system = system()
    if code is None:
        everything = (code_system.concept(each, moment.day) for each in code_system.codes)
        yield from (concept for concept in everything if concept is not None)
        return
    roots = [concept_at(each, moment) for each in ([code] if isinstance(code, str) else code)]
    if len(roots) == 1:
        yield roots[0]
        yield from code_system.descendants(roots[0].code, moment.day)
        return
    wanted = {root.code for root in roots}
    for each in code_system.codes:
        concept = code_system.concept(each, moment.day)
        if concept is not None and not wanted.isdisjoint(code_system.lineage(each)):
            yield concept


def _family_filter(**wanted: str | None) -> Callable[[Concept], bool]:
    """Whether a concept's family has the attributes asked; a header above families has none."""
    asked = {axis: value for axis, value in wanted.items() if value is not None}
    families = system().families
    for axis, value in asked.items():
        known = sorted({getattr(family, axis) for family in families.values()} - {""})
        if value not in known:
            raise ValueError(f"{shown(value)} is no {axis.replace('_', ' ')}; use one of {', '.join(known)}")

    def fits(concept: Concept) -> bool:
        if not asked:
            return True
        family = None if concept.family_code is None else families[concept.family_code]
        return family is not None and all(getattr(family, axis) == value for axis, value in asked.items())

    return fits
