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
