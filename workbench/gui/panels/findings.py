"""Findings and how each of their sentences stands; what carries a sentence is one key away from its page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.analysis import FindingStatus
from workbench.domain.change import Change
from workbench.domain.excerpt import Excerpt
from workbench.domain.ids import AnyId, SentenceId
from workbench.domain.ledger import Ground
from workbench.gui.columns import RECORD_ROLE
from workbench.gui.ledger.editor import BLANK, LedgerEditor
from workbench.gui.ledger.table import FINDING_COLUMNS, FindingTable
from workbench.gui.panels.base import Panel
from workbench.gui.sheets.evidence_sheet import EvidenceSheet
from workbench.gui.sheets.finding_sheet import FindingSheet
from workbench.gui.theme import Theme
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.widgets.form import FittedBox, make_clearable
from workbench.gui.widgets.record_view import RecordView
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import speech as _
from workbench.services import findings
from workbench.services.findings import (
    add_evidence,
    edit_sentence,
    merge_sentences,
    remove_evidence,
    remove_sentence,
    set_status,
    split_sentence,
)
from workbench.services.ledger import FindingRow, finding_rows
from workbench.store.case_file import CaseFile

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
        self.chosen_excerpts: Callable[[], Sequence[AnyId]] = tuple
        self._wanted = ""
        self._steps: dict[str, int] = {}
        self.model = FindingTable(workspace.theme, self)
        self.view = RecordView(FINDING_COLUMNS, _("Findings"))
        self.view.setModel(self.model)
        self.view.sort_by(-1)
        self.view.selectionModel().currentRowChanged.connect(lambda *_args: self._turn())
        self.view.row_opened.connect(lambda _row: self.enter())
        self.model.modelReset.connect(self._turn)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setAccessibleName(_("Filter the findings"))
        make_clearable(self.filter)
        self.filter.textChanged.connect(self.model.set_filter)
        self.study = FittedBox()
        self.study.setAccessibleName(_("Findings of"))
        self.study.currentIndexChanged.connect(self._narrow)
        self.only_red = QCheckBox(_("Red only"))
        self.only_red.toggled.connect(self._narrow)
        self.editor = LedgerEditor(workspace.theme)
        self._listen()
        self.sheet = FindingSheet(workspace, self, self._point_out_later)
        self.evidence_sheet = EvidenceSheet(workspace, self)
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

    def _listen(self) -> None:
        editor = self.editor
        editor.text_edited.connect(self._keep_text)
        editor.enter_pressed.connect(self._enter_pressed)
        editor.excerpts_dropped.connect(self._cite)
        editor.evidence_opened.connect(self._go)
        editor.evidence_removed.connect(self._uncite)
        editor.add_requested.connect(self.add_sentence)
        editor.current_changed.connect(self.current_changed)

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "bar")
        head = QVBoxLayout(bar)
        head.setContentsMargins(8, 8, 8, 8)
        head.setSpacing(6)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.filter, 1)
        add = QPushButton(_("New finding…"))
        add.clicked.connect(self.add)
        first.addWidget(add)
        second.addWidget(self.study, 1)
        second.addWidget(self.only_red)
        head.addLayout(first)
        head.addLayout(second)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= _WIDE_PX
        self._split.setOrientation(Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical)

    # Filling

    @Slot()
    def reload(self) -> None:
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
        self._stack.setCurrentIndex(1 if rows else 0)
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
        self.sheet.begin(None, study=study or "", evidence=self.chosen_excerpts())

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
            self.workspace.write(_("Remove the finding"), lambda case, _ticket: findings.delete_finding(case, finding))

    def toggle_red(self) -> None:
        """Show only the red findings, or all."""
        self.only_red.toggle()

    def _chosen(self) -> FindingRow | None:
        if self.current is None:
            self.workspace.say(_("Choose a finding in the list first."))
        return self.current

    # Sentences

    def enter(self) -> None:
        """Put the keyboard into the first sentence of the chosen finding."""
        if self.editor.rows:
            self.editor.rows[0].text.setFocus()
        else:
            self.editor.add_button.setFocus()

    def _sentence(self) -> SentenceId | None:
        sentence = self.editor.current_sentence
        if sentence is None:
            self.workspace.say(_("Put the cursor into a sentence of the finding first."))
        else:
            self.editor.keep_all()
        return sentence

    @Slot()
    def add_sentence(self) -> None:
        """Begin another sentence after the one with the cursor, resting on nothing yet."""
        row = self._chosen()
        if row is not None:
            self.editor.keep_all()
            finding, after = row.support.finding.id, self.editor.current_sentence
            self._then_enter(
                _("Add a sentence"),
                lambda case: findings.add_sentence(case, finding, BLANK, after=after)[1],
            )

    def _then_enter(self, name: str, work: Callable[[CaseFile], SentenceId]) -> None:
        self.workspace.write(name, lambda case, _ticket: work(case), self.editor.enter)

    def split(self) -> None:
        """Make two sentences of one, parted at the cursor."""
        sentence, at = self._sentence(), self.editor.cursor_position
        if sentence is not None:
            self._then_enter(_("Split the sentence"), lambda case: split_sentence(case, sentence, at)[1])

    def join(self) -> None:
        """Join the sentence with the one after it."""
        sentence = self._sentence()
        if sentence is not None:
            self.workspace.write(_("Join the sentences"), lambda case, _ticket: merge_sentences(case, sentence))

    def move_sentence(self, where: str) -> None:
        """Move the sentence ``up`` or ``down``; the cursor goes with it."""
        sentence = self._sentence()
        if sentence is not None:
            by = -1 if where == "up" else 1
            self.workspace.write(
                _("Move the sentence"),
                lambda case, _ticket: findings.move_sentence(case, sentence, by),
                lambda _change: self.editor.enter(sentence),
            )

    def delete_sentence(self) -> None:
        """Take the sentence out; it can be undone."""
        sentence = self._sentence()
        if sentence is not None:
            self.workspace.write(_("Remove the sentence"), lambda case, _ticket: remove_sentence(case, sentence))

    @Slot(str, str)
    def _keep_text(self, sentence: str, text: str) -> None:
        self.workspace.write(
            _("Edit the sentence"), lambda case, _ticket: edit_sentence(case, SentenceId(sentence), text)
        )

    @Slot(str, int)
    def _enter_pressed(self, sentence: str, at: int) -> None:
        """Enter at the end begins the next sentence, elsewhere it parts this one."""
        row = next((row for row in self.editor.rows if row.support and row.support.sentence.id == sentence), None)
        if row is None:
            return
        if row.text.toPlainText()[at:].strip():
            self.split()
        else:
            self.add_sentence()

    # Evidence

    def cite_chosen(self) -> None:
        """Let the sentence rest on the excerpts chosen in their list."""
        sentence, chosen = self._sentence(), self.chosen_excerpts()
        if sentence is not None and not chosen:
            self.workspace.say(_("Choose one or more excerpts in the list first."))
        elif sentence is not None:
            self._cite(sentence, chosen)

    def cite_other(self) -> None:
        """Ask for events, assessments, standards or searches that the sentence rests on."""
        sentence = self._sentence()
        if sentence is not None:
            self.evidence_sheet.begin(_("What carries the sentence?"), lambda items: self._cite(sentence, items))

    @Slot(str, object)
    def _cite(self, sentence: str, items: Sequence[AnyId]) -> None:
        self.workspace.write(
            _("Add evidence"),
            lambda case, _ticket: add_evidence(case, SentenceId(sentence), [AnyId(item) for item in items]),
            self._cited,
        )

    def _cited(self, change: Change | None) -> None:
        if change is None:
            self.workspace.say(_("The sentence rests on that already."))

    @Slot(str, str)
    def _uncite(self, sentence: str, item: str) -> None:
        self.workspace.write(
            _("Remove evidence"), lambda case, _ticket: remove_evidence(case, SentenceId(sentence), AnyId(item))
        )

    def uncite(self) -> None:
        """Take the chosen evidence away from its sentence."""
        sentence, ground = self._sentence(), self.editor.current_ground
        if sentence is not None and ground is not None:
            self._uncite(sentence, str(ground.item))

    def open_evidence(self) -> None:
        """Go to the page of the chosen evidence; once more goes to its next page."""
        if self._sentence() is not None:
            ground = self.editor.current_ground
            if ground is None:
                self.workspace.say(_("This sentence rests on nothing yet."))
            else:
                self._go(ground)

    @Slot(object)
    def _go(self, ground: Ground) -> None:
        if not ground.pages:
            self.workspace.say(_("This has no page of its own: {title}").format(title=ground.title))
            return
        at = self._steps.get(str(ground.item), 0) % len(ground.pages)
        self._steps = {str(ground.item): at + 1}
        excerpt = ground.pages[at].excerpt
        self.workspace.read(_("Go to the page"), lambda case, _ticket: case.get(Excerpt, excerpt), self._go_to)

    def _go_to(self, excerpt: Excerpt) -> None:
        self.workspace.go_to(
            Place(document=excerpt.document, page_index=excerpt.page_index, boxes=excerpt.boxes, excerpt=excerpt.id)
        )

    def take_focus(self) -> None:
        (self.view if self._stack.currentIndex() == 1 else self.filter).setFocus()
