"""Takes out of a case study what its audience may not see: excerpts, pages and the words under redaction marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from workbench.domain.anchoring import quote_places
from workbench.domain.document import Document
from workbench.domain.excerpt import Excerpt
from workbench.domain.geometry import Box
from workbench.domain.progress import Ticket
from workbench.domain.protection import Redaction
from workbench.domain.terms import joined_text, reference_terms
from workbench.runtime.sandbox import Limits, Sandbox
from workbench.services.bundle_sources import BundleSources
from workbench.services.clearing import Clearing
from workbench.store.case_file import CaseFile
from workbench.store.search_database import SearchablePage

_LIMITS = Limits(memory_bytes=2 << 30, seconds_per_step=60.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearedDocument:
    """A document as its audience may see it: its PDF, and the pages on which something was burnt in."""

    content: bytes
    burnt: frozenset[int]


class CaseStudyClearing:
    """What of a case's documents and excerpts an audience may see; a page that is withheld is blacked out whole."""

    def __init__(self, case: CaseFile, clearing: Clearing, ticket: Ticket) -> None:
        self._case, self._clearing = case, clearing
        self._sources = BundleSources(case, clearing, ticket)
        self._documents = {document.id: document for document in case.all(Document)}

    def shown(self, excerpt: Excerpt) -> Excerpt | None:
        """An excerpt as it may be shown; None when its document is withheld or a mark lies on it.

        What stands around it is left out where its page holds marks, because it may be what they cover.
        """
        if self._clearing.is_open:
            return excerpt
        document = self._documents[excerpt.document]
        if self._is_out(document):
            return None
        marks = [mark for mark in self._sources.marks(document) if mark.page_index == excerpt.page_index]
        if not marks:
            return excerpt
        page = self._case.page(document.sha256, excerpt.page_index)
        if any(_touches(mark, excerpt, page.text) for mark in marks):
            return None
        return replace(excerpt, prefix="", suffix="")

    def is_seen(self, document: Document) -> bool:
        """Whether some of a document may be shown."""
        return self._clearing.is_open or not self._is_out(document)

    def _is_out(self, document: Document) -> bool:
        hidden = self._clearing.withheld(document, ())
        return hidden is not None and not hidden.page_indices

    def document(self, document: Document) -> ClearedDocument:
        """The PDF of a document for the audience."""
        content = self._sources.by_sha256(document.sha256)
        return ClearedDocument(content=content, burnt=self._sources.marked_pages(document))

    def close(self) -> None:
        """Let the children go."""
        self._sources.close()


def readable_pages(pages: list[SearchablePage], cleared: ClearedDocument) -> list[SearchablePage]:
    """The pages with the words that a burnt page still has."""
    if not cleared.burnt:
        return pages
    with Sandbox("workbench.pdf.text:make_task", limits=_LIMITS) as child:
        child.call({"do": "open"}, [cleared.content])
        texts = {
            index: str(child.call({"do": "words", "page_index": index}).facts["text"])
            for index in sorted(cleared.burnt)
        }
    return [_with_text(page, texts[page.page_number - 1]) if page.page_number - 1 in texts else page for page in pages]


def _touches(mark: Redaction, excerpt: Excerpt, text: str) -> bool:
    """Whether a mark covers some of an excerpt: by its words wherever they stand, or by its place."""
    if excerpt.quote:
        if not excerpt.boxes or text[excerpt.start : excerpt.end] != excerpt.quote:
            return True  # where its words stand is not known
        spans = quote_places(text, mark.quote) if mark.quote else []
        if any(start < excerpt.end and excerpt.start < end for start, end in [*spans, (mark.start, mark.end)]):
            return True
        if mark.quote:
            return False
    return any(_meet(one, other) for one in mark.boxes for other in excerpt.boxes)


def _meet(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


def written_words(tables: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(where, text) of everything that a person wrote, not of what was quoted."""
    study = tables["case_study"]
    said = [study["title"], study["reason"], *study["alternatives"]]
    yield "the title, reason or alternatives of the case study", "\n".join(said)
    for number, row in enumerate(tables["excerpts"], 1):
        yield f"the note or themes of E{number}", "\n".join([row["note"], *row["themes"]])
    for row in tables["documents"]:
        yield f"the title of {row['urn']}", row["title"]
    for row in tables["events"]:
        yield f"the event {row['ref']}", f"{row['title']}\n{row['words']}\n{row['dispute']}"
    for row in tables["standards"]:
        yield "the title of a standard", row["title"]
    for row in tables["searches"]:
        told = [row["sought"], row["among"], row["query"], row["conclusion"], *row["not_searchable"]]
        yield f"the search {row['ref']}", "\n".join(told)
    for row in tables["assessments"]:
        yield f"the assessment {row['ref']}", "\n".join([row["reasoning"], *row["gaps"]])
    for row in tables["findings"]:
        yield f"finding {row['number']}", "\n".join([row["title"], *(item["text"] for item in row["sentences"])])
    for name in ("lessons", "recommendations"):
        for row in tables[name]:
            yield f"{name.removesuffix('s')} {row['number']}", "\n".join([row["text"], *row.get("responses", ())])


def _with_text(page: SearchablePage, text: str) -> SearchablePage:
    return replace(page, text=text, search_text=joined_text(text), terms=reference_terms(text))
