"""Imports OpenDocument files (ODT, ODS, ODP), as LibreOffice writes them."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from workbench.domain.dates import propose_date
from workbench.domain.errors import FileRefused
from workbench.domain.received import Proposal, Received
from workbench.importers.base import Incoming
from workbench.importers.grid import grid_bodies
from workbench.importers.laid_out import laid_out
from workbench.importers.package import Package, picture_address
from workbench.importers.tables import Cell, table_html
from workbench.pdf.paginate import escape

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _OFFICE, _DRAW = _NS % "text", _NS % "table", _NS % "office", _NS % "drawing"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_MOST_REPEATS = 1_000
_MOST_DEPTH = 60
_LOCKED = "This OpenDocument file is locked with a password. Ask the supplier for a copy without one."
_KINDS = {"text": "document", "spreadsheet": "spreadsheet", "presentation": "presentation", "drawing": "document"}
_TRACKED = "This document has tracked changes; the working copy shows it as if all were accepted. Open the original."


class OpenDocumentImporter:
    """Text documents, spreadsheets and presentations."""

    name = "OpenDocument file"
    suffixes = (".odt", ".ott", ".ods", ".ots", ".odp", ".otp")

    def claims(self, incoming: Incoming) -> bool:
        return incoming.content.startswith(b"PK") and (
            b"application/vnd.oasis.opendocument" in incoming.content[:200]
            or (b"content.xml" in incoming.content and b"META-INF/manifest.xml" in incoming.content)
        )

    def read(self, incoming: Incoming) -> Received:
        package = Package(incoming.content, self.name)
        if "META-INF/manifest.xml" in package.names and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise FileRefused(_LOCKED)
        root = package.xml("content.xml")
        body = root.find(f"{_OFFICE}body")
        content = body[0] if body is not None and len(body) else None
        if content is None:
            raise package.damaged()
        kind = content.tag.rpartition("}")[2]
        bodies = list(_bodies(package, content, kind))
        if not bodies:
            raise FileRefused("This OpenDocument file holds no text.")
        is_tracked = next(content.iter(f"{_TEXT}tracked-changes"), None) is not None
        return laid_out(
            incoming,
            bodies,
            media_type=f"application/vnd.oasis.opendocument.{kind}",
            kind=_KINDS.get(kind, "document"),
            proposed_on=_changed_on(package),
            notices=(_TRACKED,) if is_tracked else (),
            is_landscape=kind != "text",
        )


def _bodies(package: Package, content: Element, kind: str) -> Iterator[str]:
    reader = _Reader(package)
    if kind == "spreadsheet":
        sheets = content.findall(f"{_TABLE}table")
        for number, sheet in enumerate(sheets, 1):
            name = sheet.get(f"{_TABLE}name", "")
            yield from grid_bodies(f"Sheet {number} of {len(sheets)}: {name}", list(_sheet_rows(sheet)))
    elif kind == "presentation":
        slides = content.findall(f"{_DRAW}page")
        for number, slide in enumerate(slides, 1):
            yield f'<p class="small">Slide {number} of {len(slides)}</p>' + "".join(reader.blocks(slide))
    else:
        blocks = "".join(reader.blocks(content))
        if blocks.strip():
            yield blocks


class _Reader:
    """Walks paragraphs, lists, tables and pictures."""

    def __init__(self, package: Package) -> None:
        self._package = package

    def blocks(self, parent: Element, depth: int = 0) -> Iterator[str]:
        """HTML for everything below an element that a page shows."""
        if depth > _MOST_DEPTH:
            return
        for element in parent:
            name = element.tag.rpartition("}")[2]
            if name in ("p", "h") and element.tag.startswith(_TEXT):
                yield self._paragraph(element, name)
                yield from self._frames(element, depth)
            elif element.tag == f"{_TEXT}list":
                items = ("".join(self.blocks(item, depth + 1)) for item in element)
                yield f"<ul>{''.join(f'<li>{item}</li>' for item in items if item)}</ul>"
            elif element.tag == f"{_TABLE}table":
                yield from self._table(element)
            elif element.tag == f"{_DRAW}image":
                yield self._picture(element)
            elif element.tag not in (f"{_TEXT}tracked-changes", f"{_TEXT}sequence-decls", f"{_OFFICE}forms"):
                yield from self.blocks(element, depth + 1)

    def _paragraph(self, element: Element, name: str) -> str:
        text = escape(text_of(element)).strip()
        if not text:
            return ""
        level = element.get(f"{_TEXT}outline-level", "2")
        tag = f"h{level}" if name == "h" and level in "123456" else "p"
        return f"<{tag}>{text}</{tag}>"

    def _frames(self, paragraph: Element, depth: int) -> Iterator[str]:
        for frame in paragraph.iter(f"{_DRAW}frame"):
            yield from self.blocks(frame, depth + 1)

    def _table(self, table: Element) -> Iterator[str]:
        rows: list[list[Cell]] = []
        for row in table.iter(f"{_TABLE}table-row"):
            cells = [cell for cell in row if cell.tag == f"{_TABLE}table-cell"]
            rows.append([("<br>".join(filter(None, (escape(text_of(p)).strip() for p in cell))), 1) for cell in cells])
        if rows:
            yield from table_html(rows, is_headed=False)

    def _picture(self, image: Element) -> str:
        name = image.get(_XLINK, "").removeprefix("./")
        address = picture_address(self._package.read(name)) if name in self._package.names else ""
        return f'<p><img src="{address}"></p>' if address else ""


def text_of(element: Element) -> str:
    """The words of a paragraph, its notes and comments in brackets."""
    pieces: list[str] = [element.text or ""]
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "s":
            pieces.append(" " * _repeats(child, f"{_TEXT}c"))
        elif name in ("tab", "line-break"):
            pieces.append("\t" if name == "tab" else "\n")
        elif name in ("note", "annotation"):
            inner = " ".join(text_of(p).strip() for p in child.iter(f"{_TEXT}p"))
            pieces.append(f" [{'note' if name == 'note' else 'comment'}: {inner}] ")
        elif name not in ("frame", "annotation-end"):
            pieces.append(text_of(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _repeats(element: Element, name: str) -> int:
    value = element.get(name, "1")
    return min(int(value), _MOST_REPEATS) if value.isdigit() else 1


def _sheet_rows(sheet: Element) -> Iterator[list[str]]:
    for row in sheet.iter(f"{_TABLE}table-row"):
        cells: list[str] = []
        for cell in row:
            shown = "\n".join(text_of(p) for p in cell if p.tag == f"{_TEXT}p")
            cells += [shown] * _repeats(cell, f"{_TABLE}number-columns-repeated")
        while cells and not cells[-1]:
            cells.pop()
        for _ in range(_repeats(row, f"{_TABLE}number-rows-repeated")):
            yield cells


def _changed_on(package: Package) -> Proposal | None:
    if "meta.xml" not in package.names:
        return None
    try:
        root = package.xml("meta.xml")
    except FileRefused:
        return None
    for name, words in (("date", "last change"), ("creation-date", "making")):
        for element in root.iter():
            day = propose_date((element.text or "")[:10]) if element.tag.rpartition("}")[2] == name else None
            if day:
                return Proposal(value=day, basis=f"day of its {words} in the document's properties")
    return None
