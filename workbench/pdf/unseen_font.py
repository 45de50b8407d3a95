"""A font without shapes of its own: it puts words under a picture, so that they can be searched and copied."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

#: Units of the em; readers take the height of a line from ascent and descent, which together are one em.
UNITS = 1000
ASCENT, DESCENT = 800, -200
#: Readers that judge a letter by its outline find a plain rectangle of this height, about as wide as the letter.
_BODY, _STEP = 700, 50
_RECTANGLES = UNITS // _STEP


class UnseenFont:
    """One font for all burnt-in pages of a file: every letter gets a code of its own, in the order it is met.

    Letters of every script come back exactly as they were put in, because each code names its letter.
    """

    NAME = "WorkbenchWords"

    def __init__(self, widths: Mapping[str, float]) -> None:
        self._widths = widths
        self._codes: dict[str, int] = {}

    def code(self, character: str) -> int:
        """The code of a letter, from 1."""
        return self._codes.setdefault(character, len(self._codes) + 1)

    def width(self, text: str) -> float:
        """How wide a text is at a size of one point."""
        return sum(self._width(character) for character in text)

    def _width(self, character: str) -> float:
        return self._widths.get(character, 0.6) or 0.2

    def encoded(self, text: str) -> str:
        """The text as a hexadecimal string of a content stream."""
        return "".join(f"{self.code(character):04x}" for character in text)

    def embed(self, pdf: pikepdf.Pdf) -> Any:
        """The finished font as an object of ``pdf``; after the last page was written."""
        advances = [round(self._width(character) * UNITS) for character in self._codes]
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name(f"/{self.NAME}"),
            Flags=4,
            FontBBox=Array([0, DESCENT, UNITS, ASCENT]),
            ItalicAngle=0,
            Ascent=ASCENT,
            Descent=DESCENT,
            CapHeight=_BODY,
            StemV=80,
            FontFile2=pdf.make_stream(_true_type()),
        )
        letters = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name(f"/{self.NAME}"),
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=UNITS,
            W=Array([1, Array(advances)]),
            CIDToGIDMap=pdf.make_stream(struct.pack(f">{len(advances) + 1}H", 0, *map(_rectangle_of, advances))),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=Name(f"/{self.NAME}"),
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(letters)]),
                ToUnicode=pdf.make_stream(_to_unicode(self._codes)),
            )
        )


def _to_unicode(codes: Mapping[str, int]) -> bytes:
    lines = [f"<{code:04x}> <{character.encode('utf-16-be').hex()}>" for character, code in codes.items()]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def _rectangle_of(advance: int) -> int:
    return min(max(advance // _STEP, 1), _RECTANGLES)


def _true_type() -> bytes:
    """A TrueType font of nothing and of rectangles, each a step wider than the one before."""
    widths = [number * _STEP for number in range(1, _RECTANGLES + 1)]
    glyphs = [_rectangle(width) for width in widths]
    count, places = len(widths) + 1, [0, *(len(glyphs[0]) // 2 * number for number in range(len(glyphs) + 1))]
    box = (0, DESCENT, UNITS, ASCENT)
    return _font_file(
        {
            b"glyf": b"".join(glyphs),
            b"head": struct.pack(
                ">IIIIHHqq4hHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, UNITS, 0, 0, *box, 0, 8, 2, 0, 0
            ),
            b"hhea": struct.pack(">IhhhH11hH", 0x10000, ASCENT, DESCENT, 0, UNITS, 0, 0, UNITS, 1, *[0] * 7, count),
            b"hmtx": b"".join(struct.pack(">Hh", width, 0) for width in (UNITS, *widths)),
            b"loca": struct.pack(f">{len(places)}H", *places),
            b"maxp": struct.pack(">IH13H", 0x10000, count, 4, 1, 0, 0, 1, *[0] * 8),
        }
    )


def _rectangle(width: int) -> bytes:
    corners = struct.pack(">4h4h", 0, 0, width, 0, 0, _BODY, 0, -_BODY)
    glyph = struct.pack(">5hHH4B", 1, 0, 0, width, _BODY, 3, 0, 1, 1, 1, 1) + corners
    return glyph + b"\0" * (-len(glyph) % 4)


def _font_file(tables: Mapping[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">IHHHH", 0x10000, count, 16 << power, power, 16 * count - (16 << power))
    at, directory, bodies = len(header) + 16 * count, b"", b""
    for tag, body in sorted(tables.items()):
        padded = body + b"\0" * (-len(body) % 4)
        directory += struct.pack(">4sIII", tag, _checksum(padded), at + len(bodies), len(body))
        bodies += padded
    return header + directory + bodies


def _checksum(table: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(table) // 4}I", table)
    return sum(words) & 0xFFFFFFFF
