"""How far every institution is covered under every scope paragraph: evidence, ratings, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDockWidget,
    QFileDialog,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from workbench.domain.change import Change
from workbench.domain.coverage import Cell, CellState
from workbench.domain.coverage_counting import build_matrix
from workbench.domain.frame import CaseStudy
from workbench.domain.ids import ScopeExclusionId
from workbench.gui.columns import RECORD_ROLE
from workbench.gui.coverage.grid import CoverageView
from workbench.gui.coverage.grid_model import NOTHING, Key, Prepared, prepared
from workbench.gui.coverage.picture import write_picture
from workbench.gui.coverage.wording import place_in_words, tally_in_words
from workbench.gui.models.record_table import RecordTable
from workbench.gui.panels.base import Panel
from workbench.gui.panels.coverage_bar import CoverageBar
from workbench.gui.panels.coverage_columns import COVERAGE_COLUMNS, CellRow, cell_rows
from workbench.gui.panels.coverage_details import CellDetails
from workbench.gui.sheets.scope_sheet import OutOfScopeSheet
from workbench.gui.sheets.target_finder import Offer
from workbench.gui.theme import Theme
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.widgets.record_view import RecordView
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.coverage import EvidenceRow, coverage_view, evidence_of, read_records, rule_in
from workbench.store.case_file import CaseFile

_REFRESH_MS, _DETAILS_MS = 250, 60
#: From this width on the evidence stands beside the matrix instead of below it.
_WIDE_PX = 860
_EMPTY, _MATRIX, _TABLE = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a reading thread hands over."""

    grid: Prepared
    rows: dict[str, CellRow]
    searchable: dict[str, str]
    studies: list[CaseStudy]


