"""Puts the page number on a page: upright at the bottom right of what is seen, whatever the page's rotation."""

from __future__ import annotations

import io

import pikepdf
import pymupdf
from pikepdf import Array, Dictionary, Name

from workbench.pdf.fitting import streams_of
from workbench.pdf.frame import Frame

_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-_/ "
SIZE_PT = 11.0
#: Close to the edge, below where documents print their own numbers.
_RIGHT_PT, _UP_PT = 14.0, 9.0
_PAD_PT = 3.0
_FONT_KEY = "/WorkbenchStamp"


class Stamper:
    """Stamps pages of one PDF with one shared, embedded font."""

    def __init__(self, pdf: pikepdf.Pdf, bold: bytes) -> None:
        self._pdf = pdf
        self._font = pymupdf.Font(fontbuffer=bold)
        self._glyphs = {character: self._font.has_glyph(ord(character)) for character in _CHARACTERS}
        self._advances = {character: self._font.glyph_advance(ord(character)) for character in _CHARACTERS}
        self._embedded = self._embed()
        self._begin = pdf.make_stream(b"q\n")
        self._prepared: dict[tuple[int, int], str] = {}

    def _embed(self) -> pikepdf.Object:
        document = pymupdf.open()
        page = document.new_page()
        writer = pymupdf.TextWriter(page.rect)
        writer.append((72, 72), _CHARACTERS, font=self._font)
        writer.write_text(page)
        document.subset_fonts()
        source = pikepdf.open(io.BytesIO(document.tobytes(no_new_id=True)))
        fonts = source.pages[0].obj.Resources.Font
        return self._pdf.copy_foreign(fonts[next(iter(fonts.keys()))])

    def stamp(self, page: pikepdf.Page, label: str, frame: Frame) -> None:
        """Write ``label`` on the page; what was on it stays as it looked."""
        key = self._font_key(page.obj)
        ending = self._pdf.make_stream(self._operators(frame, label, key))
        contents = page.obj.get("/Contents")
        if isinstance(contents, pikepdf.Stream):
            page.obj.Contents = Array([self._begin, contents, ending])
        else:
            page.obj.Contents = Array([self._begin, *streams_of(contents), ending])

    def unstamp(self, page: pikepdf.Page) -> None:
        """Take away what ``stamp`` wrote."""
        page.obj.Contents = Array(list(page.obj.Contents)[1:-1])

    def _width(self, text: str, size: float) -> float:
        return float(size * sum(self._advances[character] for character in text))

    def _operators(self, frame: Frame, label: str, key: str) -> bytes:
        scale = 1 / frame.unit
        size, pad = SIZE_PT * scale, _PAD_PT * scale
        width = self._width(label, size)
        displayed_width, _ = frame.displayed_size
        right = max(displayed_width - _RIGHT_PT * scale - width, pad)
        x, y = frame.place(right, _UP_PT * scale)
        # The blank in front keeps the number a word of its own when a line of the page ends right beside it.
        blank = self._width(" ", size)
        glyphs = "".join(f"{self._glyphs[character]:04x}" for character in f" {label}")
        return (
            f"\nQ q {frame.upright} {x:.2f} {y:.2f} cm 1 g "
            f"{-pad:.2f} {-pad:.2f} {width + 2 * pad:.2f} {size + pad:.2f} re f "
            f"BT 0 g {key} {size:.2f} Tf 0 Tr {-blank:.2f} 0 Td <{glyphs}> Tj ET Q\n"
        ).encode()

    def _font_key(self, page: pikepdf.Object) -> str:
        """The name of the stamp font on this page; resources that pages share get the font once."""
        resources = page.get("/Resources")
        if not isinstance(resources, Dictionary):
            resources = page.Resources = Dictionary()
        shared = resources.objgen
        key = self._prepared.get(shared)
        if key is None:
            key = self._name_font(resources)
            if shared != (0, 0):
                self._prepared[shared] = key
        return key

    def _name_font(self, resources: Dictionary) -> str:
        """Add the stamp font; under another name when the source uses that name already."""
        fonts = resources.get("/Font")
        if not isinstance(fonts, Dictionary):
            fonts = resources.Font = Dictionary()
        key, number = _FONT_KEY, 1
        while key in fonts and fonts[key].objgen != self._embedded.objgen:
            number += 1
            key = f"{_FONT_KEY}{number}"
        fonts[Name(key)] = self._embedded
        return key
