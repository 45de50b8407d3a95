"""Reads a finished bundle back with other libraries than the one that wrote it."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import pymupdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from workbench.domain.bundle_facts import BookmarkFacts, BundleFacts, ObjectFacts, PageFacts, RowLink
from workbench.domain.errors import FileRefused

_EDGE_PT = 62.0
_FRONT_PAGES = 40
_VIEWS = {1: "XYZ", 2: "Fit", 3: "FitH", 4: "FitV", 5: "FitR", 6: "FitB", 7: "FitBH", 8: "FitBV"}
_LIVE = re.compile(r"/(JS|JavaScript|Launch|URI|SubmitForm|ImportData|GoToR|GoToE|Movie|Sound|Rendition)\b")
_SUBTYPE = re.compile(r"/Subtype\s*/(\w+)")
_ANNOTATIONS = re.compile(
    "Text|FreeText|Line|Square|Circle|Polygon|PolyLine|Highlight|Underline|Squiggly|StrikeOut|Stamp|Caret|Ink|Popup|"
    "FileAttachment|Sound|Movie|Screen|Widget|PrinterMark|TrapNet|Watermark|3D|Redact"
)


def read_facts(content: bytes, tell: Callable[[dict[str, Any]], None], *, is_ours: bool) -> BundleFacts:
    """All facts of a PDF; raises ``FileRefused`` when it does not open.

    Of our own bundles it is known where numbers stand, so only that corner is read.
    """
    objects = _object_facts(content)
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise FileRefused(f"The PDF does not open in a second reader: {error}.") from None
    try:
        return _facts(document, objects, tell, is_ours=is_ours)
    finally:
        document.close()


def _facts(
    document: pdfium.PdfDocument, objects: ObjectFacts, tell: Callable[[dict[str, Any]], None], *, is_ours: bool
) -> BundleFacts:
    pages: list[PageFacts] = []
    texts: list[str] = []
    links: list[RowLink] = []
    for index in range(len(document)):
        if index % 50 == 0:
            tell({"page": index})
        page = document[index]
        text_page = page.get_textpage()
        pages.append(_page_facts(document, index, page, text_page, is_ours=is_ours))
        if index < _FRONT_PAGES:
            texts.append(_one_line(text_page.get_text_range()))
            links += _links(document, index, page, text_page)
        text_page.close()
        page.close()
    return BundleFacts(
        page_count=len(pages),
        pages=tuple(pages),
        front_texts=tuple(texts),
        row_links=tuple(links),
        bookmarks=tuple(_bookmarks(document)),
        objects=objects,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _page_facts(
    document: pdfium.PdfDocument,
    index: int,
    page: pdfium.PdfPage,
    text_page: pdfium.PdfTextPage,
    *,
    is_ours: bool,
) -> PageFacts:
    edges = _edges(page)
    words = [] if is_ours else [word for box in edges[:2] for word in text_page.get_text_bounded(*box).split()]
    corner = _one_line(text_page.get_text_bounded(*edges[2])) if is_ours else ""
    count = text_page.count_chars()
    tail = text_page.get_text_range(max(0, count - 40), min(40, count)) if count else ""
    turned = raw.FPDFText_GetCharAngle(text_page.raw, count - 1) if count else 0.0
    upright = math.isclose(math.cos(turned + math.radians(page.get_rotation())), 1, abs_tol=0.01)
    return PageFacts(
        label=document.get_page_label(index),
        edge_words=tuple(words),
        last_word=(tail.split() or [""])[-1],
        corner=corner,
        is_last_word_upright=upright,
        character_count=count,
    )


_Box = tuple[float, float, float, float]


def _edges(page: pdfium.PdfPage) -> tuple[_Box, _Box, _Box]:
    """Foot, head and bottom right corner as displayed, in the page's own coordinates (left, bottom, right, top)."""
    x0, y0, x1, y1 = page.get_cropbox()
    depth = _EDGE_PT
    bands = {
        0: ((x0, y0, x1, y0 + depth), (x0, y1 - depth, x1, y1)),
        90: ((x1 - depth, y0, x1, y1), (x0, y0, x0 + depth, y1)),
        180: ((x0, y1 - depth, x1, y1), (x0, y0, x1, y0 + depth)),
        270: ((x0, y0, x0 + depth, y1), (x1 - depth, y0, x1, y1)),
    }
    across = 180.0
    corners = {
        0: (x1 - across, y0, x1, y0 + depth),
        90: (x1 - depth, y1 - across, x1, y1),
        180: (x0, y1 - depth, x0 + across, y1),
        270: (x0, y0, x0 + depth, y0 + across),
    }
    rotation = page.get_rotation()
    return (*bands[rotation], corners[rotation])


