"""What an investigation is about: its scope, case studies, institutions, people and themes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workbench.domain.ids import (
    CaseStudyId,
    DocumentId,
    InstitutionId,
    InvestigationId,
    PersonId,
    ProtectedTermId,
    ScopeParagraphId,
    ThemeId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigation:
    """What one case file holds, with the rule its document references (URNs) are given by."""

    id: InvestigationId
    title: str
    scope_title: str = ""
    scope_source: str = ""
    urn_prefix: str = "INQ"
    urn_digits: int = 6
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeParagraph:
    """One paragraph of the definition of scope, by its number (``2.3``)."""

    id: ScopeParagraphId
    number: str
    text: str
    kind: str = "subject"
    parent: ScopeParagraphId | None = None
    position: int


class CaseStudyStatus(StrEnum):
    """How far a case study has come."""

    PROPOSED = "proposed"
    SELECTED = "selected"
    CLOSED = "closed"
    NOT_PURSUED = "not pursued"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudy:
    """A close look at some institutions, for some scope paragraphs, over a period (EDTF).

    ``reason`` says why it was selected, ``alternatives`` what was considered instead and why not. ``context`` are
    documents that go into its bundle although nothing cites them.
    """

    id: CaseStudyId
    title: str
    scope: tuple[ScopeParagraphId, ...] = ()
    institutions: tuple[InstitutionId, ...] = ()
    period: str = ""
    reason: str = ""
    status: CaseStudyStatus = CaseStudyStatus.PROPOSED
    alternatives: tuple[str, ...] = ()
    context: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A body whose response is looked at; found by its name or any alias."""

    id: InstitutionId
    name: str
    kind: str = "other"
    aliases: tuple[str, ...] = ()
    name_cy: str = ""
    parent: InstitutionId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person, known everywhere by a cipher such as ``IN-A1``."""

    id: PersonId
    cipher: str
    person_class: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedTerm:
    """A name, alias, address, school or workplace that identifies a person and must not leave.

    ``term`` is sealed: only the room that holds the names can read it.
    """

    id: ProtectedTermId
    person: PersonId
    term: str
    kind: str = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A subject that excerpts are gathered under."""

    id: ThemeId
    name: str
