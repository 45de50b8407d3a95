"""Draws pages of a PDF as pictures and tells where their words stand; runs in a child process."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pymupdf

from workbench.domain.errors import FileRefused
from workbench.pdf.text import read_page

#: No picture is larger than this, whatever the zoom and the size of the page.
MAX_PIXELS = 24_000_000

Task = Callable[[dict[str, Any], list[bytes], Callable[[dict[str, Any]], None]], tuple[dict[str, Any], list[bytes]]]


def make_task() -> Task:
    """The task of a child process that keeps one document open: ``open``, ``render``, ``words``."""
    return _Drawing().answer


class _Drawing:
    def __init__(self) -> None:
        self._document: Any = None

    def answer(
        self, request: dict[str, Any], blobs: list[bytes], tell: Callable[[dict[str, Any]], None]
    ) -> tuple[dict[str, Any], list[bytes]]:
        if request["do"] == "open":
            return self._open(blobs[0]), []
        page = self._page(request["page_index"])
        if request["do"] == "words":
            text, words = read_page(page)
            boxes = [[w.start, w.end, w.box.x0, w.box.y0, w.box.x1, w.box.y1] for w in words]
            return {"text": text.text, "words": boxes}, []
        return render_page(page, float(request["scale"]))

    def _open(self, content: bytes) -> dict[str, Any]:
        try:
            self._document = pymupdf.open(stream=content, filetype="pdf")
            return {"pages": self._document.page_count}
        except (RuntimeError, ValueError) as error:
            raise FileRefused("This document cannot be opened as a PDF. Its stored original is not altered.") from error

    def _page(self, page_index: int) -> Any:
        try:
            return self._document[page_index]
        except (RuntimeError, ValueError, IndexError) as error:
            raise FileRefused(f"Page {page_index + 1} cannot be read: the PDF is damaged there.") from error


def render_page(page: Any, scale: float) -> tuple[dict[str, Any], list[bytes]]:
    """The page as displayed, ``scale`` pixels a point: {width, height, stride, scale} and rows of RGB bytes."""
    area = max(page.rect.width * page.rect.height, 1.0)
    scale = min(scale, math.sqrt(MAX_PIXELS / area))
    try:
        picture = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csRGB, alpha=False)
    except (RuntimeError, ValueError) as error:
        raise FileRefused(f"Page {page.number + 1} cannot be drawn: the PDF is damaged there.") from error
    size = {"width": picture.width, "height": picture.height, "stride": picture.stride, "scale": scale}
    return size, [bytes(picture.samples_mv)]
