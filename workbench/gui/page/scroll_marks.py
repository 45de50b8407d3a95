"""A scroll bar that shows where in the document something was found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget


class MarkedScrollBar(QScrollBar):
    """Draws a short line for every mark; marks are fractions of the whole height, 0 to 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: tuple[float, ...] = ()
        self._colour = QColor("#B86A00")

    @property
    def marks(self) -> tuple[float, ...]:
        return self._marks

    def show_marks(self, fractions: Sequence[float]) -> None:
        """Replace the marks."""
        self._marks = tuple(fractions)
        self.update()

    def set_colour(self, colour: str) -> None:
        """Draw the marks in this colour."""
        self._colour = QColor(colour)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        room = self.height() - 4
        for y in {round(2 + fraction * room) for fraction in self._marks}:
            painter.fillRect(2, y, self.width() - 4, 2, self._colour)
