"""Lists excerpts with what they are linked to, in words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from workbench.domain.document import Document
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import CaseStudy, Institution, Person, ScopeParagraph, Theme
from workbench.domain.ids import DocumentId
from workbench.domain.urn import page_form
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLink:
    """What an excerpt is linked to, by name, and what it does for it."""

    link: Link
    name: str
    stance: Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcerptRow:
    """An excerpt with its page reference (``INQ000123_004``), links and themes."""

    excerpt: Excerpt
    urn: str
    reference: str
    links: tuple[NamedLink, ...] = ()
    themes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.excerpt.id


def names_of_targets(case: CaseFile) -> dict[str, str]:
    """Id -> name of everything an excerpt can be linked to; people by their cipher."""
    names: dict[str, str] = {item.id: item.name for item in case.all(Institution)}
    names |= {item.id: f"{item.number}  {item.text}" for item in case.all(ScopeParagraph, "position")}
    names |= {item.id: item.title for item in case.all(Event)}
    names |= {item.id: item.title for item in case.all(CaseStudy)}
    names |= {item.id: item.cipher for item in case.all(Person)}
    return names


def excerpt_rows(case: CaseFile, document: DocumentId | None = None) -> list[ExcerptRow]:
    """Excerpts of one document or of all, in the order of their pages."""
    names = names_of_targets(case)
    themes = {theme.id: theme.name for theme in case.all(Theme)}
    urns = {item.id: item.urn for item in case.all(Document)}
    links: dict[str, list[NamedLink]] = defaultdict(list)
    for link in case.all(Link):
        name = names.get(link.target, link.target)
        links[link.excerpt].append(NamedLink(link=link, name=name, stance=link.stance))
    found = case.all(Excerpt) if document is None else case.all(Excerpt, document=document)
    rows = [
        ExcerptRow(
            excerpt=excerpt,
            urn=urns[excerpt.document],
            reference=page_form(urns[excerpt.document], excerpt.page_number),
            links=tuple(links[excerpt.id]),
            themes=tuple(themes[theme] for theme in excerpt.themes if theme in themes),
        )
        for excerpt in found
        if excerpt.document in urns
    ]
    return sorted(rows, key=lambda row: (row.urn, row.excerpt.page_index, row.excerpt.start))
