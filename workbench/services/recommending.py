"""Writes lessons, recommendations and what was answered to them."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.analysis import Answer, Implementation, Lesson, Recommendation, Response
from workbench.domain.change import Action, Change
from workbench.domain.dates import parse_edtf
from workbench.domain.errors import Refused
from workbench.domain.genealogy import first_circle
from workbench.domain.ids import AnyId, FindingId, LessonId, RecommendationId, ResponseId, new_id
from workbench.domain.ledger import shortened
from workbench.services.withdrawing import told_uses
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonFacts:
    """What is learned, from which findings, and which lessons it builds on."""

    text: str
    findings: tuple[FindingId, ...] = ()
    builds_on: tuple[LessonId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationFacts:
    """What someone should do; ``deadline`` in words, ``due_on`` the day it means, as EDTF."""

    text: str
    addressee: str = ""
    deadline: str = ""
    due_on: str = ""
    measure: str = ""
    is_final: bool = False
    earlier: tuple[str, ...] = ()
    lessons: tuple[LessonId, ...] = ()
    findings: tuple[FindingId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseFacts:
    """Who answered what and when, and what has become of the recommendation; evidence as excerpts."""

    by: str
    on: str = ""
    answer: Answer = Answer.NO_REPLY
    text: str = ""
    state: Implementation = Implementation.NOT_KNOWN
    evidence: tuple[AnyId, ...] = ()


# Lessons


def add_lesson(case: CaseFile, facts: LessonFacts) -> tuple[Change, LessonId]:
    """Another lesson."""
    lesson = _lesson(case, LessonId(new_id("lsn")), facts)
    with case.change(Action.EDIT_ANALYSIS, "add a lesson") as step:
        step.put(lesson)
    return step.change, lesson.id


def edit_lesson(case: CaseFile, lesson: LessonId, facts: LessonFacts) -> Change:
    """Make a lesson exactly this; refused when it would build on itself, with the circle named."""
    case.get(Lesson, lesson)
    edited = _lesson(case, lesson, facts)
    with case.change(Action.EDIT_ANALYSIS, "edit a lesson") as step:
        step.put(edited)
    return step.change


def delete_lesson(case: CaseFile, lesson: LessonId) -> Change:
    """Remove a lesson; refused while a recommendation or another lesson comes from it."""
    _refuse_used(case, case.get(Lesson, lesson))
    with case.change(Action.EDIT_ANALYSIS, "remove a lesson") as step:
        step.delete(Lesson, lesson)
    return step.change


def _lesson(case: CaseFile, identifier: LessonId, facts: LessonFacts) -> Lesson:
    lesson = Lesson(
        id=identifier,
        text=_words(facts.text, "The lesson has no words. Type what is learned."),
        findings=tuple(dict.fromkeys(facts.findings)),
        builds_on=tuple(dict.fromkeys(facts.builds_on)),
    )
    every = {item.id: item for item in case.all(Lesson)} | {identifier: lesson}
    circle = first_circle({item.id: item.builds_on for item in every.values()})
    if circle:
        told = ", which builds on ".join(f"“{shortened(every[LessonId(name)].text)}”" for name in circle)
        raise Refused(f"A lesson cannot build on itself: {told}. Take one of them out.")
    return lesson


# Recommendations


def add_recommendation(case: CaseFile, facts: RecommendationFacts) -> tuple[Change, RecommendationId]:
    """Another recommendation; a final one needs a finding or a lesson that it rests on."""
    made = _recommendation(RecommendationId(new_id("rec")), facts)
    with case.change(Action.EDIT_ANALYSIS, "add a recommendation") as step:
        step.put(made)
    return step.change, made.id


def edit_recommendation(case: CaseFile, recommendation: RecommendationId, facts: RecommendationFacts) -> Change:
    """Make a recommendation exactly this."""
    case.get(Recommendation, recommendation)
    edited = _recommendation(recommendation, facts)
    with case.change(Action.EDIT_ANALYSIS, "edit a recommendation") as step:
        step.put(edited)
    return step.change


def delete_recommendation(case: CaseFile, recommendation: RecommendationId) -> Change:
    """Remove a recommendation; refused while an answer to it is on record."""
    _refuse_used(case, case.get(Recommendation, recommendation))
    with case.change(Action.EDIT_ANALYSIS, "remove a recommendation") as step:
        step.delete(Recommendation, recommendation)
    return step.change


def _recommendation(identifier: RecommendationId, facts: RecommendationFacts) -> Recommendation:
    if facts.is_final and not (facts.findings or facts.lessons):
        raise Refused("A recommendation is not final while it rests on no finding and no lesson. Choose one first.")
    return Recommendation(
        id=identifier,
        text=_words(facts.text, "The recommendation has no words. Type what should be done."),
        addressee=facts.addressee.strip(),
        deadline=facts.deadline.strip(),
        due_on=_day(facts.due_on),
        measure=facts.measure.strip(),
        is_final=facts.is_final,
        earlier=tuple(dict.fromkeys(name.strip() for name in facts.earlier if name.strip())),
        lessons=tuple(dict.fromkeys(facts.lessons)),
        findings=tuple(dict.fromkeys(facts.findings)),
    )


# Answers


def add_response(case: CaseFile, recommendation: RecommendationId, facts: ResponseFacts) -> tuple[Change, ResponseId]:
    """Record what was answered to a recommendation, or what has become of it since."""
    case.get(Recommendation, recommendation)
    made = _response(ResponseId(new_id("rsp")), recommendation, facts)
    with case.change(Action.EDIT_ANALYSIS, f"answer: {made.answer}, {made.state}") as step:
        step.put(made)
    return step.change, made.id


def edit_response(case: CaseFile, response: ResponseId, facts: ResponseFacts) -> Change:
    """Make an answer exactly this."""
    edited = _response(response, case.get(Response, response).recommendation, facts)
    with case.change(Action.EDIT_ANALYSIS, "edit an answer") as step:
        step.put(edited)
    return step.change


def delete_response(case: CaseFile, response: ResponseId) -> Change:
    """Remove an answer."""
    with case.change(Action.EDIT_ANALYSIS, "remove an answer") as step:
        step.delete(Response, response)
    return step.change


def _response(identifier: ResponseId, recommendation: RecommendationId, facts: ResponseFacts) -> Response:
    return Response(
        id=identifier,
        recommendation=recommendation,
        by=_words(facts.by, "Say who answered."),
        on=_day(facts.on),
        answer=facts.answer,
        text=facts.text.strip(),
        state=facts.state,
        evidence=tuple(dict.fromkeys(facts.evidence)),
    )


def _refuse_used(case: CaseFile, record: Lesson | Recommendation) -> None:
    used = case.pointing_at(record.id)
    if used:
        raise Refused(
            f"“{shortened(record.text)}” is not removed, because other things rest on it: {told_uses(used)}. Take it "
            "out of those first."
        )


def _words(text: str, otherwise: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise Refused(otherwise)
    return words


def _day(text: str) -> str:
    return parse_edtf(text).text if text.strip() else ""
