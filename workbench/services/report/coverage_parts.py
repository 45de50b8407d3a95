"""The parts that say what was rated, and as plainly what was not: outstanding, out of scope, contested, left out."""

from __future__ import annotations

from workbench.domain.coverage import Cell, CellState, outstanding
from workbench.domain.coverage_table import period_in_words, rulings_in_words
from workbench.domain.event import EventStatus
from workbench.domain.report import Block, Run, Text
from workbench.services.inquiry_numbers import count_of
from workbench.services.report.writing import Writing, item, sentence, table


def ratings_table(writing: Writing) -> list[Block]:
    """Each institution against each scope paragraph: rated, out of scope with its reason, or outstanding."""
    matrix = writing.source.matrix
    columns = [("Institution", 2.5), *((paragraph.number, 2.0) for paragraph in matrix.paragraphs)]
    rows: list[list[str | tuple[Run, ...]]] = []
    for institution in matrix.institutions:
        cells = [_cell(writing, matrix.cell(institution.id, paragraph.id)) for paragraph in matrix.paragraphs]
        rows.append([institution.name, *cells])
    return table("Ratings by institution and scope paragraph", columns, rows)


def _cell(writing: Writing, cell: Cell) -> tuple[Run, ...]:
    """The ratings of a cell, each leading to its assessment; else why there is none."""
    source, runs = writing.source, list[Run]()
    for own in source.assessments:
        if (own.institution, own.scope) == (cell.institution, cell.paragraph):
            period = f", {period_in_words(own.period)}" if own.period else ""
            runs += [Text(text="\n")] if runs else []
            runs += [Text(text=f"{own.rating.value}{period} ("), *writing.references([own.id]), Text(text=")")]
    if not runs and cell.rated:
        runs.append(Text(text="rated, but left out for this audience"))
    if cell.ruled_out:
        runs += [Text(text="\n")] if runs else []
        runs.append(Text(text=f"out of scope: {rulings_in_words(cell)}"))
    if not runs:
        is_judged = source.matrix.is_judged(cell.paragraph)
        runs.append(Text(text="outstanding" if is_judged else "not judged"))
    if cell.state is CellState.CONTESTED:
        runs.append(Text(text="\ncontested", is_bold=True))
    return tuple(runs)


def outstanding_cells(writing: Writing) -> list[Block]:
    """Every institution and scope paragraph that has no rating and no reason for having none."""
    return [
        item(f"{missing.institution.name}, paragraph {missing.paragraph.number}: {sentence(missing.why)}")
        for missing in outstanding(writing.source.matrix)
    ]


def out_of_scope(writing: Writing) -> list[Block]:
    """What is not judged, each with its reason."""
    return [
        item(f"{institution.name}, paragraph {paragraph.number}: {sentence(rulings_in_words(cell))}")
        for institution, paragraph, cell in writing.source.matrix.every_cell()
        if cell.ruled_out
    ]


def contested(writing: Writing) -> list[Block]:
    """What the inquiry's own readers, or its sources, do not agree about, and orders that contradict each other."""
    source = writing.source
    blocks: list[Block] = []
    for institution, paragraph, cell in source.matrix.every_cell():
        for contest in cell.contests:
            blocks.append(item(f"{institution.name}, paragraph {paragraph.number}: {contest.value}."))
    for event in source.events:
        if event.status is EventStatus.DISPUTED:
            blocks.append(item(f"Disputed: event {source.numbers[event.id]}, {event.title}."))
    return [*blocks, *(item(told) for told in source.chronology.contradictions)]


def left_out(writing: Writing) -> list[Block]:
    """What is kept back from this audience and what does not stand any more, in numbers only."""
    source, told = writing.source, []
    if source.seen.dropped:
        nouns = ("event, assessment, sentence or response", "events, assessments, sentences and responses")
        many = count_of(len(source.seen.dropped), nouns)
        told.append(f"{many}, because what they rest on may not be shown to the audience “{source.audience}”.")
    if source.withdrawn_findings:
        told.append(f"{count_of(source.withdrawn_findings, ('finding', 'findings'))} that the inquiry withdrew.")
    return [item(text) for text in told]
