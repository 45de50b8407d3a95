"""Writing the sentences of a finding and giving them what carries them: by key, by typing, by dropping excerpts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from workbench.domain.change import Change
from workbench.domain.errors import WorkbenchError
from workbench.domain.excerpt import Excerpt
from workbench.domain.ids import AnyId, SentenceId
from workbench.domain.ledger import Ground
from workbench.gui.ledger.editor import BLANK, LedgerEditor
from workbench.gui.sheets.evidence_sheet import EvidenceSheet
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.findings import (
    add_evidence,
    add_sentence,
    edit_sentence,
    merge_sentences,
    move_sentence,
    remove_evidence,
    remove_sentence,
    split_sentence,
)
from workbench.store.case_file import CaseFile


class LedgerSentences(QObject):
    """Each method is one action on the sentence with the cursor; all are undoable."""

    def __init__(self, workspace: Workspace, editor: LedgerEditor, home: QWidget) -> None:
        super().__init__(home)
        self._workspace, self._editor = workspace, editor
        self._steps: dict[str, int] = {}
        self.chosen_excerpts: Callable[[], Sequence[AnyId]] = tuple
        self.evidence_sheet = EvidenceSheet(workspace, home)
        editor.text_edited.connect(self._keep_text)
        editor.enter_pressed.connect(self._enter_pressed)
        editor.excerpts_dropped.connect(self._cite)
        editor.evidence_opened.connect(self._go)
        editor.evidence_removed.connect(self._uncite)
        editor.add_requested.connect(self.add)
        workspace.case_leaving.connect(self._keep_before_leaving)

    # Sentences

    def _sentence(self) -> SentenceId | None:
        sentence = self._editor.current_sentence
        if sentence is None:
            self._workspace.say(_("Put the cursor into a sentence of the finding first."))
        else:
            self._editor.keep_all()
        return sentence

    @Slot()
    def add(self) -> None:
        """Begin another sentence after the one with the cursor, resting on nothing yet."""
        finding = self._editor.finding
        if finding is None:
            self._workspace.say(_("Choose a finding in the list first."))
        else:
            self._editor.keep_all()
            after = self._editor.current_sentence
            self._then_enter(
                _("Add a sentence"),
                lambda case: add_sentence(case, finding, BLANK, after=after)[1],
            )

    def _then_enter(self, name: str, work: Callable[[CaseFile], SentenceId]) -> None:
        self._workspace.write(name, lambda case, _ticket: work(case), self._editor.enter)

    def split(self) -> None:
        """Make two sentences of one, parted at the cursor."""
        sentence, at = self._sentence(), self._editor.cursor_position
        if sentence is not None:
            self._then_enter(_("Split the sentence"), lambda case: split_sentence(case, sentence, at)[1])

    def join(self) -> None:
        """Join the sentence with the one after it."""
        sentence = self._sentence()
        if sentence is not None:
            self._workspace.write(_("Join the sentences"), lambda case, _ticket: merge_sentences(case, sentence))

    def move(self, where: str) -> None:
        """Move the sentence ``up`` or ``down``; the cursor goes with it."""
        sentence = self._sentence()
        if sentence is not None:
            by = -1 if where == "up" else 1
            self._workspace.write(
                _("Move the sentence"),
                lambda case, _ticket: move_sentence(case, sentence, by),
                lambda _change: self._editor.enter(sentence),
            )

    def delete(self) -> None:
        """Take the sentence out; it can be undone."""
        sentence = self._sentence()
        if sentence is not None:
            self._workspace.write(_("Remove the sentence"), lambda case, _ticket: remove_sentence(case, sentence))

    @Slot()
    def _keep_before_leaving(self) -> None:
        """Words that are still being written are kept before the case closes; jobs that begin now would not run."""
        for row in self._editor.rows:
            if row.unkept and row.support is not None:
                try:
                    edit_sentence(self._workspace.case, row.support.sentence.id, row.unkept)
                except WorkbenchError as error:
                    self._workspace.show_error(error)

    @Slot(str, str)
    def _keep_text(self, sentence: str, text: str) -> None:
        self._workspace.write(
            _("Edit the sentence"), lambda case, _ticket: edit_sentence(case, SentenceId(sentence), text)
        )

    @Slot(str, int)
    def _enter_pressed(self, sentence: str, at: int) -> None:
        """Enter at the end begins the next sentence, elsewhere it parts this one."""
        row = next((row for row in self._editor.rows if row.support and row.support.sentence.id == sentence), None)
        if row is None:
            return
        if row.text.toPlainText()[at:].strip():
            self.split()
        else:
            self.add()

    # Evidence

    def cite_chosen(self) -> None:
        """Let the sentence rest on the excerpts chosen in their list."""
        sentence, chosen = self._sentence(), self.chosen_excerpts()
        if sentence is not None and not chosen:
            self._workspace.say(_("Choose one or more excerpts in the list first."))
        elif sentence is not None:
            self._cite(sentence, chosen)

    def cite_other(self) -> None:
        """Ask for events, assessments, standards or searches that the sentence rests on."""
        sentence = self._sentence()
        if sentence is not None:
            self.evidence_sheet.begin(_("What carries the sentence?"), lambda items: self._cite(sentence, items))

    @Slot(str, object)
    def _cite(self, sentence: str, items: Sequence[AnyId]) -> None:
        self._workspace.write(
            _("Add evidence"),
            lambda case, _ticket: add_evidence(case, SentenceId(sentence), [AnyId(item) for item in items]),
            self._cited,
        )

    def _cited(self, change: Change | None) -> None:
        if change is None:
            self._workspace.say(_("The sentence rests on that already."))

    @Slot(str, str)
    def _uncite(self, sentence: str, item: str) -> None:
        self._workspace.write(
            _("Remove evidence"), lambda case, _ticket: remove_evidence(case, SentenceId(sentence), AnyId(item))
        )

    def uncite(self) -> None:
        """Take the chosen evidence away from its sentence."""
        sentence, ground = self._sentence(), self._editor.current_ground
        if sentence is not None and ground is not None:
            self._uncite(sentence, str(ground.item))

    def open_evidence(self) -> None:
        """Go to the page of the chosen evidence; once more goes to its next page."""
        if self._sentence() is not None:
            ground = self._editor.current_ground
            if ground is None:
                self._workspace.say(_("This sentence rests on nothing yet."))
            else:
                self._go(ground)

    @Slot(object)
    def _go(self, ground: Ground) -> None:
        if not ground.pages:
            self._workspace.say(_("This has no page of its own: {title}").format(title=ground.title))
            return
        at = self._steps.get(str(ground.item), 0) % len(ground.pages)
        self._steps = {str(ground.item): at + 1}
        excerpt = ground.pages[at].excerpt
        self._workspace.read(_("Go to the page"), lambda case, _ticket: case.get(Excerpt, excerpt), self._go_to)

    def _go_to(self, excerpt: Excerpt) -> None:
        self._workspace.go_to(
            Place(document=excerpt.document, page_index=excerpt.page_index, boxes=excerpt.boxes, excerpt=excerpt.id)
        )
