"""Boxes on a page, in PDF points from the top left corner of the page as displayed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; ``x0 < x1`` and ``y0 < y1``, y grows downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    def union(self, other: Box) -> Box:
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the page text with its place: half-open code-point offsets and its box."""

    start: int
    end: int
    box: Box


def turned_back(box: Box, degrees: int, width: float, height: float) -> Box:
    """Where a box stands on a page of this size once the page is turned back (anticlockwise) by 90, 180 or 270."""
    if degrees == 90:
        return Box(box.y0, width - box.x1, box.y1, width - box.x0)
    if degrees == 180:
        return Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
    if degrees == 270:
        return Box(height - box.y1, box.x0, height - box.y0, box.x1)
    return box
