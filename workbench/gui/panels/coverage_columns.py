"""The columns of the coverage matrix as a table, one row a cell, for those who read it row by row."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.coverage import Cell, Matrix, Side
from workbench.domain.frame import Institution, ScopeParagraph
from workbench.gui.columns import Column
from workbench.gui.coverage.grid_model import names_of
from workbench.gui.coverage.wording import CONTEST_WORDS, STATE_TITLES, details_in_words, ratings_in_words
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRow:
    """One cell with what it stands under."""

    institution: Institution
    paragraph: ScopeParagraph
    cell: Cell
    position: int

    @property
    def id(self) -> str:
        return f"{self.institution.id}|{self.paragraph.id}"


def cell_rows(matrix: Matrix) -> list[CellRow]:
    """Every cell of the matrix."""
    return [
        CellRow(institution=institution, paragraph=paragraph, cell=cell, position=at)
        for at, (institution, paragraph, cell) in enumerate(matrix.every_cell())
    ]


def searched(row: CellRow) -> str:
    """What the filter looks through: the names of the institution, as in the matrix."""
    return names_of(row.institution)


def _count(identifier: str, title: str, side: Side, rank: int) -> Column:
    return Column(
        id=identifier,
        title=title,
        text=lambda r: str(r.cell.count(side) or "–"),
        sort_key=lambda r: r.cell.count(side),
        width=max(len(title), 4),
        rank=rank,
        is_number=True,
    )


def remark(cell: Cell) -> str:
    """Why it is contested or out of scope, or what is not rated."""
    return ". ".join(details_in_words(cell)[1:])


COVERAGE_COLUMNS: tuple[Column, ...] = (
    Column(
        id="institution",
        title=mark("Institution"),
        text=lambda r: r.institution.name,
        sort_key=lambda r: (r.institution.name.casefold(), r.position),
        width=16,
        stretches=True,
    ),
    Column(
        id="paragraph",
        title=mark("Scope"),
        text=lambda r: r.paragraph.number,
        sort_key=lambda r: (r.paragraph.position, r.institution.name.casefold()),
        said=lambda r: f"{r.paragraph.number} {r.paragraph.text}",
        width=5,
    ),
    Column(
        id="state",
        title=mark("State"),
        text=lambda r: _(STATE_TITLES[r.cell.state]),
        sort_key=lambda r: r.cell.state,
        width=12,
    ),
    _count("for", mark("For"), Side.FOR, 1),
    _count("against", mark("Against"), Side.AGAINST, 2),
    Column(
        id="rating",
        title=mark("Rating"),
        text=lambda r: ratings_in_words(r.cell.rated) or "–",
        sort_key=lambda r: r.cell.ratings,
        width=16,
        rank=3,
    ),
    _count("both", mark("Both ways"), Side.BOTH, 6),
    _count("context", mark("Context"), Side.CONTEXT, 4),
    _count("silent", mark("Silent"), Side.SILENT, 7),
    _count("undated", mark("Undated"), Side.UNDATED, 8),
    Column(
        id="contested",
        title=mark("Contested"),
        text=lambda r: "; ".join(_(CONTEST_WORDS[c]) for c in r.cell.contests),
        sort_key=lambda r: r.cell.contests,
        width=22,
        rank=9,
    ),
    Column(
        id="remark",
        title=mark("Remarks"),
        text=lambda r: remark(r.cell),
        sort_key=lambda r: remark(r.cell),
        width=30,
        rank=10,
    ),
)
