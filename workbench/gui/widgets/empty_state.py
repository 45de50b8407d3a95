"""What an empty part of the window says: what it is for and what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class EmptyState(QFrame):
    """A title, a sentence, and at most a few things to do."""

    def __init__(
        self,
        title: str,
        sentence: str,
        *,
        large: bool = False,
        does: tuple[tuple[str, Callable[[], None]], ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "desk" if large else "panel")
        heading, text = QLabel(title), QLabel(sentence)
        heading.setProperty("role", "title" if large else "heading")
        text.setProperty("role", "muted")
        inner = QWidget()
        inner.setMaximumWidth(460 if large else 300)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.addStretch(1)
        row.addWidget(inner, 100)
        row.addStretch(1)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12 if large else 6)
        column.addStretch(2)
        for label in (heading, text):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(8)
        for position, (label_text, act) in enumerate(does):
            button = QPushButton(label_text)
            button.setMinimumWidth(210)
            button.setProperty("primary", position == 0)
            button.clicked.connect(lambda _checked=False, act=act: act())
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
