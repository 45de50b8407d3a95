"""Exports the work products of a case or a case study as one workbook and as CSV files, proved and recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workbench.domain.audience import TEAM, checked_audience
from workbench.domain.errors import WorkbenchError
from workbench.domain.ids import CaseStudyId
from workbench.domain.progress import Ticket
from workbench.exporters.report_folder import written_folder
from workbench.exporters.tables_csv import table_csv
from workbench.exporters.tables_xlsx import tables_xlsx
from workbench.services.builds import ExportRecord, record_export
from workbench.services.bundling import file_stem
from workbench.services.case_study_citing import citations
from workbench.services.case_study_clearing import CaseStudyClearing
from workbench.services.clearing import Clearing
from workbench.services.releasing import (
    marked_words_override,
    refuse_unfounded,
    refuse_unsupported,
    refuse_unwarned_criticism,
    release,
)
from workbench.services.report.bundle_pages import bundle_pages
from workbench.services.report.source import ReportSource, source_of
from workbench.services.report.tabling import WorkTable
from workbench.services.report.whole_case import WHOLE
from workbench.services.report.work_products import sheets, words_of, work_products, written_in
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesOrder:
    """What is asked for: a case study (none: the whole case), for whom, and the build whose pages are named."""

    study: CaseStudyId | None = None
    audience: str = TEAM
    build: str = ""
    override: str = ""
    override_findings: str = ""


def export_tables(
    case: CaseFile, folder: Path, order: TablesOrder, ticket: Ticket | None = None
) -> tuple[list[Path], list[str]]:
    """Write the tables into a folder of their own: the files, workbook first, and what has to be said.

    To the team red findings are told, not refused: the ledger is what they are put right with.
    """
    ticket = ticket or Ticket()
    clearing = Clearing(case, checked_audience(order.audience), datetime.now(UTC).date())
    clearing.refuse_unreadable()
    cleared = CaseStudyClearing(case, clearing, ticket)
    try:
        source = source_of(case, order.study or WHOLE, clearing, cleared.shown)
        tables = work_products(source, bundle_pages(case, order.study, clearing.audience, order.build))
    finally:
        cleared.close()
    overrides, told = _gates(source, tables, order)
    target = folder / f"{file_stem(source.study.title)} tables"
    files, notes = _files(tables, ticket)
    recorded = {f"{target.name}/{name}": content for name, content in files.items()}
    if not clearing.is_open:
        released = release(case, clearing, "The tables", recorded, ticket, override=order.override)
        overrides += [f"{item.what} Reason: {item.reason}" for item in released.overrides]
    record = ExportRecord(
        kind="tables",
        title=f"tables: {source.study.title}",
        audience=clearing.audience,
        files=recorded,
        case_study=order.study,
        overrides=tuple(overrides),
        pdf_words={next(iter(recorded)): words_of(tables)},
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with written_folder(target, files):
            record_export(case, record)
    except OSError as error:
        raise WorkbenchError(
            f"The tables were not written to “{folder}”: {error.strerror}. Close them if they are open, and check the "
            "disk."
        ) from error
    return [target / name for name in files], [*told, *notes]


def _gates(source: ReportSource, tables: tuple[WorkTable, ...], order: TablesOrder) -> tuple[list[str], list[str]]:
    """What was overridden with a reason, and what has to be said; raises for what stops an export."""
    case, clearing = source.case, source.clearing
    warned = refuse_unwarned_criticism(case, clearing, source.findings)
    found = list(warned.overrides)
    if not clearing.is_open:
        found += refuse_unsupported(case, source.findings, order.override_findings)
        found += refuse_unfounded(case, source.recommendations, order.override_findings)
    found += marked_words_override(case, clearing, "The tables", written_in(tables), order.override)
    cited = {source.excerpts[item].document for item in citations(source.records) if item in source.excerpts}
    told = source.to_be_told([item for item in source.documents.values() if item.id in cited])
    return [f"{item.what} Reason: {item.reason}" for item in found], [*warned.notices, *told]


def _files(tables: tuple[WorkTable, ...], ticket: Ticket) -> tuple[dict[str, bytes], tuple[str, ...]]:
    ticket.tick(0, 2, "tables.xlsx")
    workbook = tables_xlsx(sheets(tables))
    ticket.tick(1, 2, "CSV")
    files = {"tables.xlsx": workbook.content}
    return files | {f"{own.name}.csv": table_csv(sheet) for own, sheet in zip(tables, sheets(tables), strict=True)}, (
        workbook.notes
    )
