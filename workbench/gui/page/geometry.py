"""Where each page stands when all are laid one below the other, turned as the reader wants them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF

from workbench.domain.geometry import Box
from workbench.services.rendering import PageSize


@dataclass(frozen=True)
class PageStack:
    """All pages at one scale; positions are in pixels from the top of the first page's margin.

    ``rotation`` is 0, 90, 180 or 270 degrees clockwise, for the eye only: boxes stay those of the page.
    """

    MARGIN: ClassVar[int] = 20
    GAP: ClassVar[int] = 14

    pages: tuple[PageSize, ...]
    pixels_per_pt: float
    rotation: int = 0
    tops: tuple[float, ...] = field(init=False)

    def __post_init__(self) -> None:
        steps = (self._turned(page).height_pt * self.pixels_per_pt + self.GAP for page in self.pages)
        object.__setattr__(self, "tops", tuple(accumulate(steps, initial=float(self.MARGIN))))

    def _turned(self, page: PageSize) -> PageSize:
        return PageSize(page.height_pt, page.width_pt) if self.rotation % 180 else page

    @property
    def height(self) -> float:
        """From the top margin to the bottom margin."""
        return self.tops[-1] - self.GAP + self.MARGIN if self.pages else 0.0

    @property
    def widest_pt(self) -> float:
        return max((self._turned(page).width_pt for page in self.pages), default=0.0)

    def height_pt(self, page_index: int) -> float:
        """How high a page stands on the screen, in points."""
        return self._turned(self.pages[page_index]).height_pt

    def page_at(self, y: float) -> int:
        """The page at a height; the nearest where there is none."""
        return min(max(bisect_right(self.tops, y) - 1, 0), max(len(self.pages) - 1, 0))

    def rect(self, page_index: int, width: float) -> QRectF:
        """A page's place, centred in ``width``."""
        page = self._turned(self.pages[page_index])
        page_width = page.width_pt * self.pixels_per_pt
        left = max((width - page_width) / 2, 0.0)
        return QRectF(left, self.tops[page_index], page_width, page.height_pt * self.pixels_per_pt)

    def box_rect(self, page_index: int, box: Box, width: float) -> QRectF:
        """The place of a box of a page."""
        return self.box_on(page_index, box, self.rect(page_index, width))

    def box_on(self, page_index: int, box: Box, place: QRectF) -> QRectF:
        """The place of a box when its page stands at ``place``."""
        page, scale = self.pages[page_index], self.pixels_per_pt
        x, y = {
            0: (box.x0, box.y0),
            90: (page.height_pt - box.y1, box.x0),
            180: (page.width_pt - box.x1, page.height_pt - box.y1),
            270: (box.y0, page.width_pt - box.x1),
        }[self.rotation]
        across, down = box.x1 - box.x0, box.y1 - box.y0
        width, height = (down, across) if self.rotation % 180 else (across, down)
        return QRectF(place.left() + x * scale, place.top() + y * scale, width * scale, height * scale)

    def point_of(self, page_index: int, at: QPointF, place: QRectF) -> QPointF:
        """The point of a page, in points, that stands at ``at`` when its page stands at ``place``."""
        page = self.pages[page_index]
        turned = (at - place.topLeft()) / self.pixels_per_pt
        u, v = turned.x(), turned.y()
        return {
            0: QPointF(u, v),
            90: QPointF(v, page.height_pt - u),
            180: QPointF(page.width_pt - u, page.height_pt - v),
            270: QPointF(page.width_pt - v, u),
        }[self.rotation]
