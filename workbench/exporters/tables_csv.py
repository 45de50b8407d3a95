"""Writes a table as CSV with the same columns and words as its sheet; nothing in it runs as a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from workbench.domain.dates import in_words
from workbench.domain.errors import Refused
from workbench.domain.report_text import clean_text
from workbench.exporters.csv_cells import harmless
from workbench.exporters.tables_xlsx import Day, SheetTable, Value


def table_csv(table: SheetTable) -> bytes:
    """Heads and rows; a column of days has a second one with the day in ISO form. Texts are whole, however long."""
    dated = {at for row in table.rows for at, value in enumerate(row) if isinstance(value, Day | date)}
    heads: list[str] = []
    for at, name in enumerate(table.columns):
        heads += [name, f"{name} (ISO)"] if at in dated else [name]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(heads)
    for row in table.rows:
        cells: list[Any] = []
        for at, value in enumerate(row):
            cells += _dated(value) if at in dated else [_cell(value)]
        writer.writerow(cells)
    return ("\ufeff" + buffer.getvalue()).encode()


def _cell(value: Value) -> Any:
    return harmless(clean_text(value)[0]) if isinstance(value, str) else value


def _dated(value: Value) -> list[Any]:
    if not isinstance(value, Day | date):
        return [_cell(value), ""]
    written = value.on if isinstance(value, Day) else value.isoformat()
    try:
        return [harmless(in_words(written)), harmless(written)]
    except Refused:
        return [harmless(clean_text(written)[0])] * 2
