"""Lists the inquiry's registers with what came of each entry: documents, days overdue, excerpts on an issue."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from workbench.domain.analysis import Assessment
from workbench.domain.dates import last_day
from workbench.domain.document import Document, Receipt
from workbench.domain.excerpt import Link
from workbench.domain.frame import Institution, Person, ScopeParagraph
from workbench.domain.inquiry import EvidenceRequest, Hearing, Issue, Party
from workbench.services.inquiry_registers import same_reference
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """A request with how many documents came under it.

    ``state`` is ``not sent``, ``waiting``, ``overdue``, ``received`` (documents came, but nobody recorded that it was
    answered) or ``answered``; ``days_left`` is below 0 when it is overdue. ``request`` is None for a reference that
    only documents name.
    """

    request: EvidenceRequest | None
    reference: str
    institution: str = ""
    scope: tuple[str, ...] = ()
    documents: int = 0
    pages: int = 0
    state: str = ""
    days_left: int | None = None

    @property
    def id(self) -> str:
        return self.request.id if self.request is not None else f"?{self.reference}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """Somebody who takes part, by the name of their institution or by cipher."""

    party: Party
    stands_for: str = ""
    is_current: bool = True

    @property
    def id(self) -> str:
        return self.party.id


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingRow:
    """A day of hearing; ``is_past`` when it was before today."""

    hearing: Hearing
    is_past: bool = False

    @property
    def id(self) -> str:
        return self.hearing.id


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRow:
    """An issue with its scope paragraph and what bears on it."""

    issue: Issue
    scope: str = ""
    excerpts: int = 0
    assessments: int = 0

    @property
    def id(self) -> str:
        return self.issue.id


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryTotals:
    """The figures that an annex on procedure gives."""

    requests: int
    requests_answered: int
    requests_overdue: int
    documents: int
    pages: int
    documents_under_requests: int
    documents_without_request: int
    hearing_days: int
    closed_days: int
    witnesses: int
    core_participants: int
    other_parties: int
    issues: int
    issues_open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryLists:
    """All four registers and their totals on one day."""

    requests: tuple[RequestRow, ...]
    hearings: tuple[HearingRow, ...]
    parties: tuple[PartyRow, ...]
    issues: tuple[IssueRow, ...]
    totals: InquiryTotals

    def as_json(self) -> dict[str, Any]:
        """Plain values for scripts."""
        return {
            "requests": [_plain(row, "request") for row in self.requests],
            "hearings": [_plain(row, "hearing") for row in self.hearings],
            "parties": [_plain(row, "party") for row in self.parties],
            "issues": [_plain(row, "issue") for row in self.issues],
            "totals": asdict(self.totals),
        }


def inquiry_lists(case: CaseFile, today: date | None = None) -> InquiryLists:
    """What the registers hold on a day: the wanting first, hearings by day, issues by number."""
    day = today or date.today()
    requests = request_rows(case, day)
    hearings = [HearingRow(hearing=item, is_past=_is_before(item.on, day)) for item in case.all(Hearing, "on, day, id")]
    parties, issues = party_rows(case, day), issue_rows(case)
    return InquiryLists(
        requests=tuple(requests),
        hearings=tuple(hearings),
        parties=tuple(parties),
        issues=tuple(issues),
        totals=_totals(case, requests, hearings, parties, issues),
    )


def request_rows(case: CaseFile, today: date) -> list[RequestRow]:
    """Every request with what came under it, what is overdue first, and references that only documents name."""
    institutions = {item.id: item.name for item in case.all(Institution)}
    scope = {item.id: item.number for item in case.all(ScopeParagraph)}
    came, pages, spelt = _received(case)
    rows = []
    for item in case.all(EvidenceRequest, "sent_on, reference, id"):
        found = came.pop(same_reference(item.reference), set())
        row = RequestRow(
            request=item,
            reference=item.reference,
            institution=institutions.get(item.institution, "") if item.institution else "",
            scope=tuple(scope[number] for number in item.scope if number in scope),
            documents=len(found),
            pages=sum(pages[document] for document in found),
            state=_state(item, len(found), today),
            days_left=_days_left(item, today),
        )
        rows.append(row)
    unknown = [
        RequestRow(
            request=None,
            reference=spelt[name],
            documents=len(found),
            pages=sum(pages[document] for document in found),
            state="not on record",
        )
        for name, found in sorted(came.items())
    ]
    return sorted(rows, key=lambda row: (row.state != "overdue", row.state == "answered")) + unknown


def _received(case: CaseFile) -> tuple[dict[str, set[str]], dict[str, int], dict[str, str]]:
    """Documents by the request their receipts name, pages by document, and each reference as it is written."""
    pages: dict[str, int] = {item.id: item.page_count for item in case.all(Document)}
    came, spelt = defaultdict[str, set[str]](set), dict[str, str]()
    for receipt in case.all(Receipt):
        name = same_reference(receipt.request)
        if name and receipt.document in pages:
            came[name].add(receipt.document)
            spelt.setdefault(name, receipt.request.strip())
    return came, pages, spelt


def _state(item: EvidenceRequest, documents: int, today: date) -> str:
    if item.answered_on and not _is_after(item.answered_on, today):
        return "answered"
    if not item.sent_on or _is_after(item.sent_on, today):
        return "received" if documents else "not sent"
    if _is_before(item.due_on, today):
        return "overdue"
    return "received" if documents else "waiting"


def _days_left(item: EvidenceRequest, today: date) -> int | None:
    due = last_day(item.due_on)
    if not due or _state(item, 0, today) not in ("waiting", "overdue"):
        return None
    return (date.fromisoformat(due) - today).days


def party_rows(case: CaseFile, today: date) -> list[PartyRow]:
    """Who takes part, core participants first, by name."""
    names: dict[str, str] = {item.id: item.name for item in case.all(Institution)}
    names |= {item.id: item.cipher for item in case.all(Person)}
    rows = [
        PartyRow(
            party=item,
            stands_for=names.get(item.institution or item.person or "", ""),
            is_current=not _is_before(item.until_on, today),
        )
        for item in case.all(Party)
    ]
    return sorted(rows, key=lambda row: (row.party.role != "core participant", row.party.name.casefold()))


def issue_rows(case: CaseFile) -> list[IssueRow]:
    """Every issue in the order of the scope and of its number, with what bears on it."""
    paragraphs = {item.id: item for item in case.all(ScopeParagraph)}
    excerpts = Counter(str(link.target) for link in case.all(Link))
    assessments = Counter(str(issue) for item in case.all(Assessment) for issue in item.issues)
    rows = [
        IssueRow(
            issue=item,
            scope=paragraphs[item.scope].number if item.scope in paragraphs else "",
            excerpts=excerpts[item.id],
            assessments=assessments[item.id],
        )
        for item in case.all(Issue)
    ]
    order = {item.id: item.position for item in paragraphs.values()}
    return sorted(rows, key=lambda row: (order.get(row.issue.scope, 0), _by_number(row.issue.number)))


def _by_number(number: str) -> list[tuple[int, int, str]]:
    """``2.10`` after ``2.9``."""
    parts = number.replace("-", ".").split(".")
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in parts]


def _totals(
    case: CaseFile,
    requests: Iterable[RequestRow],
    hearings: Iterable[HearingRow],
    parties: Iterable[PartyRow],
    issues: Iterable[IssueRow],
) -> InquiryTotals:
    own = [row for row in requests if row.request is not None]
    days = [row.hearing for row in hearings]
    documents = case.all(Document)
    under = {receipt.document for receipt in case.all(Receipt) if receipt.request.strip()}
    roles = Counter(row.party.role for row in parties)
    held = [row.issue.status for row in issues]
    return InquiryTotals(
        requests=len(own),
        requests_answered=sum(row.state == "answered" for row in own),
        requests_overdue=sum(row.state == "overdue" for row in own),
        documents=len(documents),
        pages=sum(item.page_count for item in documents),
        documents_under_requests=sum(item.id in under for item in documents),
        documents_without_request=sum(item.id not in under for item in documents),
        hearing_days=len({item.on for item in days}),
        closed_days=len({item.on for item in days if item.kind == "closed"}),
        witnesses=len({name.casefold() for item in days for name in item.witnesses}),
        core_participants=roles["core participant"],
        other_parties=sum(roles.values()) - roles["core participant"],
        issues=len(held),
        issues_open=held.count("open"),
    )


def _is_before(on: str, day: date) -> bool:
    last = last_day(on)
    return bool(last) and last < day.isoformat()


def _is_after(on: str, day: date) -> bool:
    last = last_day(on)
    return bool(last) and last > day.isoformat()


def _plain(row: RequestRow | HearingRow | PartyRow | IssueRow, record: str) -> dict[str, Any]:
    """The record's own fields, then what was worked out; identifiers stay inside the case."""
    held = getattr(row, record)
    own = {field.name: getattr(held, field.name) for field in fields(held)} if held is not None else {}
    worked_out = {field.name: getattr(row, field.name) for field in fields(row) if field.name != record}
    joined = {**own, **worked_out}
    hidden = {"id", "institution", "person", "scope"} - worked_out.keys()
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in joined.items() if name not in hidden
    }
