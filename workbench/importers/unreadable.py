"""Knows kinds of files that are not imported, and says for each what to do instead."""

from __future__ import annotations

import re

from workbench.domain.errors import FileRefused
from workbench.domain.received import Received
from workbench.importers.base import Incoming
from workbench.importers.ole import OLE_HEAD, open_ole

_SAVE = "Open it in {program}, save it as {format} and import that."
_OLD = "This is {what} in the format used until 2003. "
_OLE_KINDS = (
    ("EncryptedPackage", "This Office document is locked with a password. Ask the supplier for a copy without one."),
    ("WordDocument", _OLD.format(what="a Word document") + _SAVE.format(program="Word", format="DOCX or PDF")),
    ("Workbook", _OLD.format(what="an Excel workbook") + _SAVE.format(program="Excel", format="XLSX or PDF")),
    ("Book", _OLD.format(what="an Excel workbook") + _SAVE.format(program="Excel", format="XLSX or PDF")),
    (
        "PowerPoint Document",
        _OLD.format(what="a PowerPoint presentation") + _SAVE.format(program="PowerPoint", format="PPTX or PDF"),
    ),
    ("VisioDocument", "This is a Visio drawing. " + _SAVE.format(program="Visio", format="PDF")),
)
_OTHER_OLE = (
    "This is a file of an older Office program that the workbench does not read. "
    "Open it in its own program, save it as PDF and import that."
)
_ARCHIVE = "This kind of archive cannot be opened here. Unpack it and import the folder, or make a ZIP file of it."
_OTHER_PACKAGE = (
    "This document is damaged, or of a kind that the workbench does not read. "
    "Open it in its own program, save it as PDF and import that."
)
_PACKAGE = "This archive is damaged or cut off. Ask the supplier for it again."
_HEADS = (
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ\x00", _ARCHIVE),
    (b"\x1f\x9d", _ARCHIVE),
    (b"MZ", "This is a program, not a document; it was not opened."),
    (b"\x7fELF", "This is a program, not a document; it was not opened."),
    (
        b"!BDN",
        "This is an Outlook data file (PST). Export its messages from Outlook as MSG files and import their folder.",
    ),
    (b"SQLite format 3\x00", "This is a database. Export the tables that matter as CSV and import those."),
    (b"\xd7\xcd\xc6\x9a", "This is a drawing (WMF). Open it in Word or a drawing program, save it as PDF or PNG."),
    (b"ID3", "This is a sound recording. Import its transcript instead."),
    (b"RIFF", "This is a sound or video recording. Import its transcript instead."),
    (b"OggS", "This is a sound or video recording. Import its transcript instead."),
    (b"\x00\x00\x00\x0cjP", "This is a JPEG 2000 picture. Open it, save it as PNG or PDF and import that."),
    (b"%!PS", "This is a PostScript file. Convert it to PDF and import that."),
)
_APPLE_PHOTO = re.compile(rb"^....ftyp(heic|heix|mif1|avif|hevc)", re.DOTALL)
_RECORDING = re.compile(rb"^....ftyp", re.DOTALL)
_SVG = re.compile(rb"^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]", re.DOTALL)


class UnreadableKinds:
    """Claims what no importer reads, only to refuse it with the right sentence."""

    name = "kind that is not imported"
    suffixes = (".doc", ".xls", ".ppt", ".pps", ".dot", ".7z", ".rar", ".tar", ".gz", ".pst", ".svg", ".emf", ".wmf")

    def claims(self, incoming: Incoming) -> bool:
        return bool(_sentence(incoming))

    def read(self, incoming: Incoming) -> Received:
        raise FileRefused(_sentence(incoming) or _by_suffix(incoming.suffix))


def _sentence(incoming: Incoming) -> str:
    content = incoming.content
    if content.startswith(OLE_HEAD):
        return _ole_sentence(content)
    for head, sentence in _HEADS:
        if content.startswith(head):
            return sentence
    if content[257:262] == b"ustar":
        return _ARCHIVE
    if content.startswith(b"PK"):
        return _zip_sentence(content)
    if _APPLE_PHOTO.match(content[:16]):
        return "This is a photograph in the format HEIC or AVIF. Open it, save it as JPEG and import that."
    if _RECORDING.match(content[:16]):
        return "This is a sound or video recording. Import its transcript instead."
    if _SVG.match(content[:2000]):
        return "This is a drawing (SVG). Open it in a browser, print it to PDF and import that."
    if content[40:44] == b" EMF":
        return "This is a drawing (EMF). Open it in Word or a drawing program, save it as PDF or PNG."
    return ""


def _ole_sentence(content: bytes) -> str:
    ole = open_ole(content, "Office document")
    return next((sentence for name, sentence in _OLE_KINDS if ole.exists(name)), _OTHER_OLE)


def _zip_sentence(content: bytes) -> str:
    if b"META-INF/container.xml" in content:
        return "This is an e-book (EPUB). Open it in a reader, print it to PDF and import that."
    if b"Index/Document.iwa" in content:
        return "This is a file of Apple's Pages, Numbers or Keynote. Open it there, save it as PDF and import that."
    return _OTHER_PACKAGE if b"[Content_Types].xml" in content or b"mimetype" in content[:64] else _PACKAGE


def _by_suffix(suffix: str) -> str:
    if suffix in (".7z", ".rar", ".tar", ".gz"):
        return _PACKAGE
    return "This file is damaged or is not what its name says. Ask the supplier for another copy."
