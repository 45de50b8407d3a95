"""Reads everything that a report on a case study may say to its audience, numbered as the report numbers it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from workbench.domain.analysis import (
    Assessment,
    Finding,
    FindingStatus,
    Lesson,
    NegativeSearch,
    Recommendation,
    Response,
    SecondReading,
    Sentence,
    Standard,
)
from workbench.domain.coverage import Matrix
from workbench.domain.document import Document
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import CaseStudy, Institution, Investigation, Person, ScopeParagraph
from workbench.domain.ids import AnyId, CaseStudyId
from workbench.services.case_study_citing import StudyRecords, records_of
from workbench.services.chronology import Chronology, Wanted, chronology
from workbench.services.clearing import Clearing
from workbench.services.coverage import coverage_of
from workbench.services.inquiry_numbers import count_of
from workbench.services.report.whole_case import WHOLE, whole_case
from workbench.services.what_is_shown import Shown, WhatIsShown
from workbench.store.case_file import CaseFile

_Numbered = Finding | Lesson | Recommendation | Assessment | NegativeSearch


@dataclass(frozen=True)
class ReportSource:
    """A case study with what bears on it, as its audience may see it; nothing about people but their ciphers."""

    case: CaseFile
    clearing: Clearing
    records: StudyRecords
    seen: WhatIsShown

    @property
    def study(self) -> CaseStudy:
        return self.records.study

    @property
    def audience(self) -> str:
        return self.clearing.audience

    @property
    def is_whole(self) -> bool:
        """True for the whole case, which is no case study."""
        return self.study.id == WHOLE

    @property
    def is_for_team(self) -> bool:
        return self.clearing.is_open

    # The frame

    @cached_property
    def investigation(self) -> Investigation:
        return self.case.all(Investigation)[0]

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Every document of the case, by id, in the order of their references."""
        return {item.id: item for item in self.case.all(Document, "urn")}

    @cached_property
    def institutions(self) -> Mapping[str, Institution]:
        return {item.id: item for item in self.case.all(Institution, "name")}

    @cached_property
    def scope(self) -> Mapping[str, ScopeParagraph]:
        return {item.id: item for item in self.case.all(ScopeParagraph, "position")}

    @cached_property
    def people(self) -> Mapping[str, str]:
        """The cipher of every person, by id."""
        return {item.id: item.cipher for item in self.case.all(Person, "cipher")}

    @cached_property
    def own_scope(self) -> tuple[ScopeParagraph, ...]:
        """The scope paragraphs of the case study, in the order of the scope."""
        return tuple(item for item in self.scope.values() if item.id in self.study.scope)

    @cached_property
    def own_institutions(self) -> tuple[Institution, ...]:
        """The institutions of the case study, by name."""
        return tuple(item for item in self.institutions.values() if item.id in self.study.institutions)

    @cached_property
    def matrix(self) -> Matrix:
        """What was judged of each institution against each scope paragraph of the case study, and what is missing."""
        return coverage_of(self.case, case_study=self.study.id or None)

    # What was found

    @property
    def excerpts(self) -> Mapping[str, Excerpt]:
        """Every excerpt of the case that may be shown, by id."""
        return self.seen.excerpts

    def parts_of(self, excerpt: Excerpt) -> tuple[Excerpt, ...]:
        """An excerpt with what carries it on over page ends, as far as it may be shown."""
        following = self.records.parts.get(excerpt.id, ())
        return (excerpt, *(self.excerpts[item] for item in following if item in self.excerpts))

    def shown(self, identifiers: Iterable[AnyId]) -> tuple[AnyId, ...]:
        """Those of these ids that may be shown."""
        return tuple(item for item in identifiers if item not in self.seen.hidden)

    @cached_property
    def chronology(self) -> Chronology:
        """The events that bear on the case study, in their stated order."""
        wanted = Wanted(
            events=[item.id for item in self.records.events if item.id not in self.seen.hidden],
            hidden_excerpts=self.seen.hidden,
        )
        return chronology(self.case, wanted=wanted)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The events in their stated order, with the sources that may be shown."""
        found = [row.event for row in self.chronology.rows]
        return tuple(replace(item, sources=tuple(s for s in item.sources if s in self.excerpts)) for item in found)

    @cached_property
    def standards(self) -> Mapping[str, Standard]:
        """Every standard that is cited and whose words may be shown, by id."""
        return {item.id: item for item in self.records.standards if item.excerpt not in self.seen.hidden}

    @cached_property
    def searches(self) -> tuple[NegativeSearch, ...]:
        """The negative searches that are cited, in the order they were made."""
        return tuple(sorted(self.records.searches, key=lambda item: (item.searched_at, item.id)))

    @cached_property
    def assessments(self) -> tuple[Assessment, ...]:
        """By scope paragraph, institution and period, with the evidence that may be shown."""
        order = {item.id: at for at, item in enumerate(self.scope.values())}
        names = {item.id: item.name for item in self.institutions.values()}
        found = [
            replace(a, evidence_for=self.shown(a.evidence_for), evidence_against=self.shown(a.evidence_against))
            for a in self.records.assessments
            if a.id not in self.seen.hidden
        ]
        return tuple(sorted(found, key=lambda a: (order[a.scope], names[a.institution], a.period, a.id)))

    @cached_property
    def second_readings(self) -> Mapping[str, tuple[SecondReading, ...]]:
        """The second readings of each assessment."""
        every = self.case.all(SecondReading, "read_on, id")
        found: dict[str, list[SecondReading]] = {}
        for reading in every:
            found.setdefault(reading.assessment, []).append(reading)
        return {item.id: tuple(found.get(item.id, ())) for item in self.assessments}

    @cached_property
    def sentences(self) -> Mapping[str, tuple[Sentence, ...]]:
        """The sentences of each finding, in order, with the evidence that may be shown."""
        found: dict[str, list[Sentence]] = {}
        for item in self.records.sentences:
            if item.id not in self.seen.hidden:
                found.setdefault(item.finding, []).append(replace(item, evidence=self.shown(item.evidence)))
        return {finding: tuple(sentences) for finding, sentences in found.items()}

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that stand, oldest first; one of which no sentence may be shown is left out."""
        written = {item.finding for item in self.records.sentences}
        return tuple(item for item in self.records.findings if item.id in self.sentences or item.id not in written)

    @cached_property
    def withdrawn_findings(self) -> int:
        every = self.case.all(Finding, **({} if self.is_whole else {"case_study": self.study.id}))
        return sum(item.status is FindingStatus.WITHDRAWN for item in every)

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """What is learned from the findings that are shown, and what builds on that."""
        known: set[str] = {item.id for item in self.findings}
        while more := {item.id for item in self.records.lessons if known & {*item.findings, *item.builds_on}} - known:
            known |= more
        return tuple(item for item in self.records.lessons if item.id in known)

    @cached_property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """What rests on findings that are shown, or on their lessons."""
        known: set[str] = {item.id for item in self.findings} | {item.id for item in self.lessons}
        return tuple(r for r in self.records.recommendations if known & {*r.findings, *r.lessons})

    @cached_property
    def responses(self) -> Mapping[str, tuple[Response, ...]]:
        """What came back on each recommendation, in the order of its dates, with the evidence that may be shown."""
        every = sorted(self.records.responses, key=lambda item: (item.on, item.id))
        shown = [replace(r, evidence=self.shown(r.evidence)) for r in every if r.id not in self.seen.hidden]
        return {item.id: tuple(r for r in shown if r.recommendation == item.id) for item in self.recommendations}

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """What everything in the report is called: as in the whole case, events by their place in the chronology."""
        events = {str(item.id): str(number) for number, item in enumerate(self.events, 1)}
        belonging: tuple[_Numbered, ...] = (
            *self.findings,
            *self.lessons,
            *self.recommendations,
            *self.assessments,
            *self.searches,
        )
        return events | {str(item.id): self.records.numbers[item.id] for item in belonging}

    def to_be_told(self, cited: Sequence[Document]) -> Iterator[str]:
        """What of it the audience does not see, and which documents nobody decided about, one sentence each."""
        if self.seen.dropped:
            nouns = ("event, assessment, sentence or response was", "events, assessments, sentences and responses were")
            yield (
                f"{count_of(len(self.seen.dropped), nouns)} left out, because what they rest on may not be shown to "
                f"the audience “{self.audience}”."
            )
        undecided = self.clearing.without_decision(cited)
        if undecided:
            yield (
                f"Nobody has recorded that the audience “{self.audience}” may see what is cited from: "
                f"{', '.join(undecided)}."
            )

    @cached_property
    def is_draft(self) -> bool:
        """True until there are findings and all of them are settled."""
        return not self.findings or any(item.status is not FindingStatus.SETTLED for item in self.findings)


def source_of(case: CaseFile, study: CaseStudyId, clearing: Clearing, shown: Shown) -> ReportSource:
    """What is said of a case study, or of the whole case; ``shown`` gives an excerpt as it may be seen, or None."""
    records = whole_case(case) if study == WHOLE else records_of(case, study)
    seen = WhatIsShown(case.all(Excerpt), shown)
    for event in records.events:
        seen.drops(event.id, event.sources)
    for assessment in records.assessments:
        seen.drops(assessment.id, (*assessment.evidence_for, *assessment.evidence_against))
    for sentence in records.sentences:
        seen.drops(sentence.id, sentence.evidence)
    for response in records.responses:
        seen.drops(response.id, response.evidence)
    return ReportSource(case=case, clearing=clearing, records=records, seen=seen)
