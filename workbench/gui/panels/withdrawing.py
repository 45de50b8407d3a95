"""Withdrawing the chosen excerpts or document, naming what supersedes it, and taking that back."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workbench.domain.document import Document
from workbench.gui.panels.documents import DocumentsPanel
from workbench.gui.panels.excerpts import ExcerptsPanel
from workbench.gui.sheets.withdraw_sheets import SupersedeSheet, WithdrawSheet
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.withdrawing import (
    reinstate_document,
    reinstate_excerpts,
    uses_of_document,
    uses_of_excerpts,
    withdraw_document,
    withdraw_excerpts,
)


class Withdrawing(QObject):
    """Each method is one action; all are undoable."""

    def __init__(
        self, workspace: Workspace, excerpts: ExcerptsPanel, documents: DocumentsPanel, window: QWidget
    ) -> None:
        super().__init__(window)
        self._workspace, self._excerpts, self._documents = workspace, excerpts, documents
        self.sheet = WithdrawSheet(workspace, window)
        self.supersede_sheet = SupersedeSheet(workspace, window)

    def excerpts(self) -> None:
        """Ask why the chosen excerpts are no longer relied on."""
        ids = self._excerpts.selected_ids
        if not ids:
            self._workspace.say(_("Choose one or more excerpts in the list first."))
            return
        heading = _.count("Withdraw {n} excerpt", "Withdraw {n} excerpts", len(ids))

        def ask(uses: str) -> None:
            self.sheet.begin(
                heading, uses, lambda case, reason, _on: withdraw_excerpts(case, ids, reason), has_day=False
            )

        self._workspace.read(_("Look for what rests on it"), lambda case, _ticket: uses_of_excerpts(case, ids), ask)

    def reinstate_excerpts(self) -> None:
        """Rely on the chosen excerpts again."""
        ids = [row.excerpt.id for row in self._excerpts.selected_rows if row.excerpt.withdrawn]
        if ids:
            self._workspace.write(_("Rely on it again"), lambda case, _ticket: reinstate_excerpts(case, ids))
        else:
            self._workspace.say(_("None of the chosen excerpts was withdrawn."))

    def document(self) -> None:
        """Ask why and when the chosen document was withdrawn."""
        record = self._document()
        if record is None:
            return
        document, heading = record.id, _("Withdraw {urn}").format(urn=record.urn)

        def ask(uses: str) -> None:
            self.sheet.begin(
                heading, uses, lambda case, reason, on: withdraw_document(case, document, reason, on), has_day=True
            )

        self._workspace.read(
            _("Look for what rests on it"), lambda case, _ticket: uses_of_document(case, document), ask
        )

    def supersede(self) -> None:
        """Ask which document stands in place of the chosen one."""
        record = self._document()
        if record is not None:
            self.supersede_sheet.begin(record)

    def reinstate_document(self) -> None:
        """Take back that the chosen document was withdrawn or superseded."""
        record = self._document()
        if record is None:
            return
        if record.withdrawn_on or record.withdrawn_reason or record.superseded_by is not None:
            document = record.id
            self._workspace.write(_("Rely on it again"), lambda case, _ticket: reinstate_document(case, document))
        else:
            self._workspace.say(_("{urn} was neither withdrawn nor superseded.").format(urn=record.urn))

    def _document(self) -> Document | None:
        rows = self._documents.selected_rows
        if len(rows) == 1:
            return rows[0].document
        self._workspace.say(_("Choose one document in the list first."))
        return None
