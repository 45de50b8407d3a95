"""What one item of the case is linked to, drawn calmly around it or listed as a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.change import Change
from workbench.domain.link_map import Asked, LinkGraph, neighbourhood
from workbench.gui.columns import RECORD_ROLE
from workbench.gui.icons import icon
from workbench.gui.link_map.canvas import MapCanvas
from workbench.gui.link_map.choices import ItemField, KindButtons, StepsBox
from workbench.gui.link_map.picture import write_map
from workbench.gui.link_map.scene import spoken_spot
from workbench.gui.models.record_table import RecordTable
from workbench.gui.panels.base import Panel
from workbench.gui.panels.link_map_columns import TIE_COLUMNS, TieRow, tie_rows
from workbench.gui.theme import Theme
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.widgets.record_view import RecordView
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.link_map import TABLES, link_graph

_REFRESH_MS = 300
_MOST_LISTED = 2_000
_CANVAS, _TABLE = range(2)


class LinkMapPanel(Panel):
    """One item in the middle; canvas and table show the same ties."""

    shows = TABLES
    #: (item, the item in the middle): show it where it lives.
    item_opened = Signal(str, str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._graph: LinkGraph | None = None
        self._is_stale, self._awaits_focus = True, False
        self.centre = ""
        self._before: list[str] = []
        self._more: tuple[int, ...] = ()
        self.chosen_item: Callable[[], str] = str
        self.come_forward: Callable[[], None] = self.take_focus
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_REFRESH_MS)
        self._later.timeout.connect(self._read_if_seen)
        self.field, self.steps = ItemField(), StepsBox()
        self.kinds = KindButtons(workspace.theme)
        self.back = QToolButton()
        self.canvas = MapCanvas(workspace.theme)
        self.model = RecordTable(TIE_COLUMNS, self)
        self.view = RecordView(TIE_COLUMNS, _("Links as a table"))
        self.view.setModel(self.model)
        self.view.sort_by(0)
        self.told = QLabel()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.back.setAccessibleName(_("Back to the item before"))
        self.back.setToolTip(_("Back to the item before (Backspace)"))
        self.back.setIcon(icon("arrow-left", self.workspace.theme.text, disabled=self.workspace.theme.muted))
        self.told.setWordWrap(True)
        self.told.setProperty("role", "muted")
        self.told.setMinimumHeight(self.fontMetrics().lineSpacing() * 2 + 10)
        bar, foot = QFrame(), QFrame()
        bar.setProperty("role", "bar")
        foot.setProperty("role", "bar")
        first = QHBoxLayout()
        first.setSpacing(6)
        for widget in (self.back, self.field, self.steps):
            first.addWidget(widget, 1 if widget is self.field else 0)
        head = QVBoxLayout(bar)
        head.setContentsMargins(8, 8, 8, 6)
        head.setSpacing(6)
        head.addLayout(first)
        head.addWidget(self.kinds)
        below = QVBoxLayout(foot)
        below.setContentsMargins(10, 4, 10, 4)
        below.addWidget(self.told)
        self._kinds_of_view, self._stack = QStackedWidget(), QStackedWidget()
        self._kinds_of_view.addWidget(self.canvas)
        self._kinds_of_view.addWidget(self.view)
        self._stack.addWidget(
            EmptyState(_("Nothing to link yet"), _("Link excerpts (L) to institutions, people, events or paragraphs."))
        )
        self._stack.addWidget(self._kinds_of_view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (bar, self._stack, foot):
            column.addWidget(part, 1 if part is self._stack else 0)

    def _connect(self) -> None:
        self.field.taken.connect(self.show_around)
        self.steps.currentIndexChanged.connect(self._ask_anew)
        self.kinds.changed.connect(self._ask_anew)
        self.back.clicked.connect(self.go_back)
        canvas = self.canvas
        canvas.centre_requested.connect(self.show_around)
        canvas.more_requested.connect(self._show_more)
        canvas.opened.connect(self._open)
        canvas.back_requested.connect(self.go_back)
        canvas.depth_requested.connect(self.steps.deepen)
        canvas.current_changed.connect(self._follow_canvas)
        self.view.row_opened.connect(lambda row: self._open(self._row(row).spot.id))
        self.view.clicked.connect(lambda index: canvas.choose(index.data(RECORD_ROLE).spot.id))

    # Filling

    @Slot()
    def reload(self) -> None:
        """The whole graph is read only while someone looks at it."""
        self._is_stale = True
        self._read_if_seen()

    def refresh(self, change: Change) -> None:
        """Many changes at once are read once."""
        self._is_stale = True
        self._later.start()

    def looked_at(self) -> None:
        self._read_if_seen()

    @Slot()
    def _read_if_seen(self) -> None:
        if self._is_stale and self.is_seen and self.workspace.has_case:
            self._is_stale = False
            self.workspace.read(_("Read the links"), lambda case, _ticket: link_graph(case), self._take)

    def _take(self, graph: LinkGraph) -> None:
        self._graph = graph
        self._before = [identifier for identifier in self._before if identifier in graph.nodes]
        if self.centre not in graph.nodes:
            self.centre, self._more = _most_tied(graph), ()
        self.field.offer(list(graph.nodes.values()))
        self._arrange()
        if self._awaits_focus and self.field.hasFocus() and not self.field.text():
            self.take_focus()

    @Slot()
    def clear(self) -> None:
        self._graph, self.centre, self._before, self._more = None, "", [], ()
        self._is_stale = True
        self.field.clear()
        self.field.offer([])
        self._arrange()

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self.canvas.set_theme(theme)
        self.kinds.recolour(theme)
        self.back.setIcon(icon("arrow-left", theme.text, disabled=theme.muted))

    @property
    def asked(self) -> Asked:
        """What is to be shown around the middle."""
        return Asked(depth=self.steps.steps, kinds=self.kinds.chosen, more=self._more)

    @Slot()
    def _ask_anew(self) -> None:
        self._more = ()
        self._arrange()

    def _arrange(self) -> None:
        graph = self._graph
        shown = neighbourhood(graph, self.centre, self.asked) if graph is not None and self.centre else None
        self.canvas.show_neighbourhood(shown)
        self._list_ties()
        self.kinds.say_hidden(shown.other_kinds if shown is not None else ())
        self._stack.setCurrentIndex(1 if shown is not None else 0)
        self.back.setEnabled(bool(self._before))
        self._tell()

    def _list_ties(self) -> None:
        """The table is filled only while it is looked at: it holds also what the picture has no room for."""
        graph, scene = self._graph, self.canvas.scene
        rows: dict[str, TieRow] = {}
        if self.is_table and graph is not None and scene is not None:
            asked = self.asked
            whole = Asked(depth=asked.depth, kinds=asked.kinds, most=_MOST_LISTED)
            rows = tie_rows(scene.shown, neighbourhood(graph, self.centre, whole))
        self.model.show(rows)
        self.view.fit_columns()

    @Slot(str)
    def _follow_canvas(self, identifier: str) -> None:
        index = self.view.currentIndex()
        if index.isValid() and self._row(index.row()).spot.id == identifier:
            self._tell()
            return
        rows = range(self.model.rowCount())
        row = next((row for row in rows if self._row(row).spot.id == identifier and self._row(row).edge.is_stem), -1)
        if row >= 0 and self.view.currentIndex().row() != row:
            self.view.selectRow(row)
        self._tell()

    def _tell(self) -> None:
        scene = self.canvas.scene
        text = spoken_spot(scene, self.canvas.current, " · ") if scene is not None else ""
        if scene is not None and self.canvas.current == scene.shown.centre.id:
            text += " · " + _.count("{n} item shown", "{n} items shown", len(scene.shown.spots))
        self.told.setText(text)
        self.told.setAccessibleName(text or _("Nothing is chosen"))

    def _row(self, row: int) -> TieRow:
        record: TieRow = self.model.record(self.model.id_at(row))
        return record

    # Actions

    @property
    def is_table(self) -> bool:
        """True while the ties are shown as a table."""
        return self._kinds_of_view.currentIndex() == _TABLE

    @property
    def current(self) -> str:
        """The chosen item; "" while the rest of a ring is chosen."""
        index = self.view.currentIndex()
        if self.is_table and index.isValid():
            return self._row(index.row()).spot.id
        scene = self.canvas.scene
        return self.canvas.current if scene is not None and scene.spot(self.canvas.current) is not None else ""

    @Slot(str)
    def show_around(self, identifier: str) -> None:
        """Put an item into the middle; the one before can be gone back to."""
        if self.centre and identifier != self.centre:
            self._before.append(self.centre)
        self.centre, self._more = identifier, ()
        if self._graph is None or identifier not in self._graph.nodes:
            self.reload()
            return
        self.canvas.current = identifier
        self._arrange()

    def show_chosen(self) -> None:
        """Put what is chosen elsewhere in the window into the middle."""
        identifier = self.chosen_item()
        if not identifier:
            self.workspace.say(_("Choose an institution, event, excerpt or document in a list first."))
            return
        self.come_forward()
        self.show_around(identifier)

    @Slot()
    def go_back(self) -> None:
        """The item that stood in the middle before."""
        if self._before:
            left, self.centre, self._more = self.centre, self._before.pop(), ()
            self.canvas.current = left
            self._arrange()

    @Slot(str)
    def _show_more(self, rest: str) -> None:
        self._more = self.asked.opening(int(rest.removeprefix("more_"))).more
        self._arrange()

    def deepen(self, which: str) -> None:
        """One step ``further`` or ``nearer``."""
        self.steps.deepen(1 if which == "further" else -1)

    def put_in_middle(self) -> None:
        """Put the chosen item into the middle."""
        if self.current:
            self.show_around(self.current)

    def toggle_table(self) -> None:
        """Map or table; the chosen item stays chosen."""
        self._kinds_of_view.setCurrentIndex(_CANVAS if self.is_table else _TABLE)
        self._list_ties()
        self._follow_canvas(self.canvas.current)
        self.take_focus()

    def open_current(self) -> None:
        """Show the chosen item where it lives: pages, timeline, subjects ..."""
        if self.current:
            self._open(self.current)

    @Slot(str)
    def _open(self, identifier: str) -> None:
        if self.canvas.scene is not None and self.canvas.scene.rest(identifier) is not None:
            self._show_more(identifier)
        else:
            self.item_opened.emit(identifier, self.centre)

    def choose_picture_file(self) -> None:
        """Ask where the picture goes."""
        chooser = QFileDialog(self, _("Export the link map as a picture"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilters([_("Pictures") + " (*.svg)", _("Pictures") + " (*.png)"])
        chooser.setDefaultSuffix("svg")
        chooser.fileSelected.connect(lambda name: self.write_picture(Path(name)))
        chooser.open()

    def write_picture(self, path: Path) -> None:
        """Write the whole map as SVG or PNG."""
        if self.canvas.scene is not None:
            written = write_map(self.canvas.scene, path, self.workspace.theme)
            self.workspace.say(_("The link map was written to “{name}”.").format(name=written.name), "success")

    def take_focus(self) -> None:
        self._awaits_focus = self._graph is None
        shown = self.view if self.is_table else self.canvas
        (shown if self._stack.currentIndex() == 1 else self.field).setFocus()


def _most_tied(graph: LinkGraph) -> str:
    """The institution with the most ties, else any item with the most; "" in an empty case."""
    tied = [node for node in graph.nodes.values() if graph.ties[node.id]]
    ordered = sorted(tied, key=lambda node: (node.kind != "institution", -len(graph.ties[node.id]), node.name, node.id))
    return ordered[0].id if ordered else ""
