"""The list of letters as a table on which the words of a response can be dropped."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from workbench.gui.columns import ID_ROLE
from workbench.gui.models.excerpt_model import excerpts_in
from workbench.gui.widgets.record_view import RecordView


class LetterView(RecordView):
    """Lines take excerpts that are dropped on them as the response to their letter."""

    excerpts_dropped = Signal(str, object)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if excerpts_in(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid() and excerpts_in(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            event.acceptProposedAction()
            self.excerpts_dropped.emit(str(index.data(ID_ROLE)), excerpts_in(event.mimeData()))
