"""Sets paragraphs, facts and tables down A4 pages, and turns the page when one is full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pymupdf

from workbench.pdf.typesetting import Style, Typesetter

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 56.0, 539.0
_TOP, _BOTTOM = 74.0, 782.0
_FOOT = 810.0
Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """Text for one column of a row: from ``x`` as wide as ``width``, its paragraphs each in a style."""

    x: float
    width: float
    paragraphs: tuple[tuple[str, Style], ...]


def leading(style: Style) -> float:
    """From one baseline to the next."""
    return style.size * 1.32


class Flow:
    """A document in the making and the place where the next thing goes."""

    def __init__(self, setter: Typesetter, head: str) -> None:
        self.document = pymupdf.open()
        self.setter, self._head = setter, head
        self.small = Style(setter.regular, 8, 0.38)
        self.y = 0.0
        self.page = self._turn()
        #: Drawn again at the top of every page that a table runs on to.
        self.repeated: Callable[[], None] | None = None

    def _turn(self) -> pymupdf.Page:
        page = self.document.new_page(width=WIDTH, height=HEIGHT)
        self.y = _TOP
        if self.document.page_count > 1:
            line = self.setter.wrap(self._head, RIGHT - LEFT, self.small)[0]
            self.setter.write(page, LEFT, 46, line, self.small)
            self.setter.rule(page, LEFT, RIGHT, 53, 0.8, 0.5)
        return page

    def room(self, height: float) -> None:
        """Turn the page unless so much is left on this one."""
        if self.y + height > _BOTTOM and self.y > _TOP:
            self.page = self._turn()
            if self.repeated is not None:
                self.repeated()

    def space(self, height: float) -> None:
        self.y += height

    def line(self, x: float, text: str, style: Style) -> None:
        """One line at ``x`` without moving on."""
        self.setter.write(self.page, x, self.y + style.size, text, style)

    def paragraph(self, text: str, style: Style, *, x: float = LEFT, width: float = RIGHT - LEFT) -> None:
        """Wrapped text; runs on to the next page line by line."""
        for line in self.setter.wrap(text, width, style):
            self.room(leading(style))
            self.line(x, line, style)
            self.y += leading(style)

    def rule(self, grey: float = 0.8, weight: float = 0.5) -> None:
        """A line across the page at this place."""
        self.setter.rule(self.page, LEFT, RIGHT, self.y, grey, weight)

    def row(self, cells: Sequence[Cell], *, mark: tuple[float, Colour] | None = None, gap: float = 7.0) -> None:
        """Cells side by side, kept on one page where they fit on one; ``mark`` is a dot at an x in a colour."""
        columns = [self._lines(cell) for cell in cells]
        height = max(sum(leading(style) for _, style in lines) for lines in columns)
        self.room(min(height, _BOTTOM - _TOP - 60) + gap)
        if mark is not None:
            self.setter.dot(self.page, mark[0], self.y + 6.2, 2.6, mark[1])
        top, page = self.y, self.page
        # The longest last: it alone may turn the page.
        for cell, lines in sorted(zip(cells, columns, strict=True), key=lambda column: len(column[1])):
            self._column(cell.x, lines, top, is_only=len(lines) > 40)
        if self.page is page:
            self.y = top + height
        self.y += gap

    def _lines(self, cell: Cell) -> list[tuple[str, Style]]:
        return [
            (line, style)
            for text, style in cell.paragraphs
            if text
            for line in self.setter.wrap(text, cell.width, style)
        ]

    def _column(self, x: float, lines: list[tuple[str, Style]], top: float, *, is_only: bool) -> None:
        self.y = top
        for line, style in lines:
            if is_only:
                self.room(leading(style))
            self.line(x, line, style)
            self.y += leading(style)

    def finish(self, foot: str, title: str) -> bytes:
        """Number the pages and hand over the bytes, the same every time."""
        total = self.document.page_count
        for number in range(total):
            page = self.document[number]
            self.setter.rule(page, LEFT, RIGHT, _FOOT - 14, 0.8, 0.5)
            line = self.setter.wrap(foot, RIGHT - LEFT - 80, self.small)[0]
            self.setter.write(page, LEFT, _FOOT, line, self.small)
            self.setter.write_right(page, RIGHT, _FOOT, f"Page {number + 1} of {total}", self.small)
        self.setter.put_down(self.document)
        self.document.set_metadata({"title": title})
        self.document.subset_fonts()
        content: bytes = self.document.tobytes(garbage=3, deflate=True, no_new_id=True, use_objstms=1)
        return content
