"""Excerpts and documents are withdrawn with a reason, shown struck, flagged where cited, and relied on again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.gui.marking_steps import make
from workbench.domain.document import Document
from workbench.domain.excerpt import Excerpt
from workbench.domain.ids import AnyId
from workbench.domain.ledger import Support
from workbench.gui.panels.withdrawing import Withdrawing
from workbench.services.findings import FindingFacts, add_finding
from workbench.services.ledger import ledger_of


@pytest.fixture
def excerpt(qtbot, window):
    made = make(qtbot, window)
    add_finding(window.workspace.case, FindingFacts(title="Register"), ["A register was kept."], [AnyId(made.id)])
    return made


@pytest.fixture
def withdrawing(window):
    return window.findChild(Withdrawing)


def state(window):
    return ledger_of(window.workspace.case)[0].state


def test_an_excerpt_is_withdrawn_with_a_reason_and_relied_on_again(qtbot, window, excerpt, withdrawing):
    window.book.actions["reinstate_excerpts"].trigger()
    assert "None of the chosen excerpts was withdrawn" in window.message_bar.text
    window.book.actions["withdraw_excerpts"].trigger()
    sheet = withdrawing.sheet
    qtbot.waitUntil(lambda: sheet.is_open)
    assert "Resting on it: 1 sentence. What rests on it is red" in sheet.told.text() and not sheet.on.isVisible()
    sheet.save()
    qtbot.waitUntil(lambda: "Say why" in sheet.complaint.text())
    qtbot.keyClicks(sheet.reason, "misread")
    window.book.actions["save_sheet"].trigger()
    case = window.workspace.case
    qtbot.waitUntil(lambda: case.get(Excerpt, excerpt.id).withdrawn == "misread")
    assert state(window) is Support.WITHDRAWN
    panel = window.excerpts
    qtbot.waitUntil(lambda: panel.selected_rows[0].excerpt.withdrawn == "misread")
    assert panel.model.data(panel.model.index(0)).startswith("withdrawn: misread")
    drawn = panel.card.html(panel.selected_rows[0], window.workspace.theme)
    assert "<s>“register of notices”</s>" in drawn and "Withdrawn: misread" in drawn
    window.book.actions["delete_excerpt"].trigger()
    qtbot.waitUntil(lambda: "still refers to" in window.message_bar.text)
    window.book.actions["reinstate_excerpts"].trigger()
    qtbot.waitUntil(lambda: case.get(Excerpt, excerpt.id).withdrawn == "")
    assert state(window) is Support.SUPPORTED


def test_a_document_is_withdrawn_and_superseded(qtbot, window, excerpt, withdrawing):
    case, panel = window.workspace.case, window.panels["documents"]
    trigger = {name: action.trigger for name, action in window.book.actions.items()}
    panel.view.clearSelection()
    trigger["withdraw_document"]()
    assert "Choose one document" in window.message_bar.text
    trigger["show_documents"]()
    panel.view.selectRow(0)
    trigger["reinstate_document"]()
    assert "neither withdrawn nor superseded" in window.message_bar.text
    trigger["supersede"]()
    sheet = withdrawing.supersede_sheet
    qtbot.waitUntil(lambda: sheet.finder.model.rowCount() == 2)
    sheet.save()
    assert "Choose the later document" in sheet.complaint.text()
    qtbot.keyClicks(sheet.finder.field, "transparency")
    qtbot.keyClick(sheet.finder.field, Qt.Key.Key_Return)
    trigger["save_sheet"]()
    qtbot.waitUntil(lambda: state(window) is Support.SUPERSEDED)
    qtbot.waitUntil(lambda: panel.model.index(0, 1).data().startswith("Superseded · "))
    trigger["withdraw_document"]()
    qtbot.waitUntil(lambda: withdrawing.sheet.is_open)
    qtbot.keyClicks(withdrawing.sheet.reason, "sent in error")
    qtbot.keyClicks(withdrawing.sheet.on, "2026-03-02")
    trigger["save_sheet"]()
    qtbot.waitUntil(lambda: case.all(Document, "urn")[0].withdrawn_on == "2026-03-02")
    qtbot.waitUntil(lambda: panel.model.index(0, 1).data().startswith("Withdrawn · "))
    assert panel.model.index(0, 1).data(Qt.ItemDataRole.FontRole).strikeOut()
    assert panel.model.index(1, 1).data(Qt.ItemDataRole.FontRole) is None
    trigger["document_details"]()
    qtbot.waitUntil(lambda: "Withdrawn" in [item.text(0) for item in tops(panel.details)])
    assert "Superseded by" in [item.text(0) for item in tops(panel.details)]
    trigger["reinstate_document"]()
    qtbot.waitUntil(lambda: state(window) is Support.SUPPORTED)


def tops(tree):
    return [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
