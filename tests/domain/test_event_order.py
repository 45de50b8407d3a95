"""What follows from recorded orders and uncertain dates is exactly what a person would find by trying every day."""

from __future__ import annotations

from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.domain.event_order import (
    Before,
    Narrowing,
    SortBy,
    is_known_before,
    narrowing,
    sorted_events,
    statement_of,
)
from workbench.domain.intervals import DayBounds, days_between

DAYS = range(1, 6)
Own = dict[str, DayBounds]


@st.composite
def events_and_orders(draw) -> tuple[Own, list[Before]]:
    names = "abcd"[: draw(st.integers(2, 4))]
    own = {}
    for name in names:
        first, last = sorted((draw(st.sampled_from(DAYS)), draw(st.sampled_from(DAYS))))
        own[name] = DayBounds(first, last)
    pairs = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=5))
    return own, [Before(f"o{at}", one, other) for at, (one, other) in enumerate(pairs)]


def worlds(own: Own, orders: list[Before]) -> list[dict[str, int]]:
    """Every way in which all events can have happened."""
    names = list(own)
    spans = [range(own[name].first or 0, (own[name].last or 0) + 1) for name in names]
    found = (dict(zip(names, days, strict=True)) for days in product(*spans))
    return [world for world in found if all(world[order.earlier] <= world[order.later] for order in orders)]


def has_circle(orders: list[Before]) -> bool:
    links = {(order.earlier, order.later) for order in orders}
    for middle, one, other in product("abcd", repeat=3):
        if (one, middle) in links and (middle, other) in links:
            links.add((one, other))
    return any(one == other for one, other in links)


@given(events_and_orders())
@settings(max_examples=300, deadline=None)
def test_bounds_are_those_of_all_that_can_have_happened(given: tuple[Own, list[Before]]) -> None:
    own, orders = given
    found, possible = narrowing(own, orders), worlds(own, orders)
    assert (not found.contradictions) == (bool(possible) and not has_circle(orders))
    if found.contradictions:
        orders = list(found.orders)  # what contradicts itself narrows nothing; the rest still does
        possible = worlds(own, orders)
        assert possible and not has_circle(orders)
    for name in own:
        days = [world[name] for world in possible]
        assert found.bounds[name] == DayBounds(min(days), max(days))
    for one, other in product(own, repeat=2):
        if one != other:
            days = [world[other] - world[one] for world in possible]
            interval = days_between(
                found.bounds[one],
                found.bounds[other],
                is_before=is_known_before(found, one, other),
                is_after=is_known_before(found, other, one),
            )
            assert (interval.least, interval.most) == (min(days), max(days))


@given(events_and_orders(), st.sampled_from(SortBy))
def test_a_sorted_list_keeps_every_order(given: tuple[Own, list[Before]], sort: SortBy) -> None:
    found = narrowing(*given)
    listed = sorted_events(found, sort)
    assert sorted(listed) == sorted(given[0])
    assert all(listed.index(order.earlier) < listed.index(order.later) for order in found.orders)
    keys = {
        SortBy.EARLIEST: lambda b: b.first,
        SortBy.MIDDLE: lambda b: b.first + b.last,
        SortBy.LATEST: lambda b: b.last,
    }
    days = [keys[sort](found.bounds[name]) for name in listed]
    assert days == sorted(days)


@given(events_and_orders())
def test_every_contradiction_is_a_chain_that_cannot_be(given: tuple[Own, list[Before]]) -> None:
    own, orders = given
    for item in narrowing(own, orders).contradictions:
        assert all(one.later == other.earlier for one, other in zip(item.chain, item.chain[1:], strict=False))
        first, last = own[item.events[0]], own[item.events[-1]]
        if item.is_circle:
            assert item.events[0] == item.events[-1]
        else:
            assert (first.first or 0) > (last.last or 0)
        assert set(item.chain) <= set(orders)


def narrowed(own: Own, *orders: tuple[str, str]) -> Narrowing:
    return narrowing(own, [Before(f"{one}{other}", one, other) for one, other in orders])


def test_a_bound_says_where_it_came_from() -> None:
    own = {"report": DayBounds(None, None), "meeting": DayBounds(100, 100), "action": DayBounds(50, None)}
    found = narrowed(own, ("report", "action"), ("action", "meeting"))
    limit = found.not_after["report"]
    assert (limit.day, limit.source, limit.via.id) == (100, "meeting", "reportaction")
    assert found.bounds["action"] == DayBounds(50, 100) and "meeting" not in found.not_after
    assert found.bounds["report"] == DayBounds(None, 100) and not found.not_before


def test_a_date_open_at_one_end_stands_at_the_other_unless_an_order_moves_it() -> None:
    own = {"until": DayBounds(None, 500), "day": DayBounds(300, 300), "from": DayBounds(400, None)}
    assert sorted_events(narrowed(own), SortBy.EARLIEST) == ["day", "from", "until"]
    assert sorted_events(narrowed(own, ("until", "day")), SortBy.EARLIEST) == ["until", "day", "from"]
    assert statement_of(SortBy.LATEST, is_narrowed=False).startswith("Sorted by the latest possible day.")
    assert "recorded orders" in statement_of(SortBy.MIDDLE, is_narrowed=True)


def test_one_removed_order_shows_the_next_contradiction() -> None:
    own = {name: DayBounds() for name in "abc"}
    found = narrowed(own, ("a", "b"), ("b", "a"), ("b", "c"), ("c", "b"), ("a", "a"))
    (circle,) = found.contradictions
    assert circle.is_circle and [link.id for link in circle.chain] == ["ab", "ba"]
    assert found.orders == ()
    assert [len(item.chain) for item in narrowed(own, ("b", "c"), ("c", "b")).contradictions] == [2]
    assert narrowed(own, ("a", "a")).contradictions[0].events == ("a", "a")


def test_a_chain_of_ten_thousand_events_is_followed_to_its_end() -> None:
    names = [f"e{number:05}" for number in range(10_000)]
    own: Own = {name: DayBounds() for name in names} | {names[0]: DayBounds(900, 900)}
    found = narrowed(own, *pairwise(names))
    assert found.bounds[names[-1]].first == 900
    assert found.not_before[names[-1]].source == names[0]
    assert sorted_events(found, SortBy.LATEST) == names
    circle = narrowed(own, *zip(names, [*names[1:], names[0]], strict=True)).contradictions
    assert len(circle) == 1 and len(circle[0].chain) == 10_000
