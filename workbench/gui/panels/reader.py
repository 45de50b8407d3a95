"""Reading a document: its pages, where one is in it, and the words one has chosen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from workbench.domain.change import Change
from workbench.domain.document import Document
from workbench.domain.geometry import Box, Word
from workbench.domain.ids import ExcerptId
from workbench.domain.urn import page_form
from workbench.gui.page.jumps import Jumps, Spot
from workbench.gui.page.marks import marks_of
from workbench.gui.page.outline import OutlineTree
from workbench.gui.page.strip import PageStrip
from workbench.gui.page.view import PageView
from workbench.gui.panels.base import Panel
from workbench.gui.panels.reader_find import DocumentFind, FindBar
from workbench.gui.panels.reader_redactions import ReaderRedactions
from workbench.gui.theme import Theme
from workbench.gui.widgets.reader_bar import ReaderBar, SelectionBar
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.documents import page_by_reference
from workbench.services.excerpt_list import ExcerptRow, excerpt_rows
from workbench.services.excerpting import Span
from workbench.services.finding import next_page_with_text
from workbench.services.rendering import Outline, ReadableDocument, readable_document
from workbench.services.searching import words_on_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a person selected: words of one page or of several that follow, or an area of a page."""

    document: Document
    spans: tuple[Span, ...]
    quote: str
    area: tuple[int, Box] | None = None

    @property
    def reference(self) -> str:
        """``INQ000123_004``, the first page of the selection."""
        page_index = self.area[0] if self.area is not None else self.spans[0].page_index
        return page_form(self.document.urn, page_index + 1)


