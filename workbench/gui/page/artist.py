"""The thread that has pages drawn in a child process, most wanted first."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QThread, Signal
from PySide6.QtGui import QImage

from workbench.domain.errors import WorkbenchError
from workbench.services.rendering import Outline, PagePicture, PageRenderer


class Order(NamedTuple):
    """One page to draw (``what`` is ``picture`` or ``thumbnail``), its ``words``, or the document's ``outline``."""

    what: str
    page_index: int
    scale: float


class Artist(QThread):
    """Works through the newest list of orders; its signals are received on the main thread."""

    drawn = Signal(int, object, QImage, object)
    worded = Signal(int, int, object)
    outlined = Signal(int, object)
    failed = Signal(int, int, str)

    def __init__(self) -> None:
        super().__init__()
        self._renderer = PageRenderer()
        self._news = threading.Condition()
        self._orders: list[Order] = []
        self._load: Callable[[], bytes] | None = None
        self._generation = 0
        self._is_finishing = False

    # From the main thread

    def open(self, generation: int, load: Callable[[], bytes]) -> None:
        """Turn to another document; orders for the one before are dropped."""
        with self._news:
            self._generation, self._load, self._orders = generation, load, []
            self._news.notify()

    def want(self, orders: Sequence[Order]) -> None:
        """Replace the list of what is wanted."""
        with self._news:
            self._orders = list(orders)
            self._news.notify()

    def finish(self) -> None:
        """End the child and the thread, and wait for both."""
        with self._news:
            self._is_finishing = True
            self._orders = []
            self._news.notify()
        self._renderer.kill()
        self.wait()

    # On its own thread

    def run(self) -> None:
        is_usable = False
        while (step := self._next()) is not None:
            generation, load, order = step
            if load is not None:
                is_usable = self._open(generation, load)
            elif order is not None and is_usable:
                self._carry_out(generation, order)
        self._renderer.close()

    def _next(self) -> tuple[int, Callable[[], bytes] | None, Order | None] | None:
        with self._news:
            while not (self._is_finishing or self._load or self._orders):
                self._news.wait()
            if self._is_finishing:
                return None
            load, self._load = self._load, None
            order = self._orders.pop(0) if load is None else None
            return self._generation, load, order

    def _open(self, generation: int, load: Callable[[], bytes]) -> bool:
        try:
            self._renderer.open(load())
        except WorkbenchError as error:
            self.failed.emit(generation, -1, str(error))
            return False
        return True

    def _carry_out(self, generation: int, order: Order) -> None:
        try:
            if order.what == "words":
                self.worded.emit(generation, order.page_index, self._renderer.words(order.page_index))
            elif order.what == "outline":
                self.outlined.emit(generation, self._renderer.outline())
            else:
                picture = self._renderer.render(order.page_index, order.scale)
                self.drawn.emit(generation, order, image_of(picture), picture.pictures)
        except WorkbenchError as error:
            if order.what == "outline":
                self.outlined.emit(generation, Outline())  # the pages tell by themselves when they are damaged too
            elif not self._is_finishing:
                self.failed.emit(generation, order.page_index, str(error))


def image_of(picture: PagePicture) -> QImage:
    """A picture in the format that is painted fastest; owns its pixels."""
    rows = QImage(picture.rgb, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB888)
    return rows.convertToFormat(QImage.Format.Format_RGB32)
