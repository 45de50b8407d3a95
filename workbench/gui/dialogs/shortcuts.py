"""Every action with its keys; other keys can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from workbench.gui.widgets.form import Complaint, make_clearable, small
from workbench.runtime.i18n import speech as _

_ID = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Keyed:
    """An action with the keys it has now and had at first."""

    id: str
    menu: str
    text: str
    keys: str
    default: str


class Shortcuts(QDialog):
    """A window that can stay open while one works; ``chosen(id, keys)`` for every change."""

    chosen = Signal(str, str)

    def __init__(self, lines: Sequence[Keyed], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.resize(560, 620)
        self._lines = {line.id: line for line in lines}
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter by name or keys"))
        self.filter.setAccessibleName(_("Filter the shortcuts"))
        make_clearable(self.filter)
        self.filter.textChanged.connect(self._narrow)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(_("Keyboard shortcuts"))
        self.tree.setHeaderLabels([_("Action"), _("Keys")])
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setAccessibleName(_("Keyboard shortcuts"))
        self.tree.currentItemChanged.connect(lambda item, _before: self._edit(item))
        self.keys = QKeySequenceEdit()
        self.keys.setAccessibleName(_("Press the keys for the chosen action"))
        self.keys.setMaximumSequenceLength(1)
        for line in self.keys.findChildren(QLineEdit):
            line.setAccessibleName(_("Press the keys for the chosen action"))
        self.use, self.reset = QPushButton(_("Use these keys")), QPushButton(_("As at first"))
        self.use.clicked.connect(self.apply)
        self.reset.clicked.connect(self.restore)
        self.complaint = Complaint()
        row = QHBoxLayout()
        for widget in (self.keys, self.use, self.reset):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.addWidget(self.filter)
        column.addWidget(self.tree, 1)
        column.addWidget(small(_("Choose an action, press the keys, then use them.")))
        column.addLayout(row)
        column.addWidget(self.complaint)
        self._fill()

    def _fill(self) -> None:
        tops: dict[str, QTreeWidgetItem] = {}
        for line in self._lines.values():
            if line.menu not in tops:
                tops[line.menu] = QTreeWidgetItem(self.tree, [line.menu])
            item = QTreeWidgetItem(tops[line.menu], [line.text, _shown(line.keys)])
            item.setData(0, _ID, line.id)
        self.tree.expandAll()

    def _items(self) -> list[QTreeWidgetItem]:
        tops = [self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount())]
        found = [top.child(at) for top in tops if top is not None for at in range(top.childCount())]
        return [item for item in found if item is not None]

    @Slot(str)
    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        for item in self._items():
            whole = f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(not all(word in whole for word in words))

    @property
    def current_id(self) -> str:
        """The chosen action, "" for none."""
        item = self.tree.currentItem()
        return str(item.data(0, _ID) or "") if item is not None else ""

    def choose(self, identifier: str) -> None:
        """Choose an action."""
        for item in self._items():
            if item.data(0, _ID) == identifier:
                self.tree.setCurrentItem(item)

    def _edit(self, item: QTreeWidgetItem | None) -> None:
        line = self._lines.get(str(item.data(0, _ID) or "")) if item is not None else None
        self.complaint.say("")
        self.keys.setKeySequence(QKeySequence(line.keys if line is not None else ""))

    @Slot()
    def apply(self) -> None:
        """Give the chosen action these keys, unless another has them."""
        self._set(self.keys.keySequence().toString())

    @Slot()
    def restore(self) -> None:
        """Give the chosen action its first keys again."""
        line = self._lines.get(self.current_id)
        if line is not None:
            self._set(line.default)

    def _set(self, keys: str) -> None:
        line = self._lines.get(self.current_id)
        if line is None:
            self.complaint.say(_("Choose an action in the list first."))
            return
        wanted = QKeySequence(keys)
        other = next(
            (o for o in self._lines.values() if o.id != line.id and keys and QKeySequence(o.keys) == wanted), None
        )
        if other is not None:
            self.complaint.say(_("“{action}” has these keys. Give it others first.").format(action=other.text))
            return
        self._lines[line.id] = Keyed(line.id, line.menu, line.text, keys, line.default)
        item = self.tree.currentItem()
        assert item is not None
        item.setText(1, _shown(keys))
        self.complaint.say("")
        self.keys.setKeySequence(wanted)
        self.chosen.emit(line.id, keys)


def _shown(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
