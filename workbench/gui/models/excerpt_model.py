"""The excerpts as a list that can be dragged onto what they speak about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QObject, Qt

from workbench.domain.ids import ExcerptId
from workbench.gui.models.record_list import Index, RecordList
from workbench.services.excerpt_list import spoken_excerpt

#: Newline-joined excerpt ids.
EXCERPTS_MIME = "application/x-workbench-excerpts"


class ExcerptList(RecordList):
    """Rows are ``ExcerptRow``; what is dragged are their ids, never their words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(spoken_excerpt, parent)
        self._rows_by_id: dict[str, int] = {}

    def show(self, records: Sequence[Any]) -> None:
        super().show(records)
        self._rows_by_id = {record.excerpt.id: row for row, record in enumerate(records)}

    def row_of(self, excerpt: str) -> int:
        """The row of an excerpt, -1 when it is not shown."""
        return self._rows_by_id.get(excerpt, -1)

    def replace_row(self, row: int, record: Any) -> None:
        """Show another record in a row, without moving the others."""
        self._records[row] = record
        self.dataChanged.emit(self.index(row), self.index(row))

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def mimeTypes(self) -> list[str]:
        return [EXCERPTS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        ids = [self._records[index.row()].excerpt.id for index in indexes]
        carried = QMimeData()
        carried.setData(EXCERPTS_MIME, QByteArray("\n".join(ids).encode()))
        return carried


def excerpts_in(carried: QMimeData) -> list[ExcerptId]:
    """The excerpts that are being dropped; none for anything else."""
    if not carried.hasFormat(EXCERPTS_MIME):
        return []
    text = bytes(carried.data(EXCERPTS_MIME).data()).decode("utf-8", "replace")
    return [ExcerptId(line) for line in text.split("\n") if line.startswith("exc_")]
