"""In the window: the order is stated, two events are counted and put in order, chronologies come in and go out."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QFileDialog

from tests.gui.naming import unnamed
from workbench.domain.change import Action
from workbench.domain.event import Event, EventOrder, EventStatus
from workbench.domain.event_order import SortBy
from workbench.domain.frame import Person
from workbench.domain.ids import new_id
from workbench.services.chronology import add_order, event_named
from workbench.services.timeline import EventFacts, add_event

EVENTS = {"Report received": "2014-03-01", "Review": "2014", "Action taken": "2015-03-26/2015-05-30"}


@pytest.fixture
def panel(qtbot, window):
    for title, on in EVENTS.items():
        add_event(window.workspace.case, EventFacts(title=title, on=on))
    window.show_panel("timeline")
    qtbot.waitUntil(lambda: len(window.timeline._rows) == 3)
    return window.timeline


def titles(panel) -> list[str]:
    return [panel.model.record(panel.model.id_at(row)).event.title for row in range(panel.model.rowCount())]


def select(panel, *wanted: str) -> None:
    panel.view.clearSelection()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for title in wanted:
        panel.view.selectionModel().select(panel.model.index(titles(panel).index(title), 0), flags)


def test_the_order_is_stated_and_followed(qtbot, window, panel):
    assert panel.sort.currentText() == "Sorted by the earliest possible day"
    assert titles(panel) == ["Review", "Report received", "Action taken"]
    panel.sort.setCurrentIndex(panel.sort.findData(SortBy.LATEST))
    qtbot.waitUntil(lambda: titles(panel) == ["Report received", "Review", "Action taken"])
    window.book.actions["timeline_sort"].trigger()
    assert panel.sort.currentData() == SortBy.EARLIEST
    qtbot.waitUntil(lambda: window.message_bar.text == "Sorted by the earliest possible day.")


def test_days_between_two_events_on_the_canvas_and_in_the_table(qtbot, window, panel):
    panel.canvas.choose(event_named(window.workspace.case, "Report received").id)
    window.book.actions["count_days"].trigger()
    assert "Days are counted from “Report received”" in panel.foot.text
    panel.canvas.choose(event_named(window.workspace.case, "Action taken").id)
    assert "390 to 455 days." in panel.foot.text and panel.foot.isVisible()
    window.book.actions["timeline_table"].trigger()
    select(panel, "Report received", "Review")
    assert "59 days before to 305 days after" not in panel.foot.text
    assert "From “Review” (2014) to “Report received” (1 March 2014)" in panel.foot.text
    panel.canvas.grab()
    panel.canvas.choose(panel.canvas.anchor)
    window.book.actions["count_days"].trigger()
    assert panel.canvas.anchor == ""


def test_two_events_are_clicked_with_the_control_key(qtbot, window, panel):
    places = {}
    for title in ("Report received", "Action taken"):
        item = panel.canvas.scene.place_of(event_named(window.workspace.case, title).id)
        places[title] = (item.mark.center() - panel.canvas._shift()).toPoint()
    view, left = panel.canvas.viewport(), Qt.MouseButton.LeftButton
    qtbot.mouseClick(view, left, pos=places["Report received"])
    qtbot.mouseClick(view, left, Qt.KeyboardModifier.ControlModifier, places["Action taken"])
    assert "From “Report received” (1 March 2014) to “Action taken”" in panel.foot.text
    assert "390 to 455 days." in panel.foot.text


def test_an_order_narrows_and_a_contradiction_is_seen(qtbot, window, panel):
    case = window.workspace.case
    window.book.actions["record_order"].trigger()
    assert "Choose two events first" in window.message_bar.text
    window.book.actions["timeline_table"].trigger()
    select(panel, "Report received", "Review")
    window.book.actions["record_order"].trigger()
    sheet = panel.chronology.order_sheet
    assert sheet.is_open and unnamed(window) == []
    sheet.way.setCurrentIndex(1)
    qtbot.keyClicks(sheet.words, "they reviewed the report")
    qtbot.keyClick(sheet.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: case.count(EventOrder) == 1)
    qtbot.waitUntil(lambda: any(row.inferred for row in panel._rows))
    review = next(row for row in panel._rows if row.event.title == "Review")
    assert review.inferred.startswith("Inferred: not before 1 March 2014") and review.event.on == "2014"
    assert titles(panel)[:2] == ["Report received", "Review"] and panel.foot.warning.isHidden()
    add_order(case, event_named(case, "Action").id, review.event.id)
    qtbot.waitUntil(lambda: not panel.foot.warning.isHidden())
    assert panel.foot.warning.text() == "1 contradiction: show it…"
    panel.canvas.grab()
    panel.foot.warning.click()
    orders = panel.chronology.orders
    assert orders.is_open and "By the recorded orders “Action taken” came before “Review”" in orders.told.text()
    assert unnamed(window) == []
    orders.view.selectRow(0)
    assert orders.model.record(orders.model.id_at(0)).is_contradicted
    orders.remove.click()
    qtbot.waitUntil(lambda: case.count(EventOrder) == 1)
    qtbot.waitUntil(lambda: panel.foot.warning.isHidden())
    orders.close_sheet()
    window.book.actions["show_orders"].trigger()
    assert orders.is_open
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: case.count(EventOrder) == 2)


def test_the_sheet_keeps_dispute_people_and_note(qtbot, window, panel):
    case = window.workspace.case
    with case.change(Action.EDIT_FRAME) as step:
        step.put(Person(id=new_id("per"), cipher="IN-A1"))
    panel.canvas.choose(event_named(case, "Review").id)
    window.book.actions["edit_event"].trigger()
    sheet = panel.sheet
    assert not sheet.dispute.isVisible()
    sheet.status.setCurrentIndex(sheet.status.findData(EventStatus.DISPUTED))
    assert sheet.dispute.isVisible()
    sheet.dispute.setText("The firm says 2015.")
    sheet.note.setPlainText("Ask again.")
    qtbot.waitUntil(lambda: sheet.finder.model.rowCount() > 0)
    qtbot.keyClicks(sheet.finder.field, "IN-A1")
    qtbot.keyClick(sheet.finder.field, Qt.Key.Key_Return)
    assert unnamed(window) == []
    sheet.save()
    qtbot.waitUntil(lambda: case.get(Event, panel.canvas.current).note == "Ask again.")
    kept = case.get(Event, panel.canvas.current)
    assert kept.dispute == "The firm says 2015." and len(kept.people) == 1
    qtbot.waitUntil(lambda: not sheet.is_open)
    qtbot.waitUntil(lambda: panel.current.people == ("IN-A1",))
    window.book.actions["edit_event"].trigger()
    assert sheet.dispute.text() == kept.dispute
    sheet.save()
    qtbot.waitUntil(lambda: not sheet.is_open)
    assert case.get(Event, kept.id) == kept


def test_a_chronology_is_settled_row_by_row_and_imported(qtbot, window, panel, tmp_path):
    case = window.workspace.case
    file = tmp_path / "firm.csv"
    file.write_text("Date,Event\n12 May 2016,Call\n03/04/2014,Visit\nsome day,Note\n1 March 2014,Report received\n")
    window.book.actions["import_chronology"].trigger()
    (chooser,) = window.findChildren(QFileDialog)
    chooser.reject()
    panel.chronology.preview(file)
    qtbot.waitUntil(lambda: panel.chronology.dialog is not None and panel.chronology.dialog.isVisible())
    dialog = panel.chronology.dialog
    assert unnamed(dialog) == [] and case.count(Event) == 3
    assert dialog.heading.text() == "firm.csv: 2 to decide, 1 already there, 1 to import"
    assert dialog.line.row.title == "Visit" and "no other date in the column tells which" in dialog.told.text()
    button = dialog.proposals.itemAt(0).widget()
    assert button.text() == "3 April 2014"
    button.click()
    assert dialog.line.row.title == "Note"
    qtbot.keyClicks(dialog.date, "soon")
    assert "cannot be read as a date" in dialog.understood.text() and dialog.line.outcome == "to decide"
    dialog.date.clear()
    qtbot.keyClicks(dialog.date, "early May 2017")
    assert dialog.understood.text() == "May 2017" and dialog.line.outcome == "to import"
    dialog.view.selectRow(3)
    dialog.wanted.click()
    assert dialog.go.text() == "Import 4 events"
    dialog.wanted.click()
    dialog.import_now()
    qtbot.waitUntil(lambda: case.count(Event) == 6)
    qtbot.waitUntil(lambda: "3 events were imported. 1 row was left out." in window.message_bar.text)
    assert {event.on for event in case.all(Event)} >= {"2016-05-12", "2014-04-03", "2017-05"}
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: case.count(Event) == 3)


def test_a_file_is_read_again_another_way_and_what_is_none_is_told(qtbot, window, panel, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("Date,Event\n03/04/2014,Visit\n")
    panel.chronology.preview(file)
    qtbot.waitUntil(lambda: panel.chronology.dialog is not None)
    first = panel.chronology.dialog
    assert not first.go.isEnabled()
    first.title_field.setText("Visit to the office")
    first.title_field.textEdited.emit("Visit to the office")
    first.day_first.click()
    qtbot.waitUntil(lambda: panel.chronology.dialog is not first and panel.chronology.dialog is not None)
    assert panel.chronology.dialog.go.isEnabled() and panel.chronology.dialog.day_first.isChecked()
    assert panel.chronology.dialog.line.decision.title == "Visit to the office"
    panel.chronology.dialog.reject()
    file.write_text("Name,Role\nOne,Two\n")
    panel.chronology.preview(file)
    qtbot.waitUntil(lambda: "holds no chronology" in window.message_bar.text)


def test_the_chronology_is_exported(qtbot, window, panel, tmp_path):
    window.book.actions["export_chronology"].trigger()
    sheet = panel.chronology.export_sheet
    qtbot.waitUntil(lambda: sheet.study.count() == 1)
    assert unnamed(window) == []
    sheet.sort.setCurrentIndex(sheet.sort.findData(SortBy.LATEST))
    sheet.save()
    (chooser,) = window.findChildren(QFileDialog)
    chooser.reject()
    sheet.export_into(tmp_path / "out")
    qtbot.waitUntil(lambda: "The chronology was written to “out”." in window.message_bar.text, timeout=15000)
    written = (Path(tmp_path) / "out" / "chronology.csv").read_text(encoding="utf-8-sig")
    assert [row["Event"] for row in csv.DictReader(io.StringIO(written))] == [
        "Report received",
        "Review",
        "Action taken",
    ]
    assert "3 events rest on no recorded source" in window.message_bar.text
