"""Reads a finished bundle back with other libraries than the one that wrote it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pymupdf
import pypdfium2 as pdfium

from workbench.domain.errors import FileRefused
from workbench.pdf.check_links import bookmarks, one_line, row_links
from workbench.pdf.check_objects import ObjectReading, open_for_objects, page_count
from workbench.pdf.check_page import PageReader, Wanted
from workbench.pdf.check_pictures import is_slow, looks_like

Tell = Callable[[dict[str, Any]], None]
#: Pages on which links are read with the words beside them.
_FRONT_PAGES = 40
_HEAVIEST = 3
_MANY_OBJECTS = 1_500
_MOST_SCANS = 40


class ReadBack:
    """One finished bundle, open in two readers; several of these may each read a part of it."""

    def __init__(self, content: bytes) -> None:
        self._other: pymupdf.Document = open_for_objects(content)
        self._objects = ObjectReading(self._other, content)
        try:
            self.document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            raise FileRefused(f"The PDF does not open in a second reader: {str(error).rstrip('.')}.") from None

    def read(self, part: int, parts: int, wanted: Wanted, front_pages: int, tell: Tell) -> dict[str, Any]:
        """The facts of one part of the pages and objects; the first part tells of the whole file too."""
        count = len(self.document)
        reader = PageReader(self.document, self._other, wanted, most_scans=_MOST_SCANS)
        pages: list[dict[str, Any]] = []
        rows: list[dict[str, Any]] = []
        texts: list[str] = []
        for index in range(count * part // parts, count * (part + 1) // parts):
            if index % 50 == 0:
                tell({"page": index})
            page = self._page(index)
            text_page = page.get_textpage()
            pages.append(reader.read(index, page, text_page))
            if index < max(front_pages, _FRONT_PAGES):
                texts.append(one_line(text_page.get_text_range()))
                rows += row_links(self.document, index, page, text_page)
            text_page.close()
            page.close()
        self._time_heaviest(pages, count * part // parts)
        self._objects.read(part, parts)
        return {
            "pages": pages,
            "front_texts": texts,
            "row_links": rows,
            "scans": [reader.scans, reader.scans_examined],
            "objects": self._objects.found(),
            "whole": self._objects.whole() if part == 0 else {},
            "bookmarks": list(bookmarks(self.document)) if part == 0 else [],
            "page_counts": [count, page_count(self._other)],
        }

    def glance(self, part: int, parts: int, tell: Tell) -> list[dict[str, Any]]:
        """A first look at one part of the pages, for what the builder can still mend."""
        count = len(self.document)
        reader = PageReader(self.document, self._other, Wanted(is_ours=True), most_scans=0)
        found = []
        for index in range(count * part // parts, count * (part + 1) // parts):
            if index % 50 == 0:
                tell({"page": index})
            page = self._page(index)
            text_page = page.get_textpage()
            found.append(reader.glance(index, page, text_page))
            text_page.close()
            page.close()
        return found

    def _page(self, index: int) -> pdfium.PdfPage:
        try:
            return self.document[index]
        except pdfium.PdfiumError as error:
            raise FileRefused(f"Page {index + 1} of the PDF cannot be read: {str(error).rstrip('.')}.") from None

    def _time_heaviest(self, pages: list[dict[str, Any]], first: int) -> None:
        heavy = sorted(range(len(pages)), key=lambda n: -pages[n]["drawn_objects"])[:_HEAVIEST]
        for number in heavy:
            if pages[number]["drawn_objects"] > _MANY_OBJECTS:
                page = self._page(first + number)
                pages[number]["is_slow"] = is_slow(page)
                page.close()

    def compare(self, pairs: list[list[Any]], source: bytes, tell: Tell) -> dict[str, Any]:
        """Which pages look different from their source; ``pairs`` of (page, page of the source,
        label, margin marks).

        A source that this reader cannot open, or a page of it that it cannot draw, is not compared: the builder may
        have repaired it.
        """
        wrong: list[int] = []
        other_size: list[int] = []
        compared = 0
        try:
            document = pdfium.PdfDocument(source)
        except pdfium.PdfiumError:
            return {"wrong": [], "other_size": [], "compared": 0}
        for index, source_index, label, drawn in pairs:
            tell({"page": index})
            try:
                shown = document[source_index]
            except (pdfium.PdfiumError, IndexError):
                continue
            page = self._page(index)
            alike = looks_like(page, shown, label, drawn)
            page.close()
            shown.close()
            compared += alike is not None
            if alike is None:
                other_size.append(index)
            elif not alike:
                wrong.append(index)
        document.close()
        return {"wrong": wrong, "other_size": other_size, "compared": compared}
