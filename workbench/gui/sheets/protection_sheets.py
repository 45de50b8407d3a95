"""Restrictions and clearances, each edited in a sheet of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from workbench.domain.change import Change
from workbench.domain.ids import DocumentId, RestrictionId
from workbench.domain.progress import Ticket
from workbench.domain.protection import Restriction, RestrictionKind
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.form import small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.protecting import (
    RestrictionFacts,
    add_restriction,
    edit_restriction,
    revoke_restriction,
    set_clearance,
)
from workbench.services.protection_list import WIDER, ClearanceRow
from workbench.store.case_file import CaseFile

#: How the kinds of restrictions are called.
RESTRICTION_TITLES = {
    RestrictionKind.ORDER: mark("Restriction order"),
    RestrictionKind.NOTICE: mark("Restriction notice"),
    RestrictionKind.PENDING: mark("Pending application (counts as granted)"),
    RestrictionKind.UNDERTAKING: mark("Undertaking"),
    RestrictionKind.STATUTE: mark("Statute"),
    RestrictionKind.WAIVER: mark("Waiver (lifts protection)"),
}
_DECISIONS = (("cleared", mark("Cleared")), ("withheld", mark("Withheld")), ("", mark("Not decided")))


class RestrictionSheet(FormSheet):
    """For a new restriction or one that is there."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Restriction"), workspace, home, cancel=_("Cancel the restriction"), width=480)
        self._restriction: RestrictionId | None = None
        self.kind, self.made_by, self.on = QComboBox(), QLineEdit(), QLineEdit()
        for kind in RestrictionKind:
            self.kind.addItem(_(RESTRICTION_TITLES[kind]), kind.value)
        self.targets = QPlainTextEdit()
        self.targets.setTabChangesFocus(True)
        self.targets.setFixedHeight(self.fontMetrics().lineSpacing() * 5 + 14)
        self.targets.setPlaceholderText(_("INQ000012, INQ000012_004, IN-A1, or a term: one a line"))
        self.until, self.note = QLineEdit(), QLineEdit()
        self.on.setPlaceholderText(_("2026-03-02"))
        self.until.setPlaceholderText(_("until further order"))
        self.made_by.setPlaceholderText(_("the chair, a minister, a court, a statute"))
        self.allows = {audience: QCheckBox(_(audience).capitalize()) for audience in WIDER}
        self.add(_("&Kind"), self.kind)
        self.add(_("&Made by"), self.made_by)
        self.add(_("&Date"), self.on)
        self.add(_("&Covers"), self.targets)
        self.add(_("&Until"), self.until)
        boxes = QHBoxLayout()
        for audience, box in self.allows.items():
            box.setAccessibleName(_("May be shown to: {audience}").format(audience=_(audience)))
            boxes.addWidget(box)
        boxes.addStretch(1)
        self.form.addRow(_("May see it"), boxes)
        self.add(_("&Note"), self.note)
        self.form.addRow("", small(_("A wider audience that may see it covers the narrower ones.")))

    def begin(self, record: Restriction | None) -> None:
        """Edit a restriction, or ask for another."""
        self._restriction = record.id if record is not None else None
        self.heading.setText(_("Edit the restriction") if record else _("New restriction"))
        self.kind.setCurrentIndex(self.kind.findData(record.kind) if record else 0)
        self.made_by.setText(record.made_by if record else "")
        self.on.setText(record.on if record else "")
        self.targets.setPlainText("\n".join(record.targets) if record else "")
        self.until.setText(record.until if record else "")
        self.note.setText(record.note if record else "")
        for audience, box in self.allows.items():
            box.setChecked(record is not None and audience in record.allows)
        self.complaint.say("")
        self.open_near()
        (self.made_by if record else self.kind).setFocus()

    @Slot()
    def save(self) -> None:
        """Keep it, as one undoable step."""
        if not self.is_open:
            return
        facts = RestrictionFacts(
            kind=str(self.kind.currentData()),
            made_by=self.made_by.text(),
            on=self.on.text(),
            targets=tuple(self.targets.toPlainText().splitlines()),
            until=self.until.text(),
            allows=tuple(audience for audience, box in self.allows.items() if box.isChecked()),
            note=self.note.text(),
        )
        known = self._restriction

        def work(case: CaseFile, _ticket: Ticket) -> Change:
            return add_restriction(case, facts)[0] if known is None else edit_restriction(case, known, facts)

        self.keep(_("Edit the restriction"), work)


