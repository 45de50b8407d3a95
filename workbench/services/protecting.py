"""Records what may be shown to whom: restrictions, clearances, and who was given which build."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from workbench.domain.audience import AUDIENCES, TEAM, checked_audience
from workbench.domain.bundle import Build
from workbench.domain.change import Action, Change
from workbench.domain.dates import parse_edtf
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.frame import Person
from workbench.domain.ids import (
    BuildId,
    DisclosureId,
    DocumentId,
    RestrictionId,
    new_id,
)
from workbench.domain.protection import (
    Clearance,
    Disclosure,
    Restriction,
    RestrictionKind,
    Target,
    TargetKind,
    read_target,
)
from workbench.services.builds import LETTER
from workbench.services.names import open_names
from workbench.store.case_file import CaseFile

#: What can be decided about a document for an audience; "" takes the decision back.
DECISIONS = ("cleared", "withheld", "")
_LEAST_TERM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionFacts:
    """What is said of a restriction; dates as people type them, targets one text each."""

    kind: str
    made_by: str
    on: str = ""
    targets: tuple[str, ...] = ()
    until: str = ""
    allows: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureFacts:
    """Who was given a build, how and when; the audience is the build's own unless another is named."""

    recipient: str
    medium: str = ""
    sent_on: str = ""
    audience: str = ""
    note: str = ""


# Restrictions


def add_restriction(case: CaseFile, facts: RestrictionFacts) -> tuple[Change, RestrictionId]:
    """Record an order, notice, application, undertaking, statute or waiver; refused when it names nothing known."""
    record = _restriction(case, RestrictionId(new_id("rst")), facts)
    with case.change(Action.EDIT_PROTECTION, _named(record)) as step:
        step.put(record)
    return step.change, record.id


def edit_restriction(case: CaseFile, identifier: RestrictionId, facts: RestrictionFacts) -> Change:
    """Say something else of a restriction; whether it was revoked stays."""
    before = case.get(Restriction, identifier)
    record = replace(_restriction(case, identifier, facts), revoked_on=before.revoked_on)
    with case.change(Action.EDIT_PROTECTION, _named(record)) as step:
        step.put(record)
    return step.change


def revoke_restriction(case: CaseFile, identifier: RestrictionId, on: str = "") -> Change:
    """A restriction no longer counts from this day on (today when none is given); it stays on record."""
    before = case.get(Restriction, identifier)
    if before.revoked_on:
        raise Refused(f"The {before.kind} was revoked on {before.revoked_on} already. Undo that to take it back.")
    day = _day(on, "The day of revoking") or date.today().isoformat()
    with case.change(Action.EDIT_PROTECTION, f"revoke {_named(before)}") as step:
        step.put(replace(before, revoked_on=day))
    return step.change


def _restriction(case: CaseFile, identifier: RestrictionId, facts: RestrictionFacts) -> Restriction:
    if facts.kind not in list(RestrictionKind):
        raise Refused(f"“{facts.kind}” is no kind of restriction. Choose one of: {', '.join(RestrictionKind)}.")
    if not facts.made_by.strip():
        raise Refused("Say who made the restriction, or which statute it rests on.")
    targets = tuple(dict.fromkeys(text.strip() for text in facts.targets if text.strip()))
    if not targets:
        raise Refused("Say what is restricted: a document, a page, a cipher or a term, one a line.")
    for text in targets:
        _check_target(case, read_target(text), text)
    allows = tuple(checked_audience(name) for name in facts.allows)
    if facts.kind == RestrictionKind.WAIVER and not allows:
        raise Refused("A waiver lifts protection for an audience. Choose at least one.")
    return Restriction(
        id=identifier,
        kind=facts.kind,
        made_by=facts.made_by.strip(),
        on=_day(facts.on, "The date"),
        targets=targets,
        until=_day(facts.until, "The end"),
        allows=tuple(name for name in AUDIENCES if name in allows and name != TEAM),
        note=facts.note.strip(),
    )


