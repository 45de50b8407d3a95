"""Why words are to be redacted: a reason found by typing, its basis, the restriction, what stands in their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit, QListView, QWidget

from workbench.domain.ids import RestrictionId
from workbench.domain.progress import Ticket
from workbench.domain.redaction import PLAIN_LABEL, Reason
from workbench.gui.columns import RECORD_ROLE
from workbench.gui.models.record_list import RecordList
from workbench.gui.sheets.choosing import is_plain_enter, moves_through
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.form import make_clearable, small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.redaction_list import GroundsOffered, grounds_offered
from workbench.services.redaction_marks import Grounds
from workbench.services.redaction_reasons import redaction_reasons
from workbench.store.case_file import CaseFile

_ROWS = 5
_NO_GROUNDS = Grounds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """What is marked: its heading, what is asked for beside the grounds, and the work that marks it.

    ``work`` is given the term that was typed ("" where none is asked for) and the grounds.
    """

    heading: str
    work: Callable[[CaseFile, str, Grounds, Ticket], object]
    then: Callable[[object], None]
    asks_term: bool = False
    term: str = ""
    grounds: Grounds = _NO_GROUNDS
    shown: bool = False


class RedactionSheet(FormSheet):
    """The keyboard begins in the field that finds a reason; Enter takes the chosen one and marks."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Redaction"), workspace, home, cancel=_("Cancel the redaction"), width=460)
        self._marking: Marking | None = None
        self._asked = 0
        self._offered: tuple[Reason, ...] = redaction_reasons()
        self.term, self.field = QLineEdit(), QLineEdit()
        self.field.setPlaceholderText(_("Type to find a reason; the last one used stands first"))
        make_clearable(self.field)
        self.field.textChanged.connect(self._narrow)
        self.reasons = RecordList(lambda reason: reason.title, self)
        self.view = QListView()
        self.view.setModel(self.reasons)
        self.view.setAccessibleName(_("Reasons"))
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setUniformItemSizes(True)
        self.view.setFixedHeight((self.fontMetrics().height() + 9) * _ROWS + 6)
        self.view.activated.connect(self.save)
        self.view.selectionModel().currentChanged.connect(lambda *_args: self._explain())
        self.wording = small("")
        self.restriction = QComboBox()
        self.basis, self.label = QLineEdit(), QLineEdit()
        self.basis.setPlaceholderText(_("as the reason usually has"))
        self.label.setPlaceholderText(PLAIN_LABEL)
        self.add(_("&Term"), self.term)
        self.add(_("&Reason"), self.field)
        self.form.addRow("", self.view)
        self.form.addRow("", self.wording)
        self.add(_("Under &restriction"), self.restriction)
        self.add(_("&Basis"), self.basis)
        self.add(_("Written &instead"), self.label)
        self.field.returnPressed.disconnect()
        self.save_button.setText(_("Mark"))
        self.field.installEventFilter(self)

    def begin(self, marking: Marking) -> None:
        """Ask why this is marked."""
        self._marking = marking
        self.heading.setText(marking.heading)
        self.form.setRowVisible(self.term, marking.asks_term)
        self.term.setText(marking.term)
        self.field.clear()
        self.basis.setText(marking.grounds.basis)
        self.label.setText(marking.grounds.label)
        self.complaint.say("")
        self._narrow()
        self._asked += 1
        asked = self._asked
        self.workspace.read(
            _("List reasons"), lambda case, _ticket: grounds_offered(case), lambda offered: self._offer(offered, asked)
        )
        self.open_near()
        (self.term if marking.asks_term and not marking.term else self.field).setFocus()

    def _offer(self, offered: GroundsOffered, asked: int) -> None:
        marking = self._marking
        if asked != self._asked:  # something was marked before the answer came
            return
        is_other = offered.reasons != self._offered
        self._offered = offered.reasons
        self.restriction.clear()
        self.restriction.addItem(_("none"), "")
        for identifier, name in offered.restrictions:
            self.restriction.addItem(name, identifier)
        if marking is not None:
            self.restriction.setCurrentIndex(max(self.restriction.findData(marking.grounds.restriction or ""), 0))
        if is_other:
            self._narrow()

    @Slot()
    def _narrow(self) -> None:
        words = self.field.text().casefold().split()
        kept = self._marking.grounds.reason if self._marking is not None else ""
        found = [
            reason
            for reason in self._offered
            if all(word in f"{reason.title} {reason.code} {reason.wording}".casefold() for word in words)
        ]
        self.reasons.show(found)
        row = next((at for at, reason in enumerate(found) if reason.code == kept and not words), 0)
        if found:
            self.view.setCurrentIndex(self.reasons.index(row))
        self._explain()

    @Slot()
    def _explain(self) -> None:
        reason = self.reason
        basis = _("Usual basis: {basis}.").format(basis=_(reason.basis.value)) if reason is not None else ""
        self.wording.setText(f"{_(reason.wording)} {basis}" if reason is not None else _("No reason fits."))
        self.fit()

    @property
    def reason(self) -> Reason | None:
        """The chosen reason."""
        record = self.view.currentIndex().data(RECORD_ROLE)
        return record if isinstance(record, Reason) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and moves_through(event, self.view):
            return True
        if watched is self.field and is_plain_enter(event):
            self.save()
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def save(self) -> None:
        """Mark it."""
        marking, reason, term = self._marking, self.reason, self.term.text().strip()
        if marking is None or not self.is_open:
            return
        if reason is None:
            self.complaint.say(_("Choose a reason. Empty the field to see all of them."))
            self.fit()
            return
        if marking.asks_term and not term:
            self.complaint.say(_("Type the words that are to be marked wherever they stand."))
            self.fit()
            return
        self._asked += 1
        self._offered = (reason, *(item for item in self._offered if item is not reason))
        restriction = self.restriction.currentData()
        grounds = Grounds(
            reason=reason.code,
            restriction=RestrictionId(restriction) if restriction else None,
            basis=self.basis.text().strip(),
            label=self.label.text().strip(),
        )
        self.keep(
            _("Mark redactions"),
            lambda case, ticket: marking.work(case, term, grounds, ticket),
            marking.then,
            shown=marking.shown,
        )


def counted(marks: Sequence[object]) -> str:
    """``3 marks``."""
    return _.count("{n} mark", "{n} marks", len(marks))
