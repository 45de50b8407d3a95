"""Walks over what a page draws, in order: pictures with their resolution, invisible text, boxes over letters."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from workbench.pdf.check_places import Bounds

_Matrix = tuple[float, float, float, float, float, float]
_STRAIGHT: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEPEST, _MOST_OBJECTS = 4, 60_000
_LEAST_BOX_PT = 3.0
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
    texts: list[tuple[object, _Matrix]] = field(default_factory=list)

    def share_of(self, width: float, height: float) -> float:
        """How much of the page its pictures cover, 1 at most."""
        covered = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in self.pictures)
        return min(covered / (width * height), 1.0) if width * height > 0 else 0.0


def walk(page: pdfium.PdfPage, *, wants_paths: bool) -> Drawing:
    """The drawing of a page; ``wants_paths`` keeps every line and shape, which only marks need."""
    drawing = Drawing()
    _Walk(drawing, page.get_cropbox(), wants_paths=wants_paths).over(page.raw, None, _STRAIGHT, 0)
    return drawing


class _Walk:
    def __init__(self, drawing: Drawing, visible: Bounds, *, wants_paths: bool) -> None:
        self._drawing, self._visible, self._wants_paths = drawing, visible, wants_paths
        x0, y0, x1, y1 = visible
        self._area = max((x1 - x0) * (y1 - y0), 1.0)

    def over(self, page: object, form: object, matrix: _Matrix, depth: int) -> None:
        """Look at the objects of a page, or of a form on it that is set by ``matrix``."""
        drawing = self._drawing
        count = raw.FPDFPage_CountObjects(page) if form is None else raw.FPDFFormObj_CountObjects(form)
        for index in range(max(count, 0)):
            drawing.objects += 1
            if drawing.objects > _MOST_OBJECTS:
                return
            item = raw.FPDFPage_GetObject(page, index) if form is None else raw.FPDFFormObj_GetObject(form, index)
            kind = raw.FPDFPageObj_GetType(item)
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
            self._drawing.has_hidden_text = True
        self._drawing.texts.append((item, matrix))

    def _path(self, item: object, matrix: _Matrix) -> None:
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, ctypes.byref(filled), ctypes.byref(stroked))
        if self._wants_paths and (filled.value or stroked.value) and (bounds := self._bounds(item, matrix)):
            self._drawing.paths.append(bounds)
        if filled.value and self._drawing.texts and _is_opaque(item):
            self._box(item, matrix)

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
            self._drawing.max_dpi = max(self._drawing.max_dpi, dpi)
        self._drawing.pictures.append(bounds)
        # A picture of the whole page over its text is a scan with OCR below, not a box.
        if self._drawing.texts and _area(bounds) < 0.3 * self._area:
            self._box(item, matrix)

    def _box(self, item: object, matrix: _Matrix) -> None:
        bounds = self._bounds(item, matrix)
        if bounds is None or min(bounds[2] - bounds[0], bounds[3] - bounds[1]) < _LEAST_BOX_PT:
            return
        drawn = self._drawing.texts
        if any(_overlap(bounds, under) for text, at in drawn if (under := self._bounds(text, at))):
            self._drawing.boxes.append(bounds)

    def _bounds(self, item: object, matrix: _Matrix) -> Bounds | None:
        """Where an object shows, within what is visible of the page."""
        sides = [ctypes.c_float() for _ in range(4)]
        if not raw.FPDFPageObj_GetBounds(item, *(ctypes.byref(side) for side in sides)):
            return None
        x0, y0, x1, y1 = (side.value for side in sides)
        if matrix is not _STRAIGHT:
            corners = [_moved(x, y, matrix) for x in (x0, x1) for y in (y0, y1)]
            x0, x1 = min(x for x, _ in corners), max(x for x, _ in corners)
            y0, y1 = min(y for _, y in corners), max(y for _, y in corners)
        left, bottom, right, top = self._visible
        shown = max(x0, left), max(y0, bottom), min(x1, right), min(y1, top)
        return shown if shown[0] < shown[2] and shown[1] < shown[3] else None


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


def _overlap(box: Bounds, other: Bounds) -> bool:
    return min(box[2], other[2]) - max(box[0], other[0]) > 1 and min(box[3], other[3]) - max(box[1], other[1]) > 1


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
