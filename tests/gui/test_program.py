"""Every action by name, keys of one's own, settings, and the history of one item."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from tests.gui.marking_steps import link, make
from workbench.domain.excerpt import Excerpt
from workbench.gui.actions.registry import ACTIONS
from workbench.gui.main_window import MainWindow
from workbench.runtime.settings import load_settings
from workbench.runtime.shortcuts import load_shortcuts, save_shortcuts


def test_every_action_is_in_the_palette(qtbot, window):
    window.book.actions["palette"].trigger()
    palette = window.program.palette
    assert {line.action.objectName() for line in palette.model.records} == {spec.id for spec in ACTIONS}
    possible = [line.is_possible for line in palette.model.records]
    assert possible == sorted(possible, reverse=True), "what can be done stands first"


def test_the_palette_finds_and_does(qtbot, window):
    window.book.actions["palette"].trigger()
    palette = window.program.palette
    qtbot.keyClicks(palette.field, "institutions")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.is_open
    qtbot.waitUntil(lambda: not window.subjects.visibleRegion().isEmpty())
    window.book.actions["palette"].trigger()
    assert palette.model.records[0].action.objectName() == "show_institutions", "used last stands first"
    qtbot.keyClicks(palette.field, "zoom in")
    while palette.view.currentIndex().row() < palette.model.rowCount() - 1:
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.is_open and "cannot be done just now" in palette.why.text()


def test_other_keys_can_be_chosen_and_are_kept(qtbot, empty_window):
    empty_window.book.actions["shortcuts"].trigger()
    dialog = empty_window.program.dialog
    dialog.choose("new_case")
    dialog.keys.setKeySequence(QKeySequence("Ctrl+O"))
    dialog.apply()
    assert "Open case" in dialog.complaint.text()
    dialog.keys.setKeySequence(QKeySequence("Ctrl+Shift+F12"))
    dialog.apply()
    assert empty_window.book.actions["new_case"].shortcut().toString() == "Ctrl+Shift+F12"
    other = MainWindow(empty_window.workspace)
    qtbot.addWidget(other)
    assert other.book.actions["new_case"].shortcut().toString() == "Ctrl+Shift+F12"
    dialog.restore()
    assert empty_window.book.actions["new_case"].shortcut().toString() == "Ctrl+N"
    assert load_shortcuts(empty_window.workspace.paths.settings.with_name("shortcuts.toml")) == {}
    dialog.filter.setText("ctrl+o")
    shown = [item.text(0) for item in dialog._items() if not item.isHidden()]
    assert shown == ["Open case…"]


def test_broken_shortcut_files_are_left_out(tmp_path):
    path = tmp_path / "shortcuts.toml"
    path.write_text("this is [no toml", encoding="utf-8")
    assert load_shortcuts(path) == {}
    save_shortcuts(path, {"open_case": 'Ctrl+"'})
    assert load_shortcuts(path) == {"open_case": 'Ctrl+"'}


def test_settings_are_made_from_their_fields_and_count_at_once(qtbot, window):
    window.book.actions["settings"].trigger()
    dialog = window.program.dialog
    dialog.fields["veil_pictures"].setChecked(False)
    assert window.reader.view.is_veiled is False
    dialog.fields["lock_after_minutes"].setValue(5)
    combo = dialog.fields["appearance"]
    combo.setCurrentIndex(combo.findData("contrast"))
    assert window.workspace.theme.window in ("#FFFFFF", "#000000")
    stored = load_settings(window.workspace.paths.settings)
    assert (stored.veil_pictures, stored.lock_after_minutes, stored.appearance) == (False, 5, "contrast")
    assert all(field.accessibleName() for field in dialog.fields.values())


def test_the_record_of_one_excerpt(qtbot, window):
    make(qtbot, window, "figures within")
    excerpt = make(qtbot, window, "twice a year")
    link(qtbot, window, ("+Northmere", "institution"), note="Compare.")
    panel = window.history
    window.book.actions["record_of_item"].trigger()
    qtbot.waitUntil(lambda: [entry.action.value for entry in panel.model.records] == ["link excerpt", "make excerpt"])
    assert panel.reach.currentData() == excerpt.id
    panel.view.setCurrentIndex(panel.model.index(0))
    qtbot.waitUntil(lambda: "note: Compare." in panel.details.text())
    window.book.actions["all_changes"].trigger()
    qtbot.waitUntil(lambda: panel.model.rowCount() > 3)
    panel.filter.setText("link excerpt")
    assert panel.model.rowCount() == 1


def test_undo_to_here_goes_back_several_steps(qtbot, window):
    for quote in ("register of notices", "twice a year", "figures within"):
        make(qtbot, window, quote)
    panel, case = window.history, window.workspace.case
    qtbot.waitUntil(lambda: panel.model.rowCount() >= 4)
    row = next(at for at, entry in enumerate(panel.model.records) if entry.number == panel.model.records[0].number - 2)
    panel.view.setCurrentIndex(panel.model.index(row))
    window.book.actions["undo_to_here"].trigger()
    qtbot.waitUntil(lambda: "2 changes taken back" in window.message_bar.text, timeout=15000)
    assert [item.quote for item in case.all(Excerpt)] == ["register of notices"]
    window.book.actions["redo"].trigger()
    qtbot.waitUntil(lambda: case.count(Excerpt) == 2)
    assert QApplication.activeModalWidget() is None
