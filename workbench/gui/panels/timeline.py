"""The events of the investigation by date, on a canvas or as a table, each leading to where it is said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from workbench.domain.change import Change
from workbench.domain.event import EventStatus
from workbench.domain.event_order import SortBy, statement_of
from workbench.domain.excerpt import Excerpt
from workbench.domain.ids import EventId, ExcerptId
from workbench.gui.columns import EVENT_COLUMNS, ID_ROLE
from workbench.gui.models.record_table import RecordTable
from workbench.gui.panels.base import Panel
from workbench.gui.panels.chronology_work import ChronologyWork
from workbench.gui.panels.listed import filter_field, head_bar, set_out
from workbench.gui.panels.timeline_foot import TimelineFoot
from workbench.gui.sheets.event_sheet import EventSheet, Source
from workbench.gui.theme import Theme
from workbench.gui.timeline.canvas import TimelineCanvas, spoken_event
from workbench.gui.timeline.picture import write_picture
from workbench.gui.timeline.scene import LANES
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.widgets.form import FittedBox
from workbench.gui.widgets.record_view import RecordView
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.chronology import Chronology, chronology
from workbench.services.timeline import EventRow, add_sources, delete_event, redate_event
from workbench.store.case_file import CaseFile

_LANE_TITLES = {
    "institution": mark("Lanes by institution"),
    "scope": mark("Lanes by scope paragraph"),
    "case study": mark("Lanes by case study"),
}
_CANVAS, _TABLE = range(2)
#: What a reading thread hands over: the chronology, and what the filter looks through.
_Found = tuple[Chronology, dict[str, str]]


class TimelinePanel(Panel):
    """Canvas and table show the same events; both choose the same one."""

    shows = ("event", "event_order", "institution", "scope_paragraph", "case_study", "excerpt", "document")
    current_changed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._rows: list[EventRow] = []
        self._searchable: dict[str, str] = {}
        self._wanted = ""
        self.canvas = TimelineCanvas(workspace.theme)
        self.model = RecordTable(EVENT_COLUMNS, self)
        self.view = RecordView(EVENT_COLUMNS, _("Timeline as a table"))
        self.view.setModel(self.model)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.sort_by(-1)
        self.sheet = EventSheet(workspace, self, self._point_out_later)
        self.filter = filter_field(_("Filter the timeline"))
        self.filter.textChanged.connect(self._arrange)
        self.lanes, self.status, self.sort = FittedBox(), FittedBox(), FittedBox()
        self._fill_choices()
        self.foot = TimelineFoot()
        self.foot.tint(workspace.theme)
        self.made: Chronology | None = None
        self.chronology = ChronologyWork(workspace, self)
        self._kinds = QStackedWidget()
        self._kinds.addWidget(self.canvas)
        self._kinds.addWidget(self.view)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState(
                _("No events yet"),
                _("Add one here, drop an excerpt here, or type a title and a date while linking an excerpt."),
                does=((_("New event…"), self.add),),
            )
        )
        self._stack.addWidget(self._kinds)
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        self.view.row_opened.connect(lambda row: self._go(self.model.id_at(row)))
        self.view.clicked.connect(lambda index: self.canvas.choose(str(index.data(ID_ROLE))))
        self.canvas.event_opened.connect(self._go)
        self.canvas.redate_requested.connect(self._redate)
        self.canvas.excerpts_dropped.connect(self._take_excerpts)
        self.canvas.current_changed.connect(self._follow_canvas)
        self.canvas.anchor_requested.connect(self.set_anchor)
        self.foot.contradictions_opened.connect(self.chronology.show_orders)
        self.current_changed.connect(self.chronology.count_days)
        self.view.selectionModel().selectionChanged.connect(self.chronology.count_days)

    def _fill_choices(self) -> None:
        self.lanes.setAccessibleName(_("Lanes"))
        for lane in LANES:
            self.lanes.addItem(_(_LANE_TITLES[lane]), lane)
        self.lanes.currentIndexChanged.connect(lambda: self.canvas.set_lanes(str(self.lanes.currentData())))
        self.status.setAccessibleName(_("Status of the events"))
        self.status.addItem(_("Any status"), None)
        for status in EventStatus:
            self.status.addItem(_(status.value).capitalize(), status)
        self.status.currentIndexChanged.connect(self._arrange)
        self.sort.setAccessibleName(_("Order of the events"))
        for sort in SortBy:
            self.sort.addItem(_(statement_of(sort, is_narrowed=False).partition(".")[0]), sort)
        self.sort.currentIndexChanged.connect(self._sort_anew)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.filter, 1)
        add = QPushButton(_("New event…"))
        add.clicked.connect(self.add)
        first.addWidget(add)
        second.addWidget(self.lanes, 1)
        second.addWidget(self.status, 1)
        set_out(self, head_bar(first, second, self.sort, right=8), self._stack, self.foot)

    # Filling

    @Slot()
    def reload(self) -> None:
        sort = SortBy(self.sort.currentData())
        self.workspace.read(_("List events"), lambda case, _ticket: self._prepared(case, sort), self._show)

    def _prepared(self, case: CaseFile, sort: SortBy) -> _Found:
        """With what the filter looks through; called on a reading thread."""
        made = chronology(case, sort)
        return made, {row.id: f"{spoken_event(row)} {row.event.words}".casefold() for row in made.rows}

    @Slot()
    def _sort_anew(self) -> None:
        self.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        if self.workspace.has_case:
            self.reload()

    def next_sort(self) -> None:
        """By the next of the days that a date may be sorted by."""
        self.sort.setCurrentIndex((self.sort.currentIndex() + 1) % self.sort.count())
        self.workspace.say(_("{order}.").format(order=self.sort.currentText()))

    def refresh(self, change: Change) -> None:
        """Changes of excerpts matter only where an event rests on them."""
        if any(
            change.touches(table) for table in ("event", "event_order", "institution", "scope_paragraph", "case_study")
        ):
            self.reload()
            return
        sources = {source for row in self._rows for source in row.event.sources}
        if any(row.row_id in sources or row.table == "document" for row in change.rows) and sources:
            self.reload()

    @Slot()
    def clear(self) -> None:
        self.filter.clear()
        self.made = None
        self._rows, self._searchable = [], {}
        self.canvas.set_anchor("")
        self.chronology.clear()
        self._arrange()

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self.canvas.set_theme(theme)
        self.foot.tint(theme)

    def _show(self, found: _Found) -> None:
        self.made, self._searchable = found
        self._rows = list(self.made.rows)
        self.sort.setToolTip(self.made.statement)
        if all(row.id != self.canvas.anchor for row in self._rows):
            self.canvas.set_anchor("")
        self._arrange()
        self.chronology.follow(self.made)
        if self._wanted:
            self.canvas.choose(self._wanted)
            self._wanted = ""

    @Slot()
    def _arrange(self) -> None:
        words, status = self.filter.text().casefold().split(), self.status.currentData()
        shown = [
            row
            for row in self._rows
            if (status is None or row.event.status == status)
            and all(word in self._searchable[row.id] for word in words)
        ]
        self.model.show({row.id: row for row in shown}, self._searchable)
        self.canvas.show_events(shown)
        self._stack.setCurrentIndex(1 if self._rows else 0)
        self.view.fit_columns()
        self.current_changed.emit()

    def _point_out_later(self, event: str) -> None:
        self._wanted = event

    @Slot(str)
    def _follow_canvas(self, event: str) -> None:
        row = self.model.row_of(event)
        if row >= 0 and self.view.currentIndex().data(ID_ROLE) != event:
            self.view.selectRow(row)
        self.current_changed.emit()

    @property
    def current(self) -> EventRow | None:
        """The chosen event."""
        index = self.view.currentIndex()
        wanted = str(index.data(ID_ROLE)) if self.is_table and index.isValid() else self.canvas.current
        return next((row for row in self._rows if row.id == wanted), None)

    @property
    def pair(self) -> tuple[EventRow, EventRow] | None:
        """Two chosen events: the two selected in the table, else the one days are counted from and the current one."""
        rows = {row.id: row for row in self._rows}
        if self.is_table:
            chosen = sorted(index.row() for index in self.view.selectionModel().selectedRows())
            if len(chosen) == 2:
                one, other = (self.model.id_at(row) for row in chosen)
                return rows[one], rows[other]
        current, anchor = self.current, rows.get(self.canvas.anchor)
        if current is None or anchor is None or current.id == anchor.id:
            return None
        return anchor, current

    @Slot(str)
    def set_anchor(self, event: str) -> None:
        """Count days from this event on; "" for no longer."""
        self.canvas.set_anchor(event)
        self.current_changed.emit()

    # Actions

    @property
    def is_table(self) -> bool:
        """True while the events are shown as a table."""
        return self._kinds.currentIndex() == _TABLE

    def toggle_table(self) -> None:
        """Canvas or table; the chosen event stays chosen."""
        self._kinds.setCurrentIndex(_CANVAS if self.is_table else _TABLE)
        self.take_focus()
        self.current_changed.emit()

    def set_lanes(self, lanes_by: str) -> None:
        """Lanes by institution, scope paragraph or case study."""
        self.lanes.setCurrentIndex(self.lanes.findData(lanes_by))

    def zoom(self, which: str) -> None:
        """Zoom ``in`` or ``out``, or ``fit`` all events."""
        if which == "fit":
            self.canvas.fit()
        else:
            self.canvas.zoom(1.5 if which == "in" else 1 / 1.5)

    @Slot()
    def add(self) -> None:
        """Ask for another event, resting on the excerpts that are chosen."""
        self.sheet.begin(None, self.sheet.chosen_sources())

    def edit(self) -> None:
        """Edit the chosen event."""
        if self.current is None:
            self.workspace.say(_("Choose an event on the timeline first."))
        else:
            self.sheet.begin(self.current)

    def delete(self) -> None:
        """Remove the chosen event; it can be undone."""
        row = self.current
        if row is not None:
            self.workspace.write(_("Remove the event"), lambda case, _ticket: delete_event(case, row.event.id))

    def open_source(self) -> None:
        """Go to the words the chosen event rests on."""
        if self.current is not None:
            self._go(self.current.id)

    @Slot(str)
    def _go(self, event: str) -> None:
        row = next((row for row in self._rows if row.id == event), None)
        if row is None:
            return
        if not row.event.sources:
            self.workspace.say(_("This event has no source yet. Drop an excerpt on it, or edit it."))
            return
        source = row.event.sources[0]
        self.workspace.read(_("Go to the source"), lambda case, _ticket: case.get(Excerpt, source), self._go_to)

    def _go_to(self, source: Excerpt) -> None:
        self.workspace.go_to(
            Place(document=source.document, page_index=source.page_index, boxes=source.boxes, excerpt=source.id)
        )

    @Slot(str, int)
    def _redate(self, event: str, days: int) -> None:
        self.workspace.write(_("Re-date the event"), lambda case, _ticket: redate_event(case, EventId(event), days))

    @Slot(str, object)
    def _take_excerpts(self, event: str, excerpts: Sequence[ExcerptId]) -> None:
        if event:
            self.workspace.write(_("Add sources"), lambda case, _ticket: add_sources(case, EventId(event), excerpts))
            return
        known = {source.excerpt: source for source in self.sheet.chosen_sources()}
        self.sheet.begin(None, [known.get(item, Source(item, _("Excerpt"))) for item in excerpts])

    def choose_picture_file(self) -> None:
        """Ask where the picture goes."""
        chooser = QFileDialog(self, _("Export the timeline as a picture"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilters([_("Pictures") + " (*.svg)", _("Pictures") + " (*.png)"])
        chooser.setDefaultSuffix("svg")
        chooser.fileSelected.connect(lambda name: self.write_picture(Path(name)))
        chooser.open()

    def write_picture(self, path: Path) -> None:
        """Write what the canvas shows, all of it, as SVG or PNG."""
        written = write_picture(self.canvas.scene, path, self.workspace.theme)
        self.workspace.say(_("The timeline was written to “{name}”.").format(name=written.name), "success")

    def take_focus(self) -> None:
        (self.view if self.is_table else self.canvas).setFocus()
