"""Marking what must not be shown: selected words, an area, the hits of a search, a term wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from workbench.gui.panels.reader import Chosen
from workbench.gui.panels.reading_desk import ReadingDesk
from workbench.gui.panels.redactions import RedactionsPanel
from workbench.gui.sheets.redaction_sheet import Marking, RedactionSheet, counted
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.page_words import PageReader
from workbench.services.redaction_changes import edit_marks
from workbench.services.redaction_list import MarkRow
from workbench.services.redaction_marks import (
    Grounds,
    Marked,
    mark_area,
    mark_every_occurrence,
    mark_search_results,
    mark_words,
)
from workbench.store.case_file import CaseFile

_LONGEST_TERM = 80
#: What a selection takes along with its words.
_AROUND_WORDS = " .,;:!?“”‘’\"'()[]"


class Redacting(QObject):
    """Each method is one action; all ask for the reason in the same sheet."""

    def __init__(
        self, workspace: Workspace, desk: ReadingDesk, panel: RedactionsPanel, window: QWidget, query: Callable[[], str]
    ) -> None:
        super().__init__(window)
        self._workspace, self._desk, self._panel, self._query = workspace, desk, panel, query
        self.sheet = RedactionSheet(workspace, window)
        panel.edit_asked.connect(self._edit)
        panel.current_changed.connect(desk.point_out_redaction)
        desk.redaction_clicked.connect(panel.point_out)
        desk.redaction_clicked.connect(desk.point_out_redaction)

    def mark(self) -> None:
        """Ask why the selected words or area are to be redacted."""
        chosen = self._desk.active.chosen()
        if chosen is None:
            self._workspace.say(_("Select words on a page first, or an area (A); then mark them."))
            return
        reader, view = self._workspace.words, self._desk.active.view
        what = _("Redact an area of {reference}") if chosen.area is not None else _("Redact words on {reference}")

        def marked(result: object) -> None:
            view.clear_selection()
            self._tell(result)

        self.sheet.begin(
            Marking(
                heading=what.format(reference=chosen.reference),
                work=lambda case, _term, grounds, _ticket: _mark_chosen(case, chosen, grounds, reader),
                then=marked,
            )
        )

    def mark_everywhere(self) -> None:
        """Ask for a term, beginning with the selected words, that is marked wherever it stands in the case."""
        chosen = self._desk.active.chosen()
        words = " ".join(chosen.quote.split()).strip(_AROUND_WORDS) if chosen is not None else ""
        self.sheet.begin(
            Marking(
                heading=_("Redact a term wherever it stands in the case"),
                work=lambda case, term, grounds, ticket: mark_every_occurrence(case, term, grounds, ticket=ticket),
                then=self._tell,
                asks_term=True,
                term=words if len(words) <= _LONGEST_TERM else "",
                shown=True,
            )
        )

    def mark_hits(self) -> None:
        """Ask why everything that the search finds is to be redacted."""
        query = self._query()
        if not query:
            self._workspace.say(_("Search for something first; then all its hits can be marked."))
            return
        self.sheet.begin(
            Marking(
                heading=_("Redact all hits of the search “{query}”").format(query=query),
                work=lambda case, _term, grounds, ticket: mark_search_results(case, query, grounds, ticket=ticket),
                then=self._tell,
                shown=True,
            )
        )

    @Slot(object)
    def _edit(self, rows: Sequence[MarkRow]) -> None:
        first = rows[0].mark
        self.sheet.begin(
            Marking(
                heading=_("Why {count} stand; they are to be decided again").format(count=counted(rows))
                if len(rows) > 1
                else _("Why the mark on {reference} stands; it is to be decided again").format(
                    reference=rows[0].reference
                ),
                work=lambda case, _term, grounds, _ticket: edit_marks(case, [row.mark.id for row in rows], grounds),
                then=lambda _done: None,
                grounds=Grounds(
                    reason=first.reason, restriction=first.restriction, basis=first.basis, label=first.label
                ),
            )
        )

    def _tell(self, result: object) -> None:
        if not isinstance(result, Marked):
            return
        if result.marks:
            self._panel.point_out(result.marks[0].id)
            self._desk.point_out_redaction(result.marks[0].id)
        old = len(result.marks) - result.new
        text = _.count("{n} new redaction mark proposed.", "{n} new redaction marks proposed.", result.new)
        if old:
            text += " " + _.count("{n} stood already.", "{n} stood already.", old)
        self._workspace.say(text, "success" if result.new else "notice")


def _mark_chosen(case: CaseFile, chosen: Chosen, grounds: Grounds, reader: PageReader) -> Marked:
    """One mark a page; a selection may run over a page end."""
    if chosen.area is not None:
        page_index, box = chosen.area
        return mark_area(case, chosen.document.id, page_index, box, grounds)
    parts = [
        mark_words(case, chosen.document.id, span.page_index, span.start, span.end, grounds, reader=reader)
        for span in chosen.spans
    ]
    return Marked(marks=tuple(mark for part in parts for mark in part.marks), new=sum(part.new for part in parts))
