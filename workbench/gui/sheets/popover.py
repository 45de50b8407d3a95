"""A small sheet over the window that is worked by keyboard alone and blocks nothing."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QPushButton, QWidget

from workbench.runtime.i18n import speech as _

_EDGE = 12


class Popover(QFrame):
    """Children lay out their fields; Tab stays within, Escape closes and gives the keyboard back."""

    opened = Signal()
    closed = Signal()

    def __init__(self, name: str, home: QWidget) -> None:
        super().__init__(home)
        self._home = home
        self.setProperty("role", "popover")
        self.setAccessibleName(name)
        self._before: QWidget | None = None
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(28)
        shadow.setOffset(0, 6)
        self.setGraphicsEffect(shadow)
        self.hide()

    @property
    def is_open(self) -> bool:
        return not self.isHidden()

    def open_near(self, at: QPoint | None = None) -> None:
        """Show the sheet near a point of its home, wholly inside the window; in the window's middle when None."""
        window = self._home.window()
        if not self.is_open:
            self._before = QApplication.focusWidget()
        if self.parentWidget() is not window:
            self.setParent(window)
        size = self.sizeHint().boundedTo(window.size() * 0.95)
        self.resize(size)
        middle = QPoint((window.width() - size.width()) // 2, window.height() // 6)
        spot = self._home.mapTo(window, at) if at is not None else middle
        x = min(max(spot.x(), _EDGE), window.width() - size.width() - _EDGE)
        y = min(max(spot.y(), _EDGE), window.height() - size.height() - _EDGE)
        self.move(max(x, 0), max(y, 0))
        self.show()
        self.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.opened.emit()

    def close_sheet(self) -> None:
        """Hide the sheet; the keyboard goes back where it was."""
        if not self.is_open:
            return
        had_focus = self.isAncestorOf(focus) if (focus := QApplication.focusWidget()) is not None else False
        self.hide()
        if had_focus and self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None
        self.closed.emit()

    def buttons(self, cancel_name: str) -> tuple[QHBoxLayout, QPushButton]:
        """A row with Cancel and Save at its end, and the Save button; ``cancel_name`` tells it from other Cancels."""
        save, cancel = QPushButton(_("Save")), QPushButton(_("Cancel"))
        cancel.setAccessibleName(cancel_name)
        save.setProperty("primary", True)
        save.clicked.connect(lambda: self.save())
        cancel.clicked.connect(self.close_sheet)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(save)
        return row, save

    def save(self) -> None:
        """Keep what was typed; sheets that have nothing to keep do nothing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes round within the sheet."""
        fields = [
            widget
            for widget in self.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
        ]
        focus = QApplication.focusWidget()
        if not fields:
            return False
        at = fields.index(focus) if focus in fields else -1
        reason = Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason
        fields[(at + (1 if is_next else -1)) % len(fields)].setFocus(reason)
        return True
