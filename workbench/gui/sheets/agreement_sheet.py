"""How far first and second readers agree, line by line, with what has to be known to read the figures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHeaderView, QLabel, QPushButton, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from workbench.domain.agreement import Agreement
from workbench.gui.sheets.popover import Popover
from workbench.gui.widgets.form import small
from workbench.runtime.i18n import speech as _


class AgreementSheet(Popover):
    """One line for each pair of readers."""

    def __init__(self, home: QWidget) -> None:
        super().__init__(_("Agreement of readers"), home)
        heading = QLabel(_("How far readers agree"))
        heading.setProperty("role", "heading")
        self.table = QTableWidget(0, 6)
        self.table.setAccessibleName(_("Agreement of readers"))
        self.table.setHorizontalHeaderLabels(
            [_("First reader"), _("Second reader"), _("Compared"), _("Agree"), _("Kappa"), _("Weighted")]
        )
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        header = self.table.horizontalHeader()
        header.setAccessibleName(_("Agreement of readers"))
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.said = small("")
        close = QPushButton(_("Close"))
        close.setAccessibleName(_("Close the figures"))
        close.clicked.connect(self.close_sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        for widget in (heading, self.table, self.said, close):
            column.addWidget(widget)
        self.setFixedWidth(620)

    def begin(self, figures: Sequence[Agreement]) -> None:
        """Show the figures."""
        self.table.setRowCount(len(figures))
        for row, item in enumerate(figures):
            share = "–" if item.per_cent is None else f"{item.per_cent:.0f} %"
            texts = (
                item.first or "–",
                item.second,
                str(item.n),
                share,
                _figure(item.kappa),
                _figure(item.weighted_kappa),
            )
            for column, text in enumerate(texts):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self.table.setFixedHeight(self.table.horizontalHeader().height() + 32 * max(min(len(figures), 6), 1) + 8)
        several = len(figures) > 1
        said = [
            f"{item.first or '–'}, {item.second}: {sentence}" if several else sentence
            for item in figures
            for sentence in item.sentences
        ]
        self.said.setText("\n".join(said) or _("No assessment has a second reading yet.") * (not figures))
        self.open_near()
        self.table.setFocus()


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
