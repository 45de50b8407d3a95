"""Makes copies of documents for an audience with the excerpts on them marked, in a child process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.domain.document import Document
from workbench.domain.excerpt import Excerpt
from workbench.domain.geometry import Box
from workbench.domain.progress import Ticket
from workbench.runtime.sandbox import Limits, Sandbox
from workbench.services.case_study_clearing import CaseStudyClearing, ClearedDocument, readable_pages
from workbench.store.case_file import CaseFile
from workbench.store.search_database import SearchablePage, searchable_pages

_LIMITS = Limits(memory_bytes=2 << 30, seconds_per_step=60.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class HighlightedDocument:
    """A document as its audience may see it, with its excerpts marked; ``moved`` are refs that could not be."""

    document: Document
    cleared: ClearedDocument
    content: bytes
    moved: tuple[str, ...]

    def pages(self, case: CaseFile) -> list[SearchablePage]:
        """The words of its pages as the audience may read them."""
        found = searchable_pages(case.reader(), self.document.urn, self.document.sha256)
        return readable_pages(found, self.cleared)


def highlighted_documents(
    documents: Sequence[Document],
    excerpts: Sequence[Excerpt],
    labels: Callable[[Excerpt], tuple[str, str]],
    cleared: CaseStudyClearing,
    ticket: Ticket,
) -> Iterator[HighlightedDocument]:
    """Each document in turn; ``labels`` gives the ref of an excerpt, and the note that its mark carries."""
    with Sandbox("workbench.pdf.highlight:make_task", limits=_LIMITS) as child:
        for done, document in enumerate(documents):
            ticket.tick(done, len(documents), document.urn)
            shown = cleared.document(document)
            described = [_described(item, *labels(item)) for item in excerpts if item.document == document.id]
            answer = child.call({"excerpts": described}, [shown.content])
            yield HighlightedDocument(
                document=document,
                cleared=shown,
                content=answer.blobs[0],
                moved=tuple(str(ref) for ref in answer.facts["moved"]),
            )


def _described(item: Excerpt, ref: str, note: str) -> dict[str, Any]:
    return {
        "ref": ref,
        "page_index": item.page_index,
        "start": item.start,
        "area": _sides(item.boxes[0]) if item.is_area else None,
        "end": item.end,
        "text_digest": item.text_digest,
        "note": note,
    }


def _sides(box: Box) -> list[float]:
    return [box.x0, box.y0, box.x1, box.y1]
