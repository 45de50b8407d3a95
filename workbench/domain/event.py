"""Events of the chronology."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.ids import EventId, ExcerptId, InstitutionId, ScopeParagraphId


class EventStatus(StrEnum):
    """How sure the inquiry is that it happened so."""

    AGREED = "agreed"
    DISPUTED = "disputed"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened: EDTF date with sort bounds, the witness's own words for it, and sources."""

    id: EventId
    title: str
    on: str
    on_earliest: str
    on_latest: str
    words: str = ""
    kind: str = "other"
    status: EventStatus = EventStatus.AGREED
    institutions: tuple[InstitutionId, ...] = ()
    scope: tuple[ScopeParagraphId, ...] = ()
    sources: tuple[ExcerptId, ...] = ()
