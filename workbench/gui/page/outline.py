"""A document's own bookmarks beside the reader."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QTreeWidget, QTreeWidgetItem, QWidget

from workbench.gui.widgets.empty_state import EmptyState
from workbench.runtime.i18n import speech as _
from workbench.services.rendering import Outline

_PAGE = Qt.ItemDataRole.UserRole


class OutlineTree(QStackedWidget):
    """Chooses a page by its bookmark."""

    page_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(_("Outline of the document"))
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tree.itemClicked.connect(self._go)
        self.tree.itemActivated.connect(self._go)
        self.addWidget(EmptyState(_("No outline"), _("This document brought no bookmarks of its own.")))
        self.addWidget(self.tree)

    @Slot(object)
    def show_outline(self, outline: Outline) -> None:
        """Show these bookmarks; a level that skips one stands under the nearest above it."""
        self.tree.clear()
        above: list[tuple[int, QTreeWidgetItem]] = []
        for bookmark in outline.bookmarks:
            while above and above[-1][0] >= bookmark.level:
                above.pop()
            item = QTreeWidgetItem([bookmark.title or _("Without a title")])
            item.setData(0, _PAGE, bookmark.page_index)
            item.setToolTip(0, bookmark.title)
            if above:
                above[-1][1].addChild(item)
            else:
                self.tree.addTopLevelItem(item)
            above.append((bookmark.level, item))
        self.setCurrentIndex(1 if outline.bookmarks else 0)

    @Slot(QTreeWidgetItem)
    def _go(self, item: QTreeWidgetItem) -> None:
        self.page_chosen.emit(int(item.data(0, _PAGE)))
