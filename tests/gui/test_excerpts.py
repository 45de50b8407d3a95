"""From selected words to an excerpt with links, and back from the list to the words."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.steps import choose_words, open_document
from workbench.domain.change import Action
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import Institution, ScopeParagraph, Theme
from workbench.domain.geometry import Box
from workbench.domain.ids import EventId, new_id
from workbench.gui.workspace import Place


def make(qtbot, window, quote="register of notices", page_index=0, *, institution="", theme="", note=""):
    open_document(qtbot, window, page_index=page_index)
    choose_words(window, quote, page_index)
    before = window.workspace.case.count(Excerpt)
    window.book.actions["make_excerpt"].trigger()
    form = window.make_excerpt
    form.institution.setEditText(institution)
    form.theme.setEditText(theme)
    form.note.setPlainText(note)
    form.stance.setCurrentIndex(form.stance.findData(Stance.SUPPORTS))
    window.book.actions["save_excerpt"].trigger()
    qtbot.waitUntil(lambda: window.workspace.case.count(Excerpt) == before + 1, timeout=15000)
    qtbot.waitUntil(lambda: window.panels["excerpts"].model.rowCount() == before + 1)


def test_excerpt_is_made_with_new_institution_theme_and_note(qtbot, window):
    make(qtbot, window, institution="Harbour Platform", theme="Record keeping", note="Compare with 2019.")
    case = window.workspace.case
    excerpt = case.all(Excerpt)[0]
    assert (excerpt.quote, excerpt.page_index, excerpt.note) == ("register of notices", 0, "Compare with 2019.")
    assert [case.get(Theme, theme).name for theme in excerpt.themes] == ["Record keeping"]
    link = case.all(Link, excerpt=excerpt.id)[0]
    assert case.get(Institution, link.target).name == "Harbour Platform"
    assert link.stance is Stance.SUPPORTS
    assert not window.make_excerpt.isVisible() and not window.reader.has_selection


def test_marks_lie_on_the_words(qtbot, window):
    make(qtbot, window)
    view = window.reader.view
    qtbot.waitUntil(lambda: bool(view.layers.excerpts))
    mark = view.layers.excerpts[0][0]
    text = window.workspace.case.page(window.reader.document.sha256, 0).text
    covered = [word for word in view.images.words(0) if any(holds(box, word.box) for box in mark.boxes)]
    assert [text[w.start : w.end] for w in covered] == ["register", "of", "notices"]


def holds(outer: Box, inner: Box) -> bool:
    return outer.x0 <= inner.x0 and inner.x1 <= outer.x1 and outer.y0 <= inner.y0 and inner.y1 <= outer.y1


def test_known_institution_scope_and_event_are_linked(qtbot, window):
    make(qtbot, window, institution="Harbour Platform")
    case = window.workspace.case
    event = Event(
        id=EventId(new_id("evt")), title="Register opened", on="2014", on_earliest="2014-01-01", on_latest="2014-12-31"
    )
    with case.change(Action.EDIT_EVENT, "event") as step:
        step.put(event)
    form = window.make_excerpt
    qtbot.waitUntil(lambda: form.event_choice.count() == 1)
    choose_words(window, "twice a year")
    form.begin()
    form.institution.setEditText("harbour platform")
    form.scope.setCurrentIndex(4)
    form.event_choice.setCurrentIndex(0)
    assert form.event_choice.currentText() == "Register opened (2014)"
    form.save()
    qtbot.waitUntil(lambda: case.count(Excerpt) == 2, timeout=15000)
    second = case.all(Excerpt)[-1]
    targets = {link.target for link in case.all(Link, excerpt=second.id)}
    scope = case.all(ScopeParagraph, "position")[4]
    assert targets == {case.all(Institution)[0].id, scope.id, event.id}
    assert case.count(Institution) == 1


def test_unknown_scope_is_refused_in_place(qtbot, window):
    open_document(qtbot, window)
    choose_words(window, "register")
    form = window.make_excerpt
    form.begin()
    form.scope.setEditText("paragraph of nothing")
    form.save()
    assert "not in the list" in form.complaint.text()
    assert window.workspace.case.count(Excerpt) == 0


def test_escape_leaves_the_form(qtbot, window):
    open_document(qtbot, window)
    choose_words(window, "register")
    window.make_excerpt.begin()
    assert window.make_excerpt.isVisible()
    window.book.actions["clear_selection"].trigger()
    assert not window.make_excerpt.isVisible()


def test_selection_over_two_pages_says_what_to_do(qtbot, window):
    open_document(qtbot, window)
    view = window.reader.view
    view.set_zoom(0.25)
    qtbot.waitUntil(lambda: bool(view.images.words(1)), timeout=15000)
    view.selection.begin(0, 72, 130)
    view.selection.extend(1, 200, 130)
    view.selection_changed.emit()
    window.make_excerpt.begin()
    assert "one page" in window.message_bar.text
    assert not window.make_excerpt.isVisible()


def test_list_jumps_to_the_words(qtbot, window):
    make(qtbot, window, "twice a year")
    make(qtbot, window, "figures within", page_index=1)
    open_document(qtbot, window, at=2)
    panel = window.panels["excerpts"]
    panel.view.setCurrentIndex(panel.model.index(1))
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    view = window.reader.view
    qtbot.waitUntil(lambda: window.reader.document.urn == "INQ000001" and view.current_page == 1, timeout=15000)
    assert view.layers.current == panel.current_id
    window.book.actions["next_excerpt"].trigger()
    qtbot.waitUntil(lambda: view.current_page == 0)


def test_click_on_a_mark_chooses_it_in_the_list(qtbot, window):
    make(qtbot, window, "twice a year")
    view = window.reader.view
    qtbot.waitUntil(lambda: bool(view.layers.excerpts))
    window.panels["excerpts"].view.clearSelection()
    at = view.box_in_view(0, view.layers.excerpts[0][0].boxes[0]).center().toPoint()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.panels["excerpts"].current_id == view.layers.excerpts[0][0].excerpt


def test_remove_and_undo(qtbot, window):
    make(qtbot, window)
    panel, view = window.panels["excerpts"], window.reader.view
    panel.view.setCurrentIndex(panel.model.index(0))
    panel._go()
    window.book.actions["delete_excerpt"].trigger()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 0 and not view.layers.excerpts)
    assert "delete excerpt" in window.book.actions["undo"].text()
    window.book.actions["undo"].trigger()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1 and bool(view.layers.excerpts))


def test_filter_and_reach(qtbot, window):
    make(qtbot, window, "twice a year", note="compliance")
    make(qtbot, window, "figures within")
    panel = window.panels["excerpts"]
    panel.filter.setText("COMPLIANCE")
    assert panel.model.rowCount() == 1
    panel.filter.setText("")
    window.workspace.go_to(Place(document=open_document(qtbot, window, at=1).id))
    panel.reach.setCurrentIndex(1)
    assert panel.model.rowCount() == 0
