"""Leads from what is chosen anywhere in the window to the link map, and from the map to where an item lives."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from workbench.domain.document import Document
from workbench.domain.excerpt import Excerpt, Link
from workbench.domain.ids import DocumentId, prefix_of
from workbench.gui.workspace import Place
from workbench.runtime.i18n import speech as _
from workbench.store.case_file import CaseFile

#: Which panels show an item by its id: the first that is there and can point it out.
_HOMES = {
    "evt": ("chronology", "timeline"),
    "ins": ("subjects",),
    "per": ("subjects",),
    "scp": ("subjects",),
    "cst": ("subjects",),
    "asm": ("assessments",),
    "std": ("assessments",),
    "fnd": ("findings",),
    "lsn": ("findings", "recommendations"),
    "rec": ("recommendations", "findings"),
}
_KINDS = {"ins": "institution", "per": "person", "scp": "scope", "cst": "case study"}


def wire_link_map(window: Any) -> None:
    """Connect the map with the window around it."""
    panel = window.panels["link_map"]
    panel.chosen_item = lambda: chosen_item(window)
    panel.come_forward = lambda: window.show_panel("link_map")
    panel.item_opened.connect(lambda identifier, centre: open_item(window, identifier, centre))


def chosen_item(window: Any) -> str:
    """The item that is chosen where the keyboard is, else the most particular one that is chosen; "" for none."""
    items = [identifier for _name, identifier in window._chosen_items()]
    focus = QApplication.focusWidget()
    for name, prefixes in (("subjects", tuple(_KINDS)), ("timeline", ("evt",)), ("excerpts", ("exc",))):
        if focus is not None and window.panels[name].isAncestorOf(focus):
            items = [*(item for item in items if prefix_of(item) in prefixes), *items]
    documents = window.panels["documents"]
    if focus is not None and documents.isAncestorOf(focus):
        items[:0] = [row.document.id for row in documents.selected_rows[:1]]
    return next((_mapped(window.workspace.case, item) for item in items if prefix_of(item) != "thm"), "")


def _mapped(case: CaseFile, item: str) -> str:
    """An excerpt stands on the map as its document."""
    return case.get(Excerpt, item).document if prefix_of(item) == "exc" else item


def open_item(window: Any, identifier: str, centre: str) -> None:
    """Show an item of the map where it lives: a document at the first words that tie it to the middle."""
    prefix = prefix_of(identifier)
    if prefix == "doc":
        document = DocumentId(identifier)
        window.workspace.read(
            _("Go to the words"), lambda case, _ticket: place_of(case, document, centre), window.workspace.go_to
        )
        return
    for name in _HOMES.get(prefix, ()):
        panel = window.panels.get(name)
        canvas = getattr(panel, "canvas", None)
        point_out = getattr(panel, "point_out", None) or getattr(canvas, "choose", None)
        if panel is None or point_out is None:
            continue
        window.show_panel(name)
        if name == "subjects":
            panel.show_kind(_KINDS[prefix])
        point_out(identifier)
        return
    window.workspace.say(_("This item has no panel of its own. Its links are in the table of the link map."))


def place_of(case: CaseFile, document: DocumentId, centre: str) -> Place:
    """The first excerpt of a document that is linked to the item in the middle, else its first page."""
    linked = {link.excerpt for link in case.all(Link, target=centre)}
    excerpts = case.all(Excerpt, "page_index, start", document=document)
    first = next((item for item in excerpts if item.id in linked), None)
    if first is None:
        return Place(document=case.get(Document, document).id)
    return Place(document=document, page_index=first.page_index, boxes=first.boxes, excerpt=first.id)
