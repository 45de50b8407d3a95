"""A short list of named things, one thing to do with the chosen one, and a field to add another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)


class NamedList(QWidget):
    """``chosen()`` when the button is pressed, ``added(name)`` when a name was typed."""

    chosen = Signal()
    added = Signal(str)

    def __init__(self, title: str, hint: str, does: str, adds: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        self.view = QListWidget()
        self.view.setAccessibleName(title)
        self.view.setWordWrap(True)
        self.view.setMinimumHeight(44)
        self.button = QPushButton(does)
        self.button.setEnabled(False)
        self.button.clicked.connect(self.chosen)
        self.name = QLineEdit()
        self.name.setPlaceholderText(hint)
        self.name.setAccessibleName(hint)
        self.name.returnPressed.connect(self._add)
        add = QPushButton("+")
        add.setAccessibleName(adds)
        add.setToolTip(adds)
        add.setFixedWidth(34)
        add.clicked.connect(self._add)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.name, 1)
        row.addWidget(add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(heading)
        column.addWidget(self.view, 1)
        column.addLayout(row)
        column.addWidget(self.button)
        self.view.currentRowChanged.connect(lambda row: self.button.setEnabled(row >= 0))

    def show_items(self, items: Sequence[tuple[str, str]]) -> None:
        """Show (text, id); what was chosen stays chosen, else the first is."""
        kept = self.current_id
        self.view.clear()
        for text, identifier in items:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, identifier)
            self.view.addItem(item)
            if identifier == kept:
                self.view.setCurrentItem(item)
        if self.view.currentRow() < 0 and items:
            self.view.setCurrentRow(len(items) - 1 if kept else 0)
        self.button.setEnabled(self.view.currentRow() >= 0)

    @property
    def current_id(self) -> str | None:
        """The chosen one."""
        item = self.view.currentItem()
        return None if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    @Slot()
    def _add(self) -> None:
        name = self.name.text().strip()
        if name:
            self.added.emit(name)
            self.name.clear()
