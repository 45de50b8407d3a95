"""Paints the link map: quiet boxes by kind, one line to what each hangs on, and more only for what is chosen."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTextLayout

from workbench.gui.icons import picture
from workbench.gui.link_map.scene import KIND_ICONS, KIND_TONES, MapBox, MapScene
from workbench.gui.theme import Theme

_RADIUS, _STRIP_PX = 6.0, 3.0


def paint_map(painter: QPainter, scene: MapScene, area: QRectF, theme: Theme, *, current: str = "") -> None:
    """Paint what lies in ``area`` (coordinates of the map)."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(area, QColor(theme.surface))
    for box in scene.boxes:
        if box.placed.ring and box.placed.kind != "heading":
            is_current = box.id == current or (scene.inner_of(box.id) == current != scene.shown.centre.id)
            _paint_stem(painter, scene, box, theme, is_current=is_current)
    for box in scene.boxes:
        _paint_count(painter, scene, box, theme)
    if current:
        _paint_other_ties(painter, scene, current, theme)
    for box in scene.boxes:
        if box.rect.adjusted(-4, -4, 4, 4).intersects(area):
            if box.placed.kind == "heading":
                _paint_heading(painter, scene, box, theme)
            else:
                _paint_box(painter, box, theme, is_current=box.id == current)


