"""Findings, lessons, recommendations and answers are written one undoable step at a time."""

from __future__ import annotations

import pytest

from workbench.domain.analysis import (
    Answer,
    Finding,
    FindingKind,
    FindingStatus,
    Implementation,
    Lesson,
    Recommendation,
    Response,
    Sentence,
)
from workbench.domain.document import Document
from workbench.domain.errors import Refused, WorkbenchError
from workbench.domain.excerpt import Excerpt
from workbench.domain.ids import AnyId, FindingId
from workbench.services.excerpting import make_excerpt
from workbench.services.findings import (
    FindingFacts,
    add_evidence,
    add_finding,
    add_sentence,
    delete_finding,
    edit_finding,
    edit_sentence,
    merge_sentences,
    move_sentence,
    remove_evidence,
    remove_sentence,
    sentences_of,
    split_sentence,
    withdraw_finding,
)
from workbench.services.genealogy import lineage_of
from workbench.services.recommending import (
    LessonFacts,
    RecommendationFacts,
    ResponseFacts,
    add_lesson,
    add_recommendation,
    add_response,
    delete_lesson,
    delete_recommendation,
    delete_response,
    edit_lesson,
    edit_recommendation,
    edit_response,
)
from workbench.store.case_file import CaseFile


def _texts(case: CaseFile, finding: FindingId) -> list[str]:
    return [item.text for item in sentences_of(case, finding)]


def _excerpts(case: CaseFile) -> list[AnyId]:
    letter = case.first(Document, urn="INQ000001")
    assert letter is not None
    for start in (0, 12):
        make_excerpt(case, document=letter.id, page_index=0, start=start, end=start + 10)
    return [AnyId(item.id) for item in case.all(Excerpt)]


@pytest.fixture
def finding(case: CaseFile) -> FindingId:
    return add_finding(case, FindingFacts(), [" One\n thing. ", "Two things.", "Three."])[1]


def test_sentences_are_moved_split_joined_and_put_back(case: CaseFile, finding: FindingId) -> None:
    first, second, third = (item.id for item in sentences_of(case, finding))
    move_sentence(case, third, -2)
    assert _texts(case, finding) == ["Three.", "One thing.", "Two things."]
    assert move_sentence(case, third, -1) is None
    one, two = _excerpts(case)
    add_evidence(case, first, [one])
    _, made = split_sentence(case, first, 4)
    assert _texts(case, finding) == ["Three.", "One", "thing.", "Two things."]
    assert case.get(Sentence, made).evidence == (one,)
    add_evidence(case, second, [two, one])
    merge_sentences(case, made)
    assert _texts(case, finding) == ["Three.", "One", "thing. Two things."]
    assert case.get(Sentence, made).evidence == (one, two)
    for _ in range(2):
        case.undo()
    assert _texts(case, finding) == ["Three.", "One", "thing.", "Two things."]
    assert [item.position for item in sentences_of(case, finding)] == [0, 1, 2, 3]
    remove_sentence(case, made)
    _, late = add_sentence(case, finding, "After three.", [one, one], after=third)
    assert _texts(case, finding) == ["Three.", "After three.", "One", "Two things."]
    assert case.get(Sentence, late).evidence == (one,)
    edit_sentence(case, late, "Reworded.")
    assert case.get(Sentence, late).evidence == (one,) and _texts(case, finding)[1] == "Reworded."


def test_what_cannot_be_split_joined_or_written_is_refused(case: CaseFile, finding: FindingId) -> None:
    last = sentences_of(case, finding)[-1].id
    for at in (0, 6, 99):
        with pytest.raises(Refused, match="between two of its words"):
            split_sentence(case, last, at)
    with pytest.raises(Refused, match="no sentence after"):
        merge_sentences(case, last)
    with pytest.raises(Refused, match="no words"):
        edit_sentence(case, last, " \n")


def test_evidence_is_added_once_and_taken_away(case: CaseFile, finding: FindingId) -> None:
    one, two = _excerpts(case)
    sentence = sentences_of(case, finding)[0].id
    assert add_evidence(case, sentence, [one, two, one]) is not None
    head = case.history_head
    assert add_evidence(case, sentence, [two]) is None and case.history_head == head
    remove_evidence(case, sentence, one)
    assert case.get(Sentence, sentence).evidence == (two,)
    with pytest.raises(WorkbenchError):
        add_evidence(case, sentence, [AnyId("exc_that is not there")])
    assert case.get(Sentence, sentence).evidence == (two,)


