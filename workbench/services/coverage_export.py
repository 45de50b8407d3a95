"""Exports the coverage matrix as workbook, CSV and JSON; beyond the team without what may not be shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from workbench.domain.analysis import Assessment, Finding, FindingKind, FindingStatus, Rating, Sentence
from workbench.domain.audience import is_beyond_team
from workbench.domain.change import Action
from workbench.domain.coverage import Cell, CellState, Matrix
from workbench.domain.coverage_counting import CoverageRecords, CoverageView, build_matrix
from workbench.domain.coverage_table import (
    CELL_COLUMNS,
    MISSING_COLUMNS,
    CoverageTable,
    as_json,
    coverage_table,
    evidence_in_words,
    period_in_words,
    ratings_in_words,
    rulings_in_words,
    tally_in_words,
)
from workbench.domain.errors import WorkbenchError
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt
from workbench.domain.ids import CaseStudyId
from workbench.domain.progress import Ticket
from workbench.exporters.atomic import whole_files
from workbench.exporters.coverage_xlsx import CoverageSheets, MatrixCell, coverage_xlsx
from workbench.exporters.registers import register_csv
from workbench.services.builds import ExportRecord, record_export
from workbench.services.case_study_clearing import CaseStudyClearing
from workbench.services.clearing import Clearing
from workbench.services.coverage import coverage_view, read_records
from workbench.services.releasing import marked_words_override, refuse_unwarned_criticism, release
from workbench.services.session import investigation_of
from workbench.store.case_file import CaseFile

#: The titles of columns on sheets.
TITLES = {
    "institution": "Institution", "paragraph": "Scope", "paragraph_text": "Paragraph", "judged": "To be judged",
    "state": "State", "ratings": "Ratings", "for": "For", "against": "Against", "both_ways": "Both ways",
    "context": "Context", "silent": "Silent", "undated": "Undated", "withdrawn": "Withdrawn",
    "doubtful": "Superseded or lost", "events": "Events", "contested": "Contested", "out_of_scope": "Out of scope",
    "not_rated_for": "Not rated for", "gaps": "Gaps", "assessed_by": "Assessed by",
    "second_readings": "Second readings", "why": "Why it is missing", "evidence": "Evidence",
}  # fmt: skip
_RULES = (
    "A cell is one institution under one scope paragraph.",
    "An excerpt counts in a cell when it is linked to the institution and to the paragraph, or when an assessment of "
    "the cell cites it. Each piece of evidence counts once.",
    "Being linked to a paragraph is being linked to the paragraphs above it too, never to those below.",
    "Where an assessment cites a piece, the assessment says on which side it stands; else its links do. Links that "
    "disagree put it on both sides (“both ways”).",
    "An excerpt tells of the days of the events it is linked to or is a source of; without any, of its document's "
    "date. With neither it is undated: for a period it is listed as undated and counts on no side. What an assessment "
    "of the period cites tells of the period.",
    "Withdrawn excerpts, and excerpts of withdrawn documents, are listed and not counted. Superseded documents and "
    "words that are no longer found where they were marked count and are told.",
    "Contested: evidence both ways without a rating, a second reading that differs, assessments of overlapping periods "
    "that disagree, or a rating although the cell was ruled out of scope.",
    "Missing: neither rated nor ruled out of scope. Every other cell that is to be judged is one of the two.",
)
_ADVERSE = (Rating.INADEQUATE, Rating.PARTLY_ADEQUATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageAsked:
    """Which part of the coverage is exported."""

    case_study: CaseStudyId | None = None
    period: str = ""
    shows_every_paragraph: bool = False


def export_coverage(
    case: CaseFile,
    folder: Path,
    asked: CoverageAsked,
    *,
    audience: str,
    override: str = "",
    ticket: Ticket | None = None,
) -> tuple[list[Path], list[str]]:
    """Write the coverage into ``folder``: the files, and a sentence about what was left out or should be known.

    Raises ``LeaksFound`` and ``CheckFailed`` when the gate stops it, ``Refused`` for criticism nobody was warned of.
    """
    ticket = ticket or Ticket()
    view = coverage_view(
        case, case_study=asked.case_study, period=asked.period, shows_every_paragraph=asked.shows_every_paragraph
    )
    clearing = Clearing(case, audience, datetime.now(UTC).date())
    clearing.refuse_unreadable()
    records, told = _cleared(case, view, clearing, ticket)
    matrix = build_matrix(records, view)
    table = coverage_table(matrix)
    ticket.tick(0, 1, "coverage")
    overrides: tuple[str, ...] = ()
    files = _files(case, matrix, table, audience)
    if is_beyond_team(audience):
        warned = refuse_unwarned_criticism(case, clearing, _criticism_behind(case, matrix))
        marked = marked_words_override(case, clearing, "The coverage", _written(table), override)
        released = release(case, clearing, "The coverage", files, ticket, override=override)
        overrides = tuple(
            f"{item.what} Reason: {item.reason}" for item in (*warned.overrides, *marked, *released.overrides)
        )
        told += [*warned.notices, *_without_finding(case, matrix)]
    record = ExportRecord(
        kind="coverage",
        title="coverage",
        audience=audience,
        files=files,
        case_study=asked.case_study,
        overrides=overrides,
    )
    try:
        with whole_files(folder, files) as paths:
            record_export(case, record)
    except OSError as error:
        raise WorkbenchError(
            f"The coverage was not written to “{folder}”: {error.strerror}. Check the disk and its room."
        ) from error
    return paths, told


# What the audience may see


def _cleared(
    case: CaseFile, view: CoverageView, clearing: Clearing, ticket: Ticket
) -> tuple[CoverageRecords, list[str]]:
    """The records without hidden excerpts and what rests on nothing else, and without what is the team's own."""
    records = read_records(case)
    if clearing.is_open:
        return records, []
    cleared = CaseStudyClearing(case, clearing, ticket)
    try:
        hidden: set[str] = {item.id for item in case.all(Excerpt) if cleared.shown(item) is None}
    finally:
        cleared.close()
    hidden |= {item.id for item in case.all(Event) if item.sources and hidden.issuperset(item.sources)}
    seen_whole = build_matrix(records, view).cells.values()
    gone = {piece.id for cell in seen_whole for piece in cell.pieces if piece.id in hidden}
    dropped = {item.id for cell in seen_whole for item in cell.assessments if _rests_on(item, hidden)}
    return (
        replace(
            records,
            links=[link for link in records.links if link[0] not in hidden],
            events=[event for event in records.events if event[0] not in hidden],
            assessments=[_for_others(item, hidden) for item in records.assessments if not _rests_on(item, hidden)],
            readings=(),
        ),
        _told(len(gone), len(dropped), clearing.audience),
    )


