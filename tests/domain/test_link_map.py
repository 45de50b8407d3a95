"""A neighbourhood is counted, cut to what can be read, and laid out so that nothing overlaps, the same every time."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from workbench.domain.link_layout import Layout, Placed, laid_out
from workbench.domain.link_map import (
    KINDS,
    Asked,
    LinkGraph,
    Neighbourhood,
    Node,
    Rest,
    Spot,
    neighbourhood,
    relation_words,
)

ALL = frozenset(KINDS)


def random_graph(seed: int, nodes: int, ties: int) -> LinkGraph:
    chance, graph = random.Random(seed), LinkGraph()
    names = [f"n{at:04}" for at in range(nodes)]
    for name in names:
        graph.add(Node(id=name, kind=chance.choice(KINDS), name=f"Item {chance.randrange(10**6)}"))
    for _ in range(ties):
        one = names[0] if chance.random() < 0.2 else chance.choice(names)
        graph.tie(one, chance.choice(names), chance.choice(["excerpt", "source"]), chance.choice(["supports", ""]))
    return graph


def _shown(seed: int) -> tuple[LinkGraph, Neighbourhood, Asked]:
    chance, graph = random.Random(seed), random_graph(seed, 30 + 3 * seed, 90 + 9 * seed)
    kinds = frozenset(chance.sample(KINDS, chance.randint(3, len(KINDS))))
    asked = Asked(depth=chance.randint(1, 3), kinds=kinds, most=chance.choice([1, 3, 8, 14, 30]))
    return graph, neighbourhood(graph, "n0000", asked), asked


def _layout(seed: int, shown: Neighbourhood, width: float) -> Layout:
    chance, sizes = random.Random(seed), dict[str, tuple[float, float]]()

    def measure(item: Spot | Rest | str) -> tuple[float, float]:
        key = item if isinstance(item, str) else item.id
        return sizes.setdefault(key, (chance.uniform(30, 210), chance.uniform(16, 60)))

    return laid_out(shown, measure, width)


def _overlapping(boxes: tuple[Placed, ...]) -> list[tuple[str, str]]:
    return [(a.id, b.id) for at, a in enumerate(boxes) for b in boxes[:at] if a.overlaps(b)]


@pytest.mark.parametrize("seed", range(24))
def test_nothing_overlaps_and_nothing_is_lost(seed: int) -> None:
    _, shown, _ = _shown(seed)
    for width in (350.0, 1000.0):
        layout = _layout(seed, shown, width)
        assert _overlapping(layout.boxes) == []
        placed = Counter(box.id for box in layout.boxes if box.kind != "heading")
        wanted = [shown.centre.id, *(spot.id for spot in shown.spots), *(rest.id for rest in shown.rests)]
        assert placed == Counter(wanted)
        assert all(box.left >= 0 and box.right <= layout.width and box.bottom <= layout.height for box in layout.boxes)
        assert layout == _layout(seed, shown, width)


@pytest.mark.parametrize("seed", range(24))
def test_rings_are_as_far_as_they_say(seed: int) -> None:
    graph, shown, asked = _shown(seed)
    rings = {shown.centre.id: 0, **{spot.id: spot.ring for spot in shown.spots}}
    for spot in shown.spots:
        assert spot.node.kind in asked.kinds and spot.ring <= asked.depth
        assert rings[spot.through] == spot.ring - 1 and graph.between(spot.through, spot.id)
        assert min(rings[other] for other in graph.ties[spot.id] if other in rings) == spot.ring - 1
    near = {other for other in graph.ties["n0000"] if graph.nodes[other].kind in asked.kinds}
    rest = sum(rest.count for rest in shown.rests if rest.ring == 1)
    assert len(shown.ring(1)) + rest == len(near) and len(shown.ring(1)) <= asked.most
    left = sum(number for _, number in shown.other_kinds)
    assert left == len(graph.ties["n0000"]) - len(near)
    pairs = {(edge.one, edge.other) for edge in shown.edges}
    assert all(edge.total == sum(graph.between(edge.one, edge.other).values()) for edge in shown.edges)
    assert len(pairs) == len(shown.edges) and not pairs & {(b, a) for a, b in pairs}
    assert sum(edge.is_stem for edge in shown.edges) == len(shown.spots)


def test_the_order_of_reading_changes_nothing() -> None:
    one = random_graph(7, 80, 400)
    other = LinkGraph()
    for node in reversed(one.nodes.values()):
        other.add(node)
    for first in reversed(one.nodes):
        for second, counts in reversed(one.ties[first].items()):
            for (relation, detail), number in counts.items() if first < second else ():
                for _ in range(number):
                    other.tie(second, first, relation, detail)
    asked = Asked(depth=3, kinds=ALL, most=6)
    assert neighbourhood(one, "n0000", asked) == neighbourhood(other, "n0000", asked)


def _star() -> LinkGraph:
    """A body with 40 documents and two people."""
    graph = LinkGraph()
    graph.add(Node(id="body", kind="institution", name="Body"))
    for at in range(40):
        graph.add(Node(id=f"doc{at:02}", kind="document", name=f"INQ{at:06}"))
        for _ in range(at + 1):
            graph.tie("body", f"doc{at:02}", "excerpt", "supports")
    for at in range(2):
        graph.add(Node(id=f"per{at}", kind="person", name=f"IN-A{at}"))
        graph.tie("body", f"per{at}", "shared")
    return graph


def test_few_of_every_kind_come_before_many_of_one_and_the_rest_can_be_opened() -> None:
    asked = Asked(kinds=ALL, most=10)
    shown = neighbourhood(_star(), "body", asked)
    kinds = Counter(spot.node.kind for spot in shown.spots)
    assert kinds == {"person": 2, "document": 8}
    assert next(spot.id for spot in shown.spots if spot.node.kind == "document") == "doc39"  # the strongest
    (rest,) = shown.rests
    assert (rest.count, rest.kinds) == (32, (("document", 32),))
    opened = neighbourhood(_star(), "body", asked.opening(1))
    assert len(opened.spots) == 20 and opened.rests[0].count == 22
    assert {spot.id for spot in shown.spots} <= {spot.id for spot in opened.spots}


def test_kinds_stand_together_and_both_sides_are_used() -> None:
    layout = laid_out(neighbourhood(_star(), "body", Asked(kinds=ALL, most=30)), lambda _item: (120.0, 38.0), 1200)
    boxes = sorted((box for box in layout.boxes if box.ring == 1 and box.kind != "more"), key=lambda box: box.top)
    for side in (1, -1):
        kinds = [box.id if box.kind == "heading" else box.kind for box in boxes if box.side == side]
        runs = [kind for at, kind in enumerate(kinds) if at == 0 or kinds[at - 1] != kind]
        assert len(runs) == len(set(runs))
    assert {box.side for box in boxes} == {1, -1}


def test_what_ties_two_items_is_said_in_numbers() -> None:
    counts = [("excerpt", "supports", 4), ("excerpt", "undermines", 3), ("author", "", 1)]
    assert relation_words(counts) == "7 excerpts: 4 supports, 3 undermines; author"
    assert relation_words([("excerpt", "context", 1)]) == "1 excerpt: context"
    assert relation_words([("shared", "", 2)]) == "2 excerpts in common"
