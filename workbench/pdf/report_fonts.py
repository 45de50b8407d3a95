"""The letters of a report in a PDF: how wide each is, which font has it, and the fonts themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pikepdf
import pymupdf
from pikepdf import Array, Dictionary, Name

REGULAR, BOLD, ITALIC, BOLD_ITALIC, FALLBACK = range(5)
_EM = 1000


@dataclass(slots=True)
class Face:
    """One font and what of it was used."""

    key: str
    font: pymupdf.Font
    content: bytes
    used: dict[int, str] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in the font that has it."""

    face: int
    glyph: int
    width: float


class Fonts:
    """Four cuts of one family; letters that it lacks come from the fallback font of the library."""

    def __init__(self, contents: Sequence[bytes]) -> None:
        self.faces = [
            Face(f"F{number}", pymupdf.Font(fontbuffer=content), content) for number, content in enumerate(contents)
        ]
        self._letters: dict[tuple[int, str], Letter] = {}
        self._widths: dict[tuple[str, int], float] = {}
        self.missing: dict[str, int] = {}

    @cached_property
    def _fallback(self) -> Face:
        font = pymupdf.Font("cjk")
        face = Face(f"F{FALLBACK}", font, bytes(font.buffer))
        self.faces.append(face)
        return face

    def letter(self, character: str, face: int) -> Letter:
        """Where a letter is found and how wide it is at a size of one point."""
        known = self._letters.get((face, character))
        if known is None:
            known = self._letters[face, character] = self._find(character, face)
        return known

    def _find(self, character: str, face: int) -> Letter:
        chosen, held = face, self.faces[face]
        glyph = held.font.has_glyph(ord(character))
        if not glyph:
            glyph = self._fallback.font.has_glyph(ord(character))
            if glyph:
                chosen, held = FALLBACK, self._fallback
            else:
                self.missing[character] = self.missing.get(character, 0) + 1
        width = float(held.font.glyph_advance(ord(character))) if glyph else 0.6
        held.used.setdefault(glyph, character if glyph else "\ufffd")
        held.widths[glyph] = width
        return Letter(chosen, glyph, width)

    def width(self, text: str, face: int, size: float) -> float:
        """How wide words are."""
        known = self._widths.get((text, face))
        if known is None:
            known = self._widths[text, face] = sum(self.letter(character, face).width for character in text)
        return size * known

    def shown(self, text: str, face: int) -> list[tuple[str, str, float]]:
        """The words as (key of the font, hexadecimal glyphs, width at one point), as few pieces as can be."""
        pieces: list[tuple[int, list[str], float]] = []
        for character in text:
            letter = self.letter(character, face)
            if pieces and pieces[-1][0] == letter.face:
                pieces[-1][1].append(f"{letter.glyph:04x}")
                pieces[-1] = (letter.face, pieces[-1][1], pieces[-1][2] + letter.width)
            else:
                pieces.append((letter.face, [f"{letter.glyph:04x}"], letter.width))
        return [(self.faces[held].key, "".join(glyphs), width) for held, glyphs, width in pieces]

    def embed(self, pdf: pikepdf.Pdf) -> Dictionary:
        """The fonts that were used, as the resources of a page name them."""
        held = {f"/{face.key}": pdf.make_indirect(_embedded(pdf, face)) for face in self.faces if face.used}
        return Dictionary(held)


def _embedded(pdf: pikepdf.Pdf, face: Face) -> Dictionary:
    name = Name("/" + face.font.name.replace(" ", ""))
    box = face.font.bbox
    program = pdf.make_stream(face.content)
    program.Length1 = len(face.content)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=32,
        FontBBox=Array([round(side * _EM) for side in (box.x0, box.y0, box.x1, box.y1)]),
        ItalicAngle=-12 if face.font.is_italic else 0,
        Ascent=round(face.font.ascender * _EM),
        Descent=round(face.font.descender * _EM),
        CapHeight=716,
        StemV=140 if face.font.is_bold else 80,
        FontFile2=program,
    )
    widths: list[object] = []
    for glyph in sorted(face.widths):
        widths += [glyph, Array([round(face.widths[glyph] * _EM, 2)])]
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=_EM,
        W=Array(widths),
        CIDToGIDMap=Name.Identity,
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=name,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_stream(_to_unicode(face.used)),
    )


def _to_unicode(used: dict[int, str]) -> bytes:
    """What each glyph means, for those who search, copy or listen."""
    rows = [f"<{glyph:04x}> <{character.encode('utf-16-be').hex()}>" for glyph, character in sorted(used.items())]
    blocks = []
    for start in range(0, len(rows), 100):
        block = rows[start : start + 100]
        blocks.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n" + "\n".join(blocks) + "\nendcmap\n"
        "CMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
