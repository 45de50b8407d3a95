"""Decides what an audience may see: which documents and pages are withheld, and which names must not appear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from workbench.domain.audience import AUDIENCES, is_beyond_team, is_reached_by
from workbench.domain.dates import last_day
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
    _kept_from: dict[str, str] = field(default_factory=dict)
    _decided: set[str] = field(default_factory=set)
    _lifted: set[str] = field(default_factory=set)
    _unreadable: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        read = _Targets(self.case)
        every = [item for item in self.case.all(Restriction) if is_in_force(item, self.today)]
        waivers = [item for item in every if item.kind == RestrictionKind.WAIVER]
        self._lifted = {
            read.target(text).name
            for waiver in waivers
            if is_reached_by(self.audience, waiver.allows)
            for text in waiver.targets
        }
        self._restrictions = [
            item
            for item in every
            if item.kind != RestrictionKind.WAIVER and not is_reached_by(self.audience, item.allows)
        ]
        self._targets = [(item, read.target(text)) for item in self._restrictions for text in item.targets]
        self._unreadable = read.unreadable([text for item in self._restrictions for text in item.targets])
        own = AUDIENCES.index(self.audience)
        for item in self.case.all(Clearance):
            reach = AUDIENCES.index(item.audience)
            if item.decision == "withheld" and reach <= own:
                self._kept_from[item.document] = item.audience
            if reach == own or (item.decision == "cleared" and reach > own):
                self._decided.add(item.document)

    @property
    def is_open(self) -> bool:
        """True for the team, which sees everything."""
        return not is_beyond_team(self.audience)

    def withheld(self, document: Document, page_indices: Iterable[int]) -> Withheld | None:
        """What of these pages the audience may not see; without page indices: the whole document."""
        if self.is_open:
            return None
        if document.id in self._kept_from:
            # What fewer people may not see is kept from more people too, whatever was said of those.
            kept_from = self._kept_from[document.id]
            return Withheld(urn=document.urn, page_indices=(), why=f"withheld from the audience “{kept_from}”")
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
        return [] if self.is_open else [item.urn for item in documents if item.id not in self._decided]

    def refuse_unreadable(self) -> None:
        """Raise ``Refused`` when a restriction names a document but no page of it: what it hides cannot be known."""
        if self._unreadable and not self.is_open:
            raise Refused(
                f"A restriction names {self._unreadable[0]}, which is no page of that document, so what must be left "
                "out is not known. Write the page as INQ000012_004, one target each, and try again."
            )


class _Targets:
    """Reads what restrictions name, with the documents and ciphers that the case has."""

    def __init__(self, case: CaseFile) -> None:
        self._documents = {document.urn.casefold(): document for document in case.all(Document)}
        self._ciphers = {person.cipher.casefold(): person.cipher for person in case.all(Person)}

    def target(self, text: str) -> Target:
        """What a target names; documents and ciphers of the case are known however they are written."""
        plain = text.strip().casefold()
        if plain in self._documents:
            return Target(kind=TargetKind.DOCUMENT, name=self._documents[plain].urn)
        if plain in self._ciphers:
            return Target(kind=TargetKind.PERSON, name=self._ciphers[plain])
        return read_target(text)

    def unreadable(self, texts: Iterable[str]) -> list[str]:
        """URNs of documents that texts name together with something that is no page of theirs."""
        return [urn for text in texts for urn in self._named_beside(text)]

    def _named_beside(self, text: str) -> list[str]:
        target, plain = self.target(text), text.casefold()
        if target.kind in (TargetKind.DOCUMENT, TargetKind.PERSON):
            return []
        document = self._documents.get(target.name.casefold())
        if document is not None:
            return [] if 0 <= target.page_index < document.page_count else [f"a page of {document.urn}"]
        return [f"“{text.strip()}”" for urn in self._documents if urn in plain][:1]


def is_in_force(restriction: Restriction, today: date) -> bool:
    """Whether it counts on a day: a pending one does; one that was revoked or has run out does not."""
    revoked, ended = last_day(restriction.revoked_on), last_day(restriction.until)
    return not ((revoked and revoked <= today.isoformat()) or (ended and ended < today.isoformat()))


def _under(restriction: Restriction) -> str:
    parts = [restriction.kind if restriction.kind != RestrictionKind.PENDING else "a pending application"]
    parts += [f"by {restriction.made_by}"] if restriction.made_by else []
    parts += [f"of {restriction.on}"] if restriction.on else []
    return "restricted under " + " ".join(parts)
