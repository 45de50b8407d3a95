"""Evidence on one side of an assessment: excerpts are dropped here, Delete takes away, Enter goes to the words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from workbench.gui.icons import picture
from workbench.gui.models.excerpt_model import excerpts_in
from workbench.gui.theme import Theme
from workbench.gui.wording import as_tooltip, shortened
from workbench.runtime.i18n import speech as _
from workbench.services.assessing import Named

_ID = Qt.ItemDataRole.UserRole
_SIGN_PX = 14


class EvidenceList(QListWidget):
    """``dropped(excerpt ids)``, ``removed(id)``, ``opened(id)``; what is faulty has a sign and says why."""

    dropped = Signal(object)
    removed = Signal(str)
    opened = Signal(str)

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAccessibleDescription(_("Delete takes away, Enter goes to the words"))
        self.setToolTip(_("Drop excerpts here. Delete takes away, Enter goes to the words."))
        self.setAcceptDrops(True)
        self.setIconSize(QSize(_SIGN_PX, _SIGN_PX))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMinimumHeight((self.fontMetrics().height() + 10) * 2 + 6)
        self._theme = theme
        self._items: tuple[Named, ...] = ()
        self.itemActivated.connect(lambda item: self.opened.emit(str(item.data(_ID))))

    def show_items(self, items: Sequence[Named]) -> None:
        """Replace all lines; the current one stays so."""
        kept = self.current_id
        self._items = tuple(items)
        self.clear()
        for named in items:
            item = QListWidgetItem(f"{named.name}  “{shortened(named.words, 120)}”" if named.words else named.name)
            item.setData(_ID, named.id)
            item.setToolTip(as_tooltip("\n".join(filter(None, (named.name, named.words, *named.faults)))))
            if named.faults:
                item.setIcon(picture("triangle-alert", self._theme.warning_text, _SIGN_PX))
                said = _("{name}, fault: {what}").format(name=named.name, what=" ".join(named.faults))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            self.addItem(item)
            if named.id == kept:
                self.setCurrentItem(item)

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs in other colours."""
        self._theme = theme
        self.show_items(self._items)

    @property
    def current_id(self) -> str:
        """The id of the current line, "" without one."""
        item = self.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.current_id:
            self.removed.emit(self.current_id)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if excerpts_in(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if excerpts_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        found = excerpts_in(event.mimeData())
        if found:
            event.acceptProposedAction()
            self.dropped.emit(found)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.count():
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.muted)
            space = self.viewport().rect().adjusted(8, 6, -8, -6)
            flags = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
            painter.drawText(space, flags, _("None yet. Drop excerpts here."))
            painter.end()
