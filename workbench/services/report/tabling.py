"""What tables of a case are made with: references in words, bundle pages, and what may be told to whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.domain.document import Document
from workbench.domain.excerpt import Excerpt, Link
from workbench.domain.ids import prefix_of
from workbench.domain.inquiry import Issue
from workbench.domain.ledger import FindingSupport
from workbench.domain.urn import page_form
from workbench.exporters.tables_xlsx import Value
from workbench.services.case_study_citing import citations
from workbench.services.excerpt_list import names_of_targets
from workbench.services.ledger import ledger_of
from workbench.services.report.bundle_pages import BundlePages
from workbench.services.report.source import ReportSource


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTable:
    """One table: the name of its file, its title, columns, rows, and what has to be known to read it."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Tabling:
    """The tables of one case study, or of the whole case, being made for an audience."""

    source: ReportSource
    pages: BundlePages

    @cached_property
    def cited(self) -> Mapping[str, tuple[str, ...]]:
        """Every excerpt that is cited and may be shown, with what cites it."""
        return {item: why for item, why in citations(self.source.records).items() if item in self.source.excerpts}

    @cached_property
    def links(self) -> Mapping[str, list[Link]]:
        """The links of every excerpt."""
        found: dict[str, list[Link]] = {}
        for link in self.source.case.all(Link):
            found.setdefault(link.excerpt, []).append(link)
        return found

    def linked_to(self, identifier: str) -> list[str]:
        """The excerpts cited that are linked to something."""
        return self._linked.get(identifier, [])

    @cached_property
    def _linked(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for excerpt in self.cited:
            for target in dict.fromkeys(str(link.target) for link in self.links.get(excerpt, [])):
                found.setdefault(target, []).append(excerpt)
        return found

    @cached_property
    def targets(self) -> Mapping[str, str]:
        """The name of everything that an excerpt can be linked to; people by their cipher."""
        short: dict[str, str] = {item.id: item.number for item in self.source.scope.values()}
        short |= {item.id: f"issue {item.number}" for item in self.source.case.all(Issue)}
        return {**names_of_targets(self.source.case), **short}

    def is_told(self, link: Link) -> bool:
        """Whether a link is told of; beyond the team not when it leads to events or case studies not told of."""
        source, kind = self.source, prefix_of(link.target)
        if link.target not in self.targets or link.target in source.seen.hidden:
            return False
        if source.is_for_team or kind not in ("evt", "cst"):
            return True
        return link.target in source.numbers or str(link.target) == source.study.id

    @cached_property
    def ledger(self) -> Mapping[str, FindingSupport]:
        """What carries each finding."""
        return {item.finding.id: item for item in ledger_of(self.source.case, self.source.findings)}

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents that are told of: to the team all, or those of the case study; else those that are cited."""
        source = self.source
        used = {source.excerpts[item].document for item in self.cited}
        if source.is_for_team and source.is_whole:
            return tuple(source.documents.values())
        context = source.study.context if source.is_for_team else ()
        return tuple(item for item in source.documents.values() if item.id in used or item.id in context)

    def reference(self, excerpt: Excerpt) -> str:
        """``INQ000101_002``, with the pages that the words run on over."""
        urn = self.source.documents[excerpt.document].urn
        return " and ".join(page_form(urn, part.page_number) for part in self.source.parts_of(excerpt))

    def words(self, excerpt: Excerpt) -> str:
        """The quoted words, with what carries them on."""
        parts = self.source.parts_of(excerpt)
        return " ".join(" ".join(part.quote.split()) for part in parts).strip() or "(an area marked on the page)"

    def bundle_page(self, excerpt: Excerpt) -> str:
        """Where the bundle shows it; "" where it does not."""
        return self.pages.label(self.source.documents[excerpt.document].sha256, excerpt.page_index)

    def named(self, evidence: Iterable[str]) -> str:
        """Evidence by its references: pages, events by number, A1, N1, standards by title."""
        return "; ".join(filter(None, map(self._name, evidence)))

    def _name(self, identifier: str) -> str:
        source = self.source
        kind, number = prefix_of(identifier), source.numbers.get(identifier, "")
        if kind == "exc" and identifier in source.excerpts:
            return self.reference(source.excerpts[identifier])
        if kind == "std" and identifier in source.standards:
            standard = source.standards[identifier]
            return f"{standard.title} ({standard.version})" if standard.version else standard.title
        return f"event {number}" if kind == "evt" and number else number

    def institutions(self, identifiers: Iterable[str]) -> str:
        """Institutions by name, people by cipher."""
        return "; ".join(self.targets[item] for item in identifiers if item in self.targets)

    def numbered(self, identifiers: Iterable[str]) -> str:
        """``F1, F2``."""
        return ", ".join(self.source.numbers[item] for item in identifiers if item in self.source.numbers)


def team_columns(
    tabling: Tabling, columns: Sequence[str], rows: Iterable[Sequence[Value]], only_team: Sequence[str]
) -> tuple[tuple[str, ...], tuple[tuple[Value, ...], ...]]:
    """Columns and rows; beyond the team without the columns that are the team's own."""
    kept = [at for at, name in enumerate(columns) if tabling.source.is_for_team or name not in only_team]
    return tuple(columns[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows)
