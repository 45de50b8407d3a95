"""Reads the tables of a chronology that somebody made as XLSX, DOCX or CSV; runs in a child process."""

from __future__ import annotations

from typing import Any

from workbench.domain.chronology_table import Cell, SourceTable
from workbench.domain.errors import FileRefused
from workbench.importers.base import Incoming, Tell
from workbench.importers.characters import decode, looks_like_text
from workbench.importers.chronology_word import word_tables
from workbench.importers.chronology_workbook import workbook_tables
from workbench.importers.csv_table import rows_of_text
from workbench.importers.package import Package

_MOST_CELLS = 400_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED_OR_OLD = (
    "This file is locked with a password, or it comes from an old version of Office. Open it, save it as Excel "
    "workbook (.xlsx), Word document (.docx) or CSV without a password, and import that."
)
_NOT_KNOWN = (
    "This is no table that the workbench can read a chronology from. Save it as Excel workbook (.xlsx), Word document "
    "(.docx) or CSV and import that."
)


def make_task() -> Any:
    """The sandbox task ``workbench.importers.chronology_table:make_task``: ``{"name": ...}`` with a file's bytes."""
    return read_chronology


def read_chronology(request: dict[str, Any], blobs: list[bytes], tell: Tell) -> tuple[dict[str, Any], list[bytes]]:
    """Every table of the file as plain values."""
    incoming = Incoming(name=str(request["name"]), content=blobs[0], tell=tell)
    return {"tables": [_facts(table) for table in tables_of(incoming)]}, []


def tables_of(incoming: Incoming) -> list[SourceTable]:
    """Every table; the content decides what the file is, whatever its name. Raises ``FileRefused``."""
    content = incoming.content
    if not content.strip():
        raise FileRefused("This file is empty.")
    if content.startswith(_OLD_OFFICE):
        raise FileRefused(_LOCKED_OR_OLD)
    if content.startswith(b"PK"):
        tables = _office_tables(incoming)
    elif looks_like_text(content) and not content.startswith((b"%PDF", b"{\\rtf", b"<")):
        tables = [_csv_table(incoming)]
    else:
        raise FileRefused(_NOT_KNOWN)
    if sum(len(row) for table in tables for row in table.rows) > _MOST_CELLS:
        raise FileRefused(f"This file has more than {_MOST_CELLS:,} cells. Split it and import the pieces.")
    return tables


def _office_tables(incoming: Incoming) -> list[SourceTable]:
    """By the parts of the package: a document may hold a workbook, and a workbook a document."""
    names = Package(incoming.content, "file").names
    if "xl/workbook.xml" in names:
        return workbook_tables(incoming)
    if any(name.startswith("word/document") for name in names):
        return word_tables(incoming)
    raise FileRefused(_NOT_KNOWN)


def _csv_table(incoming: Incoming) -> SourceTable:
    rows = rows_of_text(decode(incoming.content).removeprefix("\ufeff").replace("\x00", "␀"))
    return SourceTable(
        title="The table",
        rows=tuple(tuple(Cell(_without_guard(text)) for text in row) for row in rows),
        numbers=tuple(range(1, len(rows) + 1)),
    )


def _without_guard(text: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from running a cell."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def _facts(table: SourceTable) -> dict[str, Any]:
    return {
        "title": table.title,
        "rows": [[[cell.text, cell.remarks, cell.notes] for cell in row] for row in table.rows],
        "numbers": table.numbers,
        "headings": sorted(table.headings),
        "remarks": table.remarks,
    }


def tables_from(facts: dict[str, Any]) -> list[SourceTable]:
    """The tables again from what the child answered; raises ``ValueError`` or its like when that is malformed."""
    return [
        SourceTable(
            title=str(table["title"]),
            rows=tuple(tuple(_cell(*cell) for cell in row) for row in table["rows"]),
            numbers=tuple(map(int, table["numbers"])),
            headings=frozenset(map(int, table["headings"])),
            remarks=tuple(map(str, table["remarks"])),
        )
        for table in facts["tables"]
    ]


def _cell(text: object, remarks: list[object], notes: list[object]) -> Cell:
    return Cell(str(text), tuple(map(str, remarks)), tuple(map(str, notes)))
