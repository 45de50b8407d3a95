"""The coverage matrix: for each institution and scope paragraph what is there, what was made of it, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from workbench.domain.analysis import Assessment, Rating, SecondReading
from workbench.domain.frame import Institution, ScopeParagraph
from workbench.domain.ids import AnyId, InstitutionId, ScopeExclusionId, ScopeParagraphId


class Side(StrEnum):
    """What a piece of evidence does in a cell; each piece stands on exactly one side of it.

    ``UNDATED`` pieces cannot be placed in the period that is looked at, ``WITHDRAWN`` ones are not relied on any more;
    neither counts as evidence, both are shown.
    """

    FOR = "for"
    AGAINST = "against"
    BOTH = "both ways"
    CONTEXT = "context"
    SILENT = "silent"
    UNDATED = "undated"
    WITHDRAWN = "withdrawn"


#: The sides that make a cell hold something to judge by.
EVIDENCE = (Side.FOR, Side.AGAINST, Side.BOTH, Side.CONTEXT, Side.SILENT)


class CellState(StrEnum):
    """How a cell stands, the one thing that it is painted and listed by."""

    RATED = "rated"
    CONTESTED = "contested"
    OUTSTANDING = "outstanding"
    EMPTY = "empty"
    OUT_OF_SCOPE = "out of scope"


class Contest(StrEnum):
    """Why a cell is contested."""

    BOTH_WAYS = "evidence both ways and no rating"
    READINGS = "a second reading differs"
    RATINGS = "assessments of overlapping periods disagree"
    RULED_OUT = "rated although ruled out of scope"


class Piece(NamedTuple):
    """One excerpt, event or negative search in a cell; ``is_doubtful`` when superseded, or its words were lost.

    A tuple, because a large matrix makes tens of thousands of them.
    """

    id: AnyId
    side: Side
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingOut:
    """Why a cell, or part of its period, is not judged; it may come from a paragraph above."""

    id: ScopeExclusionId
    reason: str
    period: str = ""
    is_whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One institution under one scope paragraph, for the period that is looked at.

    ``assessments`` are those whose period overlaps it, earliest first; ``unrated`` are the stretches of it (EDTF)
    for which nobody has rated; ``events`` are entries of the chronology that name both.
    """

    institution: InstitutionId
    paragraph: ScopeParagraphId
    state: CellState = CellState.EMPTY
    pieces: tuple[Piece, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    readings: tuple[SecondReading, ...] = ()
    contests: tuple[Contest, ...] = ()
    ruled_out: tuple[RulingOut, ...] = ()
    unrated: tuple[str, ...] = ()
    events: tuple[AnyId, ...] = ()
    counts: Mapping[Side, int] = field(default_factory=dict)

    def count(self, side: Side) -> int:
        """How many pieces of evidence stand on this side."""
        return self.counts.get(side, 0)

    @property
    def evidence(self) -> int:
        """All pieces that count."""
        return sum(self.count(side) for side in EVIDENCE)

    @property
    def doubtful(self) -> int:
        """Pieces that count although their document was superseded or their words were lost."""
        return sum(piece.is_doubtful for piece in self.pieces if piece.side in EVIDENCE)

    @property
    def rated(self) -> tuple[Assessment, ...]:
        """The assessments that give a rating."""
        return tuple(item for item in self.assessments if item.rating is not Rating.NOT_YET_ASSESSED)

    @property
    def ratings(self) -> tuple[Rating, ...]:
        """The different ratings, in the order of their periods."""
        return tuple(dict.fromkeys(item.rating for item in self.rated))

    @property
    def gaps(self) -> tuple[str, ...]:
        """What the assessments say is missing."""
        return tuple(dict.fromkeys(gap for item in self.assessments for gap in item.gaps))

    @property
    def is_missing(self) -> bool:
        """True while the cell is neither rated nor ruled out of scope."""
        return self.state is not CellState.OUT_OF_SCOPE and not self.rated


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """Excerpts that stand in no cell: they name an institution but no paragraph, or a paragraph but no institution."""

    by_institution: Mapping[InstitutionId, int] = field(default_factory=dict)
    by_paragraph: Mapping[ScopeParagraphId, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Every cell of a view. ``judged`` are the paragraphs that each institution is to be judged against.

    ``headings`` are the paragraphs that those shown stand under. Cells that nothing was said of are
    not kept; ``cell`` gives them all the same.
    """

    institutions: tuple[Institution, ...]
    paragraphs: tuple[ScopeParagraph, ...]
    judged: frozenset[ScopeParagraphId]
    cells: Mapping[tuple[InstitutionId, ScopeParagraphId], Cell] = field(default_factory=dict)
    period: str = ""
    case_study: str = ""
    loose: Loose = field(default_factory=Loose)
    headings: tuple[ScopeParagraph, ...] = ()

    def cell(self, institution: InstitutionId, paragraph: ScopeParagraphId) -> Cell:
        """The cell, an empty one where there is nothing."""
        return self.cells.get((institution, paragraph)) or Cell(institution=institution, paragraph=paragraph)

    def every_cell(self) -> Iterator[tuple[Institution, ScopeParagraph, Cell]]:
        """All cells, institution after institution."""
        for institution in self.institutions:
            for paragraph in self.paragraphs:
                yield institution, paragraph, self.cell(institution.id, paragraph.id)

    def is_judged(self, paragraph: ScopeParagraphId) -> bool:
        """True for a paragraph that each institution must be rated under, or ruled out of."""
        return paragraph in self.judged

    @property
    def most(self) -> int:
        """The most pieces that any cell has on one side; bars are drawn to this measure."""
        sides = (Side.FOR, Side.AGAINST)
        return max(
            (cell.count(side) + cell.count(Side.BOTH) for cell in self.cells.values() for side in sides), default=0
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One cell that is still to be dealt with, and why."""

    institution: Institution
    paragraph: ScopeParagraph
    cell: Cell
    why: str


NOTHING_FOUND = "nothing found and nothing said"
NOT_RATED = "evidence is there, not rated"
CONTESTED_NOT_RATED = "evidence both ways, not rated"


def outstanding(matrix: Matrix) -> tuple[Missing, ...]:
    """Every cell under a judged paragraph that is neither rated nor ruled out of scope with a reason.

    A cell of a judged paragraph that is not in this list is rated or out of scope: that is what the matrix promises.
    """
    return tuple(
        Missing(institution=institution, paragraph=paragraph, cell=cell, why=_why(cell))
        for institution, paragraph, cell in matrix.every_cell()
        if matrix.is_judged(paragraph.id) and cell.is_missing
    )


def _why(cell: Cell) -> str:
    if cell.state is CellState.CONTESTED:
        return CONTESTED_NOT_RATED
    return NOT_RATED if cell.state is CellState.OUTSTANDING else NOTHING_FOUND


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many cells of judged paragraphs stand how."""

    cells: int
    rated: int
    out_of_scope: int
    outstanding: int
    empty: int
    contested: int

    @property
    def settled(self) -> int:
        """Rated or ruled out."""
        return self.rated + self.out_of_scope


def tally(
    matrix: Matrix, *, institution: InstitutionId | None = None, paragraph: ScopeParagraphId | None = None
) -> Tally:
    """The tally of the whole matrix, of one row or of one column; contested cells are counted beside the others."""
    rows = [institution] if institution is not None else [item.id for item in matrix.institutions]
    columns = [paragraph] if paragraph is not None else [item.id for item in matrix.paragraphs]
    cells = [matrix.cell(row, column) for row in rows for column in columns if matrix.is_judged(column)]
    ruled_out = sum(cell.state is CellState.OUT_OF_SCOPE for cell in cells)
    missing = [cell for cell in cells if cell.is_missing]
    empty = sum(cell.state is CellState.EMPTY for cell in missing)
    return Tally(
        cells=len(cells),
        rated=len(cells) - ruled_out - len(missing),
        out_of_scope=ruled_out,
        outstanding=len(missing) - empty,
        empty=empty,
        contested=sum(cell.state is CellState.CONTESTED for cell in cells),
    )
