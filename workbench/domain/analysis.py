"""From excerpts to recommendations: standards, assessments, findings, lessons, recommendations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workbench.domain.ids import (
    AnyId,
    AssessmentId,
    CaseStudyId,
    ExcerptId,
    FindingId,
    InstitutionId,
    IssueId,
    LessonId,
    NegativeSearchId,
    RecommendationId,
    ResponseId,
    ScopeExclusionId,
    ScopeParagraphId,
    SecondReadingId,
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


class FindingStatus(StrEnum):
    """How far a finding has come; one that is withdrawn stays on record."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class StandardKind(StrEnum):
    """Where a standard comes from."""

    STATUTE = "statute"
    REGULATION = "regulation"
    GUIDANCE = "guidance"
    POLICY = "policy"
    OWN_RULE = "own rule"
    OTHER = "other"


class Answer(StrEnum):
    """What the addressee of a recommendation said to it."""

    ACCEPTED = "accepted"
    IN_PART = "accepted in part"
    IN_PRINCIPLE = "accepted in principle"
    REJECTED = "rejected"
    NO_REPLY = "no reply"


class Implementation(StrEnum):
    """What has become of a recommendation."""

    NOT_KNOWN = "not known"
    NOT_BEGUN = "not begun"
    UNDER_WAY = "under way"
    IMPLEMENTED = "implemented"
    OVERTAKEN = "overtaken"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """What ought to have happened, with the days between which it stood (EDTF) and where it is written.

    It binds ``institutions``, everybody when there are none; ``replaces`` names the version before it.
    """

    id: StandardId
    title: str
    excerpt: ExcerptId | None = None
    from_on: str = ""
    until_on: str = ""
    kind: StandardKind = StandardKind.OTHER
    institutions: tuple[InstitutionId, ...] = ()
    version: str = ""
    replaces: StandardId | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NegativeSearch:
    """What was looked for and not found: "looked for ``sought`` in ``among`` for ``period`` by ``query``".

    ``hits`` is how many places the query gave, none of which was what was sought (``conclusion`` says why);
    ``not_searchable`` says what the search could not look into, and ``history_head`` which state of the case it saw.
    """

    id: NegativeSearchId
    sought: str
    query: str
    among: str = ""
    period: str = ""
    understood_as: str = ""
    hits: int = 0
    documents: int = 0
    pages: int = 0
    not_searchable: tuple[str, ...] = ()
    conclusion: str = ""
    searched_by: str = ""
    searched_at: datetime
    history_head: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One institution judged against one scope paragraph for one period.

    Evidence may be excerpts, events and negative searches; ``dimensions`` are the aspects judged (timeliness...).
    """

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
    question: str = ""
    dimensions: tuple[str, ...] = ()
    issues: tuple[IssueId, ...] = ()
    author: str = ""
    assessed_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReading:
    """What a second reader made of an assessment, without seeing its rating first."""

    id: SecondReadingId
    assessment: AssessmentId
    reader: str
    rating: Rating
    confidence: str = ""
    reasoning: str = ""
    read_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeExclusion:
    """Why an institution is not judged against a scope paragraph (for a period, or at all)."""

    id: ScopeExclusionId
    institution: InstitutionId
    scope: ScopeParagraphId
    period: str = ""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A conclusion; its words are its sentences, in order. ``criticised`` are institutions and people it criticises."""

    id: FindingId
    kind: FindingKind
    case_study: CaseStudyId | None = None
    title: str = ""
    status: FindingStatus = FindingStatus.DRAFT
    criticised: tuple[AnyId, ...] = ()
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a finding with what carries it: excerpts, events, assessments, standards, negative searches."""

    id: SentenceId
    finding: FindingId
    position: int
    text: str
    evidence: tuple[AnyId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What is learned from findings, and from lessons that it builds on (never from itself in a circle)."""

    id: LessonId
    text: str
    findings: tuple[FindingId, ...] = ()
    builds_on: tuple[LessonId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What someone should do, by when, and the lessons and findings it rests on.

    ``deadline`` is in words ("six months"), ``due_on`` the day it means; ``measure`` says how it is known to be done,
    ``earlier`` names recommendations of earlier inquiries that asked for the same.
    """

    id: RecommendationId
    text: str
    addressee: str = ""
    deadline: str = ""
    lessons: tuple[LessonId, ...] = ()
    findings: tuple[FindingId, ...] = ()
    due_on: str = ""
    measure: str = ""
    is_final: bool = False
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What came back on a recommendation, and what has become of it since; evidence as excerpts."""

    id: ResponseId
    recommendation: RecommendationId
    by: str
    on: str = ""
    answer: Answer = Answer.NO_REPLY
    text: str = ""
    state: Implementation = Implementation.NOT_KNOWN
    evidence: tuple[AnyId, ...] = ()
