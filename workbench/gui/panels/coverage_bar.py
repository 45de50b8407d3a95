"""What of the coverage is looked at: a case study, a period, institutions by name, cells by how they stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from workbench.domain.coverage import Cell, CellState
from workbench.domain.dates import parse_edtf
from workbench.domain.errors import Refused
from workbench.domain.frame import CaseStudy
from workbench.domain.ids import CaseStudyId
from workbench.gui.coverage.wording import STATE_TITLES
from workbench.gui.widgets.form import Complaint, FittedBox, make_clearable
from workbench.runtime.i18n import speech as _

_MISSING = "missing"


class CoverageBar(QFrame):
    """``view_changed`` when something else must be read; the others only show what is there differently."""

    view_changed = Signal()
    filter_changed = Signal()
    state_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._studies: dict[str, CaseStudy] = {}
        self.study, self.states = FittedBox(), FittedBox()
        self.study.setAccessibleName(_("Case study"))
        self.states.setAccessibleName(_("Cells to point out"))
        self.period, self.filter = QLineEdit(), QLineEdit()
        self.period.setAccessibleName(_("Period"))
        self.period.setToolTip(_("2014, 2013/2014, 2016/.. ; evidence without a date is shown as undated"))
        self.filter.setAccessibleName(_("Filter the institutions"))
        self.filter.setPlaceholderText(_("Filter"))
        self.every = QCheckBox(_("All paragraphs"))
        self.every.setToolTip(_("Also paragraphs that nobody is judged against"))
        self.legend = QCheckBox(_("Legend"))
        self.legend.setToolTip(_("What the signs of the matrix mean"))
        self.tally = QLabel()
        self.tally.setProperty("role", "muted")
        self.tally.setWordWrap(True)
        self.complaint = Complaint()
        for field in (self.period, self.filter):
            make_clearable(field)
        self._fill()
        self._lay_out()
        self._read_period = ""
        self.study.currentIndexChanged.connect(self._turn_to_study)
        self.period.editingFinished.connect(self._take_period)
        self.period.textChanged.connect(lambda text: None if text else self._take_period())
        self.every.toggled.connect(lambda _on: self.view_changed.emit())
        self.filter.textChanged.connect(self.filter_changed)
        self.states.currentIndexChanged.connect(self.state_changed)

    def _fill(self) -> None:
        self.study.addItem(_("All institutions"), "")
        self.states.addItem(_("All cells"), "")
        self.states.addItem(_("Missing"), _MISSING)
        for state in (
            CellState.EMPTY,
            CellState.OUTSTANDING,
            CellState.CONTESTED,
            CellState.RATED,
            CellState.OUT_OF_SCOPE,
        ):
            self.states.addItem(_(STATE_TITLES[state]), state.value)
        self._hint()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.study, 3)
        first.addWidget(self.period, 2)
        second.addWidget(self.filter, 3)
        second.addWidget(self.states, 2)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self.complaint)
        third = QHBoxLayout()
        third.addWidget(self.tally, 1)
        third.addWidget(self.every)
        third.addWidget(self.legend)
        column.addLayout(third)

    def lay_out_above(self, panel: QWidget, content: QWidget) -> None:
        """Stand above the content of a panel."""
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self)
        column.addWidget(content, 1)

    # Asking

    @property
    def case_study(self) -> CaseStudyId | None:
        """The case study that is looked at."""
        chosen = str(self.study.currentData() or "")
        return CaseStudyId(chosen) if chosen else None

    @property
    def shown_period(self) -> str:
        """The period that counts: what was typed, else the case study's own."""
        study = self._studies.get(self.study.currentData())
        return self._read_period or (study.period if study else "")

    @property
    def typed_period(self) -> str:
        """The period that was typed and can be read."""
        return self._read_period

    @property
    def shows_every_paragraph(self) -> bool:
        return self.every.isChecked()

    @property
    def state(self) -> str:
        """Which cells are pointed out; "" for all."""
        return str(self.states.currentData() or "")

    def fits(self, cell: Cell) -> bool:
        """Whether a cell is one of those that are pointed out."""
        return cell.is_missing if self.state == _MISSING else cell.state.value == self.state

    # Filling

    def offer(self, studies: Sequence[CaseStudy]) -> None:
        """The case studies to choose from; the chosen one stays chosen."""
        if list(self._studies.values()) == list(studies):
            return
        chosen = self.study.currentData()
        self._studies = {item.id: item for item in studies}
        self.study.blockSignals(True)
        while self.study.count() > 1:
            self.study.removeItem(1)
        for item in studies:
            self.study.addItem(item.title, item.id)
        self.study.setCurrentIndex(max(self.study.findData(chosen), 0))
        self.study.blockSignals(False)
        self._hint()

    def reset(self) -> None:
        """Look at everything."""
        self.offer([])
        self.filter.clear()
        self.period.clear()
        self.states.setCurrentIndex(0)
        self.every.setChecked(False)
        self.tally.clear()

    def _hint(self) -> None:
        study = self._studies.get(self.study.currentData())
        self.period.setPlaceholderText(study.period if study and study.period else _("All time"))

    @Slot()
    def _turn_to_study(self) -> None:
        self._hint()
        self.view_changed.emit()

    @Slot()
    def _take_period(self) -> None:
        """Read the period; what is no date is said in place and changes nothing."""
        typed = self.period.text().strip()
        try:
            read = parse_edtf(typed).text if typed else ""
        except Refused as error:
            self.complaint.say(str(error))
            return
        self.complaint.say("")
        if read != self._read_period:
            self._read_period = read
            self.view_changed.emit()
