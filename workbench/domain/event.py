"""Events of the chronology, and which of two came first where only that is known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.ids import EventId, EventOrderId, ExcerptId, InstitutionId, PersonId, ScopeParagraphId


class EventStatus(StrEnum):
    """How sure the inquiry is that it happened so."""

    AGREED = "agreed"
    DISPUTED = "disputed"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened: EDTF date with sort bounds, the witness's own words for it, and sources.

    ``dispute`` says who disputes what; people are named by their ciphers only.
    """

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
    people: tuple[PersonId, ...] = ()
    dispute: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventOrder:
    """One event came before another ("before the meeting of the group"), in whose words and by which source."""

    id: EventOrderId
    earlier: EventId
    later: EventId
    words: str = ""
    source: ExcerptId | None = None
