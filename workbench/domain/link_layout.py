"""Where every item of a link map stands: kinds together, rings as arcs on both sides, nothing overlaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.domain.link_map import KINDS, Neighbourhood, Rest, Spot

#: What is left free around a box, and above the heading of a kind.
GAP_PX, KIND_GAP_PX = 8.0, 10.0
MARGIN_PX, INDENT_PX = 12.0, 26.0
#: Between rings, and how far an arc bows: at the least, and where there is much room.
RING_GAP_PX, BULGE_PX = (42.0, 70.0), (12.0, 34.0)
#: Below this width the rings stand under one another as an outline; from the second on there is much room.
NARROW_PX, WIDE_PX = 560.0, 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A box: an item, the rest of a ring (``kind`` is "more") or the heading of a kind ("heading")."""

    id: str
    kind: str
    ring: int
    side: int
    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def middle(self) -> float:
        return self.top + self.height / 2

    def overlaps(self, other: Placed) -> bool:
        """Whether two boxes share room."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """All boxes, and how large the picture is."""

    boxes: tuple[Placed, ...]
    width: float
    height: float
    is_outline: bool

    def box(self, identifier: str) -> Placed | None:
        """Where an item stands."""
        return next((box for box in self.boxes if box.id == identifier and box.kind != "heading"), None)


#: How wide and how high a box must be; a text is the heading of a kind.
Measure = Callable[[Spot | Rest | str], tuple[float, float]]


def laid_out(shown: Neighbourhood, measure: Measure, width: float) -> Layout:
    """Boxes for a picture that may be ``width`` wide; ``measure`` says how large each must be."""
    return _outline(shown, measure) if width < NARROW_PX else _around(shown, measure, width)


def most_width(width: float, ring: int) -> float:
    """How wide a box may be so that the middle and its first ring fit into ``width``."""
    if width < NARROW_PX:
        return max(width - 2 * MARGIN_PX - INDENT_PX * ring, 120.0)
    room = width - 2 * (MARGIN_PX + _between(RING_GAP_PX, width) + _between(BULGE_PX, width))
    return room * (0.28 if ring == 0 else 0.36)


def _between(ends: tuple[float, float], width: float) -> float:
    share = min(max((width - NARROW_PX) / (WIDE_PX - NARROW_PX), 0.0), 1.0)
    return ends[0] + (ends[1] - ends[0]) * share


# Around the middle


def _around(shown: Neighbourhood, measure: Measure, width: float) -> Layout:
    """The middle, and on both sides of it every ring as an arc of boxes."""
    gap, bulge = _between(RING_GAP_PX, width), _between(BULGE_PX, width)
    sides = _sides(shown)
    boxes = [_box(shown.centre, 0, measure)]
    boxes[0] = replace(boxes[0], left=-boxes[0].width / 2, top=-boxes[0].height / 2)
    for side in (1, -1):
        within: list[Placed] = []
        edge = boxes[0].width / 2
        for ring in range(1, max((spot.ring for spot in shown.spots), default=0) + 1):
            column = _column(shown, ring, side, sides, {box.id: box.middle for box in (boxes[0], *within)}, measure)
            if column:
                column, edge = _bent(column, side, edge + gap, bulge)
                within += column
        boxes += within
    return _framed(boxes, is_outline=False)


def _sides(shown: Neighbourhood) -> dict[str, int]:
    """Which side every item stands on: kinds stay together, both sides about as full; outer rings follow inner ones."""
    counts = [(kind, sum(spot.node.kind == kind for spot in shown.ring(1))) for kind in KINDS]
    total, so_far, right = sum(number for _, number in counts), 0, set[str]()
    for kind, number in counts:
        if so_far + number / 2 <= total / 2:
            right.add(kind)
        so_far += number
    sides = {shown.centre.id: 1}
    for spot in shown.spots:
        sides[spot.id] = (1 if spot.node.kind in right else -1) if spot.ring == 1 else sides[spot.through]
    for rest in shown.rests:
        members = [sides[spot.id] for spot in shown.ring(rest.ring)]
        sides[rest.id] = 1 if members.count(1) <= members.count(-1) else -1
    return sides


def _column(
    shown: Neighbourhood, ring: int, side: int, sides: Mapping[str, int], heights: Mapping[str, float], measure: Measure
) -> list[Placed]:
    """The boxes of one ring on one side, from top to bottom, as near to what they hang on as they can be."""
    boxes: list[Placed] = []
    wanted: list[float] = []
    kind = ""
    for spot in shown.ring(ring):
        if sides[spot.id] != side:
            continue
        if ring == 1 and spot.node.kind != kind:
            kind = spot.node.kind
            boxes.append(_heading(kind, ring, side, measure))
            wanted.append(0.0)
        boxes.append(replace(_box(spot, ring, measure), side=side))
        wanted.append(0.0 if ring == 1 else heights[spot.through])
    for rest in shown.rests:
        if rest.ring == ring and sides[rest.id] == side:
            boxes.append(replace(_box(rest, ring, measure), side=side))
            wanted.append(wanted[-1] if wanted else 0.0)
    tops = _apart([box.height for box in boxes], wanted, [_gap(box) for box in boxes])
    return [replace(box, top=top) for box, top in zip(boxes, tops, strict=True)]


def _gap(box: Placed) -> float:
    return KIND_GAP_PX if box.kind == "heading" else GAP_PX


def _apart(heights: Sequence[float], wanted: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """Tops in this order so that no two meet, each middle as near to where it is wanted as the others let it be."""
    clusters: list[tuple[float, float, int]] = []  # (sum of wanted tops without what stands before, offset, members)
    offsets, offset = [], 0.0
    for height, gap in zip(heights, gaps, strict=True):
        offset += gap
        offsets.append(offset)
        offset += height
    ideals = [want - height / 2 - start for want, height, start in zip(wanted, heights, offsets, strict=True)]
    for ideal in ideals:
        clusters.append((ideal, ideal, 1))
        while len(clusters) > 1 and clusters[-2][1] >= clusters[-1][1]:
            total, _, members = clusters.pop()
            before, _, others = clusters.pop()
            clusters.append((before + total, (before + total) / (others + members), others + members))
    settled = [mean for _, mean, members in clusters for _ in range(members)]
    return [base + start for base, start in zip(settled, offsets, strict=True)]


def _bent(column: list[Placed], side: int, start: float, bulge: float) -> tuple[list[Placed], float]:
    """The boxes along an arc that begins at ``start`` and bows by ``bulge``, and where the next ring may begin."""
    half = max(max(abs(box.top), abs(box.bottom)) for box in column)
    bent = []
    for box in column:
        near = start + bulge * (1 - (box.middle / half) ** 2)
        bent.append(replace(box, left=near if side > 0 else -near - box.width))
    outermost = max(box.right if side > 0 else -box.left for box in bent)
    return bent, outermost


# One under another


def _outline(shown: Neighbourhood, measure: Measure) -> Layout:
    """The middle on top, and what hangs on each item below it, a step to the right."""
    children: dict[str, list[Spot]] = {}
    for spot in shown.spots:
        children.setdefault(spot.through, []).append(spot)
    boxes = [_box(shown.centre, 0, measure)]
    top = boxes[0].height + 2 * GAP_PX

    def put(box: Placed) -> None:
        nonlocal top
        boxes.append(replace(box, left=INDENT_PX * box.ring, top=top))
        top += box.height + GAP_PX

    ahead: list[Spot | Placed] = _under(children.get(shown.centre.id, []), measure)
    while ahead:
        item = ahead.pop(0)
        if isinstance(item, Placed):
            put(item)
            continue
        put(_box(item, item.ring, measure))
        ahead[:0] = children.get(item.id, [])
    for rest in shown.rests:
        put(_box(rest, rest.ring, measure))
    return _framed(boxes, is_outline=True)


def _under(spots: Sequence[Spot], measure: Measure) -> list[Spot | Placed]:
    """The items of the first ring with a heading before every kind."""
    found: list[Spot | Placed] = []
    kind = ""
    for spot in spots:
        if spot.node.kind != kind:
            kind = spot.node.kind
            found.append(_heading(kind, 1, 1, measure))
        found.append(spot)
    return found


# Boxes


def _box(item: Spot | Rest, ring: int, measure: Measure) -> Placed:
    kind = item.node.kind if isinstance(item, Spot) else "more"
    width, height = measure(item)
    return Placed(id=item.id, kind=kind, ring=ring, side=1, left=0, top=0, width=width, height=height)


def _heading(kind: str, ring: int, side: int, measure: Measure) -> Placed:
    width, height = measure(kind)
    return Placed(id=kind, kind="heading", ring=ring, side=side, left=0, top=0, width=width, height=height)


def _framed(boxes: Sequence[Placed], *, is_outline: bool) -> Layout:
    """Everything moved so that the picture begins at 0."""
    left, top = min(box.left for box in boxes) - MARGIN_PX, min(box.top for box in boxes) - MARGIN_PX
    moved = tuple(replace(box, left=box.left - left, top=box.top - top) for box in boxes)
    return Layout(
        boxes=moved,
        width=max(box.right for box in moved) + MARGIN_PX,
        height=max(box.bottom for box in moved) + MARGIN_PX,
        is_outline=is_outline,
    )
