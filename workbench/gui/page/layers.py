"""What is laid over a page: the selection, marked excerpts, found words, the veil over pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from workbench.domain.geometry import Box
from workbench.domain.ids import ExcerptId
from workbench.gui.page.redaction_marks import RedactionMark, ToView, smallest_at
from workbench.gui.theme import Theme
from workbench.runtime.i18n import speech as _

BAR_STEP = 9.0


@dataclass(frozen=True, slots=True)
class Mark:
    """An excerpt on one page.

    ``tone`` names the theme's colour, ``sign`` and ``pattern`` tell it apart without colour, ``tip`` is its note and
    links in words.
    """

    excerpt: ExcerptId
    boxes: tuple[Box, ...]
    tone: str = "mark"
    sign: str = ""
    pattern: Qt.PenStyle = Qt.PenStyle.SolidLine
    tip: str = ""
    is_area: bool = False

    @property
    def top(self) -> float:
        return min(box.y0 for box in self.boxes)

    @property
    def bottom(self) -> float:
        return max(box.y1 for box in self.boxes)


@dataclass(slots=True)
class Layers:
    """The marks on every page of the shown document."""

    excerpts: dict[int, list[Mark]] = field(default_factory=dict)
    hits: dict[int, tuple[Box, ...]] = field(default_factory=dict)
    found: dict[int, tuple[Box, ...]] = field(default_factory=dict)
    current_hit: tuple[int, Box] | None = None
    current: ExcerptId | None = None
    area: tuple[int, Box] | None = None
    unveiled: set[int] = field(default_factory=set)
    redactions: dict[int, list[RedactionMark]] = field(default_factory=dict)
    current_redaction: str = ""

    def excerpt_at(self, page_index: int, x: float, y: float) -> ExcerptId | None:
        """The smallest excerpt under a point of a page (in points)."""
        mark = self.mark_at(page_index, x, y)
        return mark.excerpt if mark else None

    def redaction_at(self, page_index: int, x: float, y: float) -> RedactionMark | None:
        """The smallest redaction mark under a point of a page."""
        return smallest_at(self.redactions.get(page_index, ()), x, y)

    def tip_at(self, page_index: int, x: float, y: float) -> str:
        """What the pointer is told there: of the redaction, and of the excerpt below it."""
        found = (self.redaction_at(page_index, x, y), self.mark_at(page_index, x, y))
        return "\n\n".join(mark.tip for mark in found if mark is not None and mark.tip)

    def mark_at(self, page_index: int, x: float, y: float) -> Mark | None:
        """The mark of the smallest excerpt under a point of a page."""
        under = [
            (sum((b.x1 - b.x0) * (b.y1 - b.y0) for b in mark.boxes), at)
            for at, mark in enumerate(self.excerpts.get(page_index, ()))
            if any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in mark.boxes)
        ]
        return self.excerpts[page_index][min(under)[1]] if under else None


def in_lanes(marks: Sequence[Mark]) -> list[tuple[Mark, int]]:
    """Each mark with the innermost margin lane where its bar touches no other."""
    ends: list[float] = []
    placed = []
    for mark in sorted((mark for mark in marks if mark.boxes), key=lambda mark: (mark.top, -mark.bottom)):
        lane = next((at for at, end in enumerate(ends) if end <= mark.top), len(ends))
        ends[lane:] = [mark.bottom, *ends[lane + 1 :]]
        placed.append((mark, lane))
    return placed


def paint_paper(painter: QPainter, rect: QRectF, picture: QImage | None, theme: Theme, *, rotation: int = 0) -> None:
    """The sheet with its picture, or an empty sheet until there is one."""
    if picture is None:
        painter.fillRect(rect, QColor(theme.paper))
        return
    if rotation:
        painter.save()
        painter.translate(rect.center())
        painter.rotate(rotation)
        size = rect.size().transposed() if rotation % 180 else rect.size()
        painter.drawImage(QRectF(QPointF(-size.width() / 2, -size.height() / 2), size), picture)
        painter.restore()
    elif abs(picture.width() - rect.width() * picture.devicePixelRatio()) < 2:
        painter.drawImage(rect.topLeft(), picture)
    else:
        painter.drawImage(rect, picture)


def paint_edge(painter: QPainter, rect: QRectF, theme: Theme, *, dimmed: bool) -> None:
    """The edge of the sheet, and the veil that keeps white paper from glaring in the dark."""
    shade = QColor(theme.paper_shade)
    if dimmed and shade.alpha():
        painter.fillRect(rect, shade)
    painter.setPen(QPen(QColor(theme.border), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))


def paint_veil(painter: QPainter, boxes: Iterable[Box], to_view: ToView, theme: Theme) -> None:
    """Covers photographs and scans until someone asks to see them."""
    for box in boxes:
        rect = to_view(box)
        painter.fillRect(rect, QColor(theme.veil))
        painter.setPen(QPen(QColor(theme.veil_text), 1, Qt.PenStyle.DashLine))
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        if rect.width() > 90 and rect.height() > 30:
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(rect.adjusted(6, 4, -6, -4), flags, _("Picture veiled. Click, or press V, to see it."))


def paint_marks(painter: QPainter, layers: Layers, page_index: int, to_view: ToView, theme: Theme) -> None:
    """Excerpts as coloured paper, found words in yellow with a line below."""
    for mark in layers.excerpts.get(page_index, ()):
        is_current = mark.excerpt == layers.current
        if mark.is_area:
            painter.setPen(QPen(QColor(theme.colour(mark.tone, is_strong=True)), 2.5 if is_current else 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(to_view(mark.boxes[0]))
        else:
            tint(painter, mark.boxes, to_view, theme.colour(mark.tone, is_strong=False))
        if is_current and not mark.is_area:
            painter.setPen(QPen(QColor(theme.colour(mark.tone, is_strong=True)), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for box in mark.boxes:
                painter.drawRect(to_view(box).adjusted(-2, -2, 2, 2))
    for boxes in (layers.hits.get(page_index, ()), layers.found.get(page_index, ())):
        tint(painter, boxes, to_view, theme.hit)
        painter.setPen(QPen(QColor(theme.hit_text), 1.5))
        for box in boxes:
            rect = to_view(box)
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    if layers.current_hit is not None and layers.current_hit[0] == page_index:
        painter.setPen(QPen(QColor(theme.hit_text), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(to_view(layers.current_hit[1]).adjusted(-2, -2, 2, 2))


def paint_bars(
    painter: QPainter, layers: Layers, page_index: int, sheet: QRectF, to_view: ToView, theme: Theme
) -> None:
    """One bar for each excerpt at the edge of the sheet, side by side where excerpts overlap."""
    font = QFont(painter.font())
    font.setPointSizeF(max(font.pointSizeF() - 1.5, 7.0))
    font.setBold(True)
    painter.save()
    painter.setFont(font)
    for mark, lane in in_lanes(layers.excerpts.get(page_index, ())):
        rect = QRectF()
        for box in mark.boxes:
            rect = rect.united(to_view(box))
        x = sheet.left() + 6 + lane * BAR_STEP
        width = 5.0 if mark.excerpt == layers.current else 3.0
        pen = QPen(QColor(theme.colour(mark.tone, is_strong=True)), width, mark.pattern, Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
        if mark.sign:
            painter.setPen(QColor(theme.mark_sign))
            painter.drawText(QRectF(x - 6, rect.top() - 13, 12, 13), Qt.AlignmentFlag.AlignCenter, mark.sign)
    painter.restore()


def paint_area(painter: QPainter, box: Box, to_view: ToView, theme: Theme) -> None:
    """The area that is being drawn on a page."""
    rect = to_view(box)
    painter.setPen(QPen(QColor(theme.accent), 1.5, Qt.PenStyle.DashLine))
    fill = QColor(theme.accent)
    fill.setAlpha(40)
    painter.setBrush(fill)
    painter.drawRect(rect)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def tint(painter: QPainter, boxes: Iterable[Box] | Sequence[Box], to_view: ToView, color: str) -> None:
    """Colour the paper under the words and leave the words as dark as they are."""
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    for box in boxes:
        painter.fillRect(to_view(box).adjusted(-1, -1, 1, 1), QColor(color))
    painter.restore()


def paint_reason(painter: QPainter, rect: QRectF, title: str, reason: str, theme: Theme) -> None:
    """A sheet that says why the page cannot be shown."""
    painter.fillRect(rect, QColor(theme.surface))
    inner = rect.adjusted(24, 24, -24, -24)
    painter.setPen(QColor(theme.text))
    flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
    painter.drawText(inner, flags, f"{title}\n\n{reason}")


def paint_waiting(painter: QPainter, rect: QRectF, title: str, theme: Theme) -> None:
    """A quiet number on a sheet whose picture is still being made."""
    painter.setPen(QColor("#9AA1AA"))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), title)
