"""The findings as a table that can be sorted: how each stands, its words, its kind and where it belongs."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt

from workbench.gui.columns import RECORD_ROLE, Column
from workbench.gui.ledger.lights import SUPPORT_TITLES, light_picture
from workbench.gui.models.record_table import Index, RecordTable
from workbench.gui.theme import Theme
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.ledger import FindingRow

_ORDER = {state: rank for rank, state in enumerate(SUPPORT_TITLES)}


def _stands(row: FindingRow) -> str:
    return _("Taken back") if row.is_withdrawn else _(SUPPORT_TITLES[row.support.state])


FINDING_COLUMNS: tuple[Column, ...] = (
    Column(
        id="state",
        title=mark("Stands"),
        text=_stands,
        sort_key=lambda r: (r.is_withdrawn, _ORDER[r.support.state], r.support.name.casefold()),
        width=15,
    ),
    Column(
        id="finding",
        title=mark("Finding"),
        text=lambda r: f"{r.number}  {r.support.name}",
        sort_key=lambda r: int(r.number[1:]),
        width=24,
        stretches=True,
    ),
    Column(
        id="kind",
        title=mark("Kind"),
        text=lambda r: _(r.support.finding.kind.value),
        sort_key=lambda r: r.support.finding.kind,
        width=9,
        rank=1,
    ),
    Column(
        id="status",
        title=mark("Status"),
        text=lambda r: _(r.support.finding.status.value),
        sort_key=lambda r: r.support.finding.status,
        width=10,
        rank=2,
    ),
    Column(
        id="case_study",
        title=mark("Case study"),
        text=lambda r: r.case_study or "–",
        sort_key=lambda r: r.case_study.casefold(),
        width=20,
        rank=4,
    ),
    Column(
        id="faults",
        title=mark("Faults"),
        text=lambda r: str(len(r.support.faults) or "–"),
        sort_key=lambda r: len(r.support.faults),
        width=7,
        rank=3,
        is_number=True,
    ),
)


class FindingTable(RecordTable):
    """Rows are ``FindingRow``; the sign before the first column says the same as its word."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(FINDING_COLUMNS, parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs in these colours."""
        self._theme = theme
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DecorationRole and index.isValid() and index.column() == 0:
            row = super().data(index, RECORD_ROLE)
            return None if row is None or row.is_withdrawn else light_picture(row.support.light, self._theme)
        return super().data(index, role)
