"""A person who cannot see the window hears what everything is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.gui.composing_steps import choose, compose
from tests.gui.naming import unnamed
from tests.gui.steps import choose_words, open_document
from workbench.gui.dialogs.create_case import CreateCase
from workbench.gui.dialogs.import_report import ImportReportWindow
from workbench.gui.dialogs.open_case import OpenCase
from workbench.services.applying import apply_json
from workbench.services.case_studies import CaseStudyFacts, add_case_study
from workbench.services.framing import add_to_frame
from workbench.services.import_log import ImportLogRow
from workbench.services.protecting import RestrictionFacts, add_restriction

REFUSED = ImportLogRow(id="r", at=datetime.now(UTC), path="a.pdf", status="refused", reason="Empty.")


def test_welcome_is_named(empty_window):
    assert unnamed(empty_window) == []


PANELS = [
    "documents",
    "search",
    "redactions",
    "protection",
    "excerpts",
    "subjects",
    "timeline",
    "coverage",
    "assessments",
    "link_map",
    "findings",
    "recommendations",
    "bundles",
    "history",
]


@pytest.mark.parametrize("panel", PANELS)
def test_panel_is_named(qtbot, window, panel):
    open_document(qtbot, window)
    window.show_panel(panel)
    qtbot.waitUntil(lambda: not window.panels[panel].visibleRegion().isEmpty())
    assert unnamed(window) == []


def test_link_sheet_and_messages_are_named(qtbot, window):
    open_document(qtbot, window)
    choose_words(window, "register of notices")
    window.book.actions["make_and_link"].trigger()
    window.workspace.say("Something happened.", do=("Look", lambda: None))
    qtbot.waitUntil(lambda: window.marking.links.isVisible(), timeout=15000)
    assert unnamed(window) == []


@pytest.mark.parametrize(
    "identifier",
    [
        "palette",
        "new_event",
        "edit_documents",
        "choose_columns",
        "filter_excerpts",
        "add_subject",
        "save_view",
        "new_bundle",
        "profiles",
        "redact_everywhere",
        "add_restriction",
        "new_finding",
        "new_lesson",
        "new_recommendation",
        "withdraw_document",
        "supersede",
    ],
)
def test_every_sheet_is_named(qtbot, window, identifier):
    open_document(qtbot, window)
    window.book.actions["show_documents"].trigger()
    window.panels["documents"].view.selectRow(0)
    window.book.actions[identifier].trigger()
    qtbot.waitUntil(lambda: window._open_sheet is not None)
    assert unnamed(window) == []


def test_institution_and_names_sheets_are_named(qtbot, window):
    case = window.workspace.case
    _, institution = add_to_frame(case, "institution", "Harbour Platform")
    add_to_frame(case, "person", "IN-A7")
    window.book.actions["show_institutions"].trigger()
    qtbot.waitUntil(lambda: window.subjects.model.rowCount() == 1)
    window.subjects.point_out(institution)
    window.book.actions["edit_subject"].trigger()
    qtbot.waitUntil(lambda: window.subjects.institution_sheet.is_open)
    assert unnamed(window) == []
    window.subjects.institution_sheet.close_sheet()
    window.book.actions["show_people"].trigger()
    qtbot.waitUntil(lambda: window.subjects.model.rowCount() == 1)
    window.subjects.view.selectAll()
    window.book.actions["protected_names"].trigger()
    assert window.subjects.names_sheet.is_open and unnamed(window) == []


def test_case_study_sheets_are_named(qtbot, window):
    add_case_study(window.workspace.case, CaseStudyFacts(title="Registers"))
    room = window.bundles.study_room
    qtbot.waitUntil(lambda: window.bundles.case_studies.current_id is not None, timeout=15000)
    for identifier, sheet in (("edit_case_study", room.sheet), ("study_bundle", room.bundle_sheet)):
        window.book.actions[identifier].trigger()
        qtbot.waitUntil(lambda sheet=sheet: sheet.is_open, timeout=15000)
        assert unnamed(window) == [], identifier
        sheet.close_sheet()


def test_composing_and_its_sheets_are_named(qtbot, window):
    panel = compose(qtbot, window)
    choose(panel, "INQ000002")
    for identifier, sheet in (
        ("about_bundle", panel.composing.sheet),
        ("edit_entries", panel.composing.entry_sheet),
        ("add_section", panel.composing.section_sheet),
    ):
        window.book.actions[identifier].trigger()
        qtbot.waitUntil(lambda sheet=sheet: sheet.is_open)
        assert unnamed(window) == [], identifier
        sheet.close_sheet()
    for at in range(panel.pages.count()):
        panel.pages.setCurrentIndex(at)
        assert unnamed(window) == []


def test_protection_and_its_sheets_are_named(qtbot, window):
    case, panel = window.workspace.case, window.panels["protection"]
    add_restriction(case, RestrictionFacts(kind="order", made_by="The Chair", targets=("INQ000001",)))
    for kind in ("restrictions", "clearances"):
        window.book.actions[f"show_{kind}"].trigger()
        qtbot.waitUntil(lambda: panel._page.model.rowCount() > 0, timeout=15000)
        panel._page.view.selectRow(0)
        window.book.actions["edit_protection"].trigger()
        assert window._open_sheet is not None and unnamed(window) == [], kind
        window._open_sheet.close_sheet()


def test_letters_registers_and_their_sheets_are_named(qtbot, window):
    criticism = {"kind": "criticism", "sentences": [{"text": "The board kept no register."}]}
    apply_json(window.workspace.case, {"findings": [criticism]})
    letters, inquiry = window.panels["letters"], window.panels["inquiry"]
    window.book.actions["open_letters"].trigger()
    qtbot.waitUntil(lambda: letters.model.rowCount() > 0, timeout=15000)
    letters.view.selectRow(0)
    window.book.actions["edit_letter"].trigger()
    qtbot.waitUntil(lambda: letters.sheet.is_open, timeout=15000)
    for page in range(letters.sheet.tabs.count()):
        letters.sheet.tabs.setCurrentIndex(page)
        assert letters.drawer.is_open and unnamed(window) == []
    letters.sheet.close_sheet()
    for kind, sheet in inquiry.sheets.items():
        window.book.actions[f"show_{kind}"].trigger()
        window.book.actions["add_entry_of_inquiry"].trigger()
        qtbot.waitUntil(lambda sheet=sheet: sheet.is_open, timeout=15000)
        assert unnamed(window) == [], kind
        sheet.close_sheet()


@pytest.mark.parametrize("identifier", ["settings", "shortcuts"])
def test_windows_beside_the_work_are_named(qtbot, empty_window, identifier):
    empty_window.book.actions[identifier].trigger()
    dialog = empty_window.program.dialog
    qtbot.waitExposed(dialog)
    assert unnamed(dialog) == []


@pytest.mark.parametrize("identifier", ["thumbnails", "outline", "find", "beside", "document_details", "facets"])
def test_what_opens_beside_the_pages_is_named(qtbot, window, identifier):
    open_document(qtbot, window)
    window.book.actions[identifier].trigger()
    qtbot.waitUntil(lambda: not window.workspace.jobs.running)
    assert unnamed(window) == []


@pytest.mark.parametrize(
    "make",
    [
        lambda window: OpenCase(window.workspace.jobs, None, window),
        lambda window: CreateCase(window.workspace.jobs, window),
        lambda window: ImportReportWindow([REFUSED], window),
    ],
    ids=["open", "create", "report"],
)
def test_dialog_is_named(qtbot, empty_window, make):
    dialog = make(empty_window)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert unnamed(dialog) == []
    dialog.close()


def test_the_sweep_finds_what_has_no_name(qtbot, empty_window):
    empty_window.message_bar.show()
    empty_window.message_bar._close.setAccessibleName("")
    empty_window.message_bar._close.setToolTip("")
    assert unnamed(empty_window)


def test_title_shows_no_content(qtbot, window):
    document = open_document(qtbot, window)
    assert document.title not in window.windowTitle() and document.urn not in window.windowTitle()
    assert window.windowTitle() == "copy.casefile – Case-study workbench"
