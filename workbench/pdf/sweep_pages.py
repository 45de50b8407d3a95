"""Reads the words of every page for the leak sweep with two readers, hidden layers included."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pymupdf
import pypdfium2 as pdfium

from workbench.domain.leak_search import LeakSearch

Tell = Callable[[dict[str, Any]], None]
#: How the first reader says that it cannot follow something.
MUPDF_TROUBLE = (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError, IndexError)
#: Everything that is on the page, also outside its visible part.
#: With the letters that are drawn, whatever text the file wants to be read in their place.
_FLAGS = pymupdf.TEXT_PRESERVE_LIGATURES | pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_IGNORE_ACTUALTEXT
#: A picture that is written into the drawing itself.
_INLINE_PICTURE = re.compile(rb"(?<![A-Za-z])BI\s.{0,600}?\sID\s", re.DOTALL)
_ENDS = 80
_OCR_DPI = 200


class PageReader:
    """Reads the pages of one file; what the second reader sees alike is not looked at twice."""

    def __init__(self, search: LeakSearch, content: bytes, document: pymupdf.Document) -> None:
        self._search = search
        self._document = document
        self._second = _second_reader(content)
        self._before = ""
        show_all_layers(document)

    @property
    def has_second(self) -> bool:
        """False when the second reader cannot open the file."""
        return self._second is not None

    def close(self) -> None:
        """Release the second reader."""
        if self._second is not None:
            self._second.close()

    def read(self, indices: Iterable[int], tell: Tell, *, tessdata: str = "", named: str = "page") -> None:
        """Look at these pages; ``tessdata`` is where language files for reading pictures lie."""
        self._before = ""
        for index in indices:
            if index % 25 == 0:
                tell({"page": index + 1})
            try:
                self._page(index, tell, tessdata, named)
            except (*MUPDF_TROUBLE, pdfium.PdfiumError) as error:
                self._search.skip(f"Page {index + 1} of “{self._search.file}” cannot be read ({_one_line(error)}).")

    def _page(self, index: int, tell: Tell, tessdata: str, named: str) -> None:
        page = self._document[index]
        place, number = f"the text of {named} {index + 1}", index + 1
        words = page.get_textpage(flags=_FLAGS)
        text = words.extractText()
        self._search.look(text, place, number)
        self._in_place_order(words, text, place, number)
        other = self._second_text(index)
        if other.split() != text.split():
            self._search.look(other, f"{place} (second reader)", number)
        if self._before:
            self._search.look(f"{self._before}\n{text[:_ENDS]}", f"the end of {named} {index} and the next", index)
        self._before = text.rstrip()[-_ENDS:]
        if page.get_images() or self._thumbnail(page) or _has_inline_picture(page):
            self._search.pictures += 1
            if tessdata:
                tell({"page": number})
                self._pictures(page, tessdata, f"a picture on {named} {number}", number)

    def _in_place_order(self, words: pymupdf.TextPage, text: str, place: str, number: int) -> None:
        """Words as they stand on the page, line by line, where all words of a term are there in some order."""
        if not self._search.matcher.may_be_scattered(text):
            return
        placed = sorted(words.extractWORDS(), key=lambda word: (round(word[3] / 3), word[0]))
        ordered = " ".join(word[4] for word in placed)
        self._search.look(ordered, place, number)

    def _second_text(self, index: int) -> str:
        if self._second is None or index >= len(self._second):
            return ""
        page = self._second[index]
        text_page = page.get_textpage()
        text = str(text_page.get_text_range())
        text_page.close()
        page.close()
        return text

    def _thumbnail(self, page: pymupdf.Page) -> int:
        """The object number of the small picture of the page, 0 when it has none."""
        kind, value = self._document.xref_get_key(page.xref, "Thumb")
        return int(value.split()[0]) if kind == "xref" else 0

    def _pictures(self, page: pymupdf.Page, tessdata: str, place: str, number: int) -> None:
        seen = page.get_textpage_ocr(flags=_FLAGS, dpi=_OCR_DPI, full=True, tessdata=tessdata)
        self._search.look_at_picture(seen.extractText(), place, number)
        thumbnail = self._thumbnail(page)
        if thumbnail:
            with pymupdf.open() as enlarged:
                shown = enlarged.new_page()
                shown.insert_image(shown.rect, pixmap=pymupdf.Pixmap(self._document, thumbnail))
                seen = shown.get_textpage_ocr(flags=_FLAGS, dpi=_OCR_DPI, full=True, tessdata=tessdata)
                self._search.look_at_picture(seen.extractText(), f"the small picture of page {number}", number)


def _has_inline_picture(page: pymupdf.Page) -> bool:
    drawing = page.read_contents()
    # Few drawings hold the letters at all, and finding them is much faster than the pattern.
    return b"BI" in drawing and _INLINE_PICTURE.search(drawing) is not None


def picture_words(search: LeakSearch, content: bytes, tessdata: str, place: str) -> None:
    """The words of a picture file."""
    try:
        with pymupdf.open(stream=content) as picture:
            for page in picture:
                seen = page.get_textpage_ocr(flags=_FLAGS, dpi=_OCR_DPI, full=True, tessdata=tessdata)
                search.look_at_picture(seen.extractText(), place)
    except MUPDF_TROUBLE as error:
        search.skip(f"The picture “{search.file}” cannot be read ({_one_line(error)}).")


def show_all_layers(document: pymupdf.Document) -> None:
    """Switch on every layer, so that what is hidden is read as well."""
    with contextlib.suppress(*MUPDF_TROUBLE):
        layers = list(document.get_ocgs() or {})
        if layers:
            document.set_layer(-1, basestate="ON", on=layers, off=[])


def _second_reader(content: bytes) -> pdfium.PdfDocument | None:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        return None


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")


def loose_texts(content: bytes) -> Iterator[str]:
    """The words of every page of a file that was made of loose parts, by both readers."""
    with pymupdf.open(stream=content, filetype="pdf") as document:
        for page in document:
            yield page.get_textpage(flags=_FLAGS).extractText()
    second = _second_reader(content)
    if second is not None:
        for index in range(len(second)):
            yield str(second[index].get_textpage().get_text_range())
        second.close()
