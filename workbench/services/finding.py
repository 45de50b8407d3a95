"""Finds typed letters on every page of one document."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.document import Document
from workbench.domain.finding import spans_of
from workbench.domain.ids import DocumentId
from workbench.domain.progress import Ticket
from workbench.store.case_file import CaseFile

MOST_FOUND = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSpan:
    """Letters on a page: half-open offsets into its stored text, and how far down the text they stand (0 to 1)."""

    page_index: int
    start: int
    end: int
    depth: float


def find_in_document(case: CaseFile, document_id: DocumentId, wanted: str, ticket: Ticket) -> list[FoundSpan]:
    """Every place in reading order, at most ``MOST_FOUND``; whole letters, whatever capitals and accents."""
    document = case.get(Document, document_id)
    found: list[FoundSpan] = []
    for page in case.pages(document.sha256):
        ticket.check()
        length = max(len(page.text), 1)
        found += [
            FoundSpan(page_index=page.page_index, start=start, end=end, depth=start / length)
            for start, end in spans_of(page.text, wanted)
        ]
        if len(found) >= MOST_FOUND:
            break
    return found[:MOST_FOUND]


def next_page_with_text(case: CaseFile, document_id: DocumentId, page_index: int) -> int | None:
    """The first page after this one that holds text; None when none does."""
    document = case.get(Document, document_id)
    pages = case.pages(document.sha256)
    return next((page.page_index for page in pages if page.page_index > page_index and page.has_text), None)
