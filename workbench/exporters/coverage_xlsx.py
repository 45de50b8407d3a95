"""Writes the coverage matrix as a workbook: the matrix, what is missing, one row a cell, and how it was counted."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from workbench.domain.visible_text import pieces, visible

_MODIFIED = re.compile(rb"(?<=W3CDTF\">)[^<]*(?=</dcterms:modified>)")
_SHEET_MOMENT = b"1980-01-01T00:00:00Z"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_SHEET_DATE = datetime(1980, 1, 1)
_HEAD = PatternFill("solid", fgColor="E7EBF0")
_GROUNDS = {
    "adequate": PatternFill("solid", fgColor="D5EBDC"),
    "partly adequate": PatternFill("solid", fgColor="FFECC4"),
    "inadequate": PatternFill("solid", fgColor="F8D6D1"),
    "not assessable": PatternFill("solid", fgColor="D9DCE1"),
    "out of scope": PatternFill("lightUp", fgColor="9AA3B0"),
    "several": PatternFill("solid", fgColor="EADFF2"),
}
_LINE, _BROKEN, _THICK = Side("thin", "C6CCD4"), Side("dashed", "57606C"), Side("medium", "B86A00")
#: Longer words stand on the sheet of cells, and the matrix says so.
_MATRIX_WORDS = 400
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_TEXT = "@"
_PLAIN, _BOLD, _TITLE = (
    Font(name="Calibri", size=size, bold=bold) for size, bold in ((11, False), (11, True), (14, True))
)
_LINE_PT, _MOST_PT = 15.0, 409.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """A cell of the first sheet: its words, what its ground says, and whether it is contested or missing."""

    words: str
    ground: str = ""
    is_contested: bool = False
    is_missing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageSheets:
    """Everything the workbook holds; ``headings`` are (number, words) of the paragraphs, ``rows`` (name, cells)."""

    title: str
    about: tuple[str, ...]
    headings: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[MatrixCell, ...]], ...]
    missing_columns: Mapping[str, str]
    missing: Sequence[Mapping[str, Any]]
    cell_columns: Mapping[str, str]
    cells: Sequence[Mapping[str, Any]]
    rules: tuple[str, ...]


def coverage_xlsx(content: CoverageSheets) -> bytes:
    """The workbook; equal content gives equal bytes, and no text in it is a formula."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Coverage"
    _matrix(sheet, content)
    _table(book.create_sheet("What is missing"), content.missing_columns, content.missing, "Nothing is missing.")
    _table(book.create_sheet("Cells"), content.cell_columns, content.cells, "There are no cells.")
    _lines(book.create_sheet("How it was counted"), content.rules)
    book.properties.title = visible(content.title)
    book.properties.creator = ""
    book.properties.created = book.properties.modified = _SHEET_DATE
    buffer = io.BytesIO()
    book.save(buffer)
    return _repacked(buffer.getvalue())


def _matrix(sheet: Any, content: CoverageSheets) -> None:
    _put(sheet, 1, 1, content.title, font=_TITLE, wraps=False)
    at = 2
    for line in content.about:
        _put(sheet, at, 1, line, wraps=False)
        at += 1
    at += 1
    _put(sheet, at, 1, "Institution", font=_BOLD, fill=_HEAD)
    for column, (number, words) in enumerate(content.headings, 2):
        _put(sheet, at, column, number, font=_BOLD, fill=_HEAD)
        _put(sheet, at + 1, column, _short(words), fill=_HEAD)
        sheet.column_dimensions[get_column_letter(column)].width = 24
    _put(sheet, at + 1, 1, "", fill=_HEAD)
    sheet.column_dimensions["A"].width = 36
    for row, (name, cells) in enumerate(content.rows, at + 2):
        _put(sheet, row, 1, _short(name), font=_BOLD)
        for column, cell in enumerate(cells, 2):
            _put_cell(sheet, row, column, cell)
    sheet.freeze_panes = sheet.cell(at + 2, 2)
    sheet.print_title_rows = f"{at}:{at + 1}"
    sheet.print_title_cols = "A:A"
    _heighten(sheet, at)
    _landscape(sheet, is_large=len(content.headings) > 6)


