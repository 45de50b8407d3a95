"""What the link map shows at one moment: boxes with their words, and the ties between them; no painting."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from workbench.domain.link_layout import Layout, Placed, laid_out, most_width
from workbench.domain.link_map import Edge, Neighbourhood, Rest, Spot, relation_words
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _

LEAST_PX, MOST_PX = 96.0, 300.0
_ICON_PX, _PAD_PX = 30.0, 12.0
#: What a title has not: the picture and both edges.
_TAKEN_PX = 38.0

#: How kinds are called, for several; their pictures, and their colours.
KIND_TITLES = {
    "institution": mark("Institutions"),
    "person": mark("People"),
    "event": mark("Events"),
    "document": mark("Documents"),
    "scope": mark("Scope paragraphs"),
    "assessment": mark("Assessments"),
    "finding": mark("Findings"),
    "case study": mark("Case studies"),
    "standard": mark("Standards"),
    "lesson": mark("Lessons"),
    "recommendation": mark("Recommendations"),
}
KIND_ICONS = {
    "institution": "building-2",
    "person": "user-round",
    "event": "calendar-days",
    "document": "files",
    "scope": "list",
    "assessment": "scale",
    "finding": "circle-check",
    "case study": "bookmark",
    "standard": "book-open",
    "lesson": "info",
    "recommendation": "target",
}
KIND_TONES = {
    "institution": "series_1",
    "person": "series_4",
    "event": "series_2",
    "document": "series_6",
    "scope": "series_3",
    "assessment": "series_5",
    "finding": "series_5",
    "case study": "series_1",
    "standard": "series_3",
    "lesson": "series_2",
    "recommendation": "series_4",
}
_STANCES = ("supports", "undermines", "context", "silent")


@dataclass(frozen=True, slots=True)
class MapBox:
    """A box with its two lines; ``shares`` is how its excerpts stand, as (stance, share of all)."""

    placed: Placed
    title: str
    words: str
    flag: str = ""
    shares: tuple[tuple[str, float], ...] = ()

    @property
    def id(self) -> str:
        return self.placed.id

    @property
    def rect(self) -> QRectF:
        box = self.placed
        return QRectF(box.left, box.top, box.width, box.height)


class MapScene:
    """The neighbourhood of one item, laid out for a width."""

    def __init__(self, shown: Neighbourhood, font: QFontMetricsF, width: float) -> None:
        self.shown = shown
        self._font, self._width = font, width
        self._stems = {edge.other: edge for edge in shown.edges if edge.is_stem}
        self._rests = {rest.id: rest for rest in shown.rests}
        self._spots = {spot.id: spot for spot in (shown.centre, *shown.spots)}
        self.layout: Layout = laid_out(shown, self._size_of, width)
        self.boxes = tuple(self._box(placed) for placed in self.layout.boxes)
        self._by_id = {box.id: box for box in self.boxes if box.placed.kind != "heading"}

    @property
    def width(self) -> float:
        return self.layout.width

    @property
    def height(self) -> float:
        return self.layout.height

    # Words

    def _size_of(self, item: Spot | Rest | str) -> tuple[float, float]:
        """As wide as its words up to what there is room for; a title that is longer takes two lines."""
        font, line = self._font, self._font.lineSpacing()
        if isinstance(item, str):
            return font.horizontalAdvance(_(KIND_TITLES[item])) * 1.1 + 8, line + 4
        if isinstance(item, Rest):
            (title, words), ring = rest_words(item), item.ring
        else:
            (title, words), ring = (box_title(item), self._words(item)), item.ring
        bold = 1.0 if ring else 1.13  # the middle is written in bold
        title_px = font.horizontalAdvance(title[:120]) * bold
        words_px = font.horizontalAdvance(words[:90]) * 0.92
        most = max(min(most_width(self._width, ring), MOST_PX), LEAST_PX)
        width = min(max(title_px, words_px) + _ICON_PX + _PAD_PX, most)
        lines = 2 if title_px > width - _TAKEN_PX else 1
        return max(width, LEAST_PX), line * (lines + bool(words)) + 10

    def _box(self, placed: Placed) -> MapBox:
        if placed.kind == "heading":
            return MapBox(placed, _(KIND_TITLES[placed.id]), "")
        if placed.id in self._rests:
            return MapBox(placed, *rest_words(self._rests[placed.id]))
        spot = self._spots[placed.id]
        return MapBox(placed, box_title(spot), self._words(spot), spot.node.flag, self._shares(placed.id))

    def _words(self, spot: Spot) -> str:
        """How an item is tied to what it hangs on; of the middle, what it is."""
        node, stem = spot.node, self._stems.get(spot.id)
        if stem is None:
            return node.flag or node.detail
        said = node.detail if node.kind in ("event", "assessment", "finding") else ""
        return " · ".join(part for part in (_(node.flag), said, relation_words(stem.counts)) if part)

    def _shares(self, identifier: str) -> tuple[tuple[str, float], ...]:
        stem = self._stems.get(identifier)
        counts = {stance: 0 for stance in _STANCES}
        for relation, detail, number in stem.counts if stem is not None else ():
            if relation == "excerpt" and detail in counts:
                counts[detail] += number
        total = sum(counts.values())
        return tuple((stance, number / total) for stance, number in counts.items() if number)

    # Asking

    def box(self, identifier: str) -> MapBox | None:
        """An item's box, or that of the rest of a ring."""
        return self._by_id.get(identifier)

    def spot(self, identifier: str) -> Spot | None:
        """An item; None for the rest of a ring."""
        return self._spots.get(identifier)

    def rest(self, identifier: str) -> Rest | None:
        """The rest of a ring."""
        return self._rests.get(identifier)

    def stem_of(self, identifier: str) -> Edge | None:
        """The tie through which an item is reached."""
        return self._stems.get(identifier)

    def edges_of(self, identifier: str) -> list[Edge]:
        """Every tie of an item to others that are shown."""
        return [edge for edge in self.shown.edges if identifier in (edge.one, edge.other)]

    def at(self, x: float, y: float) -> MapBox | None:
        """The box under a point."""
        return next((box for box in self._by_id.values() if box.rect.contains(x, y)), None)

    def inner_of(self, identifier: str) -> str:
        """The box an item hangs on; the rest of a ring hangs on the middle."""
        spot = self._spots.get(identifier)
        return spot.through if spot is not None else self.shown.centre.id

    # Moving

    def step(self, current: str, direction: str) -> str:
        """The box that an arrow key leads to: along the ring, out to what hangs on it, or back in."""
        box = self._by_id.get(current)
        if box is None:
            return self.shown.centre.id
        if direction in ("up", "down"):
            return self._along(box, 1 if direction == "down" else -1)
        outward = 1 if direction == "right" else -1
        if self.layout.is_outline:
            return self._out(box, 0) if outward > 0 else self.inner_of(current)
        if not box.placed.ring:
            return self._out(box, outward)
        return self._out(box, 0) if outward == box.placed.side else self.inner_of(current)

    def _along(self, box: MapBox, by: int) -> str:
        """The next box of the ring on this side, the first after the last; in an outline simply the next below."""
        placed = box.placed
        alike = [
            other
            for other in self._by_id.values()
            if self.layout.is_outline or (other.placed.ring == placed.ring and other.placed.side == placed.side)
        ]
        order = sorted(alike, key=lambda other: other.placed.top)
        return order[(order.index(box) + by) % len(order)].id

    def _out(self, box: MapBox, side: int) -> str:
        """The nearest box that hangs on this one; the box itself when nothing does."""
        hanging = [
            other
            for other in self._by_id.values()
            if other.placed.ring == box.placed.ring + 1
            and (not box.placed.ring or self.inner_of(other.id) == box.id)
            and (box.placed.ring or self.layout.is_outline or other.placed.side == side)
        ]
        if not hanging:
            return box.id
        return min(hanging, key=lambda other: abs(other.placed.middle - box.placed.middle)).id


