"""The annex in its fixed form: evidence, disclosure, hearings, participants, restrictions and what is left out."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.domain.dates import in_words
from workbench.domain.inquiry import Hearing
from workbench.domain.protection import MarkState, Restriction, RestrictionKind
from workbench.domain.report import Block
from workbench.services.clearing import is_in_force
from workbench.services.inquiry_numbers import disclosure_totals, tranches
from workbench.services.report.writing import Writing, listed, paragraph, table

#: Columns of tables, with their shares of the width.
Columns = tuple[tuple[str, float], ...]


def requests(writing: Writing) -> list[Block]:
    """Every request for evidence: when it was sent, how it stands, and how many documents came under it."""
    rows = []
    for row in sorted(writing.facts.lists.requests, key=lambda row: (row.request is None, row.reference)):
        asked = row.request
        sent = in_words(asked.sent_on) if asked else ""
        answered = f" ({in_words(asked.answered_on)})" if asked and asked.answered_on else ""
        to = (row.institution or asked.addressee) if asked else ""
        told = (row.reference, asked.kind.capitalize() if asked else "", to, asked.about if asked else "", sent)
        rows.append((*told, f"{row.state}{answered}", f"{row.documents:,}"))
    columns: Columns = (
        ("Reference", 1.6), ("Kind", 1.1), ("To", 2.1), ("About", 2.5), ("Sent", 1.4), ("State", 1.5),
        ("Documents", 1.7),
    )  # fmt: skip
    return table("Requests for evidence", columns, rows)


def evidence_received(writing: Writing) -> list[Block]:
    """How many statements and documents were received, of which kinds, and from which organisations."""
    numbers = writing.facts.received
    rows = [(kind.capitalize(), f"{number:,}") for kind, number in numbers.documents_by_kind.items()]
    blocks = table("Documents received, by kind", (("Kind", 3.0), ("Documents", 1.0)), rows)
    if numbers.statement_makers:
        blocks.append(paragraph(f"Statements were received from: {listed(numbers.statement_makers)}."))
    if numbers.providers:
        blocks.append(paragraph(f"Documents were received from: {listed(numbers.providers)}."))
    return blocks


def disclosures(writing: Writing) -> list[Block]:
    """What was disclosed: for each audience in total, and tranche by tranche."""
    totals = [
        (t.audience.capitalize(), f"{t.tranches:,}", f"{t.recipients:,}", f"{t.documents:,}", f"{t.pages:,}")
        for t in disclosure_totals(writing.source.case)
    ]
    heads: Columns = (("Audience", 2.0), ("Tranches", 1.0), ("Recipients", 1.0), ("Documents", 1.0), ("Pages", 1.0))
    each = [
        (
            t.audience.capitalize(),
            in_words(t.sent_on),
            t.what,
            f"{t.recipients:,}",
            f"{len(t.documents):,}" if t.documents else "not counted",
            f"{len(t.pages):,}" if t.pages else "not counted",
        )
        for t in tranches(writing.source.case)
    ]
    columns: Columns = (
        ("Audience", 1.6), ("On", 1.6), ("What", 3.0), ("Recipients", 1.0), ("Documents", 1.0), ("Pages", 1.0),
    )  # fmt: skip
    return [*table("Disclosure in total", heads, totals), *table("Disclosure by tranche", columns, each)]


def hearings(writing: Writing) -> list[Block]:
    """Days of hearing with their witnesses; beyond the team a closed session names nobody."""
    rows = []
    for row in writing.facts.lists.hearings:
        own = row.hearing
        title = own.title or f"{own.kind.capitalize()} session"
        day = f"{own.day}" if own.day else ""
        rows.append((day, in_words(own.on), title, own.kind, own.venue, _witnesses(writing, own)))
    columns: Columns = (
        ("Day", 0.8), ("Date", 1.6), ("Session", 2.4), ("Kind", 0.9), ("Venue", 1.8), ("Witnesses", 3.0),
    )  # fmt: skip
    return table("Hearings", columns, rows)


def _witnesses(writing: Writing, hearing: Hearing) -> str:
    if hearing.kind == "closed" and not writing.source.is_for_team:
        return "not stated"
    return "\n".join(hearing.witnesses)


def participants(writing: Writing) -> list[Block]:
    """Who took part, in what role and when, and who acted for them; people by their ciphers."""
    rows = []
    for row in writing.facts.lists.parties:
        own = row.party
        name = row.stands_for if own.person else own.name
        rows.append((name, own.role.capitalize(), _span(own.from_on, own.until_on), own.representative))
    columns: Columns = (("Name", 2.6), ("Role", 1.8), ("When", 2.2), ("Representative", 3.0))
    return table("Core participants and others who took part", columns, rows)


def _span(from_on: str, until_on: str) -> str:
    begins = f"from {in_words(from_on)}" if from_on else ""
    return f"{begins} until {in_words(until_on)}".strip() if until_on else begins


def restrictions(writing: Writing) -> list[Block]:
    """Orders, notices and undertakings by maker and day; what they cover is counted, never told."""
    source = writing.source
    rows = [
        (
            own.kind.capitalize(),
            own.made_by,
            in_words(own.on),
            _state(writing, own),
            f"{len(own.targets):,}",
            listed(own.allows) or "nobody beyond the team",
        )
        for own in source.case.all(Restriction, "on, id")
    ]
    columns: Columns = (
        ("Kind", 1.2), ("Made by", 2.0), ("On", 1.6), ("State", 2.2), ("Covers", 1.2), ("May be shown to", 2.2),
    )  # fmt: skip
    return table("Restriction orders, notices and undertakings", columns, rows)


def _state(writing: Writing, own: Restriction) -> str:
    if own.revoked_on:
        return f"revoked on {in_words(own.revoked_on)}"
    if not is_in_force(own, writing.source.clearing.today):
        return f"ended on {in_words(own.until)}"
    pending = "pending, which counts as granted" if own.kind == RestrictionKind.PENDING else "in force"
    return f"{pending} until {in_words(own.until)}" if own.until else pending


def redactions(writing: Writing) -> list[Block]:
    """How many redactions there are for each reason, never their words."""
    found = writing.facts.protected.redactions_by_reason
    rows = [_marks(reason, states, is_for_team=writing.source.is_for_team) for reason, states in found.items()]
    columns: Columns = (("Reason", 4.0), ("Approved", 1.0), ("Proposed", 1.0), ("Rejected", 1.0))
    return table("Redactions by reason", columns if writing.source.is_for_team else columns[:2], rows)


def _marks(reason: str, states: Mapping[MarkState, int], *, is_for_team: bool) -> tuple[str, ...]:
    shown = tuple(MarkState) if is_for_team else (MarkState.APPROVED,)
    order = [state for state in (MarkState.APPROVED, MarkState.PROPOSED, MarkState.REJECTED) if state in shown]
    return (reason, *(f"{states.get(state, 0):,}" for state in order))


def ciphers(writing: Writing) -> list[Block]:
    """How many people are named by a cipher only, by their standing."""
    found = writing.facts.protected.ciphers_by_class
    rows = [(kind.replace("-", " ").capitalize(), f"{number:,}") for kind, number in found.items()]
    return table("People under a cipher, by standing", (("Standing", 4.0), ("People", 1.0)), rows)
