"""Withdrawing excerpts or a document with a reason, and naming the document that supersedes another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from workbench.domain.document import Document
from workbench.domain.ids import AnyId, DocumentId
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.sheets.target_finder import Offer, TargetFinder
from workbench.gui.widgets.form import small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.linking import Target
from workbench.services.withdrawing import supersede_document
from workbench.store.case_file import CaseFile


class WithdrawSheet(FormSheet):
    """Asks for the reason, and for a document for the day too; says what rests on it."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Withdraw"), workspace, home, cancel=_("Cancel withdrawing"), width=460)
        self._work: Callable[[CaseFile, str, str], object] | None = None
        self.told = small("")
        self.reason, self.on = QLineEdit(), QLineEdit()
        self.reason.setPlaceholderText(_("it is kept, and shown with what cites it"))
        self.on.setPlaceholderText(_("today, or 2026-03-02"))
        self.save_button.setText(_("Withdraw"))
        self.form.addRow(self.told)
        self.add(_("&Reason"), self.reason)
        self.add(_("&Day"), self.on)

    def begin(self, heading: str, uses: str, work: Callable[[CaseFile, str, str], object], *, has_day: bool) -> None:
        """Ask; ``work`` is given the reason and the day. ``uses`` names what rests on it."""
        self._work = work
        self.heading.setText(heading)
        self.tell(uses)
        self.reason.clear()
        self.on.clear()
        self.form.setRowVisible(self.on, has_day)
        self.complaint.say("")
        self.open_near()
        self.fit()
        self.reason.setFocus()

    def tell(self, uses: str) -> None:
        """Say what is shown red from then on."""
        resting = _("Resting on it: {what}. What rests on it is red until it rests on something else.").format(
            what=uses
        )
        self.told.setText(resting if uses else _("Nothing rests on it."))

    @Slot()
    def save(self) -> None:
        """Withdraw, as one undoable step; refused without a reason."""
        work, reason, on = self._work, self.reason.text(), self.on.text()
        if work is not None and self.is_open:
            self.keep(_("Withdraw"), lambda case, _ticket: work(case, reason, on))


class SupersedeSheet(FormSheet):
    """Asks which document stands in place of another."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Superseded by"), workspace, home, cancel=_("Cancel superseding"), width=480)
        self._document: DocumentId | None = None
        self._by: Offer | None = None
        self.finder = TargetFinder(_("The later document"), _("Type its reference or some of its title"), rows=6)
        self.finder.taken.connect(self._take)
        self.chosen = small("")
        self.form.addRow(small(_("The earlier document stays; whatever cites it is flagged.")))
        self.form.addRow(self.finder)
        self.form.addRow(self.chosen)

    def begin(self, document: Document) -> None:
        """Ask what supersedes a document."""
        self._document, self._by = document.id, None
        self.heading.setText(_("What supersedes {urn}?").format(urn=document.urn))
        self.chosen.setText("")
        self.complaint.say("")
        self.finder.field.clear()
        self.workspace.read(
            _("List documents"), lambda case, _ticket: _documents(case, but=document.id), self.finder.offer
        )
        self.open_near()
        self.finder.field.setFocus()

    @Slot(object)
    def _take(self, offer: Offer) -> None:
        self._by = offer
        self.chosen.setText(_("By: {name}").format(name=offer.name))
        self.fit()

    @Slot()
    def save(self) -> None:
        """Keep it, as one undoable step; refused in a circle."""
        document, by = self._document, self._by
        if by is None or document is None:
            self._refuse(_("Choose the later document first: type some of it and press Enter."))
            return
        later = DocumentId(str(by.id))
        self.keep(_("Supersede the document"), lambda case, _ticket: supersede_document(case, document, later))


def _documents(case: CaseFile, *, but: DocumentId) -> Sequence[Target]:
    return [
        Target(kind="document", id=AnyId(item.id), name=f"{item.urn}  {item.title}", also=item.filename)
        for item in case.all(Document, "urn")
        if item.id != but
    ]
