"""Remembers where the window and its panels stood; never what was in them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow

#: Raised when panels change so much that an old layout would not fit.
LAYOUT_VERSION = 4


def save_window_state(path: Path, window: QMainWindow, layout: str = "") -> None:
    """Keep size, place, and the layout in use with its panels."""
    stored = QSettings(str(path), QSettings.Format.IniFormat)
    stored.setValue("geometry", window.saveGeometry())
    stored.setValue("layout", window.saveState(LAYOUT_VERSION))
    stored.setValue("layout_name", layout)
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


def kept_layout(path: Path) -> str:
    """Which layout was in use; "" when that is not known."""
    return str(QSettings(str(path), QSettings.Format.IniFormat).value("layout_name", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPlace:
    """Where a reader stood: the document's id, never its name, and how far down it."""

    document: str
    fraction: float
    page_index: int


def save_places(path: Path, investigation: str, places: Sequence[KeptPlace]) -> None:
    """Keep where the readers stand in one case."""
    stored = QSettings(str(path), QSettings.Format.IniFormat)
    stored.setValue(f"places/{investigation}", json.dumps([asdict(place) for place in places]))
    stored.sync()


def load_places(path: Path, investigation: str) -> list[KeptPlace]:
    """Where the readers stood when the case was last closed; none when nothing fitting was kept."""
    stored = QSettings(str(path), QSettings.Format.IniFormat)
    try:
        found = json.loads(str(stored.value(f"places/{investigation}", "[]")))
        return [
            KeptPlace(document=str(p["document"]), fraction=float(p["fraction"]), page_index=int(p["page_index"]))
            for p in found
        ]
    except (ValueError, TypeError, KeyError):
        return []
