"""Finds documents by reference and edits what a person settles about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.domain.change import Action, Change
from workbench.domain.dates import EdtfDate, parse_edtf
from workbench.domain.document import Document, Receipt
from workbench.domain.errors import NotFound, Refused
from workbench.domain.ids import DocumentId
from workbench.services.document_list import DocumentRow, document_with_urn, rows_for
from workbench.store.case_file import CaseFile


def rows_of_documents(case: CaseFile, identifiers: Sequence[DocumentId]) -> dict[DocumentId, DocumentRow | None]:
    """The rows of some documents; None for one that is not in the case (any more)."""
    records = [case.first(Document, id=identifier) for identifier in identifiers]
    rows = rows_for(case, [record for record in records if record is not None])
    found: dict[DocumentId, DocumentRow | None] = dict.fromkeys(identifiers)
    return found | {row.document.id: row for row in rows}


def page_by_reference(case: CaseFile, reference: str) -> tuple[Document, int]:
    """``"INQ000123_004"`` or ``"INQ000123"`` -> the document and the page index; raises ``NotFound``."""
    urn, _, number = reference.strip().partition("_")
    document = document_with_urn(case, urn)
    page_number = int(number) if number.isdigit() else 1
    if not 1 <= page_number <= document.page_count:
        raise NotFound(f"{document.urn} has {document.page_count} pages; there is no page {number}.")
    return document, page_number - 1


def edit_document(
    case: CaseFile,
    document_id: DocumentId,
    *,
    title: str | None = None,
    kind: str | None = None,
    supplier: str | None = None,
) -> Change:
    """Settle the title, kind or supplier of a document; what is None stays."""
    if title is not None and not title.strip():
        raise Refused("A document needs a title. Type one; the file name will do.")
    return edit_documents(case, (document_id,), DocumentFacts(title=title, kind=kind, supplier=supplier))


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """What a person settles about documents; what is None stays as it is. ``on`` is EDTF, "" for no date."""

    title: str | None = None
    kind: str | None = None
    on: str | None = None
    supplier: str | None = None
    marking: str | None = None


def edit_documents(case: CaseFile, documents: Sequence[DocumentId], facts: DocumentFacts) -> Change:
    """Settle facts of one document or of many as one step; raises ``Refused`` for a date that cannot be."""
    if facts.title is not None and len(documents) > 1:
        raise Refused("Many documents cannot have one title. Choose one document.")
    changed: dict[str, str] = {}
    for name in ("title", "kind", "supplier", "marking"):
        value = getattr(facts, name)
        if value is not None:
            changed[name] = value.strip()
    if facts.on is not None:
        date = parse_edtf(facts.on) if facts.on.strip() else EdtfDate(text="", earliest="", latest="")
        changed |= {"on": date.text, "on_earliest": date.earliest, "on_latest": date.latest}
    if changed.get("kind") == "":
        changed["kind"] = "other"
    records = [case.get(Document, identifier) for identifier in documents]
    summary = records[0].urn if len(records) == 1 else f"{len(records)} documents"
    with case.change(Action.EDIT_DOCUMENT, summary) as step:
        step.put_all([replace(record, **changed) for record in records])  # type: ignore[arg-type]
    return step.change


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDetails:
    """What the table has no room for: arrivals, family, and the pages that hold no text (from 0)."""

    document: Document
    receipts: tuple[Receipt, ...]
    parent: Document | None
    children: tuple[Document, ...]
    pages_without_text: tuple[int, ...]
    superseded_by: Document | None = None


def document_details(case: CaseFile, document_id: DocumentId) -> DocumentDetails:
    """Everything about one document; raises ``NotFound``."""
    document = case.get(Document, document_id)
    bare = [page.page_index for page in case.pages(document.sha256) if not page.has_text]
    return DocumentDetails(
        document=document,
        receipts=tuple(case.all(Receipt, "received_at", document=document_id)),
        parent=case.first(Document, id=document.parent) if document.parent else None,
        children=tuple(case.all(Document, "urn", parent=document_id)),
        pages_without_text=tuple(bare),
        superseded_by=case.first(Document, id=document.superseded_by) if document.superseded_by else None,
    )
