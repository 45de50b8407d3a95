"""The middle of the window: one document, or two side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from workbench.domain.ids import ExcerptId
from workbench.gui.page.jumps import Spot
from workbench.gui.panels.reader import ReaderPanel
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import speech as _


class ReadingDesk(QSplitter):
    """Places are shown in the reader that was used last; the second one is made when it is first wanted."""

    selection_changed = Signal()
    document_changed = Signal()
    excerpt_clicked = Signal(str)
    redaction_clicked = Signal(str)
    active_changed = Signal()
    reader_added = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._workspace = workspace
        self.setChildrenCollapsible(False)
        self.readers: list[ReaderPanel] = []
        self.active = self._add()
        workspace.place_requested.connect(self._show_place)

    def _add(self) -> ReaderPanel:
        reader = ReaderPanel(self._workspace)
        self.readers.append(reader)
        self.addWidget(reader)
        reader.selection_changed.connect(self.selection_changed)
        reader.document_changed.connect(self.document_changed)
        reader.excerpt_clicked.connect(self.excerpt_clicked)
        reader.view.redaction_clicked.connect(self.redaction_clicked)
        reader.focused.connect(lambda: self._activate(reader))
        self.reader_added.emit(reader)
        return reader

    def _activate(self, reader: ReaderPanel) -> None:
        if reader is not self.active:
            self.active = reader
            self.selection_changed.emit()
            self.active_changed.emit()

    @Slot(object)
    def _show_place(self, place: Place) -> None:
        self.active.show_place(place)

    @property
    def is_double(self) -> bool:
        """True while two documents can be seen."""
        return len(self.readers) == 2 and self.readers[1].isVisibleTo(self)

    def toggle_beside(self) -> None:
        """Show a second reader with the same document, or close the one that is not in use."""
        if self.is_double:
            self._activate(self.readers[0])
            self.readers[1].clear()
            self.readers[1].hide()
            self.readers[0].view.setFocus()
            return
        if self.active.document is None:
            self._workspace.say(_("Open a document first; then a second one can stand beside it."))
            return
        spot = self.active.spot()
        if len(self.readers) == 1:
            self._add()
        second = self.readers[1]
        second.show()
        self.setSizes([self.width() // 2] * 2)
        second.return_to(spot)
        self._activate(second)
        second.view.setFocus()

    def return_to(self, spots: Sequence[Spot]) -> None:
        """Stand again where the readers stood; one reader for one spot, two for two."""
        for at, spot in enumerate(spots[:2]):
            if at == len(self.readers):
                self._add()
            self.readers[at].show()
            self.readers[at].return_to(spot)
        if len(spots) > 1:
            self.setSizes([self.width() // 2] * 2)

    def swap(self) -> None:
        """Put the keyboard into the other reader."""
        if self.is_double:
            other = self.readers[1] if self.active is self.readers[0] else self.readers[0]
            self._activate(other)
            other.view.setFocus()

    def point_out_redaction(self, identifier: str) -> None:
        """Show one redaction mark stronger than the others, wherever it can be seen."""
        for reader in self.readers:
            reader.view.layers.current_redaction = identifier
            reader.view.viewport().update()

    def point_out(self, excerpt: ExcerptId | None) -> None:
        """Show one excerpt stronger than the others, wherever it can be seen."""
        for reader in self.readers:
            reader.point_out(excerpt)
