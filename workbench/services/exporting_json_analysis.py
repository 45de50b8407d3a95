"""Writes standards, searches, assessments, findings and what the inquiry did as rows of the JSON export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from workbench.domain.analysis import (
    Assessment,
    Finding,
    FindingStatus,
    Lesson,
    NegativeSearch,
    Recommendation,
    Response,
    ScopeExclusion,
    SecondReading,
    Sentence,
    Standard,
    StandardKind,
)
from workbench.domain.inquiry import EvidenceRequest, Hearing, Issue, Party
from workbench.store.case_file import CaseFile


def filled(row: dict[str, Any]) -> dict[str, Any]:
    """A row without its empty fields."""
    return {name: value for name, value in row.items() if value not in ("", None, [], ())}


class NamedRows:
    """Rows in which things are called by their names instead of their ids."""

    _case: CaseFile
    _names: dict[str, str]

    def _many(self, ids: Iterable[str]) -> list[str]:
        return [self._names[identifier] for identifier in ids]

    def _one(self, identifier: str | None) -> str:
        return "" if identifier is None else self._names[identifier]


class AnalysisRows(NamedRows):
    """The lists of analysis."""

    def _analysis_lists(self) -> dict[str, list[dict[str, Any]]]:
        case = self._case
        return {
            "standards": [self._standard(i) for i in case.all(Standard)],
            "negative_searches": [self._negative_search(i) for i in case.all(NegativeSearch)],
            "assessments": [self._assessment(i) for i in case.all(Assessment)],
            "scope_exclusions": [self._scope_exclusion(i) for i in case.all(ScopeExclusion)],
            "findings": self._findings(),
            "lessons": [self._lesson(i) for i in case.all(Lesson)],
            "recommendations": [self._recommendation(i) for i in case.all(Recommendation)],
        }

    def _standard(self, item: Standard) -> dict[str, Any]:
        return {
            "ref": self._names[item.id],
            "title": item.title,
            "excerpt": self._one(item.excerpt),
            "from": item.from_on,
            "until": item.until_on,
            "kind": "" if item.kind is StandardKind.OTHER else item.kind.value,
            "institutions": self._many(item.institutions),
            "version": item.version,
            "replaces": self._one(item.replaces),
            "note": item.note,
        }

    def _negative_search(self, item: NegativeSearch) -> dict[str, Any]:
        return {
            "ref": self._names[item.id],
            "sought": item.sought,
            "query": item.query,
            "among": item.among,
            "period": item.period,
            "understood_as": item.understood_as,
            "hits": item.hits,
            "documents": item.documents,
            "pages": item.pages,
            "not_searchable": list(item.not_searchable),
            "conclusion": item.conclusion,
            "searched_by": item.searched_by,
            "searched_at": item.searched_at.isoformat(),
            "history_head": item.history_head,
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
            "question": item.question,
            "dimensions": list(item.dimensions),
            "issues": self._many(item.issues),
            "author": item.author,
            "assessed_on": item.assessed_on,
            "second_readings": [self._second_reading(i) for i in self._case.all(SecondReading, assessment=item.id)],
        }

    def _second_reading(self, item: SecondReading) -> dict[str, Any]:
        return filled(
            {
                "reader": item.reader,
                "rating": item.rating.value,
                "confidence": item.confidence,
                "reasoning": item.reasoning,
                "read_on": item.read_on,
            }
        )

    def _scope_exclusion(self, item: ScopeExclusion) -> dict[str, Any]:
        return {
            "institution": self._names[item.institution],
            "scope": self._names[item.scope],
            "period": item.period,
            "reason": item.reason,
        }

    def _findings(self) -> list[dict[str, Any]]:
        sentences: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for sentence in self._case.all(Sentence, "position"):
            row = {"text": sentence.text, "evidence": self._many(sentence.evidence)}
            sentences[sentence.finding].append(filled(row))
        return [
            {
                "ref": self._names[item.id],
                "kind": item.kind.value,
                "case_study": self._one(item.case_study),
                "title": item.title,
                "status": "" if item.status is FindingStatus.DRAFT else item.status.value,
                "criticised": self._many(item.criticised),
                "proof": item.proof,
                "sentences": sentences[item.id],
            }
            for item in self._case.all(Finding)
        ]

    def _lesson(self, item: Lesson) -> dict[str, Any]:
        return {
            "ref": self._names[item.id],
            "text": item.text,
            "findings": self._many(item.findings),
            "builds_on": self._many(item.builds_on),
        }

    def _recommendation(self, item: Recommendation) -> dict[str, Any]:
        return {
            "ref": self._names[item.id],
            "text": item.text,
            "addressee": item.addressee,
            "deadline": item.deadline,
            "lessons": self._many(item.lessons),
            "findings": self._many(item.findings),
            "due_on": item.due_on,
            "measure": item.measure,
            "is_final": item.is_final or None,
            "earlier": list(item.earlier),
            "responses": [self._response(i) for i in self._case.all(Response, recommendation=item.id)],
        }

    def _response(self, item: Response) -> dict[str, Any]:
        return filled(
            {
                "by": item.by,
                "on": item.on,
                "answer": item.answer.value,
                "text": item.text,
                "state": item.state.value,
                "evidence": self._many(item.evidence),
            }
        )


class InquiryRows(NamedRows):
    """The lists of what the inquiry itself did."""

    def _issues(self) -> list[dict[str, Any]]:
        return [
            {
                "number": item.number,
                "scope": self._names[item.scope],
                "text": item.text,
                "status": "" if item.status == "open" else item.status,
            }
            for item in self._case.all(Issue)
        ]

    def _requests(self) -> list[dict[str, Any]]:
        return [
            {
                "reference": item.reference,
                "kind": item.kind,
                "addressee": item.addressee,
                "institution": self._one(item.institution),
                "sent_on": item.sent_on,
                "due_on": item.due_on,
                "answered_on": item.answered_on,
                "about": item.about,
                "scope": self._many(item.scope),
                "note": item.note,
            }
            for item in self._case.all(EvidenceRequest)
        ]

    def _hearings(self) -> list[dict[str, Any]]:
        return [
            {
                "on": item.on,
                "day": item.day or None,
                "title": item.title,
                "kind": item.kind,
                "venue": item.venue,
                "witnesses": list(item.witnesses),
                "note": item.note,
            }
            for item in self._case.all(Hearing)
        ]

    def _parties(self) -> list[dict[str, Any]]:
        return [
            {
                "name": item.name,
                "institution": self._one(item.institution),
                "person": self._one(item.person),
                "role": item.role,
                "from": item.from_on,
                "until": item.until_on,
                "representative": item.representative,
            }
            for item in self._case.all(Party)
        ]
