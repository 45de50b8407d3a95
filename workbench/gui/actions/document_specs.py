"""The documents: columns, filters, views, editing."""

from __future__ import annotations

from typing import Any

from workbench.gui.actions.base import DOCUMENTS, ActionSpec
from workbench.runtime.i18n import mark


def _document(identifier: str, text: str, shortcut: str, callback: str, **more: Any) -> ActionSpec:
    return ActionSpec(
        id=identifier, text=text, shortcut=shortcut, callback=callback, menu=DOCUMENTS, needs="case", **more
    )


DOCUMENT_ACTIONS: tuple[ActionSpec, ...] = (
    _document("next_document", mark("&Next document"), "Ctrl+Tab", "documents.step", argument="next"),
    _document("previous_document", mark("&Previous document"), "Ctrl+Shift+Tab", "documents.step", argument="previous"),
    _document("edit_documents", mark("&Edit the documents…"), "Ctrl+D", "documents.edit", icon="pencil", group=1),
    _document("document_details", mark("&About the document"), "Ctrl+Shift+A", "documents.toggle_details", group=1),
    _document("document_filters", mark("More &filters"), "Ctrl+Alt+F", "documents.toggle_filters", group=2),
    _document("all_documents", mark("Show a&ll documents"), "Ctrl+Alt+E", "documents.show_everything", group=2),
    _document("choose_columns", mark("Choose &columns…"), "Ctrl+Alt+C", "documents.choose_columns", group=2),
    _document("save_view", mark("&Save this view…"), "Ctrl+Alt+V", "documents.save_view", icon="bookmark", group=3),
    _document("remove_view", mark("&Remove the saved view"), "Ctrl+Alt+X", "documents.remove_view", group=3),
    _document(
        "withdraw_document", mark("&Withdraw the document…"), "Ctrl+Alt+Shift+3", "withdrawing.document", group=4
    ),
    _document("supersede", mark("Super&sede the document…"), "Ctrl+Alt+Shift+4", "withdrawing.supersede", group=4),
    _document(
        "reinstate_document",
        mark("Rely on the document a&gain"),
        "Ctrl+Alt+Shift+5",
        "withdrawing.reinstate_document",
        group=4,
    ),
    _document("retry_refused", mark("&Try refused files again"), "Ctrl+Alt+I", "case.retry_refused", group=5),
)
