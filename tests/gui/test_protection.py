"""Restrictions and clearances are listed and edited in the window; refusals are said in place."""

from __future__ import annotations

from workbench.domain.document import Document
from workbench.domain.protection import Clearance, Restriction
from workbench.services.framing import add_to_frame, settle_names
from workbench.services.protecting import RestrictionFacts, add_restriction, set_clearance


def shown(panel, column: str) -> list[str]:
    """What a column of the listed kind says, row by row."""
    model = panel._page.model
    at = [c.id for c in model.columns].index(column)
    return [model.index(row, at).data() for row in range(model.rowCount())]


def listed(qtbot, window, action: str, rows: int):
    """The panel once it lists so many rows of a kind."""
    window.book.actions[action].trigger()
    panel = window.panels["protection"]
    qtbot.waitUntil(lambda: panel._page.model.rowCount() == rows, timeout=15000)
    return panel


def test_a_restriction_is_recorded_in_a_sheet(qtbot, window):
    window.activateWindow()
    window.book.actions["add_restriction"].trigger()
    panel, case = window.panels["protection"], window.workspace.case
    sheet = panel.restriction_sheet
    assert sheet.is_open
    sheet.made_by.setText("The Chair")
    sheet.targets.setPlainText("INQ000009\n")
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(lambda: "names no document" in sheet.complaint.text(), timeout=15000)
    sheet.targets.setPlainText("INQ000001_002\nsecret address")
    sheet.on.setText("2026-03-02")
    sheet.allows["panel"].setChecked(True)
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(lambda: case.count(Restriction) == 1 and not sheet.is_open, timeout=15000)
    qtbot.waitUntil(lambda: shown(panel, "state") == ["in force"], timeout=15000)
    assert shown(panel, "kind") == ["Order"] and shown(panel, "on") == ["2 March 2026"]
    assert shown(panel, "covers") == ["INQ000001_002, 1 term"], "a term must not stand in the list"
    assert shown(panel, "allows") == ["team, panel"]
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: shown(panel, "state") == [], timeout=15000)


def test_a_protected_name_is_refused_without_being_repeated(qtbot, window):
    case = window.workspace.case
    _change, person = add_to_frame(case, "person", "IN-A7")
    settle_names(case, person, ["Alder Quist"])
    window.book.actions["add_restriction"].trigger()
    sheet = window.panels["protection"].restriction_sheet
    sheet.made_by.setText("The Chair")
    sheet.targets.setPlainText("Alder Quist")
    sheet.save()
    qtbot.waitUntil(lambda: "IN-A7" in sheet.complaint.text(), timeout=15000)
    assert "Alder" not in sheet.complaint.text() and "Alder" not in window.message_bar.text


def test_a_restriction_is_edited_and_revoked(qtbot, window):
    case = window.workspace.case
    add_restriction(case, RestrictionFacts(kind="pending", made_by="Counsel", targets=("INQ000001",)))
    panel = listed(qtbot, window, "show_restrictions", 1)
    assert shown(panel, "state") == ["pending"]
    panel._page.view.selectRow(0)
    window.book.actions["edit_protection"].trigger()
    sheet = panel.restriction_sheet
    assert sheet.is_open and sheet.targets.toPlainText() == "INQ000001"
    sheet.kind.setCurrentIndex(sheet.kind.findData("order"))
    sheet.save()
    qtbot.waitUntil(lambda: shown(panel, "state") == ["in force"], timeout=15000)
    window.book.actions["revoke_restriction"].trigger()
    revoke = panel.revoke_sheet
    assert revoke.is_open and "Counsel" in revoke.heading.text()
    revoke.on.setText("in a while")
    revoke.save()
    qtbot.waitUntil(lambda: "The day of revoking" in revoke.complaint.text(), timeout=15000)
    revoke.on.setText("2026-01-02")
    revoke.save()
    qtbot.waitUntil(lambda: shown(panel, "state") == ["revoked"], timeout=15000)
    assert shown(panel, "revoked") == ["2 January 2026"]


def test_clearances_of_several_documents_for_one_audience(qtbot, window):
    case = window.workspace.case
    panel = listed(qtbot, window, "show_clearances", 3)
    assert shown(panel, "public") == ["–"] * 3
    panel._page.view.selectAll()
    window.book.actions["edit_protection"].trigger()
    sheet = panel.clearance_sheet
    assert sheet.is_open and "3 documents" in sheet.heading.text()
    sheet.audience.setCurrentIndex(sheet.audience.findData("public"))
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(lambda: shown(panel, "public") == ["✓"] * 3, timeout=15000)
    assert {item.by for item in case.all(Clearance)} == {"tester"} and shown(panel, "panel") == ["–"] * 3
    set_clearance(case, [case.all(Document, "urn")[1].id], "public", "withheld", note="not relevant")
    qtbot.waitUntil(lambda: shown(panel, "public")[1] == "×", timeout=15000)
    panel._page.view.clearSelection()
    panel._page.view.selectRow(1)
    window.book.actions["edit_protection"].trigger()
    assert (sheet.decision.currentData(), sheet.note.text()) == ("withheld", "not relevant")
    sheet.decision.setCurrentIndex(sheet.decision.findData(""))
    sheet.save()
    qtbot.waitUntil(lambda: shown(panel, "public") == ["✓", "–", "✓"], timeout=15000)


def test_the_filter_narrows_and_a_closed_case_shows_nothing(qtbot, window):
    window.book.actions["show_protection"].trigger()
    window.book.actions["edit_protection"].trigger()
    assert "Choose a line" in window.message_bar.text
    window.book.actions["revoke_restriction"].trigger()
    assert "Choose a restriction" in window.message_bar.text
    panel = listed(qtbot, window, "show_clearances", 3)
    panel.filter.setText("liaison")
    assert shown(panel, "urn") == ["INQ000002"]
    window.workspace.close_case()
    assert panel._page.model.rowCount() == 0 and not panel.filter.text()
