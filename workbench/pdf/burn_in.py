"""Redacts a copy of a document: marked pages become pictures without what was marked, over words that may be read."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
import pymupdf
from pikepdf import Array, Dictionary, Name

from workbench.domain.covering import Covering, Mark, PageWord, cover, is_under, words_in
from workbench.domain.errors import FileRefused
from workbench.domain.geometry import Box
from workbench.pdf.burnt_page import Picture, burn, embed
from workbench.pdf.layers import keep_layers
from workbench.pdf.page_tree import PageTree
from workbench.pdf.quiet import quieten
from workbench.pdf.source import Source, open_source
from workbench.pdf.spreads import pages_that_share
from workbench.pdf.text import open_pdf, read_page
from workbench.pdf.unseen_font import DESCENT, UNITS, UnseenFont

Tell = Callable[[dict[str, Any]], None]
DEFAULT_DPI = 200.0
_FONT, _PICTURE = "/Words", "/Page"
#: The largest side of a page that gives no unit of its own.
_MOST_UNITS = 14_400
_TRACES = ("/Metadata", "/PieceInfo", "/AF", "/LastModified", "/Thumb")
#: Letters whose widths are taken from the text font; others are as wide as most.
_KNOWN_LETTERS = [chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x370, 0x500))]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Burnt:
    """A marked page as it goes into the copy."""

    width_pt: float
    height_pt: float
    words: tuple[PageWord, ...]
    covering: Covering
    picture: Picture


class _Burning:
    """The sandbox task: ``{"marks": [...], "dpi"}`` with a PDF and the bytes of the label's font."""

    def __call__(self, request: dict[str, Any], blobs: list[bytes], tell: Tell) -> tuple[dict[str, Any], list[bytes]]:
        """Answers ``{"pages": [facts of each marked page], "notices"}`` and the redacted copy.

        A mark is ``{page_index, boxes: [[x0, y0, x1, y1]], label, area}``: points from the top left of the page as
        displayed; ``area`` tells that it was drawn, not made from words.
        """
        copy = _Copy(blobs[0], blobs[1], float(request.get("dpi", DEFAULT_DPI)))
        for page_index, marks in sorted(marks_by_page(request["marks"]).items()):
            tell({"page": page_index})
            copy.burn(page_index, marks)
        copy.burn_pages_that_share()
        content = copy.finish(tell)
        return {"pages": copy.facts, "notices": copy.notices}, [content]


def make_task() -> _Burning:
    """The sandbox task ``workbench.pdf.burn_in:make_task``."""
    quieten()
    return _Burning()


def marks_by_page(described: Iterable[dict[str, Any]]) -> dict[int, list[Mark]]:
    """The marks of a request, by page index."""
    pages: dict[int, list[Mark]] = {}
    for item in described:
        boxes = tuple(Box(*map(float, sides)) for sides in item["boxes"])
        mark = Mark(boxes, str(item.get("label", "")), bool(item.get("area", False)))
        pages.setdefault(int(item["page_index"]), []).append(mark)
    return pages


