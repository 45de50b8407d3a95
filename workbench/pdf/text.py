"""Makes the text of a page from its words, so that every place in the text has a place on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pymupdf

from workbench.domain.errors import FileRefused, PdfDamaged, Refused
from workbench.domain.geometry import Box, Word
from workbench.domain.received import PageText

#: Ligatures come out as their letters; text outside the page's visible part is left out.
_FLAGS = pymupdf.TEXT_MEDIABOX_CLIP
#: No text of a case holds these: control characters, and halves of characters that no encoding knows.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

_LOCKED_BY_CERTIFICATE = (
    "This PDF can only be opened with a certificate of the person it was locked for. Ask the supplier for an open copy."
)

Tell = Callable[[dict[str, Any]], None]


def read_page(page: pymupdf.Page) -> tuple[PageText, list[Word]]:
    """The text of a page and the place of each word in it.

    The one function that makes page text: words are joined by a space, lines by a line end, blocks by an empty
    line. Offsets count code points of that text; boxes are points from the top left of the page as displayed.
    """
    words = _words(page)
    text = _joined(words)
    return _page_text(page, text), list(_placed(words, _turn(page) if page.rotation else None))


def read_page_text(page: pymupdf.Page) -> PageText:
    """The same text as ``read_page`` gives, without the words; for import, where only the text is kept."""
    return _page_text(page, _joined(_words(page)))


def _page_text(page: pymupdf.Page, text: str) -> PageText:
    return PageText(text=text, width_pt=round(page.rect.width, 3), height_pt=round(page.rect.height, 3))


def _turn(page: pymupdf.Page) -> pymupdf.Matrix:
    """From the page as written to the page as displayed; the library's own matrix forgets the page's unit."""
    turn = page.rotation_matrix
    x, y = (1.0 if turn.a < 0 or turn.c < 0 else 0.0), (1.0 if turn.b < 0 or turn.d < 0 else 0.0)
    return pymupdf.Matrix(turn.a, turn.b, turn.c, turn.d, x * page.rect.width, y * page.rect.height)


#: x0, y0, x1, y1, text, block, line, number in the line; as MuPDF gives them.
_RawWord = tuple[float, float, float, float, str, int, int, int]


def _words(page: pymupdf.Page) -> list[_RawWord]:
    words: list[_RawWord] = page.get_textpage(flags=_FLAGS).extractWORDS()
    return words


def _joined(words: list[_RawWord]) -> str:
    """The text; a word is put behind its separator, so that ``_placed`` can walk the same way."""
    parts: list[str] = []
    last_block = last_line = -1
    for _, _, _, _, text, block, line, _ in words:
        if block != last_block:
            parts += ("\n\n", text)
        else:
            parts += (" " if line == last_line else "\n", text)
        last_block, last_line = block, line
    joined = "".join(parts[1:])
    return _UNWANTED.sub("\ufffd", joined) if _UNWANTED.search(joined) else joined


def _placed(words: list[_RawWord], turn: pymupdf.Matrix | None) -> Iterator[Word]:
    """Where each word stands in the text that ``_joined`` made of them."""
    at = 0
    last_block: int | None = None
    for word in words:
        if last_block is not None:
            at += 1 if word[5] == last_block else 2
        start, at, last_block = at, at + len(word[4]), word[5]
        if at > start:
            yield Word(start, at, _box(word, turn))


def _box(word: _RawWord, turn: pymupdf.Matrix | None) -> Box:
    if turn is None:
        return Box(word[0], word[1], word[2], word[3])
    rect = pymupdf.Rect(word[:4]) * turn
    return Box(rect.x0, rect.y0, rect.x1, rect.y1)


def open_pdf(content: bytes) -> pymupdf.Document:
    """A PDF from its bytes; raises ``FileRefused`` with a sentence when it cannot be read."""
    try:
        document = pymupdf.open(stream=content, filetype="pdf")
    except (pymupdf.FileDataError, RuntimeError, ValueError):
        if b"/Adobe.PubSec" in content:
            raise FileRefused(_LOCKED_BY_CERTIFICATE) from None
        raise PdfDamaged(
            "This PDF is damaged beyond reading. Open it in another program and save it again, "
            "or ask the supplier for another copy."
        ) from None
    if document.needs_pass:
        raise FileRefused(
            "This PDF is locked with a password. Ask the supplier for a copy without one, or save an unlocked copy."
        )
    return document


class _WordReader:
    """Keeps one document open and answers with the words of its pages."""

    def __init__(self) -> None:
        self._document: pymupdf.Document | None = None

    def __call__(self, request: dict[str, Any], blobs: list[bytes], tell: Tell) -> tuple[dict[str, Any], list[bytes]]:
        if request["do"] == "open":
            self._document = open_pdf(blobs[0])
            return {"page_count": self._document.page_count}, []
        if self._document is None:
            raise Refused("No document is open. Open it first.")
        page_text, words = read_page(self._document[int(request["page_index"])])
        placed = [[w.start, w.end, w.box.x0, w.box.y0, w.box.x1, w.box.y1] for w in words]
        return {"text": page_text.text, "words": placed}, []


def make_task() -> _WordReader:
    """The sandbox task ``workbench.pdf.text:make_task``: ``{"do": "open"}`` with a PDF, then ``{"do": "words"}``."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    return _WordReader()
