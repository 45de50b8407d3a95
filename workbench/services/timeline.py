"""Events of the timeline: listing them with all they touch, adding, editing, re-dating, removing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.domain.change import Action, Change
from workbench.domain.dates import parse_edtf
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.event import Event, EventStatus
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import CaseStudy, Institution, Person, ScopeParagraph
from workbench.domain.ids import EventId, ExcerptId, InstitutionId, PersonId, ScopeParagraphId, new_id
from workbench.domain.timeline import Stretch, shifted, stretch_of
from workbench.domain.urn import page_form
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """An event with the names of what it touches; ``sources`` are page references such as ``INQ000123_004``.

    ``inferred`` says in words what recorded orders add to its date, and ``narrowed`` is the stretch they leave; both
    are empty where they add nothing, and where the list was made without asking for orders.
    """

    event: Event
    stretch: Stretch
    institutions: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    case_studies: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    inferred: str = ""
    narrowed: Stretch | None = None
    is_contradicted: bool = False

    @property
    def id(self) -> str:
        return self.event.id


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacts:
    """What a person says of an event; the date as EDTF."""

    title: str
    on: str
    words: str = ""
    kind: str = "other"
    status: EventStatus = EventStatus.AGREED
    institutions: tuple[InstitutionId, ...] = ()
    scope: tuple[ScopeParagraphId, ...] = ()
    sources: tuple[ExcerptId, ...] = ()
    people: tuple[PersonId, ...] = ()
    dispute: str = ""
    note: str = ""


def timeline_rows(case: CaseFile) -> list[EventRow]:
    """All events, earliest first."""
    institutions = {item.id: item.name for item in case.all(Institution)}
    scope = {item.id: item.number for item in case.all(ScopeParagraph)}
    ciphers = {item.id: item.cipher for item in case.all(Person)}
    studies = case.all(CaseStudy, "title")
    events = case.all(Event, "on_earliest, on_latest, id")
    references = references_of(case, {source for event in events for source in event.sources})
    return [
        EventRow(
            event=event,
            stretch=stretch_of(event.on, event.on_earliest, event.on_latest),
            institutions=tuple(institutions[i] for i in event.institutions if i in institutions),
            scope=tuple(scope[i] for i in event.scope if i in scope),
            case_studies=tuple(study.title for study in studies if is_about(study, event)),
            sources=tuple(references[source] for source in event.sources if source in references),
            people=tuple(ciphers[person] for person in event.people if person in ciphers),
        )
        for event in events
    ]


def is_about(study: CaseStudy, event: Event) -> bool:
    """An event belongs to a case study that looks at one of its institutions, and at its scope where both name one."""
    if not set(study.institutions) & set(event.institutions):
        return False
    return not (study.scope and event.scope) or bool(set(study.scope) & set(event.scope))


def references_of(case: CaseFile, sources: set[ExcerptId]) -> dict[ExcerptId, str]:
    """The page reference (``INQ000123_004``) of each of these excerpts."""
    if not sources:
        return {}
    urns = {item.id: item.urn for item in case.all(Document)}
    return {e.id: page_form(urns[e.document], e.page_number) for e in case.all(Excerpt) if e.id in sources}


def add_event(case: CaseFile, facts: EventFacts) -> tuple[Change, EventId]:
    """Another event; raises ``Refused`` without a title or with a date that cannot be."""
    event = _event(EventId(new_id("evt")), facts)
    with case.change(Action.EDIT_EVENT, f"add {event.on}") as step:
        step.put(event)
    return step.change, event.id


def edit_event(case: CaseFile, event: EventId, facts: EventFacts) -> Change:
    """Make an event exactly this."""
    case.get(Event, event)
    with case.change(Action.EDIT_EVENT, f"edit {facts.on.strip()}") as step:
        step.put(_event(event, facts))
    return step.change


def redate_event(case: CaseFile, event: EventId, days: int) -> Change:
    """Move an event by about so many days, in the unit its date is known to."""
    record = case.get(Event, event)
    on = shifted(record.on, days)
    date = parse_edtf(on)
    with case.change(Action.EDIT_EVENT, f"re-date {record.on} to {on}") as step:
        step.put(replace(record, on=on, on_earliest=date.earliest, on_latest=date.latest))
    return step.change


def delete_event(case: CaseFile, event: EventId) -> Change:
    """Remove an event; refused while an excerpt is linked to it or a finding rests on it."""
    record = case.get(Event, event)
    used = case.pointing_at(event)
    if used:
        raise Refused(
            f"The event is still used {len(used)} times, by links, findings or recorded orders. Remove those first."
        )
    with case.change(Action.EDIT_EVENT, f"remove {record.on}") as step:
        step.delete(Event, event)
    return step.change


def add_sources(case: CaseFile, event: EventId, excerpts: Sequence[ExcerptId]) -> Change:
    """Let an event rest on these excerpts too."""
    record = case.get(Event, event)
    for excerpt in excerpts:
        case.get(Excerpt, excerpt)
    with case.change(Action.EDIT_EVENT, f"sources of {record.on}") as step:
        step.put(replace(record, sources=tuple(dict.fromkeys((*record.sources, *excerpts)))))
    return step.change


def _event(identifier: EventId, facts: EventFacts) -> Event:
    if not facts.title.strip():
        raise Refused("The event has no title. Type what happened.")
    date = parse_edtf(facts.on)
    return Event(
        id=identifier,
        title=facts.title.strip(),
        on=date.text,
        on_earliest=date.earliest,
        on_latest=date.latest,
        words=facts.words.strip(),
        kind=facts.kind.strip() or "other",
        status=facts.status,
        institutions=facts.institutions,
        scope=facts.scope,
        sources=facts.sources,
        people=facts.people,
        dispute=facts.dispute.strip(),
        note=facts.note.strip(),
    )
