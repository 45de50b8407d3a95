"""What the signs of the coverage matrix mean, painted with the same brush as the matrix."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from workbench.domain.analysis import Assessment, Rating
from workbench.domain.coverage import Cell, CellState, Contest, Piece, RulingOut, Side
from workbench.domain.ids import AnyId, AssessmentId, InstitutionId, ScopeExclusionId, ScopeParagraphId
from workbench.gui.coverage.painter import CELL_HEIGHT, Around, CellPainter
from workbench.gui.coverage.wording import STATE_TITLES
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _

LEGEND_HEIGHT = 64
_SAMPLE_PX = 64.0
_ROW, _SCOPE = InstitutionId("ins_"), ScopeParagraphId("scp_")


def _sample(state: CellState, *sides: Side, rating: Rating | None = None, **more: object) -> Cell:
    pieces = tuple(Piece(AnyId(f"exc_{at}"), side) for at, side in enumerate(sides))
    rated = (Assessment(id=AssessmentId("asm_"), institution=_ROW, scope=_SCOPE, rating=rating),) if rating else ()
    return Cell(
        institution=_ROW, paragraph=_SCOPE, state=state, pieces=pieces, assessments=rated,
        counts={side: sides.count(side) for side in set(sides)}, **more,  # type: ignore[arg-type]
    )  # fmt: skip


_SAMPLES: tuple[tuple[Cell, str], ...] = (
    (
        _sample(CellState.RATED, Side.AGAINST, Side.FOR, Side.FOR, rating=Rating.ADEQUATE),
        mark("Rated; left against, right for"),
    ),
    (
        _sample(CellState.CONTESTED, Side.FOR, Side.AGAINST, contests=(Contest.BOTH_WAYS,)),
        STATE_TITLES[CellState.CONTESTED],
    ),
    (_sample(CellState.OUTSTANDING, Side.FOR), STATE_TITLES[CellState.OUTSTANDING]),
    (_sample(CellState.EMPTY), STATE_TITLES[CellState.EMPTY]),
    (
        _sample(CellState.OUT_OF_SCOPE, ruled_out=(RulingOut(id=ScopeExclusionId("sxc_"), reason=""),)),
        STATE_TITLES[CellState.OUT_OF_SCOPE],
    ),
    (
        _sample(CellState.RATED, rating=Rating.PARTLY_ADEQUATE, unrated=("2015",)),
        mark("Rated for a part of the period"),
    ),
)


def paint_legend(painter: QPainter, box: QRectF, cells: CellPainter) -> None:
    """A sample of each state with its name, side by side."""
    left = box.left()
    for cell, title in _SAMPLES:
        cells.paint(painter, QRectF(left, box.top() + 8, _SAMPLE_PX, CELL_HEIGHT), cell, Around(most=3))
        painter.setFont(cells.small)
        painter.setPen(QColor(cells.theme.muted))
        width = QFontMetricsF(cells.small).horizontalAdvance(_(title)) + 4
        words = QRectF(left + _SAMPLE_PX + 6, box.top() + 8, width, CELL_HEIGHT)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), _(title))
        left += _SAMPLE_PX + width + 18