def _paint_stem(painter: QPainter, scene: MapScene, box: MapBox, theme: Theme, *, is_current: bool) -> None:
    """The line from a box to the one it hangs on: stronger the more it counts."""
    inner = scene.box(scene.inner_of(box.id))
    if inner is None or (box.placed.kind == "more" and box.placed.ring > 1):
        return  # what had no room further out hangs on several
    stem = scene.stem_of(box.id)
    width = 1.0 + min(math.log2(stem.total), 4.0) * 0.55 if stem is not None else 1.0
    width = 1.2 if scene.layout.is_outline else width
    colour = QColor(theme.accent if is_current else theme.border)
    if not is_current:
        colour = QColor(theme.mark_current)
        colour.setAlpha(170)
    style = Qt.PenStyle.SolidLine if stem is not None else Qt.PenStyle.DotLine
    painter.setPen(QPen(colour, width, style, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_elbow(inner, box) if scene.layout.is_outline else _curve(inner, box))


def _curve(inner: MapBox, outer: MapBox) -> QPainterPath:
    """A calm curve between the sides that face each other."""
    side = outer.placed.side
    start = QPointF(inner.rect.right() if side > 0 else inner.rect.left(), inner.rect.center().y())
    end = QPointF(outer.rect.left() if side > 0 else outer.rect.right(), outer.rect.center().y())
    middle = (end.x() - start.x()) / 2
    path = QPainterPath(start)
    path.cubicTo(start + QPointF(middle, 0), end - QPointF(middle, 0), end)
    return path


def _elbow(inner: MapBox, outer: MapBox) -> QPainterPath:
    """Down from the left of the inner box, then across."""
    x = inner.rect.left() + 11
    path = QPainterPath(QPointF(x, inner.rect.bottom()))
    path.lineTo(x, outer.rect.center().y())
    path.lineTo(outer.rect.left(), outer.rect.center().y())
    return path


def _paint_count(painter: QPainter, scene: MapScene, box: MapBox, theme: Theme) -> None:
    """How much a tie counts, where it reaches the box."""
    stem = scene.stem_of(box.id) if box.placed.kind != "heading" else None
    if stem is None or stem.total < 2 or scene.layout.is_outline:
        return
    text = str(stem.total)
    font = _sized(painter.font(), 0.86)
    width = max(QFontMetricsF(font).horizontalAdvance(text) + 9, 16)
    x = box.rect.left() - width - 3 if box.placed.side > 0 else box.rect.right() + 3
    pill = QRectF(x, box.rect.center().y() - 8, width, 16)
    painter.setPen(QPen(QColor(theme.border), 1))
    painter.setBrush(QColor(theme.surface))
    painter.drawRoundedRect(pill, 8, 8)
    _text(painter, pill, text, theme.muted, font, Qt.AlignmentFlag.AlignCenter)


def _paint_other_ties(painter: QPainter, scene: MapScene, current: str, theme: Theme) -> None:
    """The ties of the chosen item beside the one it hangs on, dashed."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent), 1.2, Qt.PenStyle.DashLine))
    for edge in scene.edges_of(current):
        one, other = scene.box(edge.one), scene.box(edge.other)
        if edge.is_stem or one is None or other is None:
            continue
        painter.drawPath(_beside(one, other) if scene.layout.is_outline else _between(one, other))


def _between(one: MapBox, other: MapBox) -> QPainterPath:
    """A line between the sides that face each other; within a ring it bows towards the middle."""
    if one.placed.side == other.placed.side and one.placed.ring == other.placed.ring:
        side = one.placed.side
        start = QPointF(one.rect.left() if side > 0 else one.rect.right(), one.rect.center().y())
        end = QPointF(other.rect.left() if side > 0 else other.rect.right(), other.rect.center().y())
        bow = QPointF(-26.0 * side, 0)
        path = QPainterPath(start)
        path.cubicTo(start + bow, end + bow, end)
        return path
    first, second = (one, other) if one.rect.center().x() <= other.rect.center().x() else (other, one)
    start = QPointF(first.rect.right(), first.rect.center().y())
    end = QPointF(second.rect.left(), second.rect.center().y())
    middle = max((end.x() - start.x()) / 2, 24.0)
    path = QPainterPath(start)
    path.cubicTo(start + QPointF(middle, 0), end - QPointF(middle, 0), end)
    return path


def _beside(one: MapBox, other: MapBox) -> QPainterPath:
    """A bow to the right of two boxes of an outline."""
    start = QPointF(one.rect.right(), one.rect.center().y())
    end = QPointF(other.rect.right(), other.rect.center().y())
    x = max(start.x(), end.x()) + 22
    path = QPainterPath(start)
    path.cubicTo(QPointF(x, start.y()), QPointF(x, end.y()), end)
    return path


def _paint_heading(painter: QPainter, scene: MapScene, box: MapBox, theme: Theme) -> None:
    font = _sized(painter.font(), 0.92)
    font.setBold(True)
    side = Qt.AlignmentFlag.AlignLeft if box.placed.side > 0 or scene.layout.is_outline else Qt.AlignmentFlag.AlignRight
    _text(painter, box.rect, box.title, theme.muted, font, side | Qt.AlignmentFlag.AlignBottom)


def _paint_box(painter: QPainter, box: MapBox, theme: Theme, *, is_current: bool) -> None:
    rect, kind = box.rect, box.placed.kind
    is_centre = not box.placed.ring
    painter.setPen(QPen(QColor(theme.accent if is_current else theme.border), 2.0 if is_current else 1.0))
    painter.setBrush(QColor(theme.selected if is_centre or is_current else theme.raised))
    painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
    text = theme.selected_text if is_centre or is_current else theme.text
    muted = theme.selected_text if is_centre or is_current else theme.muted
    font, small = painter.font(), _sized(painter.font(), 0.88)
    inside = rect.adjusted(30, 3, -8, -4)
    if kind == "more":
        inside = rect.adjusted(12, 3, -8, -4)
    else:
        tone = theme.colour(KIND_TONES[kind], is_strong=True)
        painter.drawPixmap(QPointF(rect.left() + 8, rect.center().y() - 8), picture(KIND_ICONS[kind], tone, 16))
    if is_centre:
        font = QFont(font)
        font.setBold(True)
    line = QFontMetricsF(font).lineSpacing() if box.words else 0.0
    upper = inside.adjusted(0, 0, 0, -line)
    lower = QRectF(inside.left(), inside.bottom() - line, inside.width(), line)
    _title(painter, upper, box.title, text, font)
    _text(painter, lower, box.words, theme.failure_text if box.flag else muted, small, Qt.AlignmentFlag.AlignVCenter)
    _paint_shares(painter, box, theme)


def _paint_shares(painter: QPainter, box: MapBox, theme: Theme) -> None:
    """A thin strip that shows how the excerpts stand."""
    if not box.shares:
        return
    rect = box.rect.adjusted(_RADIUS, 0, -_RADIUS, 0)
    left = rect.left()
    for stance, share in box.shares:
        width = rect.width() * share
        strip = QRectF(left, rect.bottom() - _STRIP_PX / 2 - 0.5, width, _STRIP_PX)
        painter.fillRect(strip, QColor(theme.colour(stance, is_strong=True)))
        left += width


def _sized(font: QFont, factor: float) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * factor)
    return made


def _title(painter: QPainter, rect: QRectF, text: str, colour: str, font: QFont) -> None:
    """A title in as many lines as there is room for; what is left over ends in dots."""
    layout, metrics = QTextLayout(" ".join(text.split()), font), QFontMetricsF(font)
    most = max(int(rect.height() / metrics.lineSpacing() + 0.2), 1)
    layout.beginLayout()
    starts = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(rect.width())
        starts.append(line.textStart())
    layout.endLayout()
    shown, whole = starts[:most], layout.text()
    top = rect.center().y() - len(shown) * metrics.lineSpacing() / 2
    for at, start in enumerate(shown):
        end = starts[at + 1] if at + 1 < len(shown) else len(whole)
        row = QRectF(rect.left(), top + at * metrics.lineSpacing(), rect.width(), metrics.lineSpacing())
        _text(painter, row, whole[start:end], colour, font, Qt.AlignmentFlag.AlignVCenter)


def _text(painter: QPainter, rect: QRectF, text: str, colour: str, font: QFont, alignment: Qt.AlignmentFlag) -> None:
    before = painter.font()
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetricsF(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(alignment | Qt.TextFlag.TextSingleLine), shown)
    painter.setFont(before)
