"""Where each page stands when all are laid one below the other."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import ClassVar

from PySide6.QtCore import QRectF

from workbench.domain.geometry import Box
from workbench.services.rendering import PageSize


@dataclass(frozen=True)
class PageStack:
    """All pages at one scale; positions are in pixels from the top of the first page's margin."""

    MARGIN: ClassVar[int] = 20
    GAP: ClassVar[int] = 14

    pages: tuple[PageSize, ...]
    pixels_per_pt: float
    tops: tuple[float, ...] = field(init=False)

    def __post_init__(self) -> None:
        steps = (page.height_pt * self.pixels_per_pt + self.GAP for page in self.pages)
        object.__setattr__(self, "tops", tuple(accumulate(steps, initial=float(self.MARGIN))))

    @property
    def height(self) -> float:
        """From the top margin to the bottom margin."""
        return self.tops[-1] - self.GAP + self.MARGIN if self.pages else 0.0

    @property
    def widest_pt(self) -> float:
        return max((page.width_pt for page in self.pages), default=0.0)

    def page_at(self, y: float) -> int:
        """The page at a height; the nearest where there is none."""
        return min(max(bisect_right(self.tops, y) - 1, 0), max(len(self.pages) - 1, 0))

    def rect(self, page_index: int, width: float) -> QRectF:
        """A page's place, centred in ``width``."""
        page = self.pages[page_index]
        page_width = page.width_pt * self.pixels_per_pt
        left = max((width - page_width) / 2, 0.0)
        return QRectF(left, self.tops[page_index], page_width, page.height_pt * self.pixels_per_pt)

    def box_rect(self, page_index: int, box: Box, width: float) -> QRectF:
        """The place of a box of a page."""
        page, scale = self.rect(page_index, width), self.pixels_per_pt
        x0, y0 = page.left() + box.x0 * scale, page.top() + box.y0 * scale
        return QRectF(x0, y0, (box.x1 - box.x0) * scale, (box.y1 - box.y0) * scale)
