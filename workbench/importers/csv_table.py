"""Imports tables saved as text, with commas, semicolons or tabs between their cells."""

from __future__ import annotations

import csv
import io

from workbench.domain.errors import FileRefused
from workbench.domain.received import Received
from workbench.importers.base import Incoming
from workbench.importers.characters import decode, looks_like_text
from workbench.importers.grid import grid_bodies
from workbench.importers.laid_out import laid_out

_MOST_CELLS = 400_000
_SAMPLE_CHARACTERS = 20_000


class CsvImporter:
    """CSV and TSV."""

    name = "table as text"
    suffixes = (".csv", ".tsv")

    def claims(self, incoming: Incoming) -> bool:
        return False

    def read(self, incoming: Incoming) -> Received:
        text = decode(incoming.content).removeprefix("\ufeff")
        if not looks_like_text(incoming.content) or not text.strip():
            raise FileRefused("This file says it is a table, but it holds no text that can be read.")
        rows = rows_of_text(text)
        if sum(len(row) for row in rows) > _MOST_CELLS:
            raise FileRefused(f"This table has more than {_MOST_CELLS:,} cells. Split it and import the pieces.")
        return laid_out(
            incoming,
            grid_bodies(incoming.name, rows),
            media_type="text/csv",
            kind="spreadsheet",
            is_landscape=True,
        )


def rows_of_text(text: str) -> list[list[str]]:
    """The cells of a table saved as text, whatever sign parts them."""
    csv.field_size_limit(10_000_000)
    try:
        reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=_delimiter(text))
        return [[cell.strip() for cell in row] for row in reader]
    except csv.Error:
        return [[line] for line in text.splitlines()]


def _delimiter(text: str) -> str:
    """The sign that parts the first lines into most columns, alike in each."""
    lines = [line for line in text[:_SAMPLE_CHARACTERS].splitlines() if line.strip()][:20]
    counts = {sign: sorted(line.count(sign) for line in lines) for sign in (",", ";", "\t", "|")}
    return max(counts, key=lambda sign: (counts[sign][len(lines) // 2], counts[sign][-1])) if lines else ","
