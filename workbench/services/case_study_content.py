"""Gathers what a case-study bundle holds: the case study, what bears on it, and the documents that it cites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.domain.analysis import Assessment, Finding, FindingStatus, Lesson, Recommendation, Sentence, Standard
from workbench.domain.dates import in_words
from workbench.domain.document import Document
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link
from workbench.domain.frame import CaseStudy, Institution, Investigation, Person, ScopeParagraph, Theme
from workbench.domain.ids import CaseStudyId
from workbench.domain.urn import page_form
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


def gather(case: CaseFile, identifier: CaseStudyId, shown: Shown = lambda excerpt: excerpt) -> CaseStudyContent:
    """Everything that the case study cites, plus what bears on its institutions and scope.

    ``shown`` gives an excerpt as it may be shown, None for one that may not: it is left out with every reference to
    it, and so is what rests on nothing else, because it says in other words what is withheld.
    """
    return _Gathering(case, case.get(CaseStudy, identifier), shown).content()


class _Gathering:
    """One pass over the case; nothing about people but their ciphers is read."""

    def __init__(self, case: CaseFile, study: CaseStudy, shown: Shown) -> None:
        self._study = study
        self._investigation = case.all(Investigation)[0]
        self._scope = {item.id: item for item in case.all(ScopeParagraph, "position")}
        self._institutions = {item.id: item for item in case.all(Institution)}
        self._themes = {item.id: item.name for item in case.all(Theme)}
        self._people = {item.id: item.cipher for item in case.all(Person)}
        self._all_documents = {item.id: item for item in case.all(Document, "urn")}
        self._links: dict[str, list[Link]] = {}
        for link in case.all(Link):
            self._links.setdefault(link.excerpt, []).append(link)
        self._seen = WhatIsShown(case.all(Excerpt), shown)
        excerpts = self._seen.excerpts
        events = [e for e in case.all(Event, "on_earliest, id") if not self._seen.drops(e.id, e.sources)]
        self._assessments = [
            a
            for a in case.all(Assessment)
            if self._is_ours(a) and not self._seen.drops(a.id, (*a.evidence_for, *a.evidence_against))
        ]
        self._findings, self._sentences = self._found(case)
        finding_ids = {item.id for item in self._findings}
        self._lessons = [item for item in case.all(Lesson) if finding_ids & set(item.findings)]
        lesson_ids = {item.id for item in self._lessons}
        self._recommendations = [
            item
            for item in case.all(Recommendation)
            if finding_ids & set(item.findings) or lesson_ids & set(item.lessons)
        ]
        cited = self._cited()
        self._events = [event for event in events if event.id in cited or self._bears_on(event)]
        cited |= {source for event in self._events for source in event.sources}
        standards = {item.id: item for item in case.all(Standard)}
        used = sorted({s for a in self._assessments for s in a.standards})
        self._standards = [standards[i] for i in used if standards[i].excerpt not in self._seen.hidden]
        cited |= {item.excerpt for item in self._standards if item.excerpt is not None}
        self._excerpts = self._chosen(excerpts, cited)
        self._refs: dict[str, str] = {item.id: f"E{number}" for number, item in enumerate(self._excerpts, 1)}
        self._refs |= {item.id: f"T{number}" for number, item in enumerate(self._events, 1)}
        self._refs |= {item.id: f"A{number}" for number, item in enumerate(self._assessments, 1)}

    def _chosen(self, excerpts: Mapping[str, Excerpt], cited: set[str]) -> list[Excerpt]:
        """What is cited or linked to the case study, with the parts that run on over page ends, in order."""
        study = str(self._study.id)
        wanted = cited | {e for e, links in self._links.items() if any(str(link.target) == study for link in links)}
        while more := {item.id for item in excerpts.values() if item.continues in wanted} - wanted:
            wanted |= more
        chosen = [item for item in excerpts.values() if item.id in wanted]
        return sorted(chosen, key=lambda e: (self._all_documents[e.document].urn, e.page_index, e.start, e.id))

    def _found(self, case: CaseFile) -> tuple[list[Finding], list[Sentence]]:
        """The findings and their sentences; one that was withdrawn, or has no sentence left, is not shown."""
        every = case.all(Finding, case_study=self._study.id)
        findings = {item.id: item for item in every if item.status is not FindingStatus.WITHDRAWN}
        own = [s for s in case.all(Sentence, "position") if s.finding in findings]
        kept = [s for s in own if not self._seen.drops(s.id, s.evidence)]
        gone = {s.finding for s in own} - {s.finding for s in kept}
        return [item for item in findings.values() if item.id not in gone], kept

    def _is_ours(self, assessment: Assessment) -> bool:
        return assessment.institution in self._study.institutions and assessment.scope in self._study.scope

    def _bears_on(self, event: Event) -> bool:
        study = self._study
        return bool(set(event.institutions) & set(study.institutions) and set(event.scope) & set(study.scope))

    def _cited(self) -> set[str]:
        cited: set[str] = {item for sentence in self._sentences for item in sentence.evidence}
        for assessment in self._assessments:
            cited |= {*assessment.evidence_for, *assessment.evidence_against}
        return cited

    def content(self) -> CaseStudyContent:
        """The tables and the records."""
        used = {item.document for item in self._excerpts}
        documents = tuple(item for item in self._all_documents.values() if item.id in used)
        return CaseStudyContent(
            case_study=self._study,
            tables=self._tables(documents),
            documents=documents,
            excerpts=tuple(self._excerpts),
            refs=self._refs,
            findings=tuple(self._findings),
            left_out=len(self._all_documents) - len(documents),
            left_out_records=len(self._seen.dropped),
        )

    def _tables(self, documents: tuple[Document, ...]) -> dict[str, Any]:
        return {
            "case_study": self._case_study(),
            "institutions": [self._institution(self._institutions[i]) for i in self._study.institutions],
            "documents": [self._document(item) for item in documents],
            "excerpts": [self._excerpt(item) for item in self._excerpts],
            "events": [self._event(item) for item in self._events],
            "standards": [self._standard(item) for item in self._standards],
            "assessments": [self._assessment(item) for item in self._assessments],
            "findings": [self._finding(item) for item in self._findings],
            "lessons": [{"text": item.text} for item in self._lessons],
            "recommendations": [self._recommendation(item) for item in self._recommendations],
        }

    def _case_study(self) -> dict[str, Any]:
        study = self._study
        return {
            "title": study.title,
            "investigation": self._investigation.title,
            "period": study.period,
            "period_in_words": in_words(study.period),
            "reason": study.reason,
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
        }

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
            "sources": [self._refs[source] for source in item.sources if source in self._refs],
        }

    def _standard(self, item: Standard) -> dict[str, Any]:
        return {
            "title": item.title,
            "excerpt": self._refs.get(item.excerpt, "") if item.excerpt else "",
            "from": in_words(item.from_on),
            "until": in_words(item.until_on),
        }

    def _assessment(self, item: Assessment) -> dict[str, Any]:
        titles = {standard.id: standard.title for standard in self._standards}
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
            for s in self._sentences
            if s.finding == item.id
        ]
        return {"kind": item.kind.value, "sentences": sentences}

    def _recommendation(self, item: Recommendation) -> dict[str, Any]:
        return {"text": item.text, "addressee": item.addressee, "deadline": item.deadline}
