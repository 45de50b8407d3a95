"""The link map: around one item, by keyboard and mouse, as a table and a picture, and back to where items live."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog

from tests.gui.marking_steps import make
from workbench.domain.document import Document
from workbench.domain.frame import Institution, ScopeParagraph
from workbench.domain.ids import InstitutionId
from workbench.domain.link_map import KINDS
from workbench.services.framing import add_to_frame
from workbench.services.linking import Wanted, annotate
from workbench.services.timeline import EventFacts, add_event


@pytest.fixture
def panel(qtbot, window):
    """Northmere in the middle: a document with two excerpts, a paragraph, 20 events, a person."""
    case = window.workspace.case
    first = make(qtbot, window, "register of notices")
    second = make(qtbot, window, "twice a year")
    _, northmere = add_to_frame(case, "institution", "Northmere")
    paragraph = case.all(ScopeParagraph, "position")[3]
    wanted = [
        Wanted(kind="institution", name="Northmere"),
        Wanted(kind="scope", name="", id=paragraph.id),
        Wanted(kind="person", name="IN-A7"),
    ]
    annotate(case, [first.id], wanted)
    annotate(case, [second.id], wanted[:1])
    for year in range(2000, 2020):
        add_event(case, EventFacts(title=f"Review of {year}", on=str(year), institutions=(InstitutionId(northmere),)))
    window.show_panel("link_map")
    made = window.panels["link_map"]
    qtbot.waitUntil(lambda: made.canvas.scene is not None and len(made.canvas.scene.shown.spots) == 12, timeout=15000)
    return made


def shown_names(panel) -> set[str]:
    return {spot.node.name for spot in panel.canvas.scene.shown.spots}


def identifier(panel, name: str) -> str:
    return next(spot.id for spot in panel.canvas.scene.shown.spots if spot.node.name == name)


def press(qtbot, panel, key) -> None:
    qtbot.keyClick(panel.canvas.viewport(), key)


def test_what_is_around_an_item_is_counted_and_does_not_overlap(panel):
    scene = panel.canvas.scene
    assert scene.shown.centre.node.name == "Northmere"
    assert {"INQ000001", "IN-A7", "2.2"} <= shown_names(panel)
    letter = scene.box(identifier(panel, "INQ000001"))
    assert letter.words == "2 excerpts: 2 context" or letter.words == "2 excerpts: context"
    (rest,) = scene.shown.rests
    assert (rest.count, rest.kinds) == (11, (("event", 11),))
    for width in (340, 640, 1100):
        panel.canvas.resize(width, 600)
        boxes = [box.rect for box in panel.canvas.scene.boxes]
        assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
        assert panel.canvas.scene.layout.is_outline == (width == 340)
        panel.canvas.grab()


def test_the_map_is_walked_by_keyboard_alone(qtbot, window, panel):
    canvas = panel.canvas
    canvas.resize(900, 600)
    canvas.setFocus()
    assert canvas.current == panel.centre
    press(qtbot, panel, Qt.Key.Key_Right)
    right = canvas.scene.box(canvas.current).placed
    assert (right.ring, right.side) == (1, 1)
    press(qtbot, panel, Qt.Key.Key_Left)
    press(qtbot, panel, Qt.Key.Key_Left)
    assert canvas.scene.box(canvas.current).placed.side == -1
    visited = set()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        canvas.choose(panel.centre)
        press(qtbot, panel, key)
        for _step in range(12):
            visited.add(canvas.current)
            press(qtbot, panel, Qt.Key.Key_Down)
    assert len(visited) == 13  # twelve items and the rest of the ring
    canvas.choose(identifier(panel, "INQ000001"))
    assert "2 excerpts" in canvas.accessibleDescription() and "2 excerpts" in panel.told.text()
    press(qtbot, panel, Qt.Key.Key_Return)
    assert canvas.scene.shown.centre.node.name == "INQ000001"
    press(qtbot, panel, Qt.Key.Key_Plus)
    assert panel.steps.steps == 2 and max(spot.ring for spot in canvas.scene.shown.spots) == 2
    press(qtbot, panel, Qt.Key.Key_Minus)
    press(qtbot, panel, Qt.Key.Key_Backspace)
    assert canvas.scene.shown.centre.node.name == "Northmere" and panel.steps.steps == 1
    assert not panel.back.isEnabled()


def test_what_had_no_room_can_be_opened(qtbot, panel):
    rest = panel.canvas.scene.shown.rests[0]
    panel.canvas.choose(rest.id)
    press(qtbot, panel, Qt.Key.Key_Return)
    assert len(panel.canvas.scene.shown.spots) == 23 and panel.canvas.scene.shown.rests == ()


def test_kinds_are_chosen_and_what_is_hidden_is_counted(panel):
    panel.kinds.buttons["event"].click()
    assert {spot.node.kind for spot in panel.canvas.scene.shown.spots} == {"document", "scope", "person"}
    assert panel.kinds.buttons["event"].text().strip() == "20"
    assert "20 not shown" in panel.kinds.buttons["event"].accessibleName()


def test_the_table_tells_all_that_the_map_has_no_room_for(qtbot, window, panel):
    window.book.actions["link_map_table"].trigger()
    QAbstractItemModelTester(panel.model)
    columns = [column.id for column in panel.model.columns]
    rows = [[panel.model.index(row, at).data() for at in range(len(columns))] for row in range(panel.model.rowCount())]
    stems = [row for row in rows if row[columns.index("through")] == "Northmere"]
    assert len(stems) == 23
    panel.model.sort(columns.index("count"), Qt.SortOrder.DescendingOrder)
    assert panel.model.index(0, columns.index("tie")).data().startswith("2 excerpts")
    panel.view.selectRow(0)
    window.book.actions["link_map_middle"].trigger()
    assert panel.centre == window.workspace.case.all(Document, "urn")[0].id


def test_a_document_opens_at_the_words_and_others_where_they_live(qtbot, window, panel):
    window.book.actions["layout_analysis"].trigger()
    panel.canvas.choose(identifier(panel, "INQ000001"))
    window.book.actions["link_map_open"].trigger()
    qtbot.waitUntil(lambda: window.reader.document is not None and window.reader.document.urn == "INQ000001")
    panel.show_around(identifier(panel, "INQ000001"))
    northmere = window.workspace.case.all(Institution)[0].id
    box = panel.canvas.scene.box(northmere)
    qtbot.mouseDClick(
        panel.canvas.viewport(),
        Qt.MouseButton.LeftButton,
        pos=(box.rect.center() - panel.canvas._shift()).toPoint(),
    )
    qtbot.waitUntil(lambda: [row.id for row in window.subjects.selected_rows] == [northmere], timeout=15000)
    window.show_panel("link_map")
    panel.show_around(northmere)
    event = next(spot.id for spot in panel.canvas.scene.shown.spots if spot.node.kind == "event")
    panel.item_opened.emit(event, northmere)
    qtbot.waitUntil(lambda: window.timeline.canvas.current == event, timeout=15000)


def test_what_is_chosen_elsewhere_is_shown_in_the_map(qtbot, window, panel):
    window.show_subjects("person")
    qtbot.waitUntil(lambda: window.subjects.model.rowCount() == 1, timeout=15000)
    window.subjects.view.selectAll()
    window.subjects.view.setFocus()
    window.book.actions["show_in_link_map"].trigger()
    assert panel.canvas.scene.shown.centre.node.name == "IN-A7"
    assert shown_names(panel) == {"INQ000001", "Northmere", "2.2"}
    window.book.actions["link_map_back"].trigger()
    assert panel.canvas.scene.shown.centre.node.name == "Northmere"
    window.book.actions["link_map_further"].trigger()
    assert panel.steps.steps == 2
    window.book.actions["link_map_nearer"].trigger()
    assert panel.steps.steps == 1


def test_any_item_is_found_by_typing(qtbot, window, panel):
    window.book.actions["show_link_map"].trigger()
    panel.field.setText("in-a7")
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert panel.canvas.scene.shown.centre.node.name == "IN-A7" and panel.field.text() == ""


def test_the_map_follows_the_case(qtbot, window, panel):
    case = window.workspace.case
    case.undo()
    qtbot.waitUntil(lambda: panel.canvas.scene.shown.rests[0].count == 10, timeout=15000)
    window.workspace.close_case()
    assert panel.canvas.scene is None and panel.field.text() == ""


def test_the_map_as_a_picture(qtbot, window, panel, tmp_path):
    panel.write_picture(tmp_path / "map.svg")
    drawing = ElementTree.parse(tmp_path / "map.svg").getroot()
    told = " ".join(text for text in drawing.itertext() if text.strip())
    assert "Northmere" in told and "IN-A7" in told and "+ 11 more" in told
    panel.write_picture(tmp_path / "map.png")
    assert QImage(str(tmp_path / "map.png")).width() == round(panel.canvas.scene.width) * 2
    window.book.actions["link_map_picture"].trigger()
    (chooser,) = window.findChildren(QFileDialog)
    chooser.reject()


def test_every_kind_has_a_button_with_a_name(panel):
    assert tuple(panel.kinds.buttons) == KINDS
    assert all(button.accessibleName() for button in panel.kinds.buttons.values())
