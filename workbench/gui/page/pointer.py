"""What the mouse does on pages: choosing words, drawing an area, clicking excerpts, lifting veils, asking for notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip

from workbench.domain.geometry import Box
from workbench.gui.page.selection import word_under

if TYPE_CHECKING:
    from workbench.gui.page.view import PageView

_UNITS = ("word", "line", "paragraph")


class PagePointer:
    """Serves one page view; one click chooses words, two a word, three a line, four a paragraph."""

    def __init__(self, view: PageView) -> None:
        self._view = view
        self._clicks = 0
        self._since_click = QElapsedTimer()
        self._area_from: tuple[int, QPointF] | None = None
        self.draws_area = False

    @property
    def _unit(self) -> str:
        return _UNITS[min(max(self._clicks - 2, 0), 2)]

    def press(self, event: QMouseEvent) -> None:
        """A button went down."""
        view = self._view
        if event.button() != Qt.MouseButton.LeftButton or not view.page_count:
            return
        page_index, point = view.page_point(event.position().toPoint())
        if self.draws_area:
            self._area_from = (page_index, point)
            view.selection.clear()
            return
        is_quick = self._since_click.isValid() and self._since_click.elapsed() < QApplication.doubleClickInterval()
        self._clicks = self._clicks + 1 if is_quick and self._clicks >= 2 else 1
        self._since_click.start()
        view.layers.area = None
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not view.selection.is_empty:
            view.selection.extend(page_index, point.x(), point.y())
        else:
            view.selection.begin(page_index, point.x(), point.y(), unit=self._unit, shown=self._clicks > 2)
        view.tell_selected()

    def double_click(self, event: QMouseEvent) -> None:
        """Choose the word there; a fourth click, which Qt tells as a second double click, chooses the paragraph."""
        view = self._view
        if event.button() == Qt.MouseButton.LeftButton and view.page_count and not self.draws_area:
            page_index, point = view.page_point(event.position().toPoint())
            is_quick = self._since_click.isValid() and self._since_click.elapsed() < QApplication.doubleClickInterval()
            self._clicks = 4 if is_quick and self._clicks == 3 else 2
            self._since_click.start()
            view.selection.begin(page_index, point.x(), point.y(), unit=self._unit, shown=True)
            view.tell_selected()

    def move(self, event: QMouseEvent) -> None:
        """The mouse moved, with or without a button."""
        view = self._view
        if not view.page_count:
            return
        at = event.position().toPoint()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._show_cursor(at)
        elif self._area_from is not None:
            self._stretch_area(at)
        else:
            self._scroll_towards(at)
            page_index, point = view.page_point(at)
            view.selection.extend(page_index, point.x(), point.y(), unit=self._unit)
            view.tell_selected()

    def _show_cursor(self, at: QPoint) -> None:
        view = self._view
        page_index, point = view.page_point(at)
        over = word_under(view.images.words(page_index) or (), point.x(), point.y())
        shape = Qt.CursorShape.IBeamCursor if over else Qt.CursorShape.ArrowCursor
        view.viewport().setCursor(Qt.CursorShape.CrossCursor if self.draws_area else shape)

    def _stretch_area(self, at: QPoint) -> None:
        assert self._area_from is not None
        page_index, start = self._area_from
        over, point = self._view.page_point(at)
        if over == page_index:
            size = self._view.page_size(page_index)
            xs = sorted((start.x(), min(max(point.x(), 0.0), size.width_pt)))
            ys = sorted((start.y(), min(max(point.y(), 0.0), size.height_pt)))
            self._view.layers.area = (page_index, Box(xs[0], ys[0], xs[1], ys[1]))
            self._view.tell_selected()

    def _scroll_towards(self, at: QPoint) -> None:
        beyond = min(at.y(), 0) + max(at.y() - self._view.viewport().height(), 0)
        if beyond:
            self._view.verticalScrollBar().setValue(self._view.verticalScrollBar().value() + beyond)

    def release(self, event: QMouseEvent) -> None:
        """A button came up: an area is finished, or an excerpt or a veil was clicked."""
        view = self._view
        if event.button() != Qt.MouseButton.LeftButton or not view.page_count:
            return
        if self._area_from is not None:
            self._area_from = None
            if view.layers.area is not None:
                view.area_drawn.emit()
            return
        page_index, point = view.page_point(event.position().toPoint())
        if not view.selection.is_empty:
            return
        if self._lifts_veil(page_index, point):
            return
        redaction = view.layers.redaction_at(page_index, point.x(), point.y())
        if redaction is not None:
            view.redaction_clicked.emit(redaction.id)
        excerpt = view.layers.excerpt_at(page_index, point.x(), point.y())
        if excerpt is not None:
            view.excerpt_clicked.emit(excerpt)

    def _lifts_veil(self, page_index: int, point: QPointF) -> bool:
        view = self._view
        if not view.is_veiled or page_index in view.layers.unveiled:
            return False
        under = any(
            box.x0 <= point.x() <= box.x1 and box.y0 <= point.y() <= box.y1
            for box in view.images.pictures_on(page_index)
        )
        if under:
            view.layers.unveiled.add(page_index)
            view.viewport().update()
        return under

    def show_tip(self, event: QEvent) -> bool:
        """Note and links of the excerpt under the pointer."""
        view = self._view
        if not isinstance(event, QHelpEvent) or not view.page_count:
            return False
        page_index, point = view.page_point(event.pos())
        QToolTip.showText(event.globalPos(), view.layers.tip_at(page_index, point.x(), point.y()), view)
        return True
