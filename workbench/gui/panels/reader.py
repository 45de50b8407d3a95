"""Reading a document: its pages, where one is in it, and the words one has chosen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.domain.change import Change
from workbench.domain.document import Document
from workbench.domain.geometry import Word
from workbench.domain.ids import ExcerptId
from workbench.domain.urn import page_form
from workbench.gui.page.layers import Mark
from workbench.gui.page.view import PageView
from workbench.gui.panels.base import Panel
from workbench.gui.theme import Theme
from workbench.gui.widgets.reader_bar import ReaderBar, SelectionBar
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.documents import page_by_reference
from workbench.services.excerpt_list import ExcerptRow, excerpt_rows
from workbench.services.rendering import ReadableDocument, readable_document
from workbench.services.searching import words_on_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Words of one page that a person selected, and the reference of the page."""

    document: Document
    page_index: int
    start: int
    end: int
    quote: str

    @property
    def reference(self) -> str:
        return page_form(self.document.urn, self.page_index + 1)


class ReaderPanel(Panel):
    """Shows one document at a time and answers requests to go to a place."""

    shows = ("excerpt", "document")
    selection_changed = Signal()
    document_changed = Signal()
    excerpt_clicked = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.view = PageView(workspace.theme)
        self.bar = ReaderBar()
        self.selection_bar = SelectionBar()
        self._document: Document | None = None
        self._hits: tuple[str, str] = ("", "")
        self._awaited: Place | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.view, 1)
        column.addWidget(self.selection_bar)
        self.setFocusProxy(self.view)
        self.view.page_changed.connect(self.bar.show_page)
        self.view.zoom_changed.connect(self.bar.show_zoom)
        self.view.selection_changed.connect(self._selected)
        self.view.excerpt_clicked.connect(self.excerpt_clicked)
        self.bar.page_chosen.connect(self._go_to_page)
        self.bar.reference_chosen.connect(self._go_to_reference)
        workspace.place_requested.connect(self.show_place)
        workspace.case_closing.connect(self.clear)
        self.recolour(workspace.theme)

    @property
    def document(self) -> Document | None:
        """What is being read."""
        return self._document

    # Going to a place

    @Slot(object)
    def show_place(self, place: Place) -> None:
        """Show a place, turning to its document first if need be."""
        if self._document is not None and self._document.id == place.document:
            self._show_in_document(place)
            return
        self._awaited = place
        document = place.document
        self.workspace.read(_("Open document"), lambda case, _ticket: readable_document(case, document), self._open)

    def _open(self, readable: ReadableDocument) -> None:
        place, document = self._awaited, readable.document
        if place is None or place.document != document.id:
            return
        self._awaited = None
        self._document = document
        self._hits = ("", "")
        case = self.workspace.case
        self.view.show_document(readable.pages, lambda: case.reading_copy(document.sha256))
        self.view.fit_width()
        self.bar.show_document(document)
        self._read_marks()
        self.workspace.document_shown.emit(document.id)
        self.document_changed.emit()
        self._show_in_document(place)

    def _show_in_document(self, place: Place) -> None:
        self.view.layers.current = place.excerpt
        if place.query:
            self._read_hits(place)
        elif self._hits != ("", ""):
            self._hits, self.view.layers.hits = ("", ""), {}
        if place.boxes or place.page_index != self.view.current_page or not place.query:
            self.view.show_boxes(place.page_index, place.boxes)
        self.view.viewport().update()

    def _read_hits(self, place: Place) -> None:
        if self._hits != (place.document, place.query):
            self._hits, self.view.layers.hits = (place.document, place.query), {}
        words, query, index = self.workspace.words, place.query, place.page_index
        self.workspace.read(
            _("Find the words"),
            lambda case, _ticket: words_on_page(case, query, place.document, index, words),
            lambda found: self._show_hits(place, found),
        )

    def _show_hits(self, place: Place, found: list[Word]) -> None:
        if self._hits == (place.document, place.query):
            boxes = tuple(word.box for word in found)
            self.view.layers.hits = {**self.view.layers.hits, place.page_index: boxes}
            self.view.show_boxes(place.page_index, boxes)
            self.view.viewport().update()

    # Excerpts on the pages

    def _read_marks(self) -> None:
        if self._document is not None:
            document = self._document.id
            self.workspace.read(_("List excerpts"), lambda case, _t: excerpt_rows(case, document), self._show_marks)

    def _show_marks(self, rows: list[ExcerptRow]) -> None:
        marks: dict[int, list[Mark]] = {}
        for row in rows:
            marks.setdefault(row.excerpt.page_index, []).append(Mark(row.excerpt.id, row.excerpt.boxes))
        if not rows or self._document is None or rows[0].excerpt.document == self._document.id:
            self.view.layers.excerpts = marks
            self.view.viewport().update()

    def point_out(self, excerpt: ExcerptId | None) -> None:
        """Show one excerpt stronger than the others."""
        self.view.layers.current = excerpt
        self.view.viewport().update()

    def refresh(self, change: Change) -> None:
        if change.touches("excerpt"):
            self._read_marks()
        shown = self._document.id if self._document is not None else ""
        if self._document is not None and any(row.row_id == shown for row in change.rows):
            document = self.workspace.case.first(Document, id=self._document.id)
            if document is None:
                self.clear()
            else:
                self._document = document
                self.bar.show_document(document)

    @Slot()
    def clear(self) -> None:
        self._document = None
        self.view.close_document()
        self.bar.show_document(None)
        self._selected()
        self.document_changed.emit()

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self.view.set_theme(theme, is_dimmed=self.workspace.settings.dim_pages_in_dark)

    # The selection

    def chosen(self) -> Chosen | None:
        """The selected words; None when nothing or more than one page is selected."""
        ranges = self.view.selected_ranges()
        if self._document is None or len(ranges) != 1:
            return None
        chosen = ranges[0]
        text = self.workspace.case.page(self._document.sha256, chosen.page_index).text
        return Chosen(
            document=self._document,
            page_index=chosen.page_index,
            start=chosen.start,
            end=chosen.end,
            quote=text[chosen.start : chosen.end],
        )

    @property
    def has_selection(self) -> bool:
        return self._document is not None and bool(self.view.selected_ranges())

    @Slot()
    def _selected(self) -> None:
        ranges = self.view.selected_ranges() if self._document is not None else []
        words = sum(self._count_words(chosen.page_index, chosen.start, chosen.end) for chosen in ranges)
        self.selection_bar.show_words(words, len(ranges))
        self.selection_changed.emit()

    def _count_words(self, page_index: int, start: int, end: int) -> int:
        return sum(1 for word in self.view.images.words(page_index) or () if start <= word.start < end)

    def copy_with_citation(self) -> None:
        """Put the selected words and the reference of their page on the clipboard."""
        parts = []
        for chosen in self.view.selected_ranges():
            assert self._document is not None
            text = self.workspace.case.page(self._document.sha256, chosen.page_index).text
            quote = " ".join(text[chosen.start : chosen.end].split())
            parts.append(f"“{quote}” [{page_form(self._document.urn, chosen.page_index + 1)}]")
        if parts:
            QGuiApplication.clipboard().setText("\n".join(parts))
            self.selection_bar.tell(_("Copied with citation"))

    # Actions

    def zoom_in(self) -> None:
        """Larger."""
        self.view.zoom_in()

    def zoom_out(self) -> None:
        """Smaller."""
        self.view.zoom_out()

    def actual_size(self) -> None:
        """As printed."""
        self.view.set_zoom(1.0)

    def fit_width(self) -> None:
        """As wide as the view."""
        self.view.fit_width()

    def next_page(self) -> None:
        """One page on."""
        self.view.go_to_page(self.view.current_page + 1)

    def previous_page(self) -> None:
        """One page back."""
        self.view.go_to_page(self.view.current_page - 1)

    def ask_for_page(self) -> None:
        """Put the keyboard into the page number."""
        self.bar.ask_for_page()

    @Slot(int)
    def _go_to_page(self, page_index: int) -> None:
        self.view.go_to_page(page_index)
        self.view.setFocus()

    @Slot(str)
    def _go_to_reference(self, reference: str) -> None:
        self.workspace.read(
            _("Go to page"),
            lambda case, _ticket: page_by_reference(case, reference),
            lambda found: self.workspace.go_to(Place(document=found[0].id, page_index=found[1])),
        )
        self.view.setFocus()

    def take_focus(self) -> None:
        self.view.setFocus()


def sentence_for_many_pages() -> str:
    """Why an excerpt cannot be made from a selection over several pages."""
    return _("The selection runs over more than one page. Select words on one page to make an excerpt.")
