"""An entry of one of the inquiry's registers: a request, a hearing, a party or an issue, each in a sheet of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from workbench.domain.frame import Institution, Person, ScopeParagraph
from workbench.domain.ids import (
    EvidenceRequestId,
    HearingId,
    InstitutionId,
    IssueId,
    PartyId,
    PersonId,
    ScopeParagraphId,
    new_id,
)
from workbench.domain.inquiry import (
    HEARING_KINDS,
    PARTY_ROLES,
    REQUEST_KINDS,
    EvidenceRequest,
    Hearing,
    Issue,
    Party,
)
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.form import ChoiceBox, small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.inquiry_registers import ISSUE_STATES, Entry, keep_entry
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What entries can refer to, by name and id."""

    institutions: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    scope: tuple[tuple[str, str], ...] = ()


def _frame(case: CaseFile) -> _Frame:
    return _Frame(
        institutions=tuple((item.name, item.id) for item in case.all(Institution, "name")),
        people=tuple((item.cipher, item.id) for item in case.all(Person, "cipher")),
        scope=tuple((f"{item.number}  {item.text}", item.id) for item in case.all(ScopeParagraph, "position")),
    )


class EntrySheet(FormSheet):
    """Children say what they show and what was typed."""

    def __init__(self, name: str, workspace: Workspace, home: QWidget, *, cancel: str) -> None:
        super().__init__(name, workspace, home, cancel=cancel, width=500)
        self._is_new = True

    def begin(self, entry: Entry | None) -> None:
        """Edit an entry, or ask for another one."""
        self._is_new = entry is None
        self.complaint.say("")

        def show(frame: _Frame) -> None:
            self.heading.setText(self.title(entry))
            self.show_entry(entry, frame)
            self.open_near()
            self.first_field().setFocus()

        self.workspace.read(_("List what there is"), lambda case, _ticket: _frame(case), show)

    def title(self, entry: Entry | None) -> str:
        """The heading of the sheet."""
        raise NotImplementedError

    def first_field(self) -> QWidget:
        """Where typing begins."""
        raise NotImplementedError

    def show_entry(self, entry: Entry | None, frame: _Frame) -> None:
        """Fill the fields."""
        raise NotImplementedError

    def typed(self) -> Entry:
        """The entry as it was typed."""
        raise NotImplementedError

    @Slot()
    def save(self) -> None:
        """Keep it, as one undoable step."""
        if self.is_open:
            entry = self.typed()
            self.keep(_("Edit the register"), lambda case, _ticket: keep_entry(case, entry))

    @staticmethod
    def choice(values: Sequence[str]) -> QComboBox:
        """One of a closed list."""
        box = QComboBox()
        for value in values:
            box.addItem(_(value).capitalize(), value)
        return box

    def lines(self, rows: int) -> QPlainTextEdit:
        """A field of several lines."""
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setFixedHeight(self.fontMetrics().lineSpacing() * rows + 14)
        return field

    @staticmethod
    def day(hint: str) -> QLineEdit:
        """A field for a date."""
        field = QLineEdit()
        field.setPlaceholderText(hint)
        return field


