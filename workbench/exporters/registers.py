"""Writes registers as CSV for spreadsheets and as one JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from workbench.exporters.csv_cells import harmless


def register_csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """One register with a heading; a text that a spreadsheet would run as a formula gets an apostrophe."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([harmless(row[column]) for column in columns] for row in rows)
    return ("\ufeff" + buffer.getvalue()).encode()


def registers_json(registers: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """All registers by name."""
    held = {name: list(rows) for name, rows in registers.items()}
    return (json.dumps(held, ensure_ascii=False, indent=1) + "\n").encode()
