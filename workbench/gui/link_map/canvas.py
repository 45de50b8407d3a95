"""The canvas of the link map: moving by arrow keys or mouse, looking closer, opening what had no room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from workbench.domain.link_map import Neighbourhood
from workbench.gui.link_map.painter import paint_map
from workbench.gui.link_map.scene import MapBox, MapScene, spoken_spot
from workbench.gui.theme import Theme
from workbench.runtime.i18n import speech as _

_ARROWS = {
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MapCanvas(QAbstractScrollArea):
    """Shows one neighbourhood; asks for another by its signals."""

    current_changed = Signal(str)
    centre_requested = Signal(str)
    more_requested = Signal(str)
    opened = Signal(str)
    back_requested = Signal()
    depth_requested = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: Neighbourhood | None = None
        self.scene: MapScene | None = None
        self.current = ""
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Link map"))
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.setSingleStep(40)

    # What is shown

    def show_neighbourhood(self, shown: Neighbourhood | None, current: str = "") -> None:
        """Show what is around an item; what was chosen stays chosen where it is still shown."""
        self._shown = shown
        self.current = current or self.current
        self._rebuild()
        if self.scene is None or self.scene.box(self.current) is None:
            self.current = shown.centre.id if shown is not None else ""
        self._bring_into_view(self.scene.box(self.current) if self.scene is not None else None)
        self._tell()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self._theme = theme
        self.viewport().update()

    def _rebuild(self) -> None:
        view = self.viewport().size()
        self.scene = None
        if self._shown is not None:
            self.scene = MapScene(self._shown, QFontMetricsF(self.font()), view.width())
        width, height = (self.scene.width, self.scene.height) if self.scene is not None else (0.0, 0.0)
        self.horizontalScrollBar().setRange(0, max(0, round(width) - view.width()))
        self.horizontalScrollBar().setPageStep(view.width())
        self.verticalScrollBar().setRange(0, max(0, round(height) - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        centre = self.scene.box(self._shown.centre.id) if self.scene is not None and self._shown is not None else None
        if centre is not None and self.scene is not None and not self.scene.layout.is_outline:
            middle = centre.rect.center()
            self.horizontalScrollBar().setValue(round(middle.x() - view.width() / 2))
            self.verticalScrollBar().setValue(round(middle.y() - view.height() / 2))
        self.viewport().update()

    def _shift(self) -> QPointF:
        """What is taken from a place of the map to get its place in the view; a small map stands in the middle."""
        view, scene = self.viewport().size(), self.scene
        if scene is None:
            return QPointF(0, 0)
        free_x = max(view.width() - scene.width, 0) / 2
        free_y = max(view.height() - scene.height, 0) / 2
        if scene.layout.is_outline:
            free_x = free_y = 0.0
        return QPointF(self.horizontalScrollBar().value() - free_x, self.verticalScrollBar().value() - free_y)

    # Choosing

    def choose(self, identifier: str) -> None:
        """Make a box the current one and bring it into view."""
        box = self.scene.box(identifier) if self.scene is not None else None
        if box is None or identifier == self.current:
            return
        self.current = identifier
        self._bring_into_view(box)
        self._tell()

    def _tell(self) -> None:
        spoken = spoken_spot(self.scene, self.current) if self.scene is not None else ""
        self.setAccessibleDescription(spoken)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.viewport().update()
        self.current_changed.emit(self.current)

    def _bring_into_view(self, box: MapBox | None) -> None:
        if box is None:
            return
        rect = box.rect.adjusted(-24, -24, 24, 24)
        for bar, low, high, room in (
            (self.horizontalScrollBar(), rect.left(), rect.right(), self.viewport().width()),
            (self.verticalScrollBar(), rect.top(), rect.bottom(), self.viewport().height()),
        ):
            if low < bar.value():
                bar.setValue(round(low))
            elif high > bar.value() + room:
                bar.setValue(round(high - room))

    def look_closer(self, identifier: str) -> None:
        """Put an item into the middle, or show more of a ring."""
        if self.scene is None:
            return
        if self.scene.rest(identifier) is not None:
            self.more_requested.emit(identifier)
        elif self._shown is not None and identifier != self._shown.centre.id:
            self.centre_requested.emit(identifier)

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rebuild()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        shift = self._shift()
        painter.translate(-shift)
        area = QRectF(self.viewport().rect()).translated(shift)
        if self.scene is None:
            painter.fillRect(area, QColor(self._theme.surface))
        else:
            paint_map(painter, self.scene, area, self._theme, current=self.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, scene = event.key(), self.scene
        arrow = _ARROWS.get(Qt.Key(key))
        if scene is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif arrow is not None:
            self.choose(scene.step(self.current, arrow))
        elif key in _ENTER:
            self.look_closer(self.current)
        elif key == Qt.Key.Key_Space:
            self.opened.emit(self.current)
        elif key == Qt.Key.Key_Home:
            self.choose(scene.shown.centre.id)
        elif key == Qt.Key.Key_Backspace:
            self.back_requested.emit()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.depth_requested.emit(1)
        elif key == Qt.Key.Key_Minus:
            self.depth_requested.emit(-1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        box = self._box_at(event.position())
        if box is not None and event.button() == Qt.MouseButton.LeftButton:
            self.choose(box.id)
            if box.placed.kind == "more":
                self.look_closer(box.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        box = self._box_at(event.position())
        if box is not None and box.placed.kind != "more":
            self.opened.emit(box.id)

    def _box_at(self, position: QPointF) -> MapBox | None:
        place = position + self._shift()
        return self.scene.at(place.x(), place.y()) if self.scene is not None else None

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            box = self._box_at(QPointF(event.pos()))
            text = spoken_spot(self.scene, box.id, "\n") if box is not None and self.scene is not None else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().viewportEvent(event)