class _Copy:
    """One redacted copy in the making."""

    def __init__(self, content: bytes, label_font: bytes, dpi: float) -> None:
        self._content, self._label_font, self._dpi = content, label_font, dpi
        self._document = open_pdf(content)
        face = pymupdf.Font(fontbuffer=label_font)
        advances = {letter: face.glyph_advance(ord(letter)) for letter in _KNOWN_LETTERS if face.has_glyph(ord(letter))}
        self._font = UnseenFont(advances)
        self._burnt: dict[int, _Burnt] = {}
        self.facts: list[dict[str, Any]] = []
        self.notices: list[str] = []

    def burn(self, page_index: int, marks: Sequence[Mark]) -> None:
        """Draw one page and decide which of its words stay; raises ``FileRefused``."""
        if not 0 <= page_index < self._document.page_count:
            raise FileRefused(
                f"There is no page {page_index + 1} to redact: the document has {self._document.page_count} pages. "
                "Remove the mark or correct its page."
            )
        page = self._document[page_index]
        words = page_words(page)
        marks = [_on_the_sheet(mark, page) for mark in marks]
        covering = cover(words, marks)
        self._tell_empty_marks(page_index, marks, words)
        pairs = list(zip(marks, covering.drawn, strict=True))
        labelled = [(mark.label, boxes[: len(mark.boxes)]) for mark, boxes in pairs]
        rests = [("", boxes[len(mark.boxes) :]) for mark, boxes in pairs]
        picture = burn(page, [*labelled, *rests], dpi=self._dpi, font=self._label_font)
        if picture.scale * 72 < min(self._dpi, DEFAULT_DPI) - 1:
            self.notices.append(f"page {page_index + 1} is very large and was drawn at {picture.scale * 72:.0f} dpi")
        self._burnt[page_index] = _Burnt(
            width_pt=page.rect.width, height_pt=page.rect.height, words=words, covering=covering, picture=picture
        )

    def burn_pages_that_share(self) -> None:
        """Burn in pages that hide parts of what a marked page draws, as the other half of a spread does."""
        sharing = pages_that_share(self._document, set(self._burnt))
        for page_index in sorted(sharing):
            self.burn(page_index, ())
        if sharing:
            numbers = ", ".join(str(index + 1) for index in sorted(sharing))
            self.notices.append(f"pages {numbers} hold drawings of a redacted page, so they were made pictures too")

    def _tell_empty_marks(self, page_index: int, marks: Sequence[Mark], words: Sequence[PageWord]) -> None:
        empty = sum(
            not any(is_under(word, box, is_area=mark.is_area) for box in mark.boxes for word in words) for mark in marks
        )
        if empty:
            marks_are = "a mark covers" if empty == 1 else f"{empty} marks cover"
            self.notices.append(f"page {page_index + 1}: {marks_are} no words; the place was blacked out")

    def finish(self, tell: Tell) -> bytes:
        """The copy: burnt pages, and the others as they are shown."""
        count = self._document.page_count
        wanted = set(range(count)) - self._burnt.keys()
        source = open_source(self._content, urn="The document", page_count=count, wanted=wanted)
        source.pdf.remove_unreferenced_resources()
        self._tell_what_is_left_out(source)
        with pikepdf.new() as pdf:
            tree = PageTree(pdf)
            for index in range(count):
                tell({"page": index})
                if index in self._burnt:
                    tree.pages.append(self._burnt_page(pdf, index, self._burnt[index]))
                else:
                    tree.take([source.pages[index]], source.pdf)
            tree.write()
            keep_layers(pdf, source.pdf, (source.pages[index].obj for index in sorted(wanted)))
            _keep_links(pdf, source, set(self._burnt))
            self._embed_font(pdf)
            _remove_traces(pdf)
            source.pdf.close()
            return _saved(pdf)

    def _tell_what_is_left_out(self, source: Source) -> None:
        self.notices += source.notices
        if source.bookmarks:
            self.notices.append("its bookmarks were taken out, because their titles may tell what was redacted")

    def _burnt_page(self, pdf: pikepdf.Pdf, index: int, burnt: _Burnt) -> pikepdf.Page:
        unit = max(1, math.ceil(max(burnt.width_pt, burnt.height_pt) / _MOST_UNITS))
        width, height = burnt.width_pt / unit, burnt.height_pt / unit
        image = embed(pdf, burnt.picture)
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
            Resources=Dictionary(XObject=Dictionary({_PICTURE: image})),
            Contents=pdf.make_stream(self._drawing(burnt, unit).encode("ascii")),
        )
        if unit > 1:
            page.UserUnit = unit
        self.facts.append(_facts(index, burnt, len(image.read_raw_bytes())))
        return pikepdf.Page(pdf.make_indirect(page))

    def _drawing(self, burnt: _Burnt, unit: int) -> str:
        """The page's content: its picture, then the words that stay, unseen."""
        factor = burnt.picture.scale * unit
        width, height = burnt.picture.image.width / factor, burnt.picture.image.height / factor
        sheet = burnt.height_pt / unit
        lines = [f"q {width:.4f} 0 0 {height:.4f} 0 {sheet - height:.4f} cm {_PICTURE} Do Q", "BT 3 Tr"]
        lines.append(f"{_FONT} 1 Tf")
        for number, word in enumerate(burnt.words):
            if number not in burnt.covering.gone:
                lines.append(self._line(word, sheet, unit))
        return "\n".join([*lines, "ET"])

    def _line(self, word: PageWord, sheet: float, unit: int) -> str:
        box = word.box
        x0, x1, y0, y1 = box.x0 / unit, box.x1 / unit, sheet - box.y1 / unit, sheet - box.y0 / unit
        advance = self._font.width(word.text)
        drop = -DESCENT / UNITS
        if word.runs_upright:
            along, across = (y1 - y0) / advance, max(x1 - x0, 0.1)
            matrix = f"0 {along:.4f} {-across:.4f} 0 {x1 - drop * across:.3f} {y0:.3f}"
        else:
            along, across = max(x1 - x0, 0.01) / advance, max(y1 - y0, 0.1)
            matrix = f"{along:.4f} 0 0 {across:.4f} {x0:.3f} {y0 + drop * across:.3f}"
        return f"{matrix} Tm <{self._font.encoded(word.text + ' ')}> Tj"

    def _embed_font(self, pdf: pikepdf.Pdf) -> None:
        font = self._font.embed(pdf)
        for index in self._burnt:
            pdf.pages[index].obj.Resources.Font = Dictionary({_FONT: font})


