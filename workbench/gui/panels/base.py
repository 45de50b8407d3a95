"""What every panel has: a name, and a way to hear what changed."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from workbench.domain.change import Change
from workbench.gui.theme import Theme
from workbench.gui.workspace import Workspace, touches_any


class Panel(QWidget):
    """A part of the window; ``shows`` names the tables whose rows it shows."""

    shows: tuple[str, ...] = ()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        workspace.case_opened.connect(self.reload)
        workspace.case_closed.connect(self.clear)
        workspace.changed.connect(self._hear)
        workspace.theme_changed.connect(self.recolour)

    @property
    def is_seen(self) -> bool:
        """True while some of it is on the screen, not only behind another tab."""
        return not self.visibleRegion().isEmpty()

    def looked_at(self) -> None:
        """Called whenever the panel is painted; one that reads only what is looked at does so here, if it has to."""

    def paintEvent(self, event: QPaintEvent) -> None:
        # Being shown is no sign: while panels are set out, those that end up behind a tab are shown for a moment.
        super().paintEvent(event)
        self.looked_at()

    @Slot()
    def reload(self) -> None:
        """Read everything shown anew."""

    @Slot()
    def clear(self) -> None:
        """Show nothing."""

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        """Use other colours."""

    def take_focus(self) -> None:
        """Put the keyboard where work in this panel begins."""
        self.setFocus()

    def refresh(self, change: Change) -> None:
        """Show what a change altered; reads everything anew unless a panel knows better."""
        self.reload()

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if touches_any(change, self.shows):
            self.refresh(change)