class RevokeSheet(FormSheet):
    """The day from which a restriction no longer counts."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Revoke the restriction"), workspace, home, cancel=_("Cancel revoking"), width=400)
        self._restriction: RestrictionId | None = None
        self.on = QLineEdit()
        self.save_button.setText(_("Revoke"))
        self.add(_("&From this day on"), self.on)
        self.form.addRow(small(_("It stays on record. What rests on it is no longer protected by it.")))

    def begin(self, record: Restriction) -> None:
        """Ask for the day."""
        self._restriction = record.id
        self.heading.setText(_("Revoke the restriction made by {who}").format(who=record.made_by or _("nobody named")))
        self.on.setText(date.today().isoformat())
        self.complaint.say("")
        self.open_near()
        self.on.setFocus()
        self.on.selectAll()

    @Slot()
    def save(self) -> None:
        """Revoke it."""
        restriction, on = self._restriction, self.on.text()
        if restriction is not None and self.is_open:
            self.keep(_("Revoke the restriction"), lambda case, _ticket: revoke_restriction(case, restriction, on))


class ClearanceSheet(FormSheet):
    """What was decided about one document, or several, for one audience."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Clearance"), workspace, home, cancel=_("Cancel the clearance"), width=420)
        self._rows: tuple[ClearanceRow, ...] = ()
        self.audience, self.decision = QComboBox(), QComboBox()
        for audience in WIDER:
            self.audience.addItem(_(audience).capitalize(), audience)
        for decision, title in _DECISIONS:
            self.decision.addItem(_(title), decision)
        self.by, self.on, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.by.setPlaceholderText(_("you"))
        self.on.setPlaceholderText(_("today"))
        self.add(_("&Audience"), self.audience)
        self.add(_("&Decision"), self.decision)
        self.add(_("&By"), self.by)
        self.add(_("&On"), self.on)
        self.add(_("&Note"), self.note)
        self.audience.currentIndexChanged.connect(self._show_decided)

    def begin(self, rows: Sequence[ClearanceRow]) -> None:
        """Decide about these documents."""
        self._rows = tuple(rows)
        many = _.count("Clear {n} document", "Clear {n} documents", len(rows))
        self.heading.setText(_("Who may see {urn}").format(urn=rows[0].document.urn) if len(rows) == 1 else many)
        self.complaint.say("")
        self._show_decided()
        self.open_near()
        self.audience.setFocus()

    @Slot()
    def _show_decided(self) -> None:
        """What is decided already, when it is the same for all."""
        audience = str(self.audience.currentData())
        known = {row.decided[audience].decision if audience in row.decided else "" for row in self._rows}
        one = self._rows[0].decided.get(audience) if len(self._rows) == 1 else None
        settled = known.pop() if len(known) == 1 else ""
        self.decision.setCurrentIndex(self.decision.findData(settled or "cleared"))
        self.by.setText(one.by if one is not None else "")
        self.on.setText(one.on if one is not None else "")
        self.note.setText(one.note if one is not None else "")

    @Slot()
    def save(self) -> None:
        """Keep the decision, as one undoable step."""
        if not self.is_open:
            return
        documents: list[DocumentId] = [row.document.id for row in self._rows]
        audience, decision = str(self.audience.currentData()), str(self.decision.currentData())
        by, on, note = self.by.text(), self.on.text(), self.note.text()
        self.keep(
            _("Edit clearances"),
            lambda case, _ticket: set_clearance(case, documents, audience, decision, by=by, on=on, note=note),
        )