def _links(
    document: pdfium.PdfDocument, index: int, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage
) -> Iterator[RowLink]:
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page.raw, ctypes.byref(position), ctypes.byref(link)):
        destination = raw.FPDFLink_GetDest(document.raw, link)
        rect = raw.FS_RECTF()
        if not destination or not raw.FPDFLink_GetAnnotRect(link, ctypes.byref(rect)):
            continue
        low, high = sorted((rect.bottom, rect.top))
        view, zoom = _view(pdfium.PdfDest(destination, document))
        yield RowLink(
            page_index=index,
            text=_one_line(text_page.get_text_bounded(0, low, page.get_width(), high)),
            target=raw.FPDFDest_GetDestPageIndex(document.raw, destination),
            view=view,
            zoom=zoom,
        )


def _view(destination: pdfium.PdfDest) -> tuple[str, float]:
    mode, places = destination.get_view()
    zoom = float(places[2]) if mode == 1 and len(places) > 2 and places[2] else 0.0
    return _VIEWS.get(mode, ""), zoom


def _bookmarks(document: pdfium.PdfDocument) -> Iterator[BookmarkFacts]:
    for bookmark in document.get_toc(max_depth=20):
        destination = bookmark.get_dest()
        index = destination.get_index() if destination else None
        view, zoom = _view(destination) if destination else ("", 0.0)
        yield BookmarkFacts(
            level=bookmark.level,
            title=bookmark.get_title(),
            target=-1 if index is None else index,
            view=view,
            zoom=zoom,
        )


def _object_facts(content: bytes) -> ObjectFacts:
    try:
        document = pymupdf.open(stream=content, filetype="pdf")
    except (pymupdf.FileDataError, RuntimeError) as error:
        raise FileRefused(f"The file does not open as a PDF: {error}.") from None
    if document.needs_pass:
        raise FileRefused("The PDF is locked with a password, so nothing of it can be checked.")
    live: set[str] = set()
    annotations: set[str] = set()
    for xref in range(1, document.xref_length()):
        text = document.xref_object(xref, compressed=True)
        live |= set(_LIVE.findall(text)) if "/S" in text or "/JS" in text or "/JavaScript" in text else set()
        if "/Rect" in text and (found := _SUBTYPE.search(text)) and _ANNOTATIONS.fullmatch(found[1]):
            annotations.add(found[1])
    opening = document.xref_get_key(document.pdf_catalog(), "OpenAction")
    return ObjectFacts(
        is_repaired=bool(document.is_repaired),
        is_encrypted=bool(document.metadata and document.metadata.get("encryption")) or document.permissions != -4,
        revisions=content.count(b"%%EOF"),
        opening=document.xref_object(int(opening[1].split()[0])) if opening[0] == "xref" else str(opening[1]),
        metadata={key: value or "" for key, value in (document.metadata or {}).items()},
        live=tuple(sorted(live)),
        attachments=document.embfile_count(),
        annotations=tuple(sorted(annotations)),
        fonts_not_embedded=_fonts_not_embedded(document),
    )


def _fonts_not_embedded(document: pymupdf.Document) -> tuple[str, ...]:
    """Fonts of the first pages that are not inside the file."""
    names = {
        font[3]
        for page in range(min(3, document.page_count))
        for font in document.get_page_fonts(page)
        if font[1] == "n/a" and font[2] != "Type3"
    }
    return tuple(sorted(names))
