"""Looks at the places of a page that should be redacted: by two readers, by its pixels, by what is drawn there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pymupdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from workbench.pdf.check_drawing import INVISIBLE, Drawing
from workbench.pdf.check_pictures import Letters, Seen
from workbench.pdf.check_places import Bounds, Place, View, contains, inset, middle_in

#: Letters of neighbours may reach so far into a mark.
_RIM_PT = 1.5


def mark_facts(
    marks: Sequence[tuple[Place, str]],
    *,
    view: View,
    text_page: pdfium.PdfTextPage,
    letters: Letters,
    drawing: Drawing,
    seen: Seen,
    other: pymupdf.Page,
) -> Iterator[dict[str, Any]]:
    """What is found at each mark, given as (place, label)."""
    for place, label in marks:
        inside = inset(place, _RIM_PT)
        bounds = view.own(inside)
        under = [index for index, at in letters.all() if middle_in(bounds, at)]
        yield {
            "place": list(place),
            "letters": [len(under), _letters_of_other(other, inside)],
            "is_uniform": seen.is_one_colour(inset(place, _RIM_PT), but_for_label=bool(label)),
            "drawings": sum(_lies_in(path, bounds) for path in drawing.paths),
            "hidden_letters": sum(_is_hidden(text_page, index) for index in under),
        }


def _letters_of_other(page: pymupdf.Page, place: Place) -> int:
    """Letters and digits whose middle lies in a place, as the second reader sees them."""
    area, turned = pymupdf.Rect(*place), _turned(page)
    count = 0
    for block in page.get_text("rawdict", flags=0)["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                for letter in span["chars"]:
                    box = pymupdf.Rect(letter["bbox"]) * turned
                    middle = pymupdf.Point((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
                    count += letter["c"].isalnum() and area.contains(middle)
    return count


def _turned(page: pymupdf.Page) -> pymupdf.Matrix:
    """From unturned places to those displayed; the library's own matrix forgets the page's user unit."""
    width, height = page.rect.width, page.rect.height
    return {
        90: pymupdf.Matrix(0, 1, -1, 0, width, 0),
        180: pymupdf.Matrix(-1, 0, 0, -1, width, height),
        270: pymupdf.Matrix(0, -1, 1, 0, 0, height),
    }.get(page.rotation, pymupdf.Matrix(1, 1))


def _lies_in(path: Bounds, bounds: Bounds) -> bool:
    """A line or shape in a mark; one that fills the whole of it is the mark itself."""
    overlaps = path[0] < bounds[2] and path[2] > bounds[0] and path[1] < bounds[3] and path[3] > bounds[1]
    return overlaps and not contains(path, bounds)


def _is_hidden(text_page: pdfium.PdfTextPage, index: int) -> bool:
    item = raw.FPDFText_GetTextObject(text_page.raw, index)
    return bool(item) and raw.FPDFTextObj_GetTextRenderMode(item) in INVISIBLE
