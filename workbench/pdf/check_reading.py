"""Reads a finished bundle back with other libraries than the one that wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import pymupdf
import pypdfium2 as pdfium

from workbench.domain.bundle_facts import Glance
from workbench.domain.bundle_rules_pages import is_turned
from workbench.domain.errors import FileRefused
from workbench.pdf.check_links import bookmarks, one_line, row_links
from workbench.pdf.check_objects import ObjectReading, open_for_objects, page_count
from workbench.pdf.check_page import PageReader, Wanted
from workbench.pdf.check_pictures import Look, is_slow, looks_like

Tell = Callable[[dict[str, Any]], None]
#: Pages on which links are read with the words beside them.
_FRONT_PAGES = 40
_HEAVIEST = 3
_MANY_OBJECTS = 1_500
_MOST_SCANS = 40
_OF_A_GLANCE = tuple(field.name for field in fields(Glance))


@dataclass(frozen=True, slots=True)
class _PageRead:
    """One page that was read: its facts, of a front page its text and links, and what it counts among scans."""

    facts: dict[str, Any]
    text: str | None
    rows: tuple[dict[str, Any], ...]
    scans: int
    examined: int
    wanted: Wanted

    def serves(self, wanted: Wanted, index: int, *, is_front: bool) -> bool:
        """Whether it is what is wanted now; marks are looked at when their places are known."""
        same = replace(self.wanted, marks={}) == replace(wanted, marks={})
        return same and index not in wanted.marks and (self.text is not None) == is_front


class ReadBack:
    """One finished bundle, open in two readers; several of these may each read a part of it."""

    def __init__(self, content: bytes) -> None:
        self._other: pymupdf.Document = open_for_objects(content)
        self._objects = ObjectReading(self._other, content)
        #: What a first look has read of pages already.
        self._ahead: dict[int, _PageRead] = {}
        self._looks: dict[int, Look] = {}
        try:
            self.document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            raise FileRefused(f"The PDF does not open in a second reader: {str(error).rstrip('.')}.") from None

    def read(self, part: int, parts: int, wanted: Wanted, front_pages: int, tell: Tell) -> dict[str, Any]:
        """The facts of one part of the pages and objects; the first part tells of the whole file too."""
        count = len(self.document)
        reader = PageReader(self.document, self._other, wanted, most_scans=_MOST_SCANS)
        front = max(front_pages, _FRONT_PAGES)
        found: list[_PageRead] = []
        for index in self._share(part, parts, tell):
            known = self._ahead.pop(index, None)
            if known is None or not known.serves(wanted, index, is_front=index < front):
                known = self._read_page(reader, index, wanted, is_front=index < front)
            else:
                reader.take_over(known.scans, known.examined)
            found.append(known)
        pages = [read.facts for read in found]
        self._time_heaviest(pages, count * part // parts)
        self._objects.read(part, parts)
        return {
            "pages": pages,
            "front_texts": [read.text for read in found if read.text is not None],
            "row_links": [row for read in found for row in read.rows],
            "scans": [reader.scans, reader.scans_examined],
            "objects": self._objects.found(),
            "whole": self._objects.whole() if part == 0 else {},
            "bookmarks": list(bookmarks(self.document)) if part == 0 else [],
            "page_counts": [count, page_count(self._other)],
        }

    def _share(self, part: int, parts: int, tell: Tell) -> Iterator[int]:
        """The pages of one part."""
        count = len(self.document)
        for index in range(count * part // parts, count * (part + 1) // parts):
            if index % 50 == 0:
                tell({"page": index})
            yield index

    def _read_page(self, reader: PageReader, index: int, wanted: Wanted, *, is_front: bool) -> _PageRead:
        before = reader.scans, reader.scans_examined
        page = self._page(index)
        text_page = page.get_textpage()
        facts = reader.read(index, page, text_page)
        text = one_line(text_page.get_text_range()) if is_front else None
        rows = tuple(row_links(self.document, index, page, text_page)) if is_front else ()
        text_page.close()
        page.close()
        if look := reader.looks.pop(index, None):
            self._looks[index] = look
        return _PageRead(facts, text, rows, reader.scans - before[0], reader.scans_examined - before[1], wanted)

    def glance(self, part: int, parts: int, ahead: Wanted | None, tell: Tell) -> list[dict[str, Any]]:
        """A first look at one part of the pages, for what the builder can still mend.

        With ``ahead`` pages are read as ``read`` will want them, once for both, until one is met that has to be
        mended: then the file will change, and all of it is read again.
        """
        reader = PageReader(self.document, self._other, ahead or Wanted(is_ours=True), most_scans=_MOST_SCANS)
        found = []
        for index in self._share(part, parts, tell):
            if ahead is not None:
                known = self._read_page(reader, index, ahead, is_front=index < _FRONT_PAGES)
                self._ahead[index] = known
                look = {name: known.facts[name] for name in _OF_A_GLANCE}
            else:
                look = self._glance(reader, index)
            found.append(look)
            if ahead is not None and self._has_to_be_mended(index, look):
                self._ahead.clear()
                ahead = None
        return found

    def _has_to_be_mended(self, index: int, look: dict[str, Any]) -> bool:
        glance = Glance(**look)
        return is_turned(glance) or not glance.shows(self.document.get_page_label(index))

    def _glance(self, reader: PageReader, index: int) -> dict[str, Any]:
        page = self._page(index)
        text_page = page.get_textpage()
        look = reader.glance(index, page, text_page)
        text_page.close()
        page.close()
        return look

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
            # Without this the fields of a form are not drawn.
            document.init_forms()
        except pdfium.PdfiumError:
            return {"wrong": [], "other_size": [], "compared": 0}
        for index, source_index, label, drawn in pairs:
            tell({"page": index})
            try:
                shown = document[source_index]
            except (pdfium.PdfiumError, IndexError):
                continue
            alike = self._alike(index, shown, label, drawn)
            shown.close()
            compared += alike is not None
            if alike is None:
                other_size.append(index)
            elif not alike:
                wrong.append(index)
        document.close()
        return {"wrong": wrong, "other_size": other_size, "compared": compared}

    def _alike(self, index: int, shown: pdfium.PdfPage, label: str, drawn: list[Any]) -> bool | None:
        """Whether a page looks as its source; one that was drawn when it was read is not drawn again."""
        look = self._looks.get(index)
        if look is not None and not drawn and look.label == label and look.is_of(shown):
            return True
        page = self._page(index)
        try:
            return looks_like(page, shown, label, drawn)
        finally:
            page.close()
