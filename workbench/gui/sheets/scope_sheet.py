"""Putting cells of the coverage matrix out of scope, with the reason that will stand in every export."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from workbench.domain.ids import InstitutionId, ScopeParagraphId
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.form import small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.coverage import rule_out


class OutOfScopeSheet(FormSheet):
    """The reason, and the period it holds for."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Out of scope"), workspace, home, cancel=_("Cancel ruling out"), width=420)
        self._cells: list[tuple[InstitutionId, ScopeParagraphId]] = []
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(self.fontMetrics().lineSpacing() * 3 + 14)
        self.reason.setPlaceholderText(_("It had no powers of this kind before 2015."))
        self.period = QLineEdit()
        self.period.setPlaceholderText(_("all of it; or 2010/2012"))
        self.add(_("&Reason"), self.reason)
        self.add(_("&Period"), self.period)
        self.form.addRow(
            "", small(_("The reason stands in the matrix and in every export of it. A rating stays shown."))
        )

    def begin(
        self, name: str, cells: Sequence[tuple[InstitutionId, ScopeParagraphId]], *, reason: str = "", period: str = ""
    ) -> None:
        """Ask why these cells are out of scope."""
        self._cells = list(cells)
        self.heading.setText(name)
        self.reason.setPlainText(reason)
        self.period.setText(period)
        self.complaint.say("")
        self.open_near(QPoint(-self.minimumWidth() - 24, 110))
        self.reason.setFocus()

    @Slot()
    def save(self) -> None:
        """Keep it, as one undoable step."""
        if not self.is_open:
            return
        cells, reason, period = self._cells, self.reason.toPlainText(), self.period.text()
        self.keep(_("Rule out of scope"), lambda case, _ticket: rule_out(case, cells, reason, period=period))
