"""Writes the blocks of a report as paragraphs and tables of Word, each in a named style."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from workbench.domain.report import (
    Block,
    Cell,
    Column,
    Heading,
    Labels,
    ListItem,
    Note,
    PageBreak,
    Paragraph,
    Part,
    Quote,
    Run,
    Table,
    leads_on,
    text_of,
)
from workbench.domain.report_text import is_right_to_left
from workbench.exporters.docx_numbering import ITEMS
from workbench.exporters.docx_runs import Bookmarks, RunWriter, words
from workbench.exporters.docx_xml import complex_field, el, ordered, ppr, run

_PART_STYLES = {"part": "Heading1", "annex": "AnnexHeading", "none": "UnnumberedHeading"}
_PARAGRAPH_STYLES = {"part": "NumberedParagraph", "annex": "AnnexParagraph", "none": "SoleParagraph"}
_ENDINGS = {"left": "", "right": "Right", "centre": "Centre"}


def paragraph(style: str, content: str, *properties: str) -> str:
    """A paragraph in a named style."""
    return el("p", ppr(el("pStyle", val=style), *properties), content)


class BlockWriter:
    """Writes the body of a report; ``lists`` are those that begin anew, as ``numbering_part`` takes them."""

    def __init__(self, runs: RunWriter, bookmarks: Bookmarks, labels: Labels) -> None:
        self._runs, self._bookmarks, self._labels = runs, bookmarks, labels
        self._width = 0
        self.lists: list[str] = []
        self._part = Part(title="")
        self._list = self._headings = 0
        self._breaks = False

    def part(self, part: Part, width: int) -> str:
        """A part with its title; its tables are so wide, in twentieths of a point."""
        self._width = width
        self._part, self._list, self._headings, self._breaks = part, 0, 0, False
        title = self._bookmarks.around(part.anchor, words(part.title))
        made = [paragraph(_PART_STYLES[part.numbering], title, *_direction(part.title))]
        for block in part.blocks:
            if not isinstance(block, ListItem):
                self._list = 0
            made.append(self._block(block))
        return "".join(made)

    def _block(self, block: Block) -> str:
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                style = _PARAGRAPH_STYLES[self._part.numbering] if block.is_numbered else self._plain_style()
                return self._text(style, block.runs, block.anchor)
            case Quote():
                made = self._text("QuoteWithSource" if block.source else "Quote", block.runs)
                return made + (self._text("QuoteSource", block.source) if block.source else "")
            case ListItem():
                return self._item(block)
            case Table():
                return self._table(block)
            case Note():
                return self._note(block)
            case PageBreak():
                self._breaks = True
                return ""

    def _plain_style(self) -> str:
        return "BodyText" if self._part.numbering == "none" else "BodyTextIndent"

    def _break(self) -> tuple[str, ...]:
        if not self._breaks:
            return ()
        self._breaks = False
        return (el("pageBreakBefore"),)

    def _text(self, style: str, runs: Iterable[Run], anchor: str = "", *properties: str) -> str:
        held = tuple(runs)
        content = self._bookmarks.around(anchor, self._runs.runs(held))
        kept = (el("keepNext"),) if leads_on(held) else ()
        return paragraph(style, content, *kept, *self._break(), *_direction(text_of(held)), *properties)

    def _heading(self, block: Heading) -> str:
        style = f"Heading{block.level}"
        number: tuple[str, ...] = ()
        if self._part.numbering == "none":
            style = f"Unnumbered{style}"
        elif block.number:
            if not self._headings:
                self.lists.append(self._part.number)
                self._headings = ITEMS + len(self.lists)
            style = f"Numbered{style}"
            number = (el("numPr", el("ilvl", val=block.level - 2), el("numId", val=self._headings)),)
        content = self._bookmarks.around(block.anchor, words(block.text))
        return paragraph(style, content, *self._break(), *number, *_direction(block.text))

    def _item(self, block: ListItem) -> str:
        style = f"List{'Number' if block.is_ordered else 'Bullet'}{block.level + 1 if block.level else ''}"
        if not block.is_ordered:
            return self._text(style, block.runs, block.anchor)
        if not self._list:
            self.lists.append("")
            self._list = ITEMS + len(self.lists)
        number = el("numPr", el("ilvl", val=block.level), el("numId", val=self._list))
        return self._text(style, block.runs, block.anchor, number)

    def _note(self, block: Note) -> str:
        word = "Warning" if block.is_warning else "Note"
        title = ""
        if block.title:
            title = paragraph(f"{word}Title", words(block.title), *self._break(), *_direction(block.title))
        return (
            title + "".join(self._text(f"{word}Text", runs) for runs in block.paragraphs) + paragraph("AfterTable", "")
        )

    def _table(self, block: Table) -> str:
        widths = shares(block.columns, self._width)
        caption = ""
        if block.caption:
            number = complex_field("SEQ Table \\* ARABIC", run(block.number))
            inner = self._bookmarks.around(block.anchor, words(f"{self._labels.table} ") + number) + words(
                f": {block.caption}"
            )
            caption = paragraph("Caption", inner, *self._break(), *_direction(block.caption))
        properties = ordered(
            "tblPr",
            el("tblStyle", val="ReportTable"),
            el("tblW", w=sum(widths), type="dxa"),
            el("tblLayout", type="fixed"),
            el("tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
            el("tblCaption", val=block.caption) if block.caption else "",
        )
        grid = el("tblGrid", *(el("gridCol", w=width) for width in widths))
        if not any(column.title for column in block.columns):
            rows = [self._row(row, block.columns, widths) for row in block.rows]
            return caption + (el("tbl", properties, grid, *rows) if rows else "") + paragraph("AfterTable", "")
        head = [self._field(_head(column), column, width) for column, width in zip(block.columns, widths, strict=True)]
        first = el("tr", el("trPr", el("cantSplit"), el("tblHeader")), *head)
        rows = [self._row(row, block.columns, widths) for row in block.rows]
        return caption + el("tbl", properties, grid, first, *rows) + paragraph("AfterTable", "")

    def _row(self, row: tuple[Cell, ...], columns: tuple[Column, ...], widths: list[int]) -> str:
        fields = []
        for cell, column, width in zip(row, columns, widths, strict=True):
            style = "TableRowHead" if cell.is_head else f"TableText{_ENDINGS[column.align]}"
            direction = _direction(text_of(cell.runs))
            fields.append(self._field(paragraph(style, self._runs.runs(cell.runs), *direction), column, width))
        is_short = sum(len(text_of(cell.runs)) for cell in row) < 1200
        return el("tr", el("trPr", el("cantSplit")) if is_short else "", *fields)

    def _field(self, content: str, column: Column, width: int) -> str:
        return el("tc", ordered("tcPr", el("tcW", w=width, type="dxa")), content)


def _head(column: Column) -> str:
    return paragraph(f"TableHead{_ENDINGS[column.align]}", words(column.title), *_direction(column.title))


def _direction(text: str) -> tuple[str, ...]:
    return (el("bidi"),) if is_right_to_left(text) else ()


def shares(columns: tuple[Column, ...], width: int) -> list[int]:
    """The widths of columns that fill a table to its last unit."""
    total = sum(max(column.width, 0.01) for column in columns) or 1.0
    ends = [0]
    for column in columns:
        ends.append(ends[-1] + round(width * max(column.width, 0.01) / total))
    widths = [after - before for before, after in pairwise(ends)]
    if widths:
        widths[-1] += width - ends[-1]
    return widths
