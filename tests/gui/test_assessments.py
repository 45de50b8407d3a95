"""Judging in the window: evidence by key and by drop, blind second readings, standards of a day, searches."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent

from tests.gui.marking_steps import make
from tests.gui.naming import unnamed
from workbench.domain.analysis import Assessment, NegativeSearch, Rating, SecondReading, Standard, StandardKind
from workbench.domain.change import Action
from workbench.domain.excerpt import Excerpt, Stance
from workbench.domain.frame import Institution, ScopeParagraph
from workbench.domain.ids import AnyId, InstitutionId
from workbench.gui.models.excerpt_model import EXCERPTS_MIME
from workbench.services.assessing import AssessmentFacts, add_assessment
from workbench.services.facets import Choice
from workbench.services.framing import add_to_frame
from workbench.services.linking import Wanted, annotate
from workbench.services.standards import StandardFacts, add_standard


def shown(panel, column: str) -> list[str]:
    """What a column of the listed kind says, row by row."""
    model = panel.pages[panel.listed].model
    at = [c.id for c in model.columns].index(column)
    return [model.index(row, at).data() for row in range(model.rowCount())]


def lines(widget) -> list[str]:
    return [widget.item(row).text() for row in range(widget.count())]


def waited(qtbot, condition) -> None:
    qtbot.waitUntil(condition, timeout=15000)


@pytest.fixture
def judged(qtbot, window):
    """An assessment of the first reader that rests on two excerpts; nobody has read it a second time."""
    case = window.workspace.case
    one = make(qtbot, window, "register of notices")
    other = make(qtbot, window, "twice a year")
    _, institution = add_to_frame(case, "institution", "Harbour Platform")
    scope = next(item for item in case.all(ScopeParagraph) if item.number == "2.3")
    links = [
        Wanted(kind="institution", name="Harbour Platform", id=AnyId(institution)),
        Wanted(kind="scope", name="2.3", id=AnyId(scope.id), stance=Stance.UNDERMINES),
    ]
    annotate(case, [one.id, other.id], links)
    _, rule = add_standard(case, StandardFacts(title="Keep a register", from_on="2012", kind=StandardKind.GUIDANCE))
    facts = AssessmentFacts(
        institution=case.all(Institution)[0].id,
        scope=scope.id,
        period="2014/2015",
        rating=Rating.INADEQUATE,
        standards=(rule,),
        evidence_against=(AnyId(one.id),),
        author="First reader",
        reasoning="It was not kept.",
    )
    add_assessment(case, facts)
    window.book.actions["list_assessments"].trigger()
    panel = window.panels["assessments"]
    waited(qtbot, lambda: shown(panel, "institution") == ["Harbour Platform"])
    panel.pages["assessments"].view.selectRow(0)
    return window


def test_an_assessment_is_written_and_says_what_it_lacks(qtbot, judged):
    window, case, panel = judged, judged.workspace.case, judged.panels["assessments"]
    window.book.actions["new_assessment"].trigger()
    sheet = panel.sheet
    waited(qtbot, lambda: sheet.institution.count() == 1 and sheet.half.finder.model.rowCount() == 1)
    assert unnamed(window) == []
    sheet.institution.setEditText("Harbour Platform")
    sheet.scope.setCurrentIndex(sheet.scope.findText("2.3", Qt.MatchFlag.MatchStartsWith))
    sheet.period.setText("2013/2014")
    assert sheet.period.understood.text() == "2013 to 2014"
    assert not sheet.lacks.isVisible(), "nothing is rated yet"
    sheet.rating.setCurrentIndex(sheet.rating.findData("partly adequate"))
    assert "rests on too little: a standard and evidence is missing" in sheet.lacks.text()
    assert sheet.meaning.text().startswith("The response met the standards in force at the time in some respects")
    window.book.actions["save_sheet"].trigger()
    waited(qtbot, lambda: "rests on too little" in sheet.complaint.text())
    assert sheet.is_open and case.count(Assessment) == 1
    waited(qtbot, lambda: len(lines(sheet.half.suggestions)) == 2)
    assert "−  INQ000001_001  “register of notices”" in lines(sheet.half.suggestions)[0]
    sheet.half.suggestions.setCurrentRow(0)
    qtbot.keyClick(sheet.half.suggestions, Qt.Key.Key_Plus)
    waited(qtbot, lambda: len(lines(sheet.half.suggestions)) == 1)
    assert lines(sheet.half.lists["for"]) == ["INQ000001_001  “register of notices”"]
    sheet.half.suggestions.setCurrentRow(0)
    qtbot.keyClick(sheet.half.suggestions, Qt.Key.Key_Return)
    assert lines(sheet.half.lists["against"]) == ["INQ000001_001  “twice a year”"]
    assert "stood throughout" in sheet.half.finder.model.index(0).data()
    qtbot.keyClick(sheet.half.finder.field, Qt.Key.Key_K)
    qtbot.keyClick(sheet.half.finder.field, Qt.Key.Key_Return)
    sheet.reasoning.setPlainText("It was begun late.")
    assert not sheet.lacks.isVisible()
    sheet.dimensions["timeliness"].setChecked(True)
    window.book.actions["save_sheet"].trigger()
    waited(qtbot, lambda: case.count(Assessment) == 2 and not sheet.is_open)
    made = case.all(Assessment)[-1]
    assert (made.rating, made.author, made.dimensions) == (Rating.PARTLY_ADEQUATE, "tester", ("timeliness",))
    assert len(made.standards) == len(made.evidence_for) == len(made.evidence_against) == 1
    waited(qtbot, lambda: shown(panel, "rating") == ["Partly adequate", "hidden"])
    window.book.actions["undo"].trigger()
    waited(qtbot, lambda: shown(panel, "rating") == ["hidden"])


def test_the_second_reader_does_not_see_the_first_rating(qtbot, judged):
    window, case, panel = judged, judged.workspace.case, judged.panels["assessments"]
    assert shown(panel, "rating") == ["hidden"] and shown(panel, "state") == ["–"]
    told = " ".join([panel.details.about.text(), *lines(panel.details.faults)])
    assert "nadequate" not in told and "hidden until your own reading" in told
    window.book.actions["edit_assessment"].trigger()
    sheet = panel.reading_sheet
    assert sheet.is_open and not panel.sheet.is_open, "whoever is to read it does not edit it"
    seen = " ".join([sheet.heading.text(), sheet.about.text(), sheet.reasoning.toPlainText()])
    assert "nadequate" not in seen and "It was not kept" not in seen
    assert "Keep a register" in seen and "INQ000001_001" in seen and sheet.reader.text() == "tester"
    assert unnamed(window) == []
    sheet.save()
    assert "Choose a rating" in sheet.complaint.text() and case.count(SecondReading) == 0
    sheet.rating.setCurrentIndex(sheet.rating.findData("partly adequate"))
    sheet.save()
    waited(qtbot, lambda: not sheet.is_open and shown(panel, "rating") == ["Inadequate (contested)"])
    assert "You say partly adequate; the first reader said inadequate." in window.message_bar.text
    waited(qtbot, lambda: any("tester read it as partly adequate" in line for line in lines(panel.details.faults)))
    window.book.actions["second_reading"].trigger()
    assert shown(panel, "rating") == ["hidden"], "kept from whoever reads it next, while they read"
    sheet.close_sheet()
    assert shown(panel, "rating") == ["Inadequate (contested)"]
    window.book.actions["reader_agreement"].trigger()
    waited(qtbot, lambda: panel.agreement_sheet.is_open)
    figures = panel.agreement_sheet.table
    assert [figures.item(0, at).text() for at in range(4)] == ["First reader", "tester", "1", "0 %"]
    assert "Only 1 compared" in panel.agreement_sheet.said.text() and unnamed(window) == []


def test_ratings_are_shown_when_asked_for(qtbot, judged):
    panel = judged.panels["assessments"]
    judged.activateWindow()
    judged.book.actions["show_excerpts"].trigger()
    judged.book.actions["show_assessments"].trigger()
    assert panel.isAncestorOf(judged.focusWidget()), "the keyboard is where judging begins"
    judged.book.actions["show_ratings"].trigger()
    assert shown(panel, "rating") == ["Inadequate"] and shown(panel, "state") == ["⚠ 1"]
    assert "speaks for the institution" in lines(panel.details.faults)[0]
    said = panel.details.faults.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Fault: ")
    judged.book.actions["show_ratings"].trigger()
    assert shown(panel, "rating") == ["hidden"]


def test_chosen_excerpts_become_evidence_by_key_and_by_drop_and_lead_to_their_words(qtbot, judged):
    window, case, panel = judged, judged.workspace.case, judged.panels["assessments"]
    asked = []
    window.workspace.place_requested.connect(asked.append)
    window.book.actions["assessment_words"].trigger()
    waited(qtbot, lambda: len(asked) == 1)
    assert asked[0].excerpt == judged.workspace.case.all(Assessment)[0].evidence_against[0]
    against = panel.details.lists["against"]
    against.setCurrentRow(0)
    qtbot.keyClick(against, Qt.Key.Key_Return)
    waited(qtbot, lambda: len(asked) == 2)
    window.excerpts.view.selectAll()
    window.book.actions["evidence_for"].trigger()
    waited(qtbot, lambda: len(case.all(Assessment)[0].evidence_for) == 2)
    assert case.all(Assessment)[0].evidence_against == (), "evidence stands on one side"
    waited(qtbot, lambda: len(lines(panel.details.lists["for"])) == 2)
    window.book.actions["evidence_against"].trigger()
    waited(qtbot, lambda: len(case.all(Assessment)[0].evidence_against) == 2)
    waited(qtbot, lambda: len(lines(panel.details.lists["against"])) == 2)
    against = panel.details.lists["against"]
    against.setCurrentRow(0)
    qtbot.keyClick(against, Qt.Key.Key_Delete)
    waited(qtbot, lambda: len(case.all(Assessment)[0].evidence_against) == 1)
    waited(qtbot, lambda: len(lines(against)) == 1)
    drop(panel.details.lists["for"], case.all(Assessment)[0].evidence_against[0])
    waited(qtbot, lambda: len(case.all(Assessment)[0].evidence_for) == 1)
    assert case.all(Assessment)[0].evidence_against == ()


def drop(target, excerpt: str) -> None:
    carried = QMimeData()
    carried.setData(EXCERPTS_MIME, excerpt.encode())
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    target.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, carried, button, none))


def test_dropped_excerpts_stand_in_the_open_sheet_by_their_words(qtbot, judged):
    window, case, panel = judged, judged.workspace.case, judged.panels["assessments"]
    window.book.actions["new_assessment"].trigger()
    half = panel.sheet.half
    excerpt = case.all(Assessment)[0].evidence_against[0]
    drop(half.lists["for"], excerpt)
    assert lines(half.lists["for"]) == ["INQ000001_001  “register of notices”"]
    window.excerpts.point_out(excerpt)
    window.book.actions["evidence_against"].trigger()
    assert lines(half.lists["for"]) == [] and len(lines(half.lists["against"])) == 1
    assert case.all(Assessment)[0].evidence_for == (), "the sheet takes them, not the assessment behind it"
    window.step_back()
    assert not panel.sheet.is_open


def test_standards_that_bind_others_or_did_not_stand_are_offered_last(qtbot, judged):
    case, panel = judged.workspace.case, judged.panels["assessments"]
    other = InstitutionId(add_to_frame(case, "institution", "Elsewhere Ltd")[1])
    add_standard(case, StandardFacts(title="A rule for others", from_on="2000", institutions=(other,)))
    add_standard(case, StandardFacts(title="A later rule", from_on="2019"))
    judged.book.actions["new_assessment"].trigger()
    sheet = panel.sheet
    waited(qtbot, lambda: sheet.half.finder.model.rowCount() == 3)
    sheet.institution.setEditText("Harbour Platform")
    sheet.period.setText("2014")
    offered = [sheet.half.finder.model.index(row).data() for row in range(3)]
    assert offered == [
        "✓  Keep a register   ·   stood throughout",
        "×  A later rule   ·   did not stand",
        "×  A rule for others   ·   binds others",
    ]


def test_standards_are_written_in_versions_and_asked_for_a_day(qtbot, judged):
    window, case, panel = judged, judged.workspace.case, judged.panels["assessments"]
    window.book.actions["standing_on"].trigger()
    waited(qtbot, lambda: shown(panel, "name") == ["Keep a register"])
    assert window.focusWidget() is panel.day
    panel.pages["standards"].view.selectRow(0)
    window.book.actions["next_version"].trigger()
    sheet = panel.standard_sheet
    waited(qtbot, lambda: sheet.replaces.count() == 1)
    assert sheet.replaces.currentText() == "Keep a register" and unnamed(window) == []
    sheet.version.setText("2")
    sheet.from_on.setText("June 2016")
    window.excerpts.view.selectionModel().clear()
    sheet.take_excerpt()
    assert "Choose one excerpt" in sheet.complaint.text()
    window.excerpts.point_out(case.all(Assessment)[0].evidence_against[0])
    sheet.take_excerpt()
    sheet.binds.setCurrentIndex(0)
    window.book.actions["save_sheet"].trigger()
    waited(qtbot, lambda: case.count(Standard) == 2 and not sheet.is_open)
    later = next(item for item in case.all(Standard) if item.version == "2")
    assert (later.from_on, len(later.institutions), later.excerpt is not None) == ("2016-06", 1, True)
    waited(qtbot, lambda: shown(panel, "name") == ["Keep a register", "Keep a register, version 2"])
    panel.day.setText("2014")
    waited(qtbot, lambda: shown(panel, "standing") == ["Certainly"])
    assert shown(panel, "name") == ["Keep a register"]
    panel.day.setText("15 June 2016")
    waited(qtbot, lambda: shown(panel, "standing") == ["Possibly", "Possibly"])
    panel.day.setText("2009-01")
    waited(qtbot, lambda: shown(panel, "standing") == [])
    panel.day.setText("nonsense")
    waited(qtbot, lambda: len(shown(panel, "standing")) == 2)
    assert "cannot be read as a date" in panel.day.understood.text()


def test_a_broken_chain_is_shown_in_words_and_what_is_cited_stays(qtbot, judged):
    window, case, panel = judged, judged.workspace.case, judged.panels["assessments"]
    window.book.actions["new_standard"].trigger()
    sheet = panel.standard_sheet
    waited(qtbot, lambda: sheet.replaces.count() == 1)
    sheet.title.setText("Keep a better register")
    sheet.replaces.setEditText("Keep a register")
    sheet.from_on.setText("2011")
    sheet.save()
    waited(qtbot, lambda: shown(panel, "state") == ["✓", "⚠ 1"])
    panel.pages["standards"].view.selectRow(1)
    assert "which began later" in lines(panel.details.faults)[0]
    panel.pages["standards"].view.selectRow(0)
    window.book.actions["delete_assessment"].trigger()
    waited(qtbot, lambda: "still cited" in window.message_bar.text)
    panel.pages["standards"].view.selectRow(1)
    window.book.actions["delete_assessment"].trigger()
    waited(qtbot, lambda: case.count(Standard) == 1)


def test_a_search_that_found_nothing_is_recorded_made_again_and_cited(qtbot, judged):
    window, case, panel = judged, judged.workspace.case, judged.panels["assessments"]
    window.book.actions["search"].trigger()
    search = window.panels["search"]
    search.query.setText("unicorn")
    search.search()
    waited(qtbot, lambda: search._stack.currentIndex() == 2 and "record:" in search._nothing.text())
    search._nothing.linkActivated.emit("record:")
    sheet = panel.search_sheet
    assert sheet.is_open and sheet.query.text() == "unicorn" and unnamed(window) == []
    sheet.close_sheet()
    window.book.actions["record_search"].trigger()
    sheet.sought.setText("a unicorn")
    sheet.query.setText("register")
    window.book.actions["save_sheet"].trigger()
    waited(qtbot, lambda: "The query finds" in sheet.complaint.text())
    sheet.query.setText("unicorn")
    window.book.actions["save_sheet"].trigger()
    waited(qtbot, lambda: case.count(NegativeSearch) == 1 and not sheet.is_open)
    window.book.actions["list_searches"].trigger()
    waited(qtbot, lambda: shown(panel, "sought") == ["a unicorn"])
    assert shown(panel, "state") == ["holds"]
    panel.pages["searches"].view.selectRow(0)
    assert panel.details.about.text().startswith("Looked for a unicorn in all documents by the query “unicorn” on ")
    window.book.actions["search_again"].trigger()
    waited(qtbot, lambda: lines(panel.details.faults) == ["Searched again: it still gives the same."])
    window.book.actions["list_assessments"].trigger()
    window.book.actions["show_ratings"].trigger()
    panel.pages["assessments"].view.selectRow(0)
    window.book.actions["edit_assessment"].trigger()
    half = panel.sheet.half
    waited(qtbot, lambda: half.other.count() == 1)
    half.other.setCurrentIndex(0)
    half.buttons["for"].click()
    assert lines(half.lists["for"]) == ["Search for a unicorn"]
    panel.sheet.save()
    waited(qtbot, lambda: shown(panel, "state") == ["✓"])


def test_facets_become_part_of_the_recorded_query(qtbot, window):
    search, sheet = window.panels["search"], window.panels["assessments"].search_sheet
    search.query.setText("register OR minutes")
    search.search()
    waited(qtbot, lambda: search._result is not None)
    everything = search._result.total
    search._narrow([choice("supplier", "Harbour Platform"), choice("kind", "other"), choice("kind", "policy")])
    waited(qtbot, lambda: len(search._chosen) == 3 and not window.workspace.jobs.running)
    narrowed = search._result.total
    search.ask_to_record()
    assert sheet.query.text() == '(register OR minutes) supplier:"Harbour Platform" (kind:other OR kind:policy)'
    sheet.close_sheet()
    query = sheet.query.text()
    search._narrow([])
    search.query.setText(query)
    search.search()
    waited(qtbot, lambda: search._result is not None and search._result.query == query)
    assert search._result.total == narrowed <= everything


def choice(facet: str, value: str):
    return Choice(facet, value)


def test_what_became_of_evidence_is_seen_at_once(qtbot, judged):
    case, panel = judged.workspace.case, judged.panels["assessments"]
    judged.book.actions["show_ratings"].trigger()
    excerpt = case.get(Excerpt, case.all(Assessment)[0].evidence_against[0])
    with case.change(Action.EDIT_EXCERPT) as step:
        step.put(replace(excerpt, withdrawn="misread"))
    waited(qtbot, lambda: shown(panel, "state") == ["⚠ 2"])
    assert "INQ000001_001: the excerpt was withdrawn (misread)." in lines(panel.details.faults)
    item = panel.details.lists["against"].item(0)
    assert item.toolTip().startswith("<p>INQ000001_001<br>register of notices<br>the excerpt was withdrawn")
    assert not item.icon().isNull() and "withdrawn" in item.data(Qt.ItemDataRole.AccessibleTextRole)
    assert unnamed(judged) == []
