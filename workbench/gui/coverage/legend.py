"""What the signs of the coverage matrix mean, painted with the same brush as the matrix."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from workbench.domain.analysis import Assessment, Rating
from workbench.domain.coverage import Cell, CellState, Contest, Piece, RulingOut, Side
from workbench.domain.ids import AnyId, AssessmentId, InstitutionId, ScopeExclusionId, ScopeParagraphId
from workbench.gui.coverage.painter import CELL_HEIGHT, CellPainter, look_of
from workbench.gui.coverage.wording import STATE_TITLES
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _

_SAMPLE_PX = 72.0
_ROW, _SCOPE = InstitutionId("ins_"), ScopeParagraphId("scp_")


def _sample(state: CellState, *sides: Side, rating: Rating | None = None, **more: object) -> Cell:
    pieces = tuple(Piece(AnyId(f"exc_{at}"), side) for at, side in enumerate(sides))
    rated = (Assessment(id=AssessmentId("asm_"), institution=_ROW, scope=_SCOPE, rating=rating),) if rating else ()
    return Cell(
        institution=_ROW, paragraph=_SCOPE, state=state, pieces=pieces, assessments=rated,
        counts={side: sides.count(side) for side in set(sides)}, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _rated(rating: Rating, title: str) -> tuple[Cell, str]:
    return _sample(CellState.RATED, Side.AGAINST, Side.FOR, Side.FOR, rating=rating), title


_SAMPLES: tuple[tuple[Cell, str], ...] = (
    _rated(Rating.ADEQUATE, mark("Adequate (A)")),
    _rated(Rating.PARTLY_ADEQUATE, mark("Partly adequate (P)")),
    _rated(Rating.INADEQUATE, mark("Inadequate (I)")),
    _rated(Rating.NOT_ASSESSABLE, mark("Not assessable (N)")),
    (
        _sample(CellState.RATED, rating=Rating.PARTLY_ADEQUATE, unrated=("2015",)),
        mark("Settled for a part of the period"),
    ),
    (
        _sample(CellState.CONTESTED, Side.FOR, Side.AGAINST, contests=(Contest.BOTH_WAYS,)),
        STATE_TITLES[CellState.CONTESTED],
    ),
    (_sample(CellState.OUTSTANDING, Side.FOR, Side.AGAINST), mark("Not rated; left against, right for")),
    (_sample(CellState.OUTSTANDING, Side.CONTEXT), mark("Not rated; context or silent only")),
    (_sample(CellState.EMPTY), STATE_TITLES[CellState.EMPTY]),
    (
        _sample(CellState.OUT_OF_SCOPE, ruled_out=(RulingOut(id=ScopeExclusionId("sxc_"), reason=""),)),
        STATE_TITLES[CellState.OUT_OF_SCOPE],
    ),
)
_GAP = 8


def sample_places(width: float, cells: CellPainter) -> list[tuple[float, float]]:
    """Where each sample stands, side by side in columns of equal width, and below where there is no room."""
    metrics = QFontMetricsF(cells.font)
    column = _SAMPLE_PX + max(metrics.horizontalAdvance(_(title)) for _cell, title in _SAMPLES) + 4 * _GAP
    across = max(int(width // column), 1)
    return [(at % across * column, at // across * (CELL_HEIGHT + _GAP)) for at in range(len(_SAMPLES))]


def legend_height(width: float, cells: CellPainter) -> float:
    """How high the legend is at a width."""
    return sample_places(width, cells)[-1][1] + CELL_HEIGHT


def paint_legend(painter: QPainter, box: QRectF, cells: CellPainter) -> None:
    """A sample of each state with its name."""
    flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
    for (cell, title), (left, top) in zip(_SAMPLES, sample_places(box.width(), cells), strict=True):
        place = QRectF(box.left() + left, box.top() + top, _SAMPLE_PX, CELL_HEIGHT)
        cells.paint(painter, place, look_of(cell, is_judged=True), most=3)
        painter.setFont(cells.font)
        painter.setPen(QColor(cells.theme.muted))
        painter.drawText(QRectF(place.right() + _GAP, place.top(), box.width(), CELL_HEIGHT), flags, _(title))


class Legend(QWidget):
    """The legend below the matrix, as high as its width needs."""

    def __init__(self, cells: CellPainter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = cells
        self.setAccessibleName(_("Legend") + ": " + ", ".join(_(title) for _cell, title in _SAMPLES))
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def use(self, cells: CellPainter) -> None:
        """Paint with this brush."""
        self._cells = cells
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(legend_height(width - 2 * _GAP, self._cells)) + 2 * _GAP

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._cells.theme.surface))
        paint_legend(painter, QRectF(self.rect()).adjusted(_GAP, _GAP, -_GAP, -_GAP), self._cells)
        painter.end()
