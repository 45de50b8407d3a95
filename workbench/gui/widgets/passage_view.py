"""The text of a found page with the words in place, beside the list of hits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QTextEdit, QVBoxLayout, QWidget

from workbench.gui.theme import Theme
from workbench.runtime.i18n import speech as _
from workbench.services.searching import Passage


class PassageView(QFrame):
    """One page at a time; ``excerpt_requested(passage, at)`` for the found words that are shown."""

    excerpt_requested = Signal(object, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._theme = theme
        self.passage: Passage | None = None
        self.at = -1
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.text.setAccessibleName(_("The page with the found words"))
        self.text.setFixedHeight(self.fontMetrics().height() * 8)
        self.where = QLabel()
        self.where.setProperty("role", "muted")
        back, on, make = QPushButton("‹"), QPushButton("›"), QPushButton(_("Make excerpt"))
        back.setAccessibleName(_("Previous found words of the page"))
        on.setAccessibleName(_("Next found words of the page"))
        for button in (back, on):
            button.setFixedWidth(34)
        back.clicked.connect(lambda: self.step(-1))
        on.clicked.connect(lambda: self.step(1))
        make.clicked.connect(self.ask)
        row = QHBoxLayout()
        row.addWidget(self.where, 1)
        for button in (back, on, make):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 8)
        column.addWidget(self.text)
        column.addLayout(row)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Mark the words in these colours."""
        self._theme = theme
        self._mark()

    def show_passage(self, passage: Passage | None) -> None:
        """Show a page from its first found words; None hides the view."""
        self.passage, self.at = passage, -1
        self.setVisible(passage is not None)
        if passage is not None:
            # Qt counts in UTF-16: what lies beyond is written as one placeholder each, so that offsets agree.
            self.text.setPlainText("".join(c if ord(c) < 0x10000 else "\ufffd" for c in passage.text))
            self.step(1)

    def step(self, by: int) -> None:
        """To the next or previous found words of the page."""
        if self.passage is None:
            return
        count = len(self.passage.spans)
        self.at = (self.at + by) % count if count else -1
        shown = _("{n} of {all} on the page").format(n=self.at + 1, all=count) if count else _("In the reference")
        self.where.setText(shown)
        self._mark()
        if count:
            cursor = self.text.textCursor()
            cursor.setPosition(self.passage.spans[self.at][0])
            self.text.setTextCursor(cursor)
            self.text.centerCursor()

    def _mark(self) -> None:
        if self.passage is None:
            return
        found, current = QTextCharFormat(), QTextCharFormat()
        for style in (found, current):
            style.setBackground(QColor(self._theme.hit))
            style.setForeground(QColor(self._theme.hit_text))
        current.setFontUnderline(True)
        current.setFontWeight(700)
        marks = []
        for at, (start, end) in enumerate(self.passage.spans):
            selection = QTextEdit.ExtraSelection()
            selection.format = current if at == self.at else found
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            marks.append(selection)
        self.text.setExtraSelections(marks)

    def ask(self) -> None:
        """Ask for an excerpt of the sentence that holds the found words."""
        if self.passage is not None:
            self.excerpt_requested.emit(self.passage, self.at)
