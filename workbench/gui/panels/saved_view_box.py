"""The saved views of one room: choosing, keeping and forgetting them."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from workbench.domain.change import Change
from workbench.domain.saved_view import SavedView
from workbench.gui.sheets.name_sheet import NameSheet
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.saved_views import remove_view, save_view, saved_views


class SavedViewBox(QComboBox):
    """``chosen(query)`` with what was kept, an empty one for the first line; ``first`` is what stands there."""

    chosen = Signal(object)

    def __init__(self, workspace: Workspace, room: str, name: str, first: str, home: QWidget) -> None:
        super().__init__(home)
        self._workspace, self._room, self._first = workspace, room, first
        self._views: list[SavedView] = []
        self.sheet = NameSheet(home)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.activated.connect(self._choose)
        workspace.case_opened.connect(self.reload)
        workspace.case_closed.connect(lambda: self._show([]))
        workspace.changed.connect(self._hear)
        self._show([])

    @Slot()
    def reload(self) -> None:
        """Read all views of the room."""
        room = self._room
        self._workspace.read(_("List the views"), lambda case, _ticket: saved_views(case, room), self._show)

    @Slot(object)
    def _hear(self, change: Change) -> None:
        if change.touches("saved_view"):
            self.reload()

    def _show(self, views: list[SavedView]) -> None:
        kept = self.currentData()
        self._views = views
        self.clear()
        self.addItem(self._first, "")
        for view in views:
            self.addItem(view.name, view.id)
        self.setCurrentIndex(max(self.findData(kept), 0))

    @property
    def current(self) -> SavedView | None:
        """The chosen view."""
        return next((view for view in self._views if view.id == self.currentData()), None)

    @Slot()
    def _choose(self) -> None:
        view = self.current
        self.chosen.emit({} if view is None else json.loads(view.query))

    def keep(self, query: dict[str, Any], suggestion: str) -> None:
        """Ask for a name and keep this, inside the case."""
        room, text = self._room, json.dumps(query, ensure_ascii=False)

        def save(name: str) -> None:
            self._workspace.write(_("Save the view"), lambda case, _ticket: save_view(case, room, name, text))

        self.sheet.begin(_("Save as"), suggestion, save, QPoint(10, 60))

    def remove(self) -> None:
        """Forget the chosen view."""
        view = self.current
        if view is None:
            self._workspace.say(_("Choose what is to be removed in “{list}” first.").format(list=self.accessibleName()))
            return
        self._workspace.write(_("Remove the view"), lambda case, _ticket: remove_view(case, view.id))
