"""Searching: how it was understood, what was found, and the words on the page."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt

from workbench.domain.search import MARK_END, MARK_START
from workbench.gui.delegates.rich_row import marked_html
from workbench.gui.theme import load_theme


def search(qtbot, window, query):
    panel = window.panels["search"]
    window.show_panel("search")
    panel.query.setText(query)
    qtbot.keyClick(panel.query, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.workspace.jobs.running, timeout=15000)
    return panel


def test_finds_pages_and_goes_to_the_words(qtbot, window):
    panel = search(qtbot, window, "liaison")
    assert panel.model.rowCount() == 4
    assert panel.counted.text() == "4 pages"
    assert "Understood as" in panel.understood.text()
    window.book.actions["next_hit"].trigger()
    view = window.reader.view
    qtbot.waitUntil(lambda: bool(view.layers.hits), timeout=20000)
    page = panel.model.records[0].page_index
    text = window.workspace.case.page(window.reader.document.sha256, page).text
    qtbot.waitUntil(lambda: bool(view.images.words(page)), timeout=15000)
    boxes = view.layers.hits[page]
    found = [text[word.start : word.end].casefold() for word in view.images.words(page) if word.box in boxes]
    assert found and set(found) == {"liaison"}


def test_stepping_goes_through_the_hits_and_round(qtbot, window):
    panel = search(qtbot, window, "liaison")
    for _ in range(5):
        panel.step_hit(1)
    assert panel.view.currentIndex().row() == 0
    panel.step_hit(-1)
    assert panel.view.currentIndex().row() == 3


def test_nothing_found_says_so(qtbot, window):
    panel = search(qtbot, window, "zebra")
    assert panel.counted.text() == "0 pages"
    assert panel._stack.currentIndex() == 2


def test_query_that_cannot_be_understood_is_explained_in_place(qtbot, window):
    panel = search(qtbot, window, "*")
    assert panel.complaint.isVisible() and len(panel.complaint.text()) > 15
    assert window.message_bar.text == ""


def test_evidence_in_a_snippet_stays_text():
    snippet = f"<img src=x> {MARK_START}<b>bold</b>{MARK_END} & more"
    html = marked_html(snippet, load_theme("light"))
    assert escape("<img src=x>") in html and "<img" not in html and "<b>" not in html
    assert html.count("<span") == html.count("</span>") == 1
