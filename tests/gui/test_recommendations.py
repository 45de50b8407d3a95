"""Recommendations in the window: made and answered by keyboard, followed both ways, and what is missing is told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from tests.gui.marking_steps import make
from workbench.domain.analysis import Answer, Implementation, Lesson, Recommendation, Response
from workbench.gui.columns import RECORD_ROLE
from workbench.services.findings import FindingFacts, add_finding
from workbench.services.recommending import (
    LessonFacts,
    RecommendationFacts,
    ResponseFacts,
    add_lesson,
    add_recommendation,
    add_response,
)
from workbench.services.withdrawing import withdraw_excerpts


@pytest.fixture
def panel(qtbot, window):
    case = window.workspace.case
    _, finding = add_finding(case, FindingFacts(title="Register"), ["A register was kept."])
    _, lesson = add_lesson(case, LessonFacts(text="Registers need readers.", findings=(finding,)))
    facts = RecommendationFacts(
        text="Publish the register every year.", addressee="The platform", due_on="2020", lessons=(lesson,)
    )
    _, asked = add_recommendation(case, facts)
    add_response(case, asked, ResponseFacts(by="The platform", on="2019", answer=Answer.ACCEPTED))
    window.book.actions["show_recommendations"].trigger()
    shown = window.panels["recommendations"]
    qtbot.waitUntil(lambda: len(tree(shown)) == 4)
    return shown


def tree(panel, parent=None, depth=0):
    """The words of every row, indented as they stand."""
    model, rows = panel.narrowed, []
    for at in range(model.rowCount(parent) if parent is not None else model.rowCount()):
        index = model.index(at, 0, parent) if parent is not None else model.index(at, 0)
        rows += ["  " * depth + index.data(), *tree(panel, index, depth + 1)]
    return rows


def remarks(panel):
    return [(item.kind, item.text) for item in panel.remarks.records]


def test_the_tree_leads_from_finding_to_answer_and_back(qtbot, window, panel):
    QAbstractItemModelTester(panel.model)
    assert tree(panel) == [
        "Register",
        "  Registers need readers.",
        "    Publish the register every year.",
        "      The platform",
    ]
    window.book.actions["turn_genealogy"].trigger()
    assert tree(panel) == ["Publish the register every year.", "  Registers need readers.", "    Register"]
    panel.filter.setText("readers")
    assert len(tree(panel)) == 3
    panel.filter.setText("nothing of that kind")
    assert tree(panel) == []


def test_what_is_overdue_is_told_until_it_is_done(qtbot, window, panel):
    assert remarks(panel) == [("overdue", "overdue: due by 2020: accepted, not known")]
    assert panel.told.text() == "1 thing to look at"
    case = window.workspace.case
    asked = case.all(Recommendation)[0].id
    panel.point_out(asked)
    window.book.actions["new_answer"].trigger()
    sheet = panel.answer_sheet
    assert sheet.is_open and sheet.by.text() == "The platform"
    sheet.on.setText("2021-05")
    sheet.state.setCurrentIndex(sheet.state.findData(Implementation.IMPLEMENTED))
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(lambda: remarks(panel) == [] and not panel._below.isVisible())
    assert case.count(Response) == 2 and len(tree(panel)) == 5


def test_a_recommendation_is_made_from_the_chosen_lesson_and_twins_are_shown(qtbot, window, panel):
    case = window.workspace.case
    panel.point_out(case.all(Lesson)[0].id)
    window.book.actions["new_recommendation"].trigger()
    sheet = panel.sheet
    qtbot.keyClicks(sheet.text, "Publish the registers each year.")
    qtbot.keyClicks(sheet.deadline, "within a year")
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(lambda: case.count(Recommendation) == 2)
    made = case.all(Recommendation)[1]
    assert made.lessons == (case.all(Lesson)[0].id,)
    qtbot.waitUntil(lambda: panel.current is not None and panel.current.id == made.id)
    told = dict(remarks(panel))
    assert "shown from 50%" in told["alike"] and "names no day" in told["no day"]
    alike = next(item for item in panel.remarks.records if item.kind == "alike")
    both = panel.remarks.data(panel.remarks.index(panel.remarks.records.index(alike)))
    assert "Publish the register every year." in both and "Publish the registers each year." in both
    panel.grab()


def test_a_lesson_that_would_build_on_itself_is_refused_in_place(qtbot, window, panel):
    case = window.workspace.case
    lesson = case.all(Lesson)[0]
    panel.point_out(lesson.id)
    window.book.actions["new_lesson"].trigger()
    qtbot.keyClicks(panel.lesson_sheet.text, "Readers need time.")
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(lambda: case.count(Lesson) == 2 and panel.model.index_of(case.all(Lesson)[1].id).isValid())
    panel.point_out(lesson.id)
    window.book.actions["edit_recommended"].trigger()
    sheet = panel.lesson_sheet
    assert sheet.text.toPlainText() == "Registers need readers."
    qtbot.keyClicks(sheet.finder.field, "time")
    qtbot.keyClick(sheet.finder.field, Qt.Key.Key_Return)
    sheet.save()
    qtbot.waitUntil(lambda: "cannot build on itself" in sheet.complaint.text())
    assert sheet.is_open and case.get(Lesson, lesson.id).builds_on == ()


def test_orphans_are_told_and_lead_to_their_place(qtbot, window, panel):
    add_recommendation(window.workspace.case, RecommendationFacts(text="Train the staff."))
    qtbot.waitUntil(lambda: ("orphan", "comes from no finding and no lesson") in remarks(panel))
    orphan = next(at for at, item in enumerate(panel.remarks.records) if item.kind == "orphan")
    panel.remark_view.setCurrentIndex(panel.remarks.index(orphan))
    qtbot.keyClick(panel.remark_view, Qt.Key.Key_Return)
    assert panel.current.words == "Train the staff."
    assert panel.view.currentIndex().siblingAtColumn(2).data(Qt.ItemDataRole.DecorationRole) is not None
    window.book.actions["remove_recommended"].trigger()
    qtbot.waitUntil(lambda: "Train the staff." not in tree(panel))


def test_answers_rest_on_excerpts_and_are_edited(qtbot, window, panel):
    excerpt = make(qtbot, window)
    case = window.workspace.case
    window.show_panel("recommendations")
    answer = case.all(Response)[0].id
    panel.point_out(answer)
    window.book.actions["edit_recommended"].trigger()
    sheet = panel.answer_sheet
    qtbot.waitUntil(lambda: sheet.is_open)
    sheet.cite()
    sheet.save()
    qtbot.waitUntil(lambda: case.get(Response, answer).evidence == (excerpt.id,))
    withdraw_excerpts(case, [excerpt.id], "misread")
    qtbot.waitUntil(lambda: ("evidence", "cites INQ000001_001, which was withdrawn: misread") in remarks(panel))
    panel.point_out(answer)
    window.book.actions["remove_recommended"].trigger()
    qtbot.waitUntil(lambda: case.count(Response) == 0)


def test_what_is_used_stays_and_findings_open_in_their_panel(qtbot, window, panel):
    case = window.workspace.case
    panel.point_out(case.all(Lesson)[0].id)
    window.book.actions["remove_recommended"].trigger()
    qtbot.waitUntil(lambda: "other things rest on it: 1 recommendation." in window.message_bar.text)
    panel.view.setCurrentIndex(panel.narrowed.index(0, 0))
    assert panel.view.currentIndex().data(RECORD_ROLE).kind == "finding"
    window.book.actions["edit_recommended"].trigger()
    findings = window.panels["findings"]
    qtbot.waitUntil(lambda: not findings.visibleRegion().isEmpty())
    qtbot.waitUntil(lambda: findings.current is not None)
    assert findings.current.support.name == "Register"
