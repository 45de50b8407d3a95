"""Turns the rows of an apply file into records of the case, list by list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from workbench.domain.dates import parse_edtf
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.event import Event, EventOrder, EventStatus
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import CaseStudy, CaseStudyStatus, Institution, ScopeParagraph
from workbench.domain.ids import new_id
from workbench.services.apply_analysis import AnalysisBuilders
from workbench.services.apply_bundles import BundleBuilders
from workbench.services.apply_fields import choice_of, edtf_of
from workbench.services.apply_inquiry import InquiryBuilders
from workbench.services.apply_protection import ProtectionBuilders
from workbench.services.apply_shapes import ApplyRow

_LINK_KINDS = {
    "institution": "institutions",
    "scope": "scope",
    "event": "events",
    "case_study": "case_studies",
    "person": "people",
    "issue": "issues",
}
_DOCUMENT_WORDS = ("urn", "title", "kind", "marking", "supplier", "withdrawn_reason")


class Builders(ProtectionBuilders, BundleBuilders, AnalysisBuilders, InquiryBuilders):
    """Writes the records of rows whose ids are known; raises ``Refused`` naming the row that is wrong."""

    def builder(self, kind: str) -> Callable[[ApplyRow, Any], None]:
        """The method that writes rows of one list."""
        method: Callable[[ApplyRow, Any], None] = getattr(self, f"_{kind}")
        return method

    def _scope(self, row: ApplyRow, identifier: Any) -> None:
        known = self._step.first(ScopeParagraph, id=identifier)
        parent = row.text("parent")
        self._step.put(
            ScopeParagraph(
                id=identifier,
                number=row.text("number"),
                text=row.text("text"),
                kind=row.text("kind", "subject"),
                parent=self._names.find("scope", parent, row.where) if parent else None,
                position=known.position if known else self._step.count(ScopeParagraph),
            )
        )

    def _documents(self, row: ApplyRow, _: Any) -> None:
        document = self._names.document(row.text("document"), row.where)
        author = row.text("author")
        changes: dict[str, Any] = {name: row.text(name) for name in _DOCUMENT_WORDS if row.text(name)}
        if row.text("withdrawn_on"):
            changes["withdrawn_on"] = edtf_of(row, "withdrawn_on")
        if row.text("superseded_by"):
            changes["superseded_by"] = self._names.document(row.text("superseded_by"), row.where).id
        if author:
            changes["author"] = self._names.find("institutions", author, row.where)
        if edtf_of(row, "on"):
            date = parse_edtf(row.text("on"))
            changes |= {"on": date.text, "on_earliest": date.earliest, "on_latest": date.latest}
        self._step.put(replace(self._step.get(Document, document.id), **changes))

    def _institutions(self, row: ApplyRow, identifier: Any) -> None:
        known = self._step.first(Institution, id=identifier)
        parent = row.text("parent")
        aliases = dict.fromkeys([*(known.aliases if known else ()), *row.texts("aliases")])
        self._step.put(
            Institution(
                id=identifier,
                name=known.name if known else row.text("name"),
                kind=row.text("kind", known.kind if known else "other"),
                aliases=tuple(aliases),
                name_cy=row.text("name_cy", known.name_cy if known else ""),
                parent=self._names.find("institutions", parent, row.where) if parent else None,
            )
        )

    def _case_studies(self, row: ApplyRow, identifier: Any) -> None:
        self._step.put(
            CaseStudy(
                id=identifier,
                title=row.text("title"),
                scope=self._names.find_all("scope", row.texts("scope"), row.where),
                institutions=self._names.find_all("institutions", row.texts("institutions"), row.where),
                period=edtf_of(row, "period"),
                reason=row.text("reason"),
                status=choice_of(row, "status", CaseStudyStatus, CaseStudyStatus.PROPOSED),
                alternatives=row.texts("alternatives"),
                context=tuple(self._names.document(name, row.where).id for name in row.texts("context")),
            )
        )

    def _excerpts(self, row: ApplyRow, excerpt: Excerpt) -> None:
        themes = dict.fromkeys([*excerpt.themes, *(self._names.theme(name) for name in row.texts("themes"))])
        before = row.text("continues")
        continues = self._names.find("excerpts", before, row.where) if before else excerpt.continues
        note, withdrawn = row.text("note", excerpt.note), row.text("withdrawn", excerpt.withdrawn)
        self._step.put(replace(excerpt, themes=tuple(themes), note=note, continues=continues, withdrawn=withdrawn))
        present = {(link.target, link.stance) for link in self._step.all(Link, excerpt=excerpt.id)}
        for link in row.rows("links"):
            kind = _LINK_KINDS.get(link.text("to"))
            if kind is None:
                raise Refused(f"{link.where}.to is “{link.text('to')}”. It can be one of: {', '.join(_LINK_KINDS)}.")
            target: Any = self._names.find(kind, link.text("name"), link.where)
            stance = choice_of(link, "stance", Stance, Stance.CONTEXT)
            if (target, stance) not in present:
                present.add((target, stance))
                self._step.put(Link(id=new_id("lnk"), excerpt=excerpt.id, target=target, stance=stance))

    def _events(self, row: ApplyRow, identifier: Any) -> None:
        edtf_of(row, "on")
        date = parse_edtf(row.text("on"))
        names = self._names
        self._step.put(
            Event(
                id=identifier,
                title=row.text("title"),
                on=date.text,
                on_earliest=date.earliest,
                on_latest=date.latest,
                words=row.text("words"),
                kind=row.text("kind", "other"),
                status=choice_of(row, "status", EventStatus, EventStatus.AGREED),
                institutions=names.find_all("institutions", row.texts("institutions"), row.where),
                scope=names.find_all("scope", row.texts("scope"), row.where),
                sources=names.find_all("excerpts", row.texts("sources"), row.where),
                people=names.find_all("people", row.texts("people"), row.where),
                dispute=row.text("dispute"),
                note=row.text("note"),
            )
        )

    def _event_orders(self, row: ApplyRow, _: Any) -> None:
        earlier = self._names.find("events", row.text("earlier"), row.where)
        later = self._names.find("events", row.text("later"), row.where)
        if earlier == later:
            raise Refused(f"{row.where} puts an event before itself. Name two events.")
        known, source = self._step.first(EventOrder, earlier=earlier, later=later), row.text("source")
        self._step.put(
            EventOrder(
                id=known.id if known else new_id("ord"),
                earlier=earlier,
                later=later,
                words=row.text("words"),
                source=self._names.find("excerpts", source, row.where) if source else None,
            )
        )
