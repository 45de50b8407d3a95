"""Every action works by keyboard alone: keys or a palette entry, a name, a test; and its keys really reach it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.gui.marking_steps import make
from tests.gui.steps import open_document
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt
from workbench.gui.actions.registry import ACTIONS
from workbench.services.timeline import EventFacts, add_event

_TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def written_tests() -> str:
    """The text of every test and of what tests share."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(_TESTS.rglob("*.py")))


def test_every_action_is_reached_named_and_tested(empty_window, written_tests):
    in_palette = {action.objectName() for action, _menu in empty_window.program.palette._actions}
    for spec in ACTIONS:
        action = empty_window.book.actions[spec.id]
        assert spec.id in in_palette or not action.shortcut().isEmpty(), spec.id
        assert action.text().replace("&", "").strip() and action.statusTip().strip(), spec.id
        assert f'"{spec.id}"' in written_tests, f"no test names the action {spec.id}"


def press(qtbot, window, identifier: str) -> None:
    """Press an action's keys as a person does, wherever the keyboard is."""
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    shortcut = window.book.actions[identifier].shortcut()
    for keys in (shortcut[at] for at in range(shortcut.count())):
        qtbot.keyClick(QApplication.focusWidget() or window, keys.key(), keys.keyboardModifiers())


def test_keys_work_without_a_case(qtbot, empty_window):
    assert keys_that_miss(qtbot, empty_window) == []


def keys_that_miss(qtbot, window) -> list[str]:
    """The actions that can be done now and whose keys do not arrive; what each does has its own test."""
    missed = []
    for spec in ACTIONS:
        action = window.book.actions[spec.id]
        if not spec.shortcut or not action.isEnabled():
            continue
        action.triggered.disconnect()
        done: list[str] = []
        action.triggered.connect(lambda _checked=False, done=done: done.append("yes"))
        press(qtbot, window, spec.id)
        if not done:
            missed.append(spec.id)
    return missed


def test_keys_reach_every_action_of_an_open_document(qtbot, window):
    make(qtbot, window)
    make(qtbot, window, "twice a year")
    open_document(qtbot, window)
    window.excerpts.view.selectAll()
    window.reader.view.setFocus()
    assert keys_that_miss(qtbot, window) == []


@pytest.mark.parametrize("identifier", ["import_files", "import_folder", "timeline_picture"])
def test_choosing_files_blocks_nothing(qtbot, window, identifier):
    window.book.actions[identifier].trigger()
    choosers = window.findChildren(QFileDialog)
    assert len(choosers) == 1 and choosers[0].isVisible()
    choosers[0].reject()


@pytest.mark.parametrize(
    ("identifier", "panel"),
    [
        ("show_search", "search"),
        ("show_subjects", "subjects"),
        ("filter_documents", "documents"),
        ("show_themes", "subjects"),
        ("show_case_studies", "subjects"),
        ("show_redactions", "redactions"),
        ("show_protection", "protection"),
        ("show_coverage", "coverage"),
    ],
)
def test_panels_come_forward_with_the_keyboard_in_them(qtbot, window, identifier, panel):
    window.activateWindow()
    window.book.actions[identifier].trigger()
    qtbot.waitUntil(lambda: not window.panels[panel].visibleRegion().isEmpty())
    assert window.panels[panel].isAncestorOf(window.focusWidget())


def test_the_reader_takes_the_keyboard(qtbot, window):
    open_document(qtbot, window)
    window.book.actions["show_reader"].trigger()
    assert window.focusWidget() is window.reader.view


def test_the_list_of_kinds_follows_the_action(qtbot, window):
    window.book.actions["show_themes"].trigger()
    assert window.subjects.kind.currentData() == "theme"
    window.book.actions["show_case_studies"].trigger()
    assert window.subjects.kind.currentData() == "case study"


def test_stepping_back_through_excerpts(qtbot, window):
    first = make(qtbot, window, "register of notices")
    make(qtbot, window, "twice a year")
    window.book.actions["previous_excerpt"].trigger()
    assert window.excerpts.current_id == first.id
    window.book.actions["colour_by_theme"].trigger()
    window.book.actions["colour_by_stance"].trigger()
    assert window.workspace.settings.colour_excerpts_by == "stance"


def test_timeline_by_its_actions(qtbot, window):
    case = window.workspace.case
    add_event(case, EventFacts(title="Register opened", on="2014"))
    window.show_panel("timeline")
    panel = window.timeline
    qtbot.waitUntil(lambda: len(panel._rows) == 1)
    panel.canvas.step(1)
    for identifier, lanes in (
        ("lanes_scope", "scope"),
        ("lanes_case_study", "case study"),
        ("lanes_institution", "institution"),
    ):
        window.book.actions[identifier].trigger()
        assert panel.lanes.currentData() == lanes
    before = panel.canvas.px_per_day
    window.book.actions["timeline_zoom_in"].trigger()
    assert panel.canvas.px_per_day > before
    window.book.actions["timeline_zoom_out"].trigger()
    assert panel.canvas.px_per_day == pytest.approx(before)
    window.book.actions["edit_event"].trigger()
    assert panel.sheet.is_open and panel.sheet.title.text() == "Register opened"
    panel.sheet.close_sheet()
    window.book.actions["delete_event"].trigger()
    qtbot.waitUntil(lambda: case.count(Event) == 0)


def test_appearances(qtbot, empty_window):
    empty_window.book.actions["appearance_contrast"].trigger()
    assert empty_window.workspace.theme.border in ("#000000", "#FFFFFF")
    empty_window.book.actions["appearance_system"].trigger()
    assert empty_window.workspace.settings.appearance == "system"


def test_panels_go_back_to_where_they_were(qtbot, window):
    dock = window.docks["excerpts"]
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
    window.book.actions["reset_layout"].trigger()
    assert window.dockWidgetArea(dock) == Qt.DockWidgetArea.RightDockWidgetArea


def test_search_actions_without_results_do_no_harm(qtbot, window):
    for identifier in ("show_more_hits", "order_relevance", "next_hit", "previous_hit", "excerpt_from_hit"):
        window.book.actions[identifier].trigger()
    assert window.workspace.case.count(Excerpt) == 0
    assert "Choose a page" in window.message_bar.text


def test_a_new_bundle_is_begun_by_keyboard(qtbot, window):
    window.activateWindow()
    window.book.actions["new_bundle"].trigger()
    sheet = window.bundles.composing.new_sheet
    qtbot.waitUntil(lambda: sheet.is_open and sheet.isAncestorOf(window.focusWidget()))
    sheet.name.setText("Day 1")
    qtbot.keyClick(sheet.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.bundles.bundles.current_id is not None, timeout=15000)


def test_quitting_closes_the_case(qtbot, window):
    window.book.actions["quit"].trigger()
    assert not window.isVisible() and not window.workspace.has_case


def test_no_two_actions_share_keys_after_the_defaults():
    keys = [QKeySequence(spec.shortcut).toString() for spec in ACTIONS if spec.shortcut]
    assert len(keys) == len(set(keys))
