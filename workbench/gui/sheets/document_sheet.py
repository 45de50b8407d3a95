"""Settling kind, date, supplier and marking of one document or of many."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from workbench.domain.dates import parse_edtf
from workbench.domain.errors import Refused
from workbench.gui.columns import shown_date
from workbench.gui.errors import sentence_of
from workbench.gui.sheets.popover import Popover
from workbench.gui.widgets.form import Complaint, small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.document_list import DocumentRow
from workbench.services.documents import DocumentFacts, edit_documents

_FIELDS = (
    ("title", mark("Title")),
    ("kind", mark("Kind")),
    ("on", mark("Date")),
    ("supplier", mark("Supplier")),
    ("marking", mark("Marking")),
)


class DocumentSheet(Popover):
    """Only ticked fields are changed; a field is ticked by typing in it."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Edit documents"), home)
        self._workspace = workspace
        self._rows: tuple[DocumentRow, ...] = ()
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.fields: dict[str, QLineEdit] = {}
        self.changes: dict[str, QCheckBox] = {}
        self.understood = small("")
        self.complaint = Complaint()
        form = QFormLayout()
        for name, title in _FIELDS:
            field, change = QLineEdit(), QCheckBox()
            field.setAccessibleName(_(title))
            change.setAccessibleName(_("Change: {field}").format(field=_(title)))
            field.textEdited.connect(lambda _text, box=change: box.setChecked(True))
            row = QHBoxLayout()
            row.addWidget(change)
            row.addWidget(field, 1)
            form.addRow(_(title), row)
            self.fields[name], self.changes[name] = field, change
        form.addRow("", self.understood)
        self.fields["on"].setPlaceholderText(_("1978, 1978-03, 1978-03-12, 1978?, 2010/2012"))
        self.fields["on"].textChanged.connect(self._understand)
        buttons, _save_button = self.buttons(_("Cancel editing"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.addWidget(self.heading)
        column.addLayout(form)
        column.addWidget(self.complaint)
        column.addLayout(buttons)
        self.setFixedWidth(430)

    def begin(self, rows: Sequence[DocumentRow], at: QPoint) -> None:
        """Edit these; what all have in common stands in the fields."""
        self._rows = tuple(rows)
        count = _.count("Edit {n} document", "Edit {n} documents", len(rows))
        self.heading.setText(rows[0].document.urn if len(rows) == 1 else count)
        for name, field in self.fields.items():
            values = {str(getattr(row.document, name)) for row in rows}
            field.setText(values.pop() if len(values) == 1 else "")
            field.setPlaceholderText(field.placeholderText() if name == "on" else _("different") if values else "")
            self.changes[name].setChecked(False)
        self.fields["title"].setEnabled(len(rows) == 1)
        proposed = {row.document.proposed_on for row in rows if not row.document.on}
        if len(proposed) == 1 and not self.fields["on"].text() and (date := proposed.pop()):
            self.fields["on"].setText(date)
            self.understood.setText(_("{date} (proposed; tick to settle it)").format(date=shown_date(date)))
        self.complaint.say("")
        self.open_near(at)
        self.fields["title" if len(rows) == 1 else "kind"].setFocus()

    @Slot(str)
    def _understand(self, text: str) -> None:
        try:
            self.understood.setText(shown_date(parse_edtf(text).text) if text.strip() else "")
        except Refused as error:
            self.understood.setText(str(error))

    @Slot()
    def save(self) -> None:
        """Settle the ticked fields, as one undoable step."""
        ids = [row.document.id for row in self._rows]
        ticked = {name: field.text() for name, field in self.fields.items() if self.changes[name].isChecked()}
        if not ticked:
            self.complaint.say(_("Nothing is ticked. Type in a field, or tick it, to change it."))
            return
        facts = DocumentFacts(**ticked)
        job = self._workspace.write(
            _("Edit documents"),
            lambda case, _ticket: edit_documents(case, ids, facts),
            lambda _change: self.close_sheet(),
        )
        job.failed.connect(lambda error: self.complaint.say(sentence_of(error) or ""))
