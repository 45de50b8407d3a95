"""The chronology: events in a stated order, what recorded orders narrow, what contradicts itself, days between two."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.domain.change import Action, Change
from workbench.domain.dates import in_words
from workbench.domain.errors import NotFound, Refused
from workbench.domain.event import Event, EventOrder
from workbench.domain.event_order import (
    Before,
    Contradiction,
    Limit,
    Narrowing,
    SortBy,
    is_known_before,
    narrowing,
    sorted_events,
    statement_of,
)
from workbench.domain.excerpt import Excerpt
from workbench.domain.ids import EventId, EventOrderId, ExcerptId, new_id
from workbench.domain.intervals import (
    DayBounds,
    Interval,
    bounds_of,
    day_in_words,
    days_between,
    doubts_of,
    interval_in_words,
)
from workbench.domain.timeline import Stretch
from workbench.services.timeline import EventRow, references_of, timeline_rows
from workbench.store.case_file import CaseFile

#: So many steps of a long chain are written at either end.
_SHOWN_STEPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """A recorded order with the titles of its events and the page it is said on."""

    order: EventOrder
    earlier: str
    later: str
    source: str = ""
    is_contradicted: bool = False

    @property
    def id(self) -> str:
        return self.order.id

    @property
    def sentence(self) -> str:
        """``“Letter sent” came before “Meeting” (“before the meeting”, INQ000001_002)``."""
        said = [f"“{self.order.words}”"] if self.order.words else []
        said += [self.source] if self.source else []
        told = f" ({', '.join(said)})" if said else ""
        return f"“{self.earlier}” came before “{self.later}”{told}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronology:
    """Events in order, the order in words, the orders recorded, and each contradiction as one sentence."""

    rows: tuple[EventRow, ...]
    statement: str
    orders: tuple[OrderRow, ...]
    contradictions: tuple[str, ...]
    narrowing: Narrowing = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which events a chronology is limited to; empty means all. Hidden orders and sources are left out everywhere."""

    events: Collection[str] | None = None
    hidden_excerpts: Collection[str] = ()


def chronology(case: CaseFile, sort: SortBy = SortBy.EARLIEST, wanted: Wanted | None = None) -> Chronology:
    """All events, or those wanted; orders with events that are left out narrow nothing."""
    wanted = wanted or Wanted()
    rows = [row for row in timeline_rows(case) if wanted.events is None or row.event.id in wanted.events]
    events = {row.event.id: row.event for row in rows}
    records = [
        item
        for item in case.all(EventOrder)
        if item.earlier in events and item.later in events and item.source not in wanted.hidden_excerpts
    ]
    found = narrowing_of(events.values(), records)
    orders = order_rows(case, records, events, found)
    made = _Rows(rows, orders, found)
    return Chronology(
        rows=tuple(made.row(event) for event in sorted_events(found, sort)),
        statement=statement_of(sort, is_narrowed=bool(found.not_before or found.not_after)),
        orders=tuple(orders),
        contradictions=tuple(contradiction_sentence(item, events, orders) for item in found.contradictions),
        narrowing=found,
    )


def narrowing_of(events: Collection[Event], orders: Sequence[EventOrder]) -> Narrowing:
    """What the orders say of these events."""
    own: dict[str, DayBounds] = {event.id: bounds_of(event.on_earliest, event.on_latest) for event in events}
    return narrowing(own, [Before(item.id, item.earlier, item.later) for item in orders])


def order_rows(
    case: CaseFile, records: Sequence[EventOrder], events: Mapping[EventId, Event], found: Narrowing
) -> list[OrderRow]:
    """The orders with titles and sources, by the titles of their events."""
    references = references_of(case, {item.source for item in records if item.source is not None})
    doubted = {link.id for item in found.contradictions for link in item.chain}
    made = [
        OrderRow(
            order=item,
            earlier=events[item.earlier].title,
            later=events[item.later].title,
            source=references.get(item.source, "") if item.source is not None else "",
            is_contradicted=item.id in doubted,
        )
        for item in records
    ]
    return sorted(made, key=lambda row: (row.earlier.casefold(), row.later.casefold(), row.order.id))


