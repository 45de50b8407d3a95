"""Closing and opening again: where the readers stood, and the lock in between."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from workbench.domain.document import Document
from workbench.domain.ids import DocumentId
from workbench.gui.page.jumps import Spot
from workbench.gui.panels.reading_desk import ReadingDesk
from workbench.gui.window_state import KeptPlace, load_places, save_places
from workbench.gui.workspace import Workspace
from workbench.services.session import investigation_of


class Reopening(QObject):
    """Keeps ids and heights, never names; ``locked_path`` is the case that waits for its passphrase."""

    locked = Signal()

    def __init__(self, workspace: Workspace, desk: ReadingDesk) -> None:
        super().__init__(desk)
        self._workspace, self._desk = workspace, desk
        self.locked_path: Path | None = None
        workspace.case_opened.connect(self._return)
        workspace.case_leaving.connect(self._keep)

    @Slot()
    def lock(self) -> None:
        """Close the case and drop its key; the window is blank until the passphrase is typed again."""
        if self._workspace.has_case:
            path = self._workspace.case.path
            self._workspace.close_case()
            self.locked_path = path
            self.locked.emit()

    @Slot()
    def _keep(self) -> None:
        spots = [reader.spot() for reader in self._desk.readers if reader.isVisibleTo(self._desk)]
        places = [
            KeptPlace(document=spot.document, fraction=spot.fraction, page_index=spot.page_index)
            for spot in spots
            if spot is not None
        ]
        case = self._workspace.case
        save_places(self._workspace.paths.window_state, investigation_of(case).id, places)

    @Slot()
    def _return(self) -> None:
        """Open the documents that were open when the case was last closed; those that are gone are left out."""
        self.locked_path = None
        case = self._workspace.case
        kept = load_places(self._workspace.paths.window_state, investigation_of(case).id)
        known = [place for place in kept if case.first(Document, id=place.document) is not None]
        self._desk.return_to([Spot(DocumentId(p.document), p.fraction, p.page_index) for p in known])
