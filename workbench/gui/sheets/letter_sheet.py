"""A warning letter: whom it is to and what it says, and on another page what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QWidget,
)

from workbench.domain.ids import AnyId, FindingId, WarningLetterId
from workbench.domain.protection import WarningLetter
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.form import small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.letter_list import LetterRow
from workbench.services.letters import Bodies, LetterFacts, draft_letter, facts_of, record_letter
from workbench.store.case_file import CaseFile

_OUTCOMES = (
    ("", mark("not considered yet")),
    ("unchanged", mark("The criticism stands unchanged.")),
    ("changed", mark("The criticism was changed.")),
    ("withdrawn", mark("The criticism was withdrawn.")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Begun:
    """What the sheet begins with: the letter or a draft, and whom it can be for."""

    facts: LetterFacts
    bodies: tuple[tuple[str, str], ...]


class LetterSheet(FormSheet):
    """Drafts from the finding; nothing is kept before it is saved. ``saved`` carries the letter's identifier."""

    saved = Signal(str)

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Warning letter"), workspace, home, cancel=_("Cancel the letter"), width=620)
        self._finding = FindingId("")
        self._letter: WarningLetterId | None = None
        self._facts = LetterFacts(addressee="")
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(_("Pages of the letter"))
        self.tabs.tabBar().setAccessibleName(_("Pages of the letter"))
        self._pages = (self._make_words(), self._make_outcome())
        self.form.addRow(self.tabs)
        self.draft_button = QPushButton(_("Draft anew from the finding"))
        self.draft_button.clicked.connect(self.draft)
        self.foot.insertWidget(0, self.draft_button)
        self.closed.connect(self._forget)

    def _make_words(self) -> QWidget:
        self.body, self.addressee = QComboBox(), self._lines(3)
        self.criticism, self.facts, self.evidence = self._lines(4), self._lines(6), small("")
        page, form = QWidget(), QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        page.setLayout(form)
        self._row(form, _("&For"), self.body)
        self._row(form, _("&Addressed to"), self.addressee)
        self._row(form, _("The &criticism"), self.criticism)
        self._row(form, _("The &facts"), self.facts)
        form.addRow(_("The evidence"), self.evidence)
        form.addRow("", small(_("Each line becomes a numbered paragraph of the letter.")))
        self.tabs.addTab(page, _("The letter"))
        return page

    def _make_outcome(self) -> QWidget:
        self.sent_on, self.due_on, self.answered_on = QLineEdit(), QLineEdit(), QLineEdit()
        for field in (self.sent_on, self.due_on, self.answered_on):
            field.setPlaceholderText(_("2026-03-02"))
            field.returnPressed.connect(self.save)
        self.response, self.reason, self.note = self._lines(4), self._lines(3), self._lines(2)
        self.outcome = QComboBox()
        for outcome, title in _OUTCOMES:
            self.outcome.addItem(_(title), outcome)
        self.waived = QCheckBox(_("Expressly dispensed with: the criticism may leave without a letter"))
        page, form = QWidget(), QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        page.setLayout(form)
        self._row(form, _("&Sent on"), self.sent_on)
        self._row(form, _("Answer &due on"), self.due_on)
        self._row(form, _("A&nswered on"), self.answered_on)
        self._row(form, _("The &response"), self.response)
        self._row(form, _("&Outcome"), self.outcome)
        self._row(form, _("&Why"), self.reason)
        form.addRow("", self.waived)
        self._row(form, _("No&te"), self.note)
        self.tabs.addTab(page, _("What came of it"))
        return page

    def _lines(self, rows: int) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setFixedHeight(field.fontMetrics().lineSpacing() * rows + 14)
        return field

    @staticmethod
    def _row(form: QFormLayout, label: str, field: QWidget) -> None:
        form.addRow(label, field)
        field.setAccessibleName(label.replace("&", ""))

    def begin(self, row: LetterRow) -> None:
        """Edit the letter of a row, or draft one from its finding."""
        self._finding, self._letter = row.finding.id, row.letter.id if row.letter is not None else None
        finding, letter, body = self._finding, self._letter, row.body
        self.heading.setText(
            _("The letter about criticism {number}").format(number=row.number)
            if letter
            else _("Draft a letter about criticism {number}").format(number=row.number)
        )
        self.complaint.say("")
        self.workspace.read(_("Read the letter"), lambda case, _ticket: _begun(case, finding, letter, body), self._show)

    def _show(self, begun: _Begun) -> None:
        self.body.clear()
        self.body.addItem(_("whoever it is addressed to"), "")
        for identifier, name in begun.bodies:
            self.body.addItem(name, identifier)
        self._fill(begun.facts)
        self.tabs.setCurrentIndex(1 if begun.facts.sent_on else 0)
        # Pages are as high as the highest; a form alone would give them the least that their texts could do with.
        highest = max(page.sizeHint().height() for page in self._pages)
        self.tabs.setMinimumHeight(highest + self.tabs.tabBar().sizeHint().height() + 12)
        self.open_near()
        (self.sent_on if begun.facts.sent_on else self.criticism).setFocus()

    def _fill(self, facts: LetterFacts) -> None:
        self._facts = facts
        self.body.setCurrentIndex(max(self.body.findData(facts.body or ""), 0))
        self.addressee.setPlainText(facts.addressee)
        self._fill_words(facts)
        self.sent_on.setText(facts.sent_on)
        self.due_on.setText(facts.due_on)
        self.answered_on.setText(facts.answered_on)
        self.response.setPlainText(facts.response)
        self.outcome.setCurrentIndex(self.outcome.findData(facts.outcome))
        self.reason.setPlainText(facts.reason)
        self.waived.setChecked(facts.is_waived)
        self.note.setPlainText(facts.note)

    def _fill_words(self, facts: LetterFacts) -> None:
        """The three parts of rule 15."""
        self.criticism.setPlainText(facts.criticism)
        self.facts.setPlainText(facts.facts)
        pages = _.count("{n} place in the documents", "{n} places in the documents", len(facts.evidence))
        self.evidence.setText(pages if facts.evidence else _("none yet"))

    @Slot()
    def draft(self) -> None:
        """Write the three parts anew from the finding as it stands; the days and the response stay."""
        finding = self._finding

        def show(drafted: LetterFacts) -> None:
            if self.is_open and self._finding == finding:
                self._facts = replace(self._facts, evidence=drafted.evidence, put=drafted.put)
                self._fill_words(replace(self._facts, criticism=drafted.criticism, facts=drafted.facts))

        self.workspace.read(_("Draft the letter"), lambda case, _ticket: draft_letter(case, finding, ""), show)

    @Slot()
    def save(self) -> None:
        """Keep the letter sealed, as one undoable step."""
        if not self.is_open:
            return
        facts = replace(
            self._facts,
            addressee=self.addressee.toPlainText(),
            body=AnyId(str(self.body.currentData())) if self.body.currentData() else None,
            criticism=self.criticism.toPlainText(),
            facts=self.facts.toPlainText(),
            response=self.response.toPlainText(),
            reason=self.reason.toPlainText(),
            note=self.note.toPlainText(),
            sent_on=self.sent_on.text(),
            due_on=self.due_on.text(),
            answered_on=self.answered_on.text(),
            outcome=str(self.outcome.currentData()),
            is_waived=self.waived.isChecked(),
        )
        finding, known = self._finding, self._letter
        self.keep(
            _("Keep the letter"),
            lambda case, _ticket: record_letter(case, finding, facts, identifier=known),
            lambda made: self.saved.emit(made[1]),
        )

    @Slot()
    def _forget(self) -> None:
        """No words stay behind a closed sheet."""
        self._fill(LetterFacts(addressee=""))


def _begun(case: CaseFile, finding: FindingId, letter: WarningLetterId | None, body: AnyId | None) -> _Begun:
    bodies = Bodies(case)
    if letter is not None:
        facts = facts_of(case, case.get(WarningLetter, letter))
    else:
        facts = draft_letter(case, finding, bodies.names.get(body or "", ""), body)
    return _Begun(facts=facts, bodies=_sorted_names(bodies))


def _sorted_names(bodies: Bodies) -> tuple[tuple[str, str], ...]:
    named: Sequence[tuple[str, str]] = sorted(bodies.names.items(), key=lambda item: item[1].casefold())
    return tuple(named)
