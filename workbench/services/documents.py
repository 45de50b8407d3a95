"""Finds documents by reference and edits what a person settles about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.domain.change import Action, Change
from workbench.domain.document import Document, Receipt
from workbench.domain.errors import NotFound, Refused
from workbench.domain.ids import DocumentId
from workbench.services.document_list import DocumentRow, document_with_urn
from workbench.store.case_file import CaseFile


def rows_of_documents(case: CaseFile, identifiers: Sequence[DocumentId]) -> dict[DocumentId, DocumentRow | None]:
    """The rows of some documents; None for one that is not in the case (any more)."""
    found: dict[DocumentId, DocumentRow | None] = {}
    for identifier in identifiers:
        document = case.first(Document, id=identifier)
        receipts = case.count(Receipt, document=identifier)
        found[identifier] = None if document is None else DocumentRow(document=document, receipts=receipts)
    return found


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
    record = case.get(Document, document_id)
    if title is not None and not title.strip():
        raise Refused("A document needs a title. Type one; the file name will do.")
    edited = replace(
        record,
        title=record.title if title is None else title.strip(),
        kind=record.kind if kind is None else kind.strip(),
        supplier=record.supplier if supplier is None else supplier.strip(),
    )
    with case.change(Action.EDIT_DOCUMENT, record.urn) as step:
        step.put(edited)
    return step.change
