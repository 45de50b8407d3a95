"""Gathers what a case-study bundle holds: the case study, what bears on it, and the documents that it cites."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.domain.analysis import Assessment, Finding, NegativeSearch, Recommendation, Standard
from workbench.domain.dates import in_words
from workbench.domain.document import Document
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link
from workbench.domain.frame import CaseStudy, Institution, Investigation, Person, ScopeParagraph, Theme
from workbench.domain.ids import CaseStudyId
from workbench.domain.inquiry import Issue
from workbench.domain.urn import page_form
from workbench.services.case_study_bundle import NOTHING_CITES_IT, propose
from workbench.services.case_study_citing import StudyRecords, bears_on, citations, lessons_from, records_of
from workbench.services.what_is_shown import Shown, WhatIsShown
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudyContent:
    """What goes into the bundle: the tables for the reader, and the records that files are made from."""

    case_study: CaseStudy
    tables: dict[str, Any]
    documents: tuple[Document, ...]
    excerpts: tuple[Excerpt, ...]
    refs: dict[str, str]
    findings: tuple[Finding, ...]
    left_out: int
    left_out_records: int = 0


def gather(
    case: CaseFile,
    identifier: CaseStudyId,
    shown: Shown = lambda excerpt: excerpt,
    is_seen: Callable[[Document], bool] = lambda _document: True,
) -> CaseStudyContent:
    """Everything that the case study cites, plus what bears on its institutions and scope, and its context documents.

    ``shown`` gives an excerpt as it may be shown, None for one that may not: it is left out with every reference to
    it, and so is what rests on nothing else, because it says in other words what is withheld. ``is_seen`` says
    whether a context document may be shown.
    """
    return _Gathering(case, records_of(case, identifier), shown, is_seen).content()


class _Gathering:
    """One pass over the case; nothing about people but their ciphers is read."""

    def __init__(
        self, case: CaseFile, records: StudyRecords, shown: Shown, is_seen: Callable[[Document], bool]
    ) -> None:
        self._study = records.study
        self._investigation = case.all(Investigation)[0]
        self._scope = {item.id: item for item in case.all(ScopeParagraph, "position")}
        self._institutions = {item.id: item for item in case.all(Institution)}
        self._themes = {item.id: item.name for item in case.all(Theme)}
        self._people = {item.id: item.cipher for item in case.all(Person)}
        self._issues = {item.id: item.number for item in case.all(Issue)}
        self._all_documents = {item.id: item for item in case.all(Document, "urn")}
        self._links: dict[str, list[Link]] = {}
        for link in case.all(Link):
            self._links.setdefault(link.excerpt, []).append(link)
        self._seen = WhatIsShown(case.all(Excerpt), shown)
        self._records = self._kept(records)
        self._cited = citations(self._records)
        self._excerpts = self._chosen()
        self._context = [
            item
            for item in self._all_documents.values()
            if item.id in self._study.context and not item.withdrawn_on and is_seen(item)
        ]
        self._refs: dict[str, str] = {item.id: f"E{number}" for number, item in enumerate(self._excerpts, 1)}
        for letter, listed in self._listed().items():
            numbers = self._records.numbers
            self._refs |= {item.id: numbers.get(item.id, f"{letter}{n}") for n, item in enumerate(listed, 1)}

    def _listed(self) -> dict[str, Sequence[Event | Assessment | Standard | NegativeSearch]]:
        """What can be referred to beside excerpts, by the letter its references begin with."""
        records = self._records
        return {"T": records.events, "A": records.assessments, "S": records.standards, "N": records.searches}

    def _kept(self, records: StudyRecords) -> StudyRecords:
        """The records without those that rest on nothing but what is hidden, and what follows from these alone."""
        drops = self._seen.drops
        events = [item for item in records.events if not drops(item.id, item.sources)]
        assessments = [a for a in records.assessments if not drops(a.id, (*a.evidence_for, *a.evidence_against))]
        sentences = [item for item in records.sentences if not drops(item.id, item.evidence)]
        gone = {item.finding for item in records.sentences} - {item.finding for item in sentences}
        findings = [item for item in records.findings if item.id not in gone]
        evidence: set[str] = {item for sentence in sentences for item in sentence.evidence}
        judged: set[str] = {item for a in assessments for item in (*a.evidence_for, *a.evidence_against)}
        used: set[str] = evidence | {item for a in assessments for item in a.standards}
        lessons = lessons_from(records.lessons, {item.id for item in findings})
        behind = {*(item.id for item in findings), *(item.id for item in lessons)}
        asked = [item for item in records.recommendations if behind & {*item.findings, *item.lessons}]
        asked_ids = {item.id for item in asked}
        return replace(
            records,
            findings=tuple(findings),
            sentences=tuple(sentences),
            assessments=tuple(assessments),
            standards=tuple(s for s in records.standards if s.id in used and s.excerpt not in self._seen.hidden),
            events=tuple(e for e in events if e.id in evidence | judged or bears_on(records.study, e)),
            lessons=tuple(lessons),
            recommendations=tuple(asked),
            responses=tuple(
                item
                for item in records.responses
                if item.recommendation in asked_ids and not drops(item.id, item.evidence)
            ),
            searches=tuple(item for item in records.searches if item.id in evidence | judged),
        )

    def _chosen(self) -> list[Excerpt]:
        """What is cited and may be shown, in the order of the documents."""
        chosen = [self._seen.excerpts[item] for item in self._cited if item in self._seen.excerpts]
        return sorted(chosen, key=lambda e: (self._all_documents[e.document].urn, e.page_index, e.start, e.id))

    def content(self) -> CaseStudyContent:
        """The tables and the records."""
        used = {item.document for item in self._excerpts} | {item.id for item in self._context}
        documents = tuple(item for item in self._all_documents.values() if item.id in used)
        return CaseStudyContent(
            case_study=self._study,
            tables=self._tables(documents),
            documents=documents,
            excerpts=tuple(self._excerpts),
            refs=self._refs,
            findings=self._records.findings,
            left_out=len(self._all_documents) - len(documents),
            left_out_records=len(self._seen.dropped),
        )

    def _tables(self, documents: tuple[Document, ...]) -> dict[str, Any]:
        records = self._records
        return {
            "case_study": self._case_study(),
            "institutions": [self._institution(self._institutions[i]) for i in self._study.institutions],
            "documents": [self._document(item) for item in documents],
            "excerpts": [self._excerpt(item) for item in self._excerpts],
            "events": [self._event(item) for item in records.events],
            "standards": [self._standard(item) for item in records.standards],
            "assessments": [self._assessment(item) for item in records.assessments],
            "searches": [self._search(item) for item in records.searches],
            "findings": [self._finding(item) for item in records.findings],
            "lessons": [{"number": records.numbers[item.id], "text": item.text} for item in records.lessons],
            "recommendations": [self._recommendation(item) for item in records.recommendations],
            "left_out": [],
        }

    def _case_study(self) -> dict[str, Any]:
        study = self._study
        return {
            "title": study.title,
            "investigation": self._investigation.title,
            "period": study.period,
            "period_in_words": in_words(study.period),
            "reason": study.reason,
            "status": study.status.value,
            "alternatives": list(study.alternatives),
            "scope": [{"number": self._scope[i].number, "text": self._scope[i].text} for i in study.scope],
        }

    def _institution(self, item: Institution) -> dict[str, Any]:
        return {"name": item.name, "kind": item.kind, "aliases": list(item.aliases), "name_cy": item.name_cy}

    def _document(self, item: Document) -> dict[str, Any]:
        return {
            "urn": item.urn,
            "title": item.title or item.filename,
            "kind": item.kind,
            "on": item.on,
            "on_in_words": in_words(item.on),
            "pages": item.page_count,
            "pages_without_text": item.pages_without_text,
            "author": self._institutions[item.author].name if item.author else "",
            "file": f"documents/{item.urn}.pdf",
            "sha256_of_original": item.sha256,
            "is_context": item in self._context,
            "notice": self._notice(item),
        }

    def _notice(self, item: Document) -> str:
        """What a reader should know of a document before relying on it."""
        if item.withdrawn_on or item.withdrawn_reason:
            return "withdrawn by its supplier"
        successor = self._all_documents.get(item.superseded_by) if item.superseded_by else None
        return f"superseded by {successor.urn}" if successor is not None else ""

    def _excerpt(self, item: Excerpt) -> dict[str, Any]:
        urn = self._all_documents[item.document].urn
        return {
            "ref": self._refs[item.id],
            "urn": urn,
            "page": item.page_number,
            "reference": page_form(urn, item.page_number),
            "quote": item.quote,
            "prefix": item.prefix,
            "suffix": item.suffix,
            "continues": self._refs.get(item.continues, "") if item.continues else "",
            "note": item.note,
            "themes": [self._themes[theme] for theme in item.themes],
            "withdrawn": item.withdrawn,
            "cited_by": list(self._cited[item.id]),
            "links": [self._link(link) for link in self._links.get(item.id, [])],
        }

    def _link(self, link: Link) -> dict[str, Any]:
        target: Any = link.target
        if target in self._institutions:
            shown = ("institution", self._institutions[target].name)
        elif target in self._scope:
            shown = ("scope", self._scope[target].number)
        elif target in self._people:
            shown = ("person", self._people[target])
        elif target in self._issues:
            shown = ("issue", self._issues[target])
        elif target == self._study.id:
            shown = ("case study", self._study.title)
        else:
            shown = ("event", self._refs.get(target, "")) if target in self._refs else ("other", "")
        return {"to": shown[0], "name": shown[1], "stance": link.stance.value}

    def _event(self, item: Event) -> dict[str, Any]:
        return {
            "ref": self._refs[item.id],
            "title": item.title,
            "on": item.on,
            "on_in_words": in_words(item.on),
            "words": item.words,
            "kind": item.kind,
            "status": item.status.value,
            "institutions": [self._institutions[i].name for i in item.institutions],
            "people": [self._people[i] for i in item.people],
            "dispute": item.dispute,
            "sources": [self._refs[source] for source in item.sources if source in self._refs],
        }

    def _standard(self, item: Standard) -> dict[str, Any]:
        return {
            "ref": self._refs[item.id],
            "title": item.title,
            "excerpt": self._refs.get(item.excerpt, "") if item.excerpt else "",
            "from": in_words(item.from_on),
            "until": in_words(item.until_on),
        }

    def _assessment(self, item: Assessment) -> dict[str, Any]:
        titles = {standard.id: standard.title for standard in self._records.standards}
        return {
            "ref": self._refs[item.id],
            "institution": self._institutions[item.institution].name,
            "scope": self._scope[item.scope].number,
            "period": item.period,
            "period_in_words": in_words(item.period),
            "rating": item.rating.value,
            "standards": [titles[i] for i in item.standards if i in titles],
            "for": [self._refs[i] for i in item.evidence_for if i in self._refs],
            "against": [self._refs[i] for i in item.evidence_against if i in self._refs],
            "gaps": list(item.gaps),
            "confidence": item.confidence,
            "reasoning": item.reasoning,
        }

    def _finding(self, item: Finding) -> dict[str, Any]:
        sentences = [
            {"text": s.text, "evidence": [self._refs[i] for i in s.evidence if i in self._refs]}
            for s in self._records.sentences
            if s.finding == item.id
        ]
        return {
            "number": self._records.numbers[item.id],
            "title": item.title,
            "kind": item.kind.value,
            "status": item.status.value,
            "sentences": sentences,
        }

    def _search(self, item: NegativeSearch) -> dict[str, Any]:
        return {
            "ref": self._refs[item.id],
            "sought": item.sought,
            "among": item.among,
            "period_in_words": in_words(item.period),
            "query": item.query,
            "searched_on": item.searched_at.date().isoformat(),
            "documents": item.documents,
            "pages": item.pages,
            "not_searchable": list(item.not_searchable),
            "conclusion": item.conclusion,
        }

    def _recommendation(self, item: Recommendation) -> dict[str, Any]:
        responses = [response for response in self._records.responses if response.recommendation == item.id]
        return {
            "number": self._records.numbers[item.id],
            "text": item.text,
            "addressee": item.addressee,
            "deadline": item.deadline,
            "due_in_words": in_words(item.due_on),
            "responses": [
                " ".join(part for part in (f"{r.by}: {r.answer.value}; {r.state.value}.", r.text) if part)
                for r in responses
            ],
        }


def left_out_rows(case: CaseFile, content: CaseStudyContent) -> list[dict[str, Any]]:
    """Every document that is not in the bundle, and why; what is about the case study first. For the team only."""
    held = {item.id for item in content.documents}
    reasons = {item.document.id: item for item in propose(case, content.case_study.id).left_out}
    rows = []
    for document in case.all(Document, "urn"):
        if document.id not in held:
            known = reasons.get(document.id)
            rows.append(
                {
                    "urn": document.urn,
                    "title": document.title or document.filename,
                    "reason": known.reason if known is not None else NOTHING_CITES_IT,
                    "is_about": known is not None and (known.is_about or known.is_cited),
                }
            )
    return sorted(rows, key=lambda row: (not row["is_about"], row["urn"]))
