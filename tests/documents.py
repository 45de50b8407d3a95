"""Puts a document into a case without an importer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from workbench.domain.change import Action
from workbench.domain.document import Document, document_text_digest, page_text_digest
from workbench.domain.ids import new_id
from workbench.domain.received import PageText
from workbench.store.case_file import CaseFile

IMPORTED_AT = datetime(2026, 1, 2, tzinfo=UTC)


def put_document(
    case: CaseFile, urn: str, pages: Sequence[PageText], *, content: bytes = b"", run: str = "", **details: Any
) -> Document:
    """A document with these pages, imported in one change; ``content`` is the original."""
    content = content or f"%PDF {urn}".encode()
    with case.change(Action.IMPORT, urn, run=run) as step:
        sha256 = step.keep(content)
        step.add_pages(sha256, pages)
        document = Document(
            id=new_id("doc"),
            urn=urn,
            sha256=sha256,
            bytes=len(content),
            page_count=len(pages),
            pages_without_text=sum(not page.text.strip() for page in pages),
            text_digest=document_text_digest(page_text_digest(page.text) for page in pages),
            imported_at=IMPORTED_AT,
            **{"title": f"Document {urn}", "filename": f"{urn}.pdf", "media_type": "application/pdf"} | details,
        )
        step.put(document)
    return document
