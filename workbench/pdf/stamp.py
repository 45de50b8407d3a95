"""Puts the page number on a page: upright at the bottom right of what is seen, whatever the page's rotation."""

from __future__ import annotations

import pikepdf
from pikepdf import Array

from workbench.pdf.fitting import streams_of
from workbench.pdf.frame import Frame
from workbench.pdf.label_font import LabelFont

SIZE_PT = 11.0
#: Close to the edge, below where documents print their own numbers.
_RIGHT_PT, _UP_PT = 14.0, 9.0
_PAD_PT = 3.0


class Stamper:
    """Stamps pages of one PDF with one shared, embedded font."""

    def __init__(self, pdf: pikepdf.Pdf, font: LabelFont) -> None:
        self._pdf, self._font = pdf, font
        self._begin = pdf.make_stream(b"q\n")

    def stamp(self, page: pikepdf.Page, label: str, frame: Frame, beside: bytes = b"") -> None:
        """Write ``label`` on the page, after what is drawn ``beside``; what was on it stays as it looked."""
        key = self._font.key_on(page)
        ending = self._pdf.make_stream(b"\nQ " + beside + self._operators(frame, label, key))
        contents = page.obj.get("/Contents")
        if isinstance(contents, pikepdf.Stream):
            page.obj.Contents = Array([self._begin, contents, ending])
        else:
            page.obj.Contents = Array([self._begin, *streams_of(contents), ending])

    def unstamp(self, page: pikepdf.Page) -> None:
        """Take away what ``stamp`` wrote."""
        page.obj.Contents = Array(list(page.obj.Contents)[1:-1])

    def _operators(self, frame: Frame, label: str, key: str) -> bytes:
        scale = 1 / frame.unit
        size, pad = SIZE_PT * scale, _PAD_PT * scale
        width = self._font.width(label, size)
        displayed_width, _ = frame.displayed_size
        right = max(displayed_width - _RIGHT_PT * scale - width, pad)
        x, y = frame.place(right, _UP_PT * scale)
        # The blank in front keeps the number a word of its own when a line of the page ends right beside it.
        blank = self._font.width(" ", size)
        glyphs = self._font.glyphs(f" {label}")
        return (
            f"q {frame.upright} {x:.2f} {y:.2f} cm 1 g "
            f"{-pad:.2f} {-pad:.2f} {width + 2 * pad:.2f} {size + pad:.2f} re f "
            f"BT 0 g {key} {size:.2f} Tf 0 Tr {-blank:.2f} 0 Td <{glyphs}> Tj ET Q\n"
        ).encode()