class CoveragePanel(Panel):
    """Matrix and table show the same cells; the pane beside them shows the evidence of the chosen one."""

    shows = (
        "institution", "scope_paragraph", "case_study", "link", "excerpt", "document", "event", "assessment",
        "second_reading", "scope_exclusion", "negative_search",
    )  # fmt: skip
    show_excerpts_requested = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._is_stale = True
        self._narrow_px = 0
        self.bar = CoverageBar()
        self.matrix = CoverageView(workspace.theme)
        self.table_model = RecordTable(COVERAGE_COLUMNS, self)
        self.table = RecordView(COVERAGE_COLUMNS, _("Coverage as a table"))
        self.table.setModel(self.table_model)
        self.table.sort_by(-1)
        self.details = CellDetails(workspace.theme)
        self.sheet = OutOfScopeSheet(workspace, self)
        self._later, self._soon = self._timer(_REFRESH_MS, self._reload_if_seen), self._timer(_DETAILS_MS, self._read)
        self._stack, self._split = QStackedWidget(), QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self._connect()

    def _timer(self, delay_ms: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay_ms)
        timer.timeout.connect(act)
        return timer

    def _lay_out(self) -> None:
        sentence = _("Add institutions, or link excerpts to them and to scope paragraphs; each pair is a cell here.")
        self._stack.addWidget(EmptyState(_("No institutions yet"), sentence))
        self._stack.addWidget(self.matrix)
        self._stack.addWidget(self.table)
        self._split.addWidget(self._stack)
        self._split.addWidget(self.details)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._split.setChildrenCollapsible(False)
        self.bar.lay_out_above(self, self._split)

    def _connect(self) -> None:
        self.bar.view_changed.connect(self.reload)
        self.bar.filter_changed.connect(self._narrow)
        self.bar.state_changed.connect(self._narrow)
        self.matrix.current_cell_changed.connect(self._soon.start)
        self.matrix.cell_opened.connect(self.open_evidence)
        self.table.selectionModel().currentChanged.connect(lambda *_args: self._soon.start())
        self.table.row_opened.connect(lambda _row: self.open_evidence())
        self.details.evidence_opened.connect(self._go)
        self.details.rule_out_requested.connect(self.rule_out)
        self.details.rule_in_requested.connect(self.rule_in)
        self.details.excerpts_requested.connect(self.show_excerpts)

    # Filling

    def refresh(self, change: Change) -> None:
        """Shortly after, many changes at once; only while it is seen."""
        self._is_stale = True
        self._later.start()

    @Slot()
    def _reload_if_seen(self) -> None:
        if self._is_stale and self.workspace.has_case and not self.visibleRegion().isEmpty():
            self._load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._later.start(0)

    @Slot()
    def reload(self) -> None:
        self._is_stale = True
        self._later.start(0)

    def _load(self) -> None:
        self._is_stale = False
        study, period, is_every = self.bar.case_study, self.bar.typed_period, self.bar.shows_every_paragraph

        def work(case: CaseFile, _ticket: object) -> _Found:
            view = coverage_view(case, case_study=study, period=period, shows_every_paragraph=is_every)
            matrix = build_matrix(read_records(case), view)
            rows = {row.id: row for row in cell_rows(matrix)}
            searchable = self.table_model.prepared(rows)
            return _Found(grid=prepared(matrix), rows=rows, searchable=searchable, studies=case.all(CaseStudy, "title"))

        self.workspace.read(_("Count the coverage"), work, self._show)

    @Slot()
    def clear(self) -> None:
        self.bar.reset()
        self.matrix.grid.show(prepared(NOTHING))
        self.table_model.show({})
        self.details.show_nothing()
        self._stack.setCurrentIndex(_EMPTY)

    def _show(self, found: _Found) -> None:
        key = self._current_key
        self.bar.offer(found.studies)
        self.bar.tally.setText(tally_in_words(found.grid.whole))
        self.matrix.grid.show(found.grid)
        self.table_model.show(found.rows, found.searchable)
        self.table.fit_columns()
        if not found.grid.matrix.institutions:
            self._stack.setCurrentIndex(_EMPTY)
        elif self._stack.currentIndex() == _EMPTY:
            self._stack.setCurrentIndex(_MATRIX)
        self._choose(key)
        self._read()

    @Slot()
    def _narrow(self) -> None:
        """Institutions by the filter; cells of other states are faded in the matrix and left out of the table."""
        key, state = self._current_key, self.bar.state
        self.matrix.grid.fits = self.bar.fits if state else None
        self.matrix.grid.set_filter(self.bar.filter.text())
        self.table_model.set_filter(self.bar.filter.text())
        self.table_model.set_fitting((lambda row: self.bar.fits(row.cell)) if state else None)
        self.matrix.viewport().update()
        self._choose(key)

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self.matrix.set_theme(theme)
        self.details.card.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= _WIDE_PX
        self._split.setOrientation(Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical)

    # The chosen cell

    @property
    def is_table(self) -> bool:
        """True while the cells are shown as a table."""
        return self._stack.currentIndex() == _TABLE

    @property
    def _current_key(self) -> Key | None:
        cell = self.current
        return (cell.institution, cell.paragraph) if cell is not None else None

    @property
    def current(self) -> Cell | None:
        """The chosen cell."""
        index = (self.table if self.is_table else self.matrix).currentIndex()
        record = index.data(RECORD_ROLE) if index.isValid() else None
        return record.cell if isinstance(record, CellRow) else record

    @property
    def chosen(self) -> list[Cell]:
        """All cells that are selected."""
        if self.is_table:
            return [self.current] if self.current is not None else []
        return [index.data(RECORD_ROLE) for index in self.matrix.selectionModel().selectedIndexes()]

    def _choose(self, key: Key | None) -> None:
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

    @Slot()
    def _read(self) -> None:
        """Show the chosen cell, then read its evidence."""
        cell = self.current
        if cell is None or not self.workspace.has_case:
            self.details.show_nothing()
            return
        matrix = self.matrix.grid.matrix
        institution = next(item for item in matrix.institutions if item.id == cell.institution)
        paragraph = next(item for item in matrix.paragraphs if item.id == cell.paragraph)
        self.details.show_cell(institution, paragraph, cell)

        def show(rows: list[EvidenceRow]) -> None:
            if self.current is cell or self.current == cell:
                self.details.show_evidence(rows)

        self.workspace.read(_("Read the evidence"), lambda case, _ticket: evidence_of(case, cell), show)

    # Actions

    @Slot()
    def open_evidence(self) -> None:
        """Go to the evidence of the chosen cell."""
        if self.current is None:
            self.workspace.say(_("Choose a cell of the matrix first."))
            return
        self.details.take_focus()

    @Slot(object)
    def _go(self, row: EvidenceRow) -> None:
        excerpt = row.excerpt
        if excerpt is None:
            self.workspace.say(_("This piece of evidence stands on no page."))
            return
        self.workspace.go_to(
            Place(document=excerpt.document, page_index=excerpt.page_index, boxes=excerpt.boxes, excerpt=excerpt.id)
        )

    def step(self, which: str) -> None:
        """To the next cell that is ``missing`` or ``contested``, row by row, from the start after the last."""
        wanted: Callable[[Cell], bool] = _is_missing if which == "missing" else _is_contested
        grid, at = self.matrix.grid, self.matrix.currentIndex()
        columns = grid.columnCount()
        total = grid.rowCount() * columns
        begin = at.row() * columns + at.column() + 1 if at.isValid() else 0
        for offset in range(total):
            row, column = divmod((begin + offset) % total, columns)
            cell = grid.cell(row, column)
            if wanted(cell) and (which != "missing" or grid.matrix.is_judged(cell.paragraph)):
                self._choose((cell.institution, cell.paragraph))
                self.take_focus()
                return
        self.workspace.say(_("No cell is missing.") if which == "missing" else _("No cell is contested."), "success")

    def toggle_table(self) -> None:
        """Matrix or table; the chosen cell stays chosen."""
        if self._stack.currentIndex() == _EMPTY:
            return
        key = self._current_key
        self._stack.setCurrentIndex(_MATRIX if self.is_table else _TABLE)
        self._choose(key)
        self.take_focus()

    def toggle_wide(self) -> None:
        """Give the matrix most of the window, or its room of before."""
        window, dock = self.window(), self.parent()
        if not isinstance(window, QMainWindow) or not isinstance(dock, QDockWidget):
            return
        wide = round(window.width() * 0.72)
        if self._narrow_px:
            wanted, self._narrow_px = self._narrow_px, 0
        else:
            wanted, self._narrow_px = wide, dock.width()
        window.resizeDocks([dock], [wanted], Qt.Orientation.Horizontal)

    def show_excerpts(self) -> None:
        """List the excerpts that are linked to both the institution and the paragraph."""
        cell, matrix = self.current, self.matrix.grid.matrix
        if cell is None:
            self.workspace.say(_("Choose a cell of the matrix first."))
            return
        institution = next(item for item in matrix.institutions if item.id == cell.institution)
        paragraph = next(item for item in matrix.paragraphs if item.id == cell.paragraph)
        self.show_excerpts_requested.emit(
            [
                Offer("institution", institution.name, institution.id),
                Offer("scope", f"{paragraph.number}  {paragraph.text}", paragraph.id),
            ]
        )

    @Slot()
    def rule_out(self) -> None:
        """Ask why the chosen cells are out of scope."""
        cells = self.chosen or ([self.current] if self.current else [])
        if not cells:
            self.workspace.say(_("Choose a cell of the matrix first."))
            return
        known = cells[0].ruled_out[0] if len(cells) == 1 and cells[0].ruled_out else None
        self.sheet.begin(
            self._named(cells),
            [(cell.institution, cell.paragraph) for cell in cells],
            reason=known.reason if known else "",
            period=known.period if known else "",
        )

    def _named(self, cells: list[Cell]) -> str:
        if len(cells) > 1:
            return _("{n} cells out of scope").format(n=len(cells))
        matrix = self.matrix.grid.matrix
        institution = next(item for item in matrix.institutions if item.id == cells[0].institution)
        paragraph = next(item for item in matrix.paragraphs if item.id == cells[0].paragraph)
        return place_in_words(institution, paragraph)

    @Slot()
    def rule_in(self) -> None:
        """Take back what keeps the chosen cells out of scope; it can be undone."""
        cells = self.chosen or ([self.current] if self.current else [])
        rulings: list[ScopeExclusionId] = [item.id for cell in cells for item in cell.ruled_out]
        if not rulings:
            self.workspace.say(_("Nothing that is chosen is out of scope."))
            return
        self.workspace.write(_("Put back in scope"), lambda case, _ticket: rule_in(case, rulings))

    def choose_picture_file(self) -> None:
        """Ask where the picture goes."""
        chooser = QFileDialog(self, _("Export the coverage as a picture"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilters([_("Pictures") + " (*.svg)", _("Pictures") + " (*.png)"])
        chooser.setDefaultSuffix("svg")
        chooser.fileSelected.connect(lambda name: self.write_picture(Path(name)))
        chooser.open()

    def write_picture(self, path: Path) -> None:
        """Write the whole matrix, with what it counts and its legend, as SVG or PNG."""
        written = write_picture(self.matrix.grid, path, self.workspace.theme, self.matrix.font())
        self.workspace.say(_("The coverage was written to “{name}”.").format(name=written.name), "success")

    def take_focus(self) -> None:
        if self._stack.currentIndex() == _EMPTY:
            self.bar.filter.setFocus()
            return
        view: QAbstractItemView = self.table if self.is_table else self.matrix
        if not view.currentIndex().isValid() and view.model().rowCount():
            view.setCurrentIndex(view.model().index(0, 0))
        view.setFocus()


def _is_missing(cell: Cell) -> bool:
    return cell.is_missing


def _is_contested(cell: Cell) -> bool:
    return cell.state is CellState.CONTESTED
