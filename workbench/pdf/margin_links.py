"""Draws the marks that stand in a page's margin beside references, and links them and the words to what they cite."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from workbench.domain.geometry import Box
from workbench.domain.margin_marks import ARROW_PT, HEIGHT_PT, LETTERS_PT, MarginMark, PageMarks
from workbench.pdf.frame import Frame
from workbench.pdf.label_font import CHARACTERS, LabelFont

#: Blue, as links are; dark enough to be read when it is printed in grey.
_COLOUR = "0.05 0.2 0.6 rg"
#: From the bottom of a mark to the line its letters stand on.
_RISE_PT = 2.0
#: Pages whose frame is another than the marks were made for get none.
_TOLERANCE_PT = 1.5


def page_marks_from(row: Mapping[str, Any]) -> PageMarks:
    """The marks of a page from plain values, as ``dataclasses.asdict`` makes them."""
    marks = tuple(
        MarginMark(
            box=Box(**mark["box"]),
            text=str(mark["text"]),
            words=tuple(Box(**word) for word in mark["words"]),
            target=mark["target"],
        )
        for mark in row["marks"]
    )
    return PageMarks(width_pt=float(row["width_pt"]), height_pt=float(row["height_pt"]), marks=marks)


class MarginLinks:
    """Draws marks and their links on the pages of one PDF.

    ``target_of`` gives the destination of a physical index: the top of that page, keeping the zoom.
    """

    def __init__(self, pdf: pikepdf.Pdf, font: LabelFont, target_of: Callable[[int], Array]) -> None:
        self._pdf, self._font, self._target_of = pdf, font, target_of

    @staticmethod
    def fits(marks: PageMarks, frame: Frame) -> bool:
        """True when the page is as large as it was when its marks were placed."""
        width, height = (side * frame.unit for side in frame.displayed_size)
        return abs(width - marks.width_pt) < _TOLERANCE_PT and abs(height - marks.height_pt) < _TOLERANCE_PT

    def operators(self, page: pikepdf.Page, marks: PageMarks, frame: Frame) -> bytes:
        """What draws the marks, upright as the page is displayed; to be put where nothing of the page is open."""
        key = self._font.key_on(page)
        return b"".join(self._drawn(mark, frame, key) for mark in marks.marks)

    def _drawn(self, mark: MarginMark, frame: Frame, key: str) -> bytes:
        x, y = self._placed(frame, mark.box.x0, mark.box.y1)
        scale = 1 / frame.unit
        text = "".join(character for character in mark.text if character in CHARACTERS)
        middle, tip = HEIGHT_PT / 2, ARROW_PT - 2
        return (
            f"q {frame.upright} {x:.2f} {y:.2f} cm {scale:.4f} 0 0 {scale:.4f} 0 0 cm {_COLOUR} "
            f"0 {middle - 0.4:.2f} {tip - 2:.2f} 0.8 re f "
            f"{tip - 2.6:.2f} {middle - 2:.2f} m {tip:.2f} {middle:.2f} l {tip - 2.6:.2f} {middle + 2:.2f} l f "
            f"BT {key} {LETTERS_PT} Tf 0 Tr {ARROW_PT:.2f} {_RISE_PT} Td <{self._font.glyphs(text)}> Tj ET Q\n"
        ).encode()

    def link(self, page: pikepdf.Page, marks: PageMarks, frame: Frame) -> None:
        """Links over each mark and over the words it belongs to."""
        for mark in marks.marks:
            if mark.target is None:
                continue
            for box in (mark.box, *mark.words):
                self._add_link(page, self._rect(frame, box), self._target_of(mark.target))

    def _add_link(self, page: pikepdf.Page, rect: list[float], target: Array) -> None:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(rect), Border=Array([0, 0, 0]), Dest=target)
        annotations = page.obj.get("/Annots")
        if not isinstance(annotations, Array):
            annotations = page.obj.Annots = Array()
        annotations.append(self._pdf.make_indirect(link))

    def _rect(self, frame: Frame, box: Box) -> list[float]:
        corners = [self._placed(frame, x, y) for x, y in ((box.x0, box.y0), (box.x1, box.y1))]
        across, up = zip(*corners, strict=True)
        return [round(side, 2) for side in (min(across), min(up), max(across), max(up))]

    @staticmethod
    def _placed(frame: Frame, x_pt: float, y_pt: float) -> tuple[float, float]:
        """The page's own coordinates of a point given in points from the top left as displayed."""
        height = frame.displayed_size[1]
        return frame.place(x_pt / frame.unit, height - y_pt / frame.unit)
