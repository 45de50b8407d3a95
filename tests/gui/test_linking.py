"""The sheet that links excerpts, worked by keyboard alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.marking_steps import link, make, open_sheet, take
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import Institution, Person, ScopeParagraph, Theme


def test_institution_theme_and_note_in_one_undoable_step(qtbot, window):
    excerpt = make(qtbot, window)
    case = window.workspace.case
    entries = len(case.history())
    link(qtbot, window, ("+Harbour Platform", "institution"), ("Training", "theme"), note="Compare with 2019.")
    assert len(case.history()) == entries + 1
    stored = case.get(Excerpt, excerpt.id)
    assert stored.note == "Compare with 2019."
    assert [case.get(Theme, theme).name for theme in stored.themes] == ["Training"]
    (made,) = case.all(Link)
    assert (case.get(Institution, made.target).name, made.stance) == ("Harbour Platform", Stance.SUPPORTS)
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: case.count(Link) == 0 and case.count(Institution) == 0)


def test_last_used_comes_first_and_scope_is_found_by_number(qtbot, window):
    make(qtbot, window, "twice a year")
    case = window.workspace.case
    link(qtbot, window, ("2.3", "scope"))
    make(qtbot, window, "figures within")
    sheet = open_sheet(qtbot, window)
    assert sheet.finder.model.records[0].name.startswith("2.3")
    qtbot.keyClick(sheet.finder.field, Qt.Key.Key_Escape)
    assert not sheet.is_open
    paragraph = next(item for item in case.all(ScopeParagraph) if item.number == "2.3")
    assert [item.target for item in case.all(Link)] == [paragraph.id]


def test_several_excerpts_are_linked_at_once(qtbot, window):
    make(qtbot, window, "twice a year")
    make(qtbot, window, "figures within")
    window.excerpts.view.selectAll()
    link(qtbot, window, ("-Northmere Telecom", "institution"), ("IN-A7", "person"))
    case = window.workspace.case
    assert case.count(Link) == 4 and case.count(Person) == 1
    institution = case.all(Institution)[0]
    assert {item.stance for item in case.all(Link, target=institution.id)} == {Stance.UNDERMINES}
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: case.count(Link) == 0)


def test_new_things_of_every_kind_are_offered_and_an_empty_field_saves(qtbot, window):
    make(qtbot, window)
    sheet = open_sheet(qtbot, window)
    qtbot.keyClicks(sheet.finder.field, "Register opened 2014-03")
    offered = {(offer.kind, offer.id) for offer in sheet.finder.model.records}
    assert {("institution", None), ("theme", None), ("person", None), ("case study", None), ("event", None)} <= offered
    sheet.finder.field.clear()
    take(qtbot, sheet, "Register opened 2014-03", "event")
    qtbot.keyClick(sheet.finder.field, Qt.Key.Key_Return)
    case = window.workspace.case
    qtbot.waitUntil(lambda: case.count(Event) == 1)
    assert (case.all(Event)[0].title, case.all(Event)[0].on) == ("Register opened", "2014-03")
    assert case.count(Theme) == 0


def test_links_are_taken_away_and_restanced_by_key(qtbot, window):
    make(qtbot, window)
    link(qtbot, window, ("+Northmere Telecom", "institution"), ("2.3", "scope"))
    qtbot.waitUntil(lambda: len(window.excerpts.selected_rows[0].links) == 2)
    sheet = open_sheet(qtbot, window)
    at = next(i for i, item in enumerate(sheet.targets) if item.kind == "institution")
    sheet.links.setCurrentRow(at)
    qtbot.keyClicks(sheet.links, "-")
    assert sheet.targets[at].stance is Stance.UNDERMINES
    sheet.links.setCurrentRow(1 - at)
    qtbot.keyClick(sheet.links, Qt.Key.Key_Delete)
    window.book.actions["save_sheet"].trigger()
    case = window.workspace.case
    qtbot.waitUntil(lambda: case.count(Link) == 1, timeout=15000)
    assert case.all(Link)[0].stance is Stance.UNDERMINES


def test_tab_stays_in_the_sheet_and_escape_gives_the_keyboard_back(qtbot, window):
    make(qtbot, window)
    window.activateWindow()
    window.excerpts.view.setFocus()
    sheet = open_sheet(qtbot, window)
    reached = set()
    for _ in range(12):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert sheet.isAncestorOf(QApplication.focusWidget())
        reached.add(QApplication.focusWidget())
    assert {sheet.finder.field, sheet.stance, sheet.links, sheet.note, sheet.save_button} <= reached
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not sheet.is_open and window.excerpts.view.hasFocus()


def test_typed_but_not_taken_is_not_lost_quietly(qtbot, window):
    make(qtbot, window)
    sheet = open_sheet(qtbot, window)
    qtbot.keyClicks(sheet.finder.field, "Northm")
    window.book.actions["save_sheet"].trigger()
    assert sheet.is_open and "not linked yet" in sheet.complaint.text()


def test_a_refused_link_says_why_in_the_sheet(qtbot, window):
    make(qtbot, window)
    sheet = open_sheet(qtbot, window)
    take(qtbot, sheet, "Register opened 2014", "event")
    window.workspace.case.undo()  # another change takes the excerpt away meanwhile
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(lambda: "It may have been removed" in sheet.complaint.text(), timeout=15000)
    assert sheet.is_open
