"""Lists what a sentence can rest on beside excerpts: events, assessments, standards, searches without result."""

from __future__ import annotations

from workbench.domain.analysis import Assessment, NegativeSearch, Standard
from workbench.domain.dates import in_words
from workbench.domain.event import Event
from workbench.domain.frame import Institution, ScopeParagraph
from workbench.domain.ids import AnyId
from workbench.services.linking import Target
from workbench.store.case_file import CaseFile


def citable_things(case: CaseFile) -> list[Target]:
    """Events by date, then assessments, standards and searches; each found by its words."""
    names = {item.id: item.name for item in case.all(Institution)}
    numbers = {item.id: item.number for item in case.all(ScopeParagraph)}
    found = [
        Target(kind="event", id=AnyId(item.id), name=f"{in_words(item.on)}: {item.title}", also=item.on)
        for item in case.all(Event, "on_earliest, on_latest, id")
    ]
    for item in case.all(Assessment):
        period = f", {in_words(item.period)}" if item.period else ""
        name = f"{names[item.institution]} under {numbers[item.scope]}{period}: {item.rating.value}"
        found.append(Target(kind="assessment", id=AnyId(item.id), name=name, also=item.question))
    found += [Target(kind="standard", id=AnyId(item.id), name=item.title) for item in case.all(Standard, "title")]
    found += [
        Target(kind="negative search", id=AnyId(item.id), name=item.sought, also=f"{item.query} {item.among}")
        for item in case.all(NegativeSearch)
    ]
    return found
