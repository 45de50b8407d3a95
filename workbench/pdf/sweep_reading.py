"""Sweeps one PDF for protected terms in a child process: pages by two readers, objects, revisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pymupdf

from workbench.domain.file_kinds import kind_of
from workbench.domain.leak_search import LeakSearch, Matchers
from workbench.pdf.quiet import quieten
from workbench.pdf.sweep_loose import sweep_around, sweep_carved, sweep_loose_parts, sweep_revisions
from workbench.pdf.sweep_objects import ObjectReader
from workbench.pdf.sweep_pages import MUPDF_TROUBLE, PageReader, picture_words

Tell = Callable[[dict[str, Any]], None]
#: The share of the pages that the first of two children reads, because it reads everything else as well.
_FIRST_SHARE = 0.42


def make_task() -> Callable[[dict[str, Any], list[bytes], Tell], tuple[dict[str, Any], list[bytes]]]:
    """The sandbox task ``workbench.pdf.sweep_reading:make_task``.

    ``{"file", "names", "part", "parts", "tessdata"}`` with a PDF or a picture; answers what was found, and as blobs
    the files inside. Of two parts the first also reads everything that is no page.
    """
    quieten()
    matchers = Matchers()

    def sweep(request: dict[str, Any], blobs: list[bytes], tell: Tell) -> tuple[dict[str, Any], list[bytes]]:
        search = matchers.search(request)
        part, parts = int(request.get("part", 0)), int(request.get("parts", 1))
        tessdata = str(request.get("tessdata", ""))
        if kind_of(blobs[0]) == "picture":
            picture_words(search, blobs[0], tessdata, "the picture")
        else:
            _sweep_pdf(search, blobs[0], part, parts, tessdata, tell)
        return search.facts(), [content for _, content in search.inner]

    return sweep


def _sweep_pdf(search: LeakSearch, content: bytes, part: int, parts: int, tessdata: str, tell: Tell) -> None:
    document = _opened(search, content)
    if document is None:
        if part == 0:
            search.look_at_bytes(content, "the bytes")
            sweep_around(search, content)
        return
    with document:
        reader = PageReader(search, content, document)
        if part == 0:
            if not reader.has_second:
                search.skip(f"“{search.file}” cannot be opened by the second reader.")
            _sweep_rest(search, content, document, tell)
        reader.read(_pages(document.page_count, part, parts), tell, tessdata=tessdata)
        reader.close()


def _opened(search: LeakSearch, content: bytes) -> pymupdf.Document | None:
    try:
        document = pymupdf.open(stream=content, filetype="pdf")
        if document.needs_pass:
            search.skip(f"“{search.file}” is locked with a password and was not swept.")
            return None
        if document.page_count < 1:
            search.skip(f"“{search.file}” has no page that can be read and was not swept.")
            return None
    except MUPDF_TROUBLE:
        search.skip(f"“{search.file}” is damaged and does not open; it was not swept.")
        return None
    return document


def _sweep_rest(search: LeakSearch, content: bytes, document: pymupdf.Document, tell: Tell) -> None:
    objects = ObjectReader(search, document)
    objects.read(tell)
    sweep_around(search, content)
    sweep_carved(search, content, document.xref_length(), objects.unread, tell)
    sweep_revisions(search, content, document, tell)
    sweep_loose_parts(search, content, tell)


def _pages(count: int, part: int, parts: int) -> range:
    if parts == 1:
        return range(count)
    border = int(count * _FIRST_SHARE)
    return range(border) if part == 0 else range(max(0, border - 1), count)
