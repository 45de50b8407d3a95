"""What tests of the window do again and again."""

from __future__ import annotations

from pathlib import Path

import pymupdf
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from workbench.domain.document import Document
from workbench.gui.workspace import Place

LINES = (
    "The platform kept a register of notices from 2014 onwards.",
    "It was reviewed twice a year by the compliance office.",
    "The regulator asked for figures within twenty-four hours.",
    "No member of staff had been trained before March 2018.",
)
TITLES = ("Register policy", "Minutes of the liaison group", "Annual transparency report")


def write_pdf(path: Path, title: str, pages: int) -> Path:
    document = pymupdf.open()
    for number in range(1, pages + 1):
        page = document.new_page(width=595, height=842)
        page.insert_text((72, 80), f"{title}, page {number}", fontsize=16)
        for at, line in enumerate(LINES):
            page.insert_text((72, 130 + 24 * at), line, fontsize=12)
    document.save(path)
    return path


def open_document(qtbot, window, at: int = 0, page_index: int = 0) -> Document:
    """Show one document and wait until its words are known."""
    document = window.workspace.case.all(Document, "urn")[at]
    window.workspace.go_to(Place(document=document.id, page_index=page_index))
    view = window.reader.view
    qtbot.waitUntil(
        lambda: (
            window.reader.document is not None
            and window.reader.document.id == document.id
            and bool(view.images.words(page_index))
        ),
        timeout=15000,
    )
    return document


def choose_words(window, quote: str, page_index: int = 0) -> None:
    """Select a quote on a page."""
    document = window.reader.document
    start = window.workspace.case.page(document.sha256, page_index).text.index(quote)
    window.reader.view.choose(page_index, start, start + len(quote))


def drag_to(window, at: QPoint, view=None) -> None:
    """Move with the left button held, which QTest's own move does not do."""
    viewport = (view or window.reader.view).viewport()
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(at),
        QPointF(viewport.mapToGlobal(at)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, event)
