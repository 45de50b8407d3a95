"""Where every event of the timeline stands at one zoom: lanes, rows, marks and labels; no painting."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from workbench.domain.timeline import Stretch, packed
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.timeline import EventRow

ROW_PX, LANE_GAP_PX, HEAD_PX, SCALE_PX = 24.0, 14.0, 22.0, 34.0
MARK_PX, LABEL_PX, SIDE_PX = 11.0, 190.0, 28.0
_MOST_LABELS_PER_SCREEN = 9.0

NO_LANE = mark("Without one")
LANES = ("institution", "scope", "case study")


@dataclass(frozen=True, slots=True)
class Placed:
    """One event in one lane: its mark (point or band) and the width its label may take.

    ``narrowed`` is where the stretch begins and ends that recorded orders leave, None where they add nothing.
    """

    row: EventRow
    stretch: Stretch
    mark: QRectF
    label_px: float
    narrowed: tuple[float, float] | None = None

    @property
    def extent(self) -> QRectF:
        return self.mark.adjusted(0, 0, self.label_px, 0)


@dataclass(frozen=True, slots=True)
class Lane:
    """A band of the canvas with its title; events sorted from left to right."""

    title: str
    top: float
    height: float
    events: tuple[Placed, ...]
    lefts: tuple[float, ...]
    widest: float

    def between(self, left: float, right: float) -> Sequence[Placed]:
        """The events that may be seen between two places."""
        return self.events[bisect_left(self.lefts, left - self.widest) : bisect_right(self.lefts, right)]


def day_range(rows: Sequence[EventRow]) -> tuple[int, int]:
    """First and last day that any of the events may have been on."""
    if not rows:
        return 1, 1
    return min(row.stretch.first for row in rows), max(row.stretch.last for row in rows)


class LabelWidths:
    """How wide the labels are; measured once for each title, since zooming asks for all of them again."""

    def __init__(self, font: QFontMetricsF) -> None:
        self._font = font
        self._known: dict[str, float] = {}

    def width_of(self, title: str) -> float:
        """In pixels, at most ``LABEL_PX``."""
        known = self._known.get(title)
        if known is None:
            known = min(self._font.horizontalAdvance(title[:80]) + 10, LABEL_PX)
            self._known[title] = known
        return known


class Scene:
    """All lanes at one zoom; x is in pixels from the first day."""

    def __init__(
        self,
        rows: Sequence[EventRow],
        lanes_by: str,
        px_per_day: float,
        font: LabelWidths,
        *,
        trail_px: float = LABEL_PX,
    ) -> None:
        """``trail_px`` is the room after the last day, for the label of what happened then."""
        self.px_per_day = px_per_day
        self.first_day, self.last_day = day_range(rows)
        self.width = (self.last_day - self.first_day + 1) * px_per_day + 2 * SIDE_PX + trail_px
        self.lanes: list[Lane] = []
        top = SCALE_PX
        for title, members in _grouped(rows, lanes_by):
            lane = self._lane(title, members, top, font)
            self.lanes.append(lane)
            top += lane.height + LANE_GAP_PX
        self.height = top

    def x_of(self, day: float) -> float:
        """Where a day begins."""
        return SIDE_PX + (day - self.first_day) * self.px_per_day

    def day_at(self, x: float) -> float:
        """The day at a place."""
        return (x - SIDE_PX) / self.px_per_day + self.first_day

    def _lane(self, title: str, rows: Sequence[EventRow], top: float, font: LabelWidths) -> Lane:
        has_labels = len(rows) * LABEL_PX <= self.width * _MOST_LABELS_PER_SCREEN
        marks = [self._mark(row) for row in rows]
        labels = [font.width_of(row.event.title) if has_labels else 0.0 for row in rows]
        extents = [(box.left(), box.right() + label) for box, label in zip(marks, labels, strict=True)]
        places = packed(extents)
        placed = [
            Placed(row, row.stretch, box.translated(0, top + HEAD_PX + at * ROW_PX), label, self._narrowed(row, box))
            for row, box, label, at in zip(rows, marks, labels, places, strict=True)
        ]
        placed.sort(key=lambda item: item.mark.left())
        height = HEAD_PX + (max(places, default=0) + 1) * ROW_PX
        widest = max((item.extent.width() for item in placed), default=0.0)
        return Lane(title, top, height, tuple(placed), tuple(item.mark.left() for item in placed), widest)

    def _mark(self, row: EventRow) -> QRectF:
        stretch = row.stretch
        left, right = self.x_of(stretch.first), self.x_of(stretch.last + 1)
        if stretch.opens_before:
            left -= 3 * MARK_PX
        if stretch.opens_after:
            right += 3 * MARK_PX
        if right - left < MARK_PX:
            middle = (left + right) / 2
            left, right = middle - MARK_PX / 2, middle + MARK_PX / 2
        return QRectF(left, (ROW_PX - MARK_PX) / 2, right - left, MARK_PX)

    def _narrowed(self, row: EventRow, box: QRectF) -> tuple[float, float] | None:
        """Within the mark, and wide enough to be seen."""
        if row.narrowed is None:
            return None
        left = box.left() if row.narrowed.opens_before else max(self.x_of(row.narrowed.first), box.left())
        right = box.right() if row.narrowed.opens_after else min(self.x_of(row.narrowed.last + 1), box.right())
        return left, max(right, left + 3)

    def at(self, x: float, y: float) -> Placed | None:
        """The event under a point; marks before labels."""
        for lane in self.lanes:
            if lane.top <= y <= lane.top + lane.height:
                near = [item for item in lane.between(x, x) if item.extent.contains(x, y)]
                on_mark = [item for item in near if item.mark.adjusted(-2, -3, 2, 3).contains(x, y)]
                return next(iter(on_mark or near), None)
        return None

    def place_of(self, event: str) -> Placed | None:
        """Where an event stands first."""
        return next((item for lane in self.lanes for item in lane.events if item.row.id == event), None)


def _grouped(rows: Sequence[EventRow], lanes_by: str) -> list[tuple[str, list[EventRow]]]:
    """(title, events) of each lane; an event stands in every lane it belongs to, else in the last."""
    lanes: dict[str, list[EventRow]] = {}
    rest: list[EventRow] = []
    for row in rows:
        names = {"institution": row.institutions, "scope": row.scope, "case study": row.case_studies}[lanes_by]
        for name in names:
            lanes.setdefault(name, []).append(row)
        if not names:
            rest.append(row)
    found = sorted(lanes.items())
    return [*found, (_(NO_LANE), rest)] if rest else found
