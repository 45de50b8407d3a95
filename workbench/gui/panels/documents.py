"""The documents of the case: filter, sort, open."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from workbench.domain.change import Change
from workbench.domain.ids import DocumentId
from workbench.gui.columns import DOCUMENT_COLUMNS, ID_ROLE
from workbench.gui.models.record_table import RecordTable
from workbench.gui.panels.base import Panel
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.widgets.form import make_clearable
from workbench.gui.widgets.record_view import RecordView
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.document_list import DocumentRow, document_rows
from workbench.services.documents import rows_of_documents

_REFRESH_MS = 150


class DocumentsPanel(Panel):
    """A table over the ids of all documents."""

    shows = ("document", "receipt")
    import_requested = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.model = RecordTable(DOCUMENT_COLUMNS, self)
        self.view = RecordView(DOCUMENT_COLUMNS, _("Documents"))
        self.view.setModel(self.model)
        self.view.sort_by(0)
        self.view.row_opened.connect(self.open_row)
        self.view.clicked.connect(lambda index: self.open_row(index.row()))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter by URN, title, kind, date or supplier"))
        self.filter.setAccessibleName(_("Filter the documents"))
        make_clearable(self.filter)
        self.filter.textChanged.connect(self._apply_filter)
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState(
                _("No documents yet"),
                _("Drop files or folders anywhere on this window, or choose them."),
                does=((_("Import files…"), self.import_requested.emit),),
            )
        )
        self._stack.addWidget(self.view)
        self._stack.addWidget(EmptyState(_("Nothing matches"), _("No document contains all the words of the filter.")))
        self._lay_out()
        self._touched: set[DocumentId] = set()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_REFRESH_MS)
        self._later.timeout.connect(self._read_touched)
        self._current = ""
        workspace.document_shown.connect(self.point_out)

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 8, 10, 8)
        row.addWidget(self.filter, 1)
        row.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)

    def take_focus(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()

    @Slot()
    def reload(self) -> None:
        self.workspace.read(_("List documents"), lambda case, _ticket: document_rows(case), self._show)

    @Slot()
    def clear(self) -> None:
        self._later.stop()
        self._touched.clear()
        self._current = ""
        self.filter.clear()
        self._show([])

    def _show(self, rows: list[DocumentRow]) -> None:
        self.model.show({row.document.id: row for row in rows})
        self._after_change()

    def refresh(self, change: Change) -> None:
        """Read only the rows that changed, many changes at once."""
        self._touched |= {DocumentId(row.row_id) for row in change.rows if row.table == "document"}
        if any(row.table == "receipt" for row in change.rows) and not change.touches("document"):
            self.reload()
        self._later.start()

    @Slot()
    def _read_touched(self) -> None:
        if self.workspace.has_case and self._touched:
            ids, self._touched = sorted(self._touched), set()
            self.workspace.read(_("List documents"), lambda case, _ticket: rows_of_documents(case, ids), self._update)

    def _update(self, rows: dict[str, DocumentRow | None]) -> None:
        self.model.update(rows)
        self._after_change()

    @Slot(str)
    def _apply_filter(self, text: str) -> None:
        self.model.set_filter(text)
        self._after_change()

    def _after_change(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        self._count.setText(
            f"{shown:,}" if shown == total else _("{n} of {all}").format(n=f"{shown:,}", all=f"{total:,}")
        )
        self._stack.setCurrentIndex(1 if shown else 2 if total else 0)
        self.view.fit_columns()
        self.point_out(self._current)

    @Slot(str)
    def point_out(self, document: str) -> None:
        """Select the row of the document that is being read."""
        self._current = document
        row = self.model.row_of(document)
        if row >= 0 and self.view.currentIndex().data(ID_ROLE) != document:
            self.view.selectRow(row)

    @Slot(int)
    def open_row(self, row: int) -> None:
        """Show the document of a row in the reader."""
        self.workspace.go_to(Place(document=DocumentId(self.model.id_at(row))))
