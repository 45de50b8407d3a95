"""Searching as one types, narrowing, passages, excerpts from hits, saved searches, and why there is nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt

from workbench.domain.document import Document
from workbench.domain.excerpt import Excerpt
from workbench.domain.saved_view import SavedView
from workbench.services.documents import DocumentFacts, edit_documents


def type_in(qtbot, window, query: str):
    panel = window.panels["search"]
    window.book.actions["search"].trigger()
    panel.query.clear()
    qtbot.keyClicks(panel.query, query)
    return panel


def found(qtbot, window, query: str, pages: int):
    panel = type_in(qtbot, window, query)
    qtbot.keyClick(panel.query, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel._result is not None and panel._result.query == query, timeout=15000)
    assert panel._result.total == pages
    return panel


def test_typing_searches_without_enter(qtbot, window):
    panel = type_in(qtbot, window, "liaison")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 4, timeout=15000)
    panel.query.clear()
    qtbot.keyClicks(panel.query, '"liaison gr')
    qtbot.waitUntil(lambda: "Understood" not in panel.understood.text() and panel.model.rowCount() == 0, timeout=15000)
    assert not panel.complaint.isVisible() and panel.understood.isVisible(), "an open quote is told quietly"


def test_facets_narrow_and_widen(qtbot, window):
    case = window.workspace.case
    edit_documents(case, [case.all(Document, "urn")[0].id], DocumentFacts(kind="policy", on="2014"))
    panel = found(qtbot, window, "register", 12)
    window.book.actions["facets"].trigger()
    qtbot.waitUntil(lambda: panel.facets.topLevelItemCount() > 0, timeout=15000)
    kinds = panel.facets.topLevelItem(0)
    texts = [kinds.child(row).text(0) for row in range(kinds.childCount())]
    assert "policy  (2)" in texts
    kinds.child(texts.index("policy  (2)")).setCheckState(0, Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: panel.counted.text() == "2 pages", timeout=15000)
    assert panel.chips.isVisible()
    window.book.actions["clear_facets"].trigger()
    qtbot.waitUntil(lambda: panel.counted.text() == "12 pages" and not panel.chips.isVisible(), timeout=15000)


def test_order_by_date(qtbot, window):
    case = window.workspace.case
    one, two, three = case.all(Document, "urn")
    edit_documents(case, [three.id], DocumentFacts(on="2010"))
    edit_documents(case, [one.id], DocumentFacts(on="2012"))
    panel = found(qtbot, window, "register", 12)
    window.book.actions["order_date"].trigger()
    qtbot.waitUntil(lambda: [hit.urn for hit in panel.model.records[:7]] == [three.urn] * 6 + [one.urn], timeout=15000)
    assert panel.model.records[-1].urn == two.urn


def test_the_passage_shows_the_words_and_becomes_an_excerpt(qtbot, window):
    panel = found(qtbot, window, "regulator", 12)
    panel.view.setCurrentIndex(panel.model.index(0))
    qtbot.waitUntil(lambda: panel.preview.passage is not None, timeout=15000)
    shown = panel.preview.text.extraSelections()
    assert [selection.cursor.selectedText() for selection in shown] == ["regulator"]
    window.book.actions["excerpt_from_hit"].trigger()
    case = window.workspace.case
    qtbot.waitUntil(lambda: case.count(Excerpt) == 1, timeout=15000)
    assert case.all(Excerpt)[0].quote == "The regulator asked for figures within twenty-four hours."
    qtbot.waitUntil(lambda: window.excerpts.current_id == case.all(Excerpt)[0].id, timeout=15000)


def test_nothing_is_explained_with_links(qtbot, window):
    panel = found(qtbot, window, "regulater liaison", 0)
    qtbot.waitUntil(lambda: "regulater – on no page" in panel._nothing.text(), timeout=15000)
    assert 'href="regulator"' in panel._nothing.text() and "4 pages by itself" in panel._nothing.text()
    panel._nothing.linkActivated.emit("liaison")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 4, timeout=15000)


def test_what_was_typed_is_never_markup(qtbot, window):
    panel = found(qtbot, window, "<b>nothere</b>", 0)
    qtbot.waitUntil(lambda: "on no page" in panel._nothing.text(), timeout=15000)
    assert "<b>nothere" not in panel._nothing.text()


def test_recent_searches_stay_in_memory(qtbot, window):
    found(qtbot, window, "liaison", 4)
    panel = found(qtbot, window, "register", 12)
    qtbot.keyClick(panel.query, Qt.Key.Key_Up)
    qtbot.keyClick(panel.query, Qt.Key.Key_Up)
    assert panel.query.text() == "liaison"
    window.workspace.close_case()
    assert panel._recent == []


def test_searches_are_saved_in_the_case(qtbot, window):
    panel = found(qtbot, window, "liaison", 4)
    window.book.actions["save_search"].trigger()
    panel.saved.sheet.field.setText("Liaison group")
    panel.saved.sheet.save()
    case = window.workspace.case
    qtbot.waitUntil(lambda: panel.saved.count() == 2, timeout=15000)
    assert [view.room for view in case.all(SavedView)] == ["search"]
    found(qtbot, window, "register", 12)
    panel.saved.setCurrentIndex(1)
    panel.saved.activated.emit(1)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 4, timeout=15000)
    window.book.actions["remove_search"].trigger()
    qtbot.waitUntil(lambda: case.count(SavedView) == 0, timeout=15000)
