"""Finds pages by what people type, and the places of the found words on a page."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.domain.change import Change
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.geometry import Word
from workbench.domain.ids import DocumentId
from workbench.domain.matching import matching_spans
from workbench.domain.progress import Ticket
from workbench.domain.search import SearchResult
from workbench.domain.sentences import sentence_around
from workbench.search.parsing import parse
from workbench.services.excerpting import make_excerpt
from workbench.services.facets import Choice, narrowed
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
    chosen: Sequence[Choice] = (),
    ticket: Ticket | None = None,
) -> SearchResult:
    """The best pages for a query, how it was understood, the true total and what was not searched.

    ``chosen`` narrows by facets.

    Raises ``QueryRefused`` for what cannot be answered rightly.
    """
    started = time.perf_counter()
    understood = parse(query)
    if ticket is not None:
        ticket.check()
    database = case.reader()
    seen = page_search.coverage(database)
    tree = narrowed(understood.tree, chosen)
    found = page_search.search(database, tree, limit, offset, order, seen=seen)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The text of one page with the half-open offsets of what a query found on it."""

    document: DocumentId
    page_index: int
    text: str
    spans: tuple[tuple[int, int], ...]


def passage(case: CaseFile, query: str, document_id: DocumentId, page_index: int) -> Passage:
    """A page's text and the places of the found words, without opening the document."""
    document = case.get(Document, document_id)
    text = case.page(document.sha256, page_index).text
    spans = sorted(matching_spans(parse(query).tree, text, Stems().of))
    return Passage(document=document_id, page_index=page_index, text=text, spans=tuple(spans))


def excerpt_from_hit(case: CaseFile, found: Passage, at: int, reader: PageReader) -> Change:
    """An excerpt of the sentence that holds the found words number ``at``; raises ``Refused`` where none are."""
    if not 0 <= at < len(found.spans):
        raise Refused("The found words are in the document's reference, not on the page. Select the words by hand.")
    start, end = sentence_around(found.text, *found.spans[at])
    return make_excerpt(case, document=found.document, page_index=found.page_index, start=start, end=end, reader=reader)
