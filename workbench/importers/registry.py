"""Knows every importer and chooses one for a file: by its content first, then by the ending of its name."""

from __future__ import annotations

from workbench.domain.errors import FileRefused
from workbench.importers.base import Importer, Incoming
from workbench.importers.characters import looks_like_text
from workbench.importers.csv_table import CsvImporter
from workbench.importers.docx import WordImporter
from workbench.importers.mail import MailImporter
from workbench.importers.msg import OutlookImporter
from workbench.importers.odf import OpenDocumentImporter
from workbench.importers.pdf import PdfImporter
from workbench.importers.picture import PictureImporter
from workbench.importers.plain import PlainTextImporter
from workbench.importers.pptx import PresentationImporter
from workbench.importers.rtf import RtfImporter
from workbench.importers.spreadsheet import WorkbookImporter
from workbench.importers.unreadable import UnreadableKinds
from workbench.importers.web_page import WebPageImporter

PLAIN_TEXT = PlainTextImporter()
#: The order is the order in which content is asked about.
BUILT_IN: tuple[Importer, ...] = (
    PdfImporter(),
    RtfImporter(),
    OutlookImporter(),
    WordImporter(),
    WorkbookImporter(),
    PresentationImporter(),
    OpenDocumentImporter(),
    PictureImporter(),
    UnreadableKinds(),
    MailImporter(),
    WebPageImporter(),
    CsvImporter(),
    PLAIN_TEXT,
)


def choose(incoming: Incoming, importers: tuple[Importer, ...] = BUILT_IN) -> Importer:
    """The importer for a file; raises ``FileRefused`` with a sentence when there is none."""
    if not incoming.content:
        raise FileRefused("This file is empty.")
    for importer in importers:
        if importer.claims(incoming):
            return importer
    for importer in importers:
        if incoming.suffix in importer.suffixes:
            return importer
    if looks_like_text(incoming.content):
        return PLAIN_TEXT
    raise FileRefused(
        "The workbench does not know this kind of file. Open it in its own program, save it as PDF and import that."
    )
