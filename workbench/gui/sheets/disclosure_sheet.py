"""Recording who was given a build, how and when."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from workbench.domain.audience import AUDIENCES
from workbench.domain.change import Change
from workbench.domain.progress import Ticket
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.protecting import DisclosureFacts, record_disclosure
from workbench.services.protection_list import BuildRow
from workbench.store.case_file import CaseFile


class DisclosureSheet(FormSheet):
    """One recipient at a time."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Record a disclosure"), workspace, home, cancel=_("Cancel the disclosure"), width=430)
        self._row: BuildRow | None = None
        self.recipient, self.audience, self.medium = QLineEdit(), QComboBox(), QLineEdit()
        self.sent_on, self.note = QLineEdit(), QLineEdit()
        self.medium.setPlaceholderText(_("secure transfer, encrypted disk, paper"))
        self.add(_("&Given to"), self.recipient)
        self.add(_("&Audience"), self.audience)
        self.add(_("&How"), self.medium)
        self.add(_("&When"), self.sent_on)
        self.add(_("&Note"), self.note)

    def begin(self, row: BuildRow) -> None:
        """Ask who was given this build."""
        self._row = row
        self.heading.setText(
            _("Who was given build {number} of {name}?").format(number=row.build.number, name=row.name)
        )
        self.audience.clear()
        for audience in AUDIENCES[: AUDIENCES.index(row.build.audience) + 1]:
            self.audience.addItem(_(audience).capitalize(), audience)
        self.audience.setCurrentIndex(self.audience.count() - 1)
        self.recipient.clear()
        self.medium.clear()
        self.note.clear()
        self.sent_on.setText(date.today().isoformat())
        self.complaint.say("")
        self.open_near()
        self.recipient.setFocus()

    @Slot()
    def save(self) -> None:
        """Record it."""
        row = self._row
        if row is None or not self.is_open:
            return
        facts = DisclosureFacts(
            recipient=self.recipient.text(),
            medium=self.medium.text(),
            sent_on=self.sent_on.text(),
            audience=str(self.audience.currentData()),
            note=self.note.text(),
        )
        build = row.build.id

        def work(case: CaseFile, _ticket: Ticket) -> Change:
            return record_disclosure(case, build, facts)

        self.keep(_("Record a disclosure"), work)