def test_a_finding_that_is_used_is_withdrawn_not_removed(case: CaseFile, finding: FindingId) -> None:
    _, lesson = add_lesson(case, LessonFacts(text="Learn.", findings=(finding,)))
    with pytest.raises(Refused, match=r"“One thing\.” is not removed, because other things come from it: 1 lesson\."):
        delete_finding(case, finding)
    withdraw_finding(case, finding)
    assert case.get(Finding, finding).status is FindingStatus.WITHDRAWN
    delete_lesson(case, lesson)
    delete_finding(case, finding)
    assert case.count(Finding) == case.count(Sentence) == 0
    case.undo()
    assert _texts(case, finding) == ["One thing.", "Two things.", "Three."]


def test_only_institutions_and_people_of_the_case_are_criticised(case: CaseFile, finding: FindingId) -> None:
    (one, _) = _excerpts(case)
    for wrong in (one, AnyId("ins_nobody")):
        with pytest.raises(WorkbenchError):
            edit_finding(case, finding, FindingFacts(kind=FindingKind.CRITICISM, criticised=(wrong,)))
    assert case.get(Finding, finding).kind is FindingKind.FACT


def test_a_circle_of_lessons_is_refused_in_words(case: CaseFile) -> None:
    _, one = add_lesson(case, LessonFacts(text="Publish figures."))
    _, two = add_lesson(case, LessonFacts(text="Ask for figures.", builds_on=(one,)))
    _, three = add_lesson(case, LessonFacts(text="Read figures.", builds_on=(two,)))
    with pytest.raises(Refused, match=r"“Publish figures\.”, which builds on “Read figures\.”, which builds on “Ask"):
        edit_lesson(case, one, LessonFacts(text="Publish figures.", builds_on=(three,)))
    with pytest.raises(Refused, match="cannot build on itself"):
        edit_lesson(case, one, LessonFacts(text="Publish figures.", builds_on=(one,)))
    assert case.get(Lesson, one).builds_on == ()
    with pytest.raises(Refused, match="1 lesson"):
        delete_lesson(case, two)


def test_recommendations_and_answers(case: CaseFile, finding: FindingId) -> None:
    with pytest.raises(Refused, match="not final"):
        add_recommendation(case, RecommendationFacts(text="Publish.", is_final=True))
    with pytest.raises(Refused, match="cannot be read as a date"):
        add_recommendation(case, RecommendationFacts(text="Publish.", due_on="soon"))
    _, asked = add_recommendation(case, RecommendationFacts(text="Publish.", earlier=(" Review 2017, 4 ", "")))
    assert case.get(Recommendation, asked).earlier == ("Review 2017, 4",)
    facts = RecommendationFacts(text="Publish.", due_on="2026-06", findings=(finding, finding), is_final=True)
    edit_recommendation(case, asked, facts)
    assert case.get(Recommendation, asked).findings == (finding,)
    with pytest.raises(Refused, match="who answered"):
        add_response(case, asked, ResponseFacts(by=" "))
    _, answer = add_response(case, asked, ResponseFacts(by="The Office", on="2026-03", answer=Answer.ACCEPTED))
    with pytest.raises(Refused, match="1 response"):
        delete_recommendation(case, asked)
    genealogy = lineage_of(case).genealogy
    assert genealogy.standing(case.get(Recommendation, asked), "2026-07-01").overdue
    done = ResponseFacts(by="The Office", on="2026-05", answer=Answer.ACCEPTED, state=Implementation.IMPLEMENTED)
    edit_response(case, answer, done)
    genealogy = lineage_of(case).genealogy
    assert genealogy.standing(case.get(Recommendation, asked), "2026-07-01").overdue == ""
    delete_response(case, answer)
    delete_recommendation(case, asked)
    assert case.count(Response) == case.count(Recommendation) == 0


def test_two_recommendations_in_the_same_words_are_shown(case: CaseFile) -> None:
    _, one = add_recommendation(case, RecommendationFacts(text="Providers should publish answer times every quarter."))
    _, two = add_recommendation(
        case, RecommendationFacts(text="A provider must publish its answer times each quarter.")
    )
    add_lesson(case, LessonFacts(text="Providers should publish answer times every quarter."))
    (pair,) = lineage_of(case).alike
    assert (pair.one, pair.other) == (one, two)
