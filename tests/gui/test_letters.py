"""Letters are listed without their words, opened on purpose, drafted from the finding and answered."""

from __future__ import annotations

import docx
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from tests.gui.steps import LINES
from workbench.domain.excerpt import Excerpt
from workbench.domain.protection import WarningLetter
from workbench.gui.models.excerpt_model import EXCERPTS_MIME
from workbench.gui.panels import letters as room
from workbench.services.applying import apply_json
from workbench.services.letters import open_letter

WAIT = 15000
ROWS = {
    "institutions": [{"name": "Northmere Board"}],
    "people": [{"cipher": "IN-A1", "names": ["Quentin Placeholder"]}],
    "excerpts": [{"ref": "e", "document": "INQ000001", "page": 1, "quote": LINES[1]}],
    "findings": [
        {
            "ref": "f",
            "kind": "criticism",
            "title": "Late reviews",
            "criticised": ["Northmere Board", "IN-A1"],
            "sentences": [{"text": "The register was reviewed too seldom.", "evidence": ["e"]}],
        }
    ],
}


@pytest.fixture
def panel(qtbot, window):
    apply_json(window.workspace.case, ROWS)
    window.book.actions["show_letters"].trigger()
    found = window.panels["letters"]
    qtbot.waitUntil(lambda: found.model.rowCount() == 2, timeout=WAIT)
    return found


def shown(panel, column):
    at = [item.id for item in room.LETTER_COLUMNS].index(column)
    return [str(panel.model.index(row, at).data()) for row in range(panel.model.rowCount())]


def drafted(qtbot, window, panel, row=0):
    panel.view.selectRow(row)
    window.book.actions["edit_letter"].trigger()
    qtbot.waitUntil(lambda: panel.sheet.is_open, timeout=WAIT)
    return panel.sheet


def test_everybody_criticised_is_listed_and_what_is_missing_is_said(window, panel):
    assert shown(panel, "state") == ["no letter", "no letter"]
    assert shown(panel, "whom") == ["Northmere Board", "IN-A1"]
    assert shown(panel, "sign") == ["×", "×"]
    assert panel.summary.text() == "1 criticism is held back; 2 letters are not drafted yet."
    window.book.actions["edit_letter"].trigger()
    assert "Choose a line" in window.message_bar.text


def test_a_letter_is_drafted_sent_answered_and_considered(qtbot, window, panel):
    case, sheet = window.workspace.case, drafted(qtbot, window, panel)
    assert sheet.criticism.toPlainText() == "The register was reviewed too seldom."
    assert sheet.addressee.toPlainText() == "Northmere Board" and sheet.body.currentText() == "Northmere Board"
    assert sheet.evidence.text() == "1 place in the documents"
    sheet.sent_on.setText("2026-05-01")
    sheet.due_on.setText("2026-04-01")
    sheet.save()
    qtbot.waitUntil(lambda: "due before" in sheet.complaint.text(), timeout=WAIT)
    sheet.due_on.setText("2026-06-01")
    sheet.save()
    qtbot.waitUntil(lambda: "time over, no answer" in shown(panel, "state"), timeout=WAIT)
    assert sheet.criticism.toPlainText() == "" and panel.current.letter is not None
    panel.chosen_excerpts = lambda: [case.all(Excerpt)[0].id]
    window.book.actions["link_response"].trigger()
    qtbot.waitUntil(lambda: case.all(WarningLetter)[0].answer != (), timeout=WAIT)
    qtbot.waitUntil(lambda: panel.current is not None and panel.current.letter.answer != (), timeout=WAIT)
    window.book.actions["edit_letter"].trigger()
    qtbot.waitUntil(lambda: sheet.is_open, timeout=WAIT)
    sheet.answered_on.setText("2026-05-20")
    sheet.outcome.setCurrentIndex(sheet.outcome.findData("unchanged"))
    sheet.save()
    qtbot.waitUntil(lambda: "Say why" in sheet.complaint.text(), timeout=WAIT)
    sheet.reason.setPlainText("The minutes say otherwise.")
    sheet.save()
    qtbot.waitUntil(lambda: "considered" in shown(panel, "state"), timeout=WAIT)
    assert open_letter(case, case.all(WarningLetter)[0]).reason == "The minutes say otherwise."
    window.book.actions["remove_letter"].trigger()
    qtbot.waitUntil(lambda: "stays on record" in window.message_bar.text, timeout=WAIT)


