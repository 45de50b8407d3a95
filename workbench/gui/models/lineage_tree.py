"""Findings, lessons, recommendations and answers as a tree, from what was found or from what was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt

from workbench.domain.genealogy import Branch
from workbench.gui.columns import ID_ROLE, RECORD_ROLE
from workbench.gui.icons import picture
from workbench.gui.theme import Theme
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.lineage_list import LineageRow

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_TOP = -1
#: A tree is not longer than this, however often lessons build on one another.
_MOST_ROWS = 20_000
_ICONS = {"finding": "scale", "lesson": "book-open", "recommendation": "target", "answer": "external-link"}
_TITLES = (mark("What"), mark("To whom, by when"), mark("Stands"))


class LineageTree(QAbstractItemModel):
    """An index holds the number of its row, as in the tree of subjects; one thing may stand in several places."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[LineageRow] = []
        self._above: list[int] = []
        self._below: dict[int, list[int]] = {_TOP: []}
        self._places: list[int] = []

    def show(self, branches: Sequence[Branch], rows: Mapping[str, LineageRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows, self._above, self._below, self._places = [], [], {_TOP: []}, []
        ahead = [(branch, _TOP) for branch in reversed(branches)]
        while ahead and len(self._rows) < _MOST_ROWS:
            branch, above = ahead.pop()
            number = len(self._rows)
            self._rows.append(rows[branch.item])
            self._above.append(above)
            siblings = self._below.setdefault(above, [])
            self._places.append(len(siblings))
            siblings.append(number)
            ahead += [(child, number) for child in reversed(branch.branches)]
        self.endResetModel()

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs in these colours."""
        self._theme = theme
        self.layoutChanged.emit()

    def index_of(self, identifier: str) -> QModelIndex:
        """The first place of something; invalid when it is not there."""
        number = next((at for at, row in enumerate(self._rows) if row.id == identifier), None)
        return QModelIndex() if number is None else self.createIndex(self._places[number], 0, number)

    # Qt

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        children = self._below.get(self._number(parent), [])
        if 0 <= row < len(children) and 0 <= column < len(_TITLES):
            return self.createIndex(row, column, children[row])
        return QModelIndex()

    def _number(self, index: Index) -> int:
        return int(index.internalId()) if index.isValid() else _TOP

    def parent(self, index: Index | None = None) -> Any:
        if index is None:
            return super().parent()
        above = self._above[self._number(index)] if index.isValid() else _TOP
        return QModelIndex() if above == _TOP else self.createIndex(self._places[above], 0, above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.column() > 0 else len(self._below.get(self._number(parent), []))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(_TITLES)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[self._number(index)], index.column()
        if role == Role.DisplayRole:
            return (row.words, row.to, row.stands)[column]
        if role == Role.AccessibleTextRole and column == 0:
            return row.spoken
        if role == Role.ToolTipRole:
            lines = (f"{_(row.kind).capitalize()}: {row.words}", *row.faults)
            return "<qt>" + "<br>".join(map(escape, lines)) + "</qt>"
        if role == Role.DecorationRole and column == 0:
            return picture(_ICONS[row.kind], self._theme.muted, 16)
        if role == Role.DecorationRole and column == 2 and row.faults:
            return picture("triangle-alert", self._theme.series_2, 16)
        if role == Role.SizeHintRole and column == 0:
            return QSize(60, 26)
        return {ID_ROLE: row.id, RECORD_ROLE: row}.get(role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return _(_TITLES[section])
        return None
