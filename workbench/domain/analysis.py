"""From excerpts to recommendations: standards, assessments, findings, lessons, recommendations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.ids import (
    AnyId,
    AssessmentId,
    CaseStudyId,
    ExcerptId,
    FindingId,
    InstitutionId,
    LessonId,
    RecommendationId,
    ScopeParagraphId,
    SentenceId,
    StandardId,
)


class Rating(StrEnum):
    """How adequate a response was."""

    ADEQUATE = "adequate"
    PARTLY_ADEQUATE = "partly adequate"
    INADEQUATE = "inadequate"
    NOT_ASSESSABLE = "not assessable"
    NOT_YET_ASSESSED = "not yet assessed"


class FindingKind(StrEnum):
    """What sort of statement a finding makes."""

    FACT = "fact"
    SYSTEMIC = "systemic"
    CRITICISM = "criticism"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """What ought to have happened, with the days between which it stood (EDTF) and where it is written."""

    id: StandardId
    title: str
    excerpt: ExcerptId | None = None
    from_on: str = ""
    until_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One institution judged against one scope paragraph for one period."""

    id: AssessmentId
    institution: InstitutionId
    scope: ScopeParagraphId
    period: str = ""
    rating: Rating = Rating.NOT_YET_ASSESSED
    standards: tuple[StandardId, ...] = ()
    evidence_for: tuple[AnyId, ...] = ()
    evidence_against: tuple[AnyId, ...] = ()
    gaps: tuple[str, ...] = ()
    confidence: str = ""
    reasoning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A conclusion; its words are its sentences, in order."""

    id: FindingId
    kind: FindingKind
    case_study: CaseStudyId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a finding with the excerpts, events and assessments that carry it."""

    id: SentenceId
    finding: FindingId
    position: int
    text: str
    evidence: tuple[AnyId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What is learned from findings."""

    id: LessonId
    text: str
    findings: tuple[FindingId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What someone should do, by when, and the lessons and findings it rests on."""

    id: RecommendationId
    text: str
    addressee: str = ""
    deadline: str = ""
    lessons: tuple[LessonId, ...] = ()
    findings: tuple[FindingId, ...] = ()
