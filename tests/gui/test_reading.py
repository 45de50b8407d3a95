"""Turning, finding, going back, two documents side by side, choosing by keyboard, veiled pictures."""

from __future__ import annotations

import io

import pymupdf
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt

from tests.gui.steps import LINES, choose_words, open_document, write_pdf
from workbench.domain.document import Document
from workbench.domain.geometry import Box
from workbench.domain.progress import Ticket
from workbench.gui.page.geometry import PageStack
from workbench.gui.page.selection import Spot
from workbench.gui.workspace import Place
from workbench.services.importing import import_files
from workbench.services.rendering import PageSize


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_keeps_its_words_under_the_pointer(rotation):
    stack = PageStack((PageSize(600, 800),), 2.0, rotation)
    place = stack.rect(0, 2000)
    box = Box(100, 150, 180, 170)
    middle = stack.box_on(0, box, place).center()
    point = stack.point_of(0, middle, place)
    assert (point.x(), point.y()) == pytest.approx((140, 160))
    assert place.contains(stack.box_on(0, box, place))


def test_turning_is_for_the_eye_and_selection_still_works(qtbot, window):
    open_document(qtbot, window)
    view = window.reader.view
    window.book.actions["turn_right"].trigger()
    rect = view._page_rect(0)
    assert view.rotation == 90 and rect.width() > rect.height()
    word = view.images.words(0)[3]
    at = view.box_in_view(0, word.box).center().toPoint()
    view.keep_in_view(0, word.box)
    at = view.box_in_view(0, word.box).center().toPoint()
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view.selected_ranges()[0].start == word.start
    window.book.actions["turn_left"].trigger()
    assert view.rotation == 0
    view.grab()


def test_fit_page_shows_the_whole_page(qtbot, window):
    open_document(qtbot, window, at=2)
    window.book.actions["fit_page"].trigger()
    view = window.reader.view
    assert view._page_rect(view.current_page).height() <= view.viewport().height()


def test_find_marks_every_place_on_pages_and_scroll_bar(qtbot, window):
    open_document(qtbot, window, at=2)
    view = window.reader.view
    window.book.actions["find"].trigger()
    bar = window.reader.find_bar
    qtbot.keyClicks(bar.field, "REGULATOR asked")
    qtbot.waitUntil(lambda: bar.count.text() == "1 of 6", timeout=15000)
    assert len(view.marks_on_bar.marks) == 6 and list(view.marks_on_bar.marks) == sorted(view.marks_on_bar.marks)
    qtbot.waitUntil(lambda: 0 in view.layers.found)
    text = window.workspace.case.page(window.reader.document.sha256, 0).text
    words = [
        w for w in view.images.words(0) if any(b.x0 <= w.box.x0 and w.box.x1 <= b.x1 for b in view.layers.found[0])
    ]
    on_line = [text[w.start : w.end] for w in words if abs(w.box.y0 - view.layers.found[0][0].y0) < 3]
    assert on_line == ["regulator", "asked"]
    window.book.actions["next_hit"].trigger()
    qtbot.waitUntil(lambda: bar.count.text() == "2 of 6" and view.layers.current_hit is not None)
    assert view.layers.current_hit[0] == 1
    window.book.actions["previous_hit"].trigger()
    window.book.actions["previous_hit"].trigger()
    qtbot.waitUntil(lambda: view.current_page >= 4 and bar.count.text() == "6 of 6", timeout=15000)
    bar.field.setText("no such words here")
    qtbot.waitUntil(lambda: bar.count.text() == "Not found")
    view.grab()
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not window.reader.finder.is_open and view.marks_on_bar.marks == ()


def test_back_and_forward_through_jumps(qtbot, window):
    first = open_document(qtbot, window, at=2)
    window.reader.go_to_page(4)
    second = open_document(qtbot, window, at=0)
    window.book.actions["go_back"].trigger()
    qtbot.waitUntil(
        lambda: window.reader.document.id == first.id and window.reader.view.current_page == 4, timeout=15000
    )
    window.book.actions["go_back"].trigger()
    qtbot.waitUntil(lambda: window.reader.view.current_page == 0)
    window.book.actions["go_forward"].trigger()
    window.book.actions["go_forward"].trigger()
    qtbot.waitUntil(lambda: window.reader.document.id == second.id, timeout=15000)


def test_two_documents_side_by_side(qtbot, window):
    left = open_document(qtbot, window, at=0)
    window.book.actions["beside"].trigger()
    desk = window.desk
    qtbot.waitUntil(lambda: desk.is_double and window.reader is desk.readers[1] and window.reader.document is not None)
    right = open_document(qtbot, window, at=1)
    assert desk.readers[0].document.id == left.id and desk.readers[1].document.id == right.id
    choose_words(window, "twice a year")
    assert window.reader.chosen().document.id == right.id
    window.book.actions["other_reader"].trigger()
    assert window.reader is desk.readers[0] and not window.book.actions["make_excerpt"].isEnabled()
    window.book.actions["beside"].trigger()
    assert not desk.is_double and window.reader.document.id == left.id


