"""Follows a case study to every excerpt it rests on, and keeps by what each is cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.domain.analysis import (
    Assessment,
    Finding,
    FindingStatus,
    Lesson,
    NegativeSearch,
    Recommendation,
    Response,
    Sentence,
    Standard,
)
from workbench.domain.dates import in_words
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link
from workbench.domain.frame import CaseStudy, Institution, ScopeParagraph
from workbench.domain.ids import CaseStudyId
from workbench.services.case_numbers import case_numbers
from workbench.store.case_file import CaseFile

#: What cites an excerpt that is only linked to the case study itself.
LINKED = "linked to the case study"


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRecords:
    """What belongs to a case study: its findings and what follows from them, and what bears on what it looks at.

    ``names`` says institutions and paragraphs in words, ``numbers`` what findings and the like are called (``F3``),
    ``linked`` are excerpts linked to the case study itself, and ``parts`` names, for an excerpt, those that go on from
    it over a page end.
    """

    study: CaseStudy
    findings: tuple[Finding, ...]
    sentences: tuple[Sentence, ...]
    assessments: tuple[Assessment, ...]
    standards: tuple[Standard, ...]
    events: tuple[Event, ...]
    lessons: tuple[Lesson, ...]
    recommendations: tuple[Recommendation, ...]
    responses: tuple[Response, ...]
    searches: tuple[NegativeSearch, ...]
    names: Mapping[str, str]
    numbers: Mapping[str, str]
    linked: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]


def records_of(case: CaseFile, identifier: CaseStudyId) -> StudyRecords:
    """Everything that belongs to a case study; a finding that was withdrawn cites nothing any more."""
    study = case.get(CaseStudy, identifier)
    findings = [f for f in case.all(Finding, case_study=identifier) if f.status is not FindingStatus.WITHDRAWN]
    ids: set[str] = {item.id for item in findings}
    sentences = [item for item in case.all(Sentence, "position") if item.finding in ids]
    evidence: set[str] = {item for sentence in sentences for item in sentence.evidence}
    assessments = [a for a in case.all(Assessment) if a.id in evidence or is_assessed_in(study, a)]
    judged: set[str] = {item for a in assessments for item in (*a.evidence_for, *a.evidence_against)}
    lessons = lessons_from(case.all(Lesson), ids)
    lesson_ids = {item.id for item in lessons}
    recommendations = [r for r in case.all(Recommendation) if ids & {*r.findings} or lesson_ids & {*r.lessons}]
    asked = {item.id for item in recommendations}
    used: set[str] = evidence | {item for a in assessments for item in a.standards}
    return StudyRecords(
        study=study,
        findings=tuple(findings),
        sentences=tuple(sentences),
        assessments=tuple(assessments),
        standards=tuple(item for item in case.all(Standard) if item.id in used),
        events=tuple(
            item for item in case.all(Event, "on_earliest, id") if item.id in evidence | judged or bears_on(study, item)
        ),
        lessons=tuple(lessons),
        recommendations=tuple(recommendations),
        responses=tuple(item for item in case.all(Response) if item.recommendation in asked),
        searches=tuple(item for item in case.all(NegativeSearch) if item.id in evidence | judged),
        names={
            **{item.id: item.name for item in case.all(Institution)},
            **{item.id: item.number for item in case.all(ScopeParagraph)},
        },
        numbers=case_numbers(case),
        linked=tuple(dict.fromkeys(link.excerpt for link in case.all(Link, target=identifier))),
        parts=parts_of(case.all(Excerpt)),
    )


def is_assessed_in(study: CaseStudy, assessment: Assessment) -> bool:
    """An assessment belongs to a case study that looks at its institution and its paragraph."""
    return assessment.institution in study.institutions and assessment.scope in study.scope


def bears_on(study: CaseStudy, event: Event) -> bool:
    """An event bears on a case study that looks at one of its institutions and one of its paragraphs."""
    return bool({*event.institutions} & {*study.institutions} and {*event.scope} & {*study.scope})


def lessons_from(every: Sequence[Lesson], findings: Iterable[str]) -> list[Lesson]:
    """Lessons that rest on the findings, and those that build on such lessons."""
    ids = set(findings)
    chosen = {item.id for item in every if ids & {*item.findings}}
    while more := {item.id for item in every if chosen & {*item.builds_on}} - chosen:
        chosen |= more
    return [item for item in every if item.id in chosen]


def parts_of(excerpts: Iterable[Excerpt]) -> dict[str, tuple[str, ...]]:
    """For every excerpt that runs on over page ends, its later parts in order."""
    following: dict[str, str] = {e.continues: e.id for e in excerpts if e.continues}
    parts: dict[str, tuple[str, ...]] = {}
    for first in following:
        found: list[str] = []
        after = following.get(first)
        while after is not None and after not in found:
            found.append(after)
            after = following.get(after)
        parts[first] = tuple(found)
    return parts


def citations(records: StudyRecords) -> dict[str, tuple[str, ...]]:
    """Every excerpt that a case study rests on, with what cites it, each way once and in the order of the study."""
    walk = _Walk(records)
    places: dict[str, int] = {}
    for sentence in records.sentences:
        places[sentence.finding] = places.get(sentence.finding, 0) + 1
        where = f"finding {records.numbers[sentence.finding][1:]}, sentence {places[sentence.finding]}"
        walk.cite(sentence.evidence, where)
    for assessment in records.assessments:
        walk.cite([assessment.id], "")
    for event in records.events:
        walk.cite([event.id], "")
    for standard in records.standards:
        walk.cite([standard.id], "")
    for response in records.responses:
        walk.cite(response.evidence, f"the response to recommendation {records.numbers[response.recommendation][1:]}")
    walk.cite(records.linked, LINKED)
    return {excerpt: tuple(dict.fromkeys(why)) for excerpt, why in walk.found.items()}


class _Walk:
    """From what is cited down to the excerpts; nothing leads back up, so it ends."""

    def __init__(self, records: StudyRecords) -> None:
        self.found: dict[str, list[str]] = {}
        self._parts, self._names = records.parts, records.names
        self._events: dict[str, Event] = {item.id: item for item in records.events}
        self._assessments: dict[str, Assessment] = {item.id: item for item in records.assessments}
        self._standards: dict[str, Standard] = {item.id: item for item in records.standards}

    def cite(self, evidence: Iterable[str], where: str) -> None:
        """Everything that these items of evidence rest on is cited from ``where``."""
        for item in evidence:
            if item.startswith("exc_"):
                for part in (item, *self._parts.get(item, ())):
                    self.found.setdefault(part, []).append(where)
            elif item in self._events:
                event = self._events[item]
                self.cite(event.sources, _through(where, f"the event “{event.title}” ({in_words(event.on)})"))
            elif item in self._standards:
                standard = self._standards[item]
                self.cite(
                    [standard.excerpt] if standard.excerpt else [], _through(where, f"the standard “{standard.title}”")
                )
            elif item in self._assessments:
                self._cite_assessment(self._assessments[item], where)

    def _cite_assessment(self, item: Assessment, where: str) -> None:
        name = f"the assessment of {self._names[item.institution]} against {self._names[item.scope]}"
        self.cite(item.evidence_for, _through(where, f"{name} (for)"))
        self.cite(item.evidence_against, _through(where, f"{name} (against)"))
        self.cite(item.standards, _through(where, name))


def _through(where: str, what: str) -> str:
    return f"{where}, through {what}" if where else what
