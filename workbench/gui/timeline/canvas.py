"""The canvas of the timeline: scrolling, zooming from decades to days, choosing, dragging to another date."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QToolTip, QWidget

from workbench.gui.columns import shown_date
from workbench.gui.models.excerpt_model import excerpts_in
from workbench.gui.theme import Theme
from workbench.gui.timeline.painter import paint_event, paint_scene
from workbench.gui.timeline.scene import LABEL_PX, SIDE_PX, LabelWidths, Placed, Scene, day_range
from workbench.runtime.i18n import speech as _
from workbench.services.timeline import EventRow

_LEAST_PX_PER_DAY, _MOST_PX_PER_DAY = 0.004, 120.0


class TimelineCanvas(QAbstractScrollArea):
    """Paints only what can be seen; all events are shown until someone zooms in."""

    current_changed = Signal(str)
    event_opened = Signal(str)
    redate_requested = Signal(str, int)
    excerpts_dropped = Signal(str, object)
    anchor_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[EventRow] = []
        self._lanes_by = "institution"
        self._fits = True
        self._awaits_layout = False
        self._px_per_day = 1.0
        self._labels = LabelWidths(QFontMetricsF(self.font()))
        self.scene = self._make_scene()
        self.current = ""
        self.anchor = ""
        self._pressed: tuple[Placed, QPointF] | None = None
        self._drag_px = 0.0
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Timeline"))
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.setSingleStep(40)

    # What is shown

    def show_events(self, rows: Sequence[EventRow]) -> None:
        """Replace all events; place and zoom stay unless everything was shown."""
        middle = self.scene.day_at(self.horizontalScrollBar().value() + self.viewport().width() / 2)
        self._rows = list(rows)
        if all(row.id != self.current for row in rows):
            self.current = ""
        self._awaits_layout = not self.isVisible()
        if not self._awaits_layout:
            self._rebuild(middle)

    def set_lanes(self, lanes_by: str) -> None:
        """Lanes by ``institution``, ``scope`` or ``case study``."""
        self._lanes_by = lanes_by
        self._rebuild(self.scene.day_at(self.horizontalScrollBar().value() + self.viewport().width() / 2))

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self._theme = theme
        self.viewport().update()

    def _make_scene(self) -> Scene:
        return Scene(self._rows, self._lanes_by, self._px_per_day, self._labels, trail_px=self._trail_px)

    @property
    def _trail_px(self) -> float:
        return min(LABEL_PX, self.viewport().width() / 3)

    def _rebuild(self, middle_day: float | None = None, x: float | None = None) -> None:
        """Lay everything out at the zoom of now, and keep a day where it was."""
        if self._fits:
            self._px_per_day = self._fitting()
        self.scene = self._make_scene()
        view = self.viewport().size()
        self.horizontalScrollBar().setRange(0, max(0, round(self.scene.width) - view.width()))
        self.horizontalScrollBar().setPageStep(view.width())
        self.verticalScrollBar().setRange(0, max(0, round(self.scene.height) - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        if middle_day is not None:
            place = self.scene.x_of(middle_day) - (view.width() / 2 if x is None else x)
            self.horizontalScrollBar().setValue(round(place))
        self.viewport().update()

    def _fitting(self) -> float:
        first, last = day_range(self._rows)
        days = last - first + 1
        room = max(self.viewport().width() - 2 * SIDE_PX - self._trail_px, 30)
        return min(max(room / max(days, 1), _LEAST_PX_PER_DAY), _MOST_PX_PER_DAY)

    # Zoom

    @property
    def px_per_day(self) -> float:
        return self._px_per_day

    def zoom(self, factor: float, x: float | None = None) -> None:
        """Zoom about a place of the viewport; its middle when None."""
        at = self.viewport().width() / 2 if x is None else x
        day = self.scene.day_at(self.horizontalScrollBar().value() + at)
        self._fits = False
        self._px_per_day = min(max(self._px_per_day * factor, _LEAST_PX_PER_DAY), _MOST_PX_PER_DAY)
        self._rebuild(day, at)

    def fit(self) -> None:
        """Show all events at once."""
        self._fits = True
        self._rebuild()

    # Choosing

    def set_anchor(self, event: str) -> None:
        """Show from which event days are counted; "" for none."""
        self.anchor = event
        self.viewport().update()

    @property
    def _order(self) -> list[str]:
        return [row.id for row in self._rows]

    def choose(self, event: str) -> None:
        """Make an event the current one and bring it into view."""
        if event == self.current:
            return
        self._lay_out_if_due()
        self.current = event
        item = self.scene.place_of(event) if event else None
        if item is not None:
            self._bring_into_view(item.extent)
            self.setAccessibleDescription(spoken_event(item.row))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.viewport().update()
        self.current_changed.emit(event)

    def _bring_into_view(self, box: QRectF) -> None:
        for bar, low, high, room in (
            (self.horizontalScrollBar(), box.left(), box.right(), self.viewport().width()),
            (self.verticalScrollBar(), box.top() - 60, box.bottom(), self.viewport().height()),
        ):
            if low < bar.value():
                bar.setValue(round(low - 20))
            elif high > bar.value() + room:
                bar.setValue(round(min(high - room + 20, low - 20)))

    def step(self, by: int) -> None:
        """To the next or the previous event in order of date."""
        order = self._order
        if order:
            at = order.index(self.current) + by if self.current in order else (0 if by > 0 else -1)
            self.choose(order[min(max(at, -len(order)), len(order) - 1)] if at >= 0 else order[0])

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_out_if_due()

    def _lay_out_if_due(self) -> None:
        """Events that came while the canvas was hidden are laid out when they are first needed."""
        if self._awaits_layout:
            self._awaits_layout = False
            self._rebuild()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._awaits_layout:
            self._rebuild()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def _shift(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        shift = self._shift()
        painter.translate(-shift)
        area = QRectF(self.viewport().rect()).translated(shift)
        paint_scene(
            painter, self.scene, area, self._theme, current=self.current, anchor=self.anchor, scale_top=shift.y()
        )
        if self._pressed is not None and self._drag_px:
            item = self._pressed[0]
            ghost = Placed(item.row, item.stretch, item.mark.translated(self._drag_px, 0), item.label_px)
            paint_event(painter, ghost, self._theme, is_current=True, opacity=0.7)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.25 ** (event.angleDelta().y() / 120), event.position().x())
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self._pressed is not None:
            self._pressed, self._drag_px = None, 0.0
            self.viewport().update()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.step(-1)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.step(1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1.5)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / 1.5)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current:
            self.event_opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position() + self._shift()
        item = self.scene.at(place.x(), place.y())
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._drag_px = ((item, event.position()) if item else None), 0.0
            if item and self.current and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.anchor_requested.emit(self.current)
            self.choose(item.row.id if item else "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            moved = event.position().x() - self._pressed[1].x()
            if abs(moved) >= QApplication.startDragDistance() or self._drag_px:
                self._drag_px = moved
                self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, moved = self._pressed, self._drag_px
        self._pressed, self._drag_px = None, 0.0
        self.viewport().update()
        days = round(moved / self._px_per_day)
        if pressed is not None and days:
            self.redate_requested.emit(pressed[0].row.id, days)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.current:
            self.event_opened.emit(self.current)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = QPointF(event.pos()) + self._shift()
            item = self.scene.at(place.x(), place.y())
            QToolTip.showText(event.globalPos(), spoken_event(item.row, "\n") if item else "", self)
            return True
        return super().viewportEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if excerpts_in(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if excerpts_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        place = event.position() + self._shift()
        item = self.scene.at(place.x(), place.y())
        event.acceptProposedAction()
        self.excerpts_dropped.emit(item.row.id if item else "", excerpts_in(event.mimeData()))


def spoken_event(row: EventRow, between: str = ", ") -> str:
    """Date, title, status, institutions, sources and what recorded orders add of an event."""
    parts = (
        shown_date(row.event.on),
        row.event.title,
        _(row.event.status.value),
        row.event.dispute,
        "; ".join(row.institutions),
        ", ".join(row.sources) or _("no source yet"),
        row.inferred,
        _("contradicted by recorded orders") if row.is_contradicted else "",
    )
    return between.join(part for part in parts if part)
