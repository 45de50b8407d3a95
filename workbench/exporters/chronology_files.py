"""Writes a chronology as a workbook and as CSV: one row an event, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from workbench.domain.visible_text import pieces, visible
from workbench.exporters.csv_cells import harmless

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_SHEET_DATE = datetime(1980, 1, 1)
_HEAD = PatternFill("solid", fgColor="E7EBF0")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """One column: its heading, and how wide it is in characters."""

    title: str
    width: int


def chronology_csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The rows with a heading."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([harmless(visible(cell)) for cell in row] for row in rows)
    return ("\ufeff" + buffer.getvalue()).encode()


def chronology_xlsx(
    title: str,
    columns: Sequence[SheetColumn],
    rows: Sequence[Sequence[str]],
    lists: Sequence[tuple[str, Sequence[str]]],
) -> bytes:
    """The rows on one sheet, and each list of sentences on a sheet of its own; equal content gives equal bytes."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for at, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
        _put(sheet, 1, at, column.title, is_head=True)
    at = 2
    for row in rows:
        for line in _lines(row):
            for column_at, text in enumerate(line, 1):
                _put(sheet, at, column_at, text)
            at += 1
    _set_out(sheet, len(columns))
    for name, sentences in lists:
        _list(book.create_sheet(name), sentences)
    book.properties.created = book.properties.modified = _SHEET_DATE
    buffer = io.BytesIO()
    book.save(buffer)
    return _repacked(buffer.getvalue())


def _lines(row: Sequence[str]) -> list[list[str]]:
    """The row; where a text is longer than a cell may be, further rows carry it on."""
    parts = [list(pieces(visible(text))) for text in row]
    count = max(map(len, parts))
    lines = [[part[at] if at < len(part) else "" for part in parts] for at in range(count)]
    for at, line in enumerate(lines[1:], 2):
        line[0] = f"{row[0]} ({at} of {count})"
    return lines


def _put(sheet: Any, row: int, column: int, text: str, *, is_head: bool = False) -> None:
    cell = sheet.cell(row, column)
    if text:
        cell.value = text
        cell.data_type = "s"  # a text that begins with = stays a text
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if is_head:
        cell.font = Font(bold=True)
        cell.fill = _HEAD


def _set_out(sheet: Any, columns: int) -> None:
    """Headings that stay, a filter, and landscape pages as wide as the sheet."""
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{sheet.max_row}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _list(sheet: Any, sentences: Sequence[str]) -> None:
    sheet.column_dimensions["A"].width = 120
    lines = [piece for sentence in sentences for piece in pieces(visible(sentence))]
    for at, line in enumerate(lines, 1):
        _put(sheet, at, 1, line)


def _repacked(content: bytes) -> bytes:
    """The same package with the same date on every part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return buffer.getvalue()