class RequestSheet(EntrySheet):
    """A request for statements or documents."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Request for evidence"), workspace, home, cancel=_("Cancel the request"))
        self._id = EvidenceRequestId("")
        self._scope: dict[str, str] = {}
        self.reference, self.kind, self.addressee = QLineEdit(), self.choice(REQUEST_KINDS), QLineEdit()
        self.reference.setPlaceholderText(_("R9-014, as the documents that come back will name it"))
        self.institution = ChoiceBox(_("Institution"), hint=_("if it is one of the case"))
        self.sent_on, self.due_on, self.answered_on = (self.day(_("2026-03-02")) for _number in range(3))
        self.about, self.scope, self.note = self.lines(3), QLineEdit(), QLineEdit()
        self.scope.setPlaceholderText(_("2.2, 2.3"))
        self.add(_("Re&ference"), self.reference)
        self.add(_("&Kind"), self.kind)
        self.add(_("&Asked of"), self.addressee)
        self.add(_("&Institution"), self.institution)
        self.add(_("&Sent on"), self.sent_on)
        self.add(_("Answer &due on"), self.due_on)
        self.add(_("A&nswered on"), self.answered_on)
        self.add(_("A&bout"), self.about)
        self.add(_("Scope &paragraphs"), self.scope)
        self.add(_("N&ote"), self.note)

    def title(self, entry: Entry | None) -> str:
        return _("Edit the request") if entry else _("New request for evidence")

    def first_field(self) -> QWidget:
        return self.reference

    def show_entry(self, entry: Entry | None, frame: _Frame) -> None:
        held = entry if isinstance(entry, EvidenceRequest) else EvidenceRequest(id=new_id("req"), reference="")
        self._id = held.id
        self._scope = {name.split()[0]: identifier for name, identifier in frame.scope}
        numbers = {identifier: number for number, identifier in self._scope.items()}
        self.institution.offer(frame.institutions)
        self.institution.setEditText({i: name for name, i in frame.institutions}.get(held.institution or "", ""))
        self.reference.setText(held.reference)
        self.kind.setCurrentIndex(self.kind.findData(held.kind))
        self.addressee.setText(held.addressee)
        self.sent_on.setText(held.sent_on)
        self.due_on.setText(held.due_on)
        self.answered_on.setText(held.answered_on)
        self.about.setPlainText(held.about)
        self.scope.setText(", ".join(numbers[item] for item in held.scope if item in numbers))
        self.note.setText(held.note)

    def typed(self) -> Entry:
        institution = self.institution.chosen_id
        return EvidenceRequest(
            id=self._id,
            reference=self.reference.text(),
            kind=str(self.kind.currentData()),
            addressee=self.addressee.text() or self.institution.new_name,
            institution=InstitutionId(institution) if institution else None,
            sent_on=self.sent_on.text(),
            due_on=self.due_on.text(),
            answered_on=self.answered_on.text(),
            about=self.about.toPlainText(),
            scope=tuple(ScopeParagraphId(self._scope[number]) for number in self._numbers() if number in self._scope),
            note=self.note.text(),
        )

    def _numbers(self) -> list[str]:
        return self.scope.text().replace(",", " ").replace(";", " ").split()

    @Slot()
    def save(self) -> None:
        """Keep it; a number that is no paragraph of the scope is told, not dropped."""
        unknown = [number for number in self._numbers() if number not in self._scope]
        if unknown:
            self.complaint.say(_("“{number}” is no paragraph of the scope.").format(number=unknown[0]))
            self.fit()
            return
        super().save()


class HearingSheet(EntrySheet):
    """A day of hearing."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Hearing"), workspace, home, cancel=_("Cancel the hearing"))
        self._id = HearingId("")
        self.on, self.day_number, self.heading_text = self.day(_("2026-11-03")), QSpinBox(), QLineEdit()
        self.day_number.setRange(0, 9999)
        self.day_number.setSpecialValueText(_("not numbered"))
        self.kind, self.venue, self.witnesses = self.choice(HEARING_KINDS), QLineEdit(), self.lines(5)
        self.note = QLineEdit()
        self.add(_("&Date"), self.on)
        self.add(_("Da&y number"), self.day_number)
        self.add(_("&Title"), self.heading_text)
        self.add(_("&Kind"), self.kind)
        self.add(_("&Venue"), self.venue)
        self.add(_("&Heard, one a line"), self.witnesses)
        self.add(_("N&ote"), self.note)
        self.form.addRow("", small(_("By office or cipher: whoever is protected is never named here.")))

    def title(self, entry: Entry | None) -> str:
        return _("Edit the hearing") if entry else _("New day of hearing")

    def first_field(self) -> QWidget:
        return self.on

    def show_entry(self, entry: Entry | None, frame: _Frame) -> None:
        held = entry if isinstance(entry, Hearing) else Hearing(id=new_id("hrg"), on="")
        self._id = held.id
        self.on.setText(held.on)
        self.day_number.setValue(held.day)
        self.heading_text.setText(held.title)
        self.kind.setCurrentIndex(self.kind.findData(held.kind))
        self.venue.setText(held.venue)
        self.witnesses.setPlainText("\n".join(held.witnesses))
        self.note.setText(held.note)

    def typed(self) -> Entry:
        return Hearing(
            id=self._id,
            on=self.on.text(),
            day=self.day_number.value(),
            title=self.heading_text.text(),
            kind=str(self.kind.currentData()),
            venue=self.venue.text(),
            witnesses=tuple(self.witnesses.toPlainText().splitlines()),
            note=self.note.text(),
        )


