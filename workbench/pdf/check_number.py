"""Finds the number printed on a page, and how it stands there."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from workbench.pdf.check_places import Bounds, View, inset

#: How close to its head or foot a page carries its number.
EDGE_PT = 62.0
_CLOSE_PT = 40.0
_MOST_HITS = 40


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a page: place in the page's own coordinates, and what the rules want to know."""

    bounds: Bounds
    facts: dict[str, Any]


def find_number(text_page: pdfium.PdfTextPage, view: View, label: str, tail: str, count: int) -> Number | None:
    """The label as the last word of a page, else where it stands at the page's head or foot; None when nowhere."""
    if not label:
        return None
    if tail.rstrip().endswith(label):
        end = count - (len(tail) - len(tail.rstrip()))
        return _number(text_page, view, label, end - len(label), end)
    searcher = text_page.search(label, match_case=True, match_whole_word=True)
    height = view.size[1]
    for _ in range(_MOST_HITS):
        hit = searcher.get_next()
        if hit is None:
            return None
        bounds = _bounds(text_page, hit[0], hit[0] + hit[1])
        place = view.shown(bounds)
        if place[3] <= EDGE_PT + 4 or place[1] >= height - EDGE_PT - 4:
            return _number(text_page, view, label, hit[0], hit[0] + hit[1])
    return None


def _number(text_page: pdfium.PdfTextPage, view: View, label: str, start: int, end: int) -> Number:
    bounds = _bounds(text_page, start, end)
    here = _folded(text_page.get_text_bounded(*inset(bounds, -1.0)))
    around = text_page.get_text_bounded(*inset(bounds, -_CLOSE_PT / view.unit)).split()
    return Number(
        bounds=bounds,
        facts={
            "is_upright": is_upright(text_page, view, end - 1),
            "size_pt": round(_size(text_page, end - 1) * view.unit, 1),
            "is_clear": len(here) <= len(label),
            "neighbours": [word for word in around if word.isdigit() and word != label][:4],
        },
    )


def _folded(text: str) -> str:
    return "".join(text.split())


def is_upright(text_page: pdfium.PdfTextPage, view: View, index: int) -> bool:
    """Whether a letter stands upright as displayed."""
    turned = raw.FPDFText_GetCharAngle(text_page.raw, index)
    return math.isclose(math.cos(turned + math.radians(view.rotation)), 1, abs_tol=0.01)


def _size(text_page: pdfium.PdfTextPage, index: int) -> float:
    """The size of a letter in the page's units: its font's size as set by its matrix."""
    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(text_page.raw, index))
    if not raw.FPDFText_GetMatrix(text_page.raw, index, ctypes.byref(matrix)):
        return size
    return size * math.hypot(matrix.c, matrix.d)


def _bounds(text_page: pdfium.PdfTextPage, start: int, end: int) -> Bounds:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    places: list[Bounds] = []
    for index in range(max(start, 0), end):
        if raw.FPDFText_GetCharBox(
            text_page.raw, index, ctypes.byref(left), ctypes.byref(right), ctypes.byref(bottom), ctypes.byref(top)
        ):
            places.append((left.value, bottom.value, right.value, top.value))
    if not places:
        return (0.0, 0.0, 0.0, 0.0)
    return (
        min(place[0] for place in places), min(place[1] for place in places),
        max(place[2] for place in places), max(place[3] for place in places),
    )  # fmt: skip
