"""The report and the tables are asked for in a sheet, written in the background, and shown where they are."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog

from tests.gui.naming import unnamed
from workbench.domain.bundle import Build
from workbench.domain.frame import CaseStudy
from workbench.services.applying import apply_json


@pytest.fixture
def reporting(qtbot, window):
    """The reporting of a window whose case has one case study with a finding that rests on nothing."""
    content = {
        "case_studies": [{"title": "Registers", "scope": ["2.3"], "reason": "Two sources differ."}],
        "findings": [{"kind": "fact", "title": "Registers were kept", "case_study": "Registers"}],
    }
    apply_json(window.workspace.case, content)
    qtbot.waitUntil(lambda: window.bundles.case_studies.current_id is not None, timeout=15000)
    window.show_panel("bundles")
    return window.bundles.reporting


def ask(qtbot, window, action: str, sheet) -> None:
    window.book.actions[action].trigger()
    qtbot.waitUntil(lambda: sheet.is_open, timeout=15000)


def test_a_report_is_asked_for_and_written(qtbot, window, reporting, tmp_path):
    sheet = reporting.sheet
    ask(qtbot, window, "export_report", sheet)
    assert sheet.study.currentText() == "Registers" and unnamed(window) == []
    for box in sheet.formats.values():
        box.setChecked(False)
    sheet.save()
    assert sheet.is_open and "at least one form" in sheet.complaint.text()
    for name in ("docx", "xlsx"):
        sheet.formats[name].setChecked(True)
    sheet.save()
    (chooser,) = window.findChildren(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "out"))
    chooser.reject()
    stopped = reporting.stopped_sheet
    qtbot.waitUntil(lambda: stopped.is_open, timeout=30000)
    assert unnamed(window) == [] and "it has no sentences" in stopped.reasons.item(0).text()
    stopped.save()
    assert stopped.is_open and "Give a reason" in stopped.complaint.text()
    stopped.reason.setText("The panel asked for the draft")
    stopped.save()
    qtbot.waitUntil(lambda: window.bundles.finished.path is not None, timeout=60000)
    written = sorted(path.name for path in window.bundles.finished.path.iterdir())
    assert written == ["Registers report tables.xlsx", "Registers report.docx"]
    assert "The report is written: Word, tables." in window.message_bar.text
    assert "The panel asked for the draft" in window.workspace.case.all(Build)[0].overrides[0]


def test_tables_of_the_whole_case_are_asked_for_and_written(qtbot, window, reporting, tmp_path):
    sheet = reporting.tables_sheet
    ask(qtbot, window, "export_tables", sheet)
    assert sheet.study.itemText(0) == "The whole case" and unnamed(window) == []
    sheet.study.setCurrentIndex(0)
    sheet.save()
    (chooser,) = window.findChildren(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path))
    chooser.reject()
    qtbot.waitUntil(lambda: window.bundles.finished.path is not None, timeout=60000)
    book = openpyxl.load_workbook(window.bundles.finished.path / "tables.xlsx")
    assert book["Documents"].max_row >= 5


def test_an_own_template_is_offered_by_its_name(qtbot, window, reporting):
    ask(qtbot, window, "export_report", reporting.sheet)
    reporting.sheet.use_template("C:\\templates\\ours.toml")
    reporting.sheet.use_template("C:\\templates\\ours.toml")
    assert reporting.sheet.template.currentText() == "ours.toml" and reporting.sheet.template.count() == 2


def test_without_a_case_study_it_says_what_to_do(qtbot, window):
    window.book.actions["export_report"].trigger()
    qtbot.waitUntil(lambda: "no case study yet" in window.message_bar.text, timeout=15000)
    assert window.workspace.case.count(CaseStudy) == 0
