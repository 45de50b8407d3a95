"""What one item is linked to, ring by ring: the nearest first, counted together, and never more than can be read."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

#: The kinds of items, in the order they stand around the middle.
KINDS = (
    "institution",
    "person",
    "event",
    "document",
    "scope",
    "assessment",
    "finding",
    "case study",
    "standard",
    "lesson",
    "recommendation",
)
#: What is shown until a person chooses: what was judged, by whom, when, and on what paper.
USUAL_KINDS = KINDS[:7]
MOST_DEPTH = 3
MOST_PER_RING = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One item of the case; ``also`` are other names it is found by, ``flag`` what is wrong with it."""

    id: str
    kind: str
    name: str
    detail: str = ""
    also: tuple[str, ...] = ()
    flag: str = ""


@dataclass(slots=True)
class LinkGraph:
    """All items and what ties them: a tie counts each relation, such as ``("excerpt", "supports")``."""

    nodes: dict[str, Node] = field(default_factory=dict)
    ties: dict[str, dict[str, Counter[tuple[str, str]]]] = field(default_factory=dict)
    #: How many relations tie two items, all together.
    strengths: dict[str, dict[str, int]] = field(default_factory=dict)
    _sorted_by: dict[str, tuple[str, str]] = field(default_factory=dict)

    def add(self, node: Node) -> None:
        """Put an item in."""
        self.nodes[node.id] = node
        self.ties.setdefault(node.id, {})
        self.strengths.setdefault(node.id, {})
        self._sorted_by[node.id] = (node.name.casefold(), node.id)

    def sorted_by(self, identifier: str) -> tuple[str, str]:
        """What an item is sorted by among equals: its name."""
        return self._sorted_by[identifier]

    def tie(self, one: str, other: str, relation: str, detail: str = "") -> None:
        """Count one more relation between two items; what is not in the graph, or is the same item, is passed over."""
        if one == other or one not in self.nodes or other not in self.nodes:
            return
        known = self.ties[one].get(other)
        if known is None:
            known = self.ties[one][other] = self.ties[other][one] = Counter()
        known[relation, detail] += 1
        strength = self.strengths[one].get(other, 0) + 1
        self.strengths[one][other] = self.strengths[other][one] = strength

    def between(self, one: str, other: str) -> Mapping[tuple[str, str], int]:
        """What ties two items; empty when nothing does."""
        return self.ties.get(one, {}).get(other, {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What to show around an item: how far, which kinds, how many a ring, and rings of which more were asked for.

    ``more`` is how often "+ 23 more" was opened, ring by ring, from the first.
    """

    depth: int = 1
    kinds: frozenset[str] = frozenset(USUAL_KINDS)
    most: int = MOST_PER_RING
    more: tuple[int, ...] = ()

    def room(self, ring: int) -> int:
        """How many items the ring may show."""
        opened = self.more[ring - 1] if ring <= len(self.more) else 0
        return self.most * (1 + opened)

    def opening(self, ring: int) -> Asked:
        """The same with more in one ring."""
        more = [*self.more, *[0] * (ring - len(self.more))]
        more[ring - 1] += 1
        return Asked(depth=self.depth, kinds=self.kinds, most=self.most, more=tuple(more))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """An item in a ring, with the item of the ring within that it is reached through."""

    node: Node
    ring: int
    through: str = ""

    @property
    def id(self) -> str:
        return self.node.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What a ring has no room for: how many of each kind."""

    ring: int
    kinds: tuple[tuple[str, int], ...]

    @property
    def id(self) -> str:
        return f"more_{self.ring}"

    @property
    def count(self) -> int:
        return sum(number for _, number in self.kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """What ties two shown items; ``is_stem`` for the tie through which the outer one is reached."""

    one: str
    other: str
    counts: tuple[tuple[str, str, int], ...]
    is_stem: bool

    @property
    def total(self) -> int:
        return sum(number for _, _, number in self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """One item, what is around it in rings, what had no room, and every tie among what is shown."""

    centre: Spot
    spots: tuple[Spot, ...]
    rests: tuple[Rest, ...]
    edges: tuple[Edge, ...]
    #: Items within one step of the middle that the chosen kinds leave out: (kind, number).
    other_kinds: tuple[tuple[str, int], ...] = ()

    def ring(self, number: int) -> tuple[Spot, ...]:
        """The items of one ring, in order."""
        return tuple(spot for spot in self.spots if spot.ring == number)

    def spot(self, identifier: str) -> Spot | None:
        """The item as it is shown."""
        return next((spot for spot in (self.centre, *self.spots) if spot.id == identifier), None)


def neighbourhood(graph: LinkGraph, centre: str, asked: Asked) -> Neighbourhood:
    """What is around an item; the same case and the same question give the same answer.

    Each ring holds the most strongly tied items, a few of every kind before many of one. Only what is shown leads
    further out. Raises ``KeyError`` for an item that the graph does not have.
    """
    middle = Spot(node=graph.nodes[centre], ring=0)
    shown: dict[str, Spot] = {centre: middle}
    rests: list[Rest] = []
    inner: list[Spot] = [middle]
    passed: set[str] = set()
    for ring in range(1, min(max(asked.depth, 1), MOST_DEPTH) + 1):
        found = _reached(graph, inner, shown, asked.kinds, passed)
        chosen = _chosen(graph, found, asked.room(ring))
        left = Counter(graph.nodes[identifier].kind for identifier in found if identifier not in chosen)
        passed |= {identifier for identifier in found if identifier not in chosen}
        if left:
            rests.append(Rest(ring=ring, kinds=_in_order(left)))
        inner = [
            Spot(node=graph.nodes[i], ring=ring, through=found[i][0]) for i in _arranged(graph, chosen, found, inner)
        ]
        shown |= {spot.id: spot for spot in inner}
    hidden = Counter(graph.nodes[other].kind for other in graph.ties[centre])
    return Neighbourhood(
        centre=middle,
        spots=tuple(spot for spot in shown.values() if spot.ring),
        rests=tuple(rests),
        edges=_edges(graph, shown),
        other_kinds=tuple(item for item in _in_order(hidden) if item[0] not in asked.kinds),
    )


def _reached(
    graph: LinkGraph, inner: Sequence[Spot], shown: Mapping[str, Spot], kinds: frozenset[str], passed: set[str]
) -> dict[str, tuple[str, int]]:
    """What a ring could hold: item -> (through which item of the ring within, how strongly tied to that ring)."""
    found: dict[str, tuple[str, int, int]] = {}
    nodes = graph.nodes
    for spot in inner:
        for other, strength in graph.strengths[spot.id].items():
            if other in shown or other in passed or nodes[other].kind not in kinds:
                continue
            known = found.get(other)
            if known is None:
                found[other] = (spot.id, strength, strength)
            elif strength > known[2]:
                found[other] = (spot.id, known[1] + strength, strength)
            else:
                found[other] = (known[0], known[1] + strength, known[2])
    return {identifier: (through, total) for identifier, (through, total, _) in found.items()}


def _chosen(graph: LinkGraph, found: Mapping[str, tuple[str, int]], room: int) -> set[str]:
    """The strongest of every kind, and behind every item of the ring within, in turn until there is no more room."""
    if len(found) <= room:
        return set(found)
    groups: dict[tuple[int, str], list[str]] = {}
    for identifier, (through, _) in found.items():
        groups.setdefault((KINDS.index(graph.nodes[identifier].kind), through), []).append(identifier)
    queues = [
        heapq.nsmallest(room, members, key=lambda identifier: (-found[identifier][1], graph.sorted_by(identifier)))
        for _, members in sorted(groups.items())
    ]
    chosen: list[str] = []
    for at in range(room):
        chosen += [members[at] for members in queues if at < len(members)]
        if len(chosen) >= room:
            break
    return set(chosen[:room])


def _arranged(
    graph: LinkGraph, chosen: Iterable[str], found: Mapping[str, tuple[str, int]], inner: Sequence[Spot]
) -> list[str]:
    """In the order of what they are reached through, then by kind, strength and name."""
    place = {spot.id: at for at, spot in enumerate(inner)}

    def key(identifier: str) -> tuple[int, int, int, str, str]:
        through, strength = found[identifier]
        node = graph.nodes[identifier]
        return (place[through], KINDS.index(node.kind), -strength, *graph.sorted_by(identifier))

    return sorted(chosen, key=key)


def _in_order(kinds: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple((kind, kinds[kind]) for kind in KINDS if kinds[kind])


def _edges(graph: LinkGraph, shown: Mapping[str, Spot]) -> tuple[Edge, ...]:
    """Every tie among what is shown, from the inner item to the outer."""
    place = {identifier: at for at, identifier in enumerate(shown)}
    edges = []
    for identifier, at in place.items():
        ties = graph.ties[identifier]
        others = [other for other in ties if place.get(other, -1) > at]
        for other in sorted(others, key=place.__getitem__):
            counts = tuple((relation, detail, number) for (relation, detail), number in sorted(ties[other].items()))
            is_stem = shown[other].through == identifier
            edges.append(Edge(one=identifier, other=other, counts=counts, is_stem=is_stem))
    return tuple(edges)


#: How a relation is said: for one, and for several.
_WORDS = {
    "excerpt": ("{n} excerpt", "{n} excerpts"),
    "shared": ("{n} excerpt in common", "{n} excerpts in common"),
    "evidence": ("{n} item of evidence", "{n} items of evidence"),
    "source": ("source of the event", "{n} sources of the event"),
    "cited": ("cited once", "cited {n} times"),
}


def relation_words(counts: Iterable[tuple[str, str, int]]) -> str:
    """``"7 excerpts: 4 supports, 3 undermines; author"``: what ties two items, counted."""
    parts: dict[str, list[tuple[str, int]]] = {}
    for relation, detail, number in sorted(counts, key=_said_first):
        parts.setdefault(relation, []).append((detail, number))
    return "; ".join(_relation(relation, details) for relation, details in parts.items())


#: What is said first: what words on a page say, then what people made of them.
_ORDER = ("excerpt", "shared", "evidence", "cited", "source")
_DETAILS = ("supports", "for", "undermines", "against", "context", "silent", "response", "withdrawn")


def _said_first(count: tuple[str, str, int]) -> tuple[int, str, int, str]:
    relation, detail, _ = count
    at = _ORDER.index(relation) if relation in _ORDER else len(_ORDER)
    return (at, relation, _DETAILS.index(detail) if detail in _DETAILS else len(_DETAILS), detail)


def _relation(relation: str, details: Sequence[tuple[str, int]]) -> str:
    total = sum(number for _, number in details)
    one, several = _WORDS.get(relation, (relation, relation + " ({n} times)"))
    said = (one if total == 1 else several).format(n=total)
    named = [(detail, number) for detail, number in details if detail]
    if not named:
        return said
    if len(details) == 1:
        return f"{said}: {named[0][0]}"
    return f"{said}: {', '.join(f'{number} {detail}' for detail, number in named)}"
