"""What was handed over: every build, and who was given it, when and how."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.protection import Disclosure
from workbench.gui.columns import shown_date, shown_instant
from workbench.gui.widgets.empty_state import EmptyState
from workbench.runtime.i18n import speech as _
from workbench.services.protection_list import BuildRow

_BUILD = Qt.ItemDataRole.UserRole


class BuildsLog(QWidget):
    """Builds, newest first, each with its recipients below; ``disclosure_asked()`` from the button."""

    disclosure_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, BuildRow] = {}
        self.view = QTreeWidget()
        self.view.setAccessibleName(_("Builds and who was given them"))
        self.view.setHeaderHidden(True)
        self.view.setIndentation(16)
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState(
                _("Nothing was built yet"),
                _("Every bundle and export that is built is listed here with its checksum and with who was given it."),
            )
        )
        self._stack.addWidget(self.view)
        foot = QFrame()
        foot.setProperty("role", "bar")
        row = QHBoxLayout(foot)
        row.setContentsMargins(8, 6, 8, 6)
        record = QPushButton(_("Record a disclosure…"))
        record.clicked.connect(self.disclosure_asked)
        row.addStretch(1)
        row.addWidget(record)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)

    def show_builds(self, rows: Sequence[BuildRow]) -> None:
        """Replace everything; the chosen build stays chosen."""
        kept = self.current.id if self.current is not None else ""
        self._rows = {row.id: row for row in rows}
        self.view.clear()
        for row in rows:
            top = QTreeWidgetItem(self.view, [build_line(row)])
            top.setData(0, _BUILD, row.id)
            top.setToolTip(0, "\n".join(row.build.files) or row.build.filename)
            for disclosure in row.disclosures:
                item = QTreeWidgetItem(top, [disclosure_line(disclosure)])
                item.setData(0, _BUILD, row.id)
                item.setToolTip(0, disclosure.note or item.text(0))
            if not row.disclosures:
                item = QTreeWidgetItem(top, [_("given to nobody yet")])
                item.setData(0, _BUILD, row.id)
                item.setForeground(0, self.palette().placeholderText())
            if row.id == kept or (not kept and row is rows[0]):
                self.view.setCurrentItem(top)
        self.view.expandAll()
        self._stack.setCurrentIndex(1 if rows else 0)

    @property
    def current(self) -> BuildRow | None:
        """The chosen build."""
        item = self.view.currentItem()
        return self._rows.get(str(item.data(0, _BUILD))) if item is not None else None

    def take_focus(self) -> None:
        """Put the keyboard into the list."""
        self.view.setFocus()


def build_line(row: BuildRow) -> str:
    """``Day 1, build 2``, and below it ``24 Nov 2026, 09:40 · 231 pages · for the panel``."""
    pages = [_.count("{n} page", "{n} pages", row.build.page_count)] if row.build.page_count else []
    name = _("{name}, build {number}").format(name=row.name, number=row.build.number)
    audience = _("for {audience}").format(audience=_(row.build.audience))
    return f"{name}\n{'  ·  '.join((shown_instant(row.build.built_at), *pages, audience))}"


def disclosure_line(disclosure: Disclosure) -> str:
    """``Counsel to Northmere · 2 May 2026 · encrypted disk``."""
    parts = (disclosure.recipient, shown_date(disclosure.sent_on), disclosure.medium, disclosure.note)
    return "  ·  ".join(part for part in parts if part)
