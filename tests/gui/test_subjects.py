"""Institutions, scope, themes and people: counts, dropping, merging, and names behind the passphrase."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester

from tests.gui.marking_steps import link, make
from workbench.domain.excerpt import Link, Stance
from workbench.domain.frame import Institution, ProtectedTerm
from workbench.domain.ids import PersonId
from workbench.gui.columns import ID_ROLE
from workbench.gui.models.excerpt_model import EXCERPTS_MIME
from workbench.services.framing import add_to_frame, settle_names
from workbench.services.session import create_case


def cells(panel, name: str) -> list[str]:
    """What stands in the row of a subject."""
    model = panel.model
    for row in range(model.rowCount()):
        if model.index(row, 0).data() == name:
            return [model.index(row, column).data() for column in range(model.columnCount())]
    return []


def choose(window, *names: str) -> None:
    panel = window.subjects
    panel.view.clearSelection()
    flags = panel.view.selectionModel().SelectionFlag
    for name in names:
        first = panel.narrowed.index(0, 0)
        (index,) = panel.narrowed.match(first, Qt.ItemDataRole.DisplayRole, name, 1, Qt.MatchFlag.MatchExactly)
        panel.view.selectionModel().select(index, flags.Select | flags.Rows)


def test_counts_by_stance_follow_every_change(qtbot, window):
    make(qtbot, window, "twice a year")
    link(qtbot, window, ("+Northmere Telecom", "institution"))
    make(qtbot, window, "figures within")
    link(qtbot, window, ("-Northmere Telecom", "institution"))
    panel = window.subjects
    tester = QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    qtbot.waitUntil(lambda: cells(panel, "Northmere Telecom")[1:6] == ["1", "1", "", "", "2"], timeout=15000)
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: cells(panel, "Northmere Telecom")[1:6] == ["1", "", "", "", "1"], timeout=15000)
    assert tester.model() is panel.model


def test_excerpts_of_a_subject_are_shown(qtbot, window):
    make(qtbot, window, "twice a year")
    link(qtbot, window, ("Northmere Telecom", "institution"))
    make(qtbot, window, "figures within")
    window.book.actions["show_institutions"].trigger()
    qtbot.waitUntil(lambda: bool(cells(window.subjects, "Northmere Telecom")))
    choose(window, "Northmere Telecom")
    window.book.actions["excerpts_of_subject"].trigger()
    assert [row.excerpt.quote for row in window.excerpts.model.records] == ["twice a year"]


def test_two_of_the_same_become_one_and_can_be_taken_apart(qtbot, window):
    make(qtbot, window, "twice a year")
    link(qtbot, window, ("Northmere Telecom", "institution"), ("Northmere plc", "institution"))
    panel, case = window.subjects, window.workspace.case
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2, timeout=15000)
    choose(window, "Northmere Telecom", "Northmere plc")
    window.book.actions["merge_subjects"].trigger()
    qtbot.waitUntil(lambda: case.count(Institution) == 1 and panel.model.rowCount() == 1, timeout=15000)
    assert "Northmere" in case.all(Institution)[0].aliases[0] and case.count(Link) == 1
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2, timeout=15000)


def test_excerpts_dropped_on_a_subject_are_linked(qtbot, window):
    excerpt = make(qtbot, window, "twice a year")
    add_to_frame(window.workspace.case, "institution", "Harbour Platform")
    window.book.actions["show_institutions"].trigger()
    panel = window.subjects
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1, timeout=15000)
    carried = QMimeData()
    carried.setData(EXCERPTS_MIME, excerpt.id.encode())
    at = panel.view.visualRect(panel.narrowed.index(0, 0)).center()
    event = QDropEvent(
        QPointF(at), Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    panel.view.dropEvent(event)
    case = window.workspace.case
    qtbot.waitUntil(lambda: [item.excerpt for item in case.all(Link)] == [excerpt.id])
    assert case.all(Link)[0].stance is Stance.CONTEXT
    qtbot.waitUntil(lambda: "linked to Harbour Platform" in window.message_bar.text)


def test_adding_editing_and_removing_by_keyboard(qtbot, window):
    window.book.actions["show_institutions"].trigger()
    window.book.actions["add_subject"].trigger()
    panel, case = window.subjects, window.workspace.case
    qtbot.keyClicks(panel.name_sheet.field, "Harbour Platform")
    qtbot.keyClick(panel.name_sheet.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.selected_rows != [] and panel.selected_rows[0].name == "Harbour Platform")
    window.book.actions["edit_subject"].trigger()
    sheet = panel.institution_sheet
    qtbot.waitUntil(lambda: sheet.is_open)
    sheet.aliases.setPlainText("Harbour\nHarbour Group")
    sheet.above.setEditText("Nobody known")
    sheet.save()
    assert "no institution of the case" in sheet.complaint.text()
    sheet.above.setEditText("")
    sheet.save()
    qtbot.waitUntil(lambda: case.all(Institution)[0].aliases == ("Harbour", "Harbour Group"))
    qtbot.waitUntil(lambda: not sheet.is_open)
    window.book.actions["remove_subject"].trigger()
    qtbot.waitUntil(lambda: case.count(Institution) == 0)


def test_the_scope_stands_as_a_tree_and_can_be_filtered(qtbot, window):
    window.book.actions["show_scope"].trigger()
    panel = window.subjects
    qtbot.waitUntil(lambda: panel.model.rowCount() > 0)
    tops = panel.model.rowCount()
    panel.filter.setText("law enforcement")
    shown = panel.narrowed.index(0, 0)
    assert panel.narrowed.rowCount() == 1 < tops
    assert "law enforcement" in shown.data() or "law enforcement" in panel.narrowed.index(0, 0, shown).data()


def test_names_are_only_behind_the_passphrase(qtbot, empty_window, tmp_path):
    window = empty_window
    case = create_case(tmp_path / "sealed.casefile", passphrase="ŵyth cwch glas", who="tester")
    _, person = add_to_frame(case, "person", "IN-A7")
    settle_names(case, PersonId(person), ["Ada Example"])
    window.workspace.adopt(case)
    window.book.actions["show_people"].trigger()
    panel = window.subjects
    qtbot.waitUntil(lambda: bool(cells(panel, "IN-A7")))
    choose(window, "IN-A7")
    window.book.actions["protected_names"].trigger()
    sheet = panel.names_sheet
    assert sheet.is_open and not sheet.names.isVisible()
    sheet.passphrase.setText("wrong")
    sheet.unlock()
    qtbot.waitUntil(lambda: "not the passphrase" in sheet.complaint.text(), timeout=15000)
    assert not sheet.names.isVisible() and sheet.names.toPlainText() == ""
    sheet.passphrase.setText("ŵyth cwch glas")
    sheet.unlock()
    qtbot.waitUntil(lambda: sheet.names.toPlainText() == "Ada Example", timeout=15000)
    sheet.names.setPlainText("Ada Example\n14 Example Row")
    sheet.save()
    qtbot.waitUntil(lambda: case.count(ProtectedTerm) == 2 and not sheet.is_open, timeout=15000)
    assert sheet.names.toPlainText() == ""
    everything = " ".join(str(index.data(role)) for index in everywhere(panel.model) for role in (0, ID_ROLE))
    assert "Ada" not in everything


def everywhere(model):
    return [model.index(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]


@pytest.mark.parametrize("action", ["edit_subject", "excerpts_of_subject", "merge_subjects", "protected_names"])
def test_without_a_choice_it_says_what_to_do(qtbot, window, action):
    window.book.actions["show_institutions"].trigger()
    window.subjects.view.clearSelection()
    window.book.actions[action].trigger()
    assert "hoose" in window.message_bar.text
