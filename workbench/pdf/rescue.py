"""Makes a readable copy of a PDF that MuPDF cannot follow but another library can."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pypdfium2

from workbench.domain.errors import FileRefused
from workbench.pdf.reading import PdfReading, Tell, read_pdf

NOTICE = (
    "This PDF was damaged. Its pages are shown from a repaired copy; a page may be missing or look different. "
    "The original is kept."
)


def rescued(content: bytes, tell: Tell) -> tuple[bytes, PdfReading] | None:
    """The copy with the most readable pages and its reading; None when no library can follow the file."""
    best: tuple[bytes, PdfReading] | None = None
    for copy in _copies(content):
        try:
            reading = read_pdf(copy, tell)
        except FileRefused:
            continue
        if best is None or len(reading.pages) > len(best[1].pages):
            best = copy, reading
    return best


def _copies(content: bytes) -> Iterator[bytes]:
    for write in (_by_qpdf, _by_pdfium):
        copy = io.BytesIO()
        try:
            write(content, copy)
        except (pikepdf.PdfError, pypdfium2.PdfiumError, RuntimeError, ValueError, TypeError, KeyError, IndexError):
            continue
        yield copy.getvalue()


def _by_qpdf(content: bytes, copy: io.BytesIO) -> None:
    with pikepdf.open(io.BytesIO(content)) as document:
        if len(document.pages):
            document.save(copy, deterministic_id=True)


def _by_pdfium(content: bytes, copy: io.BytesIO) -> None:
    """The pages are copied into a document of their own, because pdfium saves a damaged frame as it is."""
    with pypdfium2.PdfDocument(content) as document, pypdfium2.PdfDocument.new() as whole:
        whole.import_pages(document)
        whole.save(copy)
