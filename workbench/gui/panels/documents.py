"""The documents of the case: filter, sort, open, edit, and everything known of one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.change import Change
from workbench.domain.ids import DocumentId
from workbench.gui.columns import DOCUMENT_COLUMNS, ID_ROLE
from workbench.gui.icons import icon
from workbench.gui.models.document_table import DocumentTable
from workbench.gui.panels.base import Panel
from workbench.gui.panels.saved_view_box import SavedViewBox
from workbench.gui.sheets.column_sheet import ColumnSheet
from workbench.gui.sheets.document_sheet import DocumentSheet
from workbench.gui.theme import Theme
from workbench.gui.widgets.document_details import DocumentDetailsTree
from workbench.gui.widgets.document_filter import DocumentFilter
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.widgets.form import make_clearable
from workbench.gui.widgets.record_view import RecordView
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.document_list import DocumentRow, document_rows, touched_documents
from workbench.services.documents import DocumentDetails, document_details, rows_of_documents

_REFRESH_MS = 150


class DocumentsPanel(Panel):
    """A table over the ids of all documents."""

    shows = ("document", "receipt", "excerpt", "institution")
    import_requested = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.model = DocumentTable(DOCUMENT_COLUMNS, self)
        self.view = RecordView(DOCUMENT_COLUMNS, _("Documents"))
        self.view.setModel(self.model)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.view.sort_by(0)
        self.view.row_opened.connect(self.open_row)
        self.view.clicked.connect(self._clicked)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter by URN, title, kind, date or supplier"))
        self.filter.setAccessibleName(_("Filter the documents"))
        make_clearable(self.filter)
        self.filter.textChanged.connect(self._apply_filter)
        self.choices = DocumentFilter()
        self.choices.changed.connect(self._apply_choices)
        self.choices.hide()
        self.more = self._make_more()
        self.views = SavedViewBox(workspace, "documents", _("Saved views"), _("All documents"), self)
        self.views.chosen.connect(self._show_view)
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        self.details = DocumentDetailsTree()
        self.details.page_chosen.connect(self._go_to_page)
        self.details.hide()
        self.columns = ColumnSheet(DOCUMENT_COLUMNS, self)
        self.columns.chosen.connect(self._keep_columns)
        self.sheet = DocumentSheet(workspace, self)
        self._stack = self._make_stack()
        self._lay_out()
        self._touched: set[DocumentId] = set()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_REFRESH_MS)
        self._later.timeout.connect(self._read_touched)
        self._current = ""
        self.view.choose_columns([name for name in workspace.settings.document_columns.split(",") if name])
        workspace.document_shown.connect(self.point_out)
        self.recolour(workspace.theme)

    def _make_more(self) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setAccessibleName(_("More filters"))
        button.setToolTip(_("More filters"))
        button.toggled.connect(self._show_choices)
        return button

    def _make_stack(self) -> QStackedWidget:
        stack = QStackedWidget()
        stack.addWidget(
            EmptyState(
                _("No documents yet"),
                _("Drop files or folders anywhere on this window, or choose them."),
                does=((_("Import files…"), self.import_requested.emit),),
            )
        )
        stack.addWidget(self.view)
        stack.addWidget(
            EmptyState(
                _("Nothing matches"),
                _("No document fits the words and choices of the filter."),
                does=((_("Show all documents"), self.show_everything),),
            )
        )
        return stack

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "bar")
        head = QVBoxLayout(bar)
        head.setContentsMargins(8, 8, 10, 8)
        head.setSpacing(5)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.filter, 1)
        first.addWidget(self.more)
        second.addWidget(self.views, 1)
        second.addWidget(self._count)
        head.addLayout(first)
        head.addLayout(second)
        head.addWidget(self.choices)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self.details)

    def take_focus(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()

    # Filling

    @Slot()
    def reload(self) -> None:
        def work(rows: list[DocumentRow]) -> tuple[dict[str, DocumentRow], dict[str, str]]:
            by_id: dict[str, DocumentRow] = {row.document.id: row for row in rows}
            return by_id, self.model.prepared(by_id)

        self.workspace.read(_("List documents"), lambda case, _ticket: work(document_rows(case)), self._show)

    @Slot()
    def clear(self) -> None:
        self._later.stop()
        self._touched.clear()
        self._current = ""
        self.filter.clear()
        self.details.show_details(None)
        self._show(({}, {}))
        self.choices.choose({})

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self.more.setIcon(icon("list-filter", theme.text))

    def _show(self, found: tuple[dict[str, DocumentRow], dict[str, str]]) -> None:
        rows, searchable = found
        self.model.show(rows, searchable)
        self._offer_choices()
        self._after_change()

    def refresh(self, change: Change) -> None:
        """Read only the rows that changed, many changes at once."""
        self._touched |= touched_documents(change)
        self._later.start()

    @Slot()
    def _read_touched(self) -> None:
        if self.workspace.has_case and self._touched:
            ids, self._touched = sorted(self._touched), set()
            self.workspace.read(_("List documents"), lambda case, _ticket: rows_of_documents(case, ids), self._update)

    def _update(self, rows: dict[str, DocumentRow | None]) -> None:
        self.model.update(rows)
        self._offer_choices()
        self._after_change()
        if self._current in rows:
            self._read_details()

    # Narrowing

    def _offer_choices(self) -> None:
        """Gathering every kind and supplier takes a while: only where they can be seen or are in use."""
        if self.choices.isVisible() or self.choices.choices:
            self.choices.offer(self.model.record(identifier) for identifier in self.model.ids)

    @Slot(bool)
    def _show_choices(self, is_shown: bool) -> None:
        self.choices.setVisible(is_shown)
        self._offer_choices()

    @Slot(str)
    def _apply_filter(self, text: str) -> None:
        self.model.set_filter(text)
        self._after_change()

    @Slot()
    def _apply_choices(self) -> None:
        self.model.set_fitting(self.choices.fitting())
        self._after_change()

    def _after_change(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        self._count.setText(
            f"{shown:,}" if shown == total else _("{n} of {all}").format(n=f"{shown:,}", all=f"{total:,}")
        )
        self._stack.setCurrentIndex(1 if shown else 2 if total else 0)
        self.view.fit_columns()
        self.point_out(self._current)

    def toggle_filters(self) -> None:
        """Show or hide the filters by kind, year, supplier, marking and state."""
        self.more.toggle()
        if self.more.isChecked():
            self.choices.combos["kind"].setFocus()

    @Slot()
    def show_everything(self) -> None:
        """Filter by nothing."""
        self.filter.clear()
        self.choices.choose({})

    # Columns and views

    def choose_columns(self) -> None:
        """Ask which columns are shown."""
        shown = [c.id for at, c in enumerate(DOCUMENT_COLUMNS) if not self.view.isColumnHidden(at)]
        self.columns.begin(shown, QPoint(10, 90))

    @Slot(object)
    def _keep_columns(self, ids: tuple[str, ...]) -> None:
        self.view.choose_columns(ids)
        self.workspace.change_settings(document_columns=",".join(ids))

    @Slot(object)
    def _show_view(self, query: dict[str, Any]) -> None:
        self.choices.offer(self.model.record(identifier) for identifier in self.model.ids)
        self.filter.setText(query.get("words", ""))
        self.choices.choose(query.get("choices", {}))
        if query:
            self.view.choose_columns(query.get("columns", ()))
            self.view.sortByColumn(*_order(query.get("sort", [0, True])))

    def save_view(self) -> None:
        """Keep filter, choices, columns and order under a name, inside the case."""
        header = self.view.horizontalHeader()
        ascending = header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        kept = {
            "words": self.filter.text(),
            "choices": self.choices.choices,
            "columns": self.view.chosen_columns,
            "sort": [header.sortIndicatorSection(), ascending],
        }
        self.views.keep(kept, self.filter.text() or self.views.currentText())

    def remove_view(self) -> None:
        """Forget the saved view that is chosen."""
        self.views.remove()

    # One document, or several

    @property
    def selected_rows(self) -> list[DocumentRow]:
        """The chosen documents, in the order of the table."""
        indexes = sorted(self.view.selectionModel().selectedRows(0), key=lambda index: index.row())
        return [self.model.record(str(index.data(ID_ROLE))) for index in indexes]

    def edit(self) -> None:
        """Settle kind, date, supplier and marking of the chosen documents."""
        rows = self.selected_rows
        if rows:
            self.sheet.begin(rows, QPoint(20, 60))
        else:
            self.workspace.say(_("Choose one or more documents in the list first."))

    def toggle_details(self) -> None:
        """Show or hide arrivals, family, notices and pages without text."""
        self.details.setVisible(not self.details.isVisible())
        self._read_details()
        if self.details.isVisible():
            self.details.setFocus()

    def _read_details(self) -> None:
        if self.details.isVisible() and self._current:
            document = DocumentId(self._current)
            self.workspace.read(
                _("Read about the document"), lambda case, _ticket: document_details(case, document), self._show_details
            )

    def _show_details(self, details: DocumentDetails) -> None:
        if details.document.id == self._current:
            self.details.show_details(details)

    @Slot(str, int)
    def _go_to_page(self, document: str, page_index: int) -> None:
        self.workspace.go_to(Place(document=DocumentId(document), page_index=page_index))

    @Slot(str)
    def point_out(self, document: str) -> None:
        """Select the row of the document that is being read."""
        is_other = document != self._current
        self._current = document
        row = self.model.row_of(document)
        chosen = {row.document.id for row in self.selected_rows}
        if row >= 0 and document not in chosen:
            self.view.selectRow(row)
        if is_other:
            self._read_details()

    def _clicked(self, index: QModelIndex) -> None:
        if len(self.view.selectionModel().selectedRows(0)) == 1:
            self.open_row(index.row())

    @Slot(int)
    def open_row(self, row: int) -> None:
        """Show the document of a row in the reader."""
        self.workspace.go_to(Place(document=DocumentId(self.model.id_at(row))))

    def step(self, which: str) -> None:
        """Open the ``next`` or the ``previous`` document of the table."""
        count = self.model.rowCount()
        if count:
            now = self.model.row_of(self._current)
            self.open_row((now + (1 if which == "next" else -1)) % count if now >= 0 else 0)


def _order(sort: list[int | bool]) -> tuple[int, Qt.SortOrder]:
    return int(sort[0]), Qt.SortOrder.AscendingOrder if sort[1] else Qt.SortOrder.DescendingOrder
