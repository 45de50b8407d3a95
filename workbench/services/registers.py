"""The registers that an inquiry keeps: redactions, restrictions, requests, hearings, parties, issues, hand-overs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from workbench.domain.bundle import Build
from workbench.domain.inquiry import Hearing
from workbench.domain.protection import Disclosure, Restriction
from workbench.services.builds import read_file_line
from workbench.services.inquiry_list import issue_rows, party_rows, request_rows
from workbench.services.redacting import redaction_schedule
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One register: its file name, and rows that all have the same columns."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]


def redaction_register(case: CaseFile) -> Register:
    """What is redacted where, why, on what basis, proposed and decided by whom; never the words."""
    rows = tuple(
        {
            "document": row.urn,
            "page": row.page_number,
            "kind": "area" if row.is_area else "words",
            "reason": row.reason,
            "basis": row.basis,
            "restriction": row.restriction,
            "label": row.label,
            "state": row.state.value,
            "proposed_by": row.proposed_by,
            "proposed_at": row.proposed_at.isoformat() if row.proposed_at else "",
            "decided_by": row.decided_by,
            "decided_at": row.decided_at.isoformat() if row.decided_at else "",
        }
        for row in redaction_schedule(case)
    )
    columns = (
        "document", "page", "kind", "reason", "basis", "restriction", "label", "state", "proposed_by", "proposed_at",
        "decided_by", "decided_at",
    )  # fmt: skip
    return Register(name="redaction-schedule", columns=columns, rows=rows)


def restriction_register(case: CaseFile, *, shows_targets: bool) -> Register:
    """Every order, notice, application, undertaking, statute and waiver; targets may be terms, so only if asked for."""
    rows = tuple(
        {
            "kind": item.kind,
            "made_by": item.made_by,
            "on": item.on,
            "until": item.until,
            "revoked_on": item.revoked_on,
            "targets": "; ".join(item.targets) if shows_targets else f"{len(item.targets)}",
            "allows": "; ".join(item.allows),
            "note": item.note if shows_targets else "",
        }
        for item in case.all(Restriction, "on, id")
    )
    columns = ("kind", "made_by", "on", "until", "revoked_on", "targets", "allows", "note")
    return Register(name="restrictions", columns=columns, rows=rows)


def build_register(case: CaseFile) -> Register:
    """Every file that was ever made for handing over, with its checksum."""
    rows = tuple(
        {
            "build": f"{item.filename.removesuffix('.pdf')} #{item.number}",
            "kind": item.kind,
            "audience": item.audience,
            "profile": item.profile,
            "pages": item.page_count,
            "built_at": item.built_at.isoformat(),
            "file": name,
            "sha256": sha256,
            "bytes": size,
            "history_head": item.history_head,
            "overrides": " ".join(item.overrides),
        }
        for item in case.all(Build, "built_at, id")
        for name, sha256, size in map(read_file_line, item.files)
    )
    columns = (
        "build", "kind", "audience", "profile", "pages", "built_at", "file", "sha256", "bytes", "history_head",
        "overrides",
    )  # fmt: skip
    return Register(name="builds", columns=columns, rows=rows)


def disclosure_register(case: CaseFile) -> Register:
    """Who was given which file, when and how, with its checksum."""
    builds = {item.id: item for item in case.all(Build)}
    rows = tuple(
        {
            "recipient": item.recipient,
            "audience": item.audience,
            "sent_on": item.sent_on,
            "medium": item.medium,
            "build": builds[item.build].number if item.build in builds else "",
            "file": name,
            "sha256": sha256,
            "note": item.note,
        }
        for item in case.all(Disclosure, "sent_on, id")
        for name, sha256, _ in _files_of(builds.get(item.build))
    )
    columns = ("recipient", "audience", "sent_on", "medium", "build", "file", "sha256", "note")
    return Register(name="disclosures", columns=columns, rows=rows)


def _files_of(build: Build | None) -> list[tuple[str, str, int]]:
    return [read_file_line(line) for line in build.files] if build is not None else [("", "", 0)]


def request_register(case: CaseFile, today: date, *, is_for_team: bool) -> Register:
    """Every request for evidence, when it was answered and how many documents came under it."""
    rows = tuple(
        {
            "reference": row.reference,
            "kind": row.request.kind if row.request else "",
            "addressee": row.request.addressee if row.request else "",
            "institution": row.institution,
            "sent_on": row.request.sent_on if row.request else "",
            "due_on": row.request.due_on if row.request else "",
            "answered_on": row.request.answered_on if row.request else "",
            "state": row.state,
            "documents": row.documents,
            "pages": row.pages,
            "scope": "; ".join(row.scope),
            "about": row.request.about if row.request else "",
            "note": row.request.note if row.request and is_for_team else "",
        }
        for row in request_rows(case, today)
    )
    columns = (
        "reference", "kind", "addressee", "institution", "sent_on", "due_on", "answered_on", "state", "documents",
        "pages", "scope", "about", "note",
    )  # fmt: skip
    return Register(name="requests", columns=columns, rows=rows)


def hearing_register(case: CaseFile, *, is_for_team: bool) -> Register:
    """Every day of hearing; who was heard in private is for the team only."""
    rows = tuple(
        {
            "day": item.day or "",
            "on": item.on,
            "kind": item.kind,
            "title": item.title if is_for_team or item.kind == "open" else "",
            "venue": item.venue,
            "witnesses": "; ".join(item.witnesses) if is_for_team or item.kind == "open" else "",
            "note": item.note if is_for_team else "",
        }
        for item in case.all(Hearing, "on, day, id")
    )
    return Register(name="hearings", columns=("day", "on", "kind", "title", "venue", "witnesses", "note"), rows=rows)


def party_register(case: CaseFile, today: date) -> Register:
    """Who takes part, in which role, from when until when, and who acts for them."""
    rows = tuple(
        {
            "name": row.party.name,
            "role": row.party.role,
            "stands_for": row.stands_for,
            "from": row.party.from_on,
            "until": row.party.until_on,
            "representative": row.party.representative,
        }
        for row in party_rows(case, today)
    )
    return Register(
        name="parties", columns=("name", "role", "stands_for", "from", "until", "representative"), rows=rows
    )


def issue_register(case: CaseFile) -> Register:
    """The list of issues with the paragraph each belongs to, its state and what bears on it."""
    rows = tuple(
        {
            "number": row.issue.number,
            "scope": row.scope,
            "text": row.issue.text,
            "status": row.issue.status,
            "excerpts": row.excerpts,
            "assessments": row.assessments,
        }
        for row in issue_rows(case)
    )
    return Register(name="issues", columns=("number", "scope", "text", "status", "excerpts", "assessments"), rows=rows)


def all_registers(case: CaseFile, *, is_for_team: bool) -> tuple[Register, ...]:
    """Every register; beyond the team without what restrictions name, and without the log of who was given what."""
    today = date.today()
    common = (
        redaction_register(case),
        restriction_register(case, shows_targets=is_for_team),
        request_register(case, today, is_for_team=is_for_team),
        hearing_register(case, is_for_team=is_for_team),
        party_register(case, today),
        issue_register(case),
    )
    return (*common, build_register(case), disclosure_register(case)) if is_for_team else common
