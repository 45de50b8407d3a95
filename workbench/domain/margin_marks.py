"""Finds room in the margin of a page for small marks that lead to what a line refers to, never over words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbench.domain.anchoring import boxes_between
from workbench.domain.geometry import Box, Word

#: Height of the letters, of a mark around them, and the arrow's width, in points.
LETTERS_PT, HEIGHT_PT, ARROW_PT = 6.5, 8.5, 7.0
#: Between a mark and the edge of the page, and between a mark and the nearest word.
_EDGE_PT, _GAP_PT = 7.0, 3.0
#: So far up or down from its line a mark may stand.
_FURTHEST_PT, _STEP_PT = 48.0, 2.0
#: Where the page number is stamped, from the bottom right corner.
_STAMP_WIDTH_PT, _STAMP_HEIGHT_PT = 110.0, 30.0
#: Widths of bold letters, in parts of their height, rather too wide than too narrow.
_NARROW, _CAPITAL, _OTHER = 0.36, 0.78, 0.62


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginMark:
    """A mark beside a line: its place, its letters, the boxes of the words it belongs to, and the page it leads to.

    Boxes are points from the top left of the page as displayed. ``target`` is a physical index in the same file, None
    for a page of another volume, which a link cannot reach.
    """

    box: Box
    text: str
    words: tuple[Box, ...]
    target: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMarks:
    """The marks of one page, and its size as displayed, which they were placed for."""

    width_pt: float
    height_pt: float
    marks: tuple[MarginMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """A reference that was resolved: where its words stand in the page's text, what to write, and where it leads.

    ``shorter`` is written where there is no room for ``label``.
    """

    start: int
    end: int
    label: str
    shorter: str
    target: int | None


def margin_marks(
    pointers: Sequence[Pointer], words: Sequence[Word], width_pt: float, height_pt: float
) -> tuple[list[MarginMark], list[Pointer]]:
    """A mark for each pointer, below each other where several are on one line, and the pointers that find no room."""
    taken = [word.box for word in words]
    taken.append(Box(width_pt - _STAMP_WIDTH_PT, height_pt - _STAMP_HEIGHT_PT, width_pt, height_pt))
    marks: list[MarginMark] = []
    without: list[Pointer] = []
    for pointer in pointers:
        boxes = boxes_between(words, pointer.start, pointer.end)
        is_seen = bool(boxes) and all(_is_on_page(box, width_pt, height_pt) for box in boxes)
        found = _room(pointer, boxes[0], taken, width_pt, height_pt) if is_seen else None
        if found is None:
            without.append(pointer)
            continue
        box, text = found
        taken.append(box)
        marks.append(MarginMark(box=box, text=text, words=boxes, target=pointer.target))
    return marks, without


def _room(
    pointer: Pointer, line: Box, taken: Sequence[Box], width_pt: float, height_pt: float
) -> tuple[Box, str] | None:
    middle = (line.y0 + line.y1) / 2
    for text in dict.fromkeys((pointer.label, pointer.shorter)):
        for y in _heights(middle, height_pt):
            for box in _sides(_width(text), y, width_pt):
                if not any(_touches(box, other) for other in taken):
                    return box, text
    return None


def _is_on_page(box: Box, width_pt: float, height_pt: float) -> bool:
    return box.x0 > -_GAP_PT and box.x1 < width_pt + _GAP_PT and box.y0 > -_GAP_PT and box.y1 < height_pt + _GAP_PT


def _heights(middle: float, height_pt: float) -> Iterator[float]:
    """Where the top of a mark may be: at its line, then nearest to it, below before above."""
    steps = range(int(_FURTHEST_PT / _STEP_PT) + 1)
    for offset in (sign * step * _STEP_PT for step in steps for sign in ((1, -1) if step else (1,))):
        top = middle - HEIGHT_PT / 2 + offset
        if _EDGE_PT <= top <= height_pt - HEIGHT_PT - _EDGE_PT:
            yield top


def _sides(width: float, top: float, width_pt: float) -> Iterable[Box]:
    if width + 2 * _EDGE_PT > width_pt:
        return
    yield Box(width_pt - _EDGE_PT - width, top, width_pt - _EDGE_PT, top + HEIGHT_PT)
    yield Box(_EDGE_PT, top, _EDGE_PT + width, top + HEIGHT_PT)


def _width(text: str) -> float:
    parts = sum(_NARROW if c in " .-,;" else _CAPITAL if c.isupper() else _OTHER for c in text)
    return ARROW_PT + LETTERS_PT * parts


def _touches(mark: Box, other: Box) -> bool:
    return mark.x0 - _GAP_PT < other.x1 and other.x0 < mark.x1 + _GAP_PT and mark.y0 < other.y1 and other.y0 < mark.y1