def page_words(page: pymupdf.Page) -> tuple[PageWord, ...]:
    """The words of a page as the case stores them, with their boxes as displayed, as far as they lie on the page."""
    text, words = read_page(page)
    sheet = Box(0.0, 0.0, page.rect.width, page.rect.height)
    return tuple(replace(word, box=_on(sheet, word.box)) for word in words_in(text.text, words))


def _on(sheet: Box, box: Box) -> Box:
    """The part of a box on the sheet; the box itself when none is."""
    part = Box(max(box.x0, sheet.x0), max(box.y0, sheet.y0), min(box.x1, sheet.x1), min(box.y1, sheet.y1))
    return part if part.x1 > part.x0 and part.y1 > part.y0 else box


def _on_the_sheet(mark: Mark, page: pymupdf.Page) -> Mark:
    """The mark within the page; one that lies beside it would redact nothing, so it is refused."""
    sheet = Box(0.0, 0.0, page.rect.width, page.rect.height)
    boxes = tuple(_on(sheet, box) for box in mark.boxes)
    boxes = tuple(
        box for box in boxes if box.x1 > sheet.x0 and box.y1 > sheet.y0 and box.x0 < sheet.x1 and box.y0 < sheet.y1
    )
    if not boxes:
        raise FileRefused(
            f"A mark lies beside page {page.number + 1} and would redact nothing. Remove it or draw it on the page."
        )
    return Mark(boxes, mark.label, mark.is_area)


def _facts(index: int, burnt: _Burnt, picture_bytes: int) -> dict[str, Any]:
    return {
        "page_index": index,
        "scale": burnt.picture.scale,
        "drawn": [[[box.x0, box.y0, box.x1, box.y1] for box in boxes] for boxes in burnt.covering.drawn],
        "labels": [[text, list(place)] for text, place in burnt.picture.labels],
        "gone": sorted(burnt.covering.gone),
        "picture_bytes": picture_bytes,
    }


def _keep_links(pdf: pikepdf.Pdf, source: Source, burnt: set[int]) -> None:
    """Links of pages that stayed lead where they led; into a burnt page, to its top."""
    for link in source.links:
        to = link.destination
        target = pdf.pages[to.page_index].obj
        place = (None, None) if to.page_index in burnt else (to.left, to.top)
        made = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array(list(link.rect)),
            Border=Array([0, 0, 0]),
            Dest=Array([target, Name.XYZ, *place, None]),
        )
        page = pdf.pages[link.page_index].obj
        if "/Annots" not in page:
            page.Annots = Array()
        page.Annots.append(pdf.make_indirect(made))


def _remove_traces(pdf: pikepdf.Pdf) -> None:
    """What programs leave on objects: metadata, private notes, attached files."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream | Dictionary):
            for key in _TRACES:
                if key in item:
                    del item[key]


def _saved(pdf: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    pdf.save(
        buffer,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
        min_version="1.7",
    )
    return buffer.getvalue()
