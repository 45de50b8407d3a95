"""Embeds one font in a PDF, once for all pages, and writes short labels with it."""

from __future__ import annotations

import io

import pikepdf
import pymupdf
from pikepdf import Dictionary, Name

CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,;-_/ "

_KEY = "/WorkbenchStamp"


class LabelFont:
    """The bold font of page numbers and marks, embedded in one PDF."""

    def __init__(self, pdf: pikepdf.Pdf, bold: bytes) -> None:
        self._pdf = pdf
        font = pymupdf.Font(fontbuffer=bold)
        self._glyphs = {character: font.has_glyph(ord(character)) for character in CHARACTERS}
        self._advances = {character: font.glyph_advance(ord(character)) for character in CHARACTERS}
        self._embedded = self._embed(font)
        self._prepared: dict[tuple[int, int], str] = {}

    def _embed(self, font: pymupdf.Font) -> pikepdf.Object:
        document = pymupdf.open()
        page = document.new_page()
        writer = pymupdf.TextWriter(page.rect)
        writer.append((72, 72), CHARACTERS, font=font)
        writer.write_text(page)
        document.subset_fonts()
        source = pikepdf.open(io.BytesIO(document.tobytes(no_new_id=True)))
        fonts = source.pages[0].obj.Resources.Font
        return self._pdf.copy_foreign(fonts[next(iter(fonts.keys()))])

    def width(self, text: str, size: float) -> float:
        """How wide a text is in this size."""
        return float(size * sum(self._advances[character] for character in text))

    def glyphs(self, text: str) -> str:
        """The text as the hexadecimal string that shows it."""
        return "".join(f"{self._glyphs[character]:04x}" for character in text)

    def key_on(self, page: pikepdf.Page) -> str:
        """The name of the font on this page; resources that pages share get the font once."""
        resources = page.obj.get("/Resources")
        if not isinstance(resources, Dictionary):
            resources = page.obj.Resources = Dictionary()
        shared = resources.objgen
        key = self._prepared.get(shared)
        if key is None:
            key = self._named_in(resources)
            if shared != (0, 0):
                self._prepared[shared] = key
        return key

    def _named_in(self, resources: Dictionary) -> str:
        """Add the font; under another name when the source uses that name already."""
        fonts = resources.get("/Font")
        if not isinstance(fonts, Dictionary):
            fonts = resources.Font = Dictionary()
        key, number = _KEY, 1
        while key in fonts and fonts[key].objgen != self._embedded.objgen:
            number += 1
            key = f"{_KEY}{number}"
        fonts[Name(key)] = self._embedded
        return key