def _check_target(case: CaseFile, target: Target, text: str) -> None:
    if target.kind is TargetKind.PERSON:
        if case.first(Person, cipher=target.name) is None:
            raise Refused(f"There is no person “{target.name}” in the case. Add the cipher under Subjects first.")
        return
    if target.kind is TargetKind.TERM:
        _check_term(case, target.name)
        return
    document = case.first(Document, urn=target.name) or case.first(Document, urn=target.name.upper())
    if document is None:
        raise Refused(f"“{text}” names no document of the case. Compare the reference with the list of documents.")
    if target.kind is not TargetKind.DOCUMENT and not 0 <= target.page_index < document.page_count:
        raise Refused(f"{document.urn} has {document.page_count} pages, so “{text}” names none of them.")


def _check_term(case: CaseFile, term: str) -> None:
    if len(term) < _LEAST_TERM:
        raise Refused(f"“{term}” is too short to be looked for. Give at least {_LEAST_TERM} letters.")
    sealed = next((item for item in open_names(case) if item.term.casefold() == term.casefold()), None)
    if sealed is not None:
        raise Refused(f"One of the terms is a protected name of {sealed.cipher}. Name the cipher instead of the name.")


# Clearances


def set_clearance(
    case: CaseFile,
    documents: Sequence[DocumentId],
    audience: str,
    decision: str,
    *,
    by: str = "",
    on: str = "",
    note: str = "",
) -> Change:
    """Decide that an audience may see these documents or not; an empty decision takes it back."""
    audience = checked_audience(audience)
    if audience == TEAM:
        raise Refused("The team sees everything. Choose a wider audience.")
    if decision not in DECISIONS:
        raise Refused(f"“{decision}” is no decision. Choose one of: cleared, withheld.")
    if not documents:
        raise Refused("Choose the documents first.")
    day = _day(on, "The date") or date.today().isoformat()
    records = [case.get(Document, identifier) for identifier in documents]
    what = records[0].urn if len(records) == 1 else f"{len(records)} documents"
    with case.change(Action.EDIT_PROTECTION, f"{what} {decision or 'undecided'} for {audience}") as step:
        for document in records:
            known = step.first(Clearance, document=document.id, audience=audience)
            if not decision:
                if known is not None:
                    step.delete(Clearance, known.id)
                continue
            step.put(
                Clearance(
                    id=known.id if known is not None else new_id("clr"),
                    document=document.id,
                    audience=audience,
                    decision=decision,
                    by=by.strip() or case.who,
                    on=day,
                    note=note.strip(),
                )
            )
    return step.change


# Disclosures


def record_disclosure(case: CaseFile, build: BuildId, facts: DisclosureFacts) -> Change:
    """Record who was given a build; refused for an audience wider than the one it was built for."""
    made = case.get(Build, build)
    if not facts.recipient.strip():
        raise Refused("Say who was given the files.")
    if made.kind == LETTER:
        raise Refused("To whom a warning letter went is confidential. Record the day of sending with the letter.")
    audience = checked_audience(facts.audience or made.audience)
    if AUDIENCES.index(audience) > AUDIENCES.index(made.audience):
        raise Refused(
            f"“{made.filename}” was built for “{made.audience}” and must not go to “{audience}”. "
            f"Build it for “{audience}” first."
        )
    record = Disclosure(
        id=DisclosureId(new_id("dis")),
        build=build,
        recipient=facts.recipient.strip(),
        audience=audience,
        medium=facts.medium.strip(),
        sent_on=_day(facts.sent_on, "The day of handing over") or date.today().isoformat(),
        note=facts.note.strip(),
    )
    with case.change(Action.DISCLOSE, f"{made.filename} to {record.recipient}") as step:
        step.put(record)
    return step.change


def _day(text: str, what: str) -> str:
    """The date as EDTF; "" for none, a sentence for what is no date."""
    if not text.strip():
        return ""
    try:
        return parse_edtf(text).text
    except Refused as error:
        raise Refused(f"{what}: {error}") from error


def _named(record: Restriction) -> str:
    """How the history calls a restriction; its targets stay out of it, because they may be terms."""
    on = f" of {record.on}" if record.on else ""
    return f"{record.kind} by {record.made_by}{on}"
