"""Makes the sample case from the shipped samples and exports its bundles, its case study and its report."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from workbench.domain.audience import TEAM
from workbench.domain.bundle import Bundle
from workbench.domain.errors import Refused
from workbench.domain.frame import CaseStudy
from workbench.domain.progress import Ticket
from workbench.runtime.resources import resource_path, resource_text
from workbench.services.applying import apply_json
from workbench.services.bundling import build_bundle
from workbench.services.case_study_export import export_case_study
from workbench.services.importing import import_files
from workbench.services.report_export import ReportOrder, export_report
from workbench.services.session import create_case
from workbench.store.case_file import CaseFile

CASE_NAME = "Sample.casefile"
_TITLE = "Answering reports: a sample investigation"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoResult:
    """Where the sample case and its bundles are; ``participants_path`` has its redactions burnt in."""

    case_path: Path
    bundle_path: Path
    participants_path: Path
    case_study_path: Path
    report_path: Path


def make_demo(folder: Path, *, ticket: Ticket | None = None) -> DemoResult:
    """Make everything in ``folder``; a sample case made there before is replaced, nothing else is touched."""
    ticket = ticket or Ticket()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / CASE_NAME
    if path.with_name(f".{CASE_NAME}.holder").exists():
        raise Refused(f"The sample case in “{folder}” is open in a window. Close it, or choose another folder.")
    path.unlink(missing_ok=True)
    # The samples are invented and public: no passphrase.
    with create_case(path, title=_TITLE, passphrase=None) as case:
        _import_samples(case, ticket)
        apply_json(case, json.loads(resource_text("samples/case.json")), ticket)
        of_team, of_participants = (
            build_bundle(case, case.all(Bundle, audience=audience)[0].id, folder, ticket=ticket).path
            for audience in (TEAM, "core participants")
        )
        study = case.all(CaseStudy)[0].id
        exported = export_case_study(case, study, folder, ticket)
        report = export_report(case, study, folder, ReportOrder(with_documents=True), ticket)
    return DemoResult(
        case_path=path,
        bundle_path=of_team,
        participants_path=of_participants,
        case_study_path=exported.folder,
        report_path=report.folder,
    )


def _import_samples(case: CaseFile, ticket: Ticket) -> None:
    """Import every sample under the request that it answers."""
    paths = sorted(resource_path("samples/documents").iterdir())
    late = [path for path in paths if "Harbour Line" in path.name]
    early = [path for path in paths if path not in late]
    for supplier, request, chosen in (("Sample suppliers", "R9-001", early), ("Harbour Line", "R9-002", late)):
        report = import_files(case, chosen, supplier=supplier, request=request, ticket=ticket)
        refused = [outcome for outcome in report.files if outcome.status == "refused"]
        if refused:
            raise Refused(f"The sample “{refused[0].path}” was refused: {refused[0].reason}")
