"""Narrowing a search: values of each facet with the pages they would leave."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.facets import FACETS, Choice, FacetValue

_TITLES = {
    "kind": mark("Kind"),
    "institution": mark("Institution"),
    "year": mark("Year"),
    "supplier": mark("Supplier"),
    "theme": mark("Theme"),
}
_VALUE = Qt.ItemDataRole.UserRole


class FacetTree(QTreeWidget):
    """Space or a click ticks a value; ``chosen(choices)`` after every change."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Narrow the search"))
        self.setHeaderHidden(True)
        self.setColumnCount(1)
        self.setIndentation(10)
        self.setFixedHeight(self.fontMetrics().height() * 12)
        self.itemChanged.connect(self._tell)

    def show_values(self, values: Sequence[FacetValue]) -> None:
        """Replace all values; headings stay open."""
        self.blockSignals(True)
        self.clear()
        for facet in FACETS:
            own = [value for value in values if value.facet == facet]
            if not own:
                continue
            top = QTreeWidgetItem(self, [_(_TITLES[facet])])
            for value in own:
                shown = _(value.value) if facet == "kind" else value.value
                item = QTreeWidgetItem(top, [f"{shown}  ({value.pages:,})"])
                item.setToolTip(0, value.value)
                item.setData(0, _VALUE, (facet, value.value))
                ticked = Qt.CheckState.Checked if value.is_chosen else Qt.CheckState.Unchecked
                item.setCheckState(0, ticked)
        self.expandAll()
        self.blockSignals(False)

    @Slot()
    def _tell(self) -> None:
        choices = []
        for at in range(self.topLevelItemCount()):
            top = self.topLevelItem(at)
            for row in range(top.childCount() if top is not None else 0):
                item = top.child(row) if top is not None else None
                if item is not None and item.checkState(0) == Qt.CheckState.Checked:
                    choices.append(Choice(*item.data(0, _VALUE)))
        self.chosen.emit(choices)
