"""Keeps the redaction marks on the pages of one reader in step with the case."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from workbench.domain.change import Change
from workbench.domain.ids import DocumentId
from workbench.gui.page.redaction_marks import RedactionMark
from workbench.gui.page.view import PageView
from workbench.gui.wording import redaction_in_words
from workbench.gui.workspace import Workspace, touches_any
from workbench.runtime.i18n import speech as _
from workbench.services.redaction_list import MarkRow, placed_marks


class ReaderRedactions(QObject):
    """Reads the marks of the document that is shown, and again whenever marks or restrictions change."""

    def __init__(self, workspace: Workspace, view: PageView) -> None:
        super().__init__(view)
        self._workspace, self._view = workspace, view
        self._document: DocumentId | None = None
        workspace.changed.connect(self._hear)

    def turn_to(self, document: DocumentId | None) -> None:
        """Another document is read, or none."""
        self._document = document
        self._read()

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if touches_any(change, ("redaction", "restriction")):
            self._read()

    def _read(self) -> None:
        document = self._document
        if document is None:
            return
        words = self._workspace.words
        self._workspace.read(
            _("List redactions"),
            lambda case, _ticket: placed_marks(case, document, words),
            lambda rows: self._show(document, rows),
        )

    def _show(self, document: DocumentId, rows: list[MarkRow]) -> None:
        if document != self._document:
            return
        marks: dict[int, list[RedactionMark]] = {}
        for row in rows:
            shown = RedactionMark(id=row.id, boxes=row.mark.boxes, state=row.mark.state, tip=redaction_in_words(row))
            marks.setdefault(row.mark.page_index, []).append(shown)
        self._view.layers.redactions = marks
        self._view.viewport().update()
