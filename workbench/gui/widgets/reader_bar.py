"""The lines above and below the pages: what is read, which page, how large, what is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from workbench.domain.document import Document
from workbench.gui.columns import shown_date
from workbench.runtime.i18n import speech as _


class Elided(QLabel):
    """One line of text that ends in … when there is no room; the whole text is in the tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Show as much of the text as there is room for."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))


class ReaderBar(QFrame):
    """Reference and title, page number, zoom."""

    place_typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._labels: tuple[str, ...] = ()
        self._page_index, self._count = 0, 0
        self._urn = QLabel()
        self._urn.setProperty("role", "heading")
        self._title = Elided()
        self._page = QLineEdit()
        self._page.setToolTip(_("A page number or label, or a reference such as INQ000123_004"))
        self._page.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._page.setAccessibleName(_("Page"))
        self._page.setFixedWidth(self.fontMetrics().horizontalAdvance("INQ000000_000") + 18)
        self._page.returnPressed.connect(self._choose)
        self._of = QLabel()
        self._of.setProperty("role", "muted")
        self._zoom = QLabel()
        self._zoom.setProperty("role", "muted")
        self._zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("000 %"))
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 5, 8, 5)
        self._row.setSpacing(8)
        self._row.addWidget(self._urn)
        self._row.addWidget(self._title, 1)
        self._row.addSpacing(12)
        self._row.addWidget(self._page)
        self._row.addWidget(self._of)
        self._row.addSpacing(10)
        self._row.addWidget(self._zoom)

    def add_button(self, button: QToolButton) -> None:
        """Put a button at the end of the line."""
        self._row.addWidget(button)

    def show_document(self, document: Document | None) -> None:
        """Show whose pages these are."""
        self.setVisible(document is not None)
        if document is not None:
            self._urn.setText(document.urn)
            date = shown_date(document.on)
            title = document.title
            self._title.show_text(f"{title}  ·  {date}" if date else title)
            self._count = document.page_count
            self.show_page(self._page_index)

    def show_labels(self, labels: Sequence[str]) -> None:
        """The document's own page labels; they are shown beside the number where they differ."""
        self._labels = tuple(labels)
        self.show_page(self._page_index)

    @Slot(int)
    def show_page(self, page_index: int) -> None:
        """Show which page is on the screen."""
        self._page_index = page_index
        self._page.setText(str(page_index + 1))
        label = self._labels[page_index] if page_index < len(self._labels) else ""
        of = _("of {n}").format(n=f"{self._count:,}")
        self._of.setText(f"{of}  ({label})" if label and label != str(page_index + 1) else of)

    @Slot(float)
    def show_zoom(self, zoom: float) -> None:
        """Show how large the pages are."""
        self._zoom.setText(f"{zoom * 100:.0f} %")

    def ask_for_page(self) -> None:
        """Put the keyboard into the page number."""
        self._page.setFocus()
        self._page.selectAll()

    @Slot()
    def _choose(self) -> None:
        if self._page.text().strip():
            self.place_typed.emit(self._page.text().strip())


class SelectionBar(QFrame):
    """How many words are chosen, and what can be done with them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("tone", "notice")
        self._text = QLabel()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 4, 8, 4)
        self._row.addWidget(self._text, 1)
        self.hide()

    def add_button(self, button: QToolButton) -> None:
        """Put a button at the end of the line."""
        self._row.addWidget(button)

    def show_words(self, words: int, pages: int) -> None:
        """Say how much is chosen; nothing hides the line."""
        chosen = _.count("{n} word selected", "{n} words selected", words)
        over = _(" on {n} pages").format(n=pages) if pages > 1 else ""
        self._text.setText(chosen + over)
        self.setVisible(words > 0)

    def show_area(self) -> None:
        """Say that an area is chosen."""
        self._text.setText(_("Area selected: arrows move it, Shift and arrows stretch it"))
        self.show()

    def tell_shown(self, text: str) -> None:
        """Say something although nothing is chosen; the next choice replaces it."""
        self._text.setText(text)
        self.show()

    def tell(self, text: str) -> None:
        """Say what was just done with the chosen words."""
        self._text.setText(text)
