"""Writes what was read into the case: originals, pages, documents with references, receipts, refusals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from workbench.domain.change import Action
from workbench.domain.dates import propose_date
from workbench.domain.document import Document, Receipt, Refusal, document_text_digest, page_text_digest
from workbench.domain.frame import Investigation
from workbench.domain.ids import DocumentId, new_id
from workbench.domain.importing import DUPLICATE, IMPORTED, REFUSED, FileOutcome
from workbench.domain.received import Proposal, Received
from workbench.domain.urn import UrnRule
from workbench.services.import_parsing import Arrival
from workbench.store.case_file import CaseFile
from workbench.store.step import Step

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
_SPOOFED_NAME = (
    "The file name holds an invisible character that turns letters round; its ending may not be what it seems."
)
#: After so many pages the index is merged, so that searching stays quick.
_TIDY_AFTER_PAGES = 2_000


class Writing:
    """The writing half of one import: one entry of the history for each group of files, all of one run."""

    def __init__(self, case: CaseFile, *, supplier: str, request: str, run: str, names: Iterable[str]) -> None:
        self._case = case
        self._supplier = supplier
        self._request = request
        self._run = run
        self.outcomes: list[FileOutcome] = []
        investigation = case.all(Investigation)[0]
        self._rule = UrnRule(prefix=investigation.urn_prefix, digits=investigation.urn_digits)
        # References in the names of files that are still to come are not given to others.
        self._reserved = {urn for urn in map(self._rule.find, names) if urn}
        self._number = case.count(Document)
        self._pages = 0

    def write(self, arrivals: Sequence[Arrival]) -> list[FileOutcome]:
        """One transaction: all of these, with what lay inside them, or none."""
        outcomes: list[FileOutcome] = []
        with self._case.change(Action.IMPORT, run=self._run) as step:
            for arrival in arrivals:
                self._put(step, arrival, None, outcomes)
            step.summary = _summary(outcomes)
        self.outcomes += outcomes
        return outcomes

    def finish(self) -> None:
        """Merge the index when much was added."""
        if self._pages >= _TIDY_AFTER_PAGES:
            with self._case.change(Action.IMPORT, "Merged the search index", run=self._run) as step:
                step.tidy_index()

    def _put(self, step: Step, arrival: Arrival, parent: DocumentId | None, outcomes: list[FileOutcome]) -> None:
        reading = arrival.reading
        if reading is not None:
            reading.done.wait()
        reason = arrival.reason or (reading.reason if reading is not None else "")
        if reason:
            outcomes.append(self._refuse(step, arrival, reason))
            return
        known = step.first(Document, sha256=arrival.sha256)
        if known is not None:
            self._receipt(step, known, arrival, parent)
            outcomes.append(_outcome(arrival, known, DUPLICATE))
            return
        if reading is None or reading.received is None:
            outcomes.append(
                self._refuse(step, arrival, "This file was taken back while it was imported. Import it again.")
            )
            return
        document = self._document(step, arrival, reading.received, parent)
        self._receipt(step, document, arrival, parent)
        outcomes.append(_outcome(arrival, document, IMPORTED))
        for child in reading.children:
            self._put(step, child, document.id, outcomes)

    def _document(self, step: Step, arrival: Arrival, received: Received, parent: DocumentId | None) -> Document:
        step.keep(arrival.content)
        copy = received.working_copy
        copy_sha256 = "" if copy is None else step.keep_working_copy(arrival.sha256, copy)
        step.add_pages(arrival.sha256, received.pages)
        self._pages += len(received.pages)
        proposed = _proposed(arrival, received)
        urn = self._urn(step, arrival.filename)
        document = Document(
            id=new_id("doc"),
            urn=urn,
            title=received.title or _title(arrival.filename, urn),
            kind=received.kind,
            filename=arrival.filename,
            media_type=received.media_type,
            sha256=arrival.sha256,
            copy_sha256=copy_sha256,
            bytes=len(arrival.content),
            page_count=len(received.pages),
            pages_without_text=sum(not page.text.strip() for page in received.pages),
            text_digest=document_text_digest(page_text_digest(page.text) for page in received.pages),
            proposed_on=proposed.value if proposed else "",
            proposed_on_basis=proposed.basis if proposed else "",
            language=received.language,
            supplier=self._supplier,
            parent=parent,
            notices=_notices(arrival, received),
            imported_at=datetime.now(UTC),
        )
        step.put(document)
        return document

    def _urn(self, step: Step, filename: str) -> str:
        found = self._rule.find(filename)
        if found and step.first(Document, urn=found) is None:
            return found
        while True:
            self._number += 1
            urn = self._rule.format(self._number)
            if urn not in self._reserved and step.first(Document, urn=urn) is None:
                return urn

    def _receipt(self, step: Step, document: Document, arrival: Arrival, parent: DocumentId | None) -> None:
        step.put(
            Receipt(
                id=new_id("rcp"),
                document=document.id,
                path=arrival.shown,
                supplier=self._supplier,
                request=self._request,
                parent=parent,
                received_at=datetime.now(UTC),
            )
        )

    def _refuse(self, step: Step, arrival: Arrival, reason: str) -> FileOutcome:
        if not step.count(Refusal, path=arrival.shown, sha256=arrival.sha256, reason=reason):
            step.put(
                Refusal(
                    id=new_id("rfs"),
                    path=arrival.shown,
                    sha256=arrival.sha256,
                    bytes=arrival.size,
                    reason=reason,
                    supplier=self._supplier,
                    request=self._request,
                    refused_at=datetime.now(UTC),
                )
            )
        return FileOutcome(path=arrival.shown, status=REFUSED, sha256=arrival.sha256, reason=reason)


def _outcome(arrival: Arrival, document: Document, status: str) -> FileOutcome:
    return FileOutcome(
        path=arrival.shown,
        status=status,
        urn=document.urn,
        sha256=document.sha256,
        pages=document.page_count,
        kind=document.kind,
        pages_without_text=document.pages_without_text,
    )


_PAGE_PART = re.compile(r"\d{3}\b")


def _title(filename: str, urn: str = "") -> str:
    """The name without its ending, and without the reference in front, which stands beside it in every list.

    A title that turns its own letters round would mislead in an index; such signs are left out.
    """
    stem = filename.rpartition(".")[0] or filename
    named = " ".join("".join(c for c in stem if c not in _TURNING and c >= " ").replace("_", " ").split()) or filename
    rest = named.removeprefix(urn).lstrip(" -–—.,:;")
    # In “INQ000123_004 letter” the digits are the page of another reference, and mean nothing without it.
    return named if not rest or _PAGE_PART.match(rest) else rest


def _proposed(arrival: Arrival, received: Received) -> Proposal | None:
    """The date in the name, where people put the document's own; else what its metadata say."""
    named = propose_date(_title(arrival.filename))
    return Proposal(value=named, basis="date in the file name") if named else received.proposed_on


def _notices(arrival: Arrival, received: Received) -> tuple[str, ...]:
    return (*received.notices, _SPOOFED_NAME) if not _TURNING.isdisjoint(arrival.filename) else received.notices


def _summary(outcomes: Sequence[FileOutcome]) -> str:
    counts = {status: sum(o.status == status for o in outcomes) for status in (IMPORTED, DUPLICATE, REFUSED)}
    return ", ".join(f"{count} {status}" for status, count in counts.items() if count)
