"""The pages of a document, one below the other: scrolling, zooming, turning, painting."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QGestureEvent, QPinchGesture, QWidget

from workbench.domain.anchoring import boxes_between
from workbench.domain.geometry import Box
from workbench.gui.page import layers as paint
from workbench.gui.page.cache import PageImages, View
from workbench.gui.page.geometry import PageStack
from workbench.gui.page.keyboard import PageKeys
from workbench.gui.page.layers import Layers
from workbench.gui.page.pointer import PagePointer
from workbench.gui.page.redaction_marks import paint_redactions
from workbench.gui.page.scroll_marks import MarkedScrollBar
from workbench.gui.page.selection import TextRange, TextSelection
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
    redaction_clicked = Signal(str)
    area_drawn = Signal()
    focused = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.images = PageImages(self)
        self.layers = Layers()
        self.selection = TextSelection(self.images.words)
        self.pointer = PagePointer(self)
        self.keys = PageKeys(self)
        self.marks_on_bar = MarkedScrollBar()
        self.setVerticalScrollBar(self.marks_on_bar)
        self.theme = theme
        self.is_veiled = True
        self._is_dimmed = True
        self._stack = PageStack((), 1.0)
        self._fit = "width"
        self._direction = 1
        self._last_page = -1
        self.images.ready.connect(self._refresh)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Pages of the document"))
        self.verticalScrollBar().setSingleStep(48)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)

    # What is shown

    def show_document(self, pages: Sequence[PageSize], load: Callable[[], bytes]) -> None:
        """Show another document from its first page; ``load`` fetches its PDF on the drawing thread."""
        self.layers = Layers()
        self.selection.clear()
        self.images.open(load, len(pages))
        self._stack = PageStack(tuple(pages), self._stack.pixels_per_pt)
        self._last_page = -1
        self._lay_out()
        self.marks_on_bar.show_marks(())
        self.verticalScrollBar().setValue(0)
        self._scrolled()
        self.selection_changed.emit()

    def close_document(self) -> None:
        """Show nothing and let the document go."""
        self.images.close()
        self.layers = Layers()
        self.selection.clear()
        self.marks_on_bar.show_marks(())
        self._stack = PageStack((), 1.0)
        self._lay_out()

    def set_theme(self, theme: Theme, *, is_dimmed: bool) -> None:
        """Paint in these colours; dimmed puts a light veil over white paper where the theme has one."""
        self.theme, self._is_dimmed = theme, is_dimmed
        self.marks_on_bar.set_colour(theme.series_2)
        self.viewport().update()

    @property
    def page_count(self) -> int:
        return len(self._stack.pages)

    @property
    def current_page(self) -> int:
        """The page across the upper third of the view."""
        return self._stack.page_at(self.verticalScrollBar().value() + self.viewport().height() / 3)

    @property
    def shown_pages(self) -> range:
        """The pages that are on the screen, wholly or in part."""
        view = self._view()
        return range(view.first, view.last + 1)

    # Zoom and turning

    @property
    def zoom(self) -> float:
        """1.0 shows a page in its printed size on a 96 dpi screen."""
        return self._stack.pixels_per_pt * 72 / 96

    @property
    def fit(self) -> str:
        """``width``, ``page``, or "" when the zoom was chosen."""
        return self._fit

    def set_zoom(self, zoom: float, *, keep: QPoint | None = None) -> None:
        """Zoom so that what is at ``keep`` (in the viewport; its upper third when None) stays there."""
        self._fit = ""
        self._apply_zoom(min(max(zoom, ZOOM_STEPS[0]), ZOOM_STEPS[-1]), keep)

    def fit_width(self) -> None:
        """Make the widest page as wide as the view, and keep it so when the view changes its size."""
        self._fit = "width"
        self._apply_zoom(self._fitting_zoom(), None)

    def fit_page(self) -> None:
        """Make the page that is being read stand whole in the view, and keep it so."""
        self._fit = "page"
        page = self.current_page
        self._apply_zoom(self._fitting_zoom(), None)
        self.go_to_page(page)

    def zoom_in(self) -> None:
        """The next larger step."""
        self.set_zoom(next((step for step in ZOOM_STEPS if step > self.zoom + 0.01), ZOOM_STEPS[-1]))

    def zoom_out(self) -> None:
        """The next smaller step."""
        self.set_zoom(next((step for step in reversed(ZOOM_STEPS) if step < self.zoom - 0.01), ZOOM_STEPS[0]))

    @property
    def rotation(self) -> int:
        """How far the pages are turned for the eye: 0, 90, 180 or 270 degrees clockwise."""
        return self._stack.rotation

    def turn(self, rotation: int) -> None:
        """Turn all pages for the eye; the document stays as it is."""
        page = self.current_page
        self._stack = PageStack(self._stack.pages, self._stack.pixels_per_pt, rotation % 360)
        self._apply_zoom(self._fitting_zoom() if self._fit else self.zoom, None)
        self.go_to_page(page)

    def _fitting_zoom(self) -> float:
        widest = self._stack.widest_pt
        room = self.viewport().width() - 2 * PageStack.MARGIN
        zoom = min(max(room / widest * 72 / 96, ZOOM_STEPS[0]), 2.0) if widest else 1.0
        if self._fit == "page" and self.page_count:
            high = (self.viewport().height() - PageStack.MARGIN) / self._stack.height_pt(self.current_page) * 72 / 96
            zoom = min(zoom, max(high, ZOOM_STEPS[0]))
        return zoom

    def _apply_zoom(self, zoom: float, keep: QPoint | None) -> None:
        at = QPoint(self.viewport().width() // 2, self.viewport().height() // 3) if keep is None else keep
        anchor = self.page_point(at) if self.page_count else None
        self._stack = PageStack(self._stack.pages, zoom * 96 / 72, self._stack.rotation)
        self._lay_out()
        if anchor is not None:
            page_index, point = anchor
            spot = Box(point.x(), point.y(), point.x(), point.y())
            place = self._stack.box_rect(page_index, spot, self._content_width()).topLeft()
            self.verticalScrollBar().setValue(round(place.y() - at.y()))
            self.horizontalScrollBar().setValue(round(place.x() - at.x()))
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

    def keep_in_view(self, page_index: int, box: Box) -> None:
        """Scroll just so far that the box can be seen."""
        rect, margin = self.box_in_view(page_index, box), 24
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if rect.top() < margin:
            bar.setValue(round(bar.value() + rect.top() - margin))
        elif rect.bottom() > height - margin:
            bar.setValue(round(bar.value() + rect.bottom() - height + margin))

    def fraction_of(self, page_index: int, y_pt: float = 0.0) -> float:
        """How far down the whole document a height on a page is, 0 to 1."""
        y = self._stack.tops[page_index] + y_pt * self._stack.pixels_per_pt
        return min(y / max(self._stack.height, 1.0), 1.0)

    # Choosing

    def selected_ranges(self) -> list[TextRange]:
        """The chosen words of each page."""
        return self.selection.ranges()

    def clear_selection(self) -> None:
        """Choose nothing."""
        self.selection.clear()
        self.layers.area = None
        self.tell_selected()

    def choose(self, page_index: int, start: int, end: int) -> None:
        """Choose the words between two offsets of a page."""
        self.choose_ranges([TextRange(page_index, start, end)])

    def choose_ranges(self, ranges: Sequence[TextRange]) -> None:
        """Choose everything from the first range to the last."""
        self.layers.area = None
        self.selection.choose_ranges(ranges)
        self.tell_selected()

    def tell_selected(self) -> None:
        """Paint the choice and let others know of it."""
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
        return self._stack.box_on(page_index, box, self._page_rect(page_index))

    def page_point(self, at: QPoint) -> tuple[int, QPointF]:
        """The page at a place of the viewport, and the point of it in points."""
        page_index = self._stack.page_at(self.verticalScrollBar().value() + at.y())
        return page_index, self._stack.point_of(page_index, QPointF(at), self._page_rect(page_index))

    def page_size(self, page_index: int) -> PageSize:
        """The size of a page as it is, not as it is turned."""
        return self._stack.pages[page_index]

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
        if self._fit and self.page_count:
            self._apply_zoom(self._fitting_zoom(), QPoint(0, 0))
        else:
            self._lay_out()
            self._scrolled()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self.theme.desk))
        if not self.page_count:
            return
        view = self._view()
        chosen = {chosen.page_index: chosen for chosen in self.selection.ranges()}
        for page_index in range(view.first, view.last + 1):
            self._paint_page(painter, page_index, view, chosen.get(page_index))

    def _paint_page(self, painter: QPainter, page_index: int, view: View, chosen: TextRange | None) -> None:
        rect = self._page_rect(page_index)
        self._paint_sheet(painter, page_index, view, rect)

        def to_view(box: Box) -> QRectF:
            return self._stack.box_on(page_index, box, rect)

        if self.is_veiled and page_index not in self.layers.unveiled:
            paint.paint_veil(painter, self.images.pictures_on(page_index), to_view, self.theme)
        paint.paint_marks(painter, self.layers, page_index, to_view, self.theme)
        redactions = self.layers.redactions.get(page_index, ())
        paint_redactions(painter, redactions, self.layers.current_redaction, rect, to_view, self.theme)
        if chosen is not None:
            boxes = boxes_between(self.images.words(page_index) or (), chosen.start, chosen.end)
            paint.tint(painter, boxes, to_view, self.theme.selection)
        if self.layers.area is not None and self.layers.area[0] == page_index:
            paint.paint_area(painter, self.layers.area[1], to_view, self.theme)
        paint.paint_edge(painter, rect, self.theme, dimmed=self._is_dimmed)
        paint.paint_bars(painter, self.layers, page_index, rect, to_view, self.theme)

    def _paint_sheet(self, painter: QPainter, page_index: int, view: View, rect: QRectF) -> None:
        title = _("Page {n}").format(n=page_index + 1)
        picture = self.images.picture(page_index, view)
        failure = self.images.failure(page_index)
        if picture is None and failure:
            paint.paint_reason(painter, rect, title, f"{failure}\n\n" + _("Press F5 to try again."), self.theme)
            return
        if picture is not None:
            picture.setDevicePixelRatio(self.devicePixelRatioF())
        paint.paint_paper(painter, rect, picture, self.theme, rotation=self._stack.rotation)
        if picture is None:
            paint.paint_waiting(painter, rect, title, self.theme)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * 1.1 ** (event.angleDelta().y() / 120), keep=event.position().toPoint())
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.set_zoom(self.zoom * (1 + event.value()), keep=event.position().toPoint())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                keep = self.viewport().mapFromGlobal(pinch.hotSpot().toPoint())
                self.set_zoom(self.zoom * pinch.scaleFactor(), keep=keep)
                return True
        if event.type() == QEvent.Type.ToolTip:
            return self.pointer.show_tip(event)
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pointer.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pointer.double_click(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointer.release(event)
