"""A table of records that can be filtered and sorted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workbench.gui.columns import ID_ROLE, RECORD_ROLE, Column
from workbench.runtime.i18n import speech as _

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class RecordTable(QAbstractTableModel):
    """Rows by identifier, with the records kept beside; shows those that contain every word of the filter."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._records: dict[str, Any] = {}
        self._searchable: dict[str, str] = {}
        self._ids: list[str] = []
        self._filter = ""
        self._fits: Callable[[Any], bool] | None = None
        self._order: tuple[int, Qt.SortOrder] | None = None

    # Filling

    def prepared(self, records: Mapping[str, Any]) -> dict[str, str]:
        """What the filter looks through for each row; may be worked out on another thread and handed to ``show``."""
        return {identifier: self._text_of(record) for identifier, record in records.items()}

    def show(self, records: Mapping[str, Any], searchable: Mapping[str, str] | None = None) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._records = dict(records)
        self._searchable = dict(searchable) if searchable is not None else self.prepared(records)
        self._ids = self._arranged()
        self.endResetModel()

    def update(self, records: Mapping[str, Any | None]) -> None:
        """Replace, add or (None) remove some rows."""
        known = set(self._records)
        self._put(records)
        ids = self._arranged()
        if ids != self._ids or not known.issuperset(records):
            # What was put above is only looked at again between these two.
            self.beginResetModel()
            self._ids = ids
            self.endResetModel()
            return
        rows = {identifier: row for row, identifier in enumerate(ids)} if len(records) > 1 else None
        for identifier in records:
            row = rows.get(identifier, -1) if rows is not None else self.row_of(identifier)
            if row >= 0:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def _put(self, records: Mapping[str, Any | None]) -> None:
        for identifier, record in records.items():
            if record is None:
                self._records.pop(identifier, None)
                self._searchable.pop(identifier, None)
            else:
                self._records[identifier] = record
                self._searchable[identifier] = self._text_of(record)

    def set_filter(self, text: str) -> None:
        """Show only rows that contain every word of the text in some column."""
        if text != self._filter:
            self.beginResetModel()
            self._filter = text
            self._ids = self._arranged()
            self.endResetModel()

    def set_fitting(self, fits: Callable[[Any], bool] | None) -> None:
        """Show only rows that fit, beside the filter by words; None shows all."""
        self.beginResetModel()
        self._fits = fits
        self._ids = self._arranged()
        self.endResetModel()

    def _text_of(self, record: Any) -> str:
        return "\n".join(column.in_full(record) for column in self.columns).casefold()

    def _arranged(self) -> list[str]:
        words = self._filter.casefold().split()
        fits = self._fits
        ids = [
            i
            for i, record in self._records.items()
            if (fits is None or fits(record)) and all(word in self._searchable[i] for word in words)
        ]
        if self._order is not None:
            column, order = self._order
            key: Callable[[str], Any] = lambda i: self.columns[column].sort_key(self._records[i])  # noqa: E731
            ids.sort(key=key, reverse=order == Qt.SortOrder.DescendingOrder)
        return ids

    # Asking

    @property
    def total(self) -> int:
        """All rows, whatever the filter hides."""
        return len(self._records)

    @property
    def ids(self) -> tuple[str, ...]:
        """The identifiers of all rows in the order they came in."""
        return tuple(self._records)

    def id_at(self, row: int) -> str:
        return self._ids[row]

    def row_of(self, identifier: str) -> int:
        """The row that shows this record, -1 when none does."""
        return self._ids.index(identifier) if identifier in self._records and identifier in self._ids else -1

    def record(self, identifier: str) -> Any:
        return self._records[identifier]

    # Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        identifier = self._ids[index.row()]
        column = self.columns[index.column()]
        if role == Role.DisplayRole:
            return column.text(self._records[identifier])
        if role == Role.ToolTipRole or (role == Role.AccessibleTextRole and column.said is not None):
            return column.in_full(self._records[identifier]) or None
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == ID_ROLE:
            return identifier
        if role == RECORD_ROLE:
            return self._records[identifier]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        if role == Role.DisplayRole:
            return _(self.columns[section].title)
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].is_number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 puts the rows back into the order they came in."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self._ids[index.row()] for index in before]
        self._order = None if column < 0 else (column, order)
        self._ids = self._arranged()
        rows = {identifier: row for row, identifier in enumerate(self._ids)}
        after = [self.index(rows[i], index.column()) for i, index in zip(ids, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