def _put_cell(sheet: Any, row: int, column: int, cell: MatrixCell) -> None:
    edge = _THICK if cell.is_contested else _BROKEN if cell.is_missing else _LINE
    _put(sheet, row, column, _short(cell.words), fill=_GROUNDS.get(cell.ground))
    sheet.cell(row, column).border = Border(left=edge, right=edge, top=edge, bottom=edge)


def _short(text: str) -> str:
    """The words while they fit a cell of the matrix; else their beginning, and where the rest stands."""
    return text if len(text) <= _MATRIX_WORDS else f"{text[:_MATRIX_WORDS]} … (whole on the sheet “Cells”)"


def _table(sheet: Any, columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]], nothing: str) -> None:
    """One row each; numbers as numbers, a text longer than a cell may be runs on in further rows."""
    for column, (name, title) in enumerate(columns.items(), 1):
        _put(sheet, 1, column, title, font=_BOLD, fill=_HEAD)
        longest = max((len(str(row[name])) for row in rows), default=0)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest, len(title)) + 3, 44)
    at = 2
    for row in rows:
        parts = [list(pieces(visible(value))) if isinstance(value, str) else [value] for value in _values(row, columns)]
        for line in range(max(map(len, parts))):
            for column, part in enumerate(parts, 1):
                # What identifies the row stands in its further rows too, so that sorting keeps them together.
                value = part[line] if line < len(part) else part[0] if column <= 2 else ""
                _put(sheet, at, column, value)
            at += 1
    if not rows:
        _put(sheet, 2, 1, nothing, wraps=False)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(at - 1, 1)}"
    sheet.print_title_rows = "1:1"
    _heighten(sheet, 2)
    _landscape(sheet, is_large=len(columns) > 8)


def _values(row: Mapping[str, Any], columns: Mapping[str, str]) -> list[str | int]:
    return [("yes" if row[name] else "no") if isinstance(row[name], bool) else row[name] for name in columns]


def _lines(sheet: Any, lines: Sequence[str]) -> None:
    sheet.column_dimensions["A"].width = 110
    for at, line in enumerate((piece for text in lines for piece in pieces(visible(text))), 1):
        _put(sheet, at, 1, line)
    _heighten(sheet, 1)
    _landscape(sheet)


def _put(
    sheet: Any,
    row: int,
    column: int,
    value: str | int,
    *,
    font: Font | None = None,
    fill: PatternFill | None = None,
    wraps: bool = True,
) -> None:
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        if value:
            cell.value = visible(value)
            cell.data_type = "s"  # a text that begins with = stays a text
            cell.number_format = _TEXT  # and 2.10 stays 2.10
    else:
        cell.value = value
    if wraps:
        cell.alignment = _WRAPPED
    cell.font = font or _PLAIN
    if fill is not None:
        cell.fill = fill


def _heighten(sheet: Any, first: int) -> None:
    """Rows as high as their words need from the given one on; not every program works that out by itself."""
    widths = {letter: dimension.width for letter, dimension in sheet.column_dimensions.items()}
    for row in sheet.iter_rows(min_row=first):
        lines = max(_lines_in(str(cell.value or ""), widths.get(cell.column_letter, 12.0)) for cell in row)
        if lines > 1:
            sheet.row_dimensions[row[0].row].height = min(lines * _LINE_PT + 2, _MOST_PT)


def _lines_in(text: str, width: float) -> int:
    return sum(max(math.ceil(len(line) * 1.12 / width), 1) for line in text.split("\n"))


def _landscape(sheet: Any, *, is_large: bool = False) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3 if is_large else sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _repacked(content: bytes) -> bytes:
    """The same package with the same date on every part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # The library writes the present moment here whatever the properties say.
            part = source.read(name)
            target.writestr(entry, _MODIFIED.sub(_SHEET_MOMENT, part) if name == "docProps/core.xml" else part)
    return buffer.getvalue()
