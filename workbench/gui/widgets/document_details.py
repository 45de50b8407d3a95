"""What the table has no room for: arrivals, family, notices, pages without text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from workbench.domain.document import Document
from workbench.gui.columns import shown_date, shown_instant
from workbench.runtime.i18n import speech as _
from workbench.services.documents import DocumentDetails

_GOAL = Qt.ItemDataRole.UserRole


class DocumentDetailsTree(QTreeWidget):
    """Lines under headings; a page or a document is gone to by a click or Enter."""

    page_chosen = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("About the document"))
        self.setHeaderHidden(True)
        self.setIndentation(12)
        self.setFixedHeight(self.fontMetrics().height() * 11)
        self.itemActivated.connect(self._go)
        self.itemClicked.connect(self._go)

    def show_details(self, details: DocumentDetails | None) -> None:
        """Show everything about one document; None shows nothing."""
        self.clear()
        if details is None:
            return
        document = details.document
        if document.withdrawn_on or document.withdrawn_reason:
            told = " · ".join(part for part in (shown_date(document.withdrawn_on), document.withdrawn_reason) if part)
            self._group(_("Withdrawn"), [(told, None)])
        if details.superseded_by is not None:
            later = details.superseded_by
            self._group(_("Superseded by"), [(f"{later.urn}  {later.title}", (later.id, 0))])
        facts = [part for part in (shown_date(document.on), document.marking, document.language) if part]
        self._group(_("About {urn}").format(urn=document.urn), [(document.title, None), *((f, None) for f in facts)])
        arrivals = [
            (" · ".join(p for p in (shown_instant(r.received_at), r.path, r.supplier, r.request) if p), None)
            for r in details.receipts
        ]
        self._group(_.count("{n} receipt", "{n} receipts", len(arrivals)), arrivals)
        family = [(f"{item.urn}  {item.title}", (item.id, 0)) for item in _family(details)]
        self._group(_("Came with"), family)
        pages = [(_("Page {n}").format(n=i + 1), (document.id, i)) for i in details.pages_without_text]
        self._group(_.count("{n} page without text", "{n} pages without text", len(pages)), pages)
        self._group(_("Notices"), [(notice, None) for notice in document.notices])
        self._group(_("Checksum (SHA-256)"), [(document.sha256, None)])
        self.expandAll()

    def _group(self, title: str, lines: Sequence[tuple[str, tuple[str, int] | None]]) -> None:
        if not lines:
            return
        top = QTreeWidgetItem(self, [title])
        for text, goal in lines:
            item = QTreeWidgetItem(top, [text])
            item.setToolTip(0, text)
            item.setData(0, _GOAL, goal)

    @Slot(QTreeWidgetItem)
    def _go(self, item: QTreeWidgetItem) -> None:
        goal = item.data(0, _GOAL)
        if goal is not None:
            self.page_chosen.emit(goal[0], goal[1])


def _family(details: DocumentDetails) -> list[Document]:
    return [*([details.parent] if details.parent is not None else []), *details.children]
