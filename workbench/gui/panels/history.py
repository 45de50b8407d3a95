"""Who changed what, and when; the newest change first."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.domain.change import Change
from workbench.gui.columns import HISTORY_COLUMNS
from workbench.gui.models.record_table import RecordTable
from workbench.gui.panels.base import Panel
from workbench.gui.widgets.record_view import RecordView
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _

LIMIT = 5000


class HistoryPanel(Panel):
    """The entries of the history."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.model = RecordTable(HISTORY_COLUMNS, self)
        self.view = RecordView(HISTORY_COLUMNS, _("History"))
        self.view.setModel(self.model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        workspace.changed.connect(self.add)

    @Slot()
    def reload(self) -> None:
        self.workspace.read(
            _("List the history"), lambda case, _ticket: case.history(newest_first=True, limit=LIMIT), self._show
        )

    @Slot()
    def clear(self) -> None:
        self._show([])

    def _show(self, changes: list[Change]) -> None:
        self.model.show({str(change.number): change for change in changes})
        self.view.fit_columns()

    @Slot(object)
    def add(self, change: Change) -> None:
        """Put a change that was just made at the top."""
        if str(change.number) not in self.model.ids:
            self._show([change, *(self.model.record(identifier) for identifier in self.model.ids)])

    def take_focus(self) -> None:
        self.view.setFocus()
