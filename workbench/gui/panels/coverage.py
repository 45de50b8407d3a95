"""How far every institution is covered under every scope paragraph: evidence, ratings, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDockWidget, QFileDialog, QMainWindow, QSplitter, QWidget

from workbench.domain.audience import TEAM
from workbench.domain.change import Change
from workbench.domain.coverage import Cell
from workbench.domain.frame import CaseStudy
from workbench.domain.ids import ScopeExclusionId
from workbench.gui.coverage.picture import write_picture
from workbench.gui.coverage.wording import place_in_words, tally_in_words
from workbench.gui.panels.base import Panel
from workbench.gui.panels.coverage_bar import CoverageBar
from workbench.gui.panels.coverage_cells import CellViews, FoundCells, found_cells
from workbench.gui.panels.coverage_details import CellDetails
from workbench.gui.sheets.scope_sheet import OutOfScopeSheet
from workbench.gui.sheets.target_finder import Offer
from workbench.gui.theme import Theme
from workbench.gui.workspace import Place, Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.coverage import EvidenceRow, coverage_of, evidence_of, rule_in
from workbench.services.coverage_export import CoverageAsked, export_coverage
from workbench.store.case_file import CaseFile

_REFRESH_MS, _DETAILS_MS = 250, 60
#: From this width on the evidence stands beside the matrix instead of below it.
_WIDE_PX = 860
_WIDE_SHARE = 0.72
_LEFT = Qt.DockWidgetArea.LeftDockWidgetArea


class CoveragePanel(Panel):
    """Matrix and table show the same cells; the pane beside them shows the evidence of the chosen one."""

    shows = (
        "institution", "scope_paragraph", "case_study", "link", "excerpt", "document", "event", "assessment",
        "second_reading", "scope_exclusion", "negative_search",
    )  # fmt: skip
    show_excerpts_requested = Signal(object)
    assessment_requested = Signal(str, str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._is_stale = True
        self._narrow_px, self._aside = 0, list[QDockWidget]()
        self._front: QDockWidget | None = None
        self.bar = CoverageBar()
        self.cells = CellViews(workspace.theme)
        self.details = CellDetails(workspace.theme, self.cells.matrix.cells)
        self.sheet = OutOfScopeSheet(workspace, self)
        self._later, self._soon = self._timer(_REFRESH_MS, self._load_if_seen), self._timer(_DETAILS_MS, self._read)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.addWidget(self.cells)
        self._split.addWidget(self.details)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._split.setSizes([620, 380])
        self._split.setChildrenCollapsible(False)
        self.bar.lay_out_above(self, self._split)
        self._connect()

    def _timer(self, delay_ms: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay_ms)
        timer.timeout.connect(act)
        return timer

    def _connect(self) -> None:
        self.bar.view_changed.connect(self.reload)
        self.bar.filter_changed.connect(self._narrow)
        self.bar.state_changed.connect(self._narrow)
        self.bar.legend.toggled.connect(self.details.show_legend)
        self.cells.current_changed.connect(self._soon.start)
        self.cells.opened.connect(self.open_evidence)
        self.details.evidence_opened.connect(self._go)
        self.details.assessment_requested.connect(self.assess)
        self.details.rule_out_requested.connect(self.rule_out)
        self.details.rule_in_requested.connect(self.rule_in)
        self.details.excerpts_requested.connect(self.show_excerpts)

    # Filling

    def refresh(self, change: Change) -> None:
        """Shortly after, many changes at once; only while it is seen."""
        self._is_stale = True
        self._later.start(_REFRESH_MS)

    @Slot()
    def reload(self) -> None:
        self._is_stale = True
        self._later.start(0)

    def looked_at(self) -> None:
        self._load_if_seen()

    @Slot()
    def _load_if_seen(self) -> None:
        if not self._is_stale or not self.workspace.has_case or not self.is_seen:
            return
        self._is_stale = False
        study, period, is_every = self.bar.case_study, self.bar.typed_period, self.bar.shows_every_paragraph

        def work(case: CaseFile, _ticket: object) -> tuple[FoundCells, list[CaseStudy]]:
            matrix = coverage_of(case, case_study=study, period=period, shows_every_paragraph=is_every)
            return found_cells(matrix), case.all(CaseStudy, "title")

        self.workspace.read(_("Count the coverage"), work, self._show)

    @Slot()
    def clear(self) -> None:
        self._is_stale = True
        self.bar.reset()
        self.cells.show_nothing()
        self.details.show_nothing()

    def _show(self, found: tuple[FoundCells, list[CaseStudy]]) -> None:
        cells, studies = found
        self.bar.offer(studies)
        self.bar.tally.setText(tally_in_words(cells.grid.whole))
        self.cells.show_found(cells)
        self._read()

    @Slot()
    def _narrow(self) -> None:
        self.cells.narrow(self.bar.filter.text(), self.bar.fits if self.bar.state else None)

    @Slot(object)
    def recolour(self, theme: Theme) -> None:
        self.cells.matrix.set_theme(theme)
        self.details.recolour(theme, self.cells.matrix.cells)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= _WIDE_PX
        self._split.setOrientation(Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical)

    @Slot()
    def _read(self) -> None:
        """Show the chosen cell, then read its evidence."""
        cell = self.cells.current
        if cell is None or not self.workspace.has_case:
            self.details.show_nothing()
            return
        self.details.show_cell(*self.cells.place_of(cell), cell)

        def show(rows: list[EvidenceRow]) -> None:
            if self.cells.current == cell:
                self.details.show_evidence(rows)

        self.workspace.read(_("Read the evidence"), lambda case, _ticket: evidence_of(case, cell), show)

    # Actions

    @property
    def current(self) -> Cell | None:
        """The chosen cell."""
        return self.cells.current

    def _asked(self) -> Cell | None:
        """The chosen cell; says what to do when there is none."""
        if self.cells.current is None:
            self.workspace.say(_("Choose a cell of the matrix first."))
        return self.cells.current

    @Slot()
    def open_evidence(self) -> None:
        """Go to the evidence of the chosen cell."""
        if self._asked() is not None:
            self.details.take_focus()

    @Slot(object)
    def _go(self, row: EvidenceRow) -> None:
        excerpt = row.excerpt
        if excerpt is None:
            self.workspace.say(_("This piece of evidence stands on no page."))
            return
        self.workspace.go_to(
            Place(document=excerpt.document, page_index=excerpt.page_index, boxes=excerpt.boxes, excerpt=excerpt.id)
        )

    def step(self, which: str) -> None:
        """To the next cell that is ``missing`` or ``contested``."""
        if not self.cells.step(which):
            none = _("No cell is missing.") if which == "missing" else _("No cell is contested.")
            self.workspace.say(none, "success")

    def toggle_table(self) -> None:
        """Matrix or table."""
        self.cells.toggle_table()

    def toggle_dense(self) -> None:
        """Cells small enough to see the whole, or large enough to read."""
        self.cells.matrix.toggle_dense()

    def toggle_wide(self) -> None:
        """Give the matrix the room of the panels at the left as well, or put them back."""
        window, dock = self.window(), self.parent()
        if not isinstance(window, QMainWindow) or not isinstance(dock, QDockWidget):
            return
        if self._aside:
            for other in self._aside:
                other.show()
            if self._front is not None:
                self._front.raise_()
            self._aside, wanted = [], self._narrow_px
        else:
            left = [
                d for d in window.findChildren(QDockWidget) if window.dockWidgetArea(d) is _LEFT and not d.isHidden()
            ]
            self._aside, self._narrow_px, wanted = left, dock.width(), round(window.width() * _WIDE_SHARE)
            self._front = next((other for other in left if not other.visibleRegion().isEmpty()), None)
            for other in left:
                other.hide()
        window.resizeDocks([dock], [wanted], Qt.Orientation.Horizontal)

    @Slot()
    def assess(self) -> None:
        """Ask for an assessment of the chosen cell."""
        cell = self._asked()
        if cell is not None:
            institution, paragraph = self.cells.place_of(cell)
            self.assessment_requested.emit(institution.name, paragraph.number)

    @Slot()
    def show_excerpts(self) -> None:
        """List the excerpts that are linked to both the institution and the paragraph."""
        cell = self._asked()
        if cell is not None:
            institution, paragraph = self.cells.place_of(cell)
            scope = Offer("scope", f"{paragraph.number}  {paragraph.text}", paragraph.id)
            self.show_excerpts_requested.emit([Offer("institution", institution.name, institution.id), scope])

    @Slot()
    def rule_out(self) -> None:
        """Ask why the chosen cells are out of scope."""
        cells = self.cells.chosen
        if not cells:
            self._asked()
            return
        one = cells[0] if len(cells) == 1 else None
        known = one.ruled_out[0] if one is not None and one.ruled_out else None
        name = place_in_words(*self.cells.place_of(one)) if one else _("{n} cells out of scope").format(n=len(cells))
        self.sheet.begin(
            name,
            [(cell.institution, cell.paragraph) for cell in cells],
            reason=known.reason if known else "",
            period=known.period if known else "",
        )

    @Slot()
    def rule_in(self) -> None:
        """Take back what keeps the chosen cells out of scope; it can be undone."""
        rulings: list[ScopeExclusionId] = [item.id for cell in self.cells.chosen for item in cell.ruled_out]
        if not rulings:
            self.workspace.say(_("Nothing that is chosen is out of scope."))
            return
        self.workspace.write(_("Put back in scope"), lambda case, _ticket: rule_in(case, rulings))

    def choose_export_folder(self) -> None:
        """Ask where the workbook, CSV and JSON go."""
        chooser = QFileDialog(self, _("Export the coverage"))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly, True)
        chooser.fileSelected.connect(lambda name: self.export_into(Path(name)))
        chooser.open()

    def export_into(self, folder: Path) -> None:
        """Write what is looked at, for the team, as workbook, CSV and JSON."""
        asked = CoverageAsked(
            case_study=self.bar.case_study,
            period=self.bar.typed_period,
            shows_every_paragraph=self.bar.shows_every_paragraph,
        )

        def done(written: tuple[list[Path], list[str]]) -> None:
            name = written[0][0].name
            self.workspace.say(_("The coverage was written to “{name}”.").format(name=name), "success")

        self.workspace.write(
            _("Export the coverage"),
            lambda case, ticket: export_coverage(case, folder, asked, audience=TEAM, ticket=ticket),
            done,
            shown=True,
        )

    def choose_picture_file(self) -> None:
        """Ask where the picture goes."""
        chooser = QFileDialog(self, _("Export the coverage as a picture"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilters([_("Pictures") + " (*.svg)", _("Pictures") + " (*.png)"])
        chooser.setDefaultSuffix("svg")
        chooser.fileSelected.connect(lambda name: self.write_picture(Path(name)))
        chooser.open()

    def write_picture(self, path: Path) -> None:
        """Write the whole matrix, with what it counts and its legend, as SVG or PNG."""
        written = write_picture(self.cells.matrix.grid, path, self.workspace.theme, self.cells.matrix.font())
        self.workspace.say(_("The coverage was written to “{name}”.").format(name=written.name), "success")

    def take_focus(self) -> None:
        if self.cells.has_cells:
            self.cells.take_focus()
        else:
            self.bar.filter.setFocus()
