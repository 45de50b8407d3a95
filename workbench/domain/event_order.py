"""What follows from "this came before that": narrower dates, the order of a list, and sayings that cannot all be true.

"Before" is read as "not later than the same day": two events of one day can follow each other.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.intervals import DayBounds


@dataclass(frozen=True, slots=True)
class Before:
    """One recorded order: by which record, which event is the earlier and which the later one."""

    id: str
    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound that an event has from another: the day, the event it began at, and the order it came by."""

    day: int
    source: str
    via: Before


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Orders that cannot all be true: a circle, or a chain whose first event is certainly later than its last."""

    chain: tuple[Before, ...]
    is_circle: bool

    @property
    def events(self) -> tuple[str, ...]:
        """The events along the chain; a circle ends where it began."""
        return (self.chain[0].earlier, *(link.later for link in self.chain))


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The bounds of every event as the orders narrow them, from where, and what contradicts itself.

    ``orders`` are those that were used: orders that contradict each other narrow nothing until one is removed.
    """

    bounds: Mapping[str, DayBounds]
    not_before: Mapping[str, Limit]
    not_after: Mapping[str, Limit]
    contradictions: tuple[Contradiction, ...]
    orders: tuple[Before, ...]


def narrowing(own: Mapping[str, DayBounds], orders: Iterable[Before]) -> Narrowing:
    """Follow all orders; those that name an event which is not there are left out."""
    known = tuple(order for order in orders if order.earlier in own and order.later in own)
    circles, usable = _without_circles(own, known)
    found = list(circles)
    while True:
        graph = _Graph(own, usable)
        conflicts = graph.conflicts()
        if not conflicts:
            break
        found += conflicts
        dropped = {link.id for conflict in conflicts for link in conflict.chain}
        usable = tuple(order for order in usable if order.id not in dropped)
    firsts, lasts = graph.firsts(), graph.lasts()
    bounds = {
        event: DayBounds(firsts.day.get(event, held.first), lasts.day.get(event, held.last))
        for event, held in own.items()
    }
    return Narrowing(bounds, firsts.limits(), lasts.limits(), tuple(found), usable)


class _Pass:
    """What one walk over the events found: the bound of each event, and the order it came by."""

    def __init__(self, own: Mapping[str, DayBounds], *, is_forward: bool) -> None:
        self._is_forward = is_forward
        held = {event: bounds.first if is_forward else bounds.last for event, bounds in own.items()}
        self.day = {event: day for event, day in held.items() if day is not None}
        self.via: dict[str, Before] = {}

    def chain(self, event: str) -> tuple[Before, ...]:
        """The orders that lead from where an event's bound began, or to there; in order of time."""
        chain: list[Before] = []
        while event in self.via:
            link = self.via[event]
            chain.append(link)
            event = link.earlier if self._is_forward else link.later
        return tuple(reversed(chain)) if self._is_forward else tuple(chain)

    def limits(self) -> dict[str, Limit]:
        """The events whose bound came from another."""
        found: dict[str, Limit] = {}
        for event, link in self.via.items():  # the event it came from was reached before
            near = link.earlier if self._is_forward else link.later
            found[event] = Limit(self.day[event], found[near].source if near in found else near, link)
        return found


class _Graph:
    """Events and orders without circles."""

    def __init__(self, own: Mapping[str, DayBounds], orders: Sequence[Before]) -> None:
        self._own = own
        self.after: dict[str, list[Before]] = {}
        self.before: dict[str, list[Before]] = {}
        for order in orders:
            self.after.setdefault(order.earlier, []).append(order)
            self.before.setdefault(order.later, []).append(order)
        self._sorted = self._topological()

    def _topological(self) -> list[str]:
        waiting = {event: len(self.before.get(event, ())) for event in {*self.after, *self.before}}
        free = deque(sorted(event for event, count in waiting.items() if not count))
        done: list[str] = []
        while free:
            event = free.popleft()
            done.append(event)
            for order in self.after.get(event, ()):
                waiting[order.later] -= 1
                if not waiting[order.later]:
                    free.append(order.later)
        return done

    def firsts(self) -> _Pass:
        """The first possible day of every event."""
        walk = _Pass(self._own, is_forward=True)
        for event in self._sorted:
            for order in self.before.get(event, ()):
                day = walk.day.get(order.earlier)
                if day is not None and day > walk.day.get(event, 0):
                    walk.day[event], walk.via[event] = day, order
        return walk

    def lasts(self) -> _Pass:
        """The last possible day of every event."""
        walk = _Pass(self._own, is_forward=False)
        for event in reversed(self._sorted):
            for order in self.after.get(event, ()):
                day = walk.day.get(order.later)
                if day is not None and (event not in walk.day or day < walk.day[event]):
                    walk.day[event], walk.via[event] = day, order
        return walk

    def conflicts(self) -> list[Contradiction]:
        """Chains whose first event is certainly later than their last; what follows from one is not told again."""
        walk, found = _Pass(self._own, is_forward=True), []
        for event in self._sorted:
            last = self._own[event].last
            for order in self.before.get(event, ()):
                day = walk.day.get(order.earlier)
                if day is None:
                    continue
                if last is not None and day > last:
                    found.append(Contradiction((*walk.chain(order.earlier), order), is_circle=False))
                elif day > walk.day.get(event, 0):
                    walk.day[event], walk.via[event] = day, order
        return found


