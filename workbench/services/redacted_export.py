"""Writes redacted copies of documents into a folder, each with the checks it passed, and records the hand-over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workbench.domain.audience import checked_audience
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.progress import Ticket
from workbench.services.builds import ExportRecord
from workbench.services.bundle_sources import BundleSources
from workbench.services.case_study_clearing import ClearedDocument, readable_pages
from workbench.services.clearing import Clearing
from workbench.services.handing_over import hand_over
from workbench.services.redacting import RedactedCopy
from workbench.services.releasing import release
from workbench.store.case_file import CaseFile
from workbench.store.search_database import searchable_pages


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenCopy:
    """A redacted copy on the disk, and what was left out of it."""

    urn: str
    path: Path
    notices: tuple[str, ...]


def export_redacted(
    case: CaseFile,
    documents: Sequence[Document],
    folder: Path,
    *,
    audience: str,
    override: str = "",
    ticket: Ticket | None = None,
) -> tuple[WrittenCopy, ...]:
    """Write ``URN.redacted.pdf`` and its checks as JSON for each document; nothing when one of them fails.

    Pages that the audience may not see are blacked out whole, and everything is swept for protected names. Raises
    ``Refused`` for documents that are withheld or have nothing to burn in, ``CheckFailed`` when a copy is not proven,
    ``LeaksFound`` when a protected name stands in one.
    """
    ticket = ticket or Ticket()
    clearing = Clearing(case, checked_audience(audience), datetime.now(UTC).date())
    clearing.refuse_unreadable()
    copies = _copies(case, documents, clearing, ticket)
    files: dict[str, bytes] = {}
    for document, copy in copies:
        proof = json.dumps(_proof(document, clearing.audience, copy), ensure_ascii=False, indent=2)
        files |= {
            f"{document.urn}.redacted.pdf": copy.content,
            f"{document.urn}.redacted.json": proof.encode(),
        }
    released = release(case, clearing, "The redacted copies", files, ticket, override=override)
    record = ExportRecord(
        kind="redacted",
        title=f"redacted: {', '.join(document.urn for document in documents)}",
        audience=clearing.audience,
        files=files,
        overrides=tuple(f"{item.what} Reason: {item.reason}" for item in released.overrides),
        pdf_words={f"{document.urn}.redacted.pdf": _words(case, document, copy) for document, copy in copies},
    )
    hand_over(case, folder, record, "Redacted copies were")
    return tuple(
        WrittenCopy(urn=document.urn, path=folder / f"{document.urn}.redacted.pdf", notices=copy.notices)
        for document, copy in copies
    )


def _copies(
    case: CaseFile, documents: Sequence[Document], clearing: Clearing, ticket: Ticket
) -> list[tuple[Document, RedactedCopy]]:
    withheld = [clearing.withheld(document, ()) for document in documents]
    for item in withheld:
        if item is not None:
            raise Refused(f"{item.sentence} Nothing was written.")

    with BundleSources(case, clearing, ticket) as sources:
        bare = ", ".join(document.urn for document in documents if not sources.marks(document))
        if bare:
            raise Refused(f"{bare} has no mark to burn in for the audience “{clearing.audience}”. Nothing was written.")
        return [(document, sources.redacted(document)) for document in documents]


def _words(case: CaseFile, document: Document, copy: RedactedCopy) -> str:
    """What can be read in a copy, for a breach drill; its pages that were made pictures are read again."""
    cleared = ClearedDocument(content=copy.content, burnt=frozenset(range(document.page_count)))
    pages = readable_pages(searchable_pages(case.reader(), document.urn, document.sha256), cleared)
    return "\n".join(page.text for page in pages)


def _proof(document: Document, audience: str, copy: RedactedCopy) -> dict[str, Any]:
    return {
        "document": document.urn,
        "audience": audience,
        "sha256": copy.sha256,
        "bytes": len(copy.content),
        "notices": list(copy.notices),
        "checks": [asdict(check) for check in copy.checks],
    }
