"""The coverage matrix as it is worked: arrows go from cell to cell, Enter reads one, the headings stay in sight."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from workbench.domain.coverage import Tally
from workbench.gui.coverage.grid_model import CoverageGrid
from workbench.gui.coverage.painter import CELL_HEIGHT, CellPainter
from workbench.gui.theme import Theme
from workbench.runtime.i18n import speech as _

LEAST_CELL, MOST_CELL = 46, 104
LEAST_DENSE, DENSE_HEIGHT = 15, 18
_GROUP_PX, _HEAD_PX = 20, 36
_LEAST_NAME, _MOST_NAME = 104, 250
_VEIL = 38
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class ParagraphHeader(QHeaderView):
    """Numbers of the paragraphs with how many are settled; above them the paragraphs they stand under."""

    def __init__(self, view: CoverageView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(True)

    def sizeHint(self) -> QSize:
        return QSize(0, _HEAD_PX + (_GROUP_PX if self._view.groups else 0))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        view, theme = self._view, self._view.cells.theme
        painter.save()
        painter.fillRect(rect, QColor(theme.surface))
        own = QRect(rect)
        if view.groups:
            own.setTop(rect.top() + _GROUP_PX)
            self._paint_group(painter, rect, section)
        if section == view.currentIndex().column():
            painter.fillRect(own, QColor(theme.selected))
        painter.setPen(QColor(theme.text))
        painter.setFont(view.cells.bold)
        number = view.grid.paragraph(section).number
        if QFontMetrics(view.cells.bold).horizontalAdvance(number) > own.width() - 2:
            _paint_upright(painter, own, number)
            painter.restore()
            return
        line = QRect(own.left(), own.top() + 3, own.width(), own.height() // 2 - 3)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, number)
        if view.grid.matrix.is_judged(view.grid.paragraph(section).id):
            _paint_tally(
                painter, own.adjusted(4, own.height() // 2, -4, -4), view.grid.column_tally(section), view.cells
            )
        painter.setPen(QColor(theme.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Each section paints its slice of the heading, which stays in sight while any of it is."""
        view, theme = self._view, self._view.cells.theme
        first, last, title = view.groups[section]
        left = max(self.sectionViewportPosition(first), 0)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        band = QRect(left, rect.top(), right - left, _GROUP_PX)
        painter.save()
        painter.setClipRect(QRect(rect.left(), rect.top(), rect.width(), _GROUP_PX))
        painter.setFont(view.cells.small)
        painter.setPen(QColor(theme.muted))
        shown = view.cells.elided(title, view.cells.small, band.width() - 12)
        painter.drawText(band.adjusted(6, 0, -6, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.setPen(QColor(theme.border))
        painter.drawLine(band.left() + 3, band.bottom(), band.right() - 3, band.bottom())
        painter.restore()


class InstitutionHeader(QHeaderView):
    """Names of the institutions with how many of their cells are settled."""

    def __init__(self, view: CoverageView) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        self.width_px = _LEAST_NAME
        self.setSectionsClickable(True)

    def sizeHint(self) -> QSize:
        return QSize(self.width_px, 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        view, theme = self._view, self._view.cells.theme
        is_current = section == view.currentIndex().row()
        painter.save()
        painter.fillRect(rect, QColor(theme.selected if is_current else theme.surface))
        painter.setPen(QColor(theme.selected_text if is_current else theme.text))
        painter.setFont(view.cells.font)
        name = view.grid.institution(section).name
        is_dense = view.is_dense
        line = rect.adjusted(10, 0, -6, 0) if is_dense else rect.adjusted(10, 3, -6, -rect.height() // 2 + 3)
        shown = view.cells.elided(name, view.cells.font, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        if not is_dense:
            below = rect.adjusted(10, rect.height() // 2 + 2, -10, -4)
            _paint_tally(painter, below, view.grid.row_tally(section), view.cells)
        painter.setPen(QColor(theme.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()


def _paint_upright(painter: QPainter, box: QRect, text: str) -> None:
    """From below to above, where the column is too narrow for it."""
    painter.translate(box.center())
    painter.rotate(-90)
    painter.drawText(QRectF(-box.height() / 2, -box.width() / 2, box.height(), box.width()), _CENTRE, text)


def _paint_tally(painter: QPainter, box: QRect, counted: Tally, look: CellPainter) -> None:
    """``3/5`` with a line that is full when nothing is missing."""
    painter.setFont(look.small)
    painter.setPen(QColor(look.theme.muted))
    text = f"{counted.settled}/{counted.cells}"
    width = QFontMetrics(look.small).horizontalAdvance(text)
    if box.width() < width - 6:
        return
    if box.width() < width + 30:
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
    bar = QRect(box.left(), box.center().y() - 1, box.width() - width - 8, 4)
    painter.fillRect(bar, QColor(look.theme.border))
    if counted.cells:
        bar.setWidth(round(bar.width() * counted.settled / counted.cells))
        painter.fillRect(bar, QColor(look.theme.accent))


class CoverageView(QTableView):
    """``cell_opened`` on Enter or a double click; ``current_cell_changed`` whenever another cell is the current one."""

    cell_opened = Signal()
    current_cell_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = CoverageGrid(self)
        self.cells = CellPainter(theme, self.font())
        self.most = 1
        self.is_dense = False
        self.groups: list[tuple[int, int, str]] = []
        self.setAccessibleName(_("Coverage matrix"))
        self.setModel(self.grid)
        self._selected: set[tuple[int, int]] = set()
        across, down = ParagraphHeader(self), InstitutionHeader(self)
        across.setAccessibleName(_("Scope paragraphs"))
        down.setAccessibleName(_("Institutions"))
        self.setHorizontalHeader(across)
        self.setVerticalHeader(down)
        for header in (across, down):
            header.setMinimumSectionSize(20)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(CELL_HEIGHT)
        self._names = down
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(lambda _index: self.cell_opened.emit())
        self.grid.modelReset.connect(self._measure)

    def toggle_dense(self) -> None:
        """Cells so small that hundreds are seen at once, or large enough to read."""
        self.is_dense = not self.is_dense
        self.verticalHeader().setDefaultSectionSize(DENSE_HEIGHT if self.is_dense else CELL_HEIGHT)
        self._fit()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self.cells = CellPainter(theme, self.font())
        self.viewport().update()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.viewport().update()

    def _measure(self) -> None:
        self.most = max(self.grid.matrix.most, 1)
        self.groups = _groups(self.grid)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Names take a third, cells share the rest while they stay readable; beyond that the matrix scrolls."""
        columns = self.grid.columnCount()
        if not columns:
            return
        width = self.width() - self.verticalScrollBar().sizeHint().width() - 4
        names = max(min(width // 3, _MOST_NAME), _LEAST_NAME)
        least, most = (LEAST_DENSE, LEAST_CELL) if self.is_dense else (LEAST_CELL, MOST_CELL)
        cell = max(min((width - names) // columns, most), least)
        if names != self._names.width_px:
            self._names.width_px = names
            self.updateGeometries()
        if self.horizontalHeader().defaultSectionSize() != cell:
            self.horizontalHeader().setDefaultSectionSize(cell)
        self.horizontalHeader().updateGeometry()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        self.horizontalHeader().viewport().update()
        self.verticalHeader().viewport().update()
        self.current_cell_changed.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._selected = {(index.row(), index.column()) for index in self.selectionModel().selectedIndexes()}
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the visible cells from their pictures; asking a delegate for each would be too slow for thousands."""
        painter, area, grid = QPainter(self.viewport()), event.rect(), self.grid
        painter.fillRect(area, QColor(self.cells.theme.surface))
        columns = _visible(self.columnAt(area.left()), self.columnAt(area.right()), grid.columnCount())
        places = [(column, self.columnViewportPosition(column)) for column in columns]
        scale = self.devicePixelRatioF()
        width, height = self.horizontalHeader().defaultSectionSize(), self.verticalHeader().defaultSectionSize()
        for row in _visible(self.rowAt(area.top()), self.rowAt(area.bottom()), grid.rowCount()):
            top, looks, faded = self.rowViewportPosition(row), grid.looks(row), grid.faded(row)
            for column, left in places:
                is_faded = faded is not None and faded[column]
                picture = self.cells.picture(
                    looks[column], width, height, most=self.most, is_faded=is_faded, scale=scale
                )
                painter.drawPixmap(left, top, picture)
                if (row, column) in self._selected:
                    painter.fillRect(left, top, width, height, self._veil)
        current = self.visualRect(self.currentIndex()) if self.currentIndex().isValid() else QRect()
        if not current.isNull():
            painter.setPen(QPen(QColor(self.cells.theme.accent), 2.5))
            painter.drawRect(current.adjusted(1, 1, -2, -2))
        painter.end()

    @property
    def _veil(self) -> QColor:
        veil = QColor(self.cells.theme.accent)
        veil.setAlpha(_VEIL)
        return veil

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.cell_opened.emit()
            return
        super().keyPressEvent(event)


def _visible(first: int, last: int, count: int) -> range:
    """The rows or columns from the first to the last that are seen."""
    return range(first if first >= 0 else count, (last if last >= 0 else count - 1) + 1)


def _groups(grid: CoverageGrid) -> list[tuple[int, int, str]]:
    """(first column, last column, heading) of the group of each column; nothing when none stands under another."""
    matrix = grid.matrix
    above = {item.id: item for item in matrix.headings}
    parents = [item.parent for item in matrix.paragraphs]
    if not any(parent in above for parent in parents):
        return []
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(parents):
        last = at
        while last + 1 < len(parents) and parents[last + 1] == parents[at]:
            last += 1
        parent = parents[at]
        heading = above.get(parent) if parent is not None else None
        title = f"{heading.number}  {heading.text}" if heading is not None else ""
        found += [(at, last, title)] * (last - at + 1)
        at = last + 1
    return found
