"""What the reading menu does, always to the reader that was used last."""

from __future__ import annotations

from PySide6.QtCore import QObject

from workbench.gui.page.view import PageView
from workbench.gui.panels.reader import ReaderPanel
from workbench.gui.panels.reading_desk import ReadingDesk


class ReaderActions(QObject):
    """Each method is one action."""

    def __init__(self, desk: ReadingDesk) -> None:
        super().__init__(desk)
        self._desk = desk

    @property
    def _reader(self) -> ReaderPanel:
        return self._desk.active

    @property
    def _view(self) -> PageView:
        return self._desk.active.view

    # How large, which way up

    def zoom_in(self) -> None:
        """Larger."""
        self._view.zoom_in()

    def zoom_out(self) -> None:
        """Smaller."""
        self._view.zoom_out()

    def actual_size(self) -> None:
        """As printed."""
        self._view.set_zoom(1.0)

    def fit_width(self) -> None:
        """As wide as the view."""
        self._view.fit_width()

    def fit_page(self) -> None:
        """The whole page at once."""
        self._view.fit_page()

    def turn_right(self) -> None:
        """A quarter turn clockwise."""
        self._view.turn(self._view.rotation + 90)

    def turn_left(self) -> None:
        """A quarter turn against the clock."""
        self._view.turn(self._view.rotation - 90)

    # Where

    def next_page(self) -> None:
        """One page on."""
        self._view.go_to_page(self._view.current_page + 1)

    def previous_page(self) -> None:
        """One page back."""
        self._view.go_to_page(self._view.current_page - 1)

    def ask_for_page(self) -> None:
        """Put the keyboard into the page number."""
        self._reader.bar.ask_for_page()

    def go_back(self) -> None:
        """To where the reader was before the last jump."""
        self._reader.return_to(self._reader.jumps.back(self._reader.spot()))

    def go_forward(self) -> None:
        """To where the reader was before going back."""
        self._reader.return_to(self._reader.jumps.forward(self._reader.spot()))

    def next_text(self) -> None:
        """Skip pages without text."""
        self._reader.next_text()

    def show_side(self, which: str) -> None:
        """Small pictures or outline beside the pages."""
        self._reader.show_side(which)

    def toggle_beside(self) -> None:
        """Two documents side by side, or one."""
        self._desk.toggle_beside()

    def other_reader(self) -> None:
        """The keyboard goes to the other document."""
        self._desk.swap()

    def draw_again(self) -> None:
        """Draw the pages on the screen once more that could not be drawn."""
        self._view.images.try_again(self._view.shown_pages)
        self._view.viewport().update()

    def lift_veil(self) -> None:
        """Show or veil the pictures that can be seen."""
        self._reader.lift_veil()

    # Words

    def find(self) -> None:
        """Look for words in this document, beginning with those that are selected."""
        chosen = self._reader.chosen()
        words = " ".join(chosen.quote.split()) if chosen is not None else ""
        self._reader.finder.open(words if len(words) <= 80 else "")

    def choose_by_keyboard(self) -> None:
        """Begin to choose words with the arrow keys."""
        self._view.setFocus()
        self._view.keys.begin()

    def choose_page(self) -> None:
        """Choose all words of the page."""
        words = self._view.images.words(self._view.current_page)
        if words:
            self._view.choose(self._view.current_page, words[0].start, words[-1].end)

    def draw_area(self) -> None:
        """Mark an area: draw it with the mouse, or move and stretch the one on the page with the arrow keys."""
        self._view.setFocus()
        self._view.pointer.draws_area = True
        self._view.keys.begin_area()

    def copy_with_citation(self) -> None:
        """The selected words and where they stand."""
        self._reader.copy_with_citation()
