"""What can be done with excerpts: making, linking, moving, splitting, merging, removing."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from workbench.domain.change import Change
from workbench.domain.ids import ExcerptId
from workbench.domain.progress import Ticket
from workbench.gui.panels.excerpts import ExcerptsPanel
from workbench.gui.panels.reader import Chosen
from workbench.gui.panels.reading_desk import ReadingDesk
from workbench.gui.sheets.link_sheet import LinkSheet
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.excerpting import delete_excerpts, mark_area, mark_words
from workbench.services.page_words import PageReader
from workbench.services.reshaping import merge_excerpts, move_excerpt, split_excerpt
from workbench.store.case_file import CaseFile


class Marking(QObject):
    """Each method is one action; all are undoable."""

    made = Signal(str)

    def __init__(self, workspace: Workspace, desk: ReadingDesk, excerpts: ExcerptsPanel, window: QWidget) -> None:
        super().__init__(window)
        self._workspace, self._desk, self._excerpts = workspace, desk, excerpts
        self.links = LinkSheet(workspace, window)

    # Making

    def make(self) -> None:
        """The selected words or area become an excerpt."""
        self._make(links=False)

    def make_and_link(self) -> None:
        """The selected words become an excerpt, and its links are asked for."""
        self._make(links=True)

    def _make(self, *, links: bool) -> None:
        chosen = self._desk.active.chosen()
        if chosen is None:
            self._workspace.say(_("Select words on a page first; then make the excerpt."))
            return
        reader = self._workspace.words
        view = self._desk.active.view

        def made(change: Change) -> None:
            excerpt = next(row.row_id for row in change.rows if row.table == "excerpt")
            view.clear_selection()
            self.made.emit(excerpt)
            if links:
                self._link_when_listed(excerpt)
            else:
                self._desk.active.selection_bar.tell_shown(_("Excerpt made. L links it, Ctrl+Z takes it back."))

        self._workspace.write(_("Make excerpt"), lambda case, ticket: _mark(case, chosen, reader, ticket), made)

    # Linking

    def link(self) -> None:
        """Ask what the chosen excerpts are linked to."""
        rows = self._excerpts.selected_rows
        if not rows:
            self._workspace.say(_("Choose one or more excerpts in the list first; then link them."))
            return
        self.links.begin(rows, self._beside_the_list())

    def _link_when_listed(self, excerpt: str) -> None:
        row = self._excerpts.row_of(excerpt)
        if row is not None:
            self.links.begin([row], self._beside_the_list())
            return

        def listed() -> None:
            row = self._excerpts.row_of(excerpt)
            if row is not None:
                self._excerpts.current_changed.disconnect(listed)
                self.links.begin([row], self._beside_the_list())

        self._excerpts.current_changed.connect(listed)

    def _beside_the_list(self) -> QPoint | None:
        window = self._excerpts.window()
        if not self._excerpts.isVisible():
            return None
        corner = self._excerpts.mapTo(window, QPoint(0, 60))
        return corner - QPoint(self.links.width() + 24, 0)

    # Reshaping

    def move_here(self) -> None:
        """The chosen excerpt stands for the selected words from now on."""
        excerpt, chosen = self._excerpts.current_id, self._desk.active.chosen()
        row = self._excerpts.row_of(excerpt) if excerpt is not None else None
        if row is None or chosen is None or not chosen.spans:
            self._workspace.say(_("Choose an excerpt in the list and select the words it should stand for."))
            return
        if chosen.document.id != row.excerpt.document:
            self._workspace.say(_("An excerpt stays in its document. Select words in {urn}.").format(urn=row.urn))
            return
        reader, identifier = self._workspace.words, row.excerpt.id
        self._workspace.write(
            _("Move the excerpt"),
            lambda case, _ticket: move_excerpt(case, identifier, chosen.spans, reader=reader),
            lambda _change: self._desk.active.view.clear_selection(),
        )

    def split(self) -> None:
        """Cut the chosen excerpt before the selected words."""
        excerpt, chosen = self._excerpts.current_id, self._desk.active.chosen()
        if excerpt is None or chosen is None or not chosen.spans:
            self._workspace.say(_("Choose an excerpt and select the word before which it should be split."))
            return
        reader, identifier, at = self._workspace.words, excerpt, chosen.spans[0]
        self._workspace.write(
            _("Split the excerpt"),
            lambda case, _ticket: split_excerpt(case, identifier, at, reader=reader),
            self._reshaped,
        )

    def merge(self) -> None:
        """Make the chosen excerpts into one."""
        reader, ids = self._workspace.words, self._excerpts.selected_ids
        self._workspace.write(
            _("Merge the excerpts"), lambda case, _ticket: merge_excerpts(case, ids, reader=reader), self._reshaped
        )

    def _reshaped(self, made: tuple[Change, ExcerptId]) -> None:
        self._desk.active.view.clear_selection()
        self.made.emit(made[1])

    def delete(self) -> None:
        """Remove the chosen excerpts; it can be undone."""
        ids = self._excerpts.selected_ids
        if ids:
            self._workspace.write(_("Remove the excerpt"), lambda case, _ticket: delete_excerpts(case, ids))


def _mark(case: CaseFile, chosen: Chosen, reader: PageReader, ticket: Ticket) -> Change:
    ticket.check()
    if chosen.area is not None:
        page_index, box = chosen.area
        return mark_area(case, document=chosen.document.id, page_index=page_index, box=box)
    return mark_words(case, document=chosen.document.id, spans=chosen.spans, reader=reader)
