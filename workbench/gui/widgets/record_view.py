"""A table that shows as many columns as it has room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from workbench.gui.columns import Column

_LEAST_STRETCHED = 90


class RecordView(QTableView):
    """Whole rows, sorted by a click on a header, opened by Enter or a double click."""

    row_opened = Signal(int)

    def __init__(self, columns: tuple[Column, ...], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._chosen: tuple[str, ...] = ()
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 13)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setAccessibleName(name)
        self.activated.connect(lambda index: self.row_opened.emit(index.row()))

    def sort_by(self, column: int) -> None:
        """Let headers sort, beginning with this column (-1: the order the rows came in)."""
        self.horizontalHeader().setSortIndicator(column, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.setSortingEnabled(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    @property
    def chosen_columns(self) -> tuple[str, ...]:
        """The ids of the columns a person chose; none while the view chooses by its width."""
        return self._chosen

    def choose_columns(self, ids: Sequence[str]) -> None:
        """Show exactly these columns, whatever the width; none lets the view choose again."""
        known = {column.id for column in self._columns}
        self._chosen = tuple(identifier for identifier in ids if identifier in known)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Show the chosen columns, else those that fit, most important first; the stretching one takes what is left."""
        if self.model() is None:
            return
        # Digits are wider than the average letter, and a reference that is cut off is of no use.
        letter = self.fontMetrics().horizontalAdvance("0")
        room = self.viewport().width()
        is_full = False
        for column in sorted(self._columns, key=lambda column: column.rank):
            at = self._columns.index(column)
            width = column.width * letter + 20
            is_full = is_full or (column.rank > 0 and room < width)
            is_shown = column.id in self._chosen if self._chosen else not is_full or column.rank == 0
            room -= width if is_shown else 0
            self.setColumnHidden(at, not is_shown)
            if is_shown:
                self.setColumnWidth(at, width)
        stretching = next((at for at, column in enumerate(self._columns) if column.stretches), None)
        if stretching is not None:
            self.setColumnWidth(stretching, max(self.columnWidth(stretching) + room, _LEAST_STRETCHED))
