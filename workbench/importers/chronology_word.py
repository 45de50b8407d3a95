"""Reads the tables of a Word document: merged cells filled, links as text, footnotes beside the cell they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from workbench.domain.chronology_table import Cell, SourceTable
from workbench.domain.errors import FileRefused
from workbench.importers.base import Incoming
from workbench.importers.package import Package

_WHAT = "Word document"
_NOT_TEXT = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "tbl", "rPr", "pPr"})
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def word_tables(incoming: Incoming) -> list[SourceTable]:
    """Every table in the order they stand in, those inside cells after the one around them."""
    package = Package(incoming.content, _WHAT)
    root = package.xml("word/document.xml")
    notes = _Notes(package)
    found = [_table(element, number, notes) for number, element in enumerate(_all(root, "tbl"), 1)]
    tables = [table for table in found if table.rows]
    if not tables:
        raise FileRefused("This Word document has no table. A chronology is read from a table with a date column.")
    return tables


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element.iter() if _name(child) == name)


def _children(element: Element, name: str) -> Iterator[Element]:
    """Direct children of this name; content controls and tracked insertions around them are looked through."""
    for child in element:
        if _name(child) == name:
            yield child
        elif _name(child) in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            yield from _children(child, name)


def _attribute(element: Element | None, name: str) -> str:
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


class _Notes:
    """Footnotes, endnotes and comments by their number."""

    def __init__(self, package: Package) -> None:
        self._texts: dict[tuple[str, str], str] = {}
        for part, kind in (("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment")):
            name = f"word/{part}.xml"
            if name in package.names:
                for note in _all(package.xml(name), kind):
                    self._texts[kind, _attribute(note, "id")] = " ".join(_text(note).split())

    def of(self, element: Element) -> Iterator[str]:
        """The notes that an element refers to, in order."""
        for child in element.iter():
            kind = _name(child).removesuffix("Reference")
            if _name(child).endswith("Reference") and self._texts.get((kind, _attribute(child, "id"))):
                text = self._texts[kind, _attribute(child, "id")]
                yield text if kind != "comment" else f"Comment: {text}"


def _text(element: Element) -> str:
    """The words of an element as they would be read with all changes accepted, without those of inner tables."""
    parts: list[str] = []
    for child in element:
        name = _name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in _SIGNS:
            parts.append(_SIGNS[name])
        elif name == "p":
            parts.append(_text(child) + "\n")
        elif name not in _NOT_TEXT:
            parts.append(_text(child))
    return "".join(parts)


def _table(element: Element, number: int, notes: _Notes) -> SourceTable:
    grid: list[list[Cell]] = []
    spans: list[int] = []
    merged = 0
    for row in _children(element, "tr"):
        line: list[Cell] = []
        widest = 0
        properties = next(_children(row, "trPr"), None)
        before = next(_children(properties, "gridBefore"), None) if properties is not None else None
        line += [Cell()] * _whole(_attribute(before, "val"), 0)
        for cell in _children(row, "tc"):
            span, carries_on = _merging(cell)
            above = grid[-1][len(line)] if carries_on and grid and len(line) < len(grid[-1]) else None
            merged += above is not None
            made = above or Cell(_text(cell).strip(), (), tuple(notes.of(cell)))
            line += [made, *[Cell()] * (span - 1)]
            widest = max(widest, span)
        grid.append(line)
        spans.append(widest)
    width = max(map(len, grid), default=0)
    remarks = [f"{merged} cells are merged with the one above and have its text."] if merged else []
    return SourceTable(
        title=f"Table {number}",
        rows=tuple(tuple(line + [Cell()] * (width - len(line))) for line in grid),
        numbers=tuple(range(1, len(grid) + 1)),
        headings=frozenset(at for at, span in enumerate(spans) if span >= width > 1),
        remarks=tuple(remarks),
    )


def _merging(cell: Element) -> tuple[int, bool]:
    """How many columns a cell spans, and whether it carries on the one above."""
    properties = next(_children(cell, "tcPr"), None)
    if properties is None:
        return 1, False
    span = _whole(_attribute(next(_children(properties, "gridSpan"), None), "val"), 1)
    merge = next(_children(properties, "vMerge"), None)
    return max(span, 1), merge is not None and _attribute(merge, "val") in ("", "continue")


def _whole(text: str, otherwise: int) -> int:
    return min(int(text), 200) if text.isdigit() else otherwise
