"""The coverage matrix as a table model: institutions down, scope paragraphs across."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workbench.domain.coverage import Cell, Matrix, Tally, tally
from workbench.domain.coverage_table import cell_code
from workbench.domain.frame import Institution, ScopeParagraph
from workbench.domain.ids import InstitutionId, ScopeParagraphId
from workbench.gui.columns import RECORD_ROLE
from workbench.gui.coverage.painter import Look, look_of
from workbench.gui.coverage.wording import details_in_words, place_in_words, spoken_cell, tally_in_words
from workbench.runtime.i18n import speech as _

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
Key = tuple[InstitutionId, ScopeParagraphId]
#: What is shown without a case.
NOTHING = Matrix(institutions=(), paragraphs=(), judged=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A matrix with the tallies of its rows and columns, and its cells with their looks, row by row.

    Worked out on a reading thread.
    """

    matrix: Matrix
    whole: Tally
    rows: dict[InstitutionId, Tally]
    columns: dict[ScopeParagraphId, Tally]
    cells: dict[InstitutionId, list[Cell]]
    looks: dict[InstitutionId, list[Look]]


def prepared(matrix: Matrix) -> Prepared:
    """The matrix with all that showing it needs."""
    judged = [matrix.is_judged(item.id) for item in matrix.paragraphs]
    cells = {row.id: [matrix.cell(row.id, column.id) for column in matrix.paragraphs] for row in matrix.institutions}
    return Prepared(
        matrix=matrix,
        whole=tally(matrix),
        rows={item.id: tally(matrix, institution=item.id) for item in matrix.institutions},
        columns={item.id: tally(matrix, paragraph=item.id) for item in matrix.paragraphs},
        cells=cells,
        looks={
            row: [look_of(cell, is_judged=is_judged) for cell, is_judged in zip(line, judged, strict=True)]
            for row, line in cells.items()
        },
    )


class CoverageGrid(QAbstractTableModel):
    """Rows are the institutions whose name fits the filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found = prepared(NOTHING)
        self._rows: list[Institution] = []
        self._filter = ""
        self._fits: Callable[[Cell], bool] | None = None
        self._faded: dict[InstitutionId, list[bool]] = {}

    # Filling

    def show(self, found: Prepared) -> None:
        """Replace everything."""
        self.beginResetModel()
        self._found = found
        self._rows = self._fitting()
        self._fade()
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Only institutions whose name or alias has every word."""
        self.beginResetModel()
        self._filter = text
        self._rows = self._fitting()
        self.endResetModel()

    def point_out(self, fits: Callable[[Cell], bool] | None) -> None:
        """Fade all cells that do not fit; None fades none."""
        self._fits = fits
        self._fade()

    def _fade(self) -> None:
        fits = self._fits
        cells = self._found.cells if fits is not None else {}
        self._faded = {row: [not fits(cell) for cell in line] for row, line in cells.items()} if fits else {}

    def _fitting(self) -> list[Institution]:
        words = self._filter.casefold().split()
        return [item for item in self.matrix.institutions if all(w in names_of(item) for w in words)]

    # Asking

    @property
    def matrix(self) -> Matrix:
        return self._found.matrix

    @property
    def rows(self) -> tuple[Institution, ...]:
        """The institutions that are shown."""
        return tuple(self._rows)

    def institution(self, row: int) -> Institution:
        return self._rows[row]

    def paragraph(self, column: int) -> ScopeParagraph:
        return self.matrix.paragraphs[column]

    def cell(self, row: int, column: int) -> Cell:
        return self._found.cells[self._rows[row].id][column]

    def looks(self, row: int) -> list[Look]:
        """How the cells of a row look."""
        return self._found.looks[self._rows[row].id]

    def faded(self, row: int) -> list[bool] | None:
        """Which cells of a row are faded; None when none is."""
        return self._faded.get(self._rows[row].id)

    def row_tally(self, row: int) -> Tally:
        return self._found.rows[self._rows[row].id]

    def column_tally(self, column: int) -> Tally:
        return self._found.columns[self.matrix.paragraphs[column].id]

    @property
    def tally(self) -> Tally:
        return self._found.whole

    def index_of(self, key: Key) -> QModelIndex:
        """Where a cell stands; no index when it is not shown."""
        row = next((at for at, item in enumerate(self._rows) if item.id == key[0]), -1)
        column = next((at for at, item in enumerate(self.matrix.paragraphs) if item.id == key[1]), -1)
        return self.index(row, column) if row >= 0 and column >= 0 else QModelIndex()

    # Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.matrix.paragraphs)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role not in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole, RECORD_ROLE):
            return None
        cell = self.cell(index.row(), index.column())
        if role == RECORD_ROLE:
            return cell
        if role == Role.DisplayRole:
            return cell_code(cell)
        institution, paragraph = self._rows[index.row()], self.matrix.paragraphs[index.column()]
        if role == Role.AccessibleTextRole:
            return spoken_cell(institution, paragraph, cell)
        return "\n".join([place_in_words(institution, paragraph), *details_in_words(cell)])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        is_across = orientation == Qt.Orientation.Horizontal
        if not 0 <= section < (self.columnCount() if is_across else self.rowCount()):
            return None
        if role == Role.DisplayRole:
            return self.paragraph(section).number if is_across else self.institution(section).name
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            return self._about_column(section) if is_across else self._about_row(section)
        return None

    def _about_column(self, section: int) -> str:
        item, lacking = self.paragraph(section), self.matrix.loose.by_paragraph.get(self.paragraph(section).id, 0)
        lines = [f"{item.number} {item.text}"]
        if self.matrix.is_judged(item.id):
            lines.append(tally_in_words(self.column_tally(section)))
        if lacking:
            one, many = _("{n} excerpt names no institution"), _("{n} excerpts name no institution")
            lines.append(_.count(one, many, lacking))
        return "\n".join(lines)

    def _about_row(self, section: int) -> str:
        item = self.institution(section)
        lacking = self.matrix.loose.by_institution.get(item.id, 0)
        lines = [item.name, tally_in_words(self.row_tally(section))]
        if lacking:
            one, many = _("{n} excerpt names no scope paragraph"), _("{n} excerpts name no scope paragraph")
            lines.append(_.count(one, many, lacking))
        return "\n".join(lines)


def names_of(institution: Institution) -> str:
    """All names of an institution in small letters, for the filter."""
    return " ".join((institution.name, *institution.aliases, institution.name_cy)).casefold()