def _rests_on(assessment: Assessment, hidden: set[str]) -> bool:
    evidence = (*assessment.evidence_for, *assessment.evidence_against)
    return bool(evidence) and hidden.issuperset(evidence)


def _for_others(assessment: Assessment, hidden: set[str]) -> Assessment:
    """Without hidden evidence, and without who in the team assessed it."""
    return replace(
        assessment,
        evidence_for=tuple(piece for piece in assessment.evidence_for if piece not in hidden),
        evidence_against=tuple(piece for piece in assessment.evidence_against if piece not in hidden),
        author="",
    )


def _told(hidden: int, dropped: int, audience: str) -> list[str]:
    told = []
    if hidden:
        told.append(f"{hidden} pieces of evidence were not counted, because “{audience}” may not see them.")
    if dropped:
        told.append(f"{dropped} assessments were left out, because they rest on nothing that “{audience}” may see.")
    return told


def _adverse(matrix: Matrix) -> set[str]:
    return {item.id for cell in matrix.cells.values() for item in cell.rated if item.rating in _ADVERSE}


def _criticism_behind(case: CaseFile, matrix: Matrix) -> list[Finding]:
    """Findings of criticism that rest on an adverse rating which would be shown."""
    shown = _adverse(matrix)
    resting = {item.finding for item in case.all(Sentence) if shown.intersection(item.evidence)}
    return [item for item in case.all(Finding, kind=FindingKind.CRITICISM) if item.id in resting and _is_alive(item)]


def _is_alive(finding: Finding) -> bool:
    return finding.status is not FindingStatus.WITHDRAWN


