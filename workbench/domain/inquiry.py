"""What the inquiry itself did: requests for evidence, hearings, who took part, and its list of issues."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.ids import (
    EvidenceRequestId,
    HearingId,
    InstitutionId,
    IssueId,
    PartyId,
    PersonId,
    ScopeParagraphId,
)

REQUEST_KINDS = ("rule 9", "section 21", "informal")
HEARING_KINDS = ("open", "closed")
PARTY_ROLES = ("core participant", "interested party", "witness")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A question that the inquiry asks under a scope paragraph; ``status`` is ``open``, ``answered`` or ``dropped``."""

    id: IssueId
    number: str
    scope: ScopeParagraphId
    text: str
    status: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequest:
    """A request for statements or documents, with its reference (``R9-014``) as receipts name it; dates EDTF."""

    id: EvidenceRequestId
    reference: str
    kind: str = "rule 9"
    addressee: str = ""
    institution: InstitutionId | None = None
    sent_on: str = ""
    due_on: str = ""
    answered_on: str = ""
    about: str = ""
    scope: tuple[ScopeParagraphId, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """A day of hearing, open or closed; witnesses by name of office or cipher."""

    id: HearingId
    on: str
    day: int = 0
    title: str = ""
    kind: str = "open"
    venue: str = ""
    witnesses: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A core participant or other interested party, an institution or a person under a cipher, and who acts for it."""

    id: PartyId
    name: str
    institution: InstitutionId | None = None
    person: PersonId | None = None
    role: str = "core participant"
    from_on: str = ""
    until_on: str = ""
    representative: str = ""
