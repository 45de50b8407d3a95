"""Writes tables as one XLSX workbook in which a text is always a text, whatever a spreadsheet would make of it."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workbench.domain.dates import in_words
from workbench.domain.errors import Refused
from workbench.domain.report_text import clean_text, is_right_to_left

#: The most letters that a spreadsheet keeps in one field, and the most rows and columns of one sheet.
MOST_LETTERS, MOST_ROWS, MOST_COLUMNS = 32_767, 1_048_576, 16_384
#: Beyond this a spreadsheet rounds whole numbers.
_MOST_EXACT = 10**15
#: Points; no program makes a row higher.
_MOST_HEIGHT = 409.0
_CONTINUED = " […]"
_NAME_BANNED = re.compile(r"[\[\]:*?/\\]")
_DATED = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day as a document claims it (EDTF): written in words, with a column of its own for sorting."""

    on: str


Value = str | int | float | bool | date | Day | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """One table for one sheet. A column that holds ``Day`` or ``date`` gets a second one with the day in ISO form."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTables:
    """The workbook, and a sentence about everything that could not be written as it was."""

    content: bytes
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Book:
    notes: dict[str, int] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def note(self, sentence: str) -> None:
        self.notes[sentence] = self.notes.get(sentence, 0) + 1


def tables_xlsx(tables: Sequence[SheetTable]) -> WrittenTables:
    """All tables, each on a sheet of its own; equal tables are equal bytes."""
    book, held = Workbook(), _Book()
    book.remove(book.active)
    book.properties.creator = None
    styles = _styles()
    for style in styles.values():
        book.add_named_style(style)
    for table in tables or (SheetTable(title="Nothing", columns=("There is no table",), rows=()),):
        _Sheet(book.create_sheet(_sheet_name(table.title, held)), table, held).write()
    buffer = io.BytesIO()
    book.save(buffer)
    told = tuple(note if times == 1 else f"{note} ({times} places)" for note, times in held.notes.items())
    return WrittenTables(content=_repacked(buffer.getvalue()), notes=told)


def _styles() -> dict[str, NamedStyle]:
    line, strong = Side(style="thin", color="C4C4C4"), Side(style="medium", color="1A1A1A")
    letters = {"name": "Arial", "size": 10, "color": "1A1A1A"}
    text = NamedStyle(name="Table text", font=Font(**letters), border=Border(bottom=line))
    text.alignment = Alignment(vertical="top", wrap_text=True)
    text.number_format = "@"
    right = NamedStyle(name="Table text from the right", font=Font(**letters), border=Border(bottom=line))
    right.alignment = Alignment(vertical="top", wrap_text=True, readingOrder=2, horizontal="right")
    right.number_format = "@"
    number = NamedStyle(name="Table number", font=Font(**letters), border=Border(bottom=line))
    number.alignment = Alignment(vertical="top", horizontal="right", indent=1)
    head = NamedStyle(name="Table head", font=Font(**letters, bold=True), border=Border(bottom=strong, top=strong))
    head.alignment = Alignment(vertical="bottom", wrap_text=True)
    head.fill = PatternFill("solid", start_color="EEF0F3")
    head.number_format = "@"
    head_right = NamedStyle(name="Table head of numbers", font=head.font, border=head.border, fill=head.fill)
    head_right.alignment = Alignment(vertical="bottom", wrap_text=True, horizontal="right", indent=1)
    head_right.number_format = "@"
    title = NamedStyle(name="Table title", font=Font(name="Arial", size=13, bold=True, color="1A1A1A"))
    title.number_format = "@"
    note = NamedStyle(name="Table note", font=Font(name="Arial", size=10, color="595959"))
    note.number_format = "@"
    return {style.name: style for style in (text, right, number, head, head_right, title, note)}


class _Sheet:
    """One table on one sheet."""

    def __init__(self, sheet: Worksheet, table: SheetTable, book: _Book) -> None:
        self._sheet, self._table, self._book = sheet, table, book
        self._dated = self._dated_columns()
        self._widths: list[float] = []

    def _dated_columns(self) -> set[int]:
        return {
            place
            for row in self._table.rows
            for place, value in enumerate(row)
            if isinstance(value, Day | date) and place < len(self._table.columns)
        }

    def write(self) -> None:
        """Title, note, heads and rows."""
        table, sheet = self._table, self._sheet
        heads = self._spread(table.columns, [f"{name} (ISO)" for name in table.columns])
        if len(heads) > MOST_COLUMNS:
            raise Refused(
                f"The table “{table.title}” has {len(heads):,} columns; a spreadsheet holds {MOST_COLUMNS:,}. "
                "Leave out some institutions, or export the table as CSV."
            )
        self._widths = [0.0] * len(heads)
        row = 1
        for text, style in ((table.title, "Table title"), (table.note, "Table note")):
            if text:
                row = self._line(row, [text], style, measured=False)
        head_row = row
        row = self._line(row, heads, "Table head")
        for place in self._counted():
            self._sheet.cell(head_row, place).style = "Table head of numbers"
        for values in table.rows:
            row = self._row(row, values, len(heads))
        sheet.freeze_panes = sheet.cell(head_row + 1, 2 if len(heads) > 2 else 1)
        sheet.auto_filter.ref = f"A{head_row}:{get_column_letter(max(len(heads), 1))}{max(row - 1, head_row)}"
        sheet.print_title_rows = f"{head_row}:{head_row}"
        self._set_up(head_row)

    def _counted(self) -> list[int]:
        """The columns, from 1, that hold numbers and nothing else."""
        held = [
            {type(row[place]) for row in self._table.rows if place < len(row)}
            for place in range(len(self._table.columns))
        ]
        is_counted = [bool(kinds - {type(None)}) and kinds <= {int, float, type(None)} for kinds in held]
        return [place for place, is_one in enumerate(self._spread(is_counted, [False] * len(held)), 1) if is_one]

    def _set_up(self, head_row: int) -> None:
        sheet = self._sheet
        widths = [min(max(width + 2.5, 9), 60) for width in self._widths]
        for place, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        # Not every program makes rows as high as their words need.
        for cells in sheet.iter_rows(min_row=head_row):
            lines = max((_lines(cell.value, width) for cell, width in zip(cells, widths, strict=False)), default=1)
            sheet.row_dimensions[cells[0].row].height = min(4 + 12.75 * lines, _MOST_HEIGHT)
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.oddFooter.center.text = "&P / &N"
        sheet.sheet_view.rightToLeft = is_right_to_left(" ".join(self._table.columns))

    def _spread(self, values: Iterable[Any], beside: Sequence[Any]) -> list[Any]:
        """The values with a second one after each that stands in a column of days."""
        spread: list[Any] = []
        for place, value in enumerate(values):
            spread.append(value)
            if place in self._dated:
                spread.append(beside[place])
        return spread

    def _row(self, row: int, values: tuple[Value, ...], wanted: int) -> int:
        columns = len(self._table.columns)
        if len(values) > columns:
            self._book.note(f"A row of “{self._table.title}” has more fields than columns; the rest has no heading.")
        filled = [*values, *([None] * (columns - len(values)))]
        shown = self._spread([_told(value) for value in filled], [_iso(value) for value in filled])
        return self._line(row, [*shown, *([None] * (wanted - len(shown)))], "Table text")

    def _line(self, row: int, values: Sequence[Any], style: str, *, measured: bool = True) -> int:
        """One row, and as many more as its longest text needs; answers with the next free one."""
        pieces = [self._pieces(value) for value in values]
        for down in range(max(map(len, pieces), default=1)):
            if row > MOST_ROWS:
                raise Refused(
                    f"The table “{self._table.title}” has more rows than a spreadsheet holds ({MOST_ROWS:,}). "
                    "Narrow it to fewer case studies or a shorter period."
                )
            for place, held in enumerate(pieces, 1):
                value = held[down] if down < len(held) else None
                self._put(self._sheet.cell(row, place), value, style)
                if measured and place <= len(self._widths):
                    self._widths[place - 1] = max(self._widths[place - 1], _measure(value))
            row += 1
        return row

    def _pieces(self, value: Any) -> list[Any]:
        """A value in as many fields, one below the other, as its letters need."""
        if not isinstance(value, str):
            return [value]
        text, notes = clean_text(value)
        for note in notes:
            self._book.note(note)
        if _units(text) <= MOST_LETTERS:
            return [text]
        self._book.note(
            f"A text of “{self._table.title}” has more letters than a field holds ({MOST_LETTERS:,}); it goes on in "
            "the rows below it."
        )
        return _divided(text)

    @staticmethod
    def _put(cell: SheetCell, value: Any, style: str) -> None:
        if isinstance(value, str):
            cell.value = value
            # Whatever it begins with, and whatever it looks like: no formula, no error, no day.
            cell.data_type = "s"
            turned = style == "Table text" and is_right_to_left(value)
            cell.style = "Table text from the right" if turned else style
            return
        cell.value = value
        cell.style = "Table number" if style == "Table text" and isinstance(value, int | float) else style


def _told(value: Value) -> Any:
    """The value as it is shown; numbers that a spreadsheet would round or not know are texts."""
    if isinstance(value, Day | date):
        written = value.on if isinstance(value, Day) else value.isoformat()
        try:
            return in_words(written)
        except Refused:
            return written
    is_exact = not isinstance(value, int | float) or (math.isfinite(value) and abs(value) < _MOST_EXACT)
    return value if is_exact else str(value)


def _iso(value: Value) -> Any:
    return value.on if isinstance(value, Day) else value.isoformat() if isinstance(value, date) else value


def _units(text: str) -> int:
    """Letters as a spreadsheet counts them: those beyond the first plane are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _divided(text: str) -> list[str]:
    room = MOST_LETTERS - len(_CONTINUED)
    pieces: list[str] = []
    while _units(text) > MOST_LETTERS:
        cut = room
        while _units(text[:cut]) > room:
            cut -= max((_units(text[:cut]) - room + 1) // 2, 1)
        blank = text.rfind(" ", cut - 200, cut)
        cut = blank + 1 if blank > 0 else cut
        pieces.append(text[:cut] + _CONTINUED)
        text = text[cut:]
    return [*pieces, text]


def _measure(value: Any) -> float:
    """How wide a value would like to be, in letters; of a long text a sensible part."""
    text = str(value) if value is not None else ""
    longest = max((len(line) for line in text[:2000].split("\n")), default=0)
    return longest if longest <= 40 else min(28 + longest / 12, 58)


def _lines(value: Any, width: float) -> int:
    """How many lines a value takes in a column so wide."""
    room = max(width - 1, 4)
    return (
        sum(max(math.ceil(len(line) * 0.95 / room), 1) for line in value.split("\n")) if isinstance(value, str) else 1
    )


def _sheet_name(title: str, book: _Book) -> str:
    """At most 31 letters, none that a spreadsheet forbids, and none twice."""
    plain = " ".join(_NAME_BANNED.sub(" ", clean_text(title)[0]).split()).strip("'")[:31].rstrip() or "Table"
    name, number = plain, 2
    while name.casefold() in book.names or name.casefold() == "history":
        ending = f" ({number})"
        name, number = plain[: 31 - len(ending)] + ending, number + 1
    book.names.add(name.casefold())
    return name


def _repacked(content: bytes) -> bytes:
    """The same parts with fixed dates and nobody's name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _STAMP.sub(b"", part)
            entry = zipfile.ZipInfo(name, _DATED)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(entry, part)
    return buffer.getvalue()