class PartySheet(EntrySheet):
    """A core participant, an interested party or a witness."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Party"), workspace, home, cancel=_("Cancel the party"))
        self._id = PartyId("")
        self.name, self.role = QLineEdit(), self.choice(PARTY_ROLES)
        self.institution = ChoiceBox(_("Institution"), hint=_("if it is one of the case"))
        self.person = ChoiceBox(_("Person, by cipher"), hint=_("if it is a person of the case"))
        self.from_on, self.until_on = self.day(_("2026-03-02")), self.day(_("still takes part"))
        self.representative = QLineEdit()
        self.add(_("&Name or cipher"), self.name)
        self.add(_("&Role"), self.role)
        self.add(_("&Institution"), self.institution)
        self.add(_("&Person, by cipher"), self.person)
        self.add(_("&From"), self.from_on)
        self.add(_("&Until"), self.until_on)
        self.add(_("R&epresented by"), self.representative)

    def title(self, entry: Entry | None) -> str:
        return _("Edit the party") if entry else _("Somebody who takes part")

    def first_field(self) -> QWidget:
        return self.name

    def show_entry(self, entry: Entry | None, frame: _Frame) -> None:
        held = entry if isinstance(entry, Party) else Party(id=new_id("pty"), name="")
        self._id = held.id
        for box, offers, chosen in (
            (self.institution, frame.institutions, held.institution),
            (self.person, frame.people, held.person),
        ):
            box.offer(offers)
            box.setEditText({identifier: name for name, identifier in offers}.get(chosen or "", ""))
        self.name.setText(held.name)
        self.role.setCurrentIndex(self.role.findData(held.role))
        self.from_on.setText(held.from_on)
        self.until_on.setText(held.until_on)
        self.representative.setText(held.representative)

    def typed(self) -> Entry:
        institution, person = self.institution.chosen_id, self.person.chosen_id
        stands_for = self.institution.currentText() if institution else self.person.currentText() if person else ""
        return Party(
            id=self._id,
            name=self.name.text() or stands_for,
            institution=InstitutionId(institution) if institution else None,
            person=PersonId(person) if person else None,
            role=str(self.role.currentData()),
            from_on=self.from_on.text(),
            until_on=self.until_on.text(),
            representative=self.representative.text(),
        )


class IssueSheet(EntrySheet):
    """A question that the inquiry asks under a paragraph of its scope."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Issue"), workspace, home, cancel=_("Cancel the issue"))
        self._id = IssueId("")
        self.number, self.text, self.state = QLineEdit(), self.lines(4), self.choice(ISSUE_STATES)
        self.scope = ChoiceBox(_("Scope paragraph"), hint=_("number or words"))
        self.number.setPlaceholderText(_("2.3.1"))
        self.add(_("N&umber"), self.number)
        self.add(_("Scope &paragraph"), self.scope)
        self.add(_("&Question"), self.text)
        self.add(_("&State"), self.state)

    def title(self, entry: Entry | None) -> str:
        return _("Edit the issue") if entry else _("New issue")

    def first_field(self) -> QWidget:
        return self.number

    def show_entry(self, entry: Entry | None, frame: _Frame) -> None:
        blank = Issue(id=new_id("iss"), number="", scope=ScopeParagraphId(""), text="")
        held = entry if isinstance(entry, Issue) else blank
        self._id = held.id
        self.scope.offer(frame.scope)
        self.scope.setEditText({identifier: name for name, identifier in frame.scope}.get(held.scope, ""))
        self.number.setText(held.number)
        self.text.setPlainText(held.text)
        self.state.setCurrentIndex(self.state.findData(held.status))

    def typed(self) -> Entry:
        return Issue(
            id=self._id,
            number=self.number.text(),
            scope=ScopeParagraphId(self.scope.chosen_id or ""),
            text=self.text.toPlainText(),
            status=str(self.state.currentData()),
        )
