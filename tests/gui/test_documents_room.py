"""The documents: many edited at once, views kept in the case, everything about one, refused files tried again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from tests.gui.steps import open_document, write_pdf
from workbench.domain.document import Document, Refusal
from workbench.domain.progress import Ticket
from workbench.domain.saved_view import SavedView
from workbench.gui.columns import DOCUMENT_COLUMNS
from workbench.services.importing import import_files


def shown_columns(panel) -> set[str]:
    return {c.id for at, c in enumerate(DOCUMENT_COLUMNS) if not panel.view.isColumnHidden(at)}


def test_many_documents_are_edited_in_one_step(qtbot, window):
    panel, case = window.panels["documents"], window.workspace.case
    tester = QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    panel.view.selectAll()
    window.book.actions["edit_documents"].trigger()
    sheet = panel.sheet
    assert sheet.heading.text() == "Edit 3 documents" and not sheet.fields["title"].isEnabled()
    assert sheet.fields["supplier"].text() == "Harbour Platform"
    sheet.save()
    assert "Nothing is ticked" in sheet.complaint.text()
    qtbot.keyClicks(sheet.fields["on"], "2014-02-30")
    sheet.save()
    qtbot.waitUntil(lambda: "no day of any calendar" in sheet.complaint.text())
    sheet.fields["on"].clear()
    qtbot.keyClicks(sheet.fields["on"], "2014-03?")
    assert "March 2014" in sheet.understood.text()
    sheet.fields["kind"].clear()
    qtbot.keyClicks(sheet.fields["kind"], "policy")
    before = len(case.history())
    sheet.save()
    qtbot.waitUntil(lambda: {item.on for item in case.all(Document)} == {"2014-03?"}, timeout=15000)
    assert {(item.kind, item.supplier, item.on_latest) for item in case.all(Document)} == {
        ("policy", "Harbour Platform", "2014-03-31")
    }
    qtbot.waitUntil(lambda: not sheet.is_open, timeout=15000)
    assert len(case.history()) == before + 1
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: {item.on for item in case.all(Document)} == {""})
    assert tester.model() is panel.model


def test_columns_are_chosen_and_kept(qtbot, window):
    panel = window.panels["documents"]
    window.book.actions["choose_columns"].trigger()
    for item in panel.columns._items():
        wanted = item.data(Qt.ItemDataRole.UserRole) in ("urn", "title", "filename")
        item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
    assert shown_columns(panel) == {"urn", "title", "filename"}
    assert window.workspace.settings.document_columns == "urn,title,filename"
    panel.columns.reset()
    assert "filename" not in shown_columns(panel)


def test_views_are_kept_in_the_case(qtbot, window):
    panel, case = window.panels["documents"], window.workspace.case
    panel.filter.setText("minutes")
    panel.choices.choose({"state": "undated"})
    assert panel.model.rowCount() == 1
    window.book.actions["save_view"].trigger()
    panel.views.sheet.field.setText("Minutes without a date")
    panel.views.sheet.save()
    qtbot.waitUntil(lambda: panel.views.count() == 2, timeout=15000)
    assert case.all(SavedView)[0].room == "documents"
    settings = window.workspace.paths.settings
    assert not settings.exists() or "minutes" not in settings.read_text(encoding="utf-8")
    window.book.actions["all_documents"].trigger()
    assert panel.model.rowCount() == 3
    panel.views.setCurrentIndex(1)
    panel.views.activated.emit(1)
    assert panel.model.rowCount() == 1 and panel.choices.choices == {"state": "undated"}
    panel.views.setCurrentIndex(1)
    window.book.actions["remove_view"].trigger()
    qtbot.waitUntil(lambda: panel.views.count() == 1 and case.count(SavedView) == 0)


def test_choices_narrow_and_an_empty_result_says_what_to_do(qtbot, window):
    panel = window.panels["documents"]
    window.book.actions["document_filters"].trigger()
    assert panel.choices.isVisible()
    supplier = panel.choices.combos["supplier"]
    assert supplier.findData("Harbour Platform") > 0
    panel.choices.choose({"supplier": "Harbour Platform", "state": "twice"})
    assert panel.model.rowCount() == 0 and panel._stack.currentIndex() == 2
    panel.show_everything()
    assert panel.model.rowCount() == 3


def test_everything_about_one_document(qtbot, window, documents_folder, tmp_path):
    panel = window.panels["documents"]
    import_files(window.workspace.case, [documents_folder], supplier="Second supplier", ticket=Ticket())
    open_document(qtbot, window)
    window.book.actions["document_details"].trigger()
    tree = panel.details
    qtbot.waitUntil(lambda: tree.topLevelItemCount() >= 3, timeout=15000)
    lines = [tree.topLevelItem(at).text(0) for at in range(tree.topLevelItemCount())]
    assert lines[0] == "About INQ000001" and "2 receipts" in lines
    document = window.reader.document
    assert tree.findItems(document.sha256, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    qtbot.waitUntil(lambda: panel.model.record(document.id).receipts == 2)


def test_next_and_previous_document(qtbot, window):
    open_document(qtbot, window)
    window.book.actions["next_document"].trigger()
    qtbot.waitUntil(lambda: window.reader.document.urn == "INQ000002", timeout=15000)
    window.book.actions["previous_document"].trigger()
    qtbot.waitUntil(lambda: window.reader.document.urn == "INQ000001", timeout=15000)


def test_refused_files_are_tried_again(qtbot, window, tmp_path):
    case = window.workspace.case
    bad, gone = tmp_path / "INQ000008 Later good.pdf", tmp_path / "Gone.pdf"
    for path in (bad, gone):
        path.write_bytes(b"%PDF-1.7 nothing more")
    import_files(case, [bad, gone], ticket=Ticket())
    assert case.count(Refusal) == 2
    gone.unlink()
    bad.unlink()
    write_pdf(bad, "Later good", 1)
    window.book.actions["import_report"].trigger()
    qtbot.waitUntil(lambda: window.case_actions.report_window is not None)
    report = window.case_actions.report_window
    assert report.model.rowCount() == 5 and report.model.index(0, 0).data() == "refused"
    report.filter.setText("later good")
    report.ask_to_retry()
    qtbot.waitUntil(lambda: case.count(Document) == 4, timeout=30000)
    qtbot.waitUntil(lambda: "1 imported" in window.message_bar.text, timeout=15000)
    window.book.actions["retry_refused"].trigger()
    qtbot.waitUntil(lambda: "Gone.pdf" in window.message_bar.text, timeout=30000)
