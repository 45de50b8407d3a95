"""Institutions, scope paragraphs, themes, people and case studies as a tree with counts by stance."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from workbench.domain.excerpt import Stance
from workbench.gui.columns import ID_ROLE, RECORD_ROLE
from workbench.gui.wording import STANCE_SIGNS
from workbench.runtime.i18n import speech as _
from workbench.services.framing import FrameRow

STANCES = (Stance.SUPPORTS, Stance.UNDERMINES, Stance.CONTEXT, Stance.SILENT)


class FrameTree(QStandardItemModel):
    """Children stand under their parents; a parent that is not there leaves them at the top."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, QStandardItem] = {}

    def show(self, rows: Sequence[FrameRow]) -> None:
        """Replace all rows."""
        self.clear()
        titles = [_("Name"), *(f"{STANCE_SIGNS[stance]}" for stance in STANCES), _("All"), _("Events")]
        self.setHorizontalHeaderLabels(titles)
        for column, stance in enumerate(STANCES, start=1):
            header = self.horizontalHeaderItem(column)
            header.setToolTip(_(stance.value).capitalize())
            header.setData(_(stance.value), Qt.ItemDataRole.AccessibleTextRole)
        made = {row.id: _items_of(row) for row in rows}
        self._items = {identifier: items[0] for identifier, items in made.items()}
        for row in rows:
            above = self._items.get(row.parent)
            (above if above is not None else self.invisibleRootItem()).appendRow(made[row.id])

    def item_of(self, identifier: str) -> QStandardItem | None:
        """The first cell of a row."""
        return self._items.get(identifier)


def _items_of(row: FrameRow) -> list[QStandardItem]:
    name = QStandardItem(row.name)
    name.setToolTip("\n".join(part for part in (row.name, row.detail) if part))
    name.setData(row.id, ID_ROLE)
    name.setData(row, RECORD_ROLE)
    name.setData(_spoken(row), Qt.ItemDataRole.AccessibleTextRole)
    counts = [row.count(stance) for stance in STANCES] + [row.excerpts, row.events]
    cells = [QStandardItem(str(count) if count else "") for count in counts]
    for cell in (name, *cells):
        cell.setEditable(False)
    for cell in cells:
        cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return [name, *cells]


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
