"""Choosing the columns of a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from workbench.gui.columns import Column
from workbench.gui.sheets.popover import Popover
from workbench.runtime.i18n import speech as _

_ID = Qt.ItemDataRole.UserRole


class ColumnSheet(Popover):
    """Space ticks a column; ``chosen(ids)`` after every change, none for as many as fit."""

    chosen = Signal(object)

    def __init__(self, columns: Sequence[Column], home: QWidget) -> None:
        super().__init__(_("Columns"), home)
        self._columns = tuple(columns)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Columns"))
        for column in self._columns:
            item = QListWidgetItem(_(column.title))
            item.setData(_ID, column.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.itemChanged.connect(self._tell)
        self.list.setFixedHeight((self.fontMetrics().height() + 13) * 9)
        reset = QPushButton(_("As many as fit"))
        reset.clicked.connect(self.reset)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(12, 12, 12, 12)
        column_layout.addWidget(self.list)
        column_layout.addWidget(reset)
        self.setFixedWidth(260)

    def begin(self, shown: Sequence[str], at: QPoint) -> None:
        """Ask; ``shown`` are the columns that can be seen now."""
        self._tick(shown)
        self.open_near(at)
        self.list.setFocus()
        self.list.setCurrentRow(0)

    def _tick(self, shown: Sequence[str]) -> None:
        self.list.blockSignals(True)
        for item in self._items():
            is_shown = item.data(_ID) in shown
            item.setCheckState(Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)

    def _items(self) -> list[QListWidgetItem]:
        found = [self.list.item(row) for row in range(self.list.count())]
        return [item for item in found if item is not None]

    @Slot()
    def _tell(self) -> None:
        self.chosen.emit(tuple(i.data(_ID) for i in self._items() if i.checkState() == Qt.CheckState.Checked))

    @Slot()
    def reset(self) -> None:
        """Let the table choose by its width again."""
        self.chosen.emit(())
        self.close_sheet()
