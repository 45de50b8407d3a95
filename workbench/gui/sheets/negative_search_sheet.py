"""Recording that nothing was found: what was looked for, by which query, among what, and what follows from it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from workbench.domain.change import Change
from workbench.domain.ids import NegativeSearchId
from workbench.domain.progress import Ticket
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.day_field import DayField
from workbench.gui.widgets.form import small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.negative_evidence import NegativeFacts, record_search
from workbench.store.case_file import CaseFile


class NegativeSearchSheet(FormSheet):
    """Saving makes the search once more, so that what is recorded is what it really gave."""

    recorded = Signal(str)

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Record a search"), workspace, home, cancel=_("Cancel recording"), width=480)
        self.sought, self.query, self.among = QLineEdit(), QLineEdit(), QLineEdit()
        self.sought.setPlaceholderText(_("a log of answer times before 2013"))
        self.among.setPlaceholderText(_("all documents"))
        self.period = DayField(_("2013/2014"), is_period=True)
        self.conclusion = QPlainTextEdit()
        self.conclusion.setTabChangesFocus(True)
        self.conclusion.setFixedHeight(self.fontMetrics().lineSpacing() * 3 + 14)
        self.conclusion.setPlaceholderText(_("Why the pages found, if any, are not what was sought"))
        self.add(_("&Looked for"), self.sought)
        self.add(_("By the &query"), self.query)
        self.add(_("&Among"), self.among)
        self.add(_("For the &period"), self.period)
        self.form.addRow("", self.period.understood)
        self.add(_("&Conclusion"), self.conclusion)
        self.form.addRow(
            small(
                _(
                    "The search is made again as it is saved. How it was understood, what was searched and what could "
                    "not be are kept with it."
                )
            )
        )

    def begin(self, query: str, among: str = "") -> None:
        """Ask what was looked for by this query."""
        self.heading.setText(_("Record that nothing was found"))
        self.sought.clear()
        self.query.setText(query)
        self.among.setText(among)
        self.period.clear()
        self.conclusion.clear()
        self.complaint.say("")
        self.open_near()
        self.fit()
        self.sought.setFocus()

    @Slot()
    def save(self) -> None:
        """Search, and keep what came of it."""
        if not self.is_open:
            return
        facts = NegativeFacts(
            sought=self.sought.text(),
            query=self.query.text(),
            among=self.among.text(),
            period=self.period.edtf,
            conclusion=self.conclusion.toPlainText(),
        )

        def work(case: CaseFile, ticket: Ticket) -> tuple[Change, NegativeSearchId]:
            return record_search(case, facts, ticket)

        self.keep(_("Record the search"), work, lambda made: self.recorded.emit(made[1]))
