"""Takes out of a case study what its audience may not see: excerpts, pages and the words under redaction marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from workbench.domain.document import Document
from workbench.domain.excerpt import Excerpt
from workbench.domain.geometry import Box
from workbench.domain.ids import RedactionId
from workbench.domain.progress import Ticket
from workbench.domain.protection import MarkState, Redaction
from workbench.domain.terms import joined_text, reference_terms
from workbench.runtime.sandbox import Limits, Sandbox
from workbench.services.bundle_sources import BundleSources
from workbench.services.clearing import Clearing
from workbench.store.case_file import CaseFile
from workbench.store.search_database import SearchablePage

_LIMITS = Limits(memory_bytes=2 << 30, seconds_per_step=60.0)
_WITHHELD = "[WITHHELD]"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearedDocument:
    """A document as its audience may see it: its PDF, and the pages on which something was burnt in."""

    content: bytes
    burnt: frozenset[int]


class CaseStudyClearing:
    """What of a case's documents and excerpts an audience may see; a page that is withheld is blacked out whole."""

    def __init__(self, case: CaseFile, clearing: Clearing, ticket: Ticket) -> None:
        self._case, self._clearing = case, clearing
        self._sources = BundleSources(case, clearing, ticket, more_marks=self._withheld_pages)
        self._documents = {document.id: document for document in case.all(Document)}

    def shows(self, excerpt: Excerpt) -> bool:
        """Whether an excerpt may be shown: its document is cleared, and no mark lies on it."""
        if self._clearing.is_open:
            return True
        document = self._documents[excerpt.document]
        if self._is_out(document):
            return False
        return not any(_touches(mark, excerpt) for mark in self._sources.marks(document))

    def _is_out(self, document: Document) -> bool:
        hidden = self._clearing.withheld(document, ())
        return hidden is not None and not hidden.page_indices

    def _withheld_pages(self, document: Document) -> Iterable[Redaction]:
        hidden = self._clearing.withheld(document, range(document.page_count))
        for number, page_index in enumerate(hidden.page_indices if hidden else ()):
            page = self._case.page(document.sha256, page_index)
            yield Redaction(
                id=RedactionId(f"red_page{number}"),
                document=document.id,
                page_index=page_index,
                boxes=(Box(0, 0, page.width_pt, page.height_pt),),
                reason="restriction order",
                basis="order",
                label=_WITHHELD,
                state=MarkState.APPROVED,
            )

    def document(self, document: Document) -> ClearedDocument:
        """The PDF of a document for the audience."""
        content = self._sources.by_sha256(document.sha256)
        return ClearedDocument(content=content, burnt=self._sources.marked_pages(document))

    def searchable(self, pages: list[SearchablePage], cleared: ClearedDocument) -> list[SearchablePage]:
        """The pages to be found, with the words that a burnt page still has."""
        if not cleared.burnt:
            return pages
        with Sandbox("workbench.pdf.text:make_task", limits=_LIMITS) as child:
            child.call({"do": "open"}, [cleared.content])
            texts = {
                index: str(child.call({"do": "words", "page_index": index}).facts["text"])
                for index in sorted(cleared.burnt)
            }
        return [
            _with_text(page, texts[page.page_number - 1]) if page.page_number - 1 in texts else page for page in pages
        ]

    def close(self) -> None:
        """Let the children go."""
        self._sources.close()


def _touches(mark: Redaction, excerpt: Excerpt) -> bool:
    if mark.page_index != excerpt.page_index:
        return False
    if mark.start < mark.end and excerpt.start < excerpt.end:
        return mark.start < excerpt.end and excerpt.start < mark.end
    return any(_meet(one, other) for one in mark.boxes for other in excerpt.boxes)


def _meet(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


def _with_text(page: SearchablePage, text: str) -> SearchablePage:
    return replace(page, text=text, search_text=joined_text(text), terms=reference_terms(text))
