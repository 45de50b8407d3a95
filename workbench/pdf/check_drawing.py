"""Walks over what a page draws, in order: pictures with their resolution, invisible text, boxes over letters."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from workbench.pdf.check_places import Bounds, contains, inset

_Matrix = tuple[float, float, float, float, float, float]
_STRAIGHT: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEPEST, _MOST_OBJECTS = 4, 60_000
_LEAST_BOX_PT = 3.0
_MOST_OF_A_PAGE = 0.3
#: A picture smaller than this is an ornament whose resolution nobody minds.
_LEAST_PICTURE_PT = 40.0
#: Ways of drawing text that leave nothing to see.
INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)


@dataclass(slots=True)
class Drawing:
    """What one page draws. ``boxes`` are opaque and stand on letters that were drawn before them."""

    objects: int = 0
    max_dpi: float = 0.0
    pictures: list[Bounds] = field(default_factory=list)
    has_hidden_text: bool = False
    paths: list[Bounds] = field(default_factory=list)
    boxes: list[Bounds] = field(default_factory=list)

    def share_of(self, width: float, height: float) -> float:
        """How much of the page its pictures cover, 1 at most."""
        covered = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in self.pictures)
        return min(covered / (width * height), 1.0) if width * height > 0 else 0.0


def walk(page: pdfium.PdfPage, visible: Bounds, number: Bounds | None, *, wants_paths: bool) -> Drawing:
    """The drawing of a page; ``wants_paths`` keeps every line and shape, which only marks need.

    The pad of the page's own number is no box.
    """
    walking = _Walk(visible, number, wants_paths=wants_paths)
    walking.over(page.raw, None, _STRAIGHT, 0)
    return walking.drawing


class _Walk:
    def __init__(self, visible: Bounds, number: Bounds | None, *, wants_paths: bool) -> None:
        self.drawing = Drawing()
        self._visible, self._number, self._wants_paths = visible, number, wants_paths
        self._area = max((visible[2] - visible[0]) * (visible[3] - visible[1]), 1.0)
        #: Text not measured yet, since few pages have boxes; and where the text before it stands.
        self._texts: list[tuple[object, _Matrix]] = []
        self._measured: list[Bounds] = []
        self._has_text = False
        self._sides = tuple(ctypes.c_float() for _ in range(4))
        self._at_sides = tuple(ctypes.byref(side) for side in self._sides)

    def over(self, page: object, form: object, matrix: _Matrix, depth: int) -> None:
        """Look at the objects of a page, or of a form on it that is set by ``matrix``."""
        drawing, is_page, kind_of = self.drawing, form is None, raw.FPDFPageObj_GetType
        count = raw.FPDFPage_CountObjects(page) if is_page else raw.FPDFFormObj_CountObjects(form)
        get, owner = (raw.FPDFPage_GetObject, page) if is_page else (raw.FPDFFormObj_GetObject, form)
        count = min(count, _MOST_OBJECTS - drawing.objects)
        drawing.objects += max(count, 0)
        for index in range(count):
            item = get(owner, index)
            kind = kind_of(item)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self._text(item, matrix)
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._picture(item, matrix)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                self.over(page, item, _times(_matrix_of(item), matrix), depth + 1)

    def _text(self, item: object, matrix: _Matrix) -> None:
        if raw.FPDFTextObj_GetTextRenderMode(item) in INVISIBLE:
            self.drawing.has_hidden_text = True
        self._has_text = True
        self._texts.append((item, matrix))

    def _path(self, item: object, matrix: _Matrix) -> None:
        if not self._has_text and not self._wants_paths:
            return
        bounds = self._bounds(item, matrix)
        if bounds is None or (not self._wants_paths and _is_thin(bounds)):
            return
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, ctypes.byref(filled), ctypes.byref(stroked))
        if self._wants_paths and (filled.value or stroked.value):
            self.drawing.paths.append(bounds)
        if filled.value and self._has_text and not _is_thin(bounds) and _is_opaque(item):
            self._box(bounds)

    def _picture(self, item: object, matrix: _Matrix) -> None:
        bounds = self._bounds(item, matrix)
        if bounds is None:
            return
        width, height = ctypes.c_uint(), ctypes.c_uint()
        raw.FPDFImageObj_GetImagePixelSize(item, ctypes.byref(width), ctypes.byref(height))
        a, b, c, d, _, _ = _times(_matrix_of(item), matrix)
        across, down = (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5
        if across >= _LEAST_PICTURE_PT and down >= _LEAST_PICTURE_PT:
            dpi = max(width.value / across, height.value / down) * 72
            self.drawing.max_dpi = max(self.drawing.max_dpi, dpi)
        self.drawing.pictures.append(bounds)
        # A picture of the whole page over its text is a scan with OCR below, not a box.
        if self._has_text and _area(bounds) < _MOST_OF_A_PAGE * self._area and not _is_thin(bounds):
            self._box(bounds)

    def _box(self, bounds: Bounds) -> None:
        number = self._number
        if number is not None and contains(inset(bounds, -4), number) and contains(inset(number, -30), bounds):
            return
        for item, matrix in self._texts:
            if (under := self._bounds(item, matrix)) is not None:
                self._measured.append(under)
        self._texts.clear()
        left, bottom, right, top = bounds[0] + 1, bounds[1] + 1, bounds[2] - 1, bounds[3] - 1
        if any(x0 < right and x1 > left and y0 < top and y1 > bottom for x0, y0, x1, y1 in self._measured):
            self.drawing.boxes.append(bounds)

    def _bounds(self, item: object, matrix: _Matrix) -> Bounds | None:
        """Where an object shows, within what is visible of the page."""
        if not raw.FPDFPageObj_GetBounds(item, *self._at_sides):
            return None
        x0, y0, x1, y1 = (side.value for side in self._sides)
        if matrix is not _STRAIGHT:
            corners = [_moved(x, y, matrix) for x in (x0, x1) for y in (y0, y1)]
            x0, x1 = min(x for x, _ in corners), max(x for x, _ in corners)
            y0, y1 = min(y for _, y in corners), max(y for _, y in corners)
        left, bottom, right, top = self._visible
        shown = (x0 if x0 > left else left), (y0 if y0 > bottom else bottom), min(x1, right), min(y1, top)
        return shown if shown[0] < shown[2] and shown[1] < shown[3] else None


def _is_thin(bounds: Bounds) -> bool:
    return bounds[2] - bounds[0] < _LEAST_BOX_PT or bounds[3] - bounds[1] < _LEAST_BOX_PT


def _is_opaque(item: object) -> bool:
    parts = [ctypes.c_uint() for _ in range(4)]
    return bool(raw.FPDFPageObj_GetFillColor(item, *(ctypes.byref(part) for part in parts))) and parts[3].value == 255


def _matrix_of(item: object) -> _Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, ctypes.byref(found))
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: _Matrix, second: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _area(bounds: Bounds) -> float:
    return (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])


def annotations_of(page: pdfium.PdfPage) -> Iterator[tuple[int, Bounds]]:
    """The kind and place of every annotation that is no link."""
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        rect = raw.FS_RECTF()
        if kind != raw.FPDF_ANNOT_LINK and raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
            bottom, top = sorted((rect.bottom, rect.top))
            yield kind, (rect.left, bottom, rect.right, top)
        raw.FPDFPage_CloseAnnot(annotation)
