"""Finding words in the document that is being read: every hit on its page and in the scroll bar."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from workbench.domain.anchoring import boxes_between
from workbench.domain.ids import DocumentId
from workbench.gui.icons import icon
from workbench.gui.jobs import Job
from workbench.gui.page.view import PageView
from workbench.gui.theme import Theme
from workbench.gui.widgets.form import make_clearable
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.finding import FoundSpan, find_in_document

_PAUSE_MS = 150


class FindBar(QFrame):
    """A field, how many there are, and the way from one to the next."""

    typed = Signal(str)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Find in this document"))
        self.field.setAccessibleName(_("Find in this document"))
        make_clearable(self.field)
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self._buttons = {
            "arrow-left": self._button(_("Previous place"), lambda: self.stepped.emit(-1)),
            "arrow-right": self._button(_("Next place"), lambda: self.stepped.emit(1)),
            "x": self._button(_("Close the find bar"), self.closed.emit),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 8, 5)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        for button in self._buttons.values():
            row.addWidget(button)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.typed.emit(self.field.text()))
        self.field.textChanged.connect(lambda: self._pause.start())
        self.hide()

    def _button(self, name: str, act: object) -> QToolButton:
        button = QToolButton(self)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(act)
        return button

    def tint(self, theme: Theme) -> None:
        """Draw the buttons in the theme's colours."""
        for name, button in self._buttons.items():
            button.setIcon(icon(name, theme.text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if self._pause.isActive():
                self._pause.stop()
                self.typed.emit(self.field.text())
            else:
                self.stepped.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)


class DocumentFind(QObject):
    """Joins the bar, the search over all pages and the marks on the view."""

    def __init__(self, workspace: Workspace, view: PageView, bar: FindBar) -> None:
        super().__init__(bar)
        self._workspace, self._view, self._bar = workspace, view, bar
        self._document: DocumentId | None = None
        self._spans: list[FoundSpan] = []
        self._at = -1
        self._job: Job | None = None
        bar.typed.connect(self.find)
        bar.stepped.connect(self.step)
        bar.closed.connect(self.close)
        view.images.ready.connect(self._mark_page)

    @property
    def is_open(self) -> bool:
        return not self._bar.isHidden()

    def turn_to(self, document: DocumentId | None) -> None:
        """Another document is read: what was typed is looked for there."""
        self._document, self._spans, self._at = document, [], -1
        if document is None:
            self.close()
        elif self.is_open:
            self.find(self._bar.field.text())

    def open(self, words: str = "") -> None:
        """Show the bar and put the keyboard there."""
        self._bar.show()
        if words:
            self._bar.field.setText(words)
        self._bar.field.setFocus()
        self._bar.field.selectAll()

    @Slot()
    def close(self) -> None:
        """Hide the bar and all marks."""
        self._bar.hide()
        self._show([])
        self._bar.count.clear()
        self._view.setFocus()

    @Slot(str)
    def find(self, words: str) -> None:
        """Look for these letters on every page."""
        if self._job is not None:
            self._job.cancel()
        if self._document is None or not words.strip():
            self._show([])
            self._bar.count.clear()
            return
        document = self._document
        self._job = self._workspace.read(
            _("Find in this document"),
            lambda case, ticket: (document, find_in_document(case, document, words, ticket)),
            self._found,
        )

    def _found(self, answer: tuple[DocumentId, list[FoundSpan]]) -> None:
        document, spans = answer
        if document != self._document or not self.is_open:
            return
        self._show(spans)
        if spans:
            here = self._view.current_page
            self._at = next((at for at, span in enumerate(spans) if span.page_index >= here), 0) - 1
            self.step(1)
        else:
            self._bar.count.setText(_("Not found"))

    def _show(self, spans: list[FoundSpan]) -> None:
        self._spans, self._at = spans, -1
        view = self._view
        view.layers.found, view.layers.current_hit = {}, None
        view.marks_on_bar.show_marks([view.fraction_of(s.page_index, self._y_of(s)) for s in spans])
        for page_index in {span.page_index for span in spans} & set(view.shown_pages):
            self._mark_page(page_index)
        view.viewport().update()

    def _y_of(self, span: FoundSpan) -> float:
        return span.depth * self._view.page_size(span.page_index).height_pt

    @Slot(int)
    def step(self, by: int) -> None:
        """Go to the next or the previous place; after the last comes the first."""
        if not self._spans:
            return
        self._at = (self._at + by) % len(self._spans)
        span = self._spans[self._at]
        self._bar.count.setText(_("{n} of {all}").format(n=f"{self._at + 1:,}", all=f"{len(self._spans):,}"))
        self._view.layers.current_hit = None
        if self._view.images.words(span.page_index) is None:
            self._view.go_to_page(span.page_index)
        self._mark_page(span.page_index)

    @Slot(int)
    def _mark_page(self, page_index: int) -> None:
        """Boxes are known once the page's words are."""
        words = self._view.images.words(page_index)
        here = [span for span in self._spans if span.page_index == page_index]
        if not here or words is None:
            return
        layers = self._view.layers
        if page_index not in layers.found:
            boxes = [box for span in here for box in boxes_between(words, span.start, span.end)]
            layers.found[page_index] = tuple(boxes)
        current = self._spans[self._at] if 0 <= self._at < len(self._spans) else None
        if current is not None and current.page_index == page_index and layers.current_hit is None:
            boxes_here = boxes_between(words, current.start, current.end)
            if boxes_here:
                layers.current_hit = (page_index, boxes_here[0])
                self._view.keep_in_view(page_index, boxes_here[0])
        self._view.viewport().update()
