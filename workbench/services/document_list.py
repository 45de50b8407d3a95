"""Lists the documents of a case as people look for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from workbench.domain.document import Document, Receipt
from workbench.domain.errors import NotFound
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document and how many times it arrived."""

    document: Document
    receipts: int


def document_rows(case: CaseFile) -> list[DocumentRow]:
    """All documents by URN, each with the number of its receipts."""
    receipts = Counter(receipt.document for receipt in case.all(Receipt))
    return [DocumentRow(document=item, receipts=receipts[item.id]) for item in case.all(Document, "urn")]


def document_with_urn(case: CaseFile, urn: str) -> Document:
    """The document with this URN, whatever the case of its letters; raises ``NotFound``."""
    found = case.first(Document, urn=urn) or case.first(Document, urn=urn.upper())
    if found is None:
        raise NotFound(f"There is no document {urn} in this case. List them with “workbench documents”.")
    return found
