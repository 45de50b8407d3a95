"""Finds pages by what people type, and the places of the found words on a page."""

from __future__ import annotations

import time

from workbench.domain.document import Document
from workbench.domain.geometry import Word
from workbench.domain.ids import DocumentId
from workbench.domain.matching import matching_spans
from workbench.domain.progress import Ticket
from workbench.domain.search import SearchResult
from workbench.search.parsing import parse
from workbench.services.page_words import PageReader
from workbench.store import page_search
from workbench.store.case_file import CaseFile
from workbench.store.page_search import Order
from workbench.store.word_list import Stems


def search(
    case: CaseFile,
    query: str,
    *,
    limit: int = 20,
    offset: int = 0,
    order: Order = "relevance",
    ticket: Ticket | None = None,
) -> SearchResult:
    """The best pages for a query, how it was understood, the true total and what was not searched.

    Raises ``QueryRefused`` for what cannot be answered rightly.
    """
    started = time.perf_counter()
    understood = parse(query)
    if ticket is not None:
        ticket.check()
    database = case.reader()
    seen = page_search.coverage(database)
    found = page_search.search(database, understood.tree, limit, offset, order, seen=seen)
    return SearchResult(
        query=query,
        understood_as=understood.understood_as,
        total=found.total,
        hits=found.hits,
        pages_without_text=seen.pages_without_text,
        files_refused=seen.files_refused,
        milliseconds=round((time.perf_counter() - started) * 1000, 2),
        note=found.note,
    )


def words_on_page(
    case: CaseFile, query: str, document_id: DocumentId, page_index: int, reader: PageReader
) -> list[Word]:
    """The words of one page that the query asks for, with their boxes, in reading order."""
    document = case.get(Document, document_id)
    text = case.page(document.sha256, page_index).text
    spans = matching_spans(parse(query).tree, text, Stems().of)
    if not spans:
        return []
    words = reader.words(case, document.sha256, page_index)
    return [word for word in words if any(start < word.end and word.start < end for start, end in spans)]
