"""A person who cannot see the window hears what everything is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QWidget

from tests.gui.steps import choose_words, open_document
from workbench.gui.dialogs.create_case import CreateCase
from workbench.gui.dialogs.import_report import ImportReportWindow
from workbench.gui.dialogs.open_case import OpenCase
from workbench.services.import_log import ImportLogRow

REFUSED = ImportLogRow(id="r", at=datetime.now(UTC), path="a.pdf", status="refused", reason="Empty.")


def unnamed(root: QWidget) -> list[str]:
    """Visible widgets that the keyboard reaches but a screen reader cannot name."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        is_reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus or isinstance(widget, QAbstractButton)
        if not widget.visibleRegion().isEmpty() and is_reached and widget.focusProxy() is None:
            interface = QAccessible.queryAccessibleInterface(widget)
            if interface is None or not interface.text(QAccessible.Text.Name).strip():
                found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return found


def test_welcome_is_named(empty_window):
    assert unnamed(empty_window) == []


@pytest.mark.parametrize("panel", ["documents", "search", "excerpts", "subjects", "timeline", "bundles", "history"])
def test_panel_is_named(qtbot, window, panel):
    open_document(qtbot, window)
    window.show_panel(panel)
    qtbot.waitUntil(lambda: not window.panels[panel].visibleRegion().isEmpty())
    assert unnamed(window) == []


def test_link_sheet_and_messages_are_named(qtbot, window):
    open_document(qtbot, window)
    choose_words(window, "register of notices")
    window.book.actions["make_and_link"].trigger()
    window.workspace.say("Something happened.", do=("Look", lambda: None))
    qtbot.waitUntil(lambda: window.marking.links.isVisible(), timeout=15000)
    assert unnamed(window) == []


@pytest.mark.parametrize(
    "make",
    [
        lambda window: OpenCase(window.workspace.jobs, None, window),
        lambda window: CreateCase(window.workspace.jobs, window),
        lambda window: ImportReportWindow([REFUSED], window),
    ],
    ids=["open", "create", "report"],
)
def test_dialog_is_named(qtbot, empty_window, make):
    dialog = make(empty_window)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert unnamed(dialog) == []
    dialog.close()


def test_the_sweep_finds_what_has_no_name(qtbot, empty_window):
    empty_window.message_bar.show()
    empty_window.message_bar._close.setAccessibleName("")
    empty_window.message_bar._close.setToolTip("")
    assert unnamed(empty_window)


def test_title_shows_no_content(qtbot, window):
    document = open_document(qtbot, window)
    assert document.title not in window.windowTitle() and document.urn not in window.windowTitle()
    assert window.windowTitle() == "copy.casefile – Case-study workbench"
