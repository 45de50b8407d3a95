"""Turns places on a page from the page's own coordinates into those of what is seen, and back."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium

#: left, bottom, right, top in the page's own coordinates
Bounds = tuple[float, float, float, float]
#: left, top, right, bottom as displayed, in points
Place = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class View:
    """What of a page is seen: its visible box, its quarter turns clockwise in degrees, points per unit."""

    box: Bounds
    rotation: int
    unit: float = 1.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as displayed, in points."""
        x0, y0, x1, y1 = self.box
        width, height = (x1 - x0) * self.unit, (y1 - y0) * self.unit
        return (height, width) if self.rotation in (90, 270) else (width, height)

    def shown(self, bounds: Bounds) -> Place:
        """Where bounds of the page's own coordinates are seen."""
        x0, y0, x1, y1 = self.box
        left, bottom, right, top = bounds
        place = {
            0: (left - x0, y1 - top, right - x0, y1 - bottom),
            90: (bottom - y0, left - x0, top - y0, right - x0),
            180: (x1 - right, bottom - y0, x1 - left, top - y0),
            270: (y1 - top, x1 - right, y1 - bottom, x1 - left),
        }[self.rotation]
        return (place[0] * self.unit, place[1] * self.unit, place[2] * self.unit, place[3] * self.unit)

    def own(self, place: Place) -> Bounds:
        """The page's own coordinates of a place as seen."""
        x0, y0, x1, y1 = self.box
        left, top, right, bottom = (side / self.unit for side in place)
        return {
            0: (x0 + left, y1 - bottom, x0 + right, y1 - top),
            90: (x0 + top, y0 + left, x0 + bottom, y0 + right),
            180: (x1 - right, y0 + top, x1 - left, y0 + bottom),
            270: (x1 - bottom, y1 - right, x1 - top, y1 - left),
        }[self.rotation]

    def band(self, left: float, top: float, right: float, bottom: float) -> Bounds:
        """The own coordinates of a place; a negative side counts from the far edge."""
        width, height = self.size
        return self.own(
            (
                left + width if left < 0 else left,
                top + height if top < 0 else top,
                right + width if right <= 0 else right,
                bottom + height if bottom <= 0 else bottom,
            )
        )


def view_of(page: pdfium.PdfPage, unit: float = 1.0) -> View:
    """The view of a page; ``unit`` is its user unit, which this reader does not tell."""
    left, bottom, right, top = page.get_cropbox()
    x0, y0, x1, y1 = page.get_mediabox()
    shown = max(left, x0), max(bottom, y0), min(right, x1), min(top, y1)
    if shown[2] - shown[0] < 1 or shown[3] - shown[1] < 1:
        shown = x0, y0, x1, y1
    return View(shown, page.get_rotation(), unit)


def inset(bounds: Bounds, by: float) -> Bounds:
    """Bounds smaller by so much on each side; larger for a negative amount."""
    return bounds[0] + by, bounds[1] + by, bounds[2] - by, bounds[3] - by


def contains(outer: Bounds, inner: Bounds) -> bool:
    """Whether one place lies inside another."""
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def middle_in(bounds: Bounds, inner: Bounds) -> bool:
    """Whether the middle of one place lies inside another."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return bounds[0] <= x <= bounds[2] and bounds[1] <= y <= bounds[3]
