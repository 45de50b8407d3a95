"""The whole coverage matrix as a picture: SVG or PNG, with its title, period, tally and legend."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from workbench.domain.coverage_table import period_in_words
from workbench.gui.coverage.grid_model import CoverageGrid
from workbench.gui.coverage.legend import legend_height, paint_legend
from workbench.gui.coverage.painter import CELL_HEIGHT, CellPainter
from workbench.gui.coverage.wording import tally_in_words
from workbench.gui.theme import Theme
from workbench.gui.widgets.picture_file import write_picture_file
from workbench.runtime.i18n import speech as _

_MARGIN, _TITLE, _HEAD, _CELL, _LEAST_WIDTH = 24.0, 62.0, 46.0, 84.0, 900.0
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


def write_picture(grid: CoverageGrid, path: Path, theme: Theme, font: QFont) -> Path:
    """Write ``.svg`` or ``.png`` by the ending of the name; raises ``Refused`` with a sentence."""
    picture = MatrixPicture(grid, theme, font)
    return write_picture_file(
        path,
        picture.size,
        picture.paint,
        title=_("Coverage"),
        too_large="The picture would be too large for any program. Filter the institutions and try again.",
    )


class MatrixPicture:
    """The matrix laid out whole."""

    def __init__(self, grid: CoverageGrid, theme: Theme, font: QFont) -> None:
        self._grid, self._theme = grid, theme
        self._cells = CellPainter(theme, font)
        metrics = QFontMetricsF(font)
        widest = max((metrics.horizontalAdvance(item.name) for item in grid.rows), default=0.0)
        self._names = min(widest + 96, 380.0)
        columns, rows = grid.columnCount(), grid.rowCount()
        width = max(self._names + columns * _CELL, _LEAST_WIDTH) + 2 * _MARGIN
        self._room = width - 2 * _MARGIN
        self._legend_top = _MARGIN + _TITLE + _HEAD + rows * CELL_HEIGHT + 20
        self._key_top = self._legend_top + legend_height(self._room, self._cells) + 20
        self._key = self._worded(metrics)
        bottom = self._key[-1][1].bottom() if self._key else self._key_top
        self.size = QSize(round(width), round(bottom + _MARGIN))

    def _worded(self, metrics: QFontMetricsF) -> list[tuple[str, QRectF]]:
        """The words of each paragraph below the matrix, where the columns have room for their numbers only."""
        found: list[tuple[str, QRectF]] = []
        top = self._key_top
        for paragraph in self._grid.matrix.paragraphs:
            text = f"{paragraph.number}  {' '.join(paragraph.text.split())}"
            wanted = metrics.boundingRect(QRectF(0, 0, self._room, 4000), _WRAPPED, text)
            found.append((text, QRectF(_MARGIN, top, self._room, wanted.height())))
            top += wanted.height() + 3
        return found

    def paint(self, painter: QPainter) -> None:
        """Paint all of it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, self.size.width(), self.size.height()), QColor(self._theme.surface))
        self._title(painter)
        for column in range(self._grid.columnCount()):
            self._heading(painter, column)
        most = max(self._grid.matrix.most, 1)
        for row in range(self._grid.rowCount()):
            self._name(painter, row)
            faded = self._grid.faded(row)
            for column, look in enumerate(self._grid.looks(row)):
                is_faded = faded is not None and faded[column]
                self._cells.paint(painter, self._place(row, column), look, most=most, is_faded=is_faded)
        paint_legend(painter, QRectF(_MARGIN, self._legend_top, self._room, CELL_HEIGHT), self._cells)
        painter.setFont(self._cells.font)
        painter.setPen(QColor(self._theme.text))
        for text, box in self._key:
            painter.drawText(box, _WRAPPED, text)

    def _place(self, row: int, column: int) -> QRectF:
        top = _MARGIN + _TITLE + _HEAD + row * CELL_HEIGHT
        return QRectF(_MARGIN + self._names + column * _CELL, top, _CELL, CELL_HEIGHT)

    def _title(self, painter: QPainter) -> None:
        matrix, font = self._grid.matrix, QFont(self._cells.font)
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() + 4)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.text))
        title = _("Coverage") + (f": {matrix.case_study}" if matrix.case_study else "")
        painter.drawText(QRectF(_MARGIN, _MARGIN, self.size.width() - 2 * _MARGIN, 28), _LEFT, title)
        painter.setFont(self._cells.font)
        painter.setPen(QColor(self._theme.muted))
        about = [period_in_words(matrix.period) or _("All time"), tally_in_words(self._grid.tally)]
        painter.drawText(QRectF(_MARGIN, _MARGIN + 28, self.size.width() - 2 * _MARGIN, 20), _LEFT, " · ".join(about))

    def _heading(self, painter: QPainter, column: int) -> None:
        paragraph, place = self._grid.paragraph(column), self._place(0, column)
        painter.setFont(self._cells.bold)
        painter.setPen(QColor(self._theme.text))
        top = place.top() - _HEAD
        painter.drawText(QRectF(place.left(), top + 4, _CELL, 18), int(Qt.AlignmentFlag.AlignCenter), paragraph.number)
        painter.setFont(self._cells.small)
        painter.setPen(QColor(self._theme.muted))
        words = QFontMetricsF(self._cells.small).elidedText(paragraph.text, Qt.TextElideMode.ElideRight, _CELL - 6)
        painter.drawText(QRectF(place.left() + 3, top + 22, _CELL - 6, 16), _LEFT, words)

    def _name(self, painter: QPainter, row: int) -> None:
        place, counted = self._place(row, 0), self._grid.row_tally(row)
        painter.setFont(self._cells.font)
        painter.setPen(QColor(self._theme.text))
        width = self._names - 60
        name = QFontMetricsF(self._cells.font).elidedText(
            self._grid.institution(row).name, Qt.TextElideMode.ElideRight, width
        )
        painter.drawText(QRectF(_MARGIN, place.top(), width, CELL_HEIGHT), _LEFT, name)
        painter.setFont(self._cells.small)
        painter.setPen(QColor(self._theme.muted))
        box = QRectF(_MARGIN + width, place.top(), 50, CELL_HEIGHT)
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(box, right, f"{counted.settled}/{counted.cells}")
        painter.setPen(QColor(self._theme.border))
        painter.drawLine(QPointF(_MARGIN, place.bottom()), place.bottomLeft())
