"""The timeline: events by keyboard and mouse, re-dating, lanes, table, pictures, thousands of events."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QAbstractItemModelTester

from tests.gui.marking_steps import make
from tests.gui.steps import drag_to
from workbench.domain.change import Action
from workbench.domain.event import Event, EventStatus
from workbench.domain.ids import EventId, InstitutionId, new_id
from workbench.gui.models.excerpt_model import EXCERPTS_MIME
from workbench.services.excerpting import add_institution
from workbench.services.timeline import EventFacts, add_event


@pytest.fixture
def panel(qtbot, window):
    case = window.workspace.case
    northmere = InstitutionId(add_institution(case, "Northmere"))
    for title, on, status in (
        ("Register opened", "2014-03-12", EventStatus.AGREED),
        ("Review of the register", "2015?", EventStatus.DISPUTED),
        ("Training began", "2016-05/..", EventStatus.INFERRED),
    ):
        add_event(case, EventFacts(title=title, on=on, status=status, institutions=(northmere,)))
    add_event(case, EventFacts(title="Statute in force", on="2013-01-01"))
    window.show_panel("timeline")
    qtbot.waitUntil(lambda: len(window.timeline._rows) == 4)
    return window.timeline


def place_in_view(panel, title: str) -> QPoint:
    event = next(row.id for row in panel._rows if row.event.title == title)
    item = panel.canvas.scene.place_of(event)
    return (item.mark.center() - panel.canvas._shift()).toPoint()


def test_every_event_stands_in_its_lane(qtbot, panel):
    lanes = {lane.title: [item.row.event.title for item in lane.events] for lane in panel.canvas.scene.lanes}
    assert lanes["Northmere"] == ["Register opened", "Review of the register", "Training began"]
    assert lanes["Without one"] == ["Statute in force"]
    for lane in panel.canvas.scene.lanes:
        boxes = [item.mark for item in lane.events]
        assert not any(a.intersects(b) for at, a in enumerate(boxes) for b in boxes[at + 1 :])
    panel.set_lanes("scope")
    assert len(panel.canvas.scene.lanes) == 1
    panel.canvas.grab()


def test_an_event_is_made_by_keyboard_alone(qtbot, window, panel):
    window.book.actions["new_event"].trigger()
    sheet = panel.sheet
    qtbot.keyClicks(sheet.on, "12 March 2018")
    assert sheet.understood.text() == "12 March 2018" and sheet.edtf == "2018-03-12"
    qtbot.keyClicks(sheet.title, "Training ended")
    qtbot.waitUntil(lambda: sheet.finder.model.rowCount() > 0)
    qtbot.keyClicks(sheet.finder.field, "Northm")
    qtbot.keyClick(sheet.finder.field, Qt.Key.Key_Return)
    sheet.save()
    case = window.workspace.case
    qtbot.waitUntil(lambda: case.count(Event) == 5)
    qtbot.waitUntil(lambda: panel.current is not None and panel.current.event.title == "Training ended")
    assert panel.current.institutions == ("Northmere",)


def test_a_date_that_cannot_be_says_why(qtbot, window, panel):
    window.book.actions["new_event"].trigger()
    panel.sheet.on.setText("2014-02-30")
    assert "no day of any calendar" in panel.sheet.understood.text()
    panel.sheet.title.setText("x")
    panel.sheet.save()
    qtbot.waitUntil(lambda: "no day of any calendar" in panel.sheet.complaint.text())
    assert panel.sheet.is_open


def test_dragging_gives_another_date_and_undo_takes_it_back(qtbot, window, panel):
    canvas, case = panel.canvas, window.workspace.case
    event = next(row.event for row in panel._rows if row.event.title == "Register opened")
    start = place_in_view(panel, "Register opened")
    qtbot.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    drag_to(window, start + QPoint(60, 0), canvas)
    qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    days = round(60 / canvas.px_per_day)
    qtbot.waitUntil(lambda: case.get(Event, event.id).on != event.on)
    moved = case.get(Event, event.id)
    assert (date.fromisoformat(moved.on) - date.fromisoformat(event.on)).days == days
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: case.get(Event, event.id).on == event.on)


def test_escape_leaves_the_date(qtbot, window, panel):
    canvas, start = panel.canvas, place_in_view(panel, "Register opened")
    before = len(window.workspace.case.history())
    qtbot.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    drag_to(window, start + QPoint(60, 0), canvas)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    assert len(window.workspace.case.history()) == before


def test_arrows_go_from_event_to_event_and_are_told(qtbot, panel):
    canvas = panel.canvas
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert panel.current.event.title == "Statute in force"
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.accessibleDescription().startswith("12 March 2014, Register opened, agreed")
    for _ in range(5):
        canvas.zoom(2)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    item = canvas.scene.place_of(canvas.current)
    assert canvas.viewport().rect().contains((item.mark.topLeft() - canvas._shift()).toPoint() + QPoint(3, 3))


def test_canvas_and_table_choose_the_same_event(qtbot, window, panel):
    tester = QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    panel.canvas.step(1)
    window.book.actions["timeline_table"].trigger()
    assert panel.is_table and panel.current.event.title == "Statute in force"
    assert panel.model.rowCount() == 4 and tester.model() is panel.model
    panel.filter.setText("northmere 2015")
    assert [panel.model.record(i).event.title for i in panel.model.ids] == ["Review of the register"]
    panel.filter.setText("")
    panel.status.setCurrentIndex(panel.status.findData(EventStatus.INFERRED))
    assert panel.model.rowCount() == 1
    window.book.actions["timeline_table"].trigger()
    assert [row.event.title for lane in panel.canvas.scene.lanes for row in (i.row for i in lane.events)] == [
        "Training began"
    ]


def test_excerpts_dropped_become_sources_and_lead_back(qtbot, window, panel):
    excerpt = make(qtbot, window, "twice a year", at=2)
    window.show_panel("timeline")
    drop(panel.canvas, excerpt.id, place_in_view(panel, "Register opened"))
    case = window.workspace.case
    qtbot.waitUntil(lambda: any(event.sources == (excerpt.id,) for event in case.all(Event)))
    window.reader.clear()
    panel.canvas.step(1)
    panel.canvas.step(1)
    qtbot.waitUntil(lambda: panel.current.sources == ("INQ000003_001",))
    window.book.actions["event_source"].trigger()
    qtbot.waitUntil(lambda: window.reader.document is not None and window.reader.document.urn == "INQ000003")
    drop(panel.canvas, excerpt.id, QPoint(2, panel.canvas.viewport().height() - 3))
    assert panel.sheet.is_open and [source.excerpt for source in panel.sheet._sources] == [excerpt.id]


def drop(canvas, excerpt: str, at: QPoint) -> None:
    carried = QMimeData()
    carried.setData(EXCERPTS_MIME, excerpt.encode())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    canvas.dropEvent(QDropEvent(QPointF(at), Qt.DropAction.CopyAction, carried, buttons, keys))


def test_pictures_hold_the_events(qtbot, panel, tmp_path):
    panel.write_picture(tmp_path / "line.svg")
    content = (tmp_path / "line.svg").read_text(encoding="utf-8")
    texts = " ".join(node.text or "" for node in ElementTree.fromstring(content).iter())
    assert "Register opened" in texts and "Northmere" in texts
    assert str(tmp_path) not in content and "/home" not in content
    panel.write_picture(tmp_path / "line.png")
    image = QImage(str(tmp_path / "line.png"))
    assert (image.width(), image.height()) == (round(panel.canvas.scene.width), round(panel.canvas.scene.height) + 8)

    assert not list(tmp_path.glob("*.part"))


def test_thousands_of_events_are_laid_out(qtbot, window, panel):
    case = window.workspace.case
    with case.change(Action.EDIT_EVENT, "many") as step:
        for number in range(5000):
            on = f"{1960 + number % 60}-{number % 12 + 1:02}-{number % 28 + 1:02}"
            step.put(Event(id=EventId(new_id("evt")), title=f"Event {number}", on=on, on_earliest=on, on_latest=on))
    qtbot.waitUntil(lambda: len(panel._rows) == 5004, timeout=20000)
    lane = next(lane for lane in panel.canvas.scene.lanes if lane.title == "Without one")
    assert len(lane.events) == 5001
    seen = lane.between(0, panel.canvas.viewport().width())
    panel.canvas.zoom(40)
    lane = next(lane for lane in panel.canvas.scene.lanes if lane.title == "Without one")
    left = panel.canvas.horizontalScrollBar().value()
    assert len(lane.between(left, left + 400)) < len(seen)
    panel.canvas.grab()
    window.book.actions["timeline_fit"].trigger()
    assert panel.canvas.horizontalScrollBar().maximum() == 0
