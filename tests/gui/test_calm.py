"""A lock after long absence, a word after long reading, and everything back where it was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.gui.steps import open_document
from workbench.gui.calm import Calm
from workbench.services.session import create_case, open_case


class Clock:
    """Tells the seconds that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def calm(window, clock) -> Calm:
    made = Calm(window.workspace, window, clock=clock)
    made.watch(window.windowHandle())
    return made


def test_the_case_is_locked_after_long_absence(qtbot, window, calm, clock):
    due = []
    calm.lock_due.connect(lambda: due.append(True))
    clock.now += 14 * 60
    calm.look()
    assert due == []
    clock.now += 2 * 60
    calm.look()
    assert due == [True]


def test_a_sign_of_life_puts_it_off(qtbot, window, calm, clock):
    due = []
    calm.lock_due.connect(lambda: due.append(True))
    clock.now += 14 * 60
    at = QPointF(5, 5)
    nothing, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window.windowHandle(), QMouseEvent(QEvent.Type.MouseMove, at, at, nothing, nothing, keys))
    clock.now += 14 * 60
    calm.look()
    assert due == []
    window.workspace.change_settings(lock_after_minutes=0)
    clock.now += 600 * 60
    calm.look()
    assert due == []


def test_reading_long_is_answered_with_a_word_that_can_be_switched_off(qtbot, window, calm, clock):
    for _ in range(46):
        clock.now += 60
        calm.note_life()
        calm.look()
    assert "reading for 45 minutes" in window.message_bar.text
    window.message_bar._action.click()
    assert window.workspace.settings.pause_reminder_minutes == 0


def test_a_pause_starts_the_count_again(qtbot, window, calm, clock):
    window.workspace.change_settings(lock_after_minutes=0)
    for _ in range(40):
        clock.now += 60
        calm.note_life()
    clock.now += 6 * 60
    calm.note_life()
    clock.now += 30 * 60
    calm.note_life()
    calm.look()
    assert window.message_bar.text == ""


def test_locking_closes_the_case_and_unlocking_brings_all_back(qtbot, empty_window, tmp_path):
    window, path = empty_window, tmp_path / "sealed.casefile"
    create_case(path, passphrase="ŵyth cwch glas", who="tester").close()
    window.workspace.adopt(open_case(path, passphrase="ŵyth cwch glas"))
    window.book.actions["lock"].trigger()
    assert not window.workspace.has_case
    assert all(dock.isHidden() for dock in window.docks.values())
    assert "sealed" not in window.windowTitle()
    assert window.reopening.locked_path == path
    window.case_actions.open_path(window.reopening.locked_path)
    dialog = window.case_actions.dialog
    dialog.passphrase.setText("ŵyth cwch glas")
    dialog.answer()
    qtbot.waitUntil(lambda: window.workspace.has_case, timeout=15000)
    assert window.reopening.locked_path is None


def test_open_documents_are_open_again(qtbot, window, case_path):
    first = open_document(qtbot, window, at=2)
    window.reader.view.go_to_page(4)
    window.book.actions["beside"].trigger()
    qtbot.waitUntil(lambda: window.desk.is_double and window.reader.document is not None)
    second = open_document(qtbot, window, at=1)
    window.workspace.close_case()
    kept = window.workspace.paths.window_state.read_text(encoding="utf-8")
    assert first.id in kept and first.title not in kept and first.urn not in kept
    window.workspace.adopt(open_case(case_path, who="tester"))
    readers = window.desk.readers
    qtbot.waitUntil(
        lambda: [reader.document and reader.document.id for reader in readers] == [first.id, second.id], timeout=15000
    )
    qtbot.waitUntil(lambda: readers[0].view.current_page == 4)


def test_a_locked_window_shows_no_sheet(qtbot, window):
    open_document(qtbot, window)
    for identifier in ("filter_excerpts", "new_event", "add_subject", "choose_columns"):
        window.book.actions[identifier].trigger()
    assert window._open_sheet is not None
    window.book.actions["lock"].trigger()
    assert window._open_sheet is None and not window.desk.isVisible()
