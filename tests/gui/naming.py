"""Finds what a screen reader could not name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QWidget


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
