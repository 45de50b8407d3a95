"""Lays a sheet of cells out on paper: column letters above, row numbers beside, wide sheets in bands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.importers.tables import table_html
from workbench.pdf.paginate import escape

#: Characters that fit beside each other on a landscape page.
_BAND_CHARACTERS = 130
_MOST_COLUMN_CHARACTERS = 38
_LEAST_COLUMN_CHARACTERS = 4
#: A longer cell is written below its table.
_MOST_CELL_CHARACTERS = 400
_ROWS_AT_ONCE = 400


def grid_bodies(title: str, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """One sheet as bodies for ``paginate``; row numbers and letters are those of the sheet itself."""
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(row)]
    columns = [
        index for index in range(max((len(row) for _, row in filled), default=0))
        if any(index < len(row) and row[index] for _, row in filled)
    ]  # fmt: skip
    head = f"<h2>{escape(title)}</h2>"
    if not columns:
        yield f'{head}<p class="note">This sheet is empty.</p>'
        return
    bands = list(_bands(columns, filled))
    for band in bands:
        where = f"Columns {column_name(band[0])} to {column_name(band[-1])}" if len(bands) > 1 else ""
        for start in range(0, len(filled), _ROWS_AT_ONCE):
            note = f'<p class="note">{where}</p>' if where else ""
            yield head + note + "".join(_band(filled[start : start + _ROWS_AT_ONCE], band))


def column_name(index: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    name = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        name = chr(65 + letter) + name
    return name


def _bands(columns: Sequence[int], rows: Sequence[tuple[int, Sequence[str]]]) -> Iterator[list[int]]:
    band: list[int] = []
    used = 0
    for column in columns:
        longest = max((len(row[column]) for _, row in rows if column < len(row)), default=0)
        width = max(_LEAST_COLUMN_CHARACTERS, min(longest, _MOST_COLUMN_CHARACTERS)) + 2
        if band and used + width > _BAND_CHARACTERS:
            yield band
            band, used = [], 0
        band.append(column)
        used += width
    yield band


def _band(rows: Sequence[tuple[int, Sequence[str]]], band: Sequence[int]) -> Iterator[str]:
    below: list[str] = []
    cells = [[("", 1), *((column_name(column), 1) for column in band)]]
    for number, row in rows:
        line = [(f"<b>{number}</b>", 1)]
        for column in band:
            text = row[column] if column < len(row) else ""
            if len(text) > _MOST_CELL_CHARACTERS:
                place = f"{column_name(column)}{number}"
                below.append(f'<p><b>{place}</b></p><div class="plain">{escape(text)}</div>')
                text = f"(text of {place}: below the table)"
            line.append((escape(text).replace("\n", "<br>"), 1))
        cells.append(line)
    yield from table_html(cells, is_headed=True)
    yield from below