class _Rows:
    """Makes the rows of one chronology."""

    def __init__(self, rows: Sequence[EventRow], orders: Sequence[OrderRow], found: Narrowing) -> None:
        self._rows = {str(row.event.id): row for row in rows}
        self._orders = {str(item.order.id): item for item in orders}
        self._found = found
        self._doubted = {event for item in found.contradictions for event in item.events}

    def row(self, event: str) -> EventRow:
        row, inferred = self._rows[event], self._narrowed(event)
        bounds = self._found.bounds[event]
        return replace(
            row,
            inferred=inferred,
            narrowed=stretch_between(bounds) if inferred else None,
            is_contradicted=event in self._doubted,
        )

    def _narrowed(self, event: str) -> str:
        after, until = self._found.not_before.get(event), self._found.not_after.get(event)
        parts = []
        if after is not None:
            parts.append(f"not before {day_in_words(after.day)}: after {self._way(after, after.via.earlier, 'after')}")
        if until is not None:
            parts.append(f"not after {day_in_words(until.day)}: before {self._way(until, until.via.later, 'before')}")
        return f"Inferred: {'; '.join(parts)}." if parts else ""

    def _way(self, limit: Limit, near: str, side: str) -> str:
        """``“Meeting” (“before the meeting”)``, and the event whose date decides where that is another."""
        words = self._orders[limit.via.id].order.words
        way = f"“{self._rows[near].event.title}”" + (f" (“{words}”)" if words else "")
        if limit.source == near:
            return way
        return f"{way}, which came {side} “{self._rows[limit.source].event.title}”"


def stretch_between(bounds: DayBounds) -> Stretch | None:
    """The stretch for the canvas; None where both ends are open."""
    first = bounds.first if bounds.first is not None else bounds.last
    last = bounds.last if bounds.last is not None else bounds.first
    if first is None or last is None:
        return None
    return Stretch(first, last, bounds.first is None, bounds.last is None)


def _shortened(steps: Sequence[str]) -> Sequence[str]:
    """The first and the last steps of a chain that nobody would read whole."""
    if len(steps) <= 2 * _SHOWN_STEPS:
        return steps
    left_out = len(steps) - 2 * _SHOWN_STEPS
    return [*steps[:_SHOWN_STEPS], f"{left_out:,} further events", *steps[-_SHOWN_STEPS:]]


def contradiction_sentence(item: Contradiction, events: Mapping[EventId, Event], orders: Sequence[OrderRow]) -> str:
    """One sentence with the events, the words of every step, and the dates that cannot be."""
    by_id = {str(row.order.id): row for row in orders}
    steps = "; ".join(_shortened([by_id[link.id].sentence for link in item.chain]))
    if item.is_circle:
        return f"These orders run in a circle: {steps}."
    first, last = events[EventId(item.events[0])], events[EventId(item.events[-1])]
    return (
        f"By the recorded orders “{first.title}” came before “{last.title}”, but it is dated {in_words(first.on)} and "
        f"the other {in_words(last.on)}: {steps}."
    )


# Orders


def add_order(
    case: CaseFile, earlier: EventId, later: EventId, words: str = "", source: ExcerptId | None = None
) -> tuple[Change, EventOrderId]:
    """Record that one event came before another, in whose words and on which excerpt; said twice it is refused.

    A contradiction is recorded all the same, because witnesses contradict each other; ``contradictions`` tells of it.
    """
    first, second = case.get(Event, earlier), case.get(Event, later)
    if earlier == later:
        raise Refused(f"“{first.title}” cannot come before itself. Choose two events.")
    words = " ".join(words.split())
    if source is not None:
        case.get(Excerpt, source)
    if any(o.words == words and o.source == source for o in case.all(EventOrder, earlier=earlier, later=later)):
        raise Refused(f"It is recorded already that “{first.title}” came before “{second.title}”.")
    order = EventOrder(id=EventOrderId(new_id("ord")), earlier=earlier, later=later, words=words, source=source)
    with case.change(Action.EDIT_EVENT, f"order of {first.on} and {second.on}") as step:
        step.put(order)
    return step.change, order.id