def test_the_finding_leads_to_its_letter_and_back(qtbot, window, panel):
    panel.chosen_finding, chosen = lambda: "", panel.chosen_finding
    window.book.actions["letter_of_finding"].trigger()
    assert "Choose a finding of criticism" in window.message_bar.text
    panel.chosen_finding = chosen
    findings, finding = window.panels["findings"], panel.model.record(panel.model.id_at(0)).finding.id
    window.book.actions["show_findings"].trigger()
    qtbot.waitUntil(lambda: findings.model.row_of(finding) >= 0, timeout=WAIT)
    findings.point_out(finding)
    window.book.actions["letter_of_finding"].trigger()
    qtbot.waitUntil(lambda: panel.sheet.is_open, timeout=WAIT)
    assert panel.current.finding.id == finding
    panel.sheet.close_sheet()
    asked = []
    panel.finding_requested.connect(asked.append)
    window.book.actions["finding_of_letter"].trigger()
    assert asked == [finding] and findings.current.id == finding


def test_excerpts_dropped_on_a_letter_are_its_response(qtbot, window, panel):
    excerpt = window.workspace.case.all(Excerpt)[0].id
    carried = QMimeData()
    carried.setData(EXCERPTS_MIME, excerpt.encode())

    def drop() -> None:
        at = QPointF(panel.view.visualRect(panel.model.index(0, 0)).center())
        keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        panel.view.dropEvent(QDropEvent(at, Qt.DropAction.CopyAction, carried, buttons, keys))

    drop()
    assert "no letter here yet" in window.message_bar.text
    drafted(qtbot, window, panel).save()
    qtbot.waitUntil(lambda: "draft" in shown(panel, "state"), timeout=WAIT)
    panel.view.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    panel.filter.setText("draft")
    drop()
    qtbot.waitUntil(lambda: window.workspace.case.all(WarningLetter)[0].answer == (excerpt,), timeout=WAIT)


def test_words_are_read_only_while_the_letters_are_open(qtbot, window, panel):
    sheet = drafted(qtbot, window, panel)
    sheet.note.setPlainText("Umber note")
    sheet.save()
    qtbot.waitUntil(lambda: "draft" in shown(panel, "state"), timeout=WAIT)
    drawer = panel.drawer
    assert not drawer.is_open and "Umber" not in drawer.page.toPlainText()
    window.book.actions["open_letters"].trigger()
    qtbot.waitUntil(lambda: "Umber note" in drawer.page.toPlainText(), timeout=WAIT)
    assert "INQ000001_001" in drawer.page.toPlainText() and LINES[1] in drawer.page.toPlainText()
    excerpt = window.workspace.case.all(Excerpt)[0]
    drawer.page.anchorClicked.emit(QUrl(excerpt.id))
    qtbot.waitUntil(lambda: window.reader.document is not None, timeout=WAIT)
    panel.view.selectRow(1 - panel.view.currentIndex().row())
    qtbot.waitUntil(lambda: "no letter here yet" in drawer.page.toPlainText(), timeout=WAIT)
    drawer._timer.timeout.emit()
    assert not drawer.is_open and drawer.page.toPlainText() == ""
    window.book.actions["open_letters"].trigger()
    assert drawer.is_open
    window.book.actions["show_timeline"].trigger()
    qtbot.waitUntil(lambda: not drawer.is_open, timeout=WAIT)
    window.book.actions["open_letters"].trigger()
    window.workspace.close_case()
    assert not drawer.is_open and panel.model.rowCount() == 0 and not panel.summary.isVisible()


def test_a_letter_is_saved_as_word_and_a_name_in_it_is_asked_about(qtbot, window, panel, tmp_path):
    window.book.actions["write_letter"].trigger()
    assert "Choose a line" in window.message_bar.text
    sheet = drafted(qtbot, window, panel)
    sheet.facts.setPlainText("Quentin Placeholder signed.")
    sheet.save()
    qtbot.waitUntil(lambda: "draft" in shown(panel, "state"), timeout=WAIT)
    panel.write(tmp_path / "out")
    qtbot.waitUntil(lambda: panel.leak_sheet.is_open, timeout=WAIT)
    assert not (tmp_path / "out").exists()
    panel.leak_sheet.reason.setText("It is to them.")
    panel.leak_sheet.save()
    written = tmp_path / "out" / "warning letter 1-1.docx"
    qtbot.waitUntil(lambda: "was written" in window.message_bar.text, timeout=WAIT)
    assert "Quentin Placeholder signed." in [item.text for item in docx.Document(str(written)).paragraphs]
