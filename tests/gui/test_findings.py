"""The ledger in the window: findings are written by keyboard, evidence is dropped or added by key, red is told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from tests.gui.marking_steps import make
from tests.gui.naming import unnamed
from workbench.domain.analysis import Finding, FindingKind, FindingStatus, Sentence
from workbench.domain.change import Action
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import CaseStudy
from workbench.domain.ids import AnyId, new_id
from workbench.gui.models.excerpt_model import EXCERPTS_MIME
from workbench.services.excerpting import add_institution
from workbench.services.findings import FindingFacts, add_evidence, add_finding, sentences_of
from workbench.services.session import open_case
from workbench.services.timeline import EventFacts, add_event
from workbench.services.withdrawing import withdraw_excerpts


@pytest.fixture
def panel(qtbot, window):
    excerpt = make(qtbot, window)
    case = window.workspace.case
    add_finding(case, FindingFacts(title="Register"), ["A register was kept.", "It was read."], [AnyId(excerpt.id)])
    add_finding(case, FindingFacts(title="Training"), ["Nobody was trained."])
    window.book.actions["show_findings"].trigger()
    shown = window.panels["findings"]
    qtbot.waitUntil(lambda: shown.model.rowCount() == 2 and len(shown.editor.rows) == 2)
    return shown


def texts(window, title="Register"):
    case = window.workspace.case
    finding = case.first(Finding, title=title)
    return [sentence.text for sentence in sentences_of(case, finding.id)]


def states(panel):
    return [row.state.text() for row in panel.editor.rows]


def test_each_finding_and_sentence_says_how_it_stands(qtbot, window, panel):
    QAbstractItemModelTester(panel.model)
    shown = [panel.model.index(row, 0).data() for row in range(2)]
    assert shown == ["Unsupported", "Unsupported"]
    assert all(panel.model.index(row, 0).data(Qt.ItemDataRole.DecorationRole) is not None for row in range(2))
    assert states(panel) == ["Sentence 1: Supported", "Sentence 2: Unsupported"]
    assert "rests on nothing" in panel.editor.rows[1].faults.text()
    assert panel.editor.rows[0].faults.isHidden()
    (chip,) = panel.editor.rows[0].chips
    assert chip.text() == "INQ000001_001 “register of notices”" and "Supported" in chip.accessibleName()


def test_a_finding_is_written_by_keyboard_alone(qtbot, window, panel):
    case = window.workspace.case
    add_institution(case, "Northmere")
    window.book.actions["new_finding"].trigger()
    sheet = panel.sheet
    qtbot.waitUntil(lambda: sheet.is_open and sheet.finder.model.rowCount() > 0)
    sheet.save()
    assert "at least one sentence" in sheet.complaint.text()
    qtbot.keyClicks(sheet.sentences, "Figures were late.")
    qtbot.keyClick(sheet.sentences, Qt.Key.Key_Return)
    qtbot.keyClicks(sheet.sentences, "Nobody asked why.")
    sheet.kind.setCurrentIndex(sheet.kind.findData(FindingKind.CRITICISM))
    qtbot.keyClicks(sheet.finder.field, "North")
    qtbot.keyClick(sheet.finder.field, Qt.Key.Key_Return)
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(lambda: panel.current is not None and len(panel.model.ids) == 3 and not sheet.is_open)
    qtbot.waitUntil(lambda: panel.current.support.name == "Figures were late.")
    assert panel.current.criticised == ("Northmere",)
    # The excerpt that was chosen carries the first sentence.
    qtbot.waitUntil(lambda: states(panel) == ["Sentence 1: Supported", "Sentence 2: Unsupported"])
    window.book.actions["edit_finding"].trigger()
    assert sheet.is_open and not sheet.sentences.isVisible()
    sheet.title.setText("Figures")
    sheet.save()
    qtbot.waitUntil(lambda: case.first(Finding, title="Figures") is not None)


def test_words_are_kept_when_the_sentence_is_left(qtbot, window, panel):
    window.activateWindow()
    text = panel.editor.rows[0].text
    text.setFocus()
    text.selectAll()
    qtbot.keyClicks(text, "A register was kept from 2014.")
    panel.editor.rows[1].text.setFocus()
    qtbot.waitUntil(lambda: texts(window) == ["A register was kept from 2014.", "It was read."])
    assert QApplication.focusWidget() is panel.editor.rows[1].text


def test_enter_splits_or_begins_the_next_sentence(qtbot, window, panel):
    text = panel.editor.rows[0].text
    text.setFocus()
    cursor = text.textCursor()
    cursor.setPosition(len("A register"))
    text.setTextCursor(cursor)
    qtbot.keyClick(text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: texts(window) == ["A register", "was kept.", "It was read."])
    qtbot.waitUntil(lambda: len(panel.editor.rows) == 3 and panel.editor.rows[1].text.hasFocus())
    window.book.actions["join_sentences"].trigger()
    qtbot.waitUntil(lambda: texts(window) == ["A register", "was kept. It was read."])
    qtbot.waitUntil(lambda: len(panel.editor.rows) == 2)
    last = panel.editor.rows[1].text
    last.setFocus()
    cursor.movePosition(cursor.MoveOperation.End)
    last.moveCursor(cursor.MoveOperation.End)
    qtbot.keyClick(last, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.editor.rows) == 3 and panel.editor.rows[2].text.hasFocus())
    qtbot.keyClicks(panel.editor.rows[2].text, "New.")
    panel.view.setFocus()
    qtbot.waitUntil(lambda: texts(window) == ["A register", "was kept. It was read.", "New."])


def test_sentences_are_added_moved_split_and_removed_by_their_actions(qtbot, window, panel):
    trigger = {name: action.trigger for name, action in window.book.actions.items()}
    trigger["split_sentence"]()
    assert "cursor into a sentence" in window.message_bar.text
    panel.editor.rows[0].text.setFocus()
    trigger["sentence_down"]()
    qtbot.waitUntil(lambda: texts(window) == ["It was read.", "A register was kept."])
    qtbot.waitUntil(lambda: panel.editor.rows[1].text.hasFocus())
    trigger["sentence_up"]()
    qtbot.waitUntil(lambda: texts(window) == ["A register was kept.", "It was read."])
    qtbot.waitUntil(lambda: panel.editor.rows[0].text.hasFocus())
    trigger["new_sentence"]()
    qtbot.waitUntil(lambda: len(panel.editor.rows) == 3 and panel.editor.rows[1].text.hasFocus())
    trigger["delete_sentence"]()
    qtbot.waitUntil(lambda: texts(window) == ["A register was kept.", "It was read."])


def drop_on(row, excerpts):
    """Drag excerpts over the words of a sentence and let go, as the pointer does."""
    carried = QMimeData()
    carried.setData(EXCERPTS_MIME, "\n".join(excerpts).encode())
    left, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(20, 20), Qt.DropAction.CopyAction, carried, left, keys)
    QApplication.sendEvent(row.text.viewport(), entering)
    assert entering.isAccepted()
    drop = QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, carried, left, keys)
    QApplication.sendEvent(row.text.viewport(), drop)


def test_excerpts_are_dropped_on_a_sentence_or_added_by_key(qtbot, window, panel):
    other = make(qtbot, window, "twice a year")
    window.show_panel("findings")
    drop_on(panel.editor.rows[1], [other.id, other.id])
    qtbot.waitUntil(lambda: states(panel)[1] == "Sentence 2: Supported")
    panel.editor.rows[1].text.setFocus()
    window.book.actions["cite_excerpts"].trigger()
    qtbot.waitUntil(lambda: "rests on that already" in window.message_bar.text)
    window.excerpts.view.selectAll()
    window.book.actions["cite_excerpts"].trigger()
    qtbot.waitUntil(lambda: len(panel.editor.rows[1].chips) == 2)
    window.excerpts.view.clearSelection()
    window.book.actions["cite_excerpts"].trigger()
    assert "excerpts in the list first" in window.message_bar.text


def test_other_evidence_is_found_by_typing(qtbot, window, panel):
    add_event(window.workspace.case, EventFacts(title="Register opened", on="2014"))
    panel.editor.rows[1].text.setFocus()
    window.book.actions["cite_other"].trigger()
    sheet = panel.sentences.evidence_sheet
    qtbot.waitUntil(lambda: sheet.is_open and sheet.finder.model.rowCount() == 1)
    sheet.save()
    assert "at least one thing" in sheet.complaint.text()
    qtbot.keyClicks(sheet.finder.field, "opened")
    qtbot.keyClick(sheet.finder.field, Qt.Key.Key_Return)
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(lambda: "which has no source" in panel.editor.rows[1].faults.text())
    (chip,) = panel.editor.rows[1].chips
    assert chip.text() == "Event: Register opened" and not chip.icon().isNull()


def test_enter_on_evidence_opens_its_page_and_delete_removes_it(qtbot, window, panel):
    case = window.workspace.case
    places = []
    window.workspace.place_requested.connect(places.append)
    (chip,) = panel.editor.rows[0].chips
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(places) == 1)
    assert places[0].excerpt == case.all(Excerpt)[0].id and places[0].boxes
    window.book.actions["open_evidence"].trigger()
    qtbot.waitUntil(lambda: len(places) == 2)
    panel.editor.rows[0].chips[0].setFocus()
    qtbot.keyClick(panel.editor.rows[0].chips[0], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: states(panel)[0] == "Sentence 1: Unsupported")
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: states(panel)[0] == "Sentence 1: Supported")
    panel.editor.rows[0].text.setFocus()
    window.book.actions["uncite"].trigger()
    qtbot.waitUntil(lambda: case.all(Sentence, "position")[0].evidence == ())


def test_what_is_withdrawn_elsewhere_turns_red_here(qtbot, window, panel):
    withdraw_excerpts(window.workspace.case, [window.workspace.case.all(Excerpt)[0].id], "misread")
    qtbot.waitUntil(lambda: states(panel)[0] == "Sentence 1: Withdrawn")
    assert "which was withdrawn: misread" in panel.editor.rows[0].faults.text()
    assert not panel.editor.rows[0].chips[0].icon().isNull()


def test_only_red_and_only_one_case_study(qtbot, window, panel):
    panel.point_out(panel.model.ids[1])
    window.book.actions["withdraw_finding"].trigger()
    qtbot.waitUntil(lambda: panel.model.index(1, 0).data() == "Taken back")
    window.book.actions["red_findings"].trigger()
    assert [panel.model.index(row, 1).data() for row in range(panel.model.rowCount())] == ["F1  Register"]
    window.book.actions["red_findings"].trigger()
    assert panel.model.rowCount() == 2
    panel.point_out(panel.model.ids[1])
    window.book.actions["withdraw_finding"].trigger()
    case = window.workspace.case
    qtbot.waitUntil(lambda: case.first(Finding, title="Training").status is FindingStatus.DRAFT)
    window.book.actions["delete_finding"].trigger()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)


def test_undo_takes_back_steps_of_the_case_while_nothing_is_typed(qtbot, window, panel):
    window.activateWindow()
    text = panel.editor.rows[1].text
    text.setFocus()
    window.book.actions["sentence_up"].trigger()
    qtbot.waitUntil(lambda: texts(window) == ["It was read.", "A register was kept."])
    qtbot.waitUntil(lambda: panel.editor.rows[0].text.hasFocus())
    qtbot.keyClick(panel.editor.rows[0].text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: texts(window) == ["A register was kept.", "It was read."])
    row = next(row for row in panel.editor.rows if row.text.hasFocus())
    qtbot.keyClicks(row.text, "Well: ")
    qtbot.keyClick(row.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Well" not in row.text.toPlainText() and texts(window) == ["A register was kept.", "It was read."]


def test_words_being_written_are_kept_when_the_case_closes(qtbot, window, panel, case_path):
    text = panel.editor.rows[1].text
    text.setFocus()
    text.selectAll()
    qtbot.keyClicks(text, "It was read twice.")
    window.workspace.close_case()
    with open_case(case_path, passphrase=None) as case:
        finding = case.first(Finding, title="Register")
        assert [item.text for item in sentences_of(case, finding.id)][1] == "It was read twice."


def test_words_of_evidence_are_never_markup_or_keys(qtbot, window, panel):
    case = window.workspace.case
    title = "<b>Smith & Jones</b> \u202eopened"
    _, event = add_event(case, EventFacts(title=title, on="2014"))
    add_evidence(case, sentences_of(case, case.first(Finding, title="Register").id)[1].id, [AnyId(event)])
    qtbot.waitUntil(lambda: len(panel.editor.rows[1].chips) == 1)
    (chip,) = panel.editor.rows[1].chips
    assert "Smith && Jones" in chip.text() and "&lt;b&gt;Smith &amp; Jones" in chip.toolTip()
    assert panel.editor.heading.textFormat() == Qt.TextFormat.PlainText
    assert unnamed(window) == []


def test_a_panel_behind_others_reads_when_it_is_looked_at(qtbot, window, panel):
    window.show_panel("timeline")
    qtbot.waitUntil(lambda: panel.visibleRegion().isEmpty())
    add_finding(window.workspace.case, FindingFacts(title="Figures"), ["Figures were late."])
    qtbot.waitUntil(lambda: panel._is_stale)
    assert panel.model.rowCount() == 2
    window.show_panel("findings")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 3)


def test_findings_of_one_case_study(qtbot, window, panel):
    case = window.workspace.case
    study = CaseStudy(id=new_id("cst"), title="Registers")
    with case.change(Action.EDIT_FRAME) as step:
        step.put(study)
    add_finding(case, FindingFacts(title="Figures", case_study=study.id), ["Figures were late."])
    qtbot.waitUntil(lambda: panel.study.findData("Registers") > 0)
    panel.study.setCurrentIndex(panel.study.findData("Registers"))
    assert [panel.model.index(row, 1).data() for row in range(panel.model.rowCount())] == ["F3  Figures"]
    qtbot.waitUntil(lambda: panel.current is not None and panel.current.support.name == "Figures")
    window.book.actions["new_finding"].trigger()
    qtbot.waitUntil(lambda: panel.sheet.study.currentText() == "Registers")
    panel.sheet.close_sheet()
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2 and panel.study.count() == 1)


def test_thousands_of_letters_and_any_writing_stay_as_they_are(qtbot, window, panel):
    text = panel.editor.rows[0].text
    text.setFocus()
    text.selectAll()
    long = "Llythyr Dŵr \u05e9\u05dc\u05d5\u05dd " + "word " * 3000 + "end."
    text.insertPlainText(long)
    panel.view.setFocus()
    qtbot.waitUntil(lambda: texts(window)[0] == " ".join(long.split()))
    qtbot.waitUntil(lambda: panel.current.support.sentences[0].sentence.text.endswith("end."))
    assert len(panel.model.index(0, 1).data()) < 100
