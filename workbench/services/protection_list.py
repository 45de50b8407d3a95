"""Lists what protects people and who was given what: restrictions, clearances, builds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workbench.domain.audience import AUDIENCES, TEAM
from workbench.domain.bundle import Build, Bundle
from workbench.domain.document import Document
from workbench.domain.frame import CaseStudy
from workbench.domain.protection import (
    Clearance,
    Disclosure,
    Redaction,
    Restriction,
    RestrictionKind,
)
from workbench.services.clearing import is_in_force
from workbench.store.case_file import CaseFile

#: Audiences for which documents are cleared, narrowest first.
WIDER = tuple(name for name in AUDIENCES if name != TEAM)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionRow:
    """A restriction with its state in one word and how many marks rest on it."""

    restriction: Restriction
    state: str
    marks: int = 0

    @property
    def id(self) -> str:
        return self.restriction.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceRow:
    """A document with what was decided about it for each audience beyond the team."""

    document: Document
    decided: dict[str, Clearance]

    @property
    def id(self) -> str:
        return self.document.id


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRow:
    """A build by the name of its bundle or case study, with everyone who was given it."""

    build: Build
    name: str
    disclosures: tuple[Disclosure, ...] = ()

    @property
    def id(self) -> str:
        return self.build.id


def restriction_rows(case: CaseFile, today: date | None = None) -> list[RestrictionRow]:
    """All restrictions, those in force first, newest first."""
    day = today or date.today()
    marks: dict[str, int] = {}
    for mark in case.all(Redaction):
        if mark.restriction is not None:
            marks[mark.restriction] = marks.get(mark.restriction, 0) + 1
    rows = [
        RestrictionRow(restriction=item, state=state_of(item, day), marks=marks.get(item.id, 0))
        for item in sorted(case.all(Restriction), key=lambda item: item.on, reverse=True)
    ]
    return sorted(rows, key=lambda row: row.state in ("revoked", "ended"))


def state_of(restriction: Restriction, today: date) -> str:
    """``in force``, ``pending``, ``revoked`` or ``ended``."""
    if not is_in_force(restriction, today):
        return "revoked" if restriction.revoked_on else "ended"
    return "pending" if restriction.kind == RestrictionKind.PENDING else "in force"


def clearance_rows(case: CaseFile) -> list[ClearanceRow]:
    """Every document with its clearances, in the order of references."""
    decided: dict[str, dict[str, Clearance]] = {}
    for item in case.all(Clearance):
        decided.setdefault(item.document, {})[item.audience] = item
    return [ClearanceRow(document=item, decided=decided.get(item.id, {})) for item in case.all(Document, "urn")]


def build_rows(case: CaseFile) -> list[BuildRow]:
    """Every build, newest first, with everyone who was given it."""
    names: dict[str, str] = {item.id: item.name for item in case.all(Bundle)}
    names |= {item.id: item.title for item in case.all(CaseStudy)}
    given: dict[str, list[Disclosure]] = {}
    for item in case.all(Disclosure, "sent_on"):
        given.setdefault(item.build, []).append(item)
    return [
        BuildRow(
            build=build,
            name=names.get(build.bundle or build.case_study or "", build.filename),
            disclosures=tuple(given.get(build.id, ())),
        )
        for build in sorted(case.all(Build), key=lambda build: build.built_at, reverse=True)
    ]
