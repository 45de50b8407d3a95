"""Puts pictures on pages: each at its own size where that fits A4, else made to fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pymupdf

from workbench.domain.errors import FileRefused
from workbench.pdf.paginate import tidy

Tell = Callable[[dict[str, Any]], None]

_MARGIN_PT = 28.0
_SCREEN_DPI = 96.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture as PNG or JPEG, its size in pixels, and its resolution (0 when it does not say)."""

    content: bytes
    width_px: int
    height_px: int
    dpi: float


def pages_of_pictures(pictures: Iterable[Picture], tell: Tell) -> bytes:
    """A PDF with one picture a page; scans that say they are A4 or smaller keep their true size."""
    document = pymupdf.open()
    for number, picture in enumerate(pictures, 1):
        tell({"pages_laid_out": number})
        paper, where = _place(picture)
        page = document.new_page(width=paper.width, height=paper.height)
        try:
            page.insert_image(where, stream=picture.content)
        except (RuntimeError, ValueError):
            raise FileRefused("This picture cannot be shown. Open it, save it as PNG and import that.") from None
    return tidy(document.tobytes())


def _place(picture: Picture) -> tuple[pymupdf.Rect, pymupdf.Rect]:
    dpi = picture.dpi if 50 <= picture.dpi <= 2400 else _SCREEN_DPI
    width, height = picture.width_px * 72 / dpi, picture.height_px * 72 / dpi
    paper = pymupdf.paper_rect("a4-l" if width > height else "a4")
    if width <= paper.width * 1.03 and height <= paper.height * 1.03 and width >= paper.width * 0.9:
        # A scanned page: the paper is the picture.
        return pymupdf.Rect(0, 0, width, height), pymupdf.Rect(0, 0, width, height)
    factor = min(1.0, (paper.width - 2 * _MARGIN_PT) / width, (paper.height - 2 * _MARGIN_PT) / height)
    left, top = (paper.width - width * factor) / 2, _MARGIN_PT
    return paper, pymupdf.Rect(left, top, left + width * factor, top + height * factor)
