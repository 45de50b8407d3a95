"""Writes everything a person made in a case as one JSON object that ``apply`` reads back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from workbench.domain.analysis import Assessment, Finding, Lesson, Recommendation, Sentence, Standard
from workbench.domain.bundle import Bundle, Entry, Section
from workbench.domain.document import Document
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link
from workbench.domain.frame import (
    CaseStudy,
    Institution,
    Investigation,
    Person,
    ProtectedTerm,
    ScopeParagraph,
    Theme,
)
from workbench.domain.geometry import Box
from workbench.domain.protection import Redaction, Restriction
from workbench.store.case_file import CaseFile

_LINK_NAMES = {"ins": "institution", "scp": "scope", "evt": "event", "cst": "case_study", "per": "person"}


def export_json(case: CaseFile) -> dict[str, Any]:
    """The object; equal cases give equal objects, whatever their internal identifiers."""
    return _Exporting(case).everything()


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    """A row without its empty fields."""
    return {name: value for name, value in row.items() if value not in ("", None, [], ())}


class _Exporting:
    """Names for ids: what a person would call it where that is unique, else a numbered ref."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case
        self._names: dict[str, str] = {}
        named: tuple[tuple[type[Any], str], ...] = (
            (ScopeParagraph, "number"),
            (Institution, "name"),
            (Person, "cipher"),
            (CaseStudy, "title"),
            (Theme, "name"),
            (Document, "urn"),
        )
        for kind, field in named:
            self._names |= {record.id: getattr(record, field) for record in case.all(kind)}
        numbered: tuple[tuple[type[Any], str], ...] = (
            (Excerpt, "excerpt"),
            (Event, "event"),
            (Standard, "standard"),
            (Assessment, "assessment"),
            (Finding, "finding"),
            (Lesson, "lesson"),
            (Recommendation, "recommendation"),
            (Restriction, "restriction"),
        )
        for kind, stem in numbered:
            self._names |= {record.id: f"{stem}-{n:04}" for n, record in enumerate(case.all(kind), 1)}

    def _many(self, ids: Iterable[str]) -> list[str]:
        return [self._names[identifier] for identifier in ids]

    def _one(self, identifier: str | None) -> str:
        return "" if identifier is None else self._names[identifier]

    def everything(self) -> dict[str, Any]:
        investigation = self._case.all(Investigation)[0]
        lists: dict[str, list[dict[str, Any]]] = {
            "scope": [self._scope(i) for i in self._case.all(ScopeParagraph, "position")],
            "documents": [self._document(i) for i in self._case.all(Document, "urn")],
            "institutions": [self._institution(i) for i in self._case.all(Institution)],
            "people": self._people(),
            "case_studies": [self._case_study(i) for i in self._case.all(CaseStudy)],
            "excerpts": self._excerpts(),
            "events": [self._event(i) for i in self._case.all(Event)],
            "standards": [self._standard(i) for i in self._case.all(Standard)],
            "assessments": [self._assessment(i) for i in self._case.all(Assessment)],
            "findings": self._findings(),
            "lessons": [self._lesson(i) for i in self._case.all(Lesson)],
            "recommendations": [self._recommendation(i) for i in self._case.all(Recommendation)],
            "restrictions": [self._restriction(i) for i in self._case.all(Restriction)],
            "redactions": [self._redaction(i) for i in self._case.all(Redaction)],
            "bundles": [self._bundle(i) for i in self._case.all(Bundle)],
        }
        return {
            "investigation": {
                "title": investigation.title,
                "scope_title": investigation.scope_title,
                "scope_source": investigation.scope_source,
                "urn_prefix": investigation.urn_prefix,
                "urn_digits": investigation.urn_digits,
            },
            **{name: [_filled(row) for row in rows] for name, rows in lists.items()},
        }

    def _scope(self, item: ScopeParagraph) -> dict[str, Any]:
        return {"number": item.number, "text": item.text, "kind": item.kind, "parent": self._one(item.parent)}

    def _document(self, item: Document) -> dict[str, Any]:
        return {
            "document": item.sha256,
            "urn": item.urn,
            "title": item.title,
            "kind": item.kind,
            "on": item.on,
            "author": self._one(item.author),
            "marking": item.marking,
            "supplier": item.supplier,
        }

    def _institution(self, item: Institution) -> dict[str, Any]:
        return {
            "name": item.name,
            "kind": item.kind,
            "aliases": list(item.aliases),
            "name_cy": item.name_cy,
            "parent": self._one(item.parent),
        }

    def _people(self) -> list[dict[str, Any]]:
        terms: dict[str, list[str]] = defaultdict(list)
        for term in self._case.all(ProtectedTerm):
            terms[term.person].append(term.term)
        return [
            {"cipher": person.cipher, "class": person.person_class, "names": terms[person.id]}
            for person in self._case.all(Person)
        ]

    def _case_study(self, item: CaseStudy) -> dict[str, Any]:
        return {
            "title": item.title,
            "scope": self._many(item.scope),
            "institutions": self._many(item.institutions),
            "period": item.period,
            "reason": item.reason,
        }

    def _excerpts(self) -> list[dict[str, Any]]:
        links: dict[str, list[dict[str, str]]] = defaultdict(list)
        for link in self._case.all(Link):
            to = _LINK_NAMES[link.target.partition("_")[0]]
            links[link.excerpt].append({"to": to, "name": self._names[link.target], "stance": link.stance.value})
        return [
            {
                "ref": self._names[item.id],
                "document": self._names[item.document],
                "page": item.page_number,
                "quote": item.quote,
                "prefix": item.prefix,
                "suffix": item.suffix,
                "box": _box(item.boxes) if item.is_area else None,
                "continues": self._one(item.continues),
                "note": item.note,
                "themes": self._many(item.themes),
                "links": links[item.id],
            }
            for item in self._case.all(Excerpt)
        ]

    def _event(self, item: Event) -> dict[str, Any]:
        return {
            "ref": self._names[item.id],
            "title": item.title,
            "on": item.on,
            "words": item.words,
            "kind": item.kind,
            "status": item.status.value,
            "institutions": self._many(item.institutions),
            "scope": self._many(item.scope),
            "sources": self._many(item.sources),
        }

    def _standard(self, item: Standard) -> dict[str, Any]:
        return {
            "ref": self._names[item.id],
            "title": item.title,
            "excerpt": self._one(item.excerpt),
            "from": item.from_on,
            "until": item.until_on,
        }

    def _assessment(self, item: Assessment) -> dict[str, Any]:
        return {
            "ref": self._names[item.id],
            "institution": self._names[item.institution],
            "scope": self._names[item.scope],
            "period": item.period,
            "rating": item.rating.value,
            "standards": self._many(item.standards),
            "for": self._many(item.evidence_for),
            "against": self._many(item.evidence_against),
            "gaps": list(item.gaps),
            "confidence": item.confidence,
            "reasoning": item.reasoning,
        }

    def _findings(self) -> list[dict[str, Any]]:
        sentences: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for sentence in self._case.all(Sentence, "position"):
            row = {"text": sentence.text, "evidence": self._many(sentence.evidence)}
            sentences[sentence.finding].append(_filled(row))
        return [
            {
                "ref": self._names[item.id],
                "kind": item.kind.value,
                "case_study": self._one(item.case_study),
                "sentences": sentences[item.id],
            }
            for item in self._case.all(Finding)
        ]

    def _lesson(self, item: Lesson) -> dict[str, Any]:
        return {"ref": self._names[item.id], "text": item.text, "findings": self._many(item.findings)}

    def _recommendation(self, item: Recommendation) -> dict[str, Any]:
        return {
            "ref": self._names[item.id],
            "text": item.text,
            "addressee": item.addressee,
            "deadline": item.deadline,
            "lessons": self._many(item.lessons),
            "findings": self._many(item.findings),
        }

    def _restriction(self, item: Restriction) -> dict[str, Any]:
        return {
            "ref": self._names[item.id],
            "kind": item.kind,
            "made_by": item.made_by,
            "on": item.on,
            "targets": list(item.targets),
            "until": item.until,
        }

    def _redaction(self, item: Redaction) -> dict[str, Any]:
        return {
            "document": self._names[item.document],
            "page": item.page_index + 1,
            "quote": item.quote,
            "box": _box(item.boxes),
            "reason": item.reason,
            "restriction": self._one(item.restriction),
        }

    def _bundle(self, item: Bundle) -> dict[str, Any]:
        return {
            "name": item.name,
            "kind": item.kind,
            "profile": item.profile,
            "audience": item.audience,
            "case_study": self._one(item.case_study),
            "sections": [self._section(section) for section in self._case.all(Section, "position", bundle=item.id)],
        }

    def _section(self, item: Section) -> dict[str, Any]:
        entries = self._case.all(Entry, "position", section=item.id)
        return {
            "title": item.title,
            "entries": [
                _filled(
                    {
                        "document": self._names[entry.document],
                        "pages": entry.pages,
                        "title": entry.title,
                        "on": entry.on,
                    }
                )
                for entry in entries
            ],
        }


def _box(boxes: Sequence[Box]) -> list[float] | None:
    return [boxes[0].x0, boxes[0].y0, boxes[0].x1, boxes[0].y1] if boxes else None
