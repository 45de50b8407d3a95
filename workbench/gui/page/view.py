"""The pages of a document, one below the other: scrolling, zooming, choosing words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QElapsedTimer, QPoint, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from workbench.domain.anchoring import boxes_between
from workbench.domain.geometry import Box
from workbench.gui.page.cache import PageImages, View
from workbench.gui.page.geometry import PageStack
from workbench.gui.page.layers import Layers, paint_edge, paint_marks, paint_paper, paint_reason, paint_waiting, tint
from workbench.gui.page.selection import TextRange, TextSelection, word_under
from workbench.gui.theme import Theme
from workbench.runtime.i18n import speech as _
from workbench.services.rendering import PageSize

ZOOM_STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0)


class PageView(QAbstractScrollArea):
    """Shows one document. Painting uses what is at hand and never waits for a page."""

    page_changed = Signal(int)
    zoom_changed = Signal(float)
    selection_changed = Signal()
    excerpt_clicked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.images = PageImages(self)
        self.layers = Layers()
        self.selection = TextSelection(self.images.words)
        self._theme = theme
        self._is_dimmed = True
        self._stack = PageStack((), 1.0)
        self._fits_width = True
        self._direction = 1
        self._unit = "word"
        self._since_double_click = QElapsedTimer()
        self._last_page = -1
        self.images.ready.connect(self._refresh)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Pages of the document"))
        self.verticalScrollBar().setSingleStep(48)

    # What is shown

    def show_document(self, pages: Sequence[PageSize], load: Callable[[], bytes]) -> None:
        """Show another document from its first page; ``load`` fetches its PDF on the drawing thread."""
        self.layers = Layers()
        self.selection.clear()
        self.images.open(load, len(pages))
        self._stack = PageStack(tuple(pages), self._stack.pixels_per_pt)
        self._last_page = -1
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._scrolled()
        self.selection_changed.emit()

    def close_document(self) -> None:
        """Show nothing and let the document go."""
        self.images.close()
        self.layers = Layers()
        self.selection.clear()
        self._stack = PageStack((), 1.0)
        self._lay_out()

    def set_theme(self, theme: Theme, *, is_dimmed: bool) -> None:
        """Paint in these colours; dimmed puts a light veil over white paper where the theme has one."""
        self._theme, self._is_dimmed = theme, is_dimmed
        self.viewport().update()

    @property
    def page_count(self) -> int:
        return len(self._stack.pages)

    @property
    def current_page(self) -> int:
        """The page across the upper third of the view."""
        return self._stack.page_at(self.verticalScrollBar().value() + self.viewport().height() / 3)

    # Zoom

    @property
    def zoom(self) -> float:
        """1.0 shows a page in its printed size on a 96 dpi screen."""
        return self._stack.pixels_per_pt * 72 / 96

    def set_zoom(self, zoom: float, *, keep: QPoint | None = None) -> None:
        """Zoom so that what is at ``keep`` (in the viewport; its upper third when None) stays there."""
        self._fits_width = False
        self._apply_zoom(min(max(zoom, ZOOM_STEPS[0]), ZOOM_STEPS[-1]), keep)

    def fit_width(self) -> None:
        """Make the widest page as wide as the view, and keep it so when the view changes its size."""
        self._fits_width = True
        self._apply_zoom(self._fitting_zoom(), None)

    def zoom_in(self) -> None:
        """The next larger step."""
        self.set_zoom(next((step for step in ZOOM_STEPS if step > self.zoom + 0.01), ZOOM_STEPS[-1]))

    def zoom_out(self) -> None:
        """The next smaller step."""
        self.set_zoom(next((step for step in reversed(ZOOM_STEPS) if step < self.zoom - 0.01), ZOOM_STEPS[0]))

    def _fitting_zoom(self) -> float:
        widest = self._stack.widest_pt
        room = self.viewport().width() - 2 * PageStack.MARGIN
        return min(max(room / widest * 72 / 96, ZOOM_STEPS[0]), 2.0) if widest else 1.0

    def _apply_zoom(self, zoom: float, keep: QPoint | None) -> None:
        at = QPoint(self.viewport().width() // 2, self.viewport().height() // 3) if keep is None else keep
        anchor = self._page_point(at) if self.page_count else None
        self._stack = PageStack(self._stack.pages, zoom * 96 / 72)
        self._lay_out()
        if anchor is not None:
            page_index, point = anchor
            rect = self._stack.rect(page_index, self._content_width())
            self.verticalScrollBar().setValue(round(rect.top() + point.y() * self._stack.pixels_per_pt - at.y()))
            self.horizontalScrollBar().setValue(round(rect.left() + point.x() * self._stack.pixels_per_pt - at.x()))
        self.zoom_changed.emit(self.zoom)
        self._scrolled()

    # Going somewhere

    def go_to_page(self, page_index: int) -> None:
        """Bring the top of a page to the top of the view."""
        if self.page_count:
            index = min(max(page_index, 0), self.page_count - 1)
            self.verticalScrollBar().setValue(round(self._stack.tops[index] - PageStack.MARGIN / 2))

    def show_boxes(self, page_index: int, boxes: Sequence[Box]) -> None:
        """Bring the first of the boxes into the upper third of the view, or the page when there are none."""
        if not boxes:
            self.go_to_page(page_index)
            return
        rect = self._stack.box_rect(page_index, boxes[0], self._content_width())
        self.verticalScrollBar().setValue(round(rect.top() - self.viewport().height() / 3))
        self.horizontalScrollBar().setValue(round(rect.center().x() - self.viewport().width() / 2))

    # Choosing words

    def selected_ranges(self) -> list[TextRange]:
        """The chosen words of each page."""
        return self.selection.ranges()

    def clear_selection(self) -> None:
        """Choose nothing."""
        self.selection.clear()
        self._selected()

    def choose(self, page_index: int, start: int, end: int) -> None:
        """Choose the words between two offsets of a page."""
        self.selection.choose(page_index, start, end)
        self._selected()

    def _selected(self) -> None:
        self.viewport().update()
        self.selection_changed.emit()

    # Layout

    def _content_width(self) -> float:
        return max(float(self.viewport().width()), self._stack.widest_pt * self._stack.pixels_per_pt)

    def _lay_out(self) -> None:
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        view = self.viewport().size()
        vertical.setRange(0, max(0, round(self._stack.height) - view.height()))
        vertical.setPageStep(max(1, view.height() - 40))
        horizontal.setRange(0, max(0, round(self._content_width()) - view.width()))
        horizontal.setPageStep(view.width())
        self.viewport().update()

    def _page_rect(self, page_index: int) -> QRectF:
        shift = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        rect = self._stack.rect(page_index, self._content_width()).translated(-shift)
        return QRectF(round(rect.x()), round(rect.y()), rect.width(), rect.height())

    def box_in_view(self, page_index: int, box: Box) -> QRectF:
        """Where a box of a page stands in the viewport."""
        rect, scale = self._page_rect(page_index), self._stack.pixels_per_pt
        x0, y0 = rect.left() + box.x0 * scale, rect.top() + box.y0 * scale
        return QRectF(x0, y0, (box.x1 - box.x0) * scale, (box.y1 - box.y0) * scale)

    def _page_point(self, at: QPoint) -> tuple[int, QPointF]:
        page_index = self._stack.page_at(self.verticalScrollBar().value() + at.y())
        rect = self._page_rect(page_index)
        return page_index, (QPointF(at) - rect.topLeft()) / self._stack.pixels_per_pt

    def _view(self) -> View:
        top = self.verticalScrollBar().value()
        first, last = self._stack.page_at(top), self._stack.page_at(top + self.viewport().height())
        return View(first, last, self._stack.pixels_per_pt * self.devicePixelRatioF(), self._direction)

    # Events

    @Slot(int)
    def _refresh(self, page_index: int) -> None:
        view = self._view()
        if page_index < 0 or view.first <= page_index <= view.last:
            self.viewport().update()

    @Slot()
    def _scrolled(self) -> None:
        if self.page_count:
            self.images.want(self._view())
            if self.current_page != self._last_page:
                self._last_page = self.current_page
                self.page_changed.emit(self._last_page)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._direction = self._direction if dy == 0 else (1 if dy < 0 else -1)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits_width and self.page_count:
            self._apply_zoom(self._fitting_zoom(), QPoint(0, 0))
        else:
            self._lay_out()
            self._scrolled()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._theme.desk))
        if not self.page_count:
            return
        view = self._view()
        chosen = {chosen.page_index: chosen for chosen in self.selection.ranges()}
        for page_index in range(view.first, view.last + 1):
            self._paint_page(painter, page_index, view, chosen.get(page_index))

    def _paint_page(self, painter: QPainter, page_index: int, view: View, chosen: TextRange | None) -> None:
        rect = self._page_rect(page_index)
        title = _("Page {n}").format(n=page_index + 1)
        picture = self.images.picture(page_index, view)
        failure = self.images.failure(page_index)
        if picture is None and failure:
            paint_reason(painter, rect, title, failure, self._theme)
        else:
            if picture is not None:
                picture.setDevicePixelRatio(self.devicePixelRatioF())
            paint_paper(painter, rect, picture, self._theme)
            if picture is None:
                paint_waiting(painter, rect, title, self._theme)

        def to_view(box: Box) -> QRectF:
            return self.box_in_view(page_index, box)

        paint_marks(painter, self.layers, page_index, to_view, self._theme)
        if chosen is not None:
            boxes = boxes_between(self.images.words(page_index) or (), chosen.start, chosen.end)
            tint(painter, boxes, to_view, self._theme.selection)
        paint_edge(painter, rect, self._theme, dimmed=self._is_dimmed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * 1.1 ** (event.angleDelta().y() / 120), keep=event.position().toPoint())
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif event.key() == Qt.Key.Key_Space:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            bar.setValue(bar.value() + (-bar.pageStep() if back else bar.pageStep()))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.page_count:
            page_index, point = self._page_point(event.position().toPoint())
            since, patience = self._since_double_click, QApplication.doubleClickInterval()
            is_third = since.isValid() and since.elapsed() < patience
            self._unit = "line" if is_third else "word"
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not self.selection.is_empty:
                self.selection.extend(page_index, point.x(), point.y())
            else:
                self.selection.begin(page_index, point.x(), point.y(), unit=self._unit, shown=is_third)
            self._selected()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.page_count:
            page_index, point = self._page_point(event.position().toPoint())
            self.selection.begin(page_index, point.x(), point.y(), shown=True)
            self._since_double_click.start()
            self._selected()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.page_count:
            return
        at = event.position().toPoint()
        page_index, point = self._page_point(at)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._scroll_towards(at)
            self.selection.extend(page_index, point.x(), point.y(), unit=self._unit)
            self._selected()
        else:
            words = self.images.words(page_index) or ()
            over = word_under(words, point.x(), point.y())
            self.viewport().setCursor(Qt.CursorShape.IBeamCursor if over else Qt.CursorShape.ArrowCursor)

    def _scroll_towards(self, at: QPoint) -> None:
        beyond = min(at.y(), 0) + max(at.y() - self.viewport().height(), 0)
        if beyond:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + beyond)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.page_count and self.selection.is_empty:
            page_index, point = self._page_point(event.position().toPoint())
            excerpt = self.layers.excerpt_at(page_index, point.x(), point.y())
            if excerpt is not None:
                self.excerpt_clicked.emit(excerpt)
