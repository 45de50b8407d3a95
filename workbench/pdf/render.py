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
MAX_BOOKMARKS = 5_000
#: Pictures smaller than this are signs and lines, not photographs or scans.
_LEAST_PICTURE_PT = 24.0
_MOST_PICTURES = 60

Task = Callable[[dict[str, Any], list[bytes], Callable[[dict[str, Any]], None]], tuple[dict[str, Any], list[bytes]]]


def make_task() -> Task:
    """The task of a child process that keeps one document open: ``open``, ``outline``, ``render``, ``words``."""
    return _Drawing().answer


class _Drawing:
    def __init__(self) -> None:
        self._document: Any = None

    def answer(
        self, request: dict[str, Any], blobs: list[bytes], tell: Callable[[dict[str, Any]], None]
    ) -> tuple[dict[str, Any], list[bytes]]:
        if request["do"] == "open":
            return self._open(blobs[0]), []
        if request["do"] == "outline":
            return self._outline(), []
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

    def _outline(self) -> dict[str, Any]:
        """Bookmarks as [level from 1, title, page index], and the page labels, "" for each page without one."""
        try:
            entries = [[level, title, page - 1] for level, title, page, *_ in self._document.get_toc()]
            labels = [page.get_label() for page in self._document] if self._document.get_page_labels() else []
        except (RuntimeError, ValueError, IndexError, KeyError) as error:
            raise FileRefused("The bookmarks of this document are damaged. Its pages are not.") from error
        return {"entries": entries[:MAX_BOOKMARKS], "labels": labels}

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
    facts = {"width": picture.width, "height": picture.height, "stride": picture.stride, "scale": scale}
    return facts | {"pictures": pictures_on(page)}, [bytes(picture.samples_mv)]


def pictures_on(page: Any) -> list[list[float]]:
    """Where photographs and scans stand: [x0, y0, x1, y1] of the page as displayed, the whole page for very many."""
    sheet = page.rect
    try:
        drawn = [box for what, box, *_ in page.get_bboxlog() if what in {"fill-image", "fill-imgmask"}]
    except (RuntimeError, ValueError):
        return [[0.0, 0.0, sheet.width, sheet.height]]
    boxes = [pymupdf.Rect(box) & sheet for box in drawn]
    large = [box for box in boxes if box.width >= _LEAST_PICTURE_PT and box.height >= _LEAST_PICTURE_PT]
    if len(large) > _MOST_PICTURES or _are_strips(boxes, sheet):
        return [[0.0, 0.0, sheet.width, sheet.height]]
    return [[box.x0, box.y0, box.x1, box.y1] for box in large]


def _are_strips(boxes: list[Any], sheet: Any) -> bool:
    """A scan is often cut into strips that are each too flat to count but cover the sheet together."""
    flat = [box for box in boxes if box.width > sheet.width / 2 and box.height < _LEAST_PICTURE_PT]
    return bool(sum(box.height for box in flat) > sheet.height / 3)
