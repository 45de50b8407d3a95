"""Follows the footnotes of a finished report as a reader would: from the mark to the note, and to words on a page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import lxml.html
import pikepdf
import pypdfium2
from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(frozen=True)
class Led:
    """One link of one footnote: a file beside the report, and its page from 1 or a named place."""

    note: int
    file: str
    page: int = 0
    name: str = ""


def of_docx(content: bytes) -> list[Led]:
    """The links of every footnote of a Word document, in the order of the marks."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        notes = etree.fromstring(package.read("word/footnotes.xml"))
        rows = etree.fromstring(package.read("word/_rels/footnotes.xml.rels"))
    targets = {row.get("Id"): row.get("Target", "") for row in rows}
    held = {note.get(_W + "id"): note for note in notes}
    marks = [mark.get(_W + "id", "") for mark in body.iter(_W + "footnoteReference")]
    return [
        _from_href(place, targets[link.get(_R + "id")])
        for place, mark in enumerate(marks, 1)
        for link in held[mark].iter(_W + "hyperlink")
        if link.get(_R + "id")
    ]


def of_html(content: bytes) -> list[Led]:
    """The links of every footnote of a web page, in the order of the marks."""
    page = lxml.html.fromstring(content.decode("utf-8"))
    by_id = {element.get("id"): element for element in page.iter() if element.get("id")}
    led = []
    for place, mark in enumerate(page.xpath("//a[@role='doc-noteref']"), 1):
        note = by_id[mark.get("href")[1:]]
        led += [_from_href(place, link.get("href")) for link in note.xpath(".//a[@data-urn]")]
    return led


def of_pdf(content: bytes) -> list[Led]:
    """The links of every footnote of a PDF: what stands between the number of a note and that of the next."""
    led = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            links = list(page.obj.get("/Annots", []))
            starts = [link for link in links if str(link.Contents).startswith("Back to the text of footnote ")]
            edges = [(float(link.Rect[3]) + 1.0, int(str(link.Contents).split()[-1])) for link in starts]
            for link in links:
                if "/A" in link:
                    middle = (float(link.Rect[1]) + float(link.Rect[3])) / 2
                    above = [edge for edge in edges if edge[0] >= middle]
                    led.append(_from_action(min(above)[1] if above else 0, link.A))
    return sorted(led, key=lambda item: item.note)


def _from_action(note: int, action: pikepdf.Object) -> Led:
    assert pikepdf.Name.GoToR == action.S
    where = action.D
    if isinstance(where, pikepdf.Array):
        return Led(note, str(action.F.UF), page=int(where[0]) + 1)
    return Led(note, str(action.F.UF), name=str(where))


def _from_href(note: int, href: str) -> Led:
    parts = urlsplit(href)
    assert not parts.scheme and not parts.netloc, href
    asked = parse_qs(parts.fragment)
    return Led(note, unquote(parts.path), page=int(asked.get("page", ["0"])[0]), name=asked.get("nameddest", [""])[0])


def words_at(folder: Path, led: Led) -> str:
    """The words of the page that a link leads to, as another library reads them."""
    path = folder / led.file
    number = led.page or _page_named(path, led.name)
    with pypdfium2.PdfDocument(path) as document:
        return folded(document[number - 1].get_textpage().get_text_bounded())


def _page_named(path: Path, name: str) -> int:
    with pikepdf.open(path) as pdf:
        places = pikepdf.NameTree(pdf.Root.Names.Dests)
        page = places[name][0]
        return next(number for number, held in enumerate(pdf.pages, 1) if held.obj.objgen == page.objgen)


def folded(text: str) -> str:
    """Words without how they are divided into lines."""
    return re.sub(r"\s+", " ", text).strip()


def every_way(docx: bytes, html: bytes, pdf: bytes) -> Iterator[tuple[str, list[Led]]]:
    """The links of the footnotes in each of the three formats."""
    yield "docx", of_docx(docx)
    yield "html", of_html(html)
    yield "pdf", of_pdf(pdf)
