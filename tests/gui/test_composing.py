"""A bundle is composed in the window: by mouse, by keyboard, by sheet; what it becomes is said at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog

from tests.gui.composing_steps import choose, compose, drop, shown, wait_for
from tests.gui.test_keyboard_walk import press
from workbench.domain.bundle import Build, Bundle, Entry
from workbench.domain.document import Document
from workbench.domain.numbering import Late
from workbench.domain.protection import Disclosure
from workbench.gui.models.bundle_tree import TITLE
from workbench.services.bundle_editing import BundleEdit, EntryEdit, add_section, edit_bundle, edit_entries
from workbench.services.framing import add_to_frame, settle_names
from workbench.services.protecting import set_clearance

ALL = ["INQ000001", "INQ000002", "INQ000003"]


def test_a_new_bundle_says_how_large_it_gets(qtbot, window):
    panel = compose(qtbot, window)
    tester = QAbstractItemModelTester(panel.room.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert shown(panel) == [("Documents", ALL)]
    assert "3 documents, about 14 pages, 0.0 MB" in panel.room.size_line.text()
    assert "General guidance on electronic court bundles" in panel.room.profile.currentText()
    assert "reviewed 25 November 2026" in panel.room.about.text() and "overrides" in panel.room.about.text()
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: panel.bundles.current_id is None)
    assert tester.model() is panel.room.model


def test_entries_move_by_keyboard_from_section_to_section(qtbot, window):
    panel = compose(qtbot, window)
    add_section(window.workspace.case, panel.bundles.current.id, "Policies")
    wait_for(qtbot, panel, ("Documents", ALL), ("Policies", []))
    choose(panel, "INQ000001", "INQ000002")
    panel.room.tree.setFocus()
    press(qtbot, window, "move_down")
    wait_for(qtbot, panel, ("Documents", ["INQ000003", "INQ000001", "INQ000002"]), ("Policies", []))
    press(qtbot, window, "move_down")
    wait_for(qtbot, panel, ("Documents", ["INQ000003"]), ("Policies", ["INQ000001", "INQ000002"]))
    assert [line.document.urn for line in panel.room.tree.chosen_entries] == ["INQ000001", "INQ000002"]
    press(qtbot, window, "move_up")
    wait_for(qtbot, panel, ("Documents", ["INQ000003", "INQ000001", "INQ000002"]), ("Policies", []))
    choose(panel, "INQ000002")
    for _ in range(2):  # as fast as a person presses: the tree shows the first step later than the second is asked for
        window.book.actions["move_up"].trigger()
    wait_for(qtbot, panel, ("Documents", ["INQ000002", "INQ000003", "INQ000001"]), ("Policies", []))
    choose(panel, "Policies")
    press(qtbot, window, "move_up")
    wait_for(qtbot, panel, ("Policies", []), ("Documents", ["INQ000002", "INQ000003", "INQ000001"]))
    choose(panel, "INQ000002")
    qtbot.keyClick(panel.room.tree, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.reader.document is not None and window.reader.document.urn == "INQ000002")


def test_entries_are_dragged_into_their_order(qtbot, window):
    panel = compose(qtbot, window)
    model, tree = panel.room.model, panel.room.tree
    section = model.index(0, 0)
    carried = model.mimeData([model.index(0, 0, section), model.index(1, 0, section)])
    assert model.dropMimeData(carried, Qt.DropAction.MoveAction, 3, 0, section)
    wait_for(qtbot, panel, ("Documents", ["INQ000003", "INQ000001", "INQ000002"]))
    section = model.index(0, 0)
    last = tree.visualRect(model.index(2, 0, section)).center()
    drop(tree, model.mimeData([model.index(0, 0, section)]), last)
    wait_for(qtbot, panel, ("Documents", ["INQ000001", "INQ000003", "INQ000002"]))
    window.book.actions["undo"].trigger()
    wait_for(qtbot, panel, ("Documents", ["INQ000003", "INQ000001", "INQ000002"]))


def test_sections_are_dragged_and_documents_dropped_in(qtbot, window):
    panel = compose(qtbot, window)
    add_section(window.workspace.case, panel.bundles.current.id, "Policies")
    wait_for(qtbot, panel, ("Documents", ALL), ("Policies", []))
    model = panel.room.model
    assert model.dropMimeData(model.mimeData([model.index(1, 0)]), Qt.DropAction.MoveAction, 0, 0, model.index(-1, 0))
    wait_for(qtbot, panel, ("Policies", []), ("Documents", ALL))
    table = window.panels["documents"]
    table.view.selectAll()
    carried = table.model.mimeData(table.view.selectionModel().selectedIndexes())
    drop(panel.room.tree, carried, panel.room.tree.visualRect(model.index(0, 0)).center())
    wait_for(qtbot, panel, ("Policies", ALL), ("Documents", ALL))
    assert "3 documents put into Day 1" in window.message_bar.text


def test_chosen_documents_are_put_in_by_key_and_taken_out_again(qtbot, window):
    panel = compose(qtbot, window)
    window.panels["documents"].view.selectRow(2)
    choose(panel, "INQ000001")
    window.book.actions["add_to_bundle"].trigger()
    wait_for(qtbot, panel, ("Documents", ["INQ000001", "INQ000003", "INQ000002", "INQ000003"]))
    choose(panel, "INQ000003")
    qtbot.keyClick(panel.room.tree, Qt.Key.Key_Delete)
    wait_for(qtbot, panel, ("Documents", ["INQ000001", "INQ000002"]))
    choose(panel, "Documents")
    window.book.actions["remove_entries"].trigger()
    wait_for(qtbot, panel)
    assert window.workspace.case.count(Document) == 3


def test_sections_are_named_lettered_and_sorted(qtbot, window):
    panel = compose(qtbot, window)
    window.book.actions["add_section"].trigger()
    sheet = panel.composing.section_sheet
    sheet.title.setText("documents")
    qtbot.keyClick(sheet.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "has a section “documents” already" in sheet.complaint.text())
    assert sheet.is_open
    sheet.title.setText("Policies")
    qtbot.keyClick(sheet.title, Qt.Key.Key_Return)
    wait_for(qtbot, panel, ("Documents", ALL), ("Policies", []))
    choose(panel, "Documents")
    window.book.actions["edit_entries"].trigger()
    sheet.letter.setText("B")
    sheet.save()
    qtbot.waitUntil(lambda: panel.room.model.index(0, TITLE).data() == "B  Documents")
    choose(panel, "INQ000001")
    for action, first in (
        ("sort_section_by_title", "INQ000003"),
        ("sort_section_by_reference", "INQ000001"),
        ("sort_section_by_date", "INQ000001"),
    ):
        window.book.actions[action].trigger()
        qtbot.waitUntil(lambda first=first: shown(panel)[0][1][0] == first)


def test_title_date_and_pages_are_for_this_bundle_only(qtbot, window):
    panel = compose(qtbot, window)
    choose(panel, "INQ000003")
    window.activateWindow()
    window.book.actions["edit_entries"].trigger()
    sheet = panel.composing.entry_sheet
    assert sheet.title.placeholderText() == "Annual transparency report"
    sheet.title.setFocus()
    qtbot.keyClicks(sheet.title, "Report for 2014")
    sheet.on.setFocus()
    qtbot.keyClicks(sheet.on, "2014")
    sheet.pages.setFocus()
    qtbot.keyClicks(sheet.pages, "2-9")
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(lambda: "6" in sheet.complaint.text() and sheet.is_open)
    sheet.pages.selectAll()
    qtbot.keyClicks(sheet.pages, "2-3")
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(lambda: panel.room.model.sections[0].entries[2].title == "Report for 2014")
    line = panel.room.model.sections[0].entries[2]
    assert (line.on, line.page_count) == ("2014", 2)
    assert window.workspace.case.all(Document, "urn")[2].title == "Annual transparency report"
    assert "about 10 pages" in panel.room.size_line.text()


def test_what_the_audience_does_not_see_is_struck_and_says_why(qtbot, window):
    panel = compose(qtbot, window)
    case = window.workspace.case
    set_clearance(case, [case.all(Document, "urn")[1].id], "public", "withheld")
    panel.room.audience.setCurrentIndex(panel.room.audience.findData("public"))
    panel.room.audience.activated.emit(panel.room.audience.currentIndex())
    qtbot.waitUntil(lambda: "1 withheld" in panel.room.size_line.text(), timeout=15000)
    index = panel.room.model.index(1, TITLE, panel.room.model.index(0, 0))
    assert index.data(Qt.ItemDataRole.FontRole).strikeOut()
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert "withheld from the audience “public”" in index.data(role)
    assert "2 documents" in panel.room.size_line.text()
    named = "Hearing bundle  ·  for public"
    qtbot.waitUntil(lambda: named in panel.bundles.records.index(0).data(), timeout=15000)


def test_a_page_range_that_no_longer_fits_is_named(qtbot, window):
    panel = compose(qtbot, window)
    case = window.workspace.case
    entry = case.all(Entry)[0]
    edit_entries(case, [entry.id], EntryEdit(pages="1"))
    with case.change(case.history()[-1].action, "broken") as step:
        step.put(type(entry)(id=entry.id, section=entry.section, position=0, document=entry.document, pages="99"))
    qtbot.waitUntil(lambda: "99" in panel.room.problems.text(), timeout=15000)
    assert panel.room.problems.isVisible()


def test_kinds_of_bundles_by_one_sheet(qtbot, window):
    panel = compose(qtbot, window)
    case = window.workspace.case
    choose(panel, "INQ000001", "INQ000003")
    window.book.actions["core_bundle"].trigger()
    sheet = panel.composing.new_sheet
    qtbot.waitUntil(lambda: sheet.is_open)
    assert sheet.kind.currentData() == "core"
    sheet.name.setText("Core")
    sheet.save()
    qtbot.waitUntil(lambda: panel.bundles.current is not None and panel.bundles.current.name == "Core", timeout=15000)
    assert case.get(Bundle, panel.bundles.current_id).main is not None
    wait_for(qtbot, panel, ("Documents", ["INQ000001", "INQ000003"]))
    window.panels["documents"].view.selectAll()
    window.book.actions["new_bundle"].trigger()
    qtbot.waitUntil(lambda: sheet.is_open)
    sheet.kind.setCurrentIndex(sheet.kind.findData("witness"))
    sheet.name.setText("Pack")
    sheet.save()
    assert "Choose the statement" in sheet.complaint.text()
    sheet.statement.setEditText(sheet.statement.itemText(1))
    sheet.save()
    qtbot.waitUntil(lambda: panel.bundles.current.name == "Pack", timeout=15000)
    window.book.actions["new_bundle"].trigger()
    qtbot.waitUntil(lambda: sheet.is_open and sheet.kind.currentData() == "hearing")
    sheet.name.setText("pack")
    sheet.save()
    qtbot.waitUntil(lambda: "already a bundle" in sheet.complaint.text(), timeout=15000)
    sheet.close_sheet()
    window.book.actions["remove_bundle"].trigger()
    qtbot.waitUntil(lambda: case.count(Bundle) == 2)


def test_about_the_bundle(qtbot, window):
    panel = compose(qtbot, window)
    window.book.actions["about_bundle"].trigger()
    sheet = panel.composing.sheet
    sheet.volume_pages.setText("5")
    sheet.is_divided.setChecked(True)
    sheet.marks_references.setChecked(True)
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(lambda: "3 volumes" in panel.room.size_line.text(), timeout=15000)
    bundle = window.workspace.case.all(Bundle)[0]
    assert (bundle.is_divided, bundle.marks_references, bundle.volume_pages) == (True, True, 5)


def test_own_profiles_are_copied_and_changed_but_never_broken(qtbot, window):
    panel = compose(qtbot, window)
    window.book.actions["profiles"].trigger()
    sheet = panel.composing.profile_sheet
    qtbot.waitUntil(lambda: 'id = "ctj-2021"' in sheet.text.toPlainText(), timeout=15000)
    assert sheet.text.isReadOnly() and not sheet.save_button.isEnabled()
    sheet.own_name.setText("Our Rules")
    sheet.copy()
    qtbot.waitUntil(lambda: "no name for a profile" in sheet.complaint.text(), timeout=15000)
    sheet.own_name.setText("our-rules")
    sheet.copy()
    qtbot.waitUntil(lambda: 'id = "our-rules"' in sheet.text.toPlainText(), timeout=15000)
    text = sheet.text.toPlainText()
    sheet.text.setPlainText(text.replace("zoom = 100", "zoom = "))
    assert "cannot be read" in sheet.complaint.text() and not sheet.save_button.isEnabled()
    sheet.text.setPlainText(text.replace('title = "General', 'title = "Our general'))
    assert not sheet.complaint.text() and sheet.save_button.isEnabled()
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(
        lambda: panel.room.profile.findText("Our general", Qt.MatchFlag.MatchStartsWith) >= 0, timeout=15000
    )
    panel.room.profile_chosen.emit("our-rules")
    qtbot.waitUntil(lambda: "Our general" in panel.room.profile.currentText(), timeout=15000)
    qtbot.waitUntil(lambda: "our-rules" in panel.bundles.records.index(0).data(), timeout=15000)


def build(qtbot, window, panel, folder: Path) -> None:
    """Build through the action and the folder chooser."""
    window.book.actions["build_bundle"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(QFileDialog)))
    chooser = window.findChildren(QFileDialog)[-1]
    chooser.fileSelected.emit(str(folder))
    chooser.reject()
    chooser.deleteLater()


def test_a_bundle_is_built_and_says_what_came_of_it(qtbot, window, tmp_path, monkeypatch):
    panel = compose(qtbot, window)
    build(qtbot, window, panel, tmp_path)
    qtbot.waitUntil(lambda: panel.result.path is not None, timeout=60000)
    assert panel.result.isVisible() and panel.result.path.is_file()
    lines = [panel.result.lines.item(row).text() for row in range(panel.result.lines.count())]
    assert any("checks: " in line for line in lines) and str(tmp_path) in lines[0]
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    panel.result.folder_button.click()
    assert opened[0].isLocalFile() and Path(opened[0].toLocalFile()) == tmp_path


def test_building_again_asks_what_becomes_of_the_numbers(qtbot, window, tmp_path):
    panel = compose(qtbot, window)
    build(qtbot, window, panel, tmp_path)
    qtbot.waitUntil(lambda: panel.result.path is not None, timeout=60000)
    panel.result.show_built(None)
    choose(panel, "INQ000003")
    window.book.actions["move_up"].trigger()
    wait_for(qtbot, panel, ("Documents", ["INQ000001", "INQ000003", "INQ000002"]))
    window.book.actions["build_bundle"].trigger()
    sheet = panel.building.sheet
    qtbot.waitUntil(lambda: sheet.is_open, timeout=15000)
    assert "Build 1 was made" in sheet.earlier.text() and sheet.chosen is Late.APPEND
    sheet.choices[Late.RENUMBER].click()
    window.book.actions["save_sheet"].trigger()
    chooser = window.findChildren(QFileDialog)[-1]
    chooser.fileSelected.emit(str(tmp_path / "again"))
    chooser.reject()
    qtbot.waitUntil(lambda: panel.result.path is not None, timeout=60000)
    lines = [panel.result.lines.item(row).text() for row in range(panel.result.lines.count())]
    assert any("have other numbers than before" in line for line in lines)


def test_a_protected_name_stops_a_build_until_a_reason_is_given(qtbot, window, tmp_path):
    panel, case = compose(qtbot, window), window.workspace.case
    _change, person = add_to_frame(case, "person", "IN-A7")
    settle_names(case, person, ["compliance office"])
    edit_bundle(case, panel.bundles.current.id, BundleEdit(audience="panel"))
    qtbot.waitUntil(lambda: panel.bundles.current.audience == "panel", timeout=15000)
    panel.build_into(str(tmp_path / "out"))
    sheet = panel.building.leak_sheet
    qtbot.waitUntil(lambda: sheet.is_open, timeout=120000)
    places = [sheet.reasons.item(row).text() for row in range(sheet.reasons.count())]
    assert places and all("IN-A7" in line and "compliance" not in line for line in places)
    assert not (tmp_path / "out").exists() and "place" in sheet.heading.text()
    window.book.actions["save_sheet"].trigger()
    assert sheet.is_open and "Give a reason" in sheet.complaint.text()
    sheet.reason.setText("The panel knows the office by name")
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(lambda: panel.result.path is not None, timeout=120000)
    assert "The panel knows the office" in case.all(Build)[0].overrides[0]
    assert panel.result.certificate is not None and panel.result.certificate_button.isVisible()


def test_who_was_given_a_build_is_recorded(qtbot, window, tmp_path):
    panel = compose(qtbot, window)
    window.book.actions["record_disclosure"].trigger()
    assert "Nothing was built yet" in window.message_bar.text
    panel.build_into(str(tmp_path))
    case = window.workspace.case
    qtbot.waitUntil(lambda: case.count(Build) == 1 and panel.log.current is not None, timeout=60000)
    window.book.actions["show_builds"].trigger()
    assert panel.log.view.topLevelItem(0).text(0).startswith("Day 1, build 1")
    window.book.actions["record_disclosure"].trigger()
    sheet = panel.disclosure_sheet
    sheet.save()
    qtbot.waitUntil(lambda: "who was given" in sheet.complaint.text())
    sheet.recipient.setText("Counsel to the panel")
    sheet.medium.setText("encrypted disk")
    sheet.sent_on.setText("2026-05-02")
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(lambda: case.count(Disclosure) == 1 and not sheet.is_open, timeout=15000)
    qtbot.waitUntil(lambda: "2 May 2026" in panel.log.view.topLevelItem(0).child(0).text(0), timeout=15000)


def test_without_a_bundle_every_action_says_what_to_do(window):
    for identifier in ("about_bundle", "add_section", "add_to_bundle", "build_bundle"):
        window.message_bar.dismiss()
        window.book.actions[identifier].trigger()
        assert "no" in window.message_bar.text and "bundle yet" in window.message_bar.text, identifier
    for identifier in ("move_up", "move_down", "remove_bundle", "edit_entries", "sort_section_by_date"):
        window.book.actions[identifier].trigger()
    assert window.workspace.case.undo_name == "import documents"
