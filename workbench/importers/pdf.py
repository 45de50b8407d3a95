"""Imports PDF files as they are, and damaged ones by a repaired copy."""

from __future__ import annotations

from workbench.domain.errors import PdfDamaged
from workbench.domain.received import Received
from workbench.importers.base import Incoming
from workbench.pdf.reading import PdfReading, read_pdf
from workbench.pdf.rescue import NOTICE, rescued


class PdfImporter:
    """PDF, also with some bytes before its head."""

    name = "PDF"
    suffixes = (".pdf",)

    def claims(self, incoming: Incoming) -> bool:
        return b"%PDF-" in incoming.content[:1024]

    def read(self, incoming: Incoming) -> Received:
        try:
            return _received(read_pdf(incoming.content, incoming.tell))
        except PdfDamaged:
            found = rescued(incoming.content, incoming.tell)
            if found is None:
                raise
            return _received(found[1], copy=found[0])


def _received(reading: PdfReading, *, copy: bytes | None = None) -> Received:
    return Received(
        media_type="application/pdf",
        kind="document",
        pages=reading.pages,
        working_copy=copy,
        proposed_on=reading.made_on,
        language=reading.language,
        notices=reading.notices if copy is None else (NOTICE, *reading.notices),
        parts=reading.parts,
    )
