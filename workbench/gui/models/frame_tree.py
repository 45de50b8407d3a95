"""Institutions, scope paragraphs, themes, people and case studies as a tree with counts by stance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from workbench.domain.excerpt import Stance
from workbench.gui.columns import ID_ROLE, RECORD_ROLE
from workbench.gui.wording import STANCE_SIGNS
from workbench.runtime.i18n import speech as _
from workbench.services.framing import FrameRow

STANCES = (Stance.SUPPORTS, Stance.UNDERMINES, Stance.CONTEXT, Stance.SILENT)

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_TOP = -1


class FrameTree(QAbstractItemModel):
    """Children stand under their parents; a parent that is not there leaves them at the top.

    An index holds the number of its row in ``_rows``. Qt's own item classes are not used: their Python halves outlive
    them and may then be taken for another object.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[FrameRow] = []
        self._above: list[int] = []
        self._below: dict[int, list[int]] = {_TOP: []}
        self._numbers: dict[str, int] = {}

    def show(self, rows: Sequence[FrameRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self._numbers = {row.id: number for number, row in enumerate(rows)}
        self._above = [self._numbers.get(row.parent, _TOP) for row in rows]
        self._below = {_TOP: []}
        for number, above in enumerate(self._above):
            self._below.setdefault(above, []).append(number)
        self.endResetModel()

    def index_of(self, identifier: str) -> QModelIndex:
        """The first cell of a row; invalid when it is not there."""
        number = self._numbers.get(identifier)
        return QModelIndex() if number is None else self._index(number)

    def _index(self, number: int, column: int = 0) -> QModelIndex:
        return self.createIndex(self._below[self._above[number]].index(number), column, number)

    # Qt

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        children = self._below.get(self._number(parent), [])
        if 0 <= row < len(children) and 0 <= column < self.columnCount():
            return self.createIndex(row, column, children[row])
        return QModelIndex()

    def _number(self, index: Index) -> int:
        return int(index.internalId()) if index.isValid() else _TOP

    def parent(self, index: Index | None = None) -> Any:
        if index is None:
            return super().parent()
        above = self._above[self._number(index)] if index.isValid() else _TOP
        return QModelIndex() if above == _TOP else self._index(above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.column() > 0 else len(self._below.get(self._number(parent), []))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(STANCES) + 3

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[self._number(index)], index.column()
        if role == ID_ROLE:
            return row.id
        if role == RECORD_ROLE:
            return row
        if column == 0:
            return _name(row, role)
        if role == Role.DisplayRole:
            count = [*(row.count(stance) for stance in STANCES), row.excerpts, row.events][column - 1]
            return str(count) if count else ""
        if role == Role.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < self.columnCount():
            return None
        stance = STANCES[section - 1] if 0 < section <= len(STANCES) else None
        if role == Role.DisplayRole:
            if stance is not None:
                return STANCE_SIGNS[stance]
            return {0: _("Name"), len(STANCES) + 1: _("All")}.get(section, _("Events"))
        if role in (Role.ToolTipRole, Role.AccessibleTextRole) and stance is not None:
            return _(stance.value).capitalize()
        return None


def _name(row: FrameRow, role: int) -> Any:
    if role == Role.DisplayRole:
        return row.name
    if role == Role.ToolTipRole:
        return "\n".join(part for part in (row.name, row.detail) if part)
    return _spoken(row) if role == Role.AccessibleTextRole else None


def _spoken(row: FrameRow) -> str:
    counts = [f"{row.count(stance)} {_(stance.value)}" for stance in STANCES if row.count(stance)]
    excerpts = _.count("{n} excerpt", "{n} excerpts", row.excerpts)
    return ", ".join(part for part in (row.name, row.detail, excerpts, *counts) if part)


class FrameFilter(QSortFilterProxyModel):
    """Shows rows whose name or other names hold all words, with what they stand under."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setRecursiveFilteringEnabled(True)
        self._words: list[str] = []

    def set_words(self, text: str) -> None:
        """Narrow to these words."""
        self._words = text.casefold().split()
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: object) -> bool:
        row = self.sourceModel().index(source_row, 0, source_parent).data(RECORD_ROLE)  # type: ignore[arg-type]
        if not isinstance(row, FrameRow):
            return False
        text = f"{row.name} {row.detail}".casefold()
        return all(word in text for word in self._words)