def _without_circles(events: Iterable[str], orders: Sequence[Before]) -> tuple[list[Contradiction], tuple[Before, ...]]:
    """One short circle of every knot of orders, and the orders that are in no knot."""
    after: dict[str, list[Before]] = {}
    for order in orders:
        after.setdefault(order.earlier, []).append(order)
    knot = _knots(events, after)
    inside = [order for order in orders if knot[order.earlier] == knot[order.later]]
    if not inside:
        return [], tuple(orders)
    kept: dict[str, list[Before]] = {}
    for order in inside:
        kept.setdefault(order.earlier, []).append(order)
    starts = {knot[order.earlier]: order for order in reversed(inside)}
    circles = [Contradiction(_circle(order, kept), is_circle=True) for order in reversed(starts.values())]
    dropped = {order.id for order in inside}
    return circles, tuple(order for order in orders if order.id not in dropped)


def _circle(first: Before, after: Mapping[str, Sequence[Before]]) -> tuple[Before, ...]:
    """The shortest way from an order's later event back to its earlier one, with the order in front."""
    if first.later == first.earlier:
        return (first,)
    reached: dict[str, Before] = {}
    waiting = deque([first.later])
    while first.earlier not in reached:
        for order in after.get(waiting.popleft(), ()):
            if order.later not in reached:
                reached[order.later] = order
                waiting.append(order.later)
    way = [reached[first.earlier]]
    while way[-1].earlier != first.later:
        way.append(reached[way[-1].earlier])
    return (first, *reversed(way))


def _knots(events: Iterable[str], after: Mapping[str, Sequence[Before]]) -> dict[str, int]:
    """Which strongly connected part every event belongs to (Tarjan, without recursion: chains may be long)."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    knot: dict[str, int] = {}
    stack: list[str] = []
    for root in events:
        if root in number:
            continue
        work = [(root, 0)]
        while work:
            event, at = work.pop()
            if at == 0:
                number[event] = low[event] = len(number)
                stack.append(event)
            links = after.get(event, ())
            if at:
                low[event] = min(low[event], low[links[at - 1].later])
            while at < len(links) and links[at].later in number:
                if links[at].later not in knot:
                    low[event] = min(low[event], number[links[at].later])
                at += 1
            if at < len(links):
                work += [(event, at + 1), (links[at].later, 0)]
            elif low[event] == number[event]:
                _close(event, stack, knot, number[event])
    return knot


def _close(event: str, stack: list[str], knot: dict[str, int], name: int) -> None:
    while True:
        member = stack.pop()
        knot[member] = name
        if member == event:
            return


class SortBy(StrEnum):
    """Which day of a date that is not known to the day a chronology is sorted by."""

    EARLIEST = "earliest"
    MIDDLE = "middle"
    LATEST = "latest"


def statement_of(sort: SortBy, *, is_narrowed: bool) -> str:
    """The order in words, as it is shown and printed."""
    day = {
        SortBy.EARLIEST: "the earliest possible day",
        SortBy.MIDDLE: "the middle of the possible days",
        SortBy.LATEST: "the latest possible day",
    }[sort]
    narrowed = ", as far as recorded orders narrow it" if is_narrowed else ""
    return f"Sorted by {day}{narrowed}. A date that is open at one end stands at the other end."


def sorted_events(narrowed: Narrowing, sort: SortBy) -> list[str]:
    """All events in order; where an order is recorded the earlier event always stands first."""
    keys = {event: _key(bounds, sort) for event, bounds in narrowed.bounds.items()}
    waiting: dict[str, int] = {}
    after: dict[str, list[str]] = {}
    for order in narrowed.orders:
        waiting[order.later] = waiting.get(order.later, 0) + 1
        after.setdefault(order.earlier, []).append(order.later)
    free = [(*key, event) for event, key in keys.items() if event not in waiting]
    heapq.heapify(free)
    found = []
    while free:
        event = heapq.heappop(free)[-1]
        found.append(event)
        for later in after.get(event, ()):
            waiting[later] -= 1
            if not waiting[later]:
                heapq.heappush(free, (*keys[later], later))
    return found


def _key(bounds: DayBounds, sort: SortBy) -> tuple[int, int]:
    first = bounds.first if bounds.first is not None else bounds.last or 0
    last = bounds.last if bounds.last is not None else first
    chief = {SortBy.EARLIEST: first * 2, SortBy.MIDDLE: first + last, SortBy.LATEST: last * 2}[sort]
    return chief, first + last


def is_known_before(narrowed: Narrowing, one: str, other: str) -> bool:
    """Whether recorded orders lead from the one event to the other."""
    after: dict[str, list[str]] = {}
    for order in narrowed.orders:
        after.setdefault(order.earlier, []).append(order.later)
    seen, waiting = {one}, deque([one])
    while waiting:
        for later in after.get(waiting.popleft(), ()):
            if later == other:
                return True
            if later not in seen:
                seen.add(later)
                waiting.append(later)
    return False
