"""The registers are kept by hand in sheets, and count what came under each request."""

from __future__ import annotations

import pytest

from workbench.domain.inquiry import EvidenceRequest, Hearing, Issue, Party
from workbench.services.applying import apply_json

WAIT = 15000
SHOWS = {
    "requests": "show_requests",
    "hearings": "show_hearings",
    "parties": "show_parties",
    "issues": "show_issues",
}


@pytest.fixture
def panel(window):
    window.book.actions["show_inquiry"].trigger()
    return window.panels["inquiry"]


def shown(panel, kind, column):
    page = panel.pages[kind]
    at = [item.id for item in page.model.columns].index(column)
    return [str(page.model.index(row, at).data()) for row in range(page.model.rowCount())]


def begun(qtbot, window, panel, kind, action="add_entry_of_inquiry"):
    window.book.actions[SHOWS[kind]].trigger()
    window.book.actions[action].trigger()
    sheet = panel.sheets[kind]
    qtbot.waitUntil(lambda: sheet.is_open, timeout=WAIT)
    return sheet


def test_a_request_is_recorded_changed_and_removed(qtbot, window, panel):
    case = window.workspace.case
    sheet = begun(qtbot, window, panel, "requests")
    sheet.save()
    qtbot.waitUntil(lambda: "its reference" in sheet.complaint.text(), timeout=WAIT)
    sheet.reference.setText("R9-001")
    sheet.addressee.setText("Northmere Board")
    sheet.sent_on.setText("2026-05-01")
    sheet.due_on.setText("2026-05-10")
    sheet.scope.setText("2.2, 9.9")
    sheet.save()
    assert "“9.9” is no paragraph" in sheet.complaint.text()
    sheet.scope.setText("2.2, 2.3")
    sheet.save()
    qtbot.waitUntil(lambda: shown(panel, "requests", "reference") == ["R9-001"], timeout=WAIT)
    assert shown(panel, "requests", "state")[0].startswith("overdue by ")
    assert len(case.all(EvidenceRequest)[0].scope) == 2
    assert panel.summary.text().startswith("0 of 1 answered, 1 overdue.")
    panel.pages["requests"].view.selectRow(0)
    sheet = begun(qtbot, window, panel, "requests", "edit_entry_of_inquiry")
    assert (sheet.reference.text(), sheet.scope.text()) == ("R9-001", "2.2, 2.3")
    sheet.answered_on.setText("2026-05-09")
    sheet.save()
    qtbot.waitUntil(lambda: shown(panel, "requests", "state") == ["answered"], timeout=WAIT)
    panel.pages["requests"].view.selectRow(0)
    window.book.actions["remove_entry_of_inquiry"].trigger()
    qtbot.waitUntil(lambda: case.count(EvidenceRequest) == 0, timeout=WAIT)


def test_hearings_parties_and_issues_have_their_sheets(qtbot, window, panel):
    case = window.workspace.case
    apply_json(case, {"institutions": [{"name": "Northmere Board"}]})
    sheet = begun(qtbot, window, panel, "hearings")
    sheet.on.setText("2026-11-03")
    sheet.day_number.setValue(4)
    sheet.witnesses.setPlainText("Chief Officer\nIN-A1\n")
    sheet.save()
    qtbot.waitUntil(lambda: shown(panel, "hearings", "witnesses") == ["Chief Officer, IN-A1"], timeout=WAIT)
    assert case.all(Hearing)[0].day == 4
    sheet = begun(qtbot, window, panel, "parties")
    sheet.institution.setEditText("Northmere Board")
    sheet.save()
    qtbot.waitUntil(lambda: shown(panel, "parties", "name") == ["Northmere Board"], timeout=WAIT)
    assert case.all(Party)[0].institution is not None
    sheet = begun(qtbot, window, panel, "issues")
    sheet.number.setText("2.3.1")
    sheet.text.setPlainText("Were answers given in time?")
    sheet.save()
    qtbot.waitUntil(lambda: "scope paragraph" in sheet.complaint.text(), timeout=WAIT)
    sheet.scope.setEditText(sheet.scope.itemText(0))
    sheet.save()
    qtbot.waitUntil(lambda: shown(panel, "issues", "number") == ["2.3.1"], timeout=WAIT)
    panel.pages["issues"].view.selectRow(0)
    sheet = begun(qtbot, window, panel, "issues", "edit_entry_of_inquiry")
    assert sheet.scope.chosen_id == case.all(Issue)[0].scope
    window.workspace.close_case()
    assert panel.pages["issues"].model.rowCount() == 0 and not panel.summary.isVisible()
