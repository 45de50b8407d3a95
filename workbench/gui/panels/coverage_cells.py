"""The cells of the coverage, as a matrix or as a table; both show and choose the same ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QWidget

from workbench.domain.coverage import Cell, CellState, Matrix
from workbench.domain.frame import Institution, ScopeParagraph
from workbench.gui.columns import RECORD_ROLE
from workbench.gui.coverage.grid import CoverageView
from workbench.gui.coverage.grid_model import NOTHING, Key, Prepared, prepared
from workbench.gui.models.record_table import RecordTable
from workbench.gui.panels.coverage_columns import COVERAGE_COLUMNS, CellRow, cell_rows, searched
from workbench.gui.theme import Theme
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.widgets.record_view import RecordView
from workbench.runtime.i18n import speech as _

_EMPTY, _MATRIX, _TABLE, _UNREAD = range(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCells:
    """A matrix ready to be shown; worked out on a reading thread."""

    grid: Prepared
    rows: dict[str, CellRow]
    searchable: dict[str, str]


def found_cells(matrix: Matrix) -> FoundCells:
    """Everything that showing a matrix needs."""
    rows = {row.id: row for row in cell_rows(matrix)}
    return FoundCells(grid=prepared(matrix), rows=rows, searchable={i: searched(row) for i, row in rows.items()})


class CellViews(QStackedWidget):
    """``current_changed`` for another cell, ``opened`` on Enter or a double click."""

    current_changed = Signal()
    opened = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: FoundCells | None = None
        self.matrix = CoverageView(theme)
        self.table_model = RecordTable(COVERAGE_COLUMNS, self)
        self.table = RecordView(COVERAGE_COLUMNS, _("Coverage as a table"))
        self.table.setModel(self.table_model)
        self.table.sort_by(-1)
        sentence = _("Add institutions, or link excerpts to them and to scope paragraphs; each pair is a cell here.")
        self.addWidget(EmptyState(_("No institutions yet"), sentence))
        self.addWidget(self.matrix)
        self.addWidget(self.table)
        self.addWidget(QWidget())  # while nothing was read yet, nothing is said of it
        self.setCurrentIndex(_UNREAD)
        self.matrix.current_cell_changed.connect(self.current_changed)
        self.matrix.cell_opened.connect(self.opened)
        self.table.selectionModel().currentChanged.connect(lambda *_args: self.current_changed.emit())
        self.table.row_opened.connect(lambda _row: self.opened.emit())

    # Filling

    def show_found(self, found: FoundCells) -> None:
        """Show another matrix; the chosen cell stays chosen."""
        key, self._found = self.key, found
        self.matrix.grid.show(found.grid)
        self._fill_table()
        if not found.grid.matrix.institutions:
            self.setCurrentIndex(_EMPTY)
        elif not self.has_cells:
            self.setCurrentIndex(_MATRIX)
        self.choose(key)

    def _fill_table(self) -> None:
        """Thousands of rows are only put into the table while it is seen."""
        if self.is_table and self._found is not None:
            self.table_model.show(self._found.rows, self._found.searchable)
            self.table.fit_columns()

    def show_nothing(self) -> None:
        """Without a case."""
        self._found = None
        self.matrix.grid.show(prepared(NOTHING))
        self.table_model.show({})
        self.setCurrentIndex(_UNREAD)

    def narrow(self, words: str, fits: Callable[[Cell], bool] | None) -> None:
        """Only institutions of these words; other cells are faded in the matrix and left out of the table."""
        key = self.key
        self.matrix.grid.point_out(fits)
        self.matrix.grid.set_filter(words)
        self.table_model.set_filter(words)
        self.table_model.set_fitting(None if fits is None else lambda row: fits(row.cell))
        self.matrix.viewport().update()
        self.choose(key)

    # The chosen cell

    @property
    def has_cells(self) -> bool:
        """True when there is anything to show."""
        return self.currentIndex() in (_MATRIX, _TABLE)

    @property
    def is_table(self) -> bool:
        """True while the cells are shown as a table."""
        return self.currentIndex() == _TABLE

    @property
    def view(self) -> QAbstractItemView:
        """The one that is seen."""
        return self.table if self.is_table else self.matrix

    @property
    def current(self) -> Cell | None:
        """The chosen cell."""
        index = self.view.currentIndex()
        record = index.data(RECORD_ROLE) if index.isValid() else None
        return record.cell if isinstance(record, CellRow) else record

    @property
    def key(self) -> Key | None:
        """What the chosen cell stands under."""
        cell = self.current
        return (cell.institution, cell.paragraph) if cell is not None else None

    @property
    def chosen(self) -> list[Cell]:
        """All cells that are selected, the current one when none is."""
        if self.is_table:
            return [self.current] if self.current is not None else []
        selected = self.matrix.selectionModel().selectedIndexes()
        return [index.data(RECORD_ROLE) for index in selected or [self.matrix.currentIndex()] if index.isValid()]

    def place_of(self, cell: Cell) -> tuple[Institution, ScopeParagraph]:
        """What a cell stands under, by name."""
        matrix = self.matrix.grid.matrix
        return (
            next(item for item in matrix.institutions if item.id == cell.institution),
            next(item for item in matrix.paragraphs if item.id == cell.paragraph),
        )

    def choose(self, key: Key | None) -> None:
        """Make a cell the current one in the matrix and in the table."""
        if key is None:
            return
        index = self.matrix.grid.index_of(key)
        if index.isValid():
            self.matrix.setCurrentIndex(index)
        row = self.table_model.row_of(f"{key[0]}|{key[1]}")
        if row >= 0:
            flags = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().setCurrentIndex(
                self.table_model.index(row, 0), flags.ClearAndSelect | flags.Rows
            )

    def step(self, which: str) -> bool:
        """To the next ``missing`` or ``contested`` cell, row by row, round the end; False when there is none."""
        grid, at = self.matrix.grid, self.matrix.currentIndex()
        columns = grid.columnCount()
        total = grid.rowCount() * columns
        begin = at.row() * columns + at.column() + 1 if at.isValid() else 0
        for offset in range(total):
            cell = grid.cell(*divmod((begin + offset) % total, columns))
            is_wanted = cell.state is CellState.CONTESTED
            if which == "missing":
                is_wanted = cell.is_missing and grid.matrix.is_judged(cell.paragraph)
            if is_wanted:
                self.choose((cell.institution, cell.paragraph))
                self.take_focus()
                return True
        return False

    def toggle_table(self) -> None:
        """Matrix or table; the chosen cell stays chosen."""
        if self.has_cells:
            key = self.key
            self.setCurrentIndex(_MATRIX if self.is_table else _TABLE)
            self._fill_table()
            self.choose(key)
            self.take_focus()

    def take_focus(self) -> None:
        """Put the keyboard on the chosen cell, the first when none is."""
        view = self.view
        if not view.currentIndex().isValid() and view.model().rowCount():
            view.setCurrentIndex(view.model().index(0, 0))
        view.setFocus()
