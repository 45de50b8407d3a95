"""Composing bundles in the window, as tests do it again and again."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent

from workbench.domain.document import Document
from workbench.services.composing import compose_bundle


def compose(qtbot, window, name: str = "Day 1"):
    """A bundle of all documents, shown in the composing room; the panel."""
    case = window.workspace.case
    compose_bundle(case, name, [item.id for item in case.all(Document, "urn")])
    panel = window.bundles
    panel.show_room()
    qtbot.waitUntil(lambda: panel.bundles.current is not None and panel.bundles.current.name == name)
    qtbot.waitUntil(lambda: bool(shown(panel)), timeout=15000)
    return panel


def shown(panel) -> list[tuple[str, list[str]]]:
    """(section, URNs of its entries) as the tree shows them."""
    return [(part.section.title, [line.document.urn for line in part.entries]) for part in panel.room.model.sections]


def choose(panel, *urns: str) -> None:
    """Choose the entries of these documents, or sections by title."""
    sections = panel.room.model.sections
    ids = [line.entry.id for part in sections for line in part.entries if line.document.urn in urns]
    ids += [part.section.id for part in sections if part.section.title in urns]
    panel.room.tree.choose(ids)


def wait_for(qtbot, panel, *expected: tuple[str, list[str]]) -> None:
    """Wait until the tree shows exactly this."""
    qtbot.waitUntil(lambda: shown(panel) == list(expected), timeout=15000)


def drop(view, carried: QMimeData, at) -> None:
    """Drop something at a place of a view, as Qt would tell it."""
    event = QDropEvent(
        QPointF(at), Qt.DropAction.MoveAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    view.dropEvent(event)
