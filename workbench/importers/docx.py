"""Imports Word documents (DOCX): text, tables, pictures, notes, comments, headers and footers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element
from zipfile import BadZipFile

import mammoth

from workbench.domain.errors import FileRefused
from workbench.domain.received import Received
from workbench.importers.base import Incoming
from workbench.importers.laid_out import laid_out
from workbench.importers.package import Package
from workbench.importers.sanitising import sanitise
from workbench.pdf.paginate import escape

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_W = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_STYLES = "comment-reference => sup\nu => u\nstrike => s\np[style-name='Title'] => h1:fresh\n"
_TRACKED = "This document has tracked changes; the working copy shows it as if all were accepted. Open the original."
_CHARTS = "This document holds charts or drawings that the working copy does not show. Open the original."
_MACROS = "This document holds macros; they were not run."


class WordImporter:
    """DOCX, and its templates and macro variants."""

    name = "Word document"
    suffixes = (".docx", ".docm", ".dotx", ".dotm")

    def claims(self, incoming: Incoming) -> bool:
        return incoming.content.startswith(b"PK") and b"word/document.xml" in incoming.content

    def read(self, incoming: Incoming) -> Received:
        package = Package(incoming.content, self.name)
        _, changed_on = package.core_properties()
        bodies = sanitise(_html(package, incoming.content))
        frame = list(_headers_and_footers(package))
        if not bodies and not frame:
            raise FileRefused("This Word document holds no text and no picture that can be shown.")
        return laid_out(
            incoming,
            ["".join(frame) + (bodies[0] if bodies else ""), *bodies[1:]],
            media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            proposed_on=changed_on,
            notices=_notices(package),
        )


def _html(package: Package, content: bytes) -> str:
    if not any(name.startswith("word/document") for name in package.names):
        raise package.damaged()
    try:
        return str(mammoth.convert_to_html(io.BytesIO(content), style_map=_STYLES).value)
    except (KeyError, ValueError, AttributeError, IndexError, TypeError, OSError, BadZipFile, SyntaxError):
        return _bare_html(package)


def _bare_html(package: Package) -> str:
    """Paragraph after paragraph, for documents that Word's rules do not fit."""
    root = package.xml("word/document.xml")
    texts = ("".join(_runs(paragraph)) for paragraph in root.iter() if paragraph.tag in (_W + "p", _STRICT_W + "p"))
    return "".join(f"<p>{escape(text)}</p>" for text in texts if text.strip())


def _runs(paragraph: Element) -> Iterator[str]:
    for element in paragraph.iter():
        name = element.tag.rpartition("}")[2]
        if name == "t":
            yield element.text or ""
        elif name in ("tab", "br", "cr"):
            yield " "


def _headers_and_footers(package: Package) -> Iterator[str]:
    """What stands at the head and foot of the pages, once each: references and markings stand there."""
    seen: set[str] = set()
    for kind in ("header", "footer"):
        for name in sorted(package.names):
            if not name.startswith(f"word/{kind}") or not name.endswith(".xml"):
                continue
            root = package.xml(name)
            paragraphs = (
                "".join(_runs(element)).strip() for element in root.iter() if element.tag in (_W + "p", _STRICT_W + "p")
            )
            text = " | ".join(paragraph for paragraph in paragraphs if paragraph)
            if text and text not in seen:
                seen.add(text)
                yield f'<p class="small">[{kind}: {escape(text)}]</p>'


def _notices(package: Package) -> Iterator[str]:
    document = package.read("word/document.xml") if "word/document.xml" in package.names else b""
    if b"<w:del " in document or b"<w:ins " in document or b"<w:moveFrom " in document:
        yield _TRACKED
    if any(
        name.startswith(("word/charts/", "word/diagrams/")) or name.endswith((".emf", ".wmf")) for name in package.names
    ):
        yield _CHARTS
    if any(name.endswith("vbaProject.bin") for name in package.names):
        yield _MACROS
