"""Puts the panels at the sides of the window, layout by layout, and remembers how a person arranged each."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QByteArray, QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from workbench.gui.layouts import LAYOUTS, layout_named, layout_with
from workbench.gui.panels.base import Panel
from workbench.gui.panels.registry import PANELS
from workbench.runtime.i18n import speech as _

_LEFT, _RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea


class Docks(QObject):
    """One dock a panel; those of the layout in use are shown while a case is open."""

    layout_changed = Signal(str)

    def __init__(self, window: QMainWindow, panels: Mapping[str, Panel]) -> None:
        super().__init__(window)
        self._window = window
        self.by_id = {spec.id: self._dock(spec.id, spec.title, panels[spec.id]) for spec in PANELS}
        self._layout = LAYOUTS[0]
        self._arranged: dict[str, QByteArray] = {}
        self._has_case = False

    def _sides(self) -> tuple[list[QDockWidget], list[QDockWidget]]:
        layout = self._layout
        left, right = ([self.by_id[panel] for panel in side] for side in (layout.left, layout.right))
        return left, right

    def _dock(self, identifier: str, title: str, panel: Panel) -> QDockWidget:
        dock = QDockWidget(_(title), self._window)
        dock.setObjectName(identifier)
        dock.setAccessibleName(_(title))
        dock.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetMovable | QDockWidget.DockWidgetFeature.DockWidgetClosable
        )
        dock.setWidget(panel)
        dock.setTitleBarWidget(QWidget(dock))  # its tab says the name
        self._window.addDockWidget(_RIGHT, dock)
        dock.hide()
        return dock

    @property
    def layout_id(self) -> str:
        """The layout in use."""
        return self._layout.id

    def use(self, identifier: str) -> None:
        """Another layout, as it was left when it was last in use."""
        if identifier == self.layout_id:
            return
        if self._has_case:
            self._arranged[self.layout_id] = self._window.saveState()
        self._layout = layout_named(identifier)
        kept = self._arranged.get(identifier)
        if kept is None or not self._window.restoreState(kept):
            self.reset()
        self.layout_changed.emit(identifier)

    def adopt(self, identifier: str) -> None:
        """Take note of the layout that a restored window has."""
        self._layout = layout_named(identifier)
        self.layout_changed.emit(identifier)

    def reset(self) -> None:
        """Put every panel of the layout in use where it was at first."""
        left, right = self._sides()
        for dock in self.by_id.values():
            dock.hide()
        for area, docks in ((_LEFT, left), (_RIGHT, right)):
            self._window.addDockWidget(area, docks[0])
            for one, other in pairwise(docks):
                self._window.tabifyDockWidget(one, other)
            # Shown only now: panels that stand below one another would make the window higher for good.
            for dock in docks:
                dock.setVisible(self._has_case)
            docks[0].raise_()
        widths = [self._layout.left_px, self._layout.right_px]
        self._window.resizeDocks([left[0], right[0]], widths, Qt.Orientation.Horizontal)

    def show(self, panel: str) -> None:
        """Bring a panel to the front, in the layout in use if it stands there."""
        if not self._layout.has(panel):
            self.use(layout_with(panel).id)
        dock = self.by_id[panel]
        dock.show()
        dock.raise_()

    def follow(self, *, has_case: bool) -> None:
        """Show the panels while a case is open, none otherwise."""
        if has_case == self._has_case:
            return
        self._has_case = has_case
        for identifier, dock in self.by_id.items():
            dock.setVisible(has_case and self._layout.has(identifier))