def _without_finding(case: CaseFile, matrix: Matrix) -> Iterator[str]:
    """Ratings that fall short and that no criticism rests on: nobody was asked to answer them."""
    cited = {piece for item in case.all(Sentence) for piece in item.evidence}
    alone = len(_adverse(matrix) - cited)
    if alone:
        yield (
            f"{alone} ratings of “inadequate” or “partly adequate” rest in no finding, so no warning letter covers "
            "them. Consider whether whoever they fall short of could answer before this is handed over."
        )


# The files


def _files(case: CaseFile, matrix: Matrix, table: CoverageTable, audience: str) -> dict[str, bytes]:
    about = _about(case, matrix, audience)
    held = {"about": list(about), **as_json(table)}
    return {
        "coverage.xlsx": coverage_xlsx(_sheets(matrix, table, about)),
        "coverage-cells.csv": register_csv(CELL_COLUMNS, table.cells),
        "coverage-missing.csv": register_csv(MISSING_COLUMNS, table.missing),
        "coverage.json": (json.dumps(held, ensure_ascii=False, indent=1) + "\n").encode(),
    }


def _about(case: CaseFile, matrix: Matrix, audience: str) -> tuple[str, ...]:
    study = f", case study “{matrix.case_study}”" if matrix.case_study else ""
    return (
        f"{investigation_of(case).title}{study}, for {audience}",
        f"Period: {period_in_words(matrix.period) or 'all time'}",
        tally_in_words(coverage_table(matrix).tally),
        f"Made from the case as of the history entry with the digest {_evidence_head(case)}",
    )


def _evidence_head(case: CaseFile) -> str:
    """The newest entry that is no hand-over itself, so that exporting twice gives the same file."""
    entries = case.history(newest_first=True)
    return next(entry.digest for entry in entries if entry.action not in (Action.EXPORT, Action.BUILD))


def _sheets(matrix: Matrix, table: CoverageTable, about: tuple[str, ...]) -> CoverageSheets:
    loose = [f"{row['excerpts']} excerpts name {row['names']} but lack {row['lacks']}." for row in table.loose]
    return CoverageSheets(
        title="Coverage",
        about=about,
        headings=tuple((item.number, item.text) for item in matrix.paragraphs),
        rows=tuple(
            (item.name, tuple(_matrix_cell(matrix, matrix.cell(item.id, p.id)) for p in matrix.paragraphs))
            for item in matrix.institutions
        ),
        missing_columns={name: TITLES[name] for name in MISSING_COLUMNS},
        missing=table.missing,
        cell_columns={name: TITLES[name] for name in CELL_COLUMNS},
        cells=table.cells,
        rules=(*_RULES, *loose),
    )


def _matrix_cell(matrix: Matrix, cell: Cell) -> MatrixCell:
    """A cell in words, with what its ground says."""
    words = [ratings_in_words(cell.rated)] if cell.rated else []
    if cell.contests:
        words.append("contested: " + "; ".join(contest.value for contest in cell.contests))
    elif not cell.rated:
        words.append(
            {CellState.EMPTY: "nothing found", CellState.OUTSTANDING: "not rated"}.get(cell.state, "out of scope")
        )
    if cell.ruled_out:
        words.append(rulings_in_words(cell))
    if cell.unrated:
        words.append("not rated for " + ", ".join(map(period_in_words, cell.unrated)))
    words.append(evidence_in_words(cell))
    grounds = [rating.value for rating in cell.ratings]
    is_out = cell.state is CellState.OUT_OF_SCOPE
    return MatrixCell(
        words="\n".join(line for line in words if line),
        ground=CellState.OUT_OF_SCOPE.value if is_out else "several" if len(grounds) > 1 else "".join(grounds),
        is_contested=bool(cell.contests),
        is_missing=matrix.is_judged(cell.paragraph) and cell.is_missing,
    )


def _written(table: CoverageTable) -> Iterator[tuple[str, str]]:
    """(where, text) of everything that a person wrote."""
    for row in table.cells:
        place = f"{row['institution']}, {row['paragraph']}"
        yield f"the gaps of {place}", str(row["gaps"])
        yield f"the reason why {place} is out of scope", str(row["out_of_scope"])
