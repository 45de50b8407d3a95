"""The events of the investigation by date, each leading to where it is said."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt
from workbench.gui.columns import EVENT_COLUMNS
from workbench.gui.models.record_table import RecordTable
from workbench.gui.panels.base import Panel
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.widgets.form import make_clearable
from workbench.gui.widgets.record_view import RecordView
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import speech as _


class TimelinePanel(Panel):
    """A table of events, oldest first."""

    shows = ("event",)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.model = RecordTable(EVENT_COLUMNS, self)
        self.view = RecordView(EVENT_COLUMNS, _("Timeline"))
        self.view.setModel(self.model)
        self.view.sort_by(0)
        self.view.row_opened.connect(self._go)
        self.view.clicked.connect(lambda index: self._go(index.row()))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setAccessibleName(_("Filter the timeline"))
        make_clearable(self.filter)
        self.filter.textChanged.connect(self.model.set_filter)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState(
                _("No events yet"), _("Events come with an apply file; each one leads to the words it rests on.")
            )
        )
        page = QWidget()
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 8, 8, 8)
        row.addWidget(self.filter)
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(bar)
        inner.addWidget(self.view, 1)
        self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    @Slot()
    def reload(self) -> None:
        self.workspace.read(
            _("List events"), lambda case, _ticket: case.all(Event, "on_earliest, on_latest, id"), self._show
        )

    @Slot()
    def clear(self) -> None:
        self._show([])

    def _show(self, events: list[Event]) -> None:
        self.model.show({event.id: event for event in events})
        self._stack.setCurrentIndex(1 if events else 0)
        self.view.fit_columns()

    @Slot(int)
    def _go(self, row: int) -> None:
        event: Event = self.model.record(self.model.id_at(row))
        source = self.workspace.case.first(Excerpt, id=event.sources[0]) if event.sources else None
        if source is not None:
            self.workspace.go_to(
                Place(document=source.document, page_index=source.page_index, boxes=source.boxes, excerpt=source.id)
            )

    def take_focus(self) -> None:
        self.view.setFocus()
