"""Reads the sheets of an Excel workbook as tables: formulas by their results, dates no finer than they are shown."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from workbench.domain.chronology_table import Cell, SourceTable
from workbench.domain.errors import FileRefused
from workbench.importers.base import Incoming
from workbench.importers.package import Package

_WHAT = "Excel workbook"
_READ_ERRORS = (KeyError, ValueError, AttributeError, IndexError, TypeError, OSError, BadZipFile, SyntaxError)
_NOT_A_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_ROWS_PER_SIGN = 200
#: A sheet may say that it reaches to its last corner; nobody waits for so many empty cells.
_LARGEST_AREA = 4_000_000
_MOST_MERGED = 100_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')


def workbook_tables(incoming: Incoming) -> list[SourceTable]:
    """Every sheet that has cells, the hidden ones too."""
    package = Package(incoming.content, _WHAT)
    sheets = [name for name in package.names if name.startswith("xl/worksheets/") and name.endswith(".xml")]
    _refuse_endless_merges(package, sheets)
    has_formulas = any(b"<f" in package.read(name) for name in sheets)
    try:
        results = openpyxl.load_workbook(io.BytesIO(incoming.content), data_only=True, keep_links=False)
        formulas = openpyxl.load_workbook(io.BytesIO(incoming.content), keep_links=False) if has_formulas else None
        tables = [
            _Sheet(sheet, None if formulas is None else formulas[sheet.title], incoming).table()
            for sheet in results.worksheets
        ]
    except _READ_ERRORS:
        raise package.damaged() from None
    return [table for table in tables if table.rows]


def _refuse_endless_merges(package: Package, sheets: Iterable[str]) -> None:
    """The library makes a cell for each that is merged, and would be at it for minutes."""
    for name in sheets:
        for match in _MERGED.finditer(package.read(name)):
            (left, top), (right, bottom) = map(coordinate_from_string, match[1].decode().split(":"))
            wide = column_index_from_string(right) - column_index_from_string(left) + 1
            if wide * (bottom - top + 1) > _MOST_MERGED:
                raise FileRefused(
                    f"This {_WHAT} merges the cells {match[1].decode()}. Unmerge them in Excel, save it and try again."
                )


class _Sheet:
    """One sheet: what is shown in each cell, and what lies behind it."""

    def __init__(self, sheet: Any, formulas: Any, incoming: Incoming) -> None:
        self._sheet, self._formulas, self._incoming = sheet, formulas, incoming
        self._counted = {"formulas": 0, "merged": 0}
        self._fill: dict[tuple[int, int], tuple[int, int]] = {}
        self._wide: dict[int, int] = {}
        for merged in sheet.merged_cells.ranges:
            self._wide[merged.min_row] = max(self._wide.get(merged.min_row, 0), merged.max_col - merged.min_col + 1)
            for row in range(merged.min_row + 1, min(merged.max_row, sheet.max_row) + 1):
                self._fill[row, merged.min_col] = (merged.min_row, merged.min_col)

    def table(self) -> SourceTable:
        """The rows without the empty ones at the end."""
        if self._sheet.max_row * self._sheet.max_column > _LARGEST_AREA:
            raise FileRefused(
                f"The sheet “{self._sheet.title}” reaches over {self._sheet.max_row:,} rows and "
                f"{self._sheet.max_column:,} columns. Copy the table alone into another workbook and import that."
            )
        rows: list[tuple[Cell, ...]] = []
        for number, row in enumerate(self._sheet.iter_rows(), 1):
            if number % _ROWS_PER_SIGN == 0:
                self._incoming.tell({"rows": number})
            line = [self._cell(cell) for cell in row]
            while line and not line[-1].text:
                line.pop()
            rows.append(tuple(line))
        while rows and not rows[-1]:
            rows.pop()
        width = max(map(len, rows), default=0)
        return SourceTable(
            title=f"Sheet “{self._sheet.title}”",
            rows=tuple(row + (Cell(),) * (width - len(row)) for row in rows),
            numbers=tuple(range(1, len(rows) + 1)),
            headings=frozenset(number - 1 for number, wide in self._wide.items() if wide >= width > 1),
            remarks=tuple(self._remarks()),
        )

    def _remarks(self) -> list[str]:
        hidden = [n for n, d in self._sheet.row_dimensions.items() if d.hidden]
        columns = [letter for letter, d in self._sheet.column_dimensions.items() if d.hidden]
        remarks = ["the sheet is hidden; it is read all the same."] if self._sheet.sheet_state != "visible" else []
        if hidden:
            remarks.append(f"hidden rows are read too: {', '.join(map(str, hidden[:20]))}.")
        if columns:
            remarks.append(f"hidden columns are read too: {', '.join(columns[:20])}.")
        if self._counted["formulas"]:
            remarks.append(
                f"{self._counted['formulas']} cells are formulas; their results as last calculated are read."
            )
        if self._counted["merged"]:
            remarks.append(f"{self._counted['merged']} cells are merged with the one above and have its text.")
        return remarks

    def _cell(self, cell: Any) -> Cell:
        origin = self._fill.get((cell.row, cell.column))
        if origin is not None:
            self._counted["merged"] += 1
            cell = self._sheet.cell(*origin)
        text, remarks = shown_value(cell.value, str(cell.number_format)), []
        place = f"{get_column_letter(cell.column)}{cell.row}"
        formula = self._formulas.cell(cell.row, cell.column).value if self._formulas is not None else None
        if not isinstance(formula, str):
            formula = str(getattr(formula, "text", "") or "")
        if formula.startswith("="):
            self._counted["formulas"] += 1
            if not text:
                text = formula
                remarks.append(f"Cell {place} is a formula without a stored result.")
        link = getattr(cell, "hyperlink", None)
        target = str((link.target or "") if link is not None else "")
        if target and target != text:
            remarks.append(f"Cell {place} is a link to {target}; it is kept as text.")
        comment = getattr(cell, "comment", None)
        notes = (f"Comment: {comment.text.strip()}",) if comment is not None and comment.text.strip() else ()
        return Cell(text, tuple(remarks), notes)


def shown_value(value: Any, number_format: str) -> str:
    """A value as text; a date no finer than its format shows it: March 2014 is kept as its first day by the program."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        at = "" if not (value.hour or value.minute or value.second) else f" {value:%H:%M}"
        return _shown_day(value.date(), number_format) + at
    if isinstance(value, date):
        return _shown_day(value, number_format)
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).strip()


def _shown_day(day: date, number_format: str) -> str:
    code = _NOT_A_CODE.sub("", number_format).casefold()
    if "y" not in code or "d" in code:
        return day.isoformat()
    return f"{day:%Y-%m}" if "m" in code else f"{day:%Y}"
