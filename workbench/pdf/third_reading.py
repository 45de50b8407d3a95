"""Reads the objects of a PDF with a third library: what its pages name, draw and say."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from workbench.domain.errors import FileRefused
from workbench.pdf.second_reading import Letter


def open_third(content: bytes) -> pikepdf.Pdf:
    """The PDF in the third reader; raises ``FileRefused``."""
    try:
        return pikepdf.open(io.BytesIO(content))
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise FileRefused(f"The PDF does not open in a third reader: {error}.") from None


def unit_of(pdf: pikepdf.Pdf, index: int) -> float:
    """How many points a unit of a page is."""
    return float(pdf.pages[index].obj.get("/UserUnit", 1))


def places_of(
    codes: bytes,
    matrix: Sequence[float],
    letters: dict[bytes, tuple[str, float]],
    unit: float,
    height_pt: float,
) -> Iterator[Letter]:
    """Every letter but the last, which is the space after the word, with its middle; from the content alone."""
    a, b, c, d, x, y = matrix
    at, up = 0.0, 0.3
    for start in range(0, len(codes) - 2, 2):
        text, width = letters.get(codes[start : start + 2], ("?", 0.0))
        along = at + width / 2
        yield Letter(text, (x + a * along + c * up) * unit, height_pt - (y + b * along + d * up) * unit)
        at += width


def letters_by_code(font: Any) -> dict[bytes, tuple[str, float]]:
    """Which letter each code of the font stands for, from its table for copying, and how wide it is."""
    if font is None:
        return {}
    table = bytes(font.ToUnicode.read_bytes()).decode("ascii")
    widths = [float(width) / 1000 for width in font.DescendantFonts[0].W[1]]
    pairs = re.findall(r"^<([0-9a-f]{4})> <([0-9a-f]+)>$", table.partition("beginbfchar")[2], re.MULTILINE)
    return {
        bytes.fromhex(code): (bytes.fromhex(letter).decode("utf-16-be", "replace"), widths[int(code, 16) - 1])
        for code, letter in pairs
    }


def _digest(stream: Any) -> str:
    return hashlib.sha256(bytes(stream.read_raw_bytes())).hexdigest()


def streams_of(objects: Any) -> set[str]:
    """The digests of all streams, as they are stored."""
    return {_digest(item) for item in objects if isinstance(item, pikepdf.Stream)}


def contents_of(page: pikepdf.Page) -> set[str]:
    """The digests of a page's content."""
    contents = page.obj.get("/Contents")
    parts = [contents] if isinstance(contents, pikepdf.Stream) else list(contents or [])
    return {_digest(part) for part in parts if isinstance(part, pikepdf.Stream)}


def drawings_named_by(page: pikepdf.Page) -> set[str]:
    """The digests of the pictures and drawings that a page names."""
    resources = page.resources if "/Resources" in page.obj else Dictionary()
    drawings = resources.get("/XObject", Dictionary())
    return {_digest(item) for item in drawings.values() if isinstance(item, pikepdf.Stream)}


def drawings_shown_by(holder: Any, *, depth: int = 0) -> set[str]:
    """The digests of what a page or form really draws."""
    resources = holder.get("/Resources", Dictionary())
    drawings = resources.get("/XObject", Dictionary())
    found: set[str] = set()
    try:
        steps = pikepdf.parse_content_stream(pikepdf.Page(holder) if holder.get("/Type") == Name.Page else holder, "Do")
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        return found
    for step in steps:
        drawing = drawings.get(str(step.operands[0])) if step.operands else None
        if isinstance(drawing, pikepdf.Stream):
            found.add(_digest(drawing))
            if drawing.get("/Subtype") == Name.Form and depth < 6:
                found |= drawings_shown_by(drawing, depth=depth + 1)
    return found
