"""Keeps drawn pages at hand and has the next ones drawn before they are scrolled to."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from workbench.domain.geometry import Box, Word
from workbench.gui.page.artist import Artist, Order
from workbench.services.rendering import Outline

BUDGET_BYTES = 256 * 1024 * 1024
AHEAD, BEHIND = 4, 1
MOST_THUMBNAILS = 400


@dataclass(frozen=True, slots=True)
class View:
    """What is on the screen: first and last page, pixels a point, and which way it is moving (1 or -1)."""

    first: int
    last: int
    scale: float
    direction: int = 1

    @property
    def scale_key(self) -> int:
        return round(self.scale * 1000)


class PageImages(QObject):
    """Pictures and words of one document's pages; asking never waits, ``ready`` tells when more has come."""

    ready = Signal(int)
    thumbnail_ready = Signal(int)
    outline_ready = Signal(object)

    def __init__(self, parent: QObject | None = None, *, budget_bytes: int = BUDGET_BYTES) -> None:
        super().__init__(parent)
        self._budget = budget_bytes
        self._artist: Artist | None = None
        self._generation = 0
        self._page_count = 0
        self._forget()

    def _forget(self) -> None:
        self._pictures: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._bytes = 0
        self._words: dict[int, list[Word]] = {}
        self._veiled: dict[int, tuple[Box, ...]] = {}
        self._thumbnails: OrderedDict[int, QImage] = OrderedDict()
        self._wanted_thumbnails: tuple[Order, ...] = ()
        self._has_outline = False
        self._view: View | None = None
        self._failures: dict[int, str] = {}
        self._document_failure = ""

    def open(self, load: Callable[[], bytes], page_count: int) -> None:
        """Turn to another document; ``load`` is called on the drawing thread."""
        self._forget()
        self._generation += 1
        self._page_count = page_count
        if self._artist is None:
            self._artist = Artist()
            self._artist.drawn.connect(self._take_picture, Qt.ConnectionType.QueuedConnection)
            self._artist.worded.connect(self._take_words, Qt.ConnectionType.QueuedConnection)
            self._artist.outlined.connect(self._take_outline, Qt.ConnectionType.QueuedConnection)
            self._artist.failed.connect(self._take_failure, Qt.ConnectionType.QueuedConnection)
            self._artist.start()
        self._artist.open(self._generation, load)

    def close(self) -> None:
        """Stop drawing and wait for the drawing thread; nothing of the document is kept."""
        self._generation += 1
        self._page_count = 0
        self._forget()
        if self._artist is not None:
            self._artist.finish()
            self._artist = None

    # Asking

    def picture(self, page_index: int, view: View) -> QImage | None:
        """The page's picture at the wanted scale, or at another scale until that one is drawn."""
        key = (page_index, view.scale_key)
        if key in self._pictures:
            self._pictures.move_to_end(key)
            return self._pictures[key]
        return next((image for (index, _), image in reversed(self._pictures.items()) if index == page_index), None)

    def words(self, page_index: int) -> list[Word] | None:
        """The page's words; None until they are known."""
        return self._words.get(page_index)

    def failure(self, page_index: int) -> str:
        """Why the page cannot be shown, "" when it can."""
        return self._document_failure or self._failures.get(page_index, "")

    def pictures_on(self, page_index: int) -> tuple[Box, ...]:
        """Where photographs and scans stand on a page that has been drawn."""
        return self._veiled.get(page_index, ())

    def thumbnail(self, page_index: int) -> QImage | None:
        """The small picture of a page, None until it is drawn."""
        return self._thumbnails.get(page_index)

    def try_again(self, pages: Iterable[int]) -> None:
        """Forget that these pages could not be drawn, and have them drawn once more."""
        for page_index in pages:
            if self._failures.pop(page_index, None) is not None:
                self._words.pop(page_index, None)
        self._send()

    def want(self, view: View) -> None:
        """Have what is on the screen drawn first, then the pages ahead, then small pictures."""
        self._view = view
        self._send()

    def want_thumbnails(self, scales: Mapping[int, float]) -> None:
        """Have small pictures of these pages drawn, each at its scale, once nothing larger is wanted."""
        self._wanted_thumbnails = tuple(Order("thumbnail", index, scale) for index, scale in scales.items())
        self._send()

    def _send(self) -> None:
        if self._artist is None or self._document_failure:
            return
        orders = [] if self._view is None else [*self._orders(self._view)]
        if not self._has_outline:
            orders.append(Order("outline", 0, 0.0))
        orders += [
            order
            for order in self._wanted_thumbnails
            if order.page_index not in self._thumbnails and order.page_index not in self._failures
        ]
        self._artist.want(orders)

    def _orders(self, view: View) -> Sequence[Order]:
        shown = range(max(view.first, 0), min(view.last + 1, self._page_count))
        ahead = (
            range(view.last + 1, view.last + 1 + AHEAD)
            if view.direction > 0
            else range(view.first - 1, view.first - 1 - AHEAD, -1)
        )
        behind = (
            range(view.first - BEHIND, view.first)
            if view.direction > 0
            else range(view.last + 1, view.last + 1 + BEHIND)
        )
        orders: list[Order] = []
        for pages in (shown, ahead, behind):
            for page_index in pages:
                if not 0 <= page_index < self._page_count or page_index in self._failures:
                    continue
                if (page_index, view.scale_key) not in self._pictures:
                    orders.append(Order("picture", page_index, view.scale))
            if pages is not ahead:
                orders += [Order("words", i, 0.0) for i in pages if 0 <= i < self._page_count and i not in self._words]
        return orders

    # Receiving

    @Slot(int, object, QImage, object)
    def _take_picture(self, generation: int, order: Order, image: QImage, pictures: tuple[Box, ...]) -> None:
        if generation != self._generation:
            return
        page_index = order.page_index
        self._veiled[page_index] = pictures
        if order.what == "thumbnail":
            self._thumbnails[page_index] = image
            while len(self._thumbnails) > MOST_THUMBNAILS:
                self._thumbnails.popitem(last=False)
            self.thumbnail_ready.emit(page_index)
            return
        key = (page_index, round(order.scale * 1000))
        if key not in self._pictures:
            self._bytes += image.sizeInBytes()
        self._pictures[key] = image
        while self._bytes > self._budget and len(self._pictures) > 1:
            self._bytes -= self._pictures.popitem(last=False)[1].sizeInBytes()
        self.ready.emit(page_index)

    @Slot(int, object)
    def _take_outline(self, generation: int, outline: Outline) -> None:
        if generation == self._generation:
            self._has_outline = True
            self.outline_ready.emit(outline)

    @Slot(int, int, object)
    def _take_words(self, generation: int, page_index: int, words: list[Word]) -> None:
        if generation == self._generation:
            self._words[page_index] = words
            self.ready.emit(page_index)

    @Slot(int, int, str)
    def _take_failure(self, generation: int, page_index: int, sentence: str) -> None:
        if generation != self._generation:
            return
        if page_index < 0:
            self._document_failure = sentence
        else:
            self._failures[page_index] = sentence
            self._words.setdefault(page_index, [])
        self.ready.emit(page_index)
