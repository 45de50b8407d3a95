"""Counts what an inquiry received, disclosed and redacted, once for everything that says a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from workbench.domain.bundle import Build
from workbench.domain.document import Document, Receipt, Refusal
from workbench.domain.errors import NotFound
from workbench.domain.frame import Institution, Person
from workbench.domain.inquiry import EvidenceRequest
from workbench.domain.page_map import PageKind
from workbench.domain.protection import Disclosure, MarkState, Restriction, RestrictionKind, WarningLetter
from workbench.services.builds import account_of, read_file_line
from workbench.services.clearing import is_in_force
from workbench.services.redacting import redaction_schedule
from workbench.store.case_file import CaseFile

STATEMENT = "statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What came, beside the totals of the registers: kinds of requests and documents, arrivals, who provided them."""

    requests_by_kind: Mapping[str, int]
    asked: tuple[str, ...]
    documents_by_kind: Mapping[str, int]
    pages_without_text: int
    arrivals: int
    refused: int
    statements: int
    providers: tuple[str, ...]
    statement_makers: tuple[str, ...]


def received(case: CaseFile) -> Received:
    """Requests and documents of the whole case."""
    requests, documents = case.all(EvidenceRequest), case.all(Document)
    names = {item.id: item.name for item in case.all(Institution)}

    def maker(document: Document) -> str:
        return names.get(document.author, "") if document.author else document.supplier

    statements = [item for item in documents if item.kind == STATEMENT]
    return Received(
        requests_by_kind=_counted(item.kind for item in requests),
        asked=_names(names.get(r.institution, r.addressee) if r.institution else r.addressee for r in requests),
        documents_by_kind=_counted(item.kind for item in documents),
        pages_without_text=sum(item.pages_without_text for item in documents),
        arrivals=case.count(Receipt),
        refused=case.count(Refusal),
        statements=len(statements),
        providers=_names(item.supplier for item in documents),
        statement_makers=_names(map(maker, statements)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tranche:
    """What one audience was given on one day: documents and pages, and to how many it was given."""

    audience: str
    sent_on: str
    what: str
    recipients: int
    documents: frozenset[str]
    pages: frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureTotal:
    """How much an audience was given in all; a document given twice counts once."""

    audience: str
    tranches: int
    recipients: int
    documents: int
    pages: int


def tranches(case: CaseFile) -> tuple[Tranche, ...]:
    """Everything that was disclosed, by audience, day and what it was."""
    builds = {item.id: item for item in case.all(Build)}
    held: dict[str, frozenset[tuple[str, int]]] = {}
    groups: dict[tuple[str, str, str], list[Disclosure]] = {}
    for item in case.all(Disclosure, "sent_on, id"):
        build = builds[item.build]
        groups.setdefault((item.audience or build.audience, item.sent_on, build.id), []).append(item)
    made = []
    for (audience, sent_on, identifier), items in groups.items():
        build = builds[items[0].build]
        pages = held.setdefault(identifier, _pages_of(case, build))
        made.append(
            Tranche(
                audience=audience,
                sent_on=sent_on,
                what=f"{build.filename.removesuffix('.pdf')}, build {build.number}",
                recipients=len({item.recipient for item in items}),
                documents=frozenset(urn for urn, _ in pages),
                pages=pages,
            )
        )
    return tuple(made)


def disclosure_totals(case: CaseFile) -> tuple[DisclosureTotal, ...]:
    """For each audience the sum over its tranches."""
    every = tranches(case)
    recipients: dict[str, set[str]] = {}
    builds = {item.id: item.audience for item in case.all(Build)}
    for item in case.all(Disclosure):
        recipients.setdefault(item.audience or builds[item.build], set()).add(item.recipient)
    return tuple(
        DisclosureTotal(
            audience=audience,
            tranches=sum(item.audience == audience for item in every),
            recipients=len(recipients[audience]),
            documents=len({urn for item in every if item.audience == audience for urn in item.documents}),
            pages=len({page for item in every if item.audience == audience for page in item.pages}),
        )
        for audience in dict.fromkeys(item.audience for item in every)
    )


def _pages_of(case: CaseFile, build: Build) -> frozenset[tuple[str, int]]:
    """(reference, page index) of every page of a document in a build; of an export, of the documents among its files.

    Empty where no account of pages was kept.
    """
    try:
        rows = account_of(case, build).rows
    except NotFound:
        rows = ()
    if rows:
        return frozenset((row.urn, row.source_page_index) for row in rows if row.kind is PageKind.DOCUMENT and row.urn)
    names = {read_file_line(line)[0] for line in build.files}
    given = {name.rpartition("/")[2].removesuffix(".pdf") for name in names if "/documents/" in f"/{name}"}
    documents = [item for item in case.all(Document) if item.urn in given]
    return frozenset((item.urn, index) for item in documents for index in range(item.page_count))


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """What is protected: marks by reason and state, people under a cipher, orders by kind, and warning letters."""

    redactions: int
    redactions_by_reason: Mapping[str, Mapping[MarkState, int]]
    redacted_documents: int
    ciphers: int
    ciphers_by_class: Mapping[str, int]
    in_force: int
    in_force_by_kind: Mapping[str, int]
    letters_sent: int


def protected(case: CaseFile, today: date) -> Protected:
    """Redactions that were approved, ciphers, restrictions in force today, letters sent by today."""
    marks = redaction_schedule(case)
    by_reason: dict[str, Counter[MarkState]] = {}
    for mark in marks:
        by_reason.setdefault(mark.reason or "no reason given", Counter())[mark.state] += 1
    approved = [mark for mark in marks if mark.state is MarkState.APPROVED]
    force = [r for r in case.all(Restriction, "on, id") if is_in_force(r, today) and r.kind != RestrictionKind.WAIVER]
    people = case.all(Person)
    return Protected(
        redactions=len(approved),
        redactions_by_reason=by_reason,
        redacted_documents=len({mark.urn for mark in approved}),
        ciphers=len(people),
        ciphers_by_class=_counted(item.person_class or "no class given" for item in people),
        in_force=len(force),
        in_force_by_kind=_counted(item.kind for item in force),
        letters_sent=sum(bool(letter.sent_on) for letter in case.all(WarningLetter)),
    )


def _counted(items: Iterable[str]) -> Mapping[str, int]:
    """How many of each, most first."""
    return dict(sorted(Counter(items).items(), key=lambda pair: (-pair[1], pair[0])))


def _names(items: Iterable[str]) -> tuple[str, ...]:
    """Each name once, without the empty one."""
    return tuple(sorted({name for name in items if name}, key=str.casefold))


#: Singular, plural of what is counted.
Noun = tuple[str, str]


def count_of(number: int, noun: Noun) -> str:
    """``1 request``, ``1,204 pages``."""
    return f"{number:,} {noun[0] if number == 1 else noun[1]}"
