"""Remembers where the window and its panels stood; never what was in them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow

#: Raised when panels change so much that an old layout would not fit.
LAYOUT_VERSION = 2


def save_window_state(path: Path, window: QMainWindow) -> None:
    """Keep size, place and panel layout."""
    stored = QSettings(str(path), QSettings.Format.IniFormat)
    stored.setValue("geometry", window.saveGeometry())
    stored.setValue("layout", window.saveState(LAYOUT_VERSION))
    stored.sync()


def restore_window_state(path: Path, window: QMainWindow) -> bool:
    """Put the window back as it was; False when nothing fitting was kept."""
    if not path.is_file():
        return False
    stored = QSettings(str(path), QSettings.Format.IniFormat)
    geometry, layout = stored.value("geometry"), stored.value("layout")
    if not isinstance(geometry, QByteArray) or not isinstance(layout, QByteArray):
        return False
    return window.restoreGeometry(geometry) and window.restoreState(layout, LAYOUT_VERSION)
