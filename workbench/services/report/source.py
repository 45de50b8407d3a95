"""Reads everything that a report on a case study may say to its audience, numbered as the report numbers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
    ScopeExclusion,
    SecondReading,
    Sentence,
    Standard,
)
from workbench.domain.dates import in_words
from workbench.domain.document import Document
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import CaseStudy, Institution, Investigation, Person, ScopeParagraph
from workbench.domain.ids import AnyId, CaseStudyId
from workbench.services.case_study_content import CaseStudyContent, gather
from workbench.services.clearing import Clearing
from workbench.store.case_file import CaseFile

_Numbered = Finding | Lesson | Recommendation | Event | Assessment | NegativeSearch
Shown = Callable[[Excerpt], Excerpt | None]


@dataclass(frozen=True)
class ReportSource:
    """A case study with what bears on it, as its audience may see it; nothing about people but their ciphers."""

    case: CaseFile
    clearing: Clearing
    content: CaseStudyContent

    @property
    def study(self) -> CaseStudy:
        return self.content.case_study

    @property
    def audience(self) -> str:
        return self.clearing.audience

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

    # What was found

    @cached_property
    def excerpts(self) -> Mapping[str, Excerpt]:
        """Every excerpt of the case that may be shown, by id."""
        return self.content.shown_excerpts

    @cached_property
    def _following(self) -> Mapping[str, Excerpt]:
        return {item.continues: item for item in self.excerpts.values() if item.continues is not None}

    def parts_of(self, excerpt: Excerpt) -> tuple[Excerpt, ...]:
        """An excerpt with what carries it on over page ends."""
        parts = [excerpt]
        while (following := self._following.get(parts[-1].id)) is not None and following not in parts:
            parts.append(following)
        return tuple(parts)

    def shown(self, identifiers: Iterable[AnyId]) -> tuple[AnyId, ...]:
        """Those of these ids that may be shown."""
        return tuple(item for item in identifiers if item not in self.content.hidden)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The chronology in its order, with the sources that may be shown."""
        return tuple(
            replace(item, sources=tuple(s for s in item.sources if s in self.excerpts)) for item in self.content.events
        )

    @cached_property
    def standards(self) -> Mapping[str, Standard]:
        """Every standard of the case whose words may be shown, by id."""
        return {item.id: item for item in self.case.all(Standard) if item.excerpt not in self.content.hidden}

    @cached_property
    def searches(self) -> Mapping[str, NegativeSearch]:
        return {item.id: item for item in self.case.all(NegativeSearch, "searched_at, id")}

    @cached_property
    def assessments(self) -> tuple[Assessment, ...]:
        """Those of the case study, by scope paragraph, institution and period."""
        order = {item.id: item.position for item in self.scope.values()}
        names = {item.id: item.name for item in self.institutions.values()}
        return tuple(
            sorted(self.content.assessments, key=lambda a: (order[a.scope], names[a.institution], a.period, a.id))
        )

    @cached_property
    def second_readings(self) -> Mapping[str, tuple[SecondReading, ...]]:
        """The second readings of each assessment of the case study."""
        every = self.case.all(SecondReading, "read_on, id")
        return {item.id: tuple(r for r in every if r.assessment == item.id) for item in self.assessments}

    @cached_property
    def sentences(self) -> Mapping[str, tuple[Sentence, ...]]:
        """The sentences of each finding, in order, with the evidence that may be shown."""
        found: dict[str, list[Sentence]] = {}
        for item in self.content.sentences:
            found.setdefault(item.finding, []).append(replace(item, evidence=self.shown(item.evidence)))
        return {finding: tuple(sentences) for finding, sentences in found.items()}

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that stand, oldest first; those that were withdrawn are only counted."""
        return tuple(item for item in self.content.findings if item.status is not FindingStatus.WITHDRAWN)

    @cached_property
    def withdrawn_findings(self) -> int:
        return len(self.content.findings) - len(self.findings)

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """What is learned from the findings that stand."""
        standing = {item.id for item in self.findings}
        return tuple(item for item in self.content.lessons if standing & {*item.findings})

    @cached_property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """What rests on findings that stand, or on their lessons."""
        standing: set[str] = {item.id for item in self.findings} | {item.id for item in self.lessons}
        return tuple(r for r in self.content.recommendations if standing & {*r.findings, *r.lessons})

    @cached_property
    def responses(self) -> Mapping[str, tuple[Response, ...]]:
        """What came back on each recommendation, in the order of its dates."""
        every = self.case.all(Response, "on, id")
        return {item.id: tuple(r for r in every if r.recommendation == item.id) for item in self.recommendations}

    @cached_property
    def cited_searches(self) -> tuple[NegativeSearch, ...]:
        """The negative searches that assessments or sentences of this report rest on, in the order they were made."""
        cited: set[str] = {item for a in self.assessments for item in (*a.evidence_for, *a.evidence_against)}
        cited |= {item for f in self.findings for s in self.sentences.get(f.id, ()) for item in s.evidence}
        return tuple(item for item in self.searches.values() if item.id in cited)

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """What everything in the report is called: findings F1, lessons L1, recommendations R1, events by number."""
        lists: tuple[tuple[str, tuple[_Numbered, ...]], ...] = (
            ("F", self.findings),
            ("L", self.lessons),
            ("R", self.recommendations),
            ("", self.events),
            ("A", self.assessments),
            ("N", self.cited_searches),
        )
        return {str(item.id): f"{letter}{n}" for letter, items in lists for n, item in enumerate(items, 1)}

    @cached_property
    def exclusions(self) -> tuple[ScopeExclusion, ...]:
        return tuple(self.case.all(ScopeExclusion))

    def cell(self, institution: str, scope: str) -> list[str]:
        """What became of an institution against a scope paragraph, in words: ratings, else why there is none."""
        told = []
        for item in self.assessments:
            if (item.institution, item.scope) == (institution, scope):
                told.append(f"{item.rating.value}{_for(item.period)} ({self.numbers[item.id]})")
        for exclusion in self.exclusions:
            if (exclusion.institution, exclusion.scope) == (institution, scope):
                told.append(f"out of scope{_for(exclusion.period)}: {exclusion.reason}")
        return told or ["outstanding"]

    @cached_property
    def is_draft(self) -> bool:
        """True until there are findings and all of them are settled."""
        return not self.findings or any(item.status is not FindingStatus.SETTLED for item in self.findings)


def _for(period: str) -> str:
    return f", {in_words(period)}" if period else ""


def source_of(case: CaseFile, study: CaseStudyId, clearing: Clearing, shown: Shown) -> ReportSource:
    """What the report on a case study is made from; ``shown`` gives an excerpt as the audience may see it, or None."""
    return ReportSource(case=case, clearing=clearing, content=gather(case, study, shown))
