"""Editing an institution: its name, kind, other names, Welsh name and what it belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from workbench.domain.change import Change
from workbench.domain.frame import Institution
from workbench.domain.ids import InstitutionId
from workbench.domain.progress import Ticket
from workbench.gui.errors import sentence_of
from workbench.gui.sheets.popover import Popover
from workbench.gui.widgets.form import ChoiceBox, Complaint
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.framing import edit_institution
from workbench.store.case_file import CaseFile


class InstitutionSheet(Popover):
    """One institution at a time."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Edit the institution"), home)
        self._workspace = workspace
        self._institution: InstitutionId | None = None
        self.name, self.kind, self.name_cy = QLineEdit(), QLineEdit(), QLineEdit()
        self.aliases = QPlainTextEdit()
        self.aliases.setTabChangesFocus(True)
        self.aliases.setFixedHeight(self.fontMetrics().height() * 4 + 14)
        self.above = ChoiceBox(_("Belongs to"), hint=_("Type to find an institution"))
        self.complaint = Complaint()
        form = QFormLayout()
        fields = (
            (_("&Name"), self.name),
            (_("&Kind"), self.kind),
            (_("&Other names, one a line"), self.aliases),
            (_("&Welsh name"), self.name_cy),
            (_("&Belongs to"), self.above),
        )
        for label, field in fields:
            form.addRow(label, field)
            field.setAccessibleName(label.replace("&", ""))
        buttons, _save_button = self.buttons(_("Cancel editing"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.addLayout(form)
        column.addWidget(self.complaint)
        column.addLayout(buttons)
        self.setFixedWidth(440)

    def begin(self, record: Institution, others: Sequence[Institution]) -> None:
        """Edit this institution; ``others`` are those it may belong to."""
        self._institution = record.id
        self.name.setText(record.name)
        self.kind.setText(record.kind)
        self.name_cy.setText(record.name_cy)
        self.aliases.setPlainText("\n".join(record.aliases))
        self.above.offer([(item.name, item.id) for item in others if item.id != record.id])
        self.above.setEditText(next((item.name for item in others if item.id == record.parent), ""))
        self.complaint.say("")
        self.open_near()
        self.name.setFocus()

    @Slot()
    def save(self) -> None:
        """Keep what was typed, as one undoable step."""
        institution = self._institution
        if institution is None:
            return
        if self.above.new_name:
            self.complaint.say(
                _("“{name}” is no institution of the case. Choose one that is, or empty the field.").format(
                    name=self.above.new_name
                )
            )
            return
        name, kind, name_cy = self.name.text(), self.kind.text(), self.name_cy.text()
        aliases = self.aliases.toPlainText().splitlines()
        above = self.above.chosen_id

        def work(case: CaseFile, _ticket: Ticket) -> Change:
            return edit_institution(
                case,
                institution,
                name=name,
                kind=kind,
                aliases=aliases,
                name_cy=name_cy,
                parent=InstitutionId(above) if above else None,
            )

        job = self._workspace.write(_("Edit the institution"), work, lambda _change: self.close_sheet())
        job.failed.connect(lambda error: self.complaint.say(sentence_of(error) or ""))
