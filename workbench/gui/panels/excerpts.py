"""The excerpts made so far; choosing one shows its words on the page."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from workbench.domain.change import Change
from workbench.domain.ids import ExcerptId
from workbench.gui.columns import RECORD_ROLE
from workbench.gui.delegates.excerpt import ExcerptCard
from workbench.gui.models.excerpt_model import ExcerptList
from workbench.gui.panels.base import Panel
from workbench.gui.panels.listed import filter_field, head_bar, set_out
from workbench.gui.sheets.excerpt_filter import FilterPopover
from workbench.gui.theme import Theme
from workbench.gui.widgets.chips import ChipRow
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.excerpt_list import ExcerptFilter, ExcerptRow, excerpt_rows, rows_of_excerpts, touched_excerpts
from workbench.services.linking import link_targets

#: Changes of names are shown in many rows at once; everything is read anew.
_NAMES = ("theme", "institution", "event", "person", "case_study", "document")


class ExcerptsPanel(Panel):
    """A list of quotes with their links; several can be chosen and dragged."""

    shows = ("excerpt", "link", *_NAMES)
    current_changed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.model = ExcerptList(self)
        self.view = self._make_view()
        self.card = ExcerptCard(workspace.theme, self.view)
        self.view.setItemDelegate(self.card)
        self.reach = QComboBox()
        self.reach.addItems([_("All documents"), _("This document")])
        self.reach.setAccessibleName(_("Excerpts of"))
        self.reach.currentIndexChanged.connect(self._arrange)
        self.filter = filter_field(_("Filter the excerpts"))
        self.filter.textChanged.connect(self._arrange)
        self.filter_by = QPushButton(_("Filter by…"))
        self.filter_by.clicked.connect(self.open_filter)
        self.filters = FilterPopover(self)
        self.filters.changed.connect(self._arrange)
        self.chips = ChipRow(_("Filters in use"))
        self.chips.removed.connect(self.filters.remove)
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        self._rows: dict[str, ExcerptRow] = {}
        self._document = ""
        self._wanted: str | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState(_("No excerpts yet"), _("Select words on a page and press E. Each excerpt keeps its page."))
        )
        self._stack.addWidget(self.view)
        self._stack.addWidget(EmptyState(_("Nothing matches"), _("No excerpt fits this choice.")))
        self._lay_out()
        workspace.document_shown.connect(self._turn_to)

    def _make_view(self) -> QListView:
        view = QListView()
        view.setModel(self.model)
        view.setAccessibleName(_("Excerpts"))
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setDragEnabled(True)
        view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        view.clicked.connect(self._go)
        view.activated.connect(self._go)
        view.selectionModel().selectionChanged.connect(lambda *_args: self.current_changed.emit())
        return view

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.filter, 1)
        row.addWidget(self._count)
        second = QHBoxLayout()
        second.addWidget(self.reach, 1)
        second.addWidget(self.filter_by)
        set_out(self, head_bar(row, second, self.chips), self._stack)

    # Filling

    @Slot()
    def reload(self) -> None:
        self.workspace.read(_("List excerpts"), lambda case, _ticket: excerpt_rows(case), self._show)

    def refresh(self, change: Change) -> None:
        """Read only the excerpts that changed, unless names did."""
        if any(change.touches(table) for table in _NAMES):
            if self._rows or change.touches("excerpt"):
                self.reload()
            return
        touched = touched_excerpts(change)
        self.workspace.read(
            _("List excerpts"), lambda case, _ticket: rows_of_excerpts(case, touched), self._show_changed
        )

    @Slot()
    def clear(self) -> None:
        self._document = ""
        self.filters.reset()
        self.filter.clear()
        self._show([])

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self.card.set_theme(theme)

    def _show(self, rows: list[ExcerptRow]) -> None:
        self._rows = {row.excerpt.id: row for row in rows}
        self._arrange()

    def _show_changed(self, rows: dict[ExcerptId, ExcerptRow | None]) -> None:
        if self._replace_in_place(rows):
            return
        for identifier, row in rows.items():
            if row is None:
                self._rows.pop(identifier, None)
            else:
                self._rows[identifier] = row
        ordered = sorted(self._rows.values(), key=_place)
        self._show(ordered)

    def _replace_in_place(self, rows: dict[ExcerptId, ExcerptRow | None]) -> bool:
        """Show rows anew that stay where they are; False when one moves, comes or goes."""
        wanted = self._wanted_rows()
        for identifier, row in rows.items():
            known = self._rows.get(identifier)
            if row is None or known is None or _place(row) != _place(known) or wanted.fits(row) != wanted.fits(known):
                return False
        for identifier, row in rows.items():
            if row is not None:
                self._rows[identifier] = row
                at = self.model.row_of(identifier)
                if at >= 0:
                    self.model.replace_row(at, row)
        self.current_changed.emit()
        return True

    def _wanted_rows(self) -> ExcerptFilter:
        document = self._document if self.reach.currentIndex() == 1 else ""
        return self.filters.filter(self.filter.text(), document)

    @Slot(str)
    def _turn_to(self, document: str) -> None:
        self._document = document
        if self.reach.currentIndex() == 1:
            self._arrange()

    @Slot()
    def _arrange(self) -> None:
        wanted = self._wanted_rows()
        every = list(self._rows.values())
        rows = every if wanted.is_open else [row for row in every if wanted.fits(row)]
        kept = [self._wanted] if self._wanted else self.selected_ids
        self.model.show(rows)
        self.chips.show_chips(self.filters.chips)
        total = len(self._rows)
        shown = f"{len(rows):,}"
        self._count.setText(shown if len(rows) == total else _("{n} of {all}").format(n=shown, all=f"{total:,}"))
        self._stack.setCurrentIndex(1 if rows else 2 if self._rows else 0)
        for identifier in kept:
            self._choose(identifier, adds=True)
        self.current_changed.emit()

    # Choosing

    @property
    def selected_rows(self) -> list[ExcerptRow]:
        """The chosen excerpts, in the order of the list."""
        indexes = sorted(self.view.selectionModel().selectedIndexes(), key=lambda index: index.row())
        return [index.data(RECORD_ROLE) for index in indexes]

    @property
    def selected_ids(self) -> list[ExcerptId]:
        """The ids of the chosen excerpts."""
        return [row.excerpt.id for row in self.selected_rows]

    @property
    def current_id(self) -> ExcerptId | None:
        """The chosen excerpt; the first of several."""
        ids = self.selected_ids
        return ids[0] if ids else None

    def row_of(self, excerpt: str) -> ExcerptRow | None:
        """What is known of an excerpt."""
        return self._rows.get(excerpt)

    @Slot(str)
    def point_out(self, excerpt: str) -> None:
        """Choose an excerpt in the list; one that is not listed yet is chosen when it comes."""
        self._wanted = excerpt
        self._choose(excerpt, adds=False)
        self.current_changed.emit()

    def _choose(self, excerpt: str, *, adds: bool) -> None:
        row = self.model.row_of(excerpt)
        if row < 0:
            return
        self._wanted = None
        index, flags = self.model.index(row), self.view.selectionModel().SelectionFlag
        if adds and self.view.selectionModel().hasSelection():
            self.view.selectionModel().select(index, flags.Select)
        else:
            self.view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)
            self.view.scrollTo(index)

    @Slot()
    def _go(self) -> None:
        record = self.view.currentIndex().data(RECORD_ROLE)
        if isinstance(record, ExcerptRow) and len(self.selected_ids) <= 1:
            excerpt = record.excerpt
            self.workspace.go_to(
                Place(document=excerpt.document, page_index=excerpt.page_index, boxes=excerpt.boxes, excerpt=excerpt.id)
            )
        self.current_changed.emit()

    def next_excerpt(self) -> None:
        """Go to the next excerpt of the list."""
        self._step(1)

    def previous_excerpt(self) -> None:
        """Go to the previous excerpt of the list."""
        self._step(-1)

    def _step(self, by: int) -> None:
        count = self.model.rowCount()
        if count:
            chosen = self.current_id
            now = self.model.row_of(chosen) if chosen is not None else -1
            index = self.model.index((now + by) % count if now >= 0 else 0)
            self.view.selectionModel().setCurrentIndex(index, self.view.selectionModel().SelectionFlag.ClearAndSelect)
            self._go()

    # Filtering

    def open_filter(self) -> None:
        """Ask what to filter by."""
        authors = sorted({row.excerpt.made_by for row in self._rows.values() if row.excerpt.made_by})
        self.workspace.read(
            _("List links"),
            lambda case, _ticket: link_targets(case),
            lambda targets: self.filters.offer(targets, authors),
        )
        self.filters.open_near(QPoint(8, 44))
        self.filters.finder.field.setFocus()

    def clear_filters(self) -> None:
        """Show all excerpts."""
        self.filter.clear()
        self.reach.setCurrentIndex(0)
        self.filters.show_only([])

    def take_focus(self) -> None:
        self.view.setFocus()


def _place(row: ExcerptRow) -> tuple[str, int, int]:
    """Where an excerpt stands among all."""
    return row.urn, row.excerpt.page_index, row.excerpt.start
