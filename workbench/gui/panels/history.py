"""Who changed what, and when; the newest change first."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from workbench.domain.change import Change
from workbench.gui.columns import shown_change, shown_instant
from workbench.gui.delegates.change import ChangeRow
from workbench.gui.models.record_list import RecordList
from workbench.gui.panels.base import Panel
from workbench.gui.theme import Theme
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _

LIMIT = 2000


class HistoryPanel(Panel):
    """The entries of the history."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.model = RecordList(_spoken, self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(_("History"))
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.row = ChangeRow(workspace.theme, self.view)
        self.view.setItemDelegate(self.row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        workspace.changed.connect(self.add)

    @Slot()
    def reload(self) -> None:
        self.workspace.read(
            _("List the history"), lambda case, _ticket: case.history(newest_first=True, limit=LIMIT), self.model.show
        )

    @Slot()
    def clear(self) -> None:
        self.model.show([])

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self.row.set_theme(theme)

    @Slot(object)
    def add(self, change: Change) -> None:
        """Put a change that was just made at the top."""
        known = self.model.records
        if change.number not in {entry.number for entry in known}:
            self.model.show(sorted([change, *known[: LIMIT - 1]], key=lambda entry: -entry.number))

    def take_focus(self) -> None:
        self.view.setFocus()


def _spoken(change: Change) -> str:
    return f"{shown_change(change)}, {shown_instant(change.at)}, {change.who}"
