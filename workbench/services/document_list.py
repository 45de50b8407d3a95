"""Lists the documents of a case as people look for them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.domain.change import Change
from workbench.domain.document import Document, Receipt
from workbench.domain.errors import NotFound
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import Institution
from workbench.domain.ids import DocumentId
from workbench.store.case_file import CaseFile

#: Up to so many documents, their receipts and excerpts are counted one by one.
_FEW = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document, how many times it arrived, who wrote it, and the message it came with."""

    document: Document
    receipts: int
    author: str = ""
    parent_urn: str = ""
    excerpts: int = 0


def document_rows(case: CaseFile) -> list[DocumentRow]:
    """All documents by URN."""
    return rows_for(case, case.all(Document, "urn"))


def rows_for(case: CaseFile, documents: Sequence[Document]) -> list[DocumentRow]:
    """The rows of some documents, in their order."""
    few = len(documents) <= _FEW
    receipts: Counter[str] = Counter()
    excerpts: Counter[str] = Counter()
    if few:
        receipts.update({item.id: case.count(Receipt, document=item.id) for item in documents})
        excerpts.update({item.id: case.count(Excerpt, document=item.id, continues=None) for item in documents})
    else:
        receipts.update(receipt.document for receipt in case.all(Receipt))
        excerpts.update(excerpt.document for excerpt in case.all(Excerpt) if excerpt.continues is None)
    authors = {item.id: item.name for item in case.all(Institution)}
    urns = {item.id: item.urn for item in documents}
    return [
        DocumentRow(
            document=item,
            receipts=receipts[item.id],
            author=authors.get(item.author, "") if item.author else "",
            parent_urn=_urn_of(case, item.parent, urns),
            excerpts=excerpts[item.id],
        )
        for item in documents
    ]


def _urn_of(case: CaseFile, parent: DocumentId | None, known: Mapping[DocumentId, str]) -> str:
    if parent is None:
        return ""
    if parent not in known:
        record = case.first(Document, id=parent)
        return record.urn if record is not None else ""
    return known[parent]


def document_with_urn(case: CaseFile, urn: str) -> Document:
    """The document with this URN, whatever the case of its letters; raises ``NotFound``."""
    found = case.first(Document, urn=urn) or case.first(Document, urn=urn.upper())
    if found is None:
        raise NotFound(f"There is no document {urn} in this case. List them with “workbench documents”.")
    return found


def touched_documents(change: Change) -> set[DocumentId]:
    """Documents that a change altered, or whose arrivals or excerpts it altered."""
    found = {DocumentId(row.row_id) for row in change.rows if row.table == "document"}
    for row in change.rows:
        if row.table in ("excerpt", "receipt"):
            found |= {DocumentId(json.loads(image)["document"]) for image in (row.before, row.after) if image}
    return found
