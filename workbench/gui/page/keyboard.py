"""What the keyboard does on pages: moving through them, choosing words, drawing an area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from workbench.domain.geometry import Box
from workbench.gui.page.selection import Spot
from workbench.gui.page.steps import line_edge, step

if TYPE_CHECKING:
    from workbench.gui.page.view import PageView

_KEY = Qt.Key
_ARROWS = {_KEY.Key_Left: (-1, 0), _KEY.Key_Right: (1, 0), _KEY.Key_Up: (0, -1), _KEY.Key_Down: (0, 1)}
_AREA_STEP_PT, _LEAST_AREA_PT = 6.0, 8.0


class PageKeys:
    """Serves one page view. While words were chosen by keyboard, arrows move the choice and Shift stretches it."""

    def __init__(self, view: PageView) -> None:
        self._view = view
        self.chooses = False

    def press(self, event: QKeyEvent) -> bool:
        """Answer a key; False for one that means nothing here."""
        if self._view.layers.area is not None and event.key() in _ARROWS:
            self._move_area(event)
            return True
        return self._choose(event) or self._travel(event)

    def begin(self) -> bool:
        """Choose the first word on the screen, to go on from there; False when no word is there."""
        view = self._view
        for page_index in view.shown_pages:
            for at, word in enumerate(view.images.words(page_index) or ()):
                if view.box_in_view(page_index, word.box).top() >= 0:
                    self.chooses = True
                    view.layers.area = None
                    view.selection.place(Spot(page_index, at))
                    view.tell_selected()
                    return True
        return False

    def begin_area(self) -> None:
        """Put an area on the page that is being read, to be moved by arrows and stretched with Shift."""
        view = self._view
        size = view.page_size(view.current_page)
        box = Box(size.width_pt * 0.3, size.height_pt * 0.3, size.width_pt * 0.7, size.height_pt * 0.5)
        view.selection.clear()
        view.layers.area = (view.current_page, box)
        view.keep_in_view(view.current_page, box)
        view.tell_selected()

    def _travel(self, event: QKeyEvent) -> bool:
        bar = self._view.verticalScrollBar()
        if event.key() == _KEY.Key_Home:
            bar.setValue(0)
        elif event.key() == _KEY.Key_End:
            bar.setValue(bar.maximum())
        elif event.key() == _KEY.Key_Space:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            bar.setValue(bar.value() + (-bar.pageStep() if back else bar.pageStep()))
        else:
            return False
        return True

    def _choose(self, event: QKeyEvent) -> bool:
        view, head = self._view, self._view.selection.head
        stretches = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() not in (*_ARROWS, _KEY.Key_Home, _KEY.Key_End):
            return False
        if head is None:
            self.chooses = False
            return stretches and event.key() in _ARROWS and self.begin()
        if not (stretches or self.chooses):
            return False
        spot = self._target(event, head)
        if stretches:
            view.selection.reach(spot)
        else:
            view.selection.place(spot)
        words = view.images.words(spot.page_index)
        if words:
            view.keep_in_view(spot.page_index, words[spot.word].box)
        view.tell_selected()
        return True

    def _target(self, event: QKeyEvent, head: Spot) -> Spot:
        words_of = self._view.images.words
        if event.key() in (_KEY.Key_Home, _KEY.Key_End):
            return line_edge(head, -1 if event.key() == _KEY.Key_Home else 1, words_of)
        across, down = _ARROWS[Qt.Key(event.key())]
        if across:
            return step(head, "word", across, words_of)
        by_paragraph = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return step(head, "paragraph" if by_paragraph else "line", down, words_of)

    def _move_area(self, event: QKeyEvent) -> None:
        view = self._view
        assert view.layers.area is not None
        page_index, box = view.layers.area
        size = view.page_size(page_index)
        across, down = (_AREA_STEP_PT * part for part in _ARROWS[Qt.Key(event.key())])
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            x1 = min(max(box.x1 + across, box.x0 + _LEAST_AREA_PT), size.width_pt)
            y1 = min(max(box.y1 + down, box.y0 + _LEAST_AREA_PT), size.height_pt)
            moved = Box(box.x0, box.y0, x1, y1)
        else:
            across = min(max(across, -box.x0), size.width_pt - box.x1)
            down = min(max(down, -box.y0), size.height_pt - box.y1)
            moved = Box(box.x0 + across, box.y0 + down, box.x1 + across, box.y1 + down)
        view.layers.area = (page_index, moved)
        view.keep_in_view(page_index, moved)
        view.tell_selected()
