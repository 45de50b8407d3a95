"""Events are added, edited, re-dated and removed as undoable steps, and list what they touch."""

from __future__ import annotations

import pytest

from workbench.domain.change import Action
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.event import Event, EventStatus
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import CaseStudy, ScopeParagraph
from workbench.domain.ids import InstitutionId, new_id
from workbench.services.excerpting import add_institution, make_excerpt
from workbench.services.linking import Wanted, annotate
from workbench.services.timeline import (
    EventFacts,
    add_event,
    add_sources,
    delete_event,
    edit_event,
    redate_event,
    timeline_rows,
)
from workbench.store.case_file import CaseFile


def test_a_row_names_all_it_touches(case: CaseFile) -> None:
    letter = case.first(Document, urn="INQ000001")
    assert letter is not None
    make_excerpt(case, document=letter.id, page_index=1, start=0, end=10)
    (source,) = case.all(Excerpt)
    institution = InstitutionId(add_institution(case, "Northmere"))
    paragraph = case.all(ScopeParagraph, "position")[4]
    with case.change(Action.EDIT_FRAME) as step:
        step.put(CaseStudy(id=new_id("cst"), title="Notices", institutions=(institution,), scope=(paragraph.id,)))
    facts = EventFacts(
        title=" Register opened ",
        on="2014-03",
        institutions=(institution,),
        scope=(paragraph.id,),
        sources=(source.id,),
    )
    _, event = add_event(case, facts)
    (row,) = timeline_rows(case)
    assert (row.event.id, row.event.title, row.event.on_latest) == (event, "Register opened", "2014-03-31")
    assert (row.institutions, row.scope) == (("Northmere",), (paragraph.number,))
    assert (row.case_studies, row.sources) == (("Notices",), ("INQ000001_002",))
    add_event(case, EventFacts(title="Earlier", on="2013"))
    assert [item.event.title for item in timeline_rows(case)] == ["Earlier", "Register opened"]


def test_events_change_one_step_at_a_time(case: CaseFile) -> None:
    _, event = add_event(case, EventFacts(title="Review", on="2014-03-12"))
    redate_event(case, event, 5)
    assert case.get(Event, event).on == "2014-03-17" and case.get(Event, event).on_earliest == "2014-03-17"
    edit_event(
        case, event, EventFacts(title="Review", on="2015?", status=EventStatus.DISPUTED, words="some time in 2015")
    )
    assert case.get(Event, event).on_latest == "2015-12-31"
    for _ in range(2):
        case.undo()
    assert case.get(Event, event).on == "2014-03-12"
    delete_event(case, event)
    assert case.count(Event) == 0
    case.undo()
    assert case.count(Event) == 1


def test_sources_are_added_once(case: CaseFile) -> None:
    letter = case.first(Document, urn="INQ000001")
    assert letter is not None
    make_excerpt(case, document=letter.id, page_index=0, start=0, end=10)
    (source,) = case.all(Excerpt)
    _, event = add_event(case, EventFacts(title="Review", on="2014"))
    add_sources(case, event, [source.id, source.id])
    assert case.get(Event, event).sources == (source.id,)
    annotate(case, [source.id], [Wanted(kind="event", name="Review", id=event)])  # type: ignore[arg-type]
    with pytest.raises(Refused, match="still used"):
        delete_event(case, event)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (EventFacts(title=" ", on="2014"), "no title"),
        (EventFacts(title="Review", on="soon"), "cannot be read as a date"),
        (EventFacts(title="Review", on="2014-02-30"), "no day of any calendar"),
    ],
)
def test_what_cannot_be_an_event_is_refused(case: CaseFile, facts: EventFacts, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        add_event(case, facts)
    assert case.count(Event) == 0
