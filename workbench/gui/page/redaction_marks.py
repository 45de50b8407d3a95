"""Redaction marks on the page: hatched boxes that leave the words readable, told apart by line and sign, not colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen

from workbench.domain.geometry import Box
from workbench.domain.protection import MarkState
from workbench.gui.theme import Theme
from workbench.gui.wording import STATE_SIGNS

ToView = Callable[[Box], QRectF]
_LINES = {
    MarkState.PROPOSED: (Qt.PenStyle.DashLine, 1.5),
    MarkState.APPROVED: (Qt.PenStyle.SolidLine, 2.0),
    MarkState.REJECTED: (Qt.PenStyle.SolidLine, 0.75),
}
_FLAG_STEP, _MOST_BESIDE = 15, 6
_HATCH = {MarkState.PROPOSED: 60, MarkState.APPROVED: 105}


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactionMark:
    """One mark on one page; ``tip`` says state and grounds, never the words."""

    id: str
    boxes: tuple[Box, ...]
    state: MarkState
    tip: str = ""


def paint_redactions(
    painter: QPainter, marks: Iterable[RedactionMark], current: str, sheet: QRectF, to_view: ToView, theme: Theme
) -> None:
    """Hatch what would be hidden: dashed while proposed, solid when approved, thin and crossed when rejected.

    A flag with the sign of the state stands at the right edge of the sheet, where it covers no words.
    """
    painter.save()
    taken: dict[int, int] = {}
    for mark in marks:
        for box in mark.boxes:
            _paint_box(painter, to_view(box).adjusted(-1.5, -1.5, 1.5, 1.5), mark.state, theme)
        if mark.boxes:
            flag = _free_flag(to_view(mark.boxes[0]), sheet, taken)
            if flag is not None:
                _paint_flag(painter, flag, mark.state, theme)
        if mark.id == current:
            painter.setPen(QPen(QColor(theme.mark_sign), 2.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for box in mark.boxes:
                painter.drawRect(to_view(box).adjusted(-5, -5, 5, 5))
    painter.restore()


def _paint_box(painter: QPainter, rect: QRectF, state: MarkState, theme: Theme) -> None:
    style, width = _LINES[state]
    ink = QColor(theme.mark_sign)
    if state in _HATCH:
        hatch = QColor(ink)
        hatch.setAlpha(_HATCH[state])
        pattern = Qt.BrushStyle.BDiagPattern if state is MarkState.PROPOSED else Qt.BrushStyle.DiagCrossPattern
        painter.fillRect(rect, QBrush(hatch, pattern))
    painter.setPen(QPen(ink, width, style))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)
    if state is MarkState.REJECTED:
        painter.drawLine(rect.bottomLeft(), rect.topRight())


def _free_flag(box: QRectF, sheet: QRectF, taken: dict[int, int]) -> QRectF | None:
    """A place for a flag at the edge of the sheet, beside those at its height; None where there is no more room."""
    row = round((box.center().y() - sheet.top()) / _FLAG_STEP)
    beside = taken[row] = taken.get(row, -1) + 1
    if beside >= _MOST_BESIDE:
        return None
    return QRectF(sheet.right() - 18 - _FLAG_STEP * beside, sheet.top() + row * _FLAG_STEP - 7, 13, 14)


def _paint_flag(painter: QPainter, flag: QRectF, state: MarkState, theme: Theme) -> None:
    """The sign of the state in a small box, in the ink of marks on paper."""
    font = QFont(painter.font())
    font.setPointSizeF(8.0)
    font.setBold(True)
    painter.setFont(font)
    painter.fillRect(flag, QColor(theme.paper))
    painter.setPen(QPen(QColor(theme.mark_sign), 1))
    painter.drawRect(flag)
    painter.drawText(flag, Qt.AlignmentFlag.AlignCenter, STATE_SIGNS[state])


def smallest_at(marks: Iterable[RedactionMark], x: float, y: float) -> RedactionMark | None:
    """The smallest mark under a point of a page."""
    under = [
        (sum((box.x1 - box.x0) * (box.y1 - box.y0) for box in mark.boxes), at, mark)
        for at, mark in enumerate(marks)
        if any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in mark.boxes)
    ]
    return min(under)[2] if under else None
