"""Making and linking excerpts in the window, as tests do it again and again."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.steps import choose_words, open_document
from workbench.domain.excerpt import Excerpt


def make(qtbot, window, quote="register of notices", page_index=0, *, at=0):
    """Make an excerpt from a quote with one key; the excerpt as stored."""
    open_document(qtbot, window, at=at, page_index=page_index)
    choose_words(window, quote, page_index)
    before = {item.id for item in window.workspace.case.all(Excerpt)}
    window.book.actions["make_excerpt"].trigger()
    qtbot.waitUntil(lambda: window.workspace.case.count(Excerpt) > len(before), timeout=15000)
    made = next(item for item in window.workspace.case.all(Excerpt) if item.id not in before)
    qtbot.waitUntil(lambda: window.excerpts.current_id == made.id, timeout=15000)
    return made


def link(qtbot, window, *typed: tuple[str, str], note: str = "") -> None:
    """Link the chosen excerpts by keyboard: each (text, kind) is typed into the sheet and taken with Enter."""
    sheet = open_sheet(qtbot, window)
    for text, kind in typed:
        take(qtbot, sheet, text, kind)
    if note:
        sheet.note.setPlainText(note)
    window.book.actions["save_sheet"].trigger()
    qtbot.waitUntil(lambda: not sheet.is_open, timeout=15000)


def open_sheet(qtbot, window):
    """The sheet for the chosen excerpts, once it knows what there is to link to."""
    sheet = window.marking.links
    sheet.finder.offer([])
    window.book.actions["link_excerpts"].trigger()
    qtbot.waitUntil(lambda: sheet.is_open and sheet.finder.model.rowCount() > 0, timeout=15000)
    return sheet


def take(qtbot, sheet, text: str, kind: str) -> None:
    """Type, go down to the line of this kind, and take it."""
    qtbot.keyClicks(sheet.finder.field, text)
    kinds = [offer.kind for offer in sheet.finder.model.records]
    for _ in range(kinds.index(kind)):
        qtbot.keyClick(sheet.finder.field, Qt.Key.Key_Down)
    qtbot.keyClick(sheet.finder.field, Qt.Key.Key_Return)
