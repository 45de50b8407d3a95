"""Size and panels are as they were when the program is started again."""

from __future__ import annotations

from workbench.gui.main_window import MainWindow
from workbench.gui.window_state import restore_window_state, save_window_state


def test_size_and_hidden_panel_come_back(qtbot, window, tmp_path):
    path = tmp_path / "state.ini"
    window.resize(1100, 700)
    window.docks["timeline"].hide()
    save_window_state(path, window)
    again = MainWindow(window.workspace)
    qtbot.addWidget(again)
    assert restore_window_state(path, again)
    assert again.height() == 700
    assert again.docks["timeline"].isHidden() and not again.docks["excerpts"].isHidden()
    again.reset_layout()
    assert not again.docks["timeline"].isHidden()


def test_nothing_or_nonsense_is_not_restored(empty_window, tmp_path):
    path = tmp_path / "state.ini"
    assert not restore_window_state(path, empty_window)
    path.write_text("[General]\ngeometry=nonsense\n")
    assert not restore_window_state(path, empty_window)


def test_state_holds_nothing_of_the_case(window):
    window.close()
    kept = window.workspace.paths.window_state.read_text(encoding="utf-8")
    assert "Register" not in kept and "copy.casefile" not in kept
