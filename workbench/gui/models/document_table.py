"""The table of documents, whose rows can be dragged into a bundle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, Qt
from PySide6.QtGui import QFont

from workbench.domain.ids import DocumentId
from workbench.gui.columns import ID_ROLE, RECORD_ROLE
from workbench.gui.models.record_list import Index
from workbench.gui.models.record_table import RecordTable

#: Newline-joined document ids.
DOCUMENTS_MIME = "application/x-workbench-documents"


class DocumentTable(RecordTable):
    """What is dragged are ids, never titles."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.FontRole and index.isValid():
            document = super().data(index, RECORD_ROLE).document
            if document.withdrawn_on or document.withdrawn_reason:
                struck = QFont()
                struck.setStrikeOut(True)
                return struck
        return super().data(index, role)

    def mimeTypes(self) -> list[str]:
        return [DOCUMENTS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = dict.fromkeys(sorted(index.row() for index in indexes))
        ids = [str(self.index(row, 0).data(ID_ROLE)) for row in rows]
        carried = QMimeData()
        carried.setData(DOCUMENTS_MIME, QByteArray("\n".join(ids).encode()))
        return carried


def ids_in(carried: QMimeData, kind: str, prefix: str) -> list[str]:
    """The ids of one kind that are being dropped; none for anything else."""
    if not carried.hasFormat(kind):
        return []
    text = bytes(carried.data(kind).data()).decode("utf-8", "replace")
    return [line for line in text.split("\n") if line.startswith(f"{prefix}_")]


def documents_in(carried: QMimeData) -> list[DocumentId]:
    """The documents that are being dropped."""
    return [DocumentId(line) for line in ids_in(carried, DOCUMENTS_MIME, "doc")]
