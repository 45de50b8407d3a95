"""Judging: assessments with their faults and second readings, the standards in force, searches that found nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from workbench.domain.excerpt import Excerpt
from workbench.domain.ids import AnyId, AssessmentId, ExcerptId, NegativeSearchId
from workbench.domain.looked_for import Comparison
from workbench.gui.panels.assessment_columns import ASSESSMENTS, KINDS, SEARCHES, STANDARDS
from workbench.gui.panels.assessment_details import AssessmentDetails, ShownAssessment
from workbench.gui.panels.assessment_layout import lay_out
from workbench.gui.panels.assessment_lists import Found, read_lists, remove_row
from workbench.gui.panels.listed import KindsPanel, filter_field
from workbench.gui.sheets.agreement_sheet import AgreementSheet
from workbench.gui.sheets.assessment_sheet import AssessmentSheet
from workbench.gui.sheets.negative_search_sheet import NegativeSearchSheet
from workbench.gui.sheets.second_reading_sheet import SecondReadingSheet
from workbench.gui.sheets.standard_sheet import StandardSheet
from workbench.gui.theme import Theme
from workbench.gui.widgets.day_field import DayField
from workbench.gui.widgets.form import make_clearable
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.assessing import (
    FOR,
    AssessmentRow,
    Named,
    add_evidence,
    agreement_figures,
    remove_evidence,
)
from workbench.services.negative_evidence import NegativeRow, rerun
from workbench.services.standards import StandardRow


class AssessmentsPanel(KindsPanel):
    """One kind at a time, as a table, with what is known and what is wrong below."""

    shows = (
        "assessment", "second_reading", "standard", "negative_search", "excerpt", "document", "event", "institution",
        "scope_paragraph",
    )  # fmt: skip
    panel_name = "assessments"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._shows_ratings = False
        self._being_read = ""
        self._is_stale = True
        self._assessments: list[AssessmentRow] = []
        self._wanted = ""
        self.chosen_excerpts: Callable[[], Sequence[Named]] = tuple
        self.names_of: Callable[[Sequence[ExcerptId]], list[Named]] = lambda _ids: []
        self._make_fields()
        self.details = AssessmentDetails(workspace.theme)
        self._make_sheets(workspace)
        self.add_kinds(KINDS)
        for page in self.pages.values():
            page.view.selectionModel().currentChanged.connect(lambda *_args: self._show_details())
        self.buttons = lay_out(
            self,
            self,
            (
                ("add", mark("Add…"), self.add, (ASSESSMENTS,)),
                ("add_standard", mark("Add a standard…"), self.add_standard, (STANDARDS,)),
                ("next_version", mark("Next version…"), self.next_version, (STANDARDS,)),
                ("record", mark("Record a search…"), self.record_search, (SEARCHES,)),
                ("edit", mark("Edit…"), self.edit, (STANDARDS,)),
                ("read", mark("Second reading…"), self.second_reading, (ASSESSMENTS,)),
                ("again", mark("Search again"), self.search_again, (SEARCHES,)),
                ("agreement", mark("Agreement…"), self.show_agreement, (ASSESSMENTS,)),
            ),
        )
        self._listen()
        self._turn()

    def _make_fields(self) -> None:
        self.kind.setAccessibleName(_("What is listed"))
        self.filter = filter_field(_("Filter the list"))
        self.day = DayField(_("Which stood on… (12 March 2014, 2014, 2010/2012)"))
        self.day.setAccessibleName(_("Which standards stood on this day"))
        make_clearable(self.day)

    def _make_sheets(self, workspace: Workspace) -> None:
        self.sheet = AssessmentSheet(workspace, self, self._point_out_later)
        self.standard_sheet = StandardSheet(workspace, self)
        self.reading_sheet = SecondReadingSheet(workspace, self)
        self.search_sheet = NegativeSearchSheet(workspace, self)
        self.search_sheet.recorded.connect(self._point_out_later)
        self.agreement_sheet = AgreementSheet(self)

    def _listen(self) -> None:
        self.kind.currentIndexChanged.connect(self._turn)
        self.filter.textChanged.connect(self._narrow)
        self.day.textChanged.connect(lambda _text: self._later.start())
        self.details.dropped.connect(lambda found, side: self._add(self.names_of(found), side))
        self.details.removed.connect(self._remove_evidence)
        self.details.opened.connect(self.go_to_words)
        self.sheet.half.opened.connect(self.go_to_words)
        self.reading_sheet.closed.connect(self._veil)

    # Filling

    @Slot()
    def reload(self) -> None:
        """Read all anew once it is seen."""
        self._is_stale = True
        self._load_if_seen()

    def looked_at(self) -> None:
        self._load_if_seen()

    @Slot()
    def _load_if_seen(self) -> None:
        if not (self._is_stale and self.is_seen and self.workspace.has_case):
            return
        self._is_stale = False
        day = self.day.edtf if self.day.is_date else ""
        self.workspace.read(_("List assessments"), lambda case, _ticket: read_lists(case, day), self._show)

    @Slot()
    def clear(self) -> None:
        self._later.stop()
        self._shows_ratings = False
        self.filter.clear()
        self.day.clear()
        self._show(Found([], [], []))

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self.details.set_theme(theme)

    def _show(self, found: Found) -> None:
        self._assessments = found.assessments
        self._fill(ASSESSMENTS, [self._as_shown(row) for row in found.assessments])
        self._fill(STANDARDS, found.standards)
        self._fill(SEARCHES, found.searches)
        self._wanted = ""
        self._show_details()

    def _as_shown(self, row: AssessmentRow) -> ShownAssessment:
        who = self.workspace.case.who
        is_veiled = row.id == self._being_read or (not self._shows_ratings and row.awaits(who))
        return ShownAssessment(row, is_veiled)

    def _fill(self, name: str, rows: Sequence[Any]) -> None:
        self.pages[name].fill({row.id: row for row in rows}, self._wanted)

    def _point_out_later(self, identifier: str) -> None:
        self._wanted = identifier

    @Slot()
    def _turn(self) -> None:
        name = self.listed
        self.tables.setCurrentWidget(self._page)
        self.day.setVisible(name == STANDARDS)
        self.day.understood.setVisible(name == STANDARDS and bool(self.day.text()))
        for button, kinds in self.buttons.values():
            button.setVisible(name in kinds)
        self._show_details()

    @Slot()
    def _show_details(self) -> None:
        self.details.show_chosen(self.chosen)

    # Choosing

    @property
    def chosen(self) -> ShownAssessment | StandardRow | NegativeRow | None:
        """The chosen row of what is listed."""
        row: ShownAssessment | StandardRow | NegativeRow | None = self._page.current
        return row

    def _chosen(self, kind: type[Any], sentence: str) -> Any:
        """The chosen row when it is of this kind; else the sentence is said."""
        row = self.chosen
        if isinstance(row, kind):
            return row
        self.workspace.say(sentence)
        return None

    # Actions

    def add(self) -> None:
        """Ask for another assessment."""
        self.show_kind(ASSESSMENTS)
        self.sheet.begin(None)

    def assess(self, institution: str, scope: str) -> None:
        """Ask for an assessment of this institution (by name) and scope paragraph (by number)."""
        self.sheet.begin(None, institution, scope)

    def add_standard(self) -> None:
        """Ask for another standard."""
        self.show_kind(STANDARDS)
        self.standard_sheet.begin(None)

    def next_version(self) -> None:
        """Ask for the version that replaces the chosen standard."""
        row = self._chosen(StandardRow, _("Choose a standard in the list first."))
        if row is not None:
            self.standard_sheet.begin(row, next_version=True)

    def record_search(self, query: str = "", among: str = "") -> None:
        """Ask what was looked for and not found."""
        self.search_sheet.begin(query, among)

    def edit(self) -> None:
        """Edit what is chosen; an assessment that awaits a second reading is read, not edited."""
        row = self.chosen
        if isinstance(row, ShownAssessment) and row.is_veiled:
            self.second_reading()
        elif isinstance(row, ShownAssessment):
            self.sheet.begin(row.row)
        elif isinstance(row, StandardRow):
            self.standard_sheet.begin(row)
        elif isinstance(row, NegativeRow):
            self.search_again()
        else:
            self.workspace.say(_("Choose a line of the table first."))

    def delete(self) -> None:
        """Remove what is chosen; it can be undone."""
        row = self.chosen
        if row is None:
            self.workspace.say(_("Choose a line of the table first."))
            return
        identifier = row.id
        self.workspace.write(_("Remove"), lambda case, _ticket: remove_row(case, identifier))

    def second_reading(self) -> None:
        """Ask what somebody else makes of the chosen assessment, without its rating."""
        row = self._chosen(ShownAssessment, _("Choose an assessment in the list first."))
        if row is not None:
            self._veil(row.id)
            self.reading_sheet.begin(row.row, self.workspace.case.who)

    def toggle_ratings(self) -> None:
        """Show the ratings that await a second reading, or keep them from the reader again."""
        self._shows_ratings = not self._shows_ratings
        self._veil(self._being_read)

    def _veil(self, being_read: str = "") -> None:
        """Keep the rating of the assessment that is being read from its reader, whoever read it before."""
        self._being_read = being_read
        self._fill(ASSESSMENTS, [self._as_shown(row) for row in self._assessments])
        self._show_details()

    def show_agreement(self) -> None:
        """How far readers agree."""
        self.workspace.read(
            _("Compare the readers"), lambda case, _ticket: agreement_figures(case), self.agreement_sheet.begin
        )

    def ask_day(self) -> None:
        """Put the keyboard where the day is typed on which standards stood."""
        self.show_kind(STANDARDS)
        self.day.setFocus()
        self.day.selectAll()

    def add_evidence(self, side: str) -> None:
        """The excerpts chosen in the list speak for, or against, the assessment being written, else the chosen one."""
        if self.sheet.is_open:
            if not self.sheet.half.add_chosen(side):
                self.sheet.complaint.say(_("Choose one or more excerpts in the list first."))
            return
        self._add(self.chosen_excerpts(), side)

    def _add(self, items: Sequence[Named], side: str) -> None:
        row = self._chosen(ShownAssessment, _("Choose an assessment in the list first."))
        if row is None:
            return
        if not items:
            self.workspace.say(_("Choose one or more excerpts in the list first."))
            return
        assessment, cited = AssessmentId(row.id), [item.id for item in items]
        name = _("Add evidence for") if side == FOR else _("Add evidence against")
        self.workspace.write(name, lambda case, _ticket: add_evidence(case, assessment, cited, side))

    @Slot(str)
    def _remove_evidence(self, identifier: str) -> None:
        row = self.chosen
        if isinstance(row, ShownAssessment):
            assessment, cited = AssessmentId(row.id), [AnyId(identifier)]
            self.workspace.write(
                _("Take evidence away"), lambda case, _ticket: remove_evidence(case, assessment, cited)
            )

    def search_again(self) -> None:
        """Make the chosen search again and say what has changed."""
        row = self._chosen(NegativeRow, _("Choose a search in the list first."))
        if row is not None:
            search = NegativeSearchId(row.id)
            self.workspace.read(_("Search again"), lambda case, ticket: rerun(case, search, ticket), self._compared)

    def _compared(self, found: Comparison) -> None:
        if self.chosen is not None and self.chosen.id == found.record.id:
            self.details.show_comparison(found)

    @Slot(str)
    def go_to_words(self, identifier: str) -> None:
        """Go to the words of an excerpt."""
        if identifier.startswith("exc_"):
            self.workspace.read(_("Go to the source"), lambda case, _t: case.get(Excerpt, identifier), self._go_to)
        else:
            self.workspace.say(_("This is an event or a search; only excerpts have words to go to."))

    def _go_to(self, source: Excerpt) -> None:
        self.workspace.go_to(
            Place(document=source.document, page_index=source.page_index, boxes=source.boxes, excerpt=source.id)
        )

    def open_source(self) -> None:
        """Go to the words the chosen standard is written in, or the first evidence of the chosen assessment."""
        row = self.chosen
        words: Sequence[str] = ()
        if isinstance(row, StandardRow) and row.standard.excerpt:
            words = (row.standard.excerpt,)
        elif isinstance(row, ShownAssessment):
            cited = (*row.row.assessment.evidence_for, *row.row.assessment.evidence_against)
            words = [item for item in cited if item.startswith("exc_")]
        if words:
            self.go_to_words(words[0])
        else:
            self.workspace.say(_("There are no words to go to."))
