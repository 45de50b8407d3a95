"""Asking for one name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from workbench.gui.sheets.popover import Popover
from workbench.runtime.i18n import speech as _


class NameSheet(Popover):
    """Enter keeps the name, Escape leaves it."""

    def __init__(self, home: QWidget) -> None:
        super().__init__(_("Name"), home)
        self._save: Callable[[str], None] | None = None
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.field = QLineEdit()
        self.field.returnPressed.connect(self.save)
        save = QPushButton(_("Save"))
        save.setProperty("primary", True)
        save.clicked.connect(self.save)
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(save)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.addWidget(self.heading)
        column.addLayout(row)
        self.setFixedWidth(360)

    def begin(self, title: str, name: str, save: Callable[[str], None], at: QPoint | None = None) -> None:
        """Ask; ``save`` is called with what was typed."""
        self._save = save
        self.heading.setText(title)
        self.field.setAccessibleName(title)
        self.field.setText(name)
        self.open_near(at)
        self.field.setFocus()
        self.field.selectAll()

    @Slot()
    def save(self) -> None:
        """Hand the name over; nothing happens while it is empty."""
        if self._save is not None and self.field.text().strip():
            save, self._save = self._save, None
            save(self.field.text().strip())
            self.close_sheet()
