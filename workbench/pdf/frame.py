"""Knows what of a page is seen: its visible box, which way up it is, and how large its units are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pikepdf
from pikepdf import Array

#: Left, bottom, right and top, or any two opposite corners.
Sides = tuple[float, ...]

#: The size at which viewers show a page that gives none.
SHOWN_PT: Sides = (0.0, 0.0, 612.0, 792.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """What of a page is seen: its visible box in its own units, quarter turns clockwise, and points per unit."""

    x0: float
    y0: float
    x1: float
    y1: float
    rotation: int
    unit: float
    is_cropped: bool = False

    @property
    def displayed_size(self) -> tuple[float, float]:
        """Width and height as displayed, in the page's units."""
        width, height = self.x1 - self.x0, self.y1 - self.y0
        return (height, width) if self.rotation in (90, 270) else (width, height)

    @property
    def is_odd(self) -> bool:
        """Whether the page shows otherwise than its plain box would."""
        return self.rotation != 0 or self.is_cropped or self.unit != 1

    def has_room(self, least_pt: float) -> bool:
        """Whether both sides have at least so many points."""
        return min(self.x1 - self.x0, self.y1 - self.y0) * self.unit >= least_pt

    def place(self, right: float, up: float) -> tuple[float, float]:
        """The page's own coordinates of a point given from the bottom left as displayed."""
        return {
            0: (self.x0 + right, self.y0 + up),
            90: (self.x1 - up, self.y0 + right),
            180: (self.x1 - right, self.y1 - up),
            270: (self.x0 + up, self.y1 - right),
        }[self.rotation]

    @property
    def upright(self) -> str:
        """The four numbers of the matrix that makes text upright as displayed."""
        return {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}[self.rotation]


def frame_of(page: pikepdf.Page) -> Frame:
    """The frame of a page, from its boxes, rotation and user unit."""
    obj = page.obj
    media = box_of(obj.get("/MediaBox"))
    crop = box_of(obj.get("/CropBox")) or media
    return _frame(media, crop, _number(obj.get("/Rotate", 0)), _number(obj.get("/UserUnit", 1)))


def box_of(value: Any) -> Sides | None:
    """The four sides of a box; None when it is none."""
    if not isinstance(value, Array):
        return None
    written = value.unparse()
    return _sides(written) if b"R" not in written else _sides(b" ".join(str(_number(side)).encode() for side in value))


@lru_cache(maxsize=1024)
def _sides(written: bytes) -> Sides | None:
    """Read from how it is written: nearly all pages of a bundle have one of a few boxes."""
    try:
        sides = tuple(float(side) for side in written.strip(b"[] ").split())
    except ValueError:
        return None
    return sides if len(sides) == 4 and all(map(math.isfinite, sides)) else None


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


@lru_cache(maxsize=1024)
def _frame(media: Sides | None, crop: Sides | None, turn: float, unit: float) -> Frame:
    media = media or SHOWN_PT
    crop = crop or media
    x0, x1 = sorted((media[0], media[2]))
    y0, y1 = sorted((media[1], media[3]))
    left, right = sorted((crop[0], crop[2]))
    bottom, top = sorted((crop[1], crop[3]))
    left, right, bottom, top = max(x0, left), min(x1, right), max(y0, bottom), min(y1, top)
    if right - left < 1 or top - bottom < 1:
        left, right, bottom, top = x0, x1, y0, y1
    is_cropped = (left, bottom, right, top) != (x0, y0, x1, y1)
    return Frame(left, bottom, right, top, int(turn) % 360 // 90 * 90, unit if unit > 0 else 1.0, is_cropped)
