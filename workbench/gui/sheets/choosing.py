"""Moving through a list while the keyboard stays in the field above it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def moves_through(event: QEvent, view: QListView) -> bool:
    """True when the event was Up or Down, and the next line of the list is chosen; after the last comes the first."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    count = view.model().rowCount()
    if event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down) or not count:
        return False
    step = 1 if event.key() == Qt.Key.Key_Down else -1
    view.setCurrentIndex(view.model().index((view.currentIndex().row() + step) % count, 0))
    return True


def is_plain_enter(event: QEvent) -> bool:
    """True for Enter without Ctrl, which saves the whole sheet instead."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    return event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
