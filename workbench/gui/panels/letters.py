"""Fairness: every criticism with everybody it affects, how far their warning letter is, and the letters themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QSplitter,
    QWidget,
)

from workbench.domain.change import Change
from workbench.domain.excerpt import Excerpt
from workbench.domain.fairness import LetterState
from workbench.domain.ids import ExcerptId
from workbench.domain.progress import Ticket
from workbench.gui.ledger.letter_view import LetterView
from workbench.gui.models.record_table import RecordTable
from workbench.gui.panels.letter_columns import LETTER_COLUMNS, whom
from workbench.gui.panels.listed import ListedPage, ListedPanel, filter_field, foot_bar, head_bar, set_out
from workbench.gui.sheets.leak_sheet import LeakSheet
from workbench.gui.sheets.letter_sheet import LetterSheet
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.widgets.letter_drawer import LetterDrawer
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.letter_export import WrittenLetter, write_letter
from workbench.services.letter_list import LetterRow, letter_rows
from workbench.services.letter_reading import shown_letter
from workbench.services.letters import link_answer, remove_letter
from workbench.services.releasing import LeaksFound
from workbench.store.case_file import CaseFile


class LettersPanel(ListedPanel):
    """The list tells states only; what letters say stands in a compartment below that is opened on purpose."""

    shows = (
        "finding", "sentence", "warning_letter", "institution", "person", "case_study", "excerpt", "event",
        "assessment", "standard",
    )  # fmt: skip

    finding_requested = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._wanted = ""
        #: The finding that is chosen in the ledger, "" when there is none.
        self.chosen_finding: Callable[[], str] = lambda: ""
        #: The excerpts that are chosen in the list of excerpts.
        self.chosen_excerpts: Callable[[], Sequence[ExcerptId]] = lambda: ()
        self.filter = filter_field(_("Filter the letters"))
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.model = RecordTable(LETTER_COLUMNS, self)
        self.view = LetterView(LETTER_COLUMNS, _("Warning letters"))
        self.view.setModel(self.model)
        self.view.setAcceptDrops(True)
        self.view.excerpts_dropped.connect(self._take_excerpts)
        self.view.sort_by(-1)
        self.filter.textChanged.connect(self.model.set_filter)
        self.view.row_opened.connect(lambda _row: self.edit())
        self.view.selectionModel().currentRowChanged.connect(self._follow)
        self.drawer = LetterDrawer()
        self.drawer.opened.connect(self._share)
        self.drawer.opened.connect(self._read_letter)
        self.drawer.closed.connect(self._share)
        self.drawer.place_asked.connect(self._go)
        self.sheet = LetterSheet(workspace, self)
        self.sheet.saved.connect(self._point_out_later)
        self.leak_sheet = LeakSheet(workspace, self)
        self._lay_out()

    def _lay_out(self) -> None:
        self._both = both = QSplitter(Qt.Orientation.Vertical)
        both.setChildrenCollapsible(False)
        both.addWidget(self.view)
        both.addWidget(self.drawer)
        self._share()
        empty = EmptyState(
            _("No criticism yet"),
            _("Findings of criticism stand here with everybody they criticise. None leaves before all could answer."),
        )
        self._page = ListedPage(self.model, self.view, empty, both)
        foot, _buttons = foot_bar(
            (
                (_("Draft or edit…"), self.edit),
                (_("Link the response"), self.link_answer),
                (_("Save as Word…"), self.choose_folder),
            )
        )
        set_out(self, head_bar(self.filter, self.summary), self._page, foot)

    # Filling

    @Slot()
    def reload(self) -> None:
        self.workspace.read(_("List letters"), lambda case, _ticket: letter_rows(case), self._show)

    @Slot()
    def clear(self) -> None:
        self.drawer.close_drawer()
        self.filter.clear()
        self._show([])

    def _show(self, rows: list[LetterRow]) -> None:
        wanted, self._wanted = self._wanted, ""
        self._page.fill({row.id: row for row in rows}, wanted)
        self.summary.setText(_in_short(rows))
        self.summary.setVisible(bool(rows))
        self._read_letter()

    @Slot(str)
    def _point_out_later(self, letter: str) -> None:
        self._wanted = letter

    @property
    def current(self) -> LetterRow | None:
        """The chosen line."""
        row: LetterRow | None = self._page.current
        return row

    # The compartment

    @Slot()
    def _share(self) -> None:
        """Room for the words while they are read, else for the list."""
        self._both.setSizes([1000, 2000] if self.drawer.is_open else [2000, 0])

    @Slot()
    def _follow(self) -> None:
        self.drawer.stay()
        self._read_letter()

    @Slot()
    def _read_letter(self) -> None:
        """Read the chosen letter, if the compartment is open."""
        row = self.current
        if not self.drawer.is_open:
            return
        if row is None or row.letter is None:
            self.drawer.show_letter(None)
            return
        letter = row.letter.id

        def show(shown: object) -> None:
            if self.current is not None and self.current.id == letter:
                self.drawer.show_letter(shown)  # type: ignore[arg-type]

        self.workspace.read(_("Read the letter"), lambda case, _ticket: shown_letter(case, letter), show)

    def toggle(self) -> None:
        """Open the letters, or close them."""
        if self.drawer.is_open:
            self.drawer.close_drawer()
            return
        self.window().show_panel("letters")  # type: ignore[attr-defined]
        self.drawer.open()

    @Slot(bool)
    def follow_sight(self, is_seen: bool) -> None:
        """Out of sight the letters are closed, also while only another tab lies over them."""
        if not is_seen:
            self.drawer.close_drawer()

    @Slot(str)
    def _go(self, excerpt: str) -> None:
        self.workspace.read(
            _("Go to the words"), lambda case, _ticket: case.get(Excerpt, ExcerptId(excerpt)), self._go_to
        )

    def _go_to(self, source: Excerpt) -> None:
        self.workspace.go_to(
            Place(document=source.document, page_index=source.page_index, boxes=source.boxes, excerpt=source.id)
        )

    # Actions

    def _chosen(self, *, has_letter: bool) -> LetterRow | None:
        """The chosen line; says what to choose when there is none."""
        row = self.current
        if row is None:
            self.workspace.say(_("Choose a line in the list of letters first."))
            return None
        if has_letter and row.letter is None:
            self.workspace.say(_("There is no letter here yet. Draft one from the finding."))
            return None
        return row

    def edit(self) -> None:
        """Draft the letter of the chosen line from its finding, or edit the one that is there."""
        row = self._chosen(has_letter=False)
        if row is not None:
            self.sheet.begin(row)

    def draft_for_finding(self) -> None:
        """Draft the letter of the finding that is chosen in the ledger, or edit the one that is there."""
        finding = self.chosen_finding()
        shown = (self.model.record(self.model.id_at(at)) for at in range(self.model.rowCount()))
        found = [row for row in shown if row.finding.id == finding]
        if not found:
            self.workspace.say(_("Choose a finding of criticism in the list of findings first."))
            return
        self.window().show_panel("letters")  # type: ignore[attr-defined]
        self.view.selectRow(self.model.row_of(found[0].id))
        self.edit()

    def show_finding(self) -> None:
        """Go to the finding that the chosen letter is about."""
        row = self._chosen(has_letter=False)
        if row is not None:
            self.finding_requested.emit(row.finding.id)

    def link_answer(self) -> None:
        """Make the chosen excerpts the response to the chosen letter."""
        row = self._chosen(has_letter=True)
        if row is None:
            return
        excerpts = tuple(self.chosen_excerpts())
        if excerpts:
            self._take_excerpts(row.id, excerpts)
        else:
            self.workspace.say(_("Choose the words of the response in the list of excerpts first."))

    @Slot(str, object)
    def _take_excerpts(self, line: str, excerpts: Sequence[ExcerptId]) -> None:
        row = self.model.record(line)
        if row.letter is None:
            self.workspace.say(_("There is no letter here yet. Draft one from the finding."))
            return
        letter = row.letter.id

        def told(_change: Change) -> None:
            count = _.count("{n} excerpt", "{n} excerpts", len(excerpts))
            self.workspace.say(_("{count} linked as the response.").format(count=count), "success")

        self.workspace.write(_("Link the response"), lambda case, _ticket: link_answer(case, letter, excerpts), told)

    def remove(self) -> None:
        """Take the chosen draft away; a letter that was sent stays."""
        row = self._chosen(has_letter=True)
        if row is not None and row.letter is not None:
            letter = row.letter.id
            self.workspace.write(_("Remove the draft"), lambda case, _ticket: remove_letter(case, letter))

    def choose_folder(self) -> None:
        """Ask where the chosen letter goes as a Word document."""
        if self._chosen(has_letter=True) is None:
            return
        chooser = QFileDialog(self, _("Save the letter as a Word document"))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly, True)
        chooser.fileSelected.connect(lambda folder: self.write(Path(folder)))
        chooser.open()

    def write(self, folder: Path, override: str = "") -> None:
        """Write the chosen letter; ``override`` is a reason to do so although names were found."""
        row = self._chosen(has_letter=True)
        if row is None or row.letter is None:
            return
        letter, name = row.letter.id, whom(row)

        def work(case: CaseFile, ticket: Ticket) -> WrittenLetter | LeaksFound:
            try:
                return write_letter(case, letter, folder, override=override, ticket=ticket)
            except LeaksFound as found:  # a question for the person, no failure
                return found

        def done(made: WrittenLetter | LeaksFound) -> None:
            if isinstance(made, LeaksFound):
                self.leak_sheet.begin(name, made.report, lambda reason: self.write(folder, reason))
            else:
                told = _("The letter was written to “{name}”.").format(name=made.path.name)
                self.workspace.say(" ".join([told, *made.notices]), "warning" if made.notices else "success")

        self.workspace.write(_("Save the letter as a Word document"), work, done, shown=True)

    def take_focus(self) -> None:
        self._page.take_focus_or(self.filter)


def _in_short(rows: Sequence[LetterRow]) -> str:
    """How many criticisms are held back, and by what."""
    held = {row.number for row in rows if row.is_criticised and not row.is_enough}
    missing = sum(row.state is LetterState.NONE for row in rows)
    if not held:
        return _("Every criticism may leave: everybody could answer.")
    told = _.count("{n} criticism is held back", "{n} criticisms are held back", len(held))
    letters = _.count("{n} letter is not drafted yet", "{n} letters are not drafted yet", missing)
    return f"{told}; {letters}." if missing else f"{told}."
