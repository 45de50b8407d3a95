"""The tables to work from: who appears, issues with what bears on them, reading lists, evidence to publish."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from workbench.domain.audience import AUDIENCES
from workbench.domain.document import Document
from workbench.domain.frame import CaseStudy, Person
from workbench.domain.page_ranges import page_range_text
from workbench.domain.protection import Clearance
from workbench.domain.report import Report, text_of
from workbench.domain.report_numbers import prepared
from workbench.domain.urn import page_form
from workbench.exporters.tables_xlsx import Day, Value
from workbench.services.case_study_citing import citations, records_of
from workbench.services.clearing import Clearing
from workbench.services.inquiry_list import issue_rows
from workbench.services.report.footnotes import marked_footnotes
from workbench.services.report.tabling import Tabling, WorkTable


def people(tabling: Tabling) -> WorkTable:
    """Institutions by name and people by cipher, and where each appears."""
    source = tabling.source
    rows: list[tuple[Value, ...]] = []
    for item in source.own_institutions:
        other = [*item.aliases, *([item.name_cy] if item.name_cy and item.name_cy != item.name else [])]
        parent = source.institutions[item.parent].name if item.parent else ""
        rows.append(("institution", item.name, item.kind, "; ".join(other), parent, *_appearances(tabling, item.id)))
    for person in source.case.all(Person, "cipher"):
        counts = _appearances(tabling, person.id)
        if any(counts) or (source.is_for_team and source.is_whole):
            rows.append(("person", person.cipher, person.person_class, "", "", *counts))
    columns = (
        "What", "Name or cipher", "Kind or standing", "Also called", "Part of", "Excerpts", "Events", "Assessments",
        "Criticised in findings",
    )  # fmt: skip
    return WorkTable(
        name="dramatis-personae", title="Institutions and people", columns=columns, rows=tuple(rows),
        note="People are named by their ciphers only.",
    )  # fmt: skip


def _appearances(tabling: Tabling, identifier: str) -> tuple[int, int, int, int]:
    """In how many excerpts, events, assessments and findings somebody appears."""
    source = tabling.source
    return (
        len(tabling.linked_to(identifier)),
        sum(identifier in event.institutions or identifier in event.people for event in source.events),
        sum(item.institution == identifier for item in source.assessments),
        sum(identifier in finding.criticised for finding in source.findings),
    )


def issues(tabling: Tabling) -> WorkTable:
    """The list of issues: which excerpts, assessments and findings bear on each, and what is open."""
    source = tabling.source
    own = {item.id for item in source.own_scope}
    columns = ("Issue", "Paragraph", "Question", "Status", "Excerpts", "Assessments", "Findings", "What is open")
    rows: list[tuple[Value, ...]] = []
    for row in issue_rows(source.case):
        if row.issue.scope not in own:
            continue
        linked = tabling.linked_to(row.issue.id)
        judged = [item.id for item in source.assessments if row.issue.id in item.issues]
        bearing: set[str] = {*linked, *judged}
        found = [
            finding.id
            for finding in source.findings
            if any(bearing & {*sentence.evidence} for sentence in source.sentences.get(finding.id, ()))
        ]
        head: tuple[Value, ...] = (row.issue.number, row.scope, row.issue.text, row.issue.status)
        told = (tabling.named(linked), tabling.numbered(judged), tabling.numbered(found))
        rows.append((*head, *told, "; ".join(_open(row.issue.status, linked, judged, found))))
    return WorkTable(name="issues", title="Issues with what bears on them", columns=columns, rows=tuple(rows))


def _open(status: str, linked: Sequence[str], judged: Sequence[str], found: Sequence[str]) -> Iterable[str]:
    if status == "dropped":
        return
    if not linked:
        yield "no excerpt is linked to it"
    if not judged:
        yield "no assessment names it"
    if not found:
        yield "no finding rests on what bears on it"
    if status == "open":
        yield "not answered"


def reading(tabling: Tabling) -> WorkTable:
    """For each case study and each witness the documents to read, in the order of their dates, and why."""
    source = tabling.source
    studies = source.case.all(CaseStudy, "title") if source.is_whole else [source.study]
    rows = [row for study in studies for row in _of_study(tabling, study)]
    for person in source.case.all(Person, "cipher"):
        rows += _of_person(tabling, person)
    columns = ("For", "Order", "Reference", "Document", "Date", "Pages to read", "Why")
    return WorkTable(
        name="reading-list", title="Reading lists", columns=columns, rows=tuple(rows),
        note="Documents stand in the order of their dates; those without a date come last.",
    )  # fmt: skip


def _of_study(tabling: Tabling, study: CaseStudy) -> list[tuple[Value, ...]]:
    source = tabling.source
    records = source.records if study.id == source.study.id else records_of(source.case, study.id)
    cited = {item: why for item, why in citations(records).items() if item in source.excerpts}
    why: dict[str, dict[str, None]] = {}
    for item, reasons in cited.items():
        shown = reasons if source.is_for_team else ("cited",)
        why.setdefault(source.excerpts[item].document, {}).update(dict.fromkeys(shown))
    if source.is_for_team:
        for document in study.context:
            why.setdefault(document, {})["a context document"] = None
    return _reading_rows(tabling, f"case study: {study.title}", why, cited)


def _of_person(tabling: Tabling, person: Person) -> list[tuple[Value, ...]]:
    named = tabling.linked_to(person.id)
    why: dict[str, dict[str, None]] = {}
    for item in named:
        why.setdefault(tabling.source.excerpts[item].document, {})[f"names {person.cipher}"] = None
    return _reading_rows(tabling, f"{person.person_class or 'person'} {person.cipher}", why, named)


def _reading_rows(
    tabling: Tabling, whom: str, why: dict[str, dict[str, None]], cited: Iterable[str]
) -> list[tuple[Value, ...]]:
    source, every = tabling.source, [tabling.source.excerpts[item] for item in cited]
    documents = sorted((source.documents[item] for item in why), key=lambda d: (not d.on, d.on_earliest or d.on, d.urn))
    rows: list[tuple[Value, ...]] = []
    for number, document in enumerate(documents, 1):
        pages = page_range_text(sorted({item.page_index for item in every if item.document == document.id}))
        head: tuple[Value, ...] = (whom, number, document.urn, document.title or document.filename, Day(on=document.on))
        rows.append((*head, pages or "the whole document", "; ".join(why[document.id])))
    return rows


def published(tabling: Tabling, today: date) -> WorkTable:
    """The documents cited that are cleared for the public, with the pages cited; and which are not, and why."""
    source = tabling.source
    clearing = Clearing(source.case, AUDIENCES[-1], today)
    pages: dict[str, set[int]] = {}
    for item in tabling.cited:
        pages.setdefault(source.excerpts[item].document, set()).add(source.excerpts[item].page_index)
    cited = [item for item in source.documents.values() if item.id in pages]
    undecided = {*clearing.without_decision(cited)}
    cleared, kept = [], []
    for document in cited:
        hidden = clearing.withheld(document, sorted(pages[document.id]))
        if hidden is None and document.urn not in undecided and not document.withdrawn_on:
            cleared.append(document)
        else:
            kept.append(document.urn)
    decided = {item.document: item for item in source.case.all(Clearance, "on, id", decision="cleared")}
    rows = tuple(_published_row(document, pages[document.id], decided.get(document.id)) for document in cleared)
    note = f"Cited, but not cleared for the public: {', '.join(kept)}." if kept and source.is_for_team else ""
    columns = ("Reference", "Document", "Kind", "Date", "Pages cited", "Cleared by", "Cleared on")
    return WorkTable(name="published-evidence", title="Evidence to publish", columns=columns, rows=rows, note=note)


def _published_row(document: Document, pages: set[int], decided: Clearance | None) -> tuple[Value, ...]:
    head: tuple[Value, ...] = (document.urn, document.title or document.filename, document.kind, Day(on=document.on))
    by = (decided.by, Day(on=decided.on)) if decided is not None else ("", Day(on=""))
    return (*head, page_range_text(sorted(pages)), *by)


def footnotes(report: Report) -> WorkTable:
    """Every footnote of a report with each page it leads to, and the words there in full."""
    rows: list[tuple[Value, ...]] = []
    for where, note in marked_footnotes(prepared(report).report):
        for target in note.targets:
            reference = page_form(target.urn, target.page_index + 1)
            rows.append((note.number, where, reference, target.bundle_label, target.quote, text_of(note.runs)))
    columns = ("Footnote", "Where", "Page", "Bundle page", "Words it rests on", "Footnote as printed")
    return WorkTable(name="footnotes", title="Footnotes", columns=columns, rows=tuple(rows))
