"""Imports PDF files as they are."""

from __future__ import annotations

from workbench.domain.received import Received
from workbench.importers.base import Incoming
from workbench.pdf.reading import read_pdf


class PdfImporter:
    """PDF, also with some bytes before its head."""

    name = "PDF"
    suffixes = (".pdf",)

    def claims(self, incoming: Incoming) -> bool:
        return b"%PDF-" in incoming.content[:1024]

    def read(self, incoming: Incoming) -> Received:
        reading = read_pdf(incoming.content, incoming.tell)
        return Received(
            media_type="application/pdf",
            kind="document",
            pages=reading.pages,
            proposed_on=reading.made_on,
            language=reading.language,
            notices=reading.notices,
            parts=reading.parts,
        )
