"""Turns the rows of an apply file into records of the case, list by list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from workbench.domain.analysis import (
    Assessment,
    Finding,
    FindingKind,
    Lesson,
    Rating,
    Recommendation,
    Sentence,
    Standard,
)
from workbench.domain.bundle import Bundle, Entry, Section
from workbench.domain.dates import parse_edtf
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.event import Event, EventStatus
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import CaseStudy, Institution, Person, ProtectedTerm, ScopeParagraph
from workbench.domain.geometry import Box
from workbench.domain.ids import new_id
from workbench.domain.protection import Redaction, Restriction
from workbench.services.apply_names import Names
from workbench.services.apply_shapes import ApplyRow
from workbench.store.step import Step

E = TypeVar("E", bound=StrEnum)

_LINK_KINDS = {
    "institution": "institutions",
    "scope": "scope",
    "event": "events",
    "case_study": "case_studies",
    "person": "people",
}


def _choice(row: ApplyRow, field: str, choices: type[E], otherwise: E) -> E:
    value = row.text(field)
    if not value:
        return otherwise
    try:
        return choices(value)
    except ValueError:
        known = ", ".join(choice.value for choice in choices)
        raise Refused(f"{row.where}.{field} is “{value}”. It can be one of: {known}.") from None


def _edtf(row: ApplyRow, field: str) -> str:
    value = row.text(field)
    if not value:
        return ""
    try:
        return str(parse_edtf(value).text)
    except Refused as error:
        raise Refused(f"{row.where}.{field}: {error}") from None


class Builders:
    """Writes the records of rows whose ids are known; raises ``Refused`` naming the row that is wrong."""

    def __init__(self, step: Step, names: Names) -> None:
        self._step = step
        self._names = names

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
        changes: dict[str, Any] = {
            name: row.text(name) for name in ("urn", "title", "kind", "marking", "supplier") if row.text(name)
        }
        if author:
            changes["author"] = self._names.find("institutions", author, row.where)
        if _edtf(row, "on"):
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

    def _people(self, row: ApplyRow, identifier: Any) -> None:
        self._step.put(Person(id=identifier, cipher=row.text("cipher"), person_class=row.text("class")))
        known = {term.term for term in self._step.all(ProtectedTerm, person=identifier)}
        for term in row.texts("names"):
            if term not in known:
                self._step.put(ProtectedTerm(id=new_id("trm"), person=identifier, term=term))

    def _case_studies(self, row: ApplyRow, identifier: Any) -> None:
        self._step.put(
            CaseStudy(
                id=identifier,
                title=row.text("title"),
                scope=self._names.find_all("scope", row.texts("scope"), row.where),
                institutions=self._names.find_all("institutions", row.texts("institutions"), row.where),
                period=_edtf(row, "period"),
                reason=row.text("reason"),
            )
        )

    def _excerpts(self, row: ApplyRow, excerpt: Excerpt) -> None:
        themes = dict.fromkeys([*excerpt.themes, *(self._names.theme(name) for name in row.texts("themes"))])
        before = row.text("continues")
        continues = self._names.find("excerpts", before, row.where) if before else excerpt.continues
        note = row.text("note", excerpt.note)
        self._step.put(replace(excerpt, themes=tuple(themes), note=note, continues=continues))
        present = {(link.target, link.stance) for link in self._step.all(Link, excerpt=excerpt.id)}
        for link in row.rows("links"):
            kind = _LINK_KINDS.get(link.text("to"))
            if kind is None:
                raise Refused(f"{link.where}.to is “{link.text('to')}”. It can be one of: {', '.join(_LINK_KINDS)}.")
            target: Any = self._names.find(kind, link.text("name"), link.where)
            stance = _choice(link, "stance", Stance, Stance.CONTEXT)
            if (target, stance) not in present:
                present.add((target, stance))
                self._step.put(Link(id=new_id("lnk"), excerpt=excerpt.id, target=target, stance=stance))

    def _events(self, row: ApplyRow, identifier: Any) -> None:
        _edtf(row, "on")
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
                status=_choice(row, "status", EventStatus, EventStatus.AGREED),
                institutions=names.find_all("institutions", row.texts("institutions"), row.where),
                scope=names.find_all("scope", row.texts("scope"), row.where),
                sources=names.find_all("excerpts", row.texts("sources"), row.where),
            )
        )

    def _standards(self, row: ApplyRow, identifier: Any) -> None:
        excerpt = row.text("excerpt")
        self._step.put(
            Standard(
                id=identifier,
                title=row.text("title"),
                excerpt=self._names.find("excerpts", excerpt, row.where) if excerpt else None,
                from_on=_edtf(row, "from"),
                until_on=_edtf(row, "until"),
            )
        )

    def _assessments(self, row: ApplyRow, identifier: Any) -> None:
        names = self._names
        self._step.put(
            Assessment(
                id=identifier,
                institution=names.find("institutions", row.text("institution"), row.where),
                scope=names.find("scope", row.text("scope"), row.where),
                period=_edtf(row, "period"),
                rating=_choice(row, "rating", Rating, Rating.NOT_YET_ASSESSED),
                standards=names.find_all("standards", row.texts("standards"), row.where),
                evidence_for=names.evidence(row.texts("for"), row.where),
                evidence_against=names.evidence(row.texts("against"), row.where),
                gaps=row.texts("gaps"),
                confidence=row.text("confidence"),
                reasoning=row.text("reasoning"),
            )
        )

    def _findings(self, row: ApplyRow, identifier: Any) -> None:
        study = row.text("case_study")
        kind = _choice(row, "kind", FindingKind, FindingKind.FACT)
        case_study: Any = self._names.find("case_studies", study, row.where) if study else None
        self._step.put(Finding(id=identifier, kind=kind, case_study=case_study))
        for old in self._step.all(Sentence, finding=identifier):
            self._step.delete(Sentence, old.id)
        for position, sentence in enumerate(row.rows("sentences")):
            evidence = self._names.evidence(sentence.texts("evidence"), sentence.where)
            self._step.put(
                Sentence(
                    id=new_id("sen"),
                    finding=identifier,
                    position=position,
                    text=sentence.text("text"),
                    evidence=evidence,
                )
            )

    def _lessons(self, row: ApplyRow, identifier: Any) -> None:
        findings: Any = self._names.find_all("findings", row.texts("findings"), row.where)
        self._step.put(Lesson(id=identifier, text=row.text("text"), findings=findings))

    def _recommendations(self, row: ApplyRow, identifier: Any) -> None:
        self._step.put(
            Recommendation(
                id=identifier,
                text=row.text("text"),
                addressee=row.text("addressee"),
                deadline=row.text("deadline"),
                lessons=self._names.find_all("lessons", row.texts("lessons"), row.where),
                findings=self._names.find_all("findings", row.texts("findings"), row.where),
            )
        )

    def _restrictions(self, row: ApplyRow, identifier: Any) -> None:
        self._step.put(
            Restriction(
                id=identifier,
                kind=row.text("kind"),
                made_by=row.text("made_by"),
                on=_edtf(row, "on"),
                targets=row.texts("targets"),
                until=_edtf(row, "until"),
            )
        )

    def _redactions(self, row: ApplyRow, identifier: Any) -> None:
        document = self._names.document(row.text("document"), row.where)
        restriction = row.text("restriction")
        record = Redaction(
            id=identifier,
            document=document.id,
            page_index=int(row.fields["page"]) - 1,
            quote=row.text("quote"),
            boxes=boxes_of(row),
            reason=row.text("reason"),
            restriction=self._names.find("restrictions", restriction, row.where) if restriction else None,
        )
        if not record.quote and not record.boxes:
            raise Refused(f"{row.where} marks nothing. Give a quote or a box.")
        if not 0 <= record.page_index < document.page_count:
            raise Refused(f"{row.where}: {document.urn} has {document.page_count} pages, no page {row.fields['page']}.")
        place: dict[str, Any] = {"document": record.document, "page_index": record.page_index, "quote": record.quote}
        known = [item.id for item in self._step.all(Redaction, **place) if item.boxes == record.boxes]
        self._step.put(replace(record, id=known[0]) if known else record)

    def _bundles(self, row: ApplyRow, _: Any) -> None:
        known = self._step.first(Bundle, name=row.text("name"))
        study = row.text("case_study")
        bundle = Bundle(
            id=known.id if known else new_id("bun"),
            name=row.text("name"),
            kind=row.text("kind", "hearing"),
            profile=row.text("profile", "ctj-2021"),
            audience=row.text("audience", "team"),
            case_study=self._names.find("case_studies", study, row.where) if study else None,
        )
        self._step.put(bundle)
        for old in self._step.all(Section, bundle=bundle.id):
            for entry in self._step.all(Entry, section=old.id):
                self._step.delete(Entry, entry.id)
            self._step.delete(Section, old.id)
        for position, section in enumerate(row.rows("sections")):
            self._section(bundle, position, section)

    def _section(self, bundle: Bundle, position: int, row: ApplyRow) -> None:
        section = Section(id=new_id("sec"), bundle=bundle.id, position=position, title=row.text("title"))
        self._step.put(section)
        for number, entry in enumerate(row.rows("entries")):
            document = self._names.document(entry.text("document"), entry.where)
            self._step.put(
                Entry(
                    id=new_id("ent"),
                    section=section.id,
                    position=number,
                    document=document.id,
                    pages=_pages(entry),
                    title=entry.text("title"),
                    on=_edtf(entry, "on"),
                )
            )


def boxes_of(row: ApplyRow) -> tuple[Box, ...]:
    """The box of a row, none when it has none; raises ``Refused`` for one that is empty or no box."""
    box = row.fields.get("box")
    if box is None:
        return ()
    if not (isinstance(box, list) and len(box) == 4 and all(isinstance(side, int | float) for side in box)):
        raise Refused(f"{row.where}.box is not four numbers: left, top, right, bottom in points.")
    left, top, right, bottom = (float(side) for side in box)
    if not (left < right and top < bottom):
        raise Refused(f"{row.where}.box is empty: its right must be past its left, its bottom below its top.")
    return (Box(left, top, right, bottom),)


def _pages(row: ApplyRow) -> str:
    pages = row.fields.get("pages")
    if pages is None or isinstance(pages, str):
        return str(pages or "")
    if isinstance(pages, list) and all(isinstance(page, int) for page in pages):
        return ", ".join(str(page) for page in pages)
    raise Refused(f"{row.where}.pages is neither a range such as “2-5, 9” nor a list of page numbers.")
