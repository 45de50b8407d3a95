"""Gives the PDF that stands for a document in a build: as received, or a copy with the audience's marks burnt in."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType

from workbench.domain.checks import Check
from workbench.domain.document import Document
from workbench.domain.geometry import Box
from workbench.domain.ids import RedactionId
from workbench.domain.page_map import PlannedEntry
from workbench.domain.progress import Ticket
from workbench.domain.protection import MarkState, Redaction
from workbench.services.clearing import Clearing
from workbench.services.page_words import PageReader
from workbench.services.redacting import RedactedCopy, Redactor, located, marks_of
from workbench.store.case_file import CaseFile

_WITHHELD = "[WITHHELD]"


class BundleSources:
    """The sources of one build for one audience; keeps what was burnt in and how it was proved."""

    def __init__(self, case: CaseFile, clearing: Clearing, ticket: Ticket) -> None:
        self._case, self._clearing, self._ticket = case, clearing, ticket
        self._documents = {document.sha256: document for document in case.all(Document)}
        self._marks: dict[str, tuple[Redaction, ...]] = {}
        self._copies: dict[str, bytes] = {}
        self._reader = PageReader()
        self._redactor: Redactor | None = None
        self.proofs: dict[str, tuple[Check, ...]] = {}
        self.notices: list[str] = []

    def marks(self, document: Document) -> tuple[Redaction, ...]:
        """The marks that are burnt in for this audience, with their boxes; restricted areas and pages count as marks.

        Pages that are left out are blacked out all the same: the pages that stay may share what they draw.
        """
        if document.sha256 not in self._marks:
            bound = [mark for mark in marks_of(self._case, document.id) if self._clearing.binds(mark)]
            areas = [
                Redaction(
                    id=RedactionId(f"red_area{number}"),
                    document=document.id,
                    page_index=page_index,
                    boxes=(box,),
                    reason="restriction order",
                    basis=restriction.kind,
                    restriction=restriction.id,
                    state=MarkState.APPROVED,
                )
                for number, (page_index, box, restriction) in enumerate(self._clearing.areas(document))
            ]
            placed = [located(self._case, mark, self._reader) for mark in bound]
            self._marks[document.sha256] = (*placed, *areas, *self._whole_pages(document))
        return self._marks[document.sha256]

    def _whole_pages(self, document: Document) -> Iterable[Redaction]:
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

    def marked_pages(self, document: Document) -> frozenset[int]:
        """The pages (indices) on which something is burnt in."""
        return frozenset(mark.page_index for mark in self.marks(document))

    def read(self, entry: PlannedEntry) -> bytes:
        """The PDF to copy an entry's pages from."""
        return self.by_sha256(entry.sha256)

    def by_sha256(self, sha256: str) -> bytes:
        """The PDF for an original; a redacted copy is made once and proved before it is handed out."""
        document = self._documents[sha256]
        marks = self.marks(document)
        if not marks:
            return self._case.reading_copy(sha256)
        if sha256 not in self._copies:
            copy = self.redacted(document)
            self._copies[sha256], self.proofs[document.urn] = copy.content, copy.checks
            self.notices += [f"{document.urn}: {notice}" for notice in copy.notices]
        return self._copies[sha256]

    def redacted(self, document: Document) -> RedactedCopy:
        """The proven copy of a document with its marks burnt in; raises ``Refused`` when it has none."""
        self._redactor = self._redactor or Redactor(self._case)
        return self._redactor.copy(document, self.marks(document), self._ticket)

    def burnt_places(self, entries: Iterable[PlannedEntry]) -> list[tuple[str, Redaction]]:
        """The marks burnt into the pages of these entries, each with its document's SHA-256."""
        pages: dict[str, set[int]] = {}
        for entry in entries:
            pages.setdefault(entry.sha256, set()).update(entry.page_indices)
        return [
            (sha256, mark)
            for sha256, indices in pages.items()
            for mark in self.marks(self._documents[sha256])
            if mark.page_index in indices
        ]

    def burnt_boxes(self, sha256: str, page_index: int) -> tuple[Box, ...]:
        """What is burnt in on one page of a document."""
        marks = self.marks(self._documents[sha256])
        return tuple(box for mark in marks if mark.page_index == page_index for box in mark.boxes)

    def close(self) -> None:
        """Let the children go."""
        self._reader.close()
        if self._redactor is not None:
            self._redactor.close()

    def __enter__(self) -> BundleSources:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
