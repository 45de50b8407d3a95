"""Sets the tables of a report: rows that stay whole, under heads that come again on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from workbench.domain.report import Cell, Column, Run, Table, Text
from workbench.pdf.report_atoms import LEFT, PORTRAIT, Atom, Box, Placed, Sheet, stacked
from workbench.pdf.report_fonts import BOLD
from workbench.pdf.report_lines import Line, Look, Setter
from workbench.pdf.report_tags import Tag

_LOOK, _LEADING = Look(size=9.0), 12.2
_CAPTION = Look(BOLD, 9.5)
_PAD_X, _PAD_Y = 5.0, 3.2
_RULE, _INK, _HEAD = (0.72, 0.72, 0.72), (0.1, 0.1, 0.1), (0.933, 0.941, 0.953)
#: A row higher than this part of a page may be divided between its lines.
_MOST_WHOLE = 0.4
_MOST_KEPT = 50.0

Noted = Callable[[Iterable[Run], Tag], tuple[Run, ...]]


class TableSetting:
    """Makes the atoms of tables; ``noted`` is given the runs of every field, for their footnotes."""

    def __init__(self, setter: Setter, noted: Noted, label: str) -> None:
        self._setter, self._noted, self._label = setter, noted, label
        self._sheet = PORTRAIT

    def table(self, table: Table, parent: Tag, sheet: Sheet) -> list[Atom]:
        """Caption, heads and rows, as wide as the sheet lets them be."""
        self._sheet = sheet
        if not table.columns:
            return []
        tag = parent.child("Table")
        edges = _edges(table.columns, sheet.measure)
        atoms = self._caption(table, tag)
        heads = [self._head(table, tag.child("TR"), edges)] if any(column.title for column in table.columns) else []
        rows = [atom for row in table.rows for atom in self._row(table, row, tag.child("TR"), edges)]
        for head in heads:
            head.keeps = bool(rows)
            # Drawn again on later pages without a tag: it was read once.
            again = replace(head, placed=[replace(place, tag=None) for place in head.placed])
            for atom in rows:
                atom.repeats = again
        for place in (0, -2):
            # Neither the first row nor the last stands on a page alone, unless it is high.
            if len(rows) > 3 and rows[place].height < _MOST_KEPT:
                rows[place].keeps = True
        made = [*atoms, *heads, *rows]
        if not made:
            return []
        made[-1].boxes.append(Box(LEFT, made[-1].height - 0.5, self._sheet.right, made[-1].height + 0.5, _INK))
        made[-1].height += 10.0
        made[0].before = 13.0
        if table.anchor:
            made[0].anchors.append(table.anchor)
        return made

    def _caption(self, table: Table, tag: Tag) -> list[Atom]:
        if not table.caption:
            return []
        words = (Text(text=f"{self._label} {table.number}: {table.caption}"),)
        lines = self._setter.lines(words, _CAPTION, self._sheet.measure)
        atoms = stacked(lines, 13.0, x=LEFT, tag=tag.child("Caption"), size=_CAPTION.size, right=self._sheet.right)
        for atom in atoms:
            atom.keeps = True
        atoms[-1].height += 4.0
        return atoms

    def _head(self, table: Table, tag: Tag, edges: list[float]) -> Atom:
        look = replace(_LOOK, face=BOLD)
        columns = []
        for place, column in enumerate(table.columns):
            field = tag.child("TH", O="Table", Scope="Column")
            lines = self._setter.plain(column.title, look, edges[place + 1] - edges[place] - 2 * _PAD_X)
            columns.append((lines, field))
        most = max(len(lines) for lines, _ in columns)
        height = most * _LEADING + 2 * _PAD_Y
        atom = Atom(height)
        for place, (lines, field) in enumerate(columns):
            # Heads of one line stand at the foot of those of several.
            first = most - len(lines)
            atom.placed += self._placed(lines, field, table.columns[place], edges[place : place + 2], first)
        atom.boxes = [
            Box(LEFT, 0, self._sheet.right, height, _HEAD),
            Box(LEFT, -0.5, self._sheet.right, 0.5, _INK),
            Box(LEFT, height - 0.5, self._sheet.right, height + 0.3, _INK),
        ]
        return atom

    def _placed(
        self, lines: list[Line], tag: Tag, column: Column, edges: list[float], first: int = 0, top: float = _PAD_Y
    ) -> list[Placed]:
        left, right = edges[0] + _PAD_X, edges[1] - _PAD_X
        places = []
        for number, line in enumerate(lines, first):
            align = "right" if line.is_right_to_left and column.align == "left" else column.align
            x = {"left": left, "right": right, "centre": (left + right) / 2}[align]
            places.append(Placed(x, top + number * _LEADING + _LEADING * 0.5 + _LOOK.size * 0.36, line, tag, align))
        return places

    def _row(self, table: Table, row: tuple[Cell, ...], tag: Tag, edges: list[float]) -> list[Atom]:
        columns = []
        for place, cell in enumerate(row):
            field = tag.child("TH", O="Table", Scope="Row") if cell.is_head else tag.child("TD")
            look = replace(_LOOK, face=BOLD) if cell.is_head else _LOOK
            width = edges[place + 1] - edges[place] - 2 * _PAD_X
            columns.append((self._setter.lines(self._noted(cell.runs, field), look, width), field))
        most = max((len(lines) for lines, _ in columns), default=1)
        at_once = most if most * _LEADING <= _MOST_WHOLE * self._sheet.room else 6
        return [self._slice(table, columns, edges, start, at_once, most) for start in range(0, most, at_once)]

    def _slice(
        self,
        table: Table,
        columns: list[tuple[list[Line], Tag]],
        edges: list[float],
        start: int,
        at_once: int,
        most: int,
    ) -> Atom:
        """So many lines of every field of a row; all of them unless the row is very high."""
        end = min(start + at_once, most)
        top = _PAD_Y if start == 0 else 0.0
        atom = Atom(top + (end - start) * _LEADING + (_PAD_Y if end == most else 0.0))
        for place, (lines, field) in enumerate(columns):
            held = lines[start:end]
            atom.placed += self._placed(held, field, table.columns[place], edges[place : place + 2], top=top)
        if end == most:
            atom.boxes.append(Box(LEFT, atom.height - 0.25, self._sheet.right, atom.height + 0.25, _RULE))
        return atom


def _edges(columns: tuple[Column, ...], measure: float) -> list[float]:
    total = sum(max(column.width, 0.01) for column in columns) or 1.0
    edges = [LEFT]
    for column in columns:
        edges.append(edges[-1] + measure * max(column.width, 0.01) / total)
    return edges
