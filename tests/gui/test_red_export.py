"""A red finding stops the export of a case study in the window until a reason is given."""

from __future__ import annotations

from workbench.domain.bundle import Build
from workbench.domain.change import Action
from workbench.domain.frame import CaseStudy
from workbench.domain.ids import new_id
from workbench.services.findings import FindingFacts, add_finding


def test_a_red_finding_asks_for_a_reason(qtbot, window, tmp_path):
    case, panel, out = window.workspace.case, window.bundles, tmp_path / "out"
    study = CaseStudy(id=new_id("cst"), title="Registers")
    with case.change(Action.EDIT_FRAME) as step:
        step.put(study)
    add_finding(case, FindingFacts(title="Staffing", case_study=study.id), ["Posts stayed vacant."])
    window.book.actions["show_bundles"].trigger()
    qtbot.waitUntil(lambda: panel.case_studies.current_id == study.id)
    panel.export_into(str(out))
    sheet = panel.reporting.stopped_sheet
    qtbot.waitUntil(lambda: sheet.is_open, timeout=15000)
    assert "“Staffing” is not exported: sentence 1 rests on nothing" in sheet.reasons.item(0).text()
    assert "1 thing in it does not hold" in sheet.heading.text() and not out.exists()
    sheet.save()
    assert "Give a reason" in sheet.complaint.text() and sheet.is_open
    qtbot.keyClicks(sheet.reason, "For the meeting only")
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(lambda: case.count(Build) == 1, timeout=15000)
    assert "For the meeting only" in case.all(Build)[0].overrides[0] and out.exists()
