"""Recorded orders narrow dates without touching them, contradict each other in one sentence, and count days."""

from __future__ import annotations

from itertools import pairwise

import pytest

from workbench.domain.change import Action
from workbench.domain.document import Document
from workbench.domain.errors import NotFound, Refused
from workbench.domain.event import Event, EventOrder
from workbench.domain.event_order import SortBy
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import Person
from workbench.domain.ids import EventId, new_id
from workbench.services.chronology import (
    Wanted,
    add_order,
    between,
    chronology,
    contradictions,
    event_named,
    remove_orders,
)
from workbench.services.excerpting import make_excerpt
from workbench.services.timeline import EventFacts, add_event, delete_event, edit_event
from workbench.store.case_file import CaseFile

Events = dict[str, EventId]


@pytest.fixture
def events(case: CaseFile) -> Events:
    dated = {"Report": "2014", "Meeting": "2014-10-09", "Action": "2015?", "Letter": "../2016"}
    return {title: add_event(case, EventFacts(title=title, on=on))[1] for title, on in dated.items()}


def titles(case: CaseFile, sort: SortBy = SortBy.EARLIEST) -> list[str]:
    return [row.event.title for row in chronology(case, sort).rows]


def test_an_order_narrows_a_date_and_leaves_it_as_it_is(case: CaseFile, events: Events) -> None:
    letter = case.first(Document, urn="INQ000001")
    assert letter is not None
    make_excerpt(case, document=letter.id, page_index=1, start=0, end=10)
    (source,) = case.all(Excerpt)
    assert titles(case, SortBy.LATEST) == ["Meeting", "Report", "Action", "Letter"]
    add_order(case, events["Report"], events["Meeting"], " before the\nmeeting ", source.id)
    made = chronology(case, SortBy.LATEST)
    assert [row.event.title for row in made.rows] == ["Report", "Meeting", "Action", "Letter"]
    assert made.rows[0].inferred == ("Inferred: not after 9 October 2014: before “Meeting” (“before the meeting”).")
    assert made.rows[0].event.on == "2014" and case.get(Event, events["Report"]).on_latest == "2014-12-31"
    assert made.orders[0].sentence == "“Report” came before “Meeting” (“before the meeting”, INQ000001_002)"
    assert made.statement == (
        "Sorted by the latest possible day, as far as recorded orders narrow it. "
        "A date that is open at one end stands at the other end."
    )
    assert "recorded orders" not in chronology(case, wanted=Wanted(hidden_excerpts={source.id})).statement


def test_a_bound_from_further_away_names_the_event_that_decides(case: CaseFile, events: Events) -> None:
    add_order(case, events["Letter"], events["Report"])
    add_order(case, events["Report"], events["Meeting"])
    row = next(row for row in chronology(case).rows if row.event.title == "Letter")
    assert row.inferred == "Inferred: not after 9 October 2014: before “Report”, which came before “Meeting”."
    assert titles(case)[:3] == ["Letter", "Report", "Meeting"]


def test_orders_are_changes_and_a_contradiction_is_one_sentence(case: CaseFile, events: Events) -> None:
    change, order = add_order(case, events["Action"], events["Meeting"], "once it was done they met")
    assert change.action is Action.EDIT_EVENT
    assert contradictions(case) == (
        "By the recorded orders “Action” came before “Meeting”, but it is dated 2015 (uncertain) and the other "
        "9 October 2014: “Action” came before “Meeting” (“once it was done they met”).",
    )
    assert [row.is_contradicted for row in chronology(case).orders] == [True]
    assert not any(row.inferred for row in chronology(case).rows)
    case.undo()
    assert contradictions(case) == () and case.count(EventOrder) == 0
    case.redo()
    remove_orders(case, [order])
    assert contradictions(case) == ()
    add_order(case, events["Report"], events["Letter"])
    add_order(case, events["Letter"], events["Report"])
    (circle,) = contradictions(case)
    assert circle.startswith("These orders run in a circle: ") and circle.count("came before") == 2


def test_what_cannot_be_an_order_is_refused(case: CaseFile, events: Events) -> None:
    with pytest.raises(Refused, match="cannot come before itself"):
        add_order(case, events["Report"], events["Report"])
    add_order(case, events["Report"], events["Action"], "first")
    with pytest.raises(Refused, match="recorded already"):
        add_order(case, events["Report"], events["Action"], "first")
    add_order(case, events["Report"], events["Action"], "as another witness said too")
    with pytest.raises(Refused, match="recorded orders"):
        delete_event(case, events["Report"])
    with pytest.raises(NotFound):
        add_order(case, events["Report"], EventId("evt_gone"))
    assert case.count(EventOrder) == 2


def test_days_between_two_events_with_and_without_orders(case: CaseFile, events: Events) -> None:
    assert between(case, events["Report"], events["Action"]).sentence == (
        "From “Report” (2014) to “Action” (2015 (uncertain)): 1 to 729 days. "
        "The date of “Action” is uncertain; it is counted as written."
    )
    add_order(case, events["Report"], events["Meeting"])
    assert "With recorded orders: 84 to 729 days." in between(case, events["Report"], events["Action"]).sentence
    add_order(case, events["Action"], events["Letter"])
    found = between(case, events["Report"], events["Letter"])
    assert (found.interval.least, found.narrowed and found.narrowed.least) == (None, 84)
    assert "the same day" in between(case, events["Meeting"], events["Meeting"]).sentence


def test_events_are_named_by_title_part_number_or_identifier(case: CaseFile, events: Events) -> None:
    assert event_named(case, " report ").id == events["Report"]
    assert event_named(case, "eeti").id == events["Meeting"]
    assert event_named(case, "t2").id == events["Meeting"] and event_named(case, events["Action"]).title == "Action"
    with pytest.raises(NotFound, match=r"fits 4 events: .*2014 “Report”"):
        event_named(case, "t")
    with pytest.raises(NotFound, match="no event “Hearing”"):
        event_named(case, "Hearing")


def test_who_disputes_what_is_kept_when_an_event_is_edited(case: CaseFile) -> None:
    with case.change(Action.EDIT_FRAME) as step:
        step.put(Person(id=new_id("per"), cipher="IN-A1"))
    person = case.all(Person)[0].id
    facts = EventFacts(title="Call", on="2014", people=(person,), dispute=" The firm says 2015. ", note="See notes.")
    _, event = add_event(case, facts)
    kept = case.get(Event, event)
    assert (kept.people, kept.dispute, kept.note) == ((person,), "The firm says 2015.", "See notes.")
    edit_event(case, event, facts)
    assert case.get(Event, event) == kept
    assert chronology(case).rows[0].people == ("IN-A1",)


def test_thousands_of_events_in_one_long_row(case: CaseFile) -> None:
    identifiers = [EventId(new_id("evt")) for _ in range(3_000)]
    with case.change(Action.EDIT_EVENT, "many") as step:
        for at, identifier in enumerate(identifiers):
            on = ("2014-01-01", "2014-01-01", "2014-01-01") if not at else ("../2020", "", "2020-12-31")
            step.put(Event(id=identifier, title=f"Event {at}", on=on[0], on_earliest=on[1], on_latest=on[2]))
        for one, other in pairwise(identifiers[:1001]):
            step.put(EventOrder(id=new_id("ord"), earlier=one, later=other))
    made = chronology(case)
    assert made.rows[0].id == identifiers[0] and len(made.rows) == 3_000
    last = next(row for row in made.rows if row.id == identifiers[1000])
    assert last.inferred == "Inferred: not before 1 January 2014: after “Event 999”, which came after “Event 0”."
