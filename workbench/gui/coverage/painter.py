"""Paints the cells of the coverage matrix; every state is told by shape and sign, not by colour alone."""

from __future__ import annotations

import math
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

from workbench.domain.analysis import Rating
from workbench.domain.coverage import Cell, CellState, Side
from workbench.domain.coverage_table import RATING_LETTERS
from workbench.gui.coverage.wording import RATING_WORDS
from workbench.gui.theme import Theme
from workbench.runtime.i18n import speech as _

CELL_HEIGHT = 42
_FADED = 0.2
#: Below this height a cell shows one letter only.
_READABLE = 28
_MOST_PICTURES = 3000
_TONES = {
    Rating.ADEQUATE: "success",
    Rating.PARTLY_ADEQUATE: "warning",
    Rating.INADEQUATE: "failure",
    Rating.NOT_ASSESSABLE: "veil",
}
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Look(NamedTuple):
    """All that a cell is painted by; hundreds of cells share one look, and one picture of it."""

    state: CellState
    ratings: tuple[Rating, ...]
    against: int
    supporting: int
    both: int
    other: int
    is_evidenced: bool
    is_partial: bool
    is_judged: bool
    is_missing: bool


def look_of(cell: Cell, *, is_judged: bool) -> Look:
    """How a cell looks."""
    both = cell.count(Side.BOTH)
    return Look(
        cell.state,
        cell.ratings,
        cell.count(Side.AGAINST) + both,
        cell.count(Side.FOR) + both,
        both,
        cell.count(Side.CONTEXT) + cell.count(Side.SILENT),
        bool(cell.pieces or cell.assessments),
        bool(cell.unrated) or any(not item.is_whole for item in cell.ruled_out),
        is_judged,
        is_judged and cell.is_missing,
    )