def remove_orders(case: CaseFile, orders: Sequence[EventOrderId]) -> Change:
    """Take recorded orders back, as one undoable step."""
    for order in orders:
        case.get(EventOrder, order)
    summary = "remove an order" if len(orders) == 1 else f"remove {len(orders)} orders"
    with case.change(Action.EDIT_EVENT, summary) as step:
        for order in orders:
            step.delete(EventOrder, order)
    return step.change


def contradictions(case: CaseFile) -> tuple[str, ...]:
    """Each contradiction between the recorded orders and dates, as one sentence."""
    events = {event.id: event for event in case.all(Event)}
    records = case.all(EventOrder)
    found = narrowing_of(events.values(), records)
    orders = order_rows(case, records, events, found)
    return tuple(contradiction_sentence(item, events, orders) for item in found.contradictions)


# Days between


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """The days from one event to another; ``narrowed`` counts with recorded orders, None when it is the same."""

    one: Event
    other: Event
    interval: Interval
    narrowed: Interval | None
    doubts: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """``From “Report received” (March 2014) to “Action” (2015): 276 to 671 days.`` and what is doubtful in it."""
        text = (
            f"From “{self.one.title}” ({in_words(self.one.on)}) to “{self.other.title}” ({in_words(self.other.on)}): "
            f"{interval_in_words(self.interval)}."
        )
        if self.narrowed is not None:
            text += f" With recorded orders: {interval_in_words(self.narrowed)}."
        return " ".join([text, *self.doubts])


def between(case: CaseFile, one: EventId, other: EventId) -> Between:
    """Count from one event to another."""
    first, second = case.get(Event, one), case.get(Event, other)
    return _counted(first, second, narrowing_of(case.all(Event), case.all(EventOrder)))


def between_in(made: Chronology, one: EventId, other: EventId) -> Between:
    """Count from one event to another of a chronology that is there already."""
    events = {row.event.id: row.event for row in made.rows}
    return _counted(events[one], events[other], made.narrowing)


def _counted(first: Event, second: Event, found: Narrowing) -> Between:
    plain = days_between(bounds_of(first.on_earliest, first.on_latest), bounds_of(second.on_earliest, second.on_latest))
    narrowed = days_between(
        found.bounds[first.id],
        found.bounds[second.id],
        is_before=is_known_before(found, first.id, second.id),
        is_after=is_known_before(found, second.id, first.id),
    )
    doubted = {event.title: doubts_of(event.on) for event in (first, second)}
    return Between(
        one=first,
        other=second,
        interval=plain,
        narrowed=narrowed if narrowed != plain else None,
        doubts=tuple(
            f"The date of “{title}” is {doubt}; it is counted as written." for title, doubt in doubted.items() if doubt
        ),
    )


def event_named(case: CaseFile, name: str) -> Event:
    """The event with this identifier, number in the chronology (``T7``), or title; part of a title will do.

    Raises ``NotFound`` naming those that fit when it is not exactly one.
    """
    wanted = " ".join(name.split()).casefold()
    events = case.all(Event, "on_earliest, on_latest, id")
    number = re.fullmatch(r"t(\d+)", wanted)
    if number is not None:
        order = chronology(case).rows
        if 1 <= int(number[1]) <= len(order):
            return order[int(number[1]) - 1].event
    found = [event for event in events if event.id == name.strip()]
    found = found or [event for event in events if " ".join(event.title.split()).casefold() == wanted]
    found = found or [event for event in events if wanted and wanted in event.title.casefold()]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(f"There is no event “{name}” in this case. List them with: workbench chronology CASE.")
    listed = "; ".join(f"{in_words(event.on)} “{event.title}”" for event in found[:5])
    raise NotFound(f"“{name}” fits {len(found)} events: {listed}. Write more of the title, or its number (T7).")
