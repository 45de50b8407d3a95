"""Facets of a search: what the pages found can be narrowed by, with counts that agree with the narrowed search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.domain.progress import Ticket
from workbench.domain.query import And, Field, Node, Or
from workbench.search.parsing import parse
from workbench.store.case_file import CaseFile
from workbench.store.page_facets import FoundPages, found_pages

#: In the order they are shown.
FACETS = ("kind", "institution", "year", "supplier", "theme")
_MOST_VALUES = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of one facet, chosen to narrow by."""

    facet: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """How many pages would be left with this value chosen too (or how many are, when it is)."""

    facet: str
    value: str
    pages: int
    is_chosen: bool


def facets(case: CaseFile, query: str, chosen: Sequence[Choice], ticket: Ticket) -> list[FacetValue]:
    """Values of each facet, most pages first; raises ``QueryRefused`` as the search itself does.

    Within a facet chosen values widen, between facets they narrow.
    """
    found = found_pages(case.reader(), parse(query).tree)
    ticket.check()
    listed: list[FacetValue] = []
    for facet in FACETS:
        ticket.check()
        others = [choice for choice in chosen if choice.facet != facet]
        own = {choice.value for choice in chosen if choice.facet == facet}
        counts: Counter[str] = Counter()
        for page in found.pages:
            if _fits(found, page, others):
                counts.update(_values(found, page, facet))
        for value in own:
            counts.setdefault(value, 0)
        ordered = sorted(counts.items(), key=lambda item: (item[0] not in own, -item[1], item[0]))
        listed += [
            FacetValue(facet=facet, value=value, pages=count, is_chosen=value in own)
            for value, count in ordered[:_MOST_VALUES]
        ]
    return listed


def _fits(found: FoundPages, page: tuple[str, int], chosen: Sequence[Choice]) -> bool:
    for facet in {choice.facet for choice in chosen}:
        wanted = {choice.value for choice in chosen if choice.facet == facet}
        if not wanted & set(_values(found, page, facet)):
            return False
    return True


def _values(found: FoundPages, page: tuple[str, int], facet: str) -> Sequence[str]:
    document = found.documents[page[0]]
    match facet:
        case "kind":
            return (document.kind,)
        case "supplier":
            return (document.supplier,) if document.supplier else ()
        case "institution":
            author = {document.author} if document.author else set()
            return tuple(found.linked.get(page, frozenset()) | author)
        case "theme":
            return tuple(found.themes.get(page, frozenset()))
        case _:
            first, last = document.years
            return tuple(str(year) for year in range(first, min(last, first + 30) + 1)) if first else ()


def narrowed(tree: Node, chosen: Sequence[Choice]) -> Node:
    """The tree with the chosen values asked for too."""
    parts: list[Node] = [tree]
    for facet in dict.fromkeys(choice.facet for choice in chosen):
        fields = tuple(_field(choice) for choice in chosen if choice.facet == facet)
        parts.append(fields[0] if len(fields) == 1 else Or(fields))
    return And(tuple(parts)) if len(parts) > 1 else tree


def _field(choice: Choice) -> Field:
    if choice.facet == "year":
        first, last = f"{choice.value}-01-01", f"{choice.value}-12-31"
        return Field(name="on", value=choice.value, earliest=first, latest=last)
    return Field(name=choice.facet, value=choice.value)
