"""Imports Excel workbooks (XLSX): every sheet, the hidden ones too, with the values as last calculated."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zipfile import BadZipFile

import openpyxl

from workbench.domain.errors import FileRefused
from workbench.domain.received import Received
from workbench.importers.base import Incoming, Tell
from workbench.importers.grid import grid_bodies
from workbench.importers.laid_out import laid_out
from workbench.importers.package import Package

_MOST_CELLS = 400_000
_NO_RESULT = re.compile(rb"</f>\s*(<v>\s*</v>|<v\s*/>)?\s*</c>|<f[^>]*/>\s*</c>")
_ROWS_PER_SIGN = 200
_READ_ERRORS = (KeyError, ValueError, AttributeError, IndexError, TypeError, OSError, BadZipFile, SyntaxError)


class WorkbookImporter:
    """XLSX, and its templates and macro variants."""

    name = "Excel workbook"
    suffixes = (".xlsx", ".xlsm", ".xltx", ".xltm")

    def claims(self, incoming: Incoming) -> bool:
        return incoming.content.startswith(b"PK") and b"xl/workbook.xml" in incoming.content

    def read(self, incoming: Incoming) -> Received:
        package = Package(incoming.content, self.name)
        _, changed_on = package.core_properties()
        formulas_shown = _lacks_results(package)
        sheets = list(_sheets(incoming, package, formulas_shown))
        if not sheets:
            raise FileRefused("This Excel workbook has no sheet with cells. Open it in Excel and save it as PDF.")
        return laid_out(
            incoming,
            (body for title, rows in sheets for body in grid_bodies(title, rows)),
            media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            kind="spreadsheet",
            proposed_on=changed_on,
            notices=_notices(package, sheets, formulas_shown),
            is_landscape=True,
        )


def _lacks_results(package: Package) -> bool:
    """True when a formula has no stored result, as in workbooks that no office program has calculated."""
    sheets = (name for name in package.names if name.startswith("xl/worksheets/") and name.endswith(".xml"))
    return any(_NO_RESULT.search(package.read(name)) for name in sheets)


def _sheets(incoming: Incoming, package: Package, formulas_shown: bool) -> Iterator[tuple[str, list[list[str]]]]:
    values = _load(incoming.content, package, with_results=True)
    formulas = _load(incoming.content, package, with_results=False) if formulas_shown else None
    room = _MOST_CELLS
    for number, sheet in enumerate(values.worksheets, 1):
        rows = _rows(sheet, None if formulas is None else formulas[sheet.title], incoming.tell)
        room -= sum(len(row) for row in rows)
        if room < 0:
            raise FileRefused(
                f"This Excel workbook has more than {_MOST_CELLS:,} cells. Save the sheets that matter as CSV or PDF."
            )
        hidden = "" if sheet.sheet_state == "visible" else " (hidden sheet)"
        yield f"Sheet {number} of {len(values.worksheets)}: {sheet.title}{hidden}", rows


def _load(content: bytes, package: Package, *, with_results: bool) -> Any:
    try:
        return openpyxl.load_workbook(io.BytesIO(content), data_only=with_results, keep_links=False)
    except _READ_ERRORS:
        raise package.damaged() from None


def _rows(sheet: Any, formulas: Any, tell: Tell) -> list[list[str]]:
    rows: list[list[str]] = []
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number % _ROWS_PER_SIGN == 0:
            tell({"rows": number})
        line = [_shown(cell) for cell in row]
        if formulas is not None:
            line = [text or _formula(formulas, cell) for text, cell in zip(line, row, strict=True)]
        while line and not line[-1]:
            line.pop()
        rows.append(line)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _formula(formulas: Any, cell: Any) -> str:
    value = formulas.cell(cell.row, cell.column).value
    return value if isinstance(value, str) and value.startswith("=") else ""


def _shown(cell: Any) -> str:
    comment = f" [comment: {cell.comment.text.strip()}]" if getattr(cell, "comment", None) else ""
    return _value(cell.value, str(cell.number_format)) + comment


def _value(value: Any, number_format: str) -> str:
    """A value as text: days as year-month-day, so that no one reads the month for the day."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        is_day = not (value.hour or value.minute or value.second)
        return value.date().isoformat() if is_day else value.isoformat(" ", "seconds")
    if isinstance(value, date | time | timedelta):
        return str(value)
    if isinstance(value, float):
        if number_format.endswith("%"):
            return f"{value * 100:.10g}%"
        return f"{value:.15g}"
    return str(value)


def _notices(package: Package, sheets: list[tuple[str, list[list[str]]]], formulas_shown: bool) -> Iterator[str]:
    if any(title.endswith("(hidden sheet)") for title, _ in sheets):
        yield "This workbook has hidden sheets; the working copy shows them and says so."
    if formulas_shown:
        yield "Some formulas have no stored result; the working copy shows the formulas themselves."
    if any(name.startswith("xl/charts/") for name in package.names):
        yield "This workbook holds charts that the working copy does not show. Open the original."
    if any(name.endswith("vbaProject.bin") for name in package.names):
        yield "This workbook holds macros; they were not run."
