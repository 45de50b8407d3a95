"""Reading: pages appear, words can be chosen and copied, a page that fails says why."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.gui.steps import LINES, choose_words, drag_to, open_document
from workbench.domain.document import Document
from workbench.domain.geometry import Box
from workbench.gui.workspace import Place
from workbench.services.rendering import PageSize


def picture_of(window, page_index):
    view = window.reader.view
    return view.images.picture(page_index, view._view())


def middle_of(window, quote, page_index=0) -> QPoint:
    """The middle of the first word of a quote, in the viewport."""
    document, view = window.reader.document, window.reader.view
    start = window.workspace.case.page(document.sha256, page_index).text.index(quote)
    word = next(word for word in view.images.words(page_index) if word.start <= start < word.end)
    return view.box_in_view(page_index, word.box).center().toPoint()


def test_page_is_drawn_at_the_wanted_size(qtbot, window):
    open_document(qtbot, window)
    wanted = window.reader.view.box_in_view(0, Box(0, 0, 595, 842)).width()
    qtbot.waitUntil(lambda: picture_of(window, 0) is not None and abs(picture_of(window, 0).width() - wanted) < 2)
    picture = picture_of(window, 0)
    places = ((x, y) for x in range(0, picture.width(), 3) for y in range(0, 260, 2))
    colors = {picture.pixelColor(x, y).lightness() > 128 for x, y in places}
    assert colors == {True, False}, "black print on white paper"


def test_all_pages_follow_each_other(qtbot, window):
    document = open_document(qtbot, window, at=2)
    view = window.reader.view
    assert view.page_count == document.page_count == 6
    window.book.actions["next_page"].trigger()
    assert view.current_page == 1
    view.go_to_page(5)
    assert view.current_page == 5
    window.book.actions["previous_page"].trigger()
    assert view.current_page == 4


def test_dragging_over_lines_chooses_their_words(qtbot, window):
    open_document(qtbot, window)
    viewport = window.reader.view.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=middle_of(window, "register of"))
    drag_to(window, middle_of(window, "twice a year"))
    chosen = window.reader.chosen()
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=middle_of(window, "twice a year"))
    assert " ".join(chosen.quote.split()) == "register of notices from 2014 onwards. It was reviewed twice"
    assert chosen.reference == "INQ000001_001"


def test_double_click_chooses_a_word_and_the_third_click_the_line(qtbot, window):
    open_document(qtbot, window)
    viewport, at = window.reader.view.viewport(), middle_of(window, "regulator")
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=at)
    assert window.reader.chosen().quote == "regulator"
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=at)
    assert window.reader.chosen().quote == LINES[2]


def test_copy_carries_the_citation(qtbot, window):
    open_document(qtbot, window, at=1, page_index=0)
    choose_words(window, "asked for figures")
    window.book.actions["copy_with_citation"].trigger()
    assert QGuiApplication.clipboard().text() == "“asked for figures” [INQ000002_001]"


def test_zoom_steps_fit_and_wheel(qtbot, window):
    open_document(qtbot, window)
    view = window.reader.view
    window.book.actions["actual_size"].trigger()
    assert view.zoom == pytest.approx(1.0)
    window.book.actions["zoom_in"].trigger()
    assert view.zoom == pytest.approx(1.1)
    window.book.actions["zoom_out"].trigger()
    assert view.zoom == pytest.approx(1.0)
    turn_wheel(view, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == pytest.approx(1.1)
    window.book.actions["fit_width"].trigger()
    assert view._page_rect(0).width() <= view.viewport().width()


def turn_wheel(view, modifiers) -> None:
    at = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        at,
        QPointF(view.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_zoom_keeps_what_is_under_the_pointer(qtbot, window):
    open_document(qtbot, window, at=2)
    view = window.reader.view
    window.book.actions["actual_size"].trigger()
    view.go_to_page(3)
    at = QPoint(200, 300)
    page, point = view.page_point(at)
    view.set_zoom(2.0, keep=at)
    page_after, point_after = view.page_point(at)
    assert page_after == page
    assert point_after.y() == pytest.approx(point.y(), abs=2)


def test_typed_page_number_is_gone_to(qtbot, window):
    open_document(qtbot, window, at=2)
    window.book.actions["go_to_page"].trigger()
    field = window.reader.bar._page
    field.setText("4")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.reader.view.current_page == 3


def test_typed_reference_is_gone_to_in_another_document(qtbot, window):
    open_document(qtbot, window)
    field = window.reader.bar._page
    field.setText("inq000003_005")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.reader.document.urn == "INQ000003" and window.reader.view.current_page == 4)
    field.setText("INQ000009")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "INQ000009" in window.message_bar.text)


def test_place_brings_the_words_into_view(qtbot, window):
    document = window.workspace.case.all(Document, "urn")[2]
    window.workspace.go_to(Place(document=document.id, page_index=4, boxes=(Box(72, 700, 200, 715),)))
    view = window.reader.view
    qtbot.waitUntil(lambda: view.page_count == 6 and view.verticalScrollBar().value() > 0)
    assert view.viewport().rect().contains(view.box_in_view(4, Box(72, 700, 200, 715)).center().toPoint())


def test_page_that_cannot_be_drawn_says_why_and_the_rest_stays(qtbot, window):
    open_document(qtbot, window)
    view = window.reader.view
    content = window.workspace.case.reading_copy(window.reader.document.sha256)
    view.show_document([PageSize(595, 842)] * 3, lambda: content)  # one page more than the file has
    view.set_zoom(0.25)
    qtbot.waitUntil(lambda: view.images.failure(2) != "", timeout=15000)
    assert "Page 3" in view.images.failure(2)
    qtbot.waitUntil(lambda: picture_of(window, 0) is not None)
    view.grab()
    window.book.actions["draw_again"].trigger()
    assert view.images.failure(2) == "", "it is tried again"
    qtbot.waitUntil(lambda: view.images.failure(2) != "", timeout=15000)


def test_file_that_is_no_pdf_says_so_in_every_page(qtbot, window):
    view = window.reader.view
    open_document(qtbot, window)
    view.show_document([PageSize(595, 842)], lambda: b"not a pdf at all")
    qtbot.waitUntil(lambda: view.images.failure(0) != "", timeout=15000)
    assert "cannot be opened" in view.images.failure(0)


def test_closing_the_case_forgets_the_pages(qtbot, window):
    open_document(qtbot, window)
    window.workspace.close_case()
    assert window.reader.view.page_count == 0
    assert window.reader.document is None
    assert not window.book.actions["zoom_in"].isEnabled()
