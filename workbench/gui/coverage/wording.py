"""A cell of the coverage matrix in words: for tooltips, for the pane beside the matrix and for screen readers."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.domain.analysis import Assessment, Rating
from workbench.domain.coverage import Cell, CellState, Contest, Side, Tally
from workbench.domain.coverage_table import period_in_words
from workbench.domain.frame import Institution, ScopeParagraph
from workbench.gui.wording import shortened
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _

#: How the sides are headed where the evidence of a cell is listed.
SIDE_TITLES = {
    Side.FOR: mark("For"),
    Side.AGAINST: mark("Against"),
    Side.BOTH: mark("Both ways"),
    Side.CONTEXT: mark("Context"),
    Side.SILENT: mark("Silent"),
    Side.UNDATED: mark("Undated, not counted in this period"),
    Side.WITHDRAWN: mark("Withdrawn, not counted"),
}
SIDE_SIGNS = {
    Side.FOR: "+",
    Side.AGAINST: "−",
    Side.BOTH: "±",
    Side.CONTEXT: "·",
    Side.SILENT: "○",
    Side.UNDATED: "?",
    Side.WITHDRAWN: "×",
}
#: How the states are called.
STATE_TITLES = {
    CellState.RATED: mark("Rated"),
    CellState.CONTESTED: mark("Contested"),
    CellState.OUTSTANDING: mark("Evidence, not rated"),
    CellState.EMPTY: mark("Nothing found"),
    CellState.OUT_OF_SCOPE: mark("Out of scope"),
}
CONTEST_WORDS = {
    Contest.BOTH_WAYS: mark("evidence both ways and no rating"),
    Contest.READINGS: mark("a second reading differs"),
    Contest.RATINGS: mark("assessments of overlapping periods disagree"),
    Contest.RULED_OUT: mark("rated although ruled out of scope"),
}
#: The ratings in few letters, for small cells.
RATING_WORDS = {
    Rating.ADEQUATE: mark("Adequate"),
    Rating.PARTLY_ADEQUATE: mark("Partly"),
    Rating.INADEQUATE: mark("Inadequate"),
    Rating.NOT_ASSESSABLE: mark("Not assessable"),
    Rating.NOT_YET_ASSESSED: mark("Not yet assessed"),
}
_COUNTED = {
    Side.FOR: mark("{n:,} for"),
    Side.AGAINST: mark("{n:,} against"),
    Side.BOTH: mark("{n:,} both ways"),
    Side.CONTEXT: mark("{n:,} context"),
    Side.SILENT: mark("{n:,} silent"),
    Side.UNDATED: mark("{n:,} undated"),
    Side.WITHDRAWN: mark("{n:,} withdrawn"),
}


def place_in_words(institution: Institution, paragraph: ScopeParagraph) -> str:
    """``Northmere · 2.4 The response of law enforcement.``"""
    return f"{institution.name} · {paragraph.number} {shortened(paragraph.text, 90)}"


def state_in_words(cell: Cell) -> str:
    """``Contested: evidence both ways and no rating`` or ``Inadequate (2013 to 2014)``."""
    if cell.contests:
        return f"{_(STATE_TITLES[CellState.CONTESTED])}: " + "; ".join(_(CONTEST_WORDS[c]) for c in cell.contests)
    if cell.rated:
        return ratings_in_words(cell.rated)
    if cell.state is CellState.OUT_OF_SCOPE:
        return f"{_(STATE_TITLES[cell.state])}: " + "; ".join(item.reason for item in cell.ruled_out)
    return _(STATE_TITLES[cell.state])


def ratings_in_words(rated: Sequence[Assessment]) -> str:
    """Every rating with its period."""
    return "; ".join(
        _(item.rating.value).capitalize() + (f" ({period_in_words(item.period)})" if item.period else "")
        for item in rated
    )


def evidence_in_words(cell: Cell) -> str:
    """``2 for, 5 against, 3 context``; "" for nothing."""
    return ", ".join(_(_COUNTED[side]).format(n=cell.count(side)) for side in Side if cell.count(side))


def details_in_words(cell: Cell) -> list[str]:
    """Everything about a cell, a line each; nothing that is there is left out."""
    return [state_in_words(cell), *more_in_words(cell)]


def more_in_words(cell: Cell) -> list[str]:
    """What is to be known of a cell beside its state, a line each."""
    lines: list[str] = []
    if cell.contests and cell.rated:
        lines.append(ratings_in_words(cell.rated))
    if cell.state is not CellState.OUT_OF_SCOPE:
        lines += [
            _("Out of scope ({period}): {reason}").format(
                period=period_in_words(item.period) or _("all of it"), reason=item.reason
            )
            for item in cell.ruled_out
        ]
    lines += [
        _("{reader} read it as {rating}").format(reader=item.reader, rating=_(item.rating.value))
        for item in cell.readings
    ]
    if cell.unrated:
        lines.append(_("Not rated for {periods}").format(periods=", ".join(map(period_in_words, cell.unrated))))
    lines.append(evidence_in_words(cell) or _("No evidence"))
    if cell.doubtful:
        lines.append(_("{n} of it superseded or no longer found where it was marked").format(n=cell.doubtful))
    if cell.events:
        lines.append(_.count("{n} event names both", "{n} events name both", len(cell.events)))
    lines += [_("Gap: {gap}").format(gap=gap) for gap in cell.gaps]
    return lines


def spoken_cell(institution: Institution, paragraph: ScopeParagraph, cell: Cell) -> str:
    """A cell as it is read aloud."""
    return f"{institution.name}, {paragraph.number}: " + ". ".join(details_in_words(cell))


def tally_in_words(counted: Tally) -> str:
    """``4 of 30 rated · 1 out of scope · 25 missing · 3 contested``."""
    parts = [
        _("{n:,} of {all:,} rated").format(n=counted.rated, all=counted.cells),
        _("{n:,} out of scope").format(n=counted.out_of_scope) if counted.out_of_scope else "",
        _("{n:,} missing").format(n=counted.outstanding + counted.empty),
        _("{n:,} contested").format(n=counted.contested) if counted.contested else "",
    ]
    return " · ".join(part for part in parts if part)