def test_words_are_chosen_by_keyboard(qtbot, window):
    open_document(qtbot, window)
    view = window.reader.view
    window.book.actions["choose_by_keyboard"].trigger()
    assert window.reader.chosen().quote == "Register"
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert window.reader.chosen().quote in LINES[0].split()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert window.reader.chosen().quote == LINES[0]
    qtbot.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert window.reader.chosen().quote == LINES[0].rsplit(" ", 1)[0]
    window.book.actions["choose_page"].trigger()
    assert window.reader.chosen().quote.endswith("March 2018.")


def test_the_keyboard_goes_over_the_page_end(qtbot, window):
    open_document(qtbot, window)
    view = window.reader.view
    view.set_zoom(0.25)
    qtbot.waitUntil(lambda: bool(view.images.words(1)), timeout=15000)
    view.selection.place(Spot(0, len(view.images.words(0)) - 1))
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert [part.page_index for part in view.selected_ranges()] == [0, 1]


def test_four_clicks_choose_the_paragraph(qtbot, window):
    open_document(qtbot, window)
    view = window.reader.view
    document = window.reader.document
    start = window.workspace.case.page(document.sha256, 0).text.index("regulator")
    word = next(word for word in view.images.words(0) if word.start == start)
    at = view.box_in_view(0, word.box).center().toPoint()
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    chosen = window.reader.chosen().quote
    assert [line for line in chosen.splitlines() if line] == list(LINES)


def test_small_pictures_and_outline_lead_to_pages(qtbot, window, tmp_path):
    path = write_pdf(tmp_path / "INQ000009 Outlined.pdf", "Outlined", pages=5)
    with pymupdf.open(path) as document:
        document.set_toc([[1, "Part one", 1], [2, "Within one", 3], [1, "Part two", 5]])
        document.set_page_labels([{"startpage": 0, "style": "r", "firstpagenum": 1}])
        content = document.tobytes()
    path.write_bytes(content)
    import_files(window.workspace.case, [path], ticket=Ticket())
    open_document(qtbot, window, at=3)
    window.book.actions["outline"].trigger()
    tree = window.reader.outline.tree
    qtbot.waitUntil(lambda: tree.topLevelItemCount() == 2, timeout=15000)
    assert tree.topLevelItem(0).child(0).text(0) == "Within one"
    tree.itemActivated.emit(tree.topLevelItem(1), 0)
    assert window.reader.view.current_page == 4
    assert "(v)" in window.reader.bar._of.text()
    window.reader.bar._page.setText("iii")
    qtbot.keyClick(window.reader.bar._page, Qt.Key.Key_Return)
    assert window.reader.view.current_page == 2
    window.book.actions["thumbnails"].trigger()
    strip = window.reader.strip
    qtbot.waitUntil(lambda: window.reader.view.images.thumbnail(0) is not None, timeout=15000)
    assert strip.currentIndex().row() == 2
    strip.grab()
    strip.activated.emit(strip.model().index(3))
    assert window.reader.view.current_page == 3
    window.book.actions["thumbnails"].trigger()
    assert not window.reader.side.isVisible()


def test_pictures_are_veiled_until_asked_for(qtbot, window, tmp_path):
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), (200, 30, 30)).save(picture, "PNG")
    path = tmp_path / "INQ000009 Scan.pdf"
    with pymupdf.open() as document:
        for _ in range(2):
            page = document.new_page(width=595, height=842)
            page.insert_image(pymupdf.Rect(100, 200, 400, 400), stream=picture.getvalue())
        document[1].insert_text((72, 80), "A page with text")
        document.save(path)
    import_files(window.workspace.case, [path], ticket=Ticket())
    document = window.workspace.case.all(Document, "urn")[3]
    window.workspace.go_to(Place(document=document.id))
    view = window.reader.view
    qtbot.waitUntil(lambda: view.page_count == 2 and bool(view.images.pictures_on(0)), timeout=15000)
    window.book.actions["fit_page"].trigger()
    qtbot.waitUntil(lambda: view.images.picture(0, view._view()) is not None, timeout=15000)

    def red() -> bool:
        at = view.box_in_view(0, Box(110, 210, 120, 220)).center().toPoint()
        colour = view.grab().toImage().pixelColor(at)
        return colour.red() > 150 and colour.green() < 80

    assert not red(), "the picture is veiled at first"
    window.book.actions["lift_veil"].trigger()
    assert red()
    window.book.actions["lift_veil"].trigger()
    assert not red()
    spot = view.box_in_view(0, Box(200, 250, 210, 260)).center().toPoint()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))
    assert red(), "a click shows it"
    window.book.actions["next_text"].trigger()
    qtbot.waitUntil(lambda: view.current_page == 1)
    assert isinstance(view.page_point(QPoint(10, 10))[1], QPointF)
