"""What stands behind one cell of the coverage matrix: how it was judged, and its evidence side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.coverage import Cell
from workbench.domain.frame import Institution, ScopeParagraph
from workbench.gui.columns import RECORD_ROLE
from workbench.gui.coverage.legend import Legend
from workbench.gui.coverage.painter import CellPainter
from workbench.gui.coverage.wording import SIDE_SIGNS, SIDE_TITLES, more_in_words, place_in_words, state_in_words
from workbench.gui.delegates.evidence import CellAbout, EvidenceCard, EvidenceLine, spoken_evidence
from workbench.gui.models.record_list import RecordList
from workbench.gui.theme import Theme
from workbench.gui.widgets.form import small
from workbench.runtime.i18n import speech as _
from workbench.services.coverage import EvidenceRow


class CellDetails(QFrame):
    """``evidence_opened(EvidenceRow)`` on Enter or a click; the buttons ask the panel."""

    evidence_opened = Signal(object)
    assessment_requested = Signal()
    rule_out_requested = Signal()
    rule_in_requested = Signal()
    excerpts_requested = Signal()

    def __init__(self, theme: Theme, cells: CellPainter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = QLabel()
        self.place.setProperty("role", "heading")
        self.place.setWordWrap(True)
        self.words = small("")
        self.model = RecordList(spoken_evidence, self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(_("Evidence of the cell"))
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setMouseTracking(True)
        self.card = EvidenceCard(theme, self.view)
        self.view.setItemDelegate(self.card)
        self.view.activated.connect(self._open)
        self.view.clicked.connect(self._open)
        self.assess = QPushButton(_("Assess…"))
        self.assess.clicked.connect(self.assessment_requested)
        self.out, self.back, self.list = (
            QPushButton(_("Out of scope…")),
            QPushButton(_("Back in scope")),
            QPushButton(_("In the list of excerpts")),
        )
        self.out.clicked.connect(self.rule_out_requested)
        self.back.clicked.connect(self.rule_in_requested)
        self.list.clicked.connect(self.excerpts_requested)
        self._about = CellAbout(lines=())
        self._legend = Legend(cells)
        self._pages = QStackedWidget()
        self._lay_out()
        self.show_nothing()

    def _lay_out(self) -> None:
        head = QFrame()
        head.setProperty("role", "bar")
        column = QVBoxLayout(head)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        column.addWidget(self.place)
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.setContentsMargins(0, 2, 0, 0)
        for button in (self.assess, self.out, self.back, self.list):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        evidence = QWidget()
        own = QVBoxLayout(evidence)
        own.setContentsMargins(0, 0, 0, 0)
        own.setSpacing(0)
        own.addWidget(head)
        own.addWidget(self.view, 1)
        scroll = QScrollArea()
        scroll.setWidget(self._legend)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(_("Legend"))
        self._pages.addWidget(evidence)
        self._pages.addWidget(scroll)
        whole.addWidget(self._pages)

    def show_legend(self, is_shown: bool) -> None:
        """What the signs mean, in the place of the evidence."""
        self._pages.setCurrentIndex(1 if is_shown else 0)

    def recolour(self, theme: Theme, cells: CellPainter) -> None:
        """Use other colours."""
        self.card.set_theme(theme)
        self._legend.use(cells)

    def show_nothing(self) -> None:
        """No cell is chosen."""
        self.place.setText(_("No cell chosen"))
        self.words.setText(_("Choose a cell to see what stands behind it. Enter goes to its evidence."))
        self.model.show([])
        for button in (self.assess, self.out, self.back, self.list):
            button.hide()

    def show_cell(self, institution: Institution, paragraph: ScopeParagraph, cell: Cell) -> None:
        """How a cell stands; its evidence follows when it was read."""
        self.place.setText(place_in_words(institution, paragraph))
        self.words.setText(state_in_words(cell))
        self._about = CellAbout(lines=tuple(more_in_words(cell)))
        self.model.show([self._about])
        self.assess.show()
        self.out.setVisible(not cell.ruled_out)
        self.back.setVisible(bool(cell.ruled_out))
        self.list.setVisible(bool(cell.pieces))

    def show_evidence(self, rows: Sequence[EvidenceRow]) -> None:
        """The evidence, each side under its heading."""
        lines = [
            EvidenceLine(
                row=row,
                sign=SIDE_SIGNS[row.side],
                title=f"{_(SIDE_TITLES[row.side])} ({sum(other.side is row.side for other in rows)})",
                is_first=at == 0 or rows[at - 1].side is not row.side,
            )
            for at, row in enumerate(rows)
        ]
        self.model.show([self._about, *lines])

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        line = index.data(RECORD_ROLE)
        if isinstance(line, EvidenceLine):
            self.evidence_opened.emit(line.row)

    def take_focus(self) -> None:
        """Put the keyboard on the first piece of evidence."""
        if self.model.rowCount() and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(min(1, self.model.rowCount() - 1)))
        self.view.setFocus()
