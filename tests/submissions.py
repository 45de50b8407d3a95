"""Makes Word submissions full of references, and reads them back with nothing but a zip reader and patterns."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from html import unescape
from typing import NamedTuple

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from lxml import etree

from workbench.domain.page_map import MapRow, PageKind

_NOTES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{kind}s ' + nsdecls("w") + ">"
    '<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>{notes}</w:{kind}s>'
)
_NOTE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Linked(NamedTuple):
    """A link as an outside reader sees it."""

    text: str
    target: str
    tooltip: str


def page_rows(documents: Sequence[tuple[str, str, int]], *, front: int = 2) -> tuple[MapRow, ...]:
    """The page map of (section, URN, pages): cover and index first, labels counting on."""
    rows = [MapRow(physical_index=0, label="1", kind=PageKind.COVER)]
    rows += [MapRow(physical_index=n, label=str(n + 1), kind=PageKind.INDEX) for n in range(1, front)]
    for entry, (section, urn, count) in enumerate(documents, 1):
        for page in range(count):
            at = len(rows)
            rows.append(
                MapRow(
                    physical_index=at,
                    label=str(at + 1),
                    kind=PageKind.DOCUMENT,
                    section=section,
                    entry=entry,
                    urn=urn,
                    title=f"Minutes {entry}",
                    sha256=urn.lower(),
                    source_page_index=page,
                    key=f"{urn.lower()}:{page}:1",
                )
            )
    return tuple(rows)


def say(paragraph: Paragraph, *pieces: str, between: str = "") -> None:
    """Words in several runs, each with another formatting, as Word leaves them after corrections."""
    for number, piece in enumerate(pieces):
        run = paragraph.add_run(piece)
        run.bold, run.italic = number % 3 == 0, number % 2 == 1
        if between:
            run._r.addnext(parse_xml(between))


SPELLING = f'<w:proofErr {nsdecls("w")} w:type="spellStart"/>'


def insertion(text: str, identifier: int = 900) -> str:
    """A tracked insertion."""
    return (
        f'<w:ins {nsdecls("w")} w:id="{identifier}" w:author="Counsel" w:date="2026-01-02T10:00:00Z">'
        f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:ins>'
    )


def deletion(text: str) -> str:
    """A tracked deletion."""
    return (
        f'<w:del {nsdecls("w")} w:id="901" w:author="Counsel" w:date="2026-01-02T10:00:00Z">'
        f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'
    )


def text_box(text: str) -> str:
    """A text box as Word writes it: once for itself, once for older programs."""
    box = f'<w:txbxContent><w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:txbxContent>'
    return (
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml">'
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def note_sign(kind: str, identifier: int) -> str:
    """The sign in the text that stands for a footnote or endnote."""
    return f'<w:r {nsdecls("w")}><w:{kind}Reference w:id="{identifier}"/></w:r>'


def saved(document: docx.document.Document, **notes: Sequence[str]) -> bytes:
    """The document's bytes, with parts for its ``footnote`` and ``endnote`` texts (ids from 1)."""
    buffer = io.BytesIO()
    document.save(buffer)
    for kind, texts in notes.items():
        rows = "".join(
            f'<w:{kind} w:id="{number}"><w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:{kind}>'
            for number, text in enumerate(texts, 1)
        )
        buffer = _with_part(buffer, kind, _NOTES.format(kind=kind, notes=rows))
    return buffer.getvalue()


def _with_part(buffer: io.BytesIO, kind: str, content: str) -> io.BytesIO:
    override = f'<Override PartName="/word/{kind}s.xml" ContentType="{_NOTE_TYPE.format(kind=kind)}"/></Types>'
    relation = f'<Relationship Id="rId9{kind}" Type="{_RELATION}/{kind}s" Target="{kind}s.xml"/></Relationships>'
    parts = contents(buffer.getvalue())
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override.encode())
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", relation.encode())
    parts[f"word/{kind}s.xml"] = content.encode()
    return io.BytesIO(zipped(parts))


def contents(docx_bytes: bytes) -> dict[str, bytes]:
    """Every part by name."""
    with zipfile.ZipFile(io.BytesIO(docx_bytes)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    """Parts as a DOCX."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def links_of(docx_bytes: bytes, part: str = "") -> list[Linked]:
    """Every outside link of every part that has text, in the order of the parts and of the text."""
    found = []
    parts = contents(docx_bytes)
    for name in [part] if part else sorted(name for name in parts if re.fullmatch(r"word/\w+\.xml", name)):
        relations = parts.get(f"word/_rels/{name.removeprefix('word/')}.rels", b"").decode()
        targets = {
            re.search(r'Id="([^"]+)"', row)[1]: unescape(re.search(r'Target="([^"]+)"', row)[1])  # type: ignore[index]
            for row in re.findall(r"<Relationship [^>]*>", relations)
        }
        for attributes, inner in re.findall(
            r"<w:hyperlink ([^>]*)>(.*?)</w:hyperlink>", parts[name].decode(), re.DOTALL
        ):
            text = unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", inner)))
            identifier = re.search(r'r:id="([^"]+)"', attributes)
            tooltip = re.search(r'w:tooltip="([^"]*)"', attributes)
            if identifier:
                found.append(Linked(text, targets[identifier[1]], unescape(tooltip[1]) if tooltip else ""))
    return found


def without_links(xml: bytes) -> str:
    """A part in canonical form with links taken away and what links divided joined again, to compare what is left."""
    root = etree.fromstring(xml)
    for link in list(root.iter("{*}hyperlink")):
        parent = link.getparent()
        for child in reversed(link):
            link.addnext(child)
        parent.remove(link)
    for element in list(root.iter("{*}ins", "{*}r", "{*}t")):
        before = element.getprevious()
        if before is not None and before.tag == element.tag and _looks(before) == _looks(element):
            for child in [child for child in element if not child.tag.endswith("rPr")]:
                before.append(child)
            before.text = (before.text or "") + (element.text or "") or None
            element.getparent().remove(element)
    for element in list(root.iter("{*}t")):
        before = element.getprevious()
        if before is not None and before.tag == element.tag:
            before.text = (before.text or "") + (element.text or "")
            element.getparent().remove(element)
    for element in root.iter("{*}t"):
        element.attrib.clear()
    return etree.tostring(root, method="c14n").decode()


def _looks(element: etree._Element) -> tuple[list[tuple[str, str]], list[bytes]]:
    """What must be the same for two neighbours to be one: attributes but the number, and formatting."""
    attributes = sorted((key, value) for key, value in element.attrib.items() if not key.endswith(("}id", "}space")))
    return attributes, [etree.tostring(child, method="c14n") for child in element if child.tag.endswith("rPr")]


def paragraph_texts(docx_bytes: bytes) -> list[str]:
    """The body's paragraphs as python-docx reads them."""
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(docx_bytes)).paragraphs]
