"""Decides what an audience may see: which documents and pages are withheld, and which names must not appear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from workbench.domain.audience import is_beyond_team, is_reached_by
from workbench.domain.dates import parse_edtf
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.frame import Person
from workbench.domain.geometry import Box
from workbench.domain.protection import (
    Clearance,
    Redaction,
    Restriction,
    RestrictionKind,
    Target,
    TargetKind,
    read_target,
)
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A document, or some of its pages (indices), that an audience may not see, and under what."""

    urn: str
    page_indices: tuple[int, ...]
    why: str

    @property
    def sentence(self) -> str:
        """One line for lists; the title is not repeated, because it may tell what is withheld."""
        pages = ", ".join(str(index + 1) for index in self.page_indices)
        return f"{self.urn}{f' page {pages}' if pages else ''} was left out: {self.why}."


@dataclass(slots=True)
class Clearing:
    """Everything that decides for one audience on one day, read once."""

    case: CaseFile
    audience: str
    today: date
    _restrictions: list[Restriction] = field(default_factory=list)
    _targets: list[tuple[Restriction, Target]] = field(default_factory=list)
    _clearances: dict[str, Clearance] = field(default_factory=dict)
    _lifted: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        every = [item for item in self.case.all(Restriction) if is_in_force(item, self.today)]
        waivers = [item for item in every if item.kind == RestrictionKind.WAIVER]
        self._lifted = {
            read_target(text).name
            for waiver in waivers
            if is_reached_by(self.audience, waiver.allows or ("public",))
            for text in waiver.targets
        }
        self._restrictions = [
            item
            for item in every
            if item.kind != RestrictionKind.WAIVER and not is_reached_by(self.audience, item.allows)
        ]
        self._targets = [(item, read_target(text)) for item in self._restrictions for text in item.targets]
        decided = self.case.all(Clearance, audience=self.audience)
        self._clearances = {item.document: item for item in decided}

    @property
    def is_open(self) -> bool:
        """True for the team, which sees everything."""
        return not is_beyond_team(self.audience)

    def withheld(self, document: Document, page_indices: Iterable[int]) -> Withheld | None:
        """What of these pages the audience may not see; without page indices: the whole document."""
        if self.is_open:
            return None
        clearance = self._clearances.get(document.id)
        if clearance is not None and clearance.decision == "withheld":
            return Withheld(urn=document.urn, page_indices=(), why=f"withheld from the audience “{self.audience}”")
        pages, why = set(), ""
        for restriction, target in self._targets:
            if target.name.casefold() != document.urn.casefold():
                continue
            if target.kind is TargetKind.DOCUMENT:
                return Withheld(urn=document.urn, page_indices=(), why=_under(restriction))
            if target.kind is TargetKind.PAGE:
                pages.add(target.page_index)
                why = why or _under(restriction)
        hidden = tuple(index for index in page_indices if index in pages)
        return Withheld(urn=document.urn, page_indices=hidden, why=why) if hidden else None

    def areas(self, document: Document) -> list[tuple[int, Box, Restriction]]:
        """Areas of the document that are restricted: (page index, box, restriction)."""
        if self.is_open:
            return []
        return [
            (target.page_index, target.box, restriction)
            for restriction, target in self._targets
            if target.kind is TargetKind.AREA and target.box and target.name.casefold() == document.urn.casefold()
        ]

    def binds(self, mark: Redaction) -> bool:
        """Whether a mark is burnt in for this audience: every one that was not rejected, unless its order allows."""
        if self.is_open or mark.state == "rejected":
            return False
        if mark.restriction is None:
            return True
        restriction = self.case.get(Restriction, mark.restriction)
        return is_in_force(restriction, self.today) and not is_reached_by(self.audience, restriction.allows)

    def protected_ciphers(self) -> set[str]:
        """Ciphers of the people whose names must not appear."""
        return {person.cipher for person in self.case.all(Person) if person.cipher not in self._lifted}

    def restricted_terms(self) -> list[str]:
        """Words restricted by themselves."""
        terms = [target.name for _, target in self._targets if target.kind is TargetKind.TERM]
        return [term for term in terms if term not in self._lifted]

    def without_decision(self, documents: Iterable[Document]) -> list[str]:
        """URNs of documents for which nobody recorded that this audience may see them."""
        return [] if self.is_open else [item.urn for item in documents if item.id not in self._clearances]


def is_in_force(restriction: Restriction, today: date) -> bool:
    """Whether it counts on a day: a pending one does; one that was revoked or has run out does not."""
    revoked, ended = _last_day(restriction.revoked_on), _last_day(restriction.until)
    return not ((revoked and revoked <= today.isoformat()) or (ended and ended < today.isoformat()))


def _last_day(on: str) -> str:
    """The last possible day of a date; "" for none, for an open end, and for what cannot be read as one."""
    try:
        return parse_edtf(on).latest if on else ""
    except Refused:
        return ""


def _under(restriction: Restriction) -> str:
    parts = [restriction.kind if restriction.kind != RestrictionKind.PENDING else "a pending application"]
    parts += [f"by {restriction.made_by}"] if restriction.made_by else []
    parts += [f"of {restriction.on}"] if restriction.on else []
    return "restricted under " + " ".join(parts)
