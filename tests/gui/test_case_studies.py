"""A case study is chosen with its reasons in a sheet, and its bundle is shown before it is made."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.gui.marking_steps import make
from workbench.domain.bundle import Bundle
from workbench.domain.document import Document
from workbench.domain.frame import CaseStudy, CaseStudyStatus
from workbench.domain.ids import AnyId, InstitutionId
from workbench.services.case_studies import CaseStudyFacts, add_case_study
from workbench.services.case_study_composing import differences, make_bundle
from workbench.services.framing import add_to_frame
from workbench.services.linking import Wanted, annotate


@pytest.fixture
def study(qtbot, window) -> CaseStudy:
    """Cites the first document; the second is about its institution."""
    case = window.workspace.case
    _, northmere = add_to_frame(case, "institution", "Northmere")
    _, identifier = add_case_study(
        case, CaseStudyFacts(title="Registers", institutions=(InstitutionId(northmere),), reason="Two sources differ.")
    )
    excerpt = make(qtbot, window, "register of notices")
    annotate(case, [excerpt.id], [Wanted(kind="case study", name="", id=AnyId(identifier))])
    other = make(qtbot, window, "twice a year", at=1)
    annotate(case, [other.id], [Wanted(kind="institution", name="Northmere")])
    return case.get(CaseStudy, identifier)


def test_a_case_study_is_begun_by_keyboard_and_refused_in_the_sheet(qtbot, window):
    window.show_subjects("case study")
    window.book.actions["add_subject"].trigger()
    sheet = window.subjects.case_study_sheet
    qtbot.waitUntil(lambda: sheet.is_open and sheet.isAncestorOf(window.focusWidget()), timeout=15000)
    sheet.title.setText("Registers")
    sheet.status.setCurrentIndex(sheet.status.findData(CaseStudyStatus.SELECTED))
    qtbot.keyClick(sheet.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "without the reason" in sheet.complaint.text(), timeout=15000)
    sheet.reason.setPlainText("Two sources differ.")
    sheet.alternatives.setPlainText("Harbour Line: its files are lost\nBrightwell: heard already")
    sheet.period.setText("2010/2015")
    assert "2010" in sheet.understood.text() and "2015" in sheet.understood.text()
    sheet.finder.field.setText("2.2")
    qtbot.keyClick(sheet.finder.field, Qt.Key.Key_Return)
    sheet.finder.field.setText("INQ000003")
    qtbot.keyClick(sheet.finder.field, Qt.Key.Key_Return)
    sheet.save()
    qtbot.waitUntil(lambda: not sheet.is_open, timeout=15000)
    (made,) = window.workspace.case.all(CaseStudy)
    assert (made.status, made.period, made.reason) == (CaseStudyStatus.SELECTED, "2010/2015", "Two sources differ.")
    assert made.alternatives == ("Harbour Line: its files are lost", "Brightwell: heard already")
    assert len(made.scope) == 1
    assert [window.workspace.case.get(Document, item).urn for item in made.context] == ["INQ000003"]


def test_a_case_study_is_edited_where_it_is_listed(qtbot, window, study):
    window.show_subjects("case study")
    qtbot.waitUntil(lambda: window.subjects.model.rowCount() == 1, timeout=15000)
    window.subjects.point_out(study.id)
    window.book.actions["edit_subject"].trigger()
    sheet = window.subjects.case_study_sheet
    qtbot.waitUntil(lambda: sheet.is_open, timeout=15000)
    assert sheet.title.text() == "Registers" and "1 document cited" in sheet.numbers.text()
    sheet._drop("institution", study.institutions[0])
    sheet.save()
    qtbot.waitUntil(lambda: window.workspace.case.get(CaseStudy, study.id).institutions == (), timeout=15000)


def test_the_bundle_is_shown_before_it_is_made(qtbot, window, study):
    window.show_panel("bundles")
    panel = window.bundles
    qtbot.waitUntil(lambda: panel.case_studies.current_id == study.id, timeout=15000)
    window.book.actions["edit_case_study"].trigger()
    qtbot.waitUntil(lambda: panel.study_room.sheet.is_open, timeout=15000)
    panel.study_room.sheet.close_sheet()
    qtbot.waitUntil(lambda: "1 document cited" in panel.study_room.numbers.text(), timeout=15000)
    window.book.actions["study_bundle"].trigger()
    sheet = panel.study_room.bundle_sheet
    qtbot.waitUntil(lambda: sheet.is_open and sheet.model.rowCount() == 2, timeout=15000)
    rows = [[sheet.model.index(row, at).data() for at in (0, 1, 3)] for row in range(2)]
    assert rows == [["INQ000001", "whole", "linked to the case study"], ["INQ000002", "left out", "nothing cites it"]]
    sheet.pages.setCurrentIndex(1)
    qtbot.waitUntil(lambda: sheet.model.index(0, 1).data() == "pages 1", timeout=15000)
    sheet.save()
    qtbot.waitUntil(lambda: not sheet.is_open, timeout=15000)
    (bundle,) = window.workspace.case.all(Bundle)
    assert (bundle.name, bundle.case_study) == ("Registers", study.id)


def test_a_bundle_that_has_parted_is_brought_up_to_date(qtbot, window, study):
    case = window.workspace.case
    make_bundle(case, study.id, "Study bundle")
    third = make(qtbot, window, "twice a year", at=2)
    annotate(case, [third.id], [Wanted(kind="case study", name="", id=AnyId(study.id))])
    window.show_panel("bundles")
    qtbot.waitUntil(lambda: window.bundles.case_studies.current_id == study.id, timeout=15000)
    window.book.actions["study_bundle"].trigger()
    sheet = window.bundles.study_room.bundle_sheet
    qtbot.waitUntil(lambda: sheet.is_open and sheet.fill_button.isVisible(), timeout=15000)
    assert "1 to put in, 0 to take out" in sheet.parted.text()
    sheet.fill_button.click()
    qtbot.waitUntil(lambda: not sheet.is_open, timeout=15000)
    assert differences(case, case.all(Bundle)[0].id).is_exact