class CellPainter:
    """Pens, brushes and fonts of one theme, made once; a fluid matrix has no time to make them for every cell."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.theme = theme
        self._pictures: dict[tuple[Look, int, int, int, bool, float], QPixmap] = {}
        self._elided: dict[tuple[str, str, int], str] = {}
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
        self._for, self._against = QColor(theme.supports), QColor(theme.undermines)
        self._on_bar = QColor(theme.mark_sign)
        self._shared = QBrush(QColor(theme.context_strong), Qt.BrushStyle.BDiagPattern)
        broken = QColor(theme.muted)
        broken.setAlpha(150)
        self._dashed = QPen(broken, 1, Qt.PenStyle.DashLine)
        self._edge = QPen(self._border, 1)
        self._contest = QPen(QColor(theme.series_2), 2)
        faint = QColor(theme.muted)
        faint.setAlpha(110)
        self._hatch = QBrush(faint, Qt.BrushStyle.BDiagPattern)

    def elided(self, text: str, font: QFont, width: int) -> str:
        """The text with dots where it is too long; worked out once, because headings are painted at every step."""
        key = (text, font.key(), width)
        known = self._elided.get(key)
        if known is None:
            known = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._elided[key] = known
        return known

    def picture(self, look: Look, width: int, height: int, *, most: int, is_faded: bool, scale: float) -> QPixmap:
        """A cell as a picture, painted once for all that look alike."""
        key = (look, width, height, most, is_faded, scale)
        known = self._pictures.get(key)
        if known is None:
            if len(self._pictures) >= _MOST_PICTURES:
                self._pictures.clear()
            known = QPixmap(round(width * scale), round(height * scale))
            known.setDevicePixelRatio(scale)
            painter = QPainter(known)
            self.paint(painter, QRectF(0, 0, width, height), look, most=most, is_faded=is_faded)
            painter.end()
            self._pictures[key] = known
        return known

    def paint(self, painter: QPainter, rect: QRectF, look: Look, *, most: int, is_faded: bool = False) -> None:
        """One cell: ground by its state, rating in words, bars for and against, marks."""
        painter.fillRect(rect, self._surface)
        painter.setOpacity(_FADED if is_faded else 1.0)
        if rect.height() < _READABLE:
            self._dense(painter, rect.adjusted(1, 1, -1, -1), look)
        else:
            inner = rect.adjusted(2, 2, -2, -2)
            self._ground(painter, inner, look)
            self._head(painter, QRectF(inner.left(), inner.top() + 2, inner.width(), inner.height() / 2), look)
            if look.is_evidenced:
                self._bars(painter, inner, look, most)
            self._marks(painter, inner, look)
        painter.setOpacity(1.0)

    def _dense(self, painter: QPainter, inner: QRectF, look: Look) -> None:
        """A cell of which many are to be seen at once: its ground and one letter."""
        self._ground(painter, inner, look)
        painter.setFont(self.small)
        ratings = look.ratings
        text = RATING_LETTERS[ratings[0]] if ratings else "?" if look.is_evidenced and look.is_judged else ""
        if text and look.state is not CellState.OUT_OF_SCOPE:
            painter.setPen(self._texts[ratings[0]] if ratings else self._text)
            painter.drawText(inner, _CENTRE, text)

    def _ground(self, painter: QPainter, inner: QRectF, look: Look) -> None:
        """Filled when rated, hatched when out of scope, a broken edge while something is to be done."""
        ratings = look.ratings
        for at, rating in enumerate(ratings):
            width = inner.width() / len(ratings)
            painter.fillRect(QRectF(inner.left() + at * width, inner.top(), width, inner.height()), self._fills[rating])
        if look.state is CellState.OUT_OF_SCOPE:
            painter.fillRect(inner, self._hatch)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if look.state is CellState.CONTESTED:
            painter.setPen(self._contest)
            painter.drawRect(inner.adjusted(1, 1, -1, -1))
        elif look.is_missing:
            painter.setPen(self._dashed)
            painter.drawRect(inner.adjusted(0.5, 0.5, -0.5, -0.5))
        elif not ratings:
            painter.setPen(self._edge)
            painter.drawLine(inner.bottomLeft(), inner.bottomRight())

    def _head(self, painter: QPainter, box: QRectF, look: Look) -> None:
        painter.setFont(self.bold)
        ratings = look.ratings
        if ratings:
            words = [_(RATING_WORDS[rating]) for rating in ratings]
            text = " / ".join(words)
            marks = 26 if look.state is CellState.CONTESTED or look.is_partial else 6
            if self._metrics.horizontalAdvance(text) > box.width() - marks:
                text = "/".join(RATING_LETTERS[rating] for rating in ratings)
            painter.setPen(self._texts[ratings[0]])
            painter.drawText(box, _CENTRE, text)
        elif look.state is CellState.OUT_OF_SCOPE:
            text = _("Out of scope")
            text = text if self._metrics.horizontalAdvance(text) < box.width() - 6 else _("out")
            ground = self._metrics.boundingRect(box, _CENTRE, text).adjusted(-3, 0, 3, 0)
            painter.fillRect(ground, self._surface)
            painter.setPen(self._muted)
            painter.drawText(box, _CENTRE, text)
        elif look.is_judged:
            painter.setPen(self._muted)
            if look.is_evidenced:
                painter.drawText(box, _CENTRE, "?")
            elif look.state is not CellState.CONTESTED:
                middle = box.adjusted(0, 0, 0, box.height() - 6)
                painter.drawText(middle, _CENTRE, "–")

    def _bars(self, painter: QPainter, inner: QRectF, look: Look, most: int) -> None:
        """Against grows to the left of the middle, for to the right; what points both ways grows to both, hatched."""
        against, supporting, both = look.against, look.supporting, look.both
        line = QRectF(inner.left() + 3, inner.bottom() - 17, inner.width() - 6, 14)
        painter.setFont(self.small)
        if not (against or supporting):
            painter.setPen(self._texts[look.ratings[0]] if look.ratings else self._muted)
            if look.other:
                painter.drawText(line, _CENTRE, f"·{look.other}")
            return
        half, middle, scale = line.width() / 2, line.center().x(), math.log1p(max(most, 1))
        for count, ground, direction, flags in (
            (against, self._against, -1, _RIGHT),
            (supporting, self._for, 1, _LEFT),
        ):
            if not count:
                continue
            text = f"{count}"
            least = self._small_metrics.horizontalAdvance(text) + 7
            length = min(max(half * math.log1p(count) / scale, least), half)
            bar = QRectF(middle, line.top(), direction * length, line.height()).normalized()
            painter.fillRect(bar, ground)
            if both:
                shared = length * both / count
                painter.fillRect(
                    QRectF(middle, line.top(), direction * shared, line.height()).normalized(), self._shared
                )
            painter.setPen(self._on_bar)
            painter.drawText(bar.adjusted(4, 0, -4, 0), flags, text)
        painter.fillRect(QRectF(middle - 0.5, line.top() - 1, 1, line.height() + 2), self._on_bar)

    def _marks(self, painter: QPainter, inner: QRectF, look: Look) -> None:
        """A corner with an exclamation mark for contested; a part of a circle for years that nobody rated."""
        if look.state is CellState.CONTESTED:
            corner = inner.topRight()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._contest.color())
            painter.drawPolygon(QPolygonF([corner, corner + QPointF(-15, 0), corner + QPointF(0, 15)]))
            painter.setPen(self._surface)
            painter.setFont(self.small)
            painter.drawText(QRectF(corner.x() - 8, corner.y() - 1, 8, 10), _CENTRE, "!")
        if look.is_partial:
            circle = QRectF(inner.left() + 3, inner.top() + 4, 8, 8)
            painter.setPen(QPen(self._text, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(circle)
            painter.setBrush(self._text)
            painter.drawPie(circle, 90 * 16, 180 * 16)
