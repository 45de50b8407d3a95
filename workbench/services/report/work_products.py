"""All tables of a case study, or of the whole case, in the order in which people ask for them."""

from __future__ import annotations

from workbench.domain.report import Report
from workbench.exporters.tables_xlsx import SheetTable
from workbench.services.report import analysis_tables, evidence_tables, reading_tables
from workbench.services.report.bundle_pages import BundlePages
from workbench.services.report.source import ReportSource
from workbench.services.report.tabling import Tabling, WorkTable


def work_products(source: ReportSource, pages: BundlePages, report: Report | None = None) -> tuple[WorkTable, ...]:
    """Every table; of a report also its footnotes."""
    tabling = Tabling(source=source, pages=pages)
    tables = (
        evidence_tables.documents(tabling),
        evidence_tables.excerpts(tabling),
        evidence_tables.links(tabling),
        evidence_tables.chronology(tabling),
        evidence_tables.standards(tabling),
        analysis_tables.assessments(tabling),
        analysis_tables.ledger(tabling),
        analysis_tables.lessons(tabling),
        analysis_tables.recommendations(tabling),
        analysis_tables.responses(tabling),
        reading_tables.people(tabling),
        reading_tables.issues(tabling),
        reading_tables.reading(tabling),
        reading_tables.published(tabling, source.clearing.today),
    )
    return (*tables, reading_tables.footnotes(report)) if report is not None else tables


def sheets(tables: tuple[WorkTable, ...]) -> list[SheetTable]:
    """The tables as a workbook takes them."""
    return [SheetTable(title=item.title, columns=item.columns, rows=item.rows, note=item.note) for item in tables]


#: What somebody quoted from a page, not what somebody wrote: it is cleared excerpt by excerpt.
QUOTED = frozenset({"Words", "Words it rests on", "Footnote as printed", "In the words of the source"})


def written_in(tables: tuple[WorkTable, ...]) -> list[tuple[str, str]]:
    """(where, text) of everything in the tables that a person wrote."""
    return [
        (f"the table “{item.title}”", f"{value}")
        for item in tables
        for row in item.rows
        for name, value in zip(item.columns, row, strict=True)
        if isinstance(value, str) and name not in QUOTED
    ]


def words_of(tables: tuple[WorkTable, ...]) -> str:
    """Everything that the tables say, for the record of an export."""
    return "\n".join(str(value) for item in tables for row in item.rows for value in row if isinstance(value, str))
