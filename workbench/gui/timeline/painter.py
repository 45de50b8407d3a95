"""Paints the timeline: the scale, lanes and events with status and doubt told by shape as well as colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QLinearGradient, QPainter, QPainterPath, QPen, QPolygonF

from workbench.domain.event import EventStatus
from workbench.domain.timeline import ticks
from workbench.gui.theme import Theme
from workbench.gui.timeline.scene import HEAD_PX, MARK_PX, SCALE_PX, Placed, Scene
from workbench.runtime.i18n import speech as _

_TONES = {EventStatus.AGREED: "series_1", EventStatus.DISPUTED: "series_2", EventStatus.INFERRED: "series_5"}


def paint_scene(
    painter: QPainter,
    scene: Scene,
    area: QRectF,
    theme: Theme,
    *,
    current: str = "",
    anchor: str = "",
    scale_top: float = 0.0,
) -> None:
    """Paint what lies in ``area`` (canvas coordinates); the scale is written at ``scale_top``.

    Days are counted from the event ``anchor``, which is drawn with a frame of its own.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(area, QColor(theme.surface))
    marks = ticks(int(scene.day_at(area.left())), int(scene.day_at(area.right())) + 1, scene.px_per_day, _.language)
    faint = QColor(theme.border)
    faint.setAlpha(80)  # labels are written over these lines, in high contrast too
    for tick in marks:
        x = scene.x_of(tick.day)
        painter.setPen(QPen(faint, 1.4 if tick.is_major else 0.7))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
    for lane in scene.lanes:
        if lane.top > area.bottom() or lane.top + lane.height < area.top():
            continue
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.drawLine(QPointF(area.left(), lane.top - 5), QPointF(area.right(), lane.top - 5))
        for item in lane.between(area.left(), area.right()):
            if item.extent.intersects(area):
                paint_event(painter, item, theme, is_current=item.row.id == current)
                if item.row.id == anchor:
                    painter.setPen(QPen(QColor(theme.accent), 1.6, Qt.PenStyle.DashLine))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRoundedRect(item.extent.adjusted(-5, -5, 4, 5), 4, 4)
        title = QRectF(area.left() + 8, lane.top, area.width() - 16, HEAD_PX)
        _text(painter, title, lane.title, theme.text, is_bold=True)
    _paint_scale(painter, scene, area, theme, scale_top)


def _paint_scale(painter: QPainter, scene: Scene, area: QRectF, theme: Theme, top: float) -> None:
    painter.fillRect(QRectF(area.left(), top, area.width(), SCALE_PX - 6), QColor(theme.window))
    first, last = int(scene.day_at(area.left())), int(scene.day_at(area.right())) + 1
    for tick in ticks(first, last, scene.px_per_day, _.language):
        box = QRectF(scene.x_of(tick.day) + 4, top, 130, SCALE_PX - 6)
        _text(painter, box, tick.text, theme.text if tick.is_major else theme.muted, is_bold=tick.is_major)


def paint_event(painter: QPainter, item: Placed, theme: Theme, *, is_current: bool, opacity: float = 1.0) -> None:
    """A point or a band; hatched or faded where the date is doubted, without an edge where it is open."""
    status = item.row.event.status
    colour = QColor(theme.colour(_TONES[status], is_strong=True))
    painter.save()
    painter.setOpacity(opacity)
    if is_current:
        painter.setPen(QPen(QColor(theme.accent), 2))
        painter.setBrush(QColor(theme.selected))
        painter.drawRoundedRect(item.extent.adjusted(-5, -5, 4, 5), 4, 4)
    if item.mark.width() <= MARK_PX + 0.5:
        _paint_point(painter, item, status, colour)
    else:
        _paint_band(painter, item, status, colour)
    if item.narrowed is not None:  # a line below the band: what recorded orders leave of it
        y = item.mark.bottom() + 3.5
        painter.setPen(QPen(QColor(theme.text), 2))
        painter.drawLine(QPointF(item.narrowed[0], y), QPointF(item.narrowed[1], y))
    if item.row.is_contradicted:
        painter.setPen(QPen(QColor(theme.failure_text), 2.4))
        painter.drawLine(item.mark.bottomLeft() + QPointF(0, 4), item.mark.topRight() - QPointF(0, 4))
    if item.label_px > 14:
        label = QRectF(item.mark.right() + 5, item.mark.top() - 6, item.label_px - 7, item.mark.height() + 12)
        _text(painter, label, item.row.event.title, theme.selected_text if is_current else theme.text)
    painter.restore()


def _paint_point(painter: QPainter, item: Placed, status: EventStatus, colour: QColor) -> None:
    """Agreed is a filled disc, disputed a diamond, inferred a ring; a doubted date has a broken edge."""
    line = Qt.PenStyle.DotLine if item.stretch.is_uncertain else Qt.PenStyle.SolidLine
    painter.setPen(QPen(colour, 2, line))
    fill = QColor(colour)
    fill.setAlpha(90 if item.stretch.is_uncertain else 255)
    painter.setBrush(Qt.BrushStyle.NoBrush if status is EventStatus.INFERRED else QBrush(fill))
    box, middle = item.mark, item.mark.center()
    if status is EventStatus.DISPUTED:
        corners = (
            QPointF(middle.x(), box.top()),
            QPointF(box.right(), middle.y()),
            QPointF(middle.x(), box.bottom()),
            QPointF(box.left(), middle.y()),
        )
        painter.drawPolygon(QPolygonF(corners))
    else:
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))


def _paint_band(painter: QPainter, item: Placed, status: EventStatus, colour: QColor) -> None:
    """Hatched when disputed, hollow when inferred; an open end fades away."""
    box, stretch = item.mark, item.stretch
    solid, faint = QColor(colour), QColor(colour)
    solid.setAlpha(110 if stretch.is_uncertain else 200)
    faint.setAlpha(0)
    fade = QLinearGradient(box.topLeft(), box.topRight())
    fade.setColorAt(0, faint if stretch.opens_before else solid)
    fade.setColorAt(1, faint if stretch.opens_after else solid)
    share = min(3 * MARK_PX / max(box.width(), 1.0), 0.9)
    if stretch.opens_before:
        fade.setColorAt(share, solid)
    if stretch.opens_after:
        fade.setColorAt(1 - share, solid)
    path = QPainterPath()
    path.addRoundedRect(box, 3, 3)
    if status is EventStatus.DISPUTED:
        painter.fillPath(path, QBrush(colour, Qt.BrushStyle.BDiagPattern))
    elif status is EventStatus.AGREED or stretch.opens_before or stretch.opens_after:
        painter.fillPath(path, fade)
    if not (stretch.opens_before or stretch.opens_after):
        painter.setPen(QPen(colour, 1.4, Qt.PenStyle.DotLine if stretch.is_uncertain else Qt.PenStyle.SolidLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)


def _text(painter: QPainter, box: QRectF, text: str, colour: str, *, is_bold: bool = False) -> None:
    font = painter.font()
    font.setBold(is_bold)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetricsF(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
    font.setBold(False)
    painter.setFont(font)