def box_title(spot: Spot) -> str:
    """The first line of a box: documents and paragraphs with their title or words."""
    node = spot.node
    if node.kind in ("document", "scope") and node.detail:
        return f"{node.name}  {node.detail}"
    return node.name


def rest_words(rest: Rest) -> tuple[str, str]:
    """``+ 23 more`` and what they are."""
    kinds = ", ".join(
        f"{number} {_(kind) if number == 1 else _(KIND_TITLES[kind]).casefold()}" for kind, number in rest.kinds
    )
    return _("+ {n} more").format(n=f"{rest.count:,}"), kinds


def spoken_spot(scene: MapScene, identifier: str, between: str = ", ") -> str:
    """Everything about a box in words: kind, name, what is wrong with it, and how it is tied."""
    spot, rest = scene.spot(identifier), scene.rest(identifier)
    if rest is not None:
        return between.join((*rest_words(rest), _("Enter shows more of them")))
    if spot is None:
        return ""
    node, stem = spot.node, scene.stem_of(identifier)
    parts = [f"{_(node.kind)}: {node.name}", node.detail, _(node.flag)]
    if stem is not None:
        through = scene.spot(spot.through)
        name = through.node.name if through is not None else ""
        parts.append(_("tied to {name} by {what}").format(name=name, what=relation_words(stem.counts)))
    return between.join(part for part in parts if part)
