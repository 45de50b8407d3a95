"""What is laid over a page: the selection, marked excerpts, words found by a search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from workbench.domain.geometry import Box
from workbench.domain.ids import ExcerptId
from workbench.gui.theme import Theme

ToView = Callable[[Box], QRectF]


@dataclass(frozen=True, slots=True)
class Mark:
    """An excerpt on one page."""

    excerpt: ExcerptId
    boxes: tuple[Box, ...]


@dataclass(slots=True)
class Layers:
    """The marks on every page of the shown document."""

    excerpts: dict[int, list[Mark]] = field(default_factory=dict)
    hits: dict[int, tuple[Box, ...]] = field(default_factory=dict)
    current: ExcerptId | None = None

    def excerpt_at(self, page_index: int, x: float, y: float) -> ExcerptId | None:
        """The smallest excerpt under a point of a page (in points)."""
        under = [
            (sum((b.x1 - b.x0) * (b.y1 - b.y0) for b in mark.boxes), mark.excerpt)
            for mark in self.excerpts.get(page_index, ())
            if any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in mark.boxes)
        ]
        return min(under)[1] if under else None


def paint_paper(painter: QPainter, rect: QRectF, picture: QImage | None, theme: Theme) -> None:
    """The sheet with its picture, or an empty sheet until there is one."""
    if picture is None:
        painter.fillRect(rect, QColor(theme.paper))
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


def paint_marks(painter: QPainter, layers: Layers, page_index: int, to_view: ToView, theme: Theme) -> None:
    """Excerpts as coloured paper with a bar in the margin, found words in yellow with a line below."""
    marks = layers.excerpts.get(page_index, ())
    others = [box for mark in marks if mark.excerpt != layers.current for box in mark.boxes]
    current = [box for mark in marks if mark.excerpt == layers.current for box in mark.boxes]
    tint(painter, others, to_view, theme.mark)
    tint(painter, current, to_view, theme.mark_current)
    for mark in marks:
        if mark.boxes:
            _margin_bar(painter, mark, to_view, theme, is_current=mark.excerpt == layers.current)
    hits = layers.hits.get(page_index, ())
    tint(painter, hits, to_view, theme.hit)
    painter.setPen(QPen(QColor(theme.hit_text), 1.5))
    for box in hits:
        rect = to_view(box)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def _margin_bar(painter: QPainter, mark: Mark, to_view: ToView, theme: Theme, *, is_current: bool) -> None:
    whole = mark.boxes[0]
    for box in mark.boxes[1:]:
        whole = whole.union(box)
    rect = to_view(whole)
    width = 4.0 if is_current else 2.5
    painter.fillRect(QRectF(rect.left() - 9, rect.top(), width, rect.height()), QColor(theme.mark_current))


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
