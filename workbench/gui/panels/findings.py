"""Findings and how each of their sentences stands; what carries a sentence is one key away from its page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from workbench.domain.analysis import FindingStatus
from workbench.gui.columns import RECORD_ROLE
from workbench.gui.ledger.editor import LedgerEditor
from workbench.gui.ledger.table import FINDING_COLUMNS, FindingTable
from workbench.gui.panels.base import Panel
from workbench.gui.panels.ledger_sentences import LedgerSentences
from workbench.gui.panels.listed import filter_field, head_bar, set_out
from workbench.gui.sheets.finding_sheet import FindingSheet
from workbench.gui.theme import Theme
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.widgets.form import FittedBox
from workbench.gui.widgets.record_view import RecordView
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.findings import delete_finding, set_status
from workbench.services.ledger import FindingRow, finding_rows

#: From this width on, the sentences stand beside the list instead of below it.
_WIDE_PX = 760


class FindingsPanel(Panel):
    """A table of findings and, for the chosen one, its sentences."""

    shows = (
        "finding",
        "sentence",
        "excerpt",
        "document",
        "event",
        "assessment",
        "standard",
        "negative_search",
        "link",
        "institution",
        "person",
        "case_study",
    )
    current_changed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._wanted, self._is_stale = "", False
        self.model = FindingTable(workspace.theme, self)
        self.view = RecordView(FINDING_COLUMNS, _("Findings"))
        self.view.setModel(self.model)
        self.view.sort_by(-1)
        self.view.selectionModel().currentRowChanged.connect(lambda *_args: self._turn())
        self.view.row_opened.connect(lambda _row: self.enter())
        self.model.modelReset.connect(self._turn)
        self.filter = filter_field(_("Filter the findings"))
        self.filter.textChanged.connect(self.model.set_filter)
        self.study = FittedBox()
        self.study.setAccessibleName(_("Findings of"))
        self.study.currentIndexChanged.connect(self._narrow)
        self.only_red = QCheckBox(_("Red only"))
        self.only_red.toggled.connect(self._narrow)
        self.editor = LedgerEditor(workspace.theme)
        self.sheet = FindingSheet(workspace, self, self._point_out_later)
        self.sentences = LedgerSentences(workspace, self.editor, self)
        self.editor.current_changed.connect(self.current_changed)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState(
                _("No findings yet"),
                _("A finding is written sentence by sentence, and each sentence carries its evidence."),
                does=((_("New finding…"), self.add),),
            )
        )
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.view)
        self._split.addWidget(self.editor)
        self._split.setSizes([240, 420])
        self._stack.addWidget(self._split)
        self._lay_out()
        self._list_studies([])

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.filter, 1)
        add = QPushButton(_("New finding…"))
        add.clicked.connect(self.add)
        first.addWidget(add)
        second.addWidget(self.study, 1)
        second.addWidget(self.only_red)
        set_out(self, head_bar(first, second, right=8), self._stack)

    def looked_at(self) -> None:
        if self._is_stale and self.workspace.has_case:
            self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= _WIDE_PX
        self._split.setOrientation(Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical)

    # Filling

    @Slot()
    def reload(self) -> None:
        """Read the ledger anew; a panel that nobody sees does so when it is looked at."""
        self._is_stale = not self.is_seen
        if self._is_stale:
            return
        self.workspace.read(_("Read the ledger"), lambda case, _ticket: finding_rows(case), self._show)

    @Slot()
    def clear(self) -> None:
        self.filter.clear()
        self.only_red.setChecked(False)
        self._show([])

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self.model.set_theme(theme)
        self.editor.show_finding(self.current, theme)

    def _show(self, rows: list[FindingRow]) -> None:
        kept = self._wanted or (self.current.id if self.current is not None else "")
        self._list_studies(rows)
        known = {row.id: row for row in rows}
        if self.model.ids == tuple(known):
            self.model.update(known)
        else:
            self.model.show(known)
        was_empty = self._stack.currentIndex() == 0
        self._stack.setCurrentIndex(1 if rows else 0)
        if was_empty and self.filter.hasFocus():
            self.take_focus()
        self.view.fit_columns()
        self.point_out(kept)
        self._turn()

    def _list_studies(self, rows: Sequence[FindingRow]) -> None:
        chosen = self.study.currentData()
        titles = sorted({row.case_study for row in rows if row.case_study}, key=str.casefold)
        self.study.blockSignals(True)
        self.study.clear()
        self.study.addItem(_("All case studies"), "")
        for title in titles:
            self.study.addItem(title, title)
        self.study.setCurrentIndex(max(self.study.findData(chosen), 0))
        self.study.blockSignals(False)
        if chosen and chosen not in titles:
            self._narrow()

    @Slot()
    def _narrow(self) -> None:
        study, only_red = self.study.currentData(), self.only_red.isChecked()
        kept = self.current.id if self.current is not None else ""
        is_open = not study and not only_red
        self.model.set_fitting(
            None
            if is_open
            else lambda row: (not study or row.case_study == study) and (not only_red or row.support.is_red)
        )
        self.point_out(kept)

    def point_out(self, finding: str) -> None:
        """Choose a finding; one that is not listed yet is chosen when it comes."""
        self._wanted = finding
        at = self.model.row_of(finding)
        if at >= 0:
            self._wanted = ""
            if self.view.currentIndex().row() != at:
                self.view.selectRow(at)
        elif self.model.rowCount() and not self.view.currentIndex().isValid():
            self.view.selectRow(0)

    def _point_out_later(self, finding: str) -> None:
        self.point_out(finding)

    @property
    def current(self) -> FindingRow | None:
        """The chosen finding."""
        row = self.view.currentIndex().data(RECORD_ROLE)
        return row if isinstance(row, FindingRow) else None

    @Slot()
    def _turn(self) -> None:
        self.editor.show_finding(self.current, self.workspace.theme)
        self.current_changed.emit()

    # Findings

    @Slot()
    def add(self) -> None:
        """Ask for another finding, whose first sentence rests on the excerpts that are chosen."""
        row = self.current
        study = row.support.finding.case_study if row is not None else None
        self.sheet.begin(None, study=study or "", evidence=self.sentences.chosen_excerpts())

    def edit(self) -> None:
        """Edit what is said of the chosen finding."""
        row = self._chosen()
        if row is not None:
            self.sheet.begin(row)

    def withdraw(self) -> None:
        """Withdraw the chosen finding; one that was withdrawn is a draft again."""
        row = self._chosen()
        if row is not None:
            status = FindingStatus.DRAFT if row.is_withdrawn else FindingStatus.WITHDRAWN
            finding = row.support.finding.id
            self.workspace.write(_("Withdraw the finding"), lambda case, _ticket: set_status(case, finding, status))

    def delete(self) -> None:
        """Remove the chosen finding when nothing comes from it; it can be undone."""
        row = self._chosen()
        if row is not None:
            finding = row.support.finding.id
            self.workspace.write(_("Remove the finding"), lambda case, _ticket: delete_finding(case, finding))

    def toggle_red(self) -> None:
        """Show only the red findings, or all."""
        self.only_red.toggle()

    def _chosen(self) -> FindingRow | None:
        if self.current is None:
            self.workspace.say(_("Choose a finding in the list first."))
        return self.current

    def enter(self) -> None:
        """Put the keyboard into the first sentence of the chosen finding."""
        if self.editor.rows:
            self.editor.rows[0].text.setFocus()
        else:
            self.editor.add_button.setFocus()

    def take_focus(self) -> None:
        (self.view if self._stack.currentIndex() == 1 else self.filter).setFocus()
