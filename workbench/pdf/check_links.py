"""Reads back where the links and bookmarks of a finished bundle lead."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_VIEWS = {1: "XYZ", 2: "Fit", 3: "FitH", 4: "FitV", 5: "FitR", 6: "FitB", 7: "FitBH", 8: "FitBV"}
_MOST_LINKS = 2_000


def one_line(text: str) -> str:
    """Text with its white space evened out."""
    return " ".join(text.split())


def _links(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> Iterator[tuple[Any, Any]]:
    """Every link inside the document with its destination."""
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    for _ in range(_MOST_LINKS):
        if not raw.FPDFLink_Enumerate(page.raw, ctypes.byref(position), ctypes.byref(link)):
            return
        destination = raw.FPDFLink_GetDest(document.raw, link)
        if destination:
            yield link, destination


def link_targets(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> list[int]:
    """The pages that links on a page lead to."""
    return [raw.FPDFDest_GetDestPageIndex(document.raw, destination) for _, destination in _links(document, page)]


def row_links(
    document: pdfium.PdfDocument, index: int, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage
) -> Iterator[dict[str, Any]]:
    """Every link of a page with the words on its height."""
    for link, destination in _links(document, page):
        rect = raw.FS_RECTF()
        if not raw.FPDFLink_GetAnnotRect(link, ctypes.byref(rect)):
            continue
        low, high = sorted((rect.bottom, rect.top))
        view, zoom = _view(pdfium.PdfDest(destination, document))
        yield {
            "page_index": index,
            "text": one_line(text_page.get_text_bounded(0, low, page.get_width(), high)),
            "target": raw.FPDFDest_GetDestPageIndex(document.raw, destination),
            "view": view,
            "zoom": zoom,
        }


def _view(destination: pdfium.PdfDest) -> tuple[str, float]:
    mode, places = destination.get_view()
    zoom = float(places[2]) if mode == 1 and len(places) > 2 and places[2] else 0.0
    return _VIEWS.get(mode, ""), zoom


def bookmarks(document: pdfium.PdfDocument) -> Iterator[dict[str, Any]]:
    """Every bookmark, in order."""
    for bookmark in document.get_toc(max_depth=20):
        destination = bookmark.get_dest()
        index = destination.get_index() if destination else None
        view, zoom = _view(destination) if destination else ("", 0.0)
        yield {
            "level": bookmark.level,
            "title": bookmark.get_title(),
            "target": -1 if index is None else index,
            "view": view,
            "zoom": zoom,
        }
