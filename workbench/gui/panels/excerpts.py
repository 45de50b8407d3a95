"""The excerpts made so far; choosing one shows its words on the page."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.change import Change
from workbench.domain.ids import ExcerptId
from workbench.gui.columns import RECORD_ROLE
from workbench.gui.delegates.excerpt import ExcerptCard
from workbench.gui.models.record_list import RecordList
from workbench.gui.panels.base import Panel
from workbench.gui.theme import Theme
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.widgets.form import make_clearable
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.excerpt_list import ExcerptRow, excerpt_rows
from workbench.services.excerpting import delete_excerpt


class ExcerptsPanel(Panel):
    """A list of quotes with their links."""

    shows = ("excerpt", "link", "theme", "institution", "event", "document")
    current_changed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.model = RecordList(_spoken, self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(_("Excerpts"))
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setMouseTracking(True)
        self.card = ExcerptCard(workspace.theme, self.view)
        self.view.setItemDelegate(self.card)
        self.view.clicked.connect(self._go)
        self.view.activated.connect(self._go)
        self.reach = QComboBox()
        self.reach.addItems([_("All documents"), _("This document")])
        self.reach.setAccessibleName(_("Excerpts of"))
        self.reach.currentIndexChanged.connect(self._arrange)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setAccessibleName(_("Filter the excerpts"))
        make_clearable(self.filter)
        self.filter.textChanged.connect(self._arrange)
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        self._rows: list[ExcerptRow] = []
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

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 8, 10, 8)
        row.addWidget(self.filter, 1)
        row.addWidget(self.reach)
        row.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)

    @Slot()
    def reload(self) -> None:
        self.workspace.read(_("List excerpts"), lambda case, _ticket: excerpt_rows(case), self._show)

    def refresh(self, change: Change) -> None:
        if self._rows or any(row.table != "document" for row in change.rows if row.table in self.shows):
            self.reload()

    @Slot()
    def clear(self) -> None:
        self._document = ""
        self._show([])

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self.card.set_theme(theme)

    def _show(self, rows: list[ExcerptRow]) -> None:
        self._rows = rows
        self._arrange()

    @Slot(str)
    def _turn_to(self, document: str) -> None:
        self._document = document
        if self.reach.currentIndex() == 1:
            self._arrange()

    @Slot()
    def _arrange(self) -> None:
        words = self.filter.text().casefold().split()
        only_this = self.reach.currentIndex() == 1
        rows = [
            row
            for row in self._rows
            if (not only_this or row.excerpt.document == self._document)
            and all(word in _spoken(row).casefold() for word in words)
        ]
        kept = self._wanted or self.current_id
        self.model.show(rows)
        self._count.setText(f"{len(rows):,}")
        self._stack.setCurrentIndex(1 if rows else 2 if self._rows else 0)
        if kept is not None:
            self.point_out(kept)
        self.current_changed.emit()

    @property
    def current_id(self) -> str | None:
        """The chosen excerpt."""
        record = self.view.currentIndex().data(RECORD_ROLE)
        return record.excerpt.id if isinstance(record, ExcerptRow) else None

    @Slot(str)
    def point_out(self, excerpt: str) -> None:
        """Choose an excerpt in the list; one that is not listed yet is chosen when it comes."""
        self._wanted = excerpt
        for row, record in enumerate(self.model.records):
            if record.excerpt.id == excerpt:
                self._wanted = None
                self.view.setCurrentIndex(self.model.index(row))
                self.current_changed.emit()

    @Slot()
    def _go(self) -> None:
        record = self.view.currentIndex().data(RECORD_ROLE)
        if isinstance(record, ExcerptRow):
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
            now = self.view.currentIndex().row()
            self.view.setCurrentIndex(self.model.index((now + by) % count if now >= 0 else 0))
            self._go()

    def delete_current(self) -> None:
        """Remove the chosen excerpt; it can be undone."""
        excerpt = self.current_id
        if excerpt is not None:
            identifier = ExcerptId(excerpt)
            self.workspace.write(_("Remove the excerpt"), lambda case, _ticket: delete_excerpt(case, identifier))

    def take_focus(self) -> None:
        self.view.setFocus()


def _spoken(row: ExcerptRow) -> str:
    links = ", ".join(f"{link.name} ({link.stance})" for link in row.links)
    return " · ".join(
        part for part in (row.excerpt.quote, row.reference, links, ", ".join(row.themes), row.excerpt.note) if part
    )
