"""Words are marked for redaction and reviewed in the window, by keyboard, and nothing shows them unasked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.gui.steps import choose_words, open_document
from tests.gui.test_keyboard_walk import press
from workbench.domain.geometry import Box
from workbench.domain.protection import MarkState, Redaction
from workbench.gui.page.redaction_marks import RedactionMark, paint_redactions
from workbench.gui.theme import load_theme
from workbench.services.protecting import RestrictionFacts, add_restriction

QUOTE = "register of notices"


def redact(qtbot, window, quote: str = QUOTE, *, typed: str = "personal", page_index: int = 0) -> Redaction:
    """Mark words with one key, a few letters and Enter; the mark as stored."""
    open_document(qtbot, window, page_index=page_index)
    choose_words(window, quote, page_index)
    window.reader.view.setFocus()
    before = {item.id for item in window.workspace.case.all(Redaction)}
    press(qtbot, window, "redact")
    sheet = window.redacting.sheet
    qtbot.waitUntil(lambda: sheet.is_open and sheet.reason is not None, timeout=15000)
    qtbot.keyClicks(sheet.field, typed)
    qtbot.keyClick(sheet.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not sheet.is_open, timeout=15000)
    qtbot.waitUntil(lambda: len(window.panels["redactions"].model.records) == len(before) + 1, timeout=15000)
    return next(item for item in window.workspace.case.all(Redaction) if item.id not in before)


def test_words_are_marked_by_keyboard_alone(qtbot, window):
    window.book.actions["show_redactions"].trigger()
    mark = redact(qtbot, window)
    assert (mark.quote, mark.reason, mark.basis, mark.state) == (QUOTE, "personal", "protocol", MarkState.PROPOSED)
    assert mark.proposed_by == "tester" and mark.boxes
    assert "1 new redaction mark" in window.message_bar.text
    layers = window.reader.view.layers
    qtbot.waitUntil(lambda: bool(layers.redactions.get(0)), timeout=15000)
    assert layers.redactions[0][0].state is MarkState.PROPOSED
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: not layers.redactions.get(0) and not window.panels["redactions"].model.records)


def test_the_reason_used_last_stands_first(qtbot, window):
    redact(qtbot, window, typed="third")
    choose_words(window, "compliance office")
    window.reader.view.setFocus()
    press(qtbot, window, "redact")
    sheet = window.redacting.sheet
    qtbot.waitUntil(lambda: sheet.is_open and sheet.reasons.rowCount() > 5, timeout=15000)
    assert sheet.reason.code == "third-party"
    qtbot.keyClick(sheet.field, Qt.Key.Key_Down)
    assert sheet.reason.code != "third-party"
    qtbot.keyClicks(sheet.field, "nothing like it")
    sheet.save()
    assert "Choose a reason" in sheet.complaint.text()
    qtbot.keyClick(sheet.field, Qt.Key.Key_Escape)
    assert not sheet.is_open


def test_words_never_stand_where_nobody_asked(qtbot, window):
    mark = redact(qtbot, window)
    panel = window.panels["redactions"]
    window.book.actions["show_redactions"].trigger()
    index = panel.model.index(0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    drawn = panel.card.html(panel.model.records[0], window.workspace.theme)
    layers = window.reader.view.layers
    qtbot.waitUntil(lambda: bool(layers.redactions.get(0)), timeout=15000)
    tip = layers.redactions[0][0].tip
    for text in (spoken, drawn, tip, window.message_bar.text, window.redacting.sheet.heading.text()):
        assert QUOTE not in text
    assert "3 words, veiled" in spoken and "Personal detail" in spoken and "proposed by tester" in spoken
    window.book.actions["show_marked_words"].trigger()
    assert QUOTE in index.data(Qt.ItemDataRole.AccessibleTextRole) and panel.veil.isChecked()
    assert QUOTE in panel.card.html(panel.model.records[0], window.workspace.theme)
    window.book.actions["show_marked_words"].trigger()
    assert QUOTE not in index.data(Qt.ItemDataRole.AccessibleTextRole)
    window.workspace.change_settings(veil_pictures=False)  # the setting for pictures holds for words too
    assert QUOTE in index.data(Qt.ItemDataRole.AccessibleTextRole)
    window.workspace.change_settings(veil_pictures=True)
    panel.toggle_words()
    window.workspace.close_case()
    assert not panel.shows_words and mark.quote == QUOTE


def test_marks_are_reviewed_one_after_another_by_key(qtbot, window):
    for quote in (QUOTE, "compliance office", "twenty-four hours"):
        redact(qtbot, window, quote)
    panel, case = window.panels["redactions"], window.workspace.case
    window.book.actions["show_redactions"].trigger()
    panel.view.clearSelection()
    window.book.actions["next_mark"].trigger()
    press(qtbot, window, "approve_marks")
    qtbot.waitUntil(lambda: panel.counts.text() == "2 proposed  ·  1 approved  ·  0 rejected", timeout=15000)
    qtbot.waitUntil(lambda: [row.words for row in panel.selected_rows] == ["compliance office."], timeout=15000)
    press(qtbot, window, "reject_marks")
    qtbot.waitUntil(lambda: panel.counts.text() == "1 proposed  ·  1 approved  ·  1 rejected", timeout=15000)
    assert {item.decided_by for item in case.all(Redaction, state="approved")} == {"tester"}
    assert "rejected by tester" in panel.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: panel.counts.text().startswith("2 proposed"), timeout=15000)


def test_many_are_decided_at_once_and_filtered(qtbot, window):
    redact(qtbot, window, typed="personal")
    redact(qtbot, window, "compliance office", typed="third")
    redact(qtbot, window, page_index=1, typed="third")
    panel = window.panels["redactions"]
    panel.reason.setCurrentIndex(panel.reason.findData("third-party"))
    assert [row.mark.reason for row in panel.model.records] == ["third-party"] * 2
    panel.view.selectAll()
    window.book.actions["approve_marks"].trigger()
    qtbot.waitUntil(lambda: panel.counts.text() == "0 proposed  ·  2 approved  ·  0 rejected", timeout=15000)
    panel.reason.setCurrentIndex(0)
    panel.state.setCurrentIndex(panel.state.findData(MarkState.PROPOSED))
    assert [row.words for row in panel.model.records] == [QUOTE]
    panel.state.setCurrentIndex(0)
    panel.reach.setCurrentIndex(1)
    assert len(panel.model.records) == 3
    open_document(qtbot, window, at=1)
    qtbot.waitUntil(lambda: panel.model.records == ())
    assert panel._stack.currentIndex() == 2


def test_a_mark_leads_to_its_place_and_back(qtbot, window):
    mark = redact(qtbot, window, page_index=1)
    other = redact(qtbot, window, "compliance office")
    panel, view = window.panels["redactions"], window.reader.view
    open_document(qtbot, window, at=2)
    panel.point_out(mark.id)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.reader.document.urn == "INQ000001" and view.current_page == 1, timeout=15000)
    assert view.layers.current_redaction == mark.id
    window.book.actions["previous_mark"].trigger()
    qtbot.waitUntil(lambda: view.current_page == 0)
    assert view.layers.current_redaction == other.id
    view.redaction_clicked.emit(mark.id)
    assert [row.id for row in panel.selected_rows] == [mark.id]


def test_an_area_is_marked(qtbot, window):
    open_document(qtbot, window)
    window.book.actions["draw_area"].trigger()
    window.book.actions["redact"].trigger()
    sheet = window.redacting.sheet
    qtbot.waitUntil(lambda: sheet.is_open and sheet.reason is not None, timeout=15000)
    assert "area" in sheet.heading.text()
    sheet.label.setText("a label that is far too long for a box")
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(lambda: "cannot be written on a redaction" in sheet.complaint.text(), timeout=15000)
    sheet.label.setText("IN-A7")
    window.book.actions["save_sheet"].trigger()
    case = window.workspace.case
    qtbot.waitUntil(lambda: case.count(Redaction) == 1, timeout=15000)
    assert case.all(Redaction)[0].label == "IN-A7" and not case.all(Redaction)[0].quote


def test_a_term_is_marked_wherever_it_stands(qtbot, window):
    open_document(qtbot, window)
    choose_words(window, "compliance office")
    window.book.actions["redact_everywhere"].trigger()
    sheet = window.redacting.sheet
    qtbot.waitUntil(lambda: sheet.is_open and sheet.reason is not None, timeout=15000)
    assert sheet.term.text() == "compliance office"
    sheet.term.clear()
    sheet.save()
    assert "wherever they stand" in sheet.complaint.text()
    sheet.term.setText("Compliance Office")
    window.book.actions["save_sheet"].trigger()
    case = window.workspace.case
    qtbot.waitUntil(lambda: case.count(Redaction) == 12, timeout=60000)
    qtbot.waitUntil(lambda: "12 new redaction marks" in window.message_bar.text, timeout=15000)
    panel = window.panels["redactions"]
    qtbot.waitUntil(lambda: len(panel.model.records) == 12, timeout=15000)
    panel.view.selectAll()
    window.book.actions["remove_marks"].trigger()
    qtbot.waitUntil(lambda: panel.model.records == (), timeout=15000)
    window.book.actions["undo"].trigger()  # all of them were one step
    qtbot.waitUntil(lambda: len(panel.model.records) == 12, timeout=15000)


def test_all_hits_of_a_search_are_marked(qtbot, window):
    for identifier in ("approve_marks", "reject_marks", "edit_mark", "remove_marks"):
        window.message_bar.dismiss()
        window.book.actions[identifier].trigger()
        assert "Choose one or more marks" in window.message_bar.text
    window.book.actions["next_mark"].trigger()
    assert QApplication.activeModalWidget() is None
    window.book.actions["redact_hits"].trigger()
    assert "Search for something first" in window.message_bar.text
    search = window.panels["search"]
    search.query.setText('liaison AND "twenty-four hours"')
    search.search()
    qtbot.waitUntil(lambda: search.model.rowCount() > 0, timeout=15000)
    qtbot.mouseClick(search.mark_button, Qt.MouseButton.LeftButton)
    sheet = window.redacting.sheet
    qtbot.waitUntil(lambda: sheet.is_open and sheet.reason is not None, timeout=15000)
    window.book.actions["save_sheet"].trigger()
    case = window.workspace.case
    qtbot.waitUntil(lambda: case.count(Redaction) > 3 and not sheet.is_open, timeout=60000)


def test_grounds_are_edited_and_marks_removed(qtbot, window):
    redact(qtbot, window)
    case, panel = window.workspace.case, window.panels["redactions"]
    add_restriction(case, RestrictionFacts(kind="order", made_by="The Chair", targets=("INQ000001_001",)))
    panel.view.selectAll()
    window.book.actions["approve_marks"].trigger()
    qtbot.waitUntil(lambda: "1 approved" in panel.counts.text(), timeout=15000)
    window.book.actions["edit_mark"].trigger()
    sheet = window.redacting.sheet
    qtbot.waitUntil(lambda: sheet.is_open and sheet.restriction.count() == 2, timeout=15000)
    assert sheet.reason.code == "personal"
    sheet.restriction.setCurrentIndex(1)
    sheet.basis.setText("paragraph 4 of the order")
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(lambda: "paragraph 4" in panel.model.index(0).data(), timeout=15000)
    assert "order by The Chair" in panel.model.index(0).data() and "1 proposed" in panel.counts.text()
    window.book.actions["remove_marks"].trigger()
    qtbot.waitUntil(lambda: case.count(Redaction) == 0 and panel._stack.currentIndex() == 0, timeout=15000)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast-light", "contrast-dark"])
def test_states_are_told_apart_without_colour_and_words_stay_readable(qapp, theme):
    pictures = [_drawn(state, theme) for state in MarkState]
    assert all(one != other for at, one in enumerate(pictures) for other in pictures[at + 1 :])
    for picture in pictures:
        inside = [picture.pixelColor(x, y).lightness() for x in range(40, 100, 1) for y in range(32, 48)]
        assert sum(lightness < 110 for lightness in inside) < 0.3 * len(inside)


def _drawn(state: MarkState, theme: str) -> QImage:
    image = QImage(140, 80, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    mark = RedactionMark(id="red_1", boxes=(Box(30, 30, 110, 50),), state=state)
    paint_redactions(painter, [mark], "", QRectF(0, 0, 140, 80), _as_it_is, load_theme(theme))
    painter.end()
    return image


def _as_it_is(box: Box) -> QRectF:
    return QRectF(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0)
