"""A plain list of records, drawn by a delegate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workbench.gui.columns import ID_ROLE, RECORD_ROLE

Index = QModelIndex | QPersistentModelIndex


class RecordList(QAbstractListModel):
    """Records in the order given; ``spoken`` is what a screen reader says for one."""

    def __init__(self, spoken: Callable[[Any], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spoken = spoken
        self._records: list[Any] = []

    def show(self, records: Sequence[Any]) -> None:
        """Replace all records."""
        self.beginResetModel()
        self._records = list(records)
        self.endResetModel()

    @property
    def records(self) -> tuple[Any, ...]:
        return tuple(self._records)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._records)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._records):
            return None
        record = self._records[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(record)
        if role == RECORD_ROLE:
            return record
        if role == ID_ROLE:
            return getattr(record, "id", None)
        return None
