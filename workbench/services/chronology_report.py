"""Sets a chronology out as a report: one neutral line an event, contradictions and recorded orders at the end."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.domain.report import (
    Block,
    Cell,
    Column,
    ListItem,
    Paragraph,
    Part,
    Report,
    Run,
    Table,
    Text,
    cell,
    plain,
)
from workbench.services.chronology_sheet import ChronologySheet, Line

_COLUMNS = (
    Column(title="No.", width=0.55),
    Column(title="Date", width=1.35),
    Column(title="Event", width=3.3),
    Column(title="Status", width=0.95),
    Column(title="Sources", width=1.8),
    Column(title="Notes", width=1.9),
)


def chronology_report(investigation: str, sheet: ChronologySheet, about: Iterable[str], audience: str) -> Report:
    """The whole chronology as a report; ``about`` is what a reader has to know before the first line."""
    opening = Part(
        title="Chronology",
        numbering="none",
        blocks=(*(Paragraph(runs=plain(sentence)) for sentence in about), chronology_table(sheet)),
    )
    return Report(
        title="Chronology",
        subtitle=investigation,
        marking=f"For {audience}",
        details=(("For", audience), ("Events", f"{len(sheet.lines):,}"), ("Order", sheet.statement)),
        parts=(opening, *_lists(sheet)),
        contents_depth=0,
    )


def chronology_table(sheet: ChronologySheet) -> Table:
    """The events as one table, for this report and for any other."""
    return Table(columns=_COLUMNS, rows=tuple(_row(line) for line in sheet.lines))


def _row(line: Line) -> tuple[Cell, ...]:
    pages = [*line.sources, *line.bundle_pages]
    return (
        cell(line.number, is_head=True),
        cell(line.date),
        Cell(runs=tuple(_event(line))),
        cell(line.status),
        cell("\n".join(pages) or "None recorded"),
        cell("\n".join(filter(None, (line.dispute, *line.notes)))),
    )


def _event(line: Line) -> Iterable[Run]:
    yield Text(text=line.title)
    if line.words:
        yield Text(text=f"\n{line.words}", is_italic=True)
    who = "; ".join((*line.institutions, *line.people))
    if who:
        yield Text(text=f"\n{who}")


def _lists(sheet: ChronologySheet) -> Iterable[Part]:
    for title, sentences in (("Contradictions", sheet.contradictions), ("Recorded orders", sheet.orders)):
        if sentences:
            blocks: tuple[Block, ...] = tuple(ListItem(runs=plain(text), is_ordered=True) for text in sentences)
            yield Part(title=title, numbering="none", blocks=blocks)
