"""Finds pages by what people type, and the places of the found words on a page."""

from __future__ import annotations

import time

import Stemmer

from workbench.domain.document import Document, Refusal
from workbench.domain.geometry import Word as PageWord
from workbench.domain.ids import DocumentId
from workbench.domain.progress import Ticket
from workbench.domain.query import Near, Phrase, Prefix, Word, leaves
from workbench.domain.search import SearchResult
from workbench.domain.terms import words_of
from workbench.search.parsing import parse
from workbench.services.page_words import PageReader
from workbench.store.case_file import CaseFile
from workbench.store.search_sql import PageSearch


def search(case: CaseFile, query: str, *, limit: int = 20, ticket: Ticket | None = None) -> SearchResult:
    """The best pages for a query, how it was understood, the true total and what was not searched."""
    started = time.perf_counter()
    understood = parse(query)
    (ticket or Ticket()).check()
    found = PageSearch(case.reader(), understood.tree)
    total, hits = found.total(), found.hits(limit)
    return SearchResult(
        query=query,
        understood_as=understood.understood_as,
        total=total,
        hits=tuple(hits),
        pages_without_text=sum(document.pages_without_text for document in case.all(Document)),
        files_refused=case.count(Refusal),
        milliseconds=round((time.perf_counter() - started) * 1000, 2),
    )


def words_on_page(
    case: CaseFile, query: str, document_id: DocumentId, page_index: int, reader: PageReader
) -> list[PageWord]:
    """The words of one page that the query asks for, with their boxes."""
    document = case.get(Document, document_id)
    text = case.page(document.sha256, page_index).text
    stem = Stemmer.Stemmer("english").stemWord
    stems, exact, starts = set(), set(), []
    for leaf in leaves(parse(query).tree):
        if isinstance(leaf, Word):
            stems.add(stem(leaf.word))
        elif isinstance(leaf, Phrase):
            exact |= set(leaf.words)
        elif isinstance(leaf, Near):
            exact |= {word for phrase in leaf.phrases for word in phrase}
        elif isinstance(leaf, Prefix):
            starts.append(leaf.start)
    found = []
    for placed in reader.words(case, document.sha256, page_index):
        folded = set(words_of(text[placed.start : placed.end]))
        if folded & exact or {stem(word) for word in folded} & stems or any(w.startswith(tuple(starts)) for w in folded if starts):
            found.append(placed)
    return found
