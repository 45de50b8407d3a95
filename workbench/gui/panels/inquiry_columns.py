"""Which facts the inquiry's registers show, and in what words."""

from __future__ import annotations

from typing import Any

from workbench.gui.columns import Column, shown_date
from workbench.gui.wording import shortened
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.inquiry_list import RequestRow

_LONGEST = 160
_STATES = (
    mark("not sent"), mark("waiting"), mark("overdue"), mark("received"), mark("answered"), mark("not on record"),
    mark("open"), mark("closed"), mark("dropped"),
    mark("rule 9"), mark("section 21"), mark("informal"),
    mark("core participant"), mark("interested party"), mark("witness"),
)  # fmt: skip


def request_state(row: RequestRow) -> str:
    """``due in 3 days``, ``overdue by 12 days``, ``answered``."""
    if row.days_left is None or row.state == "received":
        return _(row.state)
    if row.days_left < 0:
        return _.count("overdue by {n} day", "overdue by {n} days", -row.days_left)
    if not row.days_left:
        return _("due today")
    return _.count("due in {n} day", "due in {n} days", row.days_left)


def asked_of(row: RequestRow) -> str:
    """Of whom it was asked."""
    if row.request is None:
        return _("only documents name this request")
    return row.request.addressee or row.institution


def _of_request(name: str) -> Any:
    return lambda row: getattr(row.request, name) if row.request is not None else ""


def _day(name: str) -> Any:
    read = _of_request(name)
    return lambda row: shown_date(read(row)) or "–"


REQUEST_COLUMNS: tuple[Column, ...] = (
    Column(
        id="reference",
        title=mark("Request"),
        text=lambda row: row.reference,
        sort_key=lambda row: row.reference.casefold(),
        width=10,
    ),
    Column(
        id="asked",
        title=mark("Asked of"),
        text=asked_of,
        sort_key=lambda row: asked_of(row).casefold(),
        width=20,
        stretches=True,
    ),
    Column(
        id="state",
        title=mark("State"),
        text=request_state,
        sort_key=lambda row: (row.days_left is None, row.days_left or 0, row.state),
        width=19,
    ),
    Column(
        id="documents",
        title=mark("Documents"),
        text=lambda row: str(row.documents or "–"),
        sort_key=lambda row: row.documents,
        width=10,
        rank=1,
        is_number=True,
    ),
    Column(id="due", title=mark("Due"), text=_day("due_on"), sort_key=_of_request("due_on"), width=16, rank=2),
    Column(
        id="about",
        title=mark("About"),
        text=lambda row: shortened(row.request.about, _LONGEST) if row.request else "",
        sort_key=_of_request("about"),
        width=26,
        rank=3,
    ),
    Column(id="sent", title=mark("Sent"), text=_day("sent_on"), sort_key=_of_request("sent_on"), width=16, rank=4),
    Column(
        id="answered",
        title=mark("Answered"),
        text=_day("answered_on"),
        sort_key=_of_request("answered_on"),
        width=16,
        rank=5,
    ),
)

HEARING_COLUMNS: tuple[Column, ...] = (
    Column(
        id="day",
        title=mark("Day"),
        text=lambda row: str(row.hearing.day or "–"),
        sort_key=lambda row: row.hearing.day,
        width=5,
        is_number=True,
    ),
    Column(
        id="on",
        title=mark("Date"),
        text=lambda row: shown_date(row.hearing.on),
        sort_key=lambda row: row.hearing.on,
        width=17,
    ),
    Column(
        id="witnesses",
        title=mark("Heard"),
        text=lambda row: ", ".join(row.hearing.witnesses) or _("nobody named"),
        sort_key=lambda row: row.hearing.witnesses,
        width=20,
        stretches=True,
    ),
    Column(
        id="kind",
        title=mark("Kind"),
        text=lambda row: _(row.hearing.kind),
        sort_key=lambda row: row.hearing.kind,
        width=8,
        rank=1,
    ),
    Column(
        id="title",
        title=mark("Title"),
        text=lambda row: row.hearing.title,
        sort_key=lambda row: row.hearing.title.casefold(),
        width=22,
        rank=2,
    ),
    Column(
        id="venue",
        title=mark("Venue"),
        text=lambda row: row.hearing.venue,
        sort_key=lambda row: row.hearing.venue.casefold(),
        width=16,
        rank=3,
    ),
)

PARTY_COLUMNS: tuple[Column, ...] = (
    Column(
        id="name",
        title=mark("Who takes part"),
        text=lambda row: row.party.name,
        sort_key=lambda row: row.party.name.casefold(),
        width=20,
        stretches=True,
    ),
    Column(
        id="role", title=mark("Role"), text=lambda row: _(row.party.role), sort_key=lambda row: row.party.role, width=17
    ),
    Column(
        id="representative",
        title=mark("Represented by"),
        text=lambda row: row.party.representative or "–",
        sort_key=lambda row: row.party.representative.casefold(),
        width=22,
        rank=1,
    ),
    Column(
        id="from",
        title=mark("From"),
        text=lambda row: shown_date(row.party.from_on) or "–",
        sort_key=lambda row: row.party.from_on,
        width=16,
        rank=2,
    ),
    Column(
        id="until",
        title=mark("Until"),
        text=lambda row: shown_date(row.party.until_on) or "–",
        sort_key=lambda row: row.party.until_on,
        width=16,
        rank=3,
    ),
    Column(
        id="stands_for",
        title=mark("In the case as"),
        text=lambda row: row.stands_for or "–",
        sort_key=lambda row: row.stands_for.casefold(),
        width=20,
        rank=4,
    ),
)

ISSUE_COLUMNS: tuple[Column, ...] = (
    Column(
        id="number",
        title=mark("Issue"),
        text=lambda row: row.issue.number,
        sort_key=lambda row: row.issue.number,
        width=7,
    ),
    Column(
        id="text",
        title=mark("Question"),
        text=lambda row: shortened(row.issue.text, _LONGEST),
        sort_key=lambda row: row.issue.text.casefold(),
        width=22,
        stretches=True,
    ),
    Column(
        id="status",
        title=mark("State"),
        text=lambda row: _(row.issue.status),
        sort_key=lambda row: row.issue.status,
        width=10,
    ),
    Column(
        id="excerpts",
        title=mark("Excerpts"),
        text=lambda row: str(row.excerpts or "–"),
        sort_key=lambda row: row.excerpts,
        width=9,
        rank=1,
        is_number=True,
    ),
    Column(
        id="assessments",
        title=mark("Assessments"),
        text=lambda row: str(row.assessments or "–"),
        sort_key=lambda row: row.assessments,
        width=12,
        rank=2,
        is_number=True,
    ),
    Column(
        id="scope",
        title=mark("Paragraph"),
        text=lambda row: row.scope,
        sort_key=lambda row: row.scope,
        width=10,
        rank=3,
    ),
)
