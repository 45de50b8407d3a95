"""Exports a case in one of the formats that exist, recorded in the history."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from workbench.domain.change import Action
from workbench.domain.errors import Refused
from workbench.domain.frame import CaseStudy
from workbench.domain.ids import CaseStudyId
from workbench.domain.progress import Ticket
from workbench.exporters.atomic import whole_file
from workbench.services.case_study_export import export_case_study
from workbench.services.exporting_json import export_json
from workbench.store.case_file import CaseFile

_Exporter = Callable[[CaseFile, Path, CaseStudyId | None, Ticket], list[Path]]
TEAM = "team"


def export_case(
    case: CaseFile,
    format_name: str,
    folder: Path,
    *,
    case_study: CaseStudyId | None = None,
    audience: str = TEAM,
    ticket: Ticket | None = None,
) -> list[Path]:
    """Write the export into ``folder``; what was written, most important first."""
    if audience != TEAM:
        raise Refused(
            f"Exports for “{audience}” wait for the leak sweep, which this version does not have yet. "
            "Nothing was written; export for the team."
        )
    folder.mkdir(parents=True, exist_ok=True)
    return _EXPORTERS[format_name](case, folder, case_study, ticket or Ticket())


def _write_json(case: CaseFile, folder: Path, _: CaseStudyId | None, ticket: Ticket) -> list[Path]:
    ticket.tick(0, 1, "json")
    target = folder / f"{case.path.stem}.json"
    text = json.dumps(export_json(case), ensure_ascii=False, indent=1) + "\n"
    with whole_file(target) as temporary:
        temporary.write_text(text, encoding="utf-8")
    with case.change(Action.EXPORT, f"json: {target.name}"):
        pass
    return [target]


def _write_case_study(case: CaseFile, folder: Path, study: CaseStudyId | None, ticket: Ticket) -> list[Path]:
    studies = case.all(CaseStudy)
    if study is None and len(studies) != 1:
        titles = ", ".join(f"“{item.title}”" for item in studies) or "none yet"
        raise Refused(f"Say which case study to export with --case-study. The case has: {titles}.")
    exported = export_case_study(case, study or studies[0].id, folder, ticket)
    return [exported.folder, exported.archive]


_EXPORTERS: dict[str, _Exporter] = {"json": _write_json, "case-study": _write_case_study}
EXPORT_FORMATS = tuple(_EXPORTERS)
