"""Writes everything a person made in a case as one JSON object that ``apply`` reads back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from workbench.domain.analysis import Assessment, Finding, Lesson, NegativeSearch, Recommendation, Standard
from workbench.domain.bundle import Bundle, Entry, OwnProfile, Section
from workbench.domain.document import Document
from workbench.domain.event import Event, EventOrder
from workbench.domain.excerpt import Excerpt, Link
from workbench.domain.frame import (
    CaseStudy,
    CaseStudyStatus,
    Institution,
    Investigation,
    Person,
    ScopeParagraph,
    Theme,
)
from workbench.domain.geometry import Box
from workbench.domain.inquiry import Issue
from workbench.domain.protection import Clearance, MarkState, Redaction, Restriction
from workbench.services.exporting_json_analysis import AnalysisRows, InquiryRows, filled
from workbench.services.letters import OpenLetter, letters_of
from workbench.services.names import open_names
from workbench.store.case_file import CaseFile

_LINK_NAMES = {
    "ins": "institution",
    "scp": "scope",
    "evt": "event",
    "cst": "case_study",
    "per": "person",
    "iss": "issue",
}


def export_json(case: CaseFile, *, names_people: bool = True) -> dict[str, Any]:
    """The object; equal cases give equal objects, whatever their internal identifiers.

    Without ``names_people`` the protected names are left out, the words under redactions and the warning letters too.
    """
    return _Exporting(case, names_people=names_people).everything()


class _Exporting(AnalysisRows, InquiryRows):
    """Names for ids: what a person would call it where that is unique, else a numbered ref."""

    def __init__(self, case: CaseFile, *, names_people: bool) -> None:
        self._case = case
        self._names_people = names_people
        self._names: dict[str, str] = {}
        named: tuple[tuple[type[Any], str], ...] = (
            (ScopeParagraph, "number"),
            (Institution, "name"),
            (Person, "cipher"),
            (CaseStudy, "title"),
            (Issue, "number"),
            (Theme, "name"),
            (Document, "urn"),
        )
        for kind, field in named:
            self._names |= {record.id: getattr(record, field) for record in case.all(kind)}
        numbered: tuple[tuple[type[Any], str], ...] = (
            (Excerpt, "excerpt"),
            (Event, "event"),
            (Standard, "standard"),
            (NegativeSearch, "negative-search"),
            (Assessment, "assessment"),
            (Finding, "finding"),
            (Lesson, "lesson"),
            (Recommendation, "recommendation"),
            (Restriction, "restriction"),
        )
        for kind, stem in numbered:
            self._names |= {record.id: f"{stem}-{n:04}" for n, record in enumerate(case.all(kind), 1)}

    def everything(self) -> dict[str, Any]:
        investigation = self._case.all(Investigation)[0]
        lists: dict[str, list[dict[str, Any]]] = {
            "scope": [self._scope(i) for i in self._case.all(ScopeParagraph, "position")],
            "documents": [self._document(i) for i in self._case.all(Document, "urn")],
            "institutions": [self._institution(i) for i in self._case.all(Institution)],
            "people": self._people(),
            "issues": self._issues(),
            "case_studies": [self._case_study(i) for i in self._case.all(CaseStudy)],
            "excerpts": self._excerpts(),
            "events": [self._event(i) for i in self._case.all(Event)],
            "event_orders": [self._event_order(i) for i in self._case.all(EventOrder)],
            **self._analysis_lists(),
            "requests": self._requests(),
            "hearings": self._hearings(),
            "parties": self._parties(),
            "restrictions": [self._restriction(i) for i in self._case.all(Restriction)],
            "redactions": [self._redaction(i) for i in self._case.all(Redaction)],
            "clearances": [self._clearance(i) for i in self._case.all(Clearance)],
            "warning_letters": self._warning_letters(),
            "own_profiles": [
                {"name": i.name, "based_on": i.based_on, "described": i.described} for i in self._case.all(OwnProfile)
            ],
            "bundles": [self._bundle(i) for i in _mains_first(self._case.all(Bundle))],
        }
        return {
            "investigation": {
                "title": investigation.title,
                "scope_title": investigation.scope_title,
                "scope_source": investigation.scope_source,
                "urn_prefix": investigation.urn_prefix,
                "urn_digits": investigation.urn_digits,
            },
            **{name: [filled(row) for row in rows] for name, rows in lists.items()},
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
            "withdrawn_on": item.withdrawn_on,
            "withdrawn_reason": item.withdrawn_reason,
            "superseded_by": self._one(item.superseded_by),
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
        for name in open_names(self._case) if self._names_people else ():
            terms[name.person].append(name.written)
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
            "status": "" if item.status is CaseStudyStatus.PROPOSED else item.status.value,
            "alternatives": list(item.alternatives),
            "context": self._many(item.context),
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
                "withdrawn": item.withdrawn,
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
            "people": self._many(item.people),
            "dispute": item.dispute,
            "note": item.note,
        }

    def _event_order(self, item: EventOrder) -> dict[str, Any]:
        return {
            "earlier": self._names[item.earlier],
            "later": self._names[item.later],
            "words": item.words,
            "source": self._one(item.source),
        }

    def _restriction(self, item: Restriction) -> dict[str, Any]:
        return {
            "ref": self._names[item.id],
            "kind": item.kind,
            "made_by": item.made_by,
            "on": item.on,
            "targets": list(item.targets),
            "until": item.until,
            "allows": list(item.allows),
            "revoked_on": item.revoked_on,
            "note": item.note,
        }

    def _clearance(self, item: Clearance) -> dict[str, Any]:
        return {
            "document": self._names[item.document],
            "audience": item.audience,
            "decision": item.decision,
            "by": item.by,
            "on": item.on,
            "note": item.note,
        }

    def _warning_letters(self) -> list[dict[str, Any]]:
        """In clear, for the team; without names no letter at all, because each is to somebody."""
        letters = letters_of(self._case) if self._names_people else ()
        return [self._warning_letter(letter) for letter in sorted(letters, key=lambda letter: letter.record.id)]

    def _warning_letter(self, letter: OpenLetter) -> dict[str, Any]:
        item, words = letter.record, letter.words
        return {
            "finding": self._names[item.finding],
            "addressee": words.addressee,
            "body": self._one(letter.body),
            "sent_on": item.sent_on,
            "due_on": item.due_on,
            "answered_on": item.answered_on,
            "criticism": words.criticism,
            "facts": words.facts,
            "response": words.response,
            "reason": words.reason,
            "note": words.note,
            "put": words.put,
            "evidence": self._many(item.evidence),
            "answer": self._many(item.answer),
            "outcome": item.outcome,
            "is_waived": item.is_waived or None,
        }

    def _redaction(self, item: Redaction) -> dict[str, Any]:
        return {
            "document": self._names[item.document],
            "page": item.page_index + 1,
            "quote": item.quote if self._names_people else "",
            "box": None if item.quote else _box(item.boxes),
            "reason": item.reason,
            "restriction": self._one(item.restriction),
            "state": "" if item.state is MarkState.PROPOSED else item.state.value,
            "basis": item.basis,
            "label": item.label,
            "proposed_by": item.proposed_by,
            "decided_by": item.decided_by,
        }

    def _bundle(self, item: Bundle) -> dict[str, Any]:
        return {
            "name": item.name,
            "kind": item.kind,
            "profile": item.profile,
            "audience": item.audience,
            "case_study": self._one(item.case_study),
            "main": self._case.get(Bundle, item.main).name if item.main else "",
            "is_divided": item.is_divided or None,
            "marks_references": item.marks_references or None,
            "volume_pages": item.volume_pages or None,
            "volume_bytes": item.volume_bytes or None,
            "sections": [self._section(section) for section in self._case.all(Section, "position", bundle=item.id)],
        }

    def _section(self, item: Section) -> dict[str, Any]:
        entries = self._case.all(Entry, "position", section=item.id)
        return {
            "title": item.title,
            **({"letter": item.letter} if item.letter else {}),
            "entries": [
                filled(
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


def _mains_first(bundles: Sequence[Bundle]) -> list[Bundle]:
    """A bundle before the core bundles taken from it, so that reading them in order finds each."""
    return sorted(bundles, key=lambda bundle: bundle.main is not None)