class ReaderPanel(Panel):
    """Shows one document at a time and answers requests to go to a place."""

    shows = ("excerpt", "document", "link", "theme", "institution")
    selection_changed = Signal()
    document_changed = Signal()
    excerpt_clicked = Signal(str)
    focused = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.view = PageView(workspace.theme)
        self.bar = ReaderBar()
        self.find_bar = FindBar()
        self.redactions = ReaderRedactions(workspace, self.view)
        self.finder = DocumentFind(workspace, self.view, self.find_bar)
        self.selection_bar = SelectionBar()
        self.strip = PageStrip(self.view)
        self.outline = OutlineTree()
        self.labels: tuple[str, ...] = ()
        self.jumps = Jumps()
        self._document: Document | None = None
        self._hits: tuple[str, str] = ("", "")
        self._awaited: Place | None = None
        self._awaited_fraction: float | None = None
        self._lay_out()
        self._connect()
        self.follow_settings()
        self.recolour(workspace.theme)

    def _lay_out(self) -> None:
        self.side = QTabWidget()
        self.side.setAccessibleName(_("Beside the pages"))
        self.side.tabBar().setAccessibleName(_("Beside the pages"))
        self.side.addTab(self.strip, _("Pages"))
        self.side.addTab(self.outline, _("Outline"))
        self.side.setFixedWidth(self.strip.width() + 4)
        self.side.hide()
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.side)
        middle.addWidget(self.view, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.find_bar)
        column.addLayout(middle, 1)
        column.addWidget(self.selection_bar)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        view = self.view
        view.page_changed.connect(self.bar.show_page)
        view.zoom_changed.connect(self.bar.show_zoom)
        view.selection_changed.connect(self._selected)
        view.area_drawn.connect(self._area_drawn)
        view.excerpt_clicked.connect(self.excerpt_clicked)
        view.focused.connect(self.focused)
        view.images.outline_ready.connect(self._show_outline)
        self.bar.place_typed.connect(self._go_to_typed)
        self.strip.page_chosen.connect(self.go_to_page)
        self.outline.page_chosen.connect(self.go_to_page)
        self.workspace.case_closing.connect(self.clear)
        self.workspace.settings_changed.connect(self.follow_settings)

    @property
    def document(self) -> Document | None:
        """What is being read."""
        return self._document

    # Going to a place

    @Slot(object)
    def show_place(self, place: Place) -> None:
        """Show a place, turning to its document first if need be; the way back is kept."""
        self.jumps.leave(self.spot())
        self._show_place(place)

    def _show_place(self, place: Place, fraction: float | None = None) -> None:
        self._awaited_fraction = fraction
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
        self._hits, self.labels = ("", ""), ()
        case = self.workspace.case
        self.view.show_document(readable.pages, lambda: case.reading_copy(document.sha256))
        self.view.fit_width()
        self.bar.show_document(document)
        self.bar.show_labels(())
        self.strip.show_document()
        self.finder.turn_to(document.id)
        self.redactions.turn_to(document.id)
        self._read_marks()
        self.workspace.document_shown.emit(document.id)
        self.document_changed.emit()
        self._show_in_document(place)

    def _show_in_document(self, place: Place) -> None:
        self.view.layers.current = place.excerpt
        self.view.layers.current_redaction = place.redaction
        if place.query:
            self._read_hits(place)
        elif self._hits != ("", ""):
            self._hits, self.view.layers.hits = ("", ""), {}
        bar = self.view.verticalScrollBar()
        if self._awaited_fraction is not None:
            bar.setValue(round(self._awaited_fraction * bar.maximum()))
            self._awaited_fraction = None
        elif place.boxes or place.page_index != self.view.current_page or not place.query:
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

    def spot(self) -> Spot | None:
        """Where the reader stands, for the way back and for the next time the case is opened."""
        if self._document is None:
            return None
        bar = self.view.verticalScrollBar()
        return Spot(self._document.id, bar.value() / max(bar.maximum(), 1), self.view.current_page)

    def return_to(self, spot: Spot | None) -> None:
        """Stand again where the reader stood; None leaves it where it is."""
        if spot is not None:
            self._show_place(Place(document=spot.document, page_index=spot.page_index), spot.fraction)

    # Excerpts on the pages

    def _read_marks(self) -> None:
        if self._document is not None:
            document = self._document.id
            self.workspace.read(
                _("List excerpts"),
                lambda case, _t: excerpt_rows(case, document),
                lambda rows: self._show_marks(document, rows),
            )

    def _show_marks(self, document: str, rows: list[ExcerptRow]) -> None:
        if self._document is not None and self._document.id == document:
            self.view.layers.excerpts = marks_of(rows, colour_by=self.workspace.settings.colour_excerpts_by)
            self.view.viewport().update()

    def point_out(self, excerpt: ExcerptId | None) -> None:
        """Show one excerpt stronger than the others."""
        self.view.layers.current = excerpt
        self.view.viewport().update()

    def refresh(self, change: Change) -> None:
        if any(change.touches(table) for table in ("excerpt", "link", "theme", "institution")):
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
        self.labels = ()
        self.view.close_document()
        self.bar.show_document(None)
        self.finder.turn_to(None)
        self.redactions.turn_to(None)
        self.strip.show_document()
        self.outline.show_outline(Outline())
        self.jumps.forget()
        self._selected()
        self.document_changed.emit()

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self.view.set_theme(theme, is_dimmed=self.workspace.settings.dim_pages_in_dark)
        self.find_bar.tint(theme)

    @Slot()
    def follow_settings(self) -> None:
        """Veil pictures or not, and colour excerpts, as a person chose."""
        self.view.is_veiled = self.workspace.settings.veil_pictures
        self.view.viewport().update()
        self._read_marks()

    # The selection

    def chosen(self) -> Chosen | None:
        """The selected words or area; None when nothing is selected."""
        if self._document is None:
            return None
        if self.view.layers.area is not None:
            return Chosen(document=self._document, spans=(), quote="", area=self.view.layers.area)
        ranges = self.view.selected_ranges()
        if not ranges:
            return None
        case, sha256 = self.workspace.case, self._document.sha256
        quotes = [case.page(sha256, part.page_index).text[part.start : part.end] for part in ranges]
        spans = tuple(Span(part.page_index, part.start, part.end) for part in ranges)
        return Chosen(document=self._document, spans=spans, quote="\n".join(quotes))

    @property
    def has_selection(self) -> bool:
        return self._document is not None and (not self.view.selection.is_empty or self.view.layers.area is not None)

    @Slot()
    def _selected(self) -> None:
        if self._document is not None and self.view.layers.area is not None:
            self.selection_bar.show_area()
        else:
            ranges = self.view.selected_ranges() if self._document is not None else []
            words = sum(self._count_words(chosen.page_index, chosen.start, chosen.end) for chosen in ranges)
            self.selection_bar.show_words(words, len(ranges))
        self.selection_changed.emit()

    def _count_words(self, page_index: int, start: int, end: int) -> int:
        return sum(1 for word in self.view.images.words(page_index) or () if start <= word.start < end)

    @Slot()
    def _area_drawn(self) -> None:
        self.view.pointer.draws_area = False
        self._selected()

    def copy_with_citation(self) -> None:
        """Put the selected words and the reference of their pages on the clipboard."""
        chosen = self.chosen()
        if chosen is None or not chosen.spans:
            return
        first, last = chosen.spans[0].page_index, chosen.spans[-1].page_index
        reference = chosen.reference if first == last else f"{chosen.reference}–{last + 1:03d}"
        QGuiApplication.clipboard().setText(f"“{' '.join(chosen.quote.split())}” [{reference}]")
        self.selection_bar.tell(_("Copied with citation"))

    # Actions

    def go_to_page(self, page_index: int) -> None:
        """Jump to a page; the way back is kept."""
        self.jumps.leave(self.spot())
        self.view.go_to_page(page_index)
        self.view.setFocus()

    def next_text(self) -> None:
        """Skip to the next page that holds text."""
        if self._document is not None:
            document, here = self._document.id, self.view.current_page
            self.workspace.read(
                _("Next page with text"), lambda case, _t: next_page_with_text(case, document, here), self._skip_to
            )

    def _skip_to(self, page_index: int | None) -> None:
        if page_index is None:
            self.workspace.say(_("No later page of this document holds text."))
        else:
            self.go_to_page(page_index)

    def lift_veil(self) -> None:
        """Show the pictures on the pages that can be seen, or veil them again."""
        layers, shown = self.view.layers, set(self.view.shown_pages)
        layers.unveiled = layers.unveiled - shown if shown <= layers.unveiled else layers.unveiled | shown
        self.view.viewport().update()
        self.strip.viewport().update()

    def show_side(self, which: str) -> None:
        """Show the small pictures or the outline beside the pages; once more hides them."""
        wanted = self.strip if which == "pages" else self.outline
        if self.side.isVisible() and self.side.currentWidget() is wanted:
            self.side.hide()
            self.view.setFocus()
            return
        self.side.setCurrentWidget(wanted)
        self.side.show()
        (self.strip if wanted is self.strip else self.outline.tree).setFocus()

    @Slot(object)
    def _show_outline(self, outline: Outline) -> None:
        self.outline.show_outline(outline)
        self.labels = outline.labels
        self.bar.show_labels(outline.labels)

    @Slot(str)
    def _go_to_typed(self, typed: str) -> None:
        """A page label of the document, a page number, or a reference into any document."""
        labels = [label.casefold() for label in self.labels]
        if typed.casefold() in labels:
            self.go_to_page(labels.index(typed.casefold()))
        elif typed.isdigit():
            self.go_to_page(int(typed) - 1)
        else:
            self.workspace.read(
                _("Go to page"),
                lambda case, _ticket: page_by_reference(case, typed),
                lambda found: self.workspace.go_to(Place(document=found[0].id, page_index=found[1])),
            )
        self.view.setFocus()

    def take_focus(self) -> None:
        self.view.setFocus()
