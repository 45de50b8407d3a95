"""Lays rows and columns out as HTML tables that stay readable on paper, however wide or long they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

#: A cell's HTML and how many columns it spans.
Cell = tuple[str, int]

_ROWS_AT_ONCE = 150
#: A row higher than a page cannot be laid out; such a table is written as paragraphs.
_MOST_CELL_CHARACTERS = 1_800
_LONG_TOKEN = re.compile(r"[^\s<>]{24,}")
_TAG = re.compile(r"<[^>]*>")


def table_html(rows: Sequence[Sequence[Cell]], *, is_headed: bool) -> Iterator[str]:
    """One or several tables; a long one repeats its head, a cell longer than a page is written below another."""
    if any(len(_TAG.sub("", cell)) > _MOST_CELL_CHARACTERS or "<img" in cell for row in rows for cell, _ in row):
        yield from _as_paragraphs(rows)
        return
    head = rows[0] if is_headed else None
    body = rows[1:] if is_headed else rows
    for start in range(0, max(len(body), 1), _ROWS_AT_ONCE):
        piece = body[start : start + _ROWS_AT_ONCE]
        yield f"<table>{_row(head, 'th') if head else ''}{''.join(_row(row, 'td') for row in piece)}</table>"


def _row(row: Sequence[Cell], tag: str) -> str:
    return f"<tr>{''.join(_cell(cell, span, tag) for cell, span in row)}</tr>"


def _cell(cell: str, span: int, tag: str) -> str:
    width = f' colspan="{span}"' if span > 1 else ""
    # Only a word too long for its column may be broken; otherwise 10 would be set as 1 above 0.
    broken = ' class="long"' if _LONG_TOKEN.search(_TAG.sub(" ", cell)) else ""
    return f"<{tag}{width}{broken}>{cell or ' '}</{tag}>"


def _as_paragraphs(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    for row in rows:
        for cell, _ in row:
            if cell.strip():
                yield cell if cell.startswith("<") else f"<p>{cell}</p>"
        yield "<hr>"
