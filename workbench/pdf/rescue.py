"""Makes a readable copy of a PDF that MuPDF cannot follow but another library can."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pypdfium2

from workbench.domain.errors import FileRefused
from workbench.pdf.layers import has_layers
from workbench.pdf.reading import PdfReading, Tell, read_pdf

NOTICE = (
    "This PDF was damaged. Its pages are shown from a repaired copy; a page may be missing or look different. "
    "The original is kept."
)


def rescued(content: bytes, tell: Tell) -> tuple[bytes, PdfReading] | None:
    """The copy with the most pages and its reading; None when no other library can follow the file.

    A copy counts only when MuPDF finds as many pages in it as the library that wrote it. Same input, same bytes.
    """
    best: tuple[bytes, PdfReading] | None = None
    for copy, page_count in _copies(content):
        try:
            reading = read_pdf(copy, tell)
        except FileRefused:
            continue
        if len(reading.pages) == page_count and (best is None or page_count > len(best[1].pages)):
            best = copy, reading
    return best


def _copies(content: bytes) -> Iterator[tuple[bytes, int]]:
    for rewritten in (_by_qpdf, _by_pdfium):
        try:
            copy = rewritten(content)
        except (pikepdf.PdfError, pypdfium2.PdfiumError, RuntimeError, ValueError, TypeError, KeyError, IndexError):
            continue
        if copy is not None:
            yield copy


def _by_qpdf(content: bytes) -> tuple[bytes, int] | None:
    with pikepdf.open(io.BytesIO(content)) as document:
        return _saved(document)


def _by_pdfium(content: bytes) -> tuple[bytes, int] | None:
    """The pages are copied into a document of their own, because pdfium saves a damaged frame as it is.

    None for a document with layers: the copy would show what they hide.
    """
    copy = io.BytesIO()
    with pypdfium2.PdfDocument(content) as document, pypdfium2.PdfDocument.new() as whole:
        whole.import_pages(document)
        whole.save(copy)
    with pikepdf.open(copy) as written:
        # pdfium writes the moment of copying, which is neither the document's date nor the same twice.
        del written.trailer["/Info"]
        return None if has_layers(written) else _saved(written)


def _saved(document: pikepdf.Pdf) -> tuple[bytes, int]:
    copy = io.BytesIO()
    if "/ID" in document.trailer:
        del document.trailer["/ID"]  # qpdf makes another from what is in the file
    document.save(copy, deterministic_id=True)
    return copy.getvalue(), len(document.pages)
