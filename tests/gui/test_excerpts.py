"""From selected words to an excerpt, its list, and back to the words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QToolTip

from tests.gui.marking_steps import link, make
from tests.gui.steps import choose_words, drag_to, open_document
from workbench.domain.excerpt import Excerpt, Stance
from workbench.domain.frame import Institution
from workbench.domain.geometry import Box
from workbench.gui.models.excerpt_model import EXCERPTS_MIME, excerpts_in
from workbench.gui.page.layers import Mark, in_lanes
from workbench.gui.sheets.target_finder import Offer
from workbench.gui.workspace import Place
from workbench.services.excerpting import parts_of


def test_one_key_makes_the_excerpt(qtbot, window):
    excerpt = make(qtbot, window)
    assert (excerpt.quote, excerpt.page_index) == ("register of notices", 0)
    assert not window.reader.has_selection
    assert window.book.actions["make_excerpt"].shortcut().toString() == "E"


def test_marks_lie_on_the_words(qtbot, window):
    make(qtbot, window)
    view = window.reader.view
    qtbot.waitUntil(lambda: bool(view.layers.excerpts))
    mark = view.layers.excerpts[0][0]
    text = window.workspace.case.page(window.reader.document.sha256, 0).text
    covered = [word for word in view.images.words(0) if any(holds(box, word.box) for box in mark.boxes)]
    assert [text[w.start : w.end] for w in covered] == ["register", "of", "notices"]


def holds(outer: Box, inner: Box) -> bool:
    return outer.x0 <= inner.x0 and inner.x1 <= outer.x1 and outer.y0 <= inner.y0 and inner.y1 <= outer.y1


def test_a_selection_over_two_pages_is_one_excerpt(qtbot, window):
    open_document(qtbot, window)
    view = window.reader.view
    view.set_zoom(0.25)
    qtbot.waitUntil(lambda: bool(view.images.words(1)), timeout=15000)
    view.selection.begin(0, 300, 200)
    view.selection.extend(1, 200, 130)
    view.tell_selected()
    assert "on 2 pages" in window.reader.selection_bar._text.text()
    window.book.actions["make_excerpt"].trigger()
    panel = window.excerpts
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1, timeout=15000)
    row = panel.model.records[0]
    assert row.reference == "INQ000001_001–002"
    parts = parts_of(window.workspace.case, row.excerpt.id)
    assert [part.page_index for part in parts] == [0, 1]
    qtbot.waitUntil(lambda: set(view.layers.excerpts) == {0, 1})
    assert {mark.excerpt for marks in view.layers.excerpts.values() for mark in marks} == {row.excerpt.id}


def test_an_area_is_marked_by_keyboard(qtbot, window):
    open_document(qtbot, window)
    view = window.reader.view
    window.book.actions["draw_area"].trigger()
    before = view.layers.area[1]
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    area = view.layers.area[1]
    assert area.x0 > before.x0 and area.y1 > before.y1 and area.y0 == before.y0
    window.book.actions["make_excerpt"].trigger()
    case = window.workspace.case
    qtbot.waitUntil(lambda: case.count(Excerpt) == 1, timeout=15000)
    assert case.all(Excerpt)[0].is_area and case.all(Excerpt)[0].boxes == (area,)
    view.grab()


def test_an_area_is_drawn_with_the_mouse(qtbot, window):
    open_document(qtbot, window)
    view = window.reader.view
    window.book.actions["draw_area"].trigger()
    place = view.box_in_view(0, Box(100, 100, 300, 220))
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=place.topLeft().toPoint())
    drag_to(window, place.bottomRight().toPoint())
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=place.bottomRight().toPoint())
    drawn = view.layers.area[1]
    assert abs(drawn.x0 - 100) < 2 and abs(drawn.y1 - 220) < 2
    assert window.book.actions["make_excerpt"].isEnabled()
    window.book.actions["clear_selection"].trigger()
    assert view.layers.area is None


def test_overlapping_excerpts_have_bars_side_by_side():
    def mark(name: str, top: float, bottom: float) -> Mark:
        return Mark(excerpt=name, boxes=(Box(10, top, 100, bottom),))

    lanes = {m.excerpt: lane for m, lane in in_lanes([mark("a", 0, 50), mark("b", 20, 30), mark("c", 40, 90)])}
    assert lanes == {"a": 0, "b": 1, "c": 1}
    assert len({lane for _, lane in in_lanes([mark(str(n), 0, 10) for n in range(9)])}) == 9


def test_hovering_tells_note_and_links(qtbot, window):
    excerpt = make(qtbot, window)
    link(qtbot, window, ("+Northmere Telecom", "institution"), note="Compare with 2019.")
    view = window.reader.view
    qtbot.waitUntil(lambda: view.layers.excerpts[0][0].sign == "+")
    at = view.box_in_view(0, excerpt.boxes[0]).center().toPoint()
    view.viewportEvent(QHelpEvent(QHelpEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at)))
    assert "+ Northmere Telecom (supports)" in QToolTip.text()
    assert "Compare with 2019." in QToolTip.text() and "INQ000001_001" in QToolTip.text()


def test_stances_differ_without_colour_and_themes_can_colour(qtbot, window):
    make(qtbot, window, "twice a year")
    link(qtbot, window, ("+Northmere Telecom", "institution"))
    make(qtbot, window, "figures within")
    link(qtbot, window, ("-Northmere Telecom", "institution"), ("Delay", "theme"))
    view = window.reader.view
    qtbot.waitUntil(lambda: {mark.sign for mark in view.layers.excerpts[0]} == {"+", "−"})
    assert len({mark.pattern for mark in view.layers.excerpts[0]}) == 2
    window.book.actions["colour_by_theme"].trigger()
    qtbot.waitUntil(lambda: {mark.sign for mark in view.layers.excerpts[0]} == {"", "D"})
    view.grab()


def test_list_jumps_to_the_words(qtbot, window):
    make(qtbot, window, "twice a year")
    make(qtbot, window, "figures within", page_index=1)
    open_document(qtbot, window, at=2)
    panel = window.excerpts
    panel.view.setCurrentIndex(panel.model.index(1))
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    view = window.reader.view
    qtbot.waitUntil(lambda: window.reader.document.urn == "INQ000001" and view.current_page == 1, timeout=15000)
    assert view.layers.current == panel.current_id
    window.book.actions["next_excerpt"].trigger()
    qtbot.waitUntil(lambda: view.current_page == 0)


def test_click_on_a_mark_chooses_it_in_the_list(qtbot, window):
    make(qtbot, window, "twice a year")
    view = window.reader.view
    qtbot.waitUntil(lambda: bool(view.layers.excerpts))
    window.excerpts.view.clearSelection()
    at = view.box_in_view(0, view.layers.excerpts[0][0].boxes[0]).center().toPoint()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.excerpts.current_id == view.layers.excerpts[0][0].excerpt


def test_remove_and_undo(qtbot, window):
    make(qtbot, window)
    panel, view = window.excerpts, window.reader.view
    window.book.actions["delete_excerpt"].trigger()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 0 and not view.layers.excerpts)
    assert "delete excerpt" in window.book.actions["undo"].text()
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1 and bool(view.layers.excerpts))


def test_move_split_and_merge(qtbot, window):
    excerpt = make(qtbot, window, "register of notices")
    case, panel = window.workspace.case, window.excerpts
    choose_words(window, "twice a year by the compliance office.")
    window.book.actions["move_excerpt"].trigger()
    qtbot.waitUntil(lambda: case.get(Excerpt, excerpt.id).quote == "twice a year by the compliance office.")
    choose_words(window, "by the")
    window.book.actions["split_excerpt"].trigger()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2, timeout=15000)
    assert sorted(item.quote for item in case.all(Excerpt)) == ["by the compliance office.", "twice a year"]
    panel.view.selectAll()
    assert window.book.actions["merge_excerpts"].isEnabled()
    window.book.actions["merge_excerpts"].trigger()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1, timeout=15000)
    assert case.all(Excerpt)[0].quote == "twice a year by the compliance office."
    for _ in range(3):
        window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: case.all(Excerpt)[0].quote == "register of notices", timeout=15000)


def test_filters_by_words_document_and_links(qtbot, window):
    make(qtbot, window, "twice a year")
    link(qtbot, window, ("+Northmere Telecom", "institution"), note="compliance")
    make(qtbot, window, "figures within")
    panel = window.excerpts
    panel.filter.setText("COMPLIANCE")
    assert panel.model.rowCount() == 1
    panel.filter.setText("")
    window.workspace.go_to(Place(document=open_document(qtbot, window, at=1).id))
    panel.reach.setCurrentIndex(1)
    assert panel.model.rowCount() == 0
    window.book.actions["clear_excerpt_filter"].trigger()
    institution = window.workspace.case.all(Institution)[0]
    window.book.actions["filter_excerpts"].trigger()
    finder = panel.filters.finder
    qtbot.waitUntil(lambda: any(target.id == institution.id for target in finder._targets))
    qtbot.keyClicks(finder.field, "northm")
    qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    assert [row.excerpt.quote for row in panel.model.records] == ["twice a year"]
    assert panel.filters.chips == [("institution: Northmere Telecom", f"institution:{institution.id}")]
    panel.filters.show_only([Offer("stance", "undermines", Stance.UNDERMINES.value)])
    assert panel.model.rowCount() == 0
    panel.filters.show_only([Offer("author", "tester", "tester")])
    assert panel.model.rowCount() == 2


def test_what_is_dragged_are_ids_and_never_words(qtbot, window):
    excerpt = make(qtbot, window)
    model = window.excerpts.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    window.excerpts.filter.setText("register")
    assert tester.model() is model
    carried = model.mimeData([model.index(0)])
    assert carried.formats() == [EXCERPTS_MIME]
    assert excerpts_in(carried) == [excerpt.id]
    assert not carried.hasText()
