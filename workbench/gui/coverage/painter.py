"""Paints the cells of the coverage matrix; every state is told by shape and sign, not by colour alone."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from workbench.domain.analysis import Rating
from workbench.domain.coverage import Cell, CellState, Side
from workbench.domain.coverage_table import RATING_LETTERS
from workbench.gui.coverage.wording import RATING_WORDS
from workbench.gui.theme import Theme
from workbench.runtime.i18n import speech as _

CELL_HEIGHT = 40
_TONES = {
    Rating.ADEQUATE: "success",
    Rating.PARTLY_ADEQUATE: "warning",
    Rating.INADEQUATE: "failure",
    Rating.NOT_ASSESSABLE: "veil",
}
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Around:
    """What a cell is painted by beside itself: the longest bar's measure, and whether it is judged, faded, chosen."""

    most: int = 1
    is_judged: bool = True
    is_faded: bool = False
    is_current: bool = False
    is_selected: bool = False


class CellPainter:
    """Pens, brushes and fonts of one theme, made once; a fluid matrix has no time to make them for every cell."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.theme = theme
        self.font, self.bold, self.small = QFont(font), QFont(font), QFont(font)
        self.bold.setBold(True)
        self.bold.setPointSizeF(font.pointSizeF() - 1)
        self.small.setPointSizeF(max(font.pointSizeF() - 2.5, 6.5))
        self._metrics = QFontMetricsF(self.bold)
        self._small_metrics = QFontMetricsF(self.small)
        self._fills = {rating: QColor(str(getattr(theme, tone))) for rating, tone in _TONES.items()}
        self._texts = {rating: QColor(str(getattr(theme, f"{tone}_text"))) for rating, tone in _TONES.items()}
        self._text, self._muted, self._border = QColor(theme.text), QColor(theme.muted), QColor(theme.border)
        self._surface = QColor(theme.surface)
        self._for, self._against = QColor(theme.supports_strong), QColor(theme.undermines_strong)
        self._alarm = QColor(theme.warning_text)
        self._alarm_ground = QColor(theme.warning)
        self._dashed = QPen(self._muted, 1, Qt.PenStyle.DashLine)
        self._edge = QPen(self._border, 1)
        self._contest = QPen(QColor(theme.series_2), 2)
        self._focus = QPen(QColor(theme.accent), 2.5)
        self._selected = QColor(theme.selected)
        self._hatch = QBrush(self._muted, Qt.BrushStyle.BDiagPattern)

    def paint(self, painter: QPainter, rect: QRectF, cell: Cell, around: Around) -> None:
        """One cell: ground by its state, rating in words, bars for and against, marks."""
        painter.fillRect(rect, self._selected if around.is_selected else self._surface)
        if around.is_faded:
            painter.setOpacity(0.22)
        inner = rect.adjusted(2, 2, -2, -2)
        self._ground(painter, inner, cell, around)
        self._head(painter, QRectF(inner.left(), inner.top() + 2, inner.width(), inner.height() / 2), cell, around)
        if cell.pieces:
            self._bars(painter, inner, cell, around.most)
        self._marks(painter, inner, cell)
        painter.setOpacity(1.0)
        if around.is_current:
            painter.setPen(self._focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1.5, 1.5, -1.5, -1.5))

    def _ground(self, painter: QPainter, inner: QRectF, cell: Cell, around: Around) -> None:
        """Filled when rated, hatched when out of scope, a broken edge while something is to be done."""
        ratings = cell.ratings
        for at, rating in enumerate(ratings):
            width = inner.width() / len(ratings)
            painter.fillRect(QRectF(inner.left() + at * width, inner.top(), width, inner.height()), self._fills[rating])
        if cell.state is CellState.OUT_OF_SCOPE:
            painter.setOpacity(painter.opacity() * 0.45)
            painter.fillRect(inner, self._hatch)
            painter.setOpacity(1.0 if not around.is_faded else 0.22)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if cell.state is CellState.CONTESTED:
            painter.setPen(self._contest)
            painter.drawRect(inner.adjusted(1, 1, -1, -1))
        elif around.is_judged and cell.is_missing:
            painter.setPen(self._dashed)
            painter.drawRect(inner.adjusted(0.5, 0.5, -0.5, -0.5))
        elif not ratings:
            painter.setPen(self._edge)
            painter.drawLine(inner.bottomLeft(), inner.bottomRight())

    def _head(self, painter: QPainter, box: QRectF, cell: Cell, around: Around) -> None:
        painter.setFont(self.bold)
        ratings = cell.ratings
        if ratings:
            words = [_(RATING_WORDS[rating]) for rating in ratings]
            text = " / ".join(words)
            if self._metrics.horizontalAdvance(text) > box.width() - 22:
                text = "/".join(RATING_LETTERS[rating] for rating in ratings)
            painter.setPen(self._texts[ratings[0]])
            painter.drawText(box, _CENTRE, text)
        elif cell.state is CellState.OUT_OF_SCOPE:
            text = _("Out of scope")
            text = text if self._metrics.horizontalAdvance(text) < box.width() - 6 else _("out")
            ground = self._metrics.boundingRect(box, _CENTRE, text).adjusted(-3, 0, 3, 0)
            painter.fillRect(ground, self._surface)
            painter.setPen(self._muted)
            painter.drawText(box, _CENTRE, text)
        elif around.is_judged:
            painter.setPen(self._muted)
            if cell.pieces or cell.assessments:
                painter.drawText(box, _CENTRE, "?")
            elif not cell.contests:
                middle = box.adjusted(0, 0, 0, box.height() - 6)
                painter.drawText(middle, _CENTRE, "–")

    def _bars(self, painter: QPainter, inner: QRectF, cell: Cell, most: int) -> None:
        """Against grows to the left of the middle, for to the right; what points both ways grows to both, hatched."""
        against, supporting, both = cell.count(Side.AGAINST), cell.count(Side.FOR), cell.count(Side.BOTH)
        line = QRectF(inner.left() + 3, inner.bottom() - 16, inner.width() - 6, 13)
        painter.setFont(self.small)
        painter.setPen(self._texts[cell.ratings[0]] if cell.ratings else self._text)
        if not (against or supporting or both):
            other = cell.count(Side.CONTEXT) + cell.count(Side.SILENT)
            text = f"·{other}" if other else "○"
            painter.drawText(line, _CENTRE, text)
            return
        room = self._small_metrics.horizontalAdvance(str(max(against, supporting, 10))) + 3
        painter.drawText(line, _LEFT, str(against + both or "") if against or both else "")
        painter.drawText(line, _RIGHT, str(supporting + both) if supporting or both else "")
        half, middle = line.width() / 2 - room, line.center().x()
        scale = math.log1p(max(most, 1))
        for count, shared, colour, direction in (
            (against, both, self._against, -1),
            (supporting, both, self._for, 1),
        ):
            length = half * math.log1p(count + shared) / scale
            bar = QRectF(middle, line.center().y() - 3, direction * length, 6).normalized()
            painter.fillRect(bar, colour)
        if both:
            length = half * math.log1p(both) / scale
            painter.fillRect(QRectF(middle - length, line.center().y() - 3, 2 * length, 6), self._hatch)
        painter.fillRect(QRectF(middle - 0.5, line.top() + 1, 1, line.height() - 2), self._muted)

    def _marks(self, painter: QPainter, inner: QRectF, cell: Cell) -> None:
        """A corner with an exclamation mark for contested; a part of a circle for years that nobody rated."""
        if cell.state is CellState.CONTESTED:
            corner = inner.topRight()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._contest.color())
            painter.drawPolygon(QPolygonF([corner, corner + QPointF(-15, 0), corner + QPointF(0, 15)]))
            painter.setPen(self._surface)
            painter.setFont(self.small)
            painter.drawText(QRectF(corner.x() - 8, corner.y() - 1, 8, 10), _CENTRE, "!")
        if cell.unrated or any(not item.is_whole for item in cell.ruled_out):
            circle = QRectF(inner.left() + 3, inner.top() + 4, 8, 8)
            painter.setPen(QPen(self._text, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(circle)
            painter.setBrush(self._text)
            painter.drawPie(circle, 90 * 16, 180 * 16)
