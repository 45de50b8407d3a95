"""A document as received, its receipts, and the files that were refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from workbench.domain.ids import DocumentId, InstitutionId, ReceiptId, RefusalId


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One content that was received; its bytes are kept under ``sha256`` and never altered.

    ``on`` is the date a person settled, as EDTF, with its sort bounds; ``proposed_on`` is only what
    metadata or the file name suggest, and ``proposed_on_basis`` says where that came from.
    ``copy_sha256`` names the PDF working copy, "" when the original is a PDF itself. A document that its supplier
    withdrew, or that a later one supersedes, stays; what cites it is flagged.
    """

    id: DocumentId
    urn: str
    title: str
    kind: str = "other"
    filename: str
    media_type: str
    sha256: str
    copy_sha256: str = ""
    bytes: int
    page_count: int
    pages_without_text: int = 0
    text_digest: str
    on: str = ""
    on_earliest: str = ""
    on_latest: str = ""
    proposed_on: str = ""
    proposed_on_basis: str = ""
    language: str = ""
    author: InstitutionId | None = None
    marking: str = ""
    supplier: str = ""
    parent: DocumentId | None = None
    notices: tuple[str, ...] = ()
    imported_at: datetime
    withdrawn_on: str = ""
    withdrawn_reason: str = ""
    superseded_by: DocumentId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One arrival of a document: the same content may arrive many times, and each is kept."""

    id: ReceiptId
    document: DocumentId
    path: str
    supplier: str = ""
    request: str = ""
    parent: DocumentId | None = None
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A file that could not be imported, and the sentence that says why."""

    id: RefusalId
    path: str
    sha256: str = ""
    bytes: int = 0
    reason: str
    supplier: str = ""
    request: str = ""
    refused_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a document as stored: text made from the words of its (working copy) PDF.

    ``page_index`` counts from 0. ``width_pt`` and ``height_pt`` are as displayed.
    """

    id: int
    sha256: str
    page_index: int
    text: str
    width_pt: float
    height_pt: float
    text_digest: str

    @property
    def page_number(self) -> int:
        return self.page_index + 1

    @property
    def has_text(self) -> bool:
        return bool(self.text.strip())


def page_text_digest(text: str) -> str:
    """The SHA-256 of a page's text as stored; excerpts and verification rely on it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def document_text_digest(page_digests: Iterable[str]) -> str:
    """The digest of a document's text: the SHA-256 over its pages' digests, in order."""
    return hashlib.sha256("\n".join(page_digests).encode()).hexdigest()
