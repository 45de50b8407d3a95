"""The bundles of the case, with their kind, whom they are for and the rules they follow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QListView, QWidget

from workbench.domain.bundle import Bundle
from workbench.gui.columns import RECORD_ROLE
from workbench.gui.delegates.bundle import BundleCard, spoken_bundle
from workbench.gui.models.record_list import RecordList
from workbench.gui.theme import Theme
from workbench.runtime.i18n import speech as _

_ROWS = 3


class BundleList(QListView):
    """``chosen()`` whenever another bundle is the current one; what was chosen stays chosen."""

    chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.records = RecordList(spoken_bundle, self)
        self.setModel(self.records)
        self.card = BundleCard(theme, self)
        self.setItemDelegate(self.card)
        self.setAccessibleName(_("Bundles"))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(self._tell)

    def show_bundles(self, bundles: Sequence[Bundle]) -> None:
        """Show these; one that was just made is chosen, else the one that was, else the first."""
        kept, known = self.current_id, {item.id for item in self.records.records}
        made = [item.id for item in bundles if item.id not in known] if known else []
        self.blockSignals(True)
        self.records.show(bundles)
        rows: dict[str, int] = {item.id: row for row, item in enumerate(bundles)}
        wanted = [*made, kept or "", *rows]
        row = next((rows[item] for item in wanted if item in rows), -1)
        if row >= 0:
            self.setCurrentIndex(self.records.index(row))
        self.blockSignals(False)
        lines = min(max(len(bundles), 1), _ROWS)
        self.setFixedHeight(lines * max(self.sizeHintForRow(0), self.fontMetrics().lineSpacing() * 2) + 2)
        if self.current_id != kept:
            self.chosen.emit()

    @Slot()
    def _tell(self) -> None:
        self.chosen.emit()

    @property
    def current(self) -> Bundle | None:
        """The chosen bundle."""
        record = self.currentIndex().data(RECORD_ROLE)
        return record if isinstance(record, Bundle) else None

    @property
    def current_id(self) -> str | None:
        """The id of the chosen bundle."""
        return self.current.id if self.current is not None else None
