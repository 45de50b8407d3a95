"""The tree of a bundle: several entries are dragged at once, documents are dropped in, Delete takes entries out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from workbench.gui.columns import ID_ROLE, RECORD_ROLE
from workbench.gui.models.bundle_tree import DATE, PAGES, REFERENCE, TITLE, BundleTree
from workbench.runtime.i18n import speech as _
from workbench.services.bundle_outline import BundleOutline, EntryLine, SectionOutline

#: From these widths on, the document and the date are shown too.
_WIDE_PX = {REFERENCE: 420, DATE: 560}
_CHARACTERS = {REFERENCE: 20, DATE: 17, PAGES: 7}


class ComposeTree(QTreeView):
    """Keeps what is open and chosen when the tree is read anew."""

    removal_asked = Signal()

    def __init__(self, model: BundleTree, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = model
        self.setModel(model)
        self.setAccessibleName(_("Sections and entries of the bundle"))
        self.header().setAccessibleName(_("Sections and entries of the bundle"))
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self._closed: set[str] = set()
        self._shown = ""

    def show_outline(self, outline: BundleOutline | None) -> None:
        """Show a bundle; another one is shown with all its sections open."""
        bundle = outline.bundle.id if outline is not None else ""
        kept = self.chosen_ids if bundle == self._shown else []
        current = str(self.currentIndex().data(ID_ROLE) or "") if kept else ""
        at = self.verticalScrollBar().value()
        if bundle == self._shown:
            self._note_closed()
        else:
            self._closed = set()
        self._shown = bundle
        self.tree.show(outline)
        for row, part in enumerate(self.tree.sections):
            self.setExpanded(self.tree.index(row, 0), part.section.id not in self._closed)
        self.choose(kept, current)
        self.verticalScrollBar().setValue(at if kept else 0)
        self.fit_columns()

    def _note_closed(self) -> None:
        for row, part in enumerate(self.tree.sections):
            is_open = self.isExpanded(self.tree.index(row, 0))
            (self._closed.discard if is_open else self._closed.add)(part.section.id)

    # Choosing

    @property
    def chosen_ids(self) -> list[str]:
        """The ids of the chosen sections and entries."""
        return [str(index.data(ID_ROLE)) for index in self.selectionModel().selectedRows(0)]

    @property
    def chosen_entries(self) -> list[EntryLine]:
        """The chosen entries, in the order of the bundle."""
        chosen = set(self.chosen_ids)
        return [line for part in self.tree.sections for line in part.entries if line.entry.id in chosen]

    @property
    def chosen_sections(self) -> list[SectionOutline]:
        """The chosen sections, in order."""
        chosen = set(self.chosen_ids)
        return [part for part in self.tree.sections if part.section.id in chosen]

    @property
    def section_here(self) -> SectionOutline | None:
        """The section of the current row; the last one when nothing is current."""
        index = self.currentIndex()
        if index.isValid() and index.parent().isValid():
            index = index.parent()
        record = index.siblingAtColumn(0).data(RECORD_ROLE)
        if isinstance(record, SectionOutline):
            return record
        return self.tree.sections[-1] if self.tree.sections else None

    def choose(self, ids: Sequence[str], current: str = "") -> None:
        """Choose these rows; those that are gone are left out."""
        selection = QItemSelection()
        for identifier in ids:
            index = self.tree.index_of(identifier)
            if index.isValid():
                selection.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        here = self.tree.index_of(current or (ids[0] if ids else ""))
        if here.isValid():
            self.selectionModel().setCurrentIndex(here, flags.NoUpdate)
        self.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.chosen_ids:
            self.removal_asked.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def fit_columns(self) -> None:
        """The title takes what is left; the document and the date only where there is room."""
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        letter = self.fontMetrics().horizontalAdvance("0")
        for column, characters in _CHARACTERS.items():
            self.setColumnHidden(column, self.width() < _WIDE_PX.get(column, 0))
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, letter * characters + 16)
