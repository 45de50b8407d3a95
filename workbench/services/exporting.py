"""Exports a case in one of the formats that exist, for an audience, recorded in the history."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench.domain.audience import TEAM, checked_audience, is_beyond_team
from workbench.domain.errors import Refused
from workbench.domain.frame import CaseStudy
from workbench.domain.ids import CaseStudyId
from workbench.domain.progress import Ticket
from workbench.services.builds import WHOLE_CASE, ExportRecord
from workbench.services.case_study_export import export_case_study
from workbench.services.chronology_export import export_chronology
from workbench.services.chronology_sheet import ChronologyAsked
from workbench.services.coverage_export import CoverageAsked, export_coverage
from workbench.services.exporting_json import export_json
from workbench.services.handing_over import hand_over
from workbench.services.register_export import export_registers
from workbench.services.report_export import ReportOrder, export_report
from workbench.services.tables_export import TablesOrder, export_tables
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOrder:
    """What is exported for whom; ``override`` is a reason to hand it over although protected names were found.

    ``override_findings`` is a reason to hand it over although a finding is red in the claim ledger.
    ``tell`` is given a sentence about everything that could not be done or was left out.
    """

    folder: Path
    audience: str
    case_study: CaseStudyId | None
    override: str
    tell: Callable[[str], None]
    template: str = ""
    with_documents: bool = False
    build: str = ""
    override_findings: str = ""


_Exporter = Callable[[CaseFile, ExportOrder, Ticket], list[Path]]


def export_case(
    case: CaseFile,
    format_name: str,
    folder: Path,
    *,
    case_study: CaseStudyId | None = None,
    audience: str = TEAM,
    override: str = "",
    template: str = "",
    with_documents: bool = False,
    build: str = "",
    override_findings: str = "",
    tell: Callable[[str], None] = lambda _sentence: None,
    ticket: Ticket | None = None,
) -> list[Path]:
    """Write the export into ``folder``; what was written, most important first.

    ``tell`` is given a sentence about everything that could not be done or was left out.
    """
    order = ExportOrder(
        folder=folder,
        audience=checked_audience(audience),
        case_study=case_study,
        override=override,
        tell=tell,
        template=template,
        with_documents=with_documents,
        build=build,
        override_findings=override_findings,
    )
    return _EXPORTERS[format_name](case, order, ticket or Ticket())


def _write_json(case: CaseFile, order: ExportOrder, ticket: Ticket) -> list[Path]:
    if is_beyond_team(order.audience):
        raise Refused(
            "The JSON export is the whole case, with the names of people: it is for the team only. Nothing was "
            "written. Export a case study or the registers for a wider audience."
        )
    ticket.tick(0, 1, "json")
    target = order.folder / f"{case.path.stem}.json"
    files = {target.name: (json.dumps(export_json(case), ensure_ascii=False, indent=1) + "\n").encode()}
    title = f"json: {target.name}"
    record = ExportRecord(kind=WHOLE_CASE, title=title, audience=TEAM, files=files, keeps_words=False)
    return hand_over(case, order.folder, record, "The case was")


def _write_case_study(case: CaseFile, order: ExportOrder, ticket: Ticket) -> list[Path]:
    exported = export_case_study(
        case,
        _study_of(case, order),
        order.folder,
        ticket,
        audience=order.audience,
        override=order.override,
        override_findings=order.override_findings,
    )
    if exported.moved:
        order.tell(
            "Not marked in the documents, because their pages have changed or hold redactions: "
            f"{', '.join(exported.moved)}."
        )
    if exported.left_out_records:
        order.tell(
            f"{exported.left_out_records} events, assessments and sentences were left out, because what they rest on "
            f"may not be shown to the audience “{order.audience}”."
        )
    for notice in exported.notices:
        order.tell(notice)
    return [exported.folder, exported.archive]


def _study_of(case: CaseFile, order: ExportOrder) -> CaseStudyId:
    """The case study asked for, or the only one there is."""
    studies = case.all(CaseStudy)
    if order.case_study is None and len(studies) != 1:
        titles = ", ".join(f"“{item.title}”" for item in studies) or "none yet"
        raise Refused(f"Say which case study to export with --case-study. The case has: {titles}.")
    return order.case_study or studies[0].id


def _write_report(case: CaseFile, order: ExportOrder, ticket: Ticket) -> list[Path]:
    asked = ReportOrder(
        audience=order.audience,
        template=order.template,
        build=order.build,
        with_documents=order.with_documents,
        override=order.override,
        override_findings=order.override_findings,
    )
    exported = export_report(case, _study_of(case, order), order.folder, asked, ticket)
    for sentence in exported.told:
        order.tell(sentence)
    return list(exported.paths)


def _write_tables(case: CaseFile, order: ExportOrder, ticket: Ticket) -> list[Path]:
    asked = TablesOrder(
        study=order.case_study,
        audience=order.audience,
        build=order.build,
        override=order.override,
        override_findings=order.override_findings,
    )
    paths, told = export_tables(case, order.folder, asked, ticket)
    for sentence in told:
        order.tell(sentence)
    return paths


def _write_registers(case: CaseFile, order: ExportOrder, ticket: Ticket) -> list[Path]:
    return export_registers(case, order.folder, audience=order.audience, override=order.override, ticket=ticket)


def _write_chronology(case: CaseFile, order: ExportOrder, ticket: Ticket) -> list[Path]:
    asked = ChronologyAsked(case_study=order.case_study)
    paths, told = export_chronology(
        case, order.folder, asked, audience=order.audience, override=order.override, ticket=ticket
    )
    for sentence in told:
        order.tell(sentence)
    return paths


def _write_coverage(case: CaseFile, order: ExportOrder, ticket: Ticket) -> list[Path]:
    asked = CoverageAsked(case_study=order.case_study)
    paths, told = export_coverage(
        case, order.folder, asked, audience=order.audience, override=order.override, ticket=ticket
    )
    for sentence in told:
        order.tell(sentence)
    return paths


_EXPORTERS: dict[str, _Exporter] = {
    "json": _write_json,
    "case-study": _write_case_study,
    "registers": _write_registers,
    "report": _write_report,
    "tables": _write_tables,
    "chronology": _write_chronology,
    "coverage": _write_coverage,
}
EXPORT_FORMATS = tuple(_EXPORTERS)
