"""Undo and redo, by name."""

from __future__ import annotations

from PySide6.QtCore import QObject

from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _


class EditActions(QObject):
    """Takes changes back and makes them again."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace

    def undo(self) -> None:
        """Take back the newest change."""
        self._workspace.write(_("Undo"), lambda case, _ticket: case.undo())

    def redo(self) -> None:
        """Make the newest undone change again."""
        self._workspace.write(_("Redo"), lambda case, _ticket: case.redo())
