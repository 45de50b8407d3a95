"""Restrictions, the redactions asked for under them, clearances, disclosures and warning letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workbench.domain.geometry import Box
from workbench.domain.ids import (
    AnyId,
    BuildId,
    ClearanceId,
    DisclosureId,
    DocumentId,
    FindingId,
    RedactionId,
    RestrictionId,
    WarningLetterId,
)


class RestrictionKind(StrEnum):
    """Under what something may not be shown; a pending application counts as granted (Inquiry Rules 2006, rule 12)."""

    ORDER = "order"
    NOTICE = "notice"
    PENDING = "pending"
    UNDERTAKING = "undertaking"
    STATUTE = "statute"
    WAIVER = "waiver"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """An order, notice, pending application, undertaking, statute or waiver, and what it covers.

    ``targets`` are written as people write them: a document (``INQ000012``), a page (``INQ000012_004``), an area
    (``INQ000012_004@x0,y0,x1,y1``), a person by cipher (``IN-A1``), else a term. ``allows`` are the audiences beyond
    the team that may see it all the same; a waiver lifts protection for the audiences it allows.
    """

    id: RestrictionId
    kind: str
    made_by: str = ""
    on: str = ""
    targets: tuple[str, ...] = ()
    until: str = ""
    allows: tuple[str, ...] = ()
    revoked_on: str = ""
    note: str = ""


class MarkState(StrEnum):
    """How far a redaction has come."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """A mark for words or an area that must not be shown: proposed by one person, decided by another.

    ``start`` and ``end`` are half-open offsets into the page's stored text, equal while the words were given as a
    ``quote`` and not yet found, or when an area is marked.
    """

    id: RedactionId
    document: DocumentId
    page_index: int
    start: int = 0
    end: int = 0
    quote: str = ""
    boxes: tuple[Box, ...] = ()
    reason: str = ""
    restriction: RestrictionId | None = None
    state: MarkState = MarkState.PROPOSED
    basis: str = ""
    label: str = ""
    proposed_by: str = ""
    proposed_at: datetime | None = None
    decided_by: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """What was decided about showing a document to an audience: ``cleared`` or ``withheld``."""

    id: ClearanceId
    document: DocumentId
    audience: str
    decision: str
    by: str = ""
    on: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """A finished file that was handed to somebody: who got which build, how and when."""

    id: DisclosureId
    build: BuildId
    recipient: str
    audience: str = ""
    medium: str = ""
    sent_on: str = ""
    note: str = ""


#: What became of the criticism after the response was considered; "" until then.
LETTER_OUTCOMES = ("", "unchanged", "changed", "withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningLetter:
    """The letter without which criticism may not leave the team (Inquiry Rules 2006, rules 13 to 15).

    What it says and to whom is confidential and stands ``sealed``; only the room that keeps the letters reads it.
    ``addressee`` and ``note`` were written as they are by older programs and are empty since.
    ``answer`` is the response linked as evidence. ``outcome`` is ``unchanged``, ``changed`` or ``withdrawn``, "" until
    the response was considered. ``is_waived`` when the letter was expressly dispensed with.
    """

    id: WarningLetterId
    finding: FindingId
    addressee: str = ""
    sent_on: str = ""
    due_on: str = ""
    answered_on: str = ""
    note: str = ""
    sealed: str = ""
    evidence: tuple[AnyId, ...] = ()
    answer: tuple[AnyId, ...] = ()
    outcome: str = ""
    is_waived: bool = False


class TargetKind(StrEnum):
    """What a restriction's target text names."""

    DOCUMENT = "document"
    PAGE = "page"
    AREA = "area"
    PERSON = "person"
    TERM = "term"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target read: ``name`` is the URN, the cipher or the term; ``page_index`` counts from 0."""

    kind: TargetKind
    name: str
    page_index: int = -1
    box: Box | None = None


_NUMBER = r"-?[\d.]+"
_PLACE = re.compile(
    rf"(?P<urn>[A-Za-z]{{2,6}}[0-9]{{3,10}})(?:[_/](?P<page>[0-9]{{1,5}}))?"
    rf"(?:@(?P<box>{_NUMBER}(?:\s*,\s*{_NUMBER}){{3}}))?"
)
_CIPHER = re.compile(r"[A-Z]{1,5}-[A-Z]{0,3}[0-9]{1,4}")


def read_target(text: str) -> Target:
    """What a target text names; anything that is no reference and no cipher is a term."""
    text = text.strip()
    place = _PLACE.fullmatch(text)
    if place is not None and (place["page"] or not place["box"]):
        if not place["page"]:
            return Target(kind=TargetKind.DOCUMENT, name=place["urn"])
        page_index = int(place["page"]) - 1
        if not place["box"]:
            return Target(kind=TargetKind.PAGE, name=place["urn"], page_index=page_index)
        x0, y0, x1, y1 = (float(side) for side in place["box"].split(","))
        box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        return Target(kind=TargetKind.AREA, name=place["urn"], page_index=page_index, box=box)
    if _CIPHER.fullmatch(text):
        return Target(kind=TargetKind.PERSON, name=text)
    return Target(kind=TargetKind.TERM, name=text)
