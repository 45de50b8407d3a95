"""Lists excerpts with what they are linked to, in words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from workbench.domain.change import Change
from workbench.domain.document import Document
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import CaseStudy, Institution, Person, ScopeParagraph, Theme
from workbench.domain.ids import DocumentId, ExcerptId
from workbench.domain.inquiry import Issue
from workbench.domain.urn import page_form
from workbench.store.case_file import CaseFile

#: Up to so many excerpts, links are read one excerpt at a time instead of all at once.
_FEW = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLink:
    """What an excerpt is linked to, by name, and what it does for it."""

    link: Link
    name: str
    stance: Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcerptRow:
    """An excerpt with its page reference (``INQ000123_004``), links and themes.

    ``parts`` are the excerpt itself and what carries it on over page ends; ``searchable`` is all of it, small letters.
    """

    excerpt: Excerpt
    urn: str
    reference: str
    parts: tuple[Excerpt, ...]
    links: tuple[NamedLink, ...] = ()
    themes: tuple[str, ...] = ()
    searchable: str = ""

    @property
    def id(self) -> str:
        return self.excerpt.id

    @property
    def words(self) -> str:
        """The quoted words of all parts on one line; "" for a marked area."""
        return " ".join(" ".join(part.quote.split()) for part in self.parts)

    @property
    def stances(self) -> frozenset[Stance]:
        """What the excerpt does for the things it is linked to."""
        return frozenset(link.stance for link in self.links)


def names_of_targets(case: CaseFile) -> dict[str, str]:
    """Id -> name of everything an excerpt can be linked to; people by their cipher."""
    names: dict[str, str] = {item.id: item.name for item in case.all(Institution)}
    names |= {item.id: f"{item.number}  {item.text}" for item in case.all(ScopeParagraph, "position")}
    names |= {item.id: item.title for item in case.all(Event)}
    names |= {item.id: item.title for item in case.all(CaseStudy)}
    names |= {item.id: item.cipher for item in case.all(Person)}
    names |= {item.id: f"{item.number}  {item.text}" for item in case.all(Issue)}
    return names


def excerpt_rows(case: CaseFile, document: DocumentId | None = None) -> list[ExcerptRow]:
    """Excerpts of one document or of all, in the order of their pages; what carries one on is within its row."""
    found = case.all(Excerpt) if document is None else case.all(Excerpt, document=document)
    return _rows(case, found)


def rows_of_excerpts(case: CaseFile, identifiers: Collection[ExcerptId]) -> dict[ExcerptId, ExcerptRow | None]:
    """The rows of some excerpts; None for one that is not in the case (any more) or only carries another on."""
    wanted: dict[ExcerptId, ExcerptRow | None] = {identifier: None for identifier in identifiers}
    records: dict[ExcerptId, Excerpt] = {}
    for identifier in identifiers:
        record = case.first(Excerpt, id=identifier)
        while record is not None and record.continues is not None:
            record = case.first(Excerpt, id=record.continues)
        while record is not None and record.id not in records:
            records[record.id] = record
            record = case.first(Excerpt, continues=record.id)
    return wanted | {row.excerpt.id: row for row in _rows(case, list(records.values()))}


def touched_excerpts(change: Change) -> list[ExcerptId]:
    """Excerpts whose rows, parts or links a change altered."""
    found: dict[str, None] = {}
    for row in change.rows:
        images = [json.loads(image) for image in (row.before, row.after) if image is not None]
        if row.table == "excerpt":
            found |= dict.fromkeys([row.row_id, *(image["continues"] for image in images if image.get("continues"))])
        elif row.table == "link":
            found |= dict.fromkeys(image["excerpt"] for image in images)
    return [ExcerptId(identifier) for identifier in found]


def _rows(case: CaseFile, found: Sequence[Excerpt]) -> list[ExcerptRow]:
    names = names_of_targets(case)
    themes = {theme.id: theme.name for theme in case.all(Theme)}
    documents = {excerpt.document for excerpt in found}
    urns = {item: case.get(Document, item).urn for item in documents}
    links: dict[str, list[NamedLink]] = defaultdict(list)
    for link in _links(case, found):
        name = names.get(link.target, link.target)
        links[link.excerpt].append(NamedLink(link=link, name=name, stance=link.stance))
    following = {excerpt.continues: excerpt for excerpt in found if excerpt.continues is not None}
    rows = []
    for excerpt in found:
        if excerpt.continues is None:
            parts = _chain(excerpt, following)
            row = ExcerptRow(
                excerpt=excerpt,
                urn=urns[excerpt.document],
                reference=_reference(urns[excerpt.document], parts),
                parts=parts,
                links=tuple(links[excerpt.id]),
                themes=tuple(themes[theme] for theme in excerpt.themes if theme in themes),
            )
            rows.append(replace(row, searchable=spoken_excerpt(row).casefold()))
    return sorted(rows, key=lambda row: (row.urn, row.excerpt.page_index, row.excerpt.start))


def _links(case: CaseFile, found: Sequence[Excerpt]) -> list[Link]:
    if len(found) > _FEW:
        return case.all(Link)
    return [link for excerpt in found for link in case.all(Link, excerpt=excerpt.id)]


def _chain(excerpt: Excerpt, following: dict[ExcerptId, Excerpt]) -> tuple[Excerpt, ...]:
    parts = [excerpt]
    while (part := following.get(parts[-1].id)) is not None and part not in parts:
        parts.append(part)
    return tuple(parts)


def _reference(urn: str, parts: Sequence[Excerpt]) -> str:
    first = page_form(urn, parts[0].page_number)
    return first if len(parts) == 1 else f"{first}–{parts[-1].page_number:03d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcerptFilter:
    """Which excerpts are wanted: all words, one document, and for each kind of thing any of those named.

    ``targets`` are (kind, id): institution, scope, event, person, case study, theme; ``stances`` and ``authors``
    likewise. Nothing given lets everything through.
    """

    words: str = ""
    document: str = ""
    targets: tuple[tuple[str, str], ...] = ()
    stances: frozenset[Stance] = frozenset()
    authors: frozenset[str] = frozenset()

    def fits(self, row: ExcerptRow) -> bool:
        """True when the excerpt is wanted."""
        excerpt = row.excerpt
        if self.document and excerpt.document != self.document:
            return False
        if self.authors and excerpt.made_by not in self.authors:
            return False
        if self.stances and not self.stances & row.stances:
            return False
        if self.targets and not self._is_linked(row):
            return False
        return all(word in row.searchable for word in self.words.casefold().split())

    @property
    def is_open(self) -> bool:
        """True when nothing is filtered out."""
        return not (self.words.strip() or self.document or self.targets or self.stances or self.authors)

    def _is_linked(self, row: ExcerptRow) -> bool:
        linked = {*(link.link.target for link in row.links), *row.excerpt.themes}
        wanted: dict[str, set[str]] = defaultdict(set)
        for kind, identifier in self.targets:
            wanted[kind].add(identifier)
        return all(linked & identifiers for identifiers in wanted.values())


def spoken_excerpt(row: ExcerptRow) -> str:
    """Everything about an excerpt on one line, as it is read aloud."""
    links = ", ".join(f"{link.name} ({link.stance})" for link in row.links)
    withdrawn = f"withdrawn: {row.excerpt.withdrawn}" if row.excerpt.withdrawn else ""
    return " · ".join(
        part for part in (withdrawn, row.words, row.reference, links, ", ".join(row.themes), row.excerpt.note) if part
    )
