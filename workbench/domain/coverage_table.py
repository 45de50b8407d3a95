"""The coverage matrix as plain rows, one a cell: what the terminal, the spreadsheet, CSV and JSON all show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.domain.analysis import Assessment, Rating
from workbench.domain.coverage import Cell, CellState, Matrix, Missing, Side, Tally, outstanding, tally
from workbench.domain.dates import in_words
from workbench.domain.errors import Refused
from workbench.domain.frame import Institution, ScopeParagraph

#: What a cell's row holds, in order.
CELL_COLUMNS = (
    "institution", "paragraph", "paragraph_text", "judged", "state", "ratings", "for", "against", "both_ways",
    "context", "silent", "undated", "withdrawn", "doubtful", "events", "contested", "out_of_scope", "not_rated_for",
    "gaps", "assessed_by", "second_readings",
)  # fmt: skip
MISSING_COLUMNS = ("institution", "paragraph", "paragraph_text", "why", "evidence", "events", "contested")
Row = dict[str, str | int | bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageTable:
    """The matrix in rows: every cell, every cell that is missing, what stands in no cell, and the tally."""

    period: str
    case_study: str
    cells: tuple[Row, ...]
    missing: tuple[Row, ...]
    loose: tuple[Row, ...]
    tally: Tally


def coverage_table(matrix: Matrix) -> CoverageTable:
    """The rows of a matrix."""
    return CoverageTable(
        period=matrix.period,
        case_study=matrix.case_study,
        cells=tuple(cell_row(matrix, *found) for found in matrix.every_cell()),
        missing=tuple(map(_missing_row, outstanding(matrix))),
        loose=tuple(_loose_rows(matrix)),
        tally=tally(matrix),
    )


def cell_row(matrix: Matrix, institution: Institution, paragraph: ScopeParagraph, cell: Cell) -> Row:
    """One cell in words and numbers."""
    return {
        "institution": institution.name,
        "paragraph": paragraph.number,
        "paragraph_text": paragraph.text,
        "judged": matrix.is_judged(paragraph.id),
        "state": cell.state.value,
        "ratings": ratings_in_words(cell.rated),
        "for": cell.count(Side.FOR),
        "against": cell.count(Side.AGAINST),
        "both_ways": cell.count(Side.BOTH),
        "context": cell.count(Side.CONTEXT),
        "silent": cell.count(Side.SILENT),
        "undated": cell.count(Side.UNDATED),
        "withdrawn": cell.count(Side.WITHDRAWN),
        "doubtful": cell.doubtful,
        "events": len(cell.events),
        "contested": "; ".join(contest.value for contest in cell.contests),
        "out_of_scope": rulings_in_words(cell),
        "not_rated_for": ", ".join(map(period_in_words, cell.unrated)),
        "gaps": "; ".join(cell.gaps),
        "assessed_by": ", ".join(dict.fromkeys(item.author for item in cell.assessments if item.author)),
        "second_readings": "; ".join(f"{item.reader}: {item.rating.value}" for item in cell.readings),
    }


def ratings_in_words(rated: Sequence[Assessment]) -> str:
    """``inadequate (between 2013 and 2014); adequate (2015)``."""
    return "; ".join(
        item.rating.value + (f" ({period_in_words(item.period)})" if item.period else "") for item in rated
    )


def evidence_in_words(cell: Cell) -> str:
    """``7 for, 5 against, 1 context``; "" for nothing."""
    return ", ".join(f"{cell.count(side)} {side.value}" for side in Side if cell.count(side))


def rulings_in_words(cell: Cell) -> str:
    """The reasons why a cell, or part of its period, is out of scope."""
    return "; ".join(
        item.reason + (f" ({period_in_words(item.period)} only)" if item.period and not item.is_whole else "")
        for item in cell.ruled_out
    )


def period_in_words(period: str) -> str:
    """``2013 to 2014``; as it is written where it cannot be read."""
    left, slash, right = period.partition("/")
    try:
        if slash and left not in ("", "..") and right not in ("", ".."):
            return f"{in_words(left)} to {in_words(right)}"
        return in_words(period)
    except Refused:
        return period


def _missing_row(item: Missing) -> Row:
    return {
        "institution": item.institution.name,
        "paragraph": item.paragraph.number,
        "paragraph_text": item.paragraph.text,
        "why": item.why,
        "evidence": item.cell.evidence,
        "events": len(item.cell.events),
        "contested": "yes" if item.cell.state is CellState.CONTESTED else "",
    }


def _loose_rows(matrix: Matrix) -> list[Row]:
    rows: list[Row] = [
        {"names": item.name, "lacks": "a scope paragraph", "excerpts": matrix.loose.by_institution[item.id]}
        for item in matrix.institutions
        if item.id in matrix.loose.by_institution
    ]
    return rows + [
        {"names": item.number, "lacks": "an institution", "excerpts": matrix.loose.by_paragraph[item.id]}
        for item in matrix.paragraphs
        if item.id in matrix.loose.by_paragraph
    ]


#: One letter for each rating, for small cells; always with a legend.
RATING_LETTERS = {
    Rating.ADEQUATE: "A",
    Rating.PARTLY_ADEQUATE: "P",
    Rating.INADEQUATE: "I",
    Rating.NOT_ASSESSABLE: "N",
    Rating.NOT_YET_ASSESSED: "",
}


def cell_code(cell: Cell) -> str:
    """A cell in a few signs: ``I/P! +7 -7`` rated both, contested, seven for and seven against; ``.`` empty."""
    letters = "/".join(RATING_LETTERS[rating] for rating in cell.ratings)
    mark = "!" if cell.state is CellState.CONTESTED else ""
    head = letters or ("x" if cell.state is CellState.OUT_OF_SCOPE else "" if mark else "?" if cell.pieces else "")
    both = cell.count(Side.BOTH)
    numbers = [
        f"{sign}{count}"
        for sign, count in (("+", cell.count(Side.FOR)), ("-", cell.count(Side.AGAINST)), ("±", both))
        if count
    ]
    other = cell.count(Side.CONTEXT) + cell.count(Side.SILENT)
    numbers += [f"o{other}"] if other and not numbers else []
    return " ".join(part for part in (head + mark, *numbers) if part) or "."


LEGEND = (
    "A adequate, P partly adequate, I inadequate, N not assessable, ? not rated, ! contested, x out of scope, "
    ". nothing; + for, - against, ± both ways, o context or silent only"
)


def as_json(table: CoverageTable) -> dict[str, object]:
    """The table as one object."""
    counted = table.tally
    return {
        "period": table.period,
        "case_study": table.case_study,
        "tally": {
            "cells": counted.cells,
            "rated": counted.rated,
            "out_of_scope": counted.out_of_scope,
            "outstanding": counted.outstanding,
            "empty": counted.empty,
            "contested": counted.contested,
        },
        "cells": [dict(row) for row in table.cells],
        "missing": [dict(row) for row in table.missing],
        "in_no_cell": [dict(row) for row in table.loose],
    }


def tally_in_words(counted: Tally) -> str:
    """One sentence for the head of every picture and table."""
    missing = counted.outstanding + counted.empty
    parts = [f"{counted.rated} rated", f"{counted.out_of_scope} out of scope", f"{missing} missing"]
    parts[2] += f" ({counted.outstanding} with evidence, {counted.empty} with nothing)" if missing else ""
    return f"{counted.cells} cells: {', '.join(parts)}; {counted.contested} contested."
