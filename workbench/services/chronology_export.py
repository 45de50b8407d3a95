"""Exports the chronology as Word, web page, workbook and CSV: neutral, sourced, in its stated order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from workbench.domain.audience import is_beyond_team
from workbench.domain.change import Action
from workbench.domain.errors import Refused
from workbench.domain.progress import Ticket
from workbench.exporters.chronology_files import SheetColumn, chronology_csv, chronology_xlsx
from workbench.exporters.report_docx import report_docx
from workbench.exporters.report_html import report_html
from workbench.services.builds import ExportRecord
from workbench.services.case_study_clearing import CaseStudyClearing
from workbench.services.chronology_report import chronology_report
from workbench.services.chronology_sheet import ChronologyAsked, ChronologySheet, Line, chronology_sheet
from workbench.services.clearing import Clearing
from workbench.services.handing_over import hand_over
from workbench.services.releasing import marked_words_override, release
from workbench.services.session import investigation_of
from workbench.store.case_file import CaseFile

_COLUMNS = (
    SheetColumn(title="No.", width=7),
    SheetColumn(title="Date", width=22),
    SheetColumn(title="Event", width=48),
    SheetColumn(title="In the witness's words", width=36),
    SheetColumn(title="Status", width=20),
    SheetColumn(title="Institutions", width=24),
    SheetColumn(title="People", width=12),
    SheetColumn(title="Sources", width=18),
    SheetColumn(title="Bundle pages", width=16),
    SheetColumn(title="Notes", width=40),
    SheetColumn(title="Earliest day", width=13),
    SheetColumn(title="Latest day", width=13),
    SheetColumn(title="Date (EDTF)", width=16),
)


def export_chronology(
    case: CaseFile,
    folder: Path,
    asked: ChronologyAsked,
    *,
    audience: str,
    override: str = "",
    ticket: Ticket | None = None,
) -> tuple[list[Path], list[str]]:
    """Write the chronology into ``folder``: the files, and a sentence about everything that was left out or lacks.

    Raises ``Refused`` when no event is left, ``LeaksFound`` and ``CheckFailed`` when the gate stops it.
    """
    ticket = ticket or Ticket()
    clearing = Clearing(case, audience, datetime.now(UTC).date())
    clearing.refuse_unreadable()
    cleared = CaseStudyClearing(case, clearing, ticket)
    try:
        sheet = chronology_sheet(case, asked, audience=audience, shown=cleared.shown)
    finally:
        cleared.close()
    if not sheet.lines:
        raise Refused("There is no event to export. Add events, or ask for fewer limits.")
    found = marked_words_override(case, clearing, "The chronology", _written(sheet), override)
    ticket.tick(0, 1, "chronology")
    files = _files(case, sheet, audience)
    overrides = tuple(f"{item.what} Reason: {item.reason}" for item in found)
    if is_beyond_team(audience):
        released = release(case, clearing, "The chronology", files, ticket, override=override)
        overrides += tuple(f"{item.what} Reason: {item.reason}" for item in released.overrides)
    record = ExportRecord(
        kind="chronology",
        title="chronology",
        audience=audience,
        files=files,
        case_study=asked.case_study,
        overrides=overrides,
    )
    return hand_over(case, folder, record, "The chronology was"), list(_told(sheet, audience))


def _files(case: CaseFile, sheet: ChronologySheet, audience: str) -> dict[str, bytes]:
    rows = [_cells(line) for line in sheet.lines]
    about = _about(case, sheet, audience)
    lists = [("About", about)]
    lists += [("Recorded orders", list(sheet.orders))] if sheet.orders else []
    lists += [("Contradictions", list(sheet.contradictions))] if sheet.contradictions else []
    report = chronology_report(investigation_of(case).title, sheet, about, audience)
    return {
        "chronology.docx": report_docx(report),
        "chronology.html": report_html(report),
        "chronology.xlsx": chronology_xlsx("Chronology", _COLUMNS, rows, lists),
        "chronology.csv": chronology_csv([column.title for column in _COLUMNS], rows),
    }


def _cells(line: Line) -> list[str]:
    return [
        line.number,
        line.date,
        line.title,
        line.words,
        f"{line.status}: {line.dispute}" if line.dispute else line.status,
        "; ".join(line.institutions),
        ", ".join(line.people),
        "; ".join(line.sources),
        "; ".join(line.bundle_pages),
        "\n".join(line.notes),
        line.earliest,
        line.latest,
        line.on,
    ]


def _about(case: CaseFile, sheet: ChronologySheet, audience: str) -> list[str]:
    """What a reader has to know before the first line."""
    about = [
        f"Chronology of “{investigation_of(case).title}”, for {audience}.",
        *sheet.limits,
        sheet.statement,
        f"Bundle pages are those of {sheet.bundle}." if sheet.bundle else "No bundle was built for this audience yet.",
        "Quotation marks hold the words of the source. The status is that recorded by the inquiry.",
    ]
    if sheet.without_source:
        about.append(_without_source(sheet))
    if sheet.contradictions:
        about.append(
            f"Contradictions between dates and recorded orders: {len(sheet.contradictions)}, listed at the end."
        )
    about.append(f"Made from the case as of the history entry with the digest {_evidence_head(case)}.")
    return about


def _evidence_head(case: CaseFile) -> str:
    """The newest entry that is no hand-over itself, so that exporting twice gives the same file."""
    entries = case.history(newest_first=True)
    return next(entry.digest for entry in entries if entry.action not in (Action.EXPORT, Action.BUILD))


def _without_source(sheet: ChronologySheet) -> str:
    count = sheet.without_source
    return f"{count} event{'s rest' if count != 1 else ' rests'} on no recorded source; the notes say which."


def _told(sheet: ChronologySheet, audience: str) -> Iterator[str]:
    if sheet.left_out:
        yield (
            f"{sheet.left_out} events were left out, because what they rest on may not be shown to the audience "
            f"“{audience}”."
        )
    if sheet.without_source:
        yield _without_source(sheet)
    yield from (f"Contradiction: {sentence}" for sentence in sheet.contradictions)


def _written(sheet: ChronologySheet) -> Iterator[tuple[str, str]]:
    for line in sheet.lines:
        yield f"the event {line.number}", "\n".join([line.title, line.words, line.dispute, *line.notes])
    for number, sentence in enumerate((*sheet.orders, *sheet.contradictions), 1):
        yield f"recorded order {number}", sentence
